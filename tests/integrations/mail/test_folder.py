import os
import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from assistant.outbox.values import Postponed
from integrations.mail.folder import MailFolder
from tests.integrations.mail.conftest import SENDER, START, delivery


@pytest.fixture
def mailbox(tmp_path: Path) -> MailFolder:
    return MailFolder(tmp_path / "mail", SENDER)


def files(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "mail").iterdir())


def set_age(path: Path, age: timedelta) -> None:
    moment = (START - age).timestamp()
    os.utime(path, (moment, moment))


def test_a_mail_is_one_finished_file_that_only_its_owner_reads(mailbox: MailFolder, tmp_path: Path) -> None:
    mailbox.send(delivery("1234 5678\n"))
    assert files(tmp_path) == ["20260922T101507123456Z-a1b2.eml"]
    (path,) = (tmp_path / "mail").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    letter = message_from_bytes(path.read_bytes(), policy=SMTP)
    assert (letter["To"], letter["Message-ID"]) == ("ana@example.com", "<a1b2@example.org>")


def test_it_never_stands_under_its_name_before_it_is_whole(
    mailbox: MailFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    sync = os.fsync

    def look(descriptor: int) -> None:
        seen.append(files(tmp_path))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    mailbox.send(delivery())
    assert seen == [[".a1b2.part"], ["20260922T101507123456Z-a1b2.eml"]]


def test_a_repeat_replaces_what_it_repeats(mailbox: MailFolder, tmp_path: Path) -> None:
    for attempt in (1, 2, 3):
        mailbox.send(delivery(attempt=attempt))
    assert len(files(tmp_path)) == 1


def test_an_address_is_forgotten_in_any_spelling_and_no_other(mailbox: MailFolder, tmp_path: Path) -> None:
    mailbox.send(delivery(to="Ana@Example.com", name="a1"))
    mailbox.send(delivery(to="ana@example.com", name="a2"))
    mailbox.send(delivery(to="diana@example.com", name="b1"))
    mailbox.send(delivery(to="ana@exämple.com", name="c1"))
    assert mailbox.forget("ANA@example.com ") == 2
    assert [re.sub(".*-", "", name) for name in files(tmp_path)] == ["b1.eml", "c1.eml"]
    assert mailbox.forget("ana@exämple.com") == 1
    assert mailbox.forget("nobody@example.com") == 0


def test_what_a_crash_left_half_written_is_forgotten_and_purged_too(mailbox: MailFolder, tmp_path: Path) -> None:
    mailbox.send(delivery())
    (finished,) = (tmp_path / "mail").iterdir()
    content = finished.read_bytes()
    for name in (".x1.part", ".x2.part"):
        finished.with_name(name).write_bytes(content[:300])
    assert mailbox.forget("ana@example.com") == 3
    finished.with_name(".x3.part").write_bytes(b"From: so")
    set_age(finished.with_name(".x3.part"), timedelta(days=2))
    assert mailbox.purge(START) == 1


def test_what_is_older_than_a_day_is_purged(mailbox: MailFolder, tmp_path: Path) -> None:
    for name, hours in (("old", 24.1), ("young", 23.9)):
        mailbox.send(delivery(name=name))
        set_age(tmp_path / "mail" / f"20260922T101507123456Z-{name}.eml", timedelta(hours=hours))
    assert mailbox.purge(START) == 1
    assert files(tmp_path) == ["20260922T101507123456Z-young.eml"]


def test_a_folder_that_is_not_there_yet_has_nothing_to_forget(mailbox: MailFolder) -> None:
    assert (mailbox.forget("ana@example.com"), mailbox.purge(START)) == (0, 0)


def test_what_was_sent_can_be_recalled(mailbox: MailFolder, tmp_path: Path) -> None:
    mailbox.send(delivery())
    mailbox.recall(delivery())
    mailbox.recall(delivery())
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_a_failure_that_may_pass(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(Postponed, match="mail-folder"):
        MailFolder(tmp_path / "mail", SENDER).send(delivery())
