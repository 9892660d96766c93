"""What changed since the last meeting?"""

from collections.abc import Iterable

from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _
from dashboard.ui import clipboard, page, page_blocks, state
from dashboard.ui.elements import Reader
from dashboard.views.content import Content
from dashboard.views.content.changes import write_minutes


def lay_out(content: Content, _reader: Reader) -> Iterable[Element | None]:
    blocks = content.blocks
    beside = (
        page_blocks.build_block(_("Became known"), blocks["known"]),
        page_blocks.build_block(_("Changed"), blocks["unsorted"]),
        page_blocks.build_block(_("Corrected"), blocks["corrected"]),
        page_blocks.build_block(_("To watch"), blocks["watch"]),
    )
    return (
        blocks["choice"],
        blocks["nothing"],
        page_blocks.build_columns(
            page_blocks.build_block(_("Happened"), blocks["happened"]),
            make_element("div", *beside, css="beside") if any(beside) else None,
            widths="minmax(0, 1.4fr) minmax(0, 1fr)",
        ),
        blocks["notes"],
    )


if __name__ == "__main__":
    page.draw(lay_out)
    clipboard.draw_copy_button(
        write_minutes(state.current_view()), "copy-changes", _("Copy as text")
    )
