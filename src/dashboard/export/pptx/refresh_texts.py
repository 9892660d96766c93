"""Renews the texts of ours on a slide: titles, findings, lists, the footer. What somebody rewrote
is theirs.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pptx.util import Inches, Pt

from dashboard.export.pptx import bar_chart, edit_text, legacy_text, lists
from dashboard.export.pptx.markers import (
    Marker,
    is_as_written,
    read_marker,
    stamp,
    stamp_text,
    text_digest,
)
from dashboard.export.pptx.numbers import build_finding_runs
from dashboard.export.pptx.refresh_job import RefreshJob
from dashboard.export.pptx.shapes import BOLD, compose_footer, format_title, to_points
from dashboard.export.pptx.tables import LINES, say_more
from dashboard.export.pptx.template import Box
from dashboard.export.pptx.text_metrics import ELLIPSIS, fit_text
from dashboard.export.view_export import Export, clean
from dashboard.query.metrics import is_metric

HEIGHT_OF_MORE = Inches(0.32)
"""The room that is kept for saying how many more rows or lines there are."""
SIZES_TO_SHRINK_TO = (26, 24, 22, 20, 18, 16, 14, 13, 12, 11, 10, 9)


def find_title(shown: Export, key: str) -> str | None:
    """Find what a title says now; None where what it was the title of is gone."""
    kind, _, name = key.partition(":")
    if kind == "page":
        return shown.title
    if kind == "chart":
        picture = shown.content.picture(name)
        return picture.chart.sentence if picture else None
    if kind == "sheet":
        return next((sheet.heading for sheet in shown.content.sheets if sheet.key == name), None)
    found = lists.find_list(shown.content.sections, key)
    return found[0] if found else None


def read_part(found: Marker, title: str) -> int:
    """Read the number of a slide among those with the same title, from 0: the marker knows it, of
    former releases only the text.
    """
    return found.start if found.stored else legacy_text.read_part(title)


def renew_text(job: RefreshJob, shape: Any, found: Marker) -> None:
    """Renew a text, unless somebody rewrote it."""
    was = edit_text.read_text(shape.text_frame)
    first = was.split("\n")[0] if found.kind == "footer" else was
    if not is_as_written(found, first):
        job.own_texts.append(was)
        return
    said = RENEWERS[found.kind](job, shape, found, first)
    if said is None or said == first:
        return
    if found.kind == "footer":
        _record_footer(job, shape, found, first, said)
        return
    job.record_text(RECORDED_NAMES[found.kind], found, first, said)
    start = read_part(found, first) if found.kind == "title" else found.start
    renewed = stamp_text(replace(found, start=start), job.shown, said)
    shape.name = str(renewed)
    if found.kind == "title":
        job.title = renewed


def _record_footer(job: RefreshJob, shape: Any, found: Marker, was: str, now: str) -> None:
    """Record that a footer was renewed. The values that it stores are those of the title."""
    if found.stored:
        job.record(RECORDED_NAMES["footer"], was, now)
        found = stamp(found, job.shown, found.stored.values)
    else:
        job.record_text(RECORDED_NAMES["footer"], found, was, now)
    shape.name = str(replace(found, sum=text_digest(now)))


def _renew_title(job: RefreshJob, shape: Any, found: Marker, was: str) -> str | None:
    now = find_title(job.shown, found.key)
    if now is None:
        return None
    said = _fit(job, shape, was, format_title(now, read_part(found, was)))
    if said != was:
        edit_text.set_text(shape.text_frame, said)
    return said


def _renew_lead(job: RefreshJob, shape: Any, _: Marker, was: str) -> str | None:
    whole = clean(job.shown.content.finding).replace("\n", " ")
    said = _fit(job, shape, was, whole)
    if said != was:
        runs = [(run.text, run.bold) for run in build_finding_runs(job.shown, said)]
        edit_text.set_pieces(shape.text_frame.paragraphs[0], runs)
    return said


def _fit(job: RefreshJob, shape: Any, was: str, now: str) -> str:
    """Fit new words at the size of the old, smaller where they do not fit, and cut at the smallest."""
    if was == now or not now or (was.endswith(ELLIPSIS) and now.startswith(was[:-1])):
        return was
    if len(now) <= len(was) + 2:
        return now
    runs = list(_runs(shape))
    own = next((run.font.size.pt for run in runs if run.font.size), 26.0)
    sizes = [own, *(size for size in SIZES_TO_SHRINK_TO if size < own)]
    room, tall = to_points(shape.width or 0) - 15, to_points(shape.height or 0) - 4
    size, said = fit_text(now, room, tall, sizes, job.factor * BOLD)
    if size < own:
        for run in runs:
            run.font.size = Pt(size)
    return said


def _runs(shape: Any) -> Iterator[Any]:
    return (run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs)


def _renew_coverage(job: RefreshJob, shape: Any, found: Marker, was: str) -> str | None:
    if not is_metric(found.key):
        return None
    notes = "\n".join(clean(note) for note in job.shown.number(found.key).notes)
    if notes != was:
        edit_text.set_text(shape.text_frame, notes)
    return notes


def _renew_footer(job: RefreshJob, shape: Any, _: Marker, was: str) -> str | None:
    warning, stand, _link = compose_footer(job.shown)
    lead = f"{warning}  ·  " if warning else ""
    whole, factor = clean(lead + stand).replace("\n", " "), job.factor * (BOLD if lead else 1)
    said = fit_text(whole, to_points(shape.width or 0), 22, (8,), factor)[1]
    if said != was:
        both = [(said[: len(lead)], True), (said[len(lead) :], False)]
        edit_text.set_pieces(shape.text_frame.paragraphs[0], both if lead else both[1:])
    return said


def _renew_list(job: RefreshJob, shape: Any, found: Marker, was: str) -> str | None:
    named = lists.find_list(job.shown.content.sections, found.key)
    if named is None:
        job.leave(f"The list “{job.name_of_slide()}” is no longer on the page: it stays as it was")
        return None
    size = max(
        (run.font.size.pt for run in _runs(shape) if run.font.size),
        default=lists.SIZE_ON_MANY_SLIDES,
    )
    every = lists.make_entries(named[1], to_points(shape.width or 0), job.factor, size)
    mine = every[found.start : found.start + found.count]
    if job.holds_last_part(found):
        rest, tall = every[found.start :], job.bottom - (shape.top or 0) - HEIGHT_OF_MORE
        room = Box(0, 0, shape.width, tall)
        fits = next(lists.split_columns(rest, room, job.factor), (0, 0))[1]
        mine = rest[: max(found.count, 0 if find_more(job, LINES) else fits)]
        renew_more(job, lists.count_entries(named[1]) - found.start - len(mine), LINES)
    said = "\n".join("".join(run.text for run in entry.runs) for entry in mine)
    if said != was:
        pieces = [[(run.text, run.bold) for run in entry.runs] for entry in mine]
        edit_text.set_paragraphs(shape.text_frame, pieces)
    return said


def find_more(job: RefreshJob, noun: str) -> tuple[Any, Marker, str] | None:
    """Find the note on a slide that says how many more rows or lines there are, its marker, and how
    it says so; None where there is none.
    """
    for shape in job.page.shapes:
        found = read_marker(shape.name)
        if found and found.kind == "note":
            text = shape.text_frame.text
            said = say_more(found.count, noun) if found.stored else legacy_text.find_more(text)
            if said and said in text:
                return shape, found, said
    return None


def renew_more(job: RefreshJob, left: int, noun: str) -> None:
    """Say how many rows or lines are on no slide: in the note that says so, else to whoever renews
    the slides.
    """
    now, known = say_more(left, noun), find_more(job, noun)
    if known is None:
        if now:
            job.leave(now)
        return
    shape, found, said = known
    was = edit_text.read_text(shape.text_frame)
    whole = was.replace(said, now).strip()
    if whole != was:
        edit_text.set_text(shape.text_frame, whole)
        job.record_text("Note", found, was, whole)
        shape.name = str(stamp_text(replace(found, count=left), job.shown, whole))


def _renew_note(job: RefreshJob, shape: Any, found: Marker, was: str) -> str | None:
    """Renew what stands beneath a chart; the notes of tables and lists are theirs."""
    picture = job.shown.content.picture(found.key)
    if picture is None:
        return None
    elsewhere = was.endswith(bar_chart.ON_NEXT_SLIDE)
    whole = clean(bar_chart.compose_beneath(picture, elsewhere=elsewhere))
    said = _fit(job, shape, was, whole)
    if said != was:
        edit_text.set_text(shape.text_frame, said)
    return said


def _leave_text(*_: Any) -> None:
    """Leave a text as it is."""


RENEWERS: dict[str, Callable[[RefreshJob, Any, Marker, str], str | None]] = {
    "title": _renew_title,
    "lead": _renew_lead,
    "coverage": _renew_coverage,
    "footer": _renew_footer,
    "list": _renew_list,
    "label": _leave_text,
    "note": _renew_note,
    "text": _leave_text,
}
RECORDED_NAMES = {
    "title": "Title",
    "lead": "Finding",
    "coverage": "Coverage",
    "footer": "Footer",
    "list": "List",
    "note": "Note",
}
"""How what was renewed is named to whoever renews slides."""
