"""For whom a right is asked, as far as words tell: oneself, by authority for another, or in a way a person must see."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.dialogue.short_answers import plain


class Subject(StrEnum):
    """Agent and nominee may ask for another where they have authority; child, parent and other go to a person."""

    SELF = "self"
    AGENT = "agent"
    NOMINEE = "nominee"
    PARENT = "parent"
    CHILD = "child"
    OTHER = "other"


NEED_AUTHORITY = frozenset({Subject.AGENT, Subject.NOMINEE})
FOR_A_PERSON = frozenset({Subject.PARENT, Subject.CHILD, Subject.OTHER})


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says of themselves; `authority` is None where nothing was said of it."""

    subject: Subject
    authority: bool | None = None


_NO_AUTHORITY = re.compile(
    r"\b(?:no|not|without|lack|haven't|havent|don't have|dont have|didn't|nahi|never)\b[^.;]{0,30}"
    r"\b(?:authori\w+|permission|power of attorney|consent|mandate|document\w*|paper\w*)\b"
    r"|\b(?:no|not|nothing|isn't|without)\b[^.;]{0,20}\b(?:in writing|written|on paper|signed)\b"
    r"|\b(?:only|just) (?:told|said|asked|mentioned)\b|\bverbal\w*\b|\borally\b"
    r"|\bunauthori[sz]ed\b|\bdoes ?n[o']t know\b|\bwithout (?:his|her|their) knowledge\b"
)
_AUTHORITY = re.compile(
    r"\b(?:authori[sz]ed|authori[sz]ation|authority|power of attorney|poa|mandate|vakalatnama|(?:written|signed)"
    r" (?:permission|consent)|court[ -]appointed|duly (?:appointed|instructed)|letters of administration|probate)\b"
)
# The first that is found counts.
_SUBJECTS: tuple[tuple[Subject, re.Pattern[str]], ...] = (
    (
        Subject.SELF,
        re.compile(
            r"(?:it'?s |it is |only |just |i'?m asking |i am asking |asking |i want it |i ask )*(?:for |about )?"
            r"(?:me|self|myself|my ?self|my own(?: data)?|mine|i am|i'm|khud|khud ke liye|apne liye|mere liye|mera)"
            r"(?:[ ,.!]+(?:only|please|not for (?:anyone|somebody|someone) else|hai|hi))*[ .!]*\Z"
            r"|.{0,40}\b(?:for|about) (?:myself|me only|my own)\b"
        ),
    ),
    (
        Subject.CHILD,
        re.compile(
            r".*\b(?:i(?:'m| am)(?: only| just)? (?:a (?:minor|child|kid)|under ?(?:age|18)|1[0-7]|[7-9])\b"
            r"|(?:1[0-7]) (?:years|yrs|saal)\b)"
        ),
    ),
    (
        Subject.PARENT,
        re.compile(
            r".*\b(?:parent|guardian|mother|father|mum|mom|dad|my (?:son|daughter|child|kid|children|kids|minor)\w*"
            r"|beta|beti|bacche|bachche)\b"
        ),
    ),
    (
        Subject.NOMINEE,
        re.compile(r".*\b(?:nominee|nominated|heir|executor|executrix|deceased|passed away|my late|probate)\b"),
    ),
    (
        Subject.AGENT,
        re.compile(
            r".*\b(?:agent|lawyer|attorney|advocate|solicitor|counsel|on (?:\w+ )?behalf|represent\w*|client'?s?"
            r"|acting for|act for|authori[sz]ed|authori[sz]ation|authority|power of attorney|vakalatnama|ki taraf se)\b"
        ),
    ),
    (
        Subject.OTHER,
        re.compile(
            r".*\b(?:some(?:one|body) else|another person|other person|other people|for (?:him|her|them)"
            r"|my (?:wife|husband|spouse|partner|friend|neighbou?r|brother|sister|colleague|boss|ex|uncle|aunt)\w*"
            r"|kisi aur|dost|padosi)\b"
        ),
    ),
)


def authority_in(text: str) -> bool | None:
    """Whether it is said that there is authority to act for another; None where nothing is said of it."""
    said = plain(text)
    if _NO_AUTHORITY.search(said):
        return False
    return True if _AUTHORITY.search(said) else None


def claim_in(text: str) -> Claim | None:
    """What an answer to "for whom?" says; None where it says nothing of it.

    Who speaks of authority acts for another.
    """
    said, authority = plain(text), authority_in(text)
    subject = next((subject for subject, pattern in _SUBJECTS if pattern.match(said)), None)
    if subject is None and authority is not None:
        return Claim(Subject.AGENT, authority)
    return Claim(subject, authority) if subject else None


def claim_of(subject: str, text: str) -> Claim | None:
    """What triage read out of a request, with what is said of authority; None where a hint must be asked about."""
    known = next((each for each in Subject if each == subject), None)
    if known is None:
        return claim_in(text)
    return Claim(known, authority_in(text) if known in NEED_AUTHORITY else None)
