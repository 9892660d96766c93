"""What happened, when, and who spoke?"""

from dashboard.text.messages import _
from dashboard.ui import page, page_blocks, page_charts, state

view, content = state.current_page()

page.draw_page(
    view,
    content,
    content.blocks["statuses"],
    page_charts.build_chart(content, "timeline", _("What, when, who and where")),
    content.blocks["undated"],
    page_blocks.build_block(_("Agenda"), content.blocks["agenda"]),
)
