"""The integrity of rows: each carries the SHA-256 of what it says, and is compared with it when it
is read.

SQLite does not notice a letter that changed on the disk, and another letter in a link is another
view.
"""

import base64
import hashlib
import json
import sys
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

from dashboard.model.filters import FILTER_NAMES
from dashboard.model.sitemap import PAGES
from dashboard.views.view import EXTRAS, split_link, url


class _Transaction(Protocol):
    def row(self, name: str, **values: Any) -> dict[str, Any] | None: ...
    def rows(self, name: str, **values: Any) -> list[dict[str, Any]]: ...
    def change(self, name: str, **values: Any) -> int: ...


def digest(row: Mapping[str, Any], *more: str) -> str:
    """Digest what a row says, and `more` that belongs to it."""
    said = {name: value for name, value in row.items() if name != "digest"}
    return hashlib.sha256(json.dumps([said, more], sort_keys=True).encode()).hexdigest()


def is_whole(row: Mapping[str, Any], *more: str) -> bool:
    """Return whether a row says what was written."""
    return bool(row["digest"] == digest(row, *more))


def seal_link(transaction: _Transaction, code: str) -> None:
    """Set the digest of a short link that was written."""
    if row := transaction.row("link_of_code", code=code):
        transaction.change("seal_link", code=code, digest=digest(row))


def seal_view(transaction: _Transaction, identity: str) -> None:
    """Set the digest of a saved view that was written."""
    if row := transaction.row("one_view", id=identity):
        transaction.change("seal_view", id=identity, digest=digest(row))


def seal_meeting(transaction: _Transaction, identity: str) -> None:
    """Set the digest of a meeting of which it or its order was written."""
    if row := transaction.row("one_meeting", id=identity):
        transaction.change(
            "seal_meeting", id=identity, digest=digest(row, *steps_of(transaction, identity))
        )


def steps_of(transaction: _Transaction, identity: str) -> tuple[str, ...]:
    """Read the views of a meeting, in order."""
    return tuple(step["view_id"] for step in transaction.rows("steps_of_meeting", id=identity))


def seal_all(transaction: _Transaction) -> None:
    """Seal everything in a file of a former release. A code is the hash of its link, unless
    somebody was forgotten or merged in it since: that is taken on trust where it is a link of ours,
    because nothing tells it from a damaged one.
    """
    if trusted := _seal_links(transaction):
        said = (
            "short links taken on trust, because a shelf of a former release cannot tell damage:"
            f" {trusted}"
        )
        print(f"dashboard: {said}", file=sys.stderr, flush=True)  # a command may be writing JSON
    for row in transaction.rows("all_views"):
        seal_view(transaction, row["id"])
    for row in transaction.rows("all_meetings"):
        seal_meeting(transaction, row["id"])


def _seal_links(transaction: _Transaction) -> int:
    """Seal the short links of a former release; returns how many were taken on trust."""
    trusted = 0
    for row in transaction.rows("all_links"):
        fits = code_of(row["link"]).startswith(row["code"])
        if fits or "person-removed-" in row["link"] or _is_ours(row["link"]):
            seal_link(transaction, row["code"])
            trusted += not fits
    return trusted


def _is_ours(link: str) -> bool:
    """Return whether page and parameters are known. Values are left to who opens it."""
    page, pairs = split_link(link)
    return (
        url(page, []) == urlsplit(link).path
        and page in PAGES
        and all(n in FILTER_NAMES or n in EXTRAS for n, _ in pairs)
    )


def code_of(link: str) -> str:
    """Make the longest code of a link, of which the first letters are used."""
    return base64.b32encode(hashlib.sha256(link.encode()).digest()).decode().lower()
