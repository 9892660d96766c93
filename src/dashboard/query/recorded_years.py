"""Of which years there are records of a sort: no records in a year without any are a gap, and no
zero.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.query.metrics import Metric

PARTNERS_OF = ("events", "projects", "series")
"""The tables through which an organisation is a partner."""


def is_recorded(metric: Metric, year: int, rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a year has a record of the sort that a metric counts; `rows` are of the question
    recorded.
    """
    tables = PARTNERS_OF if metric.table == "partners" else (metric.table,)
    return any(row["table_name"] in tables and row["year"] == year for row in rows)
