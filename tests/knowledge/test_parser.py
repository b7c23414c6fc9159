import hashlib
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import knowledge
from knowledge.errors import UnreadablePolicy
from knowledge.parser.decoding import LARGEST_FILE, PolicyFormat
from knowledge.parser.policy import ParsedPolicy, parse, parse_as
from knowledge.versions.library import PolicyLibrary

CODEMITES = Path(str(knowledge.__file__)).parent / "policies" / "codemites"
PUBLISHED = CODEMITES / "versions" / "1" / "published.txt"
OPENING = "Privacy Policy\n\nWe keep little.\n\n"


@pytest.fixture(scope="module")
def codemites() -> ParsedPolicy:
    return parse(PUBLISHED.read_bytes(), name=PUBLISHED.name)


def text_of(policy: ParsedPolicy, clause_id: str) -> str:
    return next(clause.text for clause in policy.clauses if clause.id == clause_id)


def assert_exact(policy: ParsedPolicy) -> None:
    """Each clause is the slice between its offsets, in reading order, and ids count without a gap."""
    text = policy.published.decode("utf-8")
    assert all(text[clause.start : clause.end] == clause.text.strip() != "" for clause in policy.clauses)
    assert all(first.end <= second.start for first, second in pairwise(policy.clauses))
    numbers = [section.number for section in policy.sections]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    for section in policy.sections:
        for number, paragraph in enumerate(section.paragraphs, start=1):
            places = [(clause.section, clause.paragraph, clause.sentence) for clause in paragraph]
            assert places == [(section.number, number, at) for at in range(1, len(paragraph) + 1)]
            assert {clause.section_title for clause in paragraph} == {section.title}


def test_codemites_has_sections_0_to_12_and_71_clauses(codemites: ParsedPolicy) -> None:
    assert codemites.title == "Privacy Policy"
    assert [section.number for section in codemites.sections] == list(range(13))
    assert len(codemites.clauses) == 71
    assert_exact(codemites)


def test_codemites_headings_are_the_sections_titles(codemites: ParsedPolicy) -> None:
    assert [section.title for section in codemites.sections] == [
        "Privacy Policy",
        "Information We Collect",
        "How We Use Your Information",
        "Data Sharing and Disclosure",
        "Data Security Measures",
        "Cookies and Tracking Technologies",
        "Your Privacy Rights",
        "Data Retention Policies",
        "Third-Party Services and Integrations",
        "International Data Transfers",
        "Children’s Privacy Protection",
        "Privacy Policy Updates",
        "Contact Information and Support",
    ]


@pytest.mark.parametrize(
    ("clause_id", "opening"),
    [
        ("0.1.1", "Codemites is committed to protecting your privacy"),
        ("7.1.3", "Financial records and billing information are kept for seven years"),
        ("12.2.2", "We aim to respond to all privacy inquiries within 72 hours"),
        ("12.2.3", "Our commitment to privacy protection extends beyond compliance"),
    ],
)
def test_codemites_clauses_have_the_ids_that_others_cite(codemites: ParsedPolicy, clause_id: str, opening: str) -> None:
    assert text_of(codemites, clause_id).startswith(opening)


def test_no_break_spaces_and_curly_quotes_are_kept(codemites: ParsedPolicy) -> None:
    contact = "You can reach us at\u00a0contact@codemites.com\u00a0or through our official website contact form."
    assert text_of(codemites, "12.1.2") == contact
    assert "children’s privacy regulations" in text_of(codemites, "10.2.2")


def test_the_page_around_the_policy_is_no_clause(codemites: ParsedPolicy) -> None:
    everything = " ".join(clause.text for clause in codemites.clauses)
    assert "Preloader" in codemites.text
    assert not any(chrome in everything for chrome in ("Preloader", "Get In Touch", "Ph: +91", "Back"))


@pytest.mark.parametrize(
    "footer",
    [
        "Get In Touch\nhi@codemites.com\nPh: +91 8491 999 899\nWork Inquiries\nBack",
        "© 2026 CodeMites. All rights reserved.",
        "Home | About | Terms",
        "Follow us\n\nFacebook\n\nTwitter\n\nBack to top",
    ],
)
def test_other_chrome_after_the_end_is_no_clause_either(codemites: ParsedPolicy, footer: str) -> None:
    text = codemites.text.replace("Preloader image", footer)
    longer = parse(text.encode(), name="policy.txt")
    assert [clause.text for clause in longer.clauses] == [clause.text for clause in codemites.clauses]


