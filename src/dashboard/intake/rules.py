"""The rules of the contract as SQL conditions, with their codes, messages and hints."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import duckdb

from dashboard.intake import header_names, invisible
from dashboard.intake.messages import Text, _
from dashboard.intake.suggestions import (
    describe_column,
    list_known,
    quote_contract,
    suggest_nearest,
)
from dashboard.schema import convert
from dashboard.schema.contract import Column, Reference, Table, tables
from dashboard.schema.convert import ROW, quote_identifier


@dataclass(frozen=True)
class Rule:
    """`broken` selects row_number and value of the rows of `source` (clean.<table> or
    typed.<table>) that break the rule, by `condition`. `code` is that of the problem, `said` what
    must hold, and `mend` says for a value what to write instead. Each of the conditions in `possible` holds wherever the next one
    does: they are cheaper to ask, above all where rules of several columns share one.
    """

    table: str
    column: str
    source: str
    condition: str
    said: Text
    mend: Callable[[str], Text]
    code: str
    possible: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """What to ask one after the other until it is known whether some row breaks the rule."""
        return (*self.possible, self.condition)

    @property
    def broken(self) -> str:
        return f"select {ROW}, {quote_identifier(self.column)} from {self.source} as t where {self.condition}"


def _clean(table: Table) -> str:
    return f"clean.{quote_identifier(table.name)}"


def _typed(table: Table) -> str:
    return f"typed.{quote_identifier(table.name)}"


def _say(text: Text) -> Callable[[str], Text]:
    return lambda _value: text


def cell_rules(table: Table) -> Iterator[Rule]:
    """Yield the rules about the text of single cells."""
    row = convert.join_cells(table.file_columns)
    any_hidden, any_long = (
        f"regexp_matches({row}, '{convert.INVISIBLE}')",
        f"length({row}) > {convert.MAX_CELL}",
    )
    for column in table.file_columns:
        name = quote_identifier(column.name)
        hidden = f"regexp_matches({name}, '{convert.INVISIBLE}')"
        too_long = f"length({name}) > {convert.MAX_CELL}"
        place = (table.name, column.name, _clean(table))
        message = _("the cell holds invisible characters")
        yield Rule(
            *place, hidden, message, invisible.describe_invisible, "invisible", (any_hidden,)
        )
        message = _("the cell is longer than {n} characters", n=convert.MAX_CELL)
        yield Rule(*place, too_long, message, _say(_("Shorten it.")), "too-long", (any_long,))
        form = convert.FORMS[column.form]
        if form.message:
            wrong = f"{name} is not null and not {convert.form_sql(column)}"
            seen = f"{wrong} and not {hidden} and not {too_long}"
            said, mend = _(form.message), _say(_(form.hint))
            yield Rule(*place, seen, said, mend, f"form-{column.form}", (wrong,))
        if column.required:
            yield _required_rule(table, column)


def _required_rule(table: Table, column: Column) -> Rule:
    meaning = describe_column(column) or _("It is required.")
    hint = _("Fill it in: {meaning}", meaning=meaning)
    return Rule(
        table.name,
        column.name,
        _clean(table),
        f"{quote_identifier(column.name)} is null",
        _("the cell is empty"),
        _say(hint),
        "kind-missing" if header_names.is_kind_column(table, column) else "empty",
    )


def key_rules(table: Table) -> Iterator[Rule]:
    key = ", ".join(quote_identifier(name) for name in table.key)
    again = (
        f"{ROW} in (select {ROW} from {_typed(table)} where {quote_identifier(table.key[-1])} is not null"
        f" qualify row_number() over (partition by {key} order by {ROW}) > 1)"
    )
    message = _("{columns} must be unique", columns=join_together(table.key))
    hint = _say(_("A row above has it already; change one, or remove the double."))
    yield Rule(table.name, table.key[0], _typed(table), again, message, hint, "double-key")


def join_together(columns: Sequence[str]) -> Text:
    """Name columns that count together: a with b with c."""
    first, *others = columns
    named: Text = first
    for other in others:
        named = _("{columns} with {column}", columns=named, column=other)
    return named


def term_rules(con: duckdb.DuckDBPyConnection, table: Table, present: set[str]) -> Iterator[Rule]:
    if "terms" not in present:
        return
    for column in table.file_columns:
        if column.form == "term":
            allowed = (
                f"select term_id from typed.terms where list = '{column.terms}' and term_id is not"
                " null"
            )
            yield _lookup_rule(
                con, table, column.name, allowed, (describe_unknown_term(column), "unknown-term")
            )


def reference_rules(
    con: duckdb.DuckDBPyConnection, table: Table, present: set[str]
) -> Iterator[Rule]:
    for ref in table.references:
        if ref.target in present:
            key = quote_identifier(ref.target_column)
            allowed = (
                f"select {key} from typed.{quote_identifier(ref.target)} where {key} is not null"
            )
            yield _lookup_rule(con, table, ref.column, allowed, describe_no_such(ref))


def describe_unknown_term(column: Column) -> Text:
    """Say that a word is not in the vocabulary of a column."""
    return _("not in the list “{terms}” of terms.csv", terms=column.terms)


def make_no_such_code(reference: Reference) -> str:
    """Return the code of a name or id that no record has: no-such-person …"""
    return f"no-such-{reference.target_column.removesuffix('_id')}"


def describe_no_such(reference: Reference) -> tuple[Text, str]:
    """Return message and code for a name or id that no record of the other table has."""
    column, table = reference.target_column, reference.target
    message = _("no such {column} in {table}.csv", column=column, table=table)
    return message, make_no_such_code(reference)


def describe_left_out(reference: Reference) -> Text:
    """Say of such a name or id that what a calendar says with it is left out."""
    column, table = reference.target_column, reference.target
    return _("no such {column} in {table}.csv; left out", column=column, table=table)


def _lookup_rule(
    con: duckdb.DuckDBPyConnection, table: Table, column: str, allowed: str, said: tuple[Text, str]
) -> Rule:
    """Make the rule that a column holds only what the SQL `allowed` selects."""
    message, code = said
    condition = (
        f"{quote_identifier(column)} is not null and {quote_identifier(column)} not in ({allowed})"
    )
    hint = _suggest_from(con, allowed)
    return Rule(table.name, column, _typed(table), condition, message, hint, code)


def _suggest_from(con: duckdb.DuckDBPyConnection, allowed: str) -> Callable[[str], Text]:
    """Return what names the nearest of the values that the SQL selects, asked once."""
    choices: list[str] = []

    def suggest(value: str) -> Text:
        if not choices:
            choices.extend(row[0] for row in con.execute(allowed).fetchall())
        if nearest := suggest_nearest(value, choices):
            return nearest
        return list_known(choices) if len(choices) <= 12 else _("Add it there first.")

    return suggest


def check_rules(table: Table) -> Iterator[Rule]:
    """Yield the conditions on whole rows that the schema checks."""
    hint = _say(_("Change it, or the cells that it belongs with."))
    for condition in table.checks:
        column = condition.column
        message = quote_contract(table.column(column).rule)
        broken = f"not ({condition.expression})"
        place = (table.name, column, _typed(table))
        yield Rule(*place, broken, message, hint, f"check-{column}")


def claim_rules(present: set[str]) -> Iterator[Rule]:
    """Yield what a claim must be about: it names its record by table and id, which no foreign key
    can say.
    """
    owners = [t for t in tables().values() if len(t.key) == 1 and t.column(t.key[0]).form == "id"]
    yield _claim_rule(
        "table_name",
        f"table_name not in ({_literals(owners)})",
        (_("no table with records of that name"), "claim-of-no-table"),
        list_known(t.name for t in owners),
    )
    yield _claim_rule(
        "record_id",
        _without_record([t for t in owners if t.name in present]),
        (_("no such record in the table that the claim names"), "claim-of-no-record"),
        _("Correct the id, or remove the claim."),
    )
    columns = ", ".join(f"('{t.name}', '{c.name}')" for t in owners for c in t.file_columns)
    known = f"table_name in ({_literals(owners)})"
    yield _claim_rule(
        "field",
        f"field is not null and {known} and (table_name, field) not in ({columns})",
        (_("no such column in the table that the claim names"), "claim-of-no-column"),
        _("Write the name of the column."),
    )


def _claim_rule(column: str, condition: str, said: tuple[Text, str], hint: Text) -> Rule:
    message, code = said
    source = _typed(tables()["claims"])
    return Rule("claims", column, source, condition, message, _say(hint), code)


def _without_record(readable: list[Table]) -> str:
    """Write an SQL condition: the record that a claim names is in none of the tables that were
    read.
    """
    records = " union all ".join(
        f"select '{t.name}' as table_name, {quote_identifier(t.key[0])} as id from typed.{quote_identifier(t.name)}"
        for t in readable
    )
    known = f"table_name in ({_literals(readable)})"
    return f"{known} and (table_name, record_id) not in (from ({records}))"


def _literals(owners: Iterable[Table]) -> str:
    return ", ".join(f"'{table.name}'" for table in owners)
