"""The one way to write HTML here: every text is escaped, and only what `element` made stands as it is."""

from dataclasses import dataclass
from html import escape

_VOID = frozenset({"input", "link", "meta", "br", "hr", "img"})
# Attributes that lead somewhere: only this site, mail and the web.
_LINKS = frozenset({"href", "src", "action"})
_SCHEMES = ("/", "#", "?", "https://", "http://", "mailto:", "tel:")


class UnsafeLink(ValueError):
    """An attribute would have led elsewhere than a page, a mailbox or a telephone."""


@dataclass(frozen=True, slots=True)
class Html:
    """Finished markup. Nothing but this module makes one out of a string."""

    source: str


Content = Html | str
Value = str | bool | None


def element(name: str, /, *content: Content, **attributes: Value) -> Html:
    """`element("a", "Terms & more", href="/terms")`; an underscore in a name is a hyphen, a trailing one nothing.

    An attribute that is None or False is left out; True stands without a value.
    """
    opening = name + "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{opening}>")
    return Html(f"<{opening}>{join(*content).source}</{name}>")


def join(*content: Content) -> Html:
    return Html("".join(part.source if isinstance(part, Html) else escape(part) for part in content))


def document(language: str, *content: Content, direction: str | None = None) -> bytes:
    return f"<!doctype html>\n{element('html', *content, lang=language, dir=direction).source}\n".encode()


def _attribute(key: str, value: Value) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if name in _LINKS and (value.startswith("//") or not value.startswith(_SCHEMES)):
        raise UnsafeLink(f"{name} must begin with one of {', '.join(_SCHEMES)}.")
    return f' {name}="{escape(value)}"'
