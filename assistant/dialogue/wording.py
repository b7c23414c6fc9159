"""The one mail that proves a mailbox. Fixed words and the code: nothing that anybody typed, no other long number."""

from assistant.organisation import Organisation


def code_subject(organisation: Organisation) -> str:
    return f"Your code for the privacy assistant of {organisation.name}"


def code_body(organisation: Organisation, code: str, *, minutes: int) -> str:
    half = len(code) // 2
    return "\n".join(
        (
            f"Somebody gave this address to the privacy assistant of {organisation.name}.",
            "If it was you, type this code into the conversation:",
            "",
            f"{code[:half]} {code[half:]}",
            "",
            f"It works once, for {minutes} minutes, and only in the conversation that asked for it.",
            "It shows that this mailbox can be read by you, and nothing else.",
            "",
            "If it was not you, there is nothing to do: without the code nothing happens.",
            "Nobody of us will ever ask you for it by phone or by mail.",
            "",
            f"Questions: {organisation.privacy_contact.email}",
            "",
        )
    )
