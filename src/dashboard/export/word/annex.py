"""The rows of the tables at the end of a document: its numbers, and all events of the selection."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.export.view_export import Export, Number
from dashboard.export.word.passages import Passage, key_of_number, make_row, say_notes
from dashboard.export.word.sources import say_place
from dashboard.query import provenance
from dashboard.text.messages import Words, _
from dashboard.text.records import format_event_dates
from dashboard.views.content.agenda import say_place as say_place_of_event
from dashboard.views.content.common import format_people_of_events

Row = Mapping[str, Any]
NUMBERS, EVENTS = "numbers", "events"
"""The tables in which rows stand."""


def make_number_row(shown: Export, number: Number) -> Passage:
    """Make the row of a number: what it is called, its value, and how well it is known."""
    cells = (number.metric.label, number.short, say_notes(number) or _("all records"))
    words: list[Words] = [((cell, False),) for cell in cells]
    key = f"row:{key_of_number(number.metric.name)}"
    found = make_row(shown, key, number.metric.label, words, within=NUMBERS)
    return replace(found, values=(number.shown_value,))


def make_event_rows(shown: Export, events: Sequence[Row]) -> list[Passage]:
    """Make a row for each event: when, what, who, where, and where it is stated."""
    view = shown.view
    people = format_people_of_events(view, events)
    rows = [{"table_name": "events", "record_id": event["event_id"]} for event in events]
    claims = provenance.read_claims(view.version, rows)

    statuses = view.terms.get("event-status", {})

    def make_cells(event: Row) -> list[Words]:
        identity = event["event_id"]
        plain = (people.get(identity, ""), say_place_of_event(view, event))
        stated = _say_stated(claims.get(("events", identity), ()))
        name = _name_event(event, str(statuses.get(event["status"], event["status"])).lower())
        texts = [((text, False),) for text in (*plain, stated)]
        return [((format_event_dates(event), False),), name, *texts]

    return [
        make_row(
            shown,
            f"row:event:{event['event_id']}",
            event["title"],
            make_cells(event),
            within=EVENTS,
        )
        for event in events
    ]


def _name_event(event: Row, status: str) -> Words:
    """Name an event, that it is planned or was cancelled, and the event that it was part of."""
    unusual = f" ({status})" if event["status"] != "held" else ""
    host = f"\n{event['host_event']}" if event["host_event"] else ""
    return ((event["title"], True), (f"{unusual}{host}", False))


def _say_stated(claims: Sequence[Row]) -> str:
    """Say the first place where an event is stated, on two lines."""
    stated = [claim for claim in claims if claim["stance"] == "stated"]
    if not stated:
        return ""
    place = say_place(stated[0]["section"] or "", filter(None, [stated[0]["line"]]))
    return "\n".join(filter(None, (stated[0]["source"], place)))
