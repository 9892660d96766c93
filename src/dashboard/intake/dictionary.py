"""The data dictionary (data/README.md), written from the contract so that the two cannot differ."""

from collections.abc import Iterator

from dashboard.intake.plausible import FIRST_YEAR, LAST_YEAR
from dashboard.schema.contract import Column, Table, tables
from dashboard.schema.convert import FORMS

HEAD = """\
# The data dictionary

Written by `make dictionary` from `src/dashboard/schema/schema.sql`; a test compares the two. Change the schema, not this file.

One CSV file per table: UTF-8, comma, first row the names of the columns, one row one thing. An empty cell means
that the fact is not known or not stated; nothing is ever filled in by guessing. `python -m dashboard check` says
everything that is wrong with the files, with row and column and how to mend it. Vocabularies stand in `terms.csv`.

A spreadsheet that is uploaded may use the Dutch names of tables and columns instead, labels instead of the ids of
terms, names instead of the ids of people, organisations and places, and dates, counts and amounts as people write them
(14 mei 2025, ca. 400, € 1.234,50). What can be read in two ways is refused with both readings. Where its rows are added
or change those with the same key, a blank cell keeps the value that is there and `(empty)`, `(leeg)`, `(clear)` or
`(wissen)` empties it; where it replaces the table, both are empty. No cell ever holds that word as text.

What the programme says in its own words, such as a note, is in English, with the Dutch in the column beside it whose name
ends in `_nl`; where one of the two is missing, readers see the other. Titles, names and quotations are those of the source,
in its language: a second title is filled in only where the source gives one.

The records are the facts of the report *2025 in Review* of the Data Science Center in Health, UMCG. How it was read,
and which readings can be doubted, stands in [docs/reading-2025-in-review.md](../docs/reading-2025-in-review.md).
Who states what, and where, stands in `claims.csv`.
"""


def build_dictionary() -> str:
    """Build the whole data dictionary, as Markdown."""
    return (
        "\n".join(
            [HEAD, *_forms(), *(line for table in tables().values() for line in _table(table))]
        )
        + "\n"
    )


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name} ({table.nl})"
    yield ""
    yield f"{table.meaning} Key: {', '.join(f'`{name}`' for name in table.key)}."
    yield ""
    yield "| column | in Dutch | form | required | meaning |"
    yield "|---|---|---|---|---|"
    references = {ref.column: f"`{ref.target}.{ref.target_column}`" for ref in table.references}
    for column in table.file_columns:
        required = "yes" if column.required else ""
        yield (
            f"| `{column.name}` | `{column.nl}` | {_form(column, references)} | {required} |"
            f" {_meaning(column)} |"
        )
    derived = [column for column in table.columns if column.derived]
    if derived:
        yield ""
        yield (
            "Worked out when published: "
            + "; ".join(f"`{c.name}` ({c.meaning.rstrip('.')})" for c in derived)
            + "."
        )
    yield ""


FORM_NAMES = {
    "text": "text",
    "id": "id",
    "date": "date",
    "period": "period",
    "count": "whole number",
    "amount": "amount in euro",
    "double": "degrees",
    "digest": "letters of the program",
}


MARKS = {
    "country": "Codes that do not exist are refused.",
    "year": f"Between {FIRST_YEAR} and {LAST_YEAR}.",
    "from": "From {} on.",
    "orcid": "The last digit must fit the others.",
    "ror": "The last two digits must fit the others.",
    "needs": "Only with `{}`.",
    "one_of": "One of {}.",
    "numbers": "`{{name}}` stands for a number: the names are those of `{}`.",
    "once": "Once together with {}.",
}
"""What the dictionary says of the marks that plausible.py asks for."""


def _forms() -> Iterator[str]:
    yield "## How cells are written"
    yield ""
    for form, name in FORM_NAMES.items():
        if message := FORMS[form].message:
            yield f"- **{name}**: {message}. {FORMS[form].hint}"
    yield ""


def _form(column: Column, references: dict[str, str]) -> str:
    if column.name in references:
        return references[column.name]
    if column.form == "term":
        return f"term of `{column.terms}`"
    return FORM_NAMES[column.form]


def _meaning(column: Column) -> str:
    notes = [column.meaning, f"Rule: {column.rule}." if column.rule else ""]
    notes += [
        MARKS[mark].format(content) for mark, content in column.marks.items() if mark in MARKS
    ]
    if "past" in column.marks:
        statuses = column.marks["past"].replace(",", " or")
        notes.append(
            f"Not after today where the status is {statuses}."
            if statuses
            else "A day to come is noted."
        )
    if column.people:
        notes.append("Small numbers are withheld when published.")
    return " ".join(note for note in notes if note).replace("|", "\\|")
