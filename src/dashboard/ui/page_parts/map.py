"""The parts of the Map page: how it is shown, and the events of a place."""

from collections.abc import Mapping

import streamlit as st

from dashboard.charts.mercator import REGIONS
from dashboard.charts.world import SIZES
from dashboard.model.roles import Role
from dashboard.text.counts import format_count
from dashboard.text.labels import distinguish_labels
from dashboard.text.records import format_event_dates
from dashboard.ui import state
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.content.common import format_people_of_events
from dashboard.views.content.places import name_map, read_size, read_sizes
from dashboard.views.view import View

MAX_EVENTS_OF_PLACE = 100
ONLINE, UNKNOWN = "online", "unknown"


def draw_map_controls(view: View) -> None:
    """Draw which part of the world is shown, instead of what suits the places, and what the marks stand
    for where there is a choice; both stand in the URL.
    """
    st.session_state["map_view"] = view.extras.get("view")
    st.session_state["map_size"] = read_size(view)
    with st.container(horizontal=True, gap="medium"):
        _draw_control("Show", "map_view", {name: name_map(name) for name in REGIONS})
        if len(read_sizes(view)) > 1:
            _draw_control("Marks by number of", "map_size", SIZES)


def _draw_control(label: str, key: str, options: Mapping[str, str]) -> None:
    st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        required=key == "map_size",
        on_change=_apply_map_controls,
    )


@requires(Role.VIEWER)
def _apply_map_controls() -> None:
    state.change_view(
        view=st.session_state["map_view"], size=st.session_state.get("map_size", "events")
    )


def draw_places(view: View) -> None:
    """Draw the places as a list to choose from, and the events of the chosen one."""
    numbers, names = _count_by_place(view)
    options = sorted(numbers, key=lambda i: (i in (ONLINE, UNKNOWN), -numbers[i], names[i]))
    place = view.extras.get("place", "")
    st.session_state["map_place"] = place if place in numbers else None
    st.pills(
        "Events by place",
        options,
        key="map_place",
        on_change=state.adopt_widget_value,
        args=("place", "map_place"),
        format_func=lambda i: f"{escape(names[i])} {numbers[i]}",
    )
    if place in numbers:
        _list_events(view, place, names[place])


def _count_by_place(view: View) -> tuple[dict[str, int], dict[str, str]]:
    """Return the number of held events at each place, as on the map, and what it is called."""
    on_the_map = view.rows("event_places")
    numbers = {place["city_id"]: place["events"] for place in on_the_map}
    names = {place["city_id"]: f"{place['city']}, {place['country']}" for place in on_the_map}
    rest = view.rows("place_reconciliation")[0]
    numbers |= {place: rest[place] for place in (ONLINE, UNKNOWN) if rest[place]}
    return numbers, distinguish_labels(names | {ONLINE: "Online", UNKNOWN: "Place unknown"})


def _list_events(view: View, place: str, name: str) -> None:
    found = view.rows("events_at", city=place, limit=MAX_EVENTS_OF_PLACE)
    people = format_people_of_events(view, found)
    total = found[0]["found"] if found else 0
    with st.container(border=True):
        st.markdown(f"**{escape(name)}: {format_count(total, 'event')}**")
        lines = []
        for event in found:
            who = people.get(event["event_id"], "")
            lines.append(
                f"- **{escape(format_event_dates(event))}**"
                f" {escape(event['title'])}{f' · {escape(who)}' if who else ''}"
            )
        st.markdown("\n".join(lines))
        if total > len(found):
            st.caption(f"and {total - len(found):,} more: choose a year or a month")
