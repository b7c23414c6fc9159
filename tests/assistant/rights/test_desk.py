from pathlib import Path

import pytest

from assistant.dialogue.pending import DialogueMoved
from assistant.reply import AsksFor, Intent, Outcome, Right
from tests.assistant.rights.counter import Visitor, World, opened_world, text_of


def test_a_right_with_an_address_goes_straight_to_the_confirmation(visitor: Visitor) -> None:
    piece = visitor.ask("Please delete my data, my mail is ravi@example.com")
    assert (piece.intent, piece.outcome, piece.asks_for) == (
        Intent.RIGHTS_REQUEST,
        Outcome.NEEDS_INPUT,
        AsksFor.CONFIRMATION,
    )
    assert "r…@example.com" in text_of(piece)
    assert "ravi@example.com" not in text_of(piece)


def test_without_a_right_it_asks_for_one_and_then_for_the_address(visitor: Visitor) -> None:
    assert visitor.ask("I want to use my privacy rights").asks_for is AsksFor.RIGHT
    assert visitor.say("A copy of my data").asks_for is AsksFor.EMAIL
    assert visitor.say("ravi@example.com").asks_for is AsksFor.CONFIRMATION


def test_a_yes_opens_one_linked_ticket_a_right_access_first_and_mails_one_code(visitor: Visitor, world: World) -> None:
    visitor.ask("delete my data and send me a copy, ravi@example.com")
    piece = visitor.say("haan")
    assert (piece.outcome, piece.asks_for) == (Outcome.TICKET_OPENED, AsksFor.VERIFICATION_CODE)
    assert [card["right"] for card in piece.tickets] == ["access", "deletion"]
    assert {card["status"] for card in piece.tickets} == {"awaiting_verification"}
    assert world.statuses() == {"access": "awaiting_verification", "deletion": "awaiting_verification"}
    assert [kind for kind, _ in world.mails()] == ["code"]
    assert world.woken == [1]


def test_a_reply_with_tickets_states_reference_due_date_its_basis_and_the_contact(
    visitor: Visitor, world: World
) -> None:
    piece = visitor.confirmed("delete my data and send me a copy, ravi@example.com")
    text = text_of(piece)
    assert all(card["reference"] in text for card in piece.tickets)
    assert "1 April 2026" in text
    assert "our target" in text
    assert world.organisation.privacy_contact.email in text


def test_the_right_code_makes_the_tickets_received_and_mails_one_receipt(visitor: Visitor, world: World) -> None:
    visitor.confirmed("delete my data and send me a copy, ravi@example.com")
    code = world.codes()[0]
    piece = visitor.say(f"my code is {code[:4]} {code[4:]}")
    assert {card["status"] for card in piece.tickets} == {"received"}
    assert world.statuses() == {"access": "received", "deletion": "received"}
    assert [kind for kind, _ in world.mails()] == ["code", "receipt"]
    assert piece.said == "my code is [code]"
    assert visitor.pending() is None


def test_a_wrong_code_says_how_many_tries_are_left_and_proves_nothing(visitor: Visitor, world: World) -> None:
    visitor.confirmed()
    piece = visitor.say(_other_than(world.codes()[0]))
    assert "4 tries left" in text_of(piece)
    assert world.statuses() == {"deletion": "awaiting_verification"}


def test_after_five_wrong_codes_the_right_one_is_refused_and_a_new_one_helps(visitor: Visitor, world: World) -> None:
    visitor.confirmed()
    code = world.codes()[0]
    for _ in range(5):
        visitor.say(_other_than(code))
    assert "new code" in text_of(visitor.say(code))
    assert world.statuses() == {"deletion": "awaiting_verification"}
    visitor.say("send a new code")
    visitor.say(world.codes()[-1])
    assert world.statuses() == {"deletion": "received"}


def test_an_older_code_is_worth_nothing_once_a_new_one_was_asked_for(visitor: Visitor, world: World) -> None:
    visitor.confirmed()
    first = world.codes()[0]
    visitor.say("please resend the code")
    assert first not in world.codes()
    visitor.say(first)
    assert world.statuses() == {"deletion": "awaiting_verification"}


