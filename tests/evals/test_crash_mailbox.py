from datetime import UTC, datetime
from email.headerregistry import Address
from pathlib import Path

import pytest

from assistant.outbox.values import Delivery, Kind, Message
from evals.crash.mailbox import ON_CALL, Mailbox, read_letter
from integrations.mail.folder import MailFolder
from integrations.mail.letter import compose

SENDER = Address("Privacy", addr_spec="privacy@example.com")
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def delivery(to: str, subject: str, body: str, *, name: str) -> Delivery:
    return Delivery(name, 1, AT, Message(Kind.MAIL, to, subject, body, "code"))


CODE = delivery("ada@example.com", "Your code", "Somebody gave this address – type:\n\n1234 5678\n\nOnce.\n", name="c")
ALERT = delivery(ON_CALL, "[high] security incident CM-7F3K-92QD", "Also CM-AAAA-BBBB waits.\n", name="a")
RECEIPT = delivery("ada@example.com", "Received", "Your request CM-CCCC-DDDD is received.\n", name="r")


def test_a_code_is_read_as_its_receiver_reads_it() -> None:
    letter = read_letter(compose(CODE, sent_by=SENDER).as_bytes())
    assert (letter.to, letter.code, letter.references) == ("ada@example.com", "12345678", frozenset())


def test_an_alert_names_its_incidents_in_subject_and_text() -> None:
    letter = read_letter(compose(ALERT, sent_by=SENDER).as_bytes())
    assert (letter.to, letter.code) == (ON_CALL, None)
    assert letter.references == {"CM-7F3K-92QD", "CM-AAAA-BBBB"}


@pytest.fixture
def folder(tmp_path: Path) -> MailFolder:
    sent = MailFolder(tmp_path / "mail", SENDER)
    for one in (CODE, ALERT, RECEIPT):
        sent.send(one)
    return sent


def test_mails_are_sorted_by_who_gets_what(folder: MailFolder, tmp_path: Path) -> None:
    del folder
    mailbox = Mailbox(tmp_path / "mail")
    mailbox.look()
    assert mailbox.code_for("ada@example.com") == "12345678"
    assert mailbox.code_for("bob@example.com") is None
    assert mailbox.alerts() == {"CM-7F3K-92QD", "CM-AAAA-BBBB"}
    assert mailbox.receipts() == {("ada@example.com", "CM-CCCC-DDDD")}
    assert mailbox.counts() == (3, 0)


def test_a_mail_that_comes_again_is_counted_as_that(folder: MailFolder, tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path / "mail")
    mailbox.look()
    folder.send(ALERT)
    mailbox.look()
    mailbox.look()
    assert mailbox.counts() == (3, 1)


def test_a_mailbox_that_is_watched_is_read_to_its_end(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path / "mail")
    mailbox.start()
    MailFolder(tmp_path / "mail", SENDER).send(CODE)
    mailbox.close()
    assert mailbox.codes() == {"ada@example.com"}
