"""The command line: python -m dashboard check|build|versions|metrics|rows|demo."""

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from dashboard import demo, metrics, queries, settings
from dashboard.filters import NAMES, Filters, describe, known, parse, parse_link
from dashboard.intake.check import open_candidate
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Refused
from dashboard.quantity import Quantity
from dashboard.share.csv_files import flat, to_csv
from dashboard.store import Store, StoreError, Version, publish, upgrade

OK, FOUND_PROBLEMS, FAILED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 the records have problems, 2 failed."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except Refused as refused:
        return _say_problems(refused, options)
    except (StoreError, settings.SettingsError, demo.DemoError) as error:
        print(f"dashboard: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        return OK
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="Ask and keep the programme's records.")
    parser.add_argument(
        "--store", type=Path, default=None, help="folder of the store (default: DASHBOARD_STORE or store/)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, action: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(command=action)
        added.add_argument("--json", action="store_true", help="answer as JSON")
        return added

    command("check", check, "Check a folder of CSV files; publishes nothing.").add_argument(
        "folder", type=Path, nargs="?", default=None, help="default: data/"
    )
    built = command("build", build, "Publish a folder of CSV files as the served version.")
    built.add_argument("folder", type=Path, nargs="?", default=None, help="default: data/")
    built.add_argument("--message", default="Built from the command line", help="why, for the log")
    built.add_argument("--if-empty", action="store_true", help="only when the store has no version yet")
    command("versions", versions, "List the versions of the store, the newest first.")
    _add_filters(command("metrics", show_metrics, "Every number of the dashboard under the filters."))
    asked = command("rows", show_rows, "The records behind the numbers under the filters.")
    asked.add_argument("question", choices=[*queries.RECORDS, *metrics.METRICS], metavar="QUESTION",
                       help=f"{', '.join(queries.RECORDS)}; or a metric, for the records behind it: {', '.join(metrics.METRICS)}")  # fmt: skip
    asked.add_argument("--csv", action="store_true", help="answer as CSV")
    _add_filters(asked)
    demo.add_arguments(command("demo", make_demo, "Make a store of labelled demo data."))
    return parser


def _add_filters(parser: argparse.ArgumentParser) -> None:
    for name in NAMES:
        parser.add_argument(f"--{name.replace('_', '-')}", action="append", default=[], metavar="VALUE")
    parser.add_argument("--link", default=None, metavar="URL", help="take the filters of a shared link")
    parser.add_argument(
        "--version", default=None, metavar="ID", help="a version of the store (default: the served one)"
    )


def _store(options: argparse.Namespace) -> Store:
    return Store(options.store or settings.store_folder())


def _selection(options: argparse.Namespace) -> tuple[Version, Filters, dict[str, dict[str, str]]]:
    """The version and the filters that were asked for; what is not understood is said on stderr."""
    version = _store(options).open(options.version)
    from_link, notices = parse_link(options.link) if options.link else (Filters(), [])
    pairs = from_link.query() + [(name, value) for name in NAMES for value in getattr(options, name)]
    filters, more = parse(pairs)
    labels = queries.labels(version)
    filters, unknown = known(filters, labels)
    for notice in [*notices, *more, *unknown]:
        print(f"dashboard: {notice}", file=sys.stderr)
    return version, filters, labels


def check(options: argparse.Namespace) -> int:
    """Say every problem of the records in a folder."""
    folder = options.folder or settings.data_folder()
    candidate = open_candidate(read_folder(folder))
    candidate.close()
    _print({"problems": []}, options, f"No problems found in {folder}.")
    return OK


def build(options: argparse.Namespace) -> int:
    """Publish the records of a folder."""
    store = _store(options)
    if options.if_empty and (served := store.current_id()):
        renewed = upgrade(store)
        text = f"The store serves {served}." + (
            f" Built anew for this release: {', '.join(renewed)}." if renewed else ""
        )
        _print({"version": served, "changed": False, "renewed": renewed}, options, text)
        return OK
    folder = options.folder or settings.data_folder()
    published = publish(
        store,
        open_candidate(read_folder(folder)),
        author=getpass.getuser(),
        message=options.message,
        now=datetime.now(UTC),
        small_groups_below=settings.load().small_groups_below,
    )
    manifest = published.version.manifest
    words = "now serves" if published.changed else "serves already"
    text = f"The store {store.root} {words} version {manifest.id} ({sum(manifest.rows.values())} rows)."
    if published.withheld:
        text += f" {published.withheld} small head counts were withheld."
    if published.changed and manifest.parent is None and len(store.versions()) > 1:
        text += " It does not descend from the versions before it."
    answer = {
        "version": manifest.id,
        "changed": published.changed,
        "rows": manifest.rows,
        "withheld": published.withheld,
    }
    _print(answer, options, text)
    return OK


def versions(options: argparse.Namespace) -> int:
    """List the versions."""
    store = _store(options)
    current = store.current_id()
    listed = [
        {"version": v.id, "served": v.id == current, "time": v.manifest.time, "author": v.manifest.author,
         "message": v.manifest.message, "parent": v.manifest.parent, "rows": sum(v.manifest.rows.values())}
        for v in store.versions()
    ]  # fmt: skip
    lines = [
        f"{'*' if v['served'] else ' '} {v['version']}  {v['time']}  {v['rows']} rows  {v['author']}: {v['message']}"
        for v in listed
    ]
    _print(listed, options, "\n".join(lines) or f"The store {store.root} is empty.")
    return OK


def show_metrics(options: argparse.Namespace) -> int:
    """Answer every metric."""
    version, filters, labels = _selection(options)
    lines = [f"{describe(filters, labels, 'Everything')} (version {version.id})"]
    answers = []
    for metric in metrics.METRICS.values():
        quantity = metrics.evaluate(version, metric, filters)
        answers.append(metrics.describe(metric, quantity, filters))
        lines.append(_metric_line(metric, quantity, filters))
    _print(answers, options, "\n".join(lines))
    return OK


def _metric_line(metric: metrics.Metric, quantity: Quantity, filters: Filters) -> str:
    notes = [metric.coverage(quantity)]
    if ignored := filters.ignored_by(metric.table):
        notes.append(f"not filtered by {', '.join(ignored)}")
    note = "; ".join(note for note in notes if note)
    return f"  {metric.label + ':':<34} {metric.words(quantity)}{f'  ({note})' if note else ''}"


def show_rows(options: argparse.Namespace) -> int:
    """Answer one question with its rows."""
    version, filters, _ = _selection(options)
    if options.question in queries.RECORDS:
        found = queries.records(version, options.question, filters)
    else:
        found = [row for row, _ in metrics.behind(version, metrics.METRICS[options.question], filters)]
    if options.csv:
        print(to_csv(found), end="")
    else:
        _print(found, options, "\n".join(_row_line(row) for row in found) or "None.")
    return OK


def _row_line(row: dict[str, Any]) -> str:
    return "  ".join(str(flat(value)) for value in row.values() if value not in (None, []))


def make_demo(options: argparse.Namespace) -> int:
    """Make demo data in a store of its own."""
    store = Store(options.store or settings.home() / "store-demo")
    published = demo.make(store, demo.Size.of(options), now=datetime.now(UTC))
    rows = published.version.manifest.rows
    _print({"store": str(store.root), "version": published.version.id, "rows": rows}, options,
           f"Demo data: {rows['events']} events in {store.root} (version {published.version.id}).\n"
           f"Look at it with: DASHBOARD_STORE={store.root} make run")  # fmt: skip
    return OK


def _say_problems(refused: Refused, options: argparse.Namespace) -> int:
    if getattr(options, "json", False):
        print(_json({"problems": [problem.as_dict() for problem in refused.problems]}))
    else:
        for problem in refused.problems:
            print(problem)
        print(f"{refused}; nothing was published.", file=sys.stderr)
    return FOUND_PROBLEMS


def _print(answer: Any, options: argparse.Namespace, text: str) -> None:
    print(_json(answer) if options.json else text)


def _json(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2, default=_as_json)


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
