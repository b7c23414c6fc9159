import json
import re
from collections.abc import Iterator
from pathlib import Path

from assistant.answering.grounding.check import check
from assistant.answering.grounding.verdict import Grounded

LINES = (Path(__file__).parent / "examples.jsonl").read_text("utf-8").splitlines()
CLAUSES = sorted({text for line in LINES for text in json.loads(line)["clauses"].values()})
NAMES = ("Codemites", "CodeMites", "Northwind", "Northwind Clinic")
# Putting the right word for the left one is a lie in any sentence.
SWAPPED = {
    "may": ("will", "must", "should"), "we may": ("we can",), "We may": ("We can",),
    "can": ("must", "cannot", "will"), "will": ("may", "will not", "could"),
    "do not": ("do", "may", "will"), "does not": ("does",), "all": ("some", "any", "most"), "each": ("some", "no"),
    "two": ("three",), "three": ("two", "thirteen"), "five": ("four", "fifty"), "seven": ("six", "eight", "seventy"),
    "72": ("27", "73"), "30": ("60", "31"), "13": ("16",), "90": ("9",), "years": ("months", "days"),
    "hours": ("days",), "days": ("hours", "weeks"), "minimum": ("maximum",), "after": ("before", "during"),
    "before": ("after",), "without": ("with",), "with": ("without",), "within": ("outside", "after"),
    "outside": ("within", "inside"), "unless": ("if", "when", "even if"), "including": ("excluding", "except"),
    "typically": ("always", "never", "only"), "aim to": ("will", "promise to", "always"), "more": ("less",),
    "retained": ("deleted", "sold", "published"), "kept": ("deleted", "shared"), "delete": ("keep", "sell"),
    "collect": ("sell", "delete", "buy"), "share": ("withhold", "sell"), "encrypted": ("decrypted", "unencrypted"),
    "improve": ("worsen",), "earlier": ("later",), "inaccurate": ("accurate",), "significant": ("insignificant",),
    "We": ("You", "They", "Third parties", "Clients"), "we": ("you", "they", "partners"),
    "You": ("We", "Nobody", "Parents"), "you": ("we", "they"), "your": ("our", "their", "its"),
    "our": ("your", "their"), "Indian": ("European", "American"), "AWS": ("Azure",), "consent": ("notice",),
    "third parties": ("partners", "clients"), "clients": ("providers", "third parties"), "never": ("always", "rarely"),
}  # fmt: skip
ADDED = (
    "not",
    "never",
    "always",
    "only",
    "all",
    "any",
    "immediately",
    "free",
    "GDPR",
    "no",
    "guaranteed",
    "must",
    "most",
)
PREFIXED = (
    "We promise that",
    "We are sorry that",
    "In some cases,",
    "Under the GDPR,",
    "Unless you object,",
    "Never, no,",
)
SUFFIXED = ("at no cost", "worldwide", "without exception", "within 24 hours", "where possible", "in Europe", "forever")
# In a purpose the two say the same.
_PURPOSE = re.compile(r"so that we can\b")


def lies(clause: str) -> Iterator[str]:
    words = clause.rstrip(".").split()
    text = " ".join(words)
    for old, news in SWAPPED.items():
        if f" {old} " in f" {text} ":
            told = (f" {text} ".replace(f" {old} ", f" {new} ", 1).strip() for new in news)
            yield from (lie for lie in told if _PURPOSE.sub("so that we may", lie) != text)
    for at in range(1, len(words)):
        yield " ".join([*words[:at], ADDED[at % len(ADDED)], *words[at:]])
    yield from (f"{start} {text}" for start in PREFIXED)
    yield f"Yes, {text}" if re.search(r"\bnot\b", text.split(",")[0]) else f"No, {text}"
    yield from (f"{text} {end}" for end in SUFFIXED)


def test_two_thousand_made_lies_are_refused() -> None:
    tried = [(lie, clause) for clause in CLAUSES for lie in lies(clause)]
    shown = [lie for lie, clause in tried if isinstance(check(f"{lie} [1].", {"1": clause}, names=NAMES), Grounded)]
    assert len(tried) >= 2_000
    assert shown == []
