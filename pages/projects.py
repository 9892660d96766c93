"""What runs, who leads, who pays?"""

from dashboard.ui import page, page_blocks, page_charts, state

view, content = state.current_page()

page.draw_page(
    view,
    content,
    *page_charts.build_charts(content),
    *page_blocks.build_sections(content),
)
