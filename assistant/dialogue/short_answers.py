"""What a short answer says: yes, no, stop, skip, a code or an address. English, and Hindi in both scripts.

Pure. Only whole answers are read, so that "yes, but …" is no yes; what a longer sentence wants is not known here.
"""

import re
import unicodedata

from assistant.dialogue.addresses import Address, Unusable, address_of
from assistant.redaction.canonical import canonicalise
from assistant.visit import Visit
from knowledge.romanising import romanised

CODE_DIGITS = 8
LONGEST_ANSWER = 200

_YES_WORDS = (
    "yes yess yesss yep yeah yea yup ya yah yh y ok okay okey okie k kk sure right correct confirm confirmed "
    "confirming agree agreed proceed absolutely definitely certainly affirmative indeed exactly perfect true fine "
    "go-ahead looks-good sounds-good all-good thats-right do-it please-do of-course haan han haanji haa hanji ji "
    "jee hanjee bilkul sahi theek thik thikhai theekhai teek kardo kijiye zaroor kar-do kar-dijiye kar-dijie "
    "kar-den lets-go go go-on pakka hoon 👍 ✅ ✔ 👌 ☑"
)
_YES = frozenset(_YES_WORDS.split())
_NO_WORDS = (
    "no nope nah noo nooo n wrong incorrect false negative not-right not-correct thats-wrong not-quite not-really "
    "not-yet nahi nahin nai naa na nhi galat mat 👎 ❌"
)
_NO = frozenset(_NO_WORDS.split())
_FILLERS_WORDS = (
    "please pls plz plss kindly thanks thank you thankyou thx so much very well then now that thats it its is all "
    "this the everything details are and i we am was me my mine for do with to as above here hi hello dear sir "
    "madam looks look seems sounds good great happy of course just oh ah um hmm ve have read checked hai h ha "
    "hain karo kariye kro yeh ye woh wo sab kuch bhai ab bas aap toh mera meri open register file submit"
)
_FILLERS = frozenset(_FILLERS_WORDS.split())
_PAIRS = sorted((word.replace("-", " ") for word in _YES | _NO if "-" in word), key=len, reverse=True)
_PAIR = re.compile(rf"\b(?:{'|'.join(_PAIRS)})\b")

