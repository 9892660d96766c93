"""Where did we take part?"""

import streamlit as st

from dashboard.charts.world import participation
from dashboard.ui import caches, filterbar, parts, state
from dashboard.ui import map as page

view = state.current()
places = caches.rows(view, "event_places")
events = caches.rows(view, "events")

st.title(f"{parts.plain(filterbar.in_words(view, 'Events'))}, on the map")

if not events:
    parts.empty(view, "events")
    st.stop()

shown, size = page.controls(view)
parts.chart(
    view,
    participation(places, parts.colours(view), view=shown, size=size, provinces=caches.provinces()),
    "map",
    on_select=page.open_place,
)
page.outside_of(places, shown)
page.reconciliation(view)
page.places(view, events)
