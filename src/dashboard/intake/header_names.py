"""Which table and column a name in a spreadsheet means, in English or Dutch."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, utils

from dashboard.intake.messages import Text, _, join_sentences
from dashboard.intake.parse_values import normalize_name
from dashboard.intake.reading_options import LEFT_OUT, ReadingOptions
from dashboard.intake.suggestions import describe_column, list_known, suggest_nearest
from dashboard.language.messages import DUTCH, current_language
from dashboard.schema.contract import Column, Table, tables


@dataclass(frozen=True)
class HeaderFault:
    """What is wrong with one cell of a header: its `position` from 0, the `column` that it is or
    would be, what it holds, and `code` as in Problem.
    """

    position: int
    column: str
    value: str
    said: Text
    mend: Text
    code: str


NO_COLUMNS_SAID: Mapping[str, str] = {}
DEFAULT_READING = ReadingOptions()
MIN_SIMILARITY = 70
"""How alike a name is at least, of 100, to the one that is suggested for it."""

PRIVATE_COLUMNS = {
    "bsn",
    "burgerservicenummer",
    "citizen_service_number",
    "sofinummer",
    "patient",
    "patient_id",
    "patientnummer",
    "patientnr",
    "patient_number",
    "geboortedatum",
    "geb_datum",
    "birth_date",
    "birthdate",
    "date_of_birth",
    "dob",
    "email",
    "e_mail",
    "mail",
    "emailadres",
    "e_mailadres",
    "email_address",
    "mrn",
    "zis_nummer",
}
NO_PATIENT_DATA = _(
    "no patient data here: numbers, addresses and birth dates of persons are not kept"
)


@cache
def table_names() -> dict[str, str]:
    """Map the normal names of tables, English and Dutch, to their names in the contract."""
    return {normalize_name(name): t.name for t in tables().values() for name in (t.nl, t.name)}


@cache
def _column_names(table: str) -> dict[str, str]:
    return {
        normalize_name(name): c.name
        for c in tables()[table].file_columns
        for name in (c.nl, c.name)
    }


@cache
def list_column_spellings() -> dict[str, list[str]]:
    """Name of a column -> all normal names of columns of that name."""
    found: dict[str, set[str]] = {}
    for table in tables().values():
        for column in table.file_columns:
            found.setdefault(column.name, set()).update(
                (normalize_name(column.name), normalize_name(column.nl))
            )
    return {name: sorted(names) for name, names in found.items()}


def _known(table: str, meant: Mapping[str, str]) -> dict[str, str]:
    """Map normal names to columns, those that somebody gave a meaning included; what is to be left
    out means nothing.
    """
    names = _column_names(table)
    columns = set(names.values())
    said = {name: column for name, column in meant.items() if column in columns}
    return {
        name: column for name, column in {**names, **said}.items() if meant.get(name) != LEFT_OUT
    }


def count_known_columns(
    table: Table, cells: Sequence[str], meant: Mapping[str, str] = NO_COLUMNS_SAID
) -> int:
    """Count how many columns of the table the cells name; `meant` gives the columns of further
    names.
    """
    known = _known(table.name, meant)
    return len({known[name] for cell in cells if (name := normalize_name(cell)) in known})


def find_table(
    cells: Sequence[str], meant: Mapping[str, Mapping[str, str]] | None = None
) -> Table | None:
    """Find the one table that a header without a name fits: most of its names, all required ones,
    no other as well.
    """
    named = sum(bool(cell.strip()) for cell in cells)
    said = meant or {}
    fits = sorted(
        (count_known_columns(t, cells, said.get(t.name, {})), -len(t.file_columns), t.name)
        for t in tables().values()
    )
    best, second = fits[-1], fits[-2]
    enough = best[0] >= 2 and best[0] * 2 > named
    return tables()[best[2]] if enough and best[:2] > second[:2] else None


def is_dutch(table: Table, cells: Sequence[str]) -> bool:
    """Return whether more columns are named in Dutch than in English; names that are the same in
    both say nothing.
    """
    names = {normalize_name(cell) for cell in cells}
    apart = [
        (normalize_name(c.name), normalize_name(c.nl))
        for c in table.file_columns
        if normalize_name(c.name) != normalize_name(c.nl)
    ]
    return sum(nl in names for _, nl in apart) > sum(en in names for en, _ in apart)


def name_table(table: Table) -> str:
    """Name a table in the reader's language; it is understood in both."""
    return table.nl if current_language() == DUTCH and table.nl else table.name


def name_column(column: Column) -> str:
    """Name a column in the reader's language; it is understood in both."""
    return column.nl if current_language() == DUTCH and column.nl else column.name


