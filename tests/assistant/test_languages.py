import json
from pathlib import Path

import pytest

from assistant.languages import HINDI, OTHER, language_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie lange speichern Sie meine Rechnungsdaten?", "de"),
        ("Ich möchte, dass Sie alle meine Daten löschen.", "de"),
        ("Je veux supprimer toutes mes données personnelles", "fr"),
        ("¿Cuánto tiempo guardan mis datos personales?", "es"),
        ("Per quanto tempo conservate i miei dati?", "it"),
        ("Jak długo przechowujecie moje dane osobowe?", "pl"),
        ("Kişisel verilerimin silinmesini istiyorum, lütfen", "tr"),
        ("आप मेरा डेटा कितने समय तक रखते हैं?", HINDI),
        ("मेरा data कब delete होगा, बताइए", HINDI),
        ("Как долго вы храните мои данные?", OTHER),
        ("你们会保存我的数据多久？", OTHER),
        ("எனது தரவை எவ்வளவு காலம் வைத்திருப்பீர்கள்?", OTHER),
    ],
)
def test_a_message_in_another_language_is_recognised(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!?",
        "🙏",
        "12345678",
        "ana@example.com",
        "CM-7F3K-92QD",
        "ok",
        "kab",
        "my name is Müller-Lüdenscheid",
        "wat infrmation u hav abt me pls tel",
        "hw lng u kep my invioces",
        "mera data kaun kaun dekh sakta hai aur kitne din tak rakhte ho",
        "kisi insaan se baat karni hai",
        "delete kar do sab kuch abhi ke abhi",
        "muje apna data chahiye",
        "[email] [phone] [aadhaar] [pan] [card]",
    ],
)
def test_english_hinglish_and_what_has_no_words_are_no_other_language(text: str) -> None:
    assert language_of(text) is None


def test_of_the_messages_that_people_here_wrote_hardly_one_is_taken_for_another_language() -> None:
    folder = ROOT / "assistant" / "triage" / "utterances"
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [json.loads(line)["text"] for line in lines]
    foreign = [text for text in texts if language_of(text) not in {None, HINDI}]
    assert len(texts) > 1_000
    assert len(foreign) <= len(texts) // 1_000
