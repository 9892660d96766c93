"""How many learned, and how sure are we?"""

from dashboard.text.messages import _
from dashboard.ui import page, page_blocks, page_charts, state

view, content = state.current_page()

page.draw_page(
    view,
    content,
    content.blocks["nothing"],
    page_charts.build_chart(content, "certainty", _("How sure is it?")),
    page_charts.build_chart(content, "cohorts"),
    page_blocks.build_columns(
        page_blocks.build_block(content.heading("not-known"), content.blocks["not-known"]),
        page_blocks.build_block(_("E-learning"), content.blocks["modules"]),
        widths="2.1fr 1fr",
    ),
    content.blocks["by"],
    content.blocks["compared"],
    content.blocks["not-held"],
)
