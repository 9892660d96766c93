"""Saved views: a link with a title and a note."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dashboard.language.messages import N_, _
from dashboard.shares import accepted_texts, digests
from dashboard.shares.database import Conflict, Damaged, SharesDb, SharesError, Transaction

MAX_VIEWS = 5000
DAMAGED_TITLE = N_("Damaged view")
ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
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
    shares: SharesDb,
    title: str,
    link: str,
    *,
    note: str = "",
    words: str = "",
    author: str = "",
    now: datetime,
) -> SavedView:
    """Keep a view. Raises SharesError for what cannot be kept, and when there are 5,000 already."""
    values = _accept_texts(title, note, words, author)
    values |= {"link": accepted_texts.published_link(link), "pinned": _pinned(link)}
    with shares.writing() as transaction:
        if transaction.rows("count_views")[0]["number"] >= MAX_VIEWS:
            raise SharesError(
                N_("there are {most:,} saved views: delete some that nobody needs"), most=MAX_VIEWS
            )
        identity = new_id()
        transaction.change("add_view", id=identity, now=format_timestamp(now), **values)
        digests.seal_view(transaction, identity)
        return _read_view(transaction, identity)


def _accept_texts(title: str, note: str, words: str, author: str) -> dict[str, str]:
    return {
        "title": accepted_texts.accept_title(title),
        "note": accepted_texts.accept_note(note),
        "words": accepted_texts.accept_note(words, "words"),
        "author": accepted_texts.accept_name(author, "author"),
    }


def list_views(shares: SharesDb) -> list[SavedView]:
    """List all saved views, the newest first."""
    with shares.reading() as transaction:
        return [_read_row(row) for row in transaction.rows("all_views")] if transaction else []


def find_view(shares: SharesDb, identity: str) -> SavedView | None:
    """Find a saved view; None where there is none. Raises Damaged where it is not what was kept."""
    with shares.reading() as transaction:
        row = transaction.row("one_view", id=identity) if transaction else None
    return _check_whole(_read_row(row)) if row else None


def rename(
    shares: SharesDb, identity: str, title: str, note: str, *, revision: int, now: datetime
) -> SavedView:
    """Change title and note of the view as it was seen (`revision`). Raises Conflict where somebody
    was faster.
    """
    title, note = accepted_texts.accept_title(title), accepted_texts.accept_note(note)
    with shares.writing() as transaction:
        _check_whole(_read_view(transaction, identity))
        if not transaction.change(
            "rename_view",
            id=identity,
            title=title,
            note=note,
            revision=revision,
            now=format_timestamp(now),
        ):
            raise _make_conflict(_read_view(transaction, identity))
        digests.seal_view(transaction, identity)
        return _read_view(transaction, identity)


def delete(shares: SharesDb, identity: str, *, revision: int) -> None:
    """Drop a view as it was seen. Raises Conflict where somebody changed it, SharesError while a
    meeting shows it.
    """
    with shares.writing() as transaction:
        found = _read_view(transaction, identity)
        if found.revision != revision:
            raise _make_conflict(found)
        if meetings := [
            f"“{row['title']}”" for row in transaction.rows("meetings_of_view", id=identity)
        ]:
            raise SharesError(
                N_("“{title}” is shown in {meetings}: take it out there first"),
                title=found.title,
                meetings=", ".join(meetings),
            )
        transaction.change("drop_view", id=identity, revision=revision)


def format_timestamp(now: datetime) -> str:
    """Write a time as the file keeps it."""
    return now.astimezone(UTC).isoformat(timespec="seconds")


def new_id() -> str:
    """Make an id that nobody can guess: 50 bits."""
    return "".join(secrets.choice(ID_LETTERS) for _letter in range(10))


def _read_view(transaction: Transaction, identity: str) -> SavedView:
    row = transaction.row("one_view", id=identity)
    if row is None:
        raise SharesError(N_("this view is not there any more: somebody deleted it"))
    return _read_row(row)


def _read_row(row: dict[str, Any]) -> SavedView:
    values = {name: value for name, value in row.items() if name != "digest"}
    if digests.is_whole(row):
        return SavedView(**values)
    unsaid = dict.fromkeys(("note", "link", "words", "author", "pinned"), "")
    day = datetime.min.replace(tzinfo=UTC)
    return SavedView(
        **values
        | unsaid
        | {
            "title": _(DAMAGED_TITLE),
            "created": format_timestamp(day),
            "changed": format_timestamp(day),
            "damaged": True,
        }
    )


def _check_whole(found: SavedView) -> SavedView:
    if found.damaged:
        raise Damaged(
            N_(
                "this view is damaged on the disk: it differs from what was kept. Share or save the"
                " view anew, or put the shelf back from a backup"
            )
        )
    return found


def _make_conflict(found: SavedView) -> Conflict:
    if not found.note:
        return Conflict(
            N_(
                "somebody else changed this view meanwhile: it says “{title}” now; look at it and"
                " try again"
            ),
            title=found.title,
        )
    return Conflict(
        N_(
            "somebody else changed this view meanwhile: it says “{title}” with the note “{note}”"
            " now; look at it and try again"
        ),
        title=found.title,
        note=found.note,
    )


def _pinned(link: str) -> str:
    return dict(parse_qsl(urlsplit(link).query)).get("v", "")[:16]
