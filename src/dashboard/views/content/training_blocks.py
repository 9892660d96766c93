"""What the Trainings page shows as rows and folds."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.marks import draw_fold, draw_line
from dashboard.charts.markup import Element, draw_said, join_said, make_element
from dashboard.charts.named_rows import NamedRow, draw_named_rows, draw_quiet
from dashboard.charts.participation import DIMENSIONS
from dashboard.language.messages import _, choose_text, ngettext
from dashboard.text.selection import name_filter
from dashboard.text.sentences import lower_first
from dashboard.views.content import Line, Picture
from dashboard.views.content.common import read_choice
from dashboard.views.content.nothing import build_nothing
from dashboard.views.content.training_lists import (
    TrainingLists,
    compare_with_year_before,
    count_left_out,
    make_line,
    name_module,
    tell_training,
)
from dashboard.views.view import View

READY, IN_PROGRESS = "developed", "in-development"
Row = Mapping[str, Any]


def build_blocks(
    view: View, lists: TrainingLists, pictures: Sequence[Picture]
) -> dict[str, Element | None]:
    """Build the rows and folds of the page by name."""
    by = next((one for one in pictures if one.key == "participation"), None)
    return {
        "nothing": None if lists.trainings else build_nothing(view, _("No trainings here.")),
        "not-known": _build_unnumbered(lists),
        "modules": _build_modules(view, lists.modules),
        "by": _fold_participation(view, by) if by else None,
        "compared": _fold_comparison(view, lists),
        "not-held": _fold_not_held(view, lists),
        "left-out": _build_left_out(view),
    }


def _build_left_out(view: View) -> Element | None:
    """Say how many trainings no month can match, where months are chosen."""
    left_out = count_left_out(view)
    if not left_out:
        return None
    words = ngettext(
        "Left out where months are chosen: {n:,} training or module known by its year only.",
        "Left out where months are chosen: {n:,} trainings and modules known by their year only.",
        left_out,
    )
    return make_element("p", words, css="note left-out")


def _find_act(training: Row) -> str:
    return f"record=trainings.{training['training_id']}"


def _build_unnumbered(lists: TrainingLists) -> Element | None:
    rows = [_make_row(lists, training) for training in lists.unnumbered]
    return draw_named_rows(rows, columns="1.15fr 1fr 1fr")


def _make_row(lists: TrainingLists, training: Row) -> NamedRow:
    title, lang = choose_text(training, "title")
    audience = draw_said(choose_text(training, "audience"))
    return NamedRow(
        title,
        _find_act(training),
        (
            audience or draw_quiet(_("audience not stated")),
            draw_quiet(*join_said(tell_training(lists, training))),
        ),
        training["pillar"] or "",
        lang,
    )


def _build_modules(view: View, modules: Sequence[Row]) -> Element | None:
    """Build the rows of e-learning, what is ready first."""
    statuses = view.terms["training-status"]
    order = [READY, *statuses]
    ranked = sorted(modules, key=lambda module: order.index(module["status"]))
    words = {READY: _("ready"), IN_PROGRESS: _("in progress")}
    rows = []
    for module in ranked:
        title, lang = name_module(module)
        status = words.get(module["status"], lower_first(statuses[module["status"]]))
        rows.append(NamedRow(title, _find_act(module), (draw_quiet(status),), lang=lang))
    return draw_named_rows(rows, columns="1fr auto", beside=True)


def _fold_participation(view: View, picture: Picture) -> Element:
    """Fold people by level, discipline and so on; open where the link asks for one of them."""
    chosen = read_choice(view, "by", DIMENSIONS)
    options = [_build_option(name, chosen=name == chosen) for name in DIMENSIONS]
    return make_element(
        "details",
        make_element("summary", _("People by {what}", what=name_filter(chosen)), css="fold-label"),
        make_element("ul", *options, css="switch"),
        make_element("p", picture.chart.sentence, css="fold-finding"),
        picture.chart.markup,
        css="fold",
        id="fold-by",
        open="open" if view.extras.get("by") in DIMENSIONS else "",
    )


def _build_option(name: str, *, chosen: bool) -> Element:
    link = make_element(
        "a",
        _(DIMENSIONS[name]),
        css="switch-option",
        act=f"by={name}",
        aria_current="true" if chosen else "",
    )
    return make_element("li", link)


def _fold_comparison(view: View, lists: TrainingLists) -> Element | None:
    """Fold the numbers of the year before, and what a source says of a change where no row says it."""
    said = {training["training_id"] for training in lists.unnumbered}
    claims = {identity: of for identity, of in lists.claims.items() if identity not in said}
    found = compare_with_year_before(view, claims)
    return _fold_lines(found[0].heading, found[0].lines) if found else None


def _fold_not_held(view: View, lists: TrainingLists) -> Element | None:
    found = lists.not_held
    if not found:
        return None
    statuses = view.terms["training-status"]
    label = ngettext(
        "Planned or cancelled: {n:,} training",
        "Planned or cancelled: {n:,} trainings",
        len(found),
    )
    return _fold_lines(label, [make_line(training, statuses) for training in found])


def _fold_lines(label: str, lines: Sequence[Line]) -> Element:
    drawn = (draw_line(line.text, line.note, line.link, line.lang) for line in lines)
    return draw_fold(label, make_element("ul", *drawn, css="lines"))
