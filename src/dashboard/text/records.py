"""What records say of themselves in words: when and where an event was, and how many trainings
there are.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from dashboard.language.messages import _, ngettext
from dashboard.model import Row
from dashboard.text.counts import format_status_counts
from dashboard.text.dates import format_days, format_partial_date


def format_event_dates(event: Row) -> str:
    """Write the days of an event, as precisely as they are known: 10–14 February 2025; 30 December
    2024 – 2 January 2025; May 2025, day unknown; 2025, date unknown.
    """
    start, end = event["start_date"], event["end_date"] or event["start_date"]
    if not start:
        return _("date unknown")
    if len(start) == len(end) == 10:
        return format_days(date.fromisoformat(start), date.fromisoformat(end))
    # an end in the month of the start says no more than the start
    several = end[: len(start)] != start[: len(end)]
    words = (
        f"{format_partial_date(start)} – {format_partial_date(end)}"
        if several
        else format_partial_date(start)
    )
    return _add_unknown_part(words, start, 2 if several else 1)


def _add_unknown_part(words: str, partial_date: str, n: int) -> str:
    """Say behind `n` dates of this precision what is not known of them; of an academic year nothing."""
    if len(partial_date) == 4:
        return ngettext("{dates}, date unknown", "{dates}, dates unknown", n, dates=words)
    if len(partial_date) == 7:
        return ngettext("{dates}, day unknown", "{dates}, days unknown", n, dates=words)
    return words


def has_place(event: Row) -> bool:
    """Tell whether it is known where an event was: somewhere, or online."""
    return event["attendance_mode"] == "online" or any(_parts_of_place(event))


def format_event_place(event: Row) -> str:
    """Write the place of an event: UMCG, Groningen, NL; online; place unknown."""
    if event["attendance_mode"] == "online":
        return _("online")
    return ", ".join(filter(None, _parts_of_place(event))) or _("place unknown")


def _parts_of_place(event: Row) -> tuple[str | None, ...]:
    return event["venue"], event["city"], event["country"]


def format_project_period(project: Row) -> str:
    """Write from when to when a project runs: 2022 to 2025; start unknown to 2025; dates unknown."""
    if not (project["start_date"] or project["end_date"]):
        return _("dates unknown")
    start = (
        format_partial_date(project["start_date"]) if project["start_date"] else _("start unknown")
    )
    end = format_partial_date(project["end_date"]) if project["end_date"] else _("end unknown")
    return _("{start} to {end}", start=start, end=end)


def format_training_counts(rows: Sequence[Row]) -> str:
    """Count rows of the question trainings by status as the cards do: 12 trainings held · 2
    planned, 3 modules.
    """
    modules = Counter(row["status"] for row in rows if row["format"] == "e-learning")
    trainings = Counter(row["status"] for row in rows if row["format"] != "e-learning")
    parts = [format_status_counts(trainings, "training")] if trainings or not modules else []
    return ", ".join([*parts, format_status_counts(modules, "module")] if modules else parts)
