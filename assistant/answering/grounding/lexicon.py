"""The English that the grounding check relies on, as data. Knows no policy and no company.

Every list is a decision: two words share a line only if swapping them can never turn a true sentence false.
"""

ORG = "<org>"
ORGS = "<org's>"
YOU = "<you>"
YOUR = "<your>"
NOT = "<not>"
BE = "<be>"
SUCH_AS = "<such-as>"
COMPLY = "<comply>"
AT_LEAST = "<at-least>"
ABOUT = "<about>"

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("keep", "retain", "store", "hold", "kept", "held", "maintain"),
    ("information", "data", "info"),
    ("collect", "gather"),
    ("use", "used", "using", "utilise", "utilize"),
    ("delete", "erase", "deleting", "erasing", "remove"),
    ("notify", "inform", "tell", "told"),
    ("help", "assist"),
    ("improve", "enhance"),
    ("provide", "offer", "give", "given", "gave", "supply"),
    ("protect", "safeguard"),
    ("analyse", "analyze"),
    ("optimise", "optimize"),
    ("contact", "reach"),
    ("correct", "rectify"),
    ("modify", "change", "alter", "adjust"),
    ("respond", "reply", "answer"),
    ("inquiry", "enquiry", "query", "question"),
    ("child", "children", "kid"),
    (
        "customise",
        "customize",
        "personalise",
        "personalize",
        "customised",
        "customized",
        "personalised",
        "personalized",
    ),
    ("specialised", "specialized"),
    ("anonymised", "anonymized"),
    ("localisation", "localization"),
    ("typically", "usually", "generally", "normally", "ordinarily"),
    ("regularly", "regular", "periodically"),
    ("annual", "annually", "yearly"),
    ("aim", "strive", "endeavour", "endeavor"),
    ("allow", "enable", "let"),
    ("phone", "telephone"),
    ("website", "site"),
    ("app", "apps", "application"),
    ("send", "sent"),
    ("sell", "sold"),
    ("make", "made"),
    ("take", "taken"),
    ("begin", "start"),
    ("show", "display", "shown"),
    ("vet", "screen"),
    ("conduct", "perform"),
    ("each", "every"),
    ("when", "if", "whenever"),
    ("may", "might"),
    ("through", "via"),
    ("upon", "on"),
    ("additional", "extra", "further"),
    ("earlier", "sooner"),
    ("previous", "prior"),
    ("advertisement", "ad", "ads", "advert"),
    ("suggest", "recommend"),
    ("multiple", "several"),
    ("disable", "deactivate"),
    ("primarily", "mainly"),
)

# Longest first is the matcher's business. A phrase stands for what is on its right.
PHRASES: dict[str, str] = {
    "the company": ORG,
    "our company": ORG,
    "the company's": ORGS,
    "our company's": ORGS,
    "business merger": "merger",
    "business mergers": "mergers",
    "turning off": "disabling",
    "turn off": "disable",
    "at least": AT_LEAST,
    "a minimum of": AT_LEAST,
    "no less than": AT_LEAST,
    "not less than": AT_LEAST,
    "no fewer than": AT_LEAST,
    "in order to": "to",
    "so as to": "to",
    "so that we can": "to",
    "so we can": "to",
    "such as": SUCH_AS,
    "for example": SUCH_AS,
    "for instance": SUCH_AS,
    "e.g.": SUCH_AS,
    "like": SUCH_AS,
    "including": SUCH_AS,
    "in compliance with": COMPLY,
    "to comply with": COMPLY,
    "in accordance with": COMPLY,
    "in line with": COMPLY,
    "as well as": "and",
    "along with": "and",
    "together with": "and",
    "by means of": "through",
    "by way of": "through",
    "prior to": "before",
    "following": "after",
    "outside of": "outside",
    "with regard to": ABOUT,
    "with respect to": ABOUT,
    "in relation to": ABOUT,
    "related to": ABOUT,
    "relating to": ABOUT,
    "regarding": ABOUT,
    "concerning": ABOUT,
    "about": ABOUT,
    "make sure": "ensure",
    "makes sure": "ensure",
    "ask for": "request",
    "asks for": "request",
    "get in touch with": "contact",
    "carry out": "conduct",
    "carries out": "conduct",
    "carried out": "conduct",
    "except if": "unless",
    "except when": "unless",
    "except where": "unless",
    "required by law": "legally required",
    "are entitled to": "have right to",
    "is entitled to": "have right to",
    "under the age of": "under",
    "below the age of": "under",
    "younger than": "under",
    "below": "under",
    "years of age": "",
    "years old": "",
    "a period of": "",
    "a total of": "",
    "no longer": "no-longer",
    "help us to": f"help {ORG}",
    "helps us to": f"help {ORG}",
    "e mail": "email",
    "e mails": "emails",
    "cannot": f"can {NOT}",
    "can't": f"can {NOT}",
    "won't": f"will {NOT}",
    "don't": NOT,
    "doesn't": NOT,
    "do not": NOT,
    "does not": NOT,
    "isn't": f"{BE} {NOT}",
    "aren't": f"{BE} {NOT}",
    "not": NOT,
}

