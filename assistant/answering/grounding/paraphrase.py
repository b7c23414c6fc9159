"""The English that frames are read and compared with, as data. Knows no policy and no company.

The same rule as in the lexicon: two words share a line only if swapping them can never turn a true sentence false.
"""

from assistant.answering.grounding import lexicon as lex

# A verb and the noun or adjective of the same deed.
FAMILIES: tuple[tuple[str, ...], ...] = (
    ("delete", "deletion", "erasure", "removal"),
    ("complete", "completion"),
    ("protect", "protection"),
    ("secure", "security"),
    ("keep", "retention", "storage"),
    ("transmit", "transmission"),
    ("accept", "acceptance"),
    ("acquire", "acquisition"),
    ("merge", "merger"),
    ("consult", "consultation"),
    ("encrypt", "encryption"),
    ("notify", "notification", "notice"),
    ("use", "usage"),
    ("comply", "compliance"),
    ("function", "functionality"),
    ("restrict", "restriction"),
    ("integrate", "integration"),
    ("correct", "correction"),
    ("approve", "approval"),
    ("disclose", "disclosure"),
    ("collect", "collection"),
    ("resolve", "resolution"),
    ("assess", "assessment"),
    ("develop", "development"),
    ("verify", "verification"),
    ("authenticate", "authentication"),
    ("handle", "handling"),
    ("commit", "committed", "commitment"),
    ("method", "methodology", "methodologies"),
    ("type", "kind"),
    ("help", "assistance"),
    ("record", "recording"),
    ("deliver", "delivery"),
    ("move", "navigate"),
    ("identify", "spot", "recognise", "recognize"),
    ("discover", "learn", "find"),
    ("explain", "outline", "describe"),
    ("obtain", "get"),
    ("matter", "issue"),
    ("previous", "earlier"),
    ("necessary", "needed"),
    ("continue", "continued"),
    ("necessary", "needed"),
    ("continue", "continued", "continuing"),
    ("interact", "interaction"),
    ("meet", "met"),
    ("train", "training"),
    ("analyse", "analysis"),
    ("access", "accessible"),
    ("need", "needs"),
    ("review", "reviewed"),
    ("request", "requested"),
    ("parent", "parental"),
)
# Verbs that say the same of the same thing; as nouns or adjectives they need not.
VERB_CLASSES: tuple[tuple[str, ...], ...] = (
    ("use", "implement", "employ", "apply"),
    ("include", "cover", "comprise", "contain"),
    ("request", "ask"),
    ("keep", "maintain"),
    ("deliver", "provide"),
    ("show", "display"),
    ("process", "handle"),
    ("handle", "manage"),
    ("extend", "go"),
    ("allow", "help"),
    ("design", "intend"),
    ("create", "make", "build"),
    ("resolve", "settle", "handle"),
    ("receive", "get"),
    ("begin", "start"),
    ("review", "check", "audit"),
    ("protect", "secure"),
    ("conduct", "run"),
    ("control", "manage"),
    ("limit", "restrict"),
)
# Links that say the same of a thing that is no party, where the thing is the clause's.
LINKS_ALIKE: tuple[tuple[str, str], ...] = (
    ("in", "through"),
    ("with", "through"),
    ("when", "in"),
    ("for", "when"),
    ("when", "where"),
)
# Links that say the same after these verbs, of a party (True) or of a thing (False).
LINKS: tuple[tuple[tuple[str, ...], tuple[str, str], bool], ...] = (
    (("control", "manage", "change", "set"), ("in", "through"), False),
    (("protect", "secure", "ensure", "track"), ("with", "through"), False),
    (("provide", "apply"), ("for", "to"), True),
    (("collect", "obtain"), ("for", "from"), True),
)
# Words that take what follows to what it says, in canonical words; `*` is any one word and stays.
REWRITES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("please",), (lex.YOU,)),
    ((lex.YOU, "have", "right", "to"), (lex.YOU, "can")),
    (("find", "out"), ("discover",)),
    (("respond", "to"), ("respond",)),
    (("ask", lex.ORG, "to", "delete", "it", "earlier"), ("request", "earlier", "delete")),
    (("privacy", "policy"), ("policy",)),
    (("more", "than"), ("more-than",)),
    (("provide", "assistance"), ("help",)),
    (("every", "year"), ("annual",)),
    (("so", "that", "it", "can"), ("to",)),
    (("so", "that", "it"), ("to",)),
    (("in", "particular"), ()),
    (("aim", lex.BE, "to"), (lex.ORG, "aim", "to")),
    ((lex.ORGS, "aim", lex.BE, "to"), (lex.ORG, "aim", "to")),
    (("be", "aware", "that"), ()),
    (("note", "that"), ()),
    (("another",), ("other",)),
    (("as", "well"), ()),
    (("so", "that", "it"), ("to",)),
    (("so", "that", "it", "can"), ("to",)),
    (("one", "of"), ("among",)),
    (("among", "other", "thing"), ()),
    (("among", "others"), ()),
    (("in", "particular"), ()),
    (("aim", lex.BE, "to"), (lex.ORG, "aim", "to")),
    ((lex.ORGS, "aim", lex.BE, "to"), (lex.ORG, "aim", "to")),
    (("be", "aware", "that"), ()),
    (("note", "that"), ()),
    (("align", "with"), ("match",)),
    (("comply", "with"), ("follow",)),
    (("more", "likely"), ("likely",)),
    (("go", "beyond"), ("extend", "beyond")),
    (("goes", "beyond"), ("extend", "beyond")),
    (("another",), ("other",)),
    (("as", "well"), ()),
    (("at", "same", "time"), ()),
    (("put", "in", "place"), ("implement",)),
    (("go", "through"), ("undergo",)),
    (("make", "use", "of"), ("use",)),
    (("subject", "to"), ("subject-to",)),
    (("when", lex.YOU, "have"), ("for",)),
    (("in", "cases", "of"), ("when",)),
    (("so", "that", lex.ORG, "can"), ("to",)),
    (("so", lex.ORG, "can"), ("to",)),
    (("to", "help", lex.ORG, "to"), ("to", "help")),
    (("help", lex.ORG, "to"), ("help",)),
    (("help", lex.ORG, "in"), ("help",)),
    (("help", lex.ORG), ("help",)),
    (("help", "in"), ("help",)),
    (("help", "to"), ("help",)),
    (("allow", lex.ORG, "to"), ("allow",)),
    (("allow", lex.ORG), ("allow",)),
    (("request", lex.ORG, "to"), ("request",)),
    (("ask", lex.ORG, "to"), ("request",)),
    (("ask", "for"), ("request",)),
    (("request", "for"), ("request",)),
    (("request", "to"), ("request",)),
    (("apply", "to"), ("apply", "for")),
    (("when", lex.YOU, lex.BE), ("for",)),
    (("in", "case", "of"), ("when",)),
    (("in", "event", "of"), ("when",)),
    (("because", "of"), ("because-of",)),
    (("as", "part", "of"), ("as-part-of",)),
    (("through", "use", "of"), ("through",)),
    (("with", "help", "of"), ("through",)),
    (("ensure", "that"), ("ensure",)),
    (("understand", "that"), ("understand",)),
    (("and", "also"), ("and",)),
)
DROPPED = frozenset({"a", "an", "the", "also", "additionally", "furthermore", "however", "both", "then", "too", "this",
                     "these", "those", "own", "moreover", "therefore", "purpose", "purposes"})  # fmt: skip
