"""What a translation lacks beside the English, or has too much: for whoever translates, and for the tests."""

from collections.abc import Iterator

from assistant.words.book import ENGLISH, entries_of, fits


def differences(language: str) -> tuple[str, ...]:
    """One line for each key that is missing, unknown, or filled in with other names; none for a whole translation."""
    return tuple(_found(language))


def _found(language: str) -> Iterator[str]:
    english, own = entries_of(ENGLISH), entries_of(language)
    yield from (f"{language}.toml: {key} is missing" for key in english if key not in own)
    yield from (f"{language}.toml: {key} is unknown" for key in own if key not in english)
    unfit = (key for key in english if key in own and not fits(key, own[key], english[key]))
    yield from (f"{language}.toml: {key} has other names to fill in, or more or fewer items" for key in unfit)
