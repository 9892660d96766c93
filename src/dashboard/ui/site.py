"""The script that Streamlit runs for every reader and every change: which page is shown, and what
surrounds it.
"""

from pathlib import Path

import streamlit as st

from dashboard.model import settings
from dashboard.model.roles import Person, Role
from dashboard.model.sitemap import UNFILTERED
from dashboard.server import responses
from dashboard.store import Store, StoreError, Unreadable
from dashboard.text.wording import describe
from dashboard.ui import (
    caches,
    connection,
    filter_bar,
    navigation,
    outage,
    permission,
    pinned_banner,
    prefetch,
    presentation,
    print_layout,
    render_pacing,
    sign_in,
    single_chart,
    state,
)
from dashboard.ui.dialogs import dispatch, share
from dashboard.ui.markdown import escape
from dashboard.views.content import Content
from dashboard.views.resolve_version import chosen_version, fault_of
from dashboard.views.view import View, day_of

# a Material icon here would be fetched from another host
ICON = Path(__file__).parent / "static" / "icon.png"


def main() -> None:
    """One run: URL → state → filters → page."""
    chosen = settings.current()
    st.set_page_config(page_title=chosen.short_name, layout="wide", page_icon=ICON)
    someone, asked = permission.begin_run(), state.read_requested_extras()
    presented, embedded = "present" in asked, bool(st.context.is_embedded)
    page = navigation.select_page(
        hidden=presented or embedded or not someone.role, steward=someone.role is Role.STEWARD
    )
    permission.report_refusal()
    if sign_in.draw_closed_door(chosen, someone):
        return
    store = caches.open_store(str(settings.store_folder()))
    # before anything is drawn: what is published meanwhile is then noticed
    stood = outage.read_serving_state(store)
    try:
        view = _view(store, chosen, page.url_path, asked, someone)
        _show(view, page, stood, presented=presented, embedded=embedded)
    except Unreadable as error:
        outage.rerun_on_newest(error)
    except StoreError as error:
        outage.draw_no_records(store, error)
    permission.end_run()


def _show(
    view: View, page: st.Page, stood: outage.ServingState, *, presented: bool, embedded: bool
) -> None:
    """The page, as the view says; and what is said of a lost connection."""
    st.set_page_config(
        page_title=(
            f"{page.title}: {describe(view.filters, view.labels)} · {view.settings.short_name}"
        )
    )
    content = caches.get_content(view)
    state.store_page(view, content)
    render_pacing.estimate_drawing_time(view)
    if content and presented:
        _presented(view, content)
    else:
        _read(view, content, page, embedded=embedded)
    print_layout.set_print_footer(
        f"{describe(view.filters, view.labels, 'Everything')} · {_source(view)}"
    )
    if not view.candidate:
        outage.rerun_on_change(view.store, stood)
    connection.draw_connection_notice(view.store.served().version.id)
    if content and not view.candidate:
        prefetch.PREFETCHER.offer(view)


def _read(view: View, content: Content | None, page: st.Page, *, embedded: bool) -> None:
    """A page to read: what is said above, the page or one chart of it, the filters, what is said
    below, what is open.

    The filters come after the page, which is what somebody waits for who has chosen one; their
    place in the sidebar comes first, or the page would be drawn without a sidebar and move.
    """
    sidebar = st.sidebar.container() if view.page not in UNFILTERED and not embedded else None
    _above(view, content)
    if content and content.picture(view.extras.get("chart", "")):
        single_chart.draw_single_chart(view, content, embedded=embedded)
    else:
        page.run()
    if sidebar:
        render_pacing.let_charts_draw(render_pacing.SEND_SECONDS)
        with sidebar:
            filter_bar.draw_filter_bar(view)
    _below(view, embedded=embedded)
    dispatch.open_requested_dialog(view, content)


def _presented(view: View, content: Content) -> None:
    """A slide on the projector."""
    _above(view, content)
    presentation.draw_slide(view, content)


def _view(
    store: Store, chosen: settings.Settings, page: str, asked: dict[str, str], someone: Person
) -> View:
    kept, today = caches.CACHED_ANSWERS, responses.today()
    opened = chosen_version(store, asked, role=someone.role)
    facts, labels = kept.facts(opened.version, today), kept.labels(opened.version)
    filters, extras, notices = state.synchronize_url(page, facts["default_year"], labels, today)
    if opened.left_out:
        extras = state.drop_extras(*opened.left_out, notices=opened.notices)
    return View(
        store=store,
        version=opened.version,
        filters=filters,
        labels=labels,
        settings=chosen,
        today=day_of(extras, today),
        page=page,
        dark=st.context.theme.type == "dark",
        generated=facts["generated"],
        notices=(*opened.notices, *notices),
        extras=extras,
        answers=kept,
        fault=fault_of(store.served(), chosen),
    )


def _above(view: View, content: Content | None) -> None:
    if view.candidate:
        st.warning(
            f"Not published: you look at the candidate {view.candidate}. Publish or discard it"
            " under Data, New data.",
            icon=":material/preview:",
        )
    if view.generated:
        st.warning("Demo data: generated, not real records.", icon=":material/science:")
    if view.fault:
        st.error(escape(view.fault), icon=":material/healing:")
    for notice in view.notices:
        st.warning(escape(notice), icon=":material/link_off:")
    pinned_banner.draw_pinned_banner(view, content)


def _below(view: View, *, embedded: bool) -> None:
    with st.container(
        key="on-screen",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        st.caption(escape(_source(view)))
        sign_in.draw_account_menu(state.current_person())
        if embedded:
            st.link_button(
                "Open in the dashboard",
                share.build_address(view),
                icon=":material/open_in_new:",
                type="tertiary",
            )


def _source(view: View) -> str:
    """Whose data these are, of which day and version."""
    published = view.published_day
    return (
        f"{view.settings.name}, {view.settings.organisation} · data as of {published.day}"
        f" {published:%B %Y} · version {view.version.id}"
    )


main()
