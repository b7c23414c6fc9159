"""Public references: random labels that survive being read out and typed. A label and never a credential."""

import re
import secrets
import unicodedata

BITS = 40
# Crockford's base 32: no I, L, O or U, so that nothing reads as another sign.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIGN_BITS = 5
_SIGNS = BITS // _SIGN_BITS
_MISREAD = str.maketrans("ILO", "110")
_BETWEEN = re.compile(r"[\s\-_.\u2010-\u2015]+")


def new_reference(prefix: str) -> str:
    """Like CM-7F3K-92QD."""
    number = secrets.randbits(BITS)
    code = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(BITS - _SIGN_BITS, -1, -_SIGN_BITS))
    return _written(prefix, code)


def read_reference(typed: str, *, prefix: str) -> str | None:
    """The reference that was meant, in its one spelling: any case, any hyphens or none, with or without the prefix.
    None for what cannot be one.
    """
    text = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper()
    code = text[-_SIGNS:].translate(_MISREAD)
    known = text[:-_SIGNS] in {"", prefix} and len(code) == _SIGNS and all(sign in _ALPHABET for sign in code)
    return _written(prefix, code) if known else None


def _written(prefix: str, code: str) -> str:
    return f"{prefix}-{code[: _SIGNS // 2]}-{code[_SIGNS // 2 :]}"
