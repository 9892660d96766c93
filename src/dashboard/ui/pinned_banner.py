"""The line over a pinned view: as it was shown, which of its numbers differ now and because of
what, and the way between then and now.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import streamlit as st

from dashboard.language.messages import N_, _, ngettext
from dashboard.model.roles import Role
from dashboard.model.settings import local_day
from dashboard.publishing.causes import Cause
from dashboard.publishing.changes import NumberChange
from dashboard.store import StoreError, TableChange, Version
from dashboard.text.column_names import name_table
from dashboard.text.counts import format_count
from dashboard.text.dates import format_day
from dashboard.text.lists import join_names
from dashboard.text.sentences import lower_first
from dashboard.ui import caches, state
from dashboard.ui.changes import format_row_counts
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.content import Content
from dashboard.views.view import View, link_to_record

AS_SHOWN, NOW = "shown", "now"
SWITCH_LABELS: Mapping[str, str] = {AS_SHOWN: N_("As shown"), NOW: N_("Now")}
CAUSES: Mapping[str, str] = {
    "added": N_("{record} added"),
    "corrected": N_("{record} corrected"),
    "removed": N_("{record} removed"),
    "counts": N_("{record} newly counted"),
    "counts not": N_("{record} no longer counted"),
    "disputed": N_("{record} newly disputed"),
    "not disputed": N_("{record} no longer disputed"),
}
"""How a record makes a number differ."""
MAX_NUMBERS_IN_SUMMARY = 2
"""Numbers that are said in the line itself; all stand in its list."""


def draw_pinned_banner(view: View, content: Content | None) -> None:
    """Draw the line where the view is pinned."""
    if not view.pinned:
        return
    served = view.store.served().version
    try:
        pinned = view.store.open(view.pinned)
    except StoreError:  # said in a notice already
        return
    names = tuple(content.metrics) if content else ()
    numbers = caches.get_moved_numbers(pinned, served, names, view.filters)
    tables = caches.get_differing_tables(pinned, served)
    summary = summarize_changes(len(names), numbers, tables)
    with st.container(key="pinned", horizontal=True, vertical_alignment="center"):
        line = f":material/keep: **{_format_pin(view, pinned)}**; {escape(summary)}"
        st.markdown(line, width="stretch")
        if tables:
            _draw_details(view, numbers, tables)
        _draw_switch(view)


def _format_pin(view: View, pinned: Version) -> str:
    """Return which data are shown, and what they are compared with."""
    now = _shows_now(view)
    if on := view.extras.get("on"):
        shown = format_day(date.fromisoformat(on))
        return (
            _("Now, and not as shown on {day}", day=shown)
            if now
            else _("As shown on {day}", day=shown)
        )
    published = format_day(local_day(datetime.fromisoformat(pinned.manifest.time), view.settings))
    return (
        _("Now, and not as shown with the data of {day}", day=published)
        if now
        else _("As shown with the data of {day}", day=published)
    )


def _shows_now(view: View) -> bool:
    return view.extras.get("show") == NOW


def summarize_changes(
    shown: int, numbers: Sequence[NumberChange], tables: Sequence[TableChange]
) -> str:
    """Return what differs now: "3 of 7 numbers differ now: participants in trainings about 420 →
    about 450 participants, because 2 trainings were added and 1 corrected".
    """
    if not tables:
        return _("the data is the same now.")
    if not numbers:
        return _summarize_records(shown, tables)
    return ngettext(
        "{n} of {numbers} differs now: {changes}.",
        "{n} of {numbers} differ now: {changes}.",
        len(numbers),
        numbers=format_count(shown, "number"),
        changes=_list_changes(numbers),
    )


def _list_changes(numbers: Sequence[NumberChange]) -> str:
    """Return the first numbers that differ, each with its step, and how many there are besides."""
    changes = "; ".join(
        f"{lower_first(one.metric.label)} {one.step()}" for one in numbers[:MAX_NUMBERS_IN_SUMMARY]
    )
    more = len(numbers) - MAX_NUMBERS_IN_SUMMARY
    return _("{changes}; and {more} more", changes=changes, more=more) if more > 0 else changes


def _summarize_records(shown: int, tables: Sequence[TableChange]) -> str:
    """Return which records differ where no number of the page does."""
    number = sum(t.added + t.changed + t.removed for t in tables)
    records = ngettext(
        "{records} differs in {tables}",
        "{records} differ in {tables}",
        number,
        records=format_count(number, "record"),
        tables=join_names([name_table(t.table) for t in tables]),
    )
    return (
        _("its numbers are the same now; {records}.", records=records)
        if shown
        else _("the data has changed since; {records}.", records=records)
    )


def _draw_switch(view: View) -> None:
    called = {one: _(label) for one, label in SWITCH_LABELS.items()}
    st.session_state["pinned_shows"] = NOW if _shows_now(view) else AS_SHOWN
    st.segmented_control(
        _("Show the data"),
        list(called),
        key="pinned_shows",
        format_func=called.__getitem__,
        required=True,
        label_visibility="collapsed",
        on_change=_apply_switch,
    )


@requires(Role.VIEWER)
def _apply_switch() -> None:
    """Callback: show the data as they are now, or as they were shown."""
    shows_now = st.session_state["pinned_shows"] == NOW
    state.change_view(show=NOW if shows_now else None)


def _draw_details(
    view: View, numbers: Sequence[NumberChange], tables: Sequence[TableChange]
) -> None:
    """Draw every number that differs with the records behind it, and how many records differ in
    each table.
    """
    with st.popover(_("What has changed since"), type="tertiary"):
        for one in numbers:
            st.markdown(f"**{escape(one.metric.label)}**: {escape(one.step())}")
            causes = [
                f"- {_(CAUSES[cause.what], record=_format_cause(view, cause))}"
                for cause in one.causes
            ]
            st.markdown("\n".join(causes))
        rows = [
            _("{table}: {rows}", table=name_table(table.table), rows=format_row_counts(table))
            for table in tables
        ]
        st.caption(
            _(
                "Records that differ, whether a number of this page depends on them or not: {tables}",
                tables=escape("; ".join(rows)),
            )
        )


def _format_cause(view: View, cause: Cause) -> str:
    """Return a record as a link into the version that has it: what was added is there now only,
    what was removed then only.
    """
    link = link_to_record(cause.table, cause.record_id)
    if not link:
        return escape(cause.label)
    name, value = link.split("=", 1)
    show = {"added": NOW, "removed": ""}.get(cause.what, view.extras.get("show", ""))
    return f"[{escape(cause.label)}]({view.link(**{name: value, 'show': show})[1:]})"
