from typing import Any

from sqlalchemy import select

from assistant.conversation.models import StoredFeedback
from tests.fakes.slack import BOT, texts
from tests.integrations.slack.workplace import (
    DIRECT,
    GUEST,
    MEMBER,
    STRANGER,
    TALK,
    VIEWER,
    Workplace,
    buttons,
)

QUESTION = "How long do you keep billing records?"
UNSTATED = "Do you have a cat in the office?"


def whole(message: dict[str, Any]) -> str:
    return "\n".join(texts(message["blocks"]))


def test_a_direct_message_is_answered_in_its_own_thread_with_the_clause_and_a_link(answering: Workplace) -> None:
    ts = answering.direct(QUESTION)
    answering.settle()
    answer, staff, feedback = answering.slack.called("chat.postMessage")
    assert {each["channel"] for each in (answer, staff, feedback)} == {DIRECT}
    assert {each["thread_ts"] for each in (answer, staff, feedback)} == {ts}
    assert "<https://privacy.example.com/policy#7.1.3|7.1.3>" in whole(answer)
    assert "seven years" in whole(answer)
    assert set(buttons(feedback)) == {"feedback", "good", "bad"}
    assert len(feedback["blocks"]) == 1


def test_the_status_is_set_before_and_cleared_after(answering: Workplace) -> None:
    ts = answering.direct(QUESTION)
    answering.settle()
    statuses = answering.slack.called("assistant.threads.setStatus")
    assert [bool(each["status"]) for each in statuses] == [True, False]
    assert {each["thread_ts"] for each in statuses} == {ts}


def test_what_the_policy_does_not_state_looks_different(answering: Workplace) -> None:
    answering.direct("Which doctors may read my blood test results?")
    answering.settle()
    answer = answering.slack.called("chat.postMessage")[0]
    assert "*Not in the policy*" in whole(answer)
    assert "*The nearest clauses*" in whole(answer)
    assert "*Where it stands*" not in whole(answer)


def test_a_colleague_sees_how_to_handle_it_and_a_guest_does_not(answering: Workplace) -> None:
    answering.direct(QUESTION, user=MEMBER)
    answering.direct(QUESTION, user=GUEST)
    answering.direct(QUESTION, user=STRANGER)
    answering.settle()
    handled = [each for each in answering.slack.called("chat.postMessage") if "How to handle" in whole(each)]
    assert len(handled) == 1
    assert "No ticket is needed" in whole(handled[0])
    assert "Our privacy policy says (clause 7.1.3" in whole(handled[0])


def test_the_staff_view_names_ticket_promise_and_clause(answering: Workplace) -> None:
    answering.direct("I want to see all the data you have about me", user=VIEWER)
    answering.settle()
    (handled,) = (each for each in answering.slack.called("chat.postMessage") if "How to handle" in whole(each))
    assert "Rights request: See their data (access)" in whole(handled)
    assert "policy, clause 12.2.2" in whole(handled)
    assert "for_a_client" in buttons(handled)


def test_where_slack_cannot_say_who_asks_they_get_the_public_answer(answering: Workplace) -> None:
    answering.direct(QUESTION, user="UNOBODY")
    answering.settle()
    assert not any("How to handle" in whole(each) for each in answering.slack.called("chat.postMessage"))
    assert "seven years" in whole(answering.slack.called("chat.postMessage")[0])


def test_a_mention_is_answered_to_the_asker_alone_and_can_be_shared(answering: Workplace) -> None:
    ts = answering.mention(QUESTION)
    answering.settle()
    (public,) = answering.slack.shown(TALK)
    assert public["thread_ts"] == ts
    assert "seven years" not in str(public)
    answer = answering.told(MEMBER)[0]
    assert (answer["channel"], answer["thread_ts"]) == (TALK, ts)
    assert "seven years" in whole(answer)
    answering.press("share", buttons(answer)["share"], MEMBER, channel=TALK)
    answering.settle()
    shared = answering.slack.shown(TALK)[-1]
    assert shared["thread_ts"] == ts
    assert "seven years" in whole(shared)
    assert f"<@{MEMBER}>" in whole(shared)


def test_nobody_shares_what_another_asked(answering: Workplace) -> None:
    answering.mention(QUESTION)
    answering.settle()
    before = len(answering.slack.shown(TALK))
    answering.press("share", buttons(answering.told(MEMBER)[0])["share"], VIEWER, channel=TALK)
    answering.settle()
    assert len(answering.slack.shown(TALK)) == before
    assert "no longer there" in answering.told(VIEWER)[-1]["text"]


def test_a_follow_up_in_the_thread_needs_no_mention(answering: Workplace) -> None:
    ts = answering.mention(QUESTION)
    answering.settle()
    answering.says("And how long do you keep call recordings?", MEMBER, ts)
    answering.settle()
    asked, _, _, followed, _, _ = answering.told(MEMBER)
    assert "seven years" in asked["text"]
    assert "7.2.1" in followed["text"]
    assert followed["thread_ts"] == ts


def test_it_is_silent_where_people_talk_to_each_other(answering: Workplace) -> None:
    ts = answering.mention(QUESTION)
    answering.settle()
    asked = answering.slack.state.asked.total()
    answering.says(f"<@{VIEWER}> what do you think of that?", MEMBER, ts)
    answering.says("How long do you keep billing records?", VIEWER, ts)
    answering.says("How long do you keep billing records?", MEMBER, ts)
    answering.says("How long do you keep billing records?", MEMBER, "1600000000.000100")
    answering.settle()
    assert answering.slack.state.asked.total() == asked
    answering.mention(QUESTION, thread_ts=ts)
    answering.settle()
    assert answering.slack.state.asked.total() > asked


