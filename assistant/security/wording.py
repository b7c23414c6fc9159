"""What a visitor who reports a danger is told. No logic beyond filling in names."""

from collections.abc import Mapping

from assistant.organisation import Organisation, UrgentContact
from assistant.reply import Severity
from assistant.security.severity import IncidentKind

# What to do now. Each sentence is true whoever the organisation is and whatever has happened to it.
NOW: Mapping[IncidentKind, str] = {
    IncidentKind.RANSOMWARE: (
        "Take the affected machines off the network, by cable and by wireless, and leave them switched on. Do not pay"
        " and do not delete anything yet. Note what the message on the screen says and when it appeared."
    ),
    IncidentKind.MONEY_OR_CODE: (
        "Call your bank or card company now on the number printed on your card and ask them to stop the payment and"
        " block the card or account. Change the password that you gave, from another device if you can, and end all"
        " other sessions. Break off contact with whoever asked, and keep their messages."
    ),
    IncidentKind.TAKEOVER: (
        "From a device that you trust, change the password of the account and of the mailbox behind it, end all other"
        " sessions, and switch on two-step sign-in. If you cannot get in, use the recovery of the provider. Note what"
        " you saw and when."
    ),
    IncidentKind.LIVE_SECRET: (
        "Do not use the key or password and do not pass it on. If it is yours, withdraw it now and make a new one."
        " Note where you saw it and when, and take no copies beyond that."
    ),
    IncidentKind.CHILD_DATA: (
        "Note where the child's data can be seen and when you saw it, and do not share the page or the pictures any"
        " further. If a child is in danger now, call the police first."
    ),
    IncidentKind.OTHERS_DATA: (
        "Please stop reading there, and do not save, forward or publish what you saw. Note the page or the message and"
        " the time. If it came by mail, keep that mail unopened until someone asks for it."
    ),
    IncidentKind.EXPOSURE: (
        "Note where the data can be seen and since when, and do not download or share it. If your own password is"
        " among it, change it now wherever you use it."
    ),
    IncidentKind.LOST_DEVICE: (
        "Lock or wipe the device from a distance if that is set up, change the passwords that were stored on it, and"
        " have a lost SIM card blocked by the operator. If it was stolen, report it to the police."
    ),
    IncidentKind.VULNERABILITY: (
        "Thank you for reporting this. Please go no further than what showed you the weakness, touch no data of other"
        " people, and tell nobody else until it has been looked at."
    ),
    IncidentKind.IMPERSONATION: (
        "Do not answer, click, pay or ring back. If you opened a link or an attachment, disconnect and have the device"
        " checked, and change the password if you typed one. Keep the message as it is: its sender and its time help."
    ),
    IncidentKind.SUSPICIOUS: (
        "I cannot tell from here whether that message or call is genuine. Until a person has confirmed it, do not"
        " click, pay or pass anything on, and do not use the number or the link that it gives. Keep it as it is."
    ),
    IncidentKind.HYGIENE: (
        "Use a different long password for each account, switch on two-step sign-in where it is offered, and change a"
        " password that others may know."
    ),
    IncidentKind.UNCLEAR: (
        "Do not click, pay or pass anything on for now. Note what you saw, where, and when, and change the password of"
        " an account that you think is affected."
    ),
}

_NEVER_HERE = "Please do not send passwords, codes, keys, card or bank numbers here"
NOT_HERE: Mapping[IncidentKind, str] = {
    IncidentKind.LIVE_SECRET: f"{_NEVER_HERE}, and not the key or password that you found: its place is enough.",
    IncidentKind.CHILD_DATA: f"{_NEVER_HERE}, and no name, picture or address of the child.",
    IncidentKind.OTHERS_DATA: f"{_NEVER_HERE}, and nothing of the other person's data.",
    IncidentKind.EXPOSURE: f"{_NEVER_HERE}, and no copy of the data.",
    IncidentKind.VULNERABILITY: f"{_NEVER_HERE}, and no data of other people. Steps to reproduce it can wait.",
}
_SEVERE = {Severity.CRITICAL: "critical", Severity.HIGH: "high", Severity.NORMAL: "normal"}


def not_here(kind: IncidentKind) -> str:
    return NOT_HERE.get(kind, f"{_NEVER_HERE}.")


def urgent_contact(contact: UrgentContact) -> str:
    """Never as policy: the words say where the organisation publishes it."""
    ways = [
        f"{contact.phone} ({contact.phone_words})" if contact.phone else "",
        f"{contact.email} ({contact.email_words})" if contact.email else "",
    ]
    return f"If it cannot wait, reach a person now: {' or '.join(filter(None, ways))}."


def privacy_contact(organisation: Organisation) -> str:
    return f"The privacy team of {organisation.name} can be asked at {organisation.privacy_contact.email}."


def recorded(reference: str, severity: Severity) -> str:
    return (
        f"Your report is recorded as incident {reference}, severity {_SEVERE[severity]}. An alert goes to the people on"
        " call, and again until one of them takes it on. Keep this reference; you can write more about it here."
    )


def added(reference: str, severity: Severity) -> str:
    return (
        f"This is added to your incident {reference}, now of severity {_SEVERE[severity]}. The people on call are"
        " alerted until one of them takes it on."
    )
