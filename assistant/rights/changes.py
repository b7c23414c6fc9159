"""What a free correction does to the rights of a request: more of them, fewer, or others. Pure."""

import re
from collections.abc import Callable, Iterable

from assistant.dialogue.short_answers import asks_something, plain
from assistant.reply import Right
from assistant.rights.spoken import kept_against, spoken_rights, wants_a_right_at_large

RightsIn = Callable[[str], tuple[Right, ...]]

_ADDS = re.compile(r"\b(?:also|too|as well|add|plus|additionally|along with|both|bhi|aur)\b|^and\b")
_REPLACES = re.compile(
    r"\b(?:no|nahi|mean|meant|actually|instead|only|(?<!i )(?<!have )(?<!'ve )just|rather|change"
    r"|sirf|not|scrap|drop|forget|call off|leave out"
    r"|don't|dont|do not|make it|make that|switch|prefer)\b"
)
# A verb that ends something, where what it ends is a part of the request and no right by itself.
_PART = (
    r"(?= (?:the |that |this |my |your )?"
    r"(?:delet|eras|remov|wip|purg|restrict|export|correct|opt|cop|access|portab|object))"
)
_DROPS = re.compile(
    r"\b(?:instead of|rather than|but not|not(?! (?:only|just))|without|except(?: for)?|leave out|drop|skip|scrap"
    r"|scratch"
    r"|call(?:ing)? off|undo|ditch|(?:cancel|withdraw|take back|retract|revoke)(?! (?:my |the )?(?:consent"
    r"|permission|account"
    r"|subscription|newsletters?|membership))|forget(?! me\b| about me\b)(?: about)?"
    rf"|(?:stop|end|halt|abort|remove|take out){_PART}|no (?=delet|eras|cop(?:y|ies)|export|access|correction"
    rf"|restrict)"
    r"|no (?:need|longer|more need)(?: (?:for|to|want|need))?"
    r"|(?:do not|don't|dont|never|didn't|mat)(?: need| want| wish)?(?: to)?)\b"
)
_END_OF_DROPPED = re.compile(r"[,;.!]|\b(?:but|just|only|and|sirf|bas)\b")
# "delete mat karo": in Hindi the no comes after.
_DROPPED_BEFORE = re.compile(
    r"\b(\w+) (?:mat|nahi|nahin|nhi|na) (?:karo|karna|kariye|kijiye|krna|kro|karwana|chahiye)(?: hai)?\b"
)
# To drop the only right by one of these is to stop; to deny it by its name asks for another.
_HALTS = re.compile(
    r"\b(?:stop|end|cancel|drop|forget|scrap|scratch|call off|calling off|undo|withdraw|take back|skip|abort|halt"
    r"|ditch"
    r"|retract|revoke|don't|dont|do not|no need|no longer|never|didn't|mat|nahi (?:karna|chahiye|karwana)|keep"
    r"|keeping|stay"
    r"|retain|chang(?:ed|e) my mind|wapas|rehne|ruko)\b"
)
_LEADING_NO = re.compile(
    r"^(?!no (?:need|longer|more|cop(?:y|ies)|deletion|erasure|export|access|correction|restriction)\b)(?:no|nope"
    r"|nah|nahi|nahin|na|wrong)\b[ ,.!-]*"
)

# How rights are named when there is a question which one: button words and stems. Whoever says what is wrong with the
# dialogue speaks of correcting too, and whoever waits for a code wants something sent: neither names a right.
_NAMES: tuple[tuple[Right, re.Pattern[str]], ...] = (
    (Right.ACCESS, re.compile(r"\baccess|\bcop(?:y|ies)\b|\bsee (?:my|the|what)|\bknow what|\bdikha")),
    (
        Right.CORRECTION,
        re.compile(
            r"\bcorrection\b|\brectif|\bsudhar"
            r"|\b(?:correct|fix|update|change) my (?!e-?mail|mail|address|request|rights?\b|mind)"
        ),
    ),
    (Right.DELETION, re.compile(r"\bdelet|\beras|\bremov|\bwip(?:e|ing)|\bforgotten|\bhata|\bmita")),
    (
        Right.MARKETING_OPT_OUT,
        re.compile(
            r"\b(?:newsletters?|marketing|promo\w*|mailing list|advert\w*|ads|spam|offers)\b"
            r"(?! (?:data|details|records|info|profile))"
            r"|\bunsubscri|\bopt[ -]?out"
        ),
    ),
    (Right.PORTABILITY, re.compile(r"\bportab|\btransfer|\bexport|\bmachine[ -]readable")),
    (Right.RESTRICTION, re.compile(r"\brestrict|\blimit\b|\bfreez|\bpause\b")),
    (Right.OBJECTION, re.compile(r"\bobject")),
    (Right.CONSENT_WITHDRAWAL, re.compile(r"\bconsent")),
    (Right.GRIEVANCE, re.compile(r"\bgrievance")),
    (
        Right.OTHER,
        re.compile(
            r"\bnomin|\bautomated|\bsale\b|\bsell\b|\b(?:earlier|old) versions?\b"
            r"|\bsomething else|\banother right|^other$"
        ),
    ),
)
# What triage may see in an answer though no word of it names the right.
_SEEN_UNNAMED = frozenset(
    {
        Right.DELETION,
        Right.PORTABILITY,
        Right.RESTRICTION,
        Right.OBJECTION,
        Right.CONSENT_WITHDRAWAL,
    }
)
_OF_THE_DIALOGUE = re.compile(r"\b(?:e-?mail|mail|address|code|otp|name|number)\b|\[\w+\]")
_REQUEST_FORM = re.compile(r"(?:(?:and|also|ok|please|so)[ ,]+)*(?:can|could|would|will) (?:you|u|i|we)\b")
FEW_WORDS = 5
_PLACEHOLDER = re.compile(r"\[\w+\]")
_FEWEST_WORDS_OF_A_WISH = 4
_WORDS_THAT_NAME_NONE = 10


