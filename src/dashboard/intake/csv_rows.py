"""The rows of a CSV text, read strictly: the one reader for the folders of records and for what is
uploaded.

A quotation mark that is not closed, or that is closed by the opening mark of a later row, would
take whole rows into one cell. It is refused, naming the row in which it was opened.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import orjson

from dashboard.intake import encoding_notes
from dashboard.intake.encodings import Decoded, decode, decode_damaged, describe_decoding
from dashboard.intake.limits import RowBudget, UnreadableFile
from dashboard.intake.messages import Text, _, ngettext

MAX_CHARACTERS = 1_000_000
csv.field_size_limit(MAX_CHARACTERS)
MAX_SHOWN = 1000
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
DECLARED = re.compile(r"sep=(.)\r?\n")


def read_csv(data: bytes, argument: dict[str, Any]) -> bytes:
    """Read an uploaded CSV file as JSON, in the limited process of limits.py: how it was decoded
    (`decoding`); why its rows cannot be read (`fault`), or `rows` [[number, [cells]]] that hold
    something, with `faults` and `notes` on their encoding. `argument` has its `encoding`, where
    somebody chose one, its `delimiter`, and how many `rows` and `cells` it may have. Raises
    UnreadableFile for what is not in the encoding that it or somebody says.
    """
    decoded = decode(data, argument["encoding"])
    found: dict[str, Any] = {"decoding": asdict(describe_decoding(data, decoded)), "fault": None}
    del data
    room = RowBudget(argument["rows"], argument["cells"])
    try:
        return orjson.dumps({**found, **_read_decoded(decoded, argument["delimiter"], room)})
    except UnreadableFile as fault:
        # it may hold bytes that are no UTF-8
        value = None if fault.value is None else decode_damaged(fault.value)
        return orjson.dumps({**found, "fault": {**fault.parts(), "value": value}})


def _read_decoded(decoded: Decoded, delimiter: str, room: RowBudget) -> dict[str, Any]:
    text, _declared = strip_declaration(decoded.text)
    rows: list[tuple[int, list[str | float]]] = [
        (number, list(row)) for number, row in room.admitted(read_rows(text, delimiter), _width)
    ]
    if decoded.rival:
        raise encoding_notes.ask_encoding(decoded, rows)
    faults, notes = (
        encoding_notes.find_damaged(decoded, rows),
        encoding_notes.note_assumed(decoded, rows),
    )
    return {"rows": rows, "faults": faults, "notes": notes}


def _width(row: list[str]) -> int:
    return len(row) if any(cell.strip() for cell in row) else 0


def strip_declaration(text: str) -> tuple[str, str]:
    """Take off the line by which a spreadsheet is told the delimiter; returns the text and that
    delimiter. Lines end in one way also where an old Mac wrote them.
    """
    text = text if "\n" in text else text.replace("\r", "\n")
    declared = DECLARED.match(text)
    return (text[declared.end() :], declared[1]) if declared else (text, "")


def read_rows(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the number that a spreadsheet shows: a line break in quotation marks does not
    start a new row.

    Raises UnreadableFile at the first row in which quotation marks do not pair.
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
            _check_lines(lines, row, width or len(row), number, delimiter)
            row = [cell.replace("\r\n", "\n") for cell in row]
        width = len(row) or width
        yield number, row


def _check_lines(lines: "_Lines", row: list[str], width: int, number: int, delimiter: str) -> None:
    """Refuse a row of several lines in which a cell took whole rows in. Raises UnreadableFile."""
    if any(_is_swallowed(row, position, width, delimiter) for position in range(len(row))):
        message = ngettext(
            "a quotation mark opens here and closes {n} line below, behind what looks like whole"
            " rows",
            "a quotation mark opens here and closes {n} lines below, behind what looks like whole"
            " rows",
            lines.below,
        )
        raise _quotation_fault(lines, message, number, delimiter)


def _quotation_fault(lines: "_Lines", message: Text, number: int, delimiter: str) -> UnreadableFile:
    hint = _("Close it, or write two marks for one that is meant.")
    value = _opened(lines.of_row, delimiter)
    return UnreadableFile(message, hint, row=number, value=value, code="quotation-mark")


class _Lines:
    """The lines of a text, and those that the reader took for the present row."""

    def __init__(self, text: str) -> None:
        self.left = LINE.finditer(text)
        self.of_row: list[str] = []
        self.ended = False

    @property
    def below(self) -> int:
        """How many lines below its first one the present row ends."""
        return len(self.of_row) - 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        found = next(self.left, None)
        if found is None:
            self.ended = True
            raise StopIteration
        line = found[0]
        self.of_row.append(line)
        return line


def _unpaired(lines: _Lines, number: int, delimiter: str) -> UnreadableFile:
    """Say what the strict reader stumbled over."""
    message: Text
    if lines.ended:
        message = _("a quotation mark opens here and is never closed")
    elif sum(map(len, lines.of_row)) > MAX_CHARACTERS:
        message = _(
            "a cell has more than a million characters; probably a quotation mark is not closed"
        )
    elif lines.below:
        message = ngettext(
            "a quotation mark opens here, and text follows the mark that closes it {n} line below",
            "a quotation mark opens here, and text follows the mark that closes it {n} lines below",
            lines.below,
        )
    else:
        message = _(
            "a quotation mark opens here, and text follows the mark that closes it in the same line"
        )
    return _quotation_fault(lines, message, number, delimiter)


def _opened(lines: list[str], delimiter: str) -> str:
    """Return the text from the mark on that was opened in the first line."""
    first = lines[0].rstrip("\r\n")[:MAX_SHOWN]
    return first[max(first.rfind(f'{delimiter}"') + 1, 0) :]


def _is_swallowed(row: list[str], position: int, width: int, delimiter: str) -> bool:
    """Return whether a cell took whole rows in: what stands in its first line makes a row of the
    usual width with the cells before it, and what stands in its last line makes one with the cells
    behind it. Delimiters that a space follows are those of a sentence.
    """
    first, _, rest = row[position].partition("\n")
    last = rest.rpartition("\n")[2]
    if not rest or delimiter not in first + last or f"{delimiter} " in first + last:
        return False
    before, behind = position, len(row) - 1 - position
    return before + 1 + first.count(delimiter) == width == behind + 1 + last.count(delimiter)
