"""The year in review: to read, to project and to print."""

from dashboard.ui import page_charts, page_elements, page_header, state
from dashboard.ui.page_parts import review as page

view, content = state.current_page()

page_header.draw_header(view, content, lead=False)
page.draw_comparison_choice(view)
page_elements.draw_lead(content.lead)
if content.sections or content.pictures:
    page.draw_headline_numbers(view)
    page_charts.draw_page_chart(view, content, "year")
    page.draw_sections(view, content)
else:
    page_elements.draw_empty(view, "events, trainings or projects")
page.draw_footnotes(view)
