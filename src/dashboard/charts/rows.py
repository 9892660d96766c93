"""An agenda as rows of named things: date, title, who with their role, place; by month where there
are many. A whole row is the link of its title.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.charts import Chart
from dashboard.charts.event_words import NOT_HELD, say_status
from dashboard.charts.marks import draw_empty, join_classes, make_chart
from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _, ngettext
from dashboard.language.numbers import format_integer
from dashboard.model import Row
from dashboard.text.counts import format_count
from dashboard.text.dates import format_month, name_month
from dashboard.text.lists import join_names

MAX_FLAT, MAX_PEOPLE = 12, 6
"""Rows that need no months; people that are named in a row."""


class Named(NamedTuple):
    """Somebody who is named at an event, with the role in words; `act` is what the name opens, or
    filters.
    """

    name: str
    role: str = ""
    act: str = ""


@dataclass(frozen=True)
class AgendaRow:
    """An event as a row. `date` is in words, without the year where a month's heading says it;
    `month` ("2025-05") or else `year` says under which heading it stands. `role` is that of the one
    person who was chosen (`who` are the others then), and stands out with `is_strong`.
    """

    date: str
    title: str
    host: str = ""
    who: Sequence[Named] = ()
    place: str = ""
    act: str = ""
    status: str = "held"
    month: str = ""
    year: str = ""
    place_act: str = ""
    role: str = ""
    is_strong: bool = False
    lang: str = ""


def draw_rows(
    rows: Sequence[AgendaRow],
    *,
    by_month: bool | None = None,
    one_person: bool = False,
    empty: str = "",
) -> Chart:
    """Draw a row per event, in the order in which they are given; under months where there are more
    than MAX_FLAT, unless `by_month` says otherwise. `one_person`: a column with the role in place
    of who. `empty` is the line for no rows.
    """
    sentence = format_count(len(rows), "event") if rows or not empty else empty
    sentence = sentence[:1].upper() + sentence[1:]
    if not rows:
        return make_chart(draw_empty(sentence), sentence, [])
    grouped = len(rows) > MAX_FLAT if by_month is None else by_month
    groups = _group_rows(rows)
    one_year = len({row.month[:4] or row.year for row in rows}) == 1
    form = "agenda-one-person" if one_person else ""
    markup = (
        make_element(
            "div",
            *(_draw_month(group, one_person=one_person, one_year=one_year) for group in groups),
            css=join_classes("agenda agenda-by-month", form),
        )
        if grouped
        else make_element(
            "div", _draw_list(rows, one_person=one_person), css=join_classes("agenda", form)
        )
    )
    links = [(row.title, row.act) for row in rows if row.act]
    return make_chart(markup, sentence, [_tabulate(row) for row in rows], links)


def _group_rows(rows: Sequence[AgendaRow]) -> list[list[AgendaRow]]:
    """Group rows by the month, or the year, under which they stand; in the order of the first."""
    groups: dict[tuple[str, str], list[AgendaRow]] = {}
    for row in rows:
        groups.setdefault((row.month, "" if row.month else row.year), []).append(row)
    return list(groups.values())


def _draw_month(rows: Sequence[AgendaRow], *, one_person: bool, one_year: bool) -> Element:
    return make_element(
        "section",
        _draw_head(rows, one_year=one_year),
        _draw_list(rows, one_person=one_person),
        css="agenda-month",
    )


def _draw_head(rows: Sequence[AgendaRow], *, one_year: bool) -> Element:
    month, year = rows[0].month, rows[0].year
    if month:
        words = name_month(month) if one_year else format_month(month)
        name = make_element("a", words, act=f"month={month}")
        count = ngettext("{n:,} event", "{n:,} events", len(rows))
    else:
        name = make_element("span", _("In {year}", year=year) if year else _("Without a date"))
        count = ngettext("{n:,} without a day", "{n:,} without a day", len(rows))
    return make_element(
        "div", make_element("h3", name), make_element("small", count), css="agenda-head"
    )


def _draw_list(rows: Sequence[AgendaRow], *, one_person: bool) -> Element:
    return make_element(
        "ul", *(_draw_row(row, one_person=one_person) for row in rows), css="agenda-rows"
    )


def _draw_row(row: AgendaRow, *, one_person: bool) -> Element:
    date, what = make_element("span", row.date, css="agenda-date"), _draw_title(row, one_person)
    who = _draw_role(row) if one_person else _draw_people(row)
    css = join_classes("agenda-row", "" if row.status == "held" else f"is-{row.status}")
    cells = (date, who, what) if one_person else (date, what, who)
    return make_element("li", *cells, _draw_place(row), css=css)


def _draw_title(row: AgendaRow, one_person: bool) -> Element:
    is_marked = row.status in NOT_HELD
    below = row.host
    if one_person and row.who:
        below = _("with {names}", names=join_names([person.name for person in row.who]))
    # a row that opens nothing is text: a link that leads nowhere would be tried
    title = make_element("a" if row.act else "span", row.title, act=row.act, css="agenda-title")
    if row.lang:
        title = make_element("span", title, lang=row.lang)
    return make_element(
        "span",
        make_element("span", css="agenda-mark", aria_hidden="true") if is_marked else None,
        title,
        make_element("small", say_status(row.status), css="agenda-status") if is_marked else None,
        make_element("small", below, css="agenda-host") if below else None,
        css="agenda-what",
    )


def _draw_role(row: AgendaRow) -> Element:
    role = row.role or _("role not stated")
    tag = "strong" if row.is_strong else "span"
    return make_element("span", make_element(tag, role), css="agenda-who")


def _draw_people(row: AgendaRow) -> Element:
    """Draw who was named with their roles; of very many the first, and how many more."""
    if not row.who:
        return make_element("span", _("speaker not stated"), css="agenda-who agenda-unstated")
    who = _join_roles(row.who)
    shown = who if len(who) <= MAX_PEOPLE else who[: MAX_PEOPLE - 1]
    pieces: list[Element | str] = []
    for person in shown:
        pieces += [", "] if pieces else []
        pieces.append(make_element("a" if person.act else "span", person.name, act=person.act))
        if person.role:
            comma = make_element("span", ",", css="agenda-comma")
            pieces += [comma, " ", make_element("small", person.role)]
    more = len(who) - len(shown)
    return make_element(
        "span", *pieces, f" +{format_integer(more)}" if more else "", css="agenda-who"
    )


def _join_roles(who: Sequence[Named]) -> list[Named]:
    """Name everybody once, with all roles."""
    roles: dict[tuple[str, str], list[str]] = {}
    for person in who:
        roles.setdefault((person.name, person.act), []).append(person.role)
    return [
        Named(name, ", ".join(dict.fromkeys(filter(None, found))), act)
        for (name, act), found in roles.items()
    ]


def _draw_place(row: AgendaRow) -> Element:
    if not row.place:
        return make_element("span", _("place not stated"), css="agenda-place agenda-unstated")
    name = make_element("a", row.place, act=row.place_act) if row.place_act else row.place
    return make_element("span", name, css="agenda-place")


def _tabulate(row: AgendaRow) -> Row:
    who = ", ".join(f"{p.name} ({p.role})" if p.role else p.name for p in row.who)
    return {
        _("Date"): row.date,
        _("Event"): row.title,
        _("At"): row.host,
        _("Role"): row.role,
        _("Who"): who,
        _("Where"): row.place or _("not stated"),
        _("Status"): say_status(row.status),
    }
