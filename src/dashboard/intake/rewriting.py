"""The cells of one table of an upload while they are settled: looked up, replaced and reported, all
of one text at once.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from dashboard.intake.check import MAX_PER_RULE
from dashboard.intake.files import Origin, RawRecords, place
from dashboard.intake.problems import Problem
from dashboard.intake.readings import in_words
from dashboard.intake.said import Said
from dashboard.schema import convert
from dashboard.schema.contract import Table
from dashboard.schema.convert import ROW, quoted

Part = TypeVar("Part")


class Rewriting:
    """The table clean.<table>. `here`, where it is asked for, is an SQL condition on its rows."""

    def __init__(self, con: duckdb.DuckDBPyConnection, table: Table, settled: RawRecords) -> None:
        self.con, self.table, self.settled = con, table, settled
        self.source = f"clean.{quoted(table.name)}"

    def _parts(self, read: Callable[[Origin], Part]) -> list[tuple[Part, str]]:
        """What `read` says of origins, with the SQL condition on the rows of those of which it says
        that.
        """
        found: dict[Part, list[int]] = {}
        for (index,) in self.con.execute(
            f"select distinct {ROW} >> 32 from {self.source} order by 1"
        ).fetchall():
            origin = (
                self.settled.origins[index - 1] if index > 0 else Origin(f"{self.table.name}.csv")
            )
            found.setdefault(read(origin), []).append(index)
        return [
            (said, f"{ROW} >> 32 in ({', '.join(map(str, where))})")
            for said, where in found.items()
        ]

    def _distinct(self, column: str, condition: str) -> list[str]:
        name = quoted(column)
        visible = f"{name} <> '' and not regexp_matches({name}, '{convert.INVISIBLE}')"
        query = (
            f"select distinct {name} from {self.source} where {visible} and length({name}) <= 200"
            f" and {condition}"
        )
        return sorted(row[0] for row in self.con.execute(query).fetchall())

    def _replace(self, column: str, found: Mapping[str, str | None], here: str = "true") -> None:
        if not found:
            return
        self._mapping({"said": list(found), "text": list(found.values())})
        name = quoted(column)
        self.con.execute(
            f"update {self.source} set {name} = m.text from mapping as m where {name} = m.said and"
            f" {here}"
        )

    def _mapping(self, columns: dict[str, list[Any]]) -> None:
        types = [pa.array(values, pa.string()) for values in columns.values()]
        self.con.register("mapped", pa.table(types, names=list(columns)))
        self.con.execute("create or replace temp table mapping as from mapped")
        self.con.unregister("mapped")

    def _report(
        self,
        column: str,
        said: Mapping[str, tuple[str, str]],
        code: str = "",
        here: str = "true",
        *,
        notes: bool = False,
    ) -> None:
        """A problem, or a note, for every row whose cell is one of these; after very many, how many
        more.
        """
        if not said:
            return
        self._mapping({"said": list(said)})
        name = quoted(column)
        wrong = f"from {self.source} where {name} in (select said from mapping) and {here}"
        rows = self.con.execute(
            f"select {ROW}, {name}, count(*) over () {wrong} order by {ROW} limit {MAX_PER_RULE}"
        ).fetchall()
        for number, value, _ in rows:
            self._add(number, column, value, *said[value], code=code, notes=notes)
        if rows and (more := rows[0][2] - len(rows)):
            number, value, _ = rows[-1]
            mend = f"More than {MAX_PER_RULE} rows; {more:,} are not listed."
            self._add(number, column, None, said[value][0], mend, code=code, notes=notes, more=more)

    def _add(
        self,
        number: int,
        column: str,
        value: str | None,
        rule: str,
        mend: str,
        *,
        code: str = "",
        notes: bool = False,
        more: int = 0,
    ) -> None:
        origin, row = place(self.settled.origins, self.table.name, number)
        target = self.settled.notes if notes else self.settled.problems
        of = None if more else row
        target.append(
            Problem(
                origin.file, of, column, value, rule, mend, origin.sheet, code=code, rows=more or 1
            )
        )

    def _tell_asides(self, column: str, found: Mapping[str, Said], here: str) -> None:
        """One note for each file or sheet and sort of reading, however many rows it has."""
        for aside in dict.fromkeys(said.aside for said in found.values() if said.aside):
            self._mapping({"said": [value for value, said in found.items() if said.aside is aside]})
            name = quoted(column)
            rows = self.con.execute(
                f"select min({ROW}), count(*), arg_min({name}, {ROW}) from {self.source} where"
                f" {name} in (select said from mapping) and {here} group by {ROW} >> 32 order by 1"
            ).fetchall()
            for first, count, value in rows:
                rule, mend = in_words(aside, count, value, str(found[value].text))
                self._add(first, column, value, rule, mend, code=f"read-{aside}", notes=True)
