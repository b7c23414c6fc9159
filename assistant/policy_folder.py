"""Finds the folder of the policy that a setting names: one that ships with the product, or any folder."""

from contextlib import suppress
from pathlib import Path

import knowledge.policies
from assistant.errors import AssistantError

_SHIPPED = Path(next(iter(knowledge.policies.__path__)))
LONGEST_SHOWN = 80


class NoSuchPolicy(AssistantError):
    def __init__(self, policy: str) -> None:
        shipped = ", ".join(sorted(path.name for path in _SHIPPED.iterdir() if (path / "organisation.toml").exists()))
        shown = policy if len(policy) <= LONGEST_SHOWN else f"{policy[:LONGEST_SHOWN]}…"
        super().__init__(
            f"PRIVACY_ASSISTANT_POLICY takes the name of a shipped policy ({shipped}) or a folder that holds"
            f" organisation.toml and versions/, not {shown!r}."
        )


def policy_folder(policy: str) -> Path:
    """The folder for a name or a path; NoSuchPolicy where there is none."""
    for folder in (_SHIPPED / policy, Path(policy)):
        with suppress(OSError):  # a name longer than any file's
            if (folder / "organisation.toml").is_file():
                return folder
    raise NoSuchPolicy(policy)
