"""The projector: one slide, large, without chrome; the arrow keys step through a page or a meeting."""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboard import shares
from dashboard.model.roles import Role
from dashboard.query.metrics import METRICS
from dashboard.shares import Meeting, ShelfError
from dashboard.text.wording import describe
from dashboard.text.words import day
from dashboard.ui import navigation, parts, pictures, state
from dashboard.ui.dialogs import saving
from dashboard.ui.markdown import plain
from dashboard.ui.permission import requires
from dashboard.views.content import Content, Section
from dashboard.views.content.slides import Slide, slides
from dashboard.views.view import View, split

STYLE = Path(__file__).parent / "static" / "present.css"
NUMBER_WIDTH, BESIDE_NUMBERS, BELOW_LEAD, BY_ITSELF = 310, 560, 700, 800
"""Pixels on a projector of 1920 × 1080: of a number, and of the height that a chart has."""


@requires(Role.VIEWER)
def start() -> None:
    """Callback: show the page on the projector."""
    state.change(present="true", step="1")


def show(view: View, content: Content) -> None:
    """Draw the slide, what it shows in words, and the way to the others."""
    st.html(STYLE)
    meeting = _meeting(view)
    shown = slides(content, view.extras.get("chart", ""))
    step = int(view.extras.get("step", "1"))
    number = 1 if meeting else min(step, len(shown))
    with st.container(key="slide"):
        _draw(view, shown[number - 1])
    of = len(meeting.steps) if meeting else len(shown)
    _foot(view, meeting, min(step, of), of)


def _meeting(view: View) -> Meeting | None:
    identity = view.extras.get("meeting")
    try:
        found = shares.meetings.meeting(saving.the_shelf(), identity) if identity else None
    except ShelfError as error:
        st.warning(plain(saving.reason(error)), icon=":material/warning:")
        return None
    return found if found and found.steps else None


def _draw(view: View, slide: Slide) -> None:
    st.title(plain(slide.title), anchor=False)
    parts.lead(slide.lead)
    if slide.numbers:
        with st.container(horizontal=True):
            for name in slide.numbers:
                _number(view, name)
    if slide.picture:
        pictures.alone(
            slide.picture,
            BESIDE_NUMBERS if slide.numbers else BELOW_LEAD if slide.lead else BY_ITSELF,
        )
    if slide.sections:
        st.header(plain(slide.sections[0].heading), anchor=False)
        st.markdown("\n\n".join(_list(section) for section in slide.sections))


def _number(view: View, name: str) -> None:
    metric, quantity = METRICS[name], view.number(name)
    with st.container(width=NUMBER_WIDTH, gap=None):
        st.metric(metric.label, parts.value(metric, quantity))
        for note in parts.notes(view, metric, quantity):
            st.caption(note)


def _list(section: Section) -> str:
    lines = [
        f"- {plain(line.text)}{f' :gray[{plain(line.note)}]' if line.note else ''}"
        for line in section.lines
    ]
    return "\n".join([*([f"**{plain(section.group)}**", ""] if section.group else []), *lines])


def _foot(view: View, meeting: Meeting | None, step: int, of: int) -> None:
    """Filters in words, as-of date and version; back, on and out, by key as well."""
    published = day(view.published_day)
    said = [
        describe(view.filters, view.labels, "Everything"),
        f"data as of {published}",
        f"version {view.version.id}",
    ]
    with st.container(key="slide-foot", horizontal=True, vertical_alignment="center"):
        st.caption(
            plain(
                " · ".join(
                    [
                        *([f"{meeting.title}, {step} of {of}"] if meeting else [f"{step} of {of}"]),
                        *said,
                    ]
                )
            ),
            width="stretch",
        )
        moves = [("Back", "Left", -1), ("Next", "Right", 1)]
        for label, key, by in moves:
            if st.button(label, key=f"step-{key}", shortcut=key, disabled=not 1 <= step + by <= of):
                _step(view, meeting, step + by)
        st.button("End", shortcut="Esc", on_click=_end)
    with st.container(key="clicker"):  # what a presenter's remote control sends
        for key, by in (("PageUp", -1), ("PageDown", 1)):
            if st.button(key, key=f"step-{key}", shortcut=key, disabled=not 1 <= step + by <= of):
                _step(view, meeting, step + by)


def _step(view: View, meeting: Meeting | None, step: int) -> None:
    if meeting:
        show_step(meeting, step)
    else:
        navigation.go(view.page, replace(view, extras={**view.extras, "step": str(step)}).pairs())


def show_step(meeting: Meeting, step: int) -> None:
    """Leave for a view of a meeting, on the projector."""
    try:
        found = shares.view(saving.the_shelf(), meeting.steps[step - 1])
    except ShelfError as error:
        st.warning(plain(saving.reason(error)), icon=":material/warning:")
        return
    if found is None:
        st.warning(
            "This view is not there any more: somebody deleted it.", icon=":material/warning:"
        )
        return
    page, pairs = split(found.link)
    navigation.go(page, [*pairs, ("meeting", meeting.id), ("step", str(step)), ("present", "true")])


@requires(Role.VIEWER)
def _end() -> None:
    state.change(present=None, step=None, meeting=None)
