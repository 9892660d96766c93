"""The parts of the Events page: what stands apart, and the agenda."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.charts.words import count, when, where
from dashboard.filters import Filters
from dashboard.share.csv_files import to_csv
from dashboard.ui import caches, state
from dashboard.ui.parts import plain
from dashboard.ui.state import View


def people_in_words(view: View) -> dict[str, str]:
    """Who was named at each event: "Job Doornberg (keynote)", by event id."""
    names: dict[str, list[str]] = {}
    for row in caches.rows(view, "event_people"):
        role = view.labels["role"].get(row["role"], row["role"]).lower()
        names.setdefault(row["event_id"], []).append(f"{row['name']} ({role})")
    return {event: ", ".join(dict.fromkeys(people)) for event, people in names.items()}


def without_months(view: View) -> Filters:
    """The filters with the year of the chosen months in place of the months, to see those beside them."""
    years = view.filters.years() or []
    return view.filters.with_(month=(), year=years[0] if len(years) == 1 else None)


def months_shown(view: View) -> list[str]:
    """All months of the chosen years, or from the first to the last event."""
    years = view.filters.years()
    if years is None:
        found = [row["month"] for row in caches.rows(view, "events_by_month")]
        years = list(range(int(found[0][:4]), int(found[-1][:4]) + 1)) if found else []
    return [f"{year}-{number:02}" for year in years for number in range(1, 13)]


def open_event(event: str) -> None:
    """Callback of a click on a mark: its details are opened, and stand in the URL."""
    state.change(event=event)


def choose_month(month: str) -> None:
    """Callback of a click on a bar: that month, or back to its year when it was chosen already."""
    filters = state.current().filters
    chosen = (
        filters.with_(month=(), year=int(month[:4]))
        if filters.month == (month,)
        else filters.with_(month=(month,), year=None)
    )
    state.change(chosen, event=None)


def choose_speaker(person: str) -> None:
    """Callback of a click on a bar: that person, or everybody when the person was chosen already."""
    filters = state.current().filters
    state.change(filters.with_(speaker=() if filters.speaker == (person,) else (person,)), event=None)


def known_by_the_year_only(view: View, events: list[dict[str, Any]]) -> None:
    """Events without a month: apart from the timeline, or said to be left out when months are chosen."""
    if view.filters.month:
        left_out = caches.rows(view, "undated_events")
        if left_out:
            names = ", ".join(plain(e["title"]) for e in left_out[:8])
            st.caption(f"{count(len(left_out), 'event')} known by the year only cannot match a month: {names}"
                       f"{' …' if len(left_out) > 8 else ''}")  # fmt: skip
        return
    undated = {e["event_id"]: e for e in events if e["date_precision"] in ("year", "unknown")}
    if undated:
        shown = list(undated)[:15]
        st.pills(
            f"Known by the year only, so not on the timeline: {len(undated)}", shown, key="undated", on_change=_open_undated,
            format_func=lambda i: f"{undated[i]['title']} · {undated[i]['year'] or '?'}",
        )  # fmt: skip
        if len(undated) > len(shown):
            st.caption(f"and {len(undated) - len(shown)} more: see the agenda")


def _open_undated() -> None:
    event, st.session_state["undated"] = st.session_state["undated"], None
    state.change(event=event)


def agenda(view: View, events: list[dict[str, Any]], people: Mapping[str, str]) -> None:
    """Every event as a row: sortable, searchable, to open and to download."""
    labels = view.labels
    shown = [
        {
            "Date": e["first_day"] if e["date_precision"] == "day" else None,
            "Note on the date": when(e) if e["date_precision"] != "day" or e["end_date"] != e["start_date"] else "",
            "Event": e["title"],
            "Who": people.get(e["event_id"], ""),
            "Where": where(e),
            "At": e["host_event"] or "",
            "Kind": labels["kind"].get(e["kind"] or "", "not stated"),
            "Our role": labels["our_role"].get(e["our_role"] or "", "not stated"),
            "Status": e["status"],
            "Attendance": e["participants"],
        }
        for e in events
    ]
    st.subheader(f"Agenda: {count(len(shown), 'event')}")
    if not shown:
        return
    key = f"agenda-{st.session_state.setdefault('selections', 0)}"

    def opened() -> None:
        rows = st.session_state[key].selection.rows
        if rows:
            st.session_state["selections"] += 1
            state.change(event=events[rows[0]]["event_id"])

    if not any(row["Attendance"] is not None for row in shown):
        shown = [{name: value for name, value in row.items() if name != "Attendance"} for row in shown]
    st.dataframe(
        shown, key=key, on_select=opened, selection_mode="single-row", hide_index=True, alt="Agenda of the events", placeholder="",
        height=min(38 + 35 * len(shown), 600),
        column_config={"Date": st.column_config.DateColumn(format="D MMM YYYY"), "Event": st.column_config.TextColumn(width="large")},
    )  # fmt: skip
    name = "-".join(["events", *(value for _, value in view.filters.query())])[:80]
    st.download_button(
        "Download as CSV", to_csv(shown), f"{name}.csv", "text/csv", icon=":material/download:", on_click="ignore"
    )
