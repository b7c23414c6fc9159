import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.db.database import Database
from assistant.errors import Unavailable
from assistant.sealing.boxes import SealBroken
from assistant.sealing.keys import KeyCabinet, Ring
from assistant.sealing.sealer import RENEW_AFTER, Sealer, open_sealer
from tests.assistant.db.opening import found_in
from tests.assistant.sealing.opening import SECRET, SetClock

TEXTS = st.text(st.characters(), max_size=60)
PLACES = st.integers(0, 10**6).map(lambda number: f"tickets.contact:{number}")
EXAMPLES = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
HERE = "tickets.contact:CM-7F3K-92QD"


@EXAMPLES
@given(text=TEXTS, place=PLACES)
def test_what_is_sealed_opens_at_its_place(sealer: Sealer, text: str, place: str) -> None:
    sealed = sealer.seal(text, place=place)
    assert sealer.open(sealed, place=place) == text
    assert len(sealed) == 37 + len(text.encode(errors="surrogatepass"))


def test_a_lone_surrogate_is_sealed_and_indexed_like_any_letter(sealer: Sealer) -> None:
    assert sealer.open(sealer.seal("\ud800", place=HERE), place=HERE) == "\ud800"
    assert sealer.blind("\ud800", purpose="contact") != sealer.blind("?", purpose="contact")


def test_the_same_text_is_sealed_to_other_bytes_each_time(sealer: Sealer) -> None:
    assert len({sealer.seal("asha@example.com", place=HERE) for _ in range(50)}) == 50


@EXAMPLES
@given(texts=st.tuples(TEXTS, TEXTS), places=st.tuples(PLACES, PLACES).filter(lambda pair: pair[0] != pair[1]))
def test_two_rows_that_swapped_their_fields_are_both_refused(
    sealer: Sealer, texts: tuple[str, str], places: tuple[str, str]
) -> None:
    first, second = (sealer.seal(text, place=place) for text, place in zip(texts, places, strict=True))
    for sealed, place in ((second, places[0]), (first, places[1])):
        with pytest.raises(SealBroken):
            sealer.open(sealed, place=place)


@EXAMPLES
@given(text=TEXTS, data=st.data())
def test_any_bit_that_turned_is_refused(sealer: Sealer, text: str, data: st.DataObject) -> None:
    sealed = bytearray(sealer.seal(text, place=HERE))
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        sealer.open(bytes(sealed), place=HERE)


def test_whatever_is_cut_off_or_added_is_refused(sealer: Sealer) -> None:
    sealed = sealer.seal("asha@example.com", place=HERE)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            sealer.open(sealed[:length], place=HERE)
    with pytest.raises(SealBroken):
        sealer.open(sealed + b"\0", place=HERE)


@pytest.mark.parametrize("plain", [b"", b"asha@example.com", b"\x01" + b"asha@example.com" * 4, bytes(64)])
def test_a_field_that_stands_in_clear_is_refused(sealer: Sealer, plain: bytes) -> None:
    with pytest.raises(SealBroken):
        sealer.open(plain, place=HERE)


def test_the_refusal_is_a_sentence_that_holds_neither_content_nor_place(sealer: Sealer) -> None:
    sealed = sealer.seal("asha@example.com", place=HERE)
    with pytest.raises(Unavailable, match=r"^A stored field cannot be opened: .*backup\.$") as refused:
        sealer.open(sealed, place="tickets.contact:CM-0000-0000")
    assert refused.value.__cause__ is None
    assert "CM-" not in str(refused.value)


def test_the_field_of_another_installation_is_refused(sealer: Sealer, tmp_path: Path, clock: SetClock) -> None:
    from_elsewhere = bytearray(sealer.seal("asha@example.com", place=HERE))
    from_elsewhere[1:9] = bytes(8)
    with pytest.raises(SealBroken):
        sealer.open(bytes(from_elsewhere), place=HERE)


def test_a_blind_value_is_the_same_for_one_value_and_purpose_alone(sealer: Sealer) -> None:
    blinds = [
        sealer.blind(value, purpose=purpose)
        for value in ("asha@example.com", "ravi@example.com")
        for purpose in ("contact", "contac")
    ]
    assert len(set(blinds)) == 4
    assert {len(blind) for blind in blinds} == {32}
    assert sealer.blind("asha@example.com", purpose="contact") == blinds[0]


def test_another_process_opens_and_looks_up_what_this_one_sealed(
    database: Database, sealer: Sealer, clock: SetClock
) -> None:
    other = open_sealer(database, SECRET, clock)
    assert other.open(sealer.seal("asha@example.com", place=HERE), place=HERE) == "asha@example.com"
    assert other.blind("asha@example.com", purpose="contact") == sealer.blind("asha@example.com", purpose="contact")


def test_a_key_that_another_process_made_opens_at_once_and_seals_a_moment_later(
    database: Database, sealer: Sealer, clock: SetClock
) -> None:
    before = sealer.seal("a", place=HERE)
    database.write(KeyCabinet(database, SECRET, clock).add_key)
    by_new_key = open_sealer(database, SECRET, clock).seal("b", place=HERE)
    assert sealer.seal("c", place=HERE)[:9] == before[:9]
    assert sealer.open(by_new_key, place=HERE) == "b"
    clock.pass_by(seconds=RENEW_AFTER.total_seconds())
    assert sealer.seal("c", place=HERE)[:9] == by_new_key[:9]
    assert sealer.open(before, place=HERE) == "a"


def test_a_database_that_cannot_be_read_leaves_the_keys_at_hand(clock: SetClock, database: Database) -> None:
    cabinet = KeyCabinet(database, SECRET, clock)
    cabinet.prepare()
    rings = iter([cabinet.ring()])

    def read_ring() -> Ring:
        for ring in rings:
            return ring
        raise Unavailable("The database cannot be reached.")

    sealer = Sealer(read_ring, bytes(32), clock)
    clock.pass_by(days=1)
    assert sealer.open(sealer.seal("a", place=HERE), place=HERE) == "a"


def test_no_key_shows_in_a_printed_sealer_or_stands_in_a_file(
    database: Database, sealer: Sealer, tmp_path: Path, clock: SetClock
) -> None:
    ring = KeyCabinet(database, SECRET, clock).ring()
    assert re.fullmatch(r"Ring\(active='[0-9a-f]{16}'\)", repr(ring))
    sealed = sealer.seal("asha@example.com", place=HERE)
    assert b"asha" not in sealed
    assert found_in(tmp_path, [SECRET.decode()]) == []
