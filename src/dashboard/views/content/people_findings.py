"""What the contributions of a view come to: the headline and the numbers of the People page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboard.charts.ranking import find_most
from dashboard.charts.share_findings import count_half, rank_people
from dashboard.language.messages import N_, Words, _, emphasize, ngettext
from dashboard.language.nouns import name_noun
from dashboard.language.numbers import format_integer
from dashboard.model.filters import TIMES
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names
from dashboard.text.selection import describe_period
from dashboard.views.content import Tile
from dashboard.views.content.common import describe_selection
from dashboard.views.content.events_findings import (
    WITHOUT_SUBJECT,
    find_person,
    make_person_tiles,
    say_roles,
)
from dashboard.views.content.headline import choose_sentence, join_sentences
from dashboard.views.content.tiles import make_tile
from dashboard.views.view import View

Row = Mapping[str, Any]
MAX_FEW, LEAST_CONTRIBUTIONS = 3, 10
"""Half is said of at most so many people, and of at least so many contributions (LOOK.md)."""
MAX_LETTERS = 130
"""Letters that fit into two lines of a headline."""
PEOPLE = {
    2: N_("Two people"),
    3: N_("Three people"),
    4: N_("Four people"),
    6: N_("Six people"),
}


def make_lead(view: View, contributors: Sequence[Row]) -> Words:
    """Make the headline: how few make half, or who contributes most, or how many people there are."""
    ranked = rank_people(contributors)
    half = say_half(view, ranked)
    first = half or choose_sentence(_say_who(view, ranked))
    second = say_twice_as_many(ranked) if half else None
    letters = sum(len(text) for words in (first, second) if words for text, _bold in words)
    return join_sentences(first, second if letters <= MAX_LETTERS else None)


def _sum(ranked: Sequence[Row]) -> int:
    return sum(row["contributions"] for row in ranked)


def _stands_apart(ranked: Sequence[Row], size: int) -> bool:
    """Tell whether the first so many are a group that nobody else equals."""
    return len(ranked) > size and ranked[size - 1]["contributions"] > ranked[size]["contributions"]


def say_half(view: View, ranked: Sequence[Row]) -> Words | None:
    """Say how few people make half, where they are few enough, of enough contributions."""
    (size, made), total = count_half(ranked), _sum(ranked)
    if view.filters.speaker or not 1 <= size <= MAX_FEW or total < LEAST_CONTRIBUTIONS:
        return None
    if not _stands_apart(ranked, size):
        return None
    said = {
        "people": _(PEOPLE[size]) if size > 1 else "",
        "made": format_integer(made),
        "total": format_count(total, "contribution"),
        "names": join_names([row["name"] for row in ranked[:size]]),
        "selection": describe_selection(view, _("Contributions")),
        "number": format_integer(total),
    }
    if set(view.filters.chosen) - WITHOUT_SUBJECT:
        return emphasize(N_("{selection}: **{made} of {number}** by **{names}**."), **said)
    return emphasize(_choose_half(size, exact=2 * made == total), **said)


def _choose_half(size: int, *, exact: bool) -> str:
    if size == 1:
        return (
            N_("**One person** made **half of the {total}**: {names}.")
            if exact
            else N_("**One person** made **{made} of the {total}**: {names}.")
        )
    return (
        N_("**{people}** made **half of the {total}**: {names}.")
        if exact
        else N_("**{people}** made **{made} of the {total}**: {names}.")
    )


def say_twice_as_many(ranked: Sequence[Row]) -> Words | None:
    """Say what twice as many people make: "Four people made 24 of them."."""
    size = 2 * count_half(ranked)[0]
    if size not in PEOPLE or not _stands_apart(ranked, size):
        return None
    return emphasize(
        N_("{people} made {made} of them."),
        people=_(PEOPLE[size]),
        made=format_integer(_sum(ranked[:size])),
    )


def _say_who(view: View, ranked: Sequence[Row]) -> Iterator[Words | None]:
    """Say who contributed, the weightiest that holds first."""
    total, person = _sum(ranked), find_person(view.filters)
    yield _say_nobody(view, person) if not ranked else None
    yield _say_person(view, person, total) if person else None
    yield _say_alone(view, ranked[0]["name"], total) if len(ranked) == 1 else None
    names, top = find_most((row["name"], row["contributions"]) for row in ranked)
    said = {
        "selection": describe_selection(view, _("Contributions")),
        "people": format_count(len(ranked), "person"),
        "total": format_count(total, "contribution"),
        "number": format_integer(total),
        "period": describe_period(view.filters) or _("in all years"),
        "names": join_names(names),
        "top": format_integer(top),
    }
    yield emphasize(_choose_most(view, len(names)), **said)


def _choose_most(view: View, leaders: int) -> str:
    if set(view.filters.chosen) - TIMES:
        return (
            N_("{selection}: **{number}** by **{people}**; **{names}** made the most ({top})."),
            N_(
                "{selection}: **{number}** by **{people}**; **{names}** made the most ({top} each)."
            ),
            N_("{selection}: **{number}** by **{people}**."),
        )[(leaders or 3) - 1]
    return (
        N_("**{people}** made **{total}** {period}; **{names}** made the most ({top})."),
        N_("**{people}** made **{total}** {period}; **{names}** made the most ({top} each)."),
        N_("**{people}** made **{total}** {period}."),
    )[(leaders or 3) - 1]


def _say_nobody(view: View, person: str) -> Words:
    if person:
        return emphasize(
            N_("**{name}** is named at **no event** {period}."),
            name=view.labels["speaker"].get(person, person),
            period=describe_period(view.filters) or _("in all years"),
        )
    return emphasize(
        N_("{selection}: **nobody is named** at an event."),
        selection=describe_selection(view, _("People")),
    )


def _say_person(view: View, person: str, made: int) -> Words:
    everybody = view.number("contributions", view.filters.with_(speaker=())).value or 0
    return emphasize(
        N_("**{name}** made **{made} of {total}** {period}: {roles}."),
        name=view.labels["speaker"].get(person, person),
        made=format_integer(made),
        total=format_count(int(everybody), "contribution"),
        period=describe_period(view.filters) or _("in all years"),
        roles=say_roles(view, most=4),
    )


def _say_alone(view: View, name: str, total: int) -> Words:
    selection = describe_selection(view, _("Contributions"))
    if total == 1:
        return emphasize(N_("{selection}: **one, by {name}**."), selection=selection, name=name)
    return emphasize(
        N_("{selection}: **{total}, all by {name}**."),
        selection=selection,
        total=format_integer(total),
        name=name,
    )


def make_people_tiles(view: View, contributors: Sequence[Row]) -> tuple[Tile, ...]:
    """Make the numbers of the page: of one person beside those of everybody."""
    if find_person(view.filters):
        return make_person_tiles(view)
    return tuple(_list_tiles(view, rank_people(contributors)))


def _list_tiles(view: View, ranked: Sequence[Row]) -> Iterator[Tile]:
    events, total = view.rows("named_events")[0]["events"], _sum(ranked)
    yield make_tile(view, "contributors", _("People"), _("at events"))
    at = ngettext("at {n:,} event", "at {n:,} events", events)
    yield make_tile(view, "contributions", _("Contributions"), at)
    yield make_tile(view, "keynotes", _("Keynotes"), _count_keynote_speakers(view))
    if len(ranked) > 2:
        of_all = _("of {total}", total=format_integer(total))
        yield make_tile(view, "contributions_top_two", _("Top two"), of_all)
    once = sum(row["contributions"] == 1 for row in ranked)
    yield make_tile(view, "contributors_once", _("Named only once"), name_noun("person", once))


def _count_keynote_speakers(view: View) -> str:
    people = {
        row["person_id"]
        for row in view.rows("contributions_by")
        if row["dimension"] == "role" and row["id"] == "keynote"
    }
    return ngettext("by {n:,} person", "by {n:,} people", len(people)) if people else ""
