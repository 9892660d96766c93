"""Two texts that name a person for the program's own sake: who gave an answer, in the claim of it, and
whom to ask about a record. Who is forgotten is left in neither; other texts are listed for whoever wrote
them.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

import duckdb

from dashboard.schema.contract import tables
from dashboard.schema.convert import quote_identifier
from dashboard.store.forgotten_people import ASCII_NAME_HASH, NAME_HASH, Register

ANSWERS = "answers"
"""The source of what people answered; the questions of the worklist name it, to ask nothing twice. Who
answered, and on which day, is the section of the claim.
"""
CONTACT = "contact"
"""The column that says whom to ask: a person or an office."""
DAY = re.compile(r"(.*?)(, \d{4}-\d\d-\d\d)", re.DOTALL)
APART = re.compile(r"[\s,;()<>@“”\"]+")
"""What is between words here; a hyphen is not: Zoë Müller-Bos is somebody else than Zoë Müller."""
LONGEST_NAME = 8
"""Words of a name that is found within a text."""
FIND_NAMED = f"""
with hashed as (
    select cell, whole, {NAME_HASH.format("piece")} as hash, false as is_former from pieces
    union all
    select cell, whole, {ASCII_NAME_HASH.format("piece")}, true from pieces
)
select cell, min(removed_as)
from hashed
join removed_names using (hash)
where (former or not is_former) and {NAME_HASH.format("whole")} not in (
    select {NAME_HASH.format("name")} from typed.people
    union all
    select {NAME_HASH.format("alias")} from typed.person_aliases
)
group by cell
"""
"""The texts in which somebody who was removed is named, and not as a whole somebody else who is there."""


class _Cell(NamedTuple):
    """The text of a cell: who is named, and what stands behind that."""

    text: str
    who: str
    rest: str


def scrub_texts(register: Register, records: duckdb.DuckDBPyConnection) -> set[str]:
    """Put the stand-in in the place of everybody in the register who answered or is a contact, and
    return who that was. Their hashes are loaded, and their records are emptied.

    It stands for all that is said of them: what is beside a name, such as a job or an address, tells
    who it is as well. A name that is one word only has to be all of it, as others share it.
    """
    if not register.people:
        return set()
    found = _scrub_column(register, records, "claims", "section", f"source_id = '{ANSWERS}'")
    for table in tables().values():
        if any(column.name == CONTACT for column in table.file_columns):
            found |= _scrub_column(register, records, table.name, CONTACT, "true")
    return found


def _scrub_column(
    register: Register, records: duckdb.DuckDBPyConnection, table: str, column: str, where: str
) -> set[str]:
    name, text = f"typed.{quote_identifier(table)}", quote_identifier(column)
    rows = records.execute(
        f"select distinct {text} from {name} where {text} is not null and {where}"
    ).fetchall()
    cells = {text: _read_cell(text) for (text,) in rows}
    stand_ins = _find_named(register, records, cells.values())
    for written, stand_in in stand_ins.items():
        records.execute(
            f"update {name} set {text} = $new where {text} = $old and {where}",
            {"new": stand_in + cells[written].rest, "old": written},
        )
    return {*stand_ins.values()}


def _read_cell(text: str) -> _Cell:
    dated = DAY.fullmatch(text)
    return _Cell(text, dated[1], dated[2]) if dated else _Cell(text, text, "")


def _find_named(
    register: Register, records: duckdb.DuckDBPyConnection, cells: Iterable[_Cell]
) -> dict[str, str]:
    """Find the texts in which somebody in the register is named, with the stand-in."""
    rows = [(cell, piece) for cell in cells for piece in {cell.who, *_list_pieces(cell.who)}]
    records.execute("create or replace temp table pieces (cell text, whole text, piece text)")
    records.execute(
        "insert into pieces select unnest($cells::text[]), unnest($wholes::text[]),"
        " unnest($pieces::text[])",
        {
            "cells": [cell.text for cell, _piece in rows],
            "wholes": [cell.who for cell, _piece in rows],
            "pieces": [piece for _cell, piece in rows],
        },
    )
    return dict(records.execute(FIND_NAMED, {"salt": register.salt}).fetchall())


def _list_pieces(who: str) -> Iterator[str]:
    """List what may be a name in a text: words beside each other, or one that is written as several."""
    words = [word for word in APART.split(who) if word]
    for begin, end in combinations(range(len(words) + 1), 2):
        piece = " ".join(words[begin:end])
        if end - begin <= LONGEST_NAME and len(re.findall(r"[^\W_]+", piece)) > 1:
            yield piece
