"""A record of any table as elements: the columns that hold something, the records that it names,
and those that belong to it.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from dashboard.charts.grants import format_amount
from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _, localize
from dashboard.language.numbers import format_decimal
from dashboard.model.filters import NO_FILTERS
from dashboard.model.quantity import make_quantity
from dashboard.query import questions
from dashboard.schema.contract import Column, tables
from dashboard.text.countries import name_country
from dashboard.text.dates import format_partial_date
from dashboard.text.records import format_event_dates
from dashboard.ui.dialogs.column_names import head_column, name_column
from dashboard.ui.dialogs.record_parts import (
    MAX_LISTED_RECORDS,
    Linked,
    build_facts,
    build_linked,
    link_records,
)
from dashboard.views.content.common import lower_first
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
    heading = find_title(found, "")
    return build_facts(
        [
            (head_column(column.name), _format_value(view, column, found))
            for column in contract.shown_columns
            if column.name not in elsewhere and found[column.name] not in (None, heading)
        ]
    )


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


def find_title(found: Row, otherwise: str) -> str:
    """Find what a record is called."""
    names = (found[name] for name in ("title", "name", "venue", "city") if found.get(name))
    return str(next(names, otherwise))


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
    link = link_to_record(table, identity)
    return Linked(find_title(record, identity), link, name_column(column))


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
    kinds = view.terms["part-kind"]
    return [
        Linked(part["title"], note=lower_first(str(kinds.get(part["kind"], part["kind"]))))
        for part in view.rows("training_parts", NO_FILTERS, ids=[training_id])
    ]


def _build_events(view: View, identity: str) -> Element | None:
    events = view.rows("events_of_record", NO_FILTERS, record=identity, limit=MAX_LISTED_RECORDS)
    rows = [
        Linked(event["title"], f"event={event['event_id']}", when=format_event_dates(event))
        for event in events
    ]
    return build_linked(_("Events"), rows, total=events[0]["found"] if events else 0)


def build_identity(table: str, identity: str) -> Element:
    """Build the line by which a steward finds the record in its file."""
    text = _("Record {identity} of the table {table}", identity=identity, table=table)
    return make_element("p", text, css="panel-foot")
