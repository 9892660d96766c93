"""What the events of a view come to: the headline and the numbers of the Events page."""

from collections.abc import Iterator, Mapping

from dashboard.charts.ranking import find_most
from dashboard.language.messages import N_, Words, _, emphasize
from dashboard.language.numbers import format_integer
from dashboard.model.filters import TIMES, Filters
from dashboard.query.metrics import METRICS
from dashboard.text.counts import format_count
from dashboard.text.dates import name_month
from dashboard.text.lists import join_names
from dashboard.text.roles import count_role
from dashboard.text.selection import describe_period
from dashboard.views.content import Tile
from dashboard.views.content.common import describe_selection, read_places, say_other_statuses
from dashboard.views.content.headline import choose_sentence, join_sentences
from dashboard.views.content.tiles import make_tile
from dashboard.views.view import Rows, View

MONTHS = 12
MAX_NAMED_PLACES = 2
WITHOUT_SUBJECT = TIMES | {"speaker"}
"""Filters that the sentences name themselves; with another one the selection is the subject."""


def find_person(filters: Filters) -> str:
    """Find the one person who is chosen; empty for several, and for none."""
    return filters.speaker[0] if len(filters.speaker) == 1 else ""


def count_by_month(view: View) -> dict[str, int]:
    """Count held events by month, the months with any."""
    counts: dict[str, int] = {}
    for row in view.rows("events_by_month"):
        counts[row["month"]] = counts.get(row["month"], 0) + row["events"]
    return counts


def make_lead(view: View) -> Words:
    """Make the headline: how many, how many of our own or in which role, and when."""
    if view.filters.status:
        return _say_statuses(view)
    held = int(view.number("events_held").value or 0)
    planned = int(view.number("events_planned").value or 0)
    coming = _say_coming(planned) if held and planned else None
    return join_sentences(choose_sentence(_say_how_many(view, held)), coming or say_when(view))


def _say_statuses(view: View) -> Words:
    """Say how many events have the chosen statuses."""
    total = sum(view.statuses().values())
    return emphasize(
        N_("{selection}: **{total}**."),
        selection=describe_selection(view, _("Events")),
        total=format_integer(total) if total else _("none"),
    )


def _say_coming(planned: int) -> Words:
    return emphasize(N_("**{planned}** to come."), planned=format_count(planned, "planned event"))


def _say_how_many(view: View, held: int) -> Iterator[Words | None]:
    events, period = format_count(held, "event"), describe_period(view.filters)
    person = find_person(view.filters)
    own = view.number("events_organised")
    yield say_none(view) if not held else None
    yield _say_selection(view, events) if set(view.filters.chosen) - WITHOUT_SUBJECT else None
    yield _say_person(view, person, events) if person else None
    if period and own.value:
        yield emphasize(
            N_("**{events}** {period}, **{own} of them our own**."),
            events=events,
            period=period,
            own=own.words(),
        )
    yield emphasize(N_("**{events}** {period}."), events=events, period=period or _("in all years"))


def say_none(view: View) -> Words:
    """Say that nothing was held, and whether anything is planned."""
    planned = int(view.number("events_planned").value or 0)
    selection = describe_selection(view, _("Events"))
    if planned:
        return emphasize(
            N_("{selection}: **{planned} planned**, none held yet."),
            selection=selection,
            planned=format_integer(planned),
        )
    return emphasize(N_("{selection}: **none**."), selection=selection)


def _say_selection(view: View, events: str) -> Words:
    return emphasize(
        N_("{selection}: **{events}**."),
        selection=describe_selection(view, _("Events")),
        events=events,
    )


def _say_person(view: View, person: str, events: str) -> Words:
    """Say at how many events somebody was, and in which roles."""
    period = describe_period(view.filters)
    said = {
        "name": view.labels["speaker"].get(person, person),
        "events": events,
        "roles": say_roles(view),
    }
    if not period:
        return emphasize(N_("**{name}** was at **{events}**: {roles}."), **said)
    return emphasize(N_("**{name}** was at **{events}** {period}: {roles}."), period=period, **said)


def read_roles(view: View) -> Rows:
    """Read in which roles people were at the held events of a view, whatever statuses are chosen."""
    return view.rows("person_roles", view.filters.with_(status=()))


