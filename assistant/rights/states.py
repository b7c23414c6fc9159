"""The dialogue as data: its states, what each asks for, and which answer leads to which act.

Knows how an answer is recognised; changes nothing and says nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from assistant.dialogue import answers
from assistant.dialogue import short_answers as short
from assistant.dialogue.addresses import Address, Unusable
from assistant.reply import AsksFor, Right
from assistant.rights.changes import FEW_WORDS, halts, named_rights
from assistant.rights.request import Request
from assistant.rights.spoken import repeats_of, spoken_rights, wants_them_stopped
from assistant.rights.subjects import claim_in
from assistant.visit import Visit


class State(StrEnum):
    RIGHT = "right"
    REQUESTER = "requester"
    AUTHORITY = "authority"
    DETAILS = "details"
    EMAIL = "email"
    CONFIRMATION = "confirmation"
    CHANGE = "change"
    CODE = "code"


class Answer(StrEnum):
    PERSON = auto()
    CANCEL = auto()
    YES = auto()
    NO = auto()
    SKIP = auto()
    WRONG = auto()
    LATER = auto()
    ASKS_BACK = auto()
    CODE = auto()
    DIGITS = auto()
    NEW_CODE = auto()
    ADDRESS = auto()
    BARE_ADDRESS = auto()
    BARE_YES = auto()
    BAD_ADDRESS = auto()
    RIGHTS = auto()
    SUBJECT = auto()
    TOPIC = auto()
    QUESTION = auto()
    LONG = auto()
    WORDS = auto()


class Act(StrEnum):
    STOP = auto()
    TO_PERSON = auto()
    WAIT = auto()
    TAKE_RIGHTS = auto()
    CHANGE_RIGHTS = auto()
    TAKE_SUBJECT = auto()
    HAS_AUTHORITY = auto()
    LACKS_AUTHORITY = auto()
    TAKE_DETAILS = auto()
    NO_DETAILS = auto()
    TAKE_ADDRESS = auto()
    REFUSE_ADDRESS = auto()
    NO_ADDRESS = auto()
    REGISTER = auto()
    ASK_WHAT_TO_CHANGE = auto()
    ASK_AGAIN = auto()
    CONFIRM_AGAIN = auto()
    CHECK_CODE = auto()
    SEND_CODE = auto()
    LEAVE = auto()
    MISS = auto()


ASKS: Mapping[State, AsksFor] = {
    State.RIGHT: AsksFor.RIGHT,
    State.REQUESTER: AsksFor.REQUESTER,
    State.AUTHORITY: AsksFor.REQUESTER,
    State.DETAILS: AsksFor.DETAILS,
    State.EMAIL: AsksFor.EMAIL,
    State.CONFIRMATION: AsksFor.CONFIRMATION,
    State.CHANGE: AsksFor.CONFIRMATION,
    State.CODE: AsksFor.VERIFICATION_CODE,
}

# In each state the first answer that a message is decides; a message that is none of them is unusable.
LEADS: Mapping[State, tuple[tuple[Answer, Act], ...]] = {
    State.RIGHT: (
        (Answer.PERSON, Act.TO_PERSON),
        (Answer.CANCEL, Act.STOP),
        (Answer.RIGHTS, Act.TAKE_RIGHTS),
        (Answer.ADDRESS, Act.TAKE_ADDRESS),
        (Answer.ASKS_BACK, Act.MISS),
        (Answer.QUESTION, Act.LEAVE),
        (Answer.YES, Act.MISS),
        (Answer.LATER, Act.WAIT),
        (Answer.LONG, Act.LEAVE),
    ),
    State.REQUESTER: (
        (Answer.PERSON, Act.TO_PERSON),
        (Answer.CANCEL, Act.STOP),
        (Answer.ASKS_BACK, Act.MISS),
        (Answer.QUESTION, Act.LEAVE),
        (Answer.SUBJECT, Act.TAKE_SUBJECT),
        (Answer.ADDRESS, Act.TAKE_ADDRESS),
        (Answer.YES, Act.MISS),
        (Answer.LATER, Act.WAIT),
        (Answer.LONG, Act.LEAVE),
    ),
    State.AUTHORITY: (
        (Answer.PERSON, Act.TO_PERSON),
        (Answer.CANCEL, Act.STOP),
        (Answer.ASKS_BACK, Act.MISS),
        (Answer.QUESTION, Act.LEAVE),
        (Answer.YES, Act.HAS_AUTHORITY),
        (Answer.NO, Act.LACKS_AUTHORITY),
        (Answer.SUBJECT, Act.TAKE_SUBJECT),
        (Answer.LONG, Act.LEAVE),
    ),
    State.DETAILS: (
        (Answer.PERSON, Act.TO_PERSON),
        (Answer.CANCEL, Act.STOP),
        (Answer.BARE_ADDRESS, Act.TAKE_ADDRESS),
        (Answer.ASKS_BACK, Act.MISS),
        (Answer.QUESTION, Act.LEAVE),
        (Answer.SKIP, Act.NO_DETAILS),
        (Answer.NO, Act.NO_DETAILS),
        (Answer.BARE_YES, Act.MISS),
        (Answer.LATER, Act.WAIT),
        (Answer.WORDS, Act.TAKE_DETAILS),
    ),
    State.EMAIL: (
        (Answer.PERSON, Act.TO_PERSON),
        (Answer.CANCEL, Act.STOP),
        (Answer.ADDRESS, Act.TAKE_ADDRESS),
        (Answer.BAD_ADDRESS, Act.REFUSE_ADDRESS),
        (Answer.SKIP, Act.NO_ADDRESS),
        (Answer.ASKS_BACK, Act.MISS),
        (Answer.QUESTION, Act.LEAVE),
        (Answer.RIGHTS, Act.CHANGE_RIGHTS),
        (Answer.YES, Act.MISS),
        (Answer.LATER, Act.WAIT),
        (Answer.LONG, Act.LEAVE),
    ),
    State.CONFIRMATION: (
        (Answer.PERSON, Act.TO_PERSON),
        (Answer.CANCEL, Act.STOP),
        (Answer.YES, Act.REGISTER),
        (Answer.ADDRESS, Act.TAKE_ADDRESS),
        (Answer.BAD_ADDRESS, Act.REFUSE_ADDRESS),
        (Answer.NO, Act.ASK_WHAT_TO_CHANGE),
        (Answer.ASKS_BACK, Act.MISS),
        (Answer.QUESTION, Act.LEAVE),
        (Answer.RIGHTS, Act.CHANGE_RIGHTS),
        (Answer.TOPIC, Act.ASK_AGAIN),
        (Answer.WRONG, Act.ASK_WHAT_TO_CHANGE),
        (Answer.LATER, Act.WAIT),
        (Answer.LONG, Act.LEAVE),
    ),
    State.CHANGE: (
        (Answer.PERSON, Act.TO_PERSON),
        (Answer.CANCEL, Act.STOP),
        (Answer.ADDRESS, Act.TAKE_ADDRESS),
        (Answer.BAD_ADDRESS, Act.REFUSE_ADDRESS),
        (Answer.YES, Act.CONFIRM_AGAIN),
        (Answer.SKIP, Act.CONFIRM_AGAIN),
        (Answer.ASKS_BACK, Act.MISS),
        (Answer.QUESTION, Act.LEAVE),
        (Answer.RIGHTS, Act.CHANGE_RIGHTS),
        (Answer.TOPIC, Act.ASK_AGAIN),
        (Answer.SUBJECT, Act.TAKE_SUBJECT),
        (Answer.LATER, Act.WAIT),
        (Answer.LONG, Act.LEAVE),
    ),
    State.CODE: (
        (Answer.PERSON, Act.TO_PERSON),
        (Answer.CANCEL, Act.STOP),
        (Answer.CODE, Act.CHECK_CODE),
        (Answer.DIGITS, Act.MISS),
        (Answer.ADDRESS, Act.TAKE_ADDRESS),
        (Answer.BAD_ADDRESS, Act.REFUSE_ADDRESS),
        (Answer.NEW_CODE, Act.SEND_CODE),
        (Answer.LATER, Act.WAIT),
        (Answer.ASKS_BACK, Act.MISS),
        (Answer.QUESTION, Act.LEAVE),
        (Answer.RIGHTS, Act.CHANGE_RIGHTS),
        (Answer.LONG, Act.LEAVE),
    ),
}


def next_state(request: Request) -> State:
    """What is asked next: the first thing that is missing, and the confirmation when nothing is."""
    missing = (
        (State.RIGHT, not request.rights),
        (State.REQUESTER, request.subject is None),
        (State.AUTHORITY, request.lacks_authority),
        (State.DETAILS, request.lacks_details),
        (State.EMAIL, request.address is None),
    )
    return next((state for state, is_missing in missing if is_missing), State.CONFIRMATION)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, and what is read in it whatever the state: an address, and the rights that it speaks of."""

    visit: Visit
    request: Request
    email: Address | Unusable | None
    rights: tuple[Right, ...]

    @property
    def text(self) -> str:
        return self.visit.text


