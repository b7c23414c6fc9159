import time

from assistant.reports.likeness import group_alike


def grouped(*texts: str) -> list[set[str]]:
    return [{texts[position] for position in group} for group in group_alike(texts)]


def test_the_same_question_worded_or_typed_a_little_differently_is_one() -> None:
    alike = {
        "In which country are your servers?",
        "in what country are the servers",
        "Which country are your servers in??",
        "in which contry are your servers",
    }
    other = "Do you use my photos to train AI?"
    assert grouped(*alike, other) == [alike, {other}]


def test_the_largest_group_comes_first_and_every_text_is_in_one() -> None:
    groups = group_alike(["tell me about cookies", "who is your auditor", "Who is the auditor?"])
    assert groups == ((1, 2), (0,))


def test_texts_without_a_letter_or_with_empty_words_only_are_grouped_too() -> None:
    assert group_alike(["?!", "...", "what is it", "What is it?"]) == ((0, 1), (2, 3))
    assert group_alike([]) == ()


def test_letters_of_any_script_count() -> None:
    assert grouped("सर्वर किस देश में हैं", "सर्वर किस देश में है?", "Ｓｅｒｖｅｒｓ where", "servers WHERE") == [
        {"सर्वर किस देश में हैं", "सर्वर किस देश में है?"},
        {"Ｓｅｒｖｅｒｓ where", "servers WHERE"},
    ]


def test_five_thousand_different_questions_are_grouped_in_seconds() -> None:
    texts = [f"question {number * 7919 % 5003} about topic {number * 104729 % 99991}" for number in range(5_000)]
    started = time.perf_counter()
    assert sum(len(group) for group in group_alike(texts)) == 5_000
    assert time.perf_counter() - started < 20