SINGLE: dict[str, str] = {
    "we": ORG,
    "us": ORG,
    "our": ORGS,
    "you": YOU,
    "your": YOUR,
    "is": BE,
    "are": BE,
    "be": BE,
    "been": BE,
    "has": "have",
    "&": "and",
}

FILLERS = frozenset(
    {"a", "an", "the", "that", "which", "who", "also", "additionally", "furthermore", "however", "both", "then", "too"}
)
ARTICLES = frozenset({"a", "an", "the"})
OPENINGS = (
    "according to the privacy policy",
    "according to the policy",
    "according to our privacy policy",
    "according to our policy",
    "under the policy",
    "the policy says",
    "the policy states",
    "the privacy policy states",
    "the privacy policy says",
    "in addition",
    "in other words",
)
READER_WORDS = frozenset({"client", "clients", "customer", "customers", "user", "users", "visitor", "visitors"})
OTHER_PERSONS = frozenset(
    {"client", "customer", "user", "visitor", "child", "minor", "parent", "guardian", "third", "provider", "team",
     "employee", "staff", "partner", "agency", "officer", "supplier", "vendor", "applicant", "candidate", "patient",
     "member", "anonymised", "aggregated", "individual", "person", "people"}
)  # fmt: skip
OWN_NOUNS = frozenset(
    {"information", "record", "detail", "address", "name", "number", "preference", "history", "account"}
)

_COUNTED = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_TENS = {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "ninety": "90",
    "hundred": "100",
    "thousand": "1000",
}
NUMBERS: dict[str, str] = {word: str(value) for value, word in enumerate(_COUNTED)} | _TENS
UNITS = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "percent"})
TIMES = UNITS | frozenset(
    {"january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
     "daily", "weekly", "monthly", "quarterly", "annual", "biannual", "immediate", "immediately", "instantly",
     "forever", "indefinitely", "permanent", "permanently", "today", "tomorrow", "once", "twice", "first", "second"}
)  # fmt: skip

