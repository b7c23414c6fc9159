"""The policies whose questions are known: the invented organisations and those that ship. Values and files only."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.clause import Clause, PolicyVersion
from knowledge.parser.policy import parse
from knowledge.questions import FILE_NAME, BankLine, Kind, bind, load_bank
from knowledge.versions.library import PolicyLibrary

_LIBRARY = Path(__file__).parents[1]
TRAINING = _LIBRARY / "training" / "data"
SHIPPED = _LIBRARY / "policies"
_POLICY = "policy.txt"
# A policy that shares this much of its sentences with the one at hand is that policy, or another version of it.
_ITSELF = 0.5


@dataclass(frozen=True, slots=True)
class KnownPolicy:
    """`asked` are the answerable lines of its bank whose first clause it still has, by that clause's id."""

    name: str
    clauses: tuple[Clause, ...]
    asked: dict[str, tuple[BankLine, ...]]


def known_policies(
    version: PolicyVersion, *, training: Path = TRAINING, shipped: Path = SHIPPED
) -> tuple[KnownPolicy, ...]:
    """Every known policy but the one at hand, by name; a folder that is not there holds none."""
    found = (*_invented(training), *_organisations(shipped))
    return tuple(policy for policy in found if not _is_itself(policy, version))


def _invented(folder: Path) -> Iterator[KnownPolicy]:
    for path in sorted(folder.glob(f"*/{_POLICY}")):
        clauses = parse(path.read_bytes(), name=path.name).clauses
        yield _known(path.parent.name, clauses, load_bank(path.parent / FILE_NAME))


def _organisations(folder: Path) -> Iterator[KnownPolicy]:
    for path in sorted(folder.glob(f"*/{FILE_NAME}")):
        if versions := PolicyLibrary(path.parent).versions():
            newest = versions[-1]
            binding = bind(load_bank(path), newest)
            stale = {found.line.number for found in binding.stale}
            lines = tuple(line for line in binding.lines if line.number not in stale)
            yield _known(path.parent.name, newest.clauses, lines)


def _known(name: str, clauses: tuple[Clause, ...], lines: tuple[BankLine, ...]) -> KnownPolicy:
    asked: dict[str, list[BankLine]] = {clause.id: [] for clause in clauses}
    for line in lines:
        # Hindi in its own script is nothing that another organisation's bank can be begun with.
        if line.kind is Kind.ANSWERABLE and line.clauses[0] in asked and line.heard == line.question:
            asked[line.clauses[0]].append(line)
    return KnownPolicy(name, clauses, {clause: tuple(found) for clause, found in asked.items()})


def _is_itself(policy: KnownPolicy, version: PolicyVersion) -> bool:
    shared = sum(clause.hash in version.by_hash for clause in policy.clauses)
    return shared >= _ITSELF * max(1, len(policy.clauses))
