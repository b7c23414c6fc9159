"""Plots of one run, drawn from its metrics.json alone. Needs matplotlib, which only the development install has."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from evals.summary import ALL, Measure

_MEASURES = (Measure.ALL_GOLD, Measure.FIRST_RIGHT, Measure.CAUGHT, Measure.HANDLED, Measure.WORDS)
_BINS = 40
_DPI = 120


def draw(metrics: Mapping[str, Any], folder: Path) -> tuple[Path, ...]:
    """Write the plots into the folder and return their paths."""
    return save(
        {
            "by_kind.png": by_kind(metrics["rows"]),
            "latency.png": latency(metrics["cases"]),
            "margins.png": margins(metrics["cases"]),
        },
        folder,
    )


def save(figures: Mapping[str, Figure], folder: Path) -> tuple[Path, ...]:
    """Write each under its name."""
    paths = []
    for name, figure in figures.items():
        figure.savefig(folder / name, dpi=_DPI)
        paths.append(folder / name)
    return tuple(paths)


def by_kind(rows: Sequence[Mapping[str, Any]]) -> Figure:
    """One bar for each kind and measure, with its 95 % interval."""
    bars = [
        (f"{row['kind'].replace('_', ' ')}: {measure.replace('_', ' ')}", row["measures"][measure])
        for row in rows
        for measure in _MEASURES
        if row["measures"][measure] is not None
    ]
    figure = Figure(figsize=(9, 0.28 * len(bars) + 1), layout="constrained")
    axes = figure.add_subplot()
    means = np.array([measured["mean"] for _, measured in bars])
    below = means - [measured["low"] for _, measured in bars]
    above = [measured["high"] for _, measured in bars] - means
    colours = ["#1f4e79" if label.startswith(f"{ALL}:") else "#6c9bc9" for label, _ in bars]
    axes.barh(range(len(bars)), means, xerr=np.maximum([below, above], 0), color=colours, capsize=2)
    axes.set_yticks(range(len(bars)), [label for label, _ in bars], fontsize=8)
    axes.invert_yaxis()
    axes.set_xlim(0, 1.02)
    axes.set_xlabel("share of the cases, with 95 % bootstrap intervals")
    return figure


def latency(cases: Sequence[Mapping[str, Any]]) -> Figure:
    figure = Figure(figsize=(7, 3.5), layout="constrained")
    axes = figure.add_subplot()
    milliseconds = [case["milliseconds"] for case in cases]
    axes.hist(milliseconds, bins=_BINS, color="#6c9bc9")
    for share in (50, 95):
        at = float(np.percentile(milliseconds, share))
        axes.axvline(at, color="#1f4e79", linewidth=1)
        axes.annotate(f"p{share} {at:.1f}", (at, 0.95), xycoords=("data", "axes fraction"), fontsize=8)
    axes.set_xlabel("milliseconds from the last message to the recorded reply")
    axes.set_ylabel("cases")
    return figure


def margins(cases: Sequence[Mapping[str, Any]]) -> Figure:
    """How far the best clause stands above the best other outcome: where the policy answers, and where it does not."""
    figure = Figure(figsize=(7, 3.5), layout="constrained")
    axes = figure.add_subplot()
    alone = [case for case in cases if case["margin"] is not None]
    groups = {
        "answerable": [case["margin"] for case in alone if case["expect"] == "answer"],
        "not stated": [case["margin"] for case in alone if case["expect"] == "abstain"],
        "small talk and off topic": [case["margin"] for case in alone if case["expect"] in {"smalltalk", "off_topic"}],
    }
    edges = np.linspace(-1.5, 1.5, _BINS + 1).tolist()
    for (label, values), colour in zip(groups.items(), ("#2b7a4b", "#b3472f", "#888888"), strict=True):
        axes.hist(np.clip(values, edges[0], edges[-1]), bins=edges, alpha=0.55, label=label, color=colour)
    axes.set_xlabel("margin of the best clause over the best other outcome")
    axes.set_ylabel("cases of one turn")
    axes.legend(fontsize=8)
    return figure
