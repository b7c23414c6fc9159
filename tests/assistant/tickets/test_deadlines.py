from datetime import UTC, date, datetime

from assistant.organisation import Organisation
from assistant.reply import Right
from assistant.tickets.deadlines import DeadlineRules, governing
from assistant.tickets.values import BasisKind, ClockName, Deadline, Kind, Regime

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = START.date()


def told(deadlines: tuple[Deadline, ...]) -> list[tuple[str, str, str, str]]:
    return [(each.name, each.due_at.isoformat(), each.basis, each.cite) for each in deadlines]


def test_access_has_the_policys_thirty_days_and_first_answer(codemites: Organisation) -> None:
    assert told(DeadlineRules(codemites).at_opening(Kind.RIGHTS_REQUEST, Right.ACCESS, START)) == [
        ("answer", "2026-12-22T10:00:00+00:00", "policy", "12.2.2"),
        ("first_answer", "2026-11-25T10:00:00+00:00", "policy", "12.2.2"),
    ]


def test_every_other_right_has_our_own_target_and_cites_nothing_for_it(codemites: Organisation) -> None:
    rules = DeadlineRules(codemites)
    for right in set(Right) - {Right.ACCESS}:
        answer, first = rules.at_opening(Kind.RIGHTS_REQUEST, right, START)
        assert (answer.basis, answer.cite, answer.governs) == (BasisKind.TARGET, "", True)
        assert (first.name, first.basis, first.governs) == (ClockName.FIRST_ANSWER, BasisKind.POLICY, False)


def test_an_inquiry_and_a_complaint_are_due_with_the_first_answer(codemites: Organisation) -> None:
    for kind in (Kind.INQUIRY, Kind.COMPLAINT):
        (only,) = DeadlineRules(codemites).at_opening(kind, None, START)
        assert told((only,)) == [("first_answer", "2026-11-25T10:00:00+00:00", "policy", "12.2.2")]
        assert only.governs


def test_an_organisation_that_promises_nothing_has_its_target_alone(codemites: Organisation) -> None:
    silent = codemites.model_copy(update={"promises": (), "default_target_days": 20})
    for kind, right in ((Kind.RIGHTS_REQUEST, Right.ACCESS), (Kind.INQUIRY, None)):
        assert told(DeadlineRules(silent).at_opening(kind, right, START)) == [
            ("answer", "2026-12-12T10:00:00+00:00", "target", "")
        ]


def test_an_incident_has_no_due_date_and_shows_the_regulators_hours(codemites: Organisation) -> None:
    rules = DeadlineRules(codemites)
    assert rules.at_opening(Kind.SECURITY_INCIDENT, None, START) == ()
    shown = [(each.name, each.due_at.isoformat(), each.in_force) for each in rules.regulators(START, today=TODAY)]
    assert shown == [
        ("report_cert_in", "2026-11-22T16:00:00+00:00", True),
        ("report_gdpr", "2026-11-25T10:00:00+00:00", True),
        ("report_dpdp", "2026-11-25T10:00:00+00:00", False),
    ]


def test_the_gdpr_gives_a_calendar_month_with_its_article(codemites: Organisation) -> None:
    start = datetime(2027, 1, 31, 10, 0, tzinfo=UTC)
    under = DeadlineRules(codemites).under(Regime.GDPR, Right.DELETION, start, today=TODAY)
    assert told(under) == [("answer", "2027-02-28T10:00:00+00:00", "law", "GDPR Art. 12(3)")]


def test_the_ccpa_leaves_holidays_and_weekends_out_of_its_ten_days(codemites: Organisation) -> None:
    # The Fourth of July 2025 is a Friday.
    start = datetime(2025, 7, 3, 6, 0, tzinfo=UTC)
    acknowledge, answer = DeadlineRules(codemites).under(Regime.CCPA, Right.DELETION, start, today=TODAY)
    assert acknowledge.due_at == datetime(2025, 7, 18, 6, 0, tzinfo=UTC)
    assert answer.due_at == datetime(2025, 8, 17, 6, 0, tzinfo=UTC)
    assert answer.cite == "11 CCR § 7021(b)"


def test_the_dpdp_is_not_in_force_before_may_2027(codemites: Organisation) -> None:
    rules = DeadlineRules(codemites)
    (now,) = rules.under(Regime.DPDP, Right.GRIEVANCE, START, today=TODAY)
    (then,) = rules.under(Regime.DPDP, Right.GRIEVANCE, START, today=date(2027, 6, 1))
    assert (now.in_force, then.in_force) == (False, True)
    assert rules.extension(Regime.DPDP, START) is None


def test_no_law_is_cited_for_a_right_that_it_does_not_number(codemites: Organisation) -> None:
    rules = DeadlineRules(codemites)
    assert rules.under(Regime.GDPR, Right.GRIEVANCE, START, today=TODAY) == ()
    assert rules.under(Regime.DPDP, Right.PORTABILITY, START, today=TODAY) == ()


def answer(day: int, basis: BasisKind, *, in_force: bool = True, stopped: bool = False) -> Deadline:
    at = datetime(2026, 12, day, tzinfo=UTC)
    stopped_at = START if stopped else None
    return Deadline(ClockName.ANSWER, at, basis, "", "", None, in_force=in_force, governs=False, stopped_at=stopped_at)


def test_a_promise_is_not_loosened_by_a_law_that_gives_more_time() -> None:
    assert governing([answer(10, BasisKind.POLICY), answer(20, BasisKind.LAW)]) == 0
    assert governing([answer(20, BasisKind.POLICY), answer(10, BasisKind.LAW)]) == 1


def test_a_law_in_force_takes_the_place_of_a_target() -> None:
    assert governing([answer(10, BasisKind.TARGET), answer(20, BasisKind.LAW)]) == 1
    assert governing([answer(10, BasisKind.TARGET), answer(20, BasisKind.LAW, in_force=False)]) == 0
    assert governing([answer(10, BasisKind.TARGET), answer(20, BasisKind.LAW, stopped=True)]) == 0
    assert governing([answer(10, BasisKind.TARGET), answer(25, BasisKind.TARGET)]) == 1
    assert governing([]) is None
