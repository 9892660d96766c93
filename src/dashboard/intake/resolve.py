"""Resolves an upload in the words of people to the form of the schema, cell by cell.

What is in that form already is left alone, by SQL; Python sees each other text once. What remains
unclear is a problem; the checks of check.py come after, when the upload has joined the records of
the store.
"""

from collections.abc import Collection, Mapping

import duckdb
import pyarrow as pa

from dashboard.intake.check import MAX_PER_RULE, open_empty_database
from dashboard.intake.column_parsing import read_as_others, read_cells
from dashboard.intake.dialect_questions import find_question
from dashboard.intake.files import RawRecords, add_file_columns
from dashboard.intake.header_names import find_kind_column, is_kind_column, suggest
from dashboard.intake.messages import TermName, Text, _
from dashboard.intake.names import NameIndex, Vocabulary
from dashboard.intake.parse_result import DEFAULT_DIALECT, Dialect, ParsedValue
from dashboard.intake.parse_values import PARSERS
from dashboard.intake.reading_options import LEFT_OUT
from dashboard.intake.rules import describe_left_out, describe_no_such, describe_unknown_term
from dashboard.intake.table_rewriter import TableRewriter
from dashboard.schema import convert
from dashboard.schema.contract import Column, Reference, Table, tables
from dashboard.schema.convert import ROW, make_id, quote_identifier
from dashboard.schema.folding import fold

NAMED_BY = ("title", "name", "venue", "city", "country", "start_date", "period", "reported_date")
"""The columns that an id is made of, of those that a table has."""
DAYS = {"start_date", "period", "reported_date"}


def resolve_upload(
    upload: RawRecords, known: Mapping[str, pa.Table], *, dialect: Dialect = DEFAULT_DIALECT
) -> RawRecords:
    """Return the upload with canonical text in its cells, for merging with the records of the
    store. A blank cell is null and says nothing; one emptied by a word, or not known in words, is
    ''.

    `known` are those records (read_folder of a version's records): the vocabularies, and the names
    that stand for ids. `dialect` is how the delivery writes dates and amounts where its origins do
    not say. Problems and notes are those of the upload and what is found here.
    """
    settled = RawRecords(
        {}, list(upload.problems), list(upload.notes), list(upload.origins), list(upload.headings)
    )
    con = open_empty_database()
    con.execute("create schema known")
    try:
        _resolve_tables(con, upload, known, settled, dialect)
    finally:
        con.close()
    settled.problems[:] = add_file_columns(settled.problems, settled.origins)
    settled.notes[:] = add_file_columns(settled.notes, settled.origins)
    return settled


def _resolve_tables(
    con: duckdb.DuckDBPyConnection,
    upload: RawRecords,
    known: Mapping[str, pa.Table],
    settled: RawRecords,
    dialect: Dialect,
) -> None:
    """Add the tables of the upload to the settled records, in the form of the schema."""
    for name, rows in known.items():
        _register(con, "known", name, rows)
    for name, rows in upload.tables.items():
        _register(con, "raw", name, rows)
        con.execute(convert.clean_sql(tables()[name], emptied="''"))
    for table in tables().values():
        if table.name in upload.tables:
            _Resolver(con, table, settled, dialect, known).resolve()
            query = f"from clean.{quote_identifier(table.name)} order by {ROW}"
            settled.tables[table.name] = con.sql(query).to_arrow_table()


def _register(con: duckdb.DuckDBPyConnection, schema: str, name: str, rows: pa.Table) -> None:
    con.register("delivery", rows)
    con.execute(f"create table {schema}.{quote_identifier(name)} as from delivery")
    con.unregister("delivery")


