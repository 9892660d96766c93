"""Two spellings that are one person, and a person who asks to be forgotten."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard.language.messages import N_, _, pgettext
from dashboard.model.roles import Role
from dashboard.publishing.delivery import CheckedDelivery
from dashboard.shares import SharesError, people_everywhere
from dashboard.store import Candidate, Forgotten, Mention, Store, StoreError, merge_people
from dashboard.text.counts import format_count
from dashboard.ui import state
from dashboard.ui.dialogs import save_view
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.ui.steward.signature import draw_author, read_signature, read_text
from dashboard.views.view import View

MAX_LISTED_MENTIONS = 20
MENTIONED: Mapping[str, str] = {
    "short links": N_("short links {record}: {text}"),
    "saved views": N_("saved views {record}: {text}"),
}
"""Where a person is named on the shelf, by the table that `Mention` names."""


def draw_people(view: View) -> None:
    """Draw the choice of two people to merge, and of one to be forgotten."""
    names = view.labels["speaker"]
    # the key keeps it open when a message above it moves it down the page
    with st.expander(
        _("People: merge or forget"),
        icon=":material/group_remove:",
        key="people_panel",
        on_change="rerun",
    ):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _draw_person_box(
                names, pgettext("merging people", "Keep"), "merge_keep", _("This person")
            )
            _draw_person_box(names, _("is the same as"), "merge_gone", _("that one"))
            st.button(_("Preview the merge"), on_click=_preview_merge, args=(view,))
        st.markdown(
            _("Forgetting removes a person from **every** kept version, and cannot be undone.")
        )
        _draw_person_box(names, _("Forget"), "forget_who", _("Choose a person"))
        if chosen := st.session_state.get("forget_who"):
            _draw_forget_confirmation(view, chosen)


def _draw_person_box(names: Mapping[str, str], label: str, key: str, placeholder: str) -> None:
    st.selectbox(
        label,
        names,
        index=None,
        key=key,
        format_func=names.__getitem__,
        placeholder=placeholder,
    )


def _draw_forget_confirmation(view: View, chosen: str) -> None:
    """Draw exactly who would be forgotten; then ask who wants it, why, and for the id typed."""
    person = escape(people_everywhere.describe_person(view.version, chosen))
    st.warning(_("To be forgotten: {person}", person=person), icon=":material/person_remove:")
    try:
        _draw_mentions(people_everywhere.preview_mentions(view.store, chosen))
    except SharesError as error:
        save_view.draw_error(error)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        author = draw_author("forget", _("Who forgets"))
        st.text_input(_("Why this person"), key="forget_why", max_chars=300)
        st.text_input(
            _("Type {word} to confirm", word=escape(chosen)), key="forget_word", max_chars=200
        )
        ready = author and read_text("forget_why") and read_text("forget_word") == chosen
        st.button(
            _("Forget this person"),
            on_click=_forget_person,
            args=(view, chosen),
            disabled=not ready,
        )


def _draw_mentions(found: Sequence[Mention]) -> None:
    """Draw which links name the person, and would be changed or dropped."""
    if not found:
        return
    st.markdown(
        _(
            "Links on the shelf that name this person are changed; short links that search for the"
            " name go:"
        )
    )
    shown = [
        _(MENTIONED[one.table], record=one.record_id, text=one.text)
        for one in found[:MAX_LISTED_MENTIONS]
    ]
    st.markdown("\n".join(f"- {escape(line)}" for line in shown))
    if len(found) > MAX_LISTED_MENTIONS:
        others = format_count(len(found) - MAX_LISTED_MENTIONS, "other")
        st.caption(_("and {others}", others=others))


@requires(Role.STEWARD)
def _preview_merge(view: View) -> None:
    """Make a candidate in which the two people are one, and open it (callback)."""
    session = st.session_state
    keep, gone = session.get("merge_keep"), session.get("merge_gone")
    if not keep or not gone or keep == gone:
        session["said"] = _("Choose two different people.")
        return
    try:
        candidate = _merge(view.store, keep, gone)
    except StoreError as error:
        session["said"] = _("Nothing was merged: {error}", error=error.say())
        return
    session["checked"] = CheckedDelivery(candidate=candidate)
    state.change_view(candidate=candidate.version.id)


def _merge(store: Store, keep: str, gone: str) -> Candidate:
    return merge_people(
        store,
        keep,
        gone,
        author=state.current_author() or "steward",
        message="two spellings, one person",
        now=datetime.now(UTC),
    )


@requires(Role.STEWARD)
def _forget_person(view: View, person: str) -> None:
    """Callback: forget the person in every version and on the shelf."""
    session, signature = st.session_state, read_signature("forget")
    try:
        done = people_everywhere.forget(
            view.store, person, **signature, now=datetime.now(UTC), wait=10
        )
    except StoreError as error:
        session["said"] = _("Nobody was forgotten: {error}", error=error.say())
    except SharesError as error:  # the disk may have filled up between the store and the shelf
        session["said"] = _(
            "Not finished: {error} Whoever publishes next goes on, and so does the next start.",
            error=save_view.explain_error(error),
        )
    else:
        session["said"] = _describe_forgotten(done)
        session.update(forget_who=None, forget_word="", forget_why="")


def _describe_forgotten(done: Forgotten) -> str:
    versions, texts = (
        format_count(len(done.versions), "version"),
        format_count(len(done.mentions), "text"),
    )
    if done.mentions:
        return _(
            "Forgotten in {versions}. The name still stands in {texts}: mend them by hand. Backups,"
            " exports and data/ still hold the person.",
            versions=versions,
            texts=texts,
        )
    return _(
        "Forgotten in {versions}. Backups, exports and data/ still hold the person.",
        versions=versions,
    )
