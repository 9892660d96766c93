"""The people and organisations who are named at a record since, or are not any more, where nothing
else says so: the record itself was there before and stays.
"""

from collections.abc import Iterator

from dashboard.publishing.since.changes import CORRECTED, KNOWN, Change
from dashboard.publishing.since.differing import OWNERS, Differing, Key
from dashboard.publishing.since.values import Vocabulary
from dashboard.query import questions
from dashboard.store import RecordChange

NAMED = 100
"""How much it matters."""
NAMING = {"person_id": "people", "organisation_id": "organisations"}


def tell_named(differing: Differing) -> Iterator[Change]:
    """Tell who is named at the records in scope and was not before, or is not any more."""
    gathered: dict[tuple[Key, bool], set[Key]] = {}
    for (table, _identity), one in differing.changes.items():
        owner = (OWNERS.get(table, ""), one.owner)
        if owner in differing.scope and not _came_or_went(differing, owner):
            for key, is_gone in _list_named(one):
                gathered.setdefault((owner, is_gone), set()).add(key)
    for (owner, is_gone), keys in sorted(gathered.items()):
        # who merely has another role is named before and after
        named = tuple(sorted(keys - gathered.get((owner, not is_gone), set())))
        if named:
            yield _tell(differing, owner, named, is_gone=is_gone)


def _came_or_went(differing: Differing, owner: Key) -> bool:
    change = differing.changes.get(owner)
    return change is not None and (change.before is None or change.after is None)


def _list_named(change: RecordChange) -> Iterator[tuple[Key, bool]]:
    """Give who a row names that was added, or named that was taken away."""
    if change.before is not None and change.after is not None:
        return
    for column, table in NAMING.items():
        if change.row.get(column):
            yield (table, change.row[column]), change.after is None


def _tell(differing: Differing, owner: Key, named: tuple[Key, ...], *, is_gone: bool) -> Change:
    version = differing.before if is_gone else differing.after
    names = {key: questions.record(version, *key) or {} for key in named}
    return Change(
        "named",
        CORRECTED if is_gone else KNOWN,
        NAMED,
        *owner,
        after=questions.record(differing.after, *owner),
        facts={"named": named, "is_gone": is_gone},
        vocabulary=Vocabulary(names=names),
    )
