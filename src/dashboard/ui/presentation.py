"""Presentation on the projector: one slide, large, without chrome; the arrow keys step through a
page or a meeting.
"""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboard import shares
from dashboard.charts.enlarge import enlarge
from dashboard.model.roles import Role
from dashboard.shares import Meeting, SharesError
from dashboard.text.dates import format_day
from dashboard.text.selection import describe_filters
from dashboard.ui import elements, navigation, page_blocks, page_charts, state
from dashboard.ui.dialogs import save_view
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.content import Content, Picture
from dashboard.views.content.slides import Slide, make_slides
from dashboard.views.view import View, split_link

STYLE = Path(__file__).parent / "static" / "present.css"
NUMBER_WIDTH, BESIDE_NUMBERS, BELOW_LEAD, BY_ITSELF = 310, 560, 700, 800
"""Pixels on a projector of 1920 × 1080: of a number, and of the height that a chart has."""


@requires(Role.VIEWER)
def start_presentation() -> None:
    """Callback: show the page on the projector."""
    state.change_view(present="true", step="1")


def draw_slide(view: View, content: Content) -> None:
    """Draw the slide, what it shows in words, and the way to the others."""
    st.html(STYLE)
    meeting = _read_meeting(view)
    shown = make_slides(content, view.extras.get("chart", ""))
    step = int(view.extras.get("step", "1"))
    number = 1 if meeting else min(step, len(shown))
    with st.container(key="slide"):
        _draw_slide_body(view, shown[number - 1])
    of = len(meeting.steps) if meeting else len(shown)
    _draw_slide_footer(view, meeting, min(step, of), of)


def _read_meeting(view: View) -> Meeting | None:
    identity = view.extras.get("meeting")
    try:
        found = shares.meetings.find_meeting(save_view.open_shelf(), identity) if identity else None
    except SharesError as error:
        st.warning(escape(save_view.explain_error(error)), icon=":material/warning:")
        return None
    return found if found and found.steps else None


def _draw_slide_body(view: View, slide: Slide) -> None:
    picture = slide.picture and enlarge_picture(slide.picture, _find_chart_height(slide))
    elements.draw_elements(
        view,
        "slide",
        page_blocks.build_headline(slide.lead, slide.title),
        page_blocks.build_tiles(slide.tiles),
        page_charts.build_picture(picture) if picture else None,
        *(page_blocks.build_section(section) for section in slide.sections),
        pictures=(picture,) if picture else (),
    )


def _find_chart_height(slide: Slide) -> int:
    if slide.tiles:
        return BESIDE_NUMBERS
    return BELOW_LEAD if slide.lead else BY_ITSELF


def enlarge_picture(picture: Picture, room: int) -> Picture:
    """Give a chart the size of a slide, as much as there is room."""
    return replace(picture, chart=enlarge(picture.chart, room)) if picture.chart.figure else picture


def _draw_slide_footer(view: View, meeting: Meeting | None, step: int, of: int) -> None:
    """Draw filters in words, as-of date and version; back, on and out, by key as well."""
    with st.container(key="slide-foot", horizontal=True, vertical_alignment="center"):
        st.caption(escape(_describe_slide(view, meeting, step, of)), width="stretch")
        _draw_step_button(view, meeting, step - 1, of, ("Back", "Left"))
        _draw_step_button(view, meeting, step + 1, of, ("Next", "Right"))
        st.button("End", shortcut="Esc", on_click=_end_presentation)
    with st.container(key="clicker"):  # what a presenter's remote control sends
        _draw_step_button(view, meeting, step - 1, of, ("PageUp", "PageUp"))
        _draw_step_button(view, meeting, step + 1, of, ("PageDown", "PageDown"))


def _describe_slide(view: View, meeting: Meeting | None, step: int, of: int) -> str:
    return " · ".join(
        [
            f"{meeting.title}, {step} of {of}" if meeting else f"{step} of {of}",
            describe_filters(view.filters, view.labels, "Everything"),
            f"data as of {format_day(view.published_day)}",
            f"version {view.version.id}",
        ]
    )


def _draw_step_button(
    view: View, meeting: Meeting | None, step: int, of: int, button: tuple[str, str]
) -> None:
    """Draw the way to another step; `button` is its label and its key on the keyboard."""
    label, key = button
    if st.button(label, key=f"step-{key}", shortcut=key, disabled=not 1 <= step <= of):
        _go_to_step(view, meeting, step)


def _go_to_step(view: View, meeting: Meeting | None, step: int) -> None:
    if meeting:
        present_step(meeting, step)
    else:
        navigation.switch_to_page(
            view.page, replace(view, extras={**view.extras, "step": str(step)}).pairs()
        )


def present_step(meeting: Meeting, step: int) -> None:
    """Leave for a view of a meeting, on the projector."""
    try:
        found = shares.find_view(save_view.open_shelf(), meeting.steps[step - 1])
    except SharesError as error:
        st.warning(escape(save_view.explain_error(error)), icon=":material/warning:")
        return
    if found is None:
        st.warning(
            "This view is not there any more: somebody deleted it.", icon=":material/warning:"
        )
        return
    page, pairs = split_link(found.link)
    navigation.switch_to_page(
        page, [*pairs, ("meeting", meeting.id), ("step", str(step)), ("present", "true")]
    )


@requires(Role.VIEWER)
def _end_presentation() -> None:
    state.change_view(present=None, step=None, meeting=None)
