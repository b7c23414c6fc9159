"""Signs, faces and masked identifiers alone say nothing that could be answered."""

import pytest

from assistant.bootstrap import Assistant


@pytest.mark.parametrize("message", ["pat@canary-mail.example", "[phone]", "[email], [phone]!", "…"])
def test_a_message_of_nothing_but_identifiers_or_signs_is_not_understood(clinic: Assistant, message: str) -> None:
    reply = clinic.front_desk.ask(message)
    assert (reply["outcome"], reply["citations"], reply["see_also"]) == ("not_understood", (), ())


@pytest.mark.parametrize("message", ["🙏", "👋", "🎉🎉"])
def test_a_face_or_sign_of_thanks_gets_a_friendly_line_and_no_quotation(clinic: Assistant, message: str) -> None:
    reply = clinic.front_desk.ask(message)
    assert (reply["intent"], reply["outcome"], reply["citations"]) == ("small_talk", "chatted", ())
