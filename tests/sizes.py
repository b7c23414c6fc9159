"""House rule: no module over 400 lines, no function over 40. Run by `make check`; tests and migrations aside."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

MODULE_LINES = 400
FUNCTION_LINES = 40
ROOTS = ("assistant", "evals", "integrations", "knowledge")
ASIDE = "migrations"


def too_large(path: Path) -> Iterator[str]:
    """One line for the module and for each function that is over its limit."""
    source = path.read_text(encoding="utf-8")
    length = len(source.splitlines())
    if length > MODULE_LINES:
        yield f"{path}: {length} lines, {MODULE_LINES} allowed: can it be two rooms?"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines, {FUNCTION_LINES} allowed."


def main() -> None:
    modules = [path for root in ROOTS for path in sorted(Path(root).rglob("*.py")) if ASIDE not in path.parts]
    found = [line for path in modules for line in too_large(path)]
    sys.stdout.write("".join(f"{line}\n" for line in found) or f"{len(modules)} modules within size.\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
