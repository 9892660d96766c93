"""An upload in the words of people becomes one in the form of the schema, cell by cell.

What is in that form already is left alone, by SQL; Python sees each other text once. What remains unclear is
a problem; the checks of check.py come after, when the upload has joined the records of the store.
"""

from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.intake import convert
from dashboard.intake.check import MAX_PER_RULE, new_candidate
from dashboard.intake.contract import Column, Reference, Table, tables
from dashboard.intake.convert import quoted
from dashboard.intake.files import ROW, RawRecords, place
from dashboard.intake.folding import fold
from dashboard.intake.header import kind_column
from dashboard.intake.names import Names
from dashboard.intake.problems import Problem
from dashboard.intake.spoken import SPOKEN, Said, Unclear


def settle(upload: RawRecords, known: Mapping[str, pa.Table]) -> RawRecords:
    """The upload with canonical text in its cells, for merging with the records of the store.

    `known` are those records (read_folder of a version's records): the vocabularies, and the names that stand
    for ids. Problems and notes are those of the upload and what is found here.
    """
    settled = RawRecords({}, list(upload.problems), list(upload.notes), list(upload.origins))
    con = new_candidate()
    con.execute("create schema known")
    try:
        for name, rows in known.items():
            _register(con, "known", name, rows)
        for name, rows in upload.tables.items():
            _register(con, "raw", name, rows)
            con.execute(convert.clean_sql(tables()[name]))
        for table in tables().values():
            if table.name in upload.tables:
                _Settling(con, table, settled).all()
                query = f"from clean.{quoted(table.name)} order by {ROW}"
                settled.tables[table.name] = con.sql(query).to_arrow_table()
    finally:
        con.close()
    return settled


def _register(con: duckdb.DuckDBPyConnection, schema: str, name: str, rows: pa.Table) -> None:
    con.register("delivery", rows)
    con.execute(f"create table {schema}.{quoted(name)} as from delivery")
    con.unregister("delivery")


