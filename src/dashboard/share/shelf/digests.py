"""Rows that tell a flipped bit: each carries the SHA-256 of what it says, and is compared with it when it is read.

SQLite does not notice a letter that changed on the disk, and another letter in a link is another view.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any, Protocol

DAMAGED = "damaged on the disk: it differs from what was kept. Share or save the view anew, or put the shelf back from a backup"


class _Desk(Protocol):
    def row(self, name: str, **values: Any) -> dict[str, Any] | None: ...
    def rows(self, name: str, **values: Any) -> list[dict[str, Any]]: ...
    def change(self, name: str, **values: Any) -> int: ...


def digest(row: Mapping[str, Any], *more: str) -> str:
    """What a row says, and `more` that belongs to it, in one number."""
    said = {name: value for name, value in row.items() if name != "digest"}
    return hashlib.sha256(json.dumps([said, more], sort_keys=True).encode()).hexdigest()


def is_whole(row: Mapping[str, Any], *more: str) -> bool:
    """Whether a row says what was written."""
    return bool(row["digest"] == digest(row, *more))


def seal_link(desk: _Desk, code: str) -> None:
    """After a short link was written."""
    if row := desk.row("link_of_code", code=code):
        desk.change("seal_link", code=code, digest=digest(row))


def seal_view(desk: _Desk, identity: str) -> None:
    """After a saved view was written."""
    if row := desk.row("one_view", id=identity):
        desk.change("seal_view", id=identity, digest=digest(row))


def seal_meeting(desk: _Desk, identity: str) -> None:
    """After a meeting or its order was written."""
    if row := desk.row("one_meeting", id=identity):
        desk.change("seal_meeting", id=identity, digest=digest(row, *steps_of(desk, identity)))


def steps_of(desk: _Desk, identity: str) -> tuple[str, ...]:
    """The views of a meeting, in order."""
    return tuple(step["view_id"] for step in desk.rows("steps_of_meeting", id=identity))


def seal_all(desk: _Desk) -> None:
    """For a shelf of a former release. A code is the hash of its link; where it is not and nobody was forgotten in it, one
    of the two has changed since: such a link is never opened again."""
    for row in desk.rows("all_links"):
        if code_of(row["link"]).startswith(row["code"]) or "person-removed-" in row["link"]:
            seal_link(desk, row["code"])
    for row in desk.rows("all_views"):
        seal_view(desk, row["id"])
    for row in desk.rows("all_meetings"):
        seal_meeting(desk, row["id"])


def code_of(link: str) -> str:
    """The longest code of a link, of which the first letters are used."""
    return base64.b32encode(hashlib.sha256(link.encode()).digest()).decode().lower()
