"""What is said where nothing was found, or no number is known: what was looked for, what is nearest,
and where it was not looked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from dashboard.asking.answer_counts import say_ignored
from dashboard.asking.answer_lines import list_things
from dashboard.asking.answer_scope import choose_number, write_link
from dashboard.asking.answer_wider import (
    MAX_WIDER,
    find_all_years,
    list_wider,
    say_reading,
)
from dashboard.asking.answer_words import say_selection
from dashboard.asking.finding import Finding, Measured, Things, measure
from dashboard.language.messages import N_, Words, _, choose_term, emphasize, ngettext
from dashboard.model.filters import TIMES
from dashboard.model.quantity import Kind
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names
from dashboard.text.records import format_event_dates
from dashboard.views.content.headline import join_sentences
from dashboard.views.view import View

UNKNOWN: Mapping[str, tuple[str, str]] = {
    "event_participants": (
        N_("The attendance of **this one event** is **not known**."),
        N_("Attendance is known for **none of these {things}**."),
    ),
    "training_participants": (
        N_("How many people took part in **this one training** is **not known**."),
        N_("How many people took part is known for **none of these {things}**."),
    ),
    "funding_received": (
        N_("The amount of **this one grant** to us is **not known**."),
        N_("The amount is known for **none of these {things}** to us."),
    ),
    "funding_elsewhere": (
        N_("The amount of **this one grant** to others is **not known**."),
        N_("The amount is known for **none of these {things}** to others."),
    ),
}
"""What is said of a sum where no record has a number: of one record, and of several."""
BESIDE = {
    "funding_received": "funding_elsewhere",
    "awards": "funding_elsewhere",
    "modules_developed": "modules_in_development",
    "partners": "projects",
}
"""What is looked for where there is nothing of a number."""
NAMED_BESIDE = ("modules_in_development", "projects")
NAMES = {
    "events": N_("events"),
    "trainings": N_("trainings"),
    "projects": N_("projects"),
}
"""The pages on which something may stand, and what is on them."""


def say_unknown(view: View, number: Measured) -> Words:
    """Say that a number is not known, and of what."""
    metric, quantity = number.metric, number.quantity
    said = {
        "selection": say_selection(view, number.name),
        "things": format_count(quantity.total, metric.noun),
        "gap": metric.coverage(quantity),
    }
    if quantity.kind is Kind.FEWER_THAN:
        lead = emphasize(N_("{selection}: **withheld**, because the groups are small."), **said)
    elif number.name in UNKNOWN:
        lead = emphasize(UNKNOWN[number.name][quantity.total > 1], **said)
    else:
        lead = emphasize(N_("{selection}: **not known**, with {gap}."), **said)
    return join_sentences(lead, say_ignored(number, view.filters))


def say_nothing(view: View, number: Measured) -> Finding:
    """Say that nothing is recorded of what was looked for, and what is nearest."""
    lead = emphasize(
        N_("{selection}: **nothing is recorded**."), selection=say_selection(view, number.name)
    )
    beside = _find_beside(view, number)
    notes = (
        *(f"{say_reading(view, one)}." for one in beside),
        *_name_neighbours(view, number),
        *_count_undated(view, number),
        *_say_where_not(view, number),
    )
    said = join_sentences(lead, say_ignored(number, view.filters))
    named = [list_things(view, one) for one in beside if one.name in NAMED_BESIDE]
    return Finding(said, number, named[0] if named else Things(), notes)


def _find_beside(view: View, number: Measured) -> list[Measured]:
    """Find what there is where there is nothing of a number: the money that others got, the modules
    in development, and the projects in which nobody is a partner.
    """
    near = BESIDE.get(number.name, "")
    if not near or (near == "projects" and not view.filters.text):
        return []
    beside = measure(view, near)
    return [beside] if beside.quantity.total else []


def _name_neighbours(view: View, number: Measured) -> Iterator[str]:
    """Name the last event before the period and the next one after it, under the other filters."""
    first, last = view.filters.period()
    if number.metric.records not in ("events", "contributions") or not first or not last:
        return
    anytime = find_all_years(view.filters)
    if not anytime.status:
        anytime = anytime.with_(status=("held", "planned"))
    near = {"today": first, "limit": 1}
    for row in view.rows("events_around", anytime, **near):
        said = {"title": choose_term(row, "title"), "day": format_event_dates(row)}
        if _starts(row) < first:
            yield _("The last one before: “{title}”, {day}.", **said)
    for row in view.rows("events_around", anytime, today=last + timedelta(days=1), limit=1):
        said = {"title": choose_term(row, "title"), "day": format_event_dates(row)}
        if _starts(row) > last:
            yield _("The next one after: “{title}”, {day}.", **said)


def _starts(row: Mapping[str, object]) -> date:
    found = row["first_day"]
    assert isinstance(found, date)
    return found


def _count_undated(view: View, number: Measured) -> Iterator[str]:
    """Say how many events no month can find, because only their year is known."""
    if not view.filters.month or number.metric.records not in ("events", "contributions"):
        return
    rows = view.rows("undated_events", limit=1)
    if rows:
        yield ngettext(
            "{n:,} event of which only the year is known can be in no month.",
            "{n:,} events of which only the year is known can be in no month.",
            rows[0]["found"],
        )


def _say_where_not(view: View, number: Measured) -> Iterator[str]:
    """Say that other years have nothing either, and on which pages it was not looked, because a filter
    means nothing there.
    """
    everything = replace(view, filters=find_all_years(view.filters))
    if view.filters != everything.filters and not measure(everything, number.name).quantity.total:
        yield _("In other years nothing of it is recorded either.")
    looked = {page for page, _elsewhere, _number in _look_elsewhere(view)}
    records = number.metric.records
    own = {"contributions": "events", "people": "events", "funding": "projects"}.get(
        records, records
    )
    places = [_(NAMES[page]) for page in NAMES if page not in looked and page != own]
    if places:
        yield _("Not looked at: {places}.", places=join_names(places))


def list_nearest(view: View, number: Measured) -> list[tuple[str, str]]:
    """List at most two readings of which there is something: without one of the filters, the same on
    another page, in the end without the words that were looked for.
    """
    found = list_wider(view, number)
    for _page, elsewhere, there in _look_elsewhere(view):
        found += _offer(elsewhere, there)
    if not found and view.filters.text:
        without = replace(view, filters=view.filters.with_(text=""))
        found += _offer(without, measure(without, number.name))
    return found[:MAX_WIDER]


def _look_elsewhere(view: View) -> Iterator[tuple[str, View, Measured]]:
    """Look on the other pages under the same filters, where all of them mean something there."""
    if set(view.filters.chosen) <= TIMES:
        return
    for page in NAMES:
        elsewhere = replace(view, page=page)
        number = choose_number(elsewhere)
        if page != view.page and not view.filters.ignored_by(number.metric.table):
            yield page, elsewhere, number


def _offer(view: View, number: Measured) -> Iterator[tuple[str, str]]:
    if number.quantity.total:
        yield say_reading(view, number), write_link(view)
