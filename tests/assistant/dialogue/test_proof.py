import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.db.database import Database
from assistant.dialogue.addresses import Address, address_of
from assistant.dialogue.models import StoredProof
from assistant.dialogue.proof import Expired, MailboxProof, ProofUsed, Right, Sending, Sent, Spent, TooMany, Wrong
from assistant.dialogue.wording import code_body
from assistant.organisation import load_organisation
from assistant.words.book import words_of
from tests.assistant.db.opening import found_in
from tests.assistant.dialogue.conftest import DATA
from tests.assistant.sealing.opening import SetClock

HERE, ELSEWHERE = b"\1" * 32, b"\2" * 32


def address(text: str = "ravi@example.com") -> Address:
    read = address_of(text)
    assert isinstance(read, Address)
    return read


def begin(
    database: Database, proof: MailboxProof, clock: SetClock, *, to: str = "ravi@example.com", purpose: str = "rights:1"
) -> Sending:
    return database.write(
        lambda session: proof.begin(session, address=address(to), conversation=HERE, purpose=purpose, now=clock())
    )


def check(proof: MailboxProof, code: str, *, conversation: bytes = HERE, purpose: str = "rights:1") -> object:
    return proof.check(conversation=conversation, purpose=purpose, code=code)


def test_the_code_that_was_mailed_is_right_once(database: Database, proof: MailboxProof, clock: SetClock) -> None:
    assert begin(database, proof, clock) == Sent()
    assert check(proof, "00000001") == Right()
    database.write(lambda session: proof.end(session, conversation=HERE, purpose="rights:1", used=True))
    assert check(proof, "00000001") == Expired()
    with pytest.raises(ProofUsed):
        database.write(lambda session: proof.end(session, conversation=HERE, purpose="rights:1", used=True))


def test_a_code_has_five_tries(database: Database, proof: MailboxProof, clock: SetClock) -> None:
    begin(database, proof, clock)
    assert [check(proof, "99999999") for _ in range(5)] == [Wrong(4), Wrong(3), Wrong(2), Wrong(1), Spent()]
    assert check(proof, "00000001") == Spent()


def test_of_many_guesses_at_once_five_are_judged(database: Database, proof: MailboxProof, clock: SetClock) -> None:
    begin(database, proof, clock)
    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda guess: check(proof, f"{guess:08d}"), range(100, 160)))
    assert sum(isinstance(verdict, Wrong) for verdict in verdicts) == 4
    with database.read() as session:
        assert session.scalar(select(StoredProof.tries)) == 5


@pytest.mark.parametrize(("seconds", "verdict"), [(599, Right()), (600, Expired()), (601, Expired()), (-1, Expired())])
def test_a_code_lives_ten_minutes(
    database: Database, proof: MailboxProof, clock: SetClock, seconds: int, verdict: object
) -> None:
    begin(database, proof, clock)
    clock.pass_by(seconds=seconds)
    assert check(proof, "00000001") == verdict


def test_a_code_is_worth_nothing_elsewhere_or_for_something_else(
    database: Database, proof: MailboxProof, clock: SetClock
) -> None:
    begin(database, proof, clock)
    assert check(proof, "00000001", conversation=ELSEWHERE) == Expired()
    assert check(proof, "00000001", purpose="rights:2") == Expired()
    assert check(proof, "00000001") == Right()


def test_a_newer_code_ends_the_older(database: Database, proof: MailboxProof, clock: SetClock) -> None:
    begin(database, proof, clock)
    begin(database, proof, clock)
    assert check(proof, "00000001") == Wrong(4)
    assert check(proof, "00000002") == Right()


def test_an_address_gets_three_codes_in_a_day_however_it_is_spelled(
    database: Database, proof: MailboxProof, clock: SetClock
) -> None:
    spellings = ["V.ictim+1@gmail.com", "victim@gmail.com", "VICTIM@googlemail.com", "vic.tim@gmail.com"]
    sent = [begin(database, proof, clock, to=to, purpose=f"rights:{n}") for n, to in enumerate(spellings)]
    assert sent == [Sent(), Sent(), Sent(), TooMany()]
    clock.pass_by(hours=23, minutes=59)
    assert begin(database, proof, clock, to=spellings[0]) == TooMany()
    clock.pass_by(minutes=1)
    assert begin(database, proof, clock, to=spellings[0]) == Sent()


def test_the_fourth_request_ends_the_code_before_it(database: Database, proof: MailboxProof, clock: SetClock) -> None:
    for _ in range(4):
        begin(database, proof, clock)
    assert check(proof, "00000003") == Expired()


def test_the_database_holds_no_code_and_no_address(database: Database, proof: MailboxProof, clock: SetClock) -> None:
    begin(database, proof, clock, to="zanzibar@example.com")
    assert found_in(database.folder, ["00000001", "0000 0001", "zanzibar"]) == []


def test_sweeping_leaves_nothing_of_codes_and_addresses_that_are_over(
    database: Database, proof: MailboxProof, clock: SetClock
) -> None:
    begin(database, proof, clock)
    later = clock() + timedelta(hours=24)
    assert database.write(lambda session: proof.sweep(session, later)) == 2
    with database.read() as session:
        row = session.scalars(select(StoredProof)).one()
    assert (row.digest, row.salt, row.address, row.slot) == (None, None, None, None)


def test_forgetting_a_conversation_keeps_only_the_count(
    database: Database, proof: MailboxProof, clock: SetClock
) -> None:
    begin(database, proof, clock)
    assert database.write(lambda session: proof.forget(session, HERE)) == 1
    assert check(proof, "00000001") == Expired()


def test_the_mail_has_the_code_on_its_own_line_and_no_other_long_number() -> None:
    body = code_body(words_of("en"), load_organisation(DATA / "harbourlight"), "12345678", minutes=10)
    assert "1234 5678" in body.splitlines()
    rest = body.replace("1234 5678", "")
    assert re.search(r"(?:\d[ .-]?){6}", rest) is None
