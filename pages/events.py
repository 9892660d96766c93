"""What happened, when, and who spoke?"""

import streamlit as st

from dashboard.ui import page_charts, page_elements, page_header, state, tables
from dashboard.ui.page_parts import events as page

view, content = state.current_page()

page_header.draw_header(view, content)
if content.sheet("events").rows:
    page_charts.draw_page_chart(view, content, "timeline")
    page.explain_missing_timeline(view, content)
else:
    page_elements.draw_empty(view, "events")
page.draw_undated_events(view, content)

left, right = st.columns([3, 2], gap="large")
with left:
    page_charts.draw_page_chart(view, content, "by-month")
with right:
    page_charts.draw_page_chart(view, content, "by-speaker")

tables.draw_sheet(view, content.sheet("events"))
