"""The files of a delivery that are named on the command line, and what is said of all their rows."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa

from dashboard.intake.encodings import CHOICES
from dashboard.intake.files import RawRecords
from dashboard.intake.name_answers import NEW_PERSON, apply_name_answers
from dashboard.intake.parse_result import DateOrder, Dialect, Separators
from dashboard.intake.parse_values import normalize_name
from dashboard.intake.problems import Problem
from dashboard.intake.reading_options import (
    LEFT_OUT,
    DeliveryOptions,
    ReadingOptions,
    RememberedMappings,
)
from dashboard.intake.uploads import DEFAULT_OPTIONS, map_by_name, read_upload
from dashboard.model.settings import HOME_ZONE
from dashboard.schema.contract import tables

Pair = tuple[str, str]
TEXTS = (".csv", ".tsv", ".txt")
KINDS = (*TEXTS, ".xlsx", ".ics")
ANSWERS = (
    ("--table", "NAME=TABLE", "which table a sheet or file of that name is; “-” leaves it out"),
    ("--map", "HEADER=COLUMN", "which column a header means; remembered when it is published"),
    ("--ignore", "HEADER", "a column that is left out; remembered likewise"),
    (
        "--fill",
        "COLUMN=TERM",
        "what the empty cells of a column get, such as participants_kind=exact",
    ),
    ("--term", "WORD=TERM", "the term that a word stands for; “-” leaves the cell empty"),
    ("--place", "NAME=PLACE_ID", "the place that a name stands for; “-” leaves it out"),
    ("--person", "NAME=PERSON_ID", "whose name it is; “new” for a new person"),
)
"""Options, what is written after each, and what it answers."""


def add_answer_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that answer a question for all rows of a delivery, as the page *New data*
    does.
    """
    group = parser.add_argument_group("answers for all rows; those with a value may be repeated")
    columns = {column.name for table in tables().values() for column in table.file_columns}
    reads = {"--table": _pair("table", {*tables(), LEFT_OUT}), "--map": _pair("column", columns)}
    for name, form, text in ANSWERS:
        read = reads.get(name, _pair() if "=" in form else str)
        group.add_argument(name, metavar=form, type=read, help=text, action="append", default=[])
    group.add_argument(
        "--make-ids",
        action="store_true",
        help="records without an id get one of their title and day",
    )


def add_dialect_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that answer, for all files, what may be read in two ways."""
    help_of_amounts = "what 25.000 means: Dutch has a dot for thousands, English a comma"
    parser.add_argument(
        "--encoding",
        choices=list(CHOICES),
        default=None,
        help="how the letters of the CSV files are written",
    )
    add = partial(parser.add_argument, default=None)
    add("--dates", choices=list(DateOrder), type=DateOrder, help="what 03/04/2025 means")
    add("--amounts", choices=list(Separators), type=Separators, help=help_of_amounts)


def dialect_of(options: argparse.Namespace, home: str) -> Dialect:
    """Read what these options say; `home` is the time zone of the programme."""
    return Dialect(options.dates, options.amounts, home)


def _pair(kind: str = "", known: set[str] | None = None) -> Callable[[str], Pair]:
    """Make what reads “a=b”, where b has to be known."""

    def pair(text: str) -> Pair:
        name, equals, meant = text.rpartition("=")
        if not equals or not name.strip():
            raise argparse.ArgumentTypeError(f"“{text}” is not written like NAME=MEANING")
        if known is not None and meant.strip() not in known:
            raise argparse.ArgumentTypeError(f"no {kind} is called “{meant.strip()}”")
        return name.strip(), meant.strip()

    return pair


def read_answers(options: argparse.Namespace, remembered: RememberedMappings) -> DeliveryOptions:
    """Read the answers that were given as options."""
    columns = {normalize_name(header): column for header, column in options.map}
    columns |= {normalize_name(header): LEFT_OUT for header in options.ignore}
    everywhere = ReadingOptions(
        columns=columns,
        fills=dict(options.fill),
        terms=_terms_of_columns(options),
        ids=options.make_ids,
    )
    by_name = {normalize_name(name): table for name, table in options.table}
    return DeliveryOptions(everywhere=everywhere, tables=by_name, remembered=remembered)


def _terms_of_columns(options: argparse.Namespace) -> dict[str, dict[str, str]]:
    """Give every column of a vocabulary the terms that words stand for."""
    words = {word.casefold(): term for word, term in options.term}
    if not words:
        return {}
    return {c.name: words for t in tables().values() for c in t.file_columns if c.terms}


def apply_names(
    options: argparse.Namespace, upload: RawRecords, known: Mapping[str, pa.Table]
) -> RawRecords:
    """Apply to the upload what was said of names of people and places."""
    people = {name: NEW_PERSON if person == "new" else person for name, person in options.person}
    places = {
        name: {} if place == LEFT_OUT else {"place_id": place} for name, place in options.place
    }
    return apply_name_answers(upload, known, people, places)


def read_files(
    paths: list[Path],
    today: date,
    readings: DeliveryOptions = DEFAULT_OPTIONS,
    *,
    home: str = HOME_ZONE,
    encoding: str | None = None,
) -> RawRecords:
    """Read the tables of folders and files; only those that are there. `home` is the time zone of
    the programme, `encoding` (a name of encodings.CHOICES) that of all CSV files. What is wrong
    with a file is a problem in the result.
    """
    found = [path for named in paths for path in _find_files(named)]
    data = map_by_name((path.name, path.read_bytes()) for path in found)
    chosen = {n: encoding for n in data if encoding and Path(n).suffix.lower() in TEXTS}
    records = read_upload(data, today, readings=readings, home=home, encodings=chosen)
    records.problems += _find_missing(paths, found)
    return records


def _find_files(path: Path) -> list[Path]:
    """Find the files of records in a folder, or the file itself."""
    if not path.is_dir():
        return [path] if path.is_file() else []
    inside = [p for p in sorted(path.iterdir()) if p.suffix.lower() in (".csv", ".xlsx")]
    return [p for p in inside if p.is_file()]


def _find_missing(paths: list[Path], found: list[Path]) -> list[Problem]:
    """Report paths that are not there; where nothing is, folders without records."""
    missing = [
        Problem(
            str(path), None, None, None, "no such file", "Look at the name.", code="no-such-file"
        )
        for path in paths
        if not path.exists()
    ]
    if found or missing:
        return missing
    help_text = f"Give {', '.join(KINDS)}."
    return [
        Problem(
            str(path),
            None,
            None,
            None,
            "no file of records is in there",
            help_text,
            code="no-records-inside",
        )
        for path in paths
    ]
