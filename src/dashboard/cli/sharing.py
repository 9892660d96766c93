"""What was shared: the saved views and meetings of the shelf, and calendars."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard import shares
from dashboard.cli.commands import Command
from dashboard.cli.output import OK, find_language, open_store, print_answer
from dashboard.export.calendar import Extent, build_calendar, describe_limit
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.text.counts import format_count
from dashboard.views.view import open_view


def add_shares(command: Command) -> None:
    command("shares", show_shares, "List the saved views and the meetings that show them.")


def add_calendar(command: Command) -> None:
    added = command(
        "calendar", write_calendar, "Write the events of a link as a calendar file (.ics)."
    )
    added.add_argument("link", help="such as '/events?year=2025'")
    added.add_argument(
        "-o", "--output", type=Path, default=None, help="where to (default: standard output)"
    )


def show_shares(options: argparse.Namespace) -> int:
    """List what is on the shelf."""
    shares_db = shares.SharesDb(settings.shares_file(open_store(options).root))
    views, meetings = shares.list_views(shares_db), shares.meetings.list_meetings(shares_db)
    titles = {view.id: view.title for view in views}
    lines = [
        f"{view.id}  {view.created}  {view.author or '?'}: {view.title}  {view.link}"
        for view in views
    ]
    lines += [
        f"{m.id}  {m.created}  {m.title}: {', '.join(titles[s] for s in m.steps) or 'empty'}"
        for m in meetings
    ]
    print_answer(
        {"views": views, "meetings": meetings}, options, "\n".join(lines) or "Nothing was saved."
    )
    return OK


def write_calendar(options: argparse.Namespace) -> int:
    """Write the events that a link shows."""
    chosen = settings.load()
    today = settings.local_day(datetime.now(UTC), chosen)
    with speaking(find_language(options.link)):
        view = open_view(open_store(options), chosen, options.link, today, role=Role.STEWARD)
    for notice in view.notices:
        print(f"dashboard: {notice}", file=sys.stderr)
    made = build_calendar(view, chosen.public_url)
    text = _describe_extent(made.extent, view.today)
    if options.output is None and not options.json:
        sys.stdout.buffer.write(made.data)
        print(f"dashboard: {text}", file=sys.stderr)
        return OK
    if options.output:
        options.output.write_bytes(made.data)
    extent = {name: getattr(made.extent, name) for name in ("events", "left_out", "beyond")}
    print_answer({"file": options.output, **extent}, options, f"{options.output}: {text}.")
    return OK


def _describe_extent(extent: Extent, today: date) -> str:
    """Say how many events a calendar holds, and what it leaves out."""
    limits = [limit[0].lower() + limit[1:] for limit in describe_limit(extent, today)]
    events = format_count(extent.events, "event")
    return "; ".join([f"{events}; without a day and so left out: {extent.left_out}", *limits])
