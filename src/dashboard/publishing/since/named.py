"""The people and organisations who are named at a record since, or are not any more, or otherwise, where
nothing else says so: the record itself was there before and stays.
"""

from collections.abc import Iterator, Mapping, Sequence

from dashboard.publishing.since.changes import CORRECTED, KNOWN, Change
from dashboard.publishing.since.differing import OWNERS, Differing, Key, list_named
from dashboard.publishing.since.values import Vocabulary
from dashboard.query import questions
from dashboard.store import RecordChange

NAMED = 100
"""How much it matters."""
PART_OF: Mapping[str, str] = {
    "came": KNOWN,
    "more": KNOWN,
    "went": CORRECTED,
    "less": CORRECTED,
    "other": CORRECTED,
}
"""How somebody is named otherwise than before, and in which part it is told."""


def tell_named(differing: Differing) -> Iterator[Change]:
    """Tell who is named at the records in scope and was not before, or is not any more, or of whom
    the records have more or something else.
    """
    gathered: dict[tuple[Key, Key], list[RecordChange]] = {}
    for (table, _identity), one in differing.changes.items():
        owner = (OWNERS.get(table, ""), one.owner)
        if owner in differing.scope and not _came_or_went(differing, owner):
            for key in list_named(one.before) | list_named(one.after):
                gathered.setdefault((owner, key), []).append(one)
    found: dict[tuple[Key, str], set[Key]] = {}
    for (owner, key), rows in gathered.items():
        if how := _judge(differing, owner, key, rows):
            found.setdefault((owner, how), set()).add(key)
    for (owner, how), keys in sorted(found.items()):
        yield _tell(differing, owner, tuple(sorted(keys)), how)


def _came_or_went(differing: Differing, owner: Key) -> bool:
    change = differing.changes.get(owner)
    return change is not None and (change.before is None or change.after is None)


def _judge(differing: Differing, owner: Key, key: Key, rows: Sequence[RecordChange]) -> str:
    """Judge how somebody is named otherwise at a record, by the rows that differ and by those that do
    not; empty where it is in another order only.
    """
    was, is_now = ((owner, key) in named for named in differing.named)
    if was != is_now:
        return "came" if is_now else "went"
    before, after = (
        sorted(_describe(row) for row in side if key in list_named(row))
        for side in ([one.before for one in rows], [one.after for one in rows])
    )
    if before == after:
        return ""
    if before and after:
        return "other"
    return "less" if before else "more"


def _describe(row: Mapping[str, object] | None) -> str:
    """Say in which role, and about what, somebody is named by a row."""
    return " ".join(str((row or {}).get(name) or "") for name in ("role", "talk_title"))


def _tell(differing: Differing, owner: Key, named: tuple[Key, ...], how: str) -> Change:
    version = differing.before if how == "went" else differing.after
    names = {key: questions.record(version, *key) or {} for key in named}
    return Change(
        "named",
        PART_OF[how],
        NAMED,
        *owner,
        after=questions.record(differing.after, *owner),
        facts={"named": named, "how": how},
        vocabulary=Vocabulary(names=names),
    )