def test_the_hash_of_the_bytes_is_the_identity(codemites: ParsedPolicy) -> None:
    assert codemites.sha256 == hashlib.sha256(PUBLISHED.read_bytes()).hexdigest()
    assert codemites.sha256 == "d00b1b69e87d899cba478067b0747b4a69ca90cbfd6b9c3468e10bdb4bce6836"


def test_the_shipped_version_is_the_one_that_was_retrieved() -> None:
    version = PolicyLibrary(CODEMITES).find("1")
    assert (version.effective, version.retrieved, version.title) == (None, date(2026, 11, 22), "Privacy Policy")
    assert len(version.clauses) == 71


def test_a_sentence_inserted_in_section_1_moves_only_ids(codemites: ParsedPolicy) -> None:
    anchor = text_of(codemites, "1.1.1")
    longer = parse(codemites.text.replace(anchor, f"{anchor} A new sentence stands here.").encode(), name="policy.txt")
    added = [clause for clause in longer.clauses if clause.text == "A new sentence stands here."]
    kept = [clause for clause in longer.clauses if clause not in added]
    assert [clause.id for clause in added] == ["1.1.2"]
    assert [clause.text for clause in kept] == [clause.text for clause in codemites.clauses]
    moved = [old.id for old, new in zip(codemites.clauses, kept, strict=True) if old.id != new.id]
    assert moved == ["1.1.2", "1.1.3"]


def test_a_byte_order_mark_stays_in_the_text_and_the_offsets_stay_true(codemites: ParsedPolicy) -> None:
    marked = parse(b"\xef\xbb\xbf" + codemites.published, name="policy.txt")
    assert marked.text[0] == "\ufeff"
    assert [(clause.text, clause.start - 1) for clause in marked.clauses] == [
        (clause.text, clause.start) for clause in codemites.clauses
    ]


@pytest.mark.parametrize("line_break", ["\r\n", "\r"])
def test_other_line_breaks_change_no_clause(codemites: ParsedPolicy, line_break: str) -> None:
    other = parse(codemites.text.replace("\n", line_break).encode(), name="policy.txt")
    assert [(clause.id, clause.text) for clause in other.clauses] == [
        (clause.id, clause.text) for clause in codemites.clauses
    ]
    assert_exact(other)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "policy.txt", "policy.txt is empty"),
        (b" \n\t\n", "policy.md", "policy.md is empty"),
        (b"We keep\x00 nothing. Nothing at all.", "policy.txt", "policy.txt is not text"),
        (b"PK\x03\x04\x14\x00\x08\x08\xff", "policy.docx", "policy.docx is not text"),
        (b"\x01\x02\x03\x04 We keep nothing.", "policy.txt", "policy.txt is not text"),
        ("Wir löschen alles.".encode("latin-1"), "policy.txt", "policy.txt is not UTF-8 text .byte 6 "),
        ("We keep nothing.".encode("utf-16"), "policy.txt", "policy.txt is not text"),
        (b"Privacy Policy\n\nHome\n", "policy.txt", "policy.txt holds no sentence"),
        (b"# Privacy Policy\n\n## Home\n", "policy.md", "policy.md holds no sentence"),
        (b"<html><body><nav>We keep it.</nav></body></html>", "policy.html", "policy.html holds no sentence"),
        (b"<div>" * 400 + b"We keep it.", "policy.html", "policy.html nests its elements too deeply"),
        (b"a" * (LARGEST_FILE + 1), "policy.txt", "policy.txt is larger than 5 MB"),
    ],
)
def test_what_is_no_policy_is_refused_in_one_line_that_names_the_file(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadablePolicy, match=reason) as refusal:
        parse(data, name=f"/home/someone/{name}")
    assert "\n" not in str(refusal.value)
    assert "someone" not in str(refusal.value)


