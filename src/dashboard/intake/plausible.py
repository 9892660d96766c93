"""What must make sense beyond its form: countries and check digits that exist, days that have come,
ends with a start.

The marks of schema.sql say which columns. These rules are asked of what is delivered: a version
that was published before a rule came stays readable, and its rows are noted instead (check.py).
"""

from collections.abc import Callable, Iterator
from datetime import date

from rapidfuzz import fuzz, process

from dashboard.intake import invisible
from dashboard.intake.cells import OF_LINES
from dashboard.intake.countries import codes, did_you_mean
from dashboard.intake.rules import Rule
from dashboard.schema.contract import Column, Table
from dashboard.schema.convert import ROW, quoted

FIRST_YEAR, LAST_YEAR = 1990, 2100
NAMED = ("title", "name")
SUMS = ("totaal", "subtotaal", "eindtotaal", "som", "total", "subtotal", "grand total", "sum")
"""What the last line of a list is called, which is no record."""
ORCID_SUM = (
    "list_sum(list_transform(range(1, 16), lambda i: try_cast(substr(replace({x}, '-', ''), i, 1)"
    " as integer) * (1 << (16 - i))))"
)
"""ISO 7064 mod 11-2: every digit but the last, doubled once for every place before the last."""
ROR_ID = (
    "regexp_extract({x}, '^(?:https?://)?(?:ror\\.org/)?(0[0-9a-hjkmnp-tv-z]{{6}}[0-9]{{2}})$', 1)"
)
ROR_NUMBER = (
    "list_sum(list_transform(range(1, 8), lambda i: (instr('0123456789abcdefghjkmnpqrstvwxyz',"
    " substr({id}, i, 1)) - 1) * (32 ** (7 - i))::bigint))"
)
"""Crockford's base 32: seven letters or digits make a number, two digits check it (ISO 7064 mod
97-10).
"""


def plausibility_rules(table: Table, today: date | None) -> Iterator[Rule]:
    """Rules about one row each, on typed.<table>. Without a today nothing is said about what has
    not come yet.
    """
    for column in table.file_columns:
        if column.form == "text":
            hidden = f"regexp_matches({quoted(column.name)}, '{invisible.HIDDEN}')"
            yield _rule(
                table,
                column,
                f"{hidden} or {_no_character(column)}",
                invisible.RULE,
                invisible.named,
            )
            if column.name not in OF_LINES:
                ended = f"regexp_matches({quoted(column.name)}, '{invisible.LINE_ENDS}')"
                yield _rule(
                    table, column, ended, "a title or name stands on one line", invisible.broken
                )
        if column.name in NAMED and column.required:
            yield _no_sum(table, column)
        for mark, content in column.marks.items():
            if mark in MARKS:
                yield MARKS[mark](table, column, content)
            if mark == "past" and content and today is not None:
                yield _not_yet(table, column, content, today)


def _no_character(column: Column) -> str:
    """Few texts are looked at for it: those with letters of other scripts than ours."""
    name = quoted(column.name)
    return (
        f"(regexp_matches({name}, '[^\\x{{00}}-\\x{{24f}}]') and regexp_matches({name},"
        f" '{invisible.UNASSIGNED}'))"
    )


def _no_sum(table: Table, column: Column) -> Rule:
    """A line below a list that adds it up would be counted once more."""
    sums = ", ".join(f"'{word}'" for word in SUMS)
    broken = f"fold_words({quoted(column.name)}) in ({sums})"
    rule = "this looks like the sum of the rows above it"
    return _rule(
        table, column, broken, rule, "Remove the row, or write what it is called in more words."
    )


def _rule(
    table: Table, column: Column, broken: str, rule: str, mend: Callable[[str], str] | str
) -> Rule:
    say = mend if callable(mend) else lambda _value: mend
    return Rule(table.name, column.name, f"typed.{quoted(table.name)}", f"({broken})", rule, say)


