"""One version's folder on disk: the published bytes and `version.toml`. Knows no order of versions."""

import hashlib
import json
import os
import shutil
import tempfile
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from knowledge.errors import DamagedVersion
from knowledge.parser.decoding import PolicyFormat
from knowledge.parser.policy import ParsedPolicy

PUBLISHED = "published.txt"
RECORD = "version.toml"
SOURCE = "source.html"
_UNKNOWN = "unknown"
_REMEMBERED = 256
_PENDING = ".publishing-"  # a folder that was left here by a crash is no version


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """What `version.toml` says. `title` is for people; an unknown date is None."""

    label: str
    sha256: str
    title: str
    effective: date | None
    retrieved: date | None
    format: PolicyFormat


def read_record(folder: Path) -> VersionRecord:
    """The record in a version's folder; raises DamagedVersion where it is missing, unreadable or not this folder's."""
    place = f"versions/{folder.name}/{RECORD}"
    try:
        return _record_of(folder.name, (folder / RECORD).read_bytes())
    except FileNotFoundError:
        raise DamagedVersion(f"{place} is missing: restore it, or move the folder out of versions/.") from None


@lru_cache(maxsize=_REMEMBERED)
def _record_of(folder: str, written: bytes) -> VersionRecord:
    """Every turn asks for the records, and they hardly ever change: the same bytes are parsed once."""
    place = f"versions/{folder}/{RECORD}"
    try:
        fields = tomllib.loads(written.decode("utf-8"))
        record = VersionRecord(
            label=str(fields["label"]),
            sha256=str(fields["sha256"]).lower(),
            title=str(fields["title"]),
            effective=_date(fields["effective"]),
            retrieved=_date(fields.get("retrieved", _UNKNOWN)),
            format=PolicyFormat(fields.get("format", PolicyFormat.TEXT)),
        )
    except KeyError as error:
        raise DamagedVersion(f"{place} has no {error.args[0]!r}: add it, as the other versions have it.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise DamagedVersion(f"{place} cannot be read ({reason}): correct it.") from None
    if record.label != folder:
        raise DamagedVersion(f"{place} says label {record.label!r}: it must be the folder's own name.")
    if record.effective is None and record.retrieved is None:
        raise DamagedVersion(f"{place} has neither an effective nor a retrieved date: add one of them.")
    return record


def read_published(folder: Path, sha256: str) -> bytes:
    """The published bytes, proved to be those with this hash; DamagedVersion otherwise."""
    place = f"versions/{folder.name}/{PUBLISHED}"
    try:
        data = (folder / PUBLISHED).read_bytes()
    except OSError as error:
        raise DamagedVersion(f"{place} cannot be read ({error.strerror}): restore it.") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedVersion(
            f"{place} is not the text that was published (its SHA-256 differs from the one in {RECORD}): "
            "restore the published bytes, and publish a changed text as a new version."
        )
    return data


def write_version(versions: Path, record: VersionRecord, policy: ParsedPolicy) -> bool:
    """Put a version's folder in place as a whole, on disk; False where a version with this label is there already."""
    pending = Path(tempfile.mkdtemp(prefix=_PENDING, dir=versions))
    try:
        _write(pending / PUBLISHED, policy.published)
        if policy.source is not None:
            _write(pending / SOURCE, policy.source)
        _write(pending / RECORD, _toml(record).encode())
        pending.chmod(0o755)
        _sync(pending)
        # Renaming over a folder that holds files fails, so of two publishers only one gets the label.
        pending.rename(versions / record.label)
        _sync(versions)
    except OSError:
        shutil.rmtree(pending, ignore_errors=True)
        if (versions / record.label).exists():
            return False
        raise
    return True


def is_pending(folder: Path) -> bool:
    return folder.name.startswith(".")


def _toml(record: VersionRecord) -> str:
    fields = {
        "label": record.label,
        "sha256": record.sha256,
        "title": record.title,
        "effective": record.effective.isoformat() if record.effective else _UNKNOWN,
        "retrieved": record.retrieved.isoformat() if record.retrieved else _UNKNOWN,
        "format": record.format.value,
    }
    # A JSON string is a TOML string as well, but for the one control character that JSON leaves as it is.
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
    return "\n".join(lines).replace("\x7f", "\\u007f") + "\n"


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return None if value == _UNKNOWN else date.fromisoformat(str(value))


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
