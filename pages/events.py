"""What happened, when, and who spoke?"""

import streamlit as st

from dashboard.charts.bars import by_month, by_speaker
from dashboard.charts.lanes import span_of
from dashboard.charts.timeline import MAX_MARKS, Labels, timeline
from dashboard.ui import caches, filterbar, parts, state
from dashboard.ui import events as page

view = state.current()
events = caches.rows(view, "events")
labels = Labels(view.labels["kind"], view.labels["pillar"], page.people_in_words(view))
colours = parts.colours(view)
span = span_of(events, view.filters.years())

st.title(parts.plain(filterbar.in_words(view, "Events")))

if not events:
    parts.empty(view, "events")
elif len(events) > MAX_MARKS:
    st.caption(f"{len(events):,} events are too many to draw one by one: choose a year or a month.")
elif span:
    parts.chart(view, timeline(events, span, labels, colours), "timeline", on_select=page.open_event)
page.known_by_the_year_only(view, events)

left, right = st.columns([3, 2], gap="large")
with left:
    months = caches.rows(view, "events_by_month", page.without_months(view))
    picture = by_month(months, page.months_shown(view), labels.kinds, colours, chosen=view.filters.month)
    parts.chart(view, picture, "by-month", on_select=page.choose_month)
with right:
    speakers = caches.rows(view, "people", view.filters.with_(speaker=()))
    picture = by_speaker(speakers, colours, chosen=view.filters.speaker)
    parts.chart(view, picture, "by-speaker", on_select=page.choose_speaker)

page.agenda(view, events, labels.people)
