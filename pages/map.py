"""Where did we take part?"""

import streamlit as st

from dashboard.charts.world import participation
from dashboard.ui import caches, filterbar, parts, state
from dashboard.ui import map as page

view = state.current()
places = caches.rows(view, "event_places")
events = caches.rows(view, "events")

st.title(f"{parts.plain(filterbar.in_words(view, 'Events'))}, on the map")

if events:
    shown, size = page.controls(view)
    picture = participation(places, parts.colours(view), view=shown, size=size, provinces=caches.provinces())
    parts.chart(view, picture, "map", on_select=page.open_place)
    page.outside_of(places, shown)
    page.reconciliation(view)
    page.places(view, events)
else:
    parts.empty(view, "events")
