"""Views as slides: those that the projector shows, in our own style or in that of the house."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.export.opening import load_template as load_checked_template
from dashboard.export.pptx import DeckError, notes
from dashboard.export.pptx.bodies import add_body, choose_kind
from dashboard.export.pptx.canvas import add_slide
from dashboard.export.pptx.foot import add_foot
from dashboard.export.pptx.opening import open_presentation
from dashboard.export.pptx.template import Template, read_template, save, try_template
from dashboard.export.view_export import Export, Number, clean
from dashboard.export.zip_times import fix_times
from dashboard.views.content.pages import make_content
from dashboard.views.content.slides import Slide, make_slides

__all__ = ["DeckError", "build_deck", "load_template"]


def build_deck(
    shown: Sequence[Export],
    template: bytes | None = None,
    *,
    opening: Slide | None = None,
    closing: Slide | None = None,
) -> bytes:
    """Make a .pptx of views, in their order; one that names a chart gives that chart only. A meeting
    has a slide before (see slides.make_opening) and one behind. `template` is a .pptx or .potx whose
    style is used. The same views give the same bytes. Raises DeckError for a template that cannot be
    read, or where there is no view.
    """
    if not shown:
        raise DeckError("there is no view to take along")
    style, shown = read_template(template), [_lighten(one) for one in shown]
    if opening:
        _add_slide(style, shown[0], opening, 0)
    for one in shown:
        _add_view(style, one)
    if closing:
        _add_slide(style, shown[-1], closing, 0)
    latest = max(one.time for one in shown)
    _set_properties(style.deck.core_properties, shown[0], opening, latest)
    return fix_times(save(style.deck), latest)


def _lighten(shown: Export) -> Export:
    """Take a view from a dark screen along as it is on a light one: slides are white."""
    if not shown.view.dark:
        return shown
    view = replace(shown.view, dark=False)
    return replace(shown, view=view, content=make_content(view) or shown.content)


def _set_properties(
    properties: Any, first: Export, opening: Slide | None, latest: datetime
) -> None:
    properties.title = clean(opening.title if opening else first.title)[:250]
    properties.author = properties.last_modified_by = clean(first.programme)[:250]
    properties.subject = clean(first.selection)[:250]
    properties.keywords = properties.comments = ""
    properties.created = properties.modified = latest.replace(tzinfo=None)
    properties.revision = 1


def load_template(path: Path | None) -> bytes | None:
    """Read the template of the settings; None where the settings name none. Raises DeckError for a
    file that is not there or is none.
    """
    return load_checked_template(path, _check_template)


@lru_cache(maxsize=2)
def _check_template(data: bytes, name: str) -> None:
    """Check a template once for each file: a page may offer slides of many meetings."""
    open_presentation(data, name)
    try_template(data)


def _add_view(style: Template, shown: Export) -> None:
    """Add the slides of a view; those of one name are counted."""
    found = Counter[str]()
    for source in make_slides(shown.content, shown.view.extras.get("chart", "")):
        _add_slide(style, shown, source, found[source.key])
        found[source.key] += 1


def _add_slide(style: Template, shown: Export, source: Slide, start: int) -> None:
    canvas, title = add_slide(style, choose_kind(source), shown, source, start)
    add_foot(canvas, title)
    add_body(canvas)
    defined = _find_numbers(shown, source)
    notes.write_notes(canvas.slide, notes.compose_notes(shown, defined, [source.sentence]))


def _find_numbers(shown: Export, source: Slide) -> Sequence[Number]:
    """Find the numbers that a slide tells, for its notes."""
    of_tiles = [shown.number(tile.number) for tile in source.tiles]
    if source.picture is None:
        return of_tiles
    named = {number.metric.name for number in of_tiles}
    behind = shown.behind(source.picture.chart)
    return [*of_tiles, *(one for one in behind if one.metric.name not in named)]
