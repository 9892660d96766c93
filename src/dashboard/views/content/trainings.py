"""Whom did we train? Participation, the year before, e-learning, the list."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.trainings import DIMENSIONS, draw_participants
from dashboard.model.filters import NO_FILTERS
from dashboard.model.quantity import make_quantity
from dashboard.query.comparison import compare_years, describe_cutoff
from dashboard.query.metrics import METRICS
from dashboard.query.provenance import format_place
from dashboard.text.counts import format_count
from dashboard.text.dates import format_partial_date
from dashboard.text.messages import Words
from dashboard.text.records import format_training_counts
from dashboard.views.content import Content, Line, Picture, Section, Sheet
from dashboard.views.content.common import (
    capitalise,
    describe_selection,
    join_pieces,
    quiet,
    read_choice,
    read_palette,
    strong,
)
from dashboard.views.content.tiles import make_tiles
from dashboard.views.view import View

NUMBERS = ("trainings_held", "training_participants", "modules_developed", "modules_in_development")
COMPARED = ("trainings_held", "training_participants", "modules_developed")
MODULES = "modules"
"""The key of the sections of e-learning."""
E_LEARNING = "e-learning"
"""The format of modules: an id of the vocabulary."""
TITLE_PREFIX = "E-learning: "
"""What the titles of modules in the records begin with, as their heading does; not repeated."""
Row = Mapping[str, Any]


def content(view: View) -> Content:
    """Make the page of the trainings of a view."""
    trainings, title = view.rows("trainings"), describe_selection(view, "Trainings")
    if not trainings:
        return Content(title, make_lead(view), make_tiles(view, NUMBERS))
    dimension = read_choice(view, "by", DIMENSIONS)
    picture = draw_participants(
        view.rows("trainings_by"), dimension, view.labels[dimension], read_palette(view)
    )
    return Content(
        title,
        make_lead(view),
        make_tiles(view, NUMBERS),
        (Picture("participation", picture),),
        (make_table(view, trainings),),
        (*compare_with_year_before(view), *list_modules(view, trainings)),
    )


def make_lead(view: View) -> Words:
    """Say how many people were trained, as far as it is known, and in how many trainings."""
    held, people = view.number("trainings_held"), view.number("training_participants")
    if not held.value:
        return join_pieces(quiet("No trainings were held in this selection."))
    metric, trainings = (
        METRICS["training_participants"],
        strong(format_count(int(held.value), "training")),
    )
    if not people.known:
        return join_pieces(
            trainings, quiet(" held; how many people took part is not known for any of them.")
        )
    coverage = metric.coverage(people)
    return join_pieces(
        strong(capitalise(metric.words(people))),
        quiet(f", {coverage}; " if coverage else "; "),
        trainings,
        quiet(" held."),
    )


def compare_with_year_before(view: View) -> tuple[Section, ...]:
    """Say how the numbers changed against the year before, or why that cannot be said, and what
    sources say of it.
    """
    years = view.filters.years() or []
    if len(years) != 1 or view.filters.month:
        return ()
    before = years[0] - 1
    compared = compare_years(view, COMPARED, view.filters, before, view.today)
    lines = [Line(METRICS[name].label, words) for name, words in compared.items()]
    heading = f"Compared with {before}{describe_cutoff(years[0], before, view.today)}"
    return (Section(heading, [*lines, *_list_claims(view)], key="compared"),)


def _list_claims(view: View) -> list[Line]:
    """List what sources say of a change without numbers: a claim, not a quantity."""
    claims_of: dict[str, list[Row]] = {}
    for claim in view.rows("claims_of_change"):
        claims_of.setdefault(claim["record_id"], []).append(claim)
    return [
        Line(
            f"{claims[0]['source']} says of {claims[0]['label']}",
            _quote(claims),
            f"record=trainings.{identity}",
        )
        for identity, claims in claims_of.items()
    ]


def _quote(claims: Sequence[Row]) -> str:
    words = " and ".join(f"“{c['stated']}” ({format_place(c)})" for c in claims)
    if claims[0]["participants"] is not None:
        return words
    return f"{words}; the number itself is not recorded"


def list_modules(view: View, trainings: Sequence[Row]) -> tuple[Section, ...]:
    """List e-learning modules, by status."""
    found = [t for t in trainings if t["format"] == E_LEARNING]
    heading = f"E-learning: {format_count(len(found), 'module')}"
    by_status = {
        status: [t for t in found if t["status"] == status]
        for status in view.terms["training-status"]
    }
    return tuple(
        Section(
            heading,
            [_line_of_module(module) for module in mine],
            f"{view.terms['training-status'][status]} ({len(mine)})",
            key=MODULES,
        )
        for status, mine in by_status.items()
        if mine
    )


def _line_of_module(module: Row) -> Line:
    title = module["title"].removeprefix(TITLE_PREFIX)
    return Line(title, link=f"record=trainings.{module['training_id']}")


def make_table(view: View, trainings: Sequence[Row]) -> Sheet:
    """Make the table of every training."""
    parts = _parts(view)
    found = [t for t in trainings if t["format"] != E_LEARNING]
    shown = [_tabulate(view, training, parts) for training in found]
    links = [f"record=trainings.{t['training_id']}" for t in found]
    return Sheet("trainings", f"List: {format_training_counts(found)}", shown, links)


def _tabulate(view: View, training: Row, parts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    labels, kind = view.labels, training["participants_kind"]
    return {
        "Training": training["title"],
        "Participants": make_quantity(
            training["participants"], kind, bool(training["is_disputed"])
        ),
        "Level": labels["level"].get(training["level"] or "", "not stated"),
        "Discipline": labels["discipline"].get(training["discipline"] or "", ""),
        "Format": labels["format"].get(training["format"], training["format"]),
        "Period": format_partial_date(training["period"]),
        "Status": training["status"],
        "What it held": "; ".join(parts.get(training["training_id"], [])),
    }


def _parts(view: View) -> dict[str, list[str]]:
    parts_of: dict[str, list[str]] = {}
    for part in view.rows("training_parts", NO_FILTERS):
        parts_of.setdefault(part["training_id"], []).append(part["title"])
    return parts_of
