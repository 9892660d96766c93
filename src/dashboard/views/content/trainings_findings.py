"""What the trainings of a view come to: the headline and the numbers of the Trainings page."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from dashboard.charts.cohorts import Cohort, rank_cohorts
from dashboard.language.messages import (
    N_,
    Words,
    _,
    choose_term,
    emphasize,
    ngettext,
    pgettext,
)
from dashboard.language.numbers import format_integer
from dashboard.model.drill_down import format_drill_down
from dashboard.model.filters import NOT_STATED
from dashboard.model.quantity import Kind, Quantity
from dashboard.text.counts import format_count
from dashboard.text.sentences import capitalise, lower_first
from dashboard.views.content import Tile
from dashboard.views.content.common import describe_selection
from dashboard.views.content.headline import choose_sentence, join_sentences
from dashboard.views.content.tiles import make_tile
from dashboard.views.view import View

E_LEARNING = "e-learning"
"""The format of modules: an id of the vocabulary."""
HELD = "held"
NARROWING = ("level", "discipline", "format", "line", "pillar")
"""Filters by which one cohort is told from the others."""
COHORT_TILES = 2
SHARES = (
    (0.72, 0.78, N_("three quarters")),
    (0.64, 0.69, N_("two thirds")),
    (0.47, 0.53, N_("half")),
    (0.53, 0.97, N_("most")),
)
"""From which share to which a part of the people is called so; the first that holds is used."""
MEASURED = (Kind.EXACT, Kind.ABOUT)
"""How well numbers are known of which a share can be said."""
Row = Mapping[str, Any]


def select_held(trainings: Sequence[Row]) -> list[Row]:
    """Select the trainings that were held, e-learning left out: those that count."""
    return [t for t in trainings if t["status"] == HELD and t["format"] != E_LEARNING]


def make_lead(view: View, trainings: Sequence[Row]) -> Words:
    """Make the headline: how many people were trained, who most of them were, and how far that is
    known.
    """
    people = view.number("training_participants")
    if not people.total:
        return _say_none(view)
    ranked = rank_cohorts(select_held(trainings))
    return join_sentences(
        choose_sentence(_say_how_many(view, people, ranked)), _say_coverage(people)
    )


def _say_none(view: View) -> Words:
    """Say that nothing was held, and what is ready or planned."""
    selection = describe_selection(view, pgettext("how many", "Trainings"))
    modules = int(view.number("modules_developed").value or 0)
    if modules:
        return emphasize(
            N_("{selection}: none held, **{modules} ready**."),
            selection=selection,
            modules=format_count(modules, "e-learning module"),
        )
    return emphasize(N_("{selection}: **none held**."), selection=selection)


def _say_how_many(view: View, people: Quantity, ranked: Sequence[Cohort]) -> Iterator[Words | None]:
    words = people.words("person")
    said = {
        "people": words,
        "selection": describe_selection(view, pgettext("how many", "Trainings")),
    }
    trainings = format_count(people.total, "training")
    if not people.known:
        yield emphasize(
            N_("{selection}: **{trainings}** held; how many people took part is **not known**."),
            trainings=trainings,
            **said,
        )
    if is_narrowed(view):
        yield emphasize(N_("{selection}: **{people}** trained."), **said)
    said["people"] = capitalise(words)
    if share := name_share(people, ranked):
        largest = ranked[0].row
        audience = choose_term(largest, "audience")
        yield emphasize(
            N_("**{people}** were trained, **{share}** of them {who}.")
            if audience
            else N_("**{people}** were trained, **{share}** of them in “{who}”."),
            share=share,
            who=lower_first(audience) or choose_term(largest, "title"),
            **said,
        )
    yield emphasize(N_("**{people}** were trained."), **said)


def is_narrowed(view: View) -> bool:
    """Tell whether filters beside the year narrow the trainings."""
    return bool(set(view.filters.applying_to("trainings").chosen) - {"year"})


def name_share(people: Quantity, ranked: Sequence[Cohort]) -> str:
    """Name the share of the largest cohort among all people of whom the number is known; empty where
    that cannot be said, or is not worth it.
    """
    if not ranked or not people.value or people.known < 2:
        return ""
    largest = ranked[0].quantity
    if largest.value is None or people.kind not in MEASURED or largest.kind not in MEASURED:
        return ""
    share = float(largest.value) / float(people.value)
    return next((_(name) for low, high, name in SHARES if low <= share <= high), "")


def _say_coverage(people: Quantity) -> Words | None:
    """Say from how many trainings the number comes, where it is known at all."""
    if not people.known or (people.total == 1 and not people.not_known):
        return None
    places = {"known": format_integer(people.known), "total": format_integer(people.total)}
    if not people.not_known:
        return emphasize(N_("Each of the **{total} trainings** states its number."), **places)
    if people.fewer_than:
        return emphasize(N_("Known for **{known} of {total}** trainings."), **places)
    gap = ngettext("{n:,} states no number", "{n:,} state no number", people.unknown)
    return emphasize(N_("Known for **{known} of {total}** trainings; {gap}."), gap=gap, **places)


def make_training_tiles(view: View, trainings: Sequence[Row]) -> tuple[Tile, ...]:
    """Make the numbers of the page: all people, the two largest cohorts, trainings, e-learning."""
    return (
        make_tile(view, "training_participants", _("People trained")),
        *_make_cohort_tiles(view, select_held(trainings)),
        make_tile(
            view, "trainings_held", pgettext("how many", "Trainings"), _count_planned(trainings)
        ),
        make_tile(view, "modules_developed", _("E-learning"), _count_in_progress(view)),
    )


def _make_cohort_tiles(view: View, held: Sequence[Row]) -> Iterator[Tile]:
    """Make tiles of the largest cohorts that filters tell from all others, where there are several."""
    known = [cohort for cohort in rank_cohorts(held) if cohort.quantity.value is not None]
    if len(known) < COHORT_TILES:
        return
    for nr, cohort in enumerate(known[:COHORT_TILES]):
        if word := find_word(cohort.row, held):
            qualifier = _("the largest cohort") if not nr else _("the second largest")
            yield make_tile(view, word, cohort.label, qualifier)


def find_word(training: Row, held: Sequence[Row]) -> str:
    """Find the word of the drill-down that asks for the participants of one training only: the fewest
    filters that no other held training meets; empty where there are none.
    """
    values = {name: training[name] or NOT_STATED for name in NARROWING}
    for size in range(1, len(NARROWING) + 1):
        for names in combinations(NARROWING, size):
            alike = [t for t in held if all((t[n] or NOT_STATED) == values[n] for n in names)]
            if len(alike) == 1:
                return format_drill_down(
                    "training_participants", *((name, values[name]) for name in names)
                )
    return ""


def _count_planned(trainings: Sequence[Row]) -> str:
    planned = [t for t in trainings if t["status"] == "planned" and t["format"] != E_LEARNING]
    return _("held, {n:,} planned", n=len(planned)) if planned else _("held")


def _count_in_progress(view: View) -> str:
    coming = view.number("modules_in_development")
    if not coming.value:
        return _("ready")
    return _("ready, {n} in progress", n=coming.words())
