"""All problems of a delivery in one pass: cells, required values, keys, vocabularies, references,
rules.

Every rule is an SQL condition that the contract gives; the rows that break it become problems that
name file, row, column and value. Only those rows reach Python.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb

from dashboard.intake import plausible, privacy, rules, suspicions
from dashboard.intake.files import Origin, RawRecords, add_file_columns, find_origin
from dashboard.intake.header_names import describe_missing
from dashboard.intake.messages import Text, _
from dashboard.intake.problems import Problem, Refused
from dashboard.intake.rules import Rule
from dashboard.schema import convert
from dashboard.schema.contract import Table, structure_sql, tables
from dashboard.schema.convert import ROW, quote_identifier

MAX_PER_RULE = 1000
"""After that many problems of one rule in one column, the rest is counted, not listed."""


def open_checked_records(
    records: RawRecords, today: date | None = None, *, published: bool = False
) -> duckdb.DuckDBPyConnection:
    """Check records and open them as typed tables in an in-memory database.

    With `today`, what has not come yet is a problem where it says that it has, and what is
    suspicious but allowed is added to records.notes. What was `published` once is not asked again
    whether it is plausible. The result has the tables of schema.sql (empty, with their macros) and
    typed.<table>, of which the store makes a version. Raises Refused with every problem found.
    """
    con = open_empty_database()
    for name, table in records.tables.items():
        con.register("delivery", table)
        con.execute(_copy_delivery(name))
        con.unregister("delivery")
    private, doubtful = privacy.find_personal_data(con, records.origins)
    doubts = check_records(
        con, [*records.problems, *private], records.origins, today, published=published
    )
    if today is not None:
        suspicious = suspicions.find_suspicions(con, records.origins, today)
        records.notes += [*doubts, *doubtful, *suspicious]
        records.notes[:] = add_file_columns(records.notes, records.origins)
    return con


def open_empty_database() -> duckdb.DuckDBPyConnection:
    """Open an in-memory database with the empty tables of the contract, and the empty schemas raw,
    clean and typed for the steps of a check.
    """
    con = duckdb.connect()
    con.execute(structure_sql())
    con.execute("create schema raw; create schema clean; create schema typed")
    return con


@dataclass
class _Found:
    """The problems so far, and of which cells, columns and rows they are."""

    problems: list[Problem]
    cells: set[tuple[str, str | None, int | None, str | None]] = field(init=False)
    counted: set[tuple[str, str | None, str | None]] = field(init=False)

    def __post_init__(self) -> None:
        given = self.problems
        self.cells = {_cell_of(p) for p in given if p.row is not None}
        self.counted = {_column_of(p) for p in given if p.row is None and p.rows > 1}

    def add_new(self, problems: Iterable[Problem]) -> None:
        """Add those of which nothing was said at first: not of the cell, nor of a number of cells
        like it.
        """
        self.problems += [p for p in problems if self._is_new(p)]

    def _is_new(self, p: Problem) -> bool:
        again = _column_of(p) in self.counted and p.code not in ("empty", "kind-missing")
        return not again and _cell_of(p) not in self.cells

    def rows(self) -> set[tuple[str, str | None, int | None]]:
        """Return the rows with a problem."""
        return {(p.file, p.sheet, p.row) for p in self.problems}


def _cell_of(p: Problem) -> tuple[str, str | None, int | None, str | None]:
    return p.file, p.sheet, p.row, p.column


def _column_of(p: Problem) -> tuple[str, str | None, str | None]:
    return p.file, p.sheet, p.column


def check_records(
    con: duckdb.DuckDBPyConnection,
    problems: Iterable[Problem] = (),
    origins: Sequence[Origin] = (),
    today: date | None = None,
    *,
    published: bool = False,
) -> list[Problem]:
    """Turn raw.<table> into typed.<table>. Raises Refused with these and all further problems; a
    cell that one of these is about gets no second one for its form. Returns what is implausible in
    the rows that come from the served version, which is no reason to refuse others.

    A table that could not be read at all has no raw.<table>; nothing is said about its absence
    twice, and references to it are not looked at.
    """
    found, doubts = _Found(list(problems)), list[Problem]()
    there = _list_delivered(con)
    present = [table for table in tables().values() if table.name in there]
    for table in present:
        _check_cells(con, table, origins, found)
    damaged = found.rows()
    if not published:
        doubts = _check_plausibility(con, present, origins, today, found)
    _check_relations(con, present, origins, found, damaged)
    for table in present:
        con.execute(f"drop table clean.{quote_identifier(table.name)}")
    if found.problems:
        con.close()
        raise Refused(add_file_columns(found.problems, origins))
    return add_file_columns(doubts, origins)


def _check_cells(
    con: duckdb.DuckDBPyConnection, table: Table, origins: Sequence[Origin], found: _Found
) -> None:
    """Turn raw.<table> into clean.<table> and typed.<table>, and check its cells."""
    con.execute(convert.clean_sql(table))
    con.execute(f"drop table raw.{quote_identifier(table.name)}")
    broken = _occurring(con, rules.cell_rules(table))
    found.add_new(_merge_missing(table, _broken(con, broken, origins), origins))
    con.execute(convert.typed_sql(table, {rule.column for rule in broken}))


def _check_plausibility(
    con: duckdb.DuckDBPyConnection,
    present: Sequence[Table],
    origins: Sequence[Origin],
    today: date | None,
    found: _Found,
) -> list[Problem]:
    """Check what must make sense; returns what does not in rows of the served version."""
    doubts: list[Problem] = []
    for table in present:
        for problem, kept in _implausible(con, table, origins, today):
            if _cell_of(problem) not in found.cells:
                (doubts if kept else found.problems).append(problem)
    return doubts


def _check_relations(
    con: duckdb.DuckDBPyConnection,
    present: Sequence[Table],
    origins: Sequence[Origin],
    found: _Found,
    damaged: set[tuple[str, str | None, int | None]],
) -> None:
    """Check keys, vocabularies, references and claims; and of rows without a problem in a cell
    (not `damaged`) what must hold between their cells.
    """
    names = {table.name for table in present}
    for table in present:
        keyed = [
            *rules.key_rules(table),
            *rules.term_rules(con, table, names),
            *rules.reference_rules(con, table, names),
        ]
        found.add_new(_broken_simple(con, keyed, origins))
        broken = _broken_simple(con, rules.check_rules(table), origins)
        found.problems += [p for p in broken if (p.file, p.sheet, p.row) not in damaged]
    if "claims" in names:
        found.problems += _broken(con, rules.claim_rules(names), origins)


def _merge_missing(
    table: Table, problems: Iterable[Problem], origins: Sequence[Origin]
) -> Iterator[Problem]:
    """Yield the problems, with one for a required column that a file leaves out in place of one for
    each row without it.
    """
    lacking = {(o.file, o.sheet, column): o for o in origins for column in o.lacks}
    said = set()
    for problem in problems:
        where = _column_of(problem)
        if where not in lacking or problem.value is not None:
            yield problem
        elif where not in said:
            said.add(where)
            yield _missing_column(lacking[where], table, problem)


def _missing_column(origin: Origin, table: Table, problem: Problem) -> Problem:
    """Make one problem for a column of the first of its empty cells."""
    message, hint = describe_missing(table, table.column(problem.column or ""))
    found = origin.problem(
        "missing-column", message, hint, row=origin.header, column=problem.column
    )
    return replace(found, header=problem.header, letter=problem.letter, rows=problem.rows)


def _implausible(
    con: duckdb.DuckDBPyConnection, table: Table, origins: Sequence[Origin], today: date | None
) -> Iterator[tuple[Problem, bool]]:
    """Yield what breaks the rules of plausible.py, and whether it stands in the served version
    already.
    """
    broken = _occurring(con, plausible.plausibility_rules(table, today))
    for kept, rows in ((False, f"{ROW} >= 0"), (True, f"{ROW} < 0")):
        narrowed = [replace(rule, condition=f"{rows} and ({rule.condition})") for rule in broken]
        yield from ((problem, kept) for problem in _broken(con, narrowed, origins))


def _copy_delivery(name: str) -> str:
    return f"create table raw.{quote_identifier(name)} as from delivery"


def _list_delivered(con: duckdb.DuckDBPyConnection) -> set[str]:
    """List the tables that could be read."""
    query = "select table_name from duckdb_tables() where schema_name = 'raw'"
    return {name for (name,) in con.execute(query).fetchall()}


def _broken_simple(
    con: duckdb.DuckDBPyConnection, rules: Iterable[Rule], origins: Sequence[Origin]
) -> Iterator[Problem]:
    """Yield a problem for each row that breaks one of the rules, which are about one row of one
    table: one pass over the table finds first which of them are broken at all.
    """
    yield from _broken(con, _occurring(con, rules), origins)


def _occurring(con: duckdb.DuckDBPyConnection, rules: Iterable[Rule]) -> list[Rule]:
    """Select those of the rules about one row of one table that some row breaks, found in one pass
    over it, and one more for each step by which a rule comes from what is possible to what is so.
    """
    found, step = list(rules), 0
    while found and step <= max(len(rule.possible) for rule in found):
        found = _select_holding(con, found, step)
        step += 1
    return found


def _select_holding(con: duckdb.DuckDBPyConnection, rules: Sequence[Rule], step: int) -> list[Rule]:
    """Select the rules of one table whose condition of that step holds for some row. One that
    several share is asked once.
    """
    conditions = [rule.steps[min(step, len(rule.possible))] for rule in rules]
    asked = list(dict.fromkeys(conditions))
    counts = ", ".join(f"count(*) filter (where {condition})" for condition in asked)
    counted = con.execute(f"select {counts} from {rules[0].source} as t").fetchone() or ()
    found = dict(zip(asked, counted, strict=True))
    return [rule for rule, condition in zip(rules, conditions, strict=True) if found[condition]]


def _broken(
    con: duckdb.DuckDBPyConnection, rules: Iterable[Rule], origins: Sequence[Origin]
) -> Iterator[Problem]:
    """Yield a problem for each row that breaks a rule; after very many, one with the number of the
    others.
    """
    for rule in rules:
        rows = con.execute(f"{rule.broken} order by {ROW} limit {MAX_PER_RULE + 1}").fetchall()
        listed: Counter[Origin] = Counter()
        for number, value in rows[:MAX_PER_RULE]:
            origin, row = find_origin(origins, rule.table, number)
            listed[origin] += 1
            yield _make_problem(rule, origin, row, None if value is None else str(value))
        if len(rows) > MAX_PER_RULE:
            for origin, count in _counted(con, rule, origins).items():
                if more := count - listed[origin]:
                    yield not_listed(origin, rule.code, rule.said, rule.column, more)


def _make_problem(rule: Rule, origin: Origin, row: int, value: str | None) -> Problem:
    hint = rule.mend(value or "")
    return origin.problem(rule.code, rule.said, hint, row=row, column=rule.column, value=value)


def not_listed(origin: Origin, code: str, message: Text, column: str, more: int) -> Problem:
    """Make one problem for the rows that are not listed, because they are very many."""
    hint = _("More than {n} rows; {more:,} are not listed.", n=MAX_PER_RULE, more=more)
    return origin.problem(code, message, hint, column=column, rows=more)


def _counted(
    con: duckdb.DuckDBPyConnection, rule: Rule, origins: Sequence[Origin]
) -> dict[Origin, int]:
    """Count how many rows of each file or sheet break a rule."""
    per_origin = f"select max({ROW}), count(*) from ({rule.broken}) group by {ROW} >> 32"
    return {
        find_origin(origins, rule.table, number)[0]: count
        for number, count in con.execute(per_origin).fetchall()
    }
