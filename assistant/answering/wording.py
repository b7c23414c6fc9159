"""What the assistant says in its own words around the quotations. No logic beyond filling in names."""

from collections.abc import Sequence

from assistant.organisation import Organisation, UrgentContact
from knowledge.clause import Clause

NOT_STATED = "The privacy policy does not state this."
NOT_UNDERSTOOD = "I could not make out a question in that. Please put it another way, in a full sentence if you can."
OTHER_SCRIPT = (
    "I can only read questions in English, or in Hindi written in Latin letters, so I will not guess at this one."
)
UNAVAILABLE = "I cannot search the policy at the moment, so I will not guess."

# The offer after "not stated", and at once the words by which it is taken up.
PASS_ON = "Pass my question on to a person"  # noqa: S105 - the name sounds like a password and is none

GREETING = "Hello! What would you like to know about the privacy policy?"
THANKS = "You are welcome. Ask me anything else about the privacy policy."
GOODBYE = "Goodbye, and take care of your data."
MACHINE = "I am an automated assistant: I answer questions about the privacy policy by quoting it."
CHAT = "I am here for questions about the privacy policy. What would you like to know?"


def declined(organisation: Organisation) -> str:
    return (
        f"I can only help with how {organisation.name} handles personal data and what its privacy policy says;"
        " this is outside that."
    )


def nearest(clauses: Sequence[Clause]) -> str:
    """Where the policy comes nearest to what it does not state."""
    sections: dict[str, list[str]] = {}
    for clause in clauses:
        sections.setdefault(clause.section_title, []).append(clause.id)
    places = [f"“{title}” ({', '.join(ids)})" for title, ids in sections.items()]
    listed = places[0] if len(places) == 1 else ", ".join(places[:-1]) + " and " + places[-1]
    return f"The nearest it comes is in {listed}."


def privacy_contact(organisation: Organisation) -> str:
    return f"The privacy team of {organisation.name} can be asked at {organisation.privacy_contact.email}."


def urgent_contact(contact: UrgentContact) -> str:
    """Never as policy: the words say where the organisation publishes it."""
    ways = [
        f"{contact.phone} ({contact.phone_words})" if contact.phone else "",
        f"{contact.email} ({contact.email_words})" if contact.email else "",
    ]
    return f"If this is urgent, reach a person now: {' or '.join(filter(None, ways))}."


def disclosure(organisation: Organisation) -> str:
    return (
        f"This is an automated assistant of {organisation.name}. It quotes the privacy policy and is not legal advice."
        " Please do not type passwords, codes, card or identity numbers."
    )
