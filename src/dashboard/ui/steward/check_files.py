"""Files that are offered: checking them, mending what is wrong, and the form of one record."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from dashboard.export import XLSX
from dashboard.intake.annotated_workbook import annotate_workbook
from dashboard.intake.problems import Problem
from dashboard.intake.uploads import map_by_name
from dashboard.language.messages import N_, _
from dashboard.model.roles import Role
from dashboard.publishing import delivery
from dashboard.publishing.delivery import NO_ANSWERS, CheckedDelivery, StewardAnswers
from dashboard.store import Mode, StoreError, discard
from dashboard.text.counts import format_count
from dashboard.ui import caches, permission, state
from dashboard.ui.permission import defer, requires
from dashboard.ui.steward import (
    column_mapping,
    correction,
    given_answers,
    open_questions,
    problems,
    reply,
)
from dashboard.views.view import View

MODES = {
    Mode.MERGE: N_("Add and change by id, leave the rest"),
    Mode.REPLACE: N_("Replace the tables that are in the files"),
}
FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "ics"]


@requires(Role.STEWARD, draws=True)
def draw_upload(view: View) -> None:
    """Draw where files to check are dropped; nothing is published by checking."""
    st.markdown(
        _(
            "Offer the files of the records: a few rows or whole tables. They are checked, and you"
            " see what would change before anything does."
        )
    )
    _draw_template_button(view)
    permission.allow_upload()
    st.file_uploader(
        _("CSV, Excel (.xlsx) or calendar (.ics)"),
        type=FILE_TYPES,
        accept_multiple_files=True,
        key="delivery",
        on_change=_discard_checked_files,
    )
    _draw_mode_choice()
    nothing = not st.session_state.get("delivery")
    st.button(_("Check"), type="primary", on_click=_check_new_files, args=(view,), disabled=nothing)


def _draw_template_button(view: View) -> None:
    st.download_button(
        _("Empty workbook to fill in"),
        defer(_build_template, view),
        "records.xlsx",
        XLSX,
        icon=":material/download:",
        on_click="ignore",
    )


def _draw_mode_choice() -> None:
    named = {mode: _(words) for mode, words in MODES.items()}
    st.radio(
        _("What the rows do"),
        list(named),
        format_func=named.__getitem__,
        key="delivery_mode",
        horizontal=True,
    )


@requires(Role.STEWARD)
def _build_template(view: View) -> bytes:
    return caches.get_template(view.version)


@requires(Role.STEWARD)
def _check(
    view: View, files: Mapping[str, bytes] | None, answers: StewardAnswers = NO_ANSWERS
) -> None:
    """Callback: check the offered files, with the answers about them; a candidate opens its
    preview.
    """
    session = st.session_state
    offered = files or map_by_name((f.name, f.getvalue()) for f in session.get("delivery") or [])
    try:
        checked = _deliver(view, offered, answers)
    except StoreError as error:
        busy = Problem(
            _("store"),
            None,
            None,
            None,
            error.say(),
            _("Try again in a moment."),
            code="store-busy",
        )
        before = session.get("checked") or CheckedDelivery()
        session["checked"] = replace(
            before, problems=(busy,), candidate=None, files=offered, answers=answers
        )
        return
    session["checked"] = checked
    if _changes_nothing(view, checked):
        session["said"] = _("Nothing changes: these are the records that are served.")
        forget_delivery()
    elif checked.candidate:
        state.change_view(candidate=checked.candidate.version.id, edit=None)


def _deliver(view: View, files: Mapping[str, bytes], answers: StewardAnswers) -> CheckedDelivery:
    return delivery.check_delivery(
        view.store,
        files,
        st.session_state.setdefault("checked_mode", Mode.MERGE),
        author=state.current_author(),
        now=datetime.now(UTC),
        small_groups_below=view.settings.small_groups_below,
        answers=answers,
        time_zone=view.settings.time_zone,
    )


def _changes_nothing(view: View, checked: CheckedDelivery) -> bool:
    """Return whether the candidate is what is served, and no name in the files waits for an answer."""
    if checked.candidate is None or checked.candidate.version.id != view.store.current_id():
        return False
    with suppress(StoreError):  # it is swept in a day
        discard(view.store, checked.candidate.version.id, wait=1)
    return not any(
        delivery.list_unknown_names(checked.notes, table) for table in ("people", "places")
    )


@requires(Role.STEWARD)
def _check_new_files(view: View) -> None:
    """Check the offered files, of which nothing has been said yet (callback)."""
    given_answers.forget_answers()
    st.session_state["checked_mode"] = st.session_state.get("delivery_mode", Mode.MERGE)
    _check(view, None)


@requires(Role.STEWARD)
def _check_one_record(view: View, files: Mapping[str, bytes]) -> None:
    """Check one corrected record, which takes the place of its row whatever was chosen for files."""
    given_answers.forget_answers()
    st.session_state["checked_mode"] = Mode.MERGE
    _check(view, dict(files))


@requires(Role.STEWARD)
def _check_again(view: View) -> None:
    """Callback: check the same files with what was answered about them; a candidate of before makes
    room.
    """
    checked: CheckedDelivery = st.session_state["checked"]
    if view.candidate:
        with suppress(StoreError):  # it is swept in a day
            discard(view.store, view.candidate, wait=1)
        state.change_view(candidate=None)
    open_questions.collect_choices(checked)
    _check(view, checked.files, given_answers.collect_answers(checked))


def draw_check_again_button(view: View, *, primary: bool = False) -> None:
    """Draw the button that checks the files with the answers that were given."""
    st.button(
        _("Check again with these answers"),
        type="primary" if primary else "secondary",
        on_click=_check_again,
        args=(view,),
    )


def draw_correction(view: View) -> None:
    """Draw what is asked about the record that the link names, if any, and its form."""
    if word := view.extras.get("edit"):
        reply.draw_questions(view, word, _check_one_record)
        correction.draw_correction_form(view, word, _check_one_record)


def draw_check_result(view: View) -> None:
    """Draw everything that is wrong with the offered files, and what can be answered in place."""
    checked: CheckedDelivery | None = st.session_state.get("checked")
    if checked is None or not checked.problems:
        return
    summary = problems.summarize_problems(checked.problems)
    st.header(_("Not published: {problems}", problems=summary), anchor=False)
    given_answers.draw_given_answers(checked)
    problems.draw_problems(view, checked)
    open_questions.draw_open_questions(view, checked)
    column_mapping.draw_remembered_columns(checked)
    if given_answers.has_questions(checked) or checked.problems[0].file not in checked.files:
        draw_check_again_button(view, primary=True)
    _draw_marked_workbooks(checked)
    draw_note_section(checked)


def _draw_marked_workbooks(checked: CheckedDelivery) -> None:
    """Draw a download of each table with its faults marked; a calendar has no cells."""
    for name in checked.files:
        if not name.lower().endswith(".ics"):
            st.download_button(
                _("{file} with the faulty cells marked", file=name),
                defer(_build_marked_workbook, checked, name),
                _("{file}-marked.xlsx", file=name.rsplit(".", 1)[0]),
                XLSX,
                on_click="ignore",
                icon=":material/format_paint:",
                key=f"marked-{name}",
            )


def draw_note_section(checked: CheckedDelivery) -> None:
    """Draw what is allowed but odd, below what is wrong."""
    if checked.notes:
        notes = format_count(len(checked.notes), "note")
        st.markdown(_("**{notes}: allowed, but look at them.**", notes=notes))
        with st.container(height=420 if len(checked.notes) > 3 else "content", border=False):
            problems.draw_notes(checked.notes)


@requires(Role.STEWARD)
def _build_marked_workbook(checked: CheckedDelivery, name: str) -> bytes:
    return mark_faults(checked, name)


def mark_faults(checked: CheckedDelivery, name: str) -> bytes:
    """Return one of the offered files as a workbook in which the faults are marked."""
    return annotate_workbook(
        name,
        checked.files[name],
        checked.problems,
        checked.notes,
        checked.headings,
        encoding=checked.answers.encodings.get(name),
    )


@requires(Role.STEWARD)
def _discard_checked_files() -> None:
    """Discard what was said of the files of before (callback)."""
    forget_delivery()


def forget_delivery() -> None:
    """Forget what was offered, answered and typed about it."""
    for key in ("checked", "checked_mode", "answers", "publish_word", "publish_message"):
        st.session_state.pop(key, None)
