"""Records and versions of a store: check, template, build, versions, history, demo."""

import argparse
import getpass
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard import demo
from dashboard.cli.commands import Command
from dashboard.cli.delivery import add_dialect_options, dialect_of, read_files
from dashboard.cli.output import OK, open_store, print_answer
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.intake.reading_options import DeliveryOptions
from dashboard.intake.template import build_template
from dashboard.model import settings
from dashboard.publishing.delivery import join_with_served
from dashboard.schema.contract import tables
from dashboard.store import (
    Mode,
    Published,
    Store,
    Version,
    publish,
    read_log,
    read_mappings,
    upgrade,
)
from dashboard.text.counts import format_count

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from dashboard.intake.problems import Problem


def add_check(command: Command) -> None:
    added = command("check", check, "Check a folder of CSV files, or one file; publishes nothing.")
    added.add_argument("folder", type=Path, nargs="?", default=None, help="default: data/")
    add_dialect_options(added)


def add_template(command: Command) -> None:
    added = command(
        "template", write_template, "Write an empty workbook with columns, lists and meanings."
    )
    added.add_argument("file", type=Path, help="where to, such as records.xlsx")


def add_build(command: Command) -> None:
    added = command(
        "build", build, "Publish a folder of CSV files as the served version, without asking."
    )
    added.add_argument("folder", type=Path, nargs="?", default=None, help="default: data/")
    added.add_argument("--message", default="Built from the command line", help="why, for the log")
    added.add_argument(
        "--if-empty", action="store_true", help="only when the store has no version yet"
    )


def add_versions(command: Command) -> None:
    command("versions", list_versions, "List the versions of the store, the newest first.")


def add_history(command: Command) -> None:
    command(
        "history",
        show_history,
        "What was published, rolled back and forgotten, by whom, when and why.",
    )


def add_demo(command: Command) -> None:
    demo.add_arguments(command("demo", make_demo, "Make a store of labelled demo data."))


def check(options: argparse.Namespace) -> int:
    """Say every problem of the records in a folder, or of files as a delivery to what is served."""
    path, chosen = options.folder or settings.data_folder(), settings.load()
    today = settings.local_day(datetime.now(UTC), chosen)
    notes: list[Problem] = []
    if path.is_dir() or not path.exists():
        candidate = open_checked_records(read_folder(path), today)
    else:
        candidate, notes = _join_file(options, path, today, chosen.time_zone)
    candidate.close()
    lines = [f"No problems found in {path}.", *(f"note: {note}" for note in notes)]
    print_answer(
        {"problems": [], "notes": [note.as_dict() for note in notes]}, options, "\n".join(lines)
    )
    return OK


def _join_file(
    options: argparse.Namespace, path: Path, today: date, time_zone: str
) -> "tuple[DuckDBPyConnection, list[Problem]]":
    """Join one file with what is served, as a delivery that adds rows; and its notes."""
    store = open_store(options)
    served = store.open() if store.current_id() else None
    readings = DeliveryOptions(remembered=read_mappings(store))
    upload = read_files([path], today, readings, home=time_zone, encoding=options.encoding)
    modes = dict.fromkeys(tables(), Mode.MERGE)
    return join_with_served(served, upload, modes, today, dialect=dialect_of(options, time_zone))


def write_template(options: argparse.Namespace) -> int:
    """Write the empty workbook, with the ids and terms of the served version in its lists."""
    store = open_store(options)
    known = read_folder(store.open().records).tables if store.current_id() else None
    options.file.write_bytes(build_template(known))
    print_answer({"file": str(options.file)}, options, f"The empty workbook is {options.file}.")
    return OK


def build(options: argparse.Namespace) -> int:
    """Publish the records of a folder."""
    store, chosen = open_store(options), settings.load()
    if options.if_empty and (served := store.current_id()):
        return _renew(options, store, served)
    folder = options.folder or settings.data_folder()
    published = publish(
        store,
        open_checked_records(read_folder(folder), settings.local_day(datetime.now(UTC), chosen)),
        author=getpass.getuser(),
        message=options.message,
        now=datetime.now(UTC),
        small_groups_below=chosen.small_groups_below,
    )
    answer = {
        "version": published.version.id,
        "changed": published.changed,
        "rows": published.version.manifest.rows,
        "withheld": published.withheld,
        "notes": published.notes,
    }
    print_answer(answer, options, _describe_built(store, published))
    return OK


def _renew(options: argparse.Namespace, store: Store, served: str) -> int:
    """Build the versions of a store anew that another release built."""
    renewed = upgrade(store)
    text = f"The store serves {served}."
    if renewed:
        text += f" Built anew for this release: {', '.join(renewed)}."
    print_answer({"version": served, "changed": False, "renewed": renewed}, options, text)
    return OK


def _describe_built(store: Store, published: Published) -> str:
    manifest, verb = published.version.manifest, "now serves"
    if not published.changed:
        verb = "serves already"
    rows = format_count(sum(manifest.rows.values()), "row")
    sentences = [f"The store {store.root} {verb} version {manifest.id} ({rows})."]
    sentences += [f"{note}." for note in published.notes]
    if published.withheld:
        verb = "was" if published.withheld == 1 else "were"
        sentences.append(f"{format_count(published.withheld, 'small head count')} {verb} withheld.")
    if published.changed and manifest.parent is None and len(store.versions()) > 1:
        sentences.append("It does not descend from the versions before it.")
    return " ".join(sentences)


def list_versions(options: argparse.Namespace) -> int:
    """List the versions."""
    store = open_store(options)
    current = store.current_id()
    found = [_convert_version(version, current) for version in store.versions()]
    lines = [_describe_version(version) for version in found]
    print_answer(found, options, "\n".join(lines) or f"The store {store.root} is empty.")
    return OK


def _convert_version(version: Version, current: str | None) -> dict[str, Any]:
    manifest = version.manifest
    return {
        "version": version.id,
        "served": version.id == current,
        "time": manifest.time,
        "author": manifest.author,
        "message": manifest.message,
        "parent": manifest.parent,
        "rows": sum(manifest.rows.values()),
    }


def _describe_version(version: Mapping[str, Any]) -> str:
    served, rows = "*" if version["served"] else " ", format_count(version["rows"], "row")
    return (
        f"{served} {version['version']}  {version['time']}  {rows}  {version['author']}:"
        f" {version['message']}"
    )


def show_history(options: argparse.Namespace) -> int:
    """Show what was done with the store."""
    store = open_store(options)
    entries = read_log(store)
    lines = [
        f"{e['time']}  {e['action']:<8} {e['version']}  {e['author']}: {e['message']}"
        for e in entries
    ]
    print_answer(entries, options, "\n".join(lines) or f"The store {store.root} is empty.")
    return OK


def make_demo(options: argparse.Namespace) -> int:
    """Make demo data in a store of its own."""
    store = Store(options.store or settings.home_folder() / "store-demo")
    published = demo.make_demo(store, demo.Size.of(options), now=datetime.now(UTC))
    rows = published.version.manifest.rows
    print_answer(
        {"store": str(store.root), "version": published.version.id, "rows": rows},
        options,
        f"Demo data: {format_count(rows['events'], 'event')} in {store.root} (version"
        f" {published.version.id}).\nLook at it with: DASHBOARD_STORE={store.root} make run",
    )
    return OK