def test_a_code_is_too_old_after_ten_minutes(visitor: Visitor, world: World) -> None:
    visitor.confirmed()
    world.clock.pass_by(minutes=10)
    assert "ten minutes" in text_of(visitor.say(world.codes()[0]))
    assert world.statuses() == {"deletion": "awaiting_verification"}


def test_after_seven_days_the_request_has_expired_whatever_is_typed(visitor: Visitor, world: World) -> None:
    piece = visitor.confirmed()
    assert piece.tickets
    world.clock.pass_by(days=7)
    piece = visitor.say("send a new code")
    assert [card["status"] for card in piece.tickets] == ["expired"]
    assert world.statuses() == {"deletion": "expired"}
    assert visitor.pending() is None


def test_a_marketing_opt_out_is_received_at_once_and_mails_nothing(visitor: Visitor, world: World) -> None:
    visitor.ask("unsubscribe me, ravi@example.com")
    piece = visitor.say("yes")
    assert (piece.outcome, piece.asks_for) == (Outcome.TICKET_OPENED, None)
    assert world.statuses() == {"marketing_opt_out": "received"}
    assert world.mails() == []


def test_a_cancel_before_the_yes_leaves_no_ticket(visitor: Visitor, world: World) -> None:
    visitor.ask("delete my data, ravi@example.com")
    piece = visitor.say("rehne do")
    assert (piece.outcome, piece.tickets, visitor.pending()) == (Outcome.CANCELLED, (), None)
    assert world.ticket_count() == 0


def test_a_cancel_after_it_withdraws_the_ticket_and_takes_the_code_back(visitor: Visitor, world: World) -> None:
    visitor.confirmed()
    piece = visitor.say("please cancel my request")
    assert (piece.outcome, [card["status"] for card in piece.tickets]) == (Outcome.CANCELLED, ["withdrawn"])
    assert world.statuses() == {"deletion": "withdrawn"}
    assert world.mails() == []


def test_a_no_asks_what_to_change_and_takes_another_address(visitor: Visitor) -> None:
    visitor.ask("delete my data, ravi@example.com")
    assert "change" in text_of(visitor.say("no"))
    piece = visitor.say("use another address: asha@example.org")
    assert piece.asks_for is AsksFor.CONFIRMATION
    assert "a…@example.org" in text_of(piece)


def test_rights_are_added_replaced_and_dropped_in_free_words(visitor: Visitor) -> None:
    visitor.ask("delete my data, ravi@example.com")
    assert visitor.say("access as well").rights == (Right.ACCESS, Right.DELETION)
    assert visitor.say("no, not the deletion").rights == (Right.ACCESS,)
    assert visitor.say("no, correction instead").rights == (Right.CORRECTION,)


def test_what_is_said_to_be_wrong_is_asked_for_anew(visitor: Visitor) -> None:
    visitor.ask("delete my data, ravi@example.com")
    assert visitor.say("that's not my email").asks_for is AsksFor.EMAIL
    assert visitor.say("asha@example.org").asks_for is AsksFor.CONFIRMATION
    assert visitor.say("the rights are wrong").asks_for is AsksFor.RIGHT
    assert visitor.say("just access").rights == (Right.ACCESS,)


def test_the_only_right_that_is_cancelled_cancels_the_request(visitor: Visitor, world: World) -> None:
    visitor.ask("delete my data, ravi@example.com")
    assert visitor.say("cancel the deletion").outcome is Outcome.CANCELLED
    assert world.ticket_count() == 0


def test_a_right_asked_for_while_the_code_is_awaited_joins_the_others(visitor: Visitor, world: World) -> None:
    visitor.confirmed()
    piece = visitor.ask("send me a copy")
    assert piece.asks_for is AsksFor.CONFIRMATION
    assert piece.rights == (Right.ACCESS, Right.DELETION)
    assert world.statuses() == {"deletion": "withdrawn"}


