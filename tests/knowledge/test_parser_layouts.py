"""Invented policies in the layouts of real ones: each `.clauses` file beside a policy tells what a reader finds in it.

`= title`, `== number heading` and `id text`, with ⏎ for a line break and ⍽ for a no-break space in a text.
"""

import html
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

import knowledge
from knowledge.parser.policy import ParsedPolicy, parse

POLICIES = Path(__file__).parent / "data" / "policies"
WRITTEN = sorted(path.name for path in POLICIES.iterdir() if path.suffix in {".txt", ".md", ".html"})
CODEMITES = Path(str(knowledge.__file__)).parent / "policies" / "codemites" / "versions" / "1" / "published.txt"
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def described(policy: ParsedPolicy) -> str:
    lines = [f"= {policy.title}"]
    for section in policy.sections:
        lines.append(f"== {section.number} {section.title}")
        clauses = (clause for paragraph in section.paragraphs for clause in paragraph)
        lines.extend(f"{each.id} {each.text}".replace("\n", "⏎").replace("\u00a0", "⍽") for each in clauses)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", WRITTEN)
def test_a_policy_is_read_as_its_readers_read_it(name: str) -> None:
    policy = parse((POLICIES / name).read_bytes(), name=name)
    assert described(policy) == (POLICIES / f"{name}.clauses").read_text(encoding="utf-8")
    text = policy.published.decode("utf-8")
    assert all(text[clause.start : clause.end] == clause.text for clause in policy.clauses)


@pytest.mark.parametrize("name", [name for name in WRITTEN if not name.endswith(".html")])
def test_windows_line_breaks_and_a_byte_order_mark_change_no_clause(name: str) -> None:
    plain = (POLICIES / name).read_text(encoding="utf-8")
    windows = parse(("\ufeff" + plain.replace("\n", "\r\n")).encode(), name=name)
    assert described(windows).replace("\r", "") == described(parse(plain.encode(), name=name))
    assert all(windows.text[clause.start : clause.end] == clause.text for clause in windows.clauses)


def test_the_written_policies_are_of_every_format() -> None:
    assert {Path(name).suffix for name in WRITTEN} == {".txt", ".md", ".html"}
    for name in ("orchard.md", "harbour.html"):
        assert 15 <= len(parse((POLICIES / name).read_bytes(), name=name).clauses) <= 40


def wrapped(paragraph: str) -> str:
    return textwrap.fill(paragraph, 72, break_on_hyphens=False)


def indented(paragraph: str) -> str:
    return textwrap.indent(wrapped(paragraph), "    ")


def element(name: str) -> Callable[[str], str]:
    return lambda words: f"<{name}>{html.escape(words)}</{name}>"


