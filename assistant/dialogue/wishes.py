"""What a short message wishes for though nothing was asked: to take a request back, or to pass a question on. Pure."""

import re

from assistant.dialogue.short_answers import POLITE, TAIL, whole, wishes_more

# What is taken back when nothing is asked any more: named as a request, or by a word that means nothing else.
_TAKES_BACK = re.compile(
    POLITE
    + r"(?:(?:i (?:want|would like|'d like|wish|need) to |i'd like to |can (?:you|i) |could you |kindly )?"
    + r"(?:(?:withdraw|retract|take back|revoke)(?: (?:it|this|that|them|both|everything))?(?! my consent)"
    + r"|(?:cancel|stop|drop|close|withdraw|retract|take back|revoke|end)(?: (?!\w+ing\b)[\w'-]+){0,4}? "
    + r"(?:requests?|tickets?|applications?|[a-z]{2,8}-\w{4}-\w{4})))\b(?P<rest>.*)"
)
_NOT_TAKEN_BACK = re.compile(r"\b(?:consent|permission|how|if|what|when|can i)\b|\?")
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


def reads_pass_on(text: str) -> bool:
    """Whether it says to give to somebody what was asked before: "can you forward that to your team"."""
    return _PASS_ON.fullmatch(whole(text).rstrip("? ")) is not None
