"""The files of a delivery that are named on the command line."""

from datetime import date
from pathlib import Path

from dashboard.intake.files import RawRecords
from dashboard.intake.problems import Problem
from dashboard.intake.uploads import read_upload

KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".ics")


def read(paths: list[Path], today: date, home: str) -> RawRecords:
    """Tables of folders and files; only those that are there. `home` is the time zone of the programme. What is
    wrong with a file is a problem in the result."""
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
    records = read_upload({path.name: path.read_bytes() for path in found}, today, home)
    records.problems += missing
    return records
