"""A Slack on loopback: takes calls of the Web API, holds them to Slack's limits and to the SDK's own models, and fails,
stalls, rate-limits, or forgets to answer when it is told to.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

TOKEN = "xoxb-invented"
BOT = "UBOT00000"
_BLOCKS = "docs.slack.dev/reference/block-kit/blocks"
_METHODS = "docs.slack.dev/reference/methods"
# What is counted, how many there may be, and who says so. The SDK's models know some of these and not the others.
LIMITS: Mapping[str, tuple[int, str]] = {
    "blocks of a message": (50, _BLOCKS),
    "blocks of a view": (100, "docs.slack.dev/reference/views"),
    "characters of a section": (3_000, f"{_BLOCKS}/section-block"),
    "characters of a header": (150, f"{_BLOCKS}/header-block"),
    "elements of a context": (10, f"{_BLOCKS}/context-block"),
    "elements of actions": (25, f"{_BLOCKS}/actions-block"),
    "elements of context actions": (5, f"{_BLOCKS}/context-actions-block"),
    "characters of a block id": (255, _BLOCKS),
    "characters of an action id": (255, "docs.slack.dev/reference/block-kit/block-elements"),
    "characters of a button": (75, "docs.slack.dev/reference/block-kit/block-elements/button-element"),
    "characters of a value": (2_000, "docs.slack.dev/reference/block-kit/block-elements/button-element"),
    "characters of an input": (3_000, "docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"),
    "characters of all blocks": (13_200, "github.com/slackapi/bolt-js/issues/2509"),
    "characters of the text": (4_000, f"{_METHODS}/chat.postMessage"),
    "characters of a title": (24, "docs.slack.dev/reference/views"),
    "characters of private metadata": (3_000, "docs.slack.dev/reference/views"),
    "suggested prompts": (4, f"{_METHODS}/assistant.threads.setSuggestedPrompts"),
    "loading messages": (10, f"{_METHODS}/assistant.threads.setStatus"),
    "seconds of a trigger": (3, "docs.slack.dev/interactivity/handling-user-interaction"),
}


@dataclass(frozen=True)
class Failure:
    """What the next call of this method meets. `takes`: Slack does it, and only its answer is lost."""

    method: str
    error: str = ""
    retry_after: int | None = None
    status: int = 200
    stalls: float = 0
    takes: bool = False


@dataclass
class Said:
    method: str
    arguments: dict[str, Any]
    at: float


@dataclass
class State:
    """What happened: every call that was taken, messages by channel, and what was wrong with any of them."""

    calls: list[Said] = field(default_factory=list)
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    triggers: dict[str, float] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    token: str = TOKEN
    # Longer than Slack's own by default: a test may run on a machine that is busy with others.
    trigger_seconds: float = 600
    expired: bool = False
    numbers: int = 0


class SlackServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.state = State()
        self.lock = threading.RLock()
        self.closing = threading.Event()
        self.socket_url = ""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    @property
    def url(self) -> str:
        return f"{self.origin}api/"

    def fail(self, *failures: Failure) -> None:
        self.state.failures.extend(failures)

    def called(self, *methods: str) -> list[dict[str, Any]]:
        """The arguments of the calls of these methods that were taken, in their order."""
        with self.lock:
            return [said.arguments for said in self.state.calls if said.method in methods]

    def shown(self, channel: str) -> list[dict[str, Any]]:
        """The messages that stand in a channel now, as everybody sees them."""
        with self.lock:
            return [dict(message) for message in self.state.messages.get(channel, [])]

    def forget(self) -> None:
        """Nothing has been said yet; who is who stays."""
        with self.lock:
            self.state.calls.clear()
            self.state.messages.clear()
            self.state.asked.clear()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is what some of these failures are for."""


