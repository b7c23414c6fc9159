"""`make browser-tools`: Chromium by apt where we are root, axe and typescript by npm; a line for what is missing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.browser.service import chromium

ROOT = Path(__file__).parents[1]
LOCK, INSTALLED = ROOT / "package-lock.json", ROOT / "node_modules" / ".package-lock.json"


def main() -> None:
    wanted = [
        *([] if chromium() else ["chromium", "fonts-liberation", "fonts-lohit-deva"]),
        *([] if shutil.which("npm") else ["nodejs", "npm"]),
    ]
    if wanted:
        _from_apt(wanted)
    if shutil.which("npm") and (not INSTALLED.exists() or INSTALLED.stat().st_mtime < LOCK.stat().st_mtime):
        _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        INSTALLED.touch()
    absent = [*([] if chromium() else ["Chromium"]), *([] if INSTALLED.exists() else ["axe-core and typescript"])]
    if absent:
        sys.stdout.write(f"Skipped: the tests of the website widget that need {' and '.join(absent)}.\n")


def _from_apt(packages: Sequence[str]) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    _run(["apt-get", "update", "-qq"])
    _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])


def _run(command: Sequence[str]) -> None:
    """What fails is seen by what is absent afterwards."""
    subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
