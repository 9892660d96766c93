"""Views to take along: deck, workbook, word, refresh-deck."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from dashboard import shares
from dashboard.cli.commands import Command, add_output_option
from dashboard.cli.output import OK, find_language, open_store, print_answer
from dashboard.export.deck import DeckError, build_deck, load_template
from dashboard.export.refresh_deck import Refreshed
from dashboard.export.refresh_isolated import RefreshRequest, refresh_in_isolation
from dashboard.export.view_export import Export, link_to
from dashboard.export.word.document import build_document
from dashboard.export.word.opening import load_word_template
from dashboard.export.word.report import has_document
from dashboard.export.workbook import build_workbook
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.store import Store
from dashboard.text.counts import format_count
from dashboard.views.content.pages import make_content
from dashboard.views.view import open_view


def add_deck(command: Command) -> None:
    added = command("deck", write_deck, "Write the views of links as slides (.pptx).")
    added.add_argument("links", nargs="+", metavar="LINK", help="such as '/trainings?year=2025'")
    added.add_argument(
        "--template",
        type=Path,
        default=None,
        help="a .potx or .pptx whose style is used (default: the settings')",
    )
    add_output_option(added)


def add_workbook(command: Command) -> None:
    added = command("workbook", write_workbook, "Write the view of a link as a workbook (.xlsx).")
    added.add_argument("link", metavar="LINK", help="such as '/trainings?year=2025'")
    add_output_option(added)


def add_word(command: Command) -> None:
    added = command("word", write_word, "Write the review of a link as a Word document (.docx).")
    added.add_argument("link", metavar="LINK", help="such as '/review?year=2025'")
    added.add_argument(
        "--template",
        type=Path,
        default=None,
        help="a .dotx or .docx whose styles are used (default: the settings')",
    )
    add_output_option(added)


def add_refresh_deck(command: Command) -> None:
    added = command(
        "refresh-deck",
        refresh_deck,
        "Put the present numbers into slides, or a document, that were taken along.",
    )
    added.add_argument("file", type=Path, help="the slides, or the document")
    add_output_option(added)


def _read_view(store: Store, link: str) -> Export:
    """Read what a link shows, in its language, with its address where the settings know one."""
    chosen = settings.load()
    today = settings.local_day(datetime.now(UTC), chosen)
    with speaking(find_language(link)):
        view = open_view(
            store, chosen, link, today, role=Role.STEWARD, meetings=KeptMeetings(store, chosen)
        )
        content = make_content(view)
    for notice in view.notices:
        print(f"dashboard: {notice}", file=sys.stderr)
    if content is None:
        raise DeckError(f"{link[:80]} is no page that can be taken along")
    short = ""
    if chosen.public_url:
        code = shares.shorten(shares.SharesDb(settings.shares_file(store.root)), link_to(view))
        short = f"{chosen.public_url}/s/{code}"
    return Export(view, content, chosen.public_url + link_to(view), short)


def write_deck(options: argparse.Namespace) -> int:
    """Write slides."""
    store, style = open_store(options), load_template(options.template or settings.load().template)
    shown = [_read_view(store, link) for link in options.links]
    options.output.write_bytes(build_deck(shown, style))
    titles = [one.title for one in shown]
    answer = {"file": options.output, "views": titles, "version": shown[0].version}
    print_answer(
        answer, options, f"{options.output}: {'; '.join(titles)} (version {shown[0].version})."
    )
    return OK


def write_workbook(options: argparse.Namespace) -> int:
    """Write a workbook."""
    shown = _read_view(open_store(options), options.link)
    options.output.write_bytes(build_workbook(shown))
    answer = {"file": options.output, "view": shown.title, "version": shown.version}
    print_answer(answer, options, f"{options.output}: {shown.title} (version {shown.version}).")
    return OK


def write_word(options: argparse.Namespace) -> int:
    """Write a document."""
    store = open_store(options)
    style = load_word_template(options.template or settings.load().word_template)
    shown = _read_view(store, options.link)
    if not has_document(shown.view):
        raise DeckError(f"{options.link[:80]} is no review: only that comes as a Word document")
    options.output.write_bytes(build_document(shown, style))
    answer = {"file": options.output, "view": shown.title, "version": shown.version}
    print_answer(answer, options, f"{options.output}: {shown.title} (version {shown.version}).")
    return OK


def refresh_deck(options: argparse.Namespace) -> int:
    """Write slides or a document anew, and say what changed and what is left to do by hand."""
    store = open_store(options)
    chosen = settings.load()
    asker = RefreshRequest(
        Role.STEWARD, chosen.public_url, settings.local_day(datetime.now(UTC), chosen)
    )
    result = refresh_in_isolation(options.file.read_bytes(), asker, root=str(store.root))
    for notice in result.notices:
        print(f"dashboard: {notice}", file=sys.stderr)
    options.output.write_bytes(result.deck)
    answer = {
        "file": options.output,
        "changed": [one._asdict() for one in result.changed],
        "left": [one._asdict() for one in result.left],
    }
    print_answer(answer, options, "\n".join(_describe_refreshed(options.output, result)))
    return OK


def _describe_refreshed(file: Path, result: Refreshed) -> list[str]:
    lines = [f"{file}: {format_count(len(result.changed), 'change')}."]
    for changed in result.changed:
        place = f"slide {changed.slide}: " if changed.slide else ""
        lines.append(f"  {place}{changed.what}: {changed.old} → {changed.new}")
    for one in result.left:
        number = f" ({one.number})" if one.number else ""
        place = f", slide {one.slide}" if one.slide else ""
        lines.append(f"To mend by hand{place}: {one.sentence}{number}")
    return lines
