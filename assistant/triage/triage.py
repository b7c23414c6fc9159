"""Triage: what a masked message wants. Rules first, for what must not be missed; the trained model for the rest.

Pure thinking: stores nothing, answers nothing. Where the encoder fails, rules and the lexical labels still decide.
"""

import logging
from collections.abc import Mapping, Sequence

from assistant.triage import deciding
from assistant.triage.features import clarified, features, plain
from assistant.triage.lexicon import Lexicon
from assistant.triage.model import Model, load_model
from assistant.triage.rules import Rulebook
from assistant.triage.sentences import sentences
from assistant.triage.values import Triage
from knowledge.encoder.protocol import Encoder, Vectors

__all__ = ["Triager", "load_model"]

_log = logging.getLogger(__name__)


class Triager:
    """Safe to call from several threads."""

    def __init__(self, encoder: Encoder | None, model: Model, *, names: Sequence[str] = ()) -> None:
        """`names`: how the organisation is written, so that what is said of it reads like what was learned."""
        self._encoder = encoder if encoder is not None and _fits(encoder, model) else None
        self._model = model
        self._names = tuple(names)
        self._lexicon = Lexicon.load()
        self._rulebook = Rulebook.load()

    def triage(self, masked: str, vector: Vectors | None = None, *, goes_on: bool = False) -> Triage:
        """`vector`: that of the whole message by the same encoder, where the caller has it already; `goes_on`: whether
        the message leans on an answer that was given before it.
        """
        said = clarified(masked)
        parts = sentences(said) or [said]
        text = plain(said, self._names)
        own = vector if self._encoder is not None and vector is not None else self._encoded(said)
        whole = self._scores(said, own)
        heard = deciding.Heard(
            parts=tuple(parts),
            whole=whole,
            alone=tuple(self._scores(part, None) for part in parts) if len(parts) > 1 else (whole,),
            rules=tuple(self._rulebook.firing(text)),
            guards=self._rulebook.held(text),
            sounds_critical=self._rulebook.sounds_critical(text),
            encoded=own is not None,
            goes_on=goes_on,
        )
        return deciding.decide(heard)

    def _scores(self, text: str, vector: Vectors | None) -> Mapping[str, float]:
        return self._model.scores(features(plain(text, self._names), self._lexicon), vector)

    def _encoded(self, masked: str) -> Vectors | None:
        if self._encoder is None:
            return None
        try:
            vector: Vectors = self._encoder.encode([masked])[0]
        except Exception as error:  # noqa: BLE001 - whatever the encoder meets, a report must still be heard
            _log.warning("The encoder failed (%s): triage goes by rules and words alone.", type(error).__name__)
            return None
        return vector


def _fits(encoder: Encoder, model: Model) -> bool:
    if encoder.name == model.encoder:
        return True
    _log.warning("The triage model was trained with another encoder: triage goes by rules and words alone.")
    return False
