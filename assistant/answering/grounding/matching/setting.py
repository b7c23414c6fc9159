"""What stands around two things that are compared, and the words that the comparison knows by name."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.grounding.matching.closed import listed
from assistant.answering.grounding.matching.nominals import NOMINAL
from assistant.answering.grounding.matching.tree import Link, Noun
from assistant.answering.grounding.matching.vocabulary import same as synonymous

READERS = frozenset({"customer", "client", "user", "visitor", "consumer", "member", "policyholder", "guest", "patient",
                     "traveller", "candidate", "applicant", "subscriber"})  # fmt: skip
OTHERS = listed("child minor parent guardian employee staff referee witness anonymise aggregate applicant")
YOURS = listed(
    "data information personal-data record detail address name number history account profile consent request "
    "order photo photograph file message browser device phone password application invoice wish setting "
    "choice booking trip return parcel delivery card payment recording call image picture location right pan "
    "identity reading score premium claim contract export summary chat workout journey visit treatment project "
    "appointment session report transcript experience subscription membership registration question letter email "
    "activity contact purchase balance transaction salary application document log mark result prescription number use"
)
OURS = listed(
    "privacy-policy policy website service app application team staff system server office database shop "
    "adviser colleague recruiter program inbox newsletter"
)
GIVING = listed("disclose share transfer give pass send sell publish release provide hand process")
SENDING = listed("send provide give offer supply email")
HELD = listed(
    "data information personal-data detail record transcript file history number address name document profile"
)
ASKING = listed("ask-for request ask")
SEEING = listed("see view access read look-at get receive")  # who does it at all can do it
WISHING = listed(
    "withdraw decline object refuse reject opt-out-of request place cancel unsubscribe-from "
    "leave mute contact reach report export choose book"
)  # what readers alone do
READING = WISHING | listed("return provide submit register apply sign order pay upload ask")
THINGS = frozenset({"it", "they", "them", "this", "that", "these", "those", "both", "all", "one"})
PEOPLE = frozenset({"they", "them", "he", "she", "him", "who", "you", "someone"})
HEDGES = listed(
    "typically usually generally normally ordinarily often sometimes approximately occasionally rarely "
    "inadvertently knowingly temporarily partially primarily mainly jointly no-longer reasonably first likely "
    "possibly potentially alone"
)
PRAISE = listed(
    "own comprehensive various exceptional dedicate value robust seamless strict clear friendly trust dear careful"
)
LINKS = (
    {"if", "when", "where", "in-case"}, {"after", "once", "as-soon-as"}, {"because", "as", "since"},
    {"through", "by"}, {"in", "at", "on"}, {"during", "in"}, {"to", "for", "so-that"}, {"about", "on"},
    {"complying-with", "under", "because-of"}, {"until", "before"}, {"for", "of"}, {"to", "with"}, {"while", "during"},
    {"in", "within"}, {"while", "if"}, {"of", "about"}, {"for", "about"}, {"about", "over"},
    {"in", "in-case-of", "if"}, {"for", "if", "when", "where"},
)  # fmt: skip
CONDITIONS = listed("if when where unless until while once before after as-soon-as even-if except-that")
ARGUED = listed(
    "ask want require allow help enable refuse need be request permit oblige forbid let choose agree invite "
    "wish entitle prefer tell like try fail continue"
)
TIGHT = frozenset({"that", "subject-to", "with", "without", "from", "under", "complying-with", "except"})
LOOSE = frozenset({"to", "because", "because-of", "including", "so-that", "complying-with"})


# Where one is reached, called by the means alone.
PLACES = frozenset({"address", "number"})
CALLED = {"email": "email", "phone": "phone", "telephone": "phone", "mobile": "mobile"}
COMPOUNDING = frozenset({"of", "for", "with", "about", "by", "to", "on"})  # `calls to the line` as `line calls`
EACH = {"all": "all", "each": "all", "every": "all", "both": ""}


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around: whether parts may be left out, and which nouns a pronoun may stand for."""

    said: Sequence[str]
    source: Sequence[str]
    words: frozenset[str]
    addressed: bool
    kinds: Sequence[Noun] = ()  # what the clause speaks of
    excused: Sequence[Link] = ()  # contrasts that the sentence states by themselves
    opening: bool = False  # a pronoun may stand for what the clause speaks of: nothing was said before it
    strict: bool = False
    denied: bool = False
    only: bool = False
    doubtful: bool = False  # `may`: one of several may be left out
    options: bool = False  # in `if A or B` either is enough

    def same(self, said: str, source: str) -> bool:
        """Whether one may stand for the other; a word of the clause stands for itself only."""
        return said == source or (said not in self.words and synonymous(said, source))

    def alike(self, said: str, source: str) -> bool:
        return self.same(said, source) or (said in NOMINAL and NOMINAL.get(said) == NOMINAL.get(source))

    @property
    def loose(self) -> bool:
        return not (self.strict or self.denied or self.only)


@dataclass(slots=True)
class Used:
    links: list[Link] = field(default_factory=list)
    pool: list[Link] = field(default_factory=list)

    def taken(self, link: Link) -> bool:
        return any(link is other for other in self.links)
