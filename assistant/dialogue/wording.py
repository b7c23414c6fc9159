"""The one mail that proves a mailbox. Fixed words and the code: nothing that anybody typed, no other long number."""

from assistant.organisation import Organisation
from assistant.words.book import Words


def code_subject(words: Words, organisation: Organisation) -> str:
    return words("mail.code.subject", organisation=organisation.name)


def code_body(words: Words, organisation: Organisation, code: str, *, minutes: int) -> str:
    half = len(code) // 2
    return words(
        "mail.code.body",
        organisation=organisation.name,
        code=f"{code[:half]} {code[half:]}",
        minutes=minutes,
        email=organisation.privacy_contact.email,
    )
