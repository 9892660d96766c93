"""What came of it, are we on course, what is next?"""

from dashboard.text.messages import _
from dashboard.ui import page, page_blocks, page_charts, state

view, content = state.current_page()

page.draw_page(
    view,
    content,
    page_blocks.build_columns(
        page_blocks.build_block(_("What came of it"), content.blocks["results"]),
        page_blocks.build_block(_("On course?"), content.blocks["course"]),
        page_blocks.build_block(_("What is next"), content.blocks["next"]),
        widths="1.18fr 1fr 1fr" if content.blocks["course"] else "1fr 1fr",
    ),
    page_charts.build_chart(content, "at-a-glance"),
    content.blocks["undated"],
    content.blocks["series"],
)
