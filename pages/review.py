"""The year, as a report tells it; or two years side by side."""

from dashboard.ui import page, page_blocks, state

view, content = state.current_page()

page.draw_page(
    view,
    content,
    content.blocks.get("compared"),
    *page_blocks.build_sections(content),
)
