"""Tables for an engine on other machines: parquet."""

import argparse
from collections.abc import Callable
from pathlib import Path

from dashboard.cli.output import OK, say, store_of
from dashboard.store import StoreError, Version, parquet
from dashboard.text.counts import count

Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_commands(command: Command) -> None:
    """The command that writes a version as Parquet."""
    written = command(
        "parquet",
        write,
        "Write the tables of a version as Parquet, for a Spark ([engine] in the settings).",
    )
    written.add_argument("folder", type=Path, help="where to: a folder per version is made in it")
    written.add_argument(
        "--version",
        default=None,
        metavar="ID",
        help="a version or candidate (default: the served one)",
    )
    written.add_argument(
        "--tidy",
        action="store_true",
        help="also delete there what the store does not keep any more",
    )


def write(options: argparse.Namespace) -> int:
    """Write a version that is not there yet."""
    version = _version(options)
    path, fresh = parquet.write(version, options.folder)
    gone = parquet.tidy(store_of(options), options.folder) if options.tidy else []
    text = f"Version {version.id} {'is now' if fresh else 'was already'} in {path}."
    if gone:
        text += (
            f" {count(len(gone), 'version')} that the store does not keep any more went:"
            f" {', '.join(gone)}."
        )
    say({"version": version.id, "folder": path, "written": fresh, "gone": gone}, options, text)
    return OK


def _version(options: argparse.Namespace) -> Version:
    store = store_of(options)
    try:
        return store.open(options.version)
    except StoreError:
        if options.version and (store.candidates_folder / options.version).is_dir():
            return store.candidate(options.version)
        raise