def test_a_change_of_address_after_the_yes_withdraws_and_is_confirmed_anew(visitor: Visitor, world: World) -> None:
    visitor.confirmed()
    piece = visitor.say("sorry, use asha@example.org")
    assert piece.asks_for is AsksFor.CONFIRMATION
    assert [card["status"] for card in piece.tickets] == ["withdrawn"]
    visitor.say("yes")
    assert world.mails()[-1][1]["to"] == "asha@example.org"
    assert world.ticket_count() == 2


def test_a_question_in_between_is_left_to_others_and_the_dialogue_goes_on(visitor: Visitor) -> None:
    visitor.ask("delete my data, please")
    assert visitor.try_to_say("How long do you keep invoices?") is None
    pending = visitor.pending()
    assert pending is not None
    assert visitor.world.desk.reminder(visitor.visit(""), pending).asks_for is AsksFor.EMAIL
    assert visitor.say("ravi@example.com").asks_for is AsksFor.CONFIRMATION


def test_three_unusable_answers_lead_to_a_person(visitor: Visitor, world: World) -> None:
    visitor.ask("delete my data, please")
    assert visitor.say("purple").asks_for is AsksFor.EMAIL
    assert visitor.say("blah").asks_for is AsksFor.EMAIL
    piece = visitor.say("dunno")
    assert piece.outcome is Outcome.HANDED_OVER
    assert world.statuses() == {"inquiry": "received"}
    pending = visitor.pending()
    assert pending is not None
    assert pending.kind == "handover"


def test_a_person_at_the_code_does_not_end_the_wait_for_it(visitor: Visitor, world: World) -> None:
    visitor.confirmed()
    outcomes = [visitor.say("yes").outcome for _ in range(3)]
    assert outcomes[-1] is Outcome.HANDED_OVER
    assert visitor.try_to_say("yes") is None
    visitor.say(world.codes()[0])
    assert world.statuses() == {"deletion": "received", "inquiry": "received"}


@pytest.mark.parametrize("subject", ["child", "parent", "other"])
def test_a_child_a_parent_and_a_stranger_go_to_a_person(visitor: Visitor, world: World, subject: str) -> None:
    piece = visitor.ask("please delete my data, ravi@example.com", subject=subject)
    assert piece.outcome is Outcome.HANDED_OVER
    assert world.statuses() == {"inquiry": "received"}
    assert world.mails() == []


def test_a_hint_of_another_person_is_asked_about(visitor: Visitor) -> None:
    assert visitor.ask("delete my data, ravi@example.com", subject="agent").asks_for is AsksFor.REQUESTER
    assert visitor.say("for myself").asks_for is AsksFor.CONFIRMATION


def test_an_agent_with_authority_goes_on_and_one_without_goes_to_a_person(visitor: Visitor, world: World) -> None:
    visitor.ask("delete my data, ravi@example.com", subject="agent")
    assert visitor.say("I am an agent").asks_for is AsksFor.REQUESTER
    assert "authorised agent" in text_of(visitor.say("yes"))
    visitor.say("cancel")
    visitor.ask("delete my data, ravi@example.com", subject="agent")
    assert visitor.say("agent, but I have no authority").outcome is Outcome.HANDED_OVER
    assert world.statuses() == {"inquiry": "received"}


def test_details_are_asked_for_once_and_only_for_what_needs_them(visitor: Visitor, world: World) -> None:
    assert visitor.ask("I object, ravi@example.com").asks_for is AsksFor.DETAILS
    assert visitor.say("the profiling in your newsletter").asks_for is AsksFor.CONFIRMATION
    card = visitor.say("yes").tickets[0]
    assert world.statuses() == {"objection": "awaiting_verification"}
    assert card["right"] == "objection"


def test_details_that_came_with_the_request_are_not_asked_for(visitor: Visitor) -> None:
    piece = visitor.ask("Please correct my surname, it should be Menon. I am ravi@example.com")
    assert piece.asks_for is AsksFor.CONFIRMATION


