"""Which table a sheet is, which of its rows is the header, and what its columns are taken for."""

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.utils import get_column_letter

from dashboard.intake import header_names
from dashboard.intake.files import RawRecords
from dashboard.intake.messages import Text, _
from dashboard.intake.parse_values import normalize_name
from dashboard.intake.problems import Problem
from dashboard.intake.reading_options import LEFT_OUT, DeliveryOptions, Heading, ReadingOptions
from dashboard.intake.sheets import DEFAULT_NAME, HEADER_WITHIN, Sheet
from dashboard.schema.contract import Table, tables


def describe_header(
    sheet: Sheet, table: Table, start: int, said: ReadingOptions, reading: ReadingOptions
) -> Heading:
    """Describe the header in row `start` (from 0) as it is read: `said` of it now, `reading` with
    what was remembered.
    """
    names = [str(cell) for cell in sheet.rows[start][1]]
    keys = [normalize_name(name) for name in names]
    present = {key: reading.columns[key] for key in keys if key in reading.columns}
    return Heading(
        sheet.origin.file,
        sheet.origin.sheet,
        sheet.name,
        table.name,
        tuple(names),
        tuple(get_column_letter(position) for position in range(1, len(names) + 1)),
        _first_values(sheet, start, len(names)),
        header_names.map_columns(table, names, reading.columns),
        frozenset(name for name, column in present.items() if column == LEFT_OUT),
        {name: column for name, column in present.items() if name not in said.columns},
        header_names.is_dutch(table, names),
    )


def _first_values(sheet: Sheet, start: int, width: int) -> tuple[str, ...]:
    """Return the first value of each column below the header, empty where there is none near."""
    below = [cells for _row, cells in sheet.rows[start + 1 : start + 51]]
    return tuple(
        next((str(c[i]) for c in below if i < len(c) and str(c[i]).strip()), "")
        for i in range(width)
    )


def note_answers(
    sheet: Sheet, row: int, table: Table, said: ReadingOptions, reading: ReadingOptions
) -> Iterator[Problem]:
    """Note the columns that are read as somebody said, so that nothing is taken or left out in
    silence.
    """
    columns = {column.name for column in table.file_columns}
    names = next(cells for number, cells in sheet.rows if number == row)
    for name in map(str, names):
        meant = reading.columns.get(normalize_name(name))
        if meant == LEFT_OUT or meant in columns:
            now = normalize_name(name) in said.columns
            message = _describe_answer(meant, now=now)
            code = "column-as-said" if now else "column-as-remembered"
            hint = _("Say otherwise if that is not meant.")
            yield sheet.origin.problem(
                code, message, hint, row=row, column=name, variant=str(meant)
            )


def _describe_answer(meant: str, *, now: bool) -> Text:
    if meant == LEFT_OUT and now:
        return _("the column is left out, as you said")
    if meant == LEFT_OUT:
        return _("the column is left out, as the last time")
    if now:
        return _("the column is read as {column}, as you said", column=meant)
    return _("the column is read as {column}, as the last time", column=meant)


def find_table(sheet: Sheet, records: RawRecords, readings: DeliveryOptions) -> Table | None:
    """Find the table of a sheet: the one that was said, or that of the name of the sheet or file;
    by its header only where the name says nothing. Notes and problems go to the records.
    """
    origin, known = sheet.origin, {**readings.remembered.tables, **header_names.table_names()}
    said = readings.reading((origin.file, origin.sheet), normalize_name(sheet.name)).table
    if said == LEFT_OUT:
        message = _("the sheet is left out, as you said")
        hint = _("Say otherwise if that is not meant.")
        records.notes.append(origin.problem("sheet-as-said", message, hint))
        return None
    if found := said or known.get(normalize_name(sheet.name)):
        return tables().get(found)
    guess, message = _guess_table(sheet, readings), _("no table has this name")
    if guess is None:
        nearest = header_names.suggest(sheet.name, list(tables()))
        wrong = origin.problem("unknown-table", message, nearest, value=sheet.name)
        records.problems.append(wrong)
        return None
    hint = _("Its columns are those of “{table}”, and it is read as that.", table=guess.name)
    records.notes.append(origin.problem("table-guessed", message, hint, value=sheet.name))
    return guess


def _guess_table(sheet: Sheet, readings: DeliveryOptions) -> Table | None:
    """Find the table whose columns the header names, where the sheet has no name of its own."""
    name = sheet.origin.sheet
    if name is not None and not DEFAULT_NAME.fullmatch(name.strip()):
        return None
    first = [[str(cell) for cell in cells] for _row, cells in sheet.rows[:HEADER_WITHIN]]
    guesses = (header_names.find_table(cells, readings.remembered.columns) for cells in first)
    return next(filter(None, guesses), None)


def find_header_row(sheet: Sheet, table: Table, meant: Mapping[str, str]) -> int:
    """Find the row that names most columns of the table; where none names any, the one with the
    most words.
    """
    rows = [[str(cell) for cell in cells] for _row, cells in sheet.rows[:HEADER_WITHIN]]
    fits = [
        (header_names.count_known_columns(table, cells, meant), _count_words(cells))
        for cells in rows
    ]
    if max(fits)[0]:
        fits = [(named, 0) for named, _words in fits]
    return fits.index(max(fits))


def _count_words(cells: Sequence[str]) -> int:
    """Count the cells that hold words, which a header has and a row of values has fewer of."""
    return sum(
        any(c.isalpha() for c in cell) and not any(c.isdigit() for c in cell) for cell in cells
    )
