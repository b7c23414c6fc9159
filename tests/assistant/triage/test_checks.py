from assistant.triage.checks import checks
from assistant.triage.utterances import FOLDER, utterances
from knowledge.encoder.onnx import OnnxEncoder


def test_the_datasheet_holds_what_the_checks_say() -> None:
    datasheet = (FOLDER / "README.md").read_text(encoding="utf-8")
    for line in checks(utterances(), OnnxEncoder()):
        assert line in datasheet
