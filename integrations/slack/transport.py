"""Sends what the outbox holds for Slack. What may have arrived already is looked for before it is posted again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from assistant.outbox.values import Delivery, Postponed, Refused
from integrations.slack.client import NoLonger, SlackClient
from integrations.slack.outgoing import POST, RESPOND
from integrations.slack.posts import Post, Posts

UPDATE = "chat.update"
EVENT_TYPE = "privacy_assistant"
_LOST = "slack-message_not_found"
# Clocks differ a little.
_SKEW = timedelta(minutes=2)
_MOST_READ, _MOST_NOTED = 100, 1_000
_WAIT = 1.0


class SlackAppTransport:
    def __init__(self, client: SlackClient, posts: Posts) -> None:
        self._client = client
        self._posts = posts
        # How far a series has come that Slack would not go on with: what one person alone sees cannot be looked for.
        self._said: dict[str, int] = {}

    def send(self, delivery: Delivery) -> None:
        data = delivery.message.data or {}
        name = data.get("name")
        if name:
            self._keep_up(delivery, str(name), data)
        else:
            self._say(delivery, data)

    def _say(self, delivery: Delivery, data: Mapping[str, Any]) -> None:
        """One call after the other. At a second attempt, what Slack has of it already is left out."""
        under = self._under(data.get("under"))
        begin = self._said.get(delivery.id, 0)
        for place, call in enumerate(data["calls"][begin:], begin):
            method, arguments = call["method"], {**call["arguments"], **under}
            mark = f"{delivery.id}-{place}"
            if method == POST:
                arguments = _marked(arguments, mark)
                if delivery.attempt > 1 and self._found(arguments, mark, delivery.created_at):
                    continue
            try:
                self._call(method, arguments)
            except (Postponed, Refused):
                if not call["optional"]:
                    self._note(delivery.id, place)
                    raise
        self._said.pop(delivery.id, None)

    def _note(self, delivery: str, place: int) -> None:
        while len(self._said) >= _MOST_NOTED:
            self._said.pop(next(iter(self._said)), None)
        if place:
            self._said[delivery] = place

    def _call(self, method: str, arguments: Mapping[str, Any]) -> None:
        if method != RESPOND:
            self._client.call(method, arguments)
            return
        said = {name: value for name, value in arguments.items() if name not in {"url", "user"}}
        try:
            self._client.respond(str(arguments["url"]), said)
        except NoLonger:
            # Its half hour is over: the answer still goes to whoever asked.
            self._client.call(POST, {**said, "channel": arguments["user"]})

    def _under(self, name: str | None) -> Mapping[str, Any]:
        if name is None:
            return {}
        post = self._posts.find(name)
        if post is None or post.ts is None:
            raise Postponed("slack-no-thread-yet", seconds=_WAIT)
        return {"channel": post.channel, "thread_ts": post.ts}

    def _keep_up(self, delivery: Delivery, name: str, data: Mapping[str, Any]) -> None:
        post = self._posts.take(name, delivery.id)
        if post is None:
            raise Postponed("slack-being-posted", seconds=_WAIT)
        version, arguments = int(data["version"]), dict(data["calls"][0]["arguments"])
        if post.ts is not None and version <= post.shown:
            self._posts.release(name, sender=delivery.id)
            return
        try:
            ts = self._shown(name, post, arguments)
        except Refused as failure:
            if failure.code == _LOST:
                # Somebody deleted it: the next attempt posts it anew.
                self._posts.note(name, sender=delivery.id, ts=None, shown=0)
                raise Postponed(_LOST, seconds=_WAIT) from None
            raise
        self._posts.note(name, sender=delivery.id, ts=ts, shown=version)

    def _shown(self, name: str, post: Post, arguments: Mapping[str, Any]) -> str:
        """The `ts` of the post once Slack shows these arguments."""
        marked = {**_marked(arguments, name), "channel": post.channel}
        ts = post.ts
        if ts is None and post.was_tried:
            ts = self._found(marked, name, post.created_at)
        if ts is not None:
            self._client.call(UPDATE, {**marked, "ts": ts})
            return ts
        return str(self._client.call(POST, marked)["ts"])

    def _found(self, arguments: Mapping[str, Any], mark: str, since: datetime) -> str | None:
        """The `ts` of a message of ours that carries this mark, where Slack has one."""
        asked: dict[str, Any] = {
            "channel": arguments["channel"],
            "oldest": f"{(since - _SKEW).timestamp():.6f}",
            "limit": _MOST_READ,
            "include_all_metadata": True,
        }
        method = "conversations.history"
        if thread := arguments.get("thread_ts"):
            method, asked["ts"] = "conversations.replies", thread
        try:
            messages = self._client.read(method, asked).get("messages", [])
        except Refused:
            # A place whose history the bot cannot read, such as a user id: better twice than not at all.
            return None
        for message in messages:
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == EVENT_TYPE and metadata.get("event_payload", {}).get("id") == mark:
                return str(message["ts"])
        return None


def _marked(arguments: Mapping[str, Any], mark: str) -> dict[str, Any]:
    return {**arguments, "metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": mark}}}
