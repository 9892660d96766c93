"""What the places of a view come to: the headline and the numbers of the Map page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboard.charts.ranking import find_most
from dashboard.language.messages import N_, Words, _, emphasize, ngettext
from dashboard.language.nouns import name_noun
from dashboard.language.numbers import format_integer
from dashboard.model.filters import TIMES
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names
from dashboard.text.selection import describe_period
from dashboard.views.content import Tile
from dashboard.views.content.agenda import say_city
from dashboard.views.content.common import describe_selection, read_places
from dashboard.views.content.events_findings import say_none
from dashboard.views.content.headline import choose_sentence, join_sentences
from dashboard.views.content.tiles import make_tile
from dashboard.views.view import View

Row = Mapping[str, Any]


def make_lead(view: View) -> Words:
    """Make the headline: how many places and countries, where most often, and how many abroad."""
    places = read_places(view)
    return join_sentences(choose_sentence(_say_where(view, places)), _say_abroad(view, places))


def _say_where(view: View, places: Sequence[Row]) -> Iterator[Words | None]:
    row = view.rows("place_reconciliation")[0]
    said = {
        "selection": describe_selection(view, _("Events")),
        "events": format_count(row["all_events"], "event"),
        "period": describe_period(view.filters) or _("in all years"),
    }
    yield say_none(view) if not row["all_events"] else None
    yield _say_without_place(row, said) if not places else None
    yield _say_one_place(view, places[0], row, said) if len(places) == 1 else None
    names, top = find_most((place["city"], place["events"]) for place in places)
    said |= {
        "spread": say_spread(places, all_known=not row["unknown"]),
        "names": join_names(names),
        "top": format_integer(top),
    }
    if set(view.filters.chosen) - TIMES:
        yield emphasize(_choose_of_selection(len(names)), **said)
    yield emphasize(_choose_of_period(len(names)), **said)


def _choose_of_selection(most: int) -> str:
    return (
        N_("{selection}: **{spread}**."),
        N_("{selection}: **{spread}**, most often in **{names} ({top})**."),
        N_("{selection}: **{spread}**, most often in **{names} ({top} each)**."),
    )[most]


def _choose_of_period(most: int) -> str:
    return (
        N_("Where we were: **{spread}**."),
        N_("Where we were: **{spread}**, most often in **{names} ({top})**."),
        N_("Where we were: **{spread}**, most often in **{names} ({top} each)**."),
    )[most]


def say_spread(places: Sequence[Row], *, all_known: bool) -> str:
    """Say how many places there are in how many countries: "14 places in 7 countries"; “at least”
    where the place of some events is not known.
    """
    said = {
        "places": ngettext("{n:,} place", "{n:,} places", len(places)),
        "countries": format_count(len(list_countries(places)), "country"),
    }
    if all_known:
        return _("{places} in {countries}", **said)
    return _("at least {places} in {countries}", **said)


def list_countries(places: Sequence[Row]) -> list[str]:
    """List the countries of places, by their codes."""
    return sorted({place["country"] for place in places})


def _say_without_place(row: Row, said: Mapping[str, str]) -> Words:
    if row["online"] == row["all_events"]:
        return emphasize(N_("{selection}: **{events}**, all online."), **said)
    return emphasize(N_("{selection}: **{events}**, none with a stated place."), **said)


def _say_one_place(view: View, place: Row, row: Row, said: Mapping[str, str]) -> Words:
    where = {**said, "place": say_city(view, place["city"], place["country"])}
    if place["events"] == row["all_events"]:
        return emphasize(N_("{selection}: **{events}, in {place}**."), **where)
    number = format_integer(place["events"])
    return emphasize(
        N_("{selection}: **{number} of {events} in {place}**."), number=number, **where
    )


def _say_abroad(view: View, places: Sequence[Row]) -> Words | None:
    """Say how many of the events with a known place were abroad, where some were and some were not."""
    abroad, home = (view.number(name).value or 0 for name in ("events_abroad", "events_home"))
    if not abroad or len(places) < 2:
        return None
    said = {"n": format_integer(int(abroad)), "events": format_count(int(abroad + home), "event")}
    if not home:
        return emphasize(N_("All of them abroad."))
    return emphasize(
        N_("**{n} of {events}** was abroad.")
        if abroad == 1
        else N_("**{n} of {events}** were abroad."),
        **said,
    )


def make_place_tiles(view: View) -> tuple[Tile, ...]:
    """Make the numbers of the page. Those at home and abroad are of what is on the map, which says
    of how many events; so they say in how many places.
    """
    return tuple(_list_tiles(view))


def _list_tiles(view: View) -> Iterator[Tile]:
    row, places = view.rows("place_reconciliation")[0], read_places(view)
    of_all = _("of {events}", events=format_count(row["all_events"], "event"))
    yield make_tile(view, "events_mapped", _("On the map"), of_all if row["all_events"] else "")
    for code, name in list(view.terms.get("home-country", {}).items())[:1]:
        at_home = [place for place in places if place["country"].lower() == code]
        abroad = list_countries([place for place in places if place not in at_home])
        inside = ngettext("in {n:,} place", "in {n:,} places", len(at_home))
        outside = ngettext("in {n:,} country", "in {n:,} countries", len(abroad))
        yield make_tile(view, "events_home", name, inside)
        yield make_tile(view, "events_abroad", _("Abroad"), outside)
    yield make_tile(view, "events_online", _("Online"), name_noun("event", row["online"]))
    yield make_tile(
        view, "events_unplaced", _("Place not stated"), name_noun("event", row["unknown"])
    )
