"""How rights are spoken of within a dialogue, more freely than by name: read only where a right is meant. Pure."""

import re
from collections.abc import Iterable, Mapping

from assistant.dialogue.short_answers import asks_something, plain
from assistant.reply import Right

_SPOKEN: Mapping[Right, re.Pattern[str]] = {
    Right.ACCESS: re.compile(
        r"\bcop(?:y|ies|ied)\b|\baccess\b|\bsee (?:my|the|what|all|everything)\b|\bshow me\b|\bknow what\b"
        r"|\bwhat (?:you|u)(?:'ve| have|ve)? (?:have|hold|store|know|keep|saved|stored|got|collected)\b|\bdikha"
        r"|\bview my\b"
        r"|\b(?:a|the) (?:list|report|overview) of (?:my|what|the data)\b|\bsend me (?:my|everything|all)\b"
        r"|\bmy file\b"
    ),
    Right.CORRECTION: re.compile(
        r"\bcorrect(?:ion|ions|ing|ed)\b|\brectif|\bsudhar|\bamend|\bfix(?:ing|ed)?\b|\bupdat(?:e|ed|ing) (?:my"
        r"|the)\b"
        r"|\bcorrect my\b"
    ),
    Right.DELETION: re.compile(
        r"\bdel(?:et|te|ete|ate)\w*|\beras\w*|\bremov(?:e|al|ing|ed)\b|\bwip(?:e|ed|ing)\b|\bpurg\w+|\bdestroy\w*"
        r"|\bthrow\w*\b.{0,24}\b(?:away|out)\b|\b(?:get|got|getting) rid\b|\bgone\b|\bvanish|\bscrub|\bnuke"
        r"|\btrash|\bshred"
        r"|\bforg(?:et|otten) (?:about )?me\b|\bbe(?:ing)? forgotten\b|\bclear (?:my|out)\b|\bclos(?:e|ing) (?:my"
        r"|the) account"
        r"|\bhata\w*|\bmita\w*|\budao|\bdel\b"
    ),
    Right.MARKETING_OPT_OUT: re.compile(
        r"\b(?:newsletters?|marketing|promos?|promotion\w*|mailing list|mailings|adverts?|advertis\w+|ads|spam"
        r"|offers?"
        r"|campaigns?|sales (?:calls?|mails?|letters?)|publicity)\b(?! (?:data|details|records|info|profile))"
        r"|\bunsubscri\w*|\bopt[ -]?(?:ing )?out"
    ),
    Right.PORTABILITY: re.compile(
        r"\bportab\w*|\btransfer\w*|\bexport\w*|\bmachine[ -]readable|\bcsv\b|\bjson\b|\bcarry (?:it )?over\b"
        r"|\bstructured\b"
        r"|\btake (?:it|them|my data) (?:with me|elsewhere|along|to)\b|\bmove (?:it|my data) to\b"
    ),
    Right.RESTRICTION: re.compile(
        r"\brestrict\w*|\blimit\w*|\bfreez\w*|\bfrozen\b|\bpaus(?:e|ed|ing)\b|\bblock\w*|\bpark(?:ed|ing)?\b"
        r"|\bon hold\b"
        r"|\block(?:ed|ing)?\b|\bstop using\b|\b(?:not|n't) be(?:ing)? used\b|\bbeing used\b|\bsuspend\w*"
    ),
    Right.OBJECTION: re.compile(r"\bobject(?:ion|ions|ing|ed|s)?\b|\boppos\w+"),
    Right.CONSENT_WITHDRAWAL: re.compile(r"\bconsent\w*|\bpermission\b"),
    Right.GRIEVANCE: re.compile(r"\bgrievance"),
    Right.OTHER: re.compile(r"\bnomin\w+|\bautomated\b|\b(?:sale|sell|selling)\b"),
}
# Words of a request that may be said again in agreement, beside those that name its right.
_ALSO_REPEATED: Mapping[Right, str] = {
    Right.ACCESS: r"\b(?:give|hand|show|see|stored|know)\b",
    Right.CORRECTION: r"\b(?:correct|fix|update) (?:it|that|this|them|my \w+)\b",
    Right.DELETION: r"\b(?:wipe|clear|get rid of|close|kill|account|profile|forget|trash|bin)\b",
    Right.MARKETING_OPT_OUT: (
        r"\b(?:list|stop|stopped|stopping|mails|messages|calls|letters|take me off|remove|off|unsubscribe|sms"
        r"|texts)\b"
    ),
    Right.PORTABILITY: r"\b(?:file|move|carry)\b",
    Right.RESTRICTION: r"\b(?:hold|stop|using|only stored?)\b",
    Right.OBJECTION: r"\b(?:stop|stopped|against)\b",
    Right.CONSENT_WITHDRAWAL: r"\b(?:withdraw|withdrawn|withdrawal|revoke|take back|stop|back)\b",
    Right.GRIEVANCE: r"\b(?:complain\w*|formal)\b",
    Right.OTHER: r"\b(?:sharing|share|stop)\b",
}
# To stop is what these rights are about: to say so again is to agree.
_ABOUT_STOPPING = frozenset(
    {Right.MARKETING_OPT_OUT, Right.OBJECTION, Right.RESTRICTION, Right.CONSENT_WITHDRAWAL, Right.OTHER}
)
_STOP_THEM = re.compile(
    r"(?:(?P<yes>yes|yeah|yep|yup|haan|ha|han|ji|sure|ok do one thing|do one thing|correct|right)|ok|okay|please"
    r"|pls|just|so"
    r"|then|and|now|kindly|[ ,.!])*(?:(?P<make>make|have|get) (?:them|it|those|these|that) (?:to )?stop(?:ped)?"
    r"|(?:stop|end|withdraw|revoke) (?:it|that|this|(?P<them>them|those|these|all of (?:them|those)|the (?:same"
    r"|\w+ ?(?:mails?|messages?|calls?"
    r"|letters?|ads|e-?mails?|newsletters?))))|(?P<hindi>(?:inko|sab|ye|yeh)? ?(?:band|stop) (?:karo|kar do|kardo"
    r"|kijiye)))"
    r"(?:[ ,]+(?:please|pls|now|all|for good|forever|already|at once|bhai|yaar|immediately|thanks))*[ .!]*"
)
# What would be lost, said to be kept; and with it the right that is dropped.
_KEPT: tuple[tuple[Right, re.Pattern[str]], ...] = (
    (
        Right.DELETION,
        re.compile(
            r"\b(?:keep|keeping|hold on to|retain|leave) (?:all )?(?:my|the|our|mine|it all|everything)\b(?: \w+)?"
            r"(?<! copy)(?<! export)(?<! file)(?<! opt)(?<! correction)"
            r"|\bstay (?:a )?(?:member|customer|client|user)\b|\bwant (?:my|the) account (?:back|to stay)\b"
        ),
    ),
    (
        Right.MARKETING_OPT_OUT,
        re.compile(
            r"\b(?:keep|continue|enjoy|like|love|want) (?:getting |receiving |sending )?(?:me )?(?:the"
            r"|your) (?:\w+ )?"
            r"(?:newsletters?|offers?|mails?|monthly|weekly|one)\b|\bstay (?:subscribed|on the list)"
        ),
    ),
    (Right.CONSENT_WITHDRAWAL, re.compile(r"\bstay in\b|\bkeep (?:my|the) (?:consent|permission)\b")),
)
_OF_REQUESTS_AT_LARGE = re.compile(
    r"\b(?:want|wanna|like|need|wish|intend|going|gonna|chahta|chahti|chahte|file|make|submit|raise|lodge|put in"
    r"|exercise|use|"
    r"invoke|start|do|open|place)\b.{0,40}?(?:\b(?:one of |some of )?(?:my|those|these|the|a|an|some|your|of)\b[ ]?"
    r"(?:own |data |privacy |gdpr |dpdp |ccpa |legal |personal |subject |protection |principal |user )*rights?\b"
    r"|\b(?:data |privacy |gdpr |dpdp |ccpa |dsar |subject |protection )+(?:rights? )?(?:requests?|thing|dsar)\b)"
)
_NOT_AT_LARGE = re.compile(
    r"\b(?:know|understand|learn|read|explain|status|earlier|previous|last|rights? (?:to|of)|already)\b|\?"
)
_LONGEST_AT_LARGE = 20


