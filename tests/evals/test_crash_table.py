from dataclasses import replace

import pytest
from rich.console import Console

from evals.crash.judge import Verdict
from evals.crash.ledger import Story
from evals.crash.options import Engine, Options
from evals.crash.rig import Report
from evals.crash.sabotage import Break
from evals.crash.table import MOST_NAMED, breaches, conclusion, table

WHOLE = Verdict((), (), (), ())
LOST = Verdict(lost=("desk a: gone",), doubled=(), undelivered=(), others=())
ASTRAY = Verdict(lost=(), doubled=(), undelivered=(), others=("rights c: status 404",))
OPTIONS = Options(kills=2, engine=Engine.SQLITE, seed=7)
REPORT = Report(
    verdict=LOST,
    blows={"server": 1, "worker": 1},
    tickets={Story.DESK: 1234},
    acknowledged=1300,
    in_flight=[12, 30, 31],
    ready_seconds=[2.0, 3.0, 9.5],
    mails=40,
    redelivered=3,
    met={"status 503": 2, "calls": 1500},
    seconds=61.0,
)


def test_the_table_says_what_was_measured() -> None:
    console = Console(width=120)
    with console.capture() as captured:
        console.print(table(OPTIONS, REPORT))
    shown = captured.get()
    for words in ("2 (server 1, worker 1)", "12 / 30", "1,234 (desk 1,234)", "40 / 3", "3.0 / 9.5", "status 503 2"):
        assert words in shown


def test_breaches_are_named_up_to_a_number() -> None:
    many = replace(LOST, lost=tuple(f"desk {number}: gone" for number in range(MOST_NAMED + 5)))
    lines = breaches(replace(REPORT, verdict=many))
    assert (lines[0], lines[-1], len(lines)) == ("lost: desk 0: gone", "lost: and 5 more", MOST_NAMED + 1)


@pytest.mark.parametrize(
    ("broken", "verdict", "status"),
    [
        (None, WHOLE, 0),
        (None, LOST, 1),
        (None, ASTRAY, 1),
        (Break.COMMIT, LOST, 1),
        (Break.COMMIT, WHOLE, 2),
        (Break.COMMIT, ASTRAY, 2),
    ],
)
def test_a_product_broken_on_purpose_must_be_seen_to_lose(broken: Break | None, verdict: Verdict, status: int) -> None:
    assert conclusion(replace(OPTIONS, broken=broken), verdict)[0] == status
