"""The rules for what must not be missed, and the guards that keep a rule from firing. Read from `rules.toml`.

Works on masked text alone, without encoder and model.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from assistant.reply import Intent, Right
from assistant.triage.sentences import sentences

RULES = Path(__file__).parent / "rules.toml"


class Guard(StrEnum):
    """Why words that sound like a report or a request are none."""

    QUESTION_ABOUT = "question_about"
    HYPOTHETICAL = "hypothetical"
    NEGATION = "negation"
    REPORTED = "reported"
    CLOSED = "closed"
    OTHER_COMPANY = "other_company"
    NEGATED_WISH = "negated_wish"
    NEGATED_INCIDENT = "negated_incident"


Guards = Mapping[Guard, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    intent: Intent
    pattern: re.Pattern[str]
    guards: frozenset[Guard]
    right: Right | None = None


@dataclass(frozen=True, slots=True)
class Rulebook:
    rules: tuple[Rule, ...]
    of_a_sentence: Guards
    of_a_message: Guards
    critical: tuple[re.Pattern[str], ...]

    @classmethod
    def load(cls, path: Path = RULES) -> Self:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        fragments: dict[str, str] = {}
        for name, pattern in raw["fragments"].items():
            fragments[name] = _whole(pattern, fragments)
        security, rights = raw["security"], raw["rights"]
        return cls(
            tuple(
                Rule(intent, re.compile(_whole(pattern, fragments), re.IGNORECASE), _guards(table), right)
                for intent, right, table in (
                    *((Intent.SECURITY_REPORT, None, table) for table in security),
                    *((Intent.RIGHTS_REQUEST, Right(table["right"]), table) for table in rights),
                )
                for pattern in table["patterns"]
            ),
            _patterns(raw["guards_of_a_sentence"], fragments),
            _patterns(raw["guards_of_a_message"], fragments),
            tuple(re.compile(_whole(pattern, fragments), re.IGNORECASE) for pattern in raw["critical"]["patterns"]),
        )

    def held(self, text: str) -> frozenset[Guard]:
        """What the message as a whole says against itself."""
        return frozenset(guard for guard, pattern in self.of_a_message.items() if pattern.search(text))

    def sounds_critical(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self.critical)

    def firing(self, text: str) -> Iterator[Rule]:
        """The rules that some sentence fits and no guard of theirs holds back."""
        whole = self.held(text)
        for sentence in sentences(text):
            fitting = [rule for rule in self.rules if rule.pattern.search(sentence)]
            yield from (rule for rule in fitting if not rule.guards & (whole | self._held_in(sentence)))

    def _held_in(self, sentence: str) -> frozenset[Guard]:
        return frozenset(guard for guard, pattern in self.of_a_sentence.items() if pattern.search(sentence))


def _guards(table: Mapping[str, Any]) -> frozenset[Guard]:
    return frozenset(map(Guard, table["guards"]))


def _patterns(table: Mapping[str, str], fragments: Mapping[str, str]) -> Guards:
    return {Guard(name): re.compile(_whole(pattern, fragments), re.IGNORECASE) for name, pattern in table.items()}


def _whole(pattern: str, fragments: Mapping[str, str]) -> str:
    for name, fragment in fragments.items():
        pattern = pattern.replace(f"<{name}>", fragment)
    return pattern
