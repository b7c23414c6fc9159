"""What may reach a terminal: text that others wrote shows as text and never steers the screen."""

import unicodedata

import click

_KEPT = frozenset("\n\t")
# Signs that turn the direction of what follows: a line could read as another than it is.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def shown(text: str) -> str:
    """The text with a replacement character for each control character, direction sign and lone surrogate."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _steers(character) else character for character in text)


def say(text: str) -> None:
    """Print one line of plain text."""
    click.echo(shown(text))


def escaped(document: str) -> str:
    """JSON as it was, with what could steer a terminal written as escapes."""
    return "".join(f"\\u{ord(sign):04x}" if _steers(sign) else sign for sign in document)


def _steers(character: str) -> bool:
    return character not in _KEPT and (unicodedata.category(character) in {"Cc", "Cs"} or character in _TURNS)
