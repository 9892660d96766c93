"""How many learned, and how sure are we?"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.certainty import draw_certainty
from dashboard.charts.cohorts import MAX_COHORTS, draw_cohorts
from dashboard.charts.participation import DIMENSIONS, draw_participation
from dashboard.language.messages import _, choose_term, pgettext
from dashboard.model.filters import NO_FILTERS
from dashboard.model.quantity import make_quantity
from dashboard.text.counts import name_status
from dashboard.text.dates import format_partial_date
from dashboard.text.records import format_training_counts
from dashboard.views.content import Content, Picture, Sheet
from dashboard.views.content.common import describe_selection, read_choice, read_palette
from dashboard.views.content.training_blocks import build_blocks
from dashboard.views.content.training_lists import (
    MODULES,
    NOT_KNOWN,
    TrainingLists,
    list_sections,
)
from dashboard.views.content.trainings_findings import (
    E_LEARNING,
    make_lead,
    make_training_tiles,
    select_held,
)
from dashboard.views.view import View

Row = Mapping[str, Any]


def content(view: View) -> Content:
    """Make the page of the trainings of a view."""
    trainings = view.rows("trainings")
    lists = TrainingLists.read(view, trainings, read_parts(view))
    pictures = draw_pictures(view, lists)
    return Content(
        describe_selection(view, pgettext("how many", "Trainings")),
        make_lead(view, trainings),
        make_training_tiles(view, trainings),
        pictures,
        (make_table(view, trainings, lists.parts),) if trainings else (),
        list_sections(view, lists),
        blocks=build_blocks(view, lists, pictures),
        slides=("certainty", "cohorts", NOT_KNOWN, MODULES),
    )


def draw_pictures(view: View, lists: TrainingLists) -> tuple[Picture, ...]:
    """Draw how sure it is, the cohorts, and people by what the link chooses; nothing where none was
    held.
    """
    if not select_held(lists.trainings):
        return ()
    colours, rows = read_palette(view), view.rows("trainings_by")
    dimension = read_choice(view, "by", DIMENSIONS)
    pillars = {training["pillar"] for training in lists.cohorts}
    sure = draw_certainty(rows, colours, pillar=pillars.pop() or "" if len(pillars) == 1 else "")
    found = [Picture("certainty", sure)]
    if lists.cohorts:
        cohorts = draw_cohorts(lists.cohorts, lists.parts, colours)
        found.append(
            Picture("cohorts", cohorts, besides=say_folded(lists), most=len(cohorts.table))
        )
    by = draw_participation(rows, dimension, view.labels[dimension], colours)
    return (*found, Picture("participation", by))


def say_folded(lists: TrainingLists) -> str:
    """Say for a slide how many cohorts are drawn, where the others are folded."""
    total = len(lists.cohorts)
    return (
        _("{n:,} of {total:,} are named", n=MAX_COHORTS, total=total) if total > MAX_COHORTS else ""
    )


def read_parts(view: View) -> dict[str, list[str]]:
    """Read what the trainings consisted of, by their ids."""
    found: dict[str, list[str]] = {}
    for part in view.rows("training_parts", NO_FILTERS):
        found.setdefault(part["training_id"], []).append(part["title"])
    return found


def make_table(view: View, trainings: Sequence[Row], parts: Mapping[str, Sequence[str]]) -> Sheet:
    """Make the table of every training."""
    found = [t for t in trainings if t["format"] != E_LEARNING]
    shown = [_tabulate(view, training, parts) for training in found]
    links = [f"record=trainings.{t['training_id']}" for t in found]
    heading = _("List: {trainings}", trainings=format_training_counts(found))
    return Sheet("trainings", heading, shown, links)


def _tabulate(view: View, training: Row, parts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    labels, kind = view.labels, training["participants_kind"]
    return {
        _("Training"): choose_term(training, "title"),
        _("Participants"): make_quantity(
            training["participants"], kind, bool(training["is_disputed"])
        ),
        _("Level"): labels["level"].get(training["level"] or "", _("not stated")),
        _("Discipline"): labels["discipline"].get(training["discipline"] or "", ""),
        _("Audience"): choose_term(training, "audience"),
        _("Format"): labels["format"].get(training["format"], training["format"]),
        _("Period"): format_partial_date(training["period"]),
        _("Status"): name_status(training["status"]),
        _("What it held"): "; ".join(parts.get(training["training_id"], [])),
    }
