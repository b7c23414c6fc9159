"""A Reply as blocks: its parts as they are, its citations with links, and what stands below.

Adds no claim of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.reply import Outcome, PartKind
from integrations.slack import blocks, wording
from integrations.slack.blocks import Block

FEEDBACK, SHARE, FOR_A_CLIENT = "feedback", "share", "for_a_client"
_SHAREABLE = frozenset({Outcome.ANSWERED.value, Outcome.NOT_STATED.value})


@dataclass(frozen=True, slots=True)
class Shown:
    """`place` and `turn_id` find the turn again when a button below it is pressed. `site`: where the policy page is."""

    place: str
    turn_id: str
    site: str | None

    def value(self, word: str = "") -> str:
        return f"{word}\n{self.turn_id}\n{self.place}"


def answer(reply: Mapping[str, Any], shown: Shown) -> list[Block]:
    """What is said, and below it where it stands."""
    not_stated = reply["outcome"] == Outcome.NOT_STATED.value
    made = [blocks.section(wording.NOT_STATED)] if not_stated else []
    for part in reply["parts"]:
        draw = blocks.quoted if part["kind"] == PartKind.QUOTE.value else blocks.exactly
        made += draw(part["text"])
    for title, cited in ((wording.SOURCES, reply["citations"]), (wording.NEAREST, reply["see_also"])):
        if cited:
            made.append(_cited(title, cited, shown))
    return made


def fallback(reply: Mapping[str, Any]) -> str:
    return blocks.fallback(str(reply["text"]))


def below(shown: Shown) -> list[Block]:
    """The last message: whether it helped."""
    good, bad = wording.HELPFUL
    return [blocks.feedback(FEEDBACK, good=(good, shown.value("good")), bad=(bad, shown.value("bad")))]


def can_be_shared(reply: Mapping[str, Any]) -> bool:
    """An answer of the policy alone: nothing that a ticket, or a dialogue with one person, has to do with."""
    return reply["outcome"] in _SHAREABLE and not reply["tickets"] and not reply["asks_for"]


def share(shown: Shown) -> Block:
    return blocks.actions(blocks.button(wording.SHARE, SHARE, shown.value()))


def turn_of(value: str) -> tuple[str, str, str]:
    """Word, turn id and place of a button's value; empty where it is none of these."""
    word, _, rest = value.partition("\n")
    turn_id, _, place = rest.partition("\n")
    return word, turn_id, place


def _cited(title: str, cited: list[Mapping[str, Any]], shown: Shown) -> Block:
    lines = dict.fromkeys(_line(citation, shown) for citation in cited)
    text = "\n".join((title, *lines))
    return blocks.section(text if len(text) <= blocks.SECTION else "\n".join((title, *list(lines)[:10])))


def _line(citation: Mapping[str, Any], shown: Shown) -> str:
    clause, section = str(citation["clause"]), blocks.escaped(blocks.cut(str(citation["section"]), 120))
    named = blocks.link(f"{shown.site}{citation['url']}", clause) if shown.site else f"*{clause}*"
    return f"• {named} · {section} · version {blocks.escaped(str(citation['policy_version']))}"
