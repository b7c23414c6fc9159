import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from assistant.access.keys import KNOWN_FOR, KeyRing, ScopeMissing, UnknownKey
from assistant.access.scopes import Scope, UnknownScope
from assistant.db.database import Database
from assistant.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.assistant.db.opening import found_in, opened

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class SetClock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        yield database


@pytest.fixture
def keys(database: Database, clock: SetClock) -> KeyRing:
    return KeyRing(database, clock)


def test_a_key_opens_what_its_scope_says_and_nothing_else(keys: KeyRing) -> None:
    key = keys.create("desk of Ana", ["desk"])
    assert keys.verify(key, "desk").name == "desk of Ana"
    assert keys.verify(key, Scope.DESK_READ).scopes == (Scope.DESK,)
    with pytest.raises(ScopeMissing, match="'metrics'"):
        keys.verify(key, "metrics")


def test_a_key_is_256_random_bits_that_any_shell_leaves_alone(keys: KeyRing) -> None:
    made = {keys.create(f"k{number}", ["metrics"]) for number in range(20)}
    assert len(made) == 20
    assert all(re.fullmatch(r"pa_live_[0-9A-Za-z]{43}", key) for key in made)


def test_only_the_digest_of_a_key_is_stored(keys: KeyRing, tmp_path: Path) -> None:
    key = keys.create("desk", ["desk"])
    keys.verify(key, "desk")
    assert found_in(tmp_path, [key, key.removeprefix("pa_live_"), key[-20:]]) == []


@pytest.mark.parametrize(
    "bend",
    [
        lambda key: key[:-1] + ("a" if key[-1] != "a" else "b"),
        lambda key: key.removeprefix("pa_live_"),
        lambda key: key.upper(),
        lambda key: key + " ",
        lambda _: "",
        lambda _: "pa_live_",
        lambda _: "pa_live_\ud800",
        lambda _: "pa_live_" + "é" * 43,
    ],
)
def test_what_is_not_the_key_is_an_unknown_key(keys: KeyRing, bend: Callable[[str], str]) -> None:
    key = keys.create("desk", ["desk"])
    with pytest.raises(UnknownKey):
        keys.verify(bend(key), "desk")


def test_keys_with_the_same_prefix_are_told_apart(keys: KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter(["sameprefix" + "a" * 33, "sameprefix" + "b" * 33])
    monkeypatch.setattr("assistant.access.keys._random_letters", lambda: next(letters))
    first, second = keys.create("first", ["desk"]), keys.create("second", ["metrics"])
    assert keys.verify(first, "desk").name == "first"
    assert keys.verify(second, "metrics").name == "second"


def test_a_revoked_key_is_unknown_and_its_name_is_free_again(keys: KeyRing) -> None:
    key = keys.create("desk", ["desk"])
    keys.revoke("desk")
    with pytest.raises(UnknownKey):
        keys.verify(key, "desk")
    with pytest.raises(NotFound, match="'desk'"):
        keys.revoke("desk")
    assert keys.create("desk", ["desk"]) != key


def test_a_key_is_unknown_from_the_moment_it_expires(keys: KeyRing, clock: SetClock) -> None:
    key = keys.create("desk", ["desk"], expires_at=NOON + timedelta(days=1))
    clock.now = NOON + timedelta(hours=23, minutes=59)
    keys.verify(key, "desk")
    clock.now = NOON + timedelta(days=1)
    with pytest.raises(UnknownKey):
        keys.verify(key, "desk")


def test_the_list_tells_when_a_key_was_made_and_last_used_to_the_minute(keys: KeyRing, clock: SetClock) -> None:
    key = keys.create("desk", ["desk", "metrics"])
    keys.create("a second one", ["desk:read"])
    clock.now = NOON + timedelta(hours=1)
    keys.verify(key, "desk")
    clock.now += timedelta(seconds=59)
    keys.verify(key, "desk")
    second, desk = keys.list()
    assert (second.name, second.scopes, second.last_used_at) == ("a second one", (Scope.DESK_READ,), None)
    assert (desk.created_at, desk.last_used_at) == (NOON, NOON + timedelta(hours=1))
    clock.now += timedelta(seconds=1)
    keys.verify(key, "desk")
    assert keys.list()[1].last_used_at == NOON + timedelta(hours=1, minutes=1)


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "two\nlines"])
def test_an_unusable_name_is_invalid(keys: KeyRing, name: str) -> None:
    with pytest.raises(Invalid, match="1 to 64 printable characters"):
        keys.create(name, ["desk"])


def test_a_taken_name_an_unknown_scope_and_no_scope_make_no_key(keys: KeyRing) -> None:
    keys.create("desk", ["desk"])
    with pytest.raises(Conflict, match="'desk' already"):
        keys.create("desk", ["metrics"])
    with pytest.raises(UnknownScope, match="desk, desk:read, metrics"):
        keys.create("other", ["admin"])
    with pytest.raises(Invalid, match="needs a scope"):
        keys.create("other", [])
    assert [key.name for key in keys.list()] == ["desk"]


