"""How the text of a cell becomes a value: by the form that the schema gives its column, never by
detection.

The SQL here is put together from the contract (schema.sql), never from what a file contains.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dashboard.language.messages import N_
from dashboard.schema.contract import Column, Table
from dashboard.schema.folding import slug

ROW = "row_number"
"""The column beside those of a table: the row that a spreadsheet shows."""

__all__ = [
    "FORMS",
    "INVISIBLE",
    "MAX_CELL",
    "SPACES",
    "clean_sql",
    "insert_sql",
    "join_cells",
    "quote_identifier",
    "slug",
    "typed_sql",
    "valid_sql",
]

INVISIBLE = r"[\x{00}-\x{08}\x{0b}-\x{1f}\x{7f}-\x{9f}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{2069}\x{feff}]"
"""Control, zero-width and direction characters: they make equal names differ and hide what is
written.
"""

EMPTIED_WORD = "(empty)"
"""The word that empties a cell of an existing row, in a file where a blank cell keeps the value."""
EMPTIES = r"(?i)\(\s*(empty|leeg|clear|wissen)\s*\)"
"""That word, in English or Dutch."""
MAX_CELL = 4000
MAX_MADE_ID = 90
SPACES = " \\t\\r\\n\u00a0\u2007\u202f"


@dataclass(frozen=True)
class Form:
    """`valid` is an SQL condition on {x}, the trimmed text; `message` says it in words, `hint` how
    to write it: messages, said by `_` where they are shown.
    """

    valid: str
    message: str
    hint: str


FORMS = {
    "text": Form("true", "", ""),
    "term": Form("true", "", ""),
    "id": Form(
        "regexp_full_match({x}, '[a-z0-9]+(-[a-z0-9]+)*')",
        N_("an id is made of lower-case words joined by hyphens"),
        N_("Write it like job-doornberg."),
    ),
    "date": Form(
        r"regexp_full_match({x}, '(19|20|21)\d{2}(-\d{2}(-\d{2})?)?') and earliest({x}) is not"
        r" null",
        N_("a date is 2025, 2025-05 or 2025-05-14, and exists in the calendar"),
        N_("Write as much as is known: year, year-month or year-month-day."),
    ),
    "period": Form(
        r"(regexp_full_match({x}, '(19|20|21)\d{2}(-\d{2}(-\d{2})?)?') and earliest({x}) is not"
        r" null)"
        r" or (regexp_full_match({x}, '(19|20|21)\d{2}-(19|20|21)\d{2}')"
        " and try_cast(right({x}, 4) as integer) = try_cast(left({x}, 4) as integer) + 1)",
        N_("a period is a date or an academic year of two following years"),
        N_("Write 2025, 2025-05 or 2024-2025."),
    ),
    "count": Form(
        r"regexp_full_match({x}, '\d{1,9}')",
        N_("a count is a whole number, written in digits only"),
        N_(
            "Write 400, without dots, commas, words or signs; say “about” in the column for the kind."
        ),
    ),
    "amount": Form(
        r"regexp_full_match({x}, '\d{1,15}(\.\d{1,2})?')",
        N_("an amount is in euro, in digits, with a point before at most two decimals"),
        N_("Write 1234.50, without € and without separators for thousands."),
    ),
    "digest": Form(
        r"regexp_full_match({x}, '[a-p]{16}(-\d{8}(-\d{1,4})?)?|[a-p]{6}(-[a-p]{6}){4}')",
        N_("only the program fills this column, with letters that stand for what a calendar said"),
        N_("Leave it as it was downloaded, or empty it."),
    ),
    "double": Form(
        r"regexp_full_match({x}, '-?\d{1,3}(\.\d+)?')",
        N_("a coordinate is in degrees, in digits with a decimal point"),
        N_("Write 53.21917."),
    ),
}


def quote_identifier(name: str) -> str:
    """Quote a name of the contract as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def join_cells(columns: Iterable[Column], separator: str = "\\n") -> str:
    """Write SQL for the cells of a row as one text, a line each or separated otherwise: whether a
    pattern is in any of them is asked once, and not once a column.
    """
    names = ", ".join(quote_identifier(column.name) for column in columns)
    return f"concat_ws(e'{separator}', {names})"


def make_id(name: str) -> str:
    """Make the id of a record that has none, of its title and day; empty where these say nothing."""
    words = slug(name)
    return words if len(words) <= MAX_MADE_ID else words[-MAX_MADE_ID:].partition("-")[2]


def clean_sql(table: Table, *, emptied: str = "null") -> str:
    """Write SQL that trims every cell of raw.<table> and makes blank ones null, as clean.<table>.

    The word that empties is never data: it becomes null too, or what `emptied` says in SQL where it
    has to be told from a blank cell until the delivery has joined the records of the store.
    """
    cells = ", ".join(
        f"{_clean(c.name, emptied)} as {quote_identifier(c.name)}" for c in table.file_columns
    )
    return (
        f"create table clean.{quote_identifier(table.name)} as select {ROW}, {cells} from"
        f" raw.{quote_identifier(table.name)}"
    )


def _clean(column: str, emptied: str) -> str:
    text = f"trim({quote_identifier(column)}, e'{SPACES}')"
    return (
        f"case when regexp_full_match({text}, '{EMPTIES}') then {emptied} else nullif({text},"
        " '') end"
    )


def typed_sql(table: Table, faulty: Collection[str]) -> str:
    """Write SQL that converts clean.<table> to the types of the schema as typed.<table>. Columns
    with a `faulty` cell are looked at again: what cannot be converted becomes null and is reported
    by check.py.
    """
    cells = ", ".join(
        f"{_typed(c, faulty=c.name in faulty)} as {quote_identifier(c.name)}"
        for c in table.file_columns
    )
    return (
        f"create table typed.{quote_identifier(table.name)} as select {ROW}, {cells} from"
        f" clean.{quote_identifier(table.name)}"
    )


def _typed(column: Column, *, faulty: bool) -> str:
    name = quote_identifier(column.name)
    text = f"case when {valid_sql(column)} then {name} end" if faulty else name
    return text if column.sql_type == "VARCHAR" else f"try_cast({text} as {column.sql_type})"


def valid_sql(column: Column) -> str:
    """Write the SQL condition that the cell of this column has the form that the schema asks for."""
    name = quote_identifier(column.name)
    return (
        f"(not regexp_matches({name}, '{INVISIBLE}') and length({name}) <= {MAX_CELL}"
        f" and {form_sql(column)})"
    )


def form_sql(column: Column) -> str:
    """Write the SQL condition that a cell without unseen signs has the form of its column."""
    return f"({FORMS[column.form].valid.replace('{x}', quote_identifier(column.name))})"


def insert_sql(table: Table) -> str:
    """Write SQL that fills the served table from the typed one, with its derived columns. It is
    sorted by day, where it has one, and by key: who asks for a month of many years reads the part
    of the file that holds it.
    """
    names = ", ".join(quote_identifier(c.name) for c in table.columns)
    values = ", ".join(c.derived or quote_identifier(c.name) for c in table.columns)
    days = [c.derived for c in table.columns if c.name == "first_day" and c.derived]
    order = ", ".join([*days, *(quote_identifier(name) for name in table.key)])
    return (
        f"insert into {quote_identifier(table.name)} ({names}) select {values} from"
        f" memory.typed.{quote_identifier(table.name)} order by {order}"
    )
