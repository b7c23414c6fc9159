import pytest

from assistant.redaction.masking import mask


@pytest.mark.parametrize(
    ("message", "masked"),
    [
        ("my password is hunter2, help", "my password is [secret], help"),
        ("password: hunter2", "password: [secret]"),
        ("Password:letmein", "Password:[secret]"),
        ("my password is sunshine.", "my password is [secret]."),
        ("my password was Tr0ub4dor&3 yesterday", "my password was [secret] yesterday"),
        ("pwd=abc", "pwd=[secret]"),
        ("password hunter2 was leaked", "password [secret] was leaked"),
        ("password for ravi at work is Tr0ub4dor", "password for ravi at work is [secret]"),
        ("passphrase: 'correct horse battery staple'", "passphrase: '[secret]'"),
        ('{"password": "hunter2", "x": 1}', '{"password": "[secret]", "x": 1}'),
        ("mera password hunter2 hai", "mera password [secret] hai"),
        ("मेरा पासवर्ड hunter2 है", "मेरा पासवर्ड [secret] है"),
        ("DB_PASSWORD=hunter2", "DB_PASSWORD=[secret]"),
        ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG", "AWS_SECRET_ACCESS_KEY=[secret]"),
        ("the api key is abcd1234efgh", "the api key is [secret]"),
        ("my OTP is 482913", "my OTP is [secret]"),
        ("cvv 123 and pin: 4321", "cvv [secret] and pin: [secret]"),
    ],
)
def test_a_stated_secret_is_masked_and_the_sentence_stays(message: str, masked: str) -> None:
    assert mask(message).text == masked


@pytest.mark.parametrize(
    "message",
    [
        "my password is not working",
        "my password was leaked",
        "the password is wrong.",
        "password is required",
        "is my password stored?",
        "what is the password policy?",
        "password: how long must it be",
        "how are passwords hashed, with sha256?",
        "password SHA256 hashing",
        "password 90-day rotation",
        "is the API key secret?",
        "the token is expired",
        "which cookie is essential?",
        "my pin code is 560001, the area code 022",
        "otp within 72 hours",
        "the private key is stored safely",
        "my password was changed on 12/03/2021",
    ],
)
def test_talk_about_secrets_is_no_secret(message: str) -> None:
    assert mask(message).text == message


def test_a_placeholder_is_not_masked_again() -> None:
    assert mask("password: [secret] and token=[secret]").text == "password: [secret] and token=[secret]"


def test_a_message_that_is_one_chosen_word_is_taken_for_a_password() -> None:
    assert mask("Gulmohar_Tram!508").text == "[secret]"
    for ordinary in ("CM-7F3K-92QD", "Thank_you!", "hello@2", "WordPress6.4"):
        assert mask(ordinary).text == ordinary
