"""What is kept of a training run. Torch is not installed where the tests run: a stand-in pickles what it is given."""

import pickle
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from knowledge.training.keeping import FILE, Keeper, forget


class Part:
    def __init__(self, weight: float) -> None:
        self.weight = weight

    def state_dict(self) -> dict[str, float]:
        return {"weight": self.weight}

    def load_state_dict(self, state: dict[str, float]) -> None:
        self.weight = state["weight"]


@pytest.fixture(autouse=True)
def torch(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The state of chance in the stand-in, to be looked at and set."""
    chance: dict[str, Any] = {"state": 1}
    stand_in = ModuleType("torch")
    vars(stand_in).update(
        save=lambda state, path: Path(path).write_bytes(pickle.dumps(state)),
        load=lambda path, weights_only: pickle.loads(Path(path).read_bytes()),
        get_rng_state=lambda: chance["state"],
        set_rng_state=lambda state: chance.update(state=state),
    )
    monkeypatch.setitem(sys.modules, "torch", stand_in)
    return chance


def test_a_broken_run_goes_on_with_the_same_weights_and_the_same_chance(tmp_path: Path, torch: dict[str, Any]) -> None:
    torch["state"] = 7
    random.seed(3)
    Keeper(tmp_path / "kept", "this run").keep(50, {"model": Part(0.25)})
    expected = random.random()
    torch["state"] = 8
    random.seed(4)
    taken = Part(0.0)
    assert Keeper(tmp_path / "kept", "this run").take_up({"model": taken}) == 50
    assert (taken.weight, torch["state"], random.random()) == (0.25, 7, expected)


def test_what_another_run_left_is_not_taken_up(tmp_path: Path) -> None:
    Keeper(tmp_path, "that run").keep(50, {"model": Part(0.25)})
    untouched = Part(0.0)
    assert Keeper(tmp_path, "this run").take_up({"model": untouched}) == 0
    assert untouched.weight == 0.0


def test_a_first_run_and_a_run_after_one_that_ended_begin_at_the_beginning(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path, "this run")
    assert keeper.take_up({}) == 0
    keeper.keep(50, {})
    forget(tmp_path)
    assert keeper.take_up({}) == 0
    assert not (tmp_path / FILE).exists()
