"""CSV files and workbooks as sheets: numbered rows of cells, whatever program wrote them."""

import contextlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

import orjson

from dashboard.intake import encoding_notes, header, limits
from dashboard.intake.cells import Cell
from dashboard.intake.csv_rows import rows_of, without_declaration
from dashboard.intake.encodings import Decoding, beginning
from dashboard.intake.files import Origin
from dashboard.intake.limits import Room, Unreadable
from dashboard.intake.parse_values import normal
from dashboard.schema.contract import tables

Fault = encoding_notes.Fault
DELIMITERS = (",", ";", "\t")
MAX_COLUMNS = 1000
HEADER_WITHIN = 10
"""A title may stand above the header, but not ten rows of it."""
DEFAULT_NAME = re.compile(r"(sheet|blad|werkblad|worksheet|tabelle|feuil)\s*\d*", re.IGNORECASE)
COPY = re.compile(r"\s*(\(\d+\)|-? ?(kopie|copy))$", re.IGNORECASE)


@dataclass
class Sheet:
    """Rows with the number that the spreadsheet shows; `faults` and `notes` are [row, column, rule,
    mend], 0 for no row or column. `name` is what the table is to be known by; `serial_start` is
    added to numbers that stand for days.
    """

    origin: Origin
    name: str
    rows: list[tuple[int, list[Cell]]]
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    hidden: bool = False
    serial_start: int = 0
    strict_length: bool = False


def stem(file: str) -> str:
    """The name of a file without its ending and without what copying adds."""
    return COPY.sub("", PurePath(file).stem)


def csv_sheet(
    file: str,
    data: bytes,
    decodings: dict[str, Decoding],
    encoding: str | None = None,
    room: Room | None = None,
) -> Sheet:
    """A CSV file, read strictly, its delimiter that with which the header fits the contract best.
    `encoding` is a name of encodings.CHOICES; how it was decoded is added to `decodings`, also
    where its rows cannot be read. Raises Unreadable.
    """
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(
            "the file is not CSV, whatever its name says", "Name it as what it is, such as .xlsx."
        )
    room = room or Room()
    delimiter = _delimiter(file, *without_declaration(beginning(data, encoding)))
    argument = {
        "encoding": encoding,
        "delimiter": delimiter,
        "rows": room.rows,
        "cells": room.cells,
    }
    found = orjson.loads(limits.run("csv", data, argument, sort=limits.TEXT))
    decodings[file] = Decoding(**found["decoding"])
    if found["fault"]:
        raise Unreadable(**found["fault"])
    room.take(len(found["rows"]), sum(len(cells) for _, cells in found["rows"]))
    faults, notes = ([tuple(one) for one in found[kind]] for kind in ("faults", "notes"))
    return Sheet(Origin(file), stem(file), found["rows"], faults, notes, strict_length=True)


def _delimiter(file: str, text: str, declared: str) -> str:
    """Only what may be the header is looked at: data may hold more semicolons than delimiters."""
    table = header.table_names().get(normal(stem(file)))
    candidates = [tables()[table]] if table else list(tables().values())

    def fits(delimiter: str) -> tuple[int, int]:
        rows = _first(text, delimiter)
        named = max(
            (header.fit(t, row[:MAX_COLUMNS]) for t in candidates for row in rows), default=0
        )
        return named, 0 if named else _usual_width(rows)

    options = [d for d in (declared, *DELIMITERS) if d and d not in '"\r\n']
    return max(options, key=fits)


def _usual_width(rows: list[list[str]]) -> int:
    """How many cells most rows have: where no name is known, that tells which sign parts them."""
    widths = Counter(len(row) for row in rows)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _first(text: str, delimiter: str) -> list[list[str]]:
    """The rows among which the header is, as far as they can be read."""
    found: list[list[str]] = []
    with contextlib.suppress(Unreadable):
        for _, row in rows_of(text, delimiter):
            found += [row] if any(row) else []
            if len(found) == HEADER_WITHIN:
                break
    return found


def workbook_sheets(file: str, data: bytes, room: Room | None = None) -> Iterator[Sheet]:
    """The sheets of a workbook that hold something. Raises Unreadable."""
    limits.look_inside(data)
    room = room or Room()
    found = orjson.loads(limits.run("workbook", data, {"rows": room.rows, "cells": room.cells}))
    for one in found:
        room.take(len(one["rows"]), sum(len(cells) for _, cells in one["rows"]))
    filled = [one for one in found if one["rows"]]
    for one in filled:
        by_file = len(filled) == 1 and DEFAULT_NAME.fullmatch(one["name"].strip())
        faults = [tuple(fault) for fault in one["faults"]]
        if one["more"]:
            faults.append((0, 0, f"{one['more']} more cells like these", "Mend these first."))
        name = stem(file) if by_file else one["name"]
        yield Sheet(
            Origin(file, one["name"]),
            name,
            one["rows"],
            faults,
            hidden=one["hidden"],
            serial_start=one["serial_start"],
        )
