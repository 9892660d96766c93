"""Saving a view under a name, in a meeting or by itself; and the shelf where it is saved."""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard import shares
from dashboard.language.messages import N_, _, pgettext
from dashboard.model import server_log, settings
from dashboard.model.roles import Role
from dashboard.shares import Meeting, SharesError
from dashboard.text.labels import distinguish_labels
from dashboard.ui import state
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires


def current_time() -> datetime:
    """Return when something is saved."""
    return datetime.now(UTC)


def open_shelf() -> shares.SharesDb:
    """Return the shelf: where saved views and meetings are."""
    return shares.SharesDb(settings.shares_file())


def explain_error(error: SharesError) -> str:
    """Return why the shelf could not be used, for readers: where its file is stands in the log
    only.
    """
    file = str(settings.shares_file())
    if file in str(error):
        server_log.log_throttled(str(error))
    return error.say().replace(file, _("The file of links, saved views and meetings"))


def draw_error(error: SharesError) -> None:
    """Draw why the shelf could not be used."""
    st.warning(escape(explain_error(error)), icon=":material/warning:")


def draw_save_form(path: str, words: str) -> None:
    """Draw title, note and meeting of the view that a link opens; pressing the button saves it."""
    with st.expander(_("Keep it under a name"), icon=":material/bookmark_add:"):
        try:
            found = shares.meetings.list_meetings(open_shelf())[::-1]
        except SharesError as error:
            draw_error(error)
            return
        said = st.container()  # above the form: beneath it a small screen would not show it
        with st.form("keep", border=False):
            title = st.text_input(_("Title"), max_chars=200, placeholder=words[:200])
            note = st.text_area(
                pgettext("of a saved view", "Note"),
                max_chars=2000,
                height=68,
                placeholder=_("Discussed in the board, item 4"),
            )
            meeting = _draw_meeting_box(found)
            is_kept = st.form_submit_button(_("Keep"), icon=":material/bookmark_add:")
        if is_kept:
            with said:
                _save(path, words, (title.strip() or words[:200], note), meeting)


def _draw_meeting_box(found: Sequence[Meeting]) -> Meeting | str | None:
    """Draw the choice of a meeting and return it, or the name of a new one."""
    titles = distinguish_labels(
        {one.id: one.title for one in found},
        {one.id: _("of {day}", day=one.created[:10]) for one in found},
    )
    meeting: Meeting | str | None = st.selectbox(
        _("Meeting"),
        found,
        index=None,
        accept_new_options=True,
        format_func=lambda one: titles[one.id] if isinstance(one, Meeting) else str(one),
        placeholder=_("Choose one, or write the name of a new one: Board of March"),
    )
    return meeting


@requires(Role.VIEWER)
def _save(path: str, words: str, text: tuple[str, str], meeting: Meeting | str | None) -> None:
    title, note = text
    try:
        saved = shares.save(
            open_shelf(),
            title,
            path,
            note=note,
            words=words,
            author=state.current_person().name,
            now=current_time(),
        )
        place = _add_to_meeting(saved.id, meeting) if meeting else ""
    except SharesError as error:
        draw_error(error)
        return
    kept = escape(saved.title)
    st.success(
        _(
            "Kept as “{title}” under {meeting}: see the page Meetings.",
            title=kept,
            meeting=escape(place),
        )
        if place
        else _("Kept as “{title}” under Saved views: see the page Meetings.", title=kept),
        icon=":material/bookmark_added:",
    )


def _add_to_meeting(view_id: str, meeting: Meeting | str) -> str:
    """Put a view at the end of a meeting, of a new one where its name is given; return the
    meeting's title.
    """
    shelf, now = open_shelf(), current_time()
    if isinstance(meeting, str):
        return shares.meetings.create(shelf, meeting, steps=(view_id,), now=now).title
    found = shares.meetings.find_meeting(shelf, meeting.id)
    if found is None:
        raise SharesError(N_("this meeting is not there any more: somebody deleted it"))
    steps = (*found.steps, view_id)
    return shares.meetings.reorder(shelf, found.id, steps, revision=found.revision, now=now).title
