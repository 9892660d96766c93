"""Targets that stand otherwise than before, deviations that were accepted since, and what is to be
watched: those that are about to end, and sources that now disagree with a record.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from dashboard.model.filters import Filters
from dashboard.publishing.since.changes import CORRECTED, HAPPENED, KNOWN, WATCH, Change
from dashboard.publishing.since.differing import SCOPED, Differing
from dashboard.query import questions
from dashboard.query.targets import Progress, assess_targets, can_assess
from dashboard.store import TableDifference, Version

LOOK_AHEAD = timedelta(days=30)
"""How far ahead it is looked for what ends: the day of the next meeting is not recorded."""
TARGET, DEVIATION, DISAGREEMENT = 178, 70, 60
"""How much each matters."""


def find_targets(differing: Differing, today: date) -> Iterator[Change]:
    """Find the targets that stand otherwise than on the day before, or that are others. They are of
    the whole programme: under other filters than a year there are none.
    """
    sides = [
        _assess(version, differing.filters, day, differing.day_before)
        for version, day in ((differing.before, differing.day_before), (differing.after, today))
    ]
    for target_id in sorted({*sides[0], *sides[1]}):
        before, after = (side.get(target_id) for side in sides)
        stood, stands = ((one.status, one.value) if one else None for one in (before, after))
        target = after or before
        if target and stood != stands:
            yield Change(
                "target",
                HAPPENED if after else CORRECTED,
                TARGET,
                "targets",
                target_id,
                target.metric,
                facts={"before": before, "after": after, "year": target.year},
            )


def _assess(version: Version, filters: Filters, day: date, since: date) -> dict[str, Progress]:
    """Assess the targets of the chosen year, by their ids; where none is chosen, of the year before
    the day and of those that come after.
    """
    if filters.chosen == ():
        found = {row["year"] for row in questions.rows(version, "targets", filters)}
        years = {year for year in found if year >= since.year - 1}
    else:
        years = {filters.year} if can_assess(filters) else set()
    return {
        one.target_id: one
        for year in sorted(years)
        for one in assess_targets(version, Filters(year=year), day)
    }


def find_deviations(differing: Differing, today: date) -> Iterator[Change]:
    """Find the accepted deviations that ended since the day before, or end within LOOK_AHEAD; of the others
    those that were accepted since, or until another day than before.
    """
    if differing.filters.chosen not in ((), ("year",)):
        return
    targets = {
        row["target_id"]: row
        for row in questions.rows(differing.after, "targets", differing.filters)
    }
    for row in questions.rows(differing.after, "deviations", Filters()):
        target = targets.get(row["target_id"])
        soon = differing.day_before <= row["last_day"] <= today + LOOK_AHEAD
        accepted = _find_part_of_accepted(differing, row)
        if target and (soon or accepted):
            yield Change(
                "deviation" if soon else "accepted",
                WATCH if soon else accepted,
                DEVIATION,
                "targets",
                row["target_id"],
                target["metric"],
                after=row,
                facts={"is_over": row["last_day"] < today},
            )


def _find_part_of_accepted(differing: Differing, row: Mapping[str, Any]) -> str:
    """Find where a deviation is told that was accepted since: where it begins after the day before, it was
    decided since for sure; empty where it was there with the same end.
    """
    change = differing.changes.get(("deviations", row["deviation_id"]))
    if change and change.before is None:
        return HAPPENED if row["first_day"] > differing.day_before else KNOWN
    return CORRECTED if change and "until_date" in change.columns else ""


def find_disagreements(differing: Differing) -> Iterator[Change]:
    """Find the records in scope that a source disagrees with now, and did not before."""
    claims = differing.tables.get("claims", TableDifference("claims", 0, ()))
    for one in claims.records:
        differed = one.before is not None and one.before["stance"] == "differs"
        if one.after is None or one.after["stance"] != "differs" or differed:
            continue
        key = (one.after["table_name"], one.after["record_id"])
        if _is_in_scope(differing, *key):
            facts = {"claim": one.after, "source": _name_source(differing.after, one.after)}
            row = questions.record(differing.after, *key)
            yield Change("disagreement", WATCH, DISAGREEMENT, *key, after=row, facts=facts)


def _is_in_scope(differing: Differing, table: str, identity: str) -> bool:
    """Tell whether a record is in scope: one of a table that filters do not select from is where it is
    chosen itself, or where nothing but a year is.
    """
    if table in SCOPED:
        return (table, identity) in differing.scope
    chosen = differing.filters
    if not {*chosen.chosen} - {"year"}:
        return True
    named = {"people": chosen.speaker, "organisations": chosen.organisation}
    return identity in named.get(table, ())


def _name_source(version: Version, claim: Mapping[str, Any]) -> str:
    source = questions.record(version, "sources", claim["source_id"]) or {}
    return str(source.get("title", claim["source_id"]))
