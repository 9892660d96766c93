"""The command line: python -m dashboard COMMAND. `output` speaks, `ask` questions, `keep` builds
and lists, `change` publishes, `sharing` lists what was shared, `take` writes slides and workbooks,
`admission` ends sign-ins, `safekeeping` makes and restores backups, `serving` shows it to many,
`parquet` writes tables for a Spark.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from dashboard import demo
from dashboard.cli import admission, ask, change, keep, parquet, safekeeping, serving, sharing, take
from dashboard.cli.delivery import how_it_is_written
from dashboard.cli.output import CONFIRM, FAILED, FOUND_PROBLEMS, OK, say_problems
from dashboard.export.deck import DeckError
from dashboard.intake.problems import Refused
from dashboard.model import settings
from dashboard.query import metrics, questions
from dashboard.server.backup import BackupError
from dashboard.server.multiprocess import ServeError
from dashboard.shares import ShelfError
from dashboard.store import StoreError
from dashboard.store.durable import fault_in_words

__all__ = ["CONFIRM", "FAILED", "FOUND_PROBLEMS", "OK", "main"]
Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 the records have problems, 2 failed, 3 a
    confirmation is needed.
    """
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except Refused as refused:
        return say_problems(refused, options)
    except (
        StoreError,
        ShelfError,
        DeckError,
        BackupError,
        settings.SettingsError,
        demo.DemoError,
        ServeError,
    ) as error:
        print(f"dashboard: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        return OK
    except (
        OSError
    ) as error:  # a full disk, a folder that cannot be written: what is served is as it was
        print(f"dashboard: {fault_in_words(error)}", file=sys.stderr)
        return FAILED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard", description="Ask and keep the programme's records."
    )
    parser.add_argument(
        "--store",
        type=Path,
        default=None,
        help="folder of the store (default: DASHBOARD_STORE or store/)",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, action: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(command=action)
        added.add_argument("--json", action="store_true", help="answer as JSON")
        return added

    _keeping(command)
    change.add_commands(command)
    _asking(command)
    sharing.add_commands(command)
    take.add_commands(command)
    admission.add_commands(command)
    safekeeping.add_commands(command)
    serving.add_commands(command)
    parquet.add_commands(command)
    demo.add_arguments(command("demo", keep.make_demo, "Make a store of labelled demo data."))
    return parser


def _keeping(command: Command) -> None:
    checked = command(
        "check", keep.check, "Check a folder of CSV files, or one file; publishes nothing."
    )
    checked.add_argument("folder", type=Path, nargs="?", default=None, help="default: data/")
    how_it_is_written(checked)
    command(
        "template", keep.write_template, "Write an empty workbook with columns, lists and meanings."
    ).add_argument("file", type=Path, help="where to, such as records.xlsx")
    built = command(
        "build", keep.build, "Publish a folder of CSV files as the served version, without asking."
    )
    built.add_argument("folder", type=Path, nargs="?", default=None, help="default: data/")
    built.add_argument("--message", default="Built from the command line", help="why, for the log")
    built.add_argument(
        "--if-empty", action="store_true", help="only when the store has no version yet"
    )
    command("versions", keep.versions, "List the versions of the store, the newest first.")
    command(
        "history",
        keep.show_history,
        "What was published, rolled back and forgotten, by whom, when and why.",
    )


def _asking(command: Command) -> None:
    ask.add_filters(
        command("metrics", ask.show_metrics, "Every number of the dashboard under the filters.")
    )
    asked = command("rows", ask.show_rows, "The records behind the numbers under the filters.")
    asked.add_argument(
        "question",
        choices=[*questions.RECORDS, *metrics.METRICS],
        metavar="QUESTION",
        help=(
            f"{', '.join(questions.RECORDS)}; or a metric, for the records behind it:"
            f" {', '.join(metrics.METRICS)}"
        ),
    )
    asked.add_argument("--csv", action="store_true", help="answer as CSV")
    ask.add_part(asked)
    ask.add_filters(asked)
