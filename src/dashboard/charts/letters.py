"""How wide a text is in the interface font, known without a browser: labels are placed in Python."""

import json
import unicodedata
from functools import lru_cache
from importlib.resources import files

REGULAR, BOLD = "400", "700"
UNKNOWN_EM, UNKNOWN_WIDE_EM = 1.0, 1.4
"""A letter that the font lacks comes from another one; it gets more room than it is likely to take:
an Arabic letter a whole em, a Chinese one or an emoji still more.
"""
ELLIPSIS = "…"


@lru_cache(maxsize=2)
def read_letter_widths(weight: str) -> dict[str, float]:
    """Read the width of each letter at a weight, in ems; scripts/write_letter_widths.py made the
    table from the font.
    """
    table = json.loads((files(__package__) / "letter_widths.json").read_text(encoding="utf-8"))
    return {
        letter: int(width) / 1000 for width, letters in table[weight].items() for letter in letters
    }


def measure_text(text: str, size: float, *, bold: bool = False) -> float:
    """Measure a text in pixels at a size of letters, without kerning; never too little."""
    return size * _measure_ems(text, BOLD if bold else REGULAR)


@lru_cache(maxsize=10_000)
def _measure_ems(text: str, weight: str) -> float:
    widths = read_letter_widths(weight)
    return sum(widths.get(letter) or _guess_width(letter) for letter in text)


def fit_text(text: str, size: float, pixels: float, *, bold: bool = False) -> str:
    """Cut a text with an ellipsis where it is wider than the room for it."""
    if measure_text(text, size, bold=bold) <= pixels:
        return text
    room, kept = pixels - measure_text(ELLIPSIS, size, bold=bold), 0
    for kept, letter in enumerate(text):  # noqa: B007  # where the room ends
        room -= measure_text(letter, size, bold=bold)
        if room < 0:
            break
    return text[:kept].rstrip() + ELLIPSIS


def _guess_width(letter: str) -> float:
    """Guess the width of a letter that the font lacks, in ems; what stands on or joins another letter
    has none.
    """
    if unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    wide = unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF
    return UNKNOWN_WIDE_EM if wide else UNKNOWN_EM