def test_a_yes_after_half_an_hour_is_asked_for_again(visitor: Visitor, world: World) -> None:
    visitor.ask("delete my data, ravi@example.com")
    world.clock.pass_by(minutes=31)
    assert visitor.say("yes").asks_for is AsksFor.CONFIRMATION
    assert world.ticket_count() == 0
    assert visitor.say("yes").outcome is Outcome.TICKET_OPENED


def test_of_two_tabs_that_confirm_at_once_one_opens_the_ticket(visitor: Visitor, world: World) -> None:
    visitor.ask("delete my data, ravi@example.com")
    pending = visitor.pending()
    assert pending is not None
    first, second = (world.desk.go_on(visitor.visit("yes"), pending) for _ in range(2))
    assert first is not None
    assert second is not None
    visitor.take(first)
    with pytest.raises(DialogueMoved):
        visitor.take(second)
    assert world.ticket_count() == 1
    assert len(world.codes()) == 1


def test_more_than_three_codes_a_day_are_not_mailed_and_the_words_are_the_same(visitor: Visitor, world: World) -> None:
    visitor.confirmed()
    said = {text_of(visitor.say("send a new code")) for _ in range(5)}
    assert len(said) == 1
    assert sum(kind == "code" for kind, _ in world.mails()) <= 1


def test_no_mail_carries_a_word_that_was_typed(visitor: Visitor, world: World) -> None:
    visitor.confirmed("Xylophone: delete my data, ravi@example.com")
    visitor.say(world.codes()[0])
    assert all("xylophone" not in mail["body"].lower() + mail["subject"].lower() for _, mail in world.mails())


@pytest.mark.parametrize("typed", ["a@b", "a@b..c", "аdmin@example.com", '"a b"@example.com', "a@b.co, v@x.de"])
def test_an_address_that_cannot_be_written_to_is_asked_for_again(visitor: Visitor, typed: str) -> None:
    visitor.ask("delete my data, please")
    assert visitor.say(typed).asks_for is AsksFor.EMAIL


def _other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08d}"


def test_past_the_limit_of_its_network_nothing_is_registered(tmp_path: Path) -> None:
    with opened_world(tmp_path, most_unverified=1) as world:
        Visitor(world, network="net").confirmed()
        second = Visitor(world, conversation=b"2" * 32, network="net")
        second.ask("delete my data, ravi@example.com")
        assert second.say("yes").outcome is Outcome.DECLINED
        assert world.ticket_count() == 1
        Visitor(world, conversation=b"3" * 32, network="other").confirmed()


def test_who_is_handed_to_a_person_without_an_address_is_asked_for_one_by_the_handover_desk(visitor: Visitor) -> None:
    piece = visitor.ask("I am 14, please delete my data", subject="child")
    assert (piece.outcome, piece.asks_for) == (Outcome.HANDED_OVER, AsksFor.EMAIL)
    pending = visitor.pending()
    assert pending is not None
    assert (pending.kind, pending.data["references"]) == ("handover", [piece.tickets[0]["reference"]])


def test_what_was_received_is_withdrawn_when_it_is_taken_back(visitor: Visitor, world: World) -> None:
    visitor.confirmed("delete my data, ravi@example.com")
    visitor.say(world.codes()[0])
    piece = visitor.take_back("withdraw that request")
    assert piece is not None
    assert (piece.outcome, world.statuses()) == (Outcome.CANCELLED, {"deletion": "withdrawn"})
    assert visitor.take_back("withdraw that request") is None


def test_an_agent_who_has_nothing_in_writing_goes_to_a_person(visitor: Visitor) -> None:
    assert visitor.ask("delete the data of my client", Right.DELETION, subject="agent").asks_for is AsksFor.REQUESTER
    piece = visitor.say("No, I have nothing in writing from him, he just mentioned it on the phone")
    assert (piece.outcome, [card["kind"] for card in piece.tickets]) == (Outcome.HANDED_OVER, ["inquiry"])


