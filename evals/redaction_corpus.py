"""Messages for measuring redaction: identifiers in twelve ways of writing them, and lines that hold none.

Every identifier is invented from a seed; none is a person's. It knows nothing of the recognisers.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, repeat
from random import Random

from stdnum import luhn, verhoeff
from stdnum.iso7064 import mod_97_10

PLAIN = "plain"

_DIGITS = "0123456789"
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = "abcdefghijklmnopqrstuvwxyz"
_ZERO_WIDTH = "\u200b"
_NO_BREAK_SPACE = "\u00a0"
_DEVANAGARI = {ord(digit): chr(0x0966 + int(digit)) for digit in _DIGITS}
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

# None of these says what the identifier is: it must be seen without context.
_CARRIERS = (
    "{}",
    "please delete {} from your records",
    "you still hold {}, is that right?",
    "Here it is: {}. When will it be erased?",
    "{} belongs to me",
    "kya aap {} hata sakte hain",
)

Writing = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A message around one identifier as typed; `value` is the canonical value that should be found."""

    kind: str
    variant: str
    before: str
    typed: str
    after: str
    value: str

    @property
    def message(self) -> str:
        return self.before + self.typed + self.after


def _letters(random: Random, alphabet: str, count: int) -> str:
    return "".join(random.choices(alphabet, k=count))


def _aadhaar(random: Random) -> str:
    body = random.choice("23456789") + _letters(random, _DIGITS, 10)
    return f"{body}{verhoeff.calc_check_digit(body)}"


def _pan(random: Random) -> str:
    serial = f"{random.randint(1, 9999):04}"
    return _letters(random, _CAPITALS, 3) + random.choice("PCHFATBLJG") + _letters(random, _CAPITALS, 1) + serial + "K"


def _gstin(random: Random) -> str:
    body = f"{random.randint(1, 37):02}{_pan(random)}{random.choice('123456789')}Z"
    return f"{body}{luhn.calc_check_digit(body, _DIGITS + _CAPITALS)}"


def _card(random: Random) -> str:
    prefix, length = random.choice((("4", 16), ("52", 16), ("2305", 16), ("6521", 16), ("8172", 16), ("37", 15)))
    body = prefix + _letters(random, _DIGITS, length - 1 - len(prefix))
    return f"{body}{luhn.calc_check_digit(body)}"


def _iban(random: Random) -> str:
    country = random.choice(("GB", "DE", "NL", "FR", "AE"))
    digits = {"GB": 14, "DE": 18, "NL": 10, "FR": 23, "AE": 19}[country]
    bank = _letters(random, _CAPITALS, 4) if country in {"GB", "NL"} else ""
    body = bank + _letters(random, _DIGITS, digits)
    return f"{country}{mod_97_10.calc_check_digits(body + country)}{body}"


def _licence(random: Random) -> str:
    state = random.choice(("MH", "KA", "DL", "TN", "UP"))
    return f"{state}{random.randint(1, 60):02}{random.randint(1985, 2024)}{_letters(random, _DIGITS, 7)}"


def _mobile(random: Random) -> str:
    return random.choice("6789") + _letters(random, _DIGITS, 9)


def _name(random: Random) -> str:
    name = random.choice(("ravi", "asha.k", "rose_khan", "april", "j.doe42", "noor-7", "vikram.singh"))
    return f"{name}{random.randint(1, 999)}"


def _email(random: Random) -> str:
    domain = random.choice(("gmail.com", "yahoo.co.in", "example.com", "mail.example.org", "rediffmail.com"))
    return f"{_name(random)}@{domain}"


def _upi(random: Random) -> str:
    return f"{_name(random)}@{random.choice(('okhdfcbank', 'oksbi', 'ybl', 'okaxis', 'ibl', 'axl'))}"


def _ip(random: Random) -> str:
    return ".".join(str(random.randint(10, 250)) for _ in range(4))


def _secret(random: Random) -> str:
    word = _letters(random, _CAPITALS + _SMALL + _DIGITS, 32)
    made: tuple[Callable[[], str], ...] = (
        lambda: f"sk-{word}1",
        lambda: f"xoxb-{_letters(random, _DIGITS, 11)}-{word}",
        lambda: f"AKIA{_letters(random, _CAPITALS + _DIGITS, 16)}",
        lambda: f"ghp_{word}",
        lambda: f"glpat-{word[:20]}",
        lambda: f"eyJhbGciOiJIUzI1NiJ9.eyJ{word}.{word}",
    )
    return random.choice(made)()


def _grouped(separator: str, *sizes: int) -> Writing:
    """The separator after so many characters each time; the last size repeats."""

    def write(code: str) -> str:
        parts: list[str] = []
        rest = code
        for size in chain(sizes, repeat(sizes[-1])):
            if not rest:
                return separator.join(parts)
            parts.append(rest[:size])
            rest = rest[size:]
        return code

    return write


