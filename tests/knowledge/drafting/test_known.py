import json
from pathlib import Path

from knowledge.clause import PolicyVersion
from knowledge.drafting.known import TRAINING, known_policies
from knowledge.questions import Kind
from knowledge.versions.library import PolicyLibrary
from tests.knowledge.drafting.conftest import version_of


def test_the_invented_organisations_and_the_shipped_policy_are_known(shop: PolicyVersion) -> None:
    known = {policy.name: policy for policy in known_policies(shop)}
    assert {"fernway", "lotuscare", "havenshield", "codemites"} <= set(known)
    for policy in known.values():
        lines = [line for found in policy.asked.values() for line in found]
        assert len(lines) > 200
        assert {line.kind for line in lines} == {Kind.ANSWERABLE}


def test_a_policy_is_not_known_to_itself() -> None:
    text = (TRAINING / "fernway" / "policy.txt").read_text(encoding="utf-8")
    names = {policy.name for policy in known_policies(version_of(text))}
    assert "fernway" not in names
    assert "oakmere" in names


def test_a_line_whose_sentence_changed_is_no_example(shop: PolicyVersion, clinic_folder: Path, tmp_path: Path) -> None:
    bank = clinic_folder / "questions.jsonl"
    clause = PolicyLibrary(clinic_folder).versions()[-1].by_id["1.1.1"]
    lines = [
        {"q": "what do you ask of me", "kind": "answerable", "gold": ["1.1.1"], "bound": [clause.hash]},
        {"q": "what did you ask of me", "kind": "answerable", "gold": ["1.1.1"], "bound": ["0" * 12]},
    ]
    bank.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (known,) = known_policies(shop, training=tmp_path / "none", shipped=clinic_folder.parent)
    assert [line.question for line in known.asked["1.1.1"]] == ["what do you ask of me"]


def test_where_no_training_data_is_installed_there_is_less_to_know(shop: PolicyVersion, tmp_path: Path) -> None:
    assert [policy.name for policy in known_policies(shop, training=tmp_path)] == ["codemites"]
    assert known_policies(shop, training=tmp_path, shipped=tmp_path) == ()
