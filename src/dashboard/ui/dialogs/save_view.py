"""Keeping a view under a name, in a meeting or by itself."""

from datetime import UTC, datetime

import streamlit as st

from dashboard import shares
from dashboard.model import server_log, settings
from dashboard.model.roles import Role
from dashboard.shares import ShelfError
from dashboard.text.wording import told_apart
from dashboard.ui import state
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires


def current_time() -> datetime:
    """When something is kept."""
    return datetime.now(UTC)


def open_shelf() -> shares.Shelf:
    """Where saved views and meetings are."""
    return shares.Shelf(settings.shares_file())


def explain_error(error: ShelfError) -> str:
    """Why the shelf could not be used, for readers: where its file is stands in the log only."""
    said, file = str(error), str(settings.shares_file())
    if file in said:
        server_log.say(said)
    return said.replace(file, "The file of links, saved views and meetings")


def draw_save_form(path: str, words: str) -> None:
    """Title, note and meeting of the view that a link opens; it is kept when the button is pressed."""
    with st.expander("Keep it under a name", icon=":material/bookmark_add:"):
        try:
            found = shares.meetings.meetings(open_shelf())[::-1]
        except ShelfError as error:
            st.warning(escape(explain_error(error)), icon=":material/warning:")
            return
        titles = told_apart(
            {m.id: m.title for m in found}, {m.id: f"of {m.created[:10]}" for m in found}
        )
        meetings = {title: identity for identity, title in titles.items()}
        with st.form("keep", border=False):
            title = st.text_input("Title", max_chars=200, placeholder=words[:200])
            note = st.text_area(
                "Note", max_chars=2000, height=68, placeholder="Discussed in the board, item 4"
            )
            meeting = st.selectbox(
                "Meeting",
                meetings,
                index=None,
                accept_new_options=True,
                placeholder="Choose one, or write the name of a new one: Board of March",
            )
            if st.form_submit_button("Keep", icon=":material/bookmark_add:"):
                _save(
                    path,
                    words,
                    (title.strip() or words[:200], note),
                    (meeting or "", meetings.get(meeting or "", "")),
                )


@requires(Role.VIEWER)
def _save(path: str, words: str, said: tuple[str, str], meeting: tuple[str, str]) -> None:
    title, note = said
    try:
        kept = shares.save(
            open_shelf(),
            title,
            path,
            note=note,
            words=words,
            author=state.current_person().name,
            now=current_time(),
        )
        where = _add_to_meeting(kept.id, *meeting) if meeting[0] else "Saved views"
    except ShelfError as error:
        st.warning(escape(explain_error(error)), icon=":material/warning:")
        return
    st.success(
        f"Kept as “{escape(kept.title)}” under {escape(where)}: see the page Meetings.",
        icon=":material/bookmark_added:",
    )


def _add_to_meeting(view_id: str, name: str, identity: str) -> str:
    """Put a view at the end of a meeting, a new one where it has no id yet; gives the meeting's
    title.
    """
    if not identity:
        return shares.meetings.create(
            open_shelf(), name, steps=(view_id,), now=current_time()
        ).title
    found = shares.meetings.meeting(open_shelf(), identity)
    if found is None:
        raise ShelfError("this meeting is not there any more: somebody deleted it")
    return shares.meetings.reorder(
        open_shelf(), identity, (*found.steps, view_id), revision=found.revision, now=current_time()
    ).title
