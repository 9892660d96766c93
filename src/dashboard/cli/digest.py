"""The message that says what changed since: digest."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard.cli.commands import Command
from dashboard.cli.output import NOTHING, OK, open_store, print_answer
from dashboard.export.digest import DigestError, build_message, read_digest
from dashboard.language.choice import PARAMETER
from dashboard.language.messages import LANGUAGES, speaking
from dashboard.model import settings
from dashboard.model.filters import FILTER_NAMES
from dashboard.model.roles import Role
from dashboard.model.settings import Settings
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.store import Store
from dashboard.text.dates import format_day
from dashboard.views.view import ALL_YEARS, EXTRAS, View, open_view, split_link, url

LAST = "last"
"""In place of an id: the meeting that was kept last."""
MAX_OFFERED = 5
WITHOUT_ADDRESS = (
    "the message has no link, because public_url is not set in the settings: it says where to look"
)


def add_digest(command: Command) -> None:
    added = command(
        "digest",
        write_digest,
        "Write what changed since a meeting, a version or a day as a message (.eml), to be sent by"
        " another program. Nothing is written where nothing changed (exit code 4).",
    )
    since = added.add_mutually_exclusive_group(required=True)
    since.add_argument(
        "--meeting", metavar="ID", help="since a kept meeting; “last” is the one kept last"
    )
    since.add_argument(
        "--since", metavar="VERSION|DAY", help="since a version, or a day such as 2026-03-01"
    )
    added.add_argument(
        "--link", default="", metavar="URL", help="take the filters of a link (default: all years)"
    )
    added.add_argument(
        "--language", choices=sorted(LANGUAGES), default=None, help="default: the settings'"
    )
    added.add_argument(
        "--to", action="append", default=[], metavar="ADDRESS", help="may be given again"
    )
    added.add_argument("--from", dest="sender", default="", metavar="ADDRESS")
    added.add_argument(
        "-o", "--out", type=Path, default=None, help="where to (default: standard output)"
    )


def write_digest(options: argparse.Namespace) -> int:
    """Write the message, unless nothing changed."""
    store, chosen, now = open_store(options), settings.load(), datetime.now(UTC)
    view = _open_changes(store, chosen, options, settings.local_day(now, chosen))
    digest = read_digest(view)
    for notice in digest.view.notices:
        print(f"dashboard: {notice}", file=sys.stderr)
    message = build_message(digest, to=options.to, sender=options.sender, now=now)
    answer = {
        "file": options.out,
        "subject": str(message["Subject"]),
        "before": digest.basis.before.id,
        "after": view.version.id,
        "since": digest.basis.day,
        "changes": len(digest.since.changes),
    }
    if digest.is_empty:
        day = format_day(digest.basis.day)
        text = f"Nothing changed since {day}: there is nothing to send, and nothing was written."
        print_answer({**answer, "file": None}, options, text)
        return NOTHING
    if not digest.link:
        print(f"dashboard: {WITHOUT_ADDRESS}", file=sys.stderr)
    if options.out is None and not options.json:
        sys.stdout.buffer.write(message.as_bytes())
        return OK
    if options.out:
        options.out.write_bytes(message.as_bytes())
    text = f"{options.out}: {message['Subject']} ({len(digest.since.changes)} changes)."
    print_answer(answer, options, text)
    return OK


def _open_changes(store: Store, chosen: Settings, options: argparse.Namespace, today: date) -> View:
    """Open the view of the changes under the filters of a link, as a viewer sees it."""
    meetings = KeptMeetings(store, chosen)
    since = _find_meeting(meetings, options.meeting) if options.meeting else _read(options.since)
    pairs = [pair for pair in split_link(options.link)[1] if pair[0] in (*FILTER_NAMES, "period")]
    if not {"year", "month", "period"} & {name for name, _value in pairs}:
        pairs.append(("year", ALL_YEARS))
    language = options.language or chosen.language
    link = url("changes", [*pairs, ("since", since), (PARAMETER, language)])
    with speaking(language):
        return open_view(store, chosen, link, today, role=Role.VIEWER, meetings=meetings)


def _find_meeting(meetings: KeptMeetings, asked: str) -> str:
    """Find the id of a meeting. Raises DigestError, which names the nearest, for one that is not there."""
    newest = meetings.list_newest(MAX_OFFERED)
    if asked == LAST and newest:
        return newest[0].id
    if not newest:
        raise DigestError("no meeting is kept: use --since with a day or a version")
    if EXTRAS["meeting"](asked) and meetings.find(asked):
        return asked
    kept = "; ".join(f"{one.id} {one.title}" for one in newest)
    raise DigestError(f"there is no meeting {asked[:40]}; kept are: {kept}")


def _read(asked: str) -> str:
    """Read a version or a day. Raises DigestError for what is neither."""
    if EXTRAS["v"](asked) or EXTRAS["on"](asked):
        return asked
    raise DigestError(
        f"{asked[:40]} is neither a version (16 letters and figures, see `versions`) nor a day such as"
        " 2026-03-01; a meeting is named with --meeting"
    )
