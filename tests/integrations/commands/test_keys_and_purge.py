import pytest

from tests.integrations.commands.conftest import Terminal


def test_a_key_is_printed_once_as_the_last_word_and_can_be_revoked(terminal: Terminal) -> None:
    made = terminal("keys", "create", "--name", "desk one", "--scope", "desk", "--scope", "metrics")
    key = made.out.split()[-1]
    assert len(key) > 40
    listed = terminal("keys", "list").out
    assert "desk one  desk metrics  made " in listed
    assert "never used" in listed
    assert key not in listed
    assert "revoked" in terminal("keys", "revoke", "desk one").out
    assert "desk one" not in terminal("keys", "list").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "--name", "a", "--scope", "everything"),
        ("create", "--name", "\x1b[2J", "--scope", "desk"),
        ("create", "--name", "\udcff", "--scope", "desk"),
        ("create", "--name", "", "--scope", "desk"),
        ("revoke", "nobody"),
        ("rotate-key", "nobody"),
    ],
)
def test_what_cannot_be_done_is_one_line(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    assert terminal("keys", *arguments).refusal.endswith((".", "metrics."))


def test_a_key_that_ends_says_so_and_a_rotated_one_works_on_for_a_while(terminal: Terminal) -> None:
    first = terminal("keys", "create", "--name", "desk", "--scope", "desk", "--days", "30").out
    second = terminal("keys", "rotate-key", "desk", "--overlap", "3").out
    assert "for 30 days" in first
    assert first.split()[-1] != second.split()[-1]
    current, former = terminal("keys", "list").out.splitlines()
    assert (" ends " in current, "rotated out" in current) == (False, False)
    assert (" ends " in former, "rotated out" in former) == (True, True)
    assert "key.rotated" in terminal("audit", "show", "key:desk").out


def test_nothing_is_purged_from_an_empty_folder(terminal: Terminal) -> None:
    assert terminal("purge").out == "0 conversations removed.\n"