# name: suffix, title, heading from number and words, paragraph, what stands between them
LAYOUTS: dict[str, tuple[str, str, Callable[[int, str], str], Callable[[str], str], str]] = {
    "as it is": (".txt", "Privacy Policy", lambda _, words: words, str, "\n\n"),
    "wrapped at 72 columns": (".txt", "Privacy Policy", lambda _, words: words, wrapped, "\n\n"),
    "wrapped and indented": (".txt", "Privacy Policy", lambda _, words: words, indented, "\n\n"),
    "without blank lines": (".txt", "Privacy Policy", lambda _, words: words, str, "\n"),
    "numbered": (".txt", "Privacy Policy", lambda number, words: f"{number}. {words}", str, "\n\n"),
    "numbered and wrapped": (".txt", "Privacy Policy", lambda number, words: f"{number}. {words}", wrapped, "\n\n"),
    "numbered without blank lines": (".txt", "Privacy Policy", lambda at, words: f"{at}. {words}", str, "\n"),
    "numbered with brackets": (".txt", "Privacy Policy", lambda number, words: f"{number}) {words}", str, "\n\n"),
    "numbered without dots": (".txt", "Privacy Policy", lambda number, words: f"{number} {words}", wrapped, "\n\n"),
    "roman numbers": (".txt", "PRIVACY POLICY", lambda number, words: f"{ROMAN[number]}. {words}", str, "\n\n"),
    "sections by name": (".txt", "Privacy Policy", lambda number, words: f"Section {number}: {words}", str, "\n\n"),
    "capitals": (".txt", "PRIVACY POLICY", lambda _, words: words.upper(), wrapped, "\n\n"),
    "one capital": (".txt", "Privacy policy", lambda _, words: words.capitalize(), str, "\n\n"),
    "colons": (".txt", "Privacy Policy", lambda _, words: f"{words}:", str, "\n\n"),
    "underlined": (".txt", "Privacy Policy\n====", lambda _, words: f"{words}\n----", wrapped, "\n\n"),
    "Markdown in a text file": (".txt", "# Privacy Policy", lambda _, words: f"## {words}", wrapped, "\n\n"),
    "Markdown": (".md", "# Privacy Policy", lambda _, words: f"## {words}", wrapped, "\n\n"),
    "Markdown without a suffix": ("", "# Privacy Policy", lambda _, words: f"## {words}", wrapped, "\n\n"),
    "bold headings": (".md", "# Privacy Policy", lambda number, words: f"**{number}. {words}**", str, "\n\n"),
    "bold headings and title": (".md", "**Privacy Policy**", lambda _, words: f"**{words}**", str, "\n\n"),
    "text in a Markdown file": (".md", "Privacy Policy", lambda _, words: words, str, "\n\n"),
    "HTML": (".html", "<h1>Privacy Policy</h1>", lambda _, words: element("h2")(words), element("p"), "\n"),
    "HTML with bold headings": (
        ".html",
        "<h1>Privacy Policy</h1>",
        lambda number, words: f"<p><strong>{number}. {html.escape(words)}</strong></p>",
        element("p"),
        "\n",
    ),
    "HTML of nothing but boxes": (
        ".html",
        "<div>Privacy Policy</div>",
        lambda _, words: element("div")(words),
        element("div"),
        "",
    ),
    "HTML of nothing but line breaks": (
        ".html",
        "<body>Privacy Policy",
        lambda _, words: html.escape(words),
        html.escape,
        "<br><br>\n",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_policy_has_the_same_clauses_in_every_layout(layout: str) -> None:
    original = parse(CODEMITES.read_bytes(), name=CODEMITES.name)
    suffix, title, heading, paragraph, between = LAYOUTS[layout]
    parts = [title]
    for section in original.sections:
        parts += [heading(section.number, section.title)] if section.number else []
        parts += [paragraph(" ".join(clause.text for clause in each)) for each in section.paragraphs]
    policy = parse(between.join(parts).encode(), name=f"policy{suffix}")
    found = [(clause.id, " ".join(clause.text.split())) for clause in policy.clauses]
    assert found == [(clause.id, " ".join(clause.text.split())) for clause in original.clauses]


def sections(text: str, suffix: str = ".txt") -> dict[str, list[str]]:
    """The clauses under each heading."""
    policy = parse(text.encode(), name=f"policy{suffix}")
    return {
        section.title: [clause.text for paragraph in section.paragraphs for clause in paragraph]
        for section in policy.sections
    }


def test_a_title_page_may_hold_more_than_the_title() -> None:
    text = "ACME WIDGETS LTD.\nPRIVACY NOTICE\nVersion 3.1, 4 July 2025\n\nData\n\nWe keep it. We guard it.\n"
    policy = parse(text.encode(), name="policy.txt")
    assert policy.title == "PRIVACY NOTICE"
    assert [clause.text for clause in policy.clauses] == ["Version 3.1, 4 July 2025", "We keep it.", "We guard it."]


def test_the_title_is_where_its_text_begins_and_not_in_a_breadcrumb() -> None:
    text = "Home / Legal / Privacy Policy\n\nPrivacy Policy\n\nWe care.\n\nData\n\nWe keep it. We guard it.\n"
    assert sections(text) == {"Privacy Policy": ["We care."], "Data": ["We keep it.", "We guard it."]}


def test_a_date_under_the_title_is_a_clause_and_no_heading() -> None:
    text = "Privacy Policy\n\nLast updated 1 May 2024\n\nWe keep it. We guard it.\n"
    assert sections(text) == {"Privacy Policy": ["Last updated 1 May 2024", "We keep it.", "We guard it."]}


def test_subheadings_are_sections_and_the_heading_over_them_is_an_empty_one() -> None:
    text = "Privacy Policy\n\n1. Data\n\n1.1 Yours\n\nWe keep it. We guard it.\n\n1.2 Ours\n\nWe keep that too.\n"
    assert sections(text) == {
        "1. Data": [],
        "1.1 Yours": ["We keep it.", "We guard it."],
        "1.2 Ours": ["We keep that too."],
    }


def test_numbers_that_count_on_without_prose_between_are_a_list() -> None:
    text = "Privacy Policy\n\nData\n\nWe keep:\n\n1. Names\n\n2. Addresses\n\nWe guard them.\n"
    assert sections(text) == {"Data": ["We keep:", "Names", "Addresses", "We guard them."]}


def test_numbered_paragraphs_of_a_contract_are_paragraphs() -> None:
    policy = parse(
        b"Privacy Policy\n\nRetention\n\n1.1 We keep it. Then it goes.\n\n1.2 Logs go first.\n", name="a.txt"
    )
    assert [(clause.id, clause.text) for clause in policy.clauses] == [
        ("1.1.1", "We keep it."),
        ("1.1.2", "Then it goes."),
        ("1.2.1", "Logs go first."),
    ]


def test_a_list_without_bullets_belongs_to_its_lead_in() -> None:
    text = (
        "Privacy Policy\n\nUse\n\nWe use data:\n\nTo serve you;\nTo write to you; and\nTo learn.\nWe sell none of it.\n"
    )
    policy = parse(text.encode(), name="policy.txt")
    assert [(clause.id, clause.text) for clause in policy.clauses] == [
        ("1.1.1", "We use data:"),
        ("1.1.2", "To serve you;"),
        ("1.1.3", "To write to you; and"),
        ("1.1.4", "To learn."),
        ("1.2.1", "We sell none of it."),
    ]


def test_a_table_drawn_with_bars_has_a_clause_for_each_row() -> None:
    text = "Privacy Policy\n\nCookies\n\nWe set two.\n\n| Name | Use |\n|------|-----|\n| a | Login. Needed. |\n"
    assert sections(text) == {"Cookies": ["We set two.", "Name | Use", "a | Login. Needed."]}


def test_a_last_date_stays_and_a_last_copyright_line_goes() -> None:
    text = "Privacy Policy\n\nData\n\nWe keep it. We guard it.\n\nUpdated on 3 May 2024\n\nCopyright 2024 Acme\n"
    assert sections(text) == {"Data": ["We keep it.", "We guard it.", "Updated on 3 May 2024"]}


def test_contact_lines_at_the_end_stay_where_the_text_announces_them() -> None:
    text = "Privacy Policy\n\nData\n\nWe keep it. Write to us at the address below.\n\n"
    address = "Acme\n1 Main Road\nhi@acme.example\n"
    assert sections(text + address)["Data"][-1] == "Acme\n1 Main Road\nhi@acme.example"


def test_a_last_sentence_without_its_full_stop_is_kept() -> None:
    text = "Privacy Policy\n\nData\n\nWe keep it. We guard it.\n\nBy using the site you agree to this text\n\nPrint\n"
    assert sections(text)["Data"][-1] == "By using the site you agree to this text"


def test_an_initial_and_a_figure_are_words_of_the_sentence_they_open() -> None:
    text = "Privacy Policy\n\nOfficer\n\nA. Rao is our officer. She answers.\n\n2.5 years is the limit. Then it goes.\n"
    assert sections(text)["Officer"] == [
        "A. Rao is our officer.",
        "She answers.",
        "2.5 years is the limit.",
        "Then it goes.",
    ]


def test_letters_that_count_on_number_the_sections() -> None:
    text = "Privacy Policy\n\nA. Data\n\nWe keep it. We guard it.\n\nB. Rights\n\nAsk us. We answer.\n"
    assert list(sections(text)) == ["A. Data", "B. Rights"]
