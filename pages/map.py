"""Where did we take part?"""

from dashboard.ui import page_charts, page_elements, page_header, state
from dashboard.ui.page_parts import map as page

view, content = state.current_page()

page_header.draw_header(view, content, lead=False)
if content.pictures:
    page.draw_map_controls(view)
    for picture in content.pictures:
        page_charts.draw_page_chart(view, content, picture.key)
    page_elements.draw_lead(content.lead)
    page.draw_places(view)
else:
    page_elements.draw_empty(view, "events")
