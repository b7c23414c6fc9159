"""What the assistant says in its own words around the quotations. No logic beyond filling in names."""

from collections.abc import Sequence

from assistant.organisation import Organisation
from assistant.words.book import Words
from knowledge.clause import Clause


def declined(words: Words, organisation: Organisation) -> str:
    return words("answering.declined", organisation=organisation.name)


def nearest(words: Words, clauses: Sequence[Clause]) -> str:
    """Where the policy comes nearest to what it does not state."""
    sections: dict[str, list[str]] = {}
    for clause in clauses:
        sections.setdefault(clause.section_title, []).append(clause.id)
    places = [words("answering.place", section=title, clauses=", ".join(ids)) for title, ids in sections.items()]
    return words("answering.nearest", places=words.listed(places))


def disclosure(words: Words, organisation: Organisation) -> str:
    return words("conversation.disclosure", organisation=organisation.name)
