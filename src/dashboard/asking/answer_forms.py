"""What a question asks for beside how many: which, when, where, who, and what a number means."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dashboard.asking.answer_counts import say_count, say_ignored
from dashboard.asking.answer_lines import (
    EVENTS_BEHIND,
    list_events,
    list_people,
    list_places,
    list_things,
)
from dashboard.asking.answer_words import say_selection
from dashboard.asking.finding import MAX_LINES, Finding, Measured, measure
from dashboard.language.messages import N_, Words, _, choose_text, emphasize
from dashboard.text.lists import join_names
from dashboard.text.records import format_event_dates, format_project_period
from dashboard.views.content import people_findings, places_findings
from dashboard.views.content.agenda import say_place
from dashboard.views.content.common import distinguish_people
from dashboard.views.content.events_findings import say_when
from dashboard.views.content.headline import join_sentences
from dashboard.views.view import View

FEW = 3
"""So many events or people are named in the sentence itself."""
MANY = 500
"""Of more events than a page reads, the last is not looked for."""
NOT_HELD = ("events_planned", "")
PLACES_BEHIND = ("events_held", "contributions", "keynotes", *NOT_HELD)
"""Metrics of which the places and the people are those of the events of the view."""
Row = Mapping[str, Any]


def answer_count(view: View, number: Measured) -> Finding:
    """Say how many or how much, and name what is behind it."""
    return Finding(say_count(view, number), number, list_things(view, number))


def answer_list(view: View, number: Measured) -> Finding:
    """Say how many, and of events of a whole year which month was busiest."""
    found = answer_count(view, number)
    if view.page == "map" and number.name == "events_held":
        return answer_where(view, number)
    if number.name != "events_held" or view.filters.ignored_by("held_events"):
        return found
    return replace(found, lead=join_sentences(found.lead, say_when(view)))


def answer_when(view: View, number: Measured) -> Finding:
    """Say when: the day of one thing, of a few, or the first and the last of many."""
    found = answer_count(view, number)
    if number.metric.records == "projects":
        return _say_when_projects(view, number, found)
    if number.name not in EVENTS_BEHIND:
        return found
    rows = _read_events(view, number)
    if len(rows) == 1:
        return replace(found, lead=_say_when_one(rows[0]))
    if 1 < len(rows) <= FEW:
        dates = join_names([format_event_dates(row) for row in rows])
        lead = emphasize(
            N_("{selection}: **{dates}**."),
            selection=say_selection(view, number.name),
            dates=dates,
        )
        return replace(found, lead=lead)
    return replace(found, lead=join_sentences(found.lead, _say_first_and_last(rows)))


def _read_events(view: View, number: Measured) -> list[Row]:
    """Read the events behind a number in order of time, of very many the first."""
    filters = view.filters.with_(**EVENTS_BEHIND[number.name])
    return list(view.rows("events", filters, limit=MANY + 1))


def _say_when_one(event: Row) -> Words:
    said = {"title": choose_text(event, "title").text, "dates": format_event_dates(event)}
    return emphasize(
        {
            "planned": N_("“{title}” is planned: **{dates}**."),
            "cancelled": N_("“{title}” was cancelled; it was planned: **{dates}**."),
        }.get(event["status"], N_("“{title}”: **{dates}**.")),
        **said,
    )


def _say_first_and_last(rows: list[Row]) -> Words | None:
    dated = [row for row in rows if row["date_precision"] in ("day", "month")]
    if len(rows) > MANY or len(dated) < 2:
        return None
    return emphasize(
        N_("The first: **{first}**; the last: **{last}**."),
        first=format_event_dates(dated[0]),
        last=format_event_dates(dated[-1]),
    )


def _say_when_projects(view: View, number: Measured, found: Finding) -> Finding:
    if number.quantity.total != 1:
        return found
    behind = view.rows(number.metric.records_question, limit=1, **number.metric.params)
    for row in view.rows("projects"):
        if row["project_id"] == behind[0]["record_id"]:
            title, period = choose_text(row, "title").text, format_project_period(row)
            lead = emphasize(N_("“{title}”: **{period}**."), title=title, period=period)
            return replace(found, lead=lead)
    return found


def answer_where(view: View, number: Measured) -> Finding:
    """Say where: the place of one event, or in how many places they were and where most often."""
    if number.name in ("events_home", "events_abroad"):
        things = list_places(view, at_home=number.name == "events_home")
        return Finding(say_count(view, number), number, things)
    if number.name not in PLACES_BEHIND:
        return answer_count(view, number)
    rows = _read_events(view, number)
    if len(rows) == 1:
        return Finding(_say_where_one(view, rows[0]), number, list_things(view, number))
    if number.name in NOT_HELD:
        return answer_count(view, number)
    there = replace(view, page="map")
    listed = number if len(rows) <= MAX_LINES else measure(there, "countries")
    lead = join_sentences(places_findings.make_lead(there), say_ignored(number, view.filters))
    return Finding(lead, number, list_things(view, listed))


def _say_where_one(view: View, event: Row) -> Words:
    title, place = choose_text(event, "title").text, say_place(view, event)
    if not place:
        return emphasize(N_("Where “{title}” was is **not stated**."), title=title)
    return emphasize(N_("“{title}”: **{place}**."), title=title, place=place)


def answer_who(view: View, number: Measured) -> Finding:
    """Say who: a few by name, of many who contributed most."""
    if number.name not in (*PLACES_BEHIND, "contributors") or number.name in NOT_HELD:
        return answer_count(view, number)
    named = replace(view, page="people")
    people = measure(named, "contributors")
    rows = distinguish_people(named, named.rows("contributors"))
    if not rows:
        lead = emphasize(
            N_("{selection}: **nobody is named**."), selection=say_selection(view, number.name)
        )
        return Finding(lead, people, list_events(view, view.filters.with_(status=("held",))))
    if len(rows) <= FEW:
        lead = emphasize(
            N_("{selection}: **{names}**."),
            selection=say_selection(named, "contributions"),
            names=join_names([row["name"] for row in rows]),
        )
    else:
        lead = people_findings.make_lead(named, rows)
    return Finding(lead, people, list_people(named, people.metric, people.quantity))


def answer_definition(_view: View, number: Measured) -> Finding:
    """Say what a number counts, what it leaves out, and how it is worked out."""
    metric = number.metric
    lead = emphasize(N_("**{label}**: {counted}"), label=metric.label, counted=metric.counted)
    notes = (
        _("Not counted: {words}", words=metric.not_counted),
        _("Worked out as: {words}", words=metric.formula),
        _("Belongs to a year by: {words}.", words=metric.calendar),
    )
    return Finding(lead, notes=notes, metric=metric.name)


FORMS: Mapping[str, Callable[[View, Measured], Finding]] = {
    "count": answer_count,
    "list": answer_list,
    "when": answer_when,
    "where": answer_where,
    "who": answer_who,
}
"""How the forms of a question are answered that need nothing but the number."""
