"""The command line: python -m dashboard COMMAND. `commands` has what a command is made with,
`output` what it answers; the other modules are the commands by subject.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from dashboard import demo
from dashboard.cli import (
    admission,
    ask,
    backup,
    digest,
    parquet,
    people,
    publishing,
    records,
    serving,
    sharing,
    take,
)
from dashboard.cli.commands import Action, Command
from dashboard.cli.output import CONFIRM, FAILED, FOUND_PROBLEMS, NOTHING, OK, print_problems
from dashboard.export.deck import DeckError
from dashboard.export.digest import DigestError
from dashboard.intake.problems import Refused
from dashboard.model import settings
from dashboard.server.backup import BackupError
from dashboard.server.multiprocess import ServeError
from dashboard.shares import SharesError
from dashboard.store import StoreError
from dashboard.store.durable import describe_disk_fault

__all__ = ["CONFIRM", "FAILED", "FOUND_PROBLEMS", "NOTHING", "OK", "main"]
COMMANDS: Sequence[Callable[[Command], None]] = (
    records.add_check,
    records.add_template,
    records.add_build,
    records.add_versions,
    records.add_history,
    publishing.add_diff,
    publishing.add_publish,
    publishing.add_candidate,
    publishing.add_rollback,
    people.add_forget,
    publishing.add_export,
    people.add_merge_people,
    people.add_split_alias,
    ask.add_metrics,
    ask.add_rows,
    sharing.add_shares,
    sharing.add_calendar,
    take.add_deck,
    take.add_workbook,
    take.add_word,
    take.add_refresh_deck,
    digest.add_digest,
    admission.add_sign_out,
    backup.add_backup,
    backup.add_restore,
    serving.add_serve,
    serving.add_nginx,
    parquet.add_parquet,
    records.add_demo,
)
"""In the order in which the help lists them."""
EXPECTED_ERRORS = (
    StoreError,
    SharesError,
    DeckError,
    DigestError,
    BackupError,
    settings.SettingsError,
    demo.DemoError,
    ServeError,
)
"""Errors whose message says to people what is wrong."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 the records have problems, 2 failed, 3 a
    confirmation is needed, 4 there is nothing to send.
    """
    options = _build_parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except Refused as refused:
        return print_problems(refused, options)
    except EXPECTED_ERRORS as error:
        return _fail(str(error))
    except BrokenPipeError:
        return OK
    except OSError as error:
        # a full disk, a folder that cannot be written: what is served is as it was
        return _fail(describe_disk_fault(error))
    return code


def _fail(reason: str) -> int:
    print(f"dashboard: {reason}", file=sys.stderr)
    return FAILED


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard", description="Ask and keep the programme's records."
    )
    help_of_store = "folder of the store (default: DASHBOARD_STORE or store/)"
    parser.add_argument("--store", type=Path, default=None, help=help_of_store)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, action: Action, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(command=action)
        added.add_argument("--json", action="store_true", help="answer as JSON")
        return added

    for add_command in COMMANDS:
        add_command(command)
    return parser
