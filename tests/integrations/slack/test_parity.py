"""The same words, the same answer: the widget's API, the desk's API and Slack over one assistant."""

import json
import re
from pathlib import Path
from typing import Any

from integrations.slack import blocks
from tests.fakes.slack import texts
from tests.integrations.slack.workplace import DIRECT, MEMBER, Workplace
from tests.integrations.visiting import JSON, Visitor

DATASETS = Path("evals/datasets")
QUESTIONS, OTHERS, FEWEST = 80, 30, 100
_REFERENCE = re.compile(r"CM-[0-9A-Z]{4}-[0-9A-Z]{4}")

Said = tuple[str, list[str]]


def questions() -> list[str]:
    """From all over the evaluation set, the first turn of each."""
    lines = (DATASETS / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["turns"][0] for line in lines]
    return asked[:: len(asked) // QUESTIONS]


def others() -> list[str]:
    """Requests, reports, complaints and chat."""
    lines = [json.loads(line) for line in (DATASETS / "triage.jsonl").read_text(encoding="utf-8").splitlines()]
    asked = [line["text"] for line in lines if line["intent"] != "question"]
    return asked[:: len(asked) // OTHERS]


def in_slack(office: Workplace, text: str) -> Said:
    """What Slack shows of the parts, and the clauses that it links."""
    ts = office.direct(blocks.escaped(text), user=MEMBER)
    office.settle()
    shown = [each for each in office.slack.called("chat.postMessage") if each.get("thread_ts") == ts]
    first = next(each for each in shown if each["channel"] == DIRECT)
    parts = [text for block in first["blocks"] if block["type"] == "rich_text" for text in texts(block)]
    sections = [block["text"]["text"] for block in first["blocks"] if block["type"] == "section"]
    clauses = re.findall(r"/policy#[0-9.]+\|([0-9.]+)>", "\n".join(sections))
    return _REFERENCE.sub("CM-…", "\n\n".join(parts)), clauses


def of_reply(reply: dict[str, Any]) -> Said:
    clauses = dict.fromkeys(each["clause"] for each in (*reply["citations"], *reply["see_also"]))
    return _REFERENCE.sub("CM-…", reply["text"]), list(clauses)


def test_one_set_of_messages_is_answered_alike_at_three_doors(answering: Workplace) -> None:
    key = answering.assistant.keys.create("parity", ["desk:read"])
    bearer = {**JSON, "Authorization": f"Bearer {key}"}
    asked, different = [*questions(), *others()], []
    assert len(asked) >= FEWEST
    for text in asked:
        web = Visitor.arriving(answering.client).say(text).json()
        if in_slack(answering, text) != of_reply(web):
            different.append(f"slack: {text}")
        desk = answering.client.post("/v1/ask", content=json.dumps({"question": text}), headers=bearer).json()
        # The desk's door begins nothing, so a request or a report is answered there without its dialogue.
        if web["intent"] == "question" and of_reply(desk) != of_reply(web):
            different.append(f"desk: {text}")
    assert different == []


def test_a_part_longer_than_a_block_is_shown_whole() -> None:
    said = "x" * (2 * blocks.SECTION + 5)
    assert "".join(texts(blocks.exactly(said))) == said
    assert "".join(texts(blocks.quoted(said))) == said
