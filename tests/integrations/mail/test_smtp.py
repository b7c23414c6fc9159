import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP as POLICY
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from assistant.outbox.values import Postponed, Refused
from assistant.settings import BadSetting
from integrations.mail.smtp import Encryption, SmtpServer, SmtpTransport, read_url
from tests.fakes.certificates import client_context, make_certificate, server_context
from tests.integrations.mail.conftest import SENDER, delivery


@dataclass
class Inbox:
    """What a server does with what it is sent."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    taken: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    die_after_data: int = 0

    async def handle_MAIL(  # noqa: N802 the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self._answer("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer("RCPT", "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 the library's name
        answer = self._answer("DATA", "250 OK")
        if answer == "250 OK":
            self.taken.append(envelope)
            self.encrypted.append(session.ssl is not None)
        if self.die_after_data:
            self.die_after_data -= 1
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer

    def log_in(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.logins.append((given.login, given.password))
        return AuthResult(success=given.password == b"p@ss/word", handled=False)

    def _answer(self, step: str, usual: str) -> str:
        waiting = self.answers.get(step, [])
        return waiting.pop(0) if waiting else usual


@contextmanager
def served(inbox: Inbox, **options: Any) -> Iterator[int]:
    controller = Controller(inbox, hostname="127.0.0.1", port=_free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


@contextmanager
def hanging(greeting: bytes = b"", *, drip: bool = False) -> Iterator[int]:
    """A server that says what it is told to and then nothing, or one byte at a time."""
    stop = threading.Event()

    def serve(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.sendall(greeting)
            while not stop.wait(0.05):
                if drip:
                    try:
                        connection.sendall(b"2")
                    except OSError:
                        return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            stop.set()
            thread.join()


def transport(port: int, **changes: Any) -> SmtpTransport:
    return SmtpTransport(read_url(f"smtp://127.0.0.1:{port}"), SENDER, **changes)


def test_a_mail_reaches_a_real_server_whole() -> None:
    inbox = Inbox()
    with served(inbox) as port:
        transport(port).send(delivery("Your code:\n\n1234 5678\n\n.dots\n..stay\nFrom here on: ünïcode\n"))
    (envelope,) = inbox.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("privacy@example.org", ["ana@example.com"])
    assert isinstance(envelope.content, bytes)
    letter = message_from_bytes(envelope.content, policy=POLICY)
    assert letter["Message-ID"] == "<a1b2@example.org>"
    assert letter.get_content() == "Your code:\r\n\r\n1234 5678\r\n\r\n.dots\r\n..stay\r\nFrom here on: ünïcode\r\n"


@pytest.mark.parametrize(
    ("step", "answer", "failure"),
    [
        ("MAIL", "421 Service shutting down", Postponed),
        ("MAIL", "550 We do not know you", Postponed),
        ("RCPT", "421 Service shutting down", Postponed),
        ("RCPT", "452 Mailbox full", Postponed),
        ("RCPT", "550 No such user", Refused),
        ("DATA", "421 Service shutting down", Postponed),
        ("DATA", "452 Disk full", Postponed),
        ("DATA", "550 Spam", Refused),
    ],
)
def test_what_may_pass_is_tried_again_and_what_will_not_is_given_up(
    step: str, answer: str, failure: type[Postponed | Refused]
) -> None:
    inbox = Inbox({step: [answer]})
    with served(inbox) as port:
        with pytest.raises(failure) as raised:
            transport(port).send(delivery())
        assert raised.value.code == f"smtp-{answer[:3]}"
        assert "example.com" not in str(raised.value)
        transport(port).send(delivery())
    assert len(inbox.taken) == 1


def test_a_server_that_dies_after_the_data_gets_the_same_mail_again() -> None:
    inbox = Inbox(die_after_data=1)
    with served(inbox) as port:
        with pytest.raises(Postponed, match="smtp-disconnected"):
            transport(port).send(delivery(attempt=1))
        transport(port).send(delivery(attempt=2))
    contents = [envelope.content for envelope in inbox.taken]
    assert len(contents) == 2
    assert contents[0] == contents[1]


@pytest.mark.parametrize("greeting", [b"", b"220 here\r\n"])
def test_a_server_that_hangs_is_given_up_in_time(greeting: bytes) -> None:
    with hanging(greeting) as port:
        began = time.monotonic()
        with pytest.raises(Postponed, match="smtp-timeout"):
            transport(port, step_seconds=0.3).send(delivery())
        assert time.monotonic() - began < 3


def test_a_server_that_keeps_dripping_is_cut_off() -> None:
    with hanging(b"220 here\r\n", drip=True) as port:
        began = time.monotonic()
        with pytest.raises(Postponed):
            transport(port, step_seconds=5, whole_seconds=0.5).send(delivery())
        assert time.monotonic() - began < 3


def test_where_nobody_listens_it_may_pass() -> None:
    with pytest.raises(Postponed, match="smtp-connection"):
        transport(_free_port()).send(delivery())


def test_a_greeting_of_421_may_pass() -> None:
    with hanging(b"421 too busy\r\n") as port, pytest.raises(Postponed, match="smtp-421"):
        transport(port).send(delivery())


def test_starttls_is_used_where_it_is_offered(tmp_path: Path) -> None:
    inbox = Inbox()
    context = server_context(make_certificate(tmp_path))
    with served(inbox, tls_context=context, require_starttls=True) as port:
        transport(port).send(delivery())
    assert inbox.encrypted == [True]


def test_starttls_that_is_required_and_not_offered_sends_nothing() -> None:
    inbox = Inbox()
    with served(inbox) as port:
        required = SmtpTransport(read_url(f"smtp://127.0.0.1:{port}?starttls=required"), SENDER)
        with pytest.raises(Postponed, match="smtp-unsupported"):
            required.send(delivery())
    assert inbox.taken == []


def test_a_certificate_of_somebody_else_is_not_accepted(tmp_path: Path) -> None:
    inbox = Inbox()
    (tmp_path / "other").mkdir()
    context = server_context(make_certificate(tmp_path))
    trusting_another = client_context(make_certificate(tmp_path / "other"))
    with served(inbox, tls_context=context) as port, pytest.raises(Postponed, match="smtp-tls"):
        transport(port, context=trusting_another).send(delivery())
    assert inbox.taken == []


def test_a_server_that_speaks_tls_from_the_start_gets_name_and_password(tmp_path: Path) -> None:
    inbox = Inbox()
    certificate = make_certificate(tmp_path)
    options = {"ssl_context": server_context(certificate), "authenticator": inbox.log_in, "auth_require_tls": False}
    with served(inbox, **options) as port:
        server = read_url(f"smtps://desk%40example.org:p%40ss%2Fword@127.0.0.1:{port}")
        SmtpTransport(server, SENDER, context=client_context(certificate)).send(delivery())
    assert set(inbox.logins) == {(b"desk@example.org", b"p@ss/word")}
    assert len(inbox.taken) == 1


def test_a_wrong_password_may_be_corrected_so_nothing_is_given_up(tmp_path: Path) -> None:
    inbox = Inbox()
    options = {"authenticator": inbox.log_in, "auth_require_tls": False}
    with served(inbox, **options) as port, pytest.raises(Postponed, match="smtp-535"):
        SmtpTransport(read_url(f"smtp://a:wrong@127.0.0.1:{port}"), SENDER).send(delivery())


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", SmtpServer("mail.example.org", 25, Encryption.AUTO)),
        ("smtp://mail.example.org:2525?starttls=off", SmtpServer("mail.example.org", 2525, Encryption.OFF)),
        ("smtps://mail.example.org", SmtpServer("mail.example.org", 465, Encryption.TLS)),
        ("smtp://a%40b:c%3A@mail.example.org", SmtpServer("mail.example.org", 587, Encryption.REQUIRED, "a@b", "c:")),
        ("smtp://a:b@localhost:1025", SmtpServer("localhost", 1025, Encryption.AUTO, "a", "b")),
        ("smtp://[::1]:1025", SmtpServer("::1", 1025, Encryption.AUTO)),
    ],
)
def test_a_url_names_server_encryption_and_account(url: str, server: SmtpServer) -> None:
    assert read_url(url) == server


@pytest.mark.parametrize(
    "url", ["http://a", "smtp://", "smtp://a:port", "smtp://a?starttls=perhaps", "smtp://a?starttls=tls", "smtp://a?b"]
)
def test_any_other_url_is_one_line_without_the_password(url: str) -> None:
    with pytest.raises(BadSetting, match="SMTP_URL takes"):
        read_url(url)


def test_a_password_does_not_show() -> None:
    assert "hush" not in repr(read_url("smtp://a:hush@mail.example.org"))
