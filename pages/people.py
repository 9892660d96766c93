"""Who carries the programme?"""

from dashboard.charts.people import DIMENSIONS
from dashboard.ui import metric_cards, page_charts, page_elements, page_header, state, tables

view, content = state.current_page()

page_header.draw_header(view, content)
metric_cards.draw_cards(view, content.numbers)
if content.pictures:
    page_charts.draw_page_chart(view, content, "by-person")
    page_elements.draw_choice("by", "Contributions by", DIMENSIONS)
    page_charts.draw_page_chart(view, content, "contributions")
else:
    page_elements.draw_empty(view, "contributions")
tables.draw_sheet(view, content.sheet("people"))