def test_an_unknown_key_is_somebody_who_is_not_allowed() -> None:
    assert issubclass(UnknownKey, NotAllowed)


def test_a_rotated_key_works_beside_the_new_one_until_the_overlap_ends(keys: KeyRing, clock: SetClock) -> None:
    old = keys.create("desk", ["desk"])
    new = keys.rotate("desk", overlap=timedelta(days=2))
    assert keys.verify(old, "desk").name == keys.verify(new, "desk").name == "desk"
    assert (keys.verify(old, "desk").is_former, keys.verify(new, "desk").is_former) == (True, False)
    clock.now = NOON + timedelta(days=2)
    with pytest.raises(UnknownKey):
        keys.verify(old, "desk")
    assert keys.verify(new, "desk:read").scopes == (Scope.DESK,)


def test_an_overlap_never_lengthens_a_keys_life(keys: KeyRing, clock: SetClock) -> None:
    old = keys.create("desk", ["desk"], expires_at=NOON + timedelta(hours=1))
    keys.rotate("desk", overlap=timedelta(days=7))
    clock.now = NOON + timedelta(hours=1)
    with pytest.raises(UnknownKey):
        keys.verify(old, "desk")


def test_without_an_overlap_the_old_key_ends_at_once(keys: KeyRing) -> None:
    old = keys.create("desk", ["desk"])
    new = keys.rotate("desk", overlap=timedelta(0), expires_at=NOON + timedelta(days=1))
    with pytest.raises(UnknownKey):
        keys.verify(old, "desk")
    assert keys.verify(new, "desk").expires_at == NOON + timedelta(days=1)


def test_revoking_a_name_ends_its_rotated_keys_too(keys: KeyRing) -> None:
    first = keys.create("desk", ["desk"])
    second, third = keys.rotate("desk"), keys.rotate("desk")
    assert [key.is_former for key in keys.list()] == [False, True, True]
    keys.revoke("desk")
    for key in (first, second, third):
        with pytest.raises(UnknownKey):
            keys.verify(key, "desk")
    assert keys.list() == ()


def test_the_list_tells_whether_a_rotated_key_is_still_in_use(keys: KeyRing, clock: SetClock) -> None:
    old = keys.create("desk", ["desk"])
    keys.rotate("desk", overlap=timedelta(days=2))
    clock.now = NOON + timedelta(hours=1)
    keys.verify(old, "desk")
    current, former = keys.list()
    assert (current.last_used_at, former.last_used_at) == (None, NOON + timedelta(hours=1))
    assert former.expires_at == NOON + timedelta(days=2)
    clock.now = NOON + timedelta(days=2)
    assert keys.list() == (current,)


def test_only_a_key_that_is_there_is_rotated_and_none_is_made_that_has_ended(keys: KeyRing) -> None:
    with pytest.raises(NotFound, match="'desk'"):
        keys.rotate("desk")
    with pytest.raises(Invalid, match="later day"):
        keys.create("desk", ["desk"], expires_at=NOON)
    keys.create("desk", ["desk"])
    with pytest.raises(Invalid, match="future"):
        keys.rotate("desk", expires_at=NOON)


def test_each_change_has_its_witness_and_a_witness_who_fails_undoes_it(database: Database, clock: SetClock) -> None:
    seen: list[tuple[str, str]] = []
    keys = KeyRing(database, clock, lambda _, action, name: seen.append((action, name)))
    keys.create("desk", ["desk"])
    keys.rotate("desk")
    keys.revoke("desk")
    assert seen == [("key.created", "desk"), ("key.rotated", "desk"), ("key.revoked", "desk")]

    def absent(_session: Session, _action: str, _name: str) -> None:
        raise Conflict("Nobody saw it.")

    with pytest.raises(Conflict):
        KeyRing(database, clock, absent).create("other", ["desk"])
    assert keys.list() == ()


def test_a_key_that_was_just_found_is_known_without_a_look_for_a_moment(keys: KeyRing, clock: SetClock) -> None:
    key = keys.create("desk", ["desk"])
    assert keys.lately(key, "desk") is None
    found = keys.verify(key, "desk")
    assert keys.lately(key, "desk:read") == found
    assert keys.lately(key, "metrics") is None
    clock.now += KNOWN_FOR
    assert keys.lately(key, "desk") is None


def test_a_key_that_is_revoked_or_exchanged_is_not_known_for_a_moment_more(keys: KeyRing) -> None:
    key = keys.create("desk", ["desk"])
    keys.verify(key, "desk")
    keys.rotate("desk", overlap=timedelta(0))
    assert keys.lately(key, "desk") is None
    key = keys.create("other", ["desk"])
    keys.verify(key, "desk")
    keys.revoke("other")
    assert keys.lately(key, "desk") is None


def test_a_key_is_not_known_beyond_its_end(keys: KeyRing, clock: SetClock) -> None:
    key = keys.create("desk", ["desk"], expires_at=NOON + KNOWN_FOR / 2)
    keys.verify(key, "desk")
    assert keys.lately(key, "desk") is not None
    clock.now = NOON + KNOWN_FOR / 2
    assert keys.lately(key, "desk") is None
