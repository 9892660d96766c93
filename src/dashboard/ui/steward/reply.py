"""The reply to a question of the worklist, entered in one field, on its way to the same check, preview
and publishing as a file.
"""

from collections.abc import Sequence

import streamlit as st

from dashboard.intake.parse_result import UnclearValueError
from dashboard.language.messages import _
from dashboard.publishing.replies import Reply, build_reply_files, read_reply
from dashboard.query.quality import Task
from dashboard.ui import caches
from dashboard.ui.markdown import escape
from dashboard.ui.steward.correction import Check
from dashboard.views.view import View


def draw_questions(view: View, word: str, check: Check) -> None:
    """Draw a field for each question about the record that the link names, with what is understood of
    a reply; `check` gets the replies as a delivery. Nothing where all of it is known.
    """
    table, _dot, identity = word.partition(".")
    tasks = [
        task for task in caches.get_worklist(view.version) if task.cell[:2] == (table, identity)
    ]
    asked = list({task.cell: task for task in reversed(tasks) if task.answerable}.values())[::-1]
    if not asked:
        return
    st.header(_("What is asked about it"), anchor=False)
    found = [reply for task in asked if (reply := _draw_field(view, task))]
    who = st.text_input(
        _("Who says so"), _find_name(view, asked), key=f"reply-{word}-who", max_chars=100
    )
    ready = bool(found and who.strip() and not _has_fault(view, asked))
    if st.button(
        _("Check the answer"), type="primary", key=f"reply-{word}-check", disabled=not ready
    ):
        check(
            view, build_reply_files(view.version, found, tasks, " ".join(who.split()), view.today)
        )
        st.rerun()


def _draw_field(view: View, task: Task) -> Reply | None:
    """Draw the field of one question, and what was understood; None while there is nothing that is."""
    text = st.text_input(escape(task.question), key=_name_field(task), max_chars=200)
    try:
        reply = _read(view, task, text)
    except UnclearValueError as error:
        st.warning(
            _(
                "Not understood: {reason}. {hint}",
                reason=escape(error.message),
                hint=escape(error.hint),
            ),
            icon=":material/help:",
        )
        return None
    if reply:
        said = _("Understood: {value}", value=escape(reply.understood))
        st.markdown(f"{said} {escape(reply.note)}".strip())
    return reply


def _name_field(task: Task) -> str:
    return f"reply-{task.table}.{task.record_id}-{task.column}"


def _read(view: View, task: Task, text: str) -> Reply | None:
    return read_reply(view.version, task, text, view.language) if text.strip() else None


def _has_fault(view: View, asked: Sequence[Task]) -> bool:
    """Tell whether something was typed that is not understood: it would be lost."""
    for task in asked:
        try:
            _read(view, task, st.session_state.get(_name_field(task), ""))
        except UnclearValueError:
            return True
    return False


def _find_name(view: View, asked: Sequence[Task]) -> str:
    """Find who was asked, who probably says it."""
    cells = {task.cell for task in asked}
    for letter in caches.get_letters(view):
        if letter.contact and cells & {one.task.cell for one in letter.inquiries}:
            return letter.contact.name
    return ""
