"""Views to take along: deck, workbook, refresh-deck."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from dashboard import shares
from dashboard.cli.output import OK, say, store_of
from dashboard.export.deck import DeckError, deck, house_template
from dashboard.export.refresh_isolated import Asker, refresh_apart
from dashboard.export.view_export import Shown
from dashboard.export.workbook import workbook
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.text.counts import count
from dashboard.views.content.pages import content_of
from dashboard.views.view import from_link

Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_commands(command: Command) -> None:
    """The commands that write slides and workbooks."""
    slides = command("deck", write_deck, "Write the views of links as slides (.pptx).")
    slides.add_argument("links", nargs="+", metavar="LINK", help="such as '/trainings?year=2025'")
    slides.add_argument(
        "--template",
        type=Path,
        default=None,
        help="a .potx or .pptx whose style is used (default: the settings')",
    )
    book = command("workbook", write_workbook, "Write the view of a link as a workbook (.xlsx).")
    book.add_argument("link", metavar="LINK", help="such as '/trainings?year=2025'")
    again = command(
        "refresh-deck", refresh_deck, "Put the present numbers into slides that were taken along."
    )
    again.add_argument("file", type=Path, help="the slides")
    for one in (slides, book, again):
        one.add_argument("-o", "--output", type=Path, required=True, help="where to")


def _shown(store: Store, link: str) -> Shown:
    """What a link shows, with its address where the settings know one."""
    chosen = settings.load()
    view = from_link(
        store, chosen, link, settings.local_day(datetime.now(UTC), chosen), role=Role.STEWARD
    )
    for notice in view.notices:
        print(f"dashboard: {notice}", file=sys.stderr)
    content = content_of(view)
    if content is None:
        raise DeckError(f"{link[:80]} is no page that can be taken along")
    short = ""
    if chosen.public_url:
        code = shares.shorten(shares.Shelf(settings.shares_file(store.root)), view.link())
        short = f"{chosen.public_url}/s/{code}"
    return Shown(view, content, chosen.public_url + view.link(), short)


def write_deck(options: argparse.Namespace) -> int:
    """Write slides."""
    store, style = store_of(options), house_template(options.template or settings.load().template)
    shown = [_shown(store, link) for link in options.links]
    options.output.write_bytes(deck(shown, style))
    titles = [one.title for one in shown]
    answer = {"file": options.output, "views": titles, "version": shown[0].version}
    say(answer, options, f"{options.output}: {'; '.join(titles)} (version {shown[0].version}).")
    return OK


def write_workbook(options: argparse.Namespace) -> int:
    """Write a workbook."""
    shown = _shown(store_of(options), options.link)
    options.output.write_bytes(workbook(shown))
    answer = {"file": options.output, "view": shown.title, "version": shown.version}
    say(answer, options, f"{options.output}: {shown.title} (version {shown.version}).")
    return OK


def refresh_deck(options: argparse.Namespace) -> int:
    """Write slides anew, and say what changed and what is left to do by hand."""
    store = store_of(options)
    chosen = settings.load()
    asker = Asker(Role.STEWARD, chosen.public_url, settings.local_day(datetime.now(UTC), chosen))
    result = refresh_apart(options.file.read_bytes(), asker, root=str(store.root))
    for notice in result.notices:
        print(f"dashboard: {notice}", file=sys.stderr)
    options.output.write_bytes(result.deck)
    lines = [f"{options.output}: {count(len(result.changed), 'change')}."]
    lines += [f"  slide {one.slide}: {one.what}: {one.old} → {one.new}" for one in result.changed]
    lines += [
        f"To mend by hand, slide {one.slide}:"
        f" {one.sentence}{f' ({one.number})' if one.number else ''}"
        for one in result.left
    ]
    changed, left = (
        [one._asdict() for one in result.changed],
        [one._asdict() for one in result.left],
    )
    say({"file": options.output, "changed": changed, "left": left}, options, "\n".join(lines))
    return OK
