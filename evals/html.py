"""`python -m evals.html`: what the other measurements left in the report folder, as one page without foreign assets.

Shows figures, kinds, outcomes and case ids; the files it reads hold no message, so the page cannot.
"""

import argparse
import base64
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from evals import by_bank, policies, privacyqa
from evals.report import HEADINGS, METRICS, REPORT
from evals.summary import ALL, Measure

PAGE = "index.html"
_PLOTS: Mapping[str, str] = {
    "by_kind.png": "Each measure by kind, with its 95 % interval",
    "margins.png": "How far the best clause stands above the best other outcome",
    "latency.png": "Milliseconds from the last message to the recorded reply",
}
_STYLE = """
:root { color-scheme: light dark; --line: #8886; --good: #2b7a4b33; --bad: #b3472f33; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; } h2 { margin-top: 3rem; } .said { opacity: .75; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 1rem 0; font-size: .875rem; }
th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th { vertical-align: bottom; white-space: normal; } th:first-child, td:first-child { text-align: left; }
tr.sum { font-weight: 600; border-top: 2px solid; } td small { display: block; opacity: .7; font-weight: 400; }
td.right { background: var(--good); } td.wrong { background: var(--bad); }
figure { margin: 2rem 0; } img { max-width: 100%; background: #fff; } figcaption { font-size: .875rem; }
"""
# What a good reply to a case looks like from outside.
_DUE: Mapping[str, frozenset[str]] = {
    "answer": frozenset({"answered"}),
    "abstain": frozenset({"not_stated"}),
    "smalltalk": frozenset({"chatted"}),
    "off_topic": frozenset({"declined", "not_understood"}),
}
_EXPECTED: Mapping[str, str] = {
    "answer": "an answer",
    "abstain": "“the policy does not state this”",
    "smalltalk": "small talk",
    "off_topic": "a refusal as off topic",
}


def page(folder: Path) -> str:
    """The parts whose measurement has been made; the others are named as missing."""
    answers, other, outside = (_read(folder / name) for name in (METRICS, policies.METRICS, privacyqa.METRICS))
    parts = [
        *(_answers(answers, folder) if answers else _missing("Answers", "evals.run")),
        *(_policies(other) if other else _missing("Other policies", "evals.policies")),
        *(_privacyqa(outside) if outside else _missing("PrivacyQA", "evals.privacyqa")),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Evaluation report</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><h1>Evaluation report</h1>"
        "<p class=said>Shares are in percent; under each stands its 95 % bootstrap interval over the cases.</p>"
        f"{''.join(parts)}</body></html>\n"
    )


def _missing(title: str, module: str) -> Iterable[str]:
    return (f"<h2>{title}</h2><p>Not measured yet: run <code>python -m {module}</code>.</p>",)


def _answers(found: Any, folder: Path) -> Iterable[str]:
    said = found["provenance"]
    yield f"<h2>Answers: {escape(said['dataset'])}</h2>"
    yield f"<p class=said>{said['cases']} cases, measured {said['date']} with <code>{escape(said['command'])}</code>,"
    yield f" policy version {escape(said['policy_version'])} ({said['policy_sha256'][:12]}).</p>"
    rows = [
        [
            row["kind"].replace("_", " "),
            str(row["cases"]),
            *_measures(row, HEADINGS),
            f"{row['p50_ms']:.1f}",
            f"{row['p95_ms']:.1f}",
        ]
        for row in found["rows"]
    ]
    yield _table(["kind", "cases", *HEADINGS.values(), "p50 ms", "p95 ms"], rows, sums=(ALL,))
    yield "<h3>What went wrong, by kind</h3>"
    yield _confusions(found["cases"])
    yield _wrong(found["cases"])
    for name, caption in _PLOTS.items():
        if (folder / name).is_file():
            data = base64.b64encode((folder / name).read_bytes()).decode()
            image = f'<img alt="{caption}" src="data:image/png;base64,{data}">'
            yield f"<figure>{image}<figcaption>{caption}</figcaption></figure>"


