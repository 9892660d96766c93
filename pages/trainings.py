"""Whom did we train? Participation, what was taught, e-learning, and the year before."""

from dashboard.charts.trainings import DIMENSIONS
from dashboard.ui import metric_cards, page_charts, page_elements, page_header, state, tables
from dashboard.ui.page_parts import trainings as page

view, content = state.current_page()

page_header.draw_header(view, content)
metric_cards.draw_cards(view, content.numbers)
if content.pictures:
    page_elements.draw_choice("by", "Participants by", DIMENSIONS)
    page_charts.draw_page_chart(view, content, "participation")
    page.draw_year_before(content.sections)
    page.draw_modules(content.sections)
    tables.draw_sheet(view, content.sheet("trainings"))
else:
    page_elements.draw_empty(view, "trainings")
