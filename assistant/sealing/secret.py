"""The one secret of an installation, and the keys that are derived from it. Knows no use of a key."""

import logging
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assistant.settings import SHORTEST_SECRET, BadSetting, Settings, refuse_unsafe_secret

FILE_NAME = "secret.key"
KEY_BYTES = 32
_OTHERS_MAY_READ = 0o077

_log = logging.getLogger(__name__)


def load_secret(settings: Settings) -> bytes:
    """The secret that the settings name; where they name none, one that is generated once into the data folder.

    The data folder must exist. Raises BadSetting for a file that cannot be read or holds too little, and where
    the assistant is published over https without a secret of its own.
    """
    refuse_unsafe_secret(settings)
    if settings.secret_key is not None:
        return settings.secret_key.encode()
    if settings.secret_key_file is not None:
        return _read(settings.secret_key_file)
    path = settings.data_dir / FILE_NAME
    if not path.exists():
        _generate(path)
    return _read(path)


def load_previous_secret(settings: Settings) -> bytes | None:
    """The secret that was used before, for the start that follows a change; None where the settings name none."""
    return None if settings.previous_secret_key is None else settings.previous_secret_key.encode()


def derive_key(secret: bytes, purpose: str) -> bytes:
    """A key for one purpose (HKDF, RFC 5869): it tells nothing of the secret nor of the key for another purpose."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"privacy-assistant {purpose}".encode()).derive(
        secret
    )


def _read(path: Path) -> bytes:
    try:
        secret = path.read_bytes().strip()
        open_to_others = path.stat().st_mode & _OTHERS_MAY_READ
    except OSError as error:
        raise BadSetting("SECRET_KEY_FILE", f"is {str(path)!r}, which cannot be read: check the path.") from error
    if len(secret) < SHORTEST_SECRET:
        raise BadSetting("SECRET_KEY_FILE", f"is {str(path)!r}, which holds fewer than {SHORTEST_SECRET} characters.")
    if open_to_others:
        _log.warning("Other users of this machine can read the secret in %s: run chmod 600 on it.", path)
    return secret


def _generate(path: Path) -> None:
    """Put a whole file in place at once: of two processes that start together, both read the same secret."""
    descriptor, temporary = tempfile.mkstemp(prefix=".secret-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_urlsafe(48).encode())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)
            _log.warning(
                "No secret is set: one was generated into %s. Keep it with your backups, or set "
                "PRIVACY_ASSISTANT_SECRET_KEY.",
                path,
            )
    finally:
        Path(temporary).unlink()
