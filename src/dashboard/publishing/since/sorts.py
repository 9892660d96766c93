"""What happened to a record between two versions: it happened since, was registered late, became
known, or was corrected. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from dashboard.model.quantity import Kind
from dashboard.store import RecordChange

Row = Mapping[str, Any]


class Sort(StrEnum):
    """Why something differs. HAPPENED: it took place, was planned or decided after the day before.
    REGISTERED: it was so by then, or may have been, and was entered later. KNOWN: what was not known
    is. CORRECTED: what was said is said differently. UNSORTED: so much differs that it is not told
    apart.
    """

    HAPPENED = "happened"
    REGISTERED = "registered"
    KNOWN = "known"
    CORRECTED = "corrected"
    UNSORTED = "unsorted"


@dataclass(frozen=True)
class Verdict:
    """What is told of a record: the kind of change, and why it differs."""

    kind: str
    sort: Sort


STAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "events": ("planned", "held"),
        "trainings": ("planned", "in-development", "developed", "held"),
        "projects": ("planned", "selected", "running", "completed"),
    }
)
"""The statuses of a record in the order in which it goes through them: back is a correction."""
OVER: Mapping[str, str] = MappingProxyType(
    {"cancelled": "cancelled", "stopped": "ended", "completed": "ended"}
)
"""By the status with which something ends, what is told of it."""
REACHED: Mapping[str, str] = MappingProxyType(
    {
        "planned": "planned",
        "selected": "planned",
        "in-development": "begun",
        "running": "begun",
        "held": "held",
        "developed": "ready",
    }
)
DATES = frozenset({"start_date", "end_date", "period", "date"})
QUALIFIERS: Mapping[str, str] = MappingProxyType(
    {"participants_kind": "participants", "amount_kind": "amount_eur"}
)
"""Columns that say how well another is known."""
QUIET = frozenset(
    {"note", "short_title", "audience", "duration", "area", "reported_date", "title_language"}
)
"""Columns whose change moves no number and is no news."""


def judge(change: RecordChange, day_before: date) -> Verdict:
    """Judge what happened to a record since the end of a day."""
    if change.after is None:
        return Verdict("record", Sort.CORRECTED)
    if change.before is None:
        return _judge_added(change.table, change.after, day_before)
    if change.table in STAGES and change.before["status"] != change.after["status"]:
        return _judge_status(change.table, change.before, change.after, day_before)
    return _judge_columns(change.table, change.before, change.after, loud_columns(change))


def loud_columns(change: RecordChange) -> tuple[str, ...]:
    """Give the columns that differ and are worth telling; where there are none, all that differ."""
    loud = tuple(name for name in change.columns if not is_quiet(name))
    return loud or change.columns


def is_quiet(column: str) -> bool:
    """Tell whether a change of a column is no news by itself: a note, a text in a second language."""
    return column in QUIET or column.endswith(("_nl", "_en"))


def _judge_added(table: str, row: Row, day_before: date) -> Verdict:
    status = row.get("status")
    if table == "funding":
        return Verdict("money", _sort_by_day(row, day_before))
    if status in ("planned", "selected"):
        return Verdict("planned", Sort.HAPPENED)
    if table in STAGES and _sort_by_day(row, day_before) is Sort.HAPPENED:
        return Verdict(OVER.get(str(status)) or REACHED.get(str(status), "record"), Sort.HAPPENED)
    return Verdict("registered" if table in (*STAGES, "series") else "record", Sort.REGISTERED)


def _judge_status(table: str, before: Row, after: Row, day_before: date) -> Verdict:
    """Judge a step from one status to another: onward it happened, unless it was over by the day
    before; else it is corrected.
    """
    old, new = before["status"], after["status"]
    stages = STAGES[table]
    late = Verdict("registered", Sort.REGISTERED)
    if new in ("cancelled", "stopped") and old != "held":
        return late if _was_over(after, day_before) else Verdict(OVER[new], Sort.HAPPENED)
    if old == "cancelled" and new == "planned":
        return Verdict("planned", Sort.HAPPENED)
    onward = old in stages and new in stages and stages.index(new) > stages.index(old)
    if not onward:
        return Verdict("record", Sort.CORRECTED)
    was_so = _had_begun if new == "running" else _was_over
    if new in ("held", "completed", "developed", "running") and was_so(after, day_before):
        return late
    return Verdict(OVER.get(new) or REACHED[new], Sort.HAPPENED)


def _judge_columns(table: str, before: Row, after: Row, columns: tuple[str, ...]) -> Verdict:
    """Judge a record whose status stayed: planned dates move, what was empty is known, the rest is
    corrected.
    """
    told = [name for name in columns if QUALIFIERS.get(name) not in columns]
    if all(_became_known(before, after, name) for name in told):
        return Verdict("known", Sort.KNOWN)
    planned = after.get("status") in ("planned", "selected")
    if table in STAGES and planned and DATES & {*columns}:
        return Verdict("moved", Sort.HAPPENED)
    return Verdict("record", Sort.CORRECTED)


def _became_known(before: Row, after: Row, column: str) -> bool:
    """Tell whether a value was not known and is, or is known more precisely: 2026 → May 2026; about
    40 → 42 is none, but a correction.
    """
    old, new = before[column], after[column]
    if column in QUALIFIERS:
        return str(old) in (Kind.UNKNOWN, Kind.FEWER_THAN)
    if new is None:
        return False
    return old is None or (column in DATES and len(old) < len(new) and str(new).startswith(old))


def _sort_by_day(row: Row, day_before: date) -> Sort:
    """Sort a record that was added: it happened since where its day lies for sure after the day
    before, else it was registered late.
    """
    first = _find_first_certain_day(row)
    return Sort.HAPPENED if first and first > day_before else Sort.REGISTERED


def _find_first_certain_day(row: Row) -> date | None:
    """Find the first day on which something was surely so: an event of known days was held on its
    last, what ended did on its end; None without a date.
    """
    if row.get("status") in ("completed", "stopped"):
        return _find_earliest(row["end_date"])
    if row.get("date_precision") == "day":
        last: date | None = row["last_day"]
        return last
    return _find_earliest(row.get("start_date") or row.get("period") or row.get("date"))


def _find_earliest(partial: str | None) -> date | None:
    """Find the first day of a date that may be known by the month, the year or the academic year."""
    if not partial:
        return None
    if len(partial) == len("2025-2026"):
        return date(int(partial[:4]), 9, 1)
    return date.fromisoformat(partial + "0000-01-01"[len(partial) :])


def _had_begun(row: Row, day_before: date) -> bool:
    """Tell whether a project had begun for sure by the end of a day: on it, or in a month or a year
    that was over.
    """
    start, day = row["start_date"], day_before.isoformat()
    return bool(start) and (start == day or start < day[: len(start)])


def _was_over(row: Row, day_before: date) -> bool:
    """Tell whether something was over for sure by the end of a day; without a date that is not
    known.
    """
    is_project = "reported_date" in row
    dated = row["end_date"] if is_project else row.get("start_date") or row.get("period")
    return bool(dated and row["last_day"] and row["last_day"] <= day_before)
