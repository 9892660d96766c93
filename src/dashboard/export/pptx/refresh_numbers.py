"""Renews the numbers of cards: the value that a shape stores is looked for in its text, as it was
worded, and gives way to today's. Words that somebody wrote beside it stay.
"""

from collections.abc import Collection
from copy import deepcopy
from typing import Any

from pptx.util import Pt

from dashboard.export.pptx import edit_text, legacy_text
from dashboard.export.pptx.legacy_text import ValueSpan
from dashboard.export.pptx.markers import Marker
from dashboard.export.pptx.numbers import add_coverage, mark_value
from dashboard.export.pptx.refresh_job import RefreshJob
from dashboard.export.pptx.shapes import POINT
from dashboard.export.pptx.template import Box
from dashboard.export.shown_values import ShownValue, find_wording
from dashboard.export.view_export import Number, clean
from dashboard.query.metrics import is_metric


def renew_value(job: RefreshJob, shape: Any, found: Marker) -> None:
    """Renew the number of a card; words that somebody wrote beside it stay."""
    if not is_metric(found.key):
        job.leave(f"The number “{found.key}” is not known any more: it stays as it was")
        return
    now, stored = job.shown.number(found.key), _stored_value(found)
    for paragraph in shape.text_frame.paragraphs:
        text = edit_text.read_paragraph(paragraph)
        span = _find_value(text, stored) if stored else legacy_text.find_value(text)
        if span:
            break
    else:
        job.leave(f"{now.metric.label}: the slide holds no number any more")
        job.own_texts.append(edit_text.read_text(shape.text_frame))
        return
    old = " ".join(text[span.start : span.end].split())
    if old != now.short:
        _put_value(paragraph, span, now)
        job.record(now.metric.label, old, now.short)
        before = [stored] if stored else legacy_text.read_values(old)
        job.drop_values(before, [now.shown_value])
        shape.name = str(mark_value(now, job.shown))


def _stored_value(found: Marker) -> ShownValue | None:
    """Find the value that a shape stores; None in slides of former releases."""
    values = found.stored.values if found.stored else ()
    return next((value for value in values if value.metric == found.key.partition("~")[0]), None)


def _find_value(text: str, stored: ShownValue) -> ValueSpan | None:
    """Find a stored value in a text as it was worded, its qualifier before it where that stands
    there.
    """
    place = find_wording(text, stored.words)
    if place is None:
        return None
    before = text[:place].rstrip()
    with_qualifier = stored.qualifier and f" {before}".endswith(f" {stored.qualifier}")
    start = len(before) - len(stored.qualifier) if with_qualifier else place
    return ValueSpan(start, place, place + len(stored.words))


def _put_value(paragraph: Any, span: ValueSpan, now: Number) -> None:
    """Put the value in the form of the old value, the qualifier in that of the old qualifier, or
    smaller than the value.
    """
    form = edit_text.find_run(paragraph, span.value)
    edit_text.replace_span(paragraph, span.value, span.end, now.value)
    beside = f"{now.qualifier} " if now.qualifier else ""
    if span.start < span.value:
        edit_text.replace_span(paragraph, span.start, span.value, beside)
    elif beside and form and form[1] == span.value:
        _add_qualifier(paragraph, form[0], beside)
    elif beside:
        edit_text.replace_span(paragraph, span.value, span.value, beside)
    edit_text.drop_empty_runs(paragraph)


def _add_qualifier(paragraph: Any, value: Any, text: str) -> None:
    """Add a run before that of the value, in smaller letters of the same form."""
    beside = deepcopy(value._r)
    value._r.addprevious(beside)
    added = next(run for run in paragraph.runs if run._r is beside)
    added.text = text
    if value.font.size:
        added.font.size = Pt(max(round(value.font.size.pt * 0.42), 9))


def complete_coverage(
    job: RefreshJob, shape: Any, parent: Any, found: Marker, covered: Collection[str]
) -> None:
    """Add how well a number is known, where the slide did not have to say it before."""
    if found.key in covered or not is_metric(found.key):
        return
    notes = [clean(note) for note in job.shown.number(found.key).cautions]
    if notes:
        tall = round(14 * 1.25 * len(notes) * POINT)
        box = Box(shape.left, shape.top + shape.height, shape.width, tall)
        add_coverage(parent, box, "\n".join(notes), found.key, job.shown, size=11)
        job.record("Coverage", "", "; ".join(notes))
