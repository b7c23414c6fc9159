"""A training run's state on disk, so that one that was broken off goes on where it stood. Needs the `models` extra."""

import hashlib
import logging
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

FILE = "state.pt"


class Keeper:
    """One file in `folder`, replaced whole; `belongs_to` names the run, and that of another run is not taken up."""

    def __init__(self, folder: Path, belongs_to: str) -> None:
        self._file = folder / FILE
        self._belongs_to = belongs_to

    def keep(self, step: int, parts: Mapping[str, Any]) -> None:
        """`parts` by name, each with torch's `state_dict`; the generators of chance are kept beside them."""
        import torch

        self._file.parent.mkdir(parents=True, exist_ok=True)
        state = {
            "belongs_to": self._belongs_to,
            "step": step,
            "parts": {name: part.state_dict() for name, part in parts.items()},
            "python": random.getstate(),
            "torch": torch.get_rng_state(),
        }
        beside = self._file.with_suffix(".new")
        torch.save(state, beside)
        beside.replace(self._file)

    def take_up(self, parts: Mapping[str, Any]) -> int:
        """Put `parts` where the broken run left them; how many steps are done, 0 where there is nothing to take up."""
        import torch

        if not self._file.exists():
            return 0
        # Our own file, and the state of a generator is no tensor.
        state = torch.load(self._file, weights_only=False)
        if state["belongs_to"] != self._belongs_to:
            _log.info("What stands in %s is of another run: starting anew.", self._file.parent)
            return 0
        for name, part in parts.items():
            part.load_state_dict(state["parts"][name])
        random.setstate(state["python"])
        torch.set_rng_state(state["torch"])
        step = int(state["step"])
        _log.info("Going on after step %d.", step)
        return step


def forget(folder: Path) -> None:
    """The run is over and its result written."""
    (folder / FILE).unlink(missing_ok=True)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
