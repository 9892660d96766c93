"""The differences between two versions, in words and as plain values."""

from typing import Any

from dashboard.model.filters import Filters
from dashboard.publishing.changes import Changes, NumberChange
from dashboard.query import metrics
from dashboard.store import RowChange, TableChange

MAX_ROWS = 20
"""Rows of a table that are written out in words; --json has up to a thousand."""


def describe_changes(changes: Changes) -> str:
    """Say what differs, for people."""
    if not changes.tables:
        return "No record differs."
    lines = []
    for table in changes.tables:
        lines.append(
            f"{table.table}: {table.added:,} added, {table.removed:,} removed, {table.changed:,}"
            " changed"
        )
        lines += [f"  {_describe_row(row)}" for row in table.rows[:MAX_ROWS]]
        if (more := table.added + table.removed + table.changed - MAX_ROWS) > 0:
            lines.append(f"  and {more:,} more")
    lines += [number.words() for number in changes.numbers]
    return "\n".join(
        [*lines, *(f"To be confirmed: {reason}." for reason in changes.needs_confirmation)]
    )


def _describe_row(row: RowChange) -> str:
    fields = "; ".join(
        f"{name}: {old or 'empty'} → {new or 'empty'}" for name, old, new in row.fields
    )
    return f"{row.what}: {row.label} ({row.record_id}){f', {fields}' if fields else ''}"


def convert_changes(changes: Changes) -> dict[str, Any]:
    """Convert the changes to plain values, for programs."""
    return {
        "before": changes.before.id if changes.before else None,
        "after": changes.after.id,
        "tables": [_convert_table(table) for table in changes.tables],
        "numbers": [_convert_number(number) for number in changes.numbers],
        "needs_confirmation": list(changes.needs_confirmation),
    }


def _convert_table(table: TableChange) -> dict[str, Any]:
    rows = [
        {
            "id": row.record_id,
            "label": row.label,
            "what": row.what,
            "fields": {name: {"before": old, "after": new} for name, old, new in row.fields},
        }
        for row in table.rows
    ]
    return {
        "table": table.table,
        "added": table.added,
        "removed": table.removed,
        "changed": table.changed,
        "rows": rows,
    }


def _convert_number(number: NumberChange) -> dict[str, Any]:
    filters = Filters(year=number.year)
    return {
        "name": number.metric.name,
        "year": number.year,
        "before": metrics.describe(number.metric, number.before, filters),
        "after": metrics.describe(number.metric, number.after, filters),
        "words": number.words(),
        "because": number.counts,
        "records": [
            {"table": c.table, "id": c.record_id, "label": c.label, "what": c.what}
            for c in number.causes
        ],
    }
