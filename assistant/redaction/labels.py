"""Labels: the words around a number that say what it is ("my aadhaar no. is", "order id"). Data, and one way to look.

Knows words, not digits.
"""

import re
from enum import StrEnum

from assistant.redaction.folding import folded


class Label(StrEnum):
    AADHAAR = "aadhaar"
    CARD = "card"
    PHONE = "phone"
    ACCOUNT = "account"
    PAN = "pan"
    GSTIN = "gstin"
    IBAN = "iban"
    PASSPORT = "passport"
    VOTER_ID = "voter_id"
    DRIVING_LICENCE = "driving_licence"
    IMEI = "imei"
    SSN = "ssn"
    # The other half of a number that was begun in the message before.
    REST = "rest"
    # A number that the business gave out: it is no telephone number, however it looks.
    REFERENCE = "reference"


_WORDS: dict[Label, str] = {
    Label.AADHAAR: "aadhaar aadhar adhaar adhar aadhaarcard aadharcard uid uidai vid आधार",
    Label.CARD: "card debit credit visa mastercard rupay amex maestro कार्ड",
    Label.PHONE: "phone ph mobile mob cell cellphone tel telephone whatsapp call sms landline contact dial fax "
    "फोन मोबाइल",
    Label.ACCOUNT: "account acct ac acc a/c acno accountno खाता",
    Label.PAN: "pan पैन",
    Label.GSTIN: "gstin gst",
    Label.IBAN: "iban",
    Label.PASSPORT: "passport पासपोर्ट",
    Label.VOTER_ID: "voter epic voterid",
    Label.DRIVING_LICENCE: "licence license",
    Label.IMEI: "imei",
    Label.SSN: "ssn",
    Label.REST: "rest remaining remainder",
    Label.REFERENCE: "order ord invoice inv ticket tkt tck ref reference txn transaction tracking awb docket "
    "receipt booking pnr utr request req complaint sku po sr serial",
}
LABELS = {folded(word): label for label, words in _WORDS.items() for word in words.split()}
# Words that may stand between a label and its number.
_FILLER_WORDS = (
    "number numbers no nos num nr id ids is are was be my me us our your the a of for to on at with via it's its "
    "this that it registered linked card in begins begin beginning starts start starting ends end ending first last "
    "four eight digits और है मेरा नंबर नम्बर संख्या"
)
_FILLERS = frozenset(map(folded, _FILLER_WORDS.split()))
_WEAK = frozenset({Label.CARD, Label.REFERENCE, Label.REST})
_WINDOW = 72
_MOST_WORDS = 7
_WORD = re.compile(r"a/c|[^\W\d_]+", re.IGNORECASE)
_SAID_AFTER = re.compile(r"[ ,()-]{0,3}(?:is|was) (?:my|our|the|his|her) ([^\W\d_]{2,16})", re.IGNORECASE)


def label_of(text: str, start: int, end: int) -> Label | None:
    """What the words right before a number, or "is my …" right after it, say that it is."""
    before = _label_before(text, start)
    if before is not None:
        return before
    after = _SAID_AFTER.match(text, end)
    return LABELS.get(after[1].lower()) if after else None


def _label_before(text: str, start: int) -> Label | None:
    """The nearest label; a weak one gives way to a label before it, as in "PAN card"."""
    window = text[max(start - _WINDOW, 0) : start]
    found = Label.REFERENCE if window.rstrip().endswith("#") else None
    for word in _words_backwards(window):
        label = LABELS.get(word)
        if label is not None and label not in _WEAK:
            return label
        if label is None and word not in _FILLERS:
            break
        if found is None or label is not Label.REST:
            found = label or found
    return found


def _words_backwards(window: str) -> list[str]:
    """The last words of the window in lower case, nearest first, none from before another number."""
    for place in range(len(window) - 1, -1, -1):
        if window[place].isdigit():
            window = window[place + 1 :]
            break
    return [word.lower() for word in _WORD.findall(window)[: -_MOST_WORDS - 1 : -1]]
