"""Changes of what is served: diff, publish, candidate, rollback, export."""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard import store
from dashboard.cli.commands import Command, add_log_options
from dashboard.cli.delivery import (
    add_answer_options,
    add_dialect_options,
    apply_names,
    dialect_of,
    read_answers,
    read_files,
)
from dashboard.cli.describe_changes import convert_changes, describe_changes
from dashboard.cli.output import CONFIRM, FAILED, OK, open_store, print_answer
from dashboard.intake.files import RawRecords, read_folder
from dashboard.intake.problems import Problem, Refused
from dashboard.intake.reading_options import DeliveryOptions
from dashboard.model import settings
from dashboard.publishing.changes import find_changes
from dashboard.publishing.delivery import join_with_served
from dashboard.schema.contract import tables
from dashboard.shares import SharesError, people_everywhere
from dashboard.store import Candidate, Mode, StoreError, Version
from dashboard.text.counts import format_count

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def add_diff(command: Command) -> None:
    added = command(
        "diff", show_diff, "Which records and numbers differ between two versions or candidates."
    )
    added.add_argument("a", nargs="?", help="before (default: the parent of B)")
    added.add_argument("b", nargs="?", help="after (default: the served version)")


def add_publish(command: Command) -> None:
    added = command(
        "publish",
        publish,
        "Publish CSV files or spreadsheets; tables that are not among them stay.",
    )
    added.add_argument("paths", type=Path, nargs="*", help="folders or files (default: data/)")
    _add_modes(added)
    add_dialect_options(added)
    added.add_argument(
        "--candidate", action="store_true", help="make a candidate to look at; publish nothing"
    )
    add_log_options(added, confirm=True)
    add_answer_options(added)


def _add_modes(parser: argparse.ArgumentParser) -> None:
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--merge",
        action="store_true",
        help="rows are added, or take the place of those with their key",
    )
    mode.add_argument(
        "--replace",
        action="store_true",
        help="a delivered table takes the place of the whole (default)",
    )


def add_candidate(command: Command) -> None:
    added = command(
        "candidate", handle_candidate, "List candidates; publish, compare or discard one."
    )
    added.add_argument("action", choices=list(CANDIDATE_ACTIONS), nargs="?", default="list")
    added.add_argument("id", nargs="?")
    add_log_options(added, confirm=True, required=False)


def add_rollback(command: Command) -> None:
    added = command("rollback", rollback, "Serve another kept version, an older or a newer one.")
    added.add_argument("id")
    add_log_options(added)


def add_export(command: Command) -> None:
    added = command("export", export, "Copy the records of a version into an empty folder.")
    added.add_argument("id", help="id of a version, or “current”")
    added.add_argument("folder", type=Path)


def log_entry(options: argparse.Namespace) -> dict[str, Any]:
    """Read who makes a change, why and when."""
    author = options.author or getpass.getuser()
    return {"author": author, "message": options.message, "now": datetime.now(UTC)}


def _find(kept: store.Store, version_id: str) -> Version:
    return (
        kept.candidate(version_id)
        if version_id in {c.id for c in kept.candidates()}
        else kept.open(version_id)
    )


def show_diff(options: argparse.Namespace) -> int:
    """Compare two versions."""
    kept = open_store(options)
    after = _find(kept, options.b) if options.b else kept.open()
    before_id = options.a or after.manifest.parent
    if before_id is None:
        raise StoreError(f"version {after.id} has no parent to compare with: name another version")
    changes = find_changes(_find(kept, before_id), after)
    print_answer(convert_changes(changes), options, describe_changes(changes))
    return OK


def publish(options: argparse.Namespace) -> int:
    """Make a candidate of a delivery, and publish it unless somebody has to confirm it."""
    kept = open_store(options)
    readings = read_answers(options, store.read_mappings(kept))
    delivery = _read_delivery(options, kept, readings)
    made = store.build_candidate(
        kept,
        delivery.records,
        small_groups_below=settings.load().small_groups_below,
        origins=delivery.named.origins,
        **log_entry(options),
    )
    code = publish_candidate(options, kept, made, look_only=options.candidate)
    if code == OK and not options.candidate:
        store.save_mappings(
            kept, store.derive_mappings(delivery.upload.headings, readings), wait=10
        )
    return code


@dataclass(frozen=True)
class _Delivery:
    """A delivery: its files as they were read, the same with the names that were said, and its
    records joined with what is served.
    """

    upload: RawRecords
    named: RawRecords
    records: "DuckDBPyConnection"


def _read_delivery(
    options: argparse.Namespace, kept: store.Store, readings: DeliveryOptions
) -> _Delivery:
    """Read the files that were named and join them with what is served; notes go to stderr."""
    served = kept.open() if kept.current_id() else None
    chosen = settings.load()
    today = settings.local_day(datetime.now(UTC), chosen)
    paths = options.paths or [settings.data_folder()]
    upload = read_files(paths, today, readings, home=chosen.time_zone, encoding=options.encoding)
    mode = Mode.MERGE if options.merge else Mode.REPLACE
    modes = {name: mode if name in upload.tables else Mode.MERGE for name in tables()}
    known = read_folder(served.records).tables if served else {}
    try:
        named = apply_names(options, upload, known)
        dialect = dialect_of(options, chosen.time_zone)
        records, notes = join_with_served(served, named, modes, today, dialect=dialect)
    except Refused as refused:
        _print_notes(refused.notes)
        raise
    _print_notes(notes)
    return _Delivery(upload, named, records)