def spoken_rights(text: str) -> frozenset[Right]:
    said = plain(text)
    return frozenset(right for right, pattern in _SPOKEN.items() if pattern.search(said))


def kept_against(text: str) -> frozenset[Right]:
    """The rights that somebody drops by saying what they keep: "I want to keep my profile" is no deletion."""
    said = plain(text)
    return frozenset(right for right, pattern in _KEPT if pattern.search(said))


def repeats_of(rights: Iterable[Right]) -> re.Pattern[str] | None:
    """Finds the words of a request for these rights, wherever they are said again."""
    patterns = [f"{_SPOKEN[right].pattern}|{_ALSO_REPEATED[right]}" for right in rights]
    return re.compile("|".join(patterns)) if patterns else None


def wants_them_stopped(text: str, rights: Iterable[Right]) -> bool:
    """Whether "stop them" agrees to a request that is about stopping, rather than stops the request."""
    match = _STOP_THEM.fullmatch(plain(text)) if _ABOUT_STOPPING & set(rights) else None
    return match is not None and any(match[name] for name in ("yes", "make", "them", "hindi"))


def wants_a_right_at_large(text: str) -> bool:
    """Whether a privacy right is to be used and nothing tells which: "i want to file one of those privacy requests"."""
    said = plain(text)
    short = len(said.split()) <= _LONGEST_AT_LARGE and not _NOT_AT_LARGE.search(said) and not asks_something(text)
    return short and _OF_REQUESTS_AT_LARGE.search(said) is not None and not spoken_rights(text)