def _policies(found: Any) -> Iterable[str]:
    yield f"<h2>Other policies, by the size of their bank</h2><p class=said>{escape(found['said'])}</p>"
    rows = [
        [row["policy"], str(row["size"]), str(row["cases"]), *_measures(row, by_bank.MEASURES), _interval(row["taken"])]
        for row in found["rows"]
    ]
    headings = ["policy", "bank", "cases", *by_bank.MEASURES.values(), by_bank.TAKEN_FOR_ANOTHER]
    yield _table(headings, rows, sums=(by_bank.ALL_HELD_OUT,))
    for size in sorted({case["size"] for case in found["cases"]}):
        yield f"<h3>What went wrong with a bank of {size}, by kind</h3>"
        yield _confusions([case for case in found["cases"] if case["size"] == size])


def _privacyqa(found: Any) -> Iterable[str]:
    yield "<h2>PrivacyQA</h2><p class=said>Outside data: the encoder alone ranks every sentence of a real policy.</p>"
    rows = [[each["encoder"], _interval(each["precision"]), _interval(each["separation"])] for each in found]
    yield _table(["encoder", "MAP", "AUROC within a policy"], rows)


def _confusions(cases: Sequence[Mapping[str, Any]]) -> str:
    """How many cases of each kind had which outcome."""
    outcomes = sorted({case["outcome"] for case in cases})
    counts = Counter((case["kind"], case["expect"], case["outcome"]) for case in cases)
    rows = []
    for kind, expect in dict.fromkeys((case["kind"], case["expect"]) for case in cases):
        shown = ((counts[kind, expect, outcome], outcome in _DUE[expect]) for outcome in outcomes)
        cells = "".join(
            f"<td class={'right' if due else 'wrong'}>{count}</td>" if count else "<td></td>" for count, due in shown
        )
        rows.append(f"<tr><td>{kind.replace('_', ' ')}</td><td>{_EXPECTED[expect]}</td>{cells}</tr>")
    heads = "".join(f"<th>{head.replace('_', ' ')}</th>" for head in ("kind", "expected", *outcomes))
    return f"<div class=wide><table><tr>{heads}</tr>{''.join(rows)}</table></div>"


def _wrong(cases: Sequence[Mapping[str, Any]]) -> str:
    """Of each kind, how many cases failed which measure; one case may fail several."""
    failures: Mapping[str, Any] = {
        "all gold cited": lambda case: case["all_gold"] is False,
        "first right": lambda case: case["first_right"] is False,
        "not stated, caught": lambda case: case["caught"] is False,
        "false abstention": lambda case: case["false_abstention"] is True,
        "handled": lambda case: case["handled"] is False,
        "must-include": lambda case: case["includes"] is False or case["excludes"] is False,
        "verbatim": lambda case: case["verbatim"] is False,
    }
    rows = []
    for kind in dict.fromkeys(case["kind"] for case in cases):
        mine = [case for case in cases if case["kind"] == kind]
        failed = [sum(map(test, mine)) for test in failures.values()]
        wrong = sum(not case["right"] for case in mine)
        rows.append([kind.replace("_", " "), str(len(mine)), str(wrong), *(str(count or "") for count in failed)])
    return _table(["kind", "cases", "not wholly right", *failures], rows)


def _measures(row: Mapping[str, Any], headings: Mapping[Measure, str]) -> list[str]:
    return [_interval(row["measures"][measure], share=measure is not Measure.BEYOND) for measure in headings]


def _interval(measured: Mapping[str, float] | None, *, share: bool = True) -> str:
    if measured is None:
        return ""
    mean, low, high = (
        f"{measured[at] * 100:.1f}" if share else f"{measured[at]:.2f}" for at in ("mean", "low", "high")
    )
    return f"{mean}<small>{low}–{high}</small>"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, sums: Sequence[str] = ()) -> str:
    heads = "".join(f"<th>{heading}</th>" for heading in headings)
    lines = [
        f"<tr{' class=sum' if row[0] in sums else ''}>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in rows
    ]
    return f"<div class=wide><table><tr>{heads}</tr>{''.join(lines)}</table></div>"


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="evals.html", description="Write the evaluation report as one page.")
    parser.add_argument("--report", type=Path, default=REPORT, help=f"where the figures lie and {PAGE} goes")
    options = parser.parse_args(argv)
    options.report.mkdir(parents=True, exist_ok=True)
    (options.report / PAGE).write_text(page(options.report), encoding="utf-8")


if __name__ == "__main__":
    main()
