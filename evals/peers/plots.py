"""Plots of the peers beside us, drawn from peers.json alone. Needs matplotlib, as `evals.plots` does."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evals.plots import save

_QUALITY: Mapping[str, tuple[str, str]] = {
    "first right": ("shipped", "first_right"),
    "all gold among five": ("shipped", "all_gold"),
    "MRR": ("shipped", "reciprocal_rank"),
    "nDCG@5": ("shipped", "ndcg"),
    "not stated, caught\n(threshold)": ("chosen", "caught"),
}
_COLOURS = ("#1f4e79", "#888888", "#b3472f", "#d9a08f", "#2b7a4b", "#8a5fa8")


def draw(found: Mapping[str, Any], folder: Path) -> tuple[Path, ...]:
    """Write the plots into the folder and return their paths."""
    ways = found["ways"]
    return save(
        {
            "peers_quality.png": quality(ways),
            "peers_abstention.png": abstention(ways, [case["expect"] for case in found["cases"]]),
            "peers_latency.png": latency(ways),
            "peers_cost.png": cost(ways),
        },
        folder,
    )


def quality(ways: Sequence[Mapping[str, Any]]) -> Figure:
    """A group of bars a measure, a bar a way, with its 95 % interval."""
    figure, axes = _figure(10, 4)
    width = 0.8 / len(ways)
    for at, way in enumerate(ways):
        measured = [way[rule][measure] or {"mean": 0.0, "low": 0.0, "high": 0.0} for rule, measure in _QUALITY.values()]
        means, lows, highs = (np.array([one[name] for one in measured]) for name in ("mean", "low", "high"))
        places = np.arange(len(measured)) + (at - (len(ways) - 1) / 2) * width
        limits = np.maximum([means - lows, highs - means], 0)
        axes.bar(places, means, width, yerr=limits, color=_colour(at), label=way["way"], capsize=2)
    axes.set_xticks(range(len(_QUALITY)), list(_QUALITY))
    axes.set_ylim(0, 1.02)
    axes.set_ylabel("mean, with 95 % bootstrap interval")
    figure.legend(loc="outside lower center", ncols=3, fontsize=8)
    return figure


def abstention(ways: Sequence[Mapping[str, Any]], expected: Sequence[str]) -> Figure:
    """What each way catches at what price: a curve over all thresholds, and the point that was chosen beforehand."""
    figure, axes = _figure(6, 5)
    answer, abstain = (np.array([expect == which for expect in expected]) for which in ("answer", "abstain"))
    for at, way in enumerate(ways):
        if way["threshold"] is not None:
            scores = np.array(way["scores"], dtype=np.float64)
            steps = np.append(np.unique(scores), np.inf)
            price = [float((scores[answer] < step).mean()) if answer.any() else 0.0 for step in steps]
            gain = [float((scores[abstain] < step).mean()) if abstain.any() else 0.0 for step in steps]
            axes.plot(price, gain, color=_colour(at), linewidth=1)
        price_, gain_ = way["chosen"]["false_abstentions"], way["chosen"]["caught"]
        if price_ and gain_:
            # Ways that find the same stand on the same point: the later are the smaller.
            size = 3 + 2 * (len(ways) - at)
            axes.plot(price_["mean"], gain_["mean"], "o", color=_colour(at), label=way["way"], markersize=size)
    axes.set_xlabel("false abstentions, share of the answerable questions")
    axes.set_ylabel("caught, share of what is not stated")
    axes.set_xlim(-0.01, 0.5)
    axes.set_ylim(-0.02, 1.02)
    figure.legend(loc="outside lower center", ncols=2, fontsize=8)
    return figure


def latency(ways: Sequence[Mapping[str, Any]]) -> Figure:
    """The share of the questions answered within a time."""
    figure, axes = _figure(7, 4)
    for at, way in enumerate(ways):
        milliseconds = np.sort(way["milliseconds"])
        shares = np.arange(1, len(milliseconds) + 1) / len(milliseconds)
        axes.step(milliseconds, shares, where="post", color=_colour(at), label=way["way"])
    axes.set_xscale("log")
    axes.set_xlabel("milliseconds from question to cited clauses, one after another")
    axes.set_ylabel("share of the questions")
    figure.legend(loc="outside lower center", ncols=3, fontsize=8)
    return figure


def cost(ways: Sequence[Mapping[str, Any]]) -> Figure:
    """A panel a cost; the ways lie far apart, so that each bar has its figure."""
    panels = {
        "questions a second, 4 threads (more is better)": [way["rate"] for way in ways],
        "CPU ms a question": [way["cpu_ms"] for way in ways],
        "start to first answer, s": [way["start_seconds"] for way in ways],
        "peak memory, MiB": [(way["loaded"] or {"peak": None})["peak"] for way in ways],
    }
    figure = Figure(figsize=(10, 5), layout="constrained")
    for axes, (name, values) in zip(figure.subplots(2, 2, sharey=True).flat, panels.items(), strict=True):
        known = [(at, value) for at, value in enumerate(values) if value]
        bars = axes.barh([at for at, _ in known], [value for _, value in known], color=[_colour(at) for at, _ in known])
        axes.bar_label(bars, fmt="%.3g", fontsize=8, padding=2)
        axes.margins(x=0.15)
        axes.set_yticks(range(len(ways)), [way["way"] for way in ways], fontsize=8)
        axes.set_title(name, fontsize=9)
    # The first one names the ways from above for all.
    figure.axes[0].invert_yaxis()
    return figure


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def _colour(at: int) -> str:
    return _COLOURS[at % len(_COLOURS)]
