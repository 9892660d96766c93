"""What was published, going back, and people who are one person or ask to be forgotten."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.charts.words import count
from dashboard.delivery import Checked
from dashboard.share import persons
from dashboard.share.shelf import ShelfError
from dashboard.store import StoreError, merge_people, rollback
from dashboard.store import history as log
from dashboard.ui import caches, saving, state
from dashboard.ui.parts import plain
from dashboard.ui.publish import show_changes
from dashboard.view import View


def history(view: View) -> None:
    """Who published what, when and why; going back and forward in one step."""
    if said := st.session_state.pop("said", ""):
        st.info(plain(said))
    st.header("History", anchor=False)
    entries = log(view.store)[::-1]
    served, kept = view.store.current_id(), {v.id for v in view.store.versions()}
    st.dataframe(
        [{"When": str(e["time"])[:16].replace("T", " "), "What": e["action"], "Who": e["author"], "Why": e["message"],
          "Version": e["version"]} for e in entries[:200]],
        hide_index=True, alt="History of the store", placeholder="",
    )  # fmt: skip
    others = [v for v in dict.fromkeys(str(e["version"]) for e in entries) if v in kept and v != served]
    if not others:
        return
    names = {
        str(e["version"]): f"{str(e['time'])[:10]} · {e['message'] or 'no reason given'} · {e['version']}"
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
        st.text_input("Why", key="back_why", max_chars=300)
        st.button("Go to it", on_click=_roll_back, args=(view,),
                  disabled=not (st.session_state.get("back_to") and st.session_state.get("back_why")))  # fmt: skip
    if chosen := st.session_state.get("back_to"):
        st.markdown("**What serving it would change:**")
        try:
            other = view.store.open(chosen)
        except StoreError as error:
            st.error(f"It cannot be served: {plain(error)}", icon=":material/healing:")
        else:
            show_changes(caches.changes(view, other))


def _roll_back(view: View) -> None:
    session = st.session_state
    try:
        rollback(view.store, session["back_to"], author=state.author() or "steward", message=session["back_why"],
                 now=datetime.now(UTC), wait=10)  # fmt: skip
        session["said"] = f"Version {session['back_to']} is served again."
    except StoreError as error:
        session["said"] = f"Nothing was changed: {error}"
    session["back_to"] = None


def people(view: View) -> None:
    """Two spellings that are one person; and a person who asks to be forgotten."""
    names = view.labels["speaker"]
    with st.expander("People: merge or forget", icon=":material/group_remove:"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                "Keep", names, index=None, key="merge_keep", format_func=names.__getitem__, placeholder="This person"
            )
            st.selectbox(
                "is the same as",
                names,
                index=None,
                key="merge_gone",
                format_func=names.__getitem__,
                placeholder="that one",
            )
            st.button("Preview the merge", on_click=_merge, args=(view,))
        st.markdown("Forgetting removes a person from **every** kept version, and cannot be undone.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                "Forget",
                names,
                index=None,
                key="forget_who",
                format_func=names.__getitem__,
                placeholder="Choose a person",
            )
            st.text_input("Type the name to confirm", key="forget_word", max_chars=200)
            st.button("Forget this person", on_click=_forget, args=(view,))


def _merge(view: View) -> None:
    session = st.session_state
    keep, gone = session.get("merge_keep"), session.get("merge_gone")
    if not keep or not gone or keep == gone:
        session["said"] = "Choose two different people."
        return
    try:
        candidate = merge_people(view.store, keep, gone, author=state.author() or "steward",
                                 message="two spellings, one person", now=datetime.now(UTC))  # fmt: skip
    except StoreError as error:
        session["said"] = f"Nothing was merged: {error}"
        return
    session["checked"] = Checked(candidate=candidate)
    state.change(candidate=candidate.version.id)


def _forget(view: View) -> None:
    session = st.session_state
    who = session.get("forget_who")
    if not who or session.get("forget_word") != view.labels["speaker"][who]:
        session["said"] = "Nobody was forgotten: choose a person and type the name exactly."
        return
    try:
        done = persons.forget(view.store, who, author=state.author() or "steward", message="on request",
                              now=datetime.now(UTC), wait=10)  # fmt: skip
    except StoreError as error:
        session["said"] = f"Nobody was forgotten: {error}"
        return
    except ShelfError as error:  # the disk may have filled up between the store and the shelf: once more finishes it
        session["said"] = f"Not finished: {saving.reason(error)} Forget the person once more."
        return
    session["said"] = f"Forgotten in {count(len(done.versions), 'version')}." + (
        f" The name still stands in {count(len(done.mentions), 'text')}: mend them by hand." if done.mentions else ""
    )
    session["forget_who"], session["forget_word"] = None, ""
