import pytest

from knowledge.parser.policy import parse

OPENING = "# Privacy Policy\n\nWe care.\n\n## Data\n\n"


def clauses(markdown: str) -> list[str]:
    """The clauses of section 1."""
    policy = parse((OPENING + markdown).encode(), name="policy.md")
    return [clause.text for clause in policy.clauses if clause.section == 1]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("We **never** sell [data](https://a.example/b.c).", ["We **never** sell [data](https://a.example/b.c)."]),
        ("We keep it.  \nWe guard\nit.", ["We keep it.", "We guard\nit."]),
        ("> We keep it.\n> We guard\n> it.", ["We keep it.", "We guard\n> it."]),
        ("* One\n* We do.\n  We can.\n\n  We may.", ["One", "We do.", "We can.", "We may."]),
        ("1) One\n   1. Two\n2) Three", ["One", "Two", "Three"]),
        ("- [ ] One.\n-   Two.", ["[ ] One.", "Two."]),
        ("We keep:\n\n    indented lines.\n\nThat is all.", ["We keep:", "indented lines.", "That is all."]),
        ("```\nWe keep it.\n```\n\nThat is all.", ["We keep it.", "That is all."]),
        ("<!-- Not yet. -->\n\nWe keep it.", ["We keep it."]),
        ('<a name="x"></a>\n\nWe keep it.', ["We keep it."]),
        ("![Logo](logo.png)\n\nWe keep it.", ["We keep it."]),
        ("<https://a.example>\n\nWe keep it.", ["<https://a.example>", "We keep it."]),
        ("<div>\nWe keep it.\n</div>\n\nThat is all.", ["<div>\nWe keep it.\n</div>", "That is all."]),
        ("We keep it[^1].\n\n[data]: https://a.example", ["We keep it[^1]."]),
        ("| a | b |\n|---|---|\n| One. Two. | `x` |\n\nThree.", ["a | b", "One. Two. | `x`", "Three."]),
    ],
)
def test_clauses_are_slices_of_the_file_with_their_markup(markdown: str, expected: list[str]) -> None:
    assert clauses(markdown) == expected


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("## What *we* collect ##", "What we collect"),
        ("## [Cookies](#cookies) {#cookies}", "Cookies"),
        ("Cookies & `logs`\n----------------", "Cookies & logs"),
        ("**Our cookies**", "Our cookies"),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, title: str) -> None:
    policy = parse(f"{OPENING}We keep it.\n\n{heading}\n\nWe guard it.\n".encode(), name="policy.md")
    assert [section.title for section in policy.sections] == ["Privacy Policy", "Data", title]


def test_a_bold_sentence_and_a_bold_date_are_no_headings() -> None:
    text = "**We never sell it.**\n\n**Last updated: 1 May 2024**\n\nWe guard it."
    assert clauses(text) == ["**We never sell it.**", "**Last updated: 1 May 2024**", "We guard it."]


def test_front_matter_is_no_clause_and_names_a_document_that_has_no_heading_for_it() -> None:
    front = '---\ntitle: "Privacy Notice"\ndate: 2024-05-01\n---\n\n'
    text = "We care.\n\n## Data\n\nWe keep it.\n\n## Rights\n\nAsk.\n"
    policy = parse((front + text).encode(), name="policy.md")
    assert policy.title == "Privacy Notice"
    assert [clause.id for clause in policy.clauses] == ["0.1.1", "1.1.1", "2.1.1"]


def test_a_table_of_contents_is_no_clause() -> None:
    contents = "# Privacy Policy\n\n## Contents\n\n1. [Data](#data)\n2. [Your rights](#rights)\n\n"
    text = "## 1. Data\n\nWe keep it.\n\n## 2. Your rights\n\nAsk us.\n"
    policy = parse((contents + text).encode(), name="policy.md")
    assert [(clause.id, clause.text) for clause in policy.clauses] == [("1.1.1", "We keep it."), ("2.1.1", "Ask us.")]
