import json
from pathlib import Path
from typing import Any

import pytest

from evals.dataset import BadDataset, Case, Expect, Kind, load

GOOD: dict[str, Any] = {
    "id": "t-001",
    "kind": "several",
    "turns": ["hello", "How long are notes kept, and are they sold?"],
    "gold": ["1.1.1", "1.1.2"],
    "also_ok": ["1.1.3"],
    "must_include": [["ten days", "10 days"]],
    "must_not_include": ["two days"],
    "expect": "answer",
}


def written(folder: Path, *lines: dict[str, Any] | str) -> Path:
    path = folder / "cases.jsonl"
    rows = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_line_becomes_a_case_and_blank_lines_are_nothing(tmp_path: Path) -> None:
    assert load(written(tmp_path, "", GOOD, "  ")) == (
        Case(
            id="t-001",
            kind=Kind.SEVERAL,
            expect=Expect.ANSWER,
            turns=("hello", "How long are notes kept, and are they sold?"),
            gold=("1.1.1", "1.1.2"),
            also_ok=("1.1.3",),
            must_include=(("ten days", "10 days"),),
            must_not_include=("two days",),
        ),
    )


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"kind": "riddle"}, "kind"),
        ({"expect": "silence"}, "expect"),
        ({"turns": []}, "'turns'"),
        ({"turns": ["  "]}, "turns.0"),
        ({"gold": ["7.1"]}, "gold.0"),
        ({"gold": []}, "'gold'"),
        ({"expect": "abstain"}, "'gold'"),
        ({"must_include": [[]]}, "list of alternatives"),
        ({"id": "first"}, "id"),
        ({"answer": "yes"}, "answer"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong_in_it(tmp_path: Path, change: dict[str, Any], names: str) -> None:
    with pytest.raises(BadDataset, match=r"^cases\.jsonl, line 2: ") as caught:
        load(written(tmp_path, GOOD, {**GOOD, "id": "t-002", **change}))
    assert names in str(caught.value)


def test_what_is_no_json_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match=r"^cases\.jsonl, line 1: the line: "):
        load(written(tmp_path, "{"))


def test_an_error_never_repeats_what_a_visitor_typed(tmp_path: Path) -> None:
    with pytest.raises(BadDataset) as caught:
        load(written(tmp_path, {**GOOD, "gold": [], "turns": ["my secret question"]}))
    assert "secret" not in str(caught.value)


def test_an_id_that_stands_there_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match="'t-001' stands there twice"):
        load(written(tmp_path, GOOD, GOOD))


def test_a_file_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match="holds no case"):
        load(written(tmp_path))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match=r"nowhere\.jsonl cannot be read"):
        load(tmp_path / "nowhere.jsonl")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadDataset, match="cannot be read as UTF-8"):
        load(path)


def test_every_clause_that_may_be_cited_is_fair(tmp_path: Path) -> None:
    (case,) = load(written(tmp_path, GOOD))
    assert case.fair == {"1.1.1", "1.1.2", "1.1.3"}
