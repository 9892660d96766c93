"""The parts of the Meetings page: meetings with their views in order, and the saved views."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import streamlit as st

from dashboard import shares
from dashboard.language.messages import N_, _, pgettext
from dashboard.model.roles import Role
from dashboard.schema.folding import fold
from dashboard.shares import Meeting, SavedView, SharesError
from dashboard.text.counts import format_count
from dashboard.text.dates import format_day
from dashboard.ui import presentation, state
from dashboard.ui.dialogs import save_view, take_along
from dashboard.ui.dialogs.save_view import current_time, open_shelf
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.view import View

MAX_LISTED_VIEWS = 50


@dataclass(frozen=True)
class Move:
    """What a button does with a view of a meeting."""

    name: str
    label: str
    icon: str


EARLIER = Move("up", N_("Earlier"), "arrow_upward")
LATER = Move("down", N_("Later"), "arrow_downward")
TAKE_OUT = Move("out", N_("Take out"), "close")


def draw_meetings(view: View) -> None:
    """Draw every meeting: to present, to put in order, to take along."""
    try:
        found = shares.meetings.list_meetings(open_shelf())
        saved = {one.id: one for one in shares.list_views(open_shelf())}
    except SharesError as error:
        save_view.draw_error(error)
        return
    _draw_last_error()
    if not found and not saved:
        st.info(
            _(
                "**Nothing is kept yet.** Choose **Share** on any page, then **Keep it under a"
                " name**: views can be put into a meeting and shown one after the other."
            ),
            icon=":material/bookmark_add:",
        )
    for meeting in found:
        _draw_meeting(view, meeting, saved)


def _draw_meeting(view: View, meeting: Meeting, saved: dict[str, SavedView]) -> None:
    with st.container(border=True, key=f"meeting-{meeting.id}"):
        _draw_meeting_header(view, meeting, saved)
        for nr, step in enumerate(meeting.steps):
            if step in saved:
                _draw_step(meeting, nr, saved[step])
        if not meeting.steps:
            st.caption(_("No views yet: share a page and keep it in this meeting."))
        if meeting.note:
            heading = _("What we decide")
            lines = [f"**{heading}**", *map(escape, meeting.note.splitlines())]
            st.markdown("  \n".join(lines))


def _draw_meeting_header(view: View, meeting: Meeting, saved: dict[str, SavedView]) -> None:
    """Draw the title, and what can be done with the whole meeting."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.header(escape(meeting.title), anchor=False, width="stretch")
        if meeting.steps:
            st.button(
                _("Present"),
                key=f"present-{meeting.id}",
                icon=":material/slideshow:",
                on_click=presentation.present_meeting,
                args=(meeting,),
            )
            steps = presentation.list_steps(meeting, saved)
            role = state.current_person().role
            take_along.draw_slides_button(
                view,
                lambda base: take_along.build_exports(
                    view, presentation.list_links(view, meeting, steps, role), base, role=role
                ),
                f"{meeting.title[:60]}.pptx",
                f"deck-{meeting.id}",
                presentation.frame_meeting(view, meeting, steps),
            )
        _draw_edit_button(meeting, f"edit-{meeting.id}")


def _draw_edit_button(
    what: Meeting | SavedView, key: str, look: Literal["secondary", "tertiary"] = "secondary"
) -> None:
    st.button(
        _("Edit"), key=key, icon=":material/edit:", type=look, on_click=_request_form, args=(what,)
    )


def _draw_step(meeting: Meeting, nr: int, saved: SavedView) -> None:
    """Draw a view of a meeting, with the ways to put it elsewhere or take it out."""
    steps, last = meeting.steps, len(meeting.steps) - 1
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(
            f"{nr + 1}\\. {_format_link(saved)} :gray[{escape(_describe_view(saved))}]",
            width="stretch",
        )
        for move, order in (
            (EARLIER, _swap(steps, nr - 1) if nr > 0 else None),
            (LATER, _swap(steps, nr) if nr < last else None),
            (TAKE_OUT, [*steps[:nr], *steps[nr + 1 :]]),
        ):
            _draw_move_button(meeting, nr, move, order)


def _swap(steps: Sequence[str], nr: int) -> list[str]:
    """Return the steps with the one at a place and the next exchanged."""
    return [*steps[:nr], steps[nr + 1], steps[nr], *steps[nr + 2 :]]


