"""Periods in words: "this year" is kept as the word and as the dates that it means on a day."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from dashboard.language.messages import N_

PERIODS: Mapping[str, str] = MappingProxyType(
    {
        "this-year": N_("This year"),
        "last-year": N_("Last year"),
        "this-month": N_("This month"),
        "last-month": N_("Last month"),
    }
)
"""The words, by what stands for them in links."""


def resolve_period(word: str, today: date) -> dict[str, Any]:
    """Resolve the filters year and month that a word means on a day: {"year": 2026, "month": ()}.
    Raises KeyError for another word.
    """
    last = today.replace(day=1) - timedelta(days=1)
    meant: dict[str, dict[str, Any]] = {
        "this-year": {"year": today.year, "month": ()},
        "last-year": {"year": today.year - 1, "month": ()},
        "this-month": {"year": None, "month": (f"{today:%Y-%m}",)},
        "last-month": {"year": None, "month": (f"{last:%Y-%m}",)},
    }
    return meant[word]
