"""What was published, going back, and people who are one person or ask to be forgotten."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.model.roles import Role
from dashboard.publishing.delivery import Checked
from dashboard.shares import ShelfError, people_everywhere
from dashboard.store import StoreError, merge_people, rollback
from dashboard.store import history as log
from dashboard.text.words import count
from dashboard.ui import caches, state
from dashboard.ui.dialogs import save_view
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.ui.steward.publish import draw_changes
from dashboard.views.view import View

MAX_LISTED_MENTIONS = 20


def draw_history(view: View) -> None:
    """Who published what, when and why; going back and forward in one step."""
    if said := st.session_state.pop("said", ""):
        st.info(escape(said))
    st.header("History", anchor=False)
    entries = log(view.store)[::-1]
    served, kept = view.store.current_id(), {v.id for v in view.store.versions()}
    st.dataframe(
        [
            {
                "When": _format_time(e["time"], view),
                "What": e["action"],
                "Who": e["author"],
                "Why": e["message"],
                "Version": e["version"],
            }
            for e in entries[:200]
        ],
        hide_index=True,
        alt="History of the store",
        placeholder="",
    )
    others = [
        v for v in dict.fromkeys(str(e["version"]) for e in entries) if v in kept and v != served
    ]
    if not others:
        return
    names = {
        str(
            e["version"]
        ): f"{str(e['time'])[:10]} · {e['message'] or 'no reason given'} · {e['version']}"
        for e in entries
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Serve another version",
            others,
            index=None,
            key="back_to",
            format_func=names.__getitem__,
            placeholder="Choose a version",
        )
        who = _draw_signature("back", "Who goes back")
        st.text_input("Why", key="back_why", max_chars=300)
        ready = who and st.session_state.get("back_to") and _typed("back_why")
        st.button("Go to it", on_click=_roll_back, args=(view,), disabled=not ready)
    if chosen := st.session_state.get("back_to"):
        st.markdown("**What serving it would change:**")
        try:
            other = view.store.open(chosen)
        except StoreError as error:
            st.error(f"It cannot be served: {escape(error)}", icon=":material/healing:")
        else:
            draw_changes(caches.get_changes(view, other))


def _draw_signature(purpose: str, label: str) -> str:
    """Who signs: the account, else the name that is asked for here."""
    if signed := state.current_person().name:
        return signed
    st.text_input(label, key=f"{purpose}_who_signs", max_chars=100)
    return _typed(f"{purpose}_who_signs")


def _typed(key: str) -> str:
    return str(st.session_state.get(key) or "").strip()


def _read_signature(purpose: str) -> dict[str, Any]:
    """Who and why, for the log."""
    return {
        "author": state.current_person().name or _typed(f"{purpose}_who_signs"),
        "message": _typed(f"{purpose}_why"),
    }


def _format_time(moment: object, view: View) -> str:
    """When something happened, by the clock of the programme."""
    here = datetime.fromisoformat(str(moment)).astimezone(ZoneInfo(view.settings.time_zone))
    return f"{here:%Y-%m-%d %H:%M}"


@requires(Role.STEWARD)
def _roll_back(view: View) -> None:
    session = st.session_state
    try:
        rollback(
            view.store,
            session["back_to"],
            **_read_signature("back"),
            now=datetime.now(UTC),
            wait=10,
        )
        session["said"] = f"Version {session['back_to']} is served again."
    except StoreError as error:
        session["said"] = f"Nothing was changed: {error}"
    session["back_to"] = None


def draw_people(view: View) -> None:
    """Two spellings that are one person; and a person who asks to be forgotten."""
    names = view.labels["speaker"]

    def choose(label: str, key: str, placeholder: str) -> None:
        st.selectbox(
            label,
            names,
            index=None,
            key=key,
            format_func=names.__getitem__,
            placeholder=placeholder,
        )

    # the key keeps it open when a message above it moves it down the page
    with st.expander(
        "People: merge or forget",
        icon=":material/group_remove:",
        key="people_panel",
        on_change="rerun",
    ):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            choose("Keep", "merge_keep", "This person")
            choose("is the same as", "merge_gone", "that one")
            st.button("Preview the merge", on_click=_preview_merge, args=(view,))
        st.markdown(
            "Forgetting removes a person from **every** kept version, and cannot be undone."
        )
        choose("Forget", "forget_who", "Choose a person")
        if chosen := st.session_state.get("forget_who"):
            _draw_forget_confirmation(view, chosen)


def _draw_forget_confirmation(view: View, chosen: str) -> None:
    """Exactly who would be forgotten; then who asks, why, and the id typed."""
    st.warning(
        f"To be forgotten: {escape(people_everywhere.described(view.version, chosen))}",
        icon=":material/person_remove:",
    )
    try:
        found = people_everywhere.preview(view.store, chosen)
    except ShelfError as error:
        st.warning(escape(save_view.explain_error(error)), icon=":material/warning:")
        found = ()
    if found:
        st.markdown(
            "Links on the shelf that name this person are changed; short links that search for the"
            " name go:"
        )
        st.markdown(
            "\n".join(
                f"- {escape(f'{m.table} {m.record_id}: {m.text}')}"
                for m in found[:MAX_LISTED_MENTIONS]
            )
        )
        if len(found) > MAX_LISTED_MENTIONS:
            st.caption(f"and {count(len(found) - MAX_LISTED_MENTIONS, 'other')}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = _draw_signature("forget", "Who forgets")
        st.text_input("Why this person", key="forget_why", max_chars=300)
        st.text_input(f"Type {escape(chosen)} to confirm", key="forget_word", max_chars=200)
        ready = who and _typed("forget_why") and _typed("forget_word") == chosen
        st.button(
            "Forget this person", on_click=_forget_person, args=(view, chosen), disabled=not ready
        )


@requires(Role.STEWARD)
def _preview_merge(view: View) -> None:
    session = st.session_state
    keep, gone = session.get("merge_keep"), session.get("merge_gone")
    if not keep or not gone or keep == gone:
        session["said"] = "Choose two different people."
        return
    try:
        candidate = merge_people(
            view.store,
            keep,
            gone,
            author=state.current_author() or "steward",
            message="two spellings, one person",
            now=datetime.now(UTC),
        )
    except StoreError as error:
        session["said"] = f"Nothing was merged: {error}"
        return
    session["checked"] = Checked(candidate=candidate)
    state.change_view(candidate=candidate.version.id)


@requires(Role.STEWARD)
def _forget_person(view: View, who: str) -> None:
    session = st.session_state
    try:
        done = people_everywhere.forget(
            view.store, who, **_read_signature("forget"), now=datetime.now(UTC), wait=10
        )
    except StoreError as error:
        session["said"] = f"Nobody was forgotten: {error}"
        return
    except ShelfError as error:  # the disk may have filled up between the store and the shelf
        session["said"] = (
            f"Not finished: {save_view.explain_error(error)} Whoever publishes next goes on, and so does the"
            " next start."
        )
        return
    session["said"] = (
        f"Forgotten in {count(len(done.versions), 'version')}."
        + (
            f" The name still stands in {count(len(done.mentions), 'text')}: mend them by hand."
            if done.mentions
            else ""
        )
        + " Backups, exports and data/ still hold the person."
    )
    session.update(forget_who=None, forget_word="", forget_why="")
