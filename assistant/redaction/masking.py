"""Masking: what a message says without the identifiers and secrets in it, and these for the turn that needs them.

Every message passes here before it is encoded, stored, logged or sent to a language model.
It knows no kind by itself; what is not masked stays exactly as typed.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.redaction.accounts import account_spans
from assistant.redaction.addresses import address_spans
from assistant.redaction.canonical import canonicalise
from assistant.redaction.codes import code_spans
from assistant.redaction.number_kinds import number_spans
from assistant.redaction.passwords import password_spans
from assistant.redaction.spans import Kind, Span, settle
from assistant.redaction.tokens import token_spans

_RECOGNISERS = (token_spans, password_spans, address_spans, code_spans, number_spans, account_spans)


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier or secret of a message. Its value is canonical, and hidden from `repr`: tracebacks are logged."""

    kind: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A message with a placeholder such as `[email]` for each identifier; `found` has these in reading order."""

    text: str = field(repr=False)
    found: tuple[Found, ...]


def mask(text: str) -> MaskedText:
    """Mask every identifier and secret that a recogniser knows. Linear in the length of the text; never raises."""
    canonical = canonicalise(text)
    pieces: list[str] = []
    found: list[Found] = []
    done = 0
    for span in settle(_claims(canonical.text)):
        start, end = canonical.original_span(span.start, span.end)
        pieces += text[done:start], f"[{span.kind}]"
        found.append(Found(kind=span.kind.value, value=_value(span, text[start:end])))
        done = end
    return MaskedText(text="".join([*pieces, text[done:]]), found=tuple(found))


def _claims(text: str) -> Iterator[Span]:
    for recognise in _RECOGNISERS:
        yield from recognise(text)


def _value(span: Span, typed: str) -> str:
    """The canonical value; a mail address with combining marks stays as typed, for without them it is another's."""
    if span.kind is Kind.EMAIL and any(unicodedata.category(character).startswith("M") for character in typed):
        return typed
    return span.value