def test_a_right_that_is_named_counts_where_a_right_was_asked_for(visitor: Visitor) -> None:
    visitor.ask("I want to use my privacy rights")
    assert visitor.say("the one where you hand me a copy").rights == (Right.ACCESS,)


@pytest.mark.parametrize(
    "text", ["mhm yes", "All three, yes.", "no, no mistakes there, that's right", "You've got it right.", "yes, delete"]
)
def test_an_agreement_in_other_words_registers_the_request(visitor: Visitor, text: str) -> None:
    visitor.ask("delete my data, ravi@example.com")
    assert visitor.say(text).outcome is Outcome.TICKET_OPENED


@pytest.mark.parametrize(
    "text",
    ["please stop here, I pressed the wrong thing", "nah leave it, I'll call you guys", "then no. don't do it"],
)
def test_a_stop_in_other_words_ends_the_request(visitor: Visitor, world: World, text: str) -> None:
    visitor.ask("delete my data, ravi@example.com")
    piece = visitor.say(text)
    assert (piece.outcome, piece.asks_for, world.ticket_count()) == (Outcome.CANCELLED, None, 0)


def test_a_registered_request_that_is_not_to_be_done_is_withdrawn(visitor: Visitor, world: World) -> None:
    visitor.confirmed()
    assert visitor.say("I changed my mind, don't delete anything").outcome is Outcome.CANCELLED
    assert world.statuses() == {"deletion": "withdrawn"}


def test_of_two_registered_rights_one_is_withdrawn_and_the_code_still_proves_the_other(
    visitor: Visitor, world: World
) -> None:
    visitor.confirmed("delete my data and send me a copy, ravi@example.com")
    piece = visitor.say("keep the copy but call off the deletion")
    assert piece.asks_for is AsksFor.VERIFICATION_CODE
    visitor.say(world.codes()[0])
    assert world.statuses() == {"access": "received", "deletion": "withdrawn"}


def test_who_gives_up_for_a_human_being_gets_one(visitor: Visitor, world: World) -> None:
    visitor.ask("delete my data, ravi@example.com")
    piece = visitor.say("forget the erasing, can a real person get in touch with me instead")
    assert (piece.outcome, world.statuses()) == (Outcome.HANDED_OVER, {"inquiry": "received"})


def test_the_same_address_is_the_one_of_the_request_before_and_is_proven_anew(visitor: Visitor, world: World) -> None:
    visitor.confirmed()
    visitor.say(world.codes()[0])
    piece = visitor.ask("send me a copy, same address")
    assert (piece.asks_for, "r…@example.com" in text_of(piece)) == (AsksFor.CONFIRMATION, True)
    assert visitor.say("yes, that one too").asks_for is AsksFor.VERIFICATION_CODE


def test_without_a_request_before_no_address_is_the_same(visitor: Visitor) -> None:
    visitor.ask("delete my data, please")
    assert visitor.say("same address as before").asks_for is AsksFor.EMAIL


def test_an_address_where_details_were_asked_for_is_taken_and_the_details_asked_for_again(visitor: Visitor) -> None:
    assert visitor.ask("I object").asks_for is AsksFor.DETAILS
    assert visitor.say("ravi@example.com").asks_for is AsksFor.DETAILS
    assert visitor.say("the profiling in your newsletter").asks_for is AsksFor.CONFIRMATION


def test_a_code_that_is_put_off_is_waited_for(visitor: Visitor) -> None:
    visitor.confirmed()
    for _ in range(4):
        piece = visitor.say("at work rn, can't open my private mail, will do tonight")
        assert (piece.outcome, piece.asks_for) == (Outcome.NEEDS_INPUT, AsksFor.VERIFICATION_CODE)


def test_who_insists_for_another_person_is_heard_in_the_one_inquiry(visitor: Visitor, world: World) -> None:
    visitor.ask("delete my flatmate's account", Right.DELETION, subject="other")
    visitor.ask("delete it, he does not know", Right.DELETION, subject="other")
    assert world.ticket_count() == 1
