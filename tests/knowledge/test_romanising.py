import pytest

from knowledge.romanising import romanised


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("नमस्ते", "namaste"),
        ("धन्यवाद", "dhanyavad"),
        ("शुक्रिया", "shukriya"),
        ("आप कौन हो", "aap kaun ho"),
        ("कितने दिन रखते हो", "kitne din rakhte ho"),
        ("समय", "samay"),
        ("बाद में नाम", "baad mein naam"),
        ("जानकारी", "jankari"),
        ("बदलना", "badalna"),
        ("मिटवाना", "mitvana"),
        ("राज्य", "rajya"),
        ("दोस्त", "dost"),
        ("सुरक्षित", "surakshit"),
        ("बच्चों", "bachchon"),
        ("ज़रूरत", "zarurat"),
        ("संपर्क", "sampark"),
        ("क्या आप इंसान हैं", "kya aap insan hain"),
        ("नहीं मिला, मिटाना चाहता हूँ", "nahi mila, mitana chahta hu"),
        ("२४ घंटे।", "24 ghante. "),
        ("मेरा record कौन पढ़ता है", "mera record kaun padhta hai"),
        ("\u093f\u093c\u094d", ""),
        ("no Hindi at all", "no Hindi at all"),
    ],
)
def test_hindi_is_spelt_as_it_is_typed(written: str, typed: str) -> None:
    assert romanised(written) == typed


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("डेटा", "data"),
        ("डाटा", "data"),
        ("वेबसाइट पर ईमेल", "website par email"),
        ("ईमेलों", "emails"),
        ("सिस्टमों", "system"),
        ("कुकीज़", "cookies"),
        ("कुकीज", "cookies"),
        ("पासवर्ड", "password"),
    ],
)
def test_english_words_become_english_again(written: str, typed: str) -> None:
    assert romanised(written) == typed
