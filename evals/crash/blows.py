"""When which process is killed: the plan of a run, the same for the same seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

WORKER = "worker"
SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 1.6
# Of ten blows so many hit the worker alone, and so many a server with the worker; the others a server alone.
WORKER_ALONE, BOTH = 2, 2


@dataclass(frozen=True, slots=True)
class Blow:
    """Who is killed, so many seconds after everybody was ready."""

    victims: tuple[str, ...]
    after_seconds: float


def plan(*, seed: int, kills: int, servers: Sequence[str]) -> tuple[Blow, ...]:
    """`kills` blows; every process is hit in turn as chance has it."""
    random = Random(f"blows {seed}")  # noqa: S311 a run that can be repeated
    return tuple(Blow(_victims(random, servers), random.uniform(SHORTEST_PAUSE, LONGEST_PAUSE)) for _ in range(kills))


def _victims(random: Random, servers: Sequence[str]) -> tuple[str, ...]:
    draw = random.randrange(10)
    if draw < WORKER_ALONE:
        return (WORKER,)
    server = random.choice(servers)
    return (server, WORKER) if draw < WORKER_ALONE + BOTH else (server,)
