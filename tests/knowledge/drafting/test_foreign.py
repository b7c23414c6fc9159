import pytest

from knowledge.clause import Clause, PolicyVersion
from knowledge.drafting.foreign import Customs, Vocabulary
from tests.knowledge.drafting.conftest import version_of

BANK = """Privacy Policy

Stonebridge

We at Stonebridge keep the recordings of every mortgage interview for 18 months. Please ask Stonebridge for a copy.
"""


@pytest.fixture
def calls(shop: PolicyVersion) -> Clause:
    return shop.by_id["1.1.1"]


def found(question: str, clause: Clause, shop: PolicyVersion, *, alone: bool = False) -> tuple[str, ...]:
    source = Vocabulary.of(version_of(BANK).clauses)
    usual = Vocabulary.of((), asked=["how long do you keep the recordings of calls and who hears that"])
    customs = Customs.of(Vocabulary.of(shop.clauses, besides=["Marrow & Pip"]), [source, *[usual] * 7])
    return customs.foreign(question, clause, None if alone else source)


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("are recordings deleted after 18 months?", ()),
        ("are recordings deleted after eighteen months?", ()),
        ("are recordings deleted after 24 months?", ("24",)),
        ("are recordings deleted after six months?", ("six",)),
        ("is one of the calls kept?", ()),
        ("How long does Stonebridge keep calls?", ("Stonebridge",)),
        ("how long does stonebridge keep calls", ("stonebridge",)),
        ("Does Marrow keep calls?", ()),
        ("Is my Cork office recorded? And my Cork home?", ("Cork",)),
        ("Who listens? I don't want it.", ()),
        ("is the mortgage call recorded", ("mortgage",)),
    ],
)
def test_numbers_names_and_words_of_a_trade_are_foreign(
    question: str, foreign: tuple[str, ...], calls: Clause, shop: PolicyVersion
) -> None:
    assert found(question, calls, shop) == foreign


def test_what_a_model_wrote_has_no_source_to_be_foreign_from(calls: Clause, shop: PolicyVersion) -> None:
    assert found("is the mortgage call of 7 June kept by Quill?", calls, shop, alone=True) == ("7", "June", "Quill")
