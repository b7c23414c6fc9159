from pathlib import Path

import pytest

from assistant.policy_folder import NoSuchPolicy, policy_folder


def test_a_shipped_policy_is_found_by_name() -> None:
    assert (policy_folder("codemites") / "versions" / "1" / "published.txt").is_file()


def test_any_folder_with_an_organisation_is_a_policy(clinic_folder: Path) -> None:
    assert policy_folder(str(clinic_folder)) == clinic_folder


@pytest.mark.parametrize("policy", ["nowhere", "", "/", "../codemites", "x" * 5_000, "a\0b"])
def test_anything_else_is_refused_with_what_is_known(policy: str) -> None:
    with pytest.raises(NoSuchPolicy, match="PRIVACY_ASSISTANT_POLICY takes the name of a shipped policy") as refused:
        policy_folder(policy)
    assert "codemites" in str(refused.value)
    assert len(str(refused.value)) < 400
