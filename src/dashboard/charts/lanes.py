"""The days that a timeline shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.model import Row


@dataclass(frozen=True)
class Span:
    """First and last day that a timeline shows."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def find_span(rows: Sequence[Row], years: Sequence[int] | None) -> Span | None:
    """Find the chosen calendar years, or those from the first to the last dated row; None without
    either.
    """
    if years:
        return Span(date(min(years), 1, 1), date(max(years), 12, 31))
    days = [row["first_day"] for row in rows if row["first_day"]]
    return Span(date(min(days).year, 1, 1), date(max(days).year, 12, 31)) if days else None
