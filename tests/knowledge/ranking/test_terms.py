import numpy as np
import pytest

from knowledge.ranking.terms import Terms, ngrams

TEXTS = [
    "how long are invoices kept",
    "invoices: how many years do they stay",
    "delete my account please",
    "can my account be deleted",
    "kitne saal tak invoice rakhte ho",
    "who sees the invoice and the account",
    "what about cookies",
    "cookies off kaise kare",
    "which cookies are there",
    "tell me of backups",
    "backups are kept where",
    "are the backups encrypted",
    "encrypted or not",
    "who reads my mail",
    "mail address of the team",
]


def test_ngrams_are_taken_inside_words_padded_with_spaces() -> None:
    assert list(ngrams("Ab")) == [" a", "ab", "b ", " ab", "ab ", " ab "]


def test_width_and_case_make_no_difference() -> None:
    assert list(ngrams("ＡＢ")) == list(ngrams("ab"))


def test_a_text_is_nearest_to_the_one_that_shares_its_letters() -> None:
    terms = Terms.of(TEXTS)
    similar = terms.similarities("plz delet my acount")
    assert int(similar.argmax()) in {2, 3}


def test_similarities_are_cosines() -> None:
    terms = Terms.of(TEXTS)
    own = np.array([terms.similarities(text)[at] for at, text in enumerate(TEXTS)])
    assert own == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert terms.similarities(TEXTS[0]).max() <= 1 + 1e-5


@pytest.mark.parametrize("text", ["", "   ", "☃", "\ud800", "\u0301" * 2000])
def test_a_text_without_known_letters_is_like_nothing(text: str) -> None:
    assert not Terms.of(TEXTS).similarities(text).any()


def test_arrays_give_the_same_terms_back() -> None:
    terms = Terms.of(TEXTS)
    again = Terms.from_arrays(terms.arrays(), size=terms.size)
    for text in ("cookies", "backup of my mail", "kitne saal"):
        assert np.array_equal(again.similarities(text), terms.similarities(text))


def test_upper_rows_are_the_similarities_of_each_text_with_itself_and_the_later_ones() -> None:
    terms = Terms.of(TEXTS)
    for at, row in enumerate(terms.upper_rows()):
        assert np.allclose(row[at:], terms.similarities(TEXTS[at])[at:], atol=1e-6)
        assert not row[:at].any()
