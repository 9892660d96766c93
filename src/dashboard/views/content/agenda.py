"""Events one by one: as rows of a page, and as a table for files."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.event_words import KEYNOTE, write_short_dates
from dashboard.charts.rows import AgendaRow, Named
from dashboard.language.messages import _, choose_text
from dashboard.text.countries import is_named_after, name_country
from dashboard.text.records import format_event_dates
from dashboard.text.sentences import lower_first
from dashboard.views.view import View

Row = Mapping[str, Any]
Rows = Sequence[Row]


def make_agenda_rows(
    view: View, events: Rows, people: Mapping[str, Rows], person: str = ""
) -> list[AgendaRow]:
    """Make a row per event. `people` are the rows of who was named, by event id; with one `person`
    the row says what that person did, and who else was there.
    """
    one_year = len({event["year"] for event in events}) <= 1
    return [
        _make_row(view, event, people.get(event["event_id"], ()), person, one_year=one_year)
        for event in events
    ]


def _make_row(view: View, event: Row, named: Rows, person: str, *, one_year: bool) -> AgendaRow:
    theirs = [row["role"] for row in named if row["person_id"] == person]
    others = [row for row in named if row["person_id"] != person]
    title, lang = choose_text(event, "title")
    return AgendaRow(
        date=_say_dates(event, one_year=one_year),
        title=title,
        host=event["host_event"] or "",
        who=[_name(view, row, with_role=not person) for row in (others if person else named)],
        place=say_place(view, event),
        act=f"event={event['event_id']}",
        status=event["status"],
        month=event["month"] or "",
        year=str(event["year"] or ""),
        role=", ".join(dict.fromkeys(say_role(view, role) for role in theirs)),
        is_strong=KEYNOTE in theirs,
        lang=lang,
    )


def _say_dates(event: Row, *, one_year: bool) -> str:
    if event["date_precision"] in ("day", "month"):
        return write_short_dates(event, with_year=not one_year)
    return str(event["start_date"] or format_event_dates(event))


def say_role(view: View, role: str) -> str:
    """Say the role of a person in the middle of a line: "keynote"."""
    return lower_first(view.labels["role"].get(role, role))


def _name(view: View, row: Row, *, with_role: bool) -> Named:
    names = view.labels["speaker"]
    name = names.get(row["person_id"], row["name"])
    role = say_role(view, row["role"]) if with_role else ""
    return Named(name, role, f"speaker={row['person_id']}")


def say_place(view: View, event: Row) -> str:
    """Say where an event was: venue and city, and the country where it is another than that of the
    programme; empty where that is not stated.
    """
    if event["attendance_mode"] == "online":
        return _("online")
    city = say_city(view, event["city"] or "", event["country"] or "")
    return ", ".join(dict.fromkeys(part for part in (event["venue"], city) if part))


def say_city(view: View, city: str, country: str) -> str:
    """Say a city, with its country where that is another than the programme's and not its name."""
    is_abroad = country and country.lower() not in view.terms.get("home-country", {})
    land = name_country(country) if is_abroad and not is_named_after(country, city) else ""
    return ", ".join(part for part in (city, land) if part)
