"""`privacy-assistant bank`: what a privacy team wants to know of its question bank."""

from collections.abc import Iterable
from itertools import islice

import click

from assistant.policy_folder import policy_folder
from integrations.commands.bank_draft import accept, draft
from integrations.commands.bank_review import review as left_open
from integrations.commands.opening import newest_version, read_settings
from integrations.commands.printing import say
from knowledge.bank_review import FEW, BankReview, random_lines, review
from knowledge.encoder.onnx import OnnxEncoder
from knowledge.kept_vectors import keep_vectors
from knowledge.questions import FILE_NAME, BankLine, load_bank

SHOWN = 20


@click.group("bank")
def command() -> None:
    """Check the question bank; propose questions for it; learn from what was left open."""


for _each in (draft, accept, left_open):
    command.add_command(_each)


@command.command("check")
@click.option("--all", "everything", is_flag=True, help=f"List all findings, not the first {SHOWN} of each kind.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Which ten lines are shown.")
def check(*, everything: bool, seed: int) -> None:
    """Report duplicates, unknown and stale clauses, thin clauses, lines that stray, and how varied the bank is."""
    folder = policy_folder(read_settings().policy)
    version = newest_version(folder)
    lines = load_bank(folder / FILE_NAME)
    if not lines:
        raise click.ClickException(f"There is no question bank in {folder.name!r}: add questions.jsonl.")
    encoder = OnnxEncoder(threads=2)
    found = review(
        lines,
        version,
        question_vectors=encoder.encode([line.heard for line in lines]),
        clause_vectors=encoder.encode([clause.text for clause in version.clauses]),
    )
    for text in _report(found, lines, None if everything else SHOWN):
        say(text)
    say("ten lines at random:")
    for line in random_lines(lines, 10, seed=seed):
        say(f"  {line.number}: {line.question}  [{' '.join(line.clauses) or line.kind.value}]")


@command.command("encode")
def encode() -> None:
    """Keep the questions' vectors beside the bank, so that a first start need not encode them."""
    folder = policy_folder(read_settings().policy)
    texts = [line.heard for line in load_bank(folder / FILE_NAME)]
    encoder = OnnxEncoder(threads=2)
    keep_vectors(folder, texts, encoder.encode(texts), encoder=encoder.name)
    say(f"Kept the vectors of {len(texts)} questions in {folder.name!r}.")


def _report(found: BankReview, lines: tuple[BankLine, ...], most: int | None) -> Iterable[str]:
    total = len(lines)
    yield f"{total} lines: " + ", ".join(f"{count} {kind}" for kind, count in found.kinds.items())
    yield "registers: " + ", ".join(f"{name} {count / total:.1%}" for name, count in found.registers.items())
    yield "commonest first three words: " + ", ".join(f"{words!r} {share:.2%}" for words, share in found.openings)
    yield f"pairs with cosine over 0.95: {found.near_twin_share:.4%}"
    yield from _listed("duplicates", [f"{a.number} and {b.number}: {b.question}" for a, b in found.duplicates], most)
    yield from _listed(
        "lines with an unknown clause", [f"{line.number}: {line.question}" for line in found.unknown], most
    )
    yield from _listed(
        "lines with a stale clause", [f"{s.line.number}: {s.clause}: {s.line.question}" for s in found.stale], most
    )
    yield from _listed(
        f"clauses with fewer than {FEW} questions", [f"{clause}: {count}" for clause, count in found.few.items()], most
    )
    yield from _listed(
        "lines nearer to another clause's text than to their own",
        [f"{a.line.number}: {a.line.question}  {' '.join(a.line.clauses)} -> {a.nearer_to}" for a in found.astray],
        most,
    )


def _listed(title: str, rows: list[str], most: int | None) -> Iterable[str]:
    yield f"{title}: {len(rows)}"
    yield from (f"  {row}" for row in islice(rows, most))
    if most is not None and len(rows) > most:
        yield f"  ... and {len(rows) - most} more (--all lists them)"
