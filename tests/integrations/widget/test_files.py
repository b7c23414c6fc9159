"""The widget's files as they stand and as they are served: small, typed, no way for text to become markup."""

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from integrations.widget.files import without_comments

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "integrations" / "widget" / "static"
SCRIPTS = [*sorted(STATIC.glob("*.js")), ROOT / "integrations" / "pages" / "static" / "policy.js"]
LOADER_BYTES, PAGE_BYTES = 5_000, 25_000
LONGEST_MODULE = 400
SINKS = (
    "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "srcdoc", "setHTML",
    "createContextualFragment", "DOMParser", "createPolicy", "execCommand",
)  # fmt: skip
TSC = ROOT / "node_modules" / "typescript" / "bin" / "tsc"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_writes_text_and_never_markup(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    assert [sink for sink in SINKS if sink in source] == []
    assert not re.search(r"localStorage|document\.cookie|[\"'`]https?://(?!www\.w3\.org)", source)
    assert not re.search(r"""postMessage\([^)]*["']\*["']""", source)
    assert len(source.splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_what_is_served_is_what_stands_there_without_its_lines_of_comment(script: Path) -> None:
    written = script.read_text(encoding="utf-8").split("\n")
    served = without_comments("\n".join(written)).split("\n")
    assert len(served) == len(written)
    left_out = [line.strip() for line, sent in zip(written, served, strict=True) if line != sent]
    assert all(line.startswith(("//", "/**", "*")) for line in left_out)
    assert not [line for line in served if line.lstrip().startswith("//")]


def packed(client: TestClient, address: str) -> int:
    return len(gzip.compress(client.get(address).content, 9, mtime=0))


def test_the_loader_is_at_most_5_kb_packed(client: TestClient) -> None:
    assert packed(client, "/widget.js") <= LOADER_BYTES


@pytest.mark.parametrize("language", ["en", "hi"])
def test_the_whole_chat_page_is_at_most_25_kb_packed(client: TestClient, language: str) -> None:
    page = client.get(f"/widget/?lang={language}").text
    loads = set(re.findall(r'(?:href|src|data-words)="(/(?:widget|assets)/[^"]+)"', page))
    assert {address.rpartition("/")[2] for address in loads} > {"define.js", "chat.js", f"{language}.json", "look.css"}
    assert sum(packed(client, address) for address in loads) + packed(client, f"/widget/?lang={language}") <= PAGE_BYTES


def test_types_hold_under_the_strict_checker() -> None:
    node = shutil.which("node")
    if node is None or not TSC.exists():
        line = "node or typescript is missing: run `make browser-tools`"
        if os.environ.get("CI"):
            pytest.fail(line)
        pytest.skip(line)
    done = subprocess.run(
        [node, str(TSC), "--project", str(ROOT / "integrations" / "widget")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    assert done.returncode == 0
