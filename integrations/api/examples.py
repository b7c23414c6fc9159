"""Example values for the interface description: invented people and an invented policy."""

from typing import Any

QUOTE = "Invoices are kept for six years, as tax law requires."
VERSION = "4f2a8c0d9e1b"
CONVERSATION_ID = "5d0c1f7c5e8b4b0f9a57f0f5b0a3e7c1"

CITATION: dict[str, Any] = {
    "clause": "4.1.2",
    "section": "How long we keep data",
    "quote": QUOTE,
    "start": 1804,
    "end": 1857,
    "policy_version": VERSION,
    "url": "/policy#4.1.2",
}
REPLY: dict[str, Any] = {
    "turn_id": "turn-1",
    "conversation_id": CONVERSATION_ID,
    "intent": "question",
    "other_intents": [],
    "rights": [],
    "outcome": "answered",
    "parts": [{"kind": "quote", "text": QUOTE, "citation": 0}],
    "text": QUOTE,
    "citations": [CITATION],
    "see_also": [],
    "asks_for": None,
    "tickets": [],
    "suggestions": ["Can I ask for a copy of my data?"],
    "policy_version": VERSION,
}
ASKED: dict[str, Any] = {**REPLY, "turn_id": None, "conversation_id": None}
OPENED: dict[str, Any] = {
    "id": CONVERSATION_ID,
    "token": "yT3rI0wq6kq0h4m2b1xJ5n8vQeZsLpUaCdGfKoMwRtE",
    "greeting": "Ask me anything about our privacy policy.",
    "suggestions": ["How long do you keep invoices?"],
    "disclosure": "You are talking to a program. It quotes our privacy policy and does not give legal advice.",
}
TRANSCRIPT: dict[str, Any] = {
    "id": CONVERSATION_ID,
    "created_at": "2026-03-02T09:15:00Z",
    "turns": [
        {"turn_id": "turn-1", "at": "2026-03-02T09:15:04Z", "text": "How long do you keep invoices?", "reply": REPLY}
    ],
}
ERASED: dict[str, Any] = {
    "receipt": {
        "id": "er-20260302-7f3k",
        "conversation_id": CONVERSATION_ID,
        "erased_at": "2026-03-02T09:20:00Z",
        "kept": [{"reference": "EX-7F3K-92QD", "why": "An open rights request; it is kept until it is answered."}],
        "signature": "b3f1…",
    }
}
_VERSION_FACTS: dict[str, Any] = {
    "version": "1",
    "sha256": "4f2a8c0d9e1b" + "0" * 52,
    "effective": "2026-01-01",
    "retrieved": "2026-01-15",
}
_CLAUSE: dict[str, Any] = {"clause": "4.1.2", "text": QUOTE, "start": 1804, "end": 1857}
POLICY: dict[str, Any] = {
    **_VERSION_FACTS,
    "title": "Privacy Policy",
    "sections": [{"number": 4, "title": "How long we keep data", "paragraphs": [[_CLAUSE]]}],
}
VERSIONS: dict[str, Any] = {"versions": [{**_VERSION_FACTS, "title": "Privacy Policy", "current": True}]}
DIFF: dict[str, Any] = {
    "from": _VERSION_FACTS,
    "to": {**_VERSION_FACTS, "version": "2"},
    "changes": [{"kind": "changed", "from": _CLAUSE, "to": {**_CLAUSE, "text": "Invoices are kept for eight years."}}],
}
READY: dict[str, Any] = {"status": "ready", "parts": {"database": "ok", "index": "ok"}}
