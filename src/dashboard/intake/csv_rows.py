"""The rows of a CSV text, read strictly: the one reader for the folders of records and for what is uploaded.

A quotation mark that is not closed, or that is closed by the opening mark of a later row, would take whole rows into
one cell. It is refused, naming the row in which it was opened.
"""

import csv
import io
from collections.abc import Iterator

from dashboard.intake.limits import Unreadable

MAX_CHARACTERS = 1_000_000
csv.field_size_limit(MAX_CHARACTERS)
MAX_SHOWN = 1000
MEND = "Close it, or write two marks for one that is meant."


def rows_of(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Rows with the number that a spreadsheet shows: a line break in quotation marks does not start a new row.

    Raises Unreadable at the first row in which quotation marks do not pair.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number, width = 0, 0
    while True:
        lines.of_row.clear()
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _unpaired(lines, number, delimiter) from None
        if len(lines.of_row) > 1:
            if any(_swallowed(row, position, width or len(row), delimiter) for position in range(len(row))):
                rule = f"a quotation mark opens here and closes {_below(lines)}, behind what looks like whole rows"
                raise Unreadable(rule, MEND, row=number, value=_opened(lines.of_row, delimiter))
            row = [cell.replace("\r\n", "\n") for cell in row]
        width = len(row) or width
        yield number, row


class _Lines:
    """The lines of a text, and those that the reader took for the present row."""

    def __init__(self, text: str) -> None:
        self.left = io.StringIO(text, newline="")
        self.of_row: list[str] = []
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.left.readline()
        if not line:
            self.ended = True
            raise StopIteration
        self.of_row.append(line)
        return line


def _unpaired(lines: _Lines, number: int, delimiter: str) -> Unreadable:
    """What the strict reader stumbled over."""
    value = _opened(lines.of_row, delimiter)
    if lines.ended:
        return Unreadable("a quotation mark opens here and is never closed", MEND, row=number, value=value)
    if sum(map(len, lines.of_row)) > MAX_CHARACTERS:
        rule = "a cell has more than a million characters; probably a quotation mark is not closed"
        return Unreadable(rule, MEND, row=number, value=value)
    rule = f"a quotation mark opens here, and text follows the mark that closes it {_below(lines)}"
    return Unreadable(rule, MEND, row=number, value=value)


def _below(lines: _Lines) -> str:
    below = len(lines.of_row) - 1
    return f"{below} line{'s' if below > 1 else ''} below" if below else "in the same line"


def _opened(lines: list[str], delimiter: str) -> str:
    """The text from the mark on that was opened in the first line."""
    first = lines[0].rstrip("\r\n")[:MAX_SHOWN]
    return first[max(first.rfind(f'{delimiter}"') + 1, 0) :]


def _swallowed(row: list[str], position: int, width: int, delimiter: str) -> bool:
    """Whether a cell took whole rows in: what stands in its first line makes a row of the usual width with the cells
    before it, and what stands in its last line makes one with the cells behind it. Delimiters that a space follows are
    those of a sentence."""
    first, _, rest = row[position].partition("\n")
    last = rest.rpartition("\n")[2]
    if not rest or delimiter not in first + last or f"{delimiter} " in first + last:
        return False
    before, behind = position, len(row) - 1 - position
    return before + 1 + first.count(delimiter) == width == behind + 1 + last.count(delimiter)
