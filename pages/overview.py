"""Are we on course? KPI cards, the year at a glance, what is next."""

import streamlit as st

from dashboard.charts.glance import Year, at_a_glance, undated
from dashboard.charts.lanes import span_of
from dashboard.ui import caches, overview, parts, state

view = state.current()
year = Year(*(caches.rows(view, question) for question in ("events", "trainings", "projects")))

st.title(overview.title(view))
st.markdown(overview.headline(view))

overview.cards(view)

span = span_of([*year.events, *year.trainings], view.filters.years())
if span is None:
    parts.empty(view, "events, trainings or projects")
else:
    picture = at_a_glance(year, span, view.labels["pillar"], parts.colours(view))
    parts.chart(view, picture, "at-a-glance", on_select=lambda event: state.change(event=event))
    overview.undated(undated(year))

overview.what_is_next(view)
