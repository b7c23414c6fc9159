import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import knowledge
from knowledge.errors import AlreadyPublished, DamagedVersion, KnowledgeError, UnknownVersion, UnreadablePolicy
from knowledge.versions.library import PolicyLibrary

DATA = Path(__file__).parent / "data" / "policies"
SHIPPED = Path(str(knowledge.__file__)).parent / "policies" / "codemites"
TODAY = date(2027, 3, 1)


def policy(extra: str = "") -> bytes:
    return f"Privacy Policy\n\nData\n\nWe keep logs for ninety days. {extra}\n".encode()


@pytest.fixture
def codemites(tmp_path: Path) -> PolicyLibrary:
    """The shipped policy's versions, in a folder that a test may change."""
    shutil.copytree(SHIPPED / "versions" / "1", tmp_path / "codemites" / "versions" / "1")
    return PolicyLibrary(tmp_path / "codemites")


@pytest.fixture
def three(tmp_path: Path) -> PolicyLibrary:
    """Version 1 of unknown date, retrieved on 1 January; 2 in force from 1 February; 3 from 1 April, all published."""
    library = PolicyLibrary(tmp_path / "three")
    library.publish(policy(), name="policy.txt", effective=None, today=date(2027, 1, 1))
    library.publish(policy("Two."), name="policy.txt", effective=date(2027, 2, 1), today=date(2027, 1, 20))
    library.publish(policy("Three."), name="policy.txt", effective=date(2027, 4, 1), today=date(2027, 2, 20))
    return library


def test_versions_come_in_the_order_of_publication_beyond_the_ninth(tmp_path: Path) -> None:
    library = PolicyLibrary(tmp_path)
    for number in range(1, 12):
        library.publish(policy(f"Number {number}."), name="policy.txt", effective=None, today=TODAY)
    assert [version.label for version in library.versions()] == [str(number) for number in range(1, 12)]


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2027, 1, 1), "1"),
        (date(2027, 1, 31), "1"),
        (date(2027, 2, 1), "2"),
        (date(2027, 3, 31), "2"),
        (date(2027, 4, 1), "3"),
        (date(2030, 1, 1), "3"),
    ],
)
def test_the_version_in_force_changes_on_its_effective_day(three: PolicyLibrary, day: date, label: str) -> None:
    assert three.as_of(day).label == label
    assert three.current(day).label == label


def test_before_the_first_version_no_version_is_known(three: PolicyLibrary) -> None:
    with pytest.raises(UnknownVersion, match="no version is known for that day"):
        three.as_of(date(2026, 12, 31))


def test_before_the_first_version_the_first_one_is_the_current_one(three: PolicyLibrary) -> None:
    assert three.current(date(2026, 12, 31)).label == "1"


def test_an_older_effective_date_published_later_does_not_become_current(three: PolicyLibrary) -> None:
    three.publish(policy("From the archive."), name="policy.txt", effective=date(2020, 1, 1), today=TODAY)
    assert three.current(TODAY).label == "2"
    assert three.as_of(date(2020, 6, 1)).label == "4"


def test_of_two_versions_of_one_day_the_later_published_is_in_force(three: PolicyLibrary) -> None:
    three.publish(policy("Corrected."), name="policy.txt", effective=date(2027, 2, 1), today=date(2027, 2, 1))
    assert three.as_of(date(2027, 2, 1)).label == "4"


def test_a_version_is_found_by_label_and_by_twelve_digits_of_its_hash(three: PolicyLibrary) -> None:
    sha256 = hashlib.sha256(policy("Two.")).hexdigest()
    found = [three.find(name).label for name in ("2", sha256, sha256[:12], sha256[:20].upper())]
    assert found == ["2"] * 4


@pytest.mark.parametrize("name", ["4", "", "d00b1b69e87", "zzzzzzzzzzzz", "0" * 64, "../three"])
def test_another_name_finds_no_version_and_the_known_labels_are_told(three: PolicyLibrary, name: str) -> None:
    with pytest.raises(UnknownVersion, match="the known labels are 1, 2, 3"):
        three.find(name)


