"""How large a run is: what the command line may say of it."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from evals.crash.ledger import Story
from evals.crash.sabotage import Break

LEAST_IN_FLIGHT = 10
# Stories that wait for a mail have no request in flight meanwhile; those of the desk always have one.
CLIENTS: Mapping[Story, int] = {Story.DESK: 28, Story.INCIDENT: 12, Story.RIGHTS: 12}
# A lease of a killed sender lapses after 30 s, and whoever takes it over may be killed too; a flood of incidents is
# told once a minute. A run that is broken on purpose need not wait for what never comes.
MAIL_SECONDS, MAIL_SECONDS_WHEN_BROKEN = 240.0, 40.0
SEED = 20_261_122


class Engine(StrEnum):
    SQLITE = "sqlite"
    POSTGRES = "postgres"


@dataclass(frozen=True, slots=True)
class Options:
    kills: int
    engine: Engine
    seed: int
    broken: Break | None = None
    policy: str | None = None
    clients: Mapping[Story, int] = field(default_factory=lambda: CLIENTS)

    @property
    def servers(self) -> tuple[str, ...]:
        """On PostgreSQL two servers work at once."""
        return ("server",) if self.engine is Engine.SQLITE else ("server 1", "server 2")

    @property
    def mail_seconds(self) -> float:
        return MAIL_SECONDS if self.broken is None else MAIL_SECONDS_WHEN_BROKEN


def read_options(argv: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="evals.crash", description=__doc__)
    parser.add_argument("--kills", type=_number, default=200, help="how often something is killed")
    parser.add_argument("--database", type=Engine, choices=tuple(Engine), default=Engine.SQLITE)
    parser.add_argument("--seed", type=int, default=SEED, help="of the kills and of what the clients say")
    parser.add_argument(
        "--break", dest="broken", type=Break, choices=tuple(Break), help="break the product: the run must fail then"
    )
    parser.add_argument("--policy", help="a shipped policy or a folder; the product's default without it")
    given = parser.parse_args(argv)
    return Options(kills=given.kills, engine=given.database, seed=given.seed, broken=given.broken, policy=given.policy)


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
