"""The sentences of a computed date.

A sentence tells what a count comes to, never that something was or will be deleted.
"""

from datetime import date, datetime, time, timedelta

from assistant.answering.date_values import DateRange, Precision
from assistant.words.book import Words
from assistant.words.dates import long_day, long_month, weekday_and_day
from knowledge.periods.period import Kind, Period, Unit


def moment(words: Words, at: datetime) -> str:
    """Midnight is told as the end of the day before it, since people ask for the last day."""
    if at.time() == time():
        before = (at - timedelta(days=1)).date()
        return words("calendar.end_of_day", date=weekday_and_day(words, before))
    return day_and_time(words, at)


def day_and_time(words: Words, at: datetime) -> str:
    return words("calendar.moment", date=weekday_and_day(words, at.date()), time=f"{at:%H:%M}")


def since(words: Words, found: DateRange, kind: Kind) -> str:
    """The day, month or year that was named, in long form; a deadline names the weekday."""
    if found.precision is Precision.MONTH:
        return long_month(words, found.first)
    if found.precision is Precision.YEAR and (found.first.month, found.last.year) == (1, found.first.year):
        return str(found.first.year)
    told = weekday_and_day if kind is Kind.DEADLINE else long_day
    first = told(words, found.first)
    if found.first != found.last:
        return words("calendar.range", first=first, last=told(words, found.last))
    return words("calendar.moment", date=first, time=f"{found.time:%H:%M}") if found.time else first


def span_of_time(words: Words, period: Period, clause_text: str) -> str:
    """The policy's words for the duration, with a word like "typically" that stands apart from them."""
    quote = clause_text[period.quote_start : period.quote_end]
    loose = [piece for piece in period.qualifier.split(" … ") if piece and piece not in quote]
    if not loose or period.is_aim:
        return quote
    return words("dates.kept.span", qualifier=" ".join(loose), span=quote)


def next_unit(words: Words, found: DateRange, last: date) -> str:
    """What comes after the period: the month after a range of months, the day after a day."""
    after = last + timedelta(days=1)
    by_month = found.precision is not Precision.DAY and after.day == 1
    return long_month(words, after) if by_month else long_day(words, after)


def counting_note(words: Words, unit: Unit) -> str:
    keys = {Unit.HOURS: "dates.due.hours", Unit.BUSINESS_DAYS: "dates.due.business_days"}
    return words(keys[unit]) if unit in keys else ""