def test_eleven_digits_of_a_hash_are_too_few(three: PolicyLibrary) -> None:
    with pytest.raises(UnknownVersion):
        three.find(three.find("2").sha256[:11])


def test_the_published_text_is_what_the_offsets_point_into(codemites: PolicyLibrary) -> None:
    version = codemites.find("1")
    text = codemites.published_text(version)
    assert all(text[clause.start : clause.end] == clause.text for clause in version.clauses)


def test_publishing_adds_a_folder_and_touches_no_other(codemites: PolicyLibrary, tmp_path: Path) -> None:
    first = tmp_path / "codemites" / "versions" / "1"
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in first.iterdir()}
    data = (first / "published.txt").read_bytes().replace(b"seven years", b"eight years")
    version = codemites.publish(data, name="new.txt", effective=date(2027, 4, 1), today=TODAY)
    assert (version.label, version.effective, version.retrieved) == ("2", date(2027, 4, 1), TODAY)
    assert version.sha256 == hashlib.sha256(data).hexdigest()
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in first.iterdir()} == before
    assert sorted(path.name for path in first.parent.iterdir()) == ["1", "2"]
    assert sorted(path.name for path in (first.parent / "2").iterdir()) == ["published.txt", "version.toml"]


def test_a_version_read_again_is_the_version_that_was_published(codemites: PolicyLibrary, tmp_path: Path) -> None:
    published = codemites.publish(policy(), name="new.txt", effective=None, today=TODAY)
    assert PolicyLibrary(tmp_path / "codemites").find("2") == published


@pytest.mark.parametrize("name", ["orchard.md", "harbour.html", "wrapped.txt"])
def test_every_format_is_read_again_with_the_same_clauses(tmp_path: Path, name: str) -> None:
    published = PolicyLibrary(tmp_path).publish((DATA / name).read_bytes(), name=name, effective=None, today=TODAY)
    again = PolicyLibrary(tmp_path)
    assert again.find("1") == published
    text = again.published_text(published)
    assert all(text[clause.start : clause.end] == clause.text for clause in published.clauses)


def test_a_page_is_kept_beside_its_reading_text(tmp_path: Path) -> None:
    page = (DATA / "harbour.html").read_bytes()
    version = PolicyLibrary(tmp_path).publish(page, name="harbour.html", effective=None, today=TODAY)
    folder = tmp_path / "versions" / "1"
    assert (folder / "source.html").read_bytes() == page
    assert hashlib.sha256((folder / "published.txt").read_bytes()).hexdigest() == version.sha256


def test_a_known_text_is_refused_and_nothing_is_written(codemites: PolicyLibrary, tmp_path: Path) -> None:
    data = (SHIPPED / "versions" / "1" / "published.txt").read_bytes()
    with pytest.raises(AlreadyPublished, match="is version 1 already"):
        codemites.publish(data, name="again.txt", effective=None, today=TODAY)
    assert [path.name for path in (tmp_path / "codemites" / "versions").iterdir()] == ["1"]


def test_an_unreadable_text_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePolicy):
        PolicyLibrary(tmp_path / "new").publish(b"", name="policy.txt", effective=None, today=TODAY)
    assert not (tmp_path / "new").exists()


def test_what_a_crash_left_behind_is_no_version(three: PolicyLibrary, tmp_path: Path) -> None:
    (tmp_path / "three" / "versions" / ".publishing-x").mkdir()
    assert [version.label for version in three.versions()] == ["1", "2", "3"]
    assert three.publish(policy("Four."), name="policy.txt", effective=None, today=TODAY).label == "4"


def test_publishers_at_one_time_get_a_label_each(tmp_path: Path) -> None:
    def publish(number: int) -> str:
        library = PolicyLibrary(tmp_path)
        return library.publish(policy(f"Number {number}."), name="policy.txt", effective=None, today=TODAY).label

    with ThreadPoolExecutor(8) as pool:
        labels = list(pool.map(publish, range(8)))
    assert sorted(labels) == [str(number) for number in range(1, 9)]
    assert len({version.sha256 for version in PolicyLibrary(tmp_path).versions()}) == 8


