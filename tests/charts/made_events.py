"""Rows of the question events for tests of charts, made by hand."""

from datetime import date, timedelta

from dashboard.charts.lanes import Span
from dashboard.charts.theme import make_palette

YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))
TODAY = date(2026, 1, 15)
COLOURS = make_palette(
    {"research": ("#1f5fa8", "#6ea8e6"), "impact": ("#1d7a5f", "#56c2a0")}, dark=False
)


def make_event(number, first, last=None, precision="day", **more):
    """An event that we contributed to, held in Groningen."""
    last = last or first
    kept = {"day": 10, "month": 7, "year": 4}[precision]
    return {
        "event_id": f"event-{number:04}",
        "title": f"Event {number} about data",
        "host_event": None,
        "start_date": first.isoformat()[:kept],
        "end_date": last.isoformat()[:kept],
        "date_precision": precision,
        "status": "held",
        "kind": None,
        "our_role": "contributed",
        "venue": None,
        "city": "Groningen",
        "country": "NL",
        "attendance_mode": None,
        "pillar": None,
        "first_day": first,
        "last_day": last,
        "month": None if precision == "year" else f"{first:%Y-%m}",
        "year": first.year,
    } | more


def make_events(number, days=365, step=7):
    """So many events, spread over the first days of 2025, every fifth of them our own."""
    first = date(2025, 1, 1)
    return [
        make_event(
            nr,
            first + timedelta(days=nr * step % days),
            our_role="organised" if nr % 5 == 0 else "contributed",
        )
        for nr in range(number)
    ]


def make_person(event, name, role="lecture"):
    """A row of the question event_people."""
    person = name.lower().replace(" ", "-")
    return {"event_id": event["event_id"], "person_id": person, "name": name, "role": role}
