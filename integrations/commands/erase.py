"""`privacy-assistant erase`: removes a person or a conversation everywhere, and says what stays and why."""

import click

from assistant.office import Office
from integrations.commands.office import opened_office
from integrations.commands.opening import read_settings
from integrations.transports import mail_folder

ACTOR = "console"


@click.command("erase")
@click.option("--email", metavar="ADDRESS", help="The address of the person; it must have been proven by a code.")
@click.option("--conversation", metavar="ID", help="The id of one conversation.")
@click.option("--vouch", is_flag=True, help="Erase an address that no code proved: you have checked who asks.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(email: str | None, conversation: str | None, *, vouch: bool, yes: bool) -> None:
    """Erase what names a person, or one conversation, from every table and file.

    Open tickets keep what is needed to answer them. The erasure is noted, and done again after a restore.
    """
    if (email is None) == (conversation is None):
        raise click.UsageError("Give either --email or --conversation.")
    if not yes:
        click.confirm("This cannot be undone. Go on?", abort=True)
    with opened_office() as office:
        if conversation is not None:
            kept = tuple(office.eraser.erase(conversation).kept)
        else:
            kept = _erase_address(office, str(email), vouch=vouch)
    click.echo("Erased.")
    for ticket in kept:
        click.echo(f"{ticket['reference']} stays. {ticket['why']}")


def _erase_address(office: Office, address: str, *, vouch: bool) -> tuple[dict[str, str], ...]:
    if not vouch and not office.tickets.is_proven(address):
        raise click.ClickException(
            "No code has proven this address, so anyone may have typed it: check who asks, then add --vouch."
        )
    kept = office.eraser.erase_address(address, actor=ACTOR)
    mail_folder(read_settings(), office.organisation).forget(address)
    return tuple(dict(ticket.as_json()) for ticket in kept)
