"""`privacy-assistant eval`: the evaluation run of `evals.run` from the console."""

import click

from evals.run import main


@click.command("eval", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    main(list(arguments))
