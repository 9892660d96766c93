"""Views as slides: those that the projector shows, in our own style or in that of the house."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.export.opening import load_template as load_checked_template
from dashboard.export.pptx import DeckError
from dashboard.export.pptx.bodies import add_body, choose_kind
from dashboard.export.pptx.canvas import add_slide
from dashboard.export.pptx.foot import add_foot
from dashboard.export.pptx.notes import compose_notes
from dashboard.export.pptx.shapes import set_language
from dashboard.export.pptx.template import read_template, save, try_template
from dashboard.export.view_export import Export, Number, clean, name_language
from dashboard.export.zip_times import fix_times
from dashboard.language.messages import _, speaking
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
    has a slide before (slides.make_opening) and one behind; `template` is a .pptx or .potx. The same
    views give the same bytes. Slides speak the language of their view. Raises DeckError for such a
    file, or where there is no view.
    """
    if not shown:
        raise DeckError(_("there is no view to take along"))
    deck, shown = read_template(template), [_lighten(one) for one in shown]
    if opening:
        _add_slide(deck, shown[0], opening, 0)
    for one in shown:
        _add_view(deck, one)
    if closing:
        _add_slide(deck, shown[-1], closing, 0)
    latest = max(one.time for one in shown)
    with speaking(shown[0].view.language):
        _set_properties(deck.core_properties, shown[0], opening, latest)
    return fix_times(save(deck), latest)


def _lighten(shown: Export) -> Export:
    """Take a view from a dark screen along as it is on a light one: slides are white."""
    if not shown.view.dark:
        return shown
    view = replace(shown.view, dark=False)
    with speaking(view.language):
        return replace(shown, view=view, content=make_content(view) or shown.content)


def _set_properties(
    properties: Any, first: Export, opening: Slide | None, latest: datetime
) -> None:
    properties.title = clean(opening.title if opening else first.title)[:250]
    properties.author = properties.last_modified_by = clean(first.programme)[:250]
    properties.subject = clean(first.selection)[:250]
    properties.language = name_language()
    properties.keywords = properties.comments = ""
    properties.created = properties.modified = latest.replace(tzinfo=None)
    properties.revision = 1


def load_template(path: Path | None) -> bytes | None:
    """Read the template of the settings, if they name one. Raises DeckError for a bad file."""
    return load_checked_template(path, try_template)


def _add_view(deck: Any, shown: Export) -> None:
    """Add the slides of a view; those of one name are counted."""
    found = Counter[str]()
    with speaking(shown.view.language):
        for source in make_slides(shown.content, shown.view.extras.get("chart", "")):
            _add_slide(deck, shown, source, found[source.key])
            found[source.key] += 1


def _add_slide(deck: Any, shown: Export, source: Slide, start: int) -> None:
    with speaking(shown.view.language):
        canvas = add_slide(deck, choose_kind(source), shown, source, start)
        add_foot(canvas)
        add_body(canvas)
        frame = canvas.slide.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = compose_notes(shown, source.sentence, _find_numbers(shown, source))
            set_language(frame.paragraphs)


def _find_numbers(shown: Export, source: Slide) -> Sequence[Number]:
    """Find the numbers that a slide tells, each once."""
    told = [shown.number(tile.number) for tile in source.tiles]
    if source.picture:
        told += shown.behind(source.picture.chart)
    names = [number.metric.name for number in told]
    return [number for nr, number in enumerate(told) if number.metric.name not in names[:nr]]
