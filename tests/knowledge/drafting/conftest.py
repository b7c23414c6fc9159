from collections.abc import Sequence

import pytest

from knowledge.clause import PolicyVersion
from knowledge.drafting.known import KnownPolicy, known_policies
from knowledge.encoder.onnx import OnnxEncoder
from knowledge.parser.policy import parse
from tests.remembering import RememberingEncoder

SHOP = """Privacy Policy

Calls

We record calls to our line and delete the recordings after 18 months.

Cookies

We place cookies for statistics only after you agree, and you may withdraw at any time.

Marmalade

Our marmalade is stirred by hand in copper pots.
"""


def version_of(text: str) -> PolicyVersion:
    parsed = parse(text.encode(), name="policy.txt")
    return PolicyVersion("1", parsed.sha256, parsed.title, None, None, parsed.sections)


@pytest.fixture
def shop() -> PolicyVersion:
    """A policy that nobody has asked about."""
    return version_of(SHOP)


@pytest.fixture(scope="session")
def some_known() -> Sequence[KnownPolicy]:
    """Two of the known policies: the fewer there are, the sooner they are read."""
    return [policy for policy in known_policies(version_of(SHOP)) if policy.name in {"fernway", "stonebridge"}]


@pytest.fixture(scope="session")
def encoder() -> OnnxEncoder:
    return RememberingEncoder()
