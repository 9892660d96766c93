"""Meetings: saved views in the order in which they are shown, such as “Board, March”."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard.shares import accepted_texts, digests
from dashboard.shares.database import Conflict, Damaged, Desk, Shelf, ShelfError
from dashboard.shares.saved_views import moment, new_id

TITLE = "Damaged meeting"
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
    shelf: Shelf, title: str, *, note: str = "", steps: Sequence[str] = (), now: datetime
) -> Meeting:
    """A new sequence of views. Raises ShelfError."""
    title, note = accepted_texts.title(title), accepted_texts.note(note)
    with shelf.writing() as desk:
        if desk.rows("count_meetings")[0]["number"] >= MAX_MEETINGS:
            raise ShelfError(f"there are {MAX_MEETINGS:,} meetings: delete some that are over")
        identity = new_id()
        desk.change("add_meeting", id=identity, title=title, note=note, now=moment(now))
        _set_steps(desk, identity, steps)
        digests.seal_meeting(desk, identity)
        return _meeting(desk, identity)


def meetings(shelf: Shelf) -> list[Meeting]:
    """All of them, the newest first."""
    with shelf.reading() as desk:
        if desk is None:
            return []
        steps: dict[str, list[str]] = {}
        for row in desk.rows("all_steps"):
            steps.setdefault(row["meeting_id"], []).append(row["view_id"])
        return [_seen(row, tuple(steps.get(row["id"], ()))) for row in desk.rows("all_meetings")]


def meeting(shelf: Shelf, identity: str) -> Meeting | None:
    """One of them; None where there is none. Raises Damaged where it is not what was kept."""
    with shelf.reading() as desk:
        found = _found(desk, identity) if desk else None
    return _whole(found) if found else None


def rename(
    shelf: Shelf, identity: str, title: str, note: str, *, revision: int, now: datetime
) -> Meeting:
    """Change title and note of the meeting as it was seen (`revision`). Raises Conflict where
    somebody was faster.
    """
    title, note = accepted_texts.title(title), accepted_texts.note(note)
    with shelf.writing() as desk:
        _whole(_meeting(desk, identity))
        if not desk.change(
            "rename_meeting",
            id=identity,
            title=title,
            note=note,
            revision=revision,
            now=moment(now),
        ):
            raise _overtaken(desk, identity)
        digests.seal_meeting(desk, identity)
        return _meeting(desk, identity)


def reorder(
    shelf: Shelf, identity: str, steps: Sequence[str], *, revision: int, now: datetime
) -> Meeting:
    """Give the whole order at once. Raises Conflict where somebody was faster, ShelfError for a
    view that is not there any more.
    """
    with shelf.writing() as desk:
        _whole(_meeting(desk, identity))
        if not desk.change("touch_meeting", id=identity, revision=revision, now=moment(now)):
            raise _overtaken(desk, identity)
        _set_steps(desk, identity, steps)
        digests.seal_meeting(desk, identity)
        return _meeting(desk, identity)


def delete(shelf: Shelf, identity: str, *, revision: int) -> None:
    """Drop a meeting as it was seen; its views stay. Raises Conflict where somebody changed it."""
    with shelf.writing() as desk:
        if not desk.change("drop_meeting", id=identity, revision=revision):
            raise _overtaken(desk, identity)


def _set_steps(desk: Desk, identity: str, steps: Sequence[str]) -> None:
    if len(steps) > MAX_STEPS:
        raise ShelfError(f"a meeting has at most {MAX_STEPS} steps, not {len(steps)}")
    desk.change("clear_steps", id=identity)
    for nr, view_id in enumerate(steps, 1):
        if desk.row("one_view", id=view_id) is None:
            raise ShelfError(f"step {nr}: this view is not there any more; somebody deleted it")
        desk.change("add_step", id=identity, nr=nr, view_id=view_id)


def _found(desk: Desk, identity: str) -> Meeting | None:
    row = desk.row("one_meeting", id=identity)
    return _seen(row, digests.steps_of(desk, identity)) if row else None


def _seen(row: dict[str, Any], steps: tuple[str, ...]) -> Meeting:
    said = {name: value for name, value in row.items() if name != "digest"}
    if digests.is_whole(row, *steps):
        return Meeting(**said, steps=steps)
    return Meeting(**said | {"title": TITLE, "note": ""}, damaged=True)


def _whole(found: Meeting) -> Meeting:
    if found.damaged:
        raise Damaged(f"this meeting is {digests.DAMAGED}")
    return found


def _meeting(desk: Desk, identity: str) -> Meeting:
    found = _found(desk, identity)
    if found is None:
        raise ShelfError("this meeting is not there any more: somebody deleted it")
    return found


def _overtaken(desk: Desk, identity: str) -> Conflict:
    found = _meeting(desk, identity)
    titles = [(desk.row("one_view", id=step) or {"title": step})["title"] for step in found.steps]
    shown = ", ".join(f"“{title}”" for title in titles) or "nothing"
    return Conflict(
        f"somebody else changed this meeting meanwhile: “{found.title}” shows {shown} now; look at"
        " it and try again"
    )
