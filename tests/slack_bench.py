"""`make bench-slack`: how soon events are acknowledged while twenty a second come in, each answered once, and what
becomes of ten thousand forged requests. A real `serve`, a fake Slack, signed requests over real connections.
"""

import argparse
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from integrations.slack.gate import PATH
from integrations.slack.signature import signed
from tests.fakes.slack import BOT, TOKEN, SlackServer, serving
from tests.integrations.slack.test_gate import mutations
from tests.integrations.slack.workplace import DIRECT, MEMBER, SECRET, TEAM, populate

PER_SECOND, P99_SECONDS, FORGED_SECONDS = 20, 1.0, 0.005
QUESTIONS = (
    "How long do you keep billing records?",
    "Do you sell my personal information?",
    "How can I have my data deleted?",
    "Which cookies do you set?",
)
PREFIX = "PRIVACY_ASSISTANT_"


@dataclass(frozen=True)
class Served:
    port: int
    process: "subprocess.Popen[str]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--forged", type=int, default=10_000)
    parser.add_argument("--port", type=int, default=8765)
    chosen = parser.parse_args()
    with serving() as slack, tempfile.TemporaryDirectory() as folder, served(slack, Path(folder), chosen.port) as serve:
        populate(slack)
        post(serve.port, *message("warm up", 0))
        times = under_load(serve.port, PER_SECOND * chosen.seconds)
        answered = wait_for_answers(slack, len(times) + 1)
        taken, accidents, slowest = forged(serve.port, chosen.forged)
        memory = resident(serve.process.pid)
    p50, p99 = statistics.median(times), statistics.quantiles(times, n=100)[98]
    say(f"{len(times)} events, {PER_SECOND} a second: acknowledged in {p50:.3f} s (p50), {p99:.3f} s (p99)")
    say(f"{answered} of {len(times) + 1} answered, each once: {answered == len(times) + 1}; wrong payloads: none")
    say(f"{chosen.forged} forged requests: {taken} accepted, {accidents} answered 5xx, {slowest * 1000:.1f} ms (p99)")
    say(f"resident memory of the server: {memory} MB")
    sys.exit(0 if p99 <= P99_SECONDS and answered == len(times) + 1 and not taken and not accidents else 1)


@contextmanager
def served(slack: SlackServer, folder: Path, port: int) -> Iterator[Served]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    given = {
        "DATA_DIR": str(folder / "var"),
        "RATE_LIMIT": "off",
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_TEAMS": TEAM,
        "SLACK_API_URL": slack.url,
    }
    environment = {**plain, **{f"{PREFIX}{name}": value for name, value in given.items()}}
    command = [sys.executable, "-m", "integrations.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            wait_until_ready(port)
            yield Served(port, process)
        finally:
            process.terminate()
            process.wait()


def wait_until_ready(port: int) -> None:
    give_up = time.monotonic() + 300
    while time.monotonic() < give_up:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/readyz")
                if connection.getresponse().status == http.HTTPStatus.OK:
                    return
        except OSError:
            pass
        time.sleep(0.2)
    raise SystemExit("The server did not become ready.")


def message(text: str, number: int) -> tuple[bytes, dict[str, str]]:
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": DIRECT,
        "user": MEMBER,
        "text": text,
        "ts": f"{time.time():.0f}.{number:06d}",
    }
    whole = {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": f"Ev{number}",
        "event": event,
        "authorizations": [{"user_id": BOT}],
    }
    body, stamp = json.dumps(whole).encode(), f"{time.time():.0f}"
    signature = signed(body, timestamp=stamp.encode(), secret=SECRET).decode()
    return body, {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature,
    }


def post(port: int, body: bytes, headers: dict[str, str]) -> tuple[int, float]:
    """Status, and the seconds from connecting to the whole answer."""
    before = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("POST", PATH, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, time.perf_counter() - before


def under_load(port: int, count: int) -> list[float]:
    """An event every twentieth of a second, whether or not the one before is acknowledged."""
    begun = time.perf_counter()

    def one(number: int) -> float:
        time.sleep(max(0.0, begun + number / PER_SECOND - time.perf_counter()))
        status, seconds = post(port, *message(QUESTIONS[number % len(QUESTIONS)], number + 1))
        assert status == http.HTTPStatus.OK, status
        return seconds

    with ThreadPoolExecutor(PER_SECOND) as pool:
        return list(pool.map(one, range(count)))


def wait_for_answers(slack: SlackServer, wanted: int) -> int:
    """How many threads have an answer. Raises where any has two, or a payload was wrong."""
    give_up = time.monotonic() + 300
    threads: list[str] = []
    while len(set(threads)) < wanted and time.monotonic() < give_up:
        time.sleep(0.5)
        said = slack.called("chat.postMessage")
        threads = [each["thread_ts"] for each in said if any("feedback" in str(block) for block in each["blocks"])]
    assert len(threads) == len(set(threads)), "an event was answered twice"
    assert slack.state.wrong == [], slack.state.wrong
    return len(set(threads))


def forged(port: int, count: int) -> tuple[int, int, float]:
    """How many were taken, how many were accidents, and the time that 99 of 100 stay below."""
    body, headers = message("forged", 999_999)
    times, statuses = [], []
    source = mutations(body, headers, random.Random(11))
    for _ in range(count):
        status, seconds = post(port, *next(source))
        statuses.append(status)
        times.append(seconds)
    taken = sum(status < http.HTTPStatus.BAD_REQUEST for status in statuses)
    accidents = sum(status >= http.HTTPStatus.INTERNAL_SERVER_ERROR for status in statuses)
    return taken, accidents, statistics.quantiles(times, n=100)[98] if count > 1 else 0.0


def resident(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    (found,) = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(found) // 1024


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
