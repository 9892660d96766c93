"""The candidate: what publishing it would do, and then publishing or discarding it."""

from contextlib import suppress
from datetime import UTC, datetime

import streamlit as st

from dashboard import shares
from dashboard.intake.reading_options import DeliveryOptions
from dashboard.language.messages import N_, _
from dashboard.model.roles import Role
from dashboard.publishing.changes import Changes
from dashboard.publishing.delivery import CheckedDelivery
from dashboard.shares import people_everywhere
from dashboard.store import StoreError, derive_mappings, discard, publish_candidate, save_mappings
from dashboard.ui import caches, state
from dashboard.ui.changes import draw_changes
from dashboard.ui.dialogs import save_view
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.ui.steward import check_files, column_mapping, given_answers, open_questions
from dashboard.views.view import View

CONFIRMATION = N_("PUBLISH")
"""What has to be typed before large changes are published."""


def draw_preview(view: View) -> None:
    """Draw what publishing the candidate would do: numbers that move and why, rows, doubts; then
    publish or discard.
    """
    changes = caches.get_changes(view)
    st.header(_("What would change"), anchor=False)
    draw_changes(changes)
    _draw_candidate_notes(view)
    _draw_decision(view, changes)


def _draw_candidate_notes(view: View) -> None:
    checked: CheckedDelivery | None = st.session_state.get("checked")
    if checked is None or not _is_of(view, checked):
        return
    for note in checked.candidate.notes if checked.candidate else ():
        st.warning(f"{escape(note)}.", icon=":material/warning:")
    given_answers.draw_given_answers(checked)
    check_files.draw_note_section(checked)
    asked = open_questions.draw_open_questions(view, checked)
    if column_mapping.draw_remembered_columns(checked) or asked:
        check_files.draw_check_again_button(view)


def _is_of(view: View, checked: CheckedDelivery) -> bool:
    """Return whether the candidate that is looked at came of this check."""
    return checked.candidate is not None and checked.candidate.version.id == view.candidate


def _draw_decision(view: View, changes: Changes) -> None:
    """Draw author, reason and, for large changes, a word to type; then publishing or discarding."""
    st.markdown(
        _(
            "Look at every page with the new records first: the menu shows them until you publish"
            " or discard."
        )
    )
    for reason in changes.needs_confirmation:
        st.warning(escape(reason), icon=":material/warning:")
    if signed := state.current_person().name:
        st.markdown(_("Signed by {name}", name=escape(signed)))
    else:
        st.text_input(_("Your name"), key="author", max_chars=100)
    st.text_input(_("Why, in a few words"), key="publish_message", max_chars=300)
    sure = _draw_confirmation() if changes.needs_confirmation else True
    ready = sure and state.current_author() and st.session_state.get("publish_message")
    with st.container(horizontal=True):
        st.button(_("Publish"), type="primary", on_click=_publish, args=(view,), disabled=not ready)
        st.button(_("Discard"), on_click=_discard, args=(view,))


def _draw_confirmation() -> bool:
    """Return whether the word was typed."""
    word = _(CONFIRMATION)
    st.text_input(_("Type {word} to confirm", word=word), key="publish_word")
    return bool(st.session_state.get("publish_word") == word)


@requires(Role.STEWARD)
def _publish(view: View) -> None:
    """Callback: serve the candidate. A second click finds it served already and does nothing."""
    session = st.session_state
    try:
        _publish_once(view)
        session["said"] = _("Published. Everybody sees it within a few seconds.")
    except shares.SharesError as error:
        session["said"] = _(
            "Published; but saved views still name merged people by their old ids: {error}",
            error=save_view.explain_error(error),
        )
    except StoreError as error:
        session["said"] = _("Not published: {error}", error=error.say())
    check_files.forget_delivery()
    state.change_view(candidate=None)


def _publish_once(view: View) -> None:
    """Publish the candidate, keep how its files were read, and follow merged people in links;
    raises StoreError, and SharesError where only the last could not be done.
    """
    before = view.store.open()
    if before.id == view.candidate:
        return
    done = publish_candidate(
        view.store,
        view.candidate,
        author=state.current_author(),
        message=st.session_state["publish_message"],
        now=datetime.now(UTC),
        wait=10,
    )
    _remember_mappings(view)
    people_everywhere.follow(view.store, before, done.version)


def _remember_mappings(view: View) -> None:
    """Keep what was said of columns and sheets for the next delivery."""
    checked: CheckedDelivery | None = st.session_state.get("checked")
    if checked and _is_of(view, checked):
        learnt = derive_mappings(checked.headings, DeliveryOptions(checked.answers.readings))
        with suppress(StoreError):  # then it is asked once more
            save_mappings(view.store, learnt, wait=10)


@requires(Role.STEWARD)
def _discard(view: View) -> None:
    """Remove the candidate (callback): nothing has happened."""
    try:
        discard(view.store, view.candidate, wait=10)
    except StoreError as error:
        st.session_state["said"] = error.say()
    check_files.forget_delivery()
    state.change_view(candidate=None)
