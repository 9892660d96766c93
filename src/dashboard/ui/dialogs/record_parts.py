"""Parts of the record panels, as elements: facts, what belongs to a record, each to be opened, and
which source says what.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import Said, _
from dashboard.language.numbers import format_integer
from dashboard.model import Row
from dashboard.model.filters import NO_FILTERS
from dashboard.model.roles import Role
from dashboard.query.provenance import format_place
from dashboard.query.row_labels import say_label
from dashboard.text.column_names import head_column
from dashboard.text.sentences import lower_first
from dashboard.ui import state
from dashboard.ui.elements import draw_elements
from dashboard.ui.steward import correction
from dashboard.views.view import View, link_to_record

MAX_LISTED_RECORDS = 40
"""Records in a list of a panel."""


Fact = tuple[str, str | Element | None]
"""What a fact is called, and what it is."""


class Linked(NamedTuple):
    """Something that belongs to a record: what it is called, what it opens, in what way it belongs,
    and when. `lang` is the language of the name, where it is not the reader's.
    """

    name: str
    link: str = ""
    note: str = ""
    when: str = ""
    lang: str = ""


def draw_panel(view: View, *parts: Element | None) -> None:
    """Draw what a panel holds; what is pressed in it opens in its place."""
    draw_elements(view, "panel", make_element("div", *parts, css="panel"))
    state.rerun_if_link_opened()


def build_facts(facts: Sequence[Fact]) -> Element | None:
    """Build what is known of a record: names of facts with what they are; empty ones are left out."""
    shown = [(name, fact) for name, fact in facts if fact]
    if not shown:
        return None
    rows = [
        make_element("div", make_element("dt", name), make_element("dd", fact), css="fact")
        for name, fact in shown
    ]
    return make_element("dl", *rows, css="facts")


def build_unstated(text: str) -> Element:
    """Build what stands in the place of a fact that no source states."""
    return make_element("span", text, css="unstated")


def build_note(said: Said) -> Element | None:
    """Build the note that is kept with a record."""
    return make_element("p", said.text, css="panel-text", lang=said.lang) if said.text else None


def build_linked(
    heading: str, rows: Sequence[Linked], *, total: int | None = None, empty: str = ""
) -> Element | None:
    """Build rows that belong to a record under a heading; of `total`, where only the first of them
    are given. `empty` is said in the place of rows.
    """
    if not rows and not empty:
        return None
    total = len(rows) if total is None else total
    more = total - min(len(rows), MAX_LISTED_RECORDS)
    return make_element(
        "section",
        _build_heading(heading, total),
        make_element("ul", *map(_build_row, rows[:MAX_LISTED_RECORDS])) if rows else None,
        make_element("p", empty, css="empty") if not rows else None,
        make_element("p", _("and {n:,} more", n=more), css="more") if more > 0 else None,
        css="panel-block",
    )


def _build_heading(heading: str, total: int) -> Element:
    return make_element(
        "h3", heading, " ", make_element("small", format_integer(total)) if total > 1 else None
    )


def _build_row(row: Linked) -> Element:
    return make_element(
        "li",
        make_element("span", row.when, css="panel-when") if row.when else None,
        _build_linked_name(row),
        make_element("small", row.note) if row.note else None,
        css="panel-row",
    )


def _build_linked_name(row: Linked) -> Element:
    tag = "a" if row.link else "span"
    return make_element(tag, row.name, act=row.link, css="name", lang=row.lang)


def link_party(party: Row) -> str:
    """Give what a person or an organisation opens."""
    if party["person_id"]:
        return f"person={party['person_id']}"
    return f"record=organisations.{party['organisation_id']}"


def link_parties(found: Sequence[Row], roles: Mapping[str, str]) -> list[Linked]:
    """Give people and organisations with their roles."""
    return [
        Linked(party["name"], link_party(party), name_role(roles, party["role"])) for party in found
    ]


def link_records(view: View, rows: Sequence[Row]) -> list[Linked]:
    """Give records with the role in which somebody takes part in them."""
    roles = view.terms["party-role"]
    return [_link_record(row, name_role(roles, row["role"])) for row in rows]


def _link_record(row: Row, role: str) -> Linked:
    label, lang = say_label(row)
    return Linked(label, link_to_record(row["table_name"], row["record_id"]), role, lang=lang)


def name_role(roles: Mapping[str, str], role: str | None) -> str:
    """Name a role in the middle of a line: "lead partner"."""
    return lower_first(roles.get(role, role)) if role else ""


def build_sources(view: View, table: str, identity: str) -> Element:
    """Build which source says what about a record, and where; what differs stands out."""
    claims = view.rows("record_claims", NO_FILTERS, of_table=table, record_ids=[identity])
    return make_element(
        "section",
        _build_heading(_("Sources"), len(claims)),
        make_element("ul", *map(_build_claim, claims)) if claims else None,
        make_element("p", _("No source is recorded."), css="empty") if not claims else None,
        _build_correction(table, identity),
        css="panel-block",
    )


def _build_claim(claim: Row) -> Element:
    """Build a row: what the source states, and where it stands."""
    differs = claim["stance"] == "differs"
    place = format_place(claim)
    where = (
        _("{source}, {place}", source=claim["source"], place=place) if place else claim["source"]
    )
    return make_element(
        "li",
        make_element("span", _("differs"), css="differs") if differs else None,
        make_element("span", _say_claim(claim), css="claim"),
        make_element("small", where),
        css="panel-row",
    )


def _say_claim(claim: Row) -> str:
    field = head_column(claim["field"]) if claim["field"] else ""
    if claim["stated"] and field:
        return _("{field}: “{stated}”", field=field, stated=claim["stated"])
    return _("“{stated}”", stated=claim["stated"]) if claim["stated"] else field or _("stated")


def _build_correction(table: str, identity: str) -> Element | None:
    """Build the way of a steward to mend the record."""
    link = correction.link_to_correction(table, identity)
    if not link or state.current_person().role is not Role.STEWARD:
        return None
    return make_element(
        "p", make_element("a", _("Correct this record"), act=f"page:{link}"), css="panel-foot"
    )
