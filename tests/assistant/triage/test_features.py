from assistant.triage.features import clarified, features, plain
from assistant.triage.lexicon import Lexicon

LEXICON = Lexicon.load()


def concepts(text: str) -> list[str]:
    return features(text, LEXICON).concepts


def test_references_and_the_company_are_marked() -> None:
    assert plain("status of CM-7F3K-92QD at Blue Kettle", ("Blue Kettle",)) == "status of [reference] at [company]"


def test_words_that_look_like_a_reference_but_hold_no_digit_stay() -> None:
    assert plain("our state-owned well-made work") == "our state-owned well-made work"


def test_citations_read_alike() -> None:
    assert plain("Arts. 15 and 17 GDPR, s. 13 DPDP") == "article 15 and article 17 GDPR, section 13 DPDP"


def test_leaving_a_list_of_addressees_is_no_deletion() -> None:
    assert (
        clarified("remove my old number from your marketing list") == "unsubscribe my old number from your newsletter"
    )
    assert clarified("remove my number from your database") == "remove my number from your database"


def test_what_is_held_is_no_wish_for_a_copy_where_it_should_go() -> None:
    assert clarified("Delete everything you hold about me, please") == "Delete everything, please"
    assert clarified("send me everything you hold about me") == "send me everything you hold about me"


def test_different_words_for_one_thing_are_one_concept() -> None:
    for wish in ("erase", "wipe", "hatao", "purge"):
        assert "delete" in concepts(f"{wish} my data")


def test_a_slip_of_the_keyboard_is_forgiven_in_a_long_word() -> None:
    assert "optout" in concepts("unsbscribe")


def test_a_phrase_may_have_words_between() -> None:
    assert "delete" in concepts("take my old photo down")
    assert "delete" not in concepts("take the next train from here and then walk down")


def test_concepts_stay_within_their_sentence() -> None:
    assert "me>delete" not in concepts("That is me. Delete")
    assert "delete>data" in concepts("Delete the data")


def test_a_sentence_that_asks_is_told_from_one_that_tells() -> None:
    assert "?delete" in concepts("delete my data?")
    assert ".delete" in concepts("delete my data.")
