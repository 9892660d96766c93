"""Does it hang on a few?"""

from dashboard.text.messages import _
from dashboard.ui import page, page_blocks, page_charts, state

view, content = state.current_page()

page.draw_page(
    view,
    content,
    page_charts.build_chart(content, "by-person"),
    page_blocks.build_columns(
        page_charts.build_chart(content, "contributions"),
        page_blocks.build_block(_("In other work"), content.blocks["other-work"]),
        widths="minmax(0, 1fr) 213px",
    ),
)
