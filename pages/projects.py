"""What is running, with whom, and who funds it?"""

import streamlit as st

from dashboard.ui import metric_cards, page_charts, page_elements, page_header, state
from dashboard.ui.page_parts import projects as page

view, content = state.current_page()

page_header.draw_header(view, content)
metric_cards.draw_cards(view, content.numbers)
if content.picture("projects"):
    page_charts.draw_page_chart(view, content, "projects")
    page.draw_results(content.sections)
    page_charts.draw_page_chart(view, content, "who-with-whom")
else:
    page_elements.draw_empty(view, "projects")

st.header("Funding", anchor=False)
page_charts.draw_page_chart(view, content, "funding-ours")
page_charts.draw_page_chart(view, content, "funding-others")
