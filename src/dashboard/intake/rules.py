"""The rules of the contract as SQL conditions, with the words for what they mean and how to mend
it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import duckdb
from rapidfuzz import process

from dashboard.intake import header, invisible
from dashboard.schema import convert
from dashboard.schema.contract import Column, Reference, Table, tables
from dashboard.schema.convert import ROW, quoted


@dataclass(frozen=True)
class Rule:
    """`broken` selects row_number and value of the rows of `source` (clean.<table> or
    typed.<table>) that break the rule, by `condition`.
    """

    table: str
    column: str
    source: str
    condition: str
    rule: str
    mend: Callable[[str], str]
    code: str = ""

    @property
    def broken(self) -> str:
        return f"select {ROW}, {quoted(self.column)} from {self.source} as t where {self.condition}"


def _clean(table: Table) -> str:
    return f"clean.{quoted(table.name)}"


def _typed(table: Table) -> str:
    return f"typed.{quoted(table.name)}"


def _say(text: str) -> Callable[[str], str]:
    return lambda _value: text


def cell_rules(table: Table) -> Iterator[Rule]:
    for column in table.file_columns:
        name = quoted(column.name)
        hidden = f"regexp_matches({name}, '{convert.INVISIBLE}')"
        too_long = f"length({name}) > {convert.MAX_CELL}"
        form = convert.FORMS[column.form]
        yield Rule(
            table.name,
            column.name,
            _clean(table),
            hidden,
            "the cell holds invisible characters",
            invisible.named,
            "invisible",
        )
        yield Rule(
            table.name,
            column.name,
            _clean(table),
            too_long,
            f"the cell is longer than {convert.MAX_CELL} characters",
            _say("Shorten it."),
            "too-long",
        )
        if form.rule:
            wrong = f"not {convert.valid(column)} and not {hidden} and not {too_long}"
            yield Rule(
                table.name,
                column.name,
                _clean(table),
                wrong,
                form.rule,
                _say(form.mend),
                f"form-{column.form}",
            )
        if column.required:
            yield _required_rule(table, column)


def _required_rule(table: Table, column: Column) -> Rule:
    meaning = column.meaning or "It is required."
    return Rule(
        table.name,
        column.name,
        _clean(table),
        f"{quoted(column.name)} is null",
        "the cell is empty",
        _say(f"Fill it in: {meaning}"),
        "kind-missing" if header.is_kind(table, column) else "empty",
    )


def key_rules(table: Table) -> Iterator[Rule]:
    key = ", ".join(quoted(name) for name in table.key)
    again = (
        f"{ROW} in (select {ROW} from {_typed(table)} where {quoted(table.key[-1])} is not null"
        f" qualify row_number() over (partition by {key} order by {ROW}) > 1)"
    )
    rule = f"{' with '.join(table.key)} must be unique"
    mend = "A row above has it already; change one, or remove the double."
    yield Rule(table.name, table.key[0], _typed(table), again, rule, _say(mend), "double-key")


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
                con, table, column.name, allowed, (not_a_term(column), "unknown-term")
            )


def reference_rules(
    con: duckdb.DuckDBPyConnection, table: Table, present: set[str]
) -> Iterator[Rule]:
    for ref in table.references:
        if ref.target in present:
            key = quoted(ref.target_column)
            allowed = f"select {key} from typed.{quoted(ref.target)} where {key} is not null"
            yield _lookup_rule(con, table, ref.column, allowed, no_such(ref))


def not_a_term(column: Column) -> str:
    """What is wrong with a word that is not in the vocabulary of a column."""
    return f"not in the list “{column.terms}” of terms.csv"


def no_such(reference: Reference) -> tuple[str, str]:
    """What is wrong with a name or id that no record of the other table has, and the code of that:
    no-such-person …
    """
    code = f"no-such-{reference.target_column.removesuffix('_id')}"
    return f"no such {reference.target_column} in {reference.target}.csv", code


def _lookup_rule(
    con: duckdb.DuckDBPyConnection, table: Table, column: str, allowed: str, said: tuple[str, str]
) -> Rule:
    choices: list[str] = []
    rule, code = said

    def did_you_mean(value: str) -> str:
        if not choices:
            choices.extend(row[0] for row in con.execute(allowed).fetchall())
        hit = process.extractOne(value, choices, score_cutoff=60)
        hint = f"Did you mean “{hit[0]}”?" if hit else ""
        return hint or (
            f"Known are: {', '.join(choices[:12])}."
            if len(choices) <= 12
            else "Add it there first."
        )

    return Rule(
        table.name,
        column,
        _typed(table),
        f"{quoted(column)} is not null and {quoted(column)} not in ({allowed})",
        rule,
        did_you_mean,
        code,
    )


def check_rules(table: Table) -> Iterator[Rule]:
    for condition in table.checks:
        rule = table.column(condition.column).rule
        mend = _say("Change it, or the cells that it belongs with.")
        broken = f"not ({condition.expression})"
        yield Rule(
            table.name,
            condition.column,
            _typed(table),
            broken,
            rule,
            mend,
            f"check-{condition.column}",
        )


def claim_rules(present: set[str]) -> Iterator[Rule]:
    """A claim names its record by table and id, which no foreign key can say."""
    claims = tables()["claims"]
    owners = [t for t in tables().values() if len(t.key) == 1 and t.column(t.key[0]).form == "id"]
    readable = [t for t in owners if t.name in present]
    yield Rule(
        "claims",
        "table_name",
        _typed(claims),
        f"table_name not in ({_literals(owners)})",
        "no table with records of that name",
        _say(f"Known are: {', '.join(t.name for t in owners)}."),
    )
    records = " union all ".join(
        f"select '{t.name}' as table_name, {quoted(t.key[0])} as id from typed.{quoted(t.name)}"
        for t in readable
    )
    missing = (
        f"table_name in ({_literals(readable)}) and (table_name, record_id) not in (from"
        f" ({records}))"
    )
    yield Rule(
        "claims",
        "record_id",
        _typed(claims),
        missing,
        "no such record in the table that the claim names",
        _say("Correct the id, or remove the claim."),
    )
    columns = ", ".join(f"('{t.name}', '{c.name}')" for t in owners for c in t.file_columns)
    unknown = (
        f"field is not null and table_name in ({_literals(owners)}) and (table_name, field) not in"
        f" ({columns})"
    )
    yield Rule(
        "claims",
        "field",
        _typed(claims),
        unknown,
        "no such column in the table that the claim names",
        _say("Write the name of the column."),
    )


def _literals(owners: Iterable[Table]) -> str:
    return ", ".join(f"'{table.name}'" for table in owners)
