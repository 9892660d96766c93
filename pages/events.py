"""What happened, when, and who spoke?"""

import streamlit as st

from dashboard.ui import events as page
from dashboard.ui import head, parts, pictures, state, tables

view, content = state.shown()

head.head(view, content)
if content.sheet("events").rows:
    pictures.drawn(view, content, "timeline")
    page.too_many(view, content)
else:
    parts.empty(view, "events")
page.known_by_the_year_only(view, content)

left, right = st.columns([3, 2], gap="large")
with left:
    pictures.drawn(view, content, "by-month")
with right:
    pictures.drawn(view, content, "by-speaker")

tables.sheet(view, content.sheet("events"))
