"""Whether a message sounds like something that is happening now and cannot wait. Rules as data, on masked text.

Errs towards showing the urgent contact: it costs a visitor one line. Opens no incident.
"""

import re

_NEAR = r"[^.?!]{0,60}?"
_BAD = r"(phishing|fake|fraud\w*|scam\w*|suspicious|spoof\w*|malicious)"
_OTHERS = r"(other|another|someone else'?s?|somebody else'?s?|strangers?'?|customers?'?|clients?'?)"
_DONE = (
    r"(hacked|hijacked|compromised|breached|leaked|stolen|phished|scammed|defrauded|blackmail\w*|ransom\w*|taken over"
    r"|logged in (to|as|from)|changed my password|locked out|encrypted (all|my|our)|wiped)"
)
_MATTERS = r"(mails?|e-?mails?|calls?|caller|sms|texts?|messages?|invoices?|links?|sites?|websites?|pages?|whatsapp)"

_THEIR_THINGS = r"(data|details|accounts?|invoices?|files|records|information|passwords?|names)"
_DEVICE = r"(laptop|phone|mobile|device|usb|pen ?drive|hard (disk|drive)|access card)"
_WEAKNESS = r"(vulnerab\w+|sql injection|xss|security (hole|bug|issue|flaw)|exploit)"
_GONE = r"(hack|leak|chori|churi|chura)\b\s*(ho ?g[ay]+[aei]*|kar|li|liya|le)\w*"

# Someone tells of a thing that has happened or is happening: one pattern for each way of telling it.
_HAPPENING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(i|we|my|our|me|us|some(one|body)|they|he|she|your|their|the)\b{_NEAR}\b{_DONE}\b",
        r"\b(hacked|breached|phished|scammed|leaked)\s+(me|us|my|our|your|accounts?|sites?|servers?|passwords?|data)\b",
        rf"\b(got|received|getting|receiving|gotten|clicked|opened|replied)\b{_NEAR}\b{_BAD}\b",
        rf"\b{_BAD}\b{_NEAR}\b{_MATTERS}\b{_NEAR}\b(from|in|using|pretend\w*|claim\w*|asking|came|sent|name)\b",
        rf"\b(pretend\w*|claim\w*|pos(e|es|ed|ing)|impersonat\w*)\b{_NEAR}\b(you|your|company|staff|employees?|team|us)\b",
        r"\bransomware\b",
        r"\bdata (is|are|was|were) (online|public|exposed|visible|on the (internet|web|dark web))\b",
        rf"\b(found|sees?|saw|seeing|shows?|showing)\b{_NEAR}\b{_OTHERS}(\s[\w'’]+){{0,2}}\s{_THEIR_THINGS}\b",
        rf"\b(lost|stole|stolen|left|misplaced)\b{_NEAR}\b{_DEVICE}\b",
        rf"\b(gave|given|shared|entered|typed|told|sent)\b{_NEAR}\b(otp|passwords?|pin|cvv|card|bank|login|credentials)\b",
        rf"\b(exposed|open|unprotected|public)\b{_NEAR}\b(bucket|database|server|api keys?|credentials|repo\w*)\b",
        rf"\b(found|discovered|report(ing)?)\b{_NEAR}\b{_WEAKNESS}\b",
        rf"\b(account|khata|data|paisa|paise|website|site|mail)\b{_NEAR}\b{_GONE}",
    )
)
# Someone says that it cannot wait.
_CANNOT_WAIT = re.compile(
    r"\b(urgent(ly)?|emergency|asap|right now|immediately|help me|sos|turant|jaldi)\b|!{3,}", re.IGNORECASE
)
_DANGER = re.compile(
    r"\b(hack\w*|breach\w*|leak\w*|phish\w*|fraud\w*|scam\w*|stolen|virus|malware|attack\w*|password|security)\b",
    re.IGNORECASE,
)
# A question about how such things are dealt with is not a report of one.
_SUPPOSES = re.compile(
    r"^\W*(what (happens|do you do|will you do|would happen|if|is your|are your)"
    r"|how (do|does|will|would|can|are|is)|do you|does|are you|have you|has|is there|in case|in the event|suppose|if"
    r"|would you|will you|can you tell|could|which|who|where|agar)\b",
    re.IGNORECASE,
)


def sounds_urgent(message: str) -> bool:
    if _SUPPOSES.match(message):
        return False
    happening = any(rule.search(message) for rule in _HAPPENING)
    return happening or bool(_CANNOT_WAIT.search(message) and _DANGER.search(message))
