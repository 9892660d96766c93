"""Whom did we train? Participation, the year before, e-learning, the list."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.trainings import DIMENSIONS, participation
from dashboard.model.filters import NONE
from dashboard.model.quantity import single
from dashboard.query.comparison import compare_years, up_to
from dashboard.query.metrics import METRICS
from dashboard.query.provenance import place_of
from dashboard.text.words import count, partial, trainings_in_words
from dashboard.views.content import Content, Line, Picture, Section, Sheet, Words
from dashboard.views.content.common import choice, colours, in_words, quiet, sentence, strong
from dashboard.views.view import View

NUMBERS = ("trainings_held", "training_participants", "modules_developed", "modules_in_development")
COMPARED = ("trainings_held", "training_participants", "modules_developed")
Row = Mapping[str, Any]


def content(view: View) -> Content:
    """The trainings of a view."""
    trainings, title = view.rows("trainings"), in_words(view, "Trainings")
    if not trainings:
        return Content(title, lead(view), NUMBERS)
    dimension = choice(view, "by", DIMENSIONS)
    picture = participation(
        view.rows("trainings_by"), dimension, view.labels[dimension], colours(view)
    )
    return Content(
        title,
        lead(view),
        NUMBERS,
        (Picture("participation", picture),),
        (table(view, trainings),),
        (*year_before(view), *modules(view, trainings)),
    )


def lead(view: View) -> Words:
    """How many people were trained, as far as it is known, and in how many trainings."""
    held, people = view.number("trainings_held"), view.number("training_participants")
    if not held.value:
        return sentence(quiet("No trainings were held in this selection."))
    metric, trainings = METRICS["training_participants"], strong(count(int(held.value), "training"))
    if not people.known:
        return sentence(
            trainings, quiet(" held; how many people took part is not known for any of them.")
        )
    coverage, words = metric.coverage(people), metric.words(people)
    return sentence(
        strong(words[0].upper() + words[1:]),
        quiet(f", {coverage}; " if coverage else "; "),
        trainings,
        quiet(" held."),
    )


def year_before(view: View) -> tuple[Section, ...]:
    """How the numbers changed against the year before, or why that cannot be said, and what sources
    say of it.
    """
    years = view.filters.years() or []
    if len(years) != 1 or view.filters.month:
        return ()
    said = compare_years(view, COMPARED, view.filters, years[0] - 1, view.today)
    lines = [Line(METRICS[name].label, words) for name, words in said.items()]
    return (
        Section(
            f"Compared with {years[0] - 1}{up_to(years[0], years[0] - 1, view.today)}",
            [*lines, *_claimed(view)],
        ),
    )


def _claimed(view: View) -> list[Line]:
    """What sources say of a change without numbers: a claim, not a quantity."""
    said: dict[str, list[Row]] = {}
    for claim in view.rows("claims_of_change"):
        said.setdefault(claim["record_id"], []).append(claim)
    lines = []
    for identity, claims in said.items():
        words = " and ".join(f"“{c['stated']}” ({place_of(c)})" for c in claims)
        unknown = (
            "" if claims[0]["participants"] is not None else "; the number itself is not recorded"
        )
        lines.append(
            Line(
                f"{claims[0]['source']} says of {claims[0]['label']}",
                f"{words}{unknown}",
                f"record=trainings.{identity}",
            )
        )
    return lines


def modules(view: View, trainings: Sequence[Row]) -> tuple[Section, ...]:
    """E-learning modules, by status."""
    found = [t for t in trainings if t["format"] == "e-learning"]
    statuses, heading = view.terms["training-status"], f"E-learning: {count(len(found), 'module')}"
    return tuple(
        Section(
            heading,
            [
                Line(
                    t["title"].removeprefix("E-learning: "),
                    link=f"record=trainings.{t['training_id']}",
                )
                for t in mine
            ],
            f"{statuses[status]} ({len(mine)})",
            key="modules",
        )
        for status in statuses
        if (mine := [t for t in found if t["status"] == status])
    )


def table(view: View, trainings: Sequence[Row]) -> Sheet:
    """Every training as a row."""
    labels, parts_of = view.labels, _parts(view)
    found = [t for t in trainings if t["format"] != "e-learning"]
    shown = [
        {
            "Training": t["title"],
            "Participants": single(
                t["participants"], t["participants_kind"], bool(t["is_disputed"])
            ),
            "Level": labels["level"].get(t["level"] or "", "not stated"),
            "Discipline": labels["discipline"].get(t["discipline"] or "", ""),
            "Format": labels["format"].get(t["format"], t["format"]),
            "Period": partial(t["period"]),
            "Status": t["status"],
            "What it held": "; ".join(parts_of.get(t["training_id"], [])),
        }
        for t in found
    ]
    links = [f"record=trainings.{t['training_id']}" for t in found]
    return Sheet("trainings", f"List: {trainings_in_words(found)}", shown, links)


def _parts(view: View) -> dict[str, list[str]]:
    parts_of: dict[str, list[str]] = {}
    for part in view.rows("training_parts", NONE):
        parts_of.setdefault(part["training_id"], []).append(part["title"])
    return parts_of
