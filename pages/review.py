"""The year in review: to read, to project and to print."""

from dashboard.ui import metric_cards, page_charts, page_header, state
from dashboard.ui.page_parts import review as page

view, content = state.current_page()

page_header.draw_header(view, content, lead=False)
page.draw_comparison_choice(view)
metric_cards.draw_lead(content.lead)
if content.sections or content.pictures:
    page.draw_headline_numbers(view)
    page_charts.draw_page_chart(view, content, "year")
    page.draw_sections(view, content)
else:
    metric_cards.draw_empty(view, "events, trainings or projects")
page.draw_footnotes(view)
