"""Triage: what a masked message wants. Rules first, for what must not be missed; the trained model for the rest.

Pure thinking: stores nothing, answers nothing. Where the encoder fails, rules and the lexical labels still decide.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.beside import Beside
from assistant.triage import deciding
from assistant.triage.features import clarified, features, plain
from assistant.triage.lexicon import Lexicon
from assistant.triage.model import Model, load_model
from assistant.triage.rules import Guard, Rule, Rulebook
from assistant.triage.sentences import sentences
from assistant.triage.values import Triage
from knowledge.encoder.protocol import Encoder, Vectors

__all__ = ["Triager", "load_model"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a message say, before anything is known of what they mean."""

    parts: tuple[str, ...]
    whole: Vectors
    alone: tuple[Vectors, ...]
    rules: tuple[Rule, ...]
    guards: frozenset[Guard]
    sounds_critical: bool


class Triager:
    """Safe to call from several threads."""

    def __init__(
        self, encoder: Encoder | None, model: Model, *, names: Sequence[str] = (), beside: Beside | None = None
    ) -> None:
        """`names`: how the organisation is written, so that what is said of it reads like what was learned."""
        self._encoder = encoder if encoder is not None and _fits(encoder, model) else None
        self._model = model
        self._names = tuple(names)
        self._beside = beside or Beside()
        self._lexicon = Lexicon.load()
        self._rulebook = Rulebook.load()

    def triage(self, masked: str, vector: Vectors | None = None, *, goes_on: bool = False) -> Triage:
        """`vector`: that of the whole message by the same encoder, where the caller has it already; `goes_on`: whether
        the message leans on an answer that was given before it.
        """
        said = clarified(masked)
        if self._encoder is None or vector is not None:
            begun, own = None, None if self._encoder is None else vector
        else:
            # The encoder computes without the interpreter: meanwhile the words are looked at.
            begun = self._beside.begin(self._words, said)
            own = self._encoded(self._encoder, said)
        words = self._words(said) if begun is None else begun.result()
        return deciding.decide(self._heard(words, own, goes_on=goes_on))

    def _words(self, said: str) -> _Words:
        parts, text = sentences(said) or [said], plain(said, self._names)
        return _Words(
            parts=tuple(parts),
            whole=self._worded(said),
            alone=tuple(map(self._worded, parts)) if len(parts) > 1 else (),
            rules=tuple(self._rulebook.firing(text)),
            guards=self._rulebook.held(text),
            sounds_critical=self._rulebook.sounds_critical(text),
        )

    def _heard(self, words: _Words, own: Vectors | None, *, goes_on: bool) -> deciding.Heard:
        whole = self._model.scores(words.whole, own)
        return deciding.Heard(
            parts=words.parts,
            whole=whole,
            alone=tuple(self._model.scores(part, None) for part in words.alone) or (whole,),
            rules=words.rules,
            guards=words.guards,
            sounds_critical=words.sounds_critical,
            encoded=own is not None,
            goes_on=goes_on,
        )

    def _worded(self, text: str) -> Vectors:
        return self._model.worded(features(plain(text, self._names), self._lexicon))

    def _encoded(self, encoder: Encoder, masked: str) -> Vectors | None:
        try:
            vector: Vectors = encoder.encode([masked])[0]
        except Exception as error:  # noqa: BLE001 - whatever the encoder meets, a report must still be heard
            _log.warning("The encoder failed (%s): triage goes by rules and words alone.", type(error).__name__)
            return None
        return vector


def _fits(encoder: Encoder, model: Model) -> bool:
    if encoder.name == model.encoder:
        return True
    _log.warning("The triage model was trained with another encoder: triage goes by rules and words alone.")
    return False
