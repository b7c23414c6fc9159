"""What the assistant says, one file a language beside this one; whoever speaks picks a sentence by its key.

Knows no visitor and decides nothing. What a translation lacks, or has with other placeholders, is said in English.
"""

import string
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
# The language that the others translate, and the one for whoever names none.
ENGLISH = "en"
# Lists of as many as a translator likes.
_ANY_LENGTH = ("heard.", "language.")
Entry = str | tuple[str, ...]
Entries = Mapping[str, Entry]


class Words:
    """The sentences of one language, by key."""

    def __init__(self, language: str, entries: Entries, singular: frozenset[int]) -> None:
        self.language = language
        self._entries = entries
        self._singular = singular

    def __call__(self, key: str, **named: object) -> str:
        """The sentence with its names filled in."""
        text = self._entries[key]
        assert isinstance(text, str), f"{key} is a list"
        return text.format(**named) if named else text

    def each(self, key: str) -> tuple[str, ...]:
        entry = self._entries[key]
        assert isinstance(entry, tuple), f"{key} is one sentence"
        return entry

    def counted(self, key: str, count: int, **named: object) -> str:
        """The form of the sentence that goes with this number."""
        return self(f"{key}.{'one' if count in self._singular else 'other'}", count=count, **named)

    def listed(self, items: Sequence[str]) -> str:
        """The items as one enumeration, the last two joined by "and"."""
        *others, last = items
        return self("calendar.list_between").join(others) + self("calendar.list_last") + last if others else last

    def under(self, prefix: str) -> tuple[str, ...]:
        """The keys of one table."""
        return tuple(key for key in self._entries if key.startswith(f"{prefix}."))


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Every language that there is a file for, English first."""
    found = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return (ENGLISH, *(name for name in found if name != ENGLISH))


def words_of(language: str | None) -> Words:
    """The words of a language; English for one that nobody has translated, or none."""
    return _words(language if language and language in languages() else ENGLISH)


@lru_cache(maxsize=64)
def _words(language: str) -> Words:
    english, own = entries_of(ENGLISH), entries_of(language)
    usable = {key: entry for key, entry in own.items() if key in english and fits(key, entry, english[key])}
    singular = frozenset(int(number) for number in own.get("language.singular", ()))
    return Words(language, {**english, **usable}, singular)


def entries_of(language: str) -> dict[str, Entry]:
    """The file of a language, flat: `table.key` -> what stands there."""
    return dict(_flat(tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))))


def _flat(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, Entry]]:
    flat: list[tuple[str, Entry]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            flat += _flat(value, f"{key}.")
        else:
            flat.append((key, tuple(map(str, value)) if isinstance(value, list) else str(value)))
    return flat


def fits(key: str, entry: Entry, english: Entry) -> bool:
    """Whether a translation can stand where the English stands: filled in with the same names, or as long a list."""
    if isinstance(entry, str) or isinstance(english, str):
        return isinstance(entry, str) and isinstance(english, str) and placeholders(entry) == placeholders(english)
    return key.startswith(_ANY_LENGTH) or len(entry) == len(english)


def placeholders(text: str) -> frozenset[str] | None:
    """The names that are filled in; None where a brace does not close or a name is none."""
    try:
        fields = list(string.Formatter().parse(text))
    except ValueError:
        return None
    names = frozenset(name for _, name, _, _ in fields if name is not None)
    return names if all(name.isidentifier() for name in names) else None
