"""`privacy-assistant ask`: one question, no conversation, no trace."""

import json
from datetime import date, datetime
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from integrations.commands.printing import escaped, shown
from integrations.commands.whole import opened_assistant

_SAID = {"computed": "bold", "rephrased": "italic", "contact": "cyan", "question": "bold"}


@click.command("ask")
@click.argument("question")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Answer from the version in force on that day.")
@click.option("--json", "as_json", is_flag=True, help="Print the Reply as JSON.")
def command(question: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Answer one QUESTION from the policy, with the clauses it comes from."""
    day: date | None = as_of.date() if as_of else None
    with opened_assistant() as assistant:
        assistant.indexing.ensure()
        reply = assistant.front_desk.ask(question, as_of=day)
    if as_json:
        click.echo(escaped(json.dumps(reply, ensure_ascii=False, indent=2)))
        return
    show(reply, Console(highlight=False, soft_wrap=False))


def _text(text: str, style: str = "") -> Text:
    return Text(shown(text), style=style)


def show(reply: dict[str, Any], console: Console) -> None:
    """Print a Reply for reading; every text is data, never markup."""
    for part in reply["parts"]:
        citation = part["citation"]
        if part["kind"] == "quote":
            cited = reply["citations"][citation]
            console.print(Padding(_text(f"“{part['text']}”"), (0, 0, 0, 2)))
            console.print(Padding(_text(f"{cited['clause']}  {cited['section']}", style="dim"), (0, 0, 1, 4)))
        else:
            console.print(_text(part["text"], style=_SAID.get(part["kind"], "")))
            console.print()
    for cited in reply["see_also"]:
        console.print(
            Padding(_text(f"{cited['clause']}  {cited['section']}: {cited['quote']}", style="dim"), (0, 0, 1, 2))
        )
    console.print(_text(f"Policy version {reply['policy_version']}", style="dim"))
