"""Records and versions on the command line: check, build, versions, history, demo."""

import argparse
import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard import demo
from dashboard.cli.delivery import dialect_of, read
from dashboard.cli.output import OK, say, store_of
from dashboard.intake.answers import Readings
from dashboard.intake.check import open_candidate
from dashboard.intake.files import read_folder
from dashboard.intake.template import template
from dashboard.model import settings
from dashboard.publishing.delivery import join
from dashboard.schema.contract import tables
from dashboard.store import Mode, Store, history, publish, remembered, upgrade
from dashboard.text.counts import count

if TYPE_CHECKING:
    from dashboard.intake.problems import Problem


def check(options: argparse.Namespace) -> int:
    """Say every problem of the records in a folder, or of files as a delivery to what is served."""
    path, chosen = options.folder or settings.data_folder(), settings.load()
    today = settings.local_day(datetime.now(UTC), chosen)
    notes: list[Problem] = []
    if path.is_dir() or not path.exists():
        candidate = open_candidate(read_folder(path), today)
    else:
        store = store_of(options)
        served = store.open() if store.current_id() else None
        upload = read(
            [path],
            today,
            Readings(remembered=remembered(store)),
            home=chosen.time_zone,
            encoding=options.encoding,
        )
        modes = dict.fromkeys(tables(), Mode.MERGE)
        dialect = dialect_of(options, chosen.time_zone)
        candidate, notes = join(served, upload, modes, today, dialect=dialect)
    candidate.close()
    said = [f"No problems found in {path}.", *(f"note: {note}" for note in notes)]
    say({"problems": [], "notes": [note.as_dict() for note in notes]}, options, "\n".join(said))
    return OK


def write_template(options: argparse.Namespace) -> int:
    """The empty workbook, with the ids and terms of the served version in its lists."""
    store = store_of(options)
    known = read_folder(store.open().records).tables if store.current_id() else None
    options.file.write_bytes(template(known))
    say({"file": str(options.file)}, options, f"The empty workbook is {options.file}.")
    return OK


def build(options: argparse.Namespace) -> int:
    """Publish the records of a folder."""
    store = store_of(options)
    if options.if_empty and (served := store.current_id()):
        renewed = upgrade(store)
        text = f"The store serves {served}." + (
            f" Built anew for this release: {', '.join(renewed)}." if renewed else ""
        )
        say({"version": served, "changed": False, "renewed": renewed}, options, text)
        return OK
    folder = options.folder or settings.data_folder()
    chosen = settings.load()
    published = publish(
        store,
        open_candidate(read_folder(folder), settings.local_day(datetime.now(UTC), chosen)),
        author=getpass.getuser(),
        message=options.message,
        now=datetime.now(UTC),
        small_groups_below=chosen.small_groups_below,
    )
    manifest = published.version.manifest
    words = "now serves" if published.changed else "serves already"
    text = (
        f"The store {store.root} {words} version {manifest.id}"
        f" ({count(sum(manifest.rows.values()), 'row')})."
    )
    text += "".join(f" {note}." for note in published.notes)
    if published.withheld:
        text += (
            f" {count(published.withheld, 'small head count')}"
            f" {'was' if published.withheld == 1 else 'were'} withheld."
        )
    if published.changed and manifest.parent is None and len(store.versions()) > 1:
        text += " It does not descend from the versions before it."
    answer = {
        "version": manifest.id,
        "changed": published.changed,
        "rows": manifest.rows,
        "withheld": published.withheld,
        "notes": published.notes,
    }
    say(answer, options, text)
    return OK


def versions(options: argparse.Namespace) -> int:
    """List the versions."""
    store = store_of(options)
    current = store.current_id()
    listed = [
        {
            "version": v.id,
            "served": v.id == current,
            "time": v.manifest.time,
            "author": v.manifest.author,
            "message": v.manifest.message,
            "parent": v.manifest.parent,
            "rows": sum(v.manifest.rows.values()),
        }
        for v in store.versions()
    ]
    lines = [
        f"{'*' if v['served'] else ' '} {v['version']}  {v['time']}  {count(rows, 'row')} "
        f" {v['author']}: {v['message']}"
        for v, rows in ((v, int(str(v["rows"]))) for v in listed)
    ]
    say(listed, options, "\n".join(lines) or f"The store {store.root} is empty.")
    return OK


def show_history(options: argparse.Namespace) -> int:
    """The log."""
    store = store_of(options)
    entries = history(store)
    lines = [
        f"{e['time']}  {e['action']:<8} {e['version']}  {e['author']}: {e['message']}"
        for e in entries
    ]
    say(entries, options, "\n".join(lines) or f"The store {store.root} is empty.")
    return OK


def make_demo(options: argparse.Namespace) -> int:
    """Make demo data in a store of its own."""
    store = Store(options.store or settings.home() / "store-demo")
    published = demo.make(store, demo.Size.of(options), now=datetime.now(UTC))
    rows = published.version.manifest.rows
    say(
        {"store": str(store.root), "version": published.version.id, "rows": rows},
        options,
        f"Demo data: {count(rows['events'], 'event')} in {store.root} (version"
        f" {published.version.id}).\nLook at it with: DASHBOARD_STORE={store.root} make run",
    )
    return OK
