"""What runs, who leads, who pays?"""

from dashboard.ui import page, page_blocks, page_charts, state

view, content = state.current_page()

page.draw_page(
    view,
    content,
    content.blocks["nothing"],
    content.blocks["board"],
    page_charts.build_chart(content, "funding"),
    page_blocks.build_block(content.heading("partners"), content.blocks["partners"]),
    content.blocks["others"],
)
