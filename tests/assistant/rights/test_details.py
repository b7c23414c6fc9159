from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from assistant.redaction.masking import mask
from assistant.reply import Right
from assistant.rights.details import has_details, in_clear
from assistant.visit import Visit


def test_a_correction_has_its_details_where_the_right_value_is_said() -> None:
    assert has_details(Right.CORRECTION, "Please correct my surname, it should be Menon")
    assert has_details(Right.CORRECTION, "my phone changed from [phone] to [phone]")
    assert not has_details(Right.CORRECTION, "Please correct my phone number")


def test_an_objection_has_its_details_where_a_use_is_named() -> None:
    assert has_details(Right.OBJECTION, "I object to the use of my data for profiling")
    assert not has_details(Right.OBJECTION, "I object to the processing of my personal data")


def test_what_the_desk_needs_is_put_back_and_papers_stay_masked() -> None:
    masked = mask("phone 98765 43210 not 91234 56780, PAN ABCPK1234F")
    now = datetime(2026, 3, 2, tzinfo=UTC)
    clear = in_clear(Visit(b"\0" * 32, "turn", masked.text, masked.found, now, ZoneInfo("UTC")))
    assert "9876543210" in clear.replace(" ", "")
    assert "ABCPK1234F" not in clear
    assert "[pan]" in clear


def test_a_new_value_is_a_detail_however_it_is_introduced() -> None:
    assert has_details(Right.CORRECTION, "The address is out of date. The new one is 14 Lake View Road, please correct")
    assert has_details(Right.CORRECTION, "please correct my surname, it is written with two m")
