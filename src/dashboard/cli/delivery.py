"""The files of a delivery that are named on the command line."""

import argparse
from datetime import date
from pathlib import Path

from dashboard.intake.encodings import CHOICES
from dashboard.intake.files import RawRecords
from dashboard.intake.problems import Problem
from dashboard.intake.said import DateOrder, Dialect, Separators
from dashboard.intake.uploads import read_upload

TEXTS = (".csv", ".tsv", ".txt")
KINDS = (*TEXTS, ".xlsx", ".ics")


def how_it_is_written(parser: argparse.ArgumentParser) -> None:
    """The options that answer, for all files, what may be read in two ways."""
    parser.add_argument(
        "--encoding", choices=list(CHOICES), default=None, help="how the letters of the CSV files are written"
    )
    parser.add_argument("--dates", choices=list(DateOrder), type=DateOrder, default=None, help="what 03/04/2025 means")
    parser.add_argument("--amounts", choices=list(Separators), type=Separators, default=None,
                        help="what 25.000 means: Dutch has a dot for thousands, English a comma")  # fmt: skip


def dialect_of(options: argparse.Namespace) -> Dialect:
    """What these options say."""
    return Dialect(options.dates, options.amounts)


def read(paths: list[Path], today: date, encoding: str | None = None) -> RawRecords:
    """Tables of folders and files; only those that are there. What is wrong with a file is a problem in the result.
    `encoding` (a name of encodings.CHOICES) is that of all CSV files."""
    found, missing = [], []
    for path in paths:
        inside = sorted(p for p in path.iterdir() if p.suffix.lower() in (".csv", ".xlsx")) if path.is_dir() else [path]
        found += [p for p in inside if p.is_file()]
        missing += [] if path.exists() else [Problem(str(path), None, None, None, "no such file", "Look at the name.")]
    if not found and not missing:
        missing = [
            Problem(str(p), None, None, None, "no file of records is in there", f"Give {', '.join(KINDS)}.")
            for p in paths
        ]
    chosen = {path.name: encoding for path in found if encoding and path.suffix.lower() in TEXTS}
    records = read_upload({path.name: path.read_bytes() for path in found}, today, chosen)
    records.problems += missing
    return records
