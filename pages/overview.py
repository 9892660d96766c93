"""What came of it, are we on course, what is next?"""

from dashboard.ui import page, page_blocks, page_charts, state

view, content = state.current_page()

page.draw_page(
    view,
    content,
    page_charts.build_chart(content, "at-a-glance"),
    *page_blocks.build_sections(content),
)
