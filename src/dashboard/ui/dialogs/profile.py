"""The profile of a person: every spelling, role, talk and place, projects and grants, and the
sources.
"""

from collections import Counter
from typing import Any

import streamlit as st

from dashboard.charts.mercator import EUROPE, WORLD
from dashboard.charts.place_marks import find_beyond
from dashboard.charts.world import draw_region_map
from dashboard.model.filters import NO_FILTERS
from dashboard.model.roles import Role
from dashboard.query import questions
from dashboard.text.counts import format_count
from dashboard.text.records import format_event_dates, format_event_place
from dashboard.ui import page_charts, state, tables
from dashboard.ui.dialogs import record_parts
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.content import Picture
from dashboard.views.content.common import read_palette
from dashboard.views.view import View


def open_profile(view: View, person_id: str) -> None:
    """Open the profile, where the settings allow profiles."""
    person = questions.record(view.version, "people", person_id)
    if not view.settings.profiles:
        st.toast("Profiles of people are switched off here.", icon=":material/person_off:")
        return
    if person is None:
        st.toast("The person of this link is not known here.", icon=":material/help:")
        return
    st.dialog(escape(person["name"]), width="large", on_dismiss=state.close_panels)(_draw_panel)(
        view, person
    )


@requires(Role.VIEWER, draws=True)
def _draw_panel(view: View, person: dict[str, Any]) -> None:
    person_id = person["person_id"]
    theirs = NO_FILTERS.with_(speaker=(person_id,))
    _draw_names(view, person)
    talks = [t for t in view.rows("contributions", theirs) if t["status"] != "cancelled"]
    _draw_summary(view, talks)
    _draw_talks(view, talks)
    places = view.rows("event_places", theirs)
    if places:
        shown = WORLD if find_beyond(places, EUROPE) else EUROPE
        drawn = draw_region_map(places, shown.name, read_palette(view), wide=True)
        page_charts.draw_single_chart(view, Picture(f"map-{person_id}", drawn))
    record_parts.draw_record_list(
        view, view.rows("record_parties", NO_FILTERS, party=person_id), "Projects and grants"
    )
    record_parts.draw_record_sources(view, "people", person_id)
    state.rerun_if_link_opened()


def _draw_names(view: View, person: dict[str, Any]) -> None:
    spellings = [
        row["spelling"]
        for row in view.rows("person_spellings", NO_FILTERS, ids=[person["person_id"]])
    ]
    facts = [
        person["job_title"],
        f"ORCID {person['orcid']}" if person["orcid"] else "",
        person["note"],
    ]
    if len(spellings) > 1:
        facts.append(f"also written {', '.join(f'“{spelling}”' for spelling in spellings[1:])}")
    if any(facts):
        st.markdown(" · ".join(escape(fact) for fact in facts if fact))


def _draw_summary(view: View, talks: list[dict[str, Any]]) -> None:
    held = [talk for talk in talks if talk["status"] == "held"]
    roles = Counter(view.labels["role"].get(talk["role"], talk["role"]).lower() for talk in held)
    events, lands = (
        {talk["event_id"] for talk in held},
        sorted({talk["country"] for talk in held if talk["country"]}),
    )
    words = f"**{format_count(len(held), 'contribution')}** at {format_count(len(events), 'held event')}"
    if roles:
        words += ": " + ", ".join(
            f"{number} × {escape(role)}" for role, number in roles.most_common()
        )
    st.markdown(words + (f" · in {escape(', '.join(lands))}" if lands else ""))


def _draw_talks(view: View, talks: list[dict[str, Any]]) -> None:
    if not talks:
        return
    tables.draw_selectable_table(
        _format_talks(view, talks),
        [f"event={talk['event_id']}" for talk in talks],
        "talks",
        alt="Contributions",
        height=300,
        inside=True,
    )


def _format_talks(view: View, talks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the talks of a person as rows, with when and where their events were."""
    theirs, roles = NO_FILTERS.with_(speaker=(talks[0]["person_id"],)), view.labels["role"]
    events = {event["event_id"]: event for event in view.rows("events", theirs)}
    return [
        {
            "When": format_event_dates(events[talk["event_id"]]),
            "Role": roles.get(talk["role"], talk["role"]),
            "Talk": talk["talk_title"] or talk["title"],
            "Event": talk["host_event"] or talk["title"],
            "Where": format_event_place(events[talk["event_id"]]),
        }
        for talk in talks
    ]
