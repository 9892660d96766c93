"""What was shared: the saved views and meetings of the shelf, and calendars."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from dashboard import shares as shelf
from dashboard.cli.output import OK, say, store_of
from dashboard.export.calendar import calendar, limit_in_words
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.text.counts import count
from dashboard.views.view import from_link

Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_commands(command: Command) -> None:
    """The commands that show or write what readers take along."""
    command("shares", show_shares, "List the saved views and the meetings that show them.")
    made = command(
        "calendar", write_calendar, "Write the events of a link as a calendar file (.ics)."
    )
    made.add_argument("link", help="such as '/events?year=2025'")
    made.add_argument(
        "-o", "--output", type=Path, default=None, help="where to (default: standard output)"
    )


def show_shares(options: argparse.Namespace) -> int:
    """List what is on the shelf."""
    shares = shelf.Shelf(settings.shares_file(store_of(options).root))
    views, meetings = shelf.views(shares), shelf.meetings.meetings(shares)
    titles = {view.id: view.title for view in views}
    lines = [
        f"{view.id}  {view.created}  {view.author or '?'}: {view.title}  {view.link}"
        for view in views
    ]
    lines += [
        f"{m.id}  {m.created}  {m.title}: {', '.join(titles[s] for s in m.steps) or 'empty'}"
        for m in meetings
    ]
    say({"views": views, "meetings": meetings}, options, "\n".join(lines) or "Nothing was saved.")
    return OK


def write_calendar(options: argparse.Namespace) -> int:
    """Write the events that a link shows."""
    chosen = settings.load()
    view = from_link(
        store_of(options),
        chosen,
        options.link,
        settings.local_day(datetime.now(UTC), chosen),
        role=Role.STEWARD,
    )
    for notice in view.notices:
        print(f"dashboard: {notice}", file=sys.stderr)
    made = calendar(view, chosen.public_url)
    held = made.extent
    said = f"{count(held.events, 'event')}; without a day and so left out: {held.left_out}"
    said = "; ".join(
        [said, *(limit[0].lower() + limit[1:] for limit in limit_in_words(held, view.today))]
    )
    if options.output is None and not options.json:
        sys.stdout.buffer.write(made.data)
        print(f"dashboard: {said}", file=sys.stderr)
        return OK
    if options.output:
        options.output.write_bytes(made.data)
    answer = {
        "file": options.output,
        "events": held.events,
        "left_out": held.left_out,
        "beyond": held.beyond,
    }
    say(answer, options, f"{options.output}: {said}.")
    return OK
