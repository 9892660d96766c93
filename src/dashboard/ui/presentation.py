"""Presentation on the projector: one slide, large, without chrome; the arrow keys step through a
page or a meeting.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboard import shares
from dashboard.charts.markup import Element, make_element
from dashboard.model.roles import Role
from dashboard.shares import Meeting, SharesError
from dashboard.text.dates import format_day
from dashboard.text.messages import _
from dashboard.text.selection import describe_filters
from dashboard.ui import elements, navigation, page_blocks, state
from dashboard.ui.dialogs import save_view
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.content import Content, Section
from dashboard.views.content.slides import Slide, make_slides
from dashboard.views.view import DIALOGS, View, split_link

STYLE = Path(__file__).parent / "static" / "present.css"


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
    elements.draw_elements(
        view,
        "slide",
        make_element(
            "div",
            page_blocks.build_headline(slide.headline, slide.title),
            page_blocks.build_tiles(slide.tiles),
            make_element("div", *_build_room(slide), css="slide-room"),
            make_element(
                "div", _find_key(slide), make_element("p", _describe_data(view)), css="slide-foot"
            ),
            css="slide",
        ),
        pictures=(slide.picture,) if slide.picture else (),
    )


def _build_room(slide: Slide) -> Iterator[Element | None]:
    """Build what fills the slide: a chart, or rows. The script of the page makes it as large as fits
    (components/page.js).
    """
    picture = slide.picture
    if picture and picture.chart.figure:
        yield elements.place_chart(picture.key)
    inside = [picture.chart.markup] if picture and not picture.chart.figure else []
    inside += [page_blocks.build_section(Section("", slide.lines))] if slide.lines else []
    if any(inside):
        yield make_element("div", *inside, css="slide-fit")


def _find_key(slide: Slide) -> Element | None:
    """Find what says what the marks of a chart mean: the elements that stand above its figure."""
    drawn = slide.picture and slide.picture.chart.figure
    return slide.picture.chart.markup if slide.picture and drawn else None


def _describe_data(view: View) -> str:
    """Say whose data these are, and of which day."""
    return _(
        "{programme}, {organisation} · data as of {day}",
        programme=view.settings.short_name,
        organisation=view.settings.organisation,
        day=format_day(view.published_day),
    )


def _draw_slide_footer(view: View, meeting: Meeting | None, step: int, of: int) -> None:
    """Draw filters in words and the version; back, on and out, by key as well."""
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
    # a panel that a press on the slide asked for would open now
    state.change_view(present=None, step=None, meeting=None, **dict.fromkeys(DIALOGS))
