import pytest

from assistant.answering.followups import Lean, leans


@pytest.mark.parametrize(
    "message",
    ["why?", "for how long", "By whom?", "how come?", "since when", "kab tak?", "which ones?", "meaning?", "where to"],
)
def test_a_bare_question_word_leans_wholly(message: str) -> None:
    assert leans(message) is Lean.WHOLLY


@pytest.mark.parametrize(
    "message",
    [
        "and for how long?",
        "what about cookies then",
        "ok, and the backups?",
        "Thanks. And invoices?",
        "but what if I am only a visitor",
        "aur marketing wala data?",
        "same for app users?",
    ],
)
def test_a_message_that_goes_on_is_likely_to_lean(message: str) -> None:
    assert leans(message) is Lean.LIKELY


@pytest.mark.parametrize(
    "message", ["who sees it", "can I get rid of those?", "is that encrypted", "do they sell them"]
)
def test_a_word_that_points_back_may_lean(message: str) -> None:
    assert leans(message) is Lean.PERHAPS


@pytest.mark.parametrize(
    "message",
    [
        "How long do you keep billing records?",
        "is it true that you sell my data?",
        "does this policy cover the mobile apps",
        "Is there anyone I can phone about privacy?",
        "",
        "???",
        "I want to know whether it is you or your hosting company that keeps the logs of our web shop, and where",
    ],
)
def test_a_message_that_says_all_leans_on_nothing(message: str) -> None:
    assert leans(message) is Lean.NOT


@pytest.mark.parametrize("message", ["interns??", "without telling me??", "my ca says 8", "the invoices as well"])
def test_a_few_words_may_lean(message: str) -> None:
    assert leans(message) is Lean.PERHAPS
