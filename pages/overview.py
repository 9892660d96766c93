"""Are we on course? KPI cards, the year at a glance, what is next."""

from dashboard.ui import metric_cards, page_charts, page_elements, page_header, state
from dashboard.ui.page_parts import overview as page

view, content = state.current_page()

page_header.draw_header(view, content)
page.draw_overview_cards(view, content)
metric_cards.draw_targets(view)
if content.pictures:
    page_charts.draw_page_chart(view, content, "at-a-glance")
    page.draw_undated(content.sections)
else:
    page_elements.draw_empty(view, "events, trainings or projects")
page.draw_next_events(content.sections)
