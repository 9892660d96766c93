"""Changes on the command line: diff, publish, candidate, rollback, forget, export, merge-people,
split-alias.
"""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dashboard import store
from dashboard.cli.delivery import add_answers, dialect_of, how_it_is_written, named, read, readings
from dashboard.cli.output import CONFIRM, FAILED, OK, say, store_of
from dashboard.cli.report import as_plain, in_words
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Problem, Refused
from dashboard.model import settings
from dashboard.publishing.changes import compare
from dashboard.publishing.delivery import join
from dashboard.schema.contract import tables
from dashboard.shares import ShelfError, people_everywhere
from dashboard.store import Candidate, Mode, StoreError, Version
from dashboard.text.counts import count

Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_commands(command: Command) -> None:
    """The commands that change the store, or say what a change would be."""
    diff = command(
        "diff", show_diff, "Which records and numbers differ between two versions or candidates."
    )
    diff.add_argument("a", nargs="?", help="before (default: the parent of B)")
    diff.add_argument("b", nargs="?", help="after (default: the served version)")
    published = command(
        "publish",
        publish,
        "Publish CSV files or spreadsheets; tables that are not among them stay.",
    )
    published.add_argument("paths", type=Path, nargs="*", help="folders or files (default: data/)")
    mode = published.add_mutually_exclusive_group()
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
    how_it_is_written(published)
    published.add_argument(
        "--candidate", action="store_true", help="make a candidate to look at; publish nothing"
    )
    _who_and_why(published, confirm=True)
    add_answers(published)
    made = command("candidate", candidate, "List candidates; publish, compare or discard one.")
    made.add_argument(
        "action", choices=["list", "diff", "publish", "discard"], nargs="?", default="list"
    )
    made.add_argument("id", nargs="?")
    _who_and_why(made, confirm=True, required=False)
    back = command("rollback", rollback, "Serve another kept version, an older or a newer one.")
    back.add_argument("id")
    _who_and_why(back)
    gone = command("forget", forget, "Remove a person from every kept version, for good.")
    gone.add_argument("person", help="id of the person, such as job-doornberg")
    gone.add_argument(
        "--name", action="append", default=[], help="another spelling to look for; repeatable"
    )
    gone.add_argument(
        "--again", default="", metavar="NUMBER", help="person-removed-N that removed.json lacks"
    )
    _who_and_why(gone, confirm=True, required=False)
    out = command("export", export, "Copy the records of a version into an empty folder.")
    out.add_argument("id", help="id of a version, or “current”")
    out.add_argument("folder", type=Path)
    one = command("merge-people", merge_people, "Make a candidate in which two people are one.")
    one.add_argument("keep", help="id that stays")
    one.add_argument("gone", help="id that becomes another spelling of it")
    _who_and_why(one)
    two = command(
        "split-alias", split_alias, "Make a candidate in which a spelling is a person of its own."
    )
    two.add_argument("alias")
    two.add_argument("person", help="id of the new person")
    two.add_argument(
        "--event",
        action="append",
        default=[],
        help="at which the new person contributed; repeatable",
    )
    _who_and_why(two)


def _who_and_why(
    parser: argparse.ArgumentParser, *, confirm: bool = False, required: bool = True
) -> None:
    parser.add_argument("--message", required=required, default="", help="why, for the log")
    parser.add_argument(
        "--author", default=None, help="who, for the log (default: the user of this computer)"
    )
    if confirm:
        parser.add_argument("--yes", action="store_true", help="the change is meant, however large")


def _signed(options: argparse.Namespace) -> dict[str, Any]:
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
    kept = store_of(options)
    after = _find(kept, options.b) if options.b else kept.open()
    before_id = options.a or after.manifest.parent
    if before_id is None:
        raise StoreError(f"version {after.id} has no parent to compare with: name another version")
    changes = compare(_find(kept, before_id), after)
    say(as_plain(changes), options, in_words(changes))
    return OK


def publish(options: argparse.Namespace) -> int:
    """Make a candidate of a delivery, and publish it unless somebody has to confirm it."""
    kept = store_of(options)
    served = kept.open() if kept.current_id() else None
    chosen = settings.load()
    today = settings.local_day(datetime.now(UTC), chosen)
    said = readings(options, store.remembered(kept))
    paths = options.paths or [settings.data_folder()]
    upload = read(paths, today, said, home=chosen.time_zone, encoding=options.encoding)
    mode = Mode.MERGE if options.merge else Mode.REPLACE
    modes = {name: mode if name in upload.tables else Mode.MERGE for name in tables()}
    known = read_folder(served.records).tables if served else {}
    dialect = dialect_of(options, chosen.time_zone)
    try:
        delivered = named(options, upload, known)
        records, notes = join(served, delivered, modes, today, dialect=dialect)
    except Refused as refused:
        _say_notes(refused.notes)
        raise
    _say_notes(notes)
    below = chosen.small_groups_below
    signed = _signed(options)
    made = store.propose(
        kept, records, small_groups_below=below, origins=delivered.origins, **signed
    )
    code = _publish(options, kept, made, look_only=options.candidate)
    if code == OK and not options.candidate:
        store.remember(kept, store.learn(upload.headings, said), wait=10)
    return code


