import numpy as np

from assistant.reply import Intent, Right
from assistant.triage.features import features
from assistant.triage.learning import BANK, Seen, fit
from assistant.triage.lexicon import Lexicon
from assistant.triage.utterances import Utterance
from knowledge.encoder.onnx import OnnxEncoder

ENCODER = OnnxEncoder()
TOLD = (
    Utterance("Delete my data please", Intent.RIGHTS_REQUEST, "one", rights=(Right.DELETION,)),
    Utterance("Please erase my data now", Intent.RIGHTS_REQUEST, "one", rights=(Right.DELETION,)),
    Utterance("Send me a copy of my data please", Intent.RIGHTS_REQUEST, "one", rights=(Right.ACCESS,)),
    Utterance("A copy of my file, send me that please", Intent.RIGHTS_REQUEST, "one", rights=(Right.ACCESS,)),
    Utterance("How long do you keep my data?", Intent.QUESTION, "one"),
    Utterance("How long is a copy of a file kept?", Intent.QUESTION, BANK),
    Utterance("hello and good morning", Intent.SMALL_TALK, BANK),
    Utterance("hello to you", Intent.SMALL_TALK, "one"),
)


def learned() -> tuple[dict[str, float], dict[str, float]]:
    lexicon = Lexicon.load()
    seen = [Seen(each, features(each.text, lexicon)) for each in TOLD]
    model = fit(seen, ENCODER.encode([each.text for each in TOLD]), encoder=ENCODER.name, origin="test")
    wish, chat = "delete all my data please", "hello, good morning"

    def scores(text: str) -> dict[str, float]:
        return model.scores(model.worded(features(text, lexicon)), ENCODER.encode([text])[0])

    return scores(wish), scores(chat)


def test_what_was_learned_carries_over_to_new_words() -> None:
    wish, chat = learned()
    assert wish["wants:rights_request"] > 2 * chat["wants:rights_request"]
    assert wish["right:deletion"] > wish["right:access"]
    assert chat["first:small_talk"] > chat["first:question"]


def test_learning_twice_gives_the_same() -> None:
    first, again = learned(), learned()
    assert np.allclose(list(first[0].values()), list(again[0].values()), atol=1e-6)
