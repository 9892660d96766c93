"""A record of any table as elements: the columns that hold something, the records that it names,
and those that belong to it.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from dashboard.charts.grants import format_amount
from dashboard.charts.markup import Element, draw_said, make_element
from dashboard.language.messages import Said, _, choose_text, localize
from dashboard.language.numbers import format_decimal
from dashboard.model.filters import NO_FILTERS
from dashboard.model.quantity import make_quantity
from dashboard.query import questions
from dashboard.schema.contract import Column, Table, tables
from dashboard.text.column_names import head_column, name_column
from dashboard.text.countries import name_country
from dashboard.text.dates import format_partial_date
from dashboard.text.records import format_event_dates
from dashboard.text.sentences import lower_first
from dashboard.ui.dialogs.record_parts import (
    MAX_LISTED_RECORDS,
    Linked,
    build_facts,
    build_linked,
    link_records,
)
from dashboard.views.view import View, link_to_record

Row = Mapping[str, Any]
KINDS = ("participants_kind", "amount_kind")
"""Columns that say how well the number of another is known."""


def build_fields(view: View, table: str, found: Row) -> Element | None:
    """Build every column that holds something, but its title, its note and what names another
    record.
    """
    contract = tables()[table]
    elsewhere = {*contract.key, *KINDS, "note", *(r.column for r in contract.references)}
    return build_facts(
        [
            (head_column(column.name), draw_said(_say_value(view, contract, column, found)))
            for column in contract.spoken_columns
            if column.name not in elsewhere
        ]
    )


def _say_value(view: View, contract: Table, column: Column, found: Row) -> Said:
    """Say a value; empty where there is none, or where the record is called so. A text has the language
    that is kept of it: a name, an address and what a source states have none.
    """
    heading = find_title(found, "").text
    if f"{column.name}_nl" not in {one.name for one in contract.columns}:
        value = found[column.name]
        return Said("" if value in (None, heading) else _format_value(view, column, found))
    if column.name == "short_title":  # it is one of the title, and in its language
        found = {**found, "short_title_language": found["title_language"]}
    said = choose_text(found, column.name)
    return Said("") if said.text == heading else said


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
    if "country" in column.marks:
        return name_country(str(value))
    return _format_plain(value)


def _format_plain(value: object) -> str:
    if isinstance(value, float):  # a coordinate
        return format_decimal(value, 5)
    return localize(str(value)) if isinstance(value, Decimal) else str(value)


def find_title(found: Row, otherwise: str) -> Said:
    """Find what a record is called: by its title, or by a name, which is in no language."""
    title = choose_text(found, "title")
    if title.text:
        return title
    names = (found[name] for name in ("name", "venue", "city") if found.get(name))
    return Said(str(next(names, otherwise)))


def build_references(view: View, table: str, found: Row) -> Element | None:
    """Build the records that this one names, each with the way in which it does."""
    rows = [
        _link_reference(view, r.column, r.target, str(found[r.column]))
        for r in tables()[table].references
        if found[r.column]
    ]
    return build_linked(_("Belongs to"), rows)


def _link_reference(view: View, column: str, table: str, identity: str) -> Linked:
    record = questions.record(view.version, table, identity) or {}
    title, lang = find_title(record, identity)
    return Linked(title, link_to_record(table, identity), name_column(column), lang=lang)


def build_related(view: View, table: str, identity: str) -> Iterator[Element | None]:
    """Build the parts of a training, what an organisation takes part in, the events of a series or a
    place.
    """
    if table == "trainings":
        yield build_linked(_("Consisted of"), _list_parts(view, identity))
    elif table == "organisations":
        rows = view.rows("record_parties", NO_FILTERS, party=identity)
        yield build_linked(_("Takes part in"), link_records(view, rows))
    elif table in ("places", "series"):
        yield _build_events(view, identity)


def _list_parts(view: View, training_id: str) -> list[Linked]:
    parts = view.rows("training_parts", NO_FILTERS, ids=[training_id])
    return [
        _name_part(part, lower_first(view.name_term("part-kind", part["kind"]))) for part in parts
    ]


def _name_part(part: Row, kind: str) -> Linked:
    title, lang = choose_text(part, "title")
    return Linked(title, note=kind, lang=lang)


def _build_events(view: View, identity: str) -> Element | None:
    events = view.rows("events_of_record", NO_FILTERS, record=identity, limit=MAX_LISTED_RECORDS)
    rows = [_link_event(event) for event in events]
    return build_linked(_("Events"), rows, total=events[0]["found"] if events else 0)


def _link_event(event: Row) -> Linked:
    title, lang = choose_text(event, "title")
    when = format_event_dates(event)
    return Linked(title, f"event={event['event_id']}", when=when, lang=lang)


def build_identity(table: str, identity: str) -> Element:
    """Build the line by which a steward finds the record in its file."""
    text = _("Record {identity} of the table {table}", identity=identity, table=table)
    return make_element("p", text, css="panel-foot")
