from assistant.reply import Intent
from assistant.triage.checks import counts, likeness
from assistant.triage.utterances import FOLDER, Utterance, utterances
from knowledge.encoder.onnx import OnnxEncoder


def test_the_datasheet_holds_what_the_checks_count() -> None:
    datasheet = (FOLDER / "README.md").read_text(encoding="utf-8")
    told = utterances()
    for line in counts(told):
        assert line in datasheet
    assert f" of {len(told) * (len(told) - 1) // 2}\n" in datasheet


def test_pairs_that_say_the_same_are_counted() -> None:
    texts = ("Please delete my data.", "please delete my data", "Is the office open on Sunday?")
    told = [Utterance(text, Intent.QUESTION, "test") for text in texts]
    assert likeness(told, OnnxEncoder()) == "pairs with cosine over 0.95: 1 of 3"
