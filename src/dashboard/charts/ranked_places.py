"""The places of a map as a ranked list, and how they add up to all events: markup, no axes."""

from collections.abc import Mapping, Sequence

from dashboard.charts.map_sentences import lead_beyond
from dashboard.charts.markup import Element, draw_words, make_element
from dashboard.charts.place_marks import name_places
from dashboard.language.messages import Said, _, emphasize, ngettext
from dashboard.language.numbers import format_integer
from dashboard.model import Row

SHOWN, MAX_FOLDED = 10, 200
"""Places in sight, and places in the fold; a table holds all."""


def rank_places(
    places: Sequence[Row],
    firsts: Mapping[str, Said],
    *,
    home: str = "",
    unstated: int = 0,
    online: int = 0,
    chosen: str = "",
    way_back: str = "",
) -> Element:
    """Rank places: name, bar and number, and the first event there with how many more. Ten rows, the
    others folded; at the end what was online, and what has no stated place.

    `places` are rows of the question event_places, `firsts` the title of an event by city. Of those
    with equally many events, the ones in the country `home` come first. The `chosen` place leads
    the `way_back`.
    """
    ranked = sorted(
        places, key=lambda p: (-p["events"], p["country"] != home, p["city"], p["city_id"])
    )
    most = ranked[0]["events"] if ranked else 1
    digits = len(format_integer(max(most, unstated, online)))
    names = name_places(ranked)
    acts = {p["city_id"]: f"place={p['city_id']}" for p in ranked} | {chosen: way_back}
    rows = [_rank_place(p, names[p["city_id"]], firsts, most, acts) for p in ranked]
    folded = rows[SHOWN:] if len(rows) > SHOWN + 1 else []
    shown = rows[: len(rows) - len(folded)]
    return make_element(
        "div",
        make_element("ol", *shown, css="places-list") if shown else None,
        _fold_places(ranked[len(shown) :], folded) if folded else None,
        _count_others(_("online"), online, "place=online") if online else None,
        _count_unstated(unstated) if unstated else None,
        css="places",
        style={"--digits": str(digits)},
    )


def _rank_place(
    place: Row, name: str, firsts: Mapping[str, Said], most: int, acts: Mapping[str, str]
) -> Element:
    number, (first, lang) = place["events"], firsts.get(place["city_id"], Said(""))
    act = acts[place["city_id"]]
    more = f"+{format_integer(number - 1)}" if first and number > 1 else ""
    bar = make_element(
        "span", css="place-bar", style={"--part": f"{number / most:.4f}"}, aria_hidden="true"
    )
    return make_element(
        "li",
        make_element(
            "a",
            make_element("b", name, css="place-name", title=name),
            make_element(
                "span",
                bar,
                make_element("span", format_integer(number), css="place-number"),
                css="place-amount",
            ),
            make_element(
                "span",
                make_element("span", first, css="place-title", title=first, lang=lang)
                if first
                else None,
                make_element("span", more, css="place-more") if more else None,
                css="place-first",
            ),
            css="place",
            act=act,
            aria_current="true" if act.startswith("page:") else "",
        ),
    )


def _fold_places(places: Sequence[Row], rows: Sequence[Element]) -> Element:
    left_out = len(rows) - MAX_FOLDED
    return make_element(
        "details",
        make_element("summary", say_more_places([place["events"] for place in places])),
        make_element("ol", *rows[:MAX_FOLDED], css="places-list"),
        make_element("p", ngettext("and {n:,} more", "and {n:,} more", left_out), css="more")
        if left_out > 0
        else None,
        css="places-fold",
    )


def say_more_places(numbers: Sequence[int]) -> str:
    """Say how many places there are besides, and how many events: "4 more places, 1 event each"."""
    places = ngettext("{n:,} more place", "{n:,} more places", len(numbers))
    if len(set(numbers)) == 1:
        events = ngettext("{n:,} event", "{n:,} events", numbers[0])
        return _("{places}, {events} each", places=places, events=events)
    events = ngettext("{n:,} event", "{n:,} events", sum(numbers))
    return _("{places}, {events} in all", places=places, events=events)


def _count_others(name: str, number: int, act: str) -> Element:
    return make_element(
        "a",
        make_element("span", name, css="place-name"),
        make_element("span", format_integer(number), css="place-number"),
        css="place place-other",
        act=act,
    )


def _count_unstated(number: int) -> Element:
    """Say how many have no stated place: they are listed on the same page, so it opens nothing."""
    return make_element(
        "p",
        make_element("span", _("not stated"), css="place-unstated"),
        make_element(
            "span",
            make_element("span", format_integer(number), css="place-number"),
            make_element("span", _("listed below"), css="place-note"),
            css="place-rest",
        ),
        css="place place-other",
    )


def add_up_places(row: Row) -> Element:
    """Say that nothing is lost between the map and the number of events: "22 on the map + 0 online + 7
    without a stated place = 29 events". `row` is that of the question place_reconciliation.
    """
    said = emphasize(
        "**{on_the_map:,}** on the map + **{online:,}** online + **{unknown:,}** without a stated"
        " place = **{events}**",
        on_the_map=row["on_the_map"],
        online=row["online"],
        unknown=row["unknown"],
        events=ngettext("{n:,} event", "{n:,} events", row["all_events"]),
    )
    return make_element("p", *draw_words(said), css="places-sum")


def link_beyond(places: Sequence[Row]) -> Element | None:
    """Name what lies beyond a map, as a link to the map of the world; None where nothing does."""
    if not places:
        return None
    line = make_element("a", *draw_words(lead_beyond(places)), act="page:map?view=world")
    return make_element("p", line, css="map-beyond")
