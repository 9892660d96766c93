"""An upload in the words of people becomes one in the form of the schema, cell by cell.

What is in that form already is left alone, by SQL; Python sees each other text once. What remains
unclear is a problem; the checks of check.py come after, when the upload has joined the records of
the store.
"""

from collections.abc import Collection, Mapping

import duckdb
import pyarrow as pa

from dashboard.intake.answers import LEFT_OUT
from dashboard.intake.check import MAX_PER_RULE, new_candidate
from dashboard.intake.doubts import doubt
from dashboard.intake.files import RawRecords, named
from dashboard.intake.header import is_kind, kind_column, suggest
from dashboard.intake.names import Names, Vocabulary
from dashboard.intake.parse_values import SPOKEN
from dashboard.intake.readings import as_others_show, read_all
from dashboard.intake.rewriting import Rewriting
from dashboard.intake.rules import no_such, not_a_term
from dashboard.intake.said import UNSAID, Dialect, Said
from dashboard.schema import convert
from dashboard.schema.contract import Column, Reference, Table, tables
from dashboard.schema.convert import ROW, made_id, quoted
from dashboard.schema.folding import fold

NAMED_BY = ("title", "name", "venue", "city", "country", "start_date", "period", "reported_date")
"""The columns that an id is made of, of those that a table has."""
DAYS = {"start_date", "period", "reported_date"}


def settle(
    upload: RawRecords, known: Mapping[str, pa.Table], *, dialect: Dialect = UNSAID
) -> RawRecords:
    """The upload with canonical text in its cells, for merging with the records of the store. A
    blank cell is null and says nothing; one emptied by a word, or not known in words, is ''.

    `known` are those records (read_folder of a version's records): the vocabularies, and the names
    that stand for ids. `dialect` is how the delivery writes dates and amounts where its origins do
    not say. Problems and notes are those of the upload and what is found here.
    """
    settled = RawRecords(
        {}, list(upload.problems), list(upload.notes), list(upload.origins), list(upload.headings)
    )
    con = new_candidate()
    con.execute("create schema known")
    try:
        for name, rows in known.items():
            _register(con, "known", name, rows)
        for name, rows in upload.tables.items():
            _register(con, "raw", name, rows)
            con.execute(convert.clean_sql(tables()[name], emptied="''"))
        for table in tables().values():
            if table.name in upload.tables:
                _Settling(con, table, settled, dialect, known).all()
                query = f"from clean.{quoted(table.name)} order by {ROW}"
                settled.tables[table.name] = con.sql(query).to_arrow_table()
    finally:
        con.close()
    settled.problems[:] = named(settled.problems, settled.origins)
    settled.notes[:] = named(settled.notes, settled.origins)
    return settled


def _register(con: duckdb.DuckDBPyConnection, schema: str, name: str, rows: pa.Table) -> None:
    con.register("delivery", rows)
    con.execute(f"create table {schema}.{quoted(name)} as from delivery")
    con.unregister("delivery")


