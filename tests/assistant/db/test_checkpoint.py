from pathlib import Path

from assistant.db.checkpoint import CheckpointRole


def test_a_serving_process_keeps_the_role_and_a_command_gives_it_back(tmp_path: Path) -> None:
    server, command = CheckpointRole(tmp_path, keep=True), CheckpointRole(tmp_path, keep=False)
    assert command.take()
    assert not server.take_for_life()
    command.done()
    assert server.take_for_life()
    server.done()
    assert not command.take()
    server.close()
    assert command.take()
    command.close()


def test_a_command_never_takes_the_role_for_life(tmp_path: Path) -> None:
    assert not CheckpointRole(tmp_path, keep=False).take_for_life()


def test_a_request_stands_until_it_is_answered(tmp_path: Path) -> None:
    server, command = CheckpointRole(tmp_path, keep=True), CheckpointRole(tmp_path, keep=False)
    assert not command.requested()
    command.ask()
    command.ask()
    assert server.requested()
    server.answer()
    server.answer()
    assert not command.requested()
