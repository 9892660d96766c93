"""The strip over a pinned view: as it was shown, which of its numbers differ now and because of
what, and the way between then and now.
"""

from datetime import date, datetime

import streamlit as st

from dashboard.model.roles import Role
from dashboard.model.settings import local_day
from dashboard.publishing.causes import DOES, Cause
from dashboard.publishing.changes import NumberChange
from dashboard.store import StoreError, TableChange, Version
from dashboard.text.words import count, day, listed
from dashboard.ui import caches, state
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.content import Content
from dashboard.views.view import View

SHOWN, NOW = "As shown", "Now"
MAX_NUMBERS_IN_SUMMARY = 2
"""Numbers that are said in the strip itself; the others stand in its list."""


def draw_pinned_banner(view: View, content: Content | None) -> None:
    """Draw the strip where the view is pinned."""
    if not view.pinned:
        return
    served = view.store.served().version
    try:
        pinned = view.store.open(view.pinned)
    except StoreError:  # said in a notice already
        return
    names = tuple(dict.fromkeys((*content.numbers, *content.counted))) if content else ()
    moves = caches.get_moved_numbers(pinned, served, names, view.filters)
    tables = caches.get_differing_tables(pinned, served)
    with st.container(border=True, key="pinned"):
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            st.markdown(
                f":material/keep: **{_format_pin(view, pinned)}**;"
                f" {escape(summarize_changes(len(names), moves, tables))}",
                width="stretch",
            )
            _draw_switch(view)
        if tables:
            _draw_details(view, moves, tables)


def _format_pin(view: View, pinned: Version) -> str:
    now = "Now, and not as shown" if view.extras.get("show") == "now" else "As shown"
    if on := view.extras.get("on"):
        return f"{now} on {day(date.fromisoformat(on))}"
    published = local_day(datetime.fromisoformat(pinned.manifest.time), view.settings)
    return f"{now} with the data of {day(published)}"


def summarize_changes(
    shown: int, moves: tuple[NumberChange, ...], tables: list[TableChange]
) -> str:
    """What differs now: "3 of 7 numbers differ now: participants in trainings about 420 → about 450
    participants, because 2 trainings were added and 1 corrected".
    """
    if not tables:
        return "the data is the same now."
    if not moves:
        number = sum(t.added + t.changed + t.removed for t in tables)
        records = f"{count(number, 'record')} {'differs' if number == 1 else 'differ'}"
        of_page = "its numbers are the same now" if shown else "the data has changed since"
        return f"{of_page}; {records} in {listed([t.table for t in tables])}."
    first = [
        f"{move.metric.label[0].lower()}{move.metric.label[1:]} {move.step()}"
        for move in moves[:MAX_NUMBERS_IN_SUMMARY]
    ]
    rest = (
        f"; and {len(moves) - MAX_NUMBERS_IN_SUMMARY} more"
        if len(moves) > MAX_NUMBERS_IN_SUMMARY
        else ""
    )
    return (
        f"{len(moves)} of {count(shown, 'number')} {'differs' if len(moves) == 1 else 'differ'}"
        f" now: {'; '.join(first)}{rest}."
    )


def _draw_switch(view: View) -> None:
    st.session_state["pinned_shows"] = NOW if view.extras.get("show") == "now" else SHOWN
    st.segmented_control(
        "Show the data",
        [SHOWN, NOW],
        key="pinned_shows",
        required=True,
        label_visibility="collapsed",
        on_change=_apply_switch,
    )


@requires(Role.VIEWER)
def _apply_switch() -> None:
    state.change_view(show="now" if st.session_state["pinned_shows"] == NOW else None)


def _draw_details(view: View, moves: tuple[NumberChange, ...], tables: list[TableChange]) -> None:
    """Every number that differs with the records behind it, and how many records differ in each
    table.
    """
    with st.expander("What has changed since", icon=":material/difference:"):
        for move in moves:
            st.markdown(f"**{escape(move.metric.label)}**: {escape(move.step())}")
            st.markdown(
                "\n".join(
                    f"- {_format_cause(view, cause)} {DOES[cause.what]}" for cause in move.causes
                )
            )
        said = [
            f"{t.table}: "
            + ", ".join(
                f"{number:,} {what}"
                for what, number in (
                    ("added", t.added),
                    ("changed", t.changed),
                    ("removed", t.removed),
                )
                if number
            )
            for t in tables
        ]
        st.caption(
            "Records that differ, whether a number of this page depends on them or not:"
            f" {escape('; '.join(said))}"
        )


def _format_cause(view: View, cause: Cause) -> str:
    """A record as a link into the version that has it: what was added is there now only, what was
    removed then only.
    """
    name, _, value = state.link_to_record(cause.table, cause.record_id).partition("=")
    show = {"added": "now", "removed": ""}.get(cause.what, view.extras.get("show", ""))
    return (
        f"[{escape(cause.label)}]({view.link(**{name: value, 'show': show})[1:]})"
        if name
        else escape(cause.label)
    )
