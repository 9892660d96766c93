"""What must make sense beyond its form: countries and check digits that exist, days that have come,
ends with a start.

The marks of schema.sql say which columns. These rules are asked of what is delivered: a version
that was published before a rule came stays readable, and its rows are noted instead (check.py).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dashboard.intake import invisible
from dashboard.intake.cells import is_multiline
from dashboard.intake.gazetteer import country_codes, suggest_country
from dashboard.intake.messages import Text, _, join_sentences, pgettext, say_any_of
from dashboard.intake.rules import Rule, join_together
from dashboard.intake.suggestions import list_known, suggest_nearest
from dashboard.schema.contract import Column, Table, tables
from dashboard.schema.convert import ROW, join_cells, quote_identifier

FIRST_YEAR, LAST_YEAR = 1990, 2100
NAMED = ("title", "name")
SUMS = ("totaal", "subtotaal", "eindtotaal", "som", "total", "subtotal", "grand total", "sum")
"""What the last line of a list is called, which is no record."""
STATUSES: Mapping[str, Text] = {
    "held": pgettext("status", "held"),
    "developed": pgettext("status", "developed"),
    "running": pgettext("status", "running"),
    "completed": pgettext("status", "completed"),
}
"""What only a day that has come can have, by the terms of the contract."""
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
    """Yield rules about one row each, on typed.<table>. Without a today nothing is said about what
    has not come yet.
    """
    texts = [column for column in table.file_columns if column.form == "text"]
    for column in table.file_columns:
        if column in texts:
            yield _visible(table, column, texts)
        if column in texts and not is_multiline(column):
            yield _one_line(table, column, texts)
        if column.name in NAMED and column.required:
            yield _no_sum(table, column)
        for mark, content in column.marks.items():
            if mark in MARKS:
                yield MARKS[mark](table, column, content)
            if mark == "past" and content and today is not None:
                yield _not_yet(table, column, content, today)


def _visible(table: Table, column: Column, texts: Sequence[Column]) -> Rule:
    """Make the rule that a text holds no unseen signs: those of a row are asked together first."""
    in_row, in_cell = (_suspect(x) for x in (join_cells(texts), quote_identifier(column.name)))
    hidden, rare = in_cell
    no_character = (
        f"regexp_matches({quote_identifier(column.name)}, '{invisible.list_unassigned()}')"
    )
    said = ("hidden-signs", _("the text holds signs that are not seen or were lost"))
    broken = f"{hidden} or ({rare} and {no_character})"
    rule = _rule(table, column, broken, said, invisible.describe_invisible)
    no_ascii = f"strlen({join_cells(texts)}) > length({join_cells(texts)})"
    return replace(rule, possible=(no_ascii, " or ".join(in_row), " or ".join(in_cell)))


def _suspect(text: str) -> tuple[str, str]:
    """Write SQL conditions that a text holds a hidden sign, or one so rare that it may be none."""
    hidden, rare = (f"regexp_matches({text}, '{s}')" for s in (invisible.HIDDEN, invisible.RARE))
    return hidden, rare


def _one_line(table: Table, column: Column, texts: Sequence[Column]) -> Rule:
    """Make the rule that a title or name has one line."""
    single = [other for other in texts if not is_multiline(other)]
    broken, possible = (
        f"regexp_matches({text}, '{invisible.LINE_ENDS}')"
        for text in (quote_identifier(column.name), join_cells(single, " "))
    )
    said = ("line-break", _("a title or name stands on one line"))
    rule = _rule(table, column, broken, said, invisible.describe_line_break)
    return replace(rule, possible=(possible,))


def _no_sum(table: Table, column: Column) -> Rule:
    """Make the rule against a line below a list that adds it up: it would be counted once more."""
    sums = ", ".join(f"'{word}'" for word in SUMS)
    broken = f"fold_words({quote_identifier(column.name)}) in ({sums})"
    said = ("sum-row", _("this looks like the sum of the rows above it"))
    hint = _("Remove the row, or write what it is called in more words.")
    return _rule(table, column, broken, said, hint)


def _rule(
    table: Table,
    column: Column,
    broken: str,
    said: tuple[str, Text],
    hint: Callable[[str], Text] | Text,
) -> Rule:
    """Make a rule on the typed table; `said` is its code and its message."""
    code, message = said
    say = hint if callable(hint) else lambda _value: hint
    place = (table.name, column.name, f"typed.{quote_identifier(table.name)}")
    return Rule(*place, f"({broken})", message, say, code)


def _country(table: Table, column: Column, _content: str) -> Rule:
    known = ", ".join(f"'{code}'" for code in sorted(country_codes()))
    name = quote_identifier(column.name)
    broken = f"regexp_full_match({name}, '[A-Z]{{2}}') and {name} not in ({known})"
    said = ("unknown-country", _("no country has this code (ISO 3166-1 alpha-2)"))
    return _rule(table, column, broken, said, suggest_country)


def _year(table: Table, column: Column, _content: str) -> Rule:
    broken = f"{quote_identifier(column.name)} not between {FIRST_YEAR} and {LAST_YEAR}"
    message = _("a year is between {first} and {last}", first=FIRST_YEAR, last=LAST_YEAR)
    return _rule(table, column, broken, ("year-range", message), _("Write it in four digits."))


def _from(table: Table, column: Column, content: str) -> Rule:
    message = _("{column} is a whole number from {first}", column=column.name, first=content)
    hint = _("Write {first}, or the next that is free.", first=content)
    broken = f"{quote_identifier(column.name)} < {int(content)}"
    return _rule(table, column, broken, ("number-too-low", message), hint)


def _orcid(table: Table, column: Column, _content: str) -> Rule:
    name = quote_identifier(column.name)
    digit = f"case right({name}, 1) when 'X' then 10 else try_cast(right({name}, 1) as integer) end"
    broken = f"(12 - {ORCID_SUM.format(x=name)} % 11) % 11 <> {digit}"
    message = _("the last digit does not fit the others: no ORCID iD is written so")
    hint = _("Look it up at orcid.org, and copy it.")
    return _rule(table, column, broken, ("orcid-digit", message), hint)


def _ror(table: Table, column: Column, _content: str) -> Rule:
    name = quote_identifier(column.name)
    identifier = ROR_ID.format(x=f"lower({name})")
    check = f"98 - ({ROR_NUMBER.format(id=identifier)} * 100) % 97"
    broken = (
        f"{name} is not null and ({identifier} = '' or {check} <> try_cast(right({identifier}, 2)"
        " as integer))"
    )
    hint = _("Look it up at ror.org: https://ror.org/03cv38k47.")
    return _rule(table, column, broken, ("ror-form", _("no ROR ID is written so")), hint)


def _needs(table: Table, column: Column, content: str) -> Rule:
    broken = f"{quote_identifier(column.name)} is not null and {quote_identifier(content)} is null"
    message = _("{column} stands without {other}", column=column.name, other=content)
    hint = _("Fill in {other}, or empty this cell.", other=content)
    return _rule(table, column, broken, ("needs-other", message), hint)


def _one_of(table: Table, column: Column, content: str) -> Rule:
    known = content.replace(",", " ").split()
    listed = ", ".join(f"'{name}'" for name in known)

    def suggest(value: str) -> Text:
        return suggest_nearest(value, known) or list_known(known)

    said = ("not-one-of", _("no {column} has this name", column=column.name))
    return _rule(table, column, f"{quote_identifier(column.name)} not in ({listed})", said, suggest)


def _numbers(table: Table, column: Column, content: str) -> Rule:
    """Refuse a number that there is not: a word in braces with a _ or ~ in it. Others may be text."""
    other, _dot, name = content.partition(".")
    known = tables()[other].column(name).marks["one_of"].replace(",", " ").split()
    listed = "|".join(known)
    text = quote_identifier(column.name)
    whole = rf"\{{({listed})(~[a-z_]+\.[A-Za-z0-9-]+)*\}}"
    broken = (
        rf"regexp_matches(regexp_replace({text}, '{whole}', '', 'g'), '\{{[a-z]+[_~][^{{}}]*\}}')"
    )
    message = _("{column} holds a number in braces that is not known", column=column.name)
    write = _("Write it as {example}.", example="{events_held}")
    hint = join_sentences(write, list_known(known))
    return _rule(table, column, broken, ("unknown-number", message), hint)


def _once(table: Table, column: Column, content: str) -> Rule:
    together = [column.name, *content.replace(",", " ").split()]
    names = ", ".join(quote_identifier(name) for name in together)
    complete = " and ".join(f"{quote_identifier(name)} is not null" for name in together)
    broken = (
        f"{ROW} in (select {ROW} from typed.{quote_identifier(table.name)} where {complete}"
        f" qualify row_number() over (partition by {names} order by {ROW}) > 1)"
    )
    message = _("{columns} stands twice", columns=join_together(together))
    hint = _("A row above says it already; keep one of the two.")
    return _rule(table, column, broken, ("stands-twice", message), hint)


def _not_yet(table: Table, column: Column, content: str, today: date) -> Rule:
    statuses = ", ".join(f"'{status}'" for status in content.replace(",", " ").split())
    broken = f"earliest({quote_identifier(column.name)}) > date '{today.isoformat()}' and status in ({statuses})"
    listed = say_any_of([STATUSES.get(s, s) for s in content.replace(",", " ").split()])
    message = _("the day is still to come, and the status says {statuses}", statuses=listed)
    hint = _("Correct the year, or write planned as the status.")
    return _rule(table, column, broken, ("day-to-come", message), hint)


MARKS: dict[str, Callable[[Table, Column, str], Rule]] = {
    "country": _country,
    "year": _year,
    "from": _from,
    "orcid": _orcid,
    "ror": _ror,
    "needs": _needs,
    "one_of": _one_of,
    "numbers": _numbers,
    "once": _once,
}
"""What a mark of schema.sql asks of its column."""
