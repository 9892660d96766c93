"""Take along (export): the page as slides, workbook, document, tables, calendar or data. Each file holds what
the screen shows, and is made when it is asked for.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from dashboard.export import DOCX, PPTX, XLSX, share_links
from dashboard.export.calendar import Extent, build_calendar, describe_limit, extent
from dashboard.export.deck import DeckError, build_deck, load_template
from dashboard.export.view_export import Export, link_to
from dashboard.export.word.document import build_document
from dashboard.export.word.opening import load_word_template
from dashboard.export.word.report import has_document
from dashboard.export.workbook import build_workbook
from dashboard.language.messages import N_, _, ngettext
from dashboard.model.roles import Role
from dashboard.shares import admissions
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.text.counts import format_count
from dashboard.ui import caches, elements
from dashboard.ui.dialogs import refresh_deck, save_view, share, subscriptions
from dashboard.ui.markdown import escape
from dashboard.ui.permission import defer, requires
from dashboard.views.content import Content
from dashboard.views.content.pages import make_content
from dashboard.views.content.slides import Slide
from dashboard.views.view import View, open_view

PAGES_WITH_CALENDAR = ("", "events", "map", "people", "review")
PAGES_WITH_FEED = ("changes",)
API_NAMES = (
    "metrics",
    "rows/events",
    "rows/trainings",
    "rows/projects",
    "rows/funding",
    "rows/people",
)
ONLY_CHOSEN_DATES = N_(
    "It holds the chosen dates only. For one that goes on, choose the year *This year* or *All"
    " years* first."
)
ONLY_CHOSEN_DATES_TOLD = N_(
    "It tells of the chosen dates only. For one that goes on, choose the year *This year* or *All"
    " years* first."
)


@requires(Role.VIEWER)
def request_dialog() -> None:
    """Open the dialog (callback)."""
    st.session_state["asked_for"] = "take"


def open_take_along_dialog(view: View, content: Content | None) -> None:
    """Draw the dialog."""
    st.dialog(_("Take this page along"), width="medium", icon=":material/download:")(_draw_panel)(
        view, content
    )


@requires(Role.VIEWER, draws=True)
def _draw_panel(view: View, content: Content | None) -> None:
    if content:
        _draw_file_buttons(view, content)
    else:
        st.markdown(_("Every table of this page has its own **Download as CSV**."))
    if view.page in PAGES_WITH_CALENDAR:
        _draw_calendar(view)
    if view.page in PAGES_WITH_FEED:
        _draw_feed(view)
    _draw_api_links(view)
    if content:
        _draw_image_format_choice()
        refresh_deck.draw_deck_refresh(view)
    st.caption(
        _(
            "On paper, or as PDF: the browser's print gives A4 pages with filters, version and page"
            " numbers."
        )
    )


def build_export(view: View, content: Content, base: str) -> Export:
    """Return a view as files have it: light, with its full and its short link. `base` is where the
    dashboard is reached: a file is made when it is asked for, and by then nobody knows how this
    reader came here.
    """
    full, short = share_links.make_file_links(view, base, save_view.open_shelf())
    if view.dark:
        view = replace(view, dark=False)
        content = make_content(view) or content
    return Export(view, content, full, short)


def build_exports(view: View, links: Sequence[str], base: str, *, role: Role) -> list[Export]:
    """Return views by their links, as files have them, for somebody with a role."""
    found = []
    for link in links:
        other = open_view(
            view.store,
            view.settings,
            link,
            view.today,
            role=role,
            answers=caches.CACHED_ANSWERS,
            meetings=KeptMeetings(view.store, view.settings),
        )
        if content := make_content(other):
            found.append(build_export(other, content, base))
    return found


def build_file_name(view: View, kind: str) -> str:
    """Return a name that says what is in it: "dash-trainings-2025.pptx"."""
    words = [
        view.settings.short_name,
        view.page or "overview",
        *(value for _name, value in view.filters.query()),
    ]
    return re.sub(r"[^a-z0-9-]+", "-", "-".join(words).lower())[:80].strip("-") + f".{kind}"


def draw_slides_button(
    view: View,
    of: Callable[[str], list[Export]],
    name: str,
    key: str,
    around: tuple[Slide | None, Slide | None] = (None, None),
) -> None:
    """Draw a button that gives views as slides, made when it is pressed; or what is wrong with the
    house's template. `of` is told where the dashboard is reached; `around` are the slides with which
    a meeting opens and ends.
    """
    try:
        house = load_template(view.settings.template)
    except DeckError as error:
        st.warning(_("No slides: {reason}", reason=escape(error)), icon=":material/warning:")
        return
    st.download_button(
        "PowerPoint",
        defer(_build_slides, of, share.find_base_address(view), house, around),
        name,
        PPTX,
        icon=":material/download:",
        on_click="ignore",
        key=key,
    )


@requires(Role.VIEWER)
def _build_slides(
    of: Callable[[str], list[Export]],
    base: str,
    house: bytes | None,
    around: tuple[Slide | None, Slide | None],
) -> bytes:
    opening, closing = around
    return build_deck(of(base), house, opening=opening, closing=closing)


def _draw_file_buttons(view: View, content: Content) -> None:
    with st.container(horizontal=True):
        draw_slides_button(
            view,
            lambda base: [build_export(view, content, base)],
            build_file_name(view, "pptx"),
            "take-pptx",
        )
        st.download_button(
            "Excel",
            defer(_build_workbook, view, content, share.find_base_address(view)),
            build_file_name(view, "xlsx"),
            XLSX,
            icon=":material/download:",
            on_click="ignore",
            key="take-xlsx",
        )
        if has_document(view):
            _draw_document_button(view, content)


def _draw_document_button(view: View, content: Content) -> None:
    """Draw a button that gives the review as a document; or what is wrong with the house's template."""
    try:
        house = load_word_template(view.settings.word_template)
    except DeckError as error:
        st.warning(_("No Word document: {reason}", reason=escape(error)), icon=":material/warning:")
        return
    st.download_button(
        _("Word document"),
        defer(_build_document, view, content, share.find_base_address(view), house),
        build_file_name(view, "docx"),
        DOCX,
        icon=":material/download:",
        on_click="ignore",
        key="take-docx",
    )