@contextmanager
def serving() -> Iterator[SlackServer]:
    server = SlackServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SlackServer

    def do_GET(self) -> None:
        self._taken({name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()})

    def do_POST(self) -> None:
        heard = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.headers.get("Content-Type", "").startswith("application/json"):
            self._taken(json.loads(heard))
        else:
            self._taken({name: values[0] for name, values in parse_qs(heard.decode()).items()})

    def _taken(self, arguments: dict[str, Any]) -> None:
        path = urlsplit(self.path).path
        method = "respond" if path.startswith("/respond/") else path.removeprefix("/api/")
        state = self.server.state
        with self.server.lock:
            state.asked[method] += 1
            failure = next((each for each in state.failures if each.method in {method, "*"}), None)
            if failure is not None:
                state.failures.remove(failure)
        if failure is not None and self._failed(method, arguments, failure):
            return
        if method == "respond":
            self._responded(arguments)
            return
        if self.headers.get("Authorization", "") != f"Bearer {state.token}" and method != "apps.connections.open":
            self._reply(200, {"ok": False, "error": "invalid_auth"})
            return
        with self.server.lock:
            self._reply(200, self._answer(method, arguments))

    def _failed(self, method: str, arguments: dict[str, Any], failure: Failure) -> bool:
        if failure.takes:
            with self.server.lock:
                self._answer(method, arguments)
            self.close_connection = True
            return True
        if failure.stalls:
            self.server.closing.wait(failure.stalls)
            return False
        if failure.retry_after is not None:
            self._reply(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(failure.retry_after)})
        else:
            self._reply(failure.status, {"ok": False, "error": failure.error})
        return True

    def _responded(self, arguments: dict[str, Any]) -> None:
        if self.server.state.expired:
            self._reply(404, {"ok": False, "error": "expired_url"})
            return
        with self.server.lock:
            self._check(arguments)
            self.server.state.calls.append(Said("respond", arguments, time.time()))
        self._reply(200, {"ok": True})

    def _answer(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        answer = _ANSWERS.get(method)
        if answer is None:
            return {"ok": False, "error": "unknown_method"}
        before = len(self.server.state.wrong)
        self._check(arguments)
        if len(self.server.state.wrong) > before:
            return {"ok": False, "error": "invalid_blocks"}
        found = answer(self.server, arguments)
        if found.get("ok"):
            self.server.state.calls.append(Said(method, arguments, time.time()))
        return found

    def _check(self, arguments: dict[str, Any]) -> None:
        self.server.state.wrong += list(faults(arguments))

    def _reply(self, status: int, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> None:
        sent = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_: object) -> None:
        pass


def faults(arguments: Mapping[str, Any]) -> Iterator[str]:
    """What Slack would refuse, or what must never leave us."""
    blocks, view = arguments.get("blocks") or [], arguments.get("view")
    if "blocks" in arguments:
        yield from _over("blocks of a message", len(blocks))
        if not arguments.get("text"):
            yield "no fallback text"
    yield from _over("characters of the text", len(str(arguments.get("text", ""))))
    if "text" in arguments and not (arguments.get("unfurl_links") is False and arguments.get("unfurl_media") is False):
        yield "links unfold"
    if view is not None:
        blocks = view["blocks"]
        yield from _over("blocks of a view", len(blocks))
        yield from _over("characters of private metadata", len(view.get("private_metadata", "")))
        yield from _modelled(lambda: View(**view).to_dict())
    yield from _over("characters of all blocks", sum(len(text) for text in texts(blocks)))
    yield from _over("suggested prompts", len(arguments.get("prompts", [])))
    yield from _over("loading messages", len(arguments.get("loading_messages", [])))
    for block in blocks:
        yield from _block_faults(block)
    whole = json.dumps(arguments, ensure_ascii=False)
    yield from (
        f"a mass mention: {word}" for word in ("<!channel", "<!here", "<!everyone", "<!subteam") if word in whole
    )


def _block_faults(block: Mapping[str, Any]) -> Iterator[str]:
    parsed = Block.parse(dict(block))
    if parsed is None:
        yield f"a block of no known type: {block.get('type')}"
        return
    yield from _modelled(parsed.to_dict)
    kind, text = block["type"], block.get("text") or {}
    yield from _over("characters of a block id", len(block.get("block_id", "")))
    if kind == "section":
        yield from _over("characters of a section", len(text.get("text", "")))
        if not text.get("text"):
            yield "an empty section"
    if kind == "header":
        yield from _over("characters of a header", len(text.get("text", "")))
    elements = block.get("elements") or []
    counted = {"context": "elements of a context", "actions": "elements of actions"}
    if kind in counted or kind == "context_actions":
        yield from _over(counted.get(kind, "elements of context actions"), len(elements))
        names = [element["action_id"] for element in elements if "action_id" in element]
        if len(names) != len(set(names)):
            yield "two elements of one action id"
    for element in (*elements, block.get("element") or {}):
        yield from _element_faults(element)


def _element_faults(element: Mapping[str, Any]) -> Iterator[str]:
    yield from _over("characters of an action id", len(element.get("action_id", "")))
    yield from _over("characters of a value", len(element.get("value", "")))
    yield from _over("characters of an input", len(element.get("initial_value", "")))
    buttons = [element] if element.get("type") == "button" else []
    for button in (*buttons, *(element[name] for name in ("positive_button", "negative_button") if name in element)):
        yield from _over("characters of a button", len(button["text"]["text"]))
        yield from _over("characters of a value", len(button["value"]))


def _over(what: str, count: int) -> Iterator[str]:
    most, source = LIMITS[what]
    if count > most:
        yield f"{what}: {count}, {most} allowed ({source})"


def _modelled(make: Callable[[], object]) -> Iterator[str]:
    try:
        make()
    except SlackObjectFormationError as error:
        yield str(error)


def texts(part: Any) -> Iterator[str]:
    """Every text in blocks."""
    if isinstance(part, list):
        for each in part:
            yield from texts(each)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)