def _country(table: Table, column: Column, _content: str) -> Rule:
    known = ", ".join(f"'{code}'" for code in sorted(codes()))
    name = quoted(column.name)
    broken = f"regexp_full_match({name}, '[A-Z]{{2}}') and {name} not in ({known})"
    return _rule(
        table, column, broken, "no country has this code (ISO 3166-1 alpha-2)", did_you_mean
    )


def _year(table: Table, column: Column, _content: str) -> Rule:
    broken = f"{quoted(column.name)} not between {FIRST_YEAR} and {LAST_YEAR}"
    return _rule(
        table,
        column,
        broken,
        f"a year is between {FIRST_YEAR} and {LAST_YEAR}",
        "Write it in four digits.",
    )


def _from(table: Table, column: Column, content: str) -> Rule:
    rule = f"{column.name} is a whole number from {content}"
    return _rule(
        table,
        column,
        f"{quoted(column.name)} < {int(content)}",
        rule,
        f"Write {content}, or the next that is free.",
    )


def _orcid(table: Table, column: Column, _content: str) -> Rule:
    name = quoted(column.name)
    digit = f"case right({name}, 1) when 'X' then 10 else try_cast(right({name}, 1) as integer) end"
    broken = f"(12 - {ORCID_SUM.format(x=name)} % 11) % 11 <> {digit}"
    rule = "the last digit does not fit the others: no ORCID iD is written so"
    return _rule(table, column, broken, rule, "Look it up at orcid.org, and copy it.")


def _ror(table: Table, column: Column, _content: str) -> Rule:
    name = quoted(column.name)
    identifier = ROR_ID.format(x=f"lower({name})")
    check = f"98 - ({ROR_NUMBER.format(id=identifier)} * 100) % 97"
    broken = (
        f"{name} is not null and ({identifier} = '' or {check} <> try_cast(right({identifier}, 2)"
        " as integer))"
    )
    return _rule(
        table,
        column,
        broken,
        "no ROR ID is written so",
        "Look it up at ror.org: https://ror.org/03cv38k47.",
    )


def _needs(table: Table, column: Column, content: str) -> Rule:
    broken = f"{quoted(column.name)} is not null and {quoted(content)} is null"
    return _rule(
        table,
        column,
        broken,
        f"{column.name} stands without {content}",
        f"Fill in {content}, or empty this cell.",
    )


def _one_of(table: Table, column: Column, content: str) -> Rule:
    known = content.replace(",", " ").split()
    listed = ", ".join(f"'{name}'" for name in known)

    def mend(value: str) -> str:
        hit = process.extractOne(value, known, scorer=fuzz.WRatio, score_cutoff=60)
        return f"Did you mean “{hit[0]}”?" if hit else f"Known are: {', '.join(known)}."

    return _rule(
        table,
        column,
        f"{quoted(column.name)} not in ({listed})",
        f"no {column.name} has this name",
        mend,
    )


def _once(table: Table, column: Column, content: str) -> Rule:
    together = [column.name, *content.replace(",", " ").split()]
    names = ", ".join(quoted(name) for name in together)
    complete = " and ".join(f"{quoted(name)} is not null" for name in together)
    broken = (
        f"{ROW} in (select {ROW} from typed.{quoted(table.name)} where {complete}"
        f" qualify row_number() over (partition by {names} order by {ROW}) > 1)"
    )
    rule = f"{' with '.join(together)} stands twice"
    return _rule(table, column, broken, rule, "A row above says it already; keep one of the two.")


def _not_yet(table: Table, column: Column, content: str, today: date) -> Rule:
    statuses = ", ".join(f"'{status}'" for status in content.replace(",", " ").split())
    broken = (
        f"earliest({quoted(column.name)}) > date '{today.isoformat()}' and status in ({statuses})"
    )
    rule = f"the day is still to come, and the status says {content.replace(',', ' or')}"
    return _rule(table, column, broken, rule, "Correct the year, or write planned as the status.")


MARKS: dict[str, Callable[[Table, Column, str], Rule]] = {
    "country": _country,
    "year": _year,
    "from": _from,
    "orcid": _orcid,
    "ror": _ror,
    "needs": _needs,
    "one_of": _one_of,
    "once": _once,
}
"""What a mark of schema.sql asks of its column."""
