"""What a room says of a column that holds sealed fields, so that they can be sealed anew without knowing the room."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_TEMPLATE = string.Formatter()


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """`place` is the place of a field with columns of its row in braces: "tickets.contact:{reference}".

    Bytes in a place are written as hex digits. An empty or null field is one that was never filled or was forgotten.
    """

    table: str
    column: str
    place: str

    def place_of(self, row: Mapping[str, Any]) -> str:
        named = (name for _, name, _, _ in _TEMPLATE.parse(self.place) if name)
        return self.place.format(**{name: _written(row[name]) for name in named})


def _written(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
