"""What opens over a page: one event, or the records behind one number. Each has its own link."""

from typing import Any

import streamlit as st

from dashboard.charts.words import when, where
from dashboard.filters import Filters
from dashboard.metrics import METRICS, behind
from dashboard.share.csv_files import to_csv
from dashboard.ui import caches, parts, state
from dashboard.ui.parts import plain
from dashboard.ui.state import View


def show(view: View) -> None:
    """Open the dialog that the URL asks for, if any."""
    if name := view.extras.get("why"):
        _why(view, name)
    elif event := view.extras.get("event"):
        _event(view, event)


def close() -> None:
    """Callback: nothing is open any more."""
    state.change(**dict.fromkeys(state.DIALOGS))


def _event(view: View, event_id: str) -> None:
    found = [e for e in caches.rows(view, "events", Filters()) if e["event_id"] == event_id]
    if not found:
        st.toast("The event of this link is not known here.", icon=":material/help:")
        return
    event = found[0]

    @st.dialog(plain(event["title"]), width="medium", on_dismiss=close)
    def content() -> None:
        st.markdown(f"**{plain(when(event))}** · {plain(where(event))}")
        if event["host_event"]:
            st.markdown(f"At {plain(event['host_event'])}")
        for person in caches.rows(view, "event_people", Filters()):
            if person["event_id"] == event_id:
                st.markdown(f"- {_contribution(view, person)}")
        st.markdown(" · ".join(_facts(view, event)))
        if event["note"]:
            st.caption(plain(event["note"]))
        _sources(view, "events", [event_id])

    content()


def _contribution(view: View, person: dict[str, Any]) -> str:
    talk = f": *{plain(person['talk_title'])}*" if person["talk_title"] else ""
    return (
        f"**{plain(person['name'])}**, {plain(view.labels['role'].get(person['role'], person['role'])).lower()}{talk}"
    )


def _facts(view: View, event: dict[str, Any]) -> list[str]:
    named = [
        (view.labels["kind"].get(event["kind"] or ""), "kind not stated"),
        (view.labels["our_role"].get(event["our_role"] or ""), "our role not stated"),
        (view.labels["pillar"].get(event["pillar"] or ""), "no pillar stated"),
        (view.labels["line"].get(event["line"] or ""), ""),
        (event["status"] if event["status"] != "held" else "", ""),
        (event["audience"], ""),
    ]
    attendance = f"{event['participants']:,} attended" if event["participants"] is not None else "attendance not known"
    return [plain(label or missing) for label, missing in named if label or missing] + [attendance]


def _why(view: View, name: str) -> None:
    if name not in METRICS:
        st.toast("The number of this link is not known here.", icon=":material/help:")
        return
    metric, quantity = METRICS[name], caches.number(view, name)

    @st.dialog(f"{metric.label}: {metric.words(quantity)}", width="large", on_dismiss=close)
    def content() -> None:
        for note in parts.notes(view, metric, quantity):
            st.caption(note)
        st.markdown(parts.definition(metric))
        rows = [row for row, _ in behind(view.version, metric, view.filters)]
        shown = [{"Record": r["label"], "Date": r["date"], "Counts for": _counts_for(r)} for r in rows]
        if shown:
            st.dataframe(
                shown, hide_index=True, height=min(38 + 35 * len(shown), 380), alt=f"Records behind {metric.label}"
            )
            st.download_button("Download the records", to_csv(rows), f"{name}.csv", "text/csv", icon=":material/download:",
                               on_click="ignore")  # fmt: skip
        st.caption(f"Version {view.version.id} · {metric.owner} answers for this number")

    content()


def _counts_for(row: dict[str, Any]) -> str:
    if row["value"] is None:
        return "not known" if row["kind"] == "unknown" else "withheld"
    qualifier = {"about": "about ", "at-least": "at least "}.get(row["kind"], "")
    return f"{qualifier}{row['value']:,}{' (disputed)' if row.get('disputed') else ''}"


def _sources(view: View, table: str, ids: list[str]) -> None:
    claims = caches.rows(view, "record_claims", Filters(), of_table=table, record_ids=ids)
    if not claims:
        return
    with st.expander(f"Sources ({len(claims)})", icon=":material/menu_book:"):
        for claim in claims:
            place = ", ".join(p for p in (claim["section"], f"line {claim['line']}" if claim["line"] else "") if p)
            verb = {"stated": "states", "added": f"adds {claim['field']}", "differs": f"differs on {claim['field']}"}[
                claim["stance"]
            ]
            st.markdown(
                f"- {plain(claim['source'])} {plain(verb)} “{plain(claim['stated'])}” {plain(f'({place})' if place else '')}"
            )
