import pytest

from knowledge.clause import PolicyVersion
from knowledge.periods.extraction import extract, periods_in
from knowledge.periods.period import Kind
from tests.knowledge.periods.policies import first_version, invented_version, one_clause

PROJECT_DATA = (
    "Client project data, including web development files, mobile app source code, and AI automation configurations"
)

# clause, quote, low, high, unit, qualifier, subject, starts, exception, kind
FIRST = [
    (
        "7.1.2",
        "a minimum of five years",
        5,
        5,
        "years",
        "a minimum of",
        PROJECT_DATA,
        "after project completion",
        "",
        "retention",
    ),
    ("7.1.3", "seven years", 7, 7, "years", "", "Financial records and billing information", "", "", "retention"),
    (
        "7.2.1",
        "three years",
        3,
        3,
        "years",
        "",
        "Marketing data and communication records",
        "",
        "unless you request earlier deletion",
        "retention",
    ),
    ("7.2.2", "two years", 2, 2, "years", "typically", "Website analytics and usage data", "", "", "retention"),
    (
        "12.2.2",
        "within 72 hours",
        72,
        72,
        "hours",
        "aim to … within",
        "respond to all privacy inquiries",
        "",
        "",
        "deadline",
    ),
    ("12.2.2", "within 30 days", 30, 30, "days", "aim to … within", "resolve data access requests", "", "", "deadline"),
]
INVENTED = [
    ("1.1.1", "90 days", 90, 90, "days", "", "web server logs", "", "", "retention"),
    (
        "1.1.2",
        "at least ten (10) years",
        10,
        10,
        "years",
        "at least",
        "Plot rental contracts and the deposits paid for them",
        "after the end of the tenancy",
        "",
        "retention",
    ),
    (
        "1.1.3",
        "up to eighteen months",
        18,
        18,
        "months",
        "up to",
        "Waiting list applications",
        "",
        "unless you ask us to keep them longer",
        "retention",
    ),
    ("1.1.4", "30-45 days", 30, 45, "days", "", "Backups", "", "", "retention"),
    (
        "1.1.5",
        "a maximum of forty-five days",
        45,
        45,
        "days",
        "a maximum of",
        "Photographs from open days",
        "",
        "",
        "retention",
    ),
    (
        "1.1.6",
        "6 to 12 months",
        6,
        12,
        "months",
        "",
        "seed order histories",
        "from the date of the last order",
        "",
        "retention",
    ),
    (
        "1.1.7",
        "within two weeks",
        2,
        2,
        "weeks",
        "within",
        "delete your gate code",
        "Once your membership ends",
        "",
        "deadline",
    ),
    ("1.1.9", "thirty years", 30, 30, "years", "normally", "Minutes of committee meetings", "", "", "retention"),
    ("1.1.10", "eight years", 8, 8, "years", "", "Invoices", "", "", "retention"),
    ("1.1.10", "a year", 1, 1, "years", "", "support emails", "", "", "retention"),
    ("1.1.10", "14 days", 14, 14, "days", "", "chat transcripts", "", "", "retention"),
    ("1.1.11", "72 hours", 72, 72, "hours", "", "Camera recordings", "", "", "retention"),
    ("1.1.12", "one month", 1, 1, "months", "", "The session cookie", "", "", "retention"),
    (
        "2.1.1",
        "within five business days",
        5,
        5,
        "business days",
        "try to … within",
        "answer letters",
        "",
        "",
        "deadline",
    ),
    (
        "2.1.2",
        "within one calendar month",
        1,
        1,
        "months",
        "within",
        "send it",
        "of receiving your request",
        "",
        "deadline",
    ),
    ("2.1.3", "within 48 hours", 48, 48, "hours", "within", "Complaints", "", "", "deadline"),
    ("2.1.3", "within six weeks at the latest", 6, 6, "weeks", "within … at the latest", "decided", "", "", "deadline"),
    (
        "2.1.4",
        "within seventy-two (72) hours",
        72,
        72,
        "hours",
        "within",
        "notify you",
        "of becoming aware of a breach",
        "",
        "deadline",
    ),
    (
        "2.1.5",
        "no later than 10 working days",
        10,
        10,
        "business days",
        "no later than",
        "Objections",
        "after we receive them",
        "",
        "deadline",
    ),
    ("2.1.6", "within 60 days", 60, 60, "days", "within", "appeal a decision", "", "", "deadline"),
]


def as_rows(version: PolicyVersion) -> list[tuple[str, str, int, int, str, str, str, str, str, str]]:
    return [
        (
            version.by_hash[period.clause_hash].id,
            version.by_hash[period.clause_hash].text[period.quote_start : period.quote_end],
            period.amount_low,
            period.amount_high,
            period.unit.value,
            period.qualifier,
            period.subject,
            period.starts,
            period.exception,
            period.kind.value,
        )
        for period in extract(version)
    ]


def test_the_first_policy_states_these_six_periods() -> None:
    assert as_rows(first_version()) == FIRST


def test_the_invented_policy_states_these_twenty_periods() -> None:
    assert as_rows(invented_version()) == INVENTED


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not knowingly collect data from children under 13 years of age.",
        "You must be at least 18 years old to keep an account.",
        "We conduct annual reviews of stored data.",
        "We delete duplicates every six months.",
        "Stored records are reviewed at least once every two years.",
        "Backups are stored twice a month.",
        "We will notify you 30 days before the change.",
        "We store your data with three months' notice of a change.",
        "We retain what you bought in the last 12 months as a list.",
        "Our lines are answered 24 hours a day, 7 days a week.",
        "We store data with over 20 years of experience.",
        "We keep your 30-day trial simple.",
        "Data is kept for as long as necessary.",
        "The office is a year from its anniversary.",
    ],
)
def test_ages_frequencies_notice_and_looks_back_are_no_periods(sentence: str) -> None:
    assert periods_in(one_clause(sentence)) == ()


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("We delete your account within 30 days of your request.", Kind.DEADLINE),
        ("Accounts are deleted 30 days after the last login.", Kind.RETENTION),
        ("Within two weeks we will reply to your letter.", Kind.DEADLINE),
        ("For three years we keep your letters.", Kind.RETENTION),
    ],
)
def test_deleting_within_a_time_is_a_deadline_and_after_it_retention(sentence: str, kind: Kind) -> None:
    assert [period.kind for period in periods_in(one_clause(sentence))] == [kind]


def test_the_words_of_a_period_are_the_words_of_its_clause() -> None:
    version = invented_version()
    for period in extract(version):
        text = version.by_hash[period.clause_hash].text
        for words in (period.subject, period.starts, period.exception, *period.qualifier.split(" … ")):
            assert words in text
