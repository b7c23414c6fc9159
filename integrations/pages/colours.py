"""Colours that can be read: relative luminance and contrast as WCAG 2.2 defines them. Knows no organisation."""

LEAST_CONTRAST = 4.5
BLACK, WHITE = "#000000", "#ffffff"
_STEPS = 20


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white); colours are `#rrggbb`."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(ground: str) -> str:
    """Black or white, whichever stands out more."""
    return max(BLACK, WHITE, key=lambda colour: contrast(colour, ground))


def legible(colour: str, *, ground: str) -> str:
    """The colour itself where text in it can be read on the ground, else the nearest step towards black or white."""
    towards = readable_on(ground)
    shades = (_mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next((shade for shade in shades if contrast(shade, ground) >= LEAST_CONTRAST), towards)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's figures


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(mine + (yours - mine) * share):02x}" for mine, yours in pairs)
