"""CSV files and workbooks as sheets: numbered rows of cells, whatever program wrote them."""

import contextlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import orjson

from dashboard.intake import header_names, limits
from dashboard.intake.cells import Cell
from dashboard.intake.csv_rows import read_rows, strip_declaration
from dashboard.intake.encodings import Decoding, decode_beginning
from dashboard.intake.files import Origin
from dashboard.intake.limits import RowBudget, UnreadableFile
from dashboard.intake.messages import _, ngettext
from dashboard.intake.parse_values import normalize_name
from dashboard.intake.problems import SheetFault, read_fault
from dashboard.schema.contract import tables

DELIMITERS = (",", ";", "\t")
MAX_COLUMNS = 1000
HEADER_WITHIN = 10
"""A title may stand above the header, but not ten rows of it."""
DEFAULT_NAME = re.compile(r"(sheet|blad|werkblad|worksheet|tabelle|feuil)\s*\d*", re.IGNORECASE)
COPY = re.compile(r"\s*(\(\d+\)|-? ?(kopie|copy))$", re.IGNORECASE)


@dataclass
class Sheet:
    """Rows with the number that the spreadsheet shows, and what is wrong or noteworthy in them.
    `name` is what the table is to be known by; `serial_start` is added to numbers that stand for
    days.
    """

    origin: Origin
    name: str
    rows: list[tuple[int, list[Cell]]]
    faults: list[SheetFault] = field(default_factory=list)
    notes: list[SheetFault] = field(default_factory=list)
    hidden: bool = False
    serial_start: int = 0
    strict_length: bool = False


def strip_file_name(file: str) -> str:
    """Return the name of a file without its ending and without what copying adds."""
    return COPY.sub("", PurePath(file).stem)


def read_csv_sheet(
    file: str,
    data: bytes,
    decodings: dict[str, Decoding],
    encoding: str | None = None,
    room: RowBudget | None = None,
) -> Sheet:
    """Read a CSV file strictly, its delimiter that with which the header fits the contract best.
    `encoding` is a name of encodings.CHOICES; how it was decoded is added to `decodings`, also
    where its rows cannot be read. Raises UnreadableFile.
    """
    _check_beginning(data)
    room = room or RowBudget()
    delimiter = _find_delimiter(file, *strip_declaration(decode_beginning(data, encoding)))
    limit = {"rows": room.rows, "cells": room.cells}
    argument = {"encoding": encoding, "delimiter": delimiter, **limit}
    found = orjson.loads(limits.run_isolated("csv", data, argument, sort=limits.TEXT))
    decodings[file] = Decoding(**found["decoding"])
    if found["fault"]:
        raise limits.read_unreadable(found["fault"])
    room.take(len(found["rows"]), sum(len(cells) for _row, cells in found["rows"]))
    faults, notes = ([read_fault(one) for one in found[kind]] for kind in ("faults", "notes"))
    return Sheet(
        Origin(file), strip_file_name(file), found["rows"], faults, notes, strict_length=True
    )


def _check_beginning(data: bytes) -> None:
    """Refuse what is known to be another sort of file by its first bytes. Raises UnreadableFile."""
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        message = _("the file is not CSV, whatever its name says")
        hint = _("Name it as what it is, such as .xlsx.")
        raise UnreadableFile(message, hint, code="other-format")


def _find_delimiter(file: str, text: str, declared: str) -> str:
    """Find the delimiter by what may be the header only: data may hold more semicolons than
    delimiters."""
    table = header_names.table_names().get(normalize_name(strip_file_name(file)))
    candidates = [tables()[table]] if table else list(tables().values())

    def fits(delimiter: str) -> tuple[int, int]:
        rows = _read_first_rows(text, delimiter)
        named = max(
            (
                header_names.count_known_columns(t, row[:MAX_COLUMNS])
                for t in candidates
                for row in rows
            ),
            default=0,
        )
        return named, 0 if named else _usual_width(rows)

    options = [d for d in (declared, *DELIMITERS) if d and d not in '"\r\n']
    return max(options, key=fits)


def _usual_width(rows: list[list[str]]) -> int:
    """Count the cells that most rows have: where no name is known, that tells which sign parts
    them."""
    widths = Counter(len(row) for row in rows)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _read_first_rows(text: str, delimiter: str) -> list[list[str]]:
    """Read the rows among which the header is, as far as they can be read."""
    found: list[list[str]] = []
    with contextlib.suppress(UnreadableFile):
        for _number, row in read_rows(text, delimiter):
            found += [row] if any(row) else []
            if len(found) == HEADER_WITHIN:
                break
    return found


def read_workbook_sheets(file: str, data: bytes, room: RowBudget | None = None) -> Iterator[Sheet]:
    """Read the sheets of a workbook that hold something. Raises UnreadableFile."""
    limits.check_archive(data)
    room = room or RowBudget()
    found = orjson.loads(
        limits.run_isolated("workbook", data, {"rows": room.rows, "cells": room.cells})
    )
    for one in found:
        room.take(len(one["rows"]), sum(len(cells) for _row, cells in one["rows"]))
    filled = [one for one in found if one["rows"]]
    for one in filled:
        by_file = len(filled) == 1 and DEFAULT_NAME.fullmatch(one["name"].strip())
        yield _make_sheet(file, strip_file_name(file) if by_file else one["name"], one)


def _make_sheet(file: str, name: str, found: dict[str, Any]) -> Sheet:
    """Make a sheet of what the limited process says of it."""
    faults = [read_fault(fault) for fault in found["faults"]]
    if more := found["more"]:
        message = ngettext("{n} more cell like these", "{n} more cells like these", more)
        faults.append(SheetFault(0, 0, message, _("Mend these first."), "more-faults"))
    return Sheet(
        Origin(file, found["name"]),
        name,
        found["rows"],
        faults,
        hidden=found["hidden"],
        serial_start=found["serial_start"],
    )
