"""What happened, when, and who spoke?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.charts.bars import by_month, by_speaker
from dashboard.charts.lanes import span_of
from dashboard.charts.timeline import MAX_MARKS, Labels, timeline
from dashboard.model.filters import Filters
from dashboard.model.quantity import single
from dashboard.text.words import by_status, when, where
from dashboard.views.content import Content, Line, Picture, Section, Sheet
from dashboard.views.content.common import colours, in_words, people_apart, people_in_words
from dashboard.views.view import Answers, View

Row = dict[str, Any]
MOST_ROWS, MOST_IN_A_FILE = 500, 200_000
"""Of more events than a timeline can show: those in the table of the page, and in a file of it."""


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


def found_in(view: View) -> Found:
    """The events of a view. More than MAX_MARKS are neither read nor sent."""
    events = view.rows("events", limit=MAX_MARKS + 1)
    if len(events) <= MAX_MARKS:
        return Found(events, people_in_words(view), Counter(event["status"] for event in events))
    return _first(view, events[:MOST_ROWS], view.statuses())


def _first(view: View, events: Sequence[Row], statuses: Mapping[str, int]) -> Found:
    return Found(events, people_in_words(view, events), statuses)


def content(view: View) -> Content:
    """The events of a view: on a timeline, by month, by speaker, and one by one."""
    found = found_in(view)
    pictures = (*_timeline(view, found), _months(view), _speakers(view))
    return Content(
        in_words(view, "Events"),
        pictures=pictures,
        counted=("events_held", "contributions", "contributors"),
        sheets=(agenda(view, found),),
        sections=without_month(view, found),
    )


def _timeline(view: View, found: Found) -> tuple[Picture, ...]:
    span = span_of(found.events, view.filters.years())
    if not span or found.more:
        return ()
    labels = Labels(view.labels["kind"], view.labels["pillar"], found.people)
    return (Picture("timeline", timeline(found.events, span, labels, colours(view))),)


def _months(view: View) -> Picture:
    rows = view.rows("events_by_month", without_months(view))
    return Picture(
        "by-month",
        by_month(
            rows,
            _shown(view),
            view.labels["kind"],
            colours(view),
            chosen=view.filters.month,
            until=f"{view.today:%Y-%m}",
        ),
    )


def _speakers(view: View) -> Picture:
    rows = view.rows("contributors", view.filters.with_(speaker=()))
    return Picture(
        "by-speaker",
        by_speaker(
            people_apart(view, rows), colours(view), chosen=view.filters.speaker, longest=24
        ),
    )


def without_months(view: View) -> Filters:
    """The filters with the year of the chosen months in place of the months, to see those beside
    them.
    """
    years = view.filters.years() or []
    return view.filters.with_(month=(), year=years[0] if len(years) == 1 else None)


def _shown(view: View) -> list[str]:
    """All months of the chosen years, or from the first to the last event."""
    years = view.filters.years()
    if years is None:
        found = [row["month"] for row in view.rows("events_by_month")]
        years = list(range(int(found[0][:4]), int(found[-1][:4]) + 1)) if found else []
    return [f"{year}-{number:02}" for year in years for number in range(1, 13)]


def without_month(view: View, found: Found) -> tuple[Section, ...]:
    """Events without a month: apart from the timeline, or left out where months are chosen."""
    if view.filters.month:
        heading = "Known by the year only, so left out where months are chosen"
    else:
        heading = "Known by the year only, so not on the timeline"
    if view.filters.month or found.more:
        undated = view.rows("undated_events", limit=MOST_ROWS)
        more = undated[0]["found"] - len(undated) if undated else 0
    else:
        undated, more = [e for e in found.events if e["date_precision"] in ("year", "unknown")], 0
    lines = [
        Line(
            e["title"],
            "" if view.filters.month else e["start_date"] or "",
            f"event={e['event_id']}",
        )
        for e in undated
    ]
    return (Section(heading, lines, more=more, key="undated"),) if lines else ()


def agenda(view: View, found: Found) -> Sheet:
    """Every event as a row, or the first of too many."""
    labels = view.labels
    shown = [
        {
            "Date": e["first_day"] if e["date_precision"] == "day" else None,
            "Note on the date": (
                when(e) if e["date_precision"] != "day" or e["end_date"] != e["start_date"] else ""
            ),
            "Event": e["title"],
            "Who": found.people.get(e["event_id"], ""),
            "Where": where(e),
            "At": e["host_event"] or "",
            "Kind": labels["kind"].get(e["kind"] or "", "not stated"),
            "Our role": labels["our_role"].get(e["our_role"] or "", "not stated"),
            "Status": e["status"],
            "Attendance": single(e["participants"], e["participants_kind"]),
        }
        for e in found.events
    ]
    if not any(row["Attendance"].known for row in shown):
        shown = [
            {name: value for name, value in row.items() if name != "Attendance"} for row in shown
        ]
    links = [f"event={e['event_id']}" for e in found.events]

    def longer() -> Sheet:
        # asked for directly: so many rows are not kept for others
        asking = replace(view, answers=Answers())
        return agenda(
            asking, _first(asking, asking.rows("events", limit=MOST_IN_A_FILE), found.statuses)
        )

    heading = f"Agenda: {by_status(found.statuses, 'event')}"
    if not found.more:
        return Sheet("events", heading, shown, links)
    in_a_file = "all of them" if found.total <= MOST_IN_A_FILE else f"the first {MOST_IN_A_FILE:,}"
    note = (
        f"The first {len(shown):,} are shown, and a file holds {in_a_file}. A narrower choice leads"
        " to the others."
    )
    return Sheet("events", heading, shown, links, more=found.more, note=note, longer=longer)
