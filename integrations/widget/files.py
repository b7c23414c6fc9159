"""The widget's files in memory: the loader, and in a folder named by their content what the chat page loads.

There is no build step: what is served is what stands in `static/`, line by line. Lines of comment are sent empty, and
the words are put into the loader.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from integrations.widget.words import Words

_TYPES = {"js": "text/javascript", "json": "application/json"}
LOADER = "loader.js"
ENTRY = "define.js"
# Nothing loads these: types are for the checker.
_ASIDE = frozenset({LOADER, "types.js"})
_PLACE_FOR_WORDS = "({})"
# A line that is nothing but a comment, and a block of documentation that begins and ends a line.
_COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class WidgetFile:
    content: bytes
    media_type: str
    packed: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class WidgetFiles:
    """`build` names the folder: another content, another name."""

    loader: WidgetFile
    parts: Mapping[str, WidgetFile]
    words: Words
    build: str

    def address(self, name: str) -> str:
        return f"/widget/{self.build}/{name}"

    @property
    def modules(self) -> tuple[str, ...]:
        return tuple(name for name in self.parts if name.endswith(".js"))


def load_widget(words: Words, name: str) -> WidgetFiles:
    """`name` is the organisation's."""
    written = dict(_written())
    loader = written.pop(LOADER).replace(_PLACE_FOR_WORDS, f"({_json(words.outside(name))})", 1)
    texts = {key: text for key, text in written.items() if key not in _ASIDE}
    texts |= {f"words/{language}.json": _json(spoken) for language, spoken in words.languages.items()}
    parts = {key: _file(key, text) for key, text in texts.items()}
    build = hashlib.sha256("".join(part.digest for part in parts.values()).encode()).hexdigest()[:12]
    return WidgetFiles(_file(LOADER, loader), parts, words, build)


def _written() -> Iterator[tuple[str, str]]:
    folder = files("integrations.widget") / "static"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".js"):
            yield entry.name, without_comments(entry.read_text(encoding="utf-8"))


def without_comments(script: str) -> str:
    """The script with as many lines, so that an error still names the right one."""
    return _COMMENTS.sub(lambda found: "\n" * found[0].count("\n"), script)


def _file(name: str, text: str) -> WidgetFile:
    content = text.encode()
    return WidgetFile(content, _TYPES[name.rpartition(".")[2]], gzip.compress(content, 9, mtime=0))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
