from pathlib import Path

import pytest

from knowledge.periods.extraction import extract
from knowledge.periods.table import FILE_NAME, BadPeriods, StalePeriod, load_periods
from tests.knowledge.periods.policies import FIRST_FOLDER, first_version, invented_version, version_of

VERSION = version_of(
    "Notice\n\nKeeping\n\nLetters are kept for two years. Parcels are kept for two years or two years.\n"
)
LETTERS = VERSION.by_id["1.1.1"]
PARCELS = VERSION.by_id["1.1.2"]


def entry(**changes: str | int) -> str:
    fields: dict[str, str | int] = {
        "clause": "1.1.1",
        "bound": LETTERS.hash,
        "kind": "retention",
        "amount_low": 2,
        "amount_high": 2,
        "unit": "years",
        "quote": "two years",
        "subject": "Letters",
    }
    lines = (
        f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}"
        for key, value in (fields | changes).items()
    )
    return "[[period]]\n" + "\n".join(lines) + "\n"


def folder_with(tmp_path: Path, *entries: str) -> Path:
    (tmp_path / FILE_NAME).write_text("\n".join(entries), encoding="utf-8")
    return tmp_path


def test_the_reviewed_file_of_the_first_policy_binds_all_its_entries_and_says_what_the_rules_say() -> None:
    version = first_version()
    table = load_periods(FIRST_FOLDER, version)
    assert table.reviewed
    assert table.stale == ()
    assert table.periods == extract(version)


def test_one_clause_may_hold_two_periods() -> None:
    version = first_version()
    periods = load_periods(FIRST_FOLDER, version).of(version.by_id["12.2.2"])
    assert [(period.amount_high, period.unit.value) for period in periods] == [(72, "hours"), (30, "days")]


def test_a_clause_without_a_period_has_none() -> None:
    version = first_version()
    assert load_periods(FIRST_FOLDER, version).of(version.by_id["1.1.1"]) == ()


def test_without_a_file_the_rules_read_the_text(tmp_path: Path) -> None:
    version = invented_version()
    table = load_periods(tmp_path, version)
    assert table.periods == extract(version)
    assert not table.reviewed


def test_an_entry_whose_clause_changed_is_dropped_and_listed(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, entry(), entry(bound="0123456789ab", clause="9.9.9"))
    table = load_periods(folder, VERSION)
    assert [period.clause_hash for period in table.periods] == [LETTERS.hash]
    assert table.stale == (StalePeriod("9.9.9", "0123456789ab", "two years"),)


def test_an_entry_follows_its_clause_to_another_place(tmp_path: Path) -> None:
    moved = version_of("Notice\n\nFirst\n\nHello to you.\n\nSecond\n\nWe are here. Letters are kept for two years.\n")
    table = load_periods(folder_with(tmp_path, entry()), moved)
    (period,) = table.of(moved.by_id["2.1.2"])
    assert LETTERS.text[period.quote_start : period.quote_end] == "two years"


def test_an_empty_file_means_that_a_person_found_no_period(tmp_path: Path) -> None:
    table = load_periods(folder_with(tmp_path), VERSION)
    assert table.periods == ()
    assert table.reviewed


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (entry(subject="Postcards"), "'Postcards', which its clause does not say"),
        (entry(clause="1.1.2", bound=PARCELS.hash, subject="Parcels"), "stands more than once in 1.1.2"),
        (entry(amount_low=3), "'amount_low' is greater than 'amount_high'"),
        (entry(unit="decades"), "period.0.unit"),
        (entry(colour="red"), "period.0.colour"),
        ("[[period", "cannot be read as TOML"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(tmp_path: Path, wrong: str, sentence: str) -> None:
    with pytest.raises(BadPeriods, match=sentence):
        load_periods(folder_with(tmp_path, wrong), VERSION)
