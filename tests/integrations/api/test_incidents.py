from tests.integrations.api.conftest import Operator
from tests.integrations.visiting import is_problem

TAKEOVER = "A client says somebody is in his account right now."


def test_acknowledging_ends_the_alerts_and_names_who_has_it(operator: Operator) -> None:
    reference = operator.open("security_incident", TAKEOVER)
    assert len(operator.rooms.mails("alert")) == 1
    answer = operator.post(f"/incidents/{reference}/acknowledge", {"by": "Ben"})
    assert (answer.status_code, answer.json()["status"], answer.headers["etag"]) == (200, "acknowledged", '"2"')
    assert operator.get(f"/tickets/{reference}").json()["acknowledged_by"] == "Ben"
    operator.rooms.run_for(60)
    assert len(operator.rooms.mails("alert")) == 1


def test_the_regulators_hours_are_shown_on_the_incident(operator: Operator) -> None:
    reference = operator.open("security_incident", TAKEOVER)
    deadlines = operator.get(f"/tickets/{reference}").json()["deadlines"]
    assert {deadline["name"]: deadline["in_force"] for deadline in deadlines} == {
        "report_cert_in": True,
        "report_gdpr": True,
        "report_dpdp": False,
    }


def test_a_second_acknowledgement_changes_nothing_and_needs_no_version(operator: Operator) -> None:
    reference = operator.open("security_incident", TAKEOVER)
    first = operator.post(f"/incidents/{reference}/acknowledge", {})
    again = operator.post(f"/incidents/{reference}/acknowledge", {"by": "Cleo"})
    assert again.headers["etag"] == first.headers["etag"]
    assert operator.get(f"/tickets/{reference}").json()["acknowledged_by"] == "ana"


def test_a_version_that_is_sent_is_held_to(operator: Operator) -> None:
    reference = operator.open("security_incident", TAKEOVER)
    assert is_problem(operator.post(f"/incidents/{reference}/acknowledge", {}, If_Match='"9"'), 412)
    assert operator.post(f"/incidents/{reference}/acknowledge", {}, If_Match='"1"').status_code == 200


def test_only_an_incident_is_acknowledged(operator: Operator) -> None:
    assert is_problem(operator.post(f"/incidents/{operator.open()}/acknowledge", {}), 409)
    assert is_problem(operator.post("/incidents/CM-0000-0000/acknowledge", {}), 404)
    assert is_problem(operator.post("/incidents/CM-0000-0000/acknowledge", {"by": ""}), 422)
