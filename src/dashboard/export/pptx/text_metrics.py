"""How much room a text takes, estimated from widths of letters and rather too much than too little:
the fonts of the computer that will show the slides are not known here.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

LINE = 1.22
"""Height of a line, as a part of the size of its letters."""
NARROW, MIDDLE, WIDE = (
    set("iljtfrI.,:;'’|!()[]{}/\\-` ·"),
    set('sczJ"“”*?_ˈ'),
    set("mwMW@%—…QOGD€&"),
)
ELLIPSIS = "…"


@cache
def em_width(character: str) -> float:
    """Estimate the width of a character as a part of the size, in a wide common font such as Arial."""
    if character in NARROW:
        return 0.31
    if character in WIDE:
        return 0.88
    if character in MIDDLE:
        return 0.52
    if unicodedata.east_asian_width(character) in "WF":
        return 1.02
    if unicodedata.combining(character):
        return 0.0
    return 0.72 if character.isupper() else 0.58


def text_width(text: str, size: float, factor: float = 1.0) -> float:
    """Estimate the points that a text on one line takes in letters of `size`; `factor` tells fonts
    that are wider than most.
    """
    return sum(map(em_width, text)) * size * factor


def count_lines(text: str, room: float, size: float, factor: float = 1.0) -> int:
    """Count the lines that a text takes in `room` points, broken between words, long words
    anywhere.
    """
    return sum(_lines(part, room, size, factor) for part in text.split("\n"))


def _lines(text: str, room: float, size: float, factor: float) -> int:
    count, used, space = 1, 0.0, em_width(" ") * size * factor
    for word in text.split():
        long = text_width(word, size, factor)
        if used and used + space + long > room:
            count, used = count + 1, 0.0
        extra = int(long // room) if room > 0 else 0
        count, used = count + extra, (used + space if used else 0.0) + long - extra * room
    return count


def text_height(text: str, room: float, size: float, factor: float = 1.0) -> float:
    """Estimate the points from the first to the last line of a text."""
    return count_lines(text, room, size, factor) * size * LINE


def fit_text(
    text: str, room: float, tall: float, sizes: Iterable[float], factor: float = 1.0
) -> tuple[float, str]:
    """Choose the first of the sizes at which the text stands in the room, and the text; at the last
    of them it is cut.
    """
    size = 1.0
    for size in sizes:
        if text_height(text, room, size, factor) <= tall:
            return size, text
    return size, cut_text(text, room, max(int(tall // (size * LINE)), 1), size, factor)


def cut_text(text: str, room: float, most: int, size: float, factor: float = 1.0) -> str:
    """Cut a text to at most so many lines, with an ellipsis where it is longer."""
    if count_lines(text, room, size, factor) <= most:
        return text
    low, high = 0, len(text)
    while low < high - 1:
        middle = (low + high) // 2
        if count_lines(text[:middle] + ELLIPSIS, room, size, factor) <= most:
            low = middle
        else:
            high = middle
    return text[:low].rstrip() + ELLIPSIS


def divide_width(needs: Sequence[float], least: Sequence[float], total: float) -> list[float]:
    """Divide a total over columns: what each needs where that is there, else those that need much
    give way.
    """
    if sum(needs) <= total:
        spare = (total - sum(needs)) / max(len(needs), 1)
        return [need + spare for need in needs]
    fixed = [min(need, low) for need, low in zip(needs, least, strict=True)]
    rest = total - sum(fixed)
    if rest <= 0:
        return [total * part / sum(fixed) for part in fixed]
    wants = [
        (need - base) ** 0.75 if need > base else 0.0
        for need, base in zip(needs, fixed, strict=True)
    ]
    return [base + rest * want / (sum(wants) or 1) for base, want in zip(fixed, wants, strict=True)]
