"""Renews the texts of ours on a slide: titles, findings, numbers, lists, the footer. What somebody
rewrote is theirs.
"""

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from pptx.util import Inches, Pt

from dashboard.export.pptx import edit_text, lists
from dashboard.export.pptx.markers import Marker, is_as_written, read, sum_of
from dashboard.export.pptx.numbers import strong_runs
from dashboard.export.pptx.refresh_job import Work
from dashboard.export.pptx.shapes import BOLD, POINT, QUIET, Run, footer_text, points, text_box
from dashboard.export.pptx.tables import more
from dashboard.export.pptx.template import Box
from dashboard.export.pptx.text_metrics import fitting
from dashboard.export.view_export import Number, Shown, clean, number
from dashboard.query.metrics import METRICS

PART = re.compile(r", part \d+$")
VALUE = re.compile(
    r"(?P<qualifier>\b(?:at least about|at least|about)\s+)?"
    r"(?P<value>€?\d[\d,]*(?:\.\d+)?(?: million)?|\bunknown\b|withheld \(small groups\))"
)
MORE, MORE_TALL = (
    re.compile(r"And [\d,]+ more (?:rows?|lines?): see the workbook or the link\."),
    Inches(0.32),
)
SHRINK = (26, 24, 22, 20, 18, 16, 14, 13, 12, 11, 10, 9)


def title_of(shown: Shown, key: str) -> str | None:
    """What a title says now; None where what it was the title of is gone."""
    kind, _, name = key.partition(":")
    if kind == "page":
        return shown.title
    if kind == "chart":
        picture = shown.content.picture(name)
        return picture.chart.sentence if picture else None
    if kind == "sheet":
        return next((sheet.heading for sheet in shown.content.sheets if sheet.key == name), None)
    return next(
        (
            heading
            for heading in lists.by_heading(shown.content.sections)
            if lists.key_of(heading) == key
        ),
        None,
    )


def text(work: Work, shape: Any, found: Marker) -> None:
    """Renew a text, unless somebody rewrote it."""
    frame = shape.text_frame
    was = edit_text.whole_text(frame)
    first = was.split("\n")[0] if found.kind == "footer" else was
    if not is_as_written(found, first):
        work.theirs.append(was)
        return
    said = TEXTS[found.kind](work, shape, found, first)
    if said is None or said == first:
        return
    work.note(WHAT.get(found.kind, found.kind), first, said)
    renewed = replace(found, sum=sum_of(said))
    shape.name = str(renewed)
    if found.kind == "title":
        work.titled = renewed


def _title(work: Work, shape: Any, found: Marker, was: str) -> str | None:
    now = title_of(work.shown, found.key)
    if now is None:
        return None
    part = PART.search(was)
    return _fitted(work, shape, was, " ".join(clean(now).split()) + (part[0] if part else ""), BOLD)


def _lead(work: Work, shape: Any, _: Marker, was: str) -> str | None:
    whole = clean(work.shown.content.finding).replace("\n", " ")
    said = _fitted(work, shape, was, whole, BOLD, put=False)
    if said != was:
        edit_text.set_pieces(
            shape.text_frame.paragraphs[0],
            [(run.text, run.bold) for run in strong_runs(work.shown, said)],
        )
    return said


