"""The data folder: that it exists, belongs to us, and takes writes."""

import os
import tempfile
from pathlib import Path

from assistant.errors import Unavailable
from assistant.settings import BadSetting

# More than a folder entry, so that a full disk shows.
_PROBE = b"\0" * 4096


def prepare_folder(folder: Path) -> None:
    """Create the folder, for its owner only, and write into it; BadSetting names the folder and the variable."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _probe(folder)
    except OSError as error:
        reason = (error.strerror or "it cannot be used").lower()
        raise BadSetting("DATA_DIR", f"is {str(folder)!r}, which cannot be written to: {reason}.") from error


def assert_writable(folder: Path) -> None:
    """Unavailable when a file of some bytes cannot be made durable in the folder."""
    try:
        _probe(folder)
    except OSError as error:
        reason = (error.strerror or "it cannot be used").lower()
        raise Unavailable(f"The data folder cannot be written to: {reason}.") from error


def _probe(folder: Path) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".probe-", dir=folder)
    try:
        os.write(descriptor, _PROBE)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
        Path(name).unlink()
