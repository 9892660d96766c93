"""What is said of the encoding of a file, with its own words as proof."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from dashboard.intake.encodings import CHOICES, NOT_UTF_8, Decoded, again, undamaged
from dashboard.intake.limits import Unreadable
from dashboard.intake.problems import shorten

Fault = tuple[int, int, str, str]
"""Row, column (0 for none), rule and way to mend it."""
MAX_QUOTES = 3
MAX_LOOKED_AT = 100_000
MAX_FAULTS = 1000
SAVE = "save the file as “CSV UTF-8” in the spreadsheet"


def question(decoded: Decoded, rows: Sequence[tuple[int, list[str | float]]]) -> Unreadable:
    """Two encodings give words, or none does: both readings are shown."""
    assert decoded.encoding is not None
    assert decoded.rival is not None
    row, _, cell = next(_beyond_ascii(rows), (1, 1, ""))
    other = again(cell, decoded.encoding, decoded.rival)
    rule = (
        f"“{shorten(cell)}” ({_label(decoded.encoding)}) or “{shorten(other)}”"
        f" ({_label(decoded.rival)}): nothing tells which"
    )
    return Unreadable(rule, f"Choose the encoding of the file, or {SAVE}.", row=row)


def damaged(decoded: Decoded, rows: Sequence[tuple[int, list[str | float]]]) -> list[Fault]:
    """Cells that are not UTF-8 in a file that is; they are read as Windows text for what else may
    be wrong in them.
    """
    if not decoded.mixed:
        return []
    found: list[Fault] = []
    for number, cells in rows:
        for position, cell in enumerate(cells):
            if isinstance(cell, str) and NOT_UTF_8.search(cell):
                cells[position] = read = undamaged(cell)
                rule = (
                    "holds letters that are not UTF-8, as the rest of the file is; as Windows text"
                    f" it says “{shorten(read)}”"
                )
                found.append((number, position + 1, rule, f"Write the cell anew, or {SAVE}."))
    return found[:MAX_FAULTS]


def assumed(decoded: Decoded, rows: Sequence[tuple[int, list[str | float]]]) -> list[Fault]:
    """One note that says how a file was read that does not say it itself."""
    if decoded.encoding is None:
        return []
    cells = list(_beyond_ascii(rows))
    if not cells:
        return []
    quotes = ", ".join(f"“{shorten(quote)}”" for quote in _proof(cell for _, _, cell in cells))
    how = "was chosen" if decoded.chosen else "is what its words show"
    rule = f"the file is read as {_label(decoded.encoding)}, which {how}: {quotes}"
    return [
        (cells[0][0], 0, rule, f"Where these words are wrong, choose another encoding, or {SAVE}.")
    ]


def _label(encoding: str) -> str:
    return CHOICES[encoding].label


def _beyond_ascii(rows: Iterable[tuple[int, list[str | float]]]) -> Iterator[tuple[int, int, str]]:
    cells = (
        (row, column, cell) for row, cells in rows for column, cell in enumerate(cells, start=1)
    )
    for row, column, cell in islice(cells, MAX_LOOKED_AT):
        if isinstance(cell, str) and not cell.isascii():
            yield row, column, cell


def _proof(cells: Iterable[str]) -> list[str]:
    """The first cells that together hold most of the letters in question."""
    quotes: list[str] = []
    shown: set[str] = set()
    for cell in cells:
        if letters := {char for char in cell if not char.isascii()} - shown:
            quotes.append(cell)
            shown |= letters
        if len(quotes) == MAX_QUOTES:
            break
    return quotes
