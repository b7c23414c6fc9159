import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from integrations.widget.words import FIRST_LANGUAGE, load_words

FOLDER = Path(__file__).parents[3] / "integrations" / "widget" / "static" / "words"
STATIC = FOLDER.parent
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.json"))


def words(language: str) -> dict[str, str]:
    loaded: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return loaded


def places(sentence: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", sentence))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_sentence_with_the_same_places(language: str) -> None:
    english, other = words(FIRST_LANGUAGE), words(language)
    assert other.keys() == english.keys()
    assert {key: places(sentence) for key, sentence in other.items()} == {
        key: places(sentence) for key, sentence in english.items()
    }


def test_hindi_is_written_in_devanagari() -> None:
    assert [key for key, sentence in words("hi").items() if not re.search(r"[\u0900-\u097f]", sentence)] == []


def test_every_sentence_that_a_script_asks_for_is_there() -> None:
    asked = set()
    for script in STATIC.glob("*.js"):
        asked |= set(re.findall(r"say\(\"(\w+)\"", script.read_text(encoding="utf-8")))
    assert asked
    assert asked <= words(FIRST_LANGUAGE).keys()


@pytest.mark.parametrize(
    ("wanted", "accepted", "chosen"),
    [
        (None, "hi-IN,hi;q=0.9,en;q=0.8", "hi"),
        (None, "fr-FR,fr;q=0.9", "en"),
        (None, "fr;q=1,hi;q=0.2,en;q=0.4", "en"),
        ("hi", "en-GB", "hi"),
        ("HI-in", "en-GB", "hi"),
        ("xx", "hi", "hi"),
        ("../en", "", "en"),
        (None, ";q=,,hi;q=x,", "hi"),
        (None, "", "en"),
    ],
)
def test_the_language_asked_for_comes_before_those_of_the_browser(
    wanted: str | None, accepted: str, chosen: str
) -> None:
    assert load_words().chosen(wanted, accepted) == chosen


def test_a_page_speaks_the_browsers_language_and_is_never_kept(client: TestClient) -> None:
    shown = client.get("/widget/", headers={"Accept-Language": "hi-IN"})
    assert '<html lang="hi" dir="ltr">' in shown.text
    assert 'data-language="hi"' in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert "Accept-Language" in shown.headers["vary"]
