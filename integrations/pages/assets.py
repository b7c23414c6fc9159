"""The files that pages load, held in memory under names that change with their content."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from assistant.organisation import Look
from integrations.pages.colours import legible, readable_on

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FILES = ("page.css", "demo.css", "policy.js")
# Dark ground and what is written on it: the organisation chooses its light ones.
_DARK_PAPER, _DARK_INK = "#12161c", "#e8ecf2"


@dataclass(frozen=True, slots=True)
class Asset:
    content: bytes
    media_type: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:12]


class Assets:
    def __init__(self, look: Look) -> None:
        self._assets: Mapping[str, Asset] = dict(_all(look))

    def url(self, name: str) -> str:
        return f"/assets/{name}?v={self._assets[name].digest}"

    def find(self, name: str) -> Asset | None:
        return self._assets.get(name)


def _all(look: Look) -> Iterator[tuple[str, Asset]]:
    folder = files("integrations.pages") / "static"
    written = {name: (folder / name).read_text(encoding="utf-8") for name in _FILES}
    for name, text in {**written, "look.css": style_of(look), "icon.svg": _icon(look)}.items():
        yield name, Asset(text.encode(), _TYPES[name.rpartition(".")[2]])


def style_of(look: Look) -> str:
    """The look as custom properties, light and dark, in shades that can be read."""
    light = _scheme(accent=look.accent, ink=look.ink, paper=look.paper)
    dark = _scheme(accent=look.accent, ink=_DARK_INK, paper=_DARK_PAPER)
    return f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _scheme(*, accent: str, ink: str, paper: str) -> str:
    shade = legible(accent, ground=paper)
    names = {"accent": shade, "on-accent": readable_on(shade), "ink": legible(ink, ground=paper), "paper": paper}
    return ";".join(f"--{name}:{colour}" for name, colour in names.items())


def _icon(look: Look) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="8" fill="{look.accent}"/>'
        f'<path d="M9 11h14M9 16h14M9 21h8" stroke="{readable_on(look.accent)}" stroke-width="2.5" '
        'stroke-linecap="round"/></svg>'
    )