NEGATIONS = frozenset(
    {NOT, "no", "no-longer", "never", "nor", "neither", "none", "nobody", "nothing", "without", "hardly", "rarely",
     "seldom", "barely", "non", "refuse", "prohibited", "forbidden"}
)  # fmt: skip
MODALS = frozenset({"may", "can", "could", "will", "would", "shall", "should", "must"})
MODALITIES = MODALS | frozenset(
    {"aim", "typically", "often", "sometimes", "occasionally", "possible", "possibly", "probably", "likely", "perhaps",
     "guarantee", "promise", "commit", "committed", "pledge", "assure", "certain", "certainly", "definitely",
     "require", "required", "need", "try", "intend", "plan", "expect", "right", "able", "strictly", "fully",
     "completely", "automatically", "regularly", "primarily", "mostly", "mainly", AT_LEAST, "minimum", "maximum",
     "most", "up", "ensure"}
)  # fmt: skip
QUANTIFIERS = frozenset(
    {"all", "any", "each", "every", "everyone", "everything", "anyone", "anything", "only", "always", "some", "many",
     "few", "several", "much", "half", "entire", "whole", "solely", "exclusively", "certain", "other", "such", "more"}
)  # fmt: skip
CONDITIONS = frozenset(
    {"unless", "subject", "when", "except", "until", "without", "with", "where", "while", "though", "although", "but",
     "because", "provided", "upon", "within", "before", "after", "during", "outside", "whether", "once", "as", "under",
     "since", "despite", "instead", "otherwise"}
)  # fmt: skip
RESTRICTIVE = frozenset(
    {"only", "solely", "exclusively", "limited", "no", "except", "none", "neither", "nor", "sole", "between", "just"}
)
# Small words that say one thing and another in the same place.
OPPOSITES = (
    frozenset({ORG, YOU}),
    frozenset({"before", "after", "until", "during", "since"}),
    frozenset({"within", "outside"}),
    frozenset({"with", "without"}),
    frozenset({"unless", "when"}),
    frozenset({"may", "will"}),
    frozenset({"over", "under"}),
    frozenset({"more", "less", "fewer"}),
    frozenset({"minimum", "maximum", AT_LEAST}),
)
PREPOSITIONS = CONDITIONS | frozenset(
    {"for", "to", "in", "from", "by", "through", "at", "of", "into", "onto", "upon", "across", "over", "between",
     "among", "against", "per", "beyond", "towards", "toward", "beside", "via", COMPLY, SUCH_AS, ABOUT}
)  # fmt: skip
# Words that may be left out of a positive sentence: they praise and do not narrow.
PRAISE = frozenset(
    {
        "comprehensive",
        "various",
        "exceptional",
        "dedicated",
        "valued",
        "robust",
        "carefully",
        "seamless",
    }
)

# Verbs that open a purpose or a further predicate. Words that are as often nouns stay out, or are marked by their form.
VERBS = frozenset(
    {"keep", "use", "collect", "delete", "notify", "help", "improve", "provide", "protect", "analyse",
     "optimise", "contact", "correct", "modify", "respond", "customise", "aim", "allow", "send", "sell", "make",
     "take", "begin", "show", "vet", "conduct", "ensure", "maintain", "implement", "monitor", "identify",
     "troubleshoot", "enhance", "refine", "develop", "create", "suggest", "deliver", "assist", "resolve",
     "process", "update", "review", "share", "disclose", "rent", "trade", "transfer", "restrict", "encrypt",
     "secure", "comply", "meet", "fulfil", "operate", "manage", "support", "offer", "handle", "prevent",
     "detect", "investigate", "verify", "authenticate", "communicate", "understand", "track", "personalise",
     "tailor", "complete", "limit", "request", "receive", "work", "adhere", "integrate", "address", "bill",
     "charge", "remember", "measure", "run", "test", "build", "perform", "prepare", "administer", "enforce",
     "publish", "reflect", "engage", "reduce", "remove", "block", "ship", "settle", "anonymise", "aggregate",
     "pay", "serve", "answer", "evaluate", "assess", "hire", "train", "inspect", "check", "apply", "display",
     "combine", "disable", "enable", "design", "obtain", "access", "withdraw", "object", "port", "export",
     "recruit", "post", "print", "read", "save", "log", "record", "host", "back", "install", "schedule",
     "arrange", "confirm", "register", "market", "advertise", "recommend", "bring"}
)  # fmt: skip
IRREGULAR_PARTICIPLES = frozenset(
    {
        "kept",
        "held",
        "sent",
        "sold",
        "given",
        "made",
        "taken",
        "built",
        "shown",
        "told",
        "read",
        "paid",
        "run",
        "lost",
        "written",
        "met",
        "done",
    }
)
ADJECTIVE_ENDINGS = ("ed", "al", "ive", "ic", "ous", "able", "ible", "ary", "ful", "ant", "ent")
