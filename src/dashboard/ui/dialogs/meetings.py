"""The parts of the Meetings page: meetings with their views in order, and the saved views."""

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from dashboard import shares
from dashboard.model.roles import Role
from dashboard.schema.folding import fold
from dashboard.shares import Meeting, SavedView, ShelfError
from dashboard.text.words import count, day
from dashboard.ui import present, state
from dashboard.ui.dialogs import saving, take_along
from dashboard.ui.dialogs.saving import now, the_shelf
from dashboard.ui.markdown import plain
from dashboard.ui.permission import requires
from dashboard.views.view import View

MOST = 50


def meetings(view: View) -> None:
    """Every meeting: to present, to put in order, to take along."""
    try:
        found, kept = (
            shares.meetings.meetings(the_shelf()),
            {v.id: v for v in shares.views(the_shelf())},
        )
    except ShelfError as error:
        st.warning(plain(saving.reason(error)), icon=":material/warning:")
        return
    _said()
    if not found and not kept:
        st.info(
            "**Nothing is kept yet.** Choose **Share** on any page, then **Keep it under a name**:"
            " views can be put into a meeting and shown one after the other.",
            icon=":material/bookmark_add:",
        )
    for meeting in found:
        _meeting(view, meeting, kept)


def _meeting(view: View, meeting: Meeting, kept: dict[str, SavedView]) -> None:
    with st.container(border=True, key=f"meeting-{meeting.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.header(plain(meeting.title), anchor=False, width="stretch")
            if meeting.steps and st.button(
                "Present", key=f"present-{meeting.id}", icon=":material/slideshow:"
            ):
                present.show_step(meeting, 1)
            if meeting.steps:
                links = [
                    kept[step].link
                    for step in meeting.steps
                    if step in kept and not kept[step].damaged
                ]
                take_along.slides_button(
                    view,
                    partial(take_along.from_links, view, links, role=state.someone().role),
                    f"{meeting.title[:60]}.pptx",
                    f"deck-{meeting.id}",
                )
            st.button(
                "Edit",
                key=f"edit-{meeting.id}",
                icon=":material/edit:",
                on_click=_edit,
                args=(meeting,),
            )
        if meeting.note:
            st.markdown(plain(meeting.note))
        for nr, step in enumerate(meeting.steps):
            if step in kept:
                _step(meeting, nr, kept[step])
        if not meeting.steps:
            st.caption("No views yet: share a page and keep it in this meeting.")


def _step(meeting: Meeting, nr: int, saved: SavedView) -> None:
    steps = list(meeting.steps)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"{nr + 1}\\. {_link(saved)} :gray[{plain(_about(saved))}]", width="stretch")
        moves = [
            (
                "up",
                "arrow_upward",
                nr > 0,
                [*steps[: nr - 1], steps[nr], steps[nr - 1], *steps[nr + 1 :]],
            ),
            (
                "down",
                "arrow_downward",
                nr + 1 < len(steps),
                [*steps[:nr], *steps[nr + 1 : nr + 2], steps[nr], *steps[nr + 2 :]],
            ),
            ("out", "close", True, steps[:nr] + steps[nr + 1 :]),
        ]
        for what, icon, possible, order in moves:
            words = {"up": "Earlier", "down": "Later", "out": "Take out"}[what]
            st.button(
                words,
                key=f"{what}-{meeting.id}-{nr}",
                icon=f":material/{icon}:",
                type="tertiary",
                disabled=not possible,
                on_click=_reorder,
                args=(meeting, order),
            )


def _link(saved: SavedView) -> str:
    if saved.damaged:
        return (
            f"**{saved.title}**: it is not what was kept, and is not opened. Delete it, or put the"
            " backup back."
        )
    address = (
        saved.link[1:].replace("(", "%28").replace(")", "%29")
    )  # one that was written by hand must not end the link
    return f"[{plain(saved.title)}]({address or '.'})"


def _about(saved: SavedView) -> str:
    parts = [
        saved.words if saved.words != saved.title else "",
        "pinned" if saved.pinned else "live",
        saved.note,
    ]
    return " · ".join(part for part in parts if part)


def views() -> None:
    """The saved views, the newest first: to open, rename and delete."""
    try:
        found = shares.views(the_shelf())
    except ShelfError:
        return  # said above
    if not found:
        return
    st.header(f"Saved views: {len(found):,}", anchor=False)
    wanted = st.text_input("Find", key="find-view", placeholder="Title or note", max_chars=100)
    words = fold(wanted).split()
    mine = [
        v for v in found if all(word in fold(f"{v.title} {v.note} {v.words}") for word in words)
    ]
    for saved in mine[:MOST]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            when = day(date.fromisoformat(saved.created[:10]))
            by = f" by {saved.author}" if saved.author else ""
            st.markdown(
                f"{_link(saved)} :gray[{plain(f'{_about(saved)} · kept on {when}{by}')}]",
                width="stretch",
            )
            st.button(
                "Edit",
                key=f"rename-{saved.id}",
                icon=":material/edit:",
                type="tertiary",
                on_click=_edit,
                args=(saved,),
            )
    if len(mine) > MOST:
        st.caption(f"and {count(len(mine) - MOST, 'other')}: say more of the title")


@requires(Role.VIEWER)
def _edit(what: Meeting | SavedView) -> None:
    """Callback: open the form of a meeting or a view, as it is seen now."""
    st.session_state["edited"] = what


def dialog() -> None:
    """Open the form of the meeting or view that is to be changed, if any."""
    what: Meeting | SavedView | None = st.session_state.pop("edited", None)
    if what is not None:
        st.dialog("Change a meeting" if isinstance(what, Meeting) else "Change a saved view")(
            _form
        )(what)


@requires(Role.VIEWER, draws=True)
def _form(what: Meeting | SavedView) -> None:
    of = shares.meetings if isinstance(what, Meeting) else shares
    title = st.text_input("Title", what.title, max_chars=200)
    note = st.text_area("Note", what.note, max_chars=2000)
    with st.container(horizontal=True):
        if st.button("Save", type="primary"):
            _do(
                lambda: of.rename(
                    the_shelf(), what.id, title, note, revision=what.revision, now=now()
                )
            )
            st.rerun()
        if st.button("Delete", icon=":material/delete:"):
            _do(lambda: of.delete(the_shelf(), what.id, revision=what.revision))
            st.rerun()
    if isinstance(what, Meeting):
        st.caption("Its views stay when a meeting is deleted.")


@requires(Role.VIEWER)
def _reorder(meeting: Meeting, order: list[str]) -> None:
    _do(
        lambda: shares.meetings.reorder(
            the_shelf(), meeting.id, order, revision=meeting.revision, now=now()
        )
    )


def _do(action: Callable[[], object]) -> None:
    """Change the shelf; what stands in the way is said on the page."""
    try:
        action()
    except ShelfError as error:
        st.session_state["shelf_said"] = saving.reason(error)


def _said() -> None:
    if words := st.session_state.pop("shelf_said", ""):
        st.warning(plain(words), icon=":material/warning:")
