"""`python -m assistant.triage.train_encoder`: train the encoder that ranking and triage share, and export it.

Learns from the question banks of the shipped and the invented policies and from the labelled utterances. The bank's
vectors, the triage model and the calibration belong to one encoder: `make train` makes them anew after it.
"""

import logging
import os
import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from assistant.reply import Intent, Right, Severity
from assistant.triage.examples import CHAT, COMPANY
from assistant.triage.features import clarified
from assistant.triage.train import company_names
from assistant.triage.utterances import Utterance, utterances
from assistant.triage.values import Subject
from knowledge.training.export import WEIGHTS, base_folder, export
from knowledge.training.keeping import forget
from knowledge.training.learn import Material, Plan, train
from knowledge.training.lessons import OF_ENCODER, Head, Labelled, invented_lessons, shipped_bank, shipped_lesson

INTENT, RIGHT, SEVERITY, SUBJECT = "intent", "right", "severity", "subject"
HEADS = (
    Head(INTENT, tuple(Intent), many=True, share=1.0),
    Head(RIGHT, tuple(Right), many=True, share=1.0),
    Head(SUBJECT, tuple(Subject), many=False, share=0.5),
    Head(SEVERITY, tuple(Severity), many=False, share=0.5),
)
# A question of a bank counts this much for what a message wants, and a message that is no request for which right.
OF_BANK, OF_OTHERS = 0.3, 0.1
# The encoder has not seen these hands: on them is chosen how triage decides. Triage itself learns from them too.
UNSEEN = frozenset({"cumin", "juniper", "neem", "saltbush", "tamarind", "wicker", "yamuna"})
NAME = "privacy-minilm-l6"
# Where a run that is broken off goes on from.
KEPT = Path("var") / "training"


def labelled(each: Utterance, company: str) -> Labelled:
    asks = Intent.RIGHTS_REQUEST in each.intents
    return Labelled(
        clarified(each.text.replace(COMPANY, company)),
        {
            INTENT: frozenset(each.intents),
            RIGHT: frozenset(each.rights),
            SUBJECT: frozenset({each.subject}),
            SEVERITY: frozenset({each.severity} if each.severity else ()),
        },
        {INTENT: 1.0, RIGHT: 1.0 if asks else OF_OTHERS, SUBJECT: float(asks), SEVERITY: float(bool(each.severity))},
    )


def about(text: str, kind: str) -> Labelled:
    """A question of a bank asks, chats, or is beside the point."""
    return Labelled(text, {INTENT: frozenset({CHAT.get(kind, Intent.QUESTION)})}, {INTENT: OF_BANK})


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    os.environ["HF_HUB_OFFLINE"] = "1"
    bank = shipped_bank()
    company = company_names(bank)[0]
    material = Material(
        lessons=[shipped_lesson(bank), *(each for each in invented_lessons() if each.name in OF_ENCODER)],
        texts=[labelled(each, company) for each in utterances() if each.hand not in UNSEEN],
        heads=HEADS,
        about=about,
    )
    with tempfile.TemporaryDirectory() as scratch, Progress(console=Console(stderr=True), transient=True) as bar:
        trained = Path(scratch) / NAME
        task = bar.add_task("training the encoder", total=None)
        train(
            base_folder(),
            material,
            Plan(),
            to=trained,
            kept=KEPT,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
        export(trained, WEIGHTS)
    forget(KEPT)


if __name__ == "__main__":
    main()
