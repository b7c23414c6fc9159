"""`privacy-assistant keys`: API keys for the support desk and for metrics."""

import click

from assistant.access.keys import KeyRing
from integrations.commands.printing import say
from integrations.commands.stored import opened_database


@click.group("keys")
def command() -> None:
    """Create, list and revoke API keys."""


@command.command("create")
@click.option("--name", required=True, help="Who holds the key.")
@click.option("--scope", "scopes", multiple=True, required=True, help="desk, desk:read or metrics; may be given twice.")
def create(name: str, scopes: tuple[str, ...]) -> None:
    """Make a key and print it once, as the last word."""
    with opened_database() as database:
        key = KeyRing(database).create(name, scopes)
    say(f"Key for {name!r} with {', '.join(scopes)}, shown only now: {key}")


@command.command("list")
def listing() -> None:
    """List the keys by name; the keys themselves are not kept."""
    with opened_database() as database:
        for key in KeyRing(database).list():
            used = f"last used {key.last_used_at:%Y-%m-%d %H:%M} UTC" if key.last_used_at else "never used"
            say(f"{key.name}  {' '.join(key.scopes)}  made {key.created_at:%Y-%m-%d}  {used}")


@command.command("revoke")
@click.argument("name")
def revoke(name: str) -> None:
    """Make the key of NAME worthless at once."""
    with opened_database() as database:
        KeyRing(database).revoke(name)
    say(f"The key of {name!r} is revoked.")
