"""The year, as a report tells it; or two years side by side."""

from dashboard.ui import page, spreads, state

view, content = state.current_page()

page.draw_page(
    view,
    content,
    content.blocks.get("compared") or spreads.build_report(content),
    with_tiles=False,
)
