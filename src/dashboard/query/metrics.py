"""The arithmetic of metrics: their numbers, the records behind them, and how they are given as
plain values. What each metric is, stands in metric_definitions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.language.numbers import Number
from dashboard.model.drill_down import parse_drill_down
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity, make_quantity
from dashboard.query import questions
from dashboard.query.metric_definitions import METRICS
from dashboard.query.metric_kinds import Metric
from dashboard.store import Version

__all__ = [
    "METRICS",
    "Metric",
    "describe",
    "evaluate",
    "is_metric",
    "is_recorded",
    "list_records",
    "report",
]

PARTNER_TABLES = ("events", "projects", "series")
"""The tables through which an organisation is a partner."""
COUNTS = ("exact", "about", "at_least", "fewer_than", "unknown", "disputed")
"""How many records a number comes from, by how well each is known."""


def evaluate(version: Version, metric: Metric, filters: Filters) -> Quantity:
    """Ask for the number under the filters that apply to it; see Filters.ignored_by for those that
    do not.
    """
    return read_number(
        metric, questions.rows(version, metric.question, filters, **metric.number_params)
    )


def read_number(metric: Metric, answer: Sequence[Mapping[str, Any]]) -> Quantity:
    """Read the number of a metric in the answer to its question: the one row, or a column of it where
    the question gives the numbers of several metrics.
    """
    row = answer[0]
    if metric.name in row:
        number, unknown = int(row[metric.name]), row.get(f"{metric.name}_unknown", 0)
        return Quantity(number if number or not unknown else None, exact=number, unknown=unknown)
    counts = {name: row.get(name) or 0 for name in COUNTS}
    known = counts["exact"] + counts["about"] + counts["at_least"]
    nothing_unknown = not (counts["fewer_than"] or counts["unknown"])
    value = _as_number(row["value"]) if known else (0 if nothing_unknown else None)
    return Quantity(value, **counts)


def is_metric(word: str) -> bool:
    """Return whether a word asks for a metric that there is, or for a part of one."""
    asked = parse_drill_down(word)
    return asked is not None and asked.metric in METRICS


def list_records(
    version: Version, metric: Metric, filters: Filters, limit: int | None = None, offset: int = 0
) -> Iterator[tuple[dict[str, Any], Quantity]]:
    """Ask for the records behind the number, each with its own quantity; together they add up to
    evaluate().
    """
    for row in questions.rows(
        version, metric.records_question, filters, limit=limit, offset=offset, **metric.params
    ):
        yield row, make_quantity(_as_number(row["value"]), row["kind"], bool(row.get("disputed")))


def report(version: Version, filters: Filters) -> list[dict[str, Any]]:
    """Give all metrics as the command line and the API show them."""
    return [
        describe(metric, evaluate(version, metric, filters), filters) for metric in METRICS.values()
    ]


def describe(metric: Metric, quantity: Quantity, filters: Filters) -> dict[str, Any]:
    """Give one metric's answer as plain values; `value` is None where nothing is known."""
    return {
        "name": metric.name,
        "label": metric.label,
        "value": quantity.value,
        "kind": quantity.kind.value,
        "unit": metric.unit,
        "known": quantity.known,
        "unknown": quantity.not_known,
        "disputed": quantity.disputed,
        "ignored_filters": filters.ignored_by(metric.table),
    }


def is_recorded(metric: Metric, year: int, rows: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether a year has a record of the sort that a metric counts: a year without any is a
    gap, and no zero. `rows` are of the question recorded.
    """
    tables = PARTNER_TABLES if metric.table == "partners" else (metric.records,)
    return any(row["table_name"] in tables and row["year"] == year for row in rows)


def _as_number(value: Number | None) -> Number | None:
    """Give whole numbers as int: DuckDB sums integers into wide decimals."""
    return (
        int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
    )
