"""Questions: metrics, rows."""

import argparse
import sys
from typing import Any

from dashboard.cli.commands import Command
from dashboard.cli.output import OK, open_store, print_answer
from dashboard.export.csv_files import flatten, to_csv
from dashboard.model.filter_links import drop_unknown_ids, parse_filters, parse_link
from dashboard.model.filters import FILTER_NAMES, Filters
from dashboard.model.quantity import Quantity
from dashboard.query import metrics, questions
from dashboard.store import Version
from dashboard.text.selection import describe_filters


def add_metrics(command: Command) -> None:
    _add_filters(
        command("metrics", show_metrics, "Every number of the dashboard under the filters.")
    )


def add_rows(command: Command) -> None:
    added = command("rows", show_rows, "The records behind the numbers under the filters.")
    records, numbers = ", ".join(questions.RECORDS), ", ".join(metrics.METRICS)
    added.add_argument(
        "question",
        choices=[*questions.RECORDS, *metrics.METRICS],
        metavar="QUESTION",
        help=f"{records}; or a metric, for the records behind it: {numbers}",
    )
    added.add_argument("--csv", action="store_true", help="answer as CSV")
    added.add_argument(
        "--limit",
        type=_read_whole_number,
        default=None,
        metavar="N",
        help="so many rows (default: all)",
    )
    added.add_argument(
        "--offset", type=_read_whole_number, default=0, metavar="N", help="rows to pass over first"
    )
    _add_filters(added)


def _add_filters(parser: argparse.ArgumentParser) -> None:
    for name in FILTER_NAMES:
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, action="append", default=[], metavar="VALUE")
    help_of_link = "take the filters of a shared link"
    parser.add_argument("--link", default=None, metavar="URL", help=help_of_link)
    help_of_version = "a version of the store (default: the served one)"
    parser.add_argument("--version", default=None, metavar="ID", help=help_of_version)


def _read_whole_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 12):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


def _read_selection(
    options: argparse.Namespace,
) -> tuple[Version, Filters, dict[str, dict[str, str]]]:
    """Read the version and the filters that were asked for; what is not understood is said on stderr."""
    version = open_store(options).open(options.version)
    from_link, notices = parse_link(options.link) if options.link else (Filters(), [])
    pairs = from_link.query() + [
        (name, value) for name in FILTER_NAMES for value in getattr(options, name)
    ]
    filters, more = parse_filters(pairs)
    labels = questions.read_labels(version)
    filters, unknown = drop_unknown_ids(filters, labels)
    for notice in [*notices, *more, *unknown]:
        print(f"dashboard: {notice}", file=sys.stderr)
    return version, filters, labels


def show_metrics(options: argparse.Namespace) -> int:
    """Answer every metric."""
    version, filters, labels = _read_selection(options)
    lines = [f"{describe_filters(filters, labels, 'Everything')} (version {version.id})"]
    answers = []
    for metric in metrics.METRICS.values():
        quantity = metrics.evaluate(version, metric, filters)
        answers.append(metrics.describe(metric, quantity, filters))
        lines.append(_format_metric(metric, quantity, filters))
    print_answer(answers, options, "\n".join(lines))
    return OK


def _format_metric(metric: metrics.Metric, quantity: Quantity, filters: Filters) -> str:
    notes = [metric.coverage(quantity)]
    if ignored := filters.ignored_by(metric.table):
        notes.append(f"not filtered by {', '.join(ignored)}")
    note = "; ".join(note for note in notes if note)
    return f"  {metric.label + ':':<34} {metric.words(quantity)}{f'  ({note})' if note else ''}"


def show_rows(options: argparse.Namespace) -> int:
    """Answer one question with its rows."""
    version, filters, _ = _read_selection(options)
    limit, offset = options.limit, options.offset
    if options.question in questions.RECORDS:
        found = questions.records(version, options.question, filters, limit, offset)
    else:
        metric = metrics.METRICS[options.question]
        found = [row for row, _ in metrics.list_records(version, metric, filters, limit, offset)]
    if options.csv:
        print(to_csv(found), end="")
    else:
        print_answer(found, options, "\n".join(_format_row(row) for row in found) or "None.")
    return OK


def _format_row(row: dict[str, Any]) -> str:
    return "  ".join(str(flatten(value)) for value in row.values() if value not in (None, []))