def test_thanks_in_a_thread_of_others_get_no_answer(answering: Workplace) -> None:
    ts = answering.mention(QUESTION)
    answering.settle()
    told = len(answering.told(MEMBER))
    answering.says("thanks!", MEMBER, ts)
    answering.settle()
    assert len(answering.told(MEMBER)) == told


def test_what_bots_say_or_people_edit_is_no_question(answering: Workplace) -> None:
    for more in ({"bot_id": "B9"}, {"subtype": "message_changed"}, {"subtype": "bot_message"}, {"hidden": True}):
        answering.direct(QUESTION, **more)
    answering.direct(QUESTION, user=BOT)
    answering.settle()
    assert answering.slack.state.calls == []


def test_words_that_come_with_a_file_or_go_to_the_channel_too_are_answered(answering: Workplace) -> None:
    answering.direct(QUESTION, subtype="file_share", files=[{"id": "F1"}])
    answering.settle()
    assert "seven years" in whole(answering.slack.called("chat.postMessage")[0])
    ts = answering.mention(QUESTION)
    answering.settle()
    told = len(answering.told(MEMBER))
    answering.says("And how long do you keep call recordings?", MEMBER, ts, subtype="thread_broadcast")
    answering.settle()
    assert len(answering.told(MEMBER)) > told


def test_a_stranger_of_a_shared_channel_gets_the_public_answer(answering: Workplace) -> None:
    message = answering.message(f"<@{BOT}> {QUESTION}", STRANGER, channel=TALK, channel_type="channel")
    mention = {**message, "type": "app_mention", "user_team": "T9"}
    assert answering.event(mention, team_id="T9", is_ext_shared_channel=True).status_code == 200
    answering.settle()
    said = [whole(each) for each in answering.told(STRANGER)]
    assert any("seven years" in each for each in said)
    assert not any("How to handle" in each for each in said)
    foreign = {"team_id": "T9", "is_ext_shared_channel": True, "authorizations": [{"team_id": "T9"}]}
    assert answering.event(mention, **foreign).status_code == 403


def test_what_is_shared_from_a_command_is_said_where_it_was_given(answering: Workplace) -> None:
    answering.command(QUESTION)
    answering.settle()
    value = buttons(answering.slack.called("respond")[0])["share"]
    answering.press("share", value, MEMBER, channel=TALK, respond=True)
    answering.settle()
    shared = answering.slack.called("respond")[-1]
    assert (shared["response_type"], shared["replace_original"]) == ("in_channel", False)
    assert "seven years" in whole(shared)


def test_a_command_is_answered_to_the_asker_alone(answering: Workplace) -> None:
    response = answering.command(QUESTION)
    assert (response.status_code, response.text) == (200, "")
    answering.settle()
    answer, *_ = answering.slack.called("respond")
    assert answer["response_type"] == "ephemeral"
    assert "seven years" in whole(answer)
    assert answering.slack.called("chat.postMessage") == []


def test_a_command_whose_half_hour_is_over_is_answered_directly(answering: Workplace) -> None:
    answering.slack.state.expired = True
    answering.command(QUESTION)
    answering.settle()
    answering.slack.state.expired = False
    assert "seven years" in whole(answering.slack.called("chat.postMessage")[0])
    assert answering.slack.called("chat.postMessage")[0]["channel"] == MEMBER


def test_feedback_is_kept_with_the_turn_and_thanked_for(answering: Workplace) -> None:
    answering.direct(QUESTION)
    answering.settle()
    value = buttons(answering.slack.called("chat.postMessage")[-1])["bad"]
    answering.press("feedback", value, MEMBER, channel=DIRECT)
    answering.settle()
    assert answering.told(MEMBER)[-1]["text"] == "Thank you, noted."
    with answering.assistant.database.read() as session:
        assert session.scalars(select(StoredFeedback.helpful)).all() == [False]


def test_the_messages_tab_offers_what_to_ask(answering: Workplace) -> None:
    answering.home(MEMBER, tab="messages")
    answering.settle()
    (prompts,) = answering.slack.called("assistant.threads.setSuggestedPrompts")
    assert prompts["channel_id"] == DIRECT
    assert "thread_ts" not in prompts
    assert [each["message"] for each in prompts["prompts"]] == list(answering.assistant.organisation.suggestions)


def test_a_mention_without_words_hears_what_can_be_asked(answering: Workplace) -> None:
    answering.mention("")
    answering.settle()
    assert "Ask me a question" in answering.told(MEMBER)[0]["text"]


def test_a_message_that_is_too_long_is_refused_in_words(answering: Workplace) -> None:
    answering.direct("why? " * 1000)
    answering.settle()
    assert "longer than 4000" in answering.slack.called("chat.postMessage")[0]["text"]


def test_markup_of_a_visitor_reaches_nobody(answering: Workplace) -> None:
    answering.direct("&lt;!channel&gt; *bold* <https://evil.example.com|how long do you keep billing records?>")
    answering.settle()
    said = str(answering.slack.state.calls)
    assert "evil.example.com" not in said
    assert "<!channel>" not in said


def test_personal_data_of_a_message_stands_in_no_table_in_clear(answering: Workplace) -> None:
    answering.direct("I am zelda.quirke@example.com, how long do you keep billing records?")
    answering.settle()
    answering.assistant.database.clear_traces()
    files = [each for each in answering.assistant.settings.data_dir.rglob("*") if each.is_file()]
    assert not [each for each in files if b"zelda.quirke" in each.read_bytes()]
