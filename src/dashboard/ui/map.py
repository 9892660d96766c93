"""The parts of the Map page: how it is shown, the events of a place, the reconciliation."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.charts import Row
from dashboard.charts.words import count, listed, when
from dashboard.charts.world import SIZES, VIEWS, outside
from dashboard.ui import caches, state
from dashboard.ui.events import people_in_words
from dashboard.ui.parts import plain
from dashboard.ui.state import View


def controls(view: View) -> tuple[str, str]:
    """Which part of the world, and what the bubbles stand for; both stand in the URL."""
    session = st.session_state
    session["map_view"], session["map_size"] = view.extras.get("view", "europe"), view.extras.get("size", "events")
    with st.container(horizontal=True, gap="medium"):
        st.segmented_control("Show", list(VIEWS), key="map_view", format_func=VIEWS.__getitem__, required=True,
                             on_change=_changed)  # fmt: skip
        st.segmented_control("Bubbles by number of", list(SIZES), key="map_size", format_func=SIZES.__getitem__,
                             required=True, on_change=_changed)  # fmt: skip
    return session["map_view"], session["map_size"]


def _changed() -> None:
    state.change(view=st.session_state["map_view"], size=st.session_state["map_size"])


def slug(city: str | None, country: str) -> str:
    """A place as it stands in the URL: groningen-nl."""
    plain_text = unicodedata.normalize("NFKD", f"{city or 'somewhere'} {country}".lower())
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain_text if not unicodedata.combining(c))).strip("-")


def open_place(point: list[Any]) -> None:
    """Callback of a click on a bubble: its events are listed below the map."""
    state.change(place=slug(point[2], point[3]))


def outside_of(places: Sequence[Row], shown: str) -> None:
    """Say which places the chosen part of the world leaves out."""
    if missing := outside(places, shown):
        names = listed([f"{plain(p['city'])} ({p['events']})" for p in missing[:6]])
        st.caption(f"Not in this part of the map: {names}{' and others' if len(missing) > 6 else ''}")


def reconciliation(view: View) -> None:
    """On the map + online + place unknown = all: nothing is lost between the number and the map."""
    row = caches.rows(view, "place_reconciliation")[0]
    st.markdown(
        f"**{row['on_the_map']}** on the map + **{row['online']}** online + **{row['unknown']}** place unknown"
        f" = **{count(row['all_events'], 'event')}** held"
    )


def places(view: View, events: list[dict[str, Any]]) -> None:
    """The places as a list to choose from, and the events of the chosen one."""
    groups: dict[str, list[dict[str, Any]]] = {}
    names: dict[str, str] = {}
    for event in events:
        if event["status"] == "held":
            name, identity = _place_of(event)
            names[identity] = name
            groups.setdefault(identity, []).append(event)
    options = sorted(groups, key=lambda i: (i in ("online", "unknown"), -len(groups[i]), names[i]))
    chosen = view.extras.get("place", "")
    st.session_state["map_place"] = chosen if chosen in groups else None
    st.pills("Events by place", options, key="map_place", on_change=_place_changed,
             format_func=lambda i: f"{names[i]} {len(groups[i])}")  # fmt: skip
    if chosen in groups:
        _list_events(view, names[chosen], groups[chosen])


def _place_of(event: dict[str, Any]) -> tuple[str, str]:
    if event["attendance_mode"] == "online":
        return "Online", "online"
    if event["latitude"] is None:
        return "Place unknown", "unknown"
    return f"{event['city'] or 'Somewhere'}, {event['country']}", slug(event["city"], event["country"])


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
