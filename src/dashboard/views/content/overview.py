"""What came of it, are we on course, what is next?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.charts import Chart
from dashboard.charts.bullets import MAX_BULLETS, draw_bullets
from dashboard.charts.event_timeline import draw_event_timeline
from dashboard.charts.marks import draw_fold, draw_line
from dashboard.charts.markup import Element, make_element
from dashboard.charts.outcomes import Outcome, Upcoming, draw_next_list, draw_result_list
from dashboard.charts.periods import find_periods
from dashboard.charts.share_findings import count_half, rank_people
from dashboard.charts.timeline_findings import describe_timeline
from dashboard.charts.timeline_key import build_key, build_year_chips
from dashboard.language.messages import N_, Words, _, choose_text, emphasize, ngettext
from dashboard.model import Row
from dashboard.model.filters import TIMES, Filters
from dashboard.query.metrics import METRICS
from dashboard.text.counts import format_count
from dashboard.text.dates import format_day
from dashboard.text.lists import join_names
from dashboard.text.selection import describe_period
from dashboard.text.sentences import capitalise
from dashboard.views.content import Content, Line, Picture, Section, Tile, events_findings
from dashboard.views.content import events as events_page
from dashboard.views.content.common import describe_selection, read_palette
from dashboard.views.content.events import Found
from dashboard.views.content.events_findings import find_person
from dashboard.views.content.headline import choose_sentence, join_sentences
from dashboard.views.content.outlook import list_coming, list_next, list_results
from dashboard.views.content.tiles import make_tile
from dashboard.views.view import View

DONE = (
    N_(
        "{programme} was at **{events_held}** in **{countries}**, trained **{training_participants}**"
        " and finished **{projects_completed}**."
    ),
    N_(
        "{programme} was at **{events_held}** in **{countries}** and trained"
        " **{training_participants}**."
    ),
    N_(
        "{programme} was at **{events_held}** in **{countries}** and finished"
        " **{projects_completed}**."
    ),
    N_("{programme} was at **{events_held}** in **{countries}**."),
    N_("{programme} was at **{events_held}**."),
    N_("{programme} trained **{training_participants}**."),
)
DONE_IN_PERIOD = (
    N_(
        "{period} {programme} was at **{events_held}** in **{countries}**, trained"
        " **{training_participants}** and finished **{projects_completed}**."
    ),
    N_(
        "{period} {programme} was at **{events_held}** in **{countries}** and trained"
        " **{training_participants}**."
    ),
    N_(
        "{period} {programme} was at **{events_held}** in **{countries}** and finished"
        " **{projects_completed}**."
    ),
    N_("{period} {programme} was at **{events_held}** in **{countries}**."),
    N_("{period} {programme} was at **{events_held}**."),
    N_("{period} {programme} trained **{training_participants}**."),
)
"""What is said of all years and of a period: the first of these whose numbers are all known."""
FEW, ENOUGH = 3, 10
"""People of whom it is said that they made half, of so many contributions or more."""


@dataclass(frozen=True)
class Outlook:
    """What came of the period, whether it is on course, and what is next."""

    results: Sequence[Outcome]
    course: Chart
    coming: Sequence[Upcoming]


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
        slides=("results", "targets", "next", "at-a-glance"),
    )


def make_title(view: View) -> str:
    """Name the programme and the selection."""
    programme = view.settings.short_name
    if view.filters.chosen in (("year",), ()):
        period = describe_period(view.filters) or _("in all years")
        return _("{programme} {period}", programme=programme, period=period)
    selection = describe_selection(view, None, within=True)
    return _("{programme}: {selection}", programme=programme, selection=selection)


# The headline


def make_lead(view: View) -> Words:
    """Make the headline: what was done, and the first observation that holds."""
    if find_person(view.filters) or view.filters.status:
        return events_findings.make_lead(view)
    if set(view.filters.chosen) - TIMES:
        return _say_selection(view)
    observations = (say_carriers(view), events_findings.say_when(view))
    return join_sentences(choose_sentence(_say_what_was_done(view)), choose_sentence(observations))


def count_done(view: View) -> dict[str, str]:
    """Count what was done, in words, as far as it is known and all filters apply to it: each number
    by its metric.
    """
    nouns = {
        "events_held": "event",
        "countries": "country",
        "training_participants": "person",
        "projects_completed": "project",
    }
    found = {}
    for name, noun in nouns.items():
        quantity = view.number(name)
        if quantity.value and not view.filters.ignored_by(METRICS[name].table):
            words = quantity.words(noun)
            partly = name == "countries" and quantity.not_known
            found[name] = _("at least {countries}", countries=words) if partly else words
    return found


def _say_what_was_done(view: View) -> Iterator[Words | None]:
    """Say how many events, countries, people trained and projects finished, as far as it is known."""
    done, period = count_done(view), capitalise(describe_period(view.filters))
    said = {"programme": view.settings.short_name, "period": period, **done}
    for message in DONE_IN_PERIOD if period else DONE:
        named = {name for name in METRICS if f"{{{name}}}" in message}
        yield emphasize(message, **said) if named <= set(done) else None
    yield emphasize(N_("{selection}: **no events** are recorded."), selection=make_title(view))


def _say_selection(view: View) -> Words:
    """Say what was done of what is selected."""
    done = count_done(view)
    said = [done[name] for name in ("events_held", "countries") if name in done]
    if people := done.get("training_participants"):
        said.append(_("{people} trained", people=people))
    if projects := done.get("projects_completed"):
        said.append(_("{projects} finished", projects=projects))
    return emphasize(
        N_("{selection}: **{numbers}**."),
        selection=describe_selection(view, None),
        numbers=join_names(said) or _("nothing recorded"),
    )


def say_carriers(view: View) -> Words | None:
    """Say that few people made half of the contributions, where few did and there are enough."""
    ranked = rank_people(view.rows("contributors"))
    few, _made = count_half(ranked)
    total = sum(row["contributions"] for row in ranked)
    if not 0 < few <= FEW or total < ENOUGH or view.filters.speaker:
        return None
    message = {
        1: N_("One person made half of the contributions."),
        2: N_("Two people made half of the contributions."),
        3: N_("Three people made half of the contributions."),
    }[few]
    return emphasize(message)


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
        list_results(view), draw_bullets(view.progress(), read_palette(view)), list_next(view)
    )


def _say_last(view: View) -> str:
    """Say in place of what is next until when anything is recorded."""
    last = view.rows("last_event", Filters())[0]["last_day"]
    return (
        _("Nothing recorded after {day}", day=format_day(last)) if last else _("Nothing recorded")
    )


def draw_course(outlook: Outlook) -> tuple[Picture, ...]:
    """Give the bars of the targets as a chart of the page, where there are any."""
    return (Picture("targets", outlook.course, most=MAX_BULLETS),) if outlook.course.table else ()


def list_outlook(outlook: Outlook) -> tuple[Section, ...]:
    """List what came of it and what is next for files."""
    results = [Line(one.title, one.note, one.act) for one in outlook.results]
    coming = list_coming(outlook.coming)
    done, ahead = format_count(len(results), "result"), format_count(len(coming), "plan")
    found = (
        (
            _("What came of it"),
            results,
            "results",
            emphasize(N_("What came of it: **{results}**"), results=done),
        ),
        (
            _("What is next"),
            coming,
            "next",
            emphasize(N_("What is next: **{plans}**"), plans=ahead),
        ),
    )
    return tuple(
        Section(heading, lines, key=key, sentence=sentence)
        for heading, lines, key, sentence in found
        if lines
    )


# The year at a glance


def draw_year(view: View, found: Found) -> tuple[Picture, ...]:
    """Draw the events with what lasted beneath; nothing where nothing has a date."""
    trainings, projects = view.rows("trainings"), view.rows("projects")
    span = events_page.find_span(view, [*found.events, *trainings])
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
    sentence = (
        _("The year at a glance: {finding}", finding=finding)
        if view.filters.whole_year
        else _("At a glance: {finding}", finding=finding)
    )
    besides = events_page.say_undated(view, found)
    return (Picture("at-a-glance", replace(chart, markup=key, sentence=sentence), besides=besides),)


def list_undated(view: View, found: Found) -> tuple[Section, ...]:
    """List what is known by the year only, by what it is."""
    events = events_page.list_undated(view, found)
    series = [_name_series(row) for row in view.rows("series")]
    held = _("Held several times, number not stated")
    return (*events, *((Section(held, series, key="series"),) if series else ()))


def _name_series(series: Row) -> Line:
    title, lang = choose_text(series, "title")
    return Line(title, link=f"record=series.{series['series_id']}", lang=lang)


def build_blocks(view: View, found: Found, outlook: Outlook) -> dict[str, Element | None]:
    """Build what the page shows as rows."""
    series = list_undated(view, found)[-1:]
    return {
        "results": draw_result_list(outlook.results).markup,
        "course": outlook.course.markup if outlook.course.table else None,
        "next": draw_next_list(outlook.coming, empty=_say_last(view)).markup,
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
    lines = (draw_line(line.text, line.note, line.link, line.lang) for line in series.lines)
    return draw_fold(label, make_element("ul", *lines, css="lines"))
