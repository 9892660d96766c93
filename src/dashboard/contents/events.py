"""What happened, when, and who spoke?"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.bars import by_month, by_speaker
from dashboard.charts.lanes import span_of
from dashboard.charts.timeline import MAX_MARKS, Labels, timeline
from dashboard.charts.words import count, when, where
from dashboard.contents import Content, Line, Picture, Section, Sheet
from dashboard.contents.common import colours, in_words, people_in_words
from dashboard.filters import Filters
from dashboard.quantity import single
from dashboard.view import View

Row = dict[str, Any]


def content(view: View) -> Content:
    """The events of a view: on a timeline, by month, by speaker, and one by one."""
    events, people = view.rows("events"), people_in_words(view)
    pictures = (*_timeline(view, events, people), _months(view), _speakers(view))
    return Content(in_words(view, "Events"), pictures=pictures, counted=("events_held", "contributions", "contributors"),
                   sheets=(agenda(view, events, people),), sections=without_month(view, events))  # fmt: skip


def _timeline(view: View, events: Sequence[Row], people: Mapping[str, str]) -> tuple[Picture, ...]:
    span = span_of(events, view.filters.years())
    if not span or len(events) > MAX_MARKS:
        return ()
    labels = Labels(view.labels["kind"], view.labels["pillar"], people)
    return (Picture("timeline", timeline(events, span, labels, colours(view))),)


def _months(view: View) -> Picture:
    rows = view.rows("events_by_month", without_months(view))
    return Picture(
        "by-month", by_month(rows, _shown(view), view.labels["kind"], colours(view), chosen=view.filters.month)
    )


def _speakers(view: View) -> Picture:
    rows = view.rows("contributors", view.filters.with_(speaker=()))
    return Picture("by-speaker", by_speaker(rows, colours(view), chosen=view.filters.speaker, longest=24))


def without_months(view: View) -> Filters:
    """The filters with the year of the chosen months in place of the months, to see those beside them."""
    years = view.filters.years() or []
    return view.filters.with_(month=(), year=years[0] if len(years) == 1 else None)


def _shown(view: View) -> list[str]:
    """All months of the chosen years, or from the first to the last event."""
    years = view.filters.years()
    if years is None:
        found = [row["month"] for row in view.rows("events_by_month")]
        years = list(range(int(found[0][:4]), int(found[-1][:4]) + 1)) if found else []
    return [f"{year}-{number:02}" for year in years for number in range(1, 13)]


def without_month(view: View, events: Sequence[Row]) -> tuple[Section, ...]:
    """Events without a month: apart from the timeline, or left out where months are chosen."""
    if view.filters.month:
        heading, found = "Known by the year only, so left out where months are chosen", view.rows("undated_events")
    else:
        heading = "Known by the year only, so not on the timeline"
        found = [e for e in events if e["date_precision"] in ("year", "unknown")]
    lines = [Line(e["title"], str(e.get("year") or ""), f"event={e['event_id']}") for e in found]
    return (Section(heading, lines),) if lines else ()


def agenda(view: View, events: Sequence[Row], people: Mapping[str, str]) -> Sheet:
    """Every event as a row."""
    labels = view.labels
    shown = [
        {
            "Date": e["first_day"] if e["date_precision"] == "day" else None,
            "Note on the date": when(e) if e["date_precision"] != "day" or e["end_date"] != e["start_date"] else "",
            "Event": e["title"],
            "Who": people.get(e["event_id"], ""),
            "Where": where(e),
            "At": e["host_event"] or "",
            "Kind": labels["kind"].get(e["kind"] or "", "not stated"),
            "Our role": labels["our_role"].get(e["our_role"] or "", "not stated"),
            "Status": e["status"],
            "Attendance": single(e["participants"], e["participants_kind"]),
        }
        for e in events
    ]
    if not any(row["Attendance"].known for row in shown):
        shown = [{name: value for name, value in row.items() if name != "Attendance"} for row in shown]
    links = [f"event={e['event_id']}" for e in events]
    return Sheet("events", f"Agenda: {count(len(shown), 'event')}", shown, links)
