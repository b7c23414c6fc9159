from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.parser.sentences import ends_like_a_sentence, split_sentences

HARD_SENTENCES = Path(__file__).parent / "data" / "sentences.txt"
SPACE_AFTER = {"⏎": "\n", "⁀": ""}


def hard_cases() -> list[tuple[str, list[str]]]:
    """Name and expected lines of each case; how a line stands for text is told at the top of the file."""
    cases: list[tuple[str, list[str]]] = []
    for line in HARD_SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            cases.append((line[3:], []))
        elif line and not line.startswith("# "):
            cases[-1][1].append(line.replace("⍽", "\u00a0"))
    return cases


def paragraph(lines: list[str]) -> tuple[str, list[str]]:
    """The paragraph under test and its sentences."""
    text, sentences = "", []
    for line in lines:
        space = SPACE_AFTER.get(line[-1])
        sentence = (line if space is None else line[:-1]).replace("⏎", "\n")
        sentences.append(sentence)
        text += sentence + (" " if space is None else space)
    return text.rstrip(), sentences


def test_there_are_enough_hard_sentences_and_none_stands_twice() -> None:
    names = [name for name, _ in hard_cases()]
    assert len(names) >= 70
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("name", "lines"), hard_cases(), ids=[name for name, _ in hard_cases()])
def test_a_careful_reader_and_the_splitter_agree(name: str, lines: list[str]) -> None:
    text, sentences = paragraph(lines)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences, name


@given(st.text(alphabet='aAe. \n\u00a0!?…)”"(*_]1§´\u0301。', max_size=60))
def test_spans_are_in_order_and_leave_out_nothing_but_space(text: str) -> None:
    spans = split_sentences(text)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text", ["It ends.", "It ends.”", "**It ends.**", "It [ends.](https://a.example)", "Ends?\n", "终。"]
)
def test_a_closing_mark_ends_a_sentence_through_quotes_and_markup(text: str) -> None:
    assert ends_like_a_sentence(text)


@pytest.mark.parametrize("text", ["", "A heading", "It goes on:", "a list item;", "version 1.2"])
def test_other_marks_do_not_end_a_sentence(text: str) -> None:
    assert not ends_like_a_sentence(text)
