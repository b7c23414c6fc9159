import json
from collections import Counter

from assistant.reply import Intent
from assistant.triage.utterances import FOLDER, utterances
from assistant.triage.values import Subject

TOLD = utterances()


def test_there_are_many_and_no_two_are_alike() -> None:
    assert len(TOLD) >= 1_500
    assert len({" ".join(each.text.casefold().split()) for each in TOLD}) == len(TOLD)


def test_no_beginning_is_common() -> None:
    beginnings = Counter(" ".join(each.text.casefold().split()[:3]) for each in TOLD)
    assert beginnings.most_common(1)[0][1] <= 0.02 * len(TOLD)


def test_labels_agree_with_each_other() -> None:
    for each in TOLD:
        assert bool(each.rights) == (Intent.RIGHTS_REQUEST in each.intents), each.text
        assert (each.severity is not None) == (Intent.SECURITY_REPORT in each.intents), each.text
        assert each.subject is Subject.SELF or each.rights, each.text
        assert each.intent not in each.other_intents, each.text


# Hands of the small intents alone.
SMALL = {"sorrel", "nettle", "clover"}


def test_every_intent_and_nearly_every_hard_kind_has_examples_of_every_hand() -> None:
    hard = {"question_about", "hypothetical", "negation", "reported", "closed", "other_company", "multi", "story"}
    for hand in {each.hand for each in TOLD}:
        of_hand = [each for each in TOLD if each.hand == hand]
        left_out = {Intent.SECURITY_REPORT, Intent.RIGHTS_REQUEST} if hand in SMALL else set()
        assert {each.intent for each in of_hand} == set(Intent) - left_out
        assert len(hard - {each.kind for each in of_hand}) <= 1


def test_every_line_is_an_object_of_the_known_fields() -> None:
    fields = {"text", "intent", "other_intents", "rights", "severity", "subject", "kind", "register"}
    for path in FOLDER.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert set(json.loads(line)) == fields
