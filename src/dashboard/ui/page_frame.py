"""What surrounds the content of a page: notices above it, filters beside it, the footer and what is
open over it; or, in its place, one chart or a slide.
"""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboard.language.messages import _
from dashboard.model.roles import Role
from dashboard.model.settings import Settings
from dashboard.text.dates import format_day
from dashboard.text.selection import describe_filters
from dashboard.ui import (
    answer_block,
    bar,
    caches,
    elements,
    navigation,
    outage,
    page_charts,
    pinned_banner,
    prefetch,
    presentation,
    print_layout,
    sign_in,
    state,
)
from dashboard.ui.dialogs import dispatch, share
from dashboard.ui.markdown import escape
from dashboard.ui.page import build_context
from dashboard.ui.permission import requires
from dashboard.views.content import Content, Picture
from dashboard.views.view import View, make_url_pairs

# a Material icon here would be fetched from another host
ICON = Path(__file__).parent / "static" / "icon.png"


def set_tab(chosen: Settings) -> None:
    """Set what the tab of the browser shows until the page is known, and the width of the page."""
    st.set_page_config(page_title=chosen.short_name, layout="wide", page_icon=ICON)


def is_bare(asked: Mapping[str, str]) -> bool:
    """Return whether a page stands alone, without a way to the others: on the projector, in another
    site.
    """
    return "present" in asked or bool(st.context.is_embedded)


def draw_page(view: View, page: st.Page, serving: outage.ServingState, *, presented: bool) -> None:
    """Draw the page as the view says, with what is said of a lost connection and of new records;
    first go to another page, if what was pressed leads there.
    """
    if target := state.take_destination():
        navigation.switch_to_page(target.page, make_url_pairs(target.filters, target.extras))
    content = caches.get_content(view)
    shown = f"{page.title}: {content.title}" if content else page.title
    st.set_page_config(page_title=f"{shown} · {view.settings.short_name}")
    state.store_page(view, content)
    if slides := presentation.gather_slides(view, content) if presented else []:
        presentation.draw_slides(view, slides)
    else:
        _draw_reading_page(view, content, page)
    selection = describe_filters(view.filters, view.labels, None)
    print_layout.set_print_footer(f"{selection} · {_describe_data(view)}")
    if not view.candidate:
        outage.rerun_on_change(view.store, serving)
    outage.draw_connection_notice(serving[0])
    st.session_state.pop(elements.DRAWN, None)
    if content and not slides and not view.candidate:
        prefetch.PREFETCHER.offer(view)


def _draw_reading_page(view: View, content: Content | None, page: st.Page) -> None:
    """Draw a page to read: the bar, the page or one chart of it, the footer, what is open."""
    if not st.context.is_embedded:
        bar.draw_bar(view, content)
        answer_block.draw_answer(view)
    pinned_banner.draw_pinned_banner(view, content)
    picture = content.picture(view.extras.get("chart", "")) if content else None
    if picture or content is None:  # other pages hold what is said of the view
        elements.draw_elements(view, "context", *build_context(view, elements.current_reader()))
    if picture:
        _draw_single_chart(view, picture)
    else:
        page.run()
    _draw_footer(view)
    dispatch.open_requested_dialog(view, content)


def _draw_single_chart(view: View, picture: Picture) -> None:
    """Draw the chart that the link names, with the way to its page; alone in another site."""
    if not st.context.is_embedded:
        st.button(
            _("Show the whole page"),
            icon=":material/arrow_back:",
            type="tertiary",
            key="whole-page",
            on_click=_show_whole_page,
        )
    page_charts.draw_single_chart(view, picture)


@requires(Role.VIEWER)
def _show_whole_page() -> None:
    state.change_view(chart=None)


def _draw_footer(view: View) -> None:
    with st.container(
        key="on-screen",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        st.caption(escape(_describe_data(view)))
        sign_in.draw_account_menu(state.current_person())
        if st.context.is_embedded:
            st.link_button(
                _("Open in the dashboard"),
                share.build_address(view),
                icon=":material/open_in_new:",
                type="tertiary",
            )


def _describe_data(view: View) -> str:
    """Return whose data these are, of which day and version."""
    return _(
        "{programme}, {organisation} · data as of {day} · version {version}",
        programme=view.settings.name,
        organisation=view.settings.organisation,
        day=format_day(view.published_day),
        version=view.version.id,
    )