def say_roles(view: View, most: int = 3) -> str:
    """Say in which roles the contributions of a view were made, keynotes first, then the most
    frequent; of many the first three.
    """
    rows = sorted(
        read_roles(view),
        key=lambda row: (_rank_role(row["role"]), -row["contributions"], row["role"]),
    )
    roles = [count_role(row["role"], row["contributions"], view.labels["role"]) for row in rows]
    return join_names(roles) if len(roles) <= most else ", ".join(roles[:3])


def _rank_role(role: str) -> int:
    """Rank keynotes first, and what is no more than a contribution last."""
    return {"keynote": 0, "contribution": 2}.get(role, 1)


def say_when(view: View) -> Words | None:
    """Say which month was busiest, and in which nothing is recorded, of one whole year that is over
    or whose months have begun.
    """
    year = view.filters.whole_year
    if not year:
        return None
    counts = count_by_month(view)
    names, top = find_most(counts.items())
    if not names or len(counts) < 2:
        return None
    busiest = join_names([name_month(month) for month in sorted(names)])
    empty = [] if find_person(view.filters) else find_empty_months(view, counts, year)
    said = {"busiest": busiest, "top": format_integer(top)}
    if len(names) > 1:
        return emphasize(N_("{busiest} were busiest, with **{top}** each."), **said)
    if 0 < len(empty) <= MAX_NAMED_PLACES:
        months = join_names([name_month(month) for month in empty])
        return emphasize(
            N_("{busiest} was busiest with **{top}**; none is recorded in {months}."),
            months=months,
            **said,
        )
    return emphasize(N_("{busiest} was busiest with **{top}**."), **said)


def find_empty_months(view: View, counts: dict[str, int], year: int) -> list[str]:
    """Find the months of a year without a held event, as far as they have begun."""
    months = [f"{year}-{number:02}" for number in range(1, MONTHS + 1)]
    return [month for month in months if month not in counts and month <= f"{view.today:%Y-%m}"]


def make_event_tiles(view: View, statuses: Mapping[str, int]) -> tuple[Tile, ...]:
    """Make the numbers of the page: of one person beside those of everybody. `statuses` counts the
    events of the view.
    """
    if find_person(view.filters):
        return make_person_tiles(view)
    if view.filters.status == ("planned",):
        return (make_tile(view, "events_planned"),)
    contributions = view.number("contributions")
    return (
        make_tile(
            view, "events_held", _("Events"), _count_dated(view) or say_other_statuses(statuses)
        ),
        make_tile(view, "events_organised", _("Organised by us")),
        make_tile(view, "keynotes", _("Keynotes"), _name_leader(view)),
        make_tile(view, "events_abroad", _("Abroad"), _count_placed(view)),
        make_tile(view, "contributors", _("People"), METRICS["contributions"].words(contributions)),
    )


def make_person_tiles(view: View) -> tuple[Tile, ...]:
    """Make the numbers of one person beside those of everybody."""
    return tuple(_tiles_of_person(view))


def _tiles_of_person(view: View) -> Iterator[Tile]:
    everybody = view.filters.with_(speaker=())
    for number, label in (
        ("events_held", _("Events")),
        ("keynotes", _("Keynotes")),
        ("contributions", _("Share of contributions")),
    ):
        total = view.number(number, everybody).words()
        yield make_tile(view, number, label, _("of {total}", total=total))
    yield make_tile(view, "events_abroad", _("Abroad"), _name_cities_abroad(view))


def _count_dated(view: View) -> str:
    """Say how many of the held events have a known day or month; empty where all have, as those of
    a month.
    """
    if view.filters.month or view.filters.has_days:
        return ""
    total, dated = view.number("events_held").value or 0, sum(count_by_month(view).values())
    return _("{n:,} with a known date", n=dated) if dated < total else ""


def _count_placed(view: View) -> str:
    """Say of how many events it is known in which country they were."""
    numbers = [view.number(name).value or 0 for name in ("events_home", "events_abroad")]
    return _("of {n:,} with a place", n=sum(numbers))


def _name_leader(view: View) -> str:
    """Say who gave most keynotes, where somebody did."""
    called = view.labels["speaker"]
    names, top = find_most(
        (called.get(row["person_id"], row["person_id"]), row["contributions"])
        for row in read_roles(view)
        if row["role"] == "keynote"
    )
    return _("{n:,} by {name}", n=top, name=names[0]) if len(names) == 1 else ""


def _name_cities_abroad(view: View) -> str:
    home = view.terms.get("home-country", {})
    cities = [p["city"] for p in read_places(view) if p["country"].lower() not in home]
    return ", ".join(cities) if len(cities) <= MAX_NAMED_PLACES else ""