def _posted(server: SlackServer, arguments: dict[str, Any]) -> dict[str, Any]:
    state, channel = server.state, arguments.get("channel", "")
    if not channel:
        return {"ok": False, "error": "channel_not_found"}
    state.numbers += 1
    # Real clocks, because a message is looked for by its time.
    message = {**arguments, "ts": f"{time.time():.0f}.{state.numbers:06d}"}
    state.messages.setdefault(channel, []).append(message)
    return {"ok": True, "ts": message["ts"], "channel": channel}


def _updated(server: SlackServer, arguments: dict[str, Any]) -> dict[str, Any]:
    for message in server.state.messages.get(arguments["channel"], []):
        if message["ts"] == arguments["ts"]:
            message.update(arguments)
            return {"ok": True, "ts": message["ts"]}
    return {"ok": False, "error": "message_not_found"}


def _history(server: SlackServer, arguments: dict[str, Any]) -> dict[str, Any]:
    thread = arguments.get("ts")
    found = [
        message
        for message in server.state.messages.get(arguments["channel"], [])
        if thread is None or message.get("thread_ts") == thread
    ]
    return {"ok": True, "messages": found}


def _opened(server: SlackServer, arguments: dict[str, Any]) -> dict[str, Any]:
    given = server.state.triggers.pop(arguments.get("trigger_id", ""), None)
    if given is None or time.monotonic() - given > server.state.trigger_seconds:
        return {"ok": False, "error": "expired_trigger_id"}
    return {"ok": True, "view": {"id": "V1"}}


def _user(server: SlackServer, arguments: dict[str, Any]) -> dict[str, Any]:
    user = server.state.users.get(arguments["user"])
    return {"ok": True, "user": user} if user else {"ok": False, "error": "user_not_found"}


def _group(server: SlackServer, arguments: dict[str, Any]) -> dict[str, Any]:
    return {"ok": True, "users": server.state.groups.get(arguments["usergroup"], [])}


def _noted(server: SlackServer, arguments: dict[str, Any]) -> dict[str, Any]:
    del server, arguments
    return {"ok": True}


def _ephemeral(server: SlackServer, arguments: dict[str, Any]) -> dict[str, Any]:
    del server
    if not (arguments.get("channel") and arguments.get("user")):
        return {"ok": False, "error": "channel_not_found"}
    return {"ok": True, "message_ts": "1.0"}


def _connected(server: SlackServer, arguments: dict[str, Any]) -> dict[str, Any]:
    del arguments
    return {"ok": True, "url": server.socket_url}


_ANSWERS: Mapping[str, Callable[[SlackServer, dict[str, Any]], dict[str, Any]]] = {
    "apps.connections.open": _connected,
    "assistant.threads.setStatus": _noted,
    "assistant.threads.setSuggestedPrompts": _noted,
    "auth.test": lambda _server, _arguments: {
        "ok": True,
        "user_id": BOT,
        "bot_id": "B1",
        "team_id": "T1",
        "url": "https://example.slack.com/",
    },
    "bots.info": lambda _server, arguments: {"ok": True, "bot": {"id": arguments["bot"], "app_id": "A1"}},
    "chat.postEphemeral": _ephemeral,
    "chat.postMessage": _posted,
    "chat.update": _updated,
    "conversations.history": _history,
    "conversations.replies": _history,
    "usergroups.users.list": _group,
    "users.info": _user,
    "views.open": _opened,
    "views.publish": _noted,
}
