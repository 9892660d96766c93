"""Saved views: a link with a title and a note."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dashboard.shares import accepted_texts, digests
from dashboard.shares.database import Conflict, Damaged, Desk, Shelf, ShelfError

MAX_VIEWS = 5000
TITLE = "Damaged view"
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Of ids: without those that are read for one another."""


@dataclass(frozen=True)
class SavedView:
    """`words` say what the link selects; `pinned` is the id of the version that it fixes, or empty.
    Times are UTC. One that is `damaged` has neither link nor text that could be taken for what was
    kept: it can only be deleted.
    """

    id: str
    title: str
    note: str
    link: str
    words: str
    author: str
    created: str
    changed: str
    revision: int
    pinned: str
    damaged: bool = False


def save(
    shelf: Shelf,
    title: str,
    link: str,
    *,
    note: str = "",
    words: str = "",
    author: str = "",
    now: datetime,
) -> SavedView:
    """Keep a view. Raises ShelfError for what cannot be kept, and when there are 5,000 already."""
    values = {
        "title": accepted_texts.title(title),
        "note": accepted_texts.note(note),
        "link": accepted_texts.published_link(link),
        "words": accepted_texts.note(words, "words"),
        "author": accepted_texts.name(author, "author"),
        "pinned": _pinned(link),
    }
    with shelf.writing() as desk:
        if desk.rows("count_views")[0]["number"] >= MAX_VIEWS:
            raise ShelfError(f"there are {MAX_VIEWS:,} saved views: delete some that nobody needs")
        identity = new_id()
        desk.change("add_view", id=identity, now=moment(now), **values)
        digests.seal_view(desk, identity)
        return _view(desk, identity)


def views(shelf: Shelf) -> list[SavedView]:
    """All saved views, the newest first."""
    with shelf.reading() as desk:
        return [_seen(row) for row in desk.rows("all_views")] if desk else []


def view(shelf: Shelf, identity: str) -> SavedView | None:
    """One saved view; None where there is none. Raises Damaged where it is not what was kept."""
    with shelf.reading() as desk:
        row = desk.row("one_view", id=identity) if desk else None
    return _whole(_seen(row)) if row else None


def rename(
    shelf: Shelf, identity: str, title: str, note: str, *, revision: int, now: datetime
) -> SavedView:
    """Change title and note of the view as it was seen (`revision`). Raises Conflict where somebody
    was faster.
    """
    title, note = accepted_texts.title(title), accepted_texts.note(note)
    with shelf.writing() as desk:
        _whole(_view(desk, identity))
        if not desk.change(
            "rename_view", id=identity, title=title, note=note, revision=revision, now=moment(now)
        ):
            raise _overtaken(_view(desk, identity))
        digests.seal_view(desk, identity)
        return _view(desk, identity)


def delete(shelf: Shelf, identity: str, *, revision: int) -> None:
    """Drop a view as it was seen. Raises Conflict where somebody changed it, ShelfError while a
    meeting shows it.
    """
    with shelf.writing() as desk:
        found = _view(desk, identity)
        if found.revision != revision:
            raise _overtaken(found)
        if meetings := [f"“{row['title']}”" for row in desk.rows("meetings_of_view", id=identity)]:
            raise ShelfError(
                f"“{found.title}” is shown in {', '.join(meetings)}: take it out there first"
            )
        desk.change("drop_view", id=identity, revision=revision)


def moment(now: datetime) -> str:
    """A time as the shelf keeps it."""
    return now.astimezone(UTC).isoformat(timespec="seconds")


def new_id() -> str:
    """An id that nobody can guess: 50 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))


def _view(desk: Desk, identity: str) -> SavedView:
    row = desk.row("one_view", id=identity)
    if row is None:
        raise ShelfError("this view is not there any more: somebody deleted it")
    return _seen(row)


def _seen(row: dict[str, Any]) -> SavedView:
    said = {name: value for name, value in row.items() if name != "digest"}
    if digests.is_whole(row):
        return SavedView(**said)
    unsaid = dict.fromkeys(("note", "link", "words", "author", "pinned"), "")
    day = datetime.min.replace(tzinfo=UTC)
    return SavedView(
        **said
        | unsaid
        | {
            "title": TITLE,
            "created": moment(day),
            "changed": moment(day),
            "damaged": True,
        }
    )


def _whole(found: SavedView) -> SavedView:
    if found.damaged:
        raise Damaged(f"this view is {digests.DAMAGED}")
    return found


def _overtaken(found: SavedView) -> Conflict:
    said = f"“{found.title}”" + (f" with the note “{found.note}”" if found.note else "")
    return Conflict(
        f"somebody else changed this view meanwhile: it says {said} now; look at it and try again"
    )


def _pinned(link: str) -> str:
    return dict(parse_qsl(urlsplit(link).query)).get("v", "")[:16]