CONTRAST = frozenset({"but", "while", "though", "although", "whereas"})
RELATIVES = frozenset({"who", "which", "that"})
SUBORDINATORS = frozenset({"when", "unless", "until", "where", "because", "whether", "how", "since"})
ADVERBS = frozenset({"often", "always", "never", "sometimes", "no-longer", "just", "ever", "still", "already", "even",
                     "today", "soon", "once", "twice", "again", "only", "not-only"})  # fmt: skip
NOT_ADVERBS = frozenset({"reply", "supply", "apply", "family", "comply", "rely", "friendly", "timely", "weekly",
                         "daily", "monthly", "yearly", "quarterly", "anomaly", "assembly"})  # fmt: skip
# Verbs that are nouns just as often: one is a predicate only where nothing else can be.
NOUN_VERBS = frozenset(
    {"use", "access", "address", "record", "design", "support", "request", "contact", "market", "display", "check",
     "test", "log", "host", "post", "trade", "transfer", "share", "update", "review", "limit", "report", "control",
     "back", "function", "offer", "object", "measure", "consent", "aim", "bill", "charge", "rent", "block", "change",
     "answer", "schedule", "print", "build", "port", "export", "ship", "visit", "interest", "process"}
)  # fmt: skip
# Of those, the ones that are nouns after a comma as well: `names, address details and access logs`.
NOUNS_IN_LISTS = frozenset(
    {"use", "access", "address", "record", "support", "request", "contact", "market", "display", "check", "test", "log",
     "host", "post", "trade", "transfer", "report", "control", "back", "function", "offer", "object", "measure",
     "consent", "bill", "charge", "rent", "block", "answer", "schedule", "print", "port", "export", "ship", "visit",
     "interest"}
)  # fmt: skip
MORE_VERBS = frozenset(
    {"include", "cover", "comprise", "contain", "outline", "explain", "describe", "indicate", "accept", "exceed",
     "appeal", "affect", "interact", "navigate", "move", "visit", "exercise", "reveal", "involve", "comply", "extend",
     "go", "opt", "control", "continue", "discover", "learn", "spot", "employ", "ask", "audit", "manage", "base",
     "mean", "require", "enter", "buy", "acquire", "merge", "approve", "consent", "choose", "refuse", "exist",
     "troubleshoot", "rely", "depend", "last", "retain", "erase", "design", "function", "get", "see", "train", "sign",
     "book", "lend", "borrow", "contract", "let", "pass", "place", "reject", "decline", "remain", "stay", "stop",
     "agree", "engage", "follow", "match", "treat", "expect", "aim", "gain", "govern", "hand", "align",
     "vary", "differ", "occur"}
)  # fmt: skip
PERSONS = frozenset({"client", "provider", "agency", "party", "child", "parent", "guardian", "user", "visitor",
                     "partner", "person", "people", "team", "staff", "employee", "customer", "supplier"})  # fmt: skip
# What follows one of these belongs to the sentence before: the two are read as one.
CONTINUATIONS: tuple[tuple[str, str], ...] = tuple(
    (start, meaning)
    for meaning, starts in (
        (" ", ("this is done", "this is", "we do this", "we do so", "it does so", "they do so", "it does this",
               "the purpose is", "the aim is", "the goal is", "this happens", "this applies", "that is", "this comes",
               "this takes place", "this serves", "it is done")),
        (", including ", ("these include", "this includes", "they include", "examples include", "examples are",
                          "among these are", "these are, for example,", "it includes", "that includes",
                          "this covers", "these cover")),
    )
    for start in starts
)  # fmt: skip
# Events told as a statement after these links are the event itself: `after the project is completed`.
EVENT_LINKS = frozenset({"after", "before", "upon", "until", "during"})
# Links of a clause, and the links that say the same of the same thing where it is no party.
TOLD_ALIKE: dict[str, frozenset[str]] = {
    "through": frozenset({"with", "by"}),
    "with": frozenset({"through", "by"}),
    "when": frozenset({"where", "while", "in"}),
    "across": frozenset({"upon"}),
    "of": frozenset({lex.ABOUT}),
    "in": frozenset({"within"}),
    "within": frozenset({"in"}),
}
