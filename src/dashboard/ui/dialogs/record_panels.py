"""One record: what is known of it, what belongs to it, and which source says so."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.charts.funding import describe_way, format_amount, read_amount
from dashboard.model.filters import NO_FILTERS
from dashboard.model.quantity import make_quantity
from dashboard.model.roles import Role
from dashboard.query import questions
from dashboard.schema.contract import Column, Table, tables
from dashboard.text.dates import format_partial_date
from dashboard.text.records import format_event_dates, format_event_place, format_project_period
from dashboard.ui import state
from dashboard.ui.dialogs import record_parts
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.content.common import distinguish_people
from dashboard.views.view import View, link_to_record

Row = Mapping[str, Any]


def open_event(view: View, event_id: str) -> None:
    """Open the panel of an event."""
    found = questions.record(view.version, "events", event_id)
    if found is None:
        st.toast("The event of this link is not known here.", icon=":material/help:")
        return
    place = (
        questions.record(view.version, "places", found["place_id"]) if found["place_id"] else None
    )
    found |= (
        {"venue": None, "city": None, "country": None}
        | (place or {})
        | {"end_date": found["end_date"] or found["start_date"]}
    )
    st.dialog(escape(found["title"]), width="medium", on_dismiss=state.close_panels)(_draw_event)(
        view, found
    )


@requires(Role.VIEWER, draws=True)
def _draw_event(view: View, found: Row) -> None:
    st.markdown(f"**{escape(format_event_dates(found))}** · {escape(format_event_place(found))}")
    if found["host_event"]:
        st.markdown(f"At {escape(found['host_event'])}")
    for person in distinguish_people(
        view, view.rows("people_of_event", NO_FILTERS, event=found["event_id"])
    ):
        _draw_contribution(view, person)
    st.markdown(" · ".join(_format_event_facts(view, found)))
    if found["note"]:
        st.caption(escape(found["note"]))
    record_parts.draw_record_sources(view, "events", found["event_id"])
    state.rerun_if_link_opened()


def _draw_contribution(view: View, person: Row) -> None:
    role = view.labels["role"].get(person["role"], person["role"]).lower()
    talk = f": *{escape(person['talk_title'])}*" if person["talk_title"] else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        record_parts.draw_open_button(
            person["name"],
            f"person={person['person_id']}",
            f"{person['person_id']}-{person['role']}-{person['nr']}",
        )
        st.markdown(f"{escape(role)}{talk}")


def _format_event_facts(view: View, found: Row) -> list[str]:
    labels = view.labels
    named = [
        (labels["kind"].get(found["kind"] or ""), "kind not stated"),
        (labels["our_role"].get(found["our_role"] or ""), "our role not stated"),
        (labels["pillar"].get(found["pillar"] or ""), "no pillar stated"),
        (labels["line"].get(found["line"] or ""), ""),
        (found["status"] if found["status"] != "held" else "", ""),
        (found["audience"], ""),
    ]
    attendance = make_quantity(found["participants"], found["participants_kind"])
    words = (
        f"{attendance.words()} attended" if attendance.known else f"attendance {attendance.words()}"
    )
    return [escape(label or missing) for label, missing in named if label or missing] + [
        escape(words)
    ]


def open_project(view: View, project_id: str) -> None:
    """Open the panel of a project: when it runs, who takes part, what pays for it."""
    found = questions.record(view.version, "projects", project_id)
    if found is None:
        st.toast("The project of this link is not known here.", icon=":material/help:")
        return
    st.dialog(escape(found["title"]), width="medium", on_dismiss=state.close_panels)(_draw_project)(
        view, found
    )


@requires(Role.VIEWER, draws=True)
def _draw_project(view: View, found: Row) -> None:
    project_id, roles = found["project_id"], view.terms["party-role"]
    st.markdown(" · ".join(escape(fact) for fact in _format_project_facts(view, found)))
    if found["note"]:
        st.caption(escape(found["note"]))
    record_parts.draw_parties(view.rows("project_parties", NO_FILTERS, ids=[project_id]), roles)
    for grant in view.rows("funding", NO_FILTERS):
        if grant["project_id"] == project_id:
            _draw_grant(grant)
    record_parts.draw_record_sources(view, "projects", project_id)
    state.rerun_if_link_opened()


def _format_project_facts(view: View, found: Row) -> list[str | None]:
    terms, labels = view.terms, view.labels
    return [
        terms["project-kind"].get(found["kind"], found["kind"]),
        terms["project-status"].get(found["status"], found["status"]),
        format_project_period(found),
        labels["pillar"].get(found["pillar"] or "", "no pillar stated"),
        labels["line"].get(found["line"] or "", "no strategic line stated"),
        f"our role: {labels['our_role'].get(found['our_role'] or '', 'not stated').lower()}",
    ]


def _draw_grant(grant: Row) -> None:
    st.markdown(
        f"Paid by **{escape(grant['title'])}**: {escape(format_amount(read_amount(grant)))} "
        f" \n{escape(describe_way(grant))}"
    )
    record_parts.draw_open_button(
        "Open the grant", f"record=funding.{grant['funding_id']}", grant["funding_id"]
    )


def open_record_panel(view: View, word: str) -> None:
    """Open the panel of any record: every column that holds something, what belongs to it, and its
    sources.
    """
    table, _, identity = word.partition(".")
    found = questions.record(view.version, table, identity)
    if found is None:
        st.toast("The record of this link is not known here.", icon=":material/help:")
        return
    title = escape(_title_of(found, identity))
    st.dialog(title, width="medium", on_dismiss=state.close_panels)(_draw_record)(
        view, table, identity, found
    )


@requires(Role.VIEWER, draws=True)
def _draw_record(view: View, table: str, identity: str, found: Row) -> None:
    _draw_fields(view, tables()[table], found)
    _draw_related_records(view, table, identity)
    record_parts.draw_record_sources(view, table, identity)
    st.caption(f"Record {escape(identity)} of the table {escape(table)}")
    state.rerun_if_link_opened()


def _draw_fields(view: View, contract: Table, found: Row) -> None:
    """Draw every column that holds something: as text, or as a button where it names another
    record.
    """
    references = {r.column: r.target for r in contract.references}
    heading = _title_of(found, "")
    elsewhere = {*contract.key, "participants_kind", "amount_kind", *references}
    lines = [
        f"**{escape(_format_column_name(column.name))}** {escape(_format_value(view, column, found))}"
        for column in contract.shown_columns
        if column.name not in elsewhere and found[column.name] not in (None, heading)
    ]
    st.markdown("  \n".join(lines))
    with st.container(gap=None):
        for name, target in references.items():
            if found[name]:
                _draw_reference(view, name, target, str(found[name]))


def _draw_reference(view: View, column: str, table: str, identity: str) -> None:
    record = questions.record(view.version, table, identity) or {}
    record_parts.draw_linked_record(
        _title_of(record, identity),
        link_to_record(table, identity),
        f"{column}-{identity}",
        _format_column_name(column).lower(),
    )


def _title_of(found: Row, otherwise: str) -> str:
    return str(
        next(
            (found[name] for name in ("title", "name", "venue", "city") if found.get(name)),
            otherwise,
        )
    )


def _format_column_name(column: str) -> str:
    return column.removesuffix("_id").replace("_eur", "").replace("_", " ").capitalize()


def _format_value(view: View, column: Column, found: Row) -> str:
    """Return a value as people say it: a term by its label, a number with how well it is known, a
    period in words.
    """
    value = found[column.name]
    if column.name == "participants":
        return make_quantity(value, found["participants_kind"]).words()
    if column.name == "amount_eur":
        return format_amount(make_quantity(value, found["amount_kind"]))
    if column.terms:
        return view.terms.get(column.terms, {}).get(str(value), str(value))
    if column.form in ("date", "period"):
        return format_partial_date(value)
    return f"{value:.5f}" if isinstance(value, float) else str(value)


def _draw_related_records(view: View, table: str, identity: str) -> None:
    """Draw the parts of a training, what an organisation takes part in, the events of a series or a
    place.
    """
    if table == "trainings":
        _draw_training_parts(view, identity)
    elif table == "organisations":
        taken_part = view.rows("record_parties", NO_FILTERS, party=identity)
        record_parts.draw_record_list(view, taken_part, "Takes part in")
    elif table in ("places", "series"):
        _draw_events_of(view, identity)


def _draw_training_parts(view: View, training_id: str) -> None:
    kinds = view.terms["part-kind"]
    lines = [
        f"- {escape(part['title'])} ({escape(str(kinds.get(part['kind'], part['kind'])).lower())})"
        for part in view.rows("training_parts", NO_FILTERS, ids=[training_id])
    ]
    if lines:
        st.markdown("\n".join(["**Consisted of**", "", *lines]))


def _draw_events_of(view: View, identity: str) -> None:
    limit = record_parts.MAX_LISTED_RECORDS
    events = view.rows("events_of_record", NO_FILTERS, record=identity, limit=limit)
    rows = [
        {
            "table_name": "events",
            "record_id": event["event_id"],
            "label": f"{format_event_dates(event)}: {event['title']}",
            "role": "",
        }
        for event in events
    ]
    total = events[0]["found"] if events else 0
    record_parts.draw_record_list(view, rows, "Events", total=total)
