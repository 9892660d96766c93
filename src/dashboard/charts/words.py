"""Dates, lists and events as people write them."""

from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import wrap

from dashboard.charts import Row
from dashboard.charts.theme import safe
from dashboard.wording import MONTH_NAMES, count, listed

__all__ = ["count", "day", "listed", "month", "most", "partial", "period", "short", "when", "where", "wrapped"]


def day(value: date) -> str:
    """2 April 2025."""
    return f"{value.day} {MONTH_NAMES[value.month - 1]} {value.year}"


def month(value: str) -> str:
    """ "2025-05" → May 2025."""
    return f"{MONTH_NAMES[int(value[5:7]) - 1]} {value[:4]}"


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
    """The days of an event, as precisely as they are known: 10–14 February 2025; 30 December 2024 – 2 January 2025;
    May 2025, day unknown; 2025, date unknown."""
    start, end = event["start_date"], event["end_date"] or event["start_date"]
    if not start:
        return "date unknown"
    if len(start) == len(end) == 10:
        return _days(date.fromisoformat(start), date.fromisoformat(end))
    several = end[: len(start)] != start[: len(end)]  # an end in the month of the start says no more than the start
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
    return ", ".join(part for part in (event["venue"], event["city"], event["country"]) if part) or "place unknown"


def most(counts: Iterable[tuple[str, int]], limit: int = 3) -> tuple[list[str], int]:
    """The names with the highest count, and that count; no names where nothing stands out."""
    pairs = [(name, number) for name, number in counts if number]
    top = max((number for _, number in pairs), default=0)
    names = [name for name, number in pairs if number == top]
    return (names, top) if 0 < len(names) <= limit else ([], top)


def short(text: str, length: int) -> str:
    """The text, cut with an ellipsis where it is longer."""
    return text if len(text) <= length else text[: length - 1] + "…"


def wrapped(text: str, width: int = 18) -> str:
    """A label of a figure on at most two lines, escaped: long names take no more width than short ones."""
    lines = wrap(short(text, 2 * width), width, max_lines=2, placeholder="…") or [""]
    return "<br>".join(safe(line) for line in lines)
