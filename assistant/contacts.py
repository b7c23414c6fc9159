"""How the organisation can be reached, in the visitor's language."""

from assistant.organisation import Organisation
from assistant.words.book import Words


def privacy_contact(words: Words, organisation: Organisation) -> str:
    return words("contact.privacy", organisation=organisation.name, email=organisation.privacy_contact.email)


def urgent_contact(words: Words, organisation: Organisation, key: str) -> str:
    """Never as policy: the words say where the organisation publishes it. `key` names the sentence around it."""
    contact, said = organisation.urgent_contact, organisation.in_language(words.language)
    ways = [
        words("contact.way", address=address, words=published)
        for address, published in ((contact.phone, said.phone_words), (contact.email, said.email_words))
        if address
    ]
    return words(key, ways=words("contact.either").join(ways))
