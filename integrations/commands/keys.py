"""`privacy-assistant keys`: API keys for desk and metrics, and the data keys that fields are sealed with."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import click
from rich.console import Console
from sqlalchemy.orm import Session

from assistant.access.keys import OVERLAP, KeyRing
from assistant.audit.trail import open_trail
from assistant.clock import utc_now
from assistant.db.database import Database
from assistant.sealing.keys import KeyCabinet
from assistant.sealing.rotation import GRACE, Rotated, Rotation
from assistant.sealing.secret import load_previous_secret, load_secret
from integrations.commands.opening import read_settings
from integrations.commands.printing import say
from integrations.commands.sealed import SEALED
from integrations.commands.stored import opened_database

MOST_DAYS = 3650


@click.group("keys")
def command() -> None:
    """Create, list and revoke API keys; rotate the data keys."""


@command.command("create")
@click.option("--name", required=True, help="Who holds the key.")
@click.option("--scope", "scopes", multiple=True, required=True, help="desk, desk:read or metrics; may be given twice.")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), help="After how many days it ends; without it, never.")
def create(name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a key and print it once, as the last word."""
    with _opened_keys() as keys:
        key = keys.create(name, scopes, expires_at=_end(days))
    say(f"Key for {name!r} with {', '.join(scopes)}{_until(days)}, shown only now: {key}")


@command.command("rotate-key")
@click.argument("name")
@click.option(
    "--overlap",
    default=OVERLAP.days,
    show_default=True,
    type=click.IntRange(0, MOST_DAYS),
    help="How many days the old key still works; 0 ends it now.",
)
@click.option("--days", type=click.IntRange(1, MOST_DAYS), help="After how many days the new key ends.")
def rotate_key(name: str, overlap: int, days: int | None) -> None:
    """Make a new key in place of NAME's and print it once, as the last word; the old one works a while longer."""
    with _opened_keys() as keys:
        key = keys.rotate(name, overlap=timedelta(days=overlap), expires_at=_end(days))
    say(f"New key for {name!r}{_until(days)}; the old one ends in {overlap} days. Shown only now: {key}")


@command.command("list")
def listing() -> None:
    """List the keys by name; the keys themselves are not kept."""
    with opened_database() as database:
        for key in KeyRing(database).list():
            used = f"last used {key.last_used_at:%Y-%m-%d %H:%M} UTC" if key.last_used_at else "never used"
            ends = f"  ends {key.expires_at:%Y-%m-%d %H:%M} UTC" if key.expires_at else ""
            former = "  rotated out" if key.is_former else ""
            say(f"{key.name}  {' '.join(key.scopes)}  made {key.created_at:%Y-%m-%d}  {used}{ends}{former}")


@command.command("revoke")
@click.argument("name")
def revoke(name: str) -> None:
    """Make the key of NAME worthless at once, a rotated one too."""
    with _opened_keys() as keys:
        keys.revoke(name)
    say(f"The key of {name!r} is revoked.")


@command.command("rotate")
@click.option(
    "--wait",
    default=int(GRACE.total_seconds()),
    show_default=True,
    type=click.IntRange(min=0),
    help="Seconds until running processes seal under the new key; 0 when none runs.",
)
def rotate(wait: int) -> None:
    """Make a new data key, seal everything personal anew under it, and retire the old one.

    Works beside a running server. Stopped half-way, it is finished by running it again.
    """
    settings = read_settings()
    with opened_database() as database:
        secret, previous = load_secret(settings), load_previous_secret(settings)
        cabinet = KeyCabinet(database, secret, utc_now, previous=previous)
        cabinet.prepare()
        rotated = _rotated(database, cabinet, timedelta(seconds=wait))
        detail = {"resealed": rotated.resealed, "retired": rotated.retired, "unreadable": len(rotated.unreadable)}
        trail = open_trail(database, secret, utc_now)
        database.write(
            lambda session: trail.record(
                session, actor="console", action="keys.rotated", subject="key:data", detail=detail, at=utc_now()
            )
        )
    say(f"{rotated.resealed} fields sealed anew, {rotated.retired} old keys retired.")
    for line in rotated.unreadable:
        click.echo(line, err=True)
    if rotated.unreadable:
        sys.exit(1)


@contextmanager
def _opened_keys() -> Iterator[KeyRing]:
    """The key ring, each change of which stands in the audit trail."""
    settings = read_settings()
    with opened_database() as database:
        trail = open_trail(database, load_secret(settings), utc_now, previous=load_previous_secret(settings))

        def witness(session: Session, action: str, name: str) -> None:
            trail.record(session, actor="console", action=action, subject=f"key:{name}", at=utc_now())

        yield KeyRing(database, utc_now, witness)


def _end(days: int | None) -> datetime | None:
    return None if days is None else utc_now() + timedelta(days=days)


def _until(days: int | None) -> str:
    return "" if days is None else f" for {days} days"


def _rotated(database: Database, cabinet: KeyCabinet, grace: timedelta) -> Rotated:
    console = Console(stderr=True)
    with console.status("rotating") as status:
        return Rotation(database, cabinet, SEALED, utc_now, status.update, grace).run()
