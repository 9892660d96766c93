"""Meetings: saved views in the order in which they are shown, such as “Board, March”."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard.language.messages import N_, _
from dashboard.shares import accepted_texts, digests
from dashboard.shares.database import Conflict, Damaged, SharesDb, SharesError, Transaction
from dashboard.shares.saved_views import format_timestamp, new_id

DAMAGED_TITLE = N_("Damaged meeting")
MAX_MEETINGS, MAX_STEPS = 1000, 100


@dataclass(frozen=True)
class Meeting:
    """A sequence of views; `steps` are ids of saved views, one of which may come back. Times are
    UTC. One that is `damaged` says nothing that could be taken for what was kept: it can only be
    deleted.
    """

    id: str
    title: str
    note: str
    created: str
    changed: str
    revision: int
    steps: tuple[str, ...] = ()
    damaged: bool = False


def create(
    shares: SharesDb, title: str, *, note: str = "", steps: Sequence[str] = (), now: datetime
) -> Meeting:
    """Keep a new sequence of views. Raises SharesError."""
    title, note = accepted_texts.accept_title(title), accepted_texts.accept_note(note)
    with shares.writing() as transaction:
        if transaction.rows("count_meetings")[0]["number"] >= MAX_MEETINGS:
            raise SharesError(
                N_("there are {most:,} meetings: delete some that are over"), most=MAX_MEETINGS
            )
        identity = new_id()
        transaction.change(
            "add_meeting", id=identity, title=title, note=note, now=format_timestamp(now)
        )
        _set_steps(transaction, identity, steps)
        digests.seal_meeting(transaction, identity)
        return _read_meeting(transaction, identity)


def list_meetings(shares: SharesDb) -> list[Meeting]:
    """List all of them, the newest first."""
    with shares.reading() as transaction:
        if transaction is None:
            return []
        steps: dict[str, list[str]] = {}
        for row in transaction.rows("all_steps"):
            steps.setdefault(row["meeting_id"], []).append(row["view_id"])
        return [
            _read_row(row, tuple(steps.get(row["id"], ())))
            for row in transaction.rows("all_meetings")
        ]


def find_meeting(shares: SharesDb, identity: str) -> Meeting | None:
    """Find a meeting by its id; None where there is none. Raises Damaged where it is not what was
    kept.
    """
    with shares.reading() as transaction:
        found = _find_meeting(transaction, identity) if transaction else None
    return _check_whole(found) if found else None


def rename(
    shares: SharesDb, identity: str, title: str, note: str, *, revision: int, now: datetime
) -> Meeting:
    """Change title and note of the meeting as it was seen (`revision`). Raises Conflict where
    somebody was faster.
    """
    title, note = accepted_texts.accept_title(title), accepted_texts.accept_note(note)
    with shares.writing() as transaction:
        _check_whole(_read_meeting(transaction, identity))
        values = {"title": title, "note": note, "revision": revision, "now": format_timestamp(now)}
        if not transaction.change("rename_meeting", id=identity, **values):
            raise _make_conflict(transaction, identity)
        digests.seal_meeting(transaction, identity)
        return _read_meeting(transaction, identity)


def reorder(
    shares: SharesDb, identity: str, steps: Sequence[str], *, revision: int, now: datetime
) -> Meeting:
    """Give the whole order at once. Raises Conflict where somebody was faster, SharesError for a
    view that is not there any more.
    """
    with shares.writing() as transaction:
        _check_whole(_read_meeting(transaction, identity))
        if not transaction.change(
            "touch_meeting", id=identity, revision=revision, now=format_timestamp(now)
        ):
            raise _make_conflict(transaction, identity)
        _set_steps(transaction, identity, steps)
        digests.seal_meeting(transaction, identity)
        return _read_meeting(transaction, identity)


def delete(shares: SharesDb, identity: str, *, revision: int) -> None:
    """Drop a meeting as it was seen; its views stay. Raises Conflict where somebody changed it."""
    with shares.writing() as transaction:
        if not transaction.change("drop_meeting", id=identity, revision=revision):
            raise _make_conflict(transaction, identity)


def _set_steps(transaction: Transaction, identity: str, steps: Sequence[str]) -> None:
    if len(steps) > MAX_STEPS:
        raise SharesError(
            N_("a meeting has at most {most} steps, not {n}"), most=MAX_STEPS, n=len(steps)
        )
    transaction.change("clear_steps", id=identity)
    for nr, view_id in enumerate(steps, 1):
        if transaction.row("one_view", id=view_id) is None:
            raise SharesError(
                N_("step {nr}: this view is not there any more; somebody deleted it"), nr=nr
            )
        transaction.change("add_step", id=identity, nr=nr, view_id=view_id)


def _find_meeting(transaction: Transaction, identity: str) -> Meeting | None:
    row = transaction.row("one_meeting", id=identity)
    return _read_row(row, digests.steps_of(transaction, identity)) if row else None


def _read_row(row: dict[str, Any], steps: tuple[str, ...]) -> Meeting:
    values = {name: value for name, value in row.items() if name != "digest"}
    if digests.is_whole(row, *steps):
        return Meeting(**values, steps=steps)
    return Meeting(**values | {"title": _(DAMAGED_TITLE), "note": ""}, damaged=True)


def _check_whole(found: Meeting) -> Meeting:
    if found.damaged:
        raise Damaged(
            N_(
                "this meeting is damaged on the disk: it differs from what was kept. Share or save"
                " the view anew, or put the shelf back from a backup"
            )
        )
    return found


def _read_meeting(transaction: Transaction, identity: str) -> Meeting:
    found = _find_meeting(transaction, identity)
    if found is None:
        raise SharesError(N_("this meeting is not there any more: somebody deleted it"))
    return found


def _make_conflict(transaction: Transaction, identity: str) -> Conflict:
    found = _read_meeting(transaction, identity)
    titles = [
        (transaction.row("one_view", id=step) or {"title": step})["title"] for step in found.steps
    ]
    if not titles:
        return Conflict(
            N_(
                "somebody else changed this meeting meanwhile: “{title}” shows nothing now; look at"
                " it and try again"
            ),
            title=found.title,
        )
    return Conflict(
        N_(
            "somebody else changed this meeting meanwhile: “{title}” shows {views} now; look at it"
            " and try again"
        ),
        title=found.title,
        views=", ".join(f"“{title}”" for title in titles),
    )
