"""What an event says of itself on a timeline: a short title, and when, who and where in one line."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard.charts.theme import escape_text
from dashboard.language.messages import N_, _, choose_term
from dashboard.model import Row
from dashboard.text import titles
from dashboard.text.dates import abbreviate_month
from dashboard.text.labels import shorten
from dashboard.text.lists import join_names
from dashboard.text.records import format_event_dates, format_event_place, has_place

KEYNOTE = "keynote"
OWN_ROLES = ("organised", "co-organised")
STATUSES = {"held": N_("held"), "planned": N_("planned"), "cancelled": N_("cancelled")}
"""What the statuses of events are called in the middle of a sentence, by their ids."""
NOT_HELD = ("planned", "cancelled")


@dataclass(frozen=True)
class TimelineLabels:
    """What ids are called, in the order in which they are shown: pillars, our roles, kinds, roles of
    people. `people`: the rows of the question event_people by event id. `person`: the one person
    who is chosen, whose role stands in place of names.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    pillars: Mapping[str, str] = field(default_factory=dict)
    our_roles: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    person: str = ""

    @classmethod
    def read(
        cls, labels: Mapping[str, Mapping[str, str]], people: Sequence[Row], person: str = ""
    ) -> "TimelineLabels":
        """Read them from what ids are called by filter, and the rows of who was named where."""
        by_event: dict[str, list[Row]] = {}
        for row in people:
            by_event.setdefault(row["event_id"], []).append(row)
        kinds, pillars = labels.get("kind", {}), labels.get("pillar", {})
        our_roles, roles = labels.get("our_role", {}), labels.get("role", {})
        return cls(kinds, pillars, our_roles, roles, by_event, person)

    def named_at(self, event: Row) -> list[Row]:
        """List who was named at an event, each once: those with a keynote first."""
        rows = self.people.get(event["event_id"], ())
        ranked = sorted(rows, key=lambda row: row["role"] != KEYNOTE)
        once: dict[str, Row] = {}
        for row in ranked:
            once.setdefault(row["person_id"], row)
        return list(once.values())


def is_own(event: Row) -> bool:
    """Tell whether we organised the event, alone or with others."""
    return event["our_role"] in OWN_ROLES


def has_keynote(event: Row, labels: TimelineLabels) -> bool:
    """Tell whether one of our people, or the one who is chosen, gave a keynote."""
    rows = labels.people.get(event["event_id"], ())
    return any(row["role"] == KEYNOTE and labels.person in ("", row["person_id"]) for row in rows)


def shorten_title(event: Row) -> str:
    """Give the title of an event for a label: see text.titles; on one line."""
    chosen = choose_term(event, "title")
    title, written = (
        " ".join(_clean(text).split()) for text in (chosen, titles.find_short_title(event, chosen))
    )
    return titles.shorten_title(title, shorten(written, 2 * titles.MAX_SHORT_TITLE))


def _clean(text: str) -> str:
    """Leave out what changes the direction of a line or cannot be seen, except what joins emoji."""
    if text.isprintable():
        return text
    return "".join(
        letter if unicodedata.category(letter)[0] != "C" or letter == "\u200d" else " "
        for letter in text
    )


def write_second_line(event: Row, labels: TimelineLabels, *, with_year: bool = False) -> str:
    """Write when, who and where, as far as it is known: 12 Nov · Doornberg, keynote · Amsterdam."""
    place = _("online") if event["attendance_mode"] == "online" else event["city"] or event["venue"]
    status = "" if event["date_precision"] == "day" else _say_status(event)
    parts = [write_short_dates(event, with_year=with_year), status]
    parts += [write_names(event, labels), place or ""]
    return " · ".join(_clean(part) for part in parts if part)


def write_short_dates(event: Row, *, with_year: bool = False) -> str:
    """Write the days of an event in short: 12 Nov; 10–14 Feb; 30 Jan – 2 Feb; May, where no day is
    known.
    """
    first, last = event["first_day"], event["last_day"] or event["first_day"]
    if event["date_precision"] == "month":
        words = abbreviate_month(f"{first:%Y-%m}")
    elif first == last:
        words = _write_day(first)
    elif (first.year, first.month) == (last.year, last.month):
        words = _("{first}–{last}", first=first.day, last=_write_day(last))
    else:
        words = _("{first} – {last}", first=_write_day(first), last=_write_day(last))
    return _("{day} {year}", day=words, year=last.year) if with_year else words


def _write_day(day: date) -> str:
    return _("{day} {month}", day=day.day, month=abbreviate_month(f"{day:%Y-%m}"))


def _say_status(event: Row) -> str:
    """Say what is not held, in words."""
    return say_status(event["status"]) if event["status"] in NOT_HELD else ""


def say_status(status: str) -> str:
    """Say the status of an event; one that the vocabulary has besides ours by its id."""
    return _(STATUSES[status]) if status in STATUSES else status


def write_names(event: Row, labels: TimelineLabels) -> str:
    """Write who was named, in short: Doornberg, keynote; Hooiveld +2. Where one person is chosen
    only whether it was a keynote.
    """
    named = labels.named_at(event)
    keynote = labels.roles.get(KEYNOTE, _("Keynote")).lower()
    if labels.person:
        return keynote if has_keynote(event, labels) else ""
    if not named:
        return ""
    name = shorten_name(named[0]["name"])
    if named[0]["role"] == KEYNOTE:
        name = _("{name}, {role}", name=name, role=keynote)
    others = len(named) - 1
    return _("{name} +{others}", name=name, others=others) if others else name


def shorten_name(name: str) -> str:
    """Leave out the first name: van Ooijen."""
    return name.partition(" ")[2].strip() or name


def write_row(event: Row, labels: TimelineLabels) -> str:
    """Write the words of the event's row, as they stand beside the mouse."""
    people = [
        _(
            "{name}, {role}",
            name=row["name"],
            role=labels.roles.get(row["role"], row["role"]).lower(),
        )
        for row in labels.named_at(event)
    ]
    when = " · ".join(filter(None, (format_event_dates(event), _say_status(event))))
    place = format_event_place(event) if has_place(event) else _("place not stated")
    who = (
        join_names(people)
        if len(people) <= 3
        else _("{first} and {others:,} others", first=people[0], others=len(people) - 1)
    )
    lines = [when, event["host_event"] or "", who if people else "", place]
    title = f"<b>{escape_text(shorten(_clean(choose_term(event, 'title')), 90))}</b>"
    return "<br>".join([title, *(escape_text(shorten(_clean(x), 110)) for x in lines if x)])
