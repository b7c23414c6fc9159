"""IBANs (ISO 13616): how long those of a country are, and whether their check digits hold, through python-stdnum."""

import re
from dataclasses import dataclass
from functools import lru_cache

from stdnum import iban, numdb

_FIELD = re.compile(r"(\d+)!([nac])")
_HEAD = 4
_AS_DIGITS = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class IbanForm:
    """The classes of a country's characters after the check digits: n digit, a letter, c either."""

    classes: str

    @property
    def length(self) -> int:
        return _HEAD + len(self.classes)

    def read(self, code: str) -> str | None:
        """The IBAN that these capitals spell, letters read as digits where digits must stand, or none."""
        head = code[:2] + code[2:_HEAD].translate(_AS_DIGITS)
        for loose in ("n", "nc"):
            body = "".join(
                character.translate(_AS_DIGITS) if kind in loose else character
                for character, kind in zip(code[_HEAD:], self.classes, strict=True)
            )
            if self._fits(body) and iban.is_valid(head + body, check_country=False):
                return head + body
        return None

    def _fits(self, body: str) -> bool:
        return all(
            (kind != "n" or character.isdigit()) and (kind != "a" or character.isalpha())
            for character, kind in zip(body, self.classes, strict=True)
        )


@lru_cache(maxsize=26 * 26)
def iban_form(country: str) -> IbanForm | None:
    """The form of a country's IBANs by its two capitals; none for a country that has no IBAN."""
    # The library searches its table from the top each time; the answer is a constant of ISO 13616.
    info = numdb.get("iban").info(f"{country}00")
    structure = info[0][1].get("bban", "")
    classes = "".join(kind * int(count) for count, kind in _FIELD.findall(structure))
    return IbanForm(classes) if classes else None
