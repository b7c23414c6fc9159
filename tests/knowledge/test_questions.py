from pathlib import Path

import pytest

from knowledge.clause import Clause, PolicyVersion, Section
from knowledge.questions import BadBank, BankLine, Kind, add_lines, bind, load_bank, save_bank


def version_of(*texts: str) -> PolicyVersion:
    clauses = tuple(Clause(1, 1, at, "Keeping", text, 0, len(text)) for at, text in enumerate(texts, 1))
    return PolicyVersion("1", "0" * 64, "Policy", None, None, (Section(1, "Keeping", (clauses,)),))


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return tmp_path / "questions.jsonl"


def test_a_missing_file_is_an_empty_bank(bank: Path) -> None:
    assert load_bank(bank) == ()


def test_a_line_without_hashes_means_the_given_versions_ids(bank: Path) -> None:
    bank.write_text('{"q": "how long", "kind": "answerable", "gold": ["1.1.2"]}\n', encoding="utf-8")
    old = version_of("We keep it.", "Seven years.")
    bound = bind(load_bank(bank), old).lines[0]
    assert bound.bound == (old.by_id["1.1.2"].hash,)


def test_a_bound_line_follows_its_sentence_to_another_id(bank: Path) -> None:
    bank.write_text('{"q": "how long", "kind": "answerable", "gold": ["1.1.1"]}\n', encoding="utf-8")
    lines = bind(load_bank(bank), version_of("Seven years.")).lines
    later = bind(lines, version_of("A new sentence.", "Seven years."))
    assert later.stale == ()
    assert later.lines[0].bound == lines[0].bound


def test_a_line_whose_sentence_changed_is_listed_as_stale(bank: Path) -> None:
    bank.write_text('{"q": "how long", "kind": "answerable", "gold": ["1.1.1"]}\n', encoding="utf-8")
    lines = bind(load_bank(bank), version_of("Seven years.")).lines
    (stale,) = bind(lines, version_of("Eight years.")).stale
    assert (stale.clause, stale.line.question) == ("1.1.1", "how long")


def test_saving_and_loading_keeps_every_line(bank: Path) -> None:
    bank.write_text(
        '{"q": "how long?", "kind": "answerable", "gold": ["1.1.1"], "register": "formal", "hand": "a"}\n'
        '{"q": "who is it", "kind": "not_stated", "near": ["1.1.1"]}\n'
        '{"q": "hi", "kind": "small_talk"}\n',
        encoding="utf-8",
    )
    lines = bind(load_bank(bank), version_of("Seven years.")).lines
    save_bank(bank, lines)
    assert load_bank(bank) == lines
    assert [line.kind for line in lines] == [Kind.ANSWERABLE, Kind.NOT_STATED, Kind.SMALL_TALK]


def test_added_lines_leave_every_byte_that_stood_there(bank: Path) -> None:
    line = BankLine(0, "who is it\u2028then", Kind.NOT_STATED, ("1.1.1",), ("0" * 12,), hand="review")
    add_lines(bank, [line])
    stood = b'{"kind":  "small_talk", "q": "hi \xe2\x80\xa8"}\r\n{"q": "yo", "kind": "small_talk"}'
    bank.write_bytes(stood)
    add_lines(bank, [line, line])
    add_lines(bank, [])
    assert bank.read_bytes().startswith(stood + b"\n")
    assert [each.question for each in load_bank(bank)] == ["hi", "yo", line.question, line.question]
    assert load_bank(bank)[2].hand == "review"


@pytest.mark.parametrize("question", ["", " \n", "w" * 1001])
def test_a_line_that_could_not_be_read_again_is_not_added(bank: Path, question: str) -> None:
    good = BankLine(0, "hi", Kind.SMALL_TALK, ())
    with pytest.raises(BadBank, match="1 to 1000 characters"):
        add_lines(bank, [good, BankLine(0, question, Kind.SMALL_TALK, ())])
    assert not bank.exists()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('{"q": "", "kind": "small_talk"}', "line 1: q"),
        ('{"q": "a", "kind": "banter"}', "line 1: kind"),
        ('{"q": "a", "kind": "answerable", "gold": ["7.1"]}', "line 1: gold"),
        ('{"q": "a", "kind": "answerable"}', "names its clauses in 'gold'"),
        ('{"q": "a", "kind": "off_topic", "gold": ["1.1.1"]}', "no other line does"),
        ('{"q": "a", "kind": "answerable", "gold": ["1.1.1"], "bound": []}', None),
        ('{"q": "a", "kind": "answerable", "gold": ["1.1.1"], "bound": ["x", "y"]}', "one hash for each clause"),
        ("not json", "line 1"),
        ('{"q": "a", "kind": "small_talk", "colour": "red"}', "line 1: colour"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(bank: Path, row: str, says: str | None) -> None:
    bank.write_text(row + "\n", encoding="utf-8")
    if says is None:
        assert len(load_bank(bank)) == 1
    else:
        with pytest.raises(BadBank, match=says):
            load_bank(bank)


def test_a_bank_that_is_not_utf8_is_refused_by_name(bank: Path) -> None:
    bank.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadBank, match=r"questions\.jsonl"):
        load_bank(bank)