# The whole answer, or the whole of it around these words.
POLITE = (
    r"(?:(?:ok|okay|oh|no|nah|please|pls|plz|actually|sorry|well|hmm|so|then|nahi|haan|haanji|ji|and|yes|hi|hello)"
    r"[ ,]*)*"
)
TAIL = (
    r"(?:[ ,]+(?:please|pls|plz|now|then|thanks|thank you|sorry|for now|instead|today|yaar|bhai|ji|abhi|ab|all|"
    r"everything|completely))*"
)
_WHAT = (
    r"(?:[ ]+(?:it|this|that|all|everything|(?:(?:all )?(?:of )?(?:it|this|that|them))|the whole (?:thing|request)|"
    r"(?:my|the|this|that|these|those|all|all my|all the|both)?[ ]?(?:privacy )?(?:request|requests|tickets?|"
    r"dialogue|process|form|application)))?"
)
_CANCEL = re.compile(
    POLITE
    + r"(?:(?:i (?:want|would like|'d like|wish|need) to |i'd like to |can you |could you |lets |let's )?"
    + r"(?:cancel|stop|abort|quit|exit|drop|forget|scrap|withdraw|end|discard|call off|take back)"
    + _WHAT
    + r"|never ?mind(?: (?:that|it|this))?|forget (?:about )?(?:it|this|that)|leave it(?: be)?|let it be"
    + r"|(?:i(?: have|'ve|ve)? )?changed? my mind|no longer (?:needed|wanted|necessary)"
    + r"|(?:i )?(?:do not|don't|dont) (?:want|need) (?:to (?:do|continue|go on|proceed)(?: with)?[ ]?)?"
    + r"(?:it|this|that|anything)?(?: any ?more| any longer| after all)?"
    + r"|(?:do not|don't|dont) (?:do|send|register|open|file|submit|proceed|continue)(?: with)?"
    + r"(?: (?:it|this|that|anything))?"
    + r"|no thanks|no thank you|rehne (?:do|dijiye|de)|rahne (?:do|dijiye|de)|mat (?:karo|kariye|kijiye|kro)"
    + r"|chhodo|chodo|chod do|chhod do|jaane do|jane do|band karo|band kar do"
    + r"|radd|(?:cancel|radd?|band) (?:karo|kar do|kar dijiye|kijiye|kariye)|mat kijiye|ruko|roko"
    + r"|nahi chahiye|ab nahi chahiye|rok do|ruk jao)"
    + TAIL
)
_CLAUSES = re.compile(r"[ ]*[,.;!…]+[ ]*|(?= (?:because|cause|coz|as|since)\b)")
# A reason may follow, as long as it wishes nothing else.
_REASON = re.compile(r" ?(?:because|cause|coz|as|since|i|i'm|i'll|i've|we|we're|it|it's|my|main|maine|mujhe)\b")
_WISHES = re.compile(
    r"\b(?:want|wish|like|only|just|instead|rather|but|except|keep|change|send|give|make|stop|newsletters?|address|"
    r"e?-?mails?|messages?|calls?|sms|whatsapp|ads?|offers?|promo\w*|spam|chahiye|bhejo)\b|\?"
)
_SKIP = re.compile(
    POLITE
    + r"(?:skip(?: (?:it|this|that))?(?: (?:step|question))?|none"
    + r"|nothing(?: (?:else|more|to add))?|no (?:e-?mail|mail)"
    + r"(?: (?:address|id))?|without(?: (?:one|it|an? e-?mail(?: address)?))?"
    + r"|i (?:do not|don't|dont) have (?:one|an? e-?mail(?: address)?|e-?mail|any)"
    + r"|(?:i(?:'d| would)? )?(?:prefer|rather) not(?: to)?(?: (?:say|give|share)(?: (?:it|one|that|my e-?mail))?)?"
    + r"|(?:i )?(?:do not|don't|dont|won't|will not) (?:want to )?(?:give|share|say)(?: (?:it|one|that|my e-?mail|an"
    + r" e-?mail))?|not now|nahi (?:hai|dena)|nahi dena chahta|kuch nahi|chhod do|chodo|aage badho)"
    + TAIL
)
_SKIPS_AT_LAST = re.compile(r"[^?@]{0,120}[ ,.;-]skip(?: (?:it|this|that))?(?: (?:please|pls|plz|then|thanks))?")
_NEW_CODE = re.compile(
    r"(?=.*\b(?:code|otp|mail|email|e-mail|pin)\b)(?=.*\b(?:new|another|again|resend|re-send|fresh|second|send|"
    r"didn'?t|did not|never|not|haven'?t|no|dobara|dubara|phir|naya|nahi|bhejo|bhejiye|expired)\b).*"
)
_NEW_CODE_SHORT = re.compile(
    POLITE
    + r"(?:resend|re-send|send (?:it )?again|again|where(?:'s| is) (?:my|the) (?:code|mail|otp)\??"
    + r"|dobara bhejo|phir se bhejo)"
    + TAIL
)
# What may begin a longer yes, and what turns one into something else.
_LONG_YES_WORDS = "yes yeah yep yup yea haan haa han ji jee sure ok okay confirm confirmed correct bilkul"
_LONG_YES = frozenset(_LONG_YES_WORDS.split())
# The polite imperatives of Hindi as its letters spell them, each as the form that the patterns know.
_POLITE_FORMS = {
    "karen": "karo",
    "karie": "kariye",
    "kijie": "kijiye",
    "den": "do",
    "dijie": "dijiye",
    "lijie": "lijiye",
    "chahie": "chahiye",
    "chhoden": "chhodo",
    "chhodie": "chhodo",
    "ruken": "ruko",
    "rukie": "ruko",
}
_POLITE_FORM = re.compile(rf"\b(?:{'|'.join(_POLITE_FORMS)})\b")
_CONTRAST = re.compile(
    r"\b(?:but|except|only|just|instead|change|wrong|not|no|however|also|add|plus|remove|without|another|other|as well|"
    r"too|wait|lekin|magar|par|nahi|nahin|sirf|bhi|aur|don't|dont|question|mat|radd?|r[ae]hne|ruko|roko|chh?odo|chh?od"
    r"|(?:cancel|band) k\w+)\b|\?"
)
_STOPS_FIRST = re.compile(
    r"(?:no|nahi|please|ok|okay|actually)?[ ,]*(?:cancel|stop|drop|forget|withdraw|scrap|abort)\b"
)
# A short complaint that nothing has come, all of it in such words.
_NOT_COME_WORDS = (
    "i it still have has had nothing not no did didnt havent hasnt got get gotten received receive recieved arrived "
    "arrive came come anything yet mail code nahi nahin aaya aayi mila abhi tak kuch bhi the any"
)
_NOT_COME = frozenset(_NOT_COME_WORDS.split())
_COMING = frozenset(
    {"got", "get", "gotten", "received", "receive", "recieved", "arrived", "arrive", "came", "come", "aaya", "mila"}
)
_NOT = frozenset({"nothing", "not", "no", "didnt", "havent", "hasnt", "nahi", "nahin"})
_ABOUT_CHANGE = re.compile(r"\b(?:address|change|use|instead|wrong|correct)\b")
_QUESTION = re.compile(
    r"(?:(?:and|but|so|ok|okay|hi|hello|also|wait|sorry|first|before that|one question|quick question|btw)[ ,:-]+)*"
    r"(?:what|whats|what's|how|why|when|who|whose|whom|where|which|do you|does|did|is|are|was|were|will you|would you|"
    r"has|have you|am i|tell me|explain|kya|kaise|kyun|kyon|kab|kaun|kahan|kitne|kitna|kitni)\b"
)
_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"[\w'’-]+|[^\w\s]")
_NOT_A_WORD = re.compile(r"[^\w👍✅✔👌☑👎❌]")