class _Settling:
    """One table: terms before numbers (a kind may be a label), names at the end."""

    def __init__(self, con: duckdb.DuckDBPyConnection, table: Table, settled: RawRecords) -> None:
        self.con, self.table, self.settled = con, table, settled
        self.source = f"clean.{quoted(table.name)}"
        self.names = Names(con)

    def all(self) -> None:
        for column in self.table.file_columns:
            if column.form == "term":
                self._terms(column)
        for column in self.table.file_columns:
            if column.form in SPOKEN:
                self._spoken(column)
        for reference in self.table.references:
            self._reference(reference)

    def _distinct(self, column: str, condition: str) -> list[str]:
        name = quoted(column)
        visible = f"{name} is not null and not regexp_matches({name}, '{convert.INVISIBLE}')"
        query = f"select distinct {name} from {self.source} where {visible} and length({name}) <= 200 and {condition}"
        return sorted(row[0] for row in self.con.execute(query).fetchall())

    def _replace(self, column: str, found: Mapping[str, str | None]) -> None:
        if not found:
            return
        self._mapping({"said": list(found), "text": list(found.values())})
        name = quoted(column)
        self.con.execute(f"update {self.source} set {name} = m.text from mapping as m where {name} = m.said")

    def _mapping(self, columns: dict[str, list[Any]]) -> None:
        types = [pa.array(values, pa.string()) for values in columns.values()]
        self.con.register("mapped", pa.table(types, names=list(columns)))
        self.con.execute("create or replace temp table mapping as from mapped")
        self.con.unregister("mapped")

    def _report(self, column: str, said: Mapping[str, tuple[str, str]], *, notes: bool = False) -> None:
        """A problem, or a note, for every row whose cell is one of these."""
        if not said:
            return
        self._mapping({"said": list(said)})
        name = quoted(column)
        rows = self.con.execute(
            f"select {ROW}, {name} from {self.source} where {name} in (select said from mapping)"
            f" order by {ROW} limit {MAX_PER_RULE}"
        ).fetchall()
        for number, value in rows:
            self._add(number, column, value, *said[value], notes=notes)

    def _add(self, number: int, column: str, value: str, rule: str, mend: str, *, notes: bool = False) -> None:
        origin, row = place(self.settled.origins, self.table.name, number)
        target = self.settled.notes if notes else self.settled.problems
        target.append(Problem(origin.file, row, column, value, rule, mend, origin.sheet))

    def _terms(self, column: Column) -> None:
        """Labels in English or Dutch, in any case, stand for their term."""
        ids, labels = self.names.terms(column.terms)
        unknown = [value for value in self._distinct(column.name, "true") if value not in ids]
        self._replace(column.name, {v: hit for v in unknown if (hit := labels.get(fold(v)))})

    def _spoken(self, column: Column) -> None:
        found: dict[str, Said] = {}
        wrong: dict[str, tuple[str, str]] = {}
        for value in self._distinct(column.name, f"not {convert.valid(column)}"):
            if any(c.isdigit() and not c.isascii() for c in value):
                continue  # the check of the form refuses it
            try:
                found[value] = SPOKEN[column.form](value)
            except Unclear as error:
                wrong[value] = (error.rule, error.mend)
        self._report(column.name, wrong)
        lost = {value: ("something is lost in reading", said.note) for value, said in found.items() if said.note}
        self._report(column.name, lost, notes=True)
        kind = kind_column(self.table, column.name) if column.form in ("count", "amount") else None
        if kind:
            self._kinds(column.name, kind, {value: said.kind for value, said in found.items() if said.kind})
        elif column.form in ("count", "amount"):
            found = self._without_kind(column.name, found)
        self._replace(column.name, {value: said.text for value, said in found.items()})
        if kind:
            empty = f"{quoted(kind)} is null and {quoted(column.name)} is null"
            self.con.execute(f"update {self.source} set {quoted(kind)} = 'unknown' where {empty}")

    def _without_kind(self, column: str, found: dict[str, Said]) -> dict[str, Said]:
        """“About” and “at least” would be lost where no column holds them."""
        hedged = {value for value, said in found.items() if said.kind not in (None, "unknown")}
        mend = "Write the number alone."
        self._report(column, dict.fromkeys(hedged, ("this column holds exact numbers only", mend)))
        return {value: said for value, said in found.items() if value not in hedged}

    def _kinds(self, column: str, kind: str, said: Mapping[str, str]) -> None:
        """The words beside a number fill its kind; they must not contradict it."""
        if not said:
            return
        self._mapping({"said": list(said), "kind": list(said.values())})
        number, kept = quoted(column), quoted(kind)
        rows = self.con.execute(
            f"select {ROW}, {number}, {kept}, m.kind from {self.source} join mapping as m on {number} = m.said"
            f" where {kept} <> m.kind order by {ROW} limit {MAX_PER_RULE}"
        ).fetchall()
        for row, value, written, meant in rows:
            rule = f"“{value}” says {meant}, the column {kind} says {written}"
            self._add(row, kind, written, rule, f"Change one of the two; leave {kind} empty to follow the number.")
        self.con.execute(
            f"update {self.source} set {kept} = m.kind from mapping as m where {number} = m.said and {kept} is null"
        )

    def _reference(self, reference: Reference) -> None:
        """Names stand for ids where they mean one record."""
        ids = self.names.ids_sql(reference)
        if ids is None:
            return
        unknown = self._distinct(reference.column, f"{quoted(reference.column)} not in ({ids})")
        found: dict[str, str | None] = {}
        wrong: dict[str, tuple[str, str]] = {}
        read: dict[str, tuple[str, str]] = {}
        for value in unknown:
            hit, mend = self.names.find(reference, value)
            if hit:
                found[value] = hit
                read |= {value: ("the name is written in another way", mend)} if mend else {}
            else:
                wrong[value] = (f"no such {reference.target_column} in {reference.target}.csv", mend)
        if wrong:
            self._leave_out(reference, wrong)
        self._report(reference.column, wrong)
        self._report(reference.column, read, notes=True)
        self._replace(reference.column, found)

    def _leave_out(self, reference: Reference, wrong: Mapping[str, tuple[str, str]]) -> None:
        """What a calendar names and nobody knows: the cell is emptied, or the row left out, with a note."""
        column, required = quoted(reference.column), self.table.column(reference.column).required
        steps = [i for i, origin in enumerate(self.settled.origins, start=1) if origin.calendar]
        if not steps:
            return
        self._mapping({"said": list(wrong)})
        here = f"{column} in (select said from mapping) and {ROW} >> 32 in ({', '.join(map(str, steps))})"
        rows = self.con.execute(f"select {ROW}, {column} from {self.source} where {here} order by {ROW}").fetchall()
        for number, value in rows[:MAX_PER_RULE]:
            rule, mend = wrong[value]
            self._add(number, reference.column, value, f"{rule}; left out", mend, notes=True)
        change = f"delete from {self.source}" if required else f"update {self.source} set {column} = null"
        self.con.execute(f"{change} where {here}")
