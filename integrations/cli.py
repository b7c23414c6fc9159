"""The `privacy-assistant` command. Loads a command's module only when it is called, so that each starts at once."""

import io
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from assistant.errors import AssistantError
from integrations.commands.printing import shown
from knowledge.errors import KnowledgeError

# Command -> module and the line shown in the list.
_COMMANDS = {
    "ask": ("integrations.commands.ask", "Answer one question from the policy."),
    "audit": ("integrations.commands.audit", "Verify the audit trail; show what it says of a subject."),
    "bank": ("integrations.commands.bank", "Check the question bank, draft questions, review what was left open."),
    "erase": ("integrations.commands.erase", "Erase a person or a conversation, and say what stays."),
    "eval": ("integrations.commands.evaluate", "Measure the answers on the evaluation set."),
    "index": ("integrations.commands.index", "Build the index of the policy and the question bank."),
    "keys": ("integrations.commands.keys", "Create, list and revoke API keys; rotate the data keys."),
    "outbox": ("integrations.commands.outbox", "Show what must be sent; send again what could not be."),
    "policy": ("integrations.commands.policy", "Publish, list and compare policy versions; show its periods."),
    "purge": ("integrations.commands.purge", "Remove transcripts past their retention."),
    "serve": ("integrations.commands.serve", "Serve the assistant over HTTP."),
    "slack": ("integrations.commands.slack", "Serve Slack by Socket Mode; print the manifest of the app."),
    "tickets": ("integrations.commands.tickets", "List, show and change the tickets of the queue."),
    "worker": ("integrations.commands.worker", "Send what the outbox holds, beside serving processes."),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading one."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in sorted(_COMMANDS.items())])


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="privacy-assistant")
def cli() -> None:
    """Answers questions about a company's privacy policy in the policy's own words.

    Settings are PRIVACY_ASSISTANT_... variables or a .env file; the README lists them.
    """


def main() -> NoReturn:
    """Run the command; a refusal of ours is one line on stderr and exit status 1, never a traceback."""
    # One question is a small product of matrices: more threads only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a curly quote gets a question mark, not a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        _leave("Stopped.", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (AssistantError, KnowledgeError) as error:
        _leave(str(error), 1)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _leave(f"{error.filename or 'A file'}: {error.strerror or type(error).__name__}", 1)
    sys.exit(0)


def _leave(line: str, status: int) -> NoReturn:
    click.echo(shown(" ".join(line.split())), err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