def _fitted(work: Work, shape: Any, was: str, now: str, bold: float, *, put: bool = True) -> str:
    """New words at the size of the old, smaller where they would not fit, and cut at the smallest."""
    if was == now or not now or (was.endswith("…") and now.startswith(was[:-1])):
        return was
    runs = [run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
    own = next((run.font.size.pt for run in runs if run.font.size), 26.0)
    room, tall = points(shape.width or 0) - 15, points(shape.height or 0) - 4
    longer = len(now) > len(was) + 2
    size, said = (
        fitting(now, room, tall, [own, *(s for s in SHRINK if s < own)], work.factor * bold)
        if longer
        else (own, now)
    )
    if put:
        edit_text.set_text(shape.text_frame, said)
    if size < own:
        for paragraph in shape.text_frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(size)
    return said


def _coverage(work: Work, shape: Any, found: Marker, was: str) -> str | None:
    if found.key not in METRICS:
        return None
    notes = "\n".join(clean(note) for note in number(work.shown.view, found.key).notes)
    if notes != was:
        edit_text.set_text(shape.text_frame, notes)
    return notes


def _footer(work: Work, shape: Any, _: Marker, was: str) -> str | None:
    warning, stand, _link = footer_text(work.shown)
    lead = f"{warning}  ·  " if warning else ""
    whole = clean(lead + stand).replace("\n", " ")
    said = fitting(whole, points(shape.width or 0), 22, (8,), work.factor * (BOLD if lead else 1))[
        1
    ]
    if said != was:
        first = shape.text_frame.paragraphs[0]
        edit_text.set_pieces(
            first,
            [(said[: len(lead)], True), (said[len(lead) :], False)] if lead else [(said, False)],
        )
    return said


def _list(work: Work, shape: Any, found: Marker, was: str) -> str | None:
    named = lists.by_heading(work.shown.content.sections)
    sections = next(
        (mine for heading, mine in named.items() if lists.key_of(heading) == found.key), None
    )
    if sections is None:
        work.cannot(
            f"The list “{found.key.removeprefix('list:')}” is no longer on the page: it stays as"
            " it was"
        )
        return None
    sizes = [
        run.font.size.pt for p in shape.text_frame.paragraphs for run in p.runs if run.font.size
    ]
    size, room = max(sizes, default=lists.MANY), points(shape.width or 0)
    every = lists.entries(sections, room, work.factor, size)
    mine = every[found.start : found.start + found.count]
    if work.ends.get(f"list {found.key}", 0) <= found.start:
        rest, tall = every[found.start :], work.foot - (shape.top or 0) - MORE_TALL
        fits = next(lists.columns(rest, Box(0, 0, shape.width, tall), work.factor), (0, 0))[1]
        mine = rest[: max(found.count, 0 if more_on(work) else fits)]
        say_more(work, lists.count_of(sections) - found.start - len(mine), "line")
    said = "\n".join("".join(run.text for run in entry.runs) for entry in mine)
    if said != was:
        edit_text.set_paragraphs(
            shape.text_frame, [[(run.text, run.bold) for run in entry.runs] for entry in mine]
        )
    return said


def more_on(work: Work) -> Any:
    """The note on a slide that says how many more rows or lines there are; None where there is
    none.
    """
    notes = (
        shape for shape in work.page.shapes if (found := read(shape.name)) and found.kind == "note"
    )
    return next((shape for shape in notes if MORE.search(shape.text_frame.text)), None)


def say_more(work: Work, left: int, noun: str) -> None:
    """How many rows or lines are on no slide: in the note that says so, else to whoever renews the
    slides.
    """
    said, shape = more(left, noun), more_on(work)
    if shape is None:
        if said:
            work.cannot(said)
        return
    was = edit_text.whole_text(shape.text_frame)
    now = MORE.sub(said, was).strip()
    if now != was:
        edit_text.set_text(shape.text_frame, now)
        work.note("Note", was, now)
        if (found := read(shape.name)) is not None:
            shape.name = str(replace(found, sum=sum_of(now)))


def _nothing(*_: Any) -> None:
    return None


TEXTS: dict[str, Callable[[Work, Any, Marker, str], str | None]] = {
    "title": _title,
    "lead": _lead,
    "coverage": _coverage,
    "footer": _footer,
    "list": _list,
    "label": _nothing,
    "note": _nothing,
    "text": _nothing,
}
WHAT = {
    "title": "Title",
    "lead": "Finding",
    "coverage": "Coverage",
    "footer": "Footer",
    "list": "List",
}


def value(work: Work, shape: Any, found: Marker) -> None:
    """Renew the number of a card; words that somebody wrote beside it stay."""
    if found.key not in METRICS:
        work.cannot(f"The number “{found.key}” is not known any more: it stays as it was")
        return
    now = number(work.shown.view, found.key)
    for paragraph in shape.text_frame.paragraphs:
        was = VALUE.search(edit_text.text_of(paragraph))
        if was:
            break
    else:
        work.cannot(f"{now.metric.label}: the slide holds no number any more")
        return
    old = " ".join(was[0].split())
    if old != now.short:
        _put_value(paragraph, was, now)
        work.note(now.metric.label, old, now.short)


def _put_value(paragraph: Any, was: re.Match[str], now: Number) -> None:
    """The value in the form of the old value, the qualifier in that of the old qualifier, or
    smaller than the value.
    """
    form = edit_text.run_at(paragraph, was.start("value"))
    edit_text.replace_span(paragraph, was.start("value"), was.end("value"), now.value)
    if was["qualifier"]:
        edit_text.replace_span(
            paragraph,
            was.start(),
            was.end("qualifier"),
            f"{now.qualifier} " if now.qualifier else "",
        )
    elif now.qualifier and form and form[1] == was.start("value"):
        run = form[0]
        beside = deepcopy(run._r)
        run._r.addprevious(beside)
        added = next(r for r in paragraph.runs if r._r is beside)
        added.text = f"{now.qualifier} "
        if run.font.size:
            added.font.size = Pt(max(round(run.font.size.pt * 0.42), 9))
    elif now.qualifier:
        edit_text.replace_span(
            paragraph, was.start("value"), was.start("value"), f"{now.qualifier} "
        )
    edit_text.drop_empty_runs(paragraph)


def add_coverage(work: Work, shape: Any, parent: Any, found: Marker, has: Sequence[str]) -> None:
    """How well a number is known, where the slide did not have to say it before."""
    if found.key in has or found.key not in METRICS:
        return
    notes = [clean(note) for note in number(work.shown.view, found.key).notes]
    if notes:
        box = Box(
            shape.left, shape.top + shape.height, shape.width, round(14 * 1.25 * len(notes) * POINT)
        )
        text_box(
            parent,
            box,
            [[Run(note, size=11, colour=QUIET)] for note in notes],
            Marker("coverage", found.key, sum=sum_of("\n".join(notes))),
        )
        work.note("Coverage", "", "; ".join(notes))
