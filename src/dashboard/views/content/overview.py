"""Are we on course? Numbers, the year at a glance, what is next."""

from dashboard.charts.glance import Year, at_a_glance, undated
from dashboard.charts.lanes import span_of
from dashboard.charts.timeline import MAX_MARKS
from dashboard.model.filters import Filters
from dashboard.query.metrics import METRICS
from dashboard.text.wording import describe_period
from dashboard.text.words import by_status, count, day, months, most, when
from dashboard.views.content import Content, Line, Picture, Section, Words
from dashboard.views.content.common import colours, in_words, quiet, sentence, strong
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


def content(view: View) -> Content:
    """The overview of a view."""
    year = year_of(view)
    return Content(
        title(view),
        lead(view),
        NUMBERS,
        pictures(view, year, "at-a-glance"),
        sections=(*without_date(year), what_is_next(view)),
    )


def year_of(view: View) -> Year:
    """Events, trainings and projects of the selection; no events where there are more than can be
    drawn (`too_many`).
    """
    events, trainings, projects = (
        view.rows("events", limit=MAX_MARKS + 1),
        view.rows("trainings"),
        view.rows("projects"),
    )
    if len(events) <= MAX_MARKS:
        return Year(events, trainings, projects)
    return Year((), trainings, projects, too_many=view.statuses())


def too_many(year: Year) -> str:
    """What is said in place of events that are too many to draw."""
    if not year.too_many:
        return ""
    return f"{by_status(year.too_many, 'event')}: too many to draw one by one. Choose a month."


def pictures(view: View, year: Year, key: str) -> tuple[Picture, ...]:
    """The timeline of everything; nothing where nothing has a date."""
    span = span_of([*year.events, *year.trainings], view.filters.years())
    if span is None:
        return ()
    chart = at_a_glance(year, span, view.labels["pillar"], colours(view))
    return (Picture(key, chart, note=too_many(year)),)


def title(view: View) -> str:
    """The programme and the selection in words."""
    if view.filters.chosen in (("year",), ()):
        return f"{view.settings.short_name} {describe_period(view.filters) or 'in all years'}"
    return f"{view.settings.short_name}: {in_words(view, 'everything')}"


def lead(view: View) -> Words:
    """What the numbers say, in plain words and only as far as they are known."""
    events, people, lands = (
        view.number(name) for name in ("events_held", "contributors", "countries")
    )
    if not events.value:
        return sentence(quiet("No events were held in this selection."))
    places = f" in {count(int(lands.value or 0), 'country', 'countries')}" if lands.value else ""
    carried = count(int(people.value or 0), "person", "people")
    return sentence(
        strong(count(int(events.value), "event")),
        quiet(" held, carried by "),
        strong(carried),
        quiet(places),
        quiet(_busiest(view)),
        *_trained(view),
        quiet("."),
    )


def _busiest(view: View) -> str:
    """The busiest months, where some stand out and none were chosen: as the chart of the months
    says it.
    """
    counts = per_month(view)
    names, top = most(counts.items())
    if not names or len(counts) < 2 or view.filters.month:
        return ""
    each = " each" if len(names) > 1 else ""
    return f"; {months(names)} {'was' if len(names) == 1 else 'were'} busiest, with {top:,}{each}"


def _trained(view: View) -> Words:
    trained, metric = view.number("training_participants"), METRICS["training_participants"]
    if not trained.known:
        return ()
    words, coverage = metric.words(trained), metric.coverage(trained)
    return sentence(
        quiet(". "),
        strong(words[0].upper() + words[1:]),
        quiet(" in trainings"),
        quiet(f" ({coverage})" if coverage else ""),
    )


def per_month(view: View) -> dict[str, int]:
    """Held events by month, the months with any."""
    counts: dict[str, int] = {}
    for row in view.rows("events_by_month"):
        counts[row["month"]] = counts.get(row["month"], 0) + row["events"]
    return counts


def without_date(year: Year) -> tuple[Section, ...]:
    """What is known by the year only stands apart, as text."""
    known = {name: titles for name, titles in undated(year).items() if titles}
    heading = f"{UNDATED}: {sum(len(titles) for titles in known.values()):,}"
    return tuple(
        Section(
            heading,
            [Line(title) for title in titles],
            f"{name} ({len(titles):,})",
            key=UNDATED_KEY,
        )
        for name, titles in known.items()
    )


def what_is_next(view: View) -> Section:
    """The next planned events, or until when events are recorded."""
    planned = [
        Line(event["title"], when(event), f"event={event['event_id']}")
        for event in view.rows("next_events", today=view.today)
    ]
    if planned:
        return Section("What is next", planned)
    last = view.rows("last_event", Filters())[0]["last_day"]
    return Section(
        "What is next", [Line(f"None recorded after {day(last)}." if last else "None recorded.")]
    )
