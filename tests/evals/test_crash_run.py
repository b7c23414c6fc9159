from pathlib import Path

from evals.crash.ledger import Story
from evals.crash.options import LEAST_IN_FLIGHT, Engine, Options
from evals.crash.rig import Rig
from tests.conftest import DATA

# Server and worker at once, and the server again, one soon after the other. `make crash` kills 200 times.
SEED = 68
CLIENTS = {Story.DESK: 15, Story.INCIDENT: 1, Story.RIGHTS: 2}


def test_nothing_that_was_acknowledged_is_lost_by_two_kills(tmp_path: Path) -> None:
    options = Options(kills=2, engine=Engine.SQLITE, seed=SEED, policy=str(DATA / "harbourlight"), clients=CLIENTS)
    report = Rig(options, tmp_path, None, lambda _: None).run()
    assert report.verdict.whole, report.verdict
    assert min(report.in_flight) >= LEAST_IN_FLIGHT
    assert set(report.tickets) == set(Story)
