"""A note beside the database of how far the trail had come: who puts an older database in its place is found out.

The note is a file of the data folder. Who can put back an older file too is not: keep the line that `audit verify`
prints somewhere else.
"""

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.audit.chain import Chain

FILE_NAME = "audit.witness"


@dataclass(frozen=True, slots=True)
class Seen:
    """The trail once had this many entries, and the last of them this hash."""

    entries: int
    last_hash: bytes


class Witness:
    def __init__(self, folder: Path, chain: Chain) -> None:
        self._path = folder / FILE_NAME
        self._chain = chain

    def is_damaged(self) -> bool:
        return self._path.exists() and self.seen() is None

    def seen(self) -> Seen | None:
        """What was noted last; None where nothing was, and where the note is not ours."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            note = json.loads(self._path.read_text(encoding="ascii"))
            seen = Seen(int(note["entries"]), bytes.fromhex(note["last_hash"]))
            if note["mac"] == self._chain.witness_mac(seen.entries, seen.last_hash).hex():
                return seen
        return None

    def note(self, seen: Seen) -> None:
        """Replace the note, whole or not at all; of an empty trail there is none."""
        if not seen.entries:
            self._path.unlink(missing_ok=True)
            return
        mac = self._chain.witness_mac(seen.entries, seen.last_hash)
        text = json.dumps({"entries": seen.entries, "last_hash": seen.last_hash.hex(), "mac": mac.hex()})
        descriptor, temporary = tempfile.mkstemp(prefix=".witness-", dir=self._path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(text)
            Path(temporary).replace(self._path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
