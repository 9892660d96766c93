"""What happened, when, and who spoke?"""

from dashboard.ui import page, page_blocks, page_charts, state

view, content = state.current_page()

page.draw_page(
    view,
    content,
    page_charts.build_chart(content, "timeline"),
    page_charts.build_chart(content, "by-month"),
    page_charts.build_chart(content, "by-speaker"),
    *page_blocks.build_sections(content),
)
