"""Are we on course? Numbers, the year at a glance, what is next."""

from dashboard.charts.glance import Year, draw_year, find_undated
from dashboard.charts.lanes import find_span
from dashboard.charts.ranking import find_most
from dashboard.charts.timeline import MAX_DRAWN_EVENTS
from dashboard.model.filters import Filters
from dashboard.query.metrics import METRICS
from dashboard.text.counts import format_count, format_status_counts
from dashboard.text.dates import format_day, format_months
from dashboard.text.messages import Words
from dashboard.text.records import format_event_dates
from dashboard.text.selection import describe_period
from dashboard.views.content import Content, Line, Picture, Section
from dashboard.views.content.common import (
    capitalise,
    describe_selection,
    join_pieces,
    quiet,
    read_palette,
    strong,
)
from dashboard.views.content.tiles import make_tiles
from dashboard.views.view import View

NUMBERS = (
    "events_held",
    "contributors",
    "countries",
    "partners",
    "trainings_held",
    "training_participants",
    "projects",
    "funding_received",
)
UNDATED_KEY = "undated"
UNDATED = "Known by the year only, so not on the timeline"
NAMES = {
    "events": "Events",
    "trainings": "Trainings and modules",
    "projects": "Projects and results",
}


def content(view: View) -> Content:
    """Make the overview of a view."""
    year = read_year(view)
    return Content(
        make_title(view),
        make_lead(view),
        make_tiles(view, NUMBERS),
        draw_pictures(view, year, "at-a-glance"),
        sections=(*list_undated(year), list_next(view)),
    )


def read_year(view: View) -> Year:
    """Read events, trainings and projects of the selection; no events where there are more than can be
    drawn (`too_many`).
    """
    events = view.rows("events", limit=MAX_DRAWN_EVENTS + 1)
    trainings, projects = view.rows("trainings"), view.rows("projects")
    if len(events) <= MAX_DRAWN_EVENTS:
        return Year(events, trainings, projects)
    return Year((), trainings, projects, too_many=view.statuses())


def describe_too_many(year: Year) -> str:
    """Say in place of events that they are too many to draw."""
    if not year.too_many:
        return ""
    return f"{format_status_counts(year.too_many, 'event')}: too many to draw one by one. Choose a month."


def draw_pictures(view: View, year: Year, key: str) -> tuple[Picture, ...]:
    """Draw the timeline of everything; nothing where nothing has a date."""
    span = find_span([*year.events, *year.trainings], view.filters.years())
    if span is None:
        return ()
    chart = draw_year(year, span, view.labels["pillar"], read_palette(view))
    return (Picture(key, chart, note=describe_too_many(year)),)


def make_title(view: View) -> str:
    """Name the programme and the selection."""
    if view.filters.chosen in (("year",), ()):
        return f"{view.settings.short_name} {describe_period(view.filters) or 'in all years'}"
    return f"{view.settings.short_name}: {describe_selection(view, 'everything')}"


def make_lead(view: View) -> Words:
    """Say what the numbers mean, in plain words and only as far as they are known."""
    events, people, lands = (
        view.number(name) for name in ("events_held", "contributors", "countries")
    )
    if not events.value:
        return join_pieces(quiet("No events were held in this selection."))
    places = (
        f" in {format_count(int(lands.value or 0), 'country', 'countries')}" if lands.value else ""
    )
    carried = format_count(int(people.value or 0), "person", "people")
    return join_pieces(
        strong(format_count(int(events.value), "event")),
        quiet(" held, carried by "),
        strong(carried),
        quiet(places),
        quiet(_busiest(view)),
        *_trained(view),
        quiet("."),
    )


def _busiest(view: View) -> str:
    """Name the busiest months, where some stand out and none were chosen: as the chart of the months
    says it.
    """
    counts = count_by_month(view)
    names, top = find_most(counts.items())
    if not names or len(counts) < 2 or view.filters.month:
        return ""
    each = " each" if len(names) > 1 else ""
    return f"; {format_months(names)} {'was' if len(names) == 1 else 'were'} busiest, with {top:,}{each}"


def _trained(view: View) -> Words:
    trained, metric = view.number("training_participants"), METRICS["training_participants"]
    if not trained.known:
        return ()
    words, coverage = metric.words(trained), metric.coverage(trained)
    return join_pieces(
        quiet(". "),
        strong(capitalise(words)),
        quiet(" in trainings"),
        quiet(f" ({coverage})" if coverage else ""),
    )


def count_by_month(view: View) -> dict[str, int]:
    """Count held events by month, the months with any."""
    counts: dict[str, int] = {}
    for row in view.rows("events_by_month"):
        counts[row["month"]] = counts.get(row["month"], 0) + row["events"]
    return counts


def list_undated(year: Year) -> tuple[Section, ...]:
    """List what is known by the year only: it stands apart, as text."""
    known = {table: titles for table, titles in find_undated(year).items() if titles}
    heading = f"{UNDATED}: {sum(len(titles) for titles in known.values()):,}"
    return tuple(
        Section(
            heading,
            [Line(title) for title in titles],
            f"{NAMES[table]} ({len(titles):,})",
            key=UNDATED_KEY,
        )
        for table, titles in known.items()
    )


def list_next(view: View) -> Section:
    """List the next planned events, or say until when events are recorded."""
    planned = [
        Line(event["title"], format_event_dates(event), f"event={event['event_id']}")
        for event in view.rows("next_events", today=view.today)
    ]
    return Section("What is next", planned or [_say_last(view)], key="next")


def _say_last(view: View) -> Line:
    last = view.rows("last_event", Filters())[0]["last_day"]
    return Line(f"None recorded after {format_day(last)}." if last else "None recorded.")