# What a correction may speak of without saying what it should be; the state in which that is asked.
_TOPICS: tuple[tuple[State, re.Pattern[str]], ...] = (
    (State.EMAIL, re.compile(r"\b(?:address|e-?mail|mail|mailbox|mail id)\b")),
    (State.DETAILS, re.compile(r"\b(?:details?|explanation|description)\b")),
    (State.REQUESTER, re.compile(r"\b(?:who|whom|person|behalf|subject|requester|agent)\b")),
    (State.RIGHT, re.compile(r"\b(?:rights?|kind|type|request)\b")),
)
# What is asked for anew when one of them is said to be wrong.
FORGETS: Mapping[State, Mapping[str, Any]] = {
    State.EMAIL: {"email": None},
    State.DETAILS: {"details": None, "details_done": False},
    State.REQUESTER: {"subject": None, "authority": None, "behalf": None},
    State.RIGHT: {"rights": ()},
}
# A message with one of these is meant for somebody else of the house, however short it is.
_FOR_OTHERS = re.compile(
    r"\b(?:hack\w*|phish\w*|stolen|leak\w*|scam\w*|fraud\w*|breach\w*|virus|ransom\w*|password|human|real person|"
    r"a person|someone real|operator|agent please|call me|complain\w*|status|where is my|hello|hi|hey|thanks|thank you|"
    r"namaste|bye|goodbye)\b"
)
_FEWEST_LONG = 6
_ONLY = re.compile(r"\b(?:only|just|sirf|bas)\b")


