"""Deliveries on their way into the store: files are read, joined with what is served, checked and
built as a candidate.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from rapidfuzz import fuzz, process, utils

from dashboard.intake.check import open_checked_records
from dashboard.intake.completion import add_calendars, complete_rows
from dashboard.intake.default_answers import fill_empty_cells
from dashboard.intake.encodings import Decoding
from dashboard.intake.files import RawRecords, read_folder
from dashboard.intake.formulas import guard_formula
from dashboard.intake.name_answers import apply_name_answers
from dashboard.intake.parse_result import DEFAULT_DIALECT, Dialect
from dashboard.intake.problems import Problem, Refused
from dashboard.intake.reading_options import DeliveryOptions, Heading, ReadingOptions, Where
from dashboard.intake.reconcile import reconcile, split_calendars
from dashboard.intake.resolve import resolve_upload
from dashboard.intake.rules import make_no_such_code
from dashboard.intake.uploads import NO_ENCODINGS, read_upload
from dashboard.language.messages import N_
from dashboard.model.settings import HOME_ZONE
from dashboard.query import questions
from dashboard.schema.contract import tables
from dashboard.schema.convert import EMPTIED_WORD
from dashboard.store import (
    Candidate,
    Mode,
    Store,
    StoreError,
    Version,
    build_candidate,
    merge_delivery,
    read_mappings,
)

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class StewardAnswers:
    """What a steward says of this delivery. Of names that no record has: `people` the id of the
    person it belongs to, or NEW; `places` the row of the table places that it means, with its id
    alone where that is a place of the records, and empty where it is left out. `readings` is how
    files and sheets are read: tables, columns, words, dates; `encodings` how the letters of files
    are written.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    readings: Mapping[Where, ReadingOptions] = field(default_factory=dict)
    encodings: Mapping[str, str] = field(default_factory=dict)


NO_ANSWERS = StewardAnswers()


@dataclass(frozen=True)
class CheckedDelivery:
    """What became of a delivery: a candidate, or else the problems. `notes` are suspicious but
    allowed; `readings` says how each CSV file was decoded.
    """

    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    candidate: Candidate | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    answers: StewardAnswers = NO_ANSWERS
    decodings: Mapping[str, Decoding] = field(default_factory=dict)

    @cached_property
    def delivery(self) -> str:
        """Which files these are: what is answered about their names belongs to no others."""
        return compute_fingerprint(self.files)


def compute_fingerprint(files: Mapping[str, bytes]) -> str:
    """Return a digest of a set of files, by their names and what is in them."""
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(data).digest())
    return digest.hexdigest()[:16]


def check_delivery(
    store: Store,
    files: Mapping[str, bytes],
    mode: Mode,
    *,
    author: str,
    now: datetime,
    small_groups_below: int,
    answers: StewardAnswers = NO_ANSWERS,
    dialect: Dialect = DEFAULT_DIALECT,
    time_zone: str = HOME_ZONE,
    encodings: Mapping[str, str] = NO_ENCODINGS,
) -> CheckedDelivery:
    """Check files against the contract and the served version, and build what they make together as
    a candidate.

    With Mode.MERGE rows are added or take the place of those with the same key; with Mode.REPLACE a
    delivered table is exchanged as a whole; `dialect` is how its dates and amounts are written
    where no answer says, `encodings` (names of encodings.CHOICES by file) how its letters are.
    `time_zone` is that of the programme: the day of `now` there is today. Nothing is published.
    Raises StoreError where the store cannot be used.
    """
    served = store.open() if store.current_id() else None
    today = now.astimezone(ZoneInfo(time_zone)).date()
    upload = read_upload(
        files,
        today,
        readings=DeliveryOptions(answers.readings, remembered=read_mappings(store)),
        home=time_zone,
        encodings={**answers.encodings, **encodings},
    )
    checked = _start_check(files, upload, answers)
    modes = {name: mode if name in upload.tables else Mode.MERGE for name in tables()}
    known = read_folder(served.records).tables if served else {}
    upload = apply_name_answers(upload, known, answers.people, answers.places)
    try:
        home = replace(dialect, home=time_zone)
        records, notes = join_with_served(served, upload, modes, today, dialect=home)
        with records:
            candidate = build_candidate(
                store,
                records,
                author=author,
                message="",
                now=now,
                small_groups_below=small_groups_below,
                origins=upload.origins,
            )
    except Refused as refused:
        return replace(checked, problems=tuple(refused.problems), notes=refused.notes)
    return replace(checked, notes=tuple(notes), candidate=candidate)


