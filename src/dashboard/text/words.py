"""Dates, lists and events as people write them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dashboard.model import Row
from dashboard.model.quantity import Number
from dashboard.text.wording import MONTH_NAMES, UNDER_WAY, by_status, count, day, listed

__all__ = [
    "by_status",
    "count",
    "day",
    "leading",
    "listed",
    "month",
    "months",
    "most",
    "partial",
    "period",
    "projects_in_words",
    "short",
    "trainings_in_words",
    "when",
    "where",
]


def month(value: str) -> str:
    """ "2025-05" → May 2025."""
    return f"{MONTH_NAMES[int(value[5:7]) - 1]} {value[:4]}"


def months(values: Sequence[str]) -> str:
    """Months, each year named once where it is one: March, April and May 2026; December 2025 and
    January 2026.
    """
    if len({value[:4] for value in values}) > 1:
        return listed([month(value) for value in values])
    return f"{listed([MONTH_NAMES[int(value[5:7]) - 1] for value in values])} {values[0][:4]}"


def partial(value: str | None) -> str:
    """A date as precisely as it is known: 2 April 2025; April 2025; 2025; academic year 2024–2025."""
    if not value:
        return "date unknown"
    match len(value):
        case 4:
            return value
        case 7:
            return month(value)
        case 9:
            return f"academic year {value[:4]}–{value[5:]}"
        case _:
            return day(date.fromisoformat(value))


def period(project: Row) -> str:
    """From when to when a project runs: 2022 to 2025; start unknown to 2025; dates unknown."""
    start = partial(project["start_date"]) if project["start_date"] else "start unknown"
    end = partial(project["end_date"]) if project["end_date"] else "end unknown"
    return f"{start} to {end}" if project["start_date"] or project["end_date"] else "dates unknown"


def when(event: Row) -> str:
    """The days of an event, as precisely as they are known: 10–14 February 2025; 30 December 2024 –
    2 January 2025; May 2025, day unknown; 2025, date unknown.
    """
    start, end = event["start_date"], event["end_date"] or event["start_date"]
    if not start:
        return "date unknown"
    if len(start) == len(end) == 10:
        return _days(date.fromisoformat(start), date.fromisoformat(end))
    # an end in the month of the start says no more than the start
    several = end[: len(start)] != start[: len(end)]
    words = f"{partial(start)} – {partial(end)}" if several else partial(start)
    unknown = {4: "date", 7: "day"}.get(len(start))
    return f"{words}, {unknown}{'s' if several else ''} unknown" if unknown else words


def _days(first: date, last: date) -> str:
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} – {day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTH_NAMES[first.month - 1]} – {day(last)}"
    return f"{first.day}–{day(last)}"


def where(event: Row) -> str:
    """The place of an event: UMCG, Groningen, NL; online; place unknown."""
    if event["attendance_mode"] == "online":
        return "online"
    return (
        ", ".join(part for part in (event["venue"], event["city"], event["country"]) if part)
        or "place unknown"
    )


def trainings_in_words(rows: Sequence[Row]) -> str:
    """Rows of the question trainings by status as the cards count them: 12 trainings held · 2
    planned, 3 modules.
    """
    modules = [row for row in rows if row["format"] == "e-learning"]
    statuses = Counter(row["status"] for row in rows if row["format"] != "e-learning")
    parts = [by_status(statuses, "training")] if statuses or not modules else []
    return ", ".join(
        [
            *parts,
            *([by_status(Counter(row["status"] for row in modules), "module")] if modules else []),
        ]
    )


def projects_in_words(rows: Sequence[Row]) -> str:
    """Rows of the question projects by status as the cards count them: 11 projects · 1 planned, 4
    results.
    """
    sorts = [
        ("project", [row for row in rows if not row["is_output"]]),
        ("result", [r for r in rows if r["is_output"]]),
    ]
    found = [
        (one, Counter("" if row["status"] in UNDER_WAY else row["status"] for row in some))
        for one, some in sorts
        if some
    ]
    return ", ".join(by_status(statuses, one) for one, statuses in found) or "no projects"


def most(counts: Iterable[tuple[str, int]], limit: int = 2) -> tuple[list[str], int]:
    """The names with the highest count, and that count; no names where nothing stands out: more
    than `limit` have it, or it is one.
    """
    pairs = [(name, number) for name, number in counts if number]
    top = max((number for _, number in pairs), default=0)
    names = [name for name, number in pairs if number == top]
    return (names, top) if top > 1 and len(names) <= limit else ([], top)


def leading(numbers: Mapping[str, Number], limit: int = 2) -> list[str]:
    """The names with the highest numbers, at most `limit`, in order; none that another one equals
    which is left out.
    """
    ranked = sorted(numbers, key=lambda name: (-numbers[name], name))
    for size in range(min(limit, len(ranked)), 0, -1):
        if size == len(ranked) or numbers[ranked[size - 1]] > numbers[ranked[size]]:
            return ranked[:size]
    return []


def short(text: str, length: int) -> str:
    """The text, cut with an ellipsis where it is longer."""
    return text if len(text) <= length else text[: length - 1] + "…"
