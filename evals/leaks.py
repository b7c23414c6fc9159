"""Looks for words in the bytes of files: what was typed to the product and must not be kept in clear."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path


def spellings(canary: str) -> frozenset[bytes]:
    """How it may stand in a file: as typed, in small letters, or as JSON writes it."""
    texts = {canary, canary.lower(), json.dumps(canary)[1:-1]}
    return frozenset(text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le"))


def files(folder: Path, *, without: str) -> Iterator[Path]:
    """Every file below a folder but for those in the subfolder of that name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).parts[0] != without:
            yield path


def leaked(canaries: Mapping[str, Iterable[str]], paths: Iterable[Path]) -> tuple[tuple[str, str, str], ...]:
    """Each canary that stands in a file, as (whose it is, which one, name of the file)."""
    known = [
        (owner, canary, form) for owner, typed in canaries.items() for canary in typed for form in spellings(canary)
    ]
    found: dict[tuple[str, str, str], None] = {}
    for path in paths:
        content = path.read_bytes()
        found |= {(owner, canary, path.name): None for owner, canary, form in known if form in content}
    return tuple(found)
