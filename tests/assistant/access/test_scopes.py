import pytest

from assistant.access.scopes import Scope, UnknownScope, allows, read_scopes


@pytest.mark.parametrize(
    ("held", "needed", "allowed"),
    [
        (Scope.DESK, Scope.DESK, True),
        (Scope.DESK, Scope.DESK_READ, True),
        (Scope.DESK, Scope.METRICS, False),
        (Scope.DESK_READ, Scope.DESK, False),
        (Scope.DESK_READ, Scope.DESK_READ, True),
        (Scope.METRICS, Scope.METRICS, True),
        (Scope.METRICS, Scope.DESK_READ, False),
    ],
)
def test_only_desk_includes_another_scope(held: Scope, needed: Scope, *, allowed: bool) -> None:
    assert allows([held], needed) is allowed


def test_scopes_are_read_once_each_in_a_fixed_order() -> None:
    assert read_scopes(["metrics", "desk", "metrics"]) == (Scope.DESK, Scope.METRICS)


def test_an_unknown_scope_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(
        UnknownScope, match=r"^There is no scope 'desk:write': the scopes are desk, desk:read, metrics\.$"
    ):
        read_scopes(["desk", "desk:write"])
