"""What the rights dialogue says. It never says more was done than the ticket says, and never what anybody typed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.dialogue.addresses import Unusable
from assistant.organisation import Organisation
from assistant.reply import Right
from assistant.rights.states import State
from assistant.rights.subjects import Subject
from assistant.tickets.values import BasisKind, Due, Status, TicketCard

RIGHTS: Mapping[Right, str] = {
    Right.ACCESS: "a copy of your data (access)",
    Right.CORRECTION: "correction of your data",
    Right.DELETION: "deletion of your data",
    Right.MARKETING_OPT_OUT: "no more marketing messages",
    Right.PORTABILITY: "your data in a portable form",
    Right.RESTRICTION: "restriction of how your data is used",
    Right.OBJECTION: "an objection to how your data is used",
    Right.CONSENT_WITHDRAWAL: "withdrawal of your consent",
    Right.GRIEVANCE: "a formal grievance",
    Right.OTHER: "another privacy right, as you described it",
}

SUBJECTS: Mapping[Subject, str] = {
    Subject.SELF: "yourself",
    Subject.AGENT: "another person, as their authorised agent (the privacy team will ask to see your authority)",
    Subject.NOMINEE: "another person, as their nominee or heir (the privacy team will ask to see your authority)",
}

QUESTIONS: Mapping[State, str] = {
    State.RIGHT: (
        "Which right do you want to use? For example: a copy of your data, a correction, deletion, no more marketing,"
        " a portable copy, restriction, an objection, withdrawal of consent, or a formal grievance."
    ),
    State.REQUESTER: (
        "For whom do you ask: for yourself, as an authorised agent with written authority, as a parent or guardian,"
        " as a nominee, or for somebody else?"
    ),
    State.AUTHORITY: "Do you have written authority to act for that person, such as a signed mandate? Yes or no.",
    State.DETAILS: (
        "Please say in a sentence what it is about: what is wrong and what is right, or which use you object to and"
        " why. It goes to the privacy team only. Please leave out identity numbers and passwords, or say “skip”."
    ),
    State.EMAIL: (
        "Which e-mail address should the privacy team answer to? A code is mailed there, so that nobody can ask in"
        " your name without reading your mail."
    ),
    State.CHANGE: (
        "What should I change: the rights, the e-mail address, or for whom you ask? Just say it as it should be,"
        " or say “cancel”."
    ),
}

SUGGESTIONS: Mapping[State, tuple[str, ...]] = {
    State.RIGHT: ("A copy of my data", "Delete my data", "Correct my data", "Stop marketing", "Cancel"),
    State.REQUESTER: ("For myself", "Authorised agent", "Parent or guardian", "Nominee", "For somebody else"),
    State.AUTHORITY: ("Yes", "No", "Cancel"),
    State.DETAILS: ("Skip", "Cancel"),
    State.EMAIL: ("Cancel",),
    State.CONFIRMATION: ("Yes", "No", "Cancel"),
    State.CHANGE: ("The rights", "The address", "Cancel"),
    State.CODE: ("Send a new code", "Cancel"),
}

REFUSED_ADDRESSES: Mapping[Unusable, str] = {
    Unusable.MALFORMED: "I cannot write to that address: please type it once more, like name@example.com.",
    Unusable.SEVERAL: "That is more than one address, and I may write to one only: which is it?",
    Unusable.LOOK_ALIKE: (
        "That address mixes letters of different alphabets, which is how look-alike addresses are made:"
        " please type it in plain letters."
    ),
}

NOT_UNDERSTOOD = "I could not use that as an answer."
NOTED = "I have noted your words for the privacy team; the list is the same."
DETAILS_LATER = "Then the privacy team will ask you for it."
TOO_LATE_TO_CONFIRM = "That summary is a while old, so please look at it once more."
CODE_LENGTH = "A code has eight digits, like 1234 5678."
NEW_CODE = (
    "A new code was requested for the same address, and an older one no longer works. At most three codes are mailed"
    " to one address in 24 hours, so if none comes, please go on tomorrow."
)
CODE_OVER = "That code no longer works: a code lives ten minutes and has five tries. Say “send a new code” for another."
STILL_WAITING = "Your request still waits for the code of eight digits that was mailed to you."
CANCELLED = "All right, I have stopped. Nothing is registered."
WITHDRAWN = "All right: your request is withdrawn, and nobody will work on it. You can start anew at any time."
WITHDRAWN_IN_PART = "All right: that part is withdrawn, and nobody will work on it. The rest stays as it was."
EXPIRED = (
    "The seven days in which the code could be typed are over, so your request has expired and nobody works on it."
    " Say what you want once more, and I will start anew."
)
PROVEN = "Thank you: the code is right, so your request is received. The privacy team checks it and answers by mail."
MARKETING = (
    "Your opt-out is received, and it needs no code. It stands in the queue of the privacy team; nothing more is"
    " needed from you."
)
CHANGED_AFTERWARDS = "I have withdrawn what was registered before, so that it can be registered as you say now."
NO_CARD = "That request is closed, so there is nothing left to answer."

GIVEN = "They will write to the address that you gave."
ONLY_WAY = "I have no address of yours: keep the reference, and name it when you write to the privacy team."
WHICH_EMAIL = (
    "At which e-mail address may they answer you? Nothing is sent to it before that. You can also skip this: then the"
    " reference is the only way back to the answer."
)
SKIP = "Skip"

TO_A_PERSON: Mapping[str, str] = {
    Subject.CHILD.value: (
        "Thank you for telling me. If you are under 18, a person looks after this with care, and may ask a parent or"
        " guardian to join in. Please send no more about yourself here."
    ),
    Subject.PARENT.value: (
        "A request about a child is looked after by a person, who will ask how you are the parent or guardian."
        " I show and change nothing about a child here, and you need send no document here."
    ),
    Subject.OTHER.value: (
        "I can take a request about another person's data only from that person, or from somebody with written"
        " authority. I say nothing about anybody else's data here, not even whether there is any. A person will look"
        " at what you wrote."
    ),
    "authority": (
        "Without written authority I can register nothing for another person, and I say nothing about their data."
        " A person will tell you what is needed. The person concerned can always ask here themselves."
    ),
    "unusable": "I do not want to go round in circles with you, so a person will look at this.",
    "wished": "All right, I have stopped: nothing of it is registered any more. A person will get in touch.",
    "no_address": "Without an address I cannot prove a mailbox, so a person will look at this.",
}


def confirmation(request_rights: Sequence[Right], *, address: str, subject: Subject, needs_code: bool) -> str:
    """The whole request in a list, with what happens next; `address` in the form that may be stored."""
    follows = (
        "I register one ticket for each right and mail a code of eight digits to that address. Once you type it here,"
        " the request is received by the privacy team; without it the request expires after seven days."
        if needs_code
        else "I register your opt-out. It needs no code, because stopping is harmless."
    )
    lines = ["Please check this before I register it:"]
    lines += [f"• {sentence(RIGHTS[right])}" for right in request_rights]
    lines += [f"• Address: {address}", f"• For: {SUBJECTS.get(subject, SUBJECTS[Subject.SELF])}"]
    return "\n".join([*lines, f"What happens next: {follows}", "Is that right? Yes, no, or say what to change."])


def code_sent(address: str) -> str:
    return (
        f"A code of eight digits was requested for {address}. Type it here within ten minutes. At most three codes are"
        " mailed to one address in 24 hours. Until you type it, your request is registered but nobody works on it;"
        " after seven days it expires."
    )


def wrong_code(left: int) -> str:
    return f"That is not the code. You have {left} {'try' if left == 1 else 'tries'} left with it."


def ticket(card: TicketCard, zone: ZoneInfo) -> str:
    """One ticket: reference, what it is about, its status, and when an answer is due on which basis."""
    about = RIGHTS[card.right] if card.right else "your message to the privacy team"
    lines = [f"{card.reference}: {about}. Status: {_STATUSES.get(card.status, card.status.value.replace('_', ' '))}."]
    if card.status not in _OVER:
        if card.due:
            lines.append(f"Answer due by {day(card.due.at, zone)} ({_basis(card.due)}).")
        if card.first_answer:
            lines.append(f"First answer due by {moment(card.first_answer.at, zone)} ({_basis(card.first_answer)}).")
    return " ".join(lines)


def handed_over(card: TicketCard, zone: ZoneInfo, way_back: str) -> str:
    return f"{ticket(card, zone)} {way_back}".rstrip()


def contact(organisation: Organisation) -> str:
    return f"The privacy team of {organisation.name} can be reached at {organisation.privacy_contact.email}."


def too_many_here(organisation: Organisation) -> str:
    return (
        "Too many requests were registered from your network today, so I cannot register another now. Please try"
        f" tomorrow, or write to {organisation.privacy_contact.email}. Nothing was registered."
    )


def receipt_subject(organisation: Organisation, reference: str) -> str:
    return f"Your privacy request to {organisation.name} was received ({reference})"


def receipt_body(organisation: Organisation, cards: Sequence[TicketCard]) -> str:
    """The one mail after the proof: our own words, references and dates."""
    return "\n".join(
        (
            f"Your privacy request to {organisation.name} was received. This address was confirmed by the code.",
            "",
            *(ticket(card, organisation.zone) for card in cards),
            "",
            "The privacy team checks the request and answers to this address. It may ask you for more, to be sure who",
            "you are. Keep the reference: it is a label, and opens nothing by itself.",
            "",
            f"Questions: {organisation.privacy_contact.email}",
            "",
        )
    )


def sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def day(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local.day} {local:%B %Y}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{day(at, zone)}, {local:%H:%M %Z}"


def _basis(due: Due) -> str:
    if due.kind is BasisKind.POLICY:
        return f"the privacy policy, {due.cite}"
    return due.cite if due.kind is BasisKind.LAW else "our target"


_OVER = frozenset({Status.WITHDRAWN, Status.EXPIRED, Status.DENIED, Status.FULFILLED, Status.CLOSED, Status.MERGED})
_STATUSES: Mapping[Status, str] = {
    Status.AWAITING_VERIFICATION: "registered, waiting for your code",
    Status.RECEIVED: "received by the privacy team",
    Status.WITHDRAWN: "withdrawn",
    Status.EXPIRED: "expired",
}