_DATE = re.compile(r"\d{4}([-./ ])\d{2}\1\d{2}|\d{2}([-./])\d{2}\2\d{4}")
_DIGITS = re.compile(r"(?<![\w.,+-])\d(?:[ .\-–_/]{0,2}\d)*(?![\w]|[.,-]\d)")
_ANY_DIGITS = re.compile(r"\d(?:[\s.\-–_/]{0,2}\d){3,}")
_PLACEHOLDER = "[email]"
_AROUND_ADDRESS_WORDS = "email mail emial id address at on use write reach send try mailid no not"
_AROUND_ADDRESS = frozenset(_AROUND_ADDRESS_WORDS.split())
_TOUCHES = re.compile(r"[\w%@+]")


def plain(text: str) -> str:
    """The message in one spelling: Latin letters, no capitals, straight apostrophes, single spaces."""
    written = unicodedata.normalize("NFKC", text)
    latin = romanised(written)
    if latin != written:
        latin = _POLITE_FORM.sub(lambda form: _POLITE_FORMS[form[0]], latin)
    composed = latin.casefold().replace("’", "'")
    if not composed.isascii():
        composed = "".join(c for c in composed if unicodedata.category(c) != "Cf" and c != "\ufe0f")
    return _SPACES.sub(" ", composed).strip()


def reads_yes(text: str) -> bool:
    words = _words(text)
    return bool(words) and words[0] not in _NO and any(w in _YES for w in words) and _only(words, _YES)


def reads_no(text: str) -> bool:
    words = _words(text)
    return any(word in _NO for word in words) and _only(words, _NO | _YES - {"yes"}) and not reads_cancel(text)


def reads_cancel(text: str) -> bool:
    """Whether it says to stop, once or twice over; a reason may follow that wishes nothing else."""
    if _is_whole(_CANCEL, text):
        return True
    first, *others = _CLAUSES.split(whole(text))
    return _stops(first) and all(_stops(other) or _is_reason(other) for other in others)


def _stops(clause: str) -> bool:
    return _CANCEL.fullmatch(clause) is not None


def _is_reason(clause: str) -> bool:
    return _REASON.match(clause) is not None and not wishes_more(clause)


def wishes_more(text: str) -> bool:
    """Whether words beside a stop wish for something."""
    return _WISHES.search(text) is not None


def reads_skip(text: str) -> bool:
    """Whether it leaves a question out, whatever it says before: "no email, skip"."""
    return _is_whole(_SKIP, text) or _SKIPS_AT_LAST.fullmatch(whole(text)) is not None


def is_bare(text: str, *, asked: bool) -> bool:
    """Whether a masked message is nothing but an answer: a yes, a no, a "skip", or an address with hardly a word around
    it; where something was `asked`, a "cancel" too.
    """
    if reads_yes(text) or reads_no(text) or reads_skip(text):
        return True
    if asked and all(map(_stops, _CLAUSES.split(whole(text)))):
        return True
    rest = _words(text.replace(_PLACEHOLDER, " "))
    return _PLACEHOLDER in text and all(word in _FILLERS or word in _AROUND_ADDRESS for word in rest)


