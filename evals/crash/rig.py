"""One run: starts the product, lets the crowd at it, kills it again and again, and hands both books to the judge."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Event

from evals.crash.blows import WORKER, Blow, plan
from evals.crash.client import Caller, Tally
from evals.crash.crowd import Crowd
from evals.crash.gauge import Gauge
from evals.crash.inspection import Inspector, audit_problems, file_problems, outbox_entries
from evals.crash.judge import Shown, Told, Verdict, judge
from evals.crash.ledger import Ledger, Promise, Story
from evals.crash.mailbox import ON_CALL, Mailbox
from evals.crash.options import LEAST_IN_FLIGHT, Engine, Options
from evals.crash.patience import Patience
from evals.crash.processes import FIRST_READY_SECONDS, NotRunning, Process, Where, free_port, of_names
from evals.crash.sabotage import VARIABLE
from evals.crash.stories import Stage
from evals.server import environment

QUIET_SECONDS = 60.0
INSPECTION_SECONDS = 600.0
# A look into the outbox is a process of its own.
OUTBOX_SECONDS = 2.0
# So many tickets of each story are read, and so many calls made again, after the last restart.
LOOKED_AT = 200

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run came to. `blows` counts each kind of victim, `in_flight` is noted at each kill."""

    verdict: Verdict
    blows: Mapping[str, int]
    tickets: Mapping[Story, int]
    acknowledged: int
    in_flight: Sequence[int]
    ready_seconds: Sequence[float]
    mails: int
    redelivered: int
    met: Mapping[str, int]
    seconds: float


