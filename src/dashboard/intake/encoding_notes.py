"""Problems and notes on the encoding of a file, with its own words as proof."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from openpyxl.utils import get_column_letter

from dashboard.intake.encodings import CHOICES, NOT_UTF_8, Decoded, decode_again, decode_damaged
from dashboard.intake.limits import UnreadableFile
from dashboard.intake.messages import Message, _
from dashboard.intake.problems import SheetFault, shorten

MAX_QUOTES = 3
MAX_LOOKED_AT = 100_000
MAX_FAULTS = 1000


def ask_encoding(decoded: Decoded, rows: Sequence[tuple[int, list[str | float]]]) -> UnreadableFile:
    """Ask which encoding is meant, with both readings: two give words, or none does."""
    assert decoded.encoding is not None
    assert decoded.rival is not None
    row, _column, cell = next(_beyond_ascii(rows), (1, 1, ""))
    message = _(
        "“{text}” ({encoding}) or “{other}” ({rival}): nothing tells which",
        text=shorten(cell),
        encoding=_label(decoded.encoding),
        other=shorten(decode_again(cell, decoded.encoding, decoded.rival)),
        rival=_label(decoded.rival),
    )
    hint = _("Choose the encoding of the file, or save the file as “CSV UTF-8” in the spreadsheet.")
    return UnreadableFile(message, hint, row=row, code="unclear-encoding")


def find_damaged(
    decoded: Decoded, rows: Sequence[tuple[int, list[str | float]]]
) -> list[SheetFault]:
    """List the cells that are not UTF-8 in a file that is; they are read as Windows text for what
    else may be wrong in them.
    """
    if not decoded.mixed:
        return []
    found: list[SheetFault] = []
    for number, cells in rows:
        for position, cell in enumerate(cells):
            if isinstance(cell, str) and NOT_UTF_8.search(cell):
                cells[position] = read = decode_damaged(cell)
                found.append(_damaged_cell(number, position + 1, read))
    return found[:MAX_FAULTS]


def _damaged_cell(row: int, column: int, read: str) -> SheetFault:
    message = _(
        "cell {cell} holds letters that are not UTF-8, as the rest of the file is; as Windows text"
        " it says “{text}”",
        cell=get_column_letter(column) + str(row),
        text=shorten(read),
    )
    hint = _("Write the cell anew, or save the file as “CSV UTF-8” in the spreadsheet.")
    return SheetFault(row, column, message, hint, "damaged-letters")


def note_assumed(
    decoded: Decoded, rows: Sequence[tuple[int, list[str | float]]]
) -> list[SheetFault]:
    """Note how a file was read that does not say it itself; at most one note."""
    if decoded.encoding is None:
        return []
    cells = list(_beyond_ascii(rows))
    if not cells:
        return []
    quotes = ", ".join(f"“{shorten(quote)}”" for quote in _proof(cell for *_place, cell in cells))
    encoding = _label(decoded.encoding)
    if decoded.chosen:
        message = _(
            "the file is read as {encoding}, which was chosen: {words}",
            encoding=encoding,
            words=quotes,
        )
    else:
        message = _(
            "the file is read as {encoding}, which is what its words show: {words}",
            encoding=encoding,
            words=quotes,
        )
    hint = _(
        "Where these words are wrong, choose another encoding, or save the file as “CSV UTF-8” in"
        " the spreadsheet."
    )
    return [SheetFault(cells[0][0], 0, message, hint, "encoding-assumed")]


def _label(encoding: str) -> Message:
    return _(CHOICES[encoding].name)


def _beyond_ascii(rows: Iterable[tuple[int, list[str | float]]]) -> Iterator[tuple[int, int, str]]:
    cells = (
        (row, column, cell) for row, cells in rows for column, cell in enumerate(cells, start=1)
    )
    for row, column, cell in islice(cells, MAX_LOOKED_AT):
        if isinstance(cell, str) and not cell.isascii():
            yield row, column, cell


def _proof(cells: Iterable[str]) -> list[str]:
    """Pick the first cells that together hold most of the letters in question."""
    quotes: list[str] = []
    shown: set[str] = set()
    for cell in cells:
        if letters := {char for char in cell if not char.isascii()} - shown:
            quotes.append(cell)
            shown |= letters
        if len(quotes) == MAX_QUOTES:
            break
    return quotes
