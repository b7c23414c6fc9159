import pytest

from assistant.rights.subjects import Claim, Subject, claim_in, claim_of


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("For myself", Claim(Subject.SELF)),
        ("me", Claim(Subject.SELF)),
        ("it's for me, not for anyone else", Claim(Subject.SELF)),
        ("apne liye", Claim(Subject.SELF)),
        ("Authorised agent", Claim(Subject.AGENT, authority=True)),
        ("I am her lawyer", Claim(Subject.AGENT)),
        ("I represent him but have no authority", Claim(Subject.AGENT, authority=False)),
        ("Nominee", Claim(Subject.NOMINEE)),
        ("Parent or guardian", Claim(Subject.PARENT)),
        ("for my daughter", Claim(Subject.PARENT)),
        ("I am 14", Claim(Subject.CHILD)),
        ("For somebody else", Claim(Subject.OTHER)),
        ("my neighbour", Claim(Subject.OTHER)),
    ],
)
def test_an_answer_tells_for_whom(text: str, claim: Claim) -> None:
    assert claim_in(text) == claim


def test_an_answer_that_tells_nothing_is_none() -> None:
    assert claim_in("purple") is None


def test_an_agent_with_a_power_of_attorney_is_taken_at_the_word() -> None:
    assert claim_of("agent", "We hold a power of attorney.") == Claim(Subject.AGENT, authority=True)
    assert claim_of("agent", "Delete the data of my client.") == Claim(Subject.AGENT)
    assert claim_of("self", "Delete my data.") == Claim(Subject.SELF)
