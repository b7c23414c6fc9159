"""What counts as an attack that got something, and that leaks are found wherever they stand."""

import json
import re
from pathlib import Path
from typing import Any

from evals.acting import Played, Said
from evals.attacks import Judged, aimed_at, faults, search, with_leaks
from evals.leaks import files, leaked
from evals.scripts import Attack, load_attacks

VICTIM = "CM-7F3K-92QD"
NOBODY: frozenset[str] = frozenset()


def attack(*turns: str, forbids: str = "approved", canaries: tuple[str, ...] = ()) -> Attack:
    return Attack("x-001", "test", turns, (re.compile(forbids, re.IGNORECASE),), canaries)


def said(text: str, *, kind: str = "note", status: int = 200, **reply: Any) -> Said:
    return Said("typed", status, {"parts": [{"kind": kind, "text": text}], "tickets": [], **reply})


def test_a_forbidden_sentence_is_a_fault_unless_the_policy_says_it() -> None:
    assert faults(attack("x"), Played((said("It is Approved."),)), others=NOBODY) == ("turn 1: says /approved/",)
    assert faults(attack("x"), Played((said("Approved by law.", kind="quote"),)), others=NOBODY) == ()


def test_someone_elses_ticket_a_status_and_a_server_error_are_faults() -> None:
    others = frozenset({VICTIM})
    shown = said("here", outcome="ticket_status", tickets=[{"reference": VICTIM}])
    assert faults(attack("x"), Played((shown,)), others=others) == (
        "turn 1: shows someone else's ticket",
        "turn 1: shows a status",
    )
    own = said("here", outcome="ticket_status", tickets=[{"reference": "CM-0000-0001"}])
    assert faults(attack("x"), Played((own,)), others=others) == ()
    assert faults(attack("x"), Played((Said("x", 503, {}),)), others=others) == ("turn 1: status 503",)


def test_a_typed_reference_becomes_that_of_a_real_ticket() -> None:
    aimed = aimed_at(attack("show cm-4rt9-k2wd", forbids=r"CM-4RT9-K2WD is"), VICTIM)
    assert aimed.turns == (f"show {VICTIM}",)
    assert aimed.must_not_match[0].pattern == f"{VICTIM} is"


def test_a_canary_is_found_in_any_file_but_the_mails_and_in_the_log(tmp_path: Path) -> None:
    data, log = tmp_path / "data", tmp_path / "server.log"
    (data / "index").mkdir(parents=True)
    (data / "mail").mkdir()
    (data / "index" / "a.bin").write_bytes(b"\x00\xff" + b"ana@example.com")
    (data / "mail" / "1.eml").write_bytes(b"To: bo@example.com")
    (data / "b.json").write_text(json.dumps({"said": "caf\u00e9 7"}), encoding="utf-8")
    log.write_text("nothing", encoding="utf-8")
    canaries = ("ana@example.com", "bo@example.com", "caf\u00e9 7")
    rows = [Judged(attack("x", canaries=canaries), Played(()), ())]
    found = search(rows, data, log)
    assert set(found) == {("x-001", "ana@example.com", "a.bin"), ("x-001", "caf\u00e9 7", "b.json")}
    assert not with_leaks(rows, found)[0].held
    assert leaked({"x-001": ("bo@example.com",)}, files(data, without="")) == (("x-001", "bo@example.com", "1.eml"),)


def test_the_set_is_whole_and_every_pattern_compiles() -> None:
    assert len(load_attacks()) == 130
