"""Who a user is: asked of Slack, kept sealed for some minutes for every process, unknown where it does not say."""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.db.database import Database
from assistant.outbox.values import Refused
from assistant.sealing.sealer import Sealer
from integrations.slack.client import SlackClient
from integrations.slack.models import NOTHING, StoredFact, fact_place
from integrations.slack.roles import Person
from integrations.slack.settings import SlackSettings

FRESH = timedelta(minutes=5)


class Directory:
    def __init__(
        self, client: SlackClient, settings: SlackSettings, database: Database, sealer: Sealer, clock: Clock
    ) -> None:
        self._client = client
        self._settings = settings
        self._database = database
        self._sealer = sealer
        self._clock = clock

    def person(self, user: str) -> Person:
        """A full member of an allowed workspace with the roles of their groups, or somebody who may only ask.

        Postponed where Slack cannot be asked at the moment.
        """
        found = self._fact(f"user\0{user}", lambda: self._user(user))
        if not found.get("is_member"):
            return Person(user)
        roles = frozenset(role for role, ids in self._settings.groups.items() if self._is_in(user, ids))
        return Person(user, is_member=True, roles=roles)

    def forget(self, before: datetime) -> None:
        """Blank what was asked before then."""
        old = (StoredFact.fetched_at < before, StoredFact.sealed != NOTHING)
        blank = update(StoredFact).where(*old).values(sealed=NOTHING)
        self._database.write(lambda session: session.execute(blank))

    def _is_in(self, user: str, ids: Iterable[str]) -> bool:
        return any(user == known or (known[0] == "S" and user in self._members(known)) for known in ids)

    def _members(self, group: str) -> list[str]:
        members: list[str] = self._fact(f"group\0{group}", lambda: self._group(group))["users"]
        return members

    def _user(self, user: str) -> Mapping[str, Any]:
        try:
            said = self._client.read("users.info", {"user": user})["user"]
        except Refused:
            return {"is_member": False}
        teams = {said.get("team_id"), (said.get("enterprise_user") or {}).get("enterprise_id")}
        # A guest, an app, or somebody of another company in a shared channel.
        others = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")
        is_member = bool(teams & self._settings.teams) and not any(said.get(name) for name in others)
        return {"is_member": is_member}

    def _group(self, group: str) -> Mapping[str, Any]:
        try:
            return {"users": list(self._client.read("usergroups.users.list", {"usergroup": group})["users"])}
        except Refused:
            return {"users": []}

    def _fact(self, name: str, ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        key, now = self._sealer.blind(name, purpose="slack.fact"), self._clock()
        with self._database.read() as session:
            row = session.scalar(select(StoredFact).where(StoredFact.key == key))
        if row is not None and timedelta() <= now - row.fetched_at < FRESH:
            known: dict[str, Any] = json.loads(self._sealer.open(row.sealed, place=fact_place(key)))
            return known
        said = ask()
        sealed = self._sealer.seal(json.dumps(dict(said)), place=fact_place(key))
        values = {"sealed": sealed, "fetched_at": now}
        self._database.write(lambda session: _keep(session, key, values))
        return said


def _keep(session: Session, key: bytes, values: Mapping[str, Any]) -> None:
    changed = update(StoredFact).where(StoredFact.key == key).values(values).returning(StoredFact.number)
    if session.scalar(changed) is None:
        with suppress(IntegrityError), session.begin_nested():
            session.add(StoredFact(key=key, **values))