def _draw_move_button(meeting: Meeting, nr: int, move: Move, order: list[str] | None) -> None:
    """Draw the button that puts the steps of a meeting into an order; None where it cannot be."""
    st.button(
        _(move.label),
        key=f"{move.name}-{meeting.id}-{nr}",
        icon=f":material/{move.icon}:",
        type="tertiary",
        disabled=order is None,
        on_click=_reorder,
        args=(meeting, order or []),
    )


def _format_link(saved: SavedView) -> str:
    if saved.damaged:
        return _(
            "**{title}**: it is not what was kept, and is not opened. Delete it, or put the backup"
            " back.",
            title=saved.title,
        )
    address = (
        saved.link[1:].replace("(", "%28").replace(")", "%29")
    )  # one that was written by hand must not end the link
    return f"[{escape(saved.title)}]({address or '.'})"


def _describe_view(saved: SavedView) -> str:
    parts = [
        saved.words if saved.words != saved.title else "",
        _("pinned") if saved.pinned else _("live"),
        saved.note,
    ]
    return " · ".join(part for part in parts if part)


def draw_saved_views() -> None:
    """Draw the saved views, the newest first: to open, rename and delete."""
    try:
        found = shares.list_views(open_shelf())
    except SharesError:
        return  # said above
    if not found:
        return
    st.header(_("Saved views: {n:,}", n=len(found)), anchor=False)
    wanted = st.text_input(
        _("Find"), key="find-view", placeholder=_("Title or note"), max_chars=100
    )
    mine = [saved for saved in found if _matches(saved, fold(wanted).split())]
    for saved in mine[:MAX_LISTED_VIEWS]:
        _draw_saved_view(saved)
    if len(mine) > MAX_LISTED_VIEWS:
        others = format_count(len(mine) - MAX_LISTED_VIEWS, "other")
        st.caption(_("and {others}: say more of the title", others=others))


def _matches(saved: SavedView, words: Sequence[str]) -> bool:
    text = fold(f"{saved.title} {saved.note} {saved.words}")
    return all(word in text for word in words)


def _draw_saved_view(saved: SavedView) -> None:
    created = format_day(date.fromisoformat(saved.created[:10]))
    kept = (
        _("kept on {day} by {author}", day=created, author=saved.author)
        if saved.author
        else _("kept on {day}", day=created)
    )
    about = f"{_describe_view(saved)} · {kept}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{_format_link(saved)} :gray[{escape(about)}]", width="stretch")
        _draw_edit_button(saved, f"rename-{saved.id}", "tertiary")


@requires(Role.VIEWER)
def _request_form(what: Meeting | SavedView) -> None:
    """Callback: open the form of a meeting or a view, as it is seen now."""
    st.session_state["edited"] = what


def open_requested_form() -> None:
    """Open the form of the meeting or view that is to be changed, if any."""
    what: Meeting | SavedView | None = st.session_state.pop("edited", None)
    if what is not None:
        title = _("Change a meeting") if isinstance(what, Meeting) else _("Change a saved view")
        st.dialog(title)(_draw_form)(what)


@requires(Role.VIEWER, draws=True)
def _draw_form(what: Meeting | SavedView) -> None:
    of = shares.meetings if isinstance(what, Meeting) else shares
    title = st.text_input(_("Title"), what.title, max_chars=200)
    decides = isinstance(what, Meeting)
    note = st.text_area(
        _("What we decide (the last slide)") if decides else pgettext("of a saved view", "Note"),
        what.note,
        max_chars=2000,
    )
    with st.container(horizontal=True):
        if st.button(_("Save"), type="primary"):
            _try_change(
                lambda: of.rename(
                    open_shelf(), what.id, title, note, revision=what.revision, now=current_time()
                )
            )
            st.rerun()
        if st.button(_("Delete"), icon=":material/delete:"):
            _try_change(lambda: of.delete(open_shelf(), what.id, revision=what.revision))
            st.rerun()
    if decides:
        st.caption(_("Its views stay when a meeting is deleted."))


@requires(Role.VIEWER)
def _reorder(meeting: Meeting, order: list[str]) -> None:
    _try_change(
        lambda: shares.meetings.reorder(
            open_shelf(), meeting.id, order, revision=meeting.revision, now=current_time()
        )
    )


def _try_change(action: Callable[[], object]) -> None:
    """Change the shelf; what stands in the way is said on the page."""
    try:
        action()
    except SharesError as error:
        st.session_state["shelf_said"] = save_view.explain_error(error)


def _draw_last_error() -> None:
    if words := st.session_state.pop("shelf_said", ""):
        st.warning(escape(words), icon=":material/warning:")
