"""The profile of a person: every spelling, role, talk and place, projects and grants, and the
sources.
"""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from dashboard.charts.markup import make_element
from dashboard.charts.mercator import EUROPE, WORLD
from dashboard.charts.place_marks import find_beyond
from dashboard.charts.world import draw_region_map
from dashboard.language.messages import _, choose_text
from dashboard.model import Row
from dashboard.model.filters import NO_FILTERS, Filters
from dashboard.model.roles import Role
from dashboard.query import questions
from dashboard.text.countries import name_country
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names
from dashboard.text.records import format_event_dates
from dashboard.text.sentences import lower_first
from dashboard.ui import elements, page_charts, state
from dashboard.ui.dialogs import record_parts
from dashboard.ui.dialogs.record_parts import Fact, Linked
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.content import Picture
from dashboard.views.content.agenda import say_place
from dashboard.views.content.common import read_palette, read_places
from dashboard.views.view import View


def open_profile(view: View, person_id: str) -> None:
    """Open the profile, where the settings allow profiles."""
    person = questions.record(view.version, "people", person_id)
    if not view.settings.profiles:
        st.toast(_("Profiles of people are switched off here."), icon=":material/person_off:")
        return
    if person is None:
        st.toast(_("The person of this link is not known here."), icon=":material/help:")
        return
    st.dialog(escape(person["name"]), width="medium", on_dismiss=state.close_panels)(_draw_panel)(
        view, person
    )


@requires(Role.VIEWER, draws=True)
def _draw_panel(view: View, person: Row) -> None:
    person_id = person["person_id"]
    theirs = NO_FILTERS.with_(speaker=(person_id,))
    talks = [t for t in view.rows("contributions", theirs) if t["status"] != "cancelled"]
    picture = _draw_map(view, theirs, person_id)
    parties = view.rows("record_parties", NO_FILTERS, party=person_id)
    elements.draw_elements(
        view,
        "panel",
        make_element(
            "div",
            record_parts.build_facts(_list_facts(view, person, talks)),
            record_parts.build_note(choose_text(person, "note")),
            record_parts.build_linked(_("At events"), _link_talks(view, theirs, talks)),
            page_charts.build_picture(picture) if picture else None,
            record_parts.build_linked(
                _("Projects and grants"), record_parts.link_records(view, parties)
            ),
            record_parts.build_sources(view, "people", person_id),
            css="panel",
        ),
        pictures=(picture,) if picture else (),
    )
    state.rerun_if_link_opened()


def _draw_map(view: View, theirs: Filters, person_id: str) -> Picture | None:
    places = read_places(view, theirs)
    if not places:
        return None
    shown = WORLD if find_beyond(places, EUROPE) else EUROPE
    drawn = draw_region_map(places, shown.name, read_palette(view), wide=True)
    return Picture(f"map-{person_id}", drawn)


def _list_facts(view: View, person: Row, talks: Sequence[Row]) -> list[Fact]:
    spellings = [
        row["spelling"]
        for row in view.rows("person_spellings", NO_FILTERS, ids=[person["person_id"]])
    ]
    others = [_("“{name}”", name=spelling) for spelling in spellings[1:]]
    held = [talk for talk in talks if talk["status"] == "held"]
    lands = sorted({name_country(talk["country"]) for talk in held if talk["country"]})
    return [
        (_("Function"), person["job_title"]),
        (_("Contributions"), _count_talks(held)),
        (_("Roles"), _count_roles(view, held)),
        (_("Countries"), join_names(lands)),
        (_("Also written"), join_names(others) if others else ""),
        (_("ORCID"), person["orcid"]),
    ]


def _count_talks(held: Sequence[Row]) -> str:
    events = {talk["event_id"] for talk in held}
    return _(
        "{contributions} at {events}",
        contributions=format_count(len(held), "contribution"),
        events=format_count(len(events), "held event"),
    )


def _count_roles(view: View, held: Sequence[Row]) -> str:
    names = view.labels["role"]
    roles = Counter(lower_first(names.get(talk["role"], talk["role"])) for talk in held)
    return ", ".join(
        _("{n:,} × {role}", n=number, role=role) for role, number in roles.most_common()
    )


def _link_talks(view: View, theirs: Filters, talks: Sequence[Row]) -> list[Linked]:
    """Give the events at which a person was named, with the role, the talk and the place."""
    roles = view.labels["role"]
    events = {event["event_id"]: event for event in view.rows("events", theirs)}
    rows = []
    for talk in talks:
        event = events[talk["event_id"]]
        said = [
            lower_first(roles.get(talk["role"], talk["role"])),
            _("“{name}”", name=talk["talk_title"]) if talk["talk_title"] else "",
            talk["host_event"] or "",
            say_place(view, event) or _("place not stated"),
        ]
        note = " · ".join(filter(None, said))
        link, when = f"event={talk['event_id']}", format_event_dates(event)
        title, lang = choose_text(talk, "title")
        rows.append(Linked(title, link, note, when, lang))
    return rows
