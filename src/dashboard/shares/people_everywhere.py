"""A person in the store and on the shelf: forgetting in both, and following who was found to be
somebody else.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dashboard import shares as shelf
from dashboard import store
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.store import Forgotten, Mention, Store, Version, Whom, merged


def forget(
    kept: Store,
    person_id: str,
    *,
    author: str,
    message: str,
    now: datetime,
    wait: float = 0,
    names: Iterable[str] = (),
    again: str = "",
) -> Forgotten:
    """Remove a person from every kept version (store.forget) and from the shelf, for good; the
    mentions are of both.

    A shelf that cannot be written is found before anything is done. Raises StoreError, and
    ShelfError where the records are done and the shelf is not: then whoever publishes next, the
    next start or the same command goes on.
    """
    on = shelf.Shelf(settings.shares_file(kept.root))
    whom = _whom(kept, person_id, names)
    shelf.check(on)
    try:
        done = store.forget(
            kept,
            person_id,
            author=author,
            message=message,
            now=now,
            wait=wait,
            names=names,
            again=again,
        )
    except store.Unfinished as error:
        raise shelf.ShelfError(str(error)) from error
    return replace(done, mentions=(*done.mentions, *shelf.mentions(on, whom)))


def preview(kept: Store, person_id: str) -> tuple[Mention, ...]:
    """What on the shelf names a person, and is changed or dropped when the person is forgotten.
    Raises ShelfError.
    """
    return shelf.preview(shelf.Shelf(settings.shares_file(kept.root)), _whom(kept, person_id))


def in_words(kept: Store, person_id: str) -> str:
    """Who would be forgotten, in which store and on which shelf."""
    meant = described(kept.open(), person_id) if kept.current_id() else person_id
    shares = settings.shares_file(kept.root)
    links = (
        f"links on the shelf {shares} change" if shares.exists() else f"there is no shelf {shares}"
    )
    what = f"This person would be removed from every kept version of {kept.root}, and {links}."
    return f"{meant}\n{what} This cannot be undone."


def _whom(kept: Store, person_id: str, names: Iterable[str] = ()) -> Whom:
    spellings = {*store.spellings_of(kept, person_id), *names}
    return Whom(
        person_id, "person-removed", tuple(spellings), tuple(store.namesakes_of(kept, person_id))
    )


def described(version: Version, person_id: str) -> str:
    """Who is meant, for whoever is about to forget them: "jan-de-vries-1: Jan de Vries, Surgeon, 3
    contributions".
    """
    person = questions.record(version, "people", person_id)
    if person is None:
        return f"{person_id}: not in version {version.id}"
    filters = Filters(speaker=(person_id,))
    number = len(questions.rows(version, "contributions", filters))
    said = [
        person["name"],
        person["job_title"] or "job title not stated",
        f"{number} contribution{'s' * (number != 1)}",
    ]
    return f"{person_id}: {', '.join(said)}"


def follow(
    kept: Store, before: Version | None, after: Version, on: shelf.Shelf | None = None
) -> dict[str, str]:
    """After publishing: links on the shelf that name somebody who became another spelling of
    somebody else name that one. Returns old and new ids. Raises ShelfError; what was published
    stays published.
    """
    moves = merged(before, after) if before else {}
    shelf.move(on or shelf.Shelf(settings.shares_file(kept.root)), moves)
    return moves