def named_rights(text: str) -> tuple[Right, ...]:
    """The rights that an answer names in as many words."""
    said = plain(text)
    return tuple(right for right, pattern in _NAMES if pattern.search(said))


def in_order(rights: Iterable[Right]) -> tuple[Right, ...]:
    """Each once, in the order in which tickets are opened: access before deletion."""
    wanted = set(rights)
    return tuple(right for right in Right if right in wanted)


def rights_said(text: str, rights_in: RightsIn, *, corrects: bool = False) -> tuple[Right, ...]:
    """The rights that an answer within the dialogue asks for. `corrects`: it is known to correct them.

    Triage reads messages that stand alone: what it sees in an answer counts where the answer names it too, or where
    it speaks of nothing that the dialogue asked for.
    """
    said = plain(text)
    named, seen = set(named_rights(text)), set(rights_in(text))
    if asks_something(text) and not _REQUEST_FORM.match(said):
        return in_order(named & seen)
    if corrects or _corrects(said):
        # A stray word of a longer message is no other right.
        stray = frozenset({Right.OTHER}) - seen if len(said.split()) > FEW_WORDS else frozenset()
        named = (named | spoken_rights(text) | kept_against(text)) - stray
        corrects = True
    telling = _ADDS.search(said) or _LEADING_NO.match(said) or _REQUEST_FORM.match(said)
    if corrects or telling or len(said.split()) <= FEW_WORDS:
        seen |= named
    unnamed = set() if _OF_THE_DIALOGUE.search(said) else seen & _SEEN_UNNAMED
    return in_order((named & seen) or unnamed)


def rights_wished(text: str, rights_in: RightsIn) -> tuple[Right, ...]:
    """The same where a right is the very thing that was asked for: then triage is taken at its word, but not for a
    message that is little more than an address.
    """
    said = _PLACEHOLDER.sub(" ", plain(text))
    alone = len(said.split()) >= _FEWEST_WORDS_OF_A_WISH or not _PLACEHOLDER.search(text)
    wished = rights_said(text, rights_in)
    if not wished and not asks_something(text):
        wished = named_rights(text) or in_order(spoken_rights(text))
    return wished or (in_order(rights_in(text)) if alone else ())


def without_unsaid(rights: Iterable[Right], text: str) -> tuple[Right, ...]:
    """The rights of a first message; a few words that only say that there are rights ask for none of them yet."""
    wanted = in_order(rights)
    if wants_a_right_at_large(text):
        return ()
    if (
        wanted == (Right.OTHER,)
        and len(text.split()) <= _WORDS_THAT_NAME_NONE
        and Right.OTHER not in named_rights(text)
    ):
        return ()
    return wanted


def changed_rights(text: str, rights: tuple[Right, ...], rights_in: RightsIn, *, replaces: bool) -> tuple[Right, ...]:
    """The rights after this correction; `replaces` says what a correction does that does not tell by itself.

    Nothing is left where the only right was dropped.
    """
    said = _LEADING_NO.sub("", plain(text))
    wanted, dropped = _parts(_DROPPED_BEFORE.sub(r"not \1,", said))
    kept = kept_against(text)
    now = set(rights_said(wanted, rights_in, corrects=_corrects(plain(text)))) - kept if wanted else set()
    gone = set(spoken_rights(dropped)) or set(rights_in(dropped)) if dropped else set()
    gone |= kept
    now -= gone if not now - gone else set()
    if _ADDS.search(said) or not now or not (replaces or _REPLACES.search(plain(text))):
        now |= set(rights)
    return in_order(now - gone)


def dropped_rights(text: str) -> tuple[Right, ...]:
    """The rights that somebody says are no longer wanted."""
    _, dropped = _parts(_DROPPED_BEFORE.sub(r"not \1,", _LEADING_NO.sub("", plain(text))))
    return in_order(spoken_rights(dropped) | kept_against(text))


def halts(text: str) -> bool:
    """Whether what it drops is to be stopped, rather than to be something else: "don't delete anything"."""
    return _HALTS.search(plain(text)) is not None


def _corrects(said: str) -> bool:
    return any(pattern.search(said) for pattern in (_REPLACES, _DROPS, _DROPPED_BEFORE)) or bool(kept_against(said))


def _parts(said: str) -> tuple[str, str]:
    """What is wanted, and what no longer is."""
    wanted: list[str] = []
    dropped: list[str] = []
    rest = said
    while match := _DROPS.search(rest):
        wanted.append(rest[: match.start()])
        after = rest[match.end() :]
        end = _END_OF_DROPPED.search(after)
        dropped.append(after[: end.start()] if end else after)
        rest = after[end.start() :] if end else ""
    wanted.append(rest)
    return " ".join(wanted).strip(" ,.;"), " ".join(dropped).strip(" ,.;")
