"""A person in the store and on the shelf: forgetting in both, and following who was found to be somebody else."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from dashboard import queries, settings, store
from dashboard.share import shelf
from dashboard.store import Forgotten, Store, Version


def forget(
    kept: Store,
    person_id: str,
    *,
    author: str,
    message: str,
    now: datetime,
    wait: float = 0,
    on: shelf.Shelf | None = None,
) -> Forgotten:
    """Remove a person from every kept version (store.forget) and from the shelf, for good; the mentions are of both.

    A shelf that cannot be written is found before anything is done. Raises StoreError and ShelfError.
    """
    on = on or shelf.Shelf(settings.shares_file(kept.root))
    spellings = store.spellings_of(kept, person_id)
    shelf.check(on)
    done = store.forget(kept, person_id, author=author, message=message, now=now, wait=wait)
    mentions = shelf.forget(on, spellings, person_id, done.name)
    return replace(done, mentions=(*done.mentions, *mentions))


def follow(kept: Store, before: Version | None, after: Version, on: shelf.Shelf | None = None) -> dict[str, str]:
    """After publishing: links on the shelf that name somebody who became another spelling of somebody else name that
    one. Returns old and new ids. Raises ShelfError; what was published stays published."""
    moves = merged(before, after) if before else {}
    shelf.move(on or shelf.Shelf(settings.shares_file(kept.root)), moves)
    return moves


def merged(before: Version, after: Version) -> dict[str, str]:
    """People of the one version that the other knows as a spelling of somebody: old id → new id."""
    known = {row["person_id"] for row in _all(after, "people")}
    spelled = {row["alias"]: row["person_id"] for row in _all(after, "person_aliases")}
    gone = [row for row in _all(before, "people") if row["person_id"] not in known]
    return {row["person_id"]: spelled[row["name"]] for row in gone if row["name"] in spelled}


def _all(version: Version, table: str) -> list[dict[str, Any]]:
    return queries.browse(version, table, limit=1_000_000)
