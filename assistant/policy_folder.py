"""Finds the folder of the policy that a setting names: one that ships with the product, or any folder."""

from pathlib import Path

import knowledge.policies
from assistant.errors import AssistantError

_SHIPPED = Path(next(iter(knowledge.policies.__path__)))


class NoSuchPolicy(AssistantError):
    def __init__(self, policy: str) -> None:
        shipped = ", ".join(sorted(path.name for path in _SHIPPED.iterdir() if (path / "organisation.toml").exists()))
        super().__init__(
            f"PRIVACY_ASSISTANT_POLICY takes the name of a shipped policy ({shipped}) or a folder that holds"
            f" organisation.toml and versions/, not {policy!r}."
        )


def policy_folder(policy: str) -> Path:
    """The folder for a name or a path; NoSuchPolicy where there is none."""
    for folder in (_SHIPPED / policy, Path(policy)):
        if (folder / "organisation.toml").is_file():
            return folder
    raise NoSuchPolicy(policy)