def _say_notes(notes: Iterable[Problem]) -> None:
    for note in notes:
        print(f"note: {note}", file=sys.stderr)


def _publish(
    options: argparse.Namespace, kept: store.Store, made: Candidate, *, look_only: bool = False
) -> int:
    before = kept.open() if kept.current_id() else None
    changes = compare(before, made.version)
    answer = as_plain(changes) | {
        "candidate": made.version.id,
        "withheld": made.withheld,
        "notes": made.notes,
    }
    words = "\n".join([in_words(changes), *(f"{note}." for note in made.notes)])
    if look_only or (changes.needs_confirmation and not options.yes):
        say(
            answer | {"published": False},
            options,
            f"{words}\nCandidate {made.version.id} is kept for a day.",
        )
        if changes.needs_confirmation and not look_only:
            return _ask(
                f"python -m dashboard candidate publish {made.version.id} --yes --message …"
            )
        return OK
    published = store.publish_candidate(kept, made.version.id, **_signed(options))
    _follow(kept, before, published.version)
    verb = "now serves" if published.changed else "serves already"
    say(
        answer | {"published": True, "version": published.version.id, "changed": published.changed},
        options,
        f"{words}\nThe store {kept.root} {verb} version {published.version.id}.",
    )
    return OK


def _follow(kept: store.Store, before: Version | None, after: Version) -> None:
    try:
        people_everywhere.follow(kept, before, after)
    except ShelfError as error:  # it is published all the same
        print(
            f"dashboard: saved views still name merged people by their old ids: {error}",
            file=sys.stderr,
        )


def _ask(command: str) -> int:
    print(f"Nothing was changed. If this is meant: {command}", file=sys.stderr)
    return CONFIRM


def candidate(options: argparse.Namespace) -> int:
    """List candidates, or do something with one."""
    kept = store_of(options)
    if options.action == "list":
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
        say(found, options, "\n".join(lines) or "There are no candidates.")
        return OK
    if not options.id:
        print("dashboard: name a candidate; `candidate list` has them", file=sys.stderr)
        return FAILED
    if options.action == "discard":
        store.discard(kept, options.id)
        say({"discarded": options.id}, options, f"Candidate {options.id} is gone.")
        return OK
    if options.action == "publish":
        found_one = kept.candidate(options.id)
        options.message = options.message or found_one.manifest.message
        return _publish(options, kept, Candidate(found_one))
    changes = compare(kept.open() if kept.current_id() else None, kept.candidate(options.id))
    say(as_plain(changes), options, in_words(changes))
    return OK


def rollback(options: argparse.Namespace) -> int:
    """Serve another kept version."""
    kept = store_of(options)
    done = store.rollback(kept, options.id, **_signed(options))
    verb = "now serves" if done.changed else "serves already"
    answer = {"version": done.version.id, "changed": done.changed}
    say(answer, options, f"The store {kept.root} {verb} version {done.version.id}.")
    return OK


def forget(options: argparse.Namespace) -> int:
    """Remove a person for good."""
    kept = store_of(options)
    if not options.yes:
        print(people_everywhere.in_words(kept, options.person))
        if found := people_everywhere.preview(kept, options.person):
            print(
                "\n".join(
                    [
                        "On the shelf these change, and short links that search for the name go:",
                        *_told(found),
                    ]
                )
            )
        return _ask(f"python -m dashboard forget {options.person} --yes --message …")
    options.message = options.message or "on request"
    done = people_everywhere.forget(
        kept, options.person, names=options.name, again=options.again, **_signed(options)
    )
    lines = [
        f"Built anew: {count(len(done.versions), 'version')}; {done.name} stands for the person."
    ]
    lines += [f"Version {lost} could not be built anew and was deleted." for lost in done.lost]
    if done.mentions:
        lines += [
            "These texts still contain the name; change them and publish:",
            *_told(done.mentions),
        ]
    lines.append(
        "Backups, exports and data/ still hold the person: see docs/operations.md, Forgetting."
    )
    say(done, options, "\n".join(lines))
    return OK


def _told(mentions: Iterable[store.Mention]) -> list[str]:
    return [f"  {m.table} {m.record_id}, {m.column}: {m.text}" for m in mentions]


def export(options: argparse.Namespace) -> int:
    """Copy the records of a version."""
    kept = store_of(options)
    version = kept.open(None if options.id == "current" else options.id)
    paths = store.export(version, options.folder)
    say(
        {"version": version.id, "files": [str(path) for path in paths]},
        options,
        f"{count(len(paths), 'file')} of version {version.id} {'is' if len(paths) == 1 else 'are'}"
        f" in {options.folder}.",
    )
    return OK


def merge_people(options: argparse.Namespace) -> int:
    """Propose that two people are one."""
    kept = store_of(options)
    options.yes = False
    return _publish(
        options,
        kept,
        store.merge_people(kept, options.keep, options.gone, **_signed(options)),
        look_only=True,
    )


def split_alias(options: argparse.Namespace) -> int:
    """Propose that a spelling is a person of its own."""
    kept = store_of(options)
    options.yes = False
    made = store.split_alias(
        kept, options.alias, options.person, events=options.event, **_signed(options)
    )
    return _publish(options, kept, made, look_only=True)
