"""The files of a delivery that are named on the command line, and what is said of all their rows."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from dashboard.intake.answers import LEFT_OUT, Reading, Readings, Remembered
from dashboard.intake.encodings import CHOICES
from dashboard.intake.files import RawRecords
from dashboard.intake.namings import NEW, with_answers
from dashboard.intake.parse_values import normal
from dashboard.intake.problems import Problem
from dashboard.intake.said import DateOrder, Dialect, Separators
from dashboard.intake.uploads import AS_THEY_SAY, by_name, read_upload
from dashboard.model.settings import HOME_ZONE
from dashboard.schema.contract import tables

Pair = tuple[str, str]
TEXTS = (".csv", ".tsv", ".txt")
KINDS = (*TEXTS, ".xlsx", ".ics")


def add_answers(parser: argparse.ArgumentParser) -> None:
    """The options that answer a question for all rows of a delivery, as the page *New data* does."""
    columns = {column.name for table in tables().values() for column in table.file_columns}
    group = parser.add_argument_group("answers for all rows; those with a value may be repeated")

    def repeated(name: str, form: str, text: str, reads: Callable[[str], object] = str) -> None:
        group.add_argument(name, metavar=form, type=reads, help=text, action="append", default=[])

    of_table = _pair("table", {*tables(), LEFT_OUT})
    repeated(
        "--table",
        "NAME=TABLE",
        "which table a sheet or file of that name is; “-” leaves it out",
        of_table,
    )
    text = "which column a header means; remembered when it is published"
    repeated("--map", "HEADER=COLUMN", text, _pair("column", columns))
    repeated("--ignore", "HEADER", "a column that is left out; remembered likewise")
    text = "what the empty cells of a column get, such as participants_kind=exact"
    repeated("--fill", "COLUMN=TERM", text, _pair())
    repeated(
        "--term", "WORD=TERM", "the term that a word stands for; “-” leaves the cell empty", _pair()
    )
    repeated(
        "--place", "NAME=PLACE_ID", "the place that a name stands for; “-” leaves it out", _pair()
    )
    repeated("--person", "NAME=PERSON_ID", "whose name it is; “new” for a new person", _pair())
    text = "records without an id get one of their title and day"
    group.add_argument("--make-ids", action="store_true", help=text)


def how_it_is_written(parser: argparse.ArgumentParser) -> None:
    """The options that answer, for all files, what may be read in two ways."""
    parser.add_argument(
        "--encoding",
        choices=list(CHOICES),
        default=None,
        help="how the letters of the CSV files are written",
    )
    parser.add_argument(
        "--dates",
        choices=list(DateOrder),
        type=DateOrder,
        default=None,
        help="what 03/04/2025 means",
    )
    parser.add_argument(
        "--amounts",
        choices=list(Separators),
        type=Separators,
        default=None,
        help="what 25.000 means: Dutch has a dot for thousands, English a comma",
    )


def dialect_of(options: argparse.Namespace, home: str) -> Dialect:
    """What these options say; `home` is the time zone of the programme."""
    return Dialect(options.dates, options.amounts, home)


def _pair(kind: str = "", known: set[str] | None = None) -> Callable[[str], Pair]:
    """Reads “a=b”, where b has to be known."""

    def pair(text: str) -> Pair:
        name, equals, meant = text.rpartition("=")
        if not equals or not name.strip():
            raise argparse.ArgumentTypeError(f"“{text}” is not written like NAME=MEANING")
        if known is not None and meant.strip() not in known:
            raise argparse.ArgumentTypeError(f"no {kind} is called “{meant.strip()}”")
        return name.strip(), meant.strip()

    return pair


def readings(options: argparse.Namespace, remembered: Remembered) -> Readings:
    """The answers that were given as options."""
    columns = {normal(header): column for header, column in options.map}
    columns |= {normal(header): LEFT_OUT for header in options.ignore}
    words = {word.casefold(): term for word, term in options.term}
    terms = (
        {c.name: words for t in tables().values() for c in t.file_columns if c.terms}
        if words
        else {}
    )
    everywhere = Reading(
        columns=columns, fills=dict(options.fill), terms=terms, ids=options.make_ids
    )
    by_name = {normal(name): table for name, table in options.table}
    return Readings(everywhere=everywhere, tables=by_name, remembered=remembered)


def named(
    options: argparse.Namespace, upload: RawRecords, known: Mapping[str, pa.Table]
) -> RawRecords:
    """The upload with what was said of names of people and places."""
    people = {name: NEW if person == "new" else person for name, person in options.person}
    places = {
        name: {} if place == LEFT_OUT else {"place_id": place} for name, place in options.place
    }
    return with_answers(upload, known, people, places)


def read(
    paths: list[Path],
    today: date,
    said: Readings = AS_THEY_SAY,
    *,
    home: str = HOME_ZONE,
    encoding: str | None = None,
) -> RawRecords:
    """Tables of folders and files; only those that are there. `home` is the time zone of the
    programme, `encoding` (a name of encodings.CHOICES) that of all CSV files. What is wrong with a
    file is a problem in the result."""
    found, missing = [], []
    for path in paths:
        inside = (
            sorted(p for p in path.iterdir() if p.suffix.lower() in (".csv", ".xlsx"))
            if path.is_dir()
            else [path]
        )
        found += [p for p in inside if p.is_file()]
        missing += (
            []
            if path.exists()
            else [
                Problem(
                    str(path),
                    None,
                    None,
                    None,
                    "no such file",
                    "Look at the name.",
                    code="no-such-file",
                )
            ]
        )
    if not found and not missing:
        missing = [
            Problem(
                str(p),
                None,
                None,
                None,
                "no file of records is in there",
                f"Give {', '.join(KINDS)}.",
                code="no-records-inside",
            )
            for p in paths
        ]
    data = by_name((path.name, path.read_bytes()) for path in found)
    chosen = {n: encoding for n in data if encoding and Path(n).suffix.lower() in TEXTS}
    records = read_upload(data, today, readings=said, home=home, encodings=chosen)
    records.problems += missing
    return records
