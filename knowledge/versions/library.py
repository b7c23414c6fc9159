"""The published versions of one policy: list, find, as of a day, publish. Knows no questions and no index."""

import string
from datetime import date
from pathlib import Path

from knowledge.clause import HASH_DIGITS, PolicyVersion
from knowledge.errors import AlreadyPublished, UnknownVersion
from knowledge.parser.policy import parse, parse_as
from knowledge.versions.folder import (
    PUBLISHED,
    VersionRecord,
    is_pending,
    read_published,
    read_record,
    write_version,
)

_ATTEMPTS = 100


class PolicyLibrary:
    """The versions under `folder/versions/<label>/`. Another process may publish while this one reads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._versions = folder / "versions"
        self._parsed: dict[VersionRecord, PolicyVersion] = {}

    def versions(self) -> tuple[PolicyVersion, ...]:
        """Every version in the order of publication; DamagedVersion where one is not what was published."""
        if not self._versions.is_dir():
            return ()
        folders = (each for each in self._versions.iterdir() if each.is_dir() and not is_pending(each))
        return tuple(self._load(folder) for folder in sorted(folders, key=lambda folder: _order(folder.name)))

    def current(self, today: date) -> PolicyVersion:
        """The version in force today; before any is in force, the first that will be.

        The visitor of a company whose only policy starts next week, or whose server's clock lags a day behind its
        office, is better served with that policy than with none.
        """
        versions = self._some_versions()
        begun = [version for version in versions if in_force_from(version) <= today]
        return _latest(begun) if begun else min(versions, key=in_force_from)

    def as_of(self, day: date) -> PolicyVersion:
        """The version in force on that day; UnknownVersion before the first one."""
        begun = [version for version in self._some_versions() if in_force_from(version) <= day]
        if not begun:
            raise UnknownVersion(f"For {day.isoformat()} no version is known for that day: ask about a later one.")
        return _latest(begun)

    def find(self, label_or_hash: str) -> PolicyVersion:
        """The version with this label, or whose hash begins with these twelve or more hex digits."""
        versions = self.versions()
        prefix = label_or_hash.lower()
        is_hash = len(prefix) >= HASH_DIGITS and set(prefix) <= set(string.hexdigits)
        for version in versions:
            if version.label == label_or_hash:
                return version
        for version in versions:
            if is_hash and version.sha256.startswith(prefix):
                return version
        known = ", ".join(version.label for version in versions) or "none"
        raise UnknownVersion(f"No policy version has this label or hash: the known labels are {known}.")

    def published_text(self, version: PolicyVersion) -> str:
        """The decoded published file into which the version's offsets point."""
        return read_published(self._versions / version.label, version.sha256).decode("utf-8")

    def publish(self, data: bytes, *, name: str, effective: date | None, today: date) -> PolicyVersion:
        """Add these bytes under the next numeric label, all or nothing; no older version is touched.

        Raises UnreadablePolicy where they hold no policy and AlreadyPublished where they are a version already.
        """
        policy = parse(data, name=name)
        self._versions.mkdir(parents=True, exist_ok=True)
        for _ in range(_ATTEMPTS):  # another publisher may take the label first
            known = self.versions()
            for version in known:
                if version.sha256 == policy.sha256:
                    raise AlreadyPublished(
                        f"This text is version {version.label} already: there is nothing to publish."
                    )
            label = str(max((int(version.label) for version in known if _is_number(version.label)), default=0) + 1)
            record = VersionRecord(label, policy.sha256, policy.title, effective, today, policy.format)
            if write_version(self._versions, record, policy):
                return self.find(label)
        raise UnknownVersion("Other programs keep publishing to this folder: try again when they are done.")

    def _some_versions(self) -> tuple[PolicyVersion, ...]:
        versions = self.versions()
        if not versions:
            raise UnknownVersion(f"The policy folder {self._folder.name!r} holds no version: publish the policy first.")
        return versions

    def _load(self, folder: Path) -> PolicyVersion:
        record = read_record(folder)
        if record not in self._parsed:
            data = read_published(folder, record.sha256)
            policy = parse_as(data, record.format, name=f"versions/{record.label}/{PUBLISHED}")
            self._parsed[record] = PolicyVersion(
                record.label, record.sha256, record.title, record.effective, record.retrieved, policy.sections
            )
        return self._parsed[record]


def in_force_from(version: PolicyVersion) -> date:
    """The effective date, or the day the text was retrieved where that is unknown."""
    return version.effective or version.retrieved or date.max


def _latest(versions: list[PolicyVersion]) -> PolicyVersion:
    """Of two versions that begin on one day, the one published later."""
    return max(enumerate(versions), key=lambda each: (in_force_from(each[1]), each[0]))[1]


def _is_number(label: str) -> bool:
    return label.isascii() and label.isdecimal()


def _order(label: str) -> tuple[bool, int, str]:
    return not _is_number(label), int(label) if _is_number(label) else 0, label
