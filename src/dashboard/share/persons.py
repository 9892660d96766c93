"""A person in the store and on the shelf: forgetting in both, and following who was found to be somebody else."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from dashboard import queries, settings, store
from dashboard.filters import Filters
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
    spellings, namesakes = store.spellings_of(kept, person_id), store.namesakes_of(kept, person_id)
    shelf.check(on)
    done = store.forget(kept, person_id, author=author, message=message, now=now, wait=wait)
    mentions = shelf.forget(on, spellings, person_id, done.name, namesakes)
    return replace(done, mentions=(*done.mentions, *mentions))


def described(version: Version, person_id: str) -> str:
    """Who is meant, for whoever is about to forget them: "jan-de-vries-1: Jan de Vries, Surgeon, 3 contributions"."""
    person = queries.record(version, "people", person_id)
    if person is None:
        return f"{person_id}: not in version {version.id}"
    filters = Filters(speaker=(person_id,))
    number = len(queries.rows(version, "contributions", filters))
    said = [
        person["name"],
        person["job_title"] or "job title not stated",
        f"{number} contribution{'s' * (number != 1)}",
    ]
    return f"{person_id}: {', '.join(said)}"


def follow(kept: Store, before: Version | None, after: Version, on: shelf.Shelf | None = None) -> dict[str, str]:
    """After publishing: links on the shelf that name somebody who became another spelling of somebody else name that
    one. Returns old and new ids. Raises ShelfError; what was published stays published."""
    moves = merged(before, after) if before else {}
    shelf.move(on or shelf.Shelf(settings.shares_file(kept.root)), moves)
    return moves


def merged(before: Version, after: Version) -> dict[str, str]:
    """People of the one version that the other knows as a spelling of somebody: old id → new id."""
    known = {row["person_id"] for row in _all(after, "people")}
    old = {row["alias"] for row in _all(before, "person_aliases")}
    spelled = {row["alias"]: row["person_id"] for row in _all(after, "person_aliases") if row["alias"] not in old}
    gone = {row["person_id"]: row["name"] for row in _all(before, "people") if row["person_id"] not in known}
    found = {identity: spelled.get(identity) or spelled.get(name) for identity, name in gone.items()}
    return {identity: person for identity, person in found.items() if person}


def _all(version: Version, table: str) -> list[dict[str, Any]]:
    return queries.browse(version, table, limit=1_000_000)
