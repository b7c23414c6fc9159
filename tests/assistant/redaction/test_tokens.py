import pytest

from assistant.redaction.masking import mask

BODY = "MIIEowIBAAKCAQEA1234567890abcdefghij\nMIIEowIBAAKCAQEA1234567890abcdefghij\n"


@pytest.mark.parametrize(
    "key",
    [
        "sk-abcDEF1234567890abcd",
        "sk-proj-abcDEF_1234567890",
        "sk_live_abcDEF1234567890",
        "rzp_test_abcDEF12345678",
        "xoxb-123456789012-abcdefghijkl",
        "xapp-1-A012345-678901",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "github_pat_11ABCDEFG0abcdefghijkl",
        "glpat-abcdefghij0123456789",
        "AIzaSyA-1234567890abcdefghijklmnopqrstu",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQ",
    ],
)
def test_a_key_gives_itself_away(key: str) -> None:
    masked = mask(f"I posted {key}. Help")
    assert masked.text == "I posted [secret]. Help"
    assert masked.found[0].value == key


@pytest.mark.parametrize(
    "message",
    [
        "risk-assessment-and-mitigation",
        "a task-based-approach-to-it",
        "Basic information about bearer instruments",
        "the token expired",
        "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "https://example.com/?page=2&sort=date",
    ],
)
def test_ordinary_words_are_no_key(message: str) -> None:
    assert mask(message).text == message


def test_a_header_and_a_link_may_carry_a_secret() -> None:
    assert mask("Authorization: Bearer abcdef123456").text == "Authorization: Bearer [secret]"
    assert mask("https://ravi:pw1234@example.com/x").text == "https://[secret]/x"
    assert mask("https://example.com/x?token=abcd1234&y=1").text == "https://example.com/x?token=[secret]&y=1"


def test_a_key_block_is_masked_whole() -> None:
    block = f"-----BEGIN RSA PRIVATE KEY-----\n{BODY}ab12=\n-----END RSA PRIVATE KEY-----"
    assert mask(f"look: {block} bad?").text == "look: [private_key] bad?"


def test_a_key_block_without_its_end_is_masked_to_the_last_of_its_words() -> None:
    assert mask(f"-----BEGIN PRIVATE KEY-----\n{BODY}Please delete it").text == "[private_key]\nPlease delete it"


def test_a_key_block_without_its_beginning_is_masked_too() -> None:
    assert mask(f"it was {BODY}ab12=\n-----END PRIVATE KEY-----").text == "it was [private_key]"


def test_a_key_block_on_one_line_is_masked() -> None:
    assert (
        mask("-----BEGIN PRIVATE KEY-----\\nMIIEowIBAAKCAQEA1234567890\\n-----END PRIVATE KEY-----").text
        == "[private_key]"
    )


def test_the_secret_beside_an_access_key_is_hidden_without_a_label() -> None:
    said = mask("AKIAZZ7XQ5J2M4N6P8R0 / qW3rT7yUiOpAsDfGhJkLzXcVbNm1Q2w3E4r5T6y7").text
    assert said == "[secret] / [secret]"
    for ordinary in ("2fd4e1c67a2d28fced849ee1bb76e7391b93eb12", "https://example.com/Some/Long/Path/2024/Of/Words"):
        assert mask(ordinary).text == ordinary
