"""The interface's words: one JSON file a language in `static/words`, what is not translated stands in English."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

FIRST_LANGUAGE = "en"
# Written from right to left; every other is not.
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
# What the loader says on the host's page.
_OUTSIDE = ("launcher", "title")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of every shipped language, each complete."""

    languages: Mapping[str, Mapping[str, str]]

    def chosen(self, wanted: str | None, accepted: str) -> str:
        """The language asked for, else the first that the browser accepts and we have, else English."""
        tags = [wanted or "", *_by_preference(accepted)]
        bases = (tag.lower().partition("-")[0] for tag in tags)
        return next((base for base in bases if base in self.languages), FIRST_LANGUAGE)

    def outside(self, name: str) -> dict[str, dict[str, str]]:
        """What the loader needs in each language; `name` is the organisation's."""
        return {
            language: {key: words[key].replace("{name}", name) for key in _OUTSIDE}
            for language, words in self.languages.items()
        }


def load_words() -> Words:
    folder = files("integrations.widget") / "static" / "words"
    written = {
        entry.name.removesuffix(".json"): json.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".json")
    }
    return Words({language: {**written[FIRST_LANGUAGE], **words} for language, words in written.items()})


def direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def _by_preference(accepted: str) -> Iterable[str]:
    """The tags of an Accept-Language header, best first; a tag whose weight cannot be read comes last."""
    entries = [entry.strip().partition(";q=") for entry in accepted.split(",")[:20]]
    return [tag for tag, _, weight in sorted(entries, key=lambda entry: -_weight(entry[2])) if tag]


def _weight(written: str) -> float:
    try:
        return float(written or "1")
    except ValueError:
        return 0.0
