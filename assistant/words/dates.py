"""Days, months and moments as a language writes them."""

from datetime import date, datetime

from assistant.words.book import Words


def long_day(words: Words, day: date) -> str:
    return words("calendar.day", day=day.day, month=_month(words, day), year=day.year)


def long_month(words: Words, day: date) -> str:
    return words("calendar.month", month=_month(words, day), year=day.year)


def weekday_and_day(words: Words, day: date) -> str:
    weekday = words.each("calendar.weekdays")[day.weekday()]
    return words("calendar.weekday_and_day", weekday=weekday, date=long_day(words, day))


def _month(words: Words, day: date) -> str:
    return words.each("calendar.months")[day.month - 1]


def moment_in_zone(words: Words, local: datetime) -> str:
    """With the short name of the time zone, like IST."""
    return words("calendar.moment_in_zone", date=long_day(words, local), time=f"{local:%H:%M}", zone=f"{local:%Z}")
