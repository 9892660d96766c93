"""Rewrites the cells of one table of an upload: looks them up, replaces and reports them, all of one
text at once.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from dashboard.intake.check import MAX_PER_RULE, not_listed
from dashboard.intake.column_parsing import describe_aside
from dashboard.intake.files import Origin, RawRecords, find_origin
from dashboard.intake.messages import Text
from dashboard.intake.parse_result import ParsedValue
from dashboard.intake.problems import Problem
from dashboard.schema import convert
from dashboard.schema.contract import Table
from dashboard.schema.convert import ROW, quote_identifier

Part = TypeVar("Part")


class TableRewriter:
    """The table clean.<table>. `here`, where it is asked for, is an SQL condition on its rows."""

    def __init__(self, con: duckdb.DuckDBPyConnection, table: Table, settled: RawRecords) -> None:
        self.con, self.table, self.settled = con, table, settled
        self.source = f"clean.{quote_identifier(table.name)}"

    def _split(self, read: Callable[[Origin], Part]) -> list[tuple[Part, str]]:
        """Return what `read` says of origins, each with the SQL condition on the rows of those of
        which it says that.
        """
        found: dict[Part, list[int]] = {}
        query = f"select distinct {ROW} >> 32 from {self.source} order by 1"
        for (index,) in self.con.execute(query).fetchall():
            own = Origin(f"{self.table.name}.csv")
            origin = self.settled.origins[index - 1] if index > 0 else own
            found.setdefault(read(origin), []).append(index)
        return [
            (said, f"{ROW} >> 32 in ({', '.join(map(str, where))})")
            for said, where in found.items()
        ]

    def _distinct(self, column: str, condition: str) -> list[str]:
        """List the different texts in the cells of a column, without very long ones."""
        name = quote_identifier(column)
        visible = f"{name} <> '' and not regexp_matches({name}, '{convert.INVISIBLE}')"
        query = (
            f"select distinct {name} from {self.source} where {visible} and length({name}) <= 200"
            f" and {condition}"
        )
        return sorted(row[0] for row in self.con.execute(query).fetchall())

    def _replace(self, column: str, found: Mapping[str, str | None], here: str = "true") -> None:
        """Write for every cell that is one of the texts what was found that it means."""
        if not found:
            return
        self._load_mapping({"said": list(found), "text": list(found.values())})
        name = quote_identifier(column)
        self.con.execute(
            f"update {self.source} set {name} = m.text from mapping as m where {name} = m.said and"
            f" {here}"
        )

    def _load_mapping(self, columns: dict[str, list[Any]]) -> None:
        """Make the table mapping, of text columns."""
        types = [pa.array(values, pa.string()) for values in columns.values()]
        self.con.register("mapped", pa.table(types, names=list(columns)))
        self.con.execute("create or replace temp table mapping as from mapped")
        self.con.unregister("mapped")

    def _report(
        self,
        column: str,
        said: Mapping[str, tuple[Text, Text]],
        code: str,
        here: str = "true",
        *,
        notes: bool = False,
    ) -> None:
        """Add a problem, or a note, for every row whose cell is one of these texts, with its
        message and hint; after very many, how many more.
        """
        if not said:
            return
        self._load_mapping({"said": list(said)})
        name, target = (
            quote_identifier(column),
            self.settled.notes if notes else self.settled.problems,
        )
        wrong = f"from {self.source} where {name} in (select said from mapping) and {here}"
        rows = self.con.execute(
            f"select {ROW}, {name}, count(*) over () {wrong} order by {ROW} limit {MAX_PER_RULE}"
        ).fetchall()
        for number, value, _all in rows:
            target.append(self._problem(code, number, column, value, said[value]))
        if rows and (more := rows[0][2] - len(rows)):
            number, value, _all = rows[-1]
            origin, _row = find_origin(self.settled.origins, self.table.name, number)
            target.append(not_listed(origin, code, said[value][0], column, more))

    def _problem(
        self, code: str, number: int, column: str, value: str | None, said: tuple[Text, Text]
    ) -> Problem:
        """Make a problem of the row with a `row_number`; `said` is its message and its hint."""
        origin, row = find_origin(self.settled.origins, self.table.name, number)
        return origin.problem(code, *said, row=row, column=column, value=value)

    def _note_asides(self, column: str, found: Mapping[str, ParsedValue], here: str) -> None:
        """Add one note for each file or sheet and sort of reading, however many rows it has."""
        for aside in dict.fromkeys(said.aside for said in found.values() if said.aside):
            values = [value for value, said in found.items() if said.aside is aside]
            self._load_mapping({"said": values})
            name = quote_identifier(column)
            rows = self.con.execute(
                f"select min({ROW}), count(*), arg_min({name}, {ROW}) from {self.source} where"
                f" {name} in (select said from mapping) and {here} group by {ROW} >> 32 order by 1"
            ).fetchall()
            for first, count, value in rows:
                said = describe_aside(aside, count, value, str(found[value].text))
                note = self._problem(f"read-{aside}", first, column, value, said)
                self.settled.notes.append(note)