def test_a_strange_file_name_stays_on_one_line() -> None:
    with pytest.raises(UnreadablePolicy, match=r"^bad\?name\.txt is empty"):
        parse(b"", name="bad\nname.txt")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("# Privacy Policy\n\n## Data\n\nWe keep it.\n", "policy.txt", PolicyFormat.TEXT),
        ("Privacy Policy\n\nWe keep it.\n", "policy.md", PolicyFormat.MARKDOWN),
        ("# Privacy Policy\n\n## Data\n\nWe keep it.\n", "policy", PolicyFormat.MARKDOWN),
        ("Privacy Policy\n\nWe keep it.\n", "policy.2026", PolicyFormat.TEXT),
    ],
)
def test_the_suffix_tells_the_format_and_failing_that_the_content(text: str, name: str, expected: PolicyFormat) -> None:
    policy = parse(text.encode(), name=name)
    assert policy.format is expected
    assert policy.source is None


@pytest.mark.parametrize("name", ["policy", "policy.php", "policy.htm"])
def test_a_page_is_known_by_its_content_and_kept_beside_its_reading_text(name: str) -> None:
    page = b"<!doctype html><h1>Privacy Policy</h1><p>We keep <b>it</b>.</p>"
    policy = parse(page, name=name)
    assert policy.source == page
    assert policy.published == b"# Privacy Policy\n\nWe keep it.\n"
    assert policy.format is PolicyFormat.TEXT


def test_a_heading_that_names_the_document_late_does_not_cut_off_what_stands_before() -> None:
    text = "Your data with us\n\nWe keep little. We guard it. It goes soon.\n\nChanges to this policy\n\nNone so far.\n"
    policy = parse(text.encode(), name="policy.txt")
    assert policy.title == "Your data with us"
    assert [section.title for section in policy.sections] == ["Your data with us", "Changes to this policy"]


def test_a_text_without_any_heading_is_section_0() -> None:
    policy = parse(b"We keep nothing. Nothing is sold.\n", name="policy.txt")
    assert [(clause.id, clause.section_title) for clause in policy.clauses] == [
        ("0.1.1", "Privacy policy"),
        ("0.1.2", "Privacy policy"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a policy.txt", OPENING + "Our Data\n\n" + "We keep logs for ninety days. Then they go.\n\n" * 5_500),
        ("one line.txt", OPENING + "We keep logs for ninety days and no longer. " * 22_000),
        ("one word.txt", OPENING + "a" * 1_000_000),
        ("short lines.txt", OPENING + "Short line\n" * 22_000),
        ("figures.txt", OPENING + "1. " * 80_000),
        ("brackets.md", "# Privacy Policy\n\n## Data\n\nWe keep it.\n\n" + "[a](" * 250_000),
        ("paragraphs.html", "<h1>Privacy Policy</h1>" + "<p>We keep logs. Then they go.</p>" * 7_500),
    ],
)
def test_a_quarter_of_a_megabyte_or_more_is_parsed_in_seconds(name: str, text: str) -> None:
    begun = time.process_time()
    parse(text.encode(), name=name)
    assert time.process_time() - begun < 5


def test_ten_thousand_combining_marks_are_harmless() -> None:
    odd = "e" + "\u0301" * 10_000
    policy = parse(f"{OPENING}We keep {odd}. Then it goes.\n".encode(), name="policy.txt")
    assert [clause.text for clause in policy.clauses][1:] == [f"We keep {odd}.", "Then it goes."]


ODD_TEXT = st.text(alphabet="aAbB1. \n\r\t-#*|>=:;[]()<p/h2\u00a0\ufeff’é…", max_size=200)


@settings(deadline=None, max_examples=150)
@given(text=ODD_TEXT, policy_format=st.sampled_from(PolicyFormat))
def test_whatever_the_text_offsets_are_exact_or_it_is_refused(text: str, policy_format: PolicyFormat) -> None:
    data = f"Privacy Policy\n\nWe keep it.\n\n{text}".encode()
    try:
        policy = parse_as(data, policy_format, name="policy")
    except UnreadablePolicy:
        return
    assert_exact(policy)
    again = parse_as(policy.published, policy.format, name="policy")
    assert again.sections == policy.sections