def _start_check(
    files: Mapping[str, bytes], upload: RawRecords, answers: StewardAnswers
) -> CheckedDelivery:
    """Return what is known of a delivery once its files are read."""
    return CheckedDelivery(
        notes=tuple(upload.notes),
        files=files,
        headings=tuple(upload.headings),
        answers=answers,
        decodings=upload.decodings,
    )


def join_with_served(
    served: Version | None,
    upload: RawRecords,
    modes: Mapping[str, Mode],
    today: date,
    *,
    dialect: Dialect = DEFAULT_DIALECT,
) -> tuple["duckdb.DuckDBPyConnection", list[Problem]]:
    """Join an upload with the served version and check what they make together; returns that, and
    notes on what is suspicious but allowed. A calendar never replaces a table, whatever the mode.

    Raises Refused with every problem of the upload and of the whole, and with the notes.
    """
    merged = _merge(served, upload, modes, today, dialect)
    try:
        return open_checked_records(merged, today), merged.notes
    except Refused as refused:
        refused.notes = tuple(merged.notes)
        raise


def _merge(
    served: Version | None,
    upload: RawRecords,
    modes: Mapping[str, Mode],
    today: date,
    dialect: Dialect,
) -> RawRecords:
    """Merge an upload, and then its calendars, into the records of the served version."""
    known = read_folder(served.records).tables if served else {}
    calendars, others = split_calendars(upload)
    settled = resolve_upload(others, _with_events_of(calendars, known), dialect=dialect)
    merged = merge_delivery(served, settled, modes)
    if calendars.tables:
        entries, pairing = reconcile(calendars, merged.tables, today)
        resolved = resolve_upload(entries, merged.tables)
        merged = add_calendars(merged, complete_rows(resolved, pairing, merged.tables))
    fill_empty_cells(merged, settled)
    return merged


def _with_events_of(calendars: RawRecords, known: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Collect what files may name: the records, and the events of the calendars beside them."""
    if "events" not in calendars.tables or "events" not in known:
        return dict(known)
    here = calendars.tables["events"].select(known["events"].column_names)
    return {**known, "events": pa.concat_tables([known["events"], here])}


def make_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Make a file of rows; a cell that a row lacks is blank."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows({name: guard_formula(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode()


def list_unknown_names(problems: Iterable[Problem], target: str) -> list[str]:
    """List the names in problems or notes that stand where a record of the table `target` is named and is
    none, each once.
    """
    codes = {
        make_no_such_code(r) for t in tables().values() for r in t.references if r.target == target
    }
    names = [p.value.strip() for p in problems if p.code in codes and p.value]
    return list(dict.fromkeys(name for name in names if name))


def list_places(version: Version) -> dict[str, str]:
    """Return the places of the records, id and name."""
    rows = questions.browse(version, "places", limit=100_000)
    return {row["place_id"]: format_place(row) for row in rows}


def rank_places(named: Mapping[str, str], name: str) -> dict[str, str]:
    """Return places, id and name, those whose name is nearest first."""
    ranked = process.extract(
        name, named, scorer=fuzz.WRatio, processor=utils.default_process, limit=None
    )
    return {str(key): str(shown) for shown, _, key in ranked}


def format_place(row: Mapping[str, Any]) -> str:
    """Join venue, city and country of a place, as far as they are known."""
    return ", ".join(str(row[part]) for part in ("venue", "city", "country") if row.get(part))


def find_nearest_person(people: Mapping[str, str], name: str) -> str | None:
    """Find of people by id the one whose name is nearest, where one is near at all."""
    hit = process.extractOne(name, people, scorer=fuzz.WRatio, score_cutoff=80)
    return str(hit[2]) if hit else None


def build_record_file(store: Store, table: str, values: Mapping[str, str]) -> dict[str, bytes]:
    """Make a delivery of one record, for the small correction in a meeting: a field that is
    empty empties the value, one that is not among `values` keeps it. Raises KeyError for no such
    table.
    """
    columns = [column.name for column in tables()[table].shown_columns]
    if store.current_id() is None:
        raise StoreError(N_("the store is empty: publish a folder first"))
    row = {name: values[name] or EMPTIED_WORD for name in columns if name in values}
    return {f"{table}.csv": make_csv([row])}
