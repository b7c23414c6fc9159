"""`privacy-assistant index`: build the index, or find that nothing has changed."""

import click

from integrations.commands.printing import say
from integrations.commands.progress import progress_bar
from integrations.commands.whole import opened_assistant


@click.command("index")
@click.option("--force", is_flag=True, help="Build even when nothing has changed.")
def command(*, force: bool) -> None:
    """Build the index of all policy versions and the question bank; running it twice changes nothing."""
    with opened_assistant() as assistant, progress_bar() as bar:
        task = bar.add_task("indexing", total=None)
        done, stale = assistant.indexing.run(
            force=force, progress=lambda written, total: bar.update(task, completed=written, total=total)
        )
        bar.update(task, description="learning the bank")
        assistant.indexing.ensure()
    state = "built" if done.built else "already up to date"
    say(f"Index {done.generation} {state}: {done.clauses} clauses, {done.questions} questions.")
    for found in stale:
        say(f"  line {found.line.number} no longer votes for {found.clause}: its sentence changed or vanished.")