def test_of_publishers_of_one_text_one_succeeds(tmp_path: Path) -> None:
    def publish(_: int) -> str:
        try:
            return PolicyLibrary(tmp_path).publish(policy(), name="policy.txt", effective=None, today=TODAY).label
        except AlreadyPublished:
            return "refused"

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(publish, range(8))) == ["1"] + ["refused"] * 7


def test_another_library_sees_what_was_published_after_it_was_opened(three: PolicyLibrary, tmp_path: Path) -> None:
    other = PolicyLibrary(tmp_path / "three")
    assert len(other.versions()) == 3
    three.publish(policy("Four."), name="policy.txt", effective=None, today=TODAY)
    assert other.current(TODAY).label == "4"


def test_a_changed_text_is_no_longer_the_version(codemites: PolicyLibrary, tmp_path: Path) -> None:
    path = tmp_path / "codemites" / "versions" / "1" / "published.txt"
    version = codemites.find("1")
    path.write_bytes(path.read_bytes().replace(b"seven", b"eight"))
    with pytest.raises(DamagedVersion, match=r"versions/1/published.txt is not the text that was published"):
        codemites.published_text(version)
    with pytest.raises(DamagedVersion, match="restore the published bytes"):
        PolicyLibrary(tmp_path / "codemites").versions()


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("", "has no 'label'"),
        ("label = 1 2", "cannot be read"),
        ('label = "2"\nsha256 = "0"\ntitle = ""\neffective = "unknown"\nretrieved = "2027-01-01"', "says label '2'"),
        ('label = "1"\nsha256 = "0"\ntitle = ""\neffective = "soon"\nretrieved = "2027-01-01"', "cannot be read"),
        ('label = "1"\nsha256 = "0"\ntitle = ""\neffective = "unknown"', "neither an effective nor a retrieved date"),
    ],
)
def test_a_damaged_record_is_named(codemites: PolicyLibrary, tmp_path: Path, record: str, reason: str) -> None:
    (tmp_path / "codemites" / "versions" / "1" / "version.toml").write_text(record, encoding="utf-8")
    with pytest.raises(DamagedVersion, match=reason) as refusal:
        codemites.versions()
    assert str(refusal.value).startswith("versions/1/version.toml")
    assert "\n" not in str(refusal.value)


def test_a_folder_without_its_record_is_named(codemites: PolicyLibrary, tmp_path: Path) -> None:
    (tmp_path / "codemites" / "versions" / "2").mkdir()
    with pytest.raises(DamagedVersion, match=r"versions/2/version.toml is missing"):
        codemites.versions()


def test_a_record_written_by_hand_may_hold_a_bare_date_and_no_format(tmp_path: Path) -> None:
    folder = tmp_path / "versions" / "2027-spring"
    folder.mkdir(parents=True)
    (folder / "published.txt").write_bytes(policy())
    digest = hashlib.sha256(policy()).hexdigest()
    record = f'label = "2027-spring"\nsha256 = "{digest}"\ntitle = "Privacy"\neffective = 2027-03-01\n'
    (folder / "version.toml").write_text(record, encoding="utf-8")
    version = PolicyLibrary(tmp_path).as_of(date(2027, 3, 1))
    assert (version.label, version.title, version.retrieved) == ("2027-spring", "Privacy", None)
    assert PolicyLibrary(tmp_path).publish(policy("Two."), name="a.txt", effective=None, today=TODAY).label == "1"


def test_a_title_with_quotes_and_backslashes_is_kept(tmp_path: Path) -> None:
    data = '# The "Back\\slash" Privacy Policy\n\nWe keep it. “Gladly.”\n'.encode()
    PolicyLibrary(tmp_path).publish(data, name="policy.md", effective=None, today=TODAY)
    assert PolicyLibrary(tmp_path).find("1").title == 'The "Back\\slash" Privacy Policy'


def test_a_folder_without_versions_says_what_to_do(tmp_path: Path) -> None:
    library = PolicyLibrary(tmp_path / "empty")
    assert library.versions() == ()
    for ask in (library.current, library.as_of):
        with pytest.raises(UnknownVersion, match="'empty' holds no version: publish the policy first"):
            ask(TODAY)
    with pytest.raises(KnowledgeError, match="the known labels are none"):
        library.find("1")
