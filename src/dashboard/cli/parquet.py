"""Tables for an engine on other machines: parquet."""

import argparse
from pathlib import Path

from dashboard.cli.commands import Command
from dashboard.cli.output import OK, open_store, print_answer
from dashboard.store import StoreError, Version, parquet
from dashboard.text.counts import format_count


def add_parquet(command: Command) -> None:
    added = command(
        "parquet",
        write_parquet,
        "Write the tables of a version as Parquet, for a Spark ([engine] in the settings).",
    )
    added.add_argument("folder", type=Path, help="where to: a folder per version is made in it")
    added.add_argument(
        "--version",
        default=None,
        metavar="ID",
        help="a version or candidate (default: the served one)",
    )
    added.add_argument(
        "--tidy",
        action="store_true",
        help="also delete there what the store does not keep any more",
    )


def write_parquet(options: argparse.Namespace) -> int:
    """Write a version as Parquet where it is not there yet."""
    version = _open_version(options)
    path, fresh = parquet.write_parquet(version, options.folder)
    gone = parquet.delete_stale_parquet(open_store(options), options.folder) if options.tidy else []
    text = f"Version {version.id} {'is now' if fresh else 'was already'} in {path}."
    if gone:
        text += (
            f" {format_count(len(gone), 'version')} that the store does not keep any more went:"
            f" {', '.join(gone)}."
        )
    print_answer(
        {"version": version.id, "folder": path, "written": fresh, "gone": gone}, options, text
    )
    return OK


def _open_version(options: argparse.Namespace) -> Version:
    store = open_store(options)
    try:
        return store.open(options.version)
    except StoreError:
        if options.version and (store.candidates_folder / options.version).is_dir():
            return store.candidate(options.version)
        raise