def _letter_o(code: str) -> str:
    """Each zero but a leading one as the letter O; a code without a zero stays as it is."""
    return code[0] + code[1:].replace("0", "O")


def _variants(*sizes: int) -> Mapping[str, Writing]:
    """The plain form and the eleven others of an identifier that people group in these sizes."""
    return {
        PLAIN: str,
        "spaced": _grouped(" ", *sizes),
        "hyphen": _grouped("-", *sizes),
        "dot": _grouped(".", *sizes),
        "in fours": _grouped(" ", 4),
        "double space": _grouped("  ", *sizes),
        "no-break space": _grouped(_NO_BREAK_SPACE, *sizes),
        "zero width": _grouped(_ZERO_WIDTH, *sizes),
        "Devanagari": lambda code: code.translate(_DEVANAGARI),
        "full width": lambda code: code.translate(_FULL_WIDTH),
        "glued id_": lambda code: f"id_{code}",
        "glued UID": lambda code: f"UID{code}",
        "letter O": _letter_o,
    }


def _signs(at: str, dot: str = ".") -> Writing:
    return lambda address: address.replace(".", dot).replace("@", at)


_ADDRESS_VARIANTS: Mapping[str, Writing] = {
    PLAIN: str,
    "[at] [dot]": _signs(" [at] ", " [dot] "),
    "(at)(dot)": _signs("(at)", "(dot)"),
    "at dot": _signs(" at ", " dot "),
    "AT DOT": _signs(" AT ", " DOT "),
    "at the rate": _signs(" at the rate ", " dot "),
    "full-width @": _signs("\uff20", "\uff0e"),
    "spaces": _signs(" @ ", " . "),
    "no-break space": _signs(f"{_NO_BREAK_SPACE}@{_NO_BREAK_SPACE}"),
    "zero width": _signs(f"{_ZERO_WIDTH}@{_ZERO_WIDTH}", f".{_ZERO_WIDTH}"),
    "full width": lambda address: address.translate(_FULL_WIDTH),
    "Devanagari": lambda address: address.translate(_DEVANAGARI),
}
_IP_VARIANTS: Mapping[str, Writing] = {
    PLAIN: str,
    "[.]": _signs("", "[.]"),
    "(dot)": _signs("", "(dot)"),
    "spaces": _signs("", " . "),
    "double space": _signs("", "  ."),
    "no-break space": _signs("", f".{_NO_BREAK_SPACE}"),
    "zero width": _signs("", f"{_ZERO_WIDTH}."),
    "one-dot leader": _signs("", "\u2024"),
    "Devanagari": lambda address: address.translate(_DEVANAGARI),
    "full width": lambda address: address.translate(_FULL_WIDTH),
    "glued id_": lambda address: f"id_{address}",
    "letter O": _letter_o,
}
_SECRET_VARIANTS: Mapping[str, Writing] = {
    PLAIN: str,
    "zero width": lambda secret: secret[:6] + _ZERO_WIDTH + secret[6:],
    "full width": lambda secret: secret.translate(_FULL_WIDTH),
    "glued id_": lambda secret: f"id_{secret}",
    "after =": lambda secret: f"API_KEY={secret}",
    "quoted": lambda secret: f'"{secret}"',
}


@dataclass(frozen=True, slots=True)
class _Source:
    kind: str
    make: Callable[[Random], str]
    variants: Mapping[str, Writing]
    value: Writing = str


_SOURCES = (
    _Source("aadhaar", _aadhaar, _variants(4)),
    _Source("pan", _pan, _variants(5, 4, 1)),
    _Source("gstin", _gstin, _variants(2, 5, 4, 1, 3)),
    _Source("card", _card, _variants(4)),
    _Source("iban", _iban, _variants(4)),
    _Source("phone", _mobile, _variants(5), "+91{}".format),
    _Source("driving_licence", _licence, _variants(4, 4, 7)),
    _Source("email", _email, _ADDRESS_VARIANTS),
    _Source("upi", _upi, _ADDRESS_VARIANTS),
    _Source("ip", _ip, _IP_VARIANTS),
    _Source("secret", _secret, _SECRET_VARIANTS),
)


def samples(random: Random, per_variant: int) -> Iterator[Sample]:
    """`per_variant` messages of every variant of every kind."""
    for source in _SOURCES:
        for variant, write in source.variants.items():
            for _ in range(per_variant):
                code = source.make(random)
                before, _, after = random.choice(_CARRIERS).partition("{}")
                yield Sample(source.kind, variant, before, write(code), after, source.value(code))


