from collections.abc import Sequence

from knowledge.clause import PolicyVersion
from knowledge.drafting.carrying import NEAR, Carrier
from knowledge.drafting.known import KnownPolicy
from knowledge.encoder.onnx import OnnxEncoder


def test_a_clause_gets_the_questions_of_the_clauses_that_are_like_it(
    shop: PolicyVersion, some_known: Sequence[KnownPolicy], encoder: OnnxEncoder
) -> None:
    found = Carrier(shop, some_known, encoder).carry({clause.id: 3 for clause in shop.clauses})
    by_clause = {clause.id: [each for each in found if each.clause is clause] for clause in shop.clauses}
    assert {len(by_clause["1.1.1"]), len(by_clause["2.1.1"])} == {3}
    assert all("call" in each.question.casefold() or "phone" in each.question for each in by_clause["1.1.1"])
    assert {each.source for each in by_clause["1.1.1"]} <= {"stonebridge 2.1.5", "fernway 1.2.1", "fernway 8.1.3"}
    assert all("ook" in each.question.casefold() for each in by_clause["2.1.1"])
    assert min(each.likeness or 0 for each in found) >= NEAR


def test_nothing_is_carried_to_a_clause_like_no_other(
    shop: PolicyVersion, some_known: Sequence[KnownPolicy], encoder: OnnxEncoder
) -> None:
    assert Carrier(shop, some_known, encoder).carry({"3.1.1": 5}) == ()


def test_what_is_carried_is_new_and_for_one_clause(
    shop: PolicyVersion, some_known: Sequence[KnownPolicy], encoder: OnnxEncoder
) -> None:
    carrier = Carrier(shop, some_known, encoder)
    first = carrier.carry({"1.1.1": 2})
    known = {each.question for each in first}
    second = carrier.carry({"1.1.1": 2}, is_new=lambda question, _clause: question not in known)
    assert len(first) == len(second) == 2
    assert not known & {each.question for each in second}
    every = [each.question for each in carrier.carry({"1.1.1": 50, "2.1.1": 50})]
    assert len(every) == len(set(every))


def test_without_room_or_known_policies_nothing_is_carried(shop: PolicyVersion, encoder: OnnxEncoder) -> None:
    assert Carrier(shop, [], encoder).carry({"1.1.1": 2}) == ()


def test_a_question_belongs_to_the_clause_that_is_nearest(shop: PolicyVersion, encoder: OnnxEncoder) -> None:
    carrier = Carrier(shop, [], encoder)
    assert carrier.belongs("are my phone calls recorded", shop.by_id["1.1.1"])
    assert not carrier.belongs("are my phone calls recorded", shop.by_id["2.1.1"])
