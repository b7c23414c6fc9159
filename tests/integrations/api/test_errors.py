import pytest

from assistant.errors import AssistantError, Conflict, Invalid, NotAllowed, NotFound, Unavailable
from integrations.api.errors import LAST_RESORT, problem_of
from knowledge.errors import KnowledgeError, UnknownVersion, UnreadablePolicy


class NoSuchTicket(NotFound):
    pass


class Nameless(AssistantError):
    pass


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (NotFound, 404),
        (NoSuchTicket, 404),
        (Conflict, 409),
        (Invalid, 422),
        (NotAllowed, 403),
        (Unavailable, 503),
        (UnknownVersion, 404),
        (UnreadablePolicy, 503),
        (KnowledgeError, 503),
    ],
)
def test_the_nearest_class_decides_and_the_sentence_is_kept(kind: type[Exception], status: int) -> None:
    problem = problem_of(kind("A sentence that is safe to show."))
    assert (problem.status, problem.detail) == (status, "A sentence that is safe to show.")
    assert ("Retry-After" in problem.headers) is (status == 503)


def test_an_error_that_nobody_gave_a_status_is_the_last_resort() -> None:
    assert problem_of(Nameless("Hm.")) is LAST_RESORT
