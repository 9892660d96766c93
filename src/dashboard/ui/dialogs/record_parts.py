"""Parts of the record panels: what belongs to a record, each to be opened, and which source says
what.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.model.filters import NO_FILTERS
from dashboard.model.roles import Role
from dashboard.query.provenance import describe_claim_difference, format_place
from dashboard.ui import state
from dashboard.ui.markdown import escape
from dashboard.ui.steward import correction
from dashboard.views.view import View, link_to_record

Row = dict[str, Any]
MAX_LISTED_RECORDS = 40
"""Records in a list of a panel."""


def draw_open_button(label: str, link: str, key: str) -> None:
    """Draw a button in a panel that opens another record."""
    st.button(
        escape(label),
        key=f"open-{key}",
        type="tertiary",
        on_click=state.open_link,
        args=(link,),
        kwargs={"inside": True},
    )


def draw_linked_record(label: str, link: str, key: str, note: str) -> None:
    """Draw one record that belongs to another: a button, and in what way it belongs."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        draw_open_button(label, link, key)
        if note:
            st.markdown(f":gray[{escape(note)}]")


def draw_parties(found: Sequence[Row], roles: dict[str, str]) -> None:
    """Draw people and organisations with their roles."""
    if not found:
        st.markdown("Who takes part is not stated.")
    with st.container(gap=None):
        for party in found:
            link = (
                f"person={party['person_id']}"
                if party["person_id"]
                else f"record=organisations.{party['organisation_id']}"
            )
            draw_linked_record(
                party["name"],
                link,
                f"party-{party['nr']}",
                str(roles.get(party["role"], party["role"])).lower(),
            )


def draw_record_list(
    view: View, rows: Sequence[Row], heading: str, total: int | None = None
) -> None:
    """Draw records that belong to this one, each to be opened; of `total`, where only the first of
    them are given.
    """
    if not rows:
        return
    roles = view.terms["party-role"]
    total = len(rows) if total is None else total
    st.markdown(f"**{heading} ({total:,})**")
    with st.container(gap=None):
        for nr, row in enumerate(rows[:MAX_LISTED_RECORDS]):
            link = link_to_record(row["table_name"], row["record_id"])
            role = _format_role(roles, row["role"])
            draw_linked_record(row["label"], link, f"{heading}-{nr}", role)
    if total > MAX_LISTED_RECORDS:
        st.caption(f"and {total - MAX_LISTED_RECORDS:,} more")


def _format_role(roles: Mapping[str, str], role: str | None) -> str:
    return str(roles.get(role, role)).lower() if role else ""


def draw_record_sources(view: View, table: str, identity: str) -> None:
    """Draw which source says what about a record, and where; what differs stands out."""
    claims = view.rows("record_claims", NO_FILTERS, of_table=table, record_ids=[identity])
    lines = [f"**Sources ({len(claims)})**" if claims else "**No source is recorded.**"]
    lines += [_format_claim(claim) for claim in claims]
    if state.current_person().role is Role.STEWARD and (
        link := correction.link_to_correction(table, identity)
    ):
        lines.append(f":material/edit: [Correct this record]({link})")
    st.markdown("  \n".join(lines))


def _format_claim(claim: Row) -> str:
    if claim["stance"] == "differs":
        return f":material/warning: {escape(describe_claim_difference(claim))}"
    verb = "states" if claim["stance"] == "stated" else f"adds {claim['field']}"
    place = f" ({format_place(claim)})" if format_place(claim) else ""
    stated = f" “{claim['stated']}”" if claim["stated"] else ""
    return (
        f":material/menu_book: {escape(claim['source'])}"
        f" {escape(verb)}{escape(stated)}{escape(place)}"
    )
