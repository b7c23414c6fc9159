"""What a key may do: the scopes, and which of them includes which."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from assistant.errors import Invalid


class Scope(StrEnum):
    DESK = "desk"
    DESK_READ = "desk:read"
    METRICS = "metrics"


_INCLUDED: Mapping[Scope, frozenset[Scope]] = {Scope.DESK: frozenset({Scope.DESK_READ})}


class UnknownScope(Invalid):
    def __init__(self, scope: str) -> None:
        super().__init__(f"There is no scope {scope!r}: the scopes are {', '.join(Scope)}.")


def read_scopes(names: Iterable[str]) -> tuple[Scope, ...]:
    """The scopes of these names, each once, in a fixed order; UnknownScope lists the ones there are."""
    given = {read_scope(name) for name in names}
    return tuple(scope for scope in Scope if scope in given)


def read_scope(name: str) -> Scope:
    try:
        return Scope(name)
    except ValueError:
        raise UnknownScope(name) from None


def allows(held: Iterable[Scope], needed: Scope) -> bool:
    return any(needed is scope or needed in _INCLUDED.get(scope, frozenset()) for scope in held)
