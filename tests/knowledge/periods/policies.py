"""Policy versions for the tests of periods: the shipped text and an invented one, cut at headings and full stops."""

import hashlib
import re
from pathlib import Path

from knowledge.clause import Clause, PolicyVersion, Section

ROOT = Path(__file__).parents[3]
FIRST_FOLDER = ROOT / "knowledge" / "policies" / "codemites"
INVENTED = ROOT / "tests" / "knowledge" / "data" / "periods_policy.txt"
_SENTENCE = re.compile(r"\S.*?[.](?=\s+[A-Z]|\s*$)")


def version_of(text: str) -> PolicyVersion:
    sections: list[tuple[str, list[tuple[Clause, ...]]]] = []
    for line in re.finditer(r"[^\n]+", text):
        if not line.group().rstrip().endswith("."):
            sections.append((line.group().strip(), []))
            continue
        title, paragraphs = sections[-1]
        number, paragraph = len(sections) - 1, len(paragraphs) + 1
        paragraphs.append(
            tuple(
                Clause(
                    number,
                    paragraph,
                    at,
                    title,
                    found.group(),
                    line.start() + found.start(),
                    line.start() + found.end(),
                )
                for at, found in enumerate(_SENTENCE.finditer(line.group()), 1)
            )
        )
    return PolicyVersion(
        label="1",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=sections[0][0],
        effective=None,
        retrieved=None,
        sections=tuple(Section(at, title, tuple(paragraphs)) for at, (title, paragraphs) in enumerate(sections)),
    )


def first_version() -> PolicyVersion:
    text = (FIRST_FOLDER / "versions" / "1" / "published.txt").read_text(encoding="utf-8")
    return version_of(text[text.index("Privacy Policy\n") :])


def invented_version() -> PolicyVersion:
    return version_of(INVENTED.read_text(encoding="utf-8"))


def one_clause(text: str) -> Clause:
    return Clause(1, 1, 1, "Keeping", text, 0, len(text))