class _Resolver(TableRewriter):
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
        self.names = NameIndex(con)

    def resolve(self) -> None:
        """Rewrite every column of the table."""
        columns = self.table.file_columns
        for column in columns:
            if column.required and not is_kind_column(self.table, column):
                self._refuse_emptied(column)
        for column in columns:
            if column.form == "term":
                self._resolve_terms(column)
        for column in columns:
            if column.form in PARSERS:
                for dialect, here in self._split(lambda o: o.reading.dialect(self.dialect)):
                    self._resolve_values(column, dialect, here)
        for reference in self.table.references:
            self._resolve_reference(reference)
        self._make_ids()

    def _make_ids(self) -> None:
        """Give records without an id one of their title and day, where a steward said so."""
        if len(self.table.key) != 1 or self.table.column(self.table.key[0]).form != "id":
            return
        key, names = self.table.key[0], {column.name for column in self.table.file_columns}
        parts = ", ".join(quote_identifier(name) for name in NAMED_BY if name in names)
        for asked, here in self._split(lambda origin: origin.reading.ids):
            if not asked:
                continue
            rows = self.con.execute(
                f"select {ROW}, concat_ws(' ', {parts}) from {self.source} where"
                f" {quote_identifier(key)} is null and {here}"
            ).fetchall()
            numbers, ids = [str(row[0]) for row in rows], [make_id(*row[1:]) for row in rows]
            self._load_mapping({"said": numbers, "id": ids})
            self.con.execute(
                f"update {self.source} set {quote_identifier(key)} = nullif(m.id, '') from mapping as m where"
                f" {ROW}::text = m.said"
            )
            self._report_known_ids(key, dated=bool(names & DAYS))

    def _report_known_ids(self, key: str, *, dated: bool) -> None:
        """Report ids that were made and that a record has already: one of its title and day is
        meant, but two people may have one name.
        """
        if self.table.name not in self.known:
            return
        rows = self.con.execute(
            f"select s.{ROW}, m.id from {self.source} as s join mapping as m on s.{ROW}::text ="
            f" m.said where m.id in (select {quote_identifier(key)} from known.{quote_identifier(self.table.name)})"
            f" order by 1 limit {MAX_PER_RULE}"
        ).fetchall()
        if dated:
            code, target = "made-id-known", self.settled.notes
            message = _("a record of this title and day is there already: it is changed")
            hint = _("Give this one an id of its own if it is another.")
        else:
            code, target = "made-id-taken", self.settled.problems
            message = _("the id that would be made is that of a record that is there")
            hint = _("Write that id if it is the same, or an id of its own.")
        target += [self._problem(code, number, key, made, (message, hint)) for number, made in rows]

    def _refuse_emptied(self, column: Column) -> None:
        """Refuse to empty what every row needs."""
        name = quote_identifier(column.name)
        query = (
            f"select {ROW} from {self.source} where {name} = '' order by {ROW} limit {MAX_PER_RULE}"
        )
        message = _("a required value cannot be emptied")
        hint = _(
            "Write the value, or leave the cell blank: then a row that exists keeps what it has."
        )
        self.settled.problems += [
            self._problem("emptied", number, column.name, convert.EMPTIED_WORD, (message, hint))
            for (number,) in self.con.execute(query).fetchall()
        ]

    def _resolve_terms(self, column: Column) -> None:
        """Put terms in place of their labels in English or Dutch, in any case, and of other words
        that a steward gave a meaning.
        """
        vocabulary = self.names.terms(column.terms)
        for said, here in self._split(
            lambda o: tuple(o.reading.terms.get(column.name, {}).items())
        ):
            self._replace_words(column, dict(said), vocabulary, here)
        if vocabulary.ids:
            for dutch, here in self._split(lambda origin: origin.dutch):
                self._report_unknown_terms(column, vocabulary, here, dutch=dutch)

    def _list_unknown(self, column: Column, vocabulary: Vocabulary, here: str) -> list[str]:
        return [v for v in self._distinct(column.name, here) if v not in vocabulary.ids]

    def _replace_words(
        self, column: Column, said: Mapping[str, str], vocabulary: Vocabulary, here: str
    ) -> None:
        unknown = self._list_unknown(column, vocabulary, here)
        meant = {v: said.get(v.casefold()) or vocabulary.meanings.get(fold(v)) for v in unknown}
        found = {value: None if term == LEFT_OUT else term for value, term in meant.items() if term}
        self._replace(column.name, found, here)

    def _report_unknown_terms(
        self, column: Column, vocabulary: Vocabulary, here: str, *, dutch: bool
    ) -> None:
        """Report what is in no vocabulary, with the label of a term in the language of the file."""
        labels = [term.label(dutch=dutch) for term in vocabulary.terms]
        unknown = self._list_unknown(column, vocabulary, here)
        wrong = {
            value: (describe_unknown_term(column), suggest(value, labels)) for value in unknown
        }
        self._report(column.name, wrong, "unknown-term", here)

    def _resolve_values(self, column: Column, dialect: Dialect, here: str) -> None:
        """Put dates and numbers as people write them into the form of the schema."""
        values = self._distinct(column.name, f"not {convert.valid_sql(column)} and {here}")
        # the check of the form refuses digits of other scripts
        plain = [v for v in values if all(c.isascii() for c in v if c.isdigit())]
        found, unread = read_cells(column, plain, dialect)
        if column.form == "amount" and unread and dialect.amounts is None:
            shown = read_as_others(column, unread, self._distinct(column.name, here), dialect)
            found |= shown
            unread = {value: why for value, why in unread.items() if value not in shown}
        self._report_unread(column, unread, dialect, here)
        self._note_readings(column, found, here)
        if column.form in ("count", "amount"):
            found = self._resolve_kinds(column, found, here)
        self._replace(column.name, {value: said.text or "" for value, said in found.items()}, here)

    def _report_unread(
        self, column: Column, unread: Mapping[str, tuple[Text, Text]], dialect: Dialect, here: str
    ) -> None:
        """Report what cannot be read, by the question that would settle it."""
        wrong: dict[str, dict[str, tuple[Text, Text]]] = {}
        for value, why in unread.items():
            code = find_question(column.form, value, dialect) or f"form-{column.form}"
            wrong.setdefault(code, {})[value] = why
        for code, listed in wrong.items():
            self._report(column.name, listed, code, here)

    def _note_readings(self, column: Column, found: Mapping[str, ParsedValue], here: str) -> None:
        """Note what was lost or assumed in reading."""
        message = _("something is lost in reading")
        lost = {v: (message, said.note) for v, said in found.items() if said.note}
        self._report(column.name, lost, "lost", here, notes=True)
        asides = {value: said for value, said in found.items() if said.aside}
        self._note_asides(column.name, asides, here)

    def _resolve_kinds(
        self, column: Column, found: dict[str, ParsedValue], here: str
    ) -> dict[str, ParsedValue]:
        """Keep what the words beside numbers say of them; returns the numbers to write."""
        if kind := find_kind_column(self.table, column.name):
            kinds = {value: said.kind for value, said in found.items() if said.kind}
            self._fill_kinds(column.name, kind, kinds, here)
            return found
        hedged = {value for value, said in found.items() if said.kind not in (None, "unknown")}
        why = (_("this column holds exact numbers only"), _("Write the number alone."))
        self._report(column.name, dict.fromkeys(hedged, why), "exact-only", here)
        return {value: said for value, said in found.items() if value not in hedged}

    def _fill_kinds(self, column: str, kind: str, said: Mapping[str, str], here: str) -> None:
        """Fill the kind of a number from the words beside it; they must not contradict it."""
        if not said:
            return
        self._load_mapping({"said": list(said), "kind": list(said.values())})
        number, kept = quote_identifier(column), quote_identifier(kind)
        rows = self.con.execute(
            f"select {ROW}, {number}, {kept}, m.kind from {self.source} join mapping as m on"
            f" {number} = m.said where {kept} <> m.kind and {kept} <> '' and {here} order by {ROW}"
            f" limit {MAX_PER_RULE}"
        ).fetchall()
        kinds = self.names.terms(self.table.column(kind).terms)
        for row, value, written, meant in rows:
            words = _describe_kinds(kind, value, kinds.name(written), kinds.name(meant))
            problem = self._problem("kind-differs", row, kind, written, words)
            self.settled.problems.append(problem)
        self.con.execute(
            f"update {self.source} set {kept} = m.kind from mapping as m"
            f" where {number} = m.said and coalesce({kept}, '') = '' and {here}"
        )

    def _resolve_reference(self, reference: Reference) -> None:
        """Put ids in place of names that mean one record."""
        ids = self.names.ids_sql(reference)
        if ids is None:
            return
        found: dict[str, str | None] = {}
        wrong: dict[str, tuple[Text, Text]] = {}
        read: dict[str, tuple[Text, Text]] = {}
        message, code = describe_no_such(reference)
        otherwise = _("the name is written in another way")
        for value in self._distinct(
            reference.column, f"{quote_identifier(reference.column)} not in ({ids})"
        ):
            hit, hint = self.names.find(reference, value)
            if hit is None:
                wrong[value] = (message, hint)
                continue
            found[value] = hit
            if hint:
                read[value] = (otherwise, hint)
        self._leave_out(reference, wrong, code)
        self._report(reference.column, wrong, code)
        self._report(reference.column, read, "spelled-otherwise", notes=True)
        self._replace(reference.column, found)

    def _leave_out(
        self, reference: Reference, wrong: Mapping[str, tuple[Text, Text]], code: str
    ) -> None:
        """Empty the cell that names what nobody knows in a calendar, or leave its row out, with a
        note.
        """
        steps = [i for i, origin in enumerate(self.settled.origins, start=1) if origin.calendar]
        if not wrong or not steps:
            return
        self._load_mapping({"said": list(wrong)})
        column, calendars = quote_identifier(reference.column), ", ".join(map(str, steps))
        here = f"{column} in (select said from mapping) and {ROW} >> 32 in ({calendars})"
        rows = self.con.execute(
            f"select {ROW}, {column} from {self.source} where {here} order by {ROW}"
        ).fetchall()
        for number, value in rows[:MAX_PER_RULE]:
            said = (describe_left_out(reference), wrong[value][1])
            note = self._problem(code, number, reference.column, value, said)
            self.settled.notes.append(note)
        if self.table.column(reference.column).required:
            self.con.execute(f"delete from {self.source} where {here}")
        else:
            self.con.execute(f"update {self.source} set {column} = null where {here}")


def _describe_kinds(kind: str, value: str, written: TermName, meant: TermName) -> tuple[Text, Text]:
    """Return message and hint for a number whose words say another kind than the column for it."""
    message = _(
        "“{value}” says {meant}, the column {kind} says {written}",
        value=value,
        meant=meant,
        kind=kind,
        written=written,
    )
    return message, _("Change one of the two; leave {kind} empty to follow the number.", kind=kind)
