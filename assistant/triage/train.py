"""`python -m assistant.triage.train`: learn the model anew from utterances, lexicon and question bank, and write it.

The same data and encoder give the same file. Takes about nine minutes on two cores and 19 GB of memory.
"""

import logging
import tomllib
from pathlib import Path

from assistant.triage.examples import examples
from assistant.triage.learning import fit
from assistant.triage.model import FILE
from knowledge.encoder.onnx import OnnxEncoder
from knowledge.training.lessons import shipped_bank

_log = logging.getLogger("assistant.triage.train")


def company_names(folder: Path) -> tuple[str, ...]:
    organisation = tomllib.loads((folder / "organisation.toml").read_text(encoding="utf-8"))
    return (organisation["name"], *organisation.get("also_known_as", ()))


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    encoder = OnnxEncoder(threads=2)
    learned = examples(shipped_bank(), encoder, names=company_names(shipped_bank()))
    _log.info("%d examples", len(learned.seen))
    fit(learned.seen, learned.vectors, encoder=encoder.name, origin=learned.origin).save()
    _log.info("%s: %.1f MB", FILE.name, FILE.stat().st_size / 1e6)


if __name__ == "__main__":
    main()
