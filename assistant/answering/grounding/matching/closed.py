"""English words of closed classes, and words that behave in a way of their own, as data. Knows no grammar."""

import re


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


DETERMINERS = listed(
    "a an the this that these those such all any each no some many few several most half either neither "
    "enough every much another"
)
PRONOUNS = listed(
    "this that these those we us you they them it he she him someone anyone everyone nobody who one something "
    "anything nothing everything there i me others themselves itself yourself"
)
SUBJECTS = listed("we you they it he she i someone anyone nobody everyone")
OWNERS = listed("our your their its his her whose 's my")
MODALS = listed("may can could will would shall should must aim might")
LINKS = listed(
    "for to in from by through at of into onto on across over under between among against per beyond towards "
    "toward with within without during outside inside about including according-to complying-with because-of "
    "subject-to except instead-of on-behalf-of near behind around despite throughout upon up past ahead-of "
    "in-case-of at-most at-least"
)
SUBORDINATORS = listed(
    "if unless when where while until till because whether so-that as-soon-as even-if once as except-that how "
    "why what than after before whereas though"
)
QUESTIONS = listed("how which what why")
JOINTS = listed("and or but nor so in-which-case ;")
EITHER = listed("after before as than until except so")  # links, where no statement follows
ADVERBS = listed(
    "only never not-only ever always often sometimes soon later first once twice again together jointly "
    "beforehand afterwards anytime at-once as-soon-as-possible typically here there no-longer further "
    "elsewhere abroad online alone yet just even currently daily weekly monthly quarterly yearly quite very well "
    "early earlier "
    "sooner at-home outright long longer however today now or-over forever overseas worldwide personally hard"
)
NOT_ADVERBS = listed(
    "family supply only-child reply apply monthly weekly daily early friendly likely unlikely quarterly "
    "yearly july assembly anomaly comply rely fly bodily elderly timely third-party costly multiply hourly "
    "half-yearly household-only italy"
)
BEFORE_NOUNS = listed("earlier later further first early long longer hard sooner daily weekly monthly quite")
ENDS = frozenset({"", ",", "and", "or", "but", "for", "to", "in", "by", "from", "at", "on", "of", "with", "within",
                   "after", "before", "if", "unless", "when", "where", "until", "without", "about", "through", "during",
                   "under", "over", "because", "that", "which", "who", "even-if", "while", "once", "as", "only",
                   "though", "including", "so-that", "as-soon-as", "according-to", "complying-with"})  # fmt: skip
NOMINAL = re.compile(r".*(?:[^aeiou]tion|[aeiou]tion|sion|ment|ance|ence|ity|ness)s?$")
OBJECTS = OWNERS | DETERMINERS | (PRONOUNS - {"we", "they", "he", "she"})
ARTICLES = listed("a an the this these those any all some")
VERB_FIRST = listed("process design support answer review update request display monitor test track")
ASPECTS = listed("stop finish continue start begin avoid")
HELPING = listed("help let make have")
MILDER = {"could": "can", "would": "will"}  # read as the same
NARROWING = listed("only solely exclusively just")
