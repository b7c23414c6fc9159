"""What a short message wishes for though nothing was asked: to take a request back, or to pass a question on. Pure."""

import re

from assistant.dialogue import stop_words as stopping
from assistant.dialogue.answers import clauses_of, is_wish
from assistant.dialogue.short_answers import POLITE, TAIL, plain, whole, wishes_more

# What is taken back when nothing is asked any more: named as a request, or by a word that means nothing else.
_TAKES_BACK = re.compile(
    POLITE
    + r"(?:(?:i (?:want|would like|'d like|wish|need) to |i'd like to |can (?:you|i) |could you |kindly )?"
    + r"(?:(?:withdraw|retract|take back|revoke)(?: (?:it|this|that|them|both|everything))?(?! my consent)"
    + r"|(?:cancel|stop|drop|close|withdraw|retract|take back|revoke|end)(?: (?!\w+ing\b)[\w'-]+){0,4}? "
    + r"(?:requests?|tickets?|applications?|[a-z]{2,8}-\w{4}-\w{4})))\b(?P<rest>.*)"
)
_HOW = re.compile(r"\b(?:how|what|when|if|can i|could i)\b")
_NOT_TAKEN_BACK = re.compile(r"\b(?:consent|permission|how|if|what|when|can i)\b|\?")
# A part of a longer message that calls a request off: the request, or the act it asks for, and never the data itself.
_REQUEST = r"(?:(?:\w+[ -]){0,2}(?:requests?|tickets?|applications?))"
_ACT = (
    r"(?:(?:whole |data |account |profile )*(?:deletion|deleting|delete|erasure|erasing|removal|removing|wiping"
    r"|copy|export"
    r"|transfer|correction|restriction|objection|opt-?out|unsubscri\w+|withdrawal|access)(?: (?:requests?|part"
    r"|thing|process))?"
    r"(?: of (?:my|the) \w+)?)"
)
_DETERMINER = r"(?:(?:my|the|that|this|those|these|both|all|last|whole) )*"
_CALLS_OFF = re.compile(
    stopping.LEAD
    + r"(?:i (?:hereby |now |want to )?)?(?:(?:cancel|stop|drop|withdraw|retract|revoke|undo|halt|scrap|abort"
    r"|forget|reverse"
    + rf"|call off|take back|pull back|recall) {_DETERMINER}(?:{_REQUEST}|{_ACT})"
    + rf"|(?:take|call|pull) {_DETERMINER}(?:{_REQUEST}|{_ACT}|it|that|this) (?:back|off)"
    + r"|(?:please )?(?:do not|don't|dont|do nt) (?:delete|erase|remove|wipe|export|transfer|restrict|correct)"
    r"(?: (?:it|anything|me|them|everything|that|any of it|(?:my|the|any) [\w' -]{1,30}))?"
    r"|(?:(?:meri|mera|apni|yeh|ye|wo|woh) )?(?:request|ticket) (?:ko )?(?:wapas|vapas|wapis) (?:le ?lo|lelo"
    r"|lena hai|le lijiye"
    r"|leni hai)|(?:(?:request|deletion|delete|ise|isko) )?(?:cancel|radd?|mat) (?:karo|kar do|kardo|kijiye) (?:delete"
    r"|deletion|request)"
    r"|(?:deletion|delete|request) (?:mat karo|cancel kar do|cancel karo|rok do|mat karna))" + stopping.TAIL
)
_SOMEBODY = (
    r"(?:(?:a|an|the|your|some|any)? ?(?:real |actual |right |privacy |data |legal |support |responsible )*"
    r"(?:person|human(?: being)?|team|colleagues?|staff|people|dpo|officer|department|desk|expert)"
    r"|someone(?: else)?|somebody|them)"
)
_PASS_ON = re.compile(
    POLITE
    + r"(?:(?:can|could|would|will) (?:you|u) (?:please |pls )?|i(?:'d| would) like (?:you )?to |aap )?"
    + r"(?:(?:pass|forward|send|hand|give|refer|escalate|relay|put|take|submit)"
    + r"(?: (?:it|this|that|my (?:question|query)|(?:this|that|the) (?:question|query|one)))"
    + r"(?: (?:on|over|along|up|forward))?"
    + rf"(?: to {_SOMEBODY})?|ask (?:(?:it|this|that) )?(?:to )?{_SOMEBODY}(?: for me| about (?:it|this|that))?"
    + r"|(?:haan )?(?:kisi ko |team ko |unko )?(?:aage )?(?:bhej|pooch|puch) (?:do|dijiye|lo))"
    + TAIL
)


def takes_back(text: str) -> bool:
    """Whether a request that was made is taken back, though nothing is asked: "withdraw it", "cancel my request"."""
    given = _TAKES_BACK.fullmatch(whole(text))
    return given is not None and not _NOT_TAKEN_BACK.search(whole(text)) and not wishes_more(given["rest"])


def calls_off(text: str) -> bool:
    """Whether a part of it calls off a request, and nothing beside it wishes for something new: "can you stop the
    deletion, I want to keep my profile".
    """
    clauses = clauses_of(text)
    called = [clause for clause in clauses if _CALLS_OFF.fullmatch(clause)]
    asks = _NOT_TAKEN_BACK.search(plain(text)) if "?" not in text else _HOW.search(plain(text))
    return bool(called) and not asks and not any(is_wish(clause) for clause in clauses if clause not in called)


def reads_pass_on(text: str) -> bool:
    """Whether it says to give to somebody what was asked before: "can you forward that to your team"."""
    return _PASS_ON.fullmatch(whole(text).rstrip("? ")) is not None
