"""Example values for the interface description of the desk: invented people, an invented company."""

from typing import Any

REFERENCE = "EX-7F3K-92QD"
CARD: dict[str, Any] = {
    "reference": REFERENCE,
    "kind": "rights_request",
    "right": "access",
    "status": "received",
    "severity": None,
    "due_at": "2026-04-01T09:15:00Z",
    "due_basis": {"kind": "policy", "cite": "12.2.2"},
    "first_answer_due_at": "2026-03-05T09:15:00Z",
}
OPENED: dict[str, Any] = {**CARD, "version": 1}
ROW: dict[str, Any] = {
    **CARD,
    "opened_at": "2026-03-02T09:15:00Z",
    "assignee": None,
    "email": "r…@example.com",
    "email_proven": True,
    "group": "g-19c2",
    "version": 2,
}
INCIDENT: dict[str, Any] = {
    **ROW,
    "kind": "security_incident",
    "right": None,
    "status": "acknowledged",
    "severity": "critical",
    "due_at": None,
    "due_basis": None,
    "first_answer_due_at": None,
}
PAGE: dict[str, Any] = {"items": [ROW], "next": "eyJhZnRlciI6MTd9.4Zk"}
TABLE = (
    "reference,kind,right,status,severity,opened_at,due_at,due_basis,due_cite,first_answer_due_at,assignee,email,"
    "email_proven,group\r\n"
    "EX-7F3K-92QD,rights_request,access,received,,2026-03-02T09:15:00Z,2026-04-01T09:15:00Z,policy,12.2.2,"
    "2026-03-05T09:15:00Z,,r…@example.com,yes,g-19c2\r\n"
)
DEADLINE: dict[str, Any] = {
    "name": "answer",
    "due_at": "2026-04-01T09:15:00Z",
    "basis": {"kind": "policy", "cite": "12.2.2"},
    "source": "the privacy policy",
    "regime": None,
    "in_force": True,
    "governs": True,
    "stopped_at": None,
}
VIEW: dict[str, Any] = {
    **ROW,
    "email": "riya@example.com",
    "text": "Please send me everything you hold about me. My customer number is [number].",
    "details": "Please send me everything you hold about me. My customer number is 4471 0923.",
    "on_behalf_of": None,
    "subject": "self",
    "origin": "web",
    "regime": None,
    "noticed_at": None,
    "verified_at": "2026-03-02T09:19:00Z",
    "first_answered_at": None,
    "acknowledged_at": None,
    "acknowledged_by": None,
    "paused_at": None,
    "closed_at": None,
    "duplicate_of": None,
    "linked": [],
    "deadlines": [DEADLINE],
    "moves": ["awaiting_requester", "denied", "fulfilled", "in_progress"],
    "global_privacy_control": False,
}
HISTORY: dict[str, Any] = {
    "items": [
        {
            "number": 1,
            "at": "2026-03-02T09:15:00Z",
            "actor": "visitor",
            "event": "opened",
            "from": None,
            "status": "awaiting_verification",
            "reason": "",
        }
    ]
}
_LIMIT: dict[str, Any] = {"kept": 41, "missed": 1, "running": 6, "kept_share": 0.9762}
SLA: dict[str, Any] = {
    "since": "2025-12-02T09:15:00Z",
    "until": "2026-03-02T09:15:00Z",
    "awaiting_verification": 2,
    "kinds": [
        {
            "kind": "rights_request",
            "opened": 48,
            "closed": 42,
            "open": 6,
            "unassigned": 1,
            "overdue": 0,
            "oldest_open_at": "2026-02-11T10:00:00Z",
            "first_answers": _LIMIT,
            "answers": _LIMIT,
            "median_hours_to_first_answer": 9.5,
            "median_hours_to_close": 140.25,
            "median_hours_to_acknowledge": None,
        }
    ],
}
GAPS: dict[str, Any] = {
    "since": "2025-12-02T09:15:00Z",
    "until": "2026-03-02T09:15:00Z",
    "turns": {"answered": 912, "not_stated": 57, "not_understood": 4},
    "not_stated": 57,
    "not_understood": 4,
    "grouped": 61,
    "clauses": [{"clause": "4.1.2", "section": "How long we keep data", "count": 23}],
    "gaps": [
        {
            "outcome": "not_stated",
            "count": 12,
            "examples": ["In which country are the servers?"],
            "nearest": ["4.1.2"],
            "first_at": "2025-12-05T08:00:00Z",
            "last_at": "2026-03-01T19:30:00Z",
        }
    ],
}