def twelve_digits(random: Random, count: int) -> list[str]:
    """Messages with an order number of twelve random digits."""
    return [f"where is order {random.randint(10**11, 10**12 - 1)}?" for _ in range(count)]


# {d5}: five digits; {n5}: a number of five digits; {L2}, {X4}, {h40}: capitals, capitals and digits, hexadecimal.
_BENIGN = (
    "my project ended on {day}/{month}/{year}, what do you keep?",
    "signed {day}-{month}-{year} and again {day}.{month}.{year}",
    "{year}-{month}-{day} {hour}:{minute}:{minute} I wrote to you, and on {year}/{month}/{day} too",
    "on {year}-{month}-{day}T{hour}:{minute}:{minute}Z, log {year}{month}{day}",
    "{day} {month} {year} {hour} {minute} was the call",
    "on {day} May {year} or May {day}, {year} at {hour}.{minute} pm",
    "in {years} and FY {season}, {season} {season}",
    "since {year} a new rule holds, between {decade}",
    "SINCE {year} A NEW RULE HOLDS",
    "order number ORD-{year}-{d5}",
    "order {n10} has not come",
    "order {d3}-{d7}-{d7}",
    "invoice no. INV/{season}/{d4}, ticket TCK{n7}",
    "ticket #{n8} and case {L2}-{X4}-{X4}",
    "does Section {n1}.{n1}.{n1} or clause {n2}.{n1}.{n1}.{n1} hold?",
    "version {n2}.{n1}.{n2}.{n4}, v{n1}.{n2}.{n2}, build {n5}.{n4}",
    "the hash is {h40}, or {h64}",
    "commit {h7}, id {h8}-{h4}-{h4}-{h4}-{h12}",
    "I paid Rs {n1},{n2},{n3}.{n2} and \u20b9{n5} plus {n2}% GST",
    "$ {n3} {n3} {n3} or {n2} 000 users, {n2}.{n1} %",
    "between {n2}000-{n2}000 rupees a month",
    "my car MH{month}{L2}{d4} stood by DL-{month}-{L2}-{d4} and KA {month} {L2} {d4}",
    "the IFSC is {L4}0{d6}, the PIN code {n6}",
    "do you answer within 72 hours, or keep it {n1} years and {n2} days?",
    "Rose, April and Khan joined in May {year}, aged {n2}",
    "rows {n1}, {n2}, {n3}, {n4} and pages {n3}-{n3}",
    "open {hour}:30-{hour}:45, 24x7, 9.00-18.30, size {n2}x{n2}",
    "ISO {n5}:{year}, AES-256, SHA256, HTTP/1.1, RFC {n4}, GDPR Art. {n2}(1)(a)",
    "temperature {n2}.{d6}, {n2}.{d6} and pi is 3.14159265358979",
    "1. delete {n1} 2. export {n2} 3. correct {n3}",
    "my password is not working, is it stored in plain text?",
    "Forgot password: how long must it be? The token has expired",
    "look at the dot com boom, meet at noon",
    "I have an account at example.com, see https://example.com/@user/{n2}",
    "Do you sell my data? Who can see my bank details?",
    "mera data hatao, kitne din lagenge? {n2} din?",
    "Do you collect phone numbers and PAN cards? Is my Aadhaar shared?",
    "Can I get a copy of my email history from {year} to {year}?",
)
_ALPHABETS = {"d": _DIGITS, "L": _CAPITALS, "X": _CAPITALS + _DIGITS, "h": "0123456789abcdef"}


class _Fields:
    """What the braces of a benign line stand for, drawn anew each time."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def __getitem__(self, name: str) -> str:
        year = self._random.randint(1990, 2030)
        named: dict[str, Callable[[], str]] = {
            "day": lambda: f"{self._random.randint(1, 28):02}",
            "month": lambda: f"{self._random.randint(1, 12):02}",
            "year": lambda: str(year),
            "years": lambda: f"{year}-{year + 1}",
            "season": lambda: f"{year}-{(year + 1) % 100:02}",
            "decade": lambda: f"{year}/{year + 1}/{year + 2}",
            "hour": lambda: f"{self._random.randint(0, 23):02}",
            "minute": lambda: f"{self._random.randint(0, 59):02}",
        }
        return named[name]() if name in named else self._drawn(name[0], int(name[1:]))

    def _drawn(self, alphabet: str, count: int) -> str:
        if alphabet == "n":
            return self._random.choice("123456789") + _letters(self._random, _DIGITS, count - 1)
        return _letters(self._random, _ALPHABETS[alphabet], count)


def benign_lines(random: Random, count: int) -> list[str]:
    """Lines in which there is nothing to mask, each shape in turn."""
    fields = _Fields(random)
    return [_BENIGN[number % len(_BENIGN)].format_map(fields) for number in range(count)]