def suggest(name: str, choices: Sequence[str]) -> Text:
    """Say which choice is probably meant, or which there are."""
    nearest = suggest_nearest(
        name, choices, min_similarity=MIN_SIMILARITY, processor=utils.default_process
    )
    return nearest or list_known(choices)


def map_columns(
    table: Table, cells: Sequence[str], meant: Mapping[str, str] = NO_COLUMNS_SAID
) -> dict[int, str]:
    """Position from 0 -> column of the contract, for the cells that name one; of doubles the first."""
    known = _known(table.name, meant)
    found: dict[int, str] = {}
    for position, cell in enumerate(cells):
        name = known.get(normalize_name(cell))
        if name and name not in found.values():
            found[position] = name
    return found


def select_remembered(
    table: Table, cells: Sequence[str], remembered: Mapping[str, str], said: Mapping[str, str]
) -> dict[str, str]:
    """Select what is remembered of the names in a header, without columns that the header has by
    their own name, or that somebody said now: these come first.
    """
    taken = {*map_columns(table, cells, said).values()}
    return {name: column for name, column in remembered.items() if column not in taken}


def find_faults(
    table: Table, cells: Sequence[str], reading: ReadingOptions = DEFAULT_READING
) -> Iterator[HeaderFault]:
    """Yield what is wrong with a header: unknown and doubled columns, and those of persons' data.
    What it leaves out may be in the records already: see list_lacking.
    """
    known = _known(table.name, reading.columns)
    counts = Counter(known.get(normalize_name(cell)) for cell in cells)
    first = {
        name: position for position, name in map_columns(table, cells, reading.columns).items()
    }
    for position, cell in enumerate(cells):
        name = known.get(normalize_name(cell))
        if normalize_name(cell) in PRIVATE_COLUMNS:
            hint = _("Remove the column.")
            yield HeaderFault(position, cell, cell, NO_PATIENT_DATA, hint, "private-column")
        elif (
            name is None and cell.strip() and reading.columns.get(normalize_name(cell)) != LEFT_OUT
        ):
            message, nearest = _("no such column"), suggest(cell, _names(table, cells))
            yield HeaderFault(position, cell, cell, message, nearest, "unknown-column")
        elif name and counts[name] > 1 and first[name] != position:
            message, hint = _("the column stands twice in the header"), _("Remove one of the two.")
            yield HeaderFault(position, name, cell, message, hint, "double-column")


def describe_missing(table: Table, column: Column) -> tuple[Text, Text]:
    """Return message and hint for a column that is needed and not there."""
    known = (
        "" if column.name in table.key else _("Only rows that are there already may do without.")
    )
    add = _("Add it (in Dutch: {dutch}).", dutch=column.nl)
    return _("the column is missing"), join_sentences(add, describe_column(column), known)


def list_lacking(
    table: Table, columns: Collection[str], reading: ReadingOptions = DEFAULT_READING
) -> tuple[str, ...]:
    """List the columns that a row needs, a new one at least, and that a header without them leaves
    out, where nobody said what stands in them.
    """
    needed = (c for c in table.file_columns if c.required and not is_kind_column(table, c))
    return tuple(c.name for c in needed if c.name not in columns and not _said(c, reading))


def _names(table: Table, cells: Sequence[str]) -> list[str]:
    """List the names of columns in the language of the header."""
    dutch = is_dutch(table, cells)
    return [c.nl if dutch and c.nl else c.name for c in table.file_columns]


def _said(column: Column, reading: ReadingOptions) -> bool:
    """Return whether a steward said what stands in a column that is not there."""
    return column.name in reading.fills or (reading.ids and column.form == "id")


def rank_by_similarity(name: str, labels: Mapping[str, str]) -> list[str]:
    """Rank the keys of labels by how near their label is to a name, the nearest first."""
    scores = {
        key: fuzz.WRatio(name, label, processor=utils.default_process)
        for key, label in labels.items()
    }
    return sorted(labels, key=lambda key: -scores[key])


def find_kind_column(table: Table, column: str) -> str | None:
    """Find the column that says how well a number is known: participants -> participants_kind."""
    names = {c.name for c in table.file_columns} - {column}
    kinds = (f"{column}_kind", f"{column.rsplit('_', 1)[0]}_kind")
    return next((kind for kind in kinds if kind in names), None)


def find_number_column(table: Table, kind: str) -> str | None:
    """Find the number whose kind a column holds; None for any other column."""
    numbers = (c.name for c in table.file_columns if c.form in ("count", "amount"))
    return next((name for name in numbers if find_kind_column(table, name) == kind), None)


def is_kind_column(table: Table, column: Column) -> bool:
    """Return whether a column says how well a number beside it is known (about, at least …). Files
    may leave it out: numbers as people write them say it themselves (“about 40”).
    """
    return find_number_column(table, column.name) is not None
