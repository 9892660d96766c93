"""One record: what is known of it, what belongs to it, and which source says so."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.charts.grants import describe_way, format_amount, read_amount
from dashboard.charts.markup import Element, draw_said
from dashboard.language.messages import _, choose_term, choose_text, pgettext
from dashboard.model.filters import NO_FILTERS
from dashboard.model.quantity import make_quantity
from dashboard.model.roles import Role
from dashboard.query import questions
from dashboard.text.column_names import head_column
from dashboard.text.records import format_event_dates, format_project_period
from dashboard.text.sentences import lower_first
from dashboard.ui import state
from dashboard.ui.dialogs import record_fields, record_parts
from dashboard.ui.dialogs.record_parts import Fact, Linked, build_unstated
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.content.agenda import say_place
from dashboard.views.content.common import distinguish_people
from dashboard.views.view import View

Row = Mapping[str, Any]


def open_event(view: View, event_id: str) -> None:
    """Open the panel of an event."""
    found = questions.record(view.version, "events", event_id)
    if found is None:
        st.toast(_("The event of this link is not known here."), icon=":material/help:")
        return
    place = (
        questions.record(view.version, "places", found["place_id"]) if found["place_id"] else None
    )
    found |= (
        {"venue": None, "city": None, "country": None}
        | (place or {})
        | {"end_date": found["end_date"] or found["start_date"]}
    )
    st.dialog(escape(choose_term(found, "title")), width="medium", on_dismiss=state.close_panels)(
        _draw_event
    )(view, found)


@requires(Role.VIEWER, draws=True)
def _draw_event(view: View, found: Row) -> None:
    people = view.rows("people_of_event", NO_FILTERS, event=found["event_id"])
    record_parts.draw_panel(
        view,
        record_parts.build_facts(_list_event_facts(view, found)),
        record_parts.build_note(choose_text(found, "note")),
        record_parts.build_linked(
            _("Who"),
            [_link_contribution(view, one) for one in distinguish_people(view, people)],
            empty=_("Who spoke is not stated."),
        ),
        record_parts.build_sources(view, "events", found["event_id"]),
    )


def _link_contribution(view: View, person: Row) -> Linked:
    role = lower_first(view.labels["role"].get(person["role"], person["role"]))
    if person["talk_title"]:
        role = _("{role}: “{talk}”", role=role, talk=person["talk_title"])
    return Linked(person["name"], f"person={person['person_id']}", role)


def _list_event_facts(view: View, found: Row) -> list[Fact]:
    labels = view.labels
    status = labels["status"].get(found["status"], found["status"])
    attendance = make_quantity(found["participants"], found["participants_kind"])
    return [
        (_("When"), format_event_dates(found)),
        (_("Where"), say_place(view, found) or _unstated(_("place not stated"))),
        (pgettext("of a host event", "At"), found["host_event"]),
        (_("Status"), "" if found["status"] == "held" else status),
        (_("Kind"), labels["kind"].get(found["kind"] or "") or _unstated()),
        (_("Our role"), labels["our_role"].get(found["our_role"] or "") or _unstated()),
        (_("Pillar"), labels["pillar"].get(found["pillar"] or "") or _unstated()),
        (_("Strategic line"), labels["line"].get(found["line"] or "", "")),
        (_("Audience"), draw_said(choose_text(found, "audience"))),
        (_("Attendance"), attendance.words() if attendance.known else _unstated(_("not known"))),
        (head_column("contact"), found["contact"]),
    ]


def _unstated(text: str = "") -> Element:
    return build_unstated(text or _("not stated"))


def open_project(view: View, project_id: str) -> None:
    """Open the panel of a project: when it runs, who takes part, what pays for it."""
    found = questions.record(view.version, "projects", project_id)
    if found is None:
        st.toast(_("The project of this link is not known here."), icon=":material/help:")
        return
    st.dialog(escape(choose_term(found, "title")), width="medium", on_dismiss=state.close_panels)(
        _draw_project
    )(view, found)


@requires(Role.VIEWER, draws=True)
def _draw_project(view: View, found: Row) -> None:
    project_id, roles = found["project_id"], view.terms["party-role"]
    parties = view.rows("project_parties", NO_FILTERS, ids=[project_id])
    grants = [g for g in view.rows("funding", NO_FILTERS) if g["project_id"] == project_id]
    record_parts.draw_panel(
        view,
        record_parts.build_facts(_list_project_facts(view, found)),
        record_parts.build_note(choose_text(found, "note")),
        record_parts.build_linked(
            _("Who takes part"),
            record_parts.link_parties(parties, roles),
            empty=_("Who takes part is not stated."),
        ),
        record_parts.build_linked(_("Paid by"), [_link_grant(grant) for grant in grants]),
        record_parts.build_sources(view, "projects", project_id),
    )


def _list_project_facts(view: View, found: Row) -> list[Fact]:
    terms, labels = view.terms, view.labels
    return [
        (_("Kind"), terms["project-kind"].get(found["kind"], found["kind"])),
        (_("Status"), terms["project-status"].get(found["status"], found["status"])),
        (_("When"), format_project_period(found)),
        (_("Pillar"), labels["pillar"].get(found["pillar"] or "") or _unstated()),
        (_("Strategic line"), labels["line"].get(found["line"] or "") or _unstated()),
        (_("Our role"), labels["our_role"].get(found["our_role"] or "") or _unstated()),
        (head_column("contact"), found["contact"]),
    ]


def _link_grant(grant: Row) -> Linked:
    note = _("{amount}, {way}", amount=format_amount(read_amount(grant)), way=describe_way(grant))
    title, lang = choose_text(grant, "title")
    return Linked(title, f"record=funding.{grant['funding_id']}", note, lang=lang)


def open_record_panel(view: View, word: str) -> None:
    """Open the panel of any record: every column that holds something, what belongs to it, and its
    sources.
    """
    table, _dot, identity = word.partition(".")
    found = questions.record(view.version, table, identity)
    if found is None:
        st.toast(_("The record of this link is not known here."), icon=":material/help:")
        return
    title = escape(record_fields.find_title(found, identity).text)
    st.dialog(title, width="medium", on_dismiss=state.close_panels)(_draw_record)(
        view, table, identity, found
    )


@requires(Role.VIEWER, draws=True)
def _draw_record(view: View, table: str, identity: str, found: Row) -> None:
    record_parts.draw_panel(
        view,
        record_fields.build_fields(view, table, found),
        record_parts.build_note(choose_text(found, "note")),
        record_fields.build_references(view, table, found),
        *record_fields.build_related(view, table, identity),
        record_parts.build_sources(view, table, identity),
        record_fields.build_identity(table, identity),
    )
