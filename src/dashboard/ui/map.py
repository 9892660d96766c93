"""The parts of the Map page: how it is shown, and the events of a place."""

from typing import Any

import streamlit as st

from dashboard.charts.words import count, when
from dashboard.charts.world import SIZES, VIEWS
from dashboard.contents.common import people_in_words
from dashboard.contents.places import chosen
from dashboard.ui import state
from dashboard.ui.parts import plain
from dashboard.view import View


def controls(view: View) -> None:
    """Which part of the world, and what the bubbles stand for; both stand in the URL."""
    session = st.session_state
    session["map_view"], session["map_size"] = chosen(view)
    with st.container(horizontal=True, gap="medium"):
        st.segmented_control("Show", list(VIEWS), key="map_view", format_func=VIEWS.__getitem__, required=True,
                             on_change=_changed)  # fmt: skip
        st.segmented_control("Bubbles by number of", list(SIZES), key="map_size", format_func=SIZES.__getitem__,
                             required=True, on_change=_changed)  # fmt: skip


def _changed() -> None:
    state.change(view=st.session_state["map_view"], size=st.session_state["map_size"])


def places(view: View) -> None:
    """The places as a list to choose from, and the events of the chosen one."""
    groups: dict[str, list[dict[str, Any]]] = {}
    names: dict[str, str] = {}
    mapped = {place["city_id"] for place in view.rows("event_places")}
    for event in view.rows("events"):
        if event["status"] == "held":
            name, identity = _place_of(event, mapped)
            names[identity] = name
            groups.setdefault(identity, []).append(event)
    options = sorted(groups, key=lambda i: (i in ("online", "unknown"), -len(groups[i]), names[i]))
    place = view.extras.get("place", "")
    st.session_state["map_place"] = place if place in groups else None
    st.pills("Events by place", options, key="map_place", on_change=_place_changed,
             format_func=lambda i: f"{plain(names[i])} {len(groups[i])}")  # fmt: skip
    if place in groups:
        _list_events(view, names[place], groups[place])


def _place_of(event: dict[str, Any], mapped: set[str]) -> tuple[str, str]:
    if event["attendance_mode"] == "online":
        return "Online", "online"
    if event["city_id"] not in mapped:
        return "Place unknown", "unknown"
    return f"{event['city'] or 'Somewhere'}, {event['country']}", event["city_id"]


def _place_changed() -> None:
    state.change(place=st.session_state["map_place"])


def _list_events(view: View, name: str, found: list[dict[str, Any]]) -> None:
    people = people_in_words(view)
    with st.container(border=True):
        st.markdown(f"**{plain(name)}: {count(len(found), 'event')}**")
        lines = []
        for event in found[:100]:
            who = people.get(event["event_id"], "")
            lines.append(f"- **{plain(when(event))}** {plain(event['title'])}{f' · {plain(who)}' if who else ''}")
        st.markdown("\n".join(lines))
        if len(found) > 100:
            st.caption(f"and {len(found) - 100} more: choose a year or a month")