class _Settling(Rewriting):
    """One table: terms before numbers (a kind may be a label), names at the end."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        table: Table,
        settled: RawRecords,
        dialect: Dialect,
        known: Collection[str],
    ) -> None:
        super().__init__(con, table, settled)
        self.dialect, self.known = dialect, known
        self.names = Names(con)

    def all(self) -> None:
        for column in self.table.file_columns:
            if column.required and not is_kind(self.table, column):
                self._required(column)
        for column in self.table.file_columns:
            if column.form == "term":
                self._terms(column)
        for column in self.table.file_columns:
            if column.form in SPOKEN:
                self._spoken(column)
        for reference in self.table.references:
            self._reference(reference)
        self._ids()

    def _ids(self) -> None:
        """Records without an id get one of their title and day, where a steward said so."""
        if len(self.table.key) != 1 or self.table.column(self.table.key[0]).form != "id":
            return
        key, names = self.table.key[0], {column.name for column in self.table.file_columns}
        parts = [quoted(name) for name in NAMED_BY if name in names]
        for _, here in (part for part in self._parts(lambda origin: origin.reading.ids) if part[0]):
            rows = self.con.execute(
                f"select {ROW}, concat_ws(' ', {', '.join(parts)}) from {self.source} where"
                f" {quoted(key)} is null and {here}"
            ).fetchall()
            self._mapping(
                {"said": [str(row[0]) for row in rows], "id": [made_id(*row[1:]) for row in rows]}
            )
            self.con.execute(
                f"update {self.source} set {quoted(key)} = nullif(m.id, '') from mapping as m where"
                f" {ROW}::text = m.said"
            )
            self._tell_known(key, dated=bool(names & DAYS))

    def _tell_known(self, key: str, *, dated: bool) -> None:
        """Ids that were made and that a record has already: one of its title and day is meant, but
        two people may have one name.
        """
        if self.table.name not in self.known:
            return
        rows = self.con.execute(
            f"select s.{ROW}, m.id from {self.source} as s join mapping as m on s.{ROW}::text ="
            f" m.said where m.id in (select {quoted(key)} from known.{quoted(self.table.name)})"
            " order by 1"
        ).fetchall()
        for number, made in rows[:MAX_PER_RULE]:
            if dated:
                rule = "a record of this title and day is there already: it is changed"
                mend = "Give this one an id of its own if it is another."
                self._add(number, key, made, rule, mend, code="made-id-known", notes=True)
            else:
                rule = "the id that would be made is that of a record that is there"
                mend = "Write that id if it is the same, or an id of its own."
                self._add(number, key, made, rule, mend, code="made-id-taken")

    def _required(self, column: Column) -> None:
        """What every row needs cannot be emptied."""
        name = quoted(column.name)
        query = (
            f"select {ROW} from {self.source} where {name} = '' order by {ROW} limit {MAX_PER_RULE}"
        )
        rule = "a required value cannot be emptied"
        mend = "Write the value, or leave the cell blank: then a row that exists keeps what it has."
        for (number,) in self.con.execute(query).fetchall():
            self._add(number, column.name, convert.EMPTIED, rule, mend, code="emptied")

    def _terms(self, column: Column) -> None:
        """Labels in English or Dutch, in any case, stand for their term; other words for the one
        that a steward said.
        """
        vocabulary = self.names.terms(column.terms)
        for said, here in self._parts(
            lambda o: tuple(o.reading.terms.get(column.name, {}).items())
        ):
            self._words(column, dict(said), vocabulary, here)
        if vocabulary.ids:
            for dutch, here in self._parts(lambda origin: origin.dutch):
                self._unknown_terms(column, vocabulary, here, dutch=dutch)

    def _words(
        self, column: Column, said: Mapping[str, str], vocabulary: Vocabulary, here: str
    ) -> None:
        unknown = [
            value for value in self._distinct(column.name, here) if value not in vocabulary.ids
        ]
        meant = {v: said.get(v.casefold()) or vocabulary.meanings.get(fold(v)) for v in unknown}
        found = {value: None if term == LEFT_OUT else term for value, term in meant.items() if term}
        self._replace(column.name, found, here)

    def _unknown_terms(
        self, column: Column, vocabulary: Vocabulary, here: str, *, dutch: bool
    ) -> None:
        """What is in no vocabulary, with the label of a term in the language of the file."""
        unknown = [
            value for value in self._distinct(column.name, here) if value not in vocabulary.ids
        ]
        labels = [term.label(dutch=dutch) for term in vocabulary.terms]
        wrong = {value: (not_a_term(column), suggest(value, labels)) for value in unknown}
        self._report(column.name, wrong, "unknown-term", here)

    def _spoken(self, column: Column) -> None:
        for dialect, here in self._parts(lambda origin: origin.reading.dialect(self.dialect)):
            self._spoken_here(column, dialect, here)

    def _spoken_here(self, column: Column, dialect: Dialect, here: str) -> None:
        values = self._distinct(column.name, f"not {convert.valid(column)} and {here}")
        # the check of the form refuses digits of other scripts
        plain = [v for v in values if all(c.isascii() for c in v if c.isdigit())]
        found, unread = read_all(column, plain, dialect)
        if column.form == "amount" and unread and dialect.amounts is None:
            shown = as_others_show(column, unread, self._distinct(column.name, here), dialect)
            found |= shown
            unread = {value: why for value, why in unread.items() if value not in shown}
        self._unread(column, unread, dialect, here)
        lost = {
            v: ("something is lost in reading", said.note) for v, said in found.items() if said.note
        }
        self._report(column.name, lost, "lost", here, notes=True)
        asides = {value: said for value, said in found.items() if said.aside}
        self._tell_asides(column.name, asides, here)
        kind = kind_column(self.table, column.name) if column.form in ("count", "amount") else None
        if kind:
            self._kinds(
                column.name, kind, {v: said.kind for v, said in found.items() if said.kind}, here
            )
        elif column.form in ("count", "amount"):
            found = self._without_kind(column.name, found, here)
        self._replace(column.name, {value: said.text or "" for value, said in found.items()}, here)

    def _unread(
        self, column: Column, unread: Mapping[str, tuple[str, str]], dialect: Dialect, here: str
    ) -> None:
        wrong: dict[str, dict[str, tuple[str, str]]] = {}
        for value, why in unread.items():
            code = doubt(column.form, value, dialect) or f"form-{column.form}"
            wrong.setdefault(code, {})[value] = why
        for code, listed in wrong.items():
            self._report(column.name, listed, code, here)

    def _without_kind(self, column: str, found: dict[str, Said], here: str) -> dict[str, Said]:
        """“About” and “at least” would be lost where no column holds them."""
        hedged = {value for value, said in found.items() if said.kind not in (None, "unknown")}
        mend = "Write the number alone."
        why = ("this column holds exact numbers only", mend)
        self._report(column, dict.fromkeys(hedged, why), "exact-only", here)
        return {value: said for value, said in found.items() if value not in hedged}

    def _kinds(self, column: str, kind: str, said: Mapping[str, str], here: str) -> None:
        """The words beside a number fill its kind; they must not contradict it."""
        if not said:
            return
        self._mapping({"said": list(said), "kind": list(said.values())})
        number, kept = quoted(column), quoted(kind)
        rows = self.con.execute(
            f"select {ROW}, {number}, {kept}, m.kind from {self.source} join mapping as m on"
            f" {number} = m.said where {kept} <> m.kind and {kept} <> '' and {here} order by {ROW}"
            f" limit {MAX_PER_RULE}"
        ).fetchall()
        for row, value, written, meant in rows:
            rule = f"“{value}” says {meant}, the column {kind} says {written}"
            mend = f"Change one of the two; leave {kind} empty to follow the number."
            self._add(row, kind, written, rule, mend, code="kind-differs")
        self.con.execute(
            f"update {self.source} set {kept} = m.kind from mapping as m"
            f" where {number} = m.said and coalesce({kept}, '') = '' and {here}"
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
        rule, code = no_such(reference)
        for value in unknown:
            hit, mend = self.names.find(reference, value)
            if hit:
                found[value] = hit
                read |= {value: ("the name is written in another way", mend)} if mend else {}
            else:
                wrong[value] = (rule, mend)
        if wrong:
            self._leave_out(reference, wrong, code)
        self._report(reference.column, wrong, code)
        self._report(reference.column, read, "spelled-otherwise", notes=True)
        self._replace(reference.column, found)

    def _leave_out(
        self, reference: Reference, wrong: Mapping[str, tuple[str, str]], code: str
    ) -> None:
        """What a calendar names and nobody knows: the cell is emptied, or the row left out, with a
        note.
        """
        column, required = quoted(reference.column), self.table.column(reference.column).required
        steps = [i for i, origin in enumerate(self.settled.origins, start=1) if origin.calendar]
        if not steps:
            return
        self._mapping({"said": list(wrong)})
        here = (
            f"{column} in (select said from mapping) and {ROW} >> 32 in"
            f" ({', '.join(map(str, steps))})"
        )
        rows = self.con.execute(
            f"select {ROW}, {column} from {self.source} where {here} order by {ROW}"
        ).fetchall()
        for number, value in rows[:MAX_PER_RULE]:
            rule, mend = wrong[value]
            self._add(
                number, reference.column, value, f"{rule}; left out", mend, code=code, notes=True
            )
        change = (
            f"delete from {self.source}"
            if required
            else f"update {self.source} set {column} = null"
        )
        self.con.execute(f"{change} where {here}")
