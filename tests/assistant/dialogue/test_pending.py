from datetime import timedelta

import pytest

from assistant.db.database import Database
from assistant.dialogue.models import SEALED
from assistant.dialogue.pending import DialogueKind, DialogueMoved, DialogueStore, Pending, place_of
from tests.assistant.db.opening import found_in
from tests.assistant.sealing.opening import SetClock

HERE, ELSEWHERE = b"\1" * 32, b"\2" * 32


def save(database: Database, dialogues: DialogueStore, pending: Pending) -> None:
    database.write(lambda session: dialogues.save(session, HERE, pending))


def loaded(dialogues: DialogueStore) -> Pending:
    pending = dialogues.load(HERE)
    assert pending is not None
    return pending


def test_a_dialogue_comes_back_as_it_was_saved(database: Database, dialogues: DialogueStore, clock: SetClock) -> None:
    save(database, dialogues, Pending(DialogueKind.RIGHTS, "email", {"rights": ["access"]}, unusable=1))
    pending = loaded(dialogues)
    assert (pending.kind, pending.state, pending.data, pending.unusable) == (
        "rights",
        "email",
        {"rights": ["access"]},
        1,
    )
    assert pending.updated_at == clock()
    assert dialogues.load(ELSEWHERE) is None


def test_the_second_of_two_answers_to_one_state_is_refused(database: Database, dialogues: DialogueStore) -> None:
    save(database, dialogues, Pending(DialogueKind.RIGHTS, "email"))
    first = second = loaded(dialogues)
    save(database, dialogues, first.to("confirmation"))
    with pytest.raises(DialogueMoved):
        save(database, dialogues, second.to("confirmation"))


def test_two_dialogues_do_not_begin_at_once_in_one_conversation(database: Database, dialogues: DialogueStore) -> None:
    save(database, dialogues, Pending(DialogueKind.RIGHTS, "email"))
    with pytest.raises(DialogueMoved):
        save(database, dialogues, Pending(DialogueKind.HANDOVER, "email"))


def test_after_the_end_there_is_none_and_an_old_answer_does_not_bring_it_back(
    database: Database, dialogues: DialogueStore
) -> None:
    save(database, dialogues, Pending(DialogueKind.RIGHTS, "email"))
    late = loaded(dialogues)
    database.write(lambda session: dialogues.end(session, HERE))
    assert dialogues.load(HERE) is None
    with pytest.raises(DialogueMoved):
        save(database, dialogues, late.to("confirmation"))
    save(database, dialogues, Pending(DialogueKind.COMPLAINT, "email"))
    assert loaded(dialogues).kind is DialogueKind.COMPLAINT


def test_an_end_of_another_version_is_refused(database: Database, dialogues: DialogueStore) -> None:
    save(database, dialogues, Pending(DialogueKind.RIGHTS, "email"))
    with pytest.raises(DialogueMoved):
        database.write(lambda session: dialogues.end(session, HERE, version=7))


def test_idle_dialogues_are_forgotten(database: Database, dialogues: DialogueStore, clock: SetClock) -> None:
    save(database, dialogues, Pending(DialogueKind.RIGHTS, "email"))
    before = clock() + timedelta(days=8)
    assert database.write(lambda session: dialogues.forget_idle(session, before=before, limit=10)) == 1
    assert dialogues.load(HERE) is None


def test_nothing_that_was_said_stands_in_the_file(database: Database, dialogues: DialogueStore) -> None:
    save(database, dialogues, Pending(DialogueKind.RIGHTS, "email", {"email": "zanzibar@example.com"}))
    assert found_in(database.folder, ["zanzibar"]) == []


def test_the_place_of_the_data_is_what_rotation_is_told() -> None:
    assert [column.place_of({"conversation": HERE}) for column in SEALED] == [place_of(HERE)]
