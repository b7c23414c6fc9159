"""Mail through an SMTP server. A connection for each message: nothing is shared, nothing goes stale."""

import ipaddress
import smtplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

from assistant.outbox.values import Delivery, Postponed, Refused
from assistant.settings import BadSetting
from integrations.deadline import cut_off
from integrations.mail.letter import compose

STEP_SECONDS = 10.0
# Below the lease of the outbox, so that nobody else sends it meanwhile.
WHOLE_SECONDS = 20.0
_PERMANENT = 500
# The first that fits.
_CODES: Mapping[type[Exception], str] = {
    smtplib.SMTPNotSupportedError: "smtp-unsupported",
    smtplib.SMTPServerDisconnected: "smtp-disconnected",
    ssl.SSLError: "smtp-tls",
    TimeoutError: "smtp-timeout",
    socket.gaierror: "smtp-unknown-host",
}
_LOOPBACK_NAMES = frozenset({"localhost", "localhost.localdomain"})


class Encryption(StrEnum):
    """`AUTO`: STARTTLS where the server offers it."""

    TLS = "tls"
    REQUIRED = "required"
    AUTO = "auto"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    host: str
    port: int
    encryption: Encryption
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def is_this_machine(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() in _LOOPBACK_NAMES


def read_url(url: str) -> SmtpServer:
    """`smtp://USER:PASSWORD@HOST:PORT`, `smtps://…`, and `?starttls=required|auto|off` where the default is not
    right: a password never leaves this machine in clear. BadSetting for anything else.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
        wish = parse_qs(parts.query, strict_parsing=True).get("starttls", [""])[-1] if parts.query else ""
        wished = Encryption(wish) if wish else None
    except ValueError as error:
        raise _bad_url() from error
    if parts.scheme not in {"smtp", "smtps"} or not host or wished is Encryption.TLS:
        raise _bad_url()
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme == "smtps":
        return SmtpServer(host, port or 465, Encryption.TLS, user, password)
    plain = SmtpServer(host, port or (587 if user else 25), Encryption.AUTO, user, password)
    default = Encryption.REQUIRED if user and not plain.is_this_machine else Encryption.AUTO
    return SmtpServer(plain.host, plain.port, wished or default, user, password)


class SmtpTransport:
    """Sends as the organisation. `context` is for tests: certificates are checked, but for this very machine."""

    def __init__(
        self,
        server: SmtpServer,
        sent_by: Address,
        *,
        context: ssl.SSLContext | None = None,
        step_seconds: float = STEP_SECONDS,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._server = server
        self._sent_by = sent_by
        self._context = context or _context(server)
        self._step_seconds = step_seconds
        self._whole_seconds = whole_seconds

    def send(self, delivery: Delivery) -> None:
        """Return when the server has accepted the message for its one receiver."""
        letter = compose(delivery, sent_by=self._sent_by)
        (receiver,) = letter["To"].addresses
        try:
            client = self._connect()
            try:
                with cut_off(lambda: client.sock, seconds=self._whole_seconds):
                    self._introduce(client)
                    client.sendmail(self._sent_by.addr_spec, [receiver.addr_spec], letter.as_bytes())
            finally:
                # No polite QUIT: what was accepted is accepted, and a slow farewell must not look like a failure.
                client.close()
        except (smtplib.SMTPException, OSError) as error:
            # What the server said may hold the address: it goes no further.
            raise _failure(error) from None

    def _connect(self) -> smtplib.SMTP:
        server, name = self._server, _own_name()
        if server.encryption is Encryption.TLS:
            return smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=name, timeout=self._step_seconds, context=self._context
            )
        return smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=self._step_seconds)

    def _introduce(self, client: smtplib.SMTP) -> None:
        server = self._server
        client.ehlo_or_helo_if_needed()
        offered = server.encryption is Encryption.AUTO and client.has_extn("starttls")
        if offered or server.encryption is Encryption.REQUIRED:
            client.starttls(context=self._context)
            client.ehlo_or_helo_if_needed()
        if server.user:
            client.login(server.user, server.password)


def _own_name() -> str:
    # Not the fully qualified name: asking for that can hang on a name server.
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"


def _context(server: SmtpServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.is_this_machine:
        # A local mail server has a certificate that nobody signed, and nobody stands between.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _failure(error: Exception) -> Postponed | Refused:
    """A refusal of this receiver or this message is final; whatever is wrong with the server or with us may pass."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        status = next(iter(error.recipients.values()))[0]
        return Refused(f"smtp-{status}") if status >= _PERMANENT else Postponed(f"smtp-{status}")
    if isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= _PERMANENT:
        return Refused(f"smtp-{error.smtp_code}")
    if isinstance(error, smtplib.SMTPResponseException):
        return Postponed(f"smtp-{error.smtp_code}")
    # The library reports a server that fell silent as one that hung up.
    cause = error.__context__ if isinstance(error.__context__, TimeoutError) else error
    for kind, code in _CODES.items():
        if isinstance(cause, kind):
            return Postponed(code)
    return Postponed("smtp-connection")


def _bad_url() -> BadSetting:
    return BadSetting(
        "SMTP_URL",
        "takes smtp://USER:PASSWORD@HOST:PORT or smtps://…, with ?starttls=required, auto or off where needed.",
    )
