"""The parts of the Publish page: offer files, mend what is wrong, look at the candidate, publish,
go back, forget.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from dashboard import shares
from dashboard.intake.annotated_workbook import marked_workbook
from dashboard.intake.answers import Readings
from dashboard.intake.problems import Problem
from dashboard.intake.uploads import by_name
from dashboard.model.roles import Role
from dashboard.publishing import delivery
from dashboard.publishing.changes import Changes
from dashboard.publishing.delivery import NOTHING_SAID, Answers, Checked
from dashboard.shares import people_everywhere
from dashboard.store import Mode, StoreError, discard, learn, publish_candidate, remember
from dashboard.text.words import count
from dashboard.ui import caches, permission, state, tables
from dashboard.ui.dialogs import saving
from dashboard.ui.markdown import plain
from dashboard.ui.permission import later, requires
from dashboard.ui.steward import answering, column_mapping, correction, open_questions
from dashboard.ui.steward import problems as wrong
from dashboard.views.view import View

MODES = {
    Mode.MERGE: "Add and change by id, leave the rest",
    Mode.REPLACE: "Replace the tables that are in the files",
}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Role.STEWARD, draws=True)
def offer(view: View) -> None:
    """Files to check; nothing is published by checking."""
    st.markdown(
        "Offer the files of the records: a few rows or whole tables. They are checked, and you see"
        " what would change before anything does."
    )
    st.download_button(
        "Empty workbook to fill in",
        later(_empty_workbook, view),
        "records.xlsx",
        SHEET,
        icon=":material/download:",
        on_click="ignore",
    )
    permission.offer_upload()
    st.file_uploader(
        "CSV, Excel (.xlsx) or calendar (.ics)",
        type=["csv", "tsv", "txt", "xlsx", "ics"],
        accept_multiple_files=True,
        key="delivery",
        on_change=_other_files,
    )
    st.radio(
        "What the rows do",
        list(MODES),
        format_func=MODES.__getitem__,
        key="delivery_mode",
        horizontal=True,
    )
    st.button(
        "Check",
        type="primary",
        on_click=_check_first,
        args=(view,),
        disabled=not st.session_state.get("delivery"),
    )


@requires(Role.STEWARD)
def _empty_workbook(view: View) -> bytes:
    return caches.template(view.version)


@requires(Role.STEWARD)
def _check(view: View, files: Mapping[str, bytes] | None, answers: Answers = NOTHING_SAID) -> None:
    """Callback: check the offered files, with the answers about them; a candidate opens its
    preview.
    """
    session = st.session_state
    offered = files or by_name((f.name, f.getvalue()) for f in session.get("delivery") or [])
    mode = session.setdefault("checked_mode", Mode.MERGE)
    try:
        checked = delivery.deliver(
            view.store,
            offered,
            mode,
            author=state.author(),
            now=datetime.now(UTC),
            small_groups_below=view.settings.small_groups_below,
            answers=answers,
            time_zone=view.settings.time_zone,
        )
    except StoreError as error:
        busy = Problem(
            "store", None, None, None, str(error), "Try again in a moment.", code="store-busy"
        )
        before = session.get("checked") or Checked()
        session["checked"] = replace(
            before, problems=(busy,), candidate=None, files=offered, answers=answers
        )
        return
    session["checked"] = checked
    if _changes_nothing(view, checked):
        session["said"] = "Nothing changes: these are the records that are served."
        _forget_delivery()
    elif checked.candidate:
        state.change(candidate=checked.candidate.version.id, edit=None)


def _changes_nothing(view: View, checked: Checked) -> bool:
    """Whether the candidate is what is served, and no name in the files waits for an answer."""
    if checked.candidate is None or checked.candidate.version.id != view.store.current_id():
        return False
    with suppress(StoreError):  # it is swept in a day
        discard(view.store, checked.candidate.version.id, wait=1)
    return not any(delivery.unknown(checked.notes, table) for table in ("people", "places"))


@requires(Role.STEWARD)
def _check_first(view: View) -> None:
    """Callback: the offered files, of which nothing has been said yet."""
    answering.forget()
    st.session_state["checked_mode"] = st.session_state.get("delivery_mode", Mode.MERGE)
    _check(view, None)


@requires(Role.STEWARD)
def _check_one(view: View, files: Mapping[str, bytes]) -> None:
    """One corrected record, which takes the place of its row whatever was chosen for files."""
    answering.forget()
    st.session_state["checked_mode"] = Mode.MERGE
    _check(view, dict(files))


@requires(Role.STEWARD)
def _check_again(view: View) -> None:
    """Callback: the same files with what was answered about them; a candidate of before makes room."""
    checked: Checked = st.session_state["checked"]
    if view.candidate:
        with suppress(StoreError):  # it is swept in a day
            discard(view.store, view.candidate, wait=1)
        state.change(candidate=None)
    open_questions.collect(checked)
    _check(view, checked.files, answering.again(checked))


def correct(view: View) -> None:
    """The form of the record that the link names, if any."""
    if word := view.extras.get("edit"):
        correction.form(view, word, _check_one)


def problems(view: View) -> None:
    """Everything that is wrong with the offered files, and what can be answered in place."""
    checked: Checked | None = st.session_state.get("checked")
    if checked is None or not checked.problems:
        return
    st.header(f"Not published: {wrong.heading_of(checked.problems)}", anchor=False)
    answering.told(checked)
    wrong.show(view, checked)
    open_questions.ask(view, checked)
    column_mapping.remembered(checked)
    if answering.asks(checked) or checked.problems[0].file not in checked.files:
        st.button(
            "Check again with these answers", type="primary", on_click=_check_again, args=(view,)
        )
    for name in checked.files:
        marked = name.rsplit(".", 1)[0] + "-marked.xlsx"
        if not name.lower().endswith(".ics"):
            st.download_button(
                f"{name} with the faulty cells marked",
                later(_marked, checked, name),
                marked,
                SHEET,
                on_click="ignore",
                icon=":material/format_paint:",
                key=f"marked-{name}",
            )
    _below(checked)


def _below(checked: Checked) -> None:
    """What is allowed but odd, below what is wrong."""
    if checked.notes:
        st.markdown(f"**{count(len(checked.notes), 'note')}: allowed, but look at them.**")
        with st.container(height=420 if len(checked.notes) > 3 else "content", border=False):
            wrong.notes(checked.notes)


@requires(Role.STEWARD)
def _marked(checked: Checked, name: str) -> bytes:
    return marked_copy(checked, name)


def marked_copy(checked: Checked, name: str) -> bytes:
    """One of the offered files as a workbook in which the faults are marked."""
    return marked_workbook(
        name,
        checked.files[name],
        checked.problems,
        checked.notes,
        checked.headings,
        encoding=checked.answers.encodings.get(name),
    )


def preview(view: View) -> None:
    """What publishing the candidate would do: numbers that move and why, rows, doubts; then publish
    or discard.
    """
    changes = caches.changes(view)
    st.header("What would change", anchor=False)
    show_changes(changes)
    _notes(view)
    _decide(view, changes)


def show_changes(changes: Changes) -> None:
    """The numbers that move and why, and the rows that differ."""
    if not changes.tables:
        st.info("Nothing: these are the records that are served.", icon=":material/done_all:")
    _numbers(changes)
    _rows(changes)


def _numbers(changes: Changes) -> None:
    if changes.tables:
        words = [f"- {plain(number.words())}" for number in changes.numbers[:40]]
        st.markdown("\n".join(words) if words else "No number of the dashboard moves.")
        if len(changes.numbers) > 40:
            st.caption(f"and {count(len(changes.numbers) - 40, 'more number')}")


def _rows(changes: Changes) -> None:
    for table in changes.tables:
        parts = [
            f"{number:,} {what}"
            for number, what in (
                (table.added, "added"),
                (table.changed, "changed"),
                (table.removed, "removed"),
            )
            if number
        ]
        shown = [
            {
                "Record": row.label,
                "What": row.what,
                "Column": column,
                "Before": _text(before),
                "After": _text(after),
            }
            for row in table.rows
            for column, before, after in row.fields or ((None, None, None),)
        ]
        with st.expander(f"{table.table}: {', '.join(parts)}", expanded=len(changes.tables) == 1):
            st.dataframe(
                shown,
                hide_index=True,
                alt=f"Rows of {table.table} that differ",
                placeholder="",
                column_config=tables.narrowed(),
            )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _notes(view: View) -> None:
    checked: Checked | None = st.session_state.get("checked")
    if (
        checked is None
        or checked.candidate is None
        or checked.candidate.version.id != view.candidate
    ):
        return
    for note in checked.candidate.notes:
        st.warning(f"{plain(note)}.", icon=":material/warning:")
    answering.told(checked)
    _below(checked)
    asked = open_questions.ask(view, checked)
    if column_mapping.remembered(checked) or asked:
        st.button("Check again with these answers", on_click=_check_again, args=(view,))


def _decide(view: View, changes: Changes) -> None:
    """Author, reason and, for large changes, a typed word; then publish or discard."""
    st.markdown(
        "Look at every page with the new records first: the menu shows them until you publish or"
        " discard."
    )
    for reason in changes.needs_confirmation:
        st.warning(plain(reason), icon=":material/warning:")
    if signed := state.someone().name:
        st.markdown(f"Signed by {plain(signed)}")
    else:
        st.text_input("Your name", key="author", max_chars=100)
    st.text_input("Why, in a few words", key="publish_message", max_chars=300)
    if changes.needs_confirmation:
        st.text_input("Type PUBLISH to confirm", key="publish_word")
    session = st.session_state
    sure = not changes.needs_confirmation or session.get("publish_word") == "PUBLISH"
    with st.container(horizontal=True):
        st.button(
            "Publish",
            type="primary",
            on_click=_publish,
            args=(view,),
            disabled=not (sure and state.author() and session.get("publish_message")),
        )
        st.button("Discard", on_click=_discard, args=(view,))


@requires(Role.STEWARD)
def _publish(view: View) -> None:
    """Callback: serve the candidate. A second click finds it served already and does nothing."""
    session = st.session_state
    try:
        before = view.store.open()
        if before.id != view.candidate:
            done = publish_candidate(
                view.store,
                view.candidate,
                author=state.author(),
                message=session["publish_message"],
                now=datetime.now(UTC),
                wait=10,
            )
            _remember(view)
            people_everywhere.follow(view.store, before, done.version)
        session["said"] = "Published. Everybody sees it within a few seconds."
    except shares.ShelfError as error:
        session["said"] = (
            "Published; but saved views still name merged people by their old ids:"
            f" {saving.reason(error)}"
        )
    except StoreError as error:
        session["said"] = f"Not published: {error}"
    _forget_delivery()
    state.change(candidate=None)


def _remember(view: View) -> None:
    """What was said of columns and sheets serves for the next delivery."""
    checked: Checked | None = st.session_state.get("checked")
    if checked and checked.candidate and checked.candidate.version.id == view.candidate:
        learnt = learn(checked.headings, Readings(checked.answers.readings))
        with suppress(StoreError):  # then it is asked once more
            remember(view.store, learnt, wait=10)


@requires(Role.STEWARD)
def _discard(view: View) -> None:
    """Callback: the candidate is removed, nothing has happened."""
    try:
        discard(view.store, view.candidate, wait=10)
    except StoreError as error:
        st.session_state["said"] = str(error)
    _forget_delivery()
    state.change(candidate=None)


@requires(Role.STEWARD)
def _other_files() -> None:
    """Callback: what was said of the files of before is over."""
    _forget_delivery()


def _forget_delivery() -> None:
    for key in ("checked", "checked_mode", "answers", "publish_word", "publish_message"):
        st.session_state.pop(key, None)
