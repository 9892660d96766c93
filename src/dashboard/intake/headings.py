"""Which table a sheet is, which of its rows is the header, and what its columns are taken for."""

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.utils import get_column_letter

from dashboard.intake import header
from dashboard.intake.answers import LEFT_OUT, Heading, Reading, Readings
from dashboard.intake.files import RawRecords
from dashboard.intake.parse_values import normal
from dashboard.intake.problems import Problem
from dashboard.intake.sheets import DEFAULT_NAME, HEADER_WITHIN, Sheet
from dashboard.schema.contract import Table, tables


def heading(sheet: Sheet, table: Table, start: int, said: Reading, reading: Reading) -> Heading:
    """The header in row `start` (from 0) as it is read; `said` of it now, `reading` with what was
    remembered.
    """
    names = [str(cell) for cell in sheet.rows[start][1]]
    below = [cells for _, cells in sheet.rows[start + 1 : start + 51]]
    first = [
        next((str(c[i]) for c in below if i < len(c) and str(c[i]).strip()), "")
        for i in range(len(names))
    ]
    present = {
        normal(name): reading.columns[normal(name)]
        for name in names
        if normal(name) in reading.columns
    }
    return Heading(
        sheet.origin.file,
        sheet.origin.sheet,
        sheet.name,
        table.name,
        tuple(names),
        tuple(get_column_letter(position) for position in range(1, len(names) + 1)),
        tuple(first),
        header.columns_of(table, names, reading.columns),
        frozenset(name for name, column in present.items() if column == LEFT_OUT),
        {name: column for name, column in present.items() if name not in said.columns},
        header.is_dutch(table, names),
    )


def as_said(
    sheet: Sheet, row: int, table: Table, said: Reading, reading: Reading
) -> Iterator[Problem]:
    """Notes on columns that are read as somebody said, so that nothing is taken or left out in
    silence.
    """
    columns = {column.name for column in table.file_columns}
    names = next(cells for number, cells in sheet.rows if number == row)
    for name in map(str, names):
        meant = reading.columns.get(normal(name))
        if meant != LEFT_OUT and meant not in columns:
            continue
        when, code = ("as you said", "column-as-said")
        if normal(name) not in said.columns:
            when, code = "as the last time", "column-as-remembered"
        rule = (
            f"the column is left out, {when}"
            if meant == LEFT_OUT
            else f"the column is read as {meant}, {when}"
        )
        mend, origin = "Say otherwise if that is not meant.", sheet.origin
        yield Problem(origin.file, row, name, None, rule, mend, origin.sheet, code=code)


def table_of(sheet: Sheet, records: RawRecords, readings: Readings) -> Table | None:
    """The table that was said, or that of the name of the sheet or file; by its header only where
    the name says nothing.
    """
    origin, known = sheet.origin, {**readings.remembered.tables, **header.table_names()}
    said = readings.reading((origin.file, origin.sheet), normal(sheet.name)).table
    if said == LEFT_OUT:
        what, mend = "the sheet is left out, as you said", "Say otherwise if that is not meant."
        records.notes.append(
            Problem(origin.file, None, None, None, what, mend, origin.sheet, code="sheet-as-said")
        )
        return None
    if found := said or known.get(normal(sheet.name)):
        return tables().get(found)
    unnamed = origin.sheet is None or DEFAULT_NAME.fullmatch(origin.sheet.strip())
    first = [[str(cell) for cell in cells] for _, cells in sheet.rows[:HEADER_WITHIN] if unnamed]
    guesses = (header.best_table(cells, readings.remembered.columns) for cells in first)
    guess = next(filter(None, guesses), None)
    rule, mend = "no table has this name", header.suggest(sheet.name, list(tables()))
    if guess is None:
        wrong = Problem(
            origin.file, None, None, sheet.name, rule, mend, origin.sheet, code="unknown-table"
        )
        records.problems.append(wrong)
        return None
    mend = f"Its columns are those of “{guess.name}”, and it is read as that."
    records.notes.append(Problem(origin.file, None, None, sheet.name, rule, mend, origin.sheet))
    return guess


def row_of(sheet: Sheet, table: Table, meant: Mapping[str, str]) -> int:
    """The row that names most columns of the table; where none names any, the one with the most
    words.
    """
    rows = [[str(cell) for cell in cells] for _, cells in sheet.rows[:HEADER_WITHIN]]
    fits = [(header.fit(table, cells, meant), _words(cells)) for cells in rows]
    if max(fits)[0]:
        fits = [(named, 0) for named, _ in fits]
    return fits.index(max(fits))


def _words(cells: Sequence[str]) -> int:
    """How many cells hold words, which a header has and a row of values has fewer of."""
    return sum(
        any(c.isalpha() for c in cell) and not any(c.isdigit() for c in cell) for cell in cells
    )
