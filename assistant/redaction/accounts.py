"""Bank accounts beside the code of their branch: an IFSC alone is public, next to an account number it is not."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from assistant.redaction.digits import Piece, digit_count, digit_runs
from assistant.redaction.spans import Kind, Span

_IFSC = re.compile(r"(?<![A-Za-z0-9])(?P<bank>[A-Za-z]{4})[0Oo](?P<branch>[A-Za-z0-9]{6})(?![A-Za-z0-9])")
_FEWEST_DIGITS = 3
_ACCOUNT_LENGTHS = range(9, 19)
_FEWEST_ALTOGETHER = 12
_NEAR = 160


def account_spans(text: str) -> Iterator[Span]:
    """Claims of branch codes and account numbers that stand within a few lines of each other."""
    if digit_count(text) < _FEWEST_ALTOGETHER:
        return
    branches = [match for match in _IFSC.finditer(text) if digit_count(match["branch"]) >= _FEWEST_DIGITS]
    if not branches:
        return
    accounts = list(_long_numbers(text))
    for branch in branches:
        place = bisect_left(accounts, branch.start() - _NEAR, key=lambda piece: piece.end)
        if place < len(accounts) and accounts[place].start <= branch.end() + _NEAR:
            code = f"{branch['bank']}0{branch['branch']}".upper()
            account = accounts[place]
            yield Span(*branch.span(), Kind.IFSC, code)
            yield Span(account.start, account.end, Kind.ACCOUNT, account.digits)


def _long_numbers(text: str) -> Iterator[Piece]:
    """Whole runs as long as an account number."""
    for run in digit_runs(text):
        piece = run.piece(0, len(run.blocks) - 1)
        if len(piece.digits) in _ACCOUNT_LENGTHS and piece.is_regular:
            yield piece