def topic_of(text: str) -> State | None:
    said = short.plain(text)
    return next((state for state, pattern in _TOPICS if pattern.search(said)), None)


def _is_question(heard: Heard) -> bool:
    return short.asks_something(heard.text) and not heard.rights


def _is_yes(heard: Heard) -> bool:
    """Whether it agrees, with nothing added to what is asked for and no other address."""
    text, own = heard.text, set(heard.request.rights)
    if heard.email is not None and not _repeats_the_address(heard):
        return False
    if short.reads_yes(text) or wants_them_stopped(text, own):
        return True
    few = len(text.split()) <= FEW_WORDS
    named = set(named_rights(text)) | spoken_rights(text)
    # What triage reads in a few words that name no right is a guess.
    added = (set(heard.rights) & named if few else set(heard.rights)) - own
    if added or (_ONLY.search(short.plain(text)) and named & own and not own <= named):
        return False
    return answers.affirms(text, repeats=repeats_of(own)) or short.says_yes_first(text)


def _repeats_the_address(heard: Heard) -> bool:
    return isinstance(heard.email, Address) and heard.email.value == heard.request.email


def _is_cancel(heard: Heard) -> bool:
    """Whether it stops, and asks for no other right and no other address instead."""
    if isinstance(heard.email, Address) and not _repeats_the_address(heard):
        return False
    if heard.request.rights and wants_them_stopped(heard.text, heard.request.rights):
        return False
    others = (set(heard.rights) & set(named_rights(heard.text))) - set(heard.request.rights)
    return answers.stops(heard.text) and not others


def _is_person(heard: Heard) -> bool:
    """Whether it gives the dialogue up for a human being."""
    stopped = answers.says_stop(heard.text) or (heard.rights and halts(heard.text))
    return bool(stopped) and answers.wishes_person(heard.text)


def _is_long(heard: Heard) -> bool:
    said = short.plain(heard.text)
    return len(said.split()) >= _FEWEST_LONG or _FOR_OTHERS.search(said) is not None


_IS: Mapping[Answer, Callable[[Heard], bool]] = {
    Answer.PERSON: _is_person,
    Answer.CANCEL: _is_cancel,
    Answer.YES: _is_yes,
    Answer.NO: lambda heard: short.reads_no(heard.text),
    Answer.SKIP: lambda heard: short.reads_skip(heard.text) or answers.refuses(heard.text),
    Answer.WRONG: lambda heard: answers.denies(heard.text),
    Answer.LATER: lambda heard: answers.puts_off(heard.text),
    Answer.ASKS_BACK: lambda heard: answers.asks_back(heard.text),
    Answer.CODE: lambda heard: short.code_of(heard.visit) is not None,
    Answer.DIGITS: lambda heard: short.has_digits(heard.text),
    Answer.NEW_CODE: lambda heard: short.reads_new_code(heard.text),
    Answer.ADDRESS: lambda heard: isinstance(heard.email, Address),
    Answer.BARE_ADDRESS: lambda heard: isinstance(heard.email, Address) and short.is_bare(heard.text, asked=False),
    Answer.BARE_YES: lambda heard: answers.affirms(heard.text, strictly=True),
    Answer.BAD_ADDRESS: lambda heard: isinstance(heard.email, Unusable),
    Answer.RIGHTS: lambda heard: bool(heard.rights),
    Answer.SUBJECT: lambda heard: claim_in(heard.text) is not None,
    Answer.TOPIC: lambda heard: topic_of(heard.text) is not None,
    Answer.QUESTION: _is_question,
    Answer.LONG: _is_long,
    Answer.WORDS: lambda _heard: True,
}


def act_for(state: State, heard: Heard) -> Act:
    return next((act for answer, act in LEADS[state] if _IS[answer](heard)), Act.MISS)