def _print_notes(notes: Iterable[Problem]) -> None:
    for note in notes:
        print(f"note: {note}", file=sys.stderr)


def publish_candidate(
    options: argparse.Namespace, kept: store.Store, made: Candidate, *, look_only: bool = False
) -> int:
    """Say what a candidate changes, and publish it where it is not only to be looked at and needs
    no confirmation.
    """
    before = kept.open() if kept.current_id() else None
    changes = find_changes(before, made.version)
    answer = convert_changes(changes) | {
        "candidate": made.version.id,
        "withheld": made.withheld,
        "notes": made.notes,
    }
    words = "\n".join([describe_changes(changes), *(f"{note}." for note in made.notes)])
    unconfirmed = bool(changes.needs_confirmation) and not options.yes
    if look_only or unconfirmed:
        text = f"{words}\nCandidate {made.version.id} is kept for a day."
        print_answer(answer | {"published": False}, options, text)
        if look_only or not changes.needs_confirmation:
            return OK
        return ask_for_confirmation(f"candidate publish {made.version.id} --yes --message …")
    published = store.publish_candidate(kept, made.version.id, **log_entry(options))
    _follow_merged_people(kept, before, published.version)
    answer |= {"published": True, "version": published.version.id, "changed": published.changed}
    print_answer(answer, options, f"{words}\n{describe_served(kept, published)}")
    return OK


def describe_served(kept: store.Store, published: store.Published) -> str:
    """Say which version a store serves after a change."""
    verb = "now serves" if published.changed else "serves already"
    return f"The store {kept.root} {verb} version {published.version.id}."


def _follow_merged_people(kept: store.Store, before: Version | None, after: Version) -> None:
    try:
        people_everywhere.follow(kept, before, after)
    except SharesError as error:  # it is published all the same
        print(
            f"dashboard: saved views still name merged people by their old ids: {error}",
            file=sys.stderr,
        )


def ask_for_confirmation(command: str) -> int:
    """Say with which command a change that is meant is made."""
    print(f"Nothing was changed. If this is meant: python -m dashboard {command}", file=sys.stderr)
    return CONFIRM


def handle_candidate(options: argparse.Namespace) -> int:
    """List candidates, or do something with one."""
    kept = open_store(options)
    if options.action != "list" and not options.id:
        print("dashboard: name a candidate; `candidate list` has them", file=sys.stderr)
        return FAILED
    return CANDIDATE_ACTIONS[options.action](options, kept)


def _list_candidates(options: argparse.Namespace, kept: store.Store) -> int:
    found = [
        {
            "candidate": c.id,
            "time": c.manifest.time,
            "author": c.manifest.author,
            "message": c.manifest.message,
            "parent": c.manifest.parent,
        }
        for c in kept.candidates()
    ]
    lines = [f"{c['candidate']}  {c['time']}  {c['author']}: {c['message']}" for c in found]
    print_answer(found, options, "\n".join(lines) or "There are no candidates.")
    return OK


def _diff_candidate(options: argparse.Namespace, kept: store.Store) -> int:
    changes = find_changes(kept.open() if kept.current_id() else None, kept.candidate(options.id))
    print_answer(convert_changes(changes), options, describe_changes(changes))
    return OK


def _publish_candidate(options: argparse.Namespace, kept: store.Store) -> int:
    found = kept.candidate(options.id)
    options.message = options.message or found.manifest.message
    return publish_candidate(options, kept, Candidate(found))


def _discard_candidate(options: argparse.Namespace, kept: store.Store) -> int:
    store.discard(kept, options.id)
    print_answer({"discarded": options.id}, options, f"Candidate {options.id} is gone.")
    return OK


CANDIDATE_ACTIONS: Mapping[str, Callable[[argparse.Namespace, store.Store], int]] = {
    "list": _list_candidates,
    "diff": _diff_candidate,
    "publish": _publish_candidate,
    "discard": _discard_candidate,
}


def rollback(options: argparse.Namespace) -> int:
    """Serve another kept version."""
    kept = open_store(options)
    done = store.rollback(kept, options.id, **log_entry(options))
    answer = {"version": done.version.id, "changed": done.changed}
    print_answer(answer, options, describe_served(kept, done))
    return OK


def export(options: argparse.Namespace) -> int:
    """Copy the records of a version."""
    kept = open_store(options)
    version = kept.open(None if options.id == "current" else options.id)
    paths = store.export_records(version, options.folder)
    print_answer(
        {"version": version.id, "files": [str(path) for path in paths]},
        options,
        f"{format_count(len(paths), 'file')} of version {version.id} {'is' if len(paths) == 1 else 'are'}"
        f" in {options.folder}.",
    )
    return OK
