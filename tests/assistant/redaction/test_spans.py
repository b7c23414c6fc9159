from assistant.redaction.spans import Kind, Span, settle


def span(start: int, end: int, kind: Kind = Kind.NUMBER) -> Span:
    return Span(start, end, kind, "value")


def test_the_longer_claim_wins() -> None:
    assert settle([span(4, 8, Kind.CARD), span(0, 10, Kind.IBAN)]) == [span(0, 10, Kind.IBAN)]


def test_of_equal_claims_the_kind_that_stands_higher_wins() -> None:
    assert settle([span(0, 4, Kind.AADHAAR), span(0, 4, Kind.IP)]) == [span(0, 4, Kind.IP)]


def test_what_a_losing_claim_covers_stays_covered() -> None:
    assert settle([span(0, 10, Kind.CARD), span(8, 14, Kind.PHONE)]) == [span(0, 14, Kind.CARD)]
    assert settle([span(4, 14, Kind.CARD), span(0, 6, Kind.PHONE)]) == [span(0, 14, Kind.CARD)]


def test_a_losing_claim_between_two_winners_leaves_no_hole_and_no_overlap() -> None:
    settled = settle([span(0, 10), span(12, 22), span(8, 14)])
    assert [(s.start, s.end) for s in settled] == [(0, 12), (12, 22)]


def test_claims_come_out_in_reading_order() -> None:
    assert [s.start for s in settle([span(20, 24), span(0, 4), span(10, 14)])] == [0, 10, 20]


def test_a_value_does_not_show_in_a_repr() -> None:
    assert "value" not in repr(span(0, 4)).replace("value=", "")
