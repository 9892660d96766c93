"""The data contract as Python values, read from schema.sql by asking DuckDB what it made of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import duckdb

from dashboard.language.messages import _
from dashboard.schema.folding import fold_sql

MARK = re.compile(r"@(\w+)")
SECOND = ("_nl", "_en", "_language")
"""How the columns end that hold the text of another in a second language, or say which it is in."""


@dataclass(frozen=True)
class Column:
    """One column. `form` is how its text is read (id, date, period, term, count, amount, double,
    digest, text); `derived` the SQL of a column that no file has; `rule` what its check means; `nl`
    its Dutch name; `later` that it was added to the contract: records without it stay what they
    were; `marks` all that schema.sql marks it with.
    """

    name: str
    form: str
    sql_type: str
    required: bool
    meaning: str
    terms: str = ""
    derived: str = ""
    rule: str = ""
    people: bool = False
    nl: str = ""
    later: bool = False
    marks: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Check:
    """A condition on a row. `column` is the one to mend."""

    column: str
    expression: str


@dataclass(frozen=True)
class Reference:
    """`column` holds the key `target_column` of `target`."""

    column: str
    target: str
    target_column: str


@dataclass(frozen=True)
class Table:
    """One table, in the order of schema.sql, so that what it refers to stands before it."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    checks: tuple[Check, ...]
    references: tuple[Reference, ...]
    nl: str = ""
    later: bool = False

    @property
    def file_columns(self) -> tuple[Column, ...]:
        """The columns that a file has."""
        return tuple(column for column in self.columns if not column.derived)

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        """Those of them that people read and fill in: not what the program keeps to know a record
        again.
        """
        return tuple(column for column in self.file_columns if column.form != "digest")

    @property
    def spoken_columns(self) -> tuple[Column, ...]:
        """Those of them of which a reader sees one text, in one language: without the columns that
        hold the same in another (note_nl beside note) or say which it is (title_language); see
        language.messages.choose_text.
        """
        also = {f"{column.name}{end}" for column in self.columns for end in SECOND}
        return tuple(column for column in self.shown_columns if column.name not in also)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def schema_sql() -> str:
    """Read the text of schema.sql, after that of fold.sql, which it uses."""
    return fold_sql() + files("dashboard.schema").joinpath("schema.sql").read_text("utf-8")


def derive_sql() -> str:
    """Read the text of derive.sql: what is worked out of the records once, when a version is built."""
    return files("dashboard.schema").joinpath("derive.sql").read_text("utf-8")


@cache
def structure_sql() -> str:
    """Read the contract without its comments on tables and columns, for a database that no person
    reads: it is made in less than half the time.
    """
    statements = duckdb.extract_statements(schema_sql())
    return "\n;\n".join(s.query for s in statements if s.type != duckdb.StatementType.ALTER)


def tables() -> dict[str, Table]:
    """Read the contract: every table by its name, referred-to tables first."""
    return _read_contract()[0]


def say_meaning(of: Table | Column) -> str:
    """Say in the reader's language what a table or column means; empty where schema.sql does not."""
    return _(of.meaning) if of.meaning else ""


def say_rule(column: Column) -> str:
    """Say in the reader's language what the check on a column means, and how to mend it."""
    return _(column.rule) if column.rule else ""


def list_messages() -> Iterator[str]:
    """List what schema.sql says in words, for translators (scripts/update_catalogue.py)."""
    for table in tables().values():
        yield table.meaning
        for column in table.columns:
            yield from filter(None, (column.meaning, column.rule))


def schema_version() -> int:
    """Read the number of the data contract; a store of another version is not read."""
    return _read_contract()[1]


@cache
def _read_contract() -> tuple[dict[str, Table], int]:
    with duckdb.connect() as con:
        con.execute(f"begin; {schema_sql()}; commit")
        comments = con.execute(TABLES).fetchall()
        constraints, columns = (_by_table(con.execute(sql)) for sql in (CONSTRAINTS, COLUMNS))
        version = con.execute("select schema_version()").fetchone()
    assert version is not None
    return {
        name: _read_table(name, comment, constraints[name], columns[name])
        for name, comment in comments
    }, int(version[0])


def _by_table(rows: duckdb.DuckDBPyConnection) -> dict[str, list[tuple]]:
    """Group the rows of an answer by the table that they begin with, without it."""
    found: dict[str, list[tuple]] = {}
    for name, *row in rows.fetchall():
        found.setdefault(name, []).append(tuple(row))
    return found


TABLES = "select table_name, comment from duckdb_tables() order by table_oid"
CONSTRAINTS = """
select table_name, constraint_type, constraint_column_names, expression, referenced_table, referenced_column_names
from duckdb_constraints() order by table_name, constraint_index
"""
COLUMNS = """
select table_name, column_name, data_type, not is_nullable, coalesce(comment, '')
from duckdb_columns() where not internal order by table_name, column_index
"""
MARKED_FORMS = ("id", "date", "period", "term", "count", "amount", "digest")
"""Forms that a mark gives a column; the others follow from its type."""


def _read_table(
    name: str, comment: str, constraints: Sequence[tuple], columns: Sequence[tuple]
) -> Table:
    meaning, marks = _split_marks(comment)
    return Table(
        name=name,
        meaning=meaning,
        nl=marks.get("nl", ""),
        later="later" in marks,
        columns=tuple(_read_column(*row) for row in columns),
        key=next(tuple(c[1]) for c in constraints if c[0] == "PRIMARY KEY"),
        checks=tuple(Check(c[1][0], c[2]) for c in constraints if c[0] == "CHECK"),
        references=tuple(
            Reference(c[1][0], c[3], c[4][0]) for c in constraints if c[0] == "FOREIGN KEY"
        ),
    )


def _read_column(name: str, sql_type: str, required: bool, comment: str) -> Column:
    meaning, marks = _split_marks(comment)
    marked = next((mark for mark in marks if mark in MARKED_FORMS), "")
    return Column(
        name=name,
        form=marked or {"DOUBLE": "double", "INTEGER": "count"}.get(sql_type, "text"),
        sql_type=sql_type,
        required=required,
        meaning=meaning,
        terms=marks.get("term", ""),
        derived=marks.get("derived", ""),
        rule=marks.get("rule", ""),
        people="people" in marks,
        later="later" in marks,
        nl=marks.get("nl", ""),
        marks=marks,
    )


def _split_marks(comment: str) -> tuple[str, dict[str, str]]:
    """Return a comment without its marks, and the marks with what stands in their parentheses."""
    marks: dict[str, str] = {}
    while found := MARK.search(comment):
        end = found.end()
        if comment[end : end + 1] == "(":
            end = _closing_parenthesis(comment, end) + 1
        marks[found[1]] = comment[found.end() + 1 : end - 1]
        comment = comment[: found.start()] + comment[end:]
    return " ".join(comment.split()), marks


def _closing_parenthesis(text: str, opening: int) -> int:
    depth = 0
    for position in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if not depth:
            return position
    raise ValueError(f"schema.sql: a parenthesis is not closed in: {text}")
