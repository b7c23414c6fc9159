"""The one line that answers a greeting, thanks or a goodbye. Rules as data."""

import re

from knowledge.romanising import romanised

OTHER = "small_talk.other"
_THANKS = r"\b(thanks?|thanx|thx|tysm|thank ?(you|u)|shukriya|dhanyavaa?d|appreciated?|grateful|meherbani)\b|🙏"
_GOODBYE = (
    r"\b(bye+|goodbye|good ?night|see (you|ya|u)|cya|ttyl|alvida|take care|(that's|that is|that will be) all)\b|👋"
)
_MACHINE = (
    r"\b(bot|robot|human|machine|a\.?i\.?|real person|(who|what) are (you|u)"
    r"|who am i (talking|speaking|chatting|writing)|your name|insaa?n|kaun ho|chatgpt)\b"
)
_GREETING = r"\b(hi+|hello+|hey+|hola|namaste\w*|namaskar\w*|salaam|good (morning|afternoon|evening|day)|yo|kaise ho)\b"
# "Only" in Hindi, which is no greeting in Latin letters.
_ONLY = re.compile("(?<![\u0900-\u097f])ही(?![\u0900-\u097f])")
_EMOJI = r"^[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F\s]+$"

_LINES = (
    (re.compile(_THANKS, re.IGNORECASE), "small_talk.thanks"),
    (re.compile(_GOODBYE, re.IGNORECASE), "small_talk.goodbye"),
    (re.compile(_MACHINE, re.IGNORECASE), "small_talk.machine"),
    (re.compile(_GREETING, re.IGNORECASE), "small_talk.greeting"),
    (re.compile(_EMOJI), OTHER),
)


# A message of so few words that greets or thanks does nothing else.
MOST_WORDS = 4


def only_chats(message: str) -> bool:
    return chat_line(message) is not None and len(message.split()) <= MOST_WORDS


def chat_line(message: str) -> str | None:
    """The key of the line for the first kind of small talk that the message shows, or None."""
    said = romanised(_ONLY.sub("", message))
    return next((line for form, line in _LINES if form.search(said)), None)
