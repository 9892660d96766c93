"""What happened, when, and who spoke?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.charts.lanes import find_span
from dashboard.charts.months import draw_events_by_month
from dashboard.charts.speakers import draw_contributors
from dashboard.charts.timeline import MAX_DRAWN_EVENTS, TimelineLabels, draw_timeline
from dashboard.model.filters import Filters
from dashboard.model.quantity import make_quantity
from dashboard.text.counts import format_status_counts
from dashboard.text.records import format_event_dates, format_event_place
from dashboard.views.content import Content, Line, Picture, Section, Sheet
from dashboard.views.content.common import (
    describe_selection,
    distinguish_people,
    format_people_of_events,
    read_palette,
)
from dashboard.views.view import Answers, View

Row = dict[str, Any]
MAX_ROWS, MAX_ROWS_IN_A_FILE = 500, 200_000
"""Of more events than a timeline can show: those in the table of the page, and in a file of it."""
LEFT_OUT_OF_MONTHS = "Known by the year only, so left out where months are chosen"
NOT_ON_THE_TIMELINE = "Known by the year only, so not on the timeline"


@dataclass(frozen=True)
class Found:
    """Events of a view, in order of time: all, or the first of too many, with who was named there;
    and how many there are of each status.
    """

    events: Sequence[Row]
    people: Mapping[str, str]
    statuses: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.statuses.values())

    @property
    def more(self) -> int:
        """How many there are besides those that are here."""
        return self.total - len(self.events)


def find_events(view: View) -> Found:
    """Read the events of a view. More than MAX_MARKS are neither read nor sent."""
    events = view.rows("events", limit=MAX_DRAWN_EVENTS + 1)
    if len(events) <= MAX_DRAWN_EVENTS:
        return Found(
            events, format_people_of_events(view), Counter(event["status"] for event in events)
        )
    return _read_people(view, events[:MAX_ROWS], view.statuses())


def _read_people(view: View, events: Sequence[Row], statuses: Mapping[str, int]) -> Found:
    return Found(events, format_people_of_events(view, events), statuses)


def content(view: View) -> Content:
    """Make the page of the events of a view: on a timeline, by month, by speaker, and one by one."""
    found = find_events(view)
    pictures = (*_timeline(view, found), _months(view), _speakers(view))
    return Content(
        describe_selection(view, "Events"),
        pictures=pictures,
        counted=("events_held", "contributions", "contributors"),
        sheets=(make_agenda(view, found),),
        sections=list_undated(view, found),
    )


def _timeline(view: View, found: Found) -> tuple[Picture, ...]:
    span = find_span(found.events, view.filters.years())
    if not span or found.more:
        return ()
    labels = TimelineLabels(view.labels["kind"], view.labels["pillar"], found.people)
    return (Picture("timeline", draw_timeline(found.events, span, labels, read_palette(view))),)


def _months(view: View) -> Picture:
    rows = view.rows("events_by_month", widen_months(view))
    return Picture(
        "by-month",
        draw_events_by_month(
            rows,
            _shown(view),
            view.labels["kind"],
            read_palette(view),
            chosen=view.filters.month,
            until=f"{view.today:%Y-%m}",
        ),
    )


def _speakers(view: View) -> Picture:
    rows = view.rows("contributors", view.filters.with_(speaker=()))
    return Picture(
        "by-speaker",
        draw_contributors(
            distinguish_people(view, rows),
            read_palette(view),
            chosen=view.filters.speaker,
            longest=24,
        ),
    )


def widen_months(view: View) -> Filters:
    """Give the filters with the year of the chosen months in place of the months, to see those beside
    them.
    """
    years = view.filters.years() or []
    return view.filters.with_(month=(), year=years[0] if len(years) == 1 else None)


def _shown(view: View) -> list[str]:
    """List all months of the chosen years, or from the first to the last event."""
    years = view.filters.years()
    if years is None:
        found = [row["month"] for row in view.rows("events_by_month")]
        years = list(range(int(found[0][:4]), int(found[-1][:4]) + 1)) if found else []
    return [f"{year}-{number:02}" for year in years for number in range(1, 13)]


def list_undated(view: View, found: Found) -> tuple[Section, ...]:
    """List events without a month: apart from the timeline, or left out where months are chosen."""
    chosen = bool(view.filters.month)
    heading = LEFT_OUT_OF_MONTHS if chosen else NOT_ON_THE_TIMELINE
    undated, more = _find_undated(view, found)
    lines = [
        Line(e["title"], "" if chosen else e["start_date"] or "", f"event={e['event_id']}")
        for e in undated
    ]
    return (Section(heading, lines, more=more, key="undated"),) if lines else ()


def _find_undated(view: View, found: Found) -> tuple[Sequence[Row], int]:
    """Find the events without a month, and how many there are besides those that are given."""
    if not view.filters.month and not found.more:
        return [e for e in found.events if e["date_precision"] in ("year", "unknown")], 0
    undated = view.rows("undated_events", limit=MAX_ROWS)
    return undated, undated[0]["found"] - len(undated) if undated else 0


def make_agenda(view: View, found: Found) -> Sheet:
    """Make the table of every event, or of the first of too many."""
    attendance = [make_quantity(e["participants"], e["participants_kind"]) for e in found.events]
    shown = [_tabulate(view, event, found.people) for event in found.events]
    if any(quantity.known for quantity in attendance):
        shown = [
            row | {"Attendance": quantity} for row, quantity in zip(shown, attendance, strict=True)
        ]
    links = [f"event={e['event_id']}" for e in found.events]
    heading = f"Agenda: {format_status_counts(found.statuses, 'event')}"
    if not found.more:
        return Sheet("events", heading, shown, links)

    def longer() -> Sheet:
        # asked for directly: so many rows are not kept for others
        asking = replace(view, answers=Answers())
        rows = asking.rows("events", limit=MAX_ROWS_IN_A_FILE)
        return make_agenda(asking, _read_people(asking, rows, found.statuses))

    note = _say_what_is_left_out(len(shown), found.total)
    return Sheet("events", heading, shown, links, more=found.more, note=note, longer=longer)


def _tabulate(view: View, event: Row, people: Mapping[str, str]) -> Row:
    labels, is_day = view.labels, event["date_precision"] == "day"
    one_day = is_day and event["end_date"] == event["start_date"]
    return {
        "Date": event["first_day"] if is_day else None,
        "Note on the date": "" if one_day else format_event_dates(event),
        "Event": event["title"],
        "Who": people.get(event["event_id"], ""),
        "Where": format_event_place(event),
        "At": event["host_event"] or "",
        "Kind": labels["kind"].get(event["kind"] or "", "not stated"),
        "Our role": labels["our_role"].get(event["our_role"] or "", "not stated"),
        "Status": event["status"],
    }


def _say_what_is_left_out(shown: int, total: int) -> str:
    all_fit = total <= MAX_ROWS_IN_A_FILE
    in_a_file = "all of them" if all_fit else f"the first {MAX_ROWS_IN_A_FILE:,}"
    return (
        f"The first {shown:,} are shown, and a file holds {in_a_file}. A narrower choice leads to"
        " the others."
    )
