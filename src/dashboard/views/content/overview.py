"""What came of it, are we on course, what is next?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.charts import Chart
from dashboard.charts.bullets import draw_bullets
from dashboard.charts.event_timeline import draw_event_timeline
from dashboard.charts.marks import draw_fold, draw_line
from dashboard.charts.markup import Element, make_element
from dashboard.charts.outcomes import draw_next_list, draw_result_list
from dashboard.charts.periods import find_periods
from dashboard.charts.shares import count_half, rank_people
from dashboard.charts.spans import find_chosen_span
from dashboard.charts.timeline_findings import describe_timeline
from dashboard.charts.timeline_key import build_key, build_year_chips
from dashboard.model.filters import Filters
from dashboard.query.metrics import METRICS
from dashboard.text.counts import format_count
from dashboard.text.dates import format_day
from dashboard.text.messages import N_, Words, _, emphasize, ngettext
from dashboard.text.selection import describe_period
from dashboard.views.content import Content, Line, Picture, Section, Tile
from dashboard.views.content import events as events_page
from dashboard.views.content.common import describe_selection, read_palette
from dashboard.views.content.events import Found
from dashboard.views.content.events_findings import say_when
from dashboard.views.content.headline import choose_sentence, join_sentences
from dashboard.views.content.outlook import list_next, list_results
from dashboard.views.content.tiles import make_tile
from dashboard.views.view import View

FEW, ENOUGH = 3, 10
"""People of whom it is said that they made half, of so many contributions or more."""


@dataclass(frozen=True)
class Outlook:
    """The three lists of the page, as charts: each has its table and its links."""

    results: Chart
    course: Chart
    coming: Chart


def content(view: View) -> Content:
    """Make the overview of a view."""
    found, outlook = events_page.find_events(view), read_outlook(view)
    return Content(
        make_title(view),
        make_lead(view),
        make_overview_tiles(view),
        (*draw_course(outlook), *draw_year(view, found)),
        sections=(*list_outlook(outlook), *list_undated(view, found)),
        blocks=build_blocks(view, found, outlook),
    )


def make_title(view: View) -> str:
    """Name the programme and the selection."""
    if view.filters.chosen in (("year",), ()):
        return f"{view.settings.short_name} {describe_period(view.filters) or _('in all years')}"
    return f"{view.settings.short_name}: {describe_selection(view, _('everything'))}"


# The headline


def make_lead(view: View) -> Words:
    """Make the headline: what was done, and the first observation that holds."""
    return join_sentences(
        choose_sentence(_say_what_was_done(view)),
        choose_sentence(iter((say_carriers(view), say_when(view)))),
    )


def _say_what_was_done(view: View) -> Iterator[Words | None]:
    """Say how many events, countries, people trained and projects finished, as far as it is known."""
    events, lands, trained, done = (
        view.number(name)
        for name in ("events_held", "countries", "training_participants", "projects_completed")
    )
    said = {
        "subject": _say_subject(view),
        "events": format_count(int(events.value or 0), "event"),
        "countries": _say_countries(int(lands.value or 0), unknown=lands.not_known),
        "people": trained.words(_("people"), _("person")),
        "projects": format_count(int(done.value or 0), "project"),
    }
    if events.value and lands.value and trained.value and done.value:
        yield emphasize(
            N_(
                "{subject} was at **{events}** in **{countries}**, trained **{people}** and finished"
                " **{projects}**."
            ),
            **said,
        )
    if events.value and lands.value and trained.value:
        yield emphasize(
            N_("{subject} was at **{events}** in **{countries}** and trained **{people}**."), **said
        )
    if events.value and lands.value:
        yield emphasize(N_("{subject} was at **{events}** in **{countries}**."), **said)
    if events.value:
        yield emphasize(N_("{subject} was at **{events}**."), **said)
    yield emphasize(N_("{selection}: **no events** were held."), selection=make_title(view))


def _say_subject(view: View) -> str:
    """Say who did it: the programme, in the period; under other filters their selection."""
    period = describe_period(view.filters)
    if set(view.filters.chosen) - {"year", "month"}:
        return f"{view.settings.short_name}, {describe_selection(view, _('everything'))},"
    if not period:
        return view.settings.short_name
    return _(
        "{period} {programme}",
        period=period[:1].upper() + period[1:],
        programme=view.settings.short_name,
    )


def _say_countries(number: int, *, unknown: int) -> str:
    countries = format_count(number, "country", "countries")
    return _("at least {countries}", countries=countries) if unknown else countries


def say_carriers(view: View) -> Words | None:
    """Say that few people made half of the contributions, where few did and there are enough."""
    ranked = rank_people(view.rows("contributors"))
    few, _made = count_half(ranked)
    total = sum(row["contributions"] for row in ranked)
    if not 0 < few <= FEW or total < ENOUGH or view.filters.speaker:
        return None
    number = {1: _("One person"), 2: _("Two people"), 3: _("Three people")}[few]
    return emphasize(N_("{people} made half of the contributions."), people=number)


# The numbers


def make_overview_tiles(view: View) -> tuple[Tile, ...]:
    """Make the five numbers of the page."""
    own, coming = view.number("events_organised"), view.number("projects_coming")
    contributions, grants = view.number("contributions"), view.number("awards")
    return (
        make_tile(view, "events_held", _("Events"), _("{own} our own", own=own.words())),
        make_tile(view, "training_participants", _("People trained")),
        make_tile(
            view, "contributors", _("Contributors"), METRICS["contributions"].words(contributions)
        ),
        make_tile(
            view,
            "projects_running",
            _("Running projects"),
            _("{n} to come", n=coming.words()) if coming.value else "",
        ),
        make_tile(view, "funding_received", _("Own funding"), METRICS["awards"].words(grants)),
    )


# Named things


def read_outlook(view: View) -> Outlook:
    """Read what came of the period, whether it is on course, and what is next."""
    return Outlook(
        draw_result_list(list_results(view)),
        draw_bullets(view.progress(), read_palette(view)),
        draw_next_list(list_next(view), empty=_say_last(view)),
    )


def _say_last(view: View) -> str:
    """Say in place of what is next until when anything is recorded."""
    last = view.rows("last_event", Filters())[0]["last_day"]
    return (
        _("Nothing recorded after {day}", day=format_day(last)) if last else _("Nothing recorded")
    )


def draw_course(outlook: Outlook) -> tuple[Picture, ...]:
    """Give the bars of the targets as a chart of the page, where there are any."""
    return (Picture("targets", outlook.course),) if outlook.course.table else ()


def list_outlook(outlook: Outlook) -> tuple[Section, ...]:
    """List what came of it and what is next for files."""
    results = [Line(row["Result"], row["What it is for"]) for row in outlook.results.table]
    coming = [
        Line(row["What"], f"{row['When']} {row['Note']}".strip()) for row in outlook.coming.table
    ]
    found = ((_("What came of it"), results, "results"), (_("What is next"), coming, "next"))
    return tuple(Section(heading, lines, key=key) for heading, lines, key in found if lines)


# The year at a glance


def draw_year(view: View, found: Found) -> tuple[Picture, ...]:
    """Draw the events with what lasted beneath; nothing where nothing has a date."""
    trainings, projects = view.rows("trainings"), view.rows("projects")
    span = find_chosen_span([*found.events, *trainings], view.filters.years(), view.filters.month)
    if span is None:
        return ()
    labels = events_page.read_labels(view, found)
    counts = events_page.count_many(view, found)
    chart = draw_event_timeline(
        found.events,
        span,
        labels,
        read_palette(view),
        today=view.today,
        periods=find_periods(trainings, projects, span),
        counts=counts,
    )
    if chart is None:
        return ()
    finding = describe_timeline(counts or found.events, span, labels, today=view.today)
    key = build_key([*found.events, *counts], span, labels)
    sentence = _("The year at a glance: {finding}", finding=finding)
    return (Picture("at-a-glance", replace(chart, markup=key, sentence=sentence)),)


def list_undated(view: View, found: Found) -> tuple[Section, ...]:
    """List what is known by the year only, by what it is."""
    events = events_page.list_undated(view, found)
    series = [
        Line(row["title"], link=f"record=series.{row['series_id']}") for row in view.rows("series")
    ]
    held = _("Held several times, number not stated")
    return (*events, *((Section(held, series, key="series"),) if series else ()))


def build_blocks(view: View, found: Found, outlook: Outlook) -> dict[str, Element | None]:
    """Build what the page shows as rows."""
    series = list_undated(view, found)[-1:]
    return {
        "results": outlook.results.markup,
        "course": outlook.course.markup if outlook.course.table else None,
        "next": outlook.coming.markup,
        "undated": build_year_chips(*events_page.find_undated(view, found)),
        "series": _fold_series(series[0]) if series and series[0].key == "series" else None,
    }


def _fold_series(series: Section) -> Element:
    number = len(series.lines)
    label = ngettext(
        "Held several times, number not stated: {n:,} series",
        "Held several times, number not stated: {n:,} series",
        number,
    )
    lines = (draw_line(line.text, line.note, line.link) for line in series.lines)
    return draw_fold(label, make_element("ul", *lines, css="lines"))
