"""The sentences of a computed date, for review without the logic.

A sentence tells what a count comes to, never that something was or will be deleted.
"""

from datetime import date, datetime, time, timedelta

from assistant.answering.date_values import DateRange, Doubt, Precision
from knowledge.periods.period import Bound, Kind, Period, Unit

DOUBTS: dict[Doubt, str] = {
    Doubt.IMPOSSIBLE: "“{phrase}” is no day in the calendar. Which day did you mean?",
    Doubt.WHICH_ORDER: ("Which day did you mean by {phrase}? Please write the month as a word, for example {example}."),
    Doubt.WHICH_YEAR: "Which day did you mean by {phrase}? Please add the year, for example {example}.",
    Doubt.DAY_OR_YEAR: "Which did you mean by {phrase}: a day or a year? Please write it out, for example {example}.",
    Doubt.WHICH_SPAN: "Which months did you mean by {phrase}? Please name the last one, for example {month}.",
    Doubt.WHICH_DAY: "Which day did you mean by “{phrase}”? Please give the date, for example {example}.",
}
SEVERAL_DATES = "Your question holds more than one date: {phrases}. Which one should I count from?"
OTHER_START = "The policy counts “{starts}”. When was that? A month and a year are enough."
BEFORE_OR_AFTER = "Which day or month should I count from? “{phrase}” alone leaves it open."

KEPT = {
    Bound.AT_LEAST: "Counted from {since}, {span} runs to {last}{latest}, so not before {next}.",
    Bound.AT_MOST: "Counted from {since}, {span} runs to {last} at the latest.",
    Bound.STATED: "Counted from {since}, {span} runs to {last}{latest}.",
}
KEPT_RANGE = "Counted from {since}, {span} runs to a day between {first} and {last}."
NO_LAST_DAY = "A minimum names no last day: the policy does not say how long after that."
LATEST = " at the latest"
PASSED = "That date has passed; whether anything was deleted cannot be told from it."
PASSING = (
    "The earliest end, {first}, has passed, the latest has not; whether anything was deleted cannot be told from it."
)
AHEAD = "That date is still ahead."
NO_START = "The policy does not say from when it counts."
STARTS = "The policy counts “{starts}”."
EXCEPTION = "The policy adds: “{exception}”."

DUE = "Counted from {since}, the policy's “{span}” ends {due}."
DUE_AIM = "Counted from {since}, the policy's aim of “{span}” comes to an end {due}."
DUE_RANGE = "between {first} and {last}"
DUE_WITHIN = "in the course of {day}"
DUE_OVER = "That time is over."
DUE_AHEAD = "That time is not over yet."
DUE_OPEN = "Whether that time is over depends on the hour or day on which it began."
HOURS = "The hours are counted straight through: the policy does not name weekends or holidays."
BUSINESS_DAYS = "Saturdays and Sundays are left out, public holidays are not."


def long_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def weekday_and_day(day: date) -> str:
    return f"{day:%A}, {long_day(day)}"


def long_month(day: date) -> str:
    return f"{day:%B %Y}"


def moment(at: datetime) -> str:
    """Midnight is told as the end of the day before it, since people ask for the last day."""
    if at.time() == time():
        return f"the end of {weekday_and_day((at - timedelta(days=1)).date())}"
    return f"{weekday_and_day(at.date())}, {at:%H:%M}"


def since(found: DateRange, kind: Kind) -> str:
    """The day, month or year that was named, in long form; a deadline names the weekday."""
    if found.precision is Precision.MONTH:
        return long_month(found.first)
    if found.precision is Precision.YEAR and (found.first.month, found.last.year) == (1, found.first.year):
        return str(found.first.year)
    told = weekday_and_day if kind is Kind.DEADLINE else long_day
    if found.first != found.last:
        return f"{told(found.first)} to {told(found.last)}"
    return f"{told(found.first)}, {found.time:%H:%M}" if found.time else told(found.first)


def span_of_time(period: Period, clause_text: str) -> str:
    """The policy's words for the duration, with a word like "typically" that stands apart from them."""
    quote = clause_text[period.quote_start : period.quote_end]
    loose = [piece for piece in period.qualifier.split(" … ") if piece and piece not in quote]
    return f"a period of {' '.join(loose)} {quote}" if loose and not period.is_aim else quote


def next_unit(found: DateRange, last: date) -> str:
    """What comes after the period: the month after a range of months, the day after a day."""
    after = last + timedelta(days=1)
    return long_month(after) if found.precision is not Precision.DAY and after.day == 1 else long_day(after)


def counting_note(unit: Unit) -> str:
    return {Unit.HOURS: HOURS, Unit.BUSINESS_DAYS: BUSINESS_DAYS}.get(unit, "")
