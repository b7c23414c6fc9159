"""Between the publication of a version and its indexing, nothing is said about what it states."""

from datetime import date
from pathlib import Path

from assistant.bootstrap import Assistant

QUESTION = "how many years do you keep my treatment file?"


def publish(clinic: Assistant, folder: Path, old: bytes, new: bytes) -> None:
    text = (folder / "versions" / "1" / "published.txt").read_bytes()
    assert old in text
    clinic.policies.publish(text.replace(old, new), name="p.txt", effective=None, today=date(2026, 11, 1))


def test_a_question_is_handed_over_until_the_version_in_force_is_indexed(
    clinic: Assistant, clinic_folder: Path
) -> None:
    publish(clinic, clinic_folder, b"for ten years", b"for twelve years")
    reply = clinic.front_desk.ask(QUESTION)
    assert (reply["outcome"], reply["citations"], reply["policy_version"]) == ("handed_over", (), "2")
    assert "records@harbourlight.example" in reply["text"]
    clinic.indexing.run()
    assert clinic.front_desk.ask(QUESTION)["outcome"] != "handed_over"


def test_an_earlier_version_is_answered_from_meanwhile(clinic: Assistant, clinic_folder: Path) -> None:
    publish(clinic, clinic_folder, b"for ten years", b"for twelve years")
    reply = clinic.front_desk.ask(QUESTION, as_of=date(2026, 10, 1))
    assert (reply["outcome"], reply["citations"][0]["clause"]) == ("answered", "3.1.1")
