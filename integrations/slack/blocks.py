"""Block Kit's parts, cut to Slack's limits and escaped. Says nothing of its own.

The limits stand on docs.slack.dev/reference/block-kit; `tests/fakes/slack.py` has them in one table with sources.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

SECTION, FALLBACK, BUTTON, HEADER, CONTEXT = 3000, 3900, 75, 150, 2000
MOST_BLOCKS, MOST_CHARACTERS = 45, 11_000
TITLE, PLACEHOLDER, INPUT, HOME = 24, 150, 3000, 100
ELLIPSIS = "…"
# Whoever acts at another door is named as they please.
_USER = re.compile(r"slack:([UW][A-Z0-9]{1,30})")
Block = dict[str, Any]


def escaped(text: str) -> str:
    """Slack reads mentions, links and dates between angle brackets only."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(url: str, text: str) -> str:
    return f"<{url.replace('|', '%7C').replace('>', '%3E')}|{escaped(text).replace('|', '¦')}>"


def moment(at: datetime, form: str = "{date_short_pretty} {time}") -> str:
    """A time that each reader sees in their own zone."""
    return f"<!date^{int(at.timestamp())}^{form}|{at:%Y-%m-%d %H:%M} UTC>"


def who(actor: str | None) -> str:
    """An actor of the queue; somebody of Slack by a link that tells nobody anything new."""
    if not actor:
        return "nobody"
    found = _USER.fullmatch(actor)
    return f"<@{found[1]}>" if found else escaped(actor)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + ELLIPSIS


def fallback(text: str) -> str:
    """For notifications, where no blocks are shown."""
    return next(pieces(text, FALLBACK), " ")


def section(mrkdwn: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}}


def exactly(text: str) -> list[Block]:
    """Text in which nothing is markup, in as many blocks as it takes."""
    return [_rich("rich_text_section", piece) for piece in _pieces(text)]


def quoted(text: str) -> list[Block]:
    """A quotation, letter for letter."""
    return [_rich("rich_text_quote", piece) for piece in _pieces(text)]


def to_copy(text: str) -> list[Block]:
    """Text to be copied, letter for letter."""
    return [_rich("rich_text_preformatted", piece) for piece in _pieces(text)]


def pieces(text: str, most: int) -> Iterator[str]:
    """The text escaped, in pieces of so many characters; none is cut within an entity."""
    piece: list[str] = []
    length = 0
    for sign in map(escaped, text):
        if length + len(sign) > most:
            yield "".join(piece)
            piece, length = [], 0
        piece.append(sign)
        length += len(sign)
    if piece:
        yield "".join(piece)


def context(*mrkdwn: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True} for text in mrkdwn]}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(cut(text, HEADER))}


def divider() -> Block:
    return {"type": "divider"}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": True}


def button(text: str, action: str, value: str, *, style: str | None = None) -> Block:
    made: Block = {"type": "button", "text": plain(cut(text, BUTTON)), "action_id": action, "value": value}
    return {**made, "style": style} if style else made


def actions(*elements: Block, name: str | None = None) -> Block:
    made: Block = {"type": "actions", "elements": list(elements)}
    return {**made, "block_id": name} if name else made


def feedback(action: str, *, good: tuple[str, str], bad: tuple[str, str]) -> Block:
    """Each of the two is what it says and what it means."""
    buttons = {
        name: {"text": plain(text), "value": value, "accessibility_label": text}
        for name, (text, value) in (("positive_button", good), ("negative_button", bad))
    }
    return {"type": "context_actions", "elements": [{"type": "feedback_buttons", "action_id": action, **buttons}]}


def text_input(name: str, label: str, *, initial: str = "", multiline: bool = True, optional: bool = False) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "multiline": multiline, "max_length": INPUT}
    if initial:
        element["initial_value"] = cut(initial, INPUT)
    return _input(name, label, element, optional=optional)


def select(name: str, label: str, options: Mapping[str, str], *, initial: str = "", optional: bool = False) -> Block:
    """`options`: value to what it is called."""
    made = {value: {"text": plain(cut(text, BUTTON)), "value": value} for value, text in options.items()}
    element: Block = {"type": "static_select", "action_id": name, "options": list(made.values())}
    if initial in made:
        element["initial_option"] = made[initial]
    return _input(name, label, element, optional=optional)


def date_input(name: str, label: str, *, initial: str) -> Block:
    return _input(name, label, {"type": "datepicker", "action_id": name, "initial_date": initial})


def modal(form: str, *, title: str, submit: str | None, blocks: Sequence[Block], metadata: str = "") -> Block:
    made: Block = {"type": "modal", "callback_id": form, "title": plain(cut(title, TITLE)), "close": plain("Close")}
    made |= {"private_metadata": metadata, "blocks": list(blocks)[:HOME]}
    return {**made, "submit": plain(cut(submit, TITLE))} if submit else made


def home(blocks: Sequence[Block]) -> Block:
    return {"type": "home", "blocks": list(blocks)[:HOME]}


def messages(blocks: Iterable[Block]) -> list[list[Block]]:
    """The blocks in as many messages as Slack's limits ask for."""
    found: list[list[Block]] = [[]]
    length = 0
    for block in blocks:
        size = len(str(block.get("text", {}).get("text", ""))) or len(str(block))
        if found[-1] and (len(found[-1]) >= MOST_BLOCKS or length + size > MOST_CHARACTERS):
            found.append([])
            length = 0
        found[-1].append(block)
        length += size
    return found


def _input(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {"type": "input", "block_id": name, "label": plain(label), "element": element, "optional": optional}


def _rich(kind: str, text: str) -> Block:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": [{"type": "text", "text": text}]}]}


def _pieces(text: str) -> list[str]:
    return [text[start : start + SECTION] for start in range(0, len(text), SECTION)]
