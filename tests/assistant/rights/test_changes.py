from collections.abc import Callable

import pytest

from assistant.reply import Right
from assistant.rights.changes import changed_rights, named_rights, rights_said, rights_wished, without_unsaid

ACCESS, CORRECTION, DELETION, MARKETING = Right.ACCESS, Right.CORRECTION, Right.DELETION, Right.MARKETING_OPT_OUT


def sees(*rights: Right) -> Callable[[str], tuple[Right, ...]]:
    """Triage that sees these in any message."""
    return lambda _text: rights


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("access as well", (DELETION,), (ACCESS, DELETION)),
        ("no, correction instead", (DELETION,), (CORRECTION,)),
        ("no, delete only the newsletter data", (ACCESS,), (DELETION,)),
        ("not the deletion", (ACCESS, DELETION), (ACCESS,)),
        ("drop the marketing, please", (ACCESS, MARKETING), (ACCESS,)),
        ("deletion instead of access", (ACCESS,), (DELETION,)),
        ("don't delete, just stop the newsletter", (DELETION,), (MARKETING,)),
        ("cancel the deletion", (DELETION,), ()),
        ("nahi, access bhi chahiye", (DELETION,), (ACCESS, DELETION)),
        ("what a nice day", (DELETION,), (DELETION,)),
    ],
)
def test_a_free_correction_changes_the_rights(text: str, before: tuple[Right, ...], after: tuple[Right, ...]) -> None:
    assert changed_rights(text, before, sees(), replaces=True) == after


@pytest.mark.parametrize(
    "text",
    [
        "that's not my email",
        "my email is [email]",
        "use another address [email]",
        "yes, please send me the code",
        "[email]",
    ],
)
def test_what_triage_sees_in_an_answer_about_the_dialogue_is_not_asked_for(text: str) -> None:
    assert rights_said(text, sees(CORRECTION, ACCESS)) == ()


def test_what_triage_sees_counts_where_it_is_named_or_nothing_else_is_spoken_of() -> None:
    assert rights_said("could you please let me see the whole of it, I mean access", sees(ACCESS)) == (ACCESS,)
    assert rights_said("please get rid of all that you have on me", sees(DELETION)) == (DELETION,)


def test_a_question_about_a_right_asks_for_none() -> None:
    assert rights_said("how do I delete my data?", sees()) == ()
    assert rights_said("can you also delete my account?", sees()) == (DELETION,)


def test_asked_for_a_right_triage_is_taken_at_its_word_but_not_for_an_address() -> None:
    assert rights_wished("everything you have about me", sees(ACCESS)) == (ACCESS,)
    assert rights_wished("[email]", sees(ACCESS)) == ()


def test_to_say_that_there_are_rights_is_to_ask_for_none_yet() -> None:
    assert without_unsaid([Right.OTHER], "I want to exercise my rights") == ()
    assert without_unsaid([Right.OTHER], "I nominate my wife") == (Right.OTHER,)


def test_the_words_of_the_buttons_name_their_rights() -> None:
    assert named_rights("A copy of my data") == (ACCESS,)
    assert named_rights("Delete my data") == (DELETION,)
    assert named_rights("Correct my data") == (CORRECTION,)
    assert named_rights("Stop marketing") == (MARKETING,)
