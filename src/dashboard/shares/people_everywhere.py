"""A person in the store and in what is shared: forgetting in both, and following who was found to
be somebody else.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from dashboard import shares, store
from dashboard.language.messages import _
from dashboard.language.nouns import count_noun
from dashboard.language.numbers import format_integer
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.store import Forgotten, Mention, PersonToForget, Store, Version, find_merged_people


class ForgetEntry(TypedDict):
    """Who forgets somebody, why and when; how long to wait for others; and the entry of the history
    that is repeated.
    """

    author: str
    message: str
    now: datetime
    wait: NotRequired[float]
    again: NotRequired[str]


def forget(
    kept: Store, person_id: str, *, names: Iterable[str] = (), **entry: Unpack[ForgetEntry]
) -> Forgotten:
    """Remove a person from every kept version (store.forget) and from what is shared, for good; the
    mentions are of both.

    A file of shares that cannot be written is found before anything is done. Raises StoreError, and
    SharesError where the records are done and the shares are not: then whoever publishes next, the
    next start or the same command goes on.
    """
    on = shares.SharesDb(settings.shares_file(kept.root))
    whom = _whom(kept, person_id, names)
    shares.check_writable(on)
    try:
        done = store.forget(kept, person_id, names=names, **entry)
    except store.Unfinished as error:
        raise shares.SharesError(error.saying) from error
    return replace(done, mentions=(*done.mentions, *shares.find_mentions(on, whom)))


def preview_mentions(kept: Store, person_id: str) -> tuple[Mention, ...]:
    """List what is shared and names a person, and is changed or dropped when the person is
    forgotten. Raises SharesError.
    """
    return shares.preview_forgetting(
        shares.SharesDb(settings.shares_file(kept.root)), _whom(kept, person_id)
    )


def describe_forgetting(kept: Store, person_id: str) -> str:
    """Say who would be forgotten, in which store and in which file of shares."""
    meant = describe_person(kept.open(), person_id) if kept.current_id() else person_id
    path = settings.shares_file(kept.root)
    links = f"links on the shelf {path} change" if path.exists() else f"there is no shelf {path}"
    what = f"This person would be removed from every kept version of {kept.root}, and {links}."
    return f"{meant}\n{what} This cannot be undone."


def _whom(kept: Store, person_id: str, names: Iterable[str] = ()) -> PersonToForget:
    spellings = {*store.collect_spellings(kept, person_id), *names}
    return PersonToForget(
        person_id,
        "person-removed",
        tuple(spellings),
        tuple(store.collect_namesakes(kept, person_id)),
    )


def describe_person(version: Version, person_id: str) -> str:
    """Say who is meant, for whoever is about to forget them: "jan-de-vries-1: Jan de Vries,
    Surgeon, 3 contributions".
    """
    person = questions.record(version, "people", person_id)
    if person is None:
        return _("{person}: not in version {version}", person=person_id, version=version.id)
    filters = Filters(speaker=(person_id,))
    number = len(questions.rows(version, "contributions", filters))
    said = [
        person["name"],
        person["job_title"] or _("job title not stated"),
        count_noun("contribution", number, format_integer(number)),
    ]
    return f"{person_id}: {', '.join(said)}"


def follow(
    kept: Store, before: Version | None, after: Version, on: shares.SharesDb | None = None
) -> dict[str, str]:
    """Follow what was published: links that name somebody who became another spelling of somebody
    else name that one. Returns old and new ids. Raises SharesError; what was published
    stays published.
    """
    moves = find_merged_people(before, after) if before else {}
    shares.replace_people(on or shares.SharesDb(settings.shares_file(kept.root)), moves)
    return moves