@requires(Role.VIEWER)
def _build_document(view: View, content: Content, base: str, house: bytes | None) -> bytes:
    return build_document(build_export(view, content, base), house)


@requires(Role.VIEWER)
def _build_workbook(view: View, content: Content, base: str) -> bytes:
    return build_workbook(build_export(view, content, base))


@requires(Role.VIEWER)
def _build_calendar(view: View, base: str) -> bytes:
    return build_calendar(view, base).data


def _draw_calendar(view: View) -> None:
    """Draw the calendar to have and to subscribe to. Its events are counted here, and read when
    somebody asks for the file.
    """
    held, base = extent(view), share.find_base_address(view)
    st.download_button(
        _("Calendar (ICS)"),
        defer(_build_calendar, view, base),
        build_file_name(view, "ics"),
        "text/calendar",
        icon=":material/calendar_month:",
        on_click="ignore",
        key="take-ics",
    )
    address = f"{base}/calendar.ics?{link_to(view).partition('?')[2]}"
    subscriptions.draw_subscription(address, admissions.CALENDAR)
    for limit in _describe_limits(view, held):
        st.caption(limit)


def _draw_feed(view: View) -> None:
    """Draw the address of the feed that tells what each publication changes under these filters."""
    kept = dict.fromkeys(("since", "present", "step"), "")
    address = (
        f"{share.find_base_address(view)}/changes.atom?{link_to(view, **kept).partition('?')[2]}"
    )
    subscriptions.draw_subscription(address, admissions.FEED)
    if _keeps_dates(view):
        st.caption(_(ONLY_CHOSEN_DATES_TOLD))


def _keeps_dates(view: View) -> bool:
    """Return whether what is subscribed to ends with the chosen dates."""
    return bool(view.filters.year or view.filters.month) and "period" not in view.extras


def _describe_limits(view: View, held: Extent) -> list[str]:
    """Return what the calendar does not hold, in sentences."""
    found = [
        _("{limit}. A narrower choice has all of its events.", limit=limit)
        for limit in describe_limit(held, view.today)
    ]
    if _keeps_dates(view):
        found.insert(0, _(ONLY_CHOSEN_DATES))
    if held.left_out:
        found.append(
            ngettext(
                "{events} known by the month or year only cannot stand on a day, and is not in the"
                " calendar.",
                "{events} known by the month or year only cannot stand on a day, and are not in the"
                " calendar.",
                held.left_out,
                events=format_count(held.left_out, "event"),
            )
        )
    return found


def _draw_api_links(view: View) -> None:
    base, query = share.find_base_address(view), link_to(view).partition("?")[2]
    links = [f"[{name}]({base}/api/{name}?{query})" for name in API_NAMES]
    st.markdown(
        _(
            "**As data** (JSON; see docs/api.md for CSV and JSON-LD): {links}",
            links=" · ".join(links),
        )
    )


def _draw_image_format_choice() -> None:
    """Draw the choice of PNG or SVG, kept for this reader's visit: the camera of every chart
    follows.
    """
    st.session_state.setdefault("picture_format", elements.PICTURE_FORMATS[0])
    st.segmented_control(
        _("The camera in the corner of a chart gives a"),
        elements.PICTURE_FORMATS,
        required=True,
        key="camera",
        default=st.session_state["picture_format"],
        format_func=str.upper,
        on_change=_remember_image_format,
    )


@requires(Role.VIEWER)
def _remember_image_format() -> None:
    st.session_state["picture_format"] = st.session_state["camera"]
