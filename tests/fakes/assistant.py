"""An assistant that answers at once, out of memory: the shape that doors call, with none of what is behind it."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from assistant.access.keys import UnknownKey
from assistant.clock import Clock
from assistant.conversation.values import Opened, Transcript, Turn
from assistant.erasure.receipt import Receipt
from assistant.errors import Invalid, NotAllowed, NotFound
from assistant.organisation import Look, Organisation, PrivacyContact, UrgentContact
from assistant.reply import Citation, Intent, Outcome, Part, PartKind, Reply
from assistant.settings import Settings
from integrations.api.facade import KeyRing, Reports, TicketDesk
from knowledge.clause import Clause, PolicyVersion, Section
from knowledge.errors import UnknownVersion
from tests.fakes.desk import FakeReports, FakeTicketDesk

NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
DESK_KEY, METRICS_KEY = "pa_live_desk", "pa_live_metrics"
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Change:
    kind: str
    old: Clause | None
    new: Clause | None


@dataclass(frozen=True, slots=True)
class FakeKey:
    name: str


@dataclass
class FakeDesk:
    """Keeps conversations in a dict. `raises` stands in for whatever a turn runs into."""

    policy: PolicyVersion
    tokens: dict[str, str] = field(default_factory=dict)
    turns: dict[str, dict[str, Turn]] = field(default_factory=dict)
    ratings: list[tuple[str, str, bool, str | None]] = field(default_factory=list)
    raises: Exception | None = None
    languages: list[str | None] = field(default_factory=list)
    privacy_controls: list[bool] = field(default_factory=list)

    def open(self, *, channel: str, language: str | None, privacy_control: bool = False) -> Opened:
        assert channel == "web"
        self.languages.append(language)
        self.privacy_controls.append(privacy_control)
        opened = Opened(
            secrets.token_hex(16), secrets.token_urlsafe(32), "Hello!", ("Do you sell data?",), "You talk to a program."
        )
        self.tokens[opened.id], self.turns[opened.id] = opened.token, {}
        return opened

    def authorise(self, conversation_id: str, token: str) -> None:
        if self.tokens.get(conversation_id) != token:
            raise NotFound("There is no such conversation.")

    def take_turn(self, conversation_id: str, turn_id: str | None, text: str, *, network: str = "") -> dict[str, Any]:
        if self.raises:
            raise self.raises
        name = turn_id or secrets.token_hex(8)
        known = self.turns[conversation_id].get(name)
        if known and known.text != text:
            raise Invalid("This turn_id was used for another message.")
        if known is None:
            answer = replace(self.answer(), turn_id=name, conversation_id=conversation_id)
            reply = json.loads(json.dumps(answer.as_json()))
            known = self.turns[conversation_id][name] = Turn(name, NOW, text, reply)
        return known.reply

    def transcript(self, conversation_id: str) -> Transcript:
        return Transcript(conversation_id, NOW, tuple(self.turns[conversation_id].values()))

    def feedback(self, conversation_id: str, turn_id: str, *, helpful: bool, comment: str | None) -> None:
        if turn_id not in self.turns[conversation_id]:
            raise NotFound("There is no such turn.")
        self.ratings.append((conversation_id, turn_id, helpful, comment))

    def ask(self, question: str, *, as_of: date | None = None) -> dict[str, Any]:
        if self.raises:
            raise self.raises
        if as_of and as_of < date(2020, 1, 1):
            raise UnknownVersion("No policy version was in force on that day.")
        return self.answer().as_json()

    def answer(self) -> Reply:
        clause = self.policy.clauses[-1]
        url = f"/policy#{clause.id}"
        cited = Citation(clause.id, clause.section_title, clause.text, clause.start, clause.end, "1", url)
        parts = (Part(PartKind.QUOTE, clause.text, 0), Part(PartKind.NOTE, "Nothing else is stated on this."))
        suggestions = ("Who sees my invoices?",)
        return Reply(Intent.QUESTION, Outcome.ANSWERED, parts, "1", (cited,), suggestions=suggestions)


@dataclass
class FakeEraser:
    desk: FakeDesk

    def erase(self, conversation_id: str) -> Receipt:
        del self.desk.tokens[conversation_id], self.desk.turns[conversation_id]
        return Receipt("er-1", conversation_id, NOW, ({"reference": "EX-1", "why": "Open."},), "signed")


class FakeKeys:
    def verify(self, key: str, scope: str) -> FakeKey:
        scopes = {DESK_KEY: {"desk", "desk:read"}, METRICS_KEY: {"metrics"}}
        if key not in scopes:
            raise UnknownKey
        if scope not in scopes[key]:
            raise NotAllowed("This key does not hold the scope that is needed.")
        return FakeKey(key.rpartition("_")[2])

    def lately(self, key: str, scope: str) -> FakeKey | None:
        del key, scope
        return None


@dataclass(frozen=True)
class FakeLibrary:
    published: tuple[PolicyVersion, ...]

    def versions(self) -> Sequence[PolicyVersion]:
        return self.published

    def current(self, today: date) -> PolicyVersion:
        return [version for version in self.published if version.effective and version.effective <= today][-1]

    def find(self, label_or_hash: str) -> PolicyVersion:
        for version in self.published:
            if label_or_hash == version.label or (
                len(label_or_hash) >= 12 and version.sha256.startswith(label_or_hash)
            ):
                return version
        raise UnknownVersion("There is no such policy version.")


@dataclass
class FakeAssistant:
    settings: Settings
    policies: FakeLibrary
    front_desk: FakeDesk
    eraser: FakeEraser
    keys: KeyRing
    organisation: Organisation
    desk: TicketDesk = field(default_factory=FakeTicketDesk)
    reports: Reports = field(default_factory=FakeReports)
    states: dict[str, str] = field(default_factory=lambda: {"database": "ok", "index": "ok"})
    closed: bool = False
    clock: Clock = lambda: NOW

    def readiness(self) -> Mapping[str, str]:
        return self.states

    def close(self) -> None:
        self.closed = True


def fake_assistant(settings: Settings | None = None) -> FakeAssistant:
    library = FakeLibrary(policy_versions())
    desk = FakeDesk(library.published[-1])
    return FakeAssistant(
        settings or Settings(rate_limit=False), library, desk, FakeEraser(desk), FakeKeys(), organisation()
    )


def fake_compare(old: PolicyVersion, new: PolicyVersion) -> list[Change]:
    pairs = ((old.by_id.get(name), new.by_id.get(name)) for name in sorted({*old.by_id, *new.by_id}))
    return [Change(_kind(before, after), before, after) for before, after in pairs if _kind(before, after) != "same"]


def _kind(before: Clause | None, after: Clause | None) -> str:
    if before and after:
        return "same" if before.text == after.text else "changed"
    return "removed" if before else "added"


def policy_versions() -> tuple[PolicyVersion, ...]:
    first = _version("1", date(2025, 1, 1), ["We keep invoices for five years.", "We do not sell data."])
    hostile = "<script>alert(1)</script> & “quotes” with a no-break" + NO_BREAK + "space."
    second = _version("2", date(2026, 1, 1), ["We keep invoices for six years.", "We do not sell data.", hostile])
    return first, second


def _version(label: str, effective: date, texts: list[str]) -> PolicyVersion:
    clauses, at = [], 100
    for number, text in enumerate(texts, 1):
        clauses.append(Clause(1, 1, number, "How long we keep data", text, at, at + len(text)))
        at += len(text) + 1
    intro = Clause(0, 1, 1, "", "This policy says what we do with data.", 20, 58)
    sections = (Section(0, "", ((intro,),)), Section(1, "How long we keep data", (tuple(clauses),)))
    return PolicyVersion(label, label * 64, "Privacy Policy", effective, effective, sections)


def organisation() -> Organisation:
    return Organisation(
        name="Example & Sons",
        reference_prefix="EX",
        time_zone="Europe/Berlin",
        date_order="DMY",
        greeting="Ask about our <privacy> policy.",
        suggestions=("How long do you keep invoices?", "Do you sell my data?"),
        privacy_contact=PrivacyContact(email="privacy@example.com", clause="1.1.1", bound="0" * 12),
        urgent_contact=UrgentContact(
            email="urgent@example.com", source="contact page", phone_words="by phone", email_words="by mail"
        ),
        look=Look(accent="#1f5fd0", ink="#14202e", paper="#ffffff"),
    )