class Rig:
    """In a folder of its own, which it leaves behind. `url` is a PostgreSQL, None for SQLite in the data folder."""

    def __init__(self, options: Options, folder: Path, url: str | None, say: Say) -> None:
        self._options = options
        self._say = say
        data_dir = folder / "data"
        data_dir.mkdir()
        self._where = Where(data_dir, folder, _environ(options, data_dir, url))
        broken = options.broken is not None
        self._servers = [Process(name, self._where, port=free_port(), broken=broken) for name in options.servers]
        self._worker = Process(WORKER, self._where)
        self._ports = [server.port for server in self._servers if server.port is not None]
        self._gauge, self._tally, self._ended = Gauge(), Tally(), Event()
        self._ledger = Ledger(folder / "ledger.jsonl")
        self._mailbox = Mailbox(data_dir / "mail")
        self._in_flight: list[int] = []
        self._ready: list[float] = []

    def run(self) -> Report:
        """Raises NotRunning where the product does not come up, TooQuiet where too little is in flight."""
        begun = time.monotonic()
        try:
            key = self._prepare()
            crowd = Crowd(lambda name: self._stage(name, key), self._options.clients)
            self._mailbox.start()
            crowd.start()
            blows = plan(seed=self._options.seed, kills=self._options.kills, servers=self._options.servers)
            for number, blow in enumerate(blows, 1):
                self._strike(number, blow)
            told, shown = self._aftermath(crowd, key)
        finally:
            self._ended.set()
            for process in self._processes():
                process.stop()
            self._ledger.close()
        return self._report(told, shown, blows, time.monotonic() - begun)

    def _prepare(self) -> str:
        """Start everything; the desk's key."""
        made = self._where.run("keys", "create", "--name", "crash", "--scope", "desk")
        if made.returncode:
            raise NotRunning(f"No key could be made: {made.stderr.strip()}")
        for process in self._processes():
            process.start()
            seconds = process.wait_ready(seconds=FIRST_READY_SECONDS)
            self._say(f"{process.name}: ready after {seconds:.1f} s")
        return made.stdout.split()[-1]

    def _strike(self, number: int, blow: Blow) -> None:
        victims = of_names(self._processes(), blow.victims)
        time.sleep(blow.after_seconds)
        port = victims[0].port
        with self._gauge.held(port, least=LEAST_IN_FLIGHT, patience_seconds=QUIET_SECONDS) as in_flight:
            for victim in victims:
                victim.kill()
        self._in_flight.append(in_flight)
        for victim in victims:
            victim.start()
        seconds = [victim.wait_ready() for victim in victims]
        self._ready += seconds
        self._say(
            f"kill {number}/{self._options.kills}: {' and '.join(blow.victims)}, {in_flight} in flight,"
            f" back after {max(seconds):.1f} s; {self._ledger.count()} acknowledged"
        )

    def _aftermath(self, crowd: Crowd, key: str) -> tuple[Told, Shown]:
        """Let everything drain, then look at it through the product's own doors."""
        self._say("draining")
        mail_seconds = self._options.mail_seconds
        unanswered = crowd.finish(seconds=2 * mail_seconds)
        self._ended.set()
        promises = self._ledger.promises()
        patience = Patience(Event(), seconds=INSPECTION_SECONDS)
        caller = Caller(self._ports, self._gauge, self._tally, patience, Random(0))  # noqa: S311 nothing is secret
        inspector = Inspector(caller, key)
        self._settle(patience, promises)
        looked_at = _sample(promises, self._options.seed)
        self._say(f"reading {len(looked_at)} tickets and repeating their calls")
        differing = list(filter(None, map(inspector.differs, looked_at)))
        repeated = list(filter(None, map(inspector.repeated, looked_at)))
        queue = inspector.queue()
        waiting, dead = (outbox_entries(self._where, state) for state in ("waiting", "dead"))
        caller.close()
        for process in self._processes():
            process.stop()
        self._mailbox.close()
        told = Told(promises, self._ledger.contradictions(), (*self._ledger.went_astray(), *crowd.broken()), unanswered)
        return told, Shown(
            queue=queue,
            alerts=self._mailbox.alerts(),
            codes=self._mailbox.codes(),
            receipts=self._mailbox.receipts(),
            differing=differing,
            repeated=repeated,
            waiting=waiting,
            dead=dead,
            audit=audit_problems(self._where),
            file=self._file_problems(),
        )

    def _settle(self, patience: Patience, promises: Sequence[Promise]) -> None:
        """Wait until every mail is there that must come; what does not come is the judge's."""

        def delivered() -> bool:
            told = Told(promises)
            mails = self._mailbox
            shown = Shown((), alerts=mails.alerts(), codes=mails.codes(), receipts=mails.receipts())
            return not judge(told, shown).undelivered

        def sent() -> bool:
            return not outbox_entries(self._where, "waiting")

        patience.until(delivered, seconds=self._options.mail_seconds)
        patience.until(sent, seconds=self._options.mail_seconds, every=OUTBOX_SECONDS)

    def _file_problems(self) -> tuple[str, ...]:
        if self._options.engine is not Engine.SQLITE:
            return ()
        (file,) = self._where.data_dir.glob("*.sqlite3")
        return file_problems(file)

    def _stage(self, name: str, key: str) -> Stage:
        random = Random(f"{self._options.seed} {name}")  # noqa: S311 a run that can be repeated
        patience = Patience(self._ended)
        caller = Caller(self._ports, self._gauge, self._tally, patience, random)
        return Stage(caller, self._ledger, self._mailbox, patience, random, key, self._options.mail_seconds)

    def _processes(self) -> tuple[Process, ...]:
        return (*self._servers, self._worker)

    def _report(self, told: Told, shown: Shown, blows: Sequence[Blow], seconds: float) -> Report:
        mails, redelivered = self._mailbox.counts()
        return Report(
            verdict=judge(told, shown),
            blows=Counter(" and ".join(blow.victims) for blow in blows),
            tickets=Counter(promise.story for promise in told.promises for _ in promise.references),
            acknowledged=self._ledger.count(),
            in_flight=self._in_flight,
            ready_seconds=self._ready,
            mails=mails,
            redelivered=redelivered,
            met=self._tally.met(),
            seconds=seconds,
        )


def _environ(options: Options, data_dir: Path, url: str | None) -> dict[str, str]:
    """Each conversation of the crowd comes from an address of its own, which the servers take from its header."""
    ours = {"PRIVACY_ASSISTANT_ON_CALL": ON_CALL, "PRIVACY_ASSISTANT_TRUSTED_PROXIES": "127.0.0.1"}
    ours |= {"PRIVACY_ASSISTANT_DATABASE_URL": url} if url else {}
    ours |= {"PRIVACY_ASSISTANT_POLICY": options.policy} if options.policy else {}
    ours |= {VARIABLE: options.broken.value} if options.broken else {}
    return environment(data_dir) | ours


def _sample(promises: Sequence[Promise], seed: int) -> list[Promise]:
    """Some of every story."""
    random = Random(f"sample {seed}")  # noqa: S311 a run that can be repeated
    stories = [[promise for promise in promises if promise.story is story] for story in Story]
    return [promise for story in stories for promise in random.sample(story, min(LOOKED_AT, len(story)))]
