"""The settings: what `PRIVACY_ASSISTANT_…` variables and a `.env` may say, checked once at the start.

Owns names, defaults and the sentence for a bad value; opens no file but the `.env`, knows no part that it configures.
"""

import difflib
import ipaddress
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from assistant.errors import AssistantError

PREFIX = "PRIVACY_ASSISTANT_"
SHORTEST_SECRET = 16
LONGEST_RETENTION_DAYS = 3650
# Doors read their own variables of these families.
_FAMILIES = ("SLACK_",)
_ASSIGNMENT = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)")

_log = logging.getLogger(__name__)


class BadSetting(AssistantError):
    """A setting cannot be used: one line that names the variable and says what it takes."""

    def __init__(self, name: str, takes: str) -> None:
        super().__init__(f"{PREFIX}{name} {takes}")


class UnreadableDotenv(AssistantError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"The file {path.name} cannot be read as UTF-8 text: correct it or take it away.")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set. None means unset; what may hold a password never shows in `repr`."""

    data_dir: Path = field(default_factory=lambda: Path("var").absolute())
    policy: str = "codemites"
    database_url: str | None = field(default=None, repr=False)
    chroma_url: str | None = field(default=None, repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    llm: str | None = None
    llm_base_url: str | None = field(default=None, repr=False)
    encoder: str | None = None
    secret_key: str | None = field(default=None, repr=False)
    secret_key_file: Path | None = None
    previous_secret_key: str | None = field(default=None, repr=False)
    rate_limit: bool = True
    public_url: str | None = None
    allowed_origins: tuple[str, ...] = ()
    transcript_days: int = 90
    trusted_proxies: tuple[str, ...] = ()
    # Tiers of on-call addresses; a webhook's address may be a secret.
    on_call: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    on_call_secret: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, dotenv: Path | None = None) -> Self:
        """Read the variables; what is in `environ` stands over the file `dotenv`, which need not exist.

        An empty value counts as unset. Raises BadSetting; a variable of ours that nothing reads is a warning line.
        """
        given = all_given(environ, dotenv=dotenv)
        ours = {name.removeprefix(PREFIX): raw.strip() for name, raw in given.items() if name.startswith(PREFIX)}
        _warn_of_unknown(ours)
        values = {name: _read(name, raw) for name, raw in ours.items() if raw and name in _RULES}
        settings = cls(**{name.lower(): value for name, value in values.items()})
        refuse_unsafe_secret(settings)
        return settings


def all_given(environ: Mapping[str, str], *, dotenv: Path | None) -> dict[str, str]:
    """Every variable: what is in `environ` stands over the file. For doors, which read families of their own."""
    return {**_read_dotenv(dotenv), **environ}


def refuse_unsafe_secret(settings: Settings) -> None:
    """Raises BadSetting for two secrets at once, and for none where the assistant is published over https."""
    if settings.secret_key and settings.secret_key_file:
        raise BadSetting("SECRET_KEY", f"and {PREFIX}SECRET_KEY_FILE are both set: keep one of them.")
    published = (settings.public_url or "").startswith("https://")
    if published and not (settings.secret_key or settings.secret_key_file):
        raise BadSetting(
            "SECRET_KEY",
            f"must be set when {PREFIX}PUBLIC_URL is https: give it (or {PREFIX}SECRET_KEY_FILE) a secret of "
            f"{SHORTEST_SECRET} characters or more, the same for every process.",
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    """How a value is read (ValueError: it cannot be), and what it takes, in words."""

    read: Callable[[str], Any]
    takes: str
    may_be_shown: bool = True


def _read(name: str, raw: str) -> Any:
    rule = _RULES[name]
    try:
        return rule.read(raw)
    except ValueError as error:
        shown = f", not {raw!r}" if rule.may_be_shown else ""
        raise BadSetting(name, f"takes {rule.takes}{shown}.") from error


def _folder(raw: str) -> Path:
    return Path(raw).expanduser().absolute()


def _listed(raw: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip() for part in raw.split(",")) if part)


def _require(*, met: bool) -> None:
    if not met:
        raise ValueError


def _web_url(raw: str) -> str:
    parts = urlsplit(raw)
    _require(met=parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment))
    return raw.rstrip("/")


def _mail_url(raw: str) -> str:
    parts = urlsplit(raw)
    _require(met=parts.scheme in {"smtp", "smtps"} and bool(parts.hostname))
    return raw


def _database_url(raw: str) -> str:
    scheme, _, rest = raw.partition("://")
    if scheme.partition("+")[0] == "sqlite":
        # An in-memory database would be another one in each thread, and gone at the end.
        _require(met=rest.startswith("/") and rest.strip("/") not in {"", ":memory:"})
    else:
        _require(met=scheme.partition("+")[0] == "postgresql" and bool(urlsplit(raw).hostname))
    return raw


def _switch(raw: str) -> bool:
    _require(met=raw.lower() in {"on", "off"})
    return raw.lower() == "on"


def _days(raw: str) -> int:
    _require(met=raw.isascii() and raw.isdigit() and 1 <= int(raw) <= LONGEST_RETENTION_DAYS)
    return int(raw)


def _secret(raw: str) -> str:
    _require(met=len(raw) >= SHORTEST_SECRET)
    return raw


def _origins(raw: str) -> tuple[str, ...]:
    for origin in _listed(raw):
        _require(met=_web_url(origin) == origin and not urlsplit(origin).path and "@" not in origin)
    return _listed(raw)


def _on_call(raw: str) -> tuple[tuple[str, ...], ...]:
    tiers = tuple(filter(None, (_listed(tier) for tier in raw.split(";"))))
    for target in (target for tier in tiers for target in tier):
        if "://" in target:
            parts = urlsplit(target)
            _require(met=parts.scheme == "https" and bool(parts.hostname) and not parts.fragment)
        else:
            name, at, host = target.partition("@")
            _require(met=bool(name and at and host) and "@" not in host and target.isprintable() and " " not in target)
    return tiers


def _webhook_secret(raw: str) -> str:
    _require(met=raw.startswith("whsec_"))
    return raw


def _networks(raw: str) -> tuple[str, ...]:
    return tuple(str(ipaddress.ip_network(part)) for part in _listed(raw))


_RULES: Mapping[str, _Rule] = {
    "DATA_DIR": _Rule(_folder, "a folder"),
    "POLICY": _Rule(str, "the name of a shipped policy or a folder"),
    "DATABASE_URL": _Rule(
        _database_url, "sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME", may_be_shown=False
    ),
    "CHROMA_URL": _Rule(_web_url, "the http or https address of a Chroma server", may_be_shown=False),
    "SMTP_URL": _Rule(_mail_url, "smtp://USER:PASSWORD@HOST:PORT (or smtps://…)", may_be_shown=False),
    "LLM": _Rule(str, "the name of a chat model"),
    "LLM_BASE_URL": _Rule(_web_url, "an http or https address", may_be_shown=False),
    "ENCODER": _Rule(str, "the name of an encoder or its folder"),
    "SECRET_KEY": _Rule(_secret, f"a secret of {SHORTEST_SECRET} characters or more", may_be_shown=False),
    "SECRET_KEY_FILE": _Rule(_folder, "the path of a file that holds the secret"),
    "PREVIOUS_SECRET_KEY": _Rule(
        _secret, f"the secret that was used before, {SHORTEST_SECRET} characters or more", may_be_shown=False
    ),
    "RATE_LIMIT": _Rule(_switch, "on or off"),
    "PUBLIC_URL": _Rule(_web_url, "an http or https address, for example https://privacy.example.com"),
    "ALLOWED_ORIGINS": _Rule(_origins, "origins with commas between them, for example https://www.example.com"),
    "TRANSCRIPT_DAYS": _Rule(_days, f"a whole number of days from 1 to {LONGEST_RETENTION_DAYS}"),
    "TRUSTED_PROXIES": _Rule(_networks, "addresses or networks with commas between them, for example 10.0.0.0/8"),
    "ON_CALL": _Rule(
        _on_call,
        "mail addresses and https addresses with commas between them, tiers with semicolons",
        may_be_shown=False,
    ),
    "ON_CALL_SECRET": _Rule(_webhook_secret, "the whsec_… secret that signs webhooks of ON_CALL", may_be_shown=False),
}


def _warn_of_unknown(names: Mapping[str, str]) -> None:
    known = [field_.name.upper() for field_ in fields(Settings)]
    for name in sorted(names):
        if name in known or name.startswith(_FAMILIES):
            continue
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Is {PREFIX}{near[0]} meant?" if near else ""
        _log.warning("%s%s is not a setting and changes nothing.%s", PREFIX, name, hint)


def _read_dotenv(path: Path | None) -> dict[str, str]:
    """The assignments of a `.env`: `NAME=value`, quotes and `export` allowed, `#` opens a comment line."""
    if path is None or not path.is_file():
        return {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableDotenv(path) from error
    found = (_ASSIGNMENT.fullmatch(line) for line in lines)
    return {match[1]: _unquoted(match[2].strip()) for match in found if match}


def _unquoted(raw: str) -> str:
    for quote in ('"', "'"):
        if raw.startswith(quote) and (end := raw.find(quote, 1)) > 0:
            return raw[1:end]
    return raw.partition(" #")[0].rstrip()
