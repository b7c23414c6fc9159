from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.answering.date_values import Doubt
from assistant.dialogue.addresses import Unusable
from assistant.reply import Right, Severity
from assistant.rights.states import State
from assistant.security.severity import IncidentKind
from assistant.tickets.values import BasisKind, Kind, Status
from assistant.words.book import entries_of, fits, languages, placeholders, words_of
from assistant.words.dates import long_day, moment_in_zone, weekday_and_day
from assistant.words.differences import differences
from knowledge.periods.period import Bound

ENGLISH, HINDI = words_of("en"), words_of("hi")


@pytest.mark.parametrize("language", languages())
def test_every_translation_is_whole_and_is_filled_in_like_the_english(language: str) -> None:
    assert differences(language) == ()


@pytest.mark.parametrize("language", languages())
def test_no_sentence_is_empty_or_has_spaces_at_its_ends(language: str) -> None:
    entries = {key: [entry] if isinstance(entry, str) else entry for key, entry in entries_of(language).items()}
    lines = [(key, line) for key, lines in entries.items() for line in lines]
    assert [key for key, line in lines if not line.strip()] == []
    joined = ("calendar.list", "contact.either", "dates.kept.latest", "mail.")
    assert [key for key, line in lines if line != line.strip() and not key.startswith(joined)] == []


def test_every_hindi_sentence_is_in_devanagari() -> None:
    built = {"calendar.day", "calendar.month", "calendar.weekday_and_day", "calendar.list_between", "contact.way"}
    built |= {"answering.place", "rights.ticket.law", "rights.confirmation.right", "dates.kept.span"}
    plain = [key for key, entry in entries_of("hi").items() if not any("\u0900" <= c <= "\u097f" for c in str(entry))]
    assert {key for key in plain if not key.startswith("language.")} == built


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("rights.names", list(Right)),
        ("rights.statuses", list(Status)),
        ("rights.suggestions", list(State)),
        ("rights.refused_addresses", list(Unusable)),
        ("handover.rights", list(Right)),
        ("handover.kinds", list(Kind)),
        ("handover.statuses", list(Status)),
        ("handover.bases", list(BasisKind)),
        ("security.severities", list(Severity)),
        ("security.now", list(IncidentKind)),
    ],
)
def test_whatever_the_rooms_name_has_its_words(prefix: str, names: list[str]) -> None:
    assert set(ENGLISH.under(prefix)) == {f"{prefix}.{name}" for name in names}


def test_every_doubt_and_every_bound_has_its_sentence() -> None:
    known = set(ENGLISH.under("dates"))
    assert {f"dates.unclear.{doubt.name.lower()}" for doubt in Doubt} <= known
    assert {f"dates.kept.{bound.name.lower()}" for bound in Bound} <= known
    assert {f"rights.ticket.{kind}" for kind in BasisKind} <= set(ENGLISH.under("rights.ticket"))


@pytest.mark.parametrize("language", [None, "en", "xx", "../en", ""])
def test_a_language_that_nobody_has_translated_is_english(language: str | None) -> None:
    assert words_of(language) is ENGLISH


def test_a_sentence_with_other_names_to_fill_in_does_not_stand_for_the_english() -> None:
    assert placeholders("{a} and {b}") == frozenset({"a", "b"})
    assert placeholders("an open {brace") is None
    assert placeholders("{a.__class__}") is None
    assert fits("rights.code_sent", "यहाँ {address}", "here {address}")
    assert not fits("rights.code_sent", "यहाँ {addres}", "here {address}")
    assert not fits("calendar.months", ("जनवरी",), ("January", "February"))
    assert fits("heard.yes", ("हाँ", "जी"), ("Yes",))


def test_what_is_filled_in_is_not_read_as_a_placeholder() -> None:
    assert "{email}" in ENGLISH("dates.unclear.impossible", phrase="{email}")


@pytest.mark.parametrize(("count", "told"), [(0, "0 tries"), (1, "1 try"), (2, "2 tries"), (4, "4 tries")])
def test_a_number_takes_its_form(count: int, told: str) -> None:
    assert f"You have {told} left" in ENGLISH.counted("rights.wrong_code", count)


@pytest.mark.parametrize(("count", "told"), [(0, "0 प्रयास बचा है"), (1, "1 प्रयास बचा है"), (2, "2 प्रयास बचे हैं")])
def test_hindi_counts_nothing_like_one(count: int, told: str) -> None:
    assert told in HINDI.counted("rights.wrong_code", count)


def test_a_list_is_joined_as_the_language_does() -> None:
    assert [ENGLISH.listed(items) for items in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert HINDI.listed(["क", "ख", "ग"]) == "क, ख और ग"


def test_dates_are_written_as_the_language_does() -> None:
    assert long_day(ENGLISH, date(2026, 12, 22)) == "22 December 2026"
    assert long_day(HINDI, date(2026, 12, 22)) == "22 दिसंबर 2026"
    assert weekday_and_day(HINDI, date(2026, 11, 22)) == "रविवार, 22 नवंबर 2026"
    at = datetime(2026, 11, 25, 15, 0, tzinfo=ZoneInfo("Asia/Kolkata"))
    assert moment_in_zone(ENGLISH, at) == "25 November 2026, 15:00 IST"
    assert moment_in_zone(HINDI, at) == "25 नवंबर 2026, 15:00 बजे (IST)"