def reads_new_code(text: str) -> bool:
    """Whether another code is asked for, or the first is said not to have come."""
    said = plain(text)[:LONGEST_ANSWER].strip(" .!")
    words = set(_words(text))
    if _NEW_CODE_SHORT.fullmatch(said) or (words <= _NOT_COME and words & _NOT and words & _COMING):
        return True
    return bool(_NEW_CODE.fullmatch(said)) and not _ABOUT_CHANGE.search(said)


def starts_with_cancel(text: str) -> bool:
    """Whether it begins with the wish to stop something, whatever it names: "cancel the deletion"."""
    return _STOPS_FIRST.match(plain(text)) is not None


def starts_with_no(text: str) -> bool:
    """Whether it begins with a no, whatever follows: "no, only the newsletter"."""
    words = _words(text)
    return bool(words) and words[0] in _NO


def says_yes_first(text: str) -> bool:
    """Whether it begins with a yes, and what follows takes nothing of it back: "yes, please send me the code"."""
    words = _words(text)
    return bool(words) and words[0] in _LONG_YES and not _CONTRAST.search(plain(text)) and not reads_cancel(text)


def asks_something(text: str) -> bool:
    """Whether it has the form of a question, and so is no answer to one."""
    said = plain(text)
    return "?" in said or _QUESTION.match(said) is not None


def code_in(text: str) -> str | None:
    """The eight digits of the message, in any script and spacing; None where there are fewer, more, or two codes."""
    said = _DATE.sub(" ", canonicalise(text).text)
    runs = {re.sub(r"\D", "", run) for run in _DIGITS.findall(said)}
    codes = {run for run in runs if len(run) == CODE_DIGITS}
    return codes.pop() if len(codes) == 1 else None


def code_of(visit: Visit) -> str | None:
    """The code of a message, also where masking took it for another number."""
    if code := code_in(visit.text):
        return code
    masked = {found.value for found in visit.found if len(found.value) == CODE_DIGITS and found.value.isdecimal()}
    return masked.pop() if len(masked) == 1 else None


def has_digits(text: str) -> bool:
    """Whether a number of four or more digits stands in it: a code that was mistyped, perhaps."""
    return _ANY_DIGITS.search(unicodedata.normalize("NFKC", text)) is not None


def without_codes(text: str) -> str:
    """The message as it may be stored where a code was asked for: no run of four or more digits is left in it."""
    return _ANY_DIGITS.sub("[code]", text) if has_digits(text) else text


def email_of(visit: Visit) -> Address | Unusable | None:
    """The one address of a message; Unusable where what was typed is none, or more than one; None where none was."""
    typed = {found.value: None for found in visit.found if found.kind == "email"}
    if not typed:
        return Unusable.MALFORMED if "@" in unicodedata.normalize("NFKC", visit.text) else None
    read = {value: address_of(value) for value in typed}
    counted = {a.value.casefold() if isinstance(a, Address) else value for value, a in read.items()}
    if len(counted) > 1:
        return Unusable.SEVERAL
    if _is_part_of_more(visit.text):
        return Unusable.MALFORMED
    return next(iter(read.values()))


def _is_part_of_more(text: str) -> bool:
    """Whether letters or signs touch the place of the address: then it was longer than what was recognised."""
    before, _, after = text.partition(_PLACEHOLDER)
    touching = before[-1:], after[:1]
    return any(character and _TOUCHES.match(character) for character in touching)


def _words(text: str) -> list[str]:
    said = plain(text)
    if len(said) > LONGEST_ANSWER:
        return []
    said = " ".join(word for word in _NOT_A_WORD.sub(" ", said.replace("'", "")).split())
    return _PAIR.sub(lambda pair: pair[0].replace(" ", "-"), said).split()


def _only(words: list[str], allowed: frozenset[str]) -> bool:
    return all(word in allowed or word in _FILLERS for word in words)


def _is_whole(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(whole(text)) is not None


def whole(text: str) -> str:
    """The message without the signs at its ends; nothing where it is too long for an answer."""
    said = plain(text)
    return said.strip(" .!,…") if len(said) <= LONGEST_ANSWER else ""
