import pytest

from tests.integrations.api.conftest import Operator
from tests.integrations.visiting import is_problem


def test_the_sla_report_counts_the_queue_by_kind(operator: Operator) -> None:
    answered = operator.open(email="riya@example.com")
    operator.open("rights_request", "Everything, please.", right="access")
    operator.change(answered, "replies", {"text": "Nobody outside."})
    report = operator.get("/reports/sla").json()
    kinds = {figures["kind"]: figures for figures in report["kinds"]}
    assert list(kinds) == ["rights_request", "security_incident", "inquiry", "complaint"]
    assert kinds["inquiry"]["first_answers"] == {"kept": 1, "missed": 0, "running": 0, "kept_share": 1.0}
    assert kinds["rights_request"]["answers"] == {"kept": 0, "missed": 0, "running": 1, "kept_share": None}
    assert report["until"] == "2026-11-22T09:30:00Z"


def test_the_gap_report_of_an_empty_house_is_empty(operator: Operator) -> None:
    report = operator.get("/reports/gaps?days=30").json()
    assert (report["since"], report["turns"], report["clauses"], report["gaps"]) == ("2026-10-23T09:30:00Z", {}, [], [])


@pytest.mark.parametrize("path", ["/reports/sla", "/reports/gaps"])
def test_a_period_beyond_a_year_is_refused(operator: Operator, path: str) -> None:
    for days in ("0", "367", "x", "1e3"):
        assert is_problem(operator.get(f"{path}?days={days}"), 422)
