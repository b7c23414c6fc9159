"""Addresses that open something in Slack for whoever may see it there. Asked of Slack once; none while it does not say.

A ticket has no page of its own, and the API wants a key: so the way to a ticket is the post that shows it.
"""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from assistant.outbox.values import Postponed, Refused
from integrations.slack.client import SlackClient
from integrations.slack.posts import Posts

_AGAIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Workspace:
    """`url` ends with a slash."""

    url: str
    team: str
    app: str

    @property
    def desk(self) -> str:
        """The app with its Home tab, in whichever client."""
        return f"https://slack.com/app_redirect?app={self.app}&team={self.team}"

    def post(self, channel: str, ts: str) -> str:
        return f"{self.url}archives/{channel}/p{ts.replace('.', '')}"


class Links:
    def __init__(self, client: SlackClient, posts: Posts, ticks: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._posts = posts
        self._ticks = ticks
        self._known: Workspace | None = None
        self._ask_at = ticks()

    @property
    def workspace(self) -> Workspace | None:
        """What is known by now: asks nothing."""
        return self._known

    def of(self, references: Collection[str]) -> Mapping[str, str]:
        """Where the posts of these tickets stand, as far as that is known."""
        if self._known is None:
            return {}
        known, standing = self._known, self._posts.standing(references)
        return {reference: known.post(channel, ts) for reference, (channel, ts) in standing.items()}

    def look(self) -> None:
        """Ask, until it is known, once a minute. Not while a transaction is open."""
        if self._known is None and self._ticks() >= self._ask_at:
            self._ask_at = self._ticks() + _AGAIN_SECONDS
            self._known = self._asked()

    def _asked(self) -> Workspace | None:
        try:
            me = self._client.read("auth.test", {})
            bot: Mapping[str, str] = self._client.read("bots.info", {"bot": str(me["bot_id"])})["bot"]
            return Workspace(str(me["url"]), str(me["team_id"]), str(bot["app_id"]))
        except (Postponed, Refused, KeyError):
            return None
