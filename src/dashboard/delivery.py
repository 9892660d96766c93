"""New data on its way into the store: files are read, joined with what is served, checked and built as a candidate."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from dashboard import queries
from dashboard.intake.check import open_candidate
from dashboard.intake.contract import tables
from dashboard.intake.convert import slug
from dashboard.intake.encodings import Reading
from dashboard.intake.files import ROW, RawRecords, read_folder
from dashboard.intake.problems import Problem, Refused
from dashboard.intake.said import UNSAID, Dialect
from dashboard.intake.settle import settle
from dashboard.intake.uploads import NOTHING_CHOSEN, read_upload
from dashboard.store import Candidate, Mode, Store, StoreError, Version, merge, propose

if TYPE_CHECKING:
    import duckdb

NEW = "a new person"


@dataclass(frozen=True)
class Answers:
    """What a steward says of names that no record has: `people` the id of the person it belongs to, or NEW; `places` the
    row of the table places that it means."""

    people: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


NOTHING_SAID = Answers()


@dataclass(frozen=True)
class Checked:
    """What became of a delivery: a candidate, or else the problems. `notes` are suspicious but allowed; `readings` says
    how each CSV file was decoded."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    candidate: Candidate | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    readings: Mapping[str, Reading] = field(default_factory=dict)


def deliver(
    store: Store,
    files: Mapping[str, bytes],
    mode: Mode,
    *,
    author: str,
    now: datetime,
    small_groups_below: int,
    answers: Answers = NOTHING_SAID,
    dialect: Dialect = UNSAID,
    encodings: Mapping[str, str] = NOTHING_CHOSEN,
) -> Checked:
    """Check files against the contract and the served version, and build what they make together as a candidate.

    With Mode.MERGE rows are added or take the place of those with the same key; with Mode.REPLACE a delivered
    table is exchanged as a whole; `dialect` is how its dates and amounts are written, `encodings` (names of
    encodings.CHOICES by file) how its letters are. Nothing is published. Raises StoreError where the store cannot be used.
    """
    served = store.open() if store.current_id() else None
    upload = read_upload({**files, **_answered(answers)}, now.date(), encodings)
    said = {"people", "person_aliases"} if answers.people else set()
    said |= {"places"} if answers.places else set()
    modes = {name: Mode.MERGE if name in said else mode for name in tables()}
    try:
        records, notes = join(served, upload, modes, now.date(), dialect=dialect)
    except Refused as refused:
        return Checked(tuple(refused.problems), tuple(upload.notes), files=files, readings=upload.readings)
    candidate = propose(store, records, author=author, message="", now=now, small_groups_below=small_groups_below)
    records.close()
    return Checked((), tuple(notes), candidate, files, upload.readings)


def join(
    served: Version | None, upload: RawRecords, modes: Mapping[str, Mode], today: date, *, dialect: Dialect = UNSAID
) -> tuple["duckdb.DuckDBPyConnection", list[Problem]]:
    """What an upload and the served version make together, checked; and what is suspicious but allowed in it.

    Raises Refused with every problem of the upload and of the whole.
    """
    known = read_folder(served.records).tables if served else {}
    merged = merge(served, _with_emptied(settle(upload, known, dialect=dialect), upload), modes)
    return open_candidate(merged, today), merged.notes


def _with_emptied(settled: RawRecords, upload: RawRecords) -> RawRecords:
    """Cells that are empty in a column that was delivered empty the value; a column that was not delivered keeps it."""
    for name, rows in settled.tables.items():
        given = upload.tables[name]
        for index, column in enumerate(rows.column_names):
            delivered = column != ROW and given.column(column).null_count < given.num_rows
            if delivered:
                filled = pc.fill_null(rows.column(column), "")
                rows = rows.set_column(index, column, filled)  # noqa: PLW2901  Arrow tables are values
        settled.tables[name] = rows
    return settled


def _answered(answers: Answers) -> dict[str, bytes]:
    """The answers as small files of the delivery."""
    rows = {
        "person_aliases": [{"alias": n, "person_id": p} for n, p in answers.people.items() if p != NEW],
        "people": [{"person_id": slug(n), "name": n} for n, p in answers.people.items() if p == NEW],
        "places": list({row["place_id"]: dict(row) for row in answers.places.values()}.values()),
    }
    return {f"{table}.csv": _csv(found) for table, found in rows.items() if found}


def _csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def unknown(problems: tuple[Problem, ...], target: str) -> list[str]:
    """Names in the problems that stand where a record of the table `target` is named and is none, each once."""
    columns = {r.column for t in tables().values() for r in t.references if r.target == target}
    names = [p.value.strip() for p in problems if p.column in columns and p.value and p.rule.startswith("no such")]
    return list(dict.fromkeys(name for name in names if name))


def nearest_person(version: Version, name: str) -> str | None:
    """The id of the person whose name is nearest, where one is near at all."""
    people = {row["person_id"]: row["name"] for row in queries.browse(version, "people", limit=100_000)}
    hit = process.extractOne(name, people, scorer=fuzz.WRatio, score_cutoff=80)
    return str(hit[2]) if hit else None


def one_record(store: Store, table: str, values: Mapping[str, str]) -> dict[str, bytes]:
    """One record as a delivery of its own, for the small correction in a meeting. Raises KeyError for no such table."""
    columns = [column.name for column in tables()[table].file_columns]
    if store.current_id() is None:
        raise StoreError("the store is empty: publish a folder first")
    return {f"{table}.csv": _csv([{name: values.get(name, "") for name in columns}])}
