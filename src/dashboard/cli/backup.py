"""Backups: backup, restore."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from dashboard.cli.commands import Command
from dashboard.cli.output import OK, open_store, print_answer
from dashboard.model import settings
from dashboard.server import backup
from dashboard.shares import SharesDb
from dashboard.text.counts import format_count


def add_backup(command: Command) -> None:
    added = command(
        "backup", back_up, "Write everything that was published, shared and set into one file."
    )
    added.add_argument(
        "file", type=Path, help="where to, such as dashboard-2026-01-15.tar; never written over"
    )


def add_restore(command: Command) -> None:
    added = command(
        "restore", restore, "Put a backup back where no store is; every byte is compared."
    )
    added.add_argument("file", type=Path)


def _find_place(options: argparse.Namespace) -> backup.Place:
    store = open_store(options)
    return backup.Place(store, SharesDb(settings.shares_file(store.root)), settings.data_folder())


def back_up(options: argparse.Namespace) -> int:
    """Write a backup."""
    made = backup.back_up(_find_place(options), options.file, datetime.now(UTC))
    print_answer(
        made,
        options,
        f"{options.file} holds {format_count(made.versions, 'version')} ({made.served} is served), in"
        f" {format_count(made.files, 'file')}.",
    )
    return OK


def restore(options: argparse.Namespace) -> int:
    """Put a backup back."""
    place = _find_place(options)
    found = backup.restore(options.file, place)
    lines = [
        (
            f"The store {place.store.root} serves {found.served} again, as on {found.time}: every file"
            " is whole."
        )
    ]
    lines += [
        f"{path.name} differs from what is in {path.parent}, and was put beside it."
        for path in found.beside
    ]
    lines += ["Build it anew for this release: python -m dashboard build --if-empty"]
    lines += ["Who was forgotten since then is in it again: forget them once more."]
    print_answer(found, options, "\n".join(lines))
    return OK
