"""Presentation on the projector: the slides of a page, or of all views of a meeting, in one part of
the page, of which the browser shows one (components/slides.js). The next one is there before it is
asked for, also while the server is away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

import streamlit as st

from dashboard import shares
from dashboard.export.view_export import link_to
from dashboard.language.choice import PARAMETER
from dashboard.language.messages import _
from dashboard.model.roles import Role
from dashboard.shares import Meeting, SavedView, SharesError
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.text.dates import format_day
from dashboard.ui import caches, elements, navigation, state
from dashboard.ui.dialogs import save_view
from dashboard.ui.permission import requires
from dashboard.ui.slide_elements import Shown, build_slides
from dashboard.views.content import Content
from dashboard.views.content.changes import read_since
from dashboard.views.content.slides import Slide, make_closing, make_opening, make_slides
from dashboard.views.view import ALL_YEARS, View, open_view, url

MEETINGS = "meetings"
"""The page on which meetings are presented: each of their views may be of another."""


@requires(Role.VIEWER)
def start_presentation() -> None:
    """Callback: show the page on the projector."""
    state.change_view(present="true", step="1")


@requires(Role.VIEWER)
def present_meeting(meeting: Meeting) -> None:
    """Callback of the page of meetings: show one on the projector."""
    state.change_view(present="true", meeting=meeting.id, step="1")


def gather_slides(view: View, content: Content | None) -> list[Shown]:
    """Gather what is presented: a meeting, or the slides of a page; nothing on a page that holds
    records as they are kept.
    """
    if "meeting" in view.extras:
        return _gather_meeting(view)
    return _gather_page(view, content)


def draw_slides(view: View, shown: Sequence[Shown]) -> None:
    """Draw the slides of the running page, all in one part of it."""
    pictures = [one.slide.picture for one in shown if one.slide.picture]
    elements.draw_elements(view, "slides", build_slides(shown), pictures=pictures)


def list_steps(meeting: Meeting, kept: Mapping[str, SavedView]) -> list[SavedView]:
    """List the views of a meeting that are there and whole, in its order."""
    return [kept[step] for step in meeting.steps if step in kept and not kept[step].damaged]


def frame_meeting(
    view: View, meeting: Meeting, steps: Sequence[SavedView]
) -> tuple[Slide, Slide | None]:
    """Make the slides with which a meeting opens today and, where somebody wrote what it decides,
    ends.
    """
    opening = make_opening(meeting.title, format_day(view.today), [one.title for one in steps])
    return opening, make_closing(meeting.title, meeting.note)


def _gather_page(
    view: View, content: Content | None, step: int = 0, meeting: str = ""
) -> list[Shown]:
    if content is None:
        return []
    made = make_slides(content, view.extras.get("chart", ""))
    return [Shown(_name_picture(slide, step), view, meeting, step) for slide in made]


def _name_picture(slide: Slide, step: int) -> Slide:
    """Name the chart of a slide by its view as well: a meeting may show two of one name."""
    if not (slide.picture and step):
        return slide
    return replace(slide, picture=replace(slide.picture, key=f"{slide.picture.key}-{step}"))


def _gather_meeting(view: View) -> list[Shown]:
    """Gather the slides of all views of a meeting, between its opening and what it decides."""
    try:
        meeting = shares.meetings.find_meeting(save_view.open_shelf(), view.extras["meeting"])
        if meeting is None:
            _leave_meeting(view, _("This meeting is not there any more: somebody deleted it."))
        kept = {one.id: one for one in shares.list_views(save_view.open_shelf())}
    except SharesError as error:
        _leave_meeting(view, save_view.explain_error(error))
    steps = list_steps(meeting, kept)
    opening, closing = frame_meeting(view, meeting, steps)
    shown = [Shown(opening, view, meeting.title)]
    if changes := open_changes(view, meeting, state.current_person().role):
        # as if it were a view of the meeting, behind those that it keeps
        shown += _gather_page(changes, caches.get_content(changes), len(steps) + 1, meeting.title)
    for step, saved in enumerate(steps, start=1):
        other = _open_view(view, saved.link, state.current_person().role)
        shown += _gather_page(other, caches.get_content(other), step, meeting.title)
    shown += [Shown(closing, view, meeting.title)] if closing else []
    if view.page != MEETINGS:
        _follow_earlier_link(view, shown)
    return shown


def open_changes(view: View, meeting: Meeting, role: Role) -> View | None:
    """Open the view of what changed since a meeting was kept, with which it begins when it is opened
    again; None while the data is the same, or nothing is told.
    """
    pairs = {"year": ALL_YEARS, "since": meeting.id, PARAMETER: view.language}
    changes = _open_view(view, url("changes", pairs.items()), role)
    basis, since = read_since(changes)
    return changes if basis.before.id != changes.version.id and since.changes else None


def list_links(view: View, meeting: Meeting, steps: Sequence[SavedView], role: Role) -> list[str]:
    """List the links of what a meeting shows: what changed since it was kept, and its views."""
    changes = open_changes(view, meeting, role)
    return [*([link_to(changes)] if changes else []), *(one.link for one in steps)]


def _open_view(view: View, link: str, role: Role) -> View:
    answers = caches.CACHED_ANSWERS
    found = open_view(
        view.store,
        view.settings,
        link,
        view.today,
        role=role,
        answers=answers,
        meetings=KeptMeetings(view.store, view.settings),
    )
    return replace(found, dark=view.dark)


def _leave_meeting(view: View, why: str) -> NoReturn:
    """Show the page without a meeting that cannot be shown, and say why. Nothing after it is run."""
    around = ("present", "step") if view.page == MEETINGS else ()
    state.drop_extras("meeting", *around, notices=(why,))
    st.rerun()


def _follow_earlier_link(view: View, shown: Sequence[Shown]) -> None:
    """Leave for the slide that a link means whose step is a view of the meeting: until 2026 a
    meeting was presented on the pages of its views.
    """
    steps = [one.step for one in shown]
    wanted = int(view.extras.get("step", "1"))
    slide = 1 + (steps.index(wanted) if wanted in steps else 0)
    extras = {"meeting": view.extras["meeting"], "present": "true", "step": str(slide)}
    navigation.switch_to_page(MEETINGS, extras.items())
