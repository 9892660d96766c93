"""All problems of a delivery in one pass: cells, required values, keys, vocabularies, references,
rules.

Every rule is an SQL condition that the contract gives; the rows that break it become problems that
name file, row, column and value. Only those rows reach Python.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import duckdb

from dashboard.intake import plausible, privacy, rules, suspicions
from dashboard.intake.files import Origin, RawRecords, named, place
from dashboard.intake.header import missing
from dashboard.intake.problems import Problem, Refused
from dashboard.intake.rules import Rule
from dashboard.schema import convert
from dashboard.schema.contract import Table, structure_sql, tables
from dashboard.schema.convert import ROW, quoted

MAX_PER_RULE = 1000
"""After that many problems of one rule in one column, the rest is counted, not listed."""


def open_candidate(
    records: RawRecords, today: date | None = None, *, published: bool = False
) -> duckdb.DuckDBPyConnection:
    """Checked records as typed tables in an in-memory database.

    With `today`, what has not come yet is a problem where it says that it has, and what is
    suspicious but allowed is added to records.notes. What was `published` once is not asked again
    whether it is plausible. The result has the tables of schema.sql (empty, with their macros) and
    typed.<table>, which store.py turns into a version. Raises Refused with every problem found.
    """
    con = new_candidate()
    for name, table in records.tables.items():
        con.register("delivery", table)
        con.execute(_copy_delivery(name))
        con.unregister("delivery")
    private, doubtful = privacy.look(con, records.origins)
    doubts = check(con, [*records.problems, *private], records.origins, today, published=published)
    if today is not None:
        records.notes += doubts
        records.notes += [*doubtful, *suspicions.look(con, records.origins, today)]
        records.notes[:] = named(records.notes, records.origins)
    return con


def new_candidate() -> duckdb.DuckDBPyConnection:
    """An in-memory database with the contract and the empty schemas raw, clean and typed."""
    con = duckdb.connect()
    con.execute(structure_sql())
    con.execute("create schema raw; create schema clean; create schema typed")
    return con


def check(
    con: duckdb.DuckDBPyConnection,
    problems: Iterable[Problem] = (),
    origins: Sequence[Origin] = (),
    today: date | None = None,
    *,
    published: bool = False,
) -> list[Problem]:
    """Turn raw.<table> into typed.<table>. Raises Refused with these and all further problems; a
    cell that one of these is about gets no second one for its form. Gives what is implausible in
    the rows that come from the served version, which is no reason to refuse others.

    A table that could not be read at all has no raw.<table>; nothing is said about its absence
    twice, and references to it are not looked at.
    """
    found, doubts = list(problems), list[Problem]()
    said = {(p.file, p.sheet, p.row, p.column) for p in found if p.row is not None}
    counted = {(p.file, p.sheet, p.column) for p in found if p.row is None and p.rows > 1}

    def is_new(p: Problem) -> bool:
        """Nothing was said of this cell before, nor of a number of cells like it."""
        here = (p.file, p.sheet, p.column)
        again = here in counted and p.code not in ("empty", "kind-missing")
        return not again and (p.file, p.sheet, p.row, p.column) not in said

    present = [t for t in tables().values() if _exists(con, t.name)]
    for table in present:
        con.execute(convert.clean_sql(table))
        con.execute(f"drop table raw.{quoted(table.name)}")
        wrong = _columns_once(table, _broken_simple(con, rules.cell_rules(table), origins), origins)
        found += [p for p in wrong if is_new(p)]
        con.execute(convert.typed_sql(table))
    damaged = {(p.file, p.sheet, p.row) for p in found}
    for table in present if not published else ():
        for problem, kept in _implausible(con, table, origins, today):
            if (problem.file, problem.sheet, problem.row, problem.column) not in said:
                (doubts if kept else found).append(problem)
    names = {table.name for table in present}
    for table in present:
        keyed = [
            *rules.key_rules(table),
            *rules.term_rules(con, table, names),
            *rules.reference_rules(con, table, names),
        ]
        found += [p for p in _broken(con, keyed, origins) if is_new(p)]
        broken = _broken_simple(con, rules.check_rules(table), origins)
        found += [p for p in broken if (p.file, p.sheet, p.row) not in damaged]
    if "claims" in names:
        found += _broken(con, rules.claim_rules(names), origins)
    for table in present:
        con.execute(f"drop table clean.{quoted(table.name)}")
    if found:
        con.close()
        raise Refused(named(found, origins))
    return named(doubts, origins)


def _columns_once(
    table: Table, problems: Iterable[Problem], origins: Sequence[Origin]
) -> Iterator[Problem]:
    """The problems, with one for a required column that a file leaves out in place of one for each
    row without it.
    """
    lacking = {(o.file, o.sheet, column): o.header for o in origins for column in o.lacks}
    said = set()
    for problem in problems:
        place = (problem.file, problem.sheet, problem.column)
        if place not in lacking or problem.value is not None:
            yield problem
        elif place not in said:
            said.add(place)
            rule, mend = missing(table, table.column(problem.column or ""))
            yield replace(problem, row=lacking[place], rule=rule, mend=mend, code="missing-column")


def _implausible(
    con: duckdb.DuckDBPyConnection, table: Table, origins: Sequence[Origin], today: date | None
) -> Iterator[tuple[Problem, bool]]:
    """What breaks the rules of plausible.py, and whether it stands in the served version already."""
    broken = _occurring(con, plausible.plausibility_rules(table, today))
    for kept, rows in ((False, f"{ROW} >= 0"), (True, f"{ROW} < 0")):
        narrowed = [replace(rule, condition=f"{rows} and ({rule.condition})") for rule in broken]
        yield from ((problem, kept) for problem in _broken(con, narrowed, origins))


def _copy_delivery(name: str) -> str:
    return f"create table raw.{quoted(name)} as from delivery"


def _exists(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    query = "select 1 from duckdb_tables() where schema_name = 'raw' and table_name = $name"
    return con.execute(query, {"name": name}).fetchone() is not None


def _broken_simple(
    con: duckdb.DuckDBPyConnection, rules: Iterable[Rule], origins: Sequence[Origin]
) -> Iterator[Problem]:
    """The same for rules about one row of one table."""
    yield from _broken(con, _occurring(con, rules), origins)


def _occurring(con: duckdb.DuckDBPyConnection, rules: Iterable[Rule]) -> list[Rule]:
    """Those of the rules about one row of one table that some row breaks, found in one pass over
    it.
    """
    listed = list(rules)
    if not listed:
        return []
    counts = ", ".join(f"count(*) filter (where {rule.condition})" for rule in listed)
    found = con.execute(f"select {counts} from {listed[0].source} as t").fetchone() or ()
    return [rule for rule, count in zip(listed, found, strict=True) if count]


def _broken(
    con: duckdb.DuckDBPyConnection, rules: Iterable[Rule], origins: Sequence[Origin]
) -> Iterator[Problem]:
    for rule in rules:
        rows = con.execute(f"{rule.broken} order by {ROW} limit {MAX_PER_RULE + 1}").fetchall()
        listed: Counter[Origin] = Counter()
        for number, value in rows[:MAX_PER_RULE]:
            origin, row = place(origins, rule.table, number)
            listed[origin] += 1
            shown = None if value is None else str(value)
            yield _problem(rule, origin, row, shown, rule.mend(shown or ""))
        if len(rows) > MAX_PER_RULE:
            for origin, count in _counted(con, rule, origins).items():
                if more := count - listed[origin]:
                    mend = f"More than {MAX_PER_RULE} rows; {more:,} are not listed."
                    yield replace(_problem(rule, origin, None, None, mend), rows=more)


def _problem(rule: Rule, origin: Origin, row: int | None, value: str | None, mend: str) -> Problem:
    return Problem(
        origin.file, row, rule.column, value, rule.rule, mend, origin.sheet, code=rule.code
    )


def _counted(
    con: duckdb.DuckDBPyConnection, rule: Rule, origins: Sequence[Origin]
) -> dict[Origin, int]:
    """How many rows of each file or sheet break a rule."""
    per_origin = f"select max({ROW}), count(*) from ({rule.broken}) group by {ROW} >> 32"
    return {
        place(origins, rule.table, number)[0]: count
        for number, count in con.execute(per_origin).fetchall()
    }
