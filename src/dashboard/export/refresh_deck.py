"""Renews slides that were taken along: their numbers, charts and tables say what their links show
today. The form that somebody gave them stays, and so do all other words; sentences in which an old
number stands are listed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.export.pptx import DeckError, edit_text, notes, refresh_data, refresh_texts
from dashboard.export.pptx.markers import Marker, alt_of, link_in, read
from dashboard.export.pptx.opening import opened
from dashboard.export.pptx.refresh_job import Changed, Left, Work
from dashboard.export.pptx.stale_numbers import old, stale
from dashboard.export.pptx.template import font_factor, saved
from dashboard.export.view_export import Number, Shown, clean, number
from dashboard.query.metrics import METRICS

__all__ = ["Changed", "DeckError", "Left", "Refreshed", "refresh"]


@dataclass(frozen=True)
class Refreshed:
    """The slides, the very same bytes where nothing changed; what was renewed; what is left to
    people; and what is to be said of the links on them.
    """

    deck: bytes
    changed: Sequence[Changed]
    left: Sequence[Left]
    notices: Sequence[str] = ()


@dataclass(frozen=True)
class _Found:
    """A shape of a slide, the shapes among which it stands, and its marker where it is ours."""

    shape: Any
    parent: Any
    marker: Marker | None


def refresh(data: bytes, again: Callable[[str], Shown]) -> Refreshed:
    """Renew a .pptx. `again` gives what a link shows today, such as "/trainings?year=2025". Raises
    DeckError for a file that cannot be read or holds no slide of this dashboard.
    """
    deck = opened(data)
    slides = [(slide, _named(slide, list(_shapes(slide.shapes)))) for slide in deck.slides]
    links = [_link(slide, shapes) for slide, shapes in slides]
    if not any(links):
        raise DeckError(
            "the file holds no slide of this dashboard: slides are known by the names of their"
            " shapes"
        )
    asked: dict[str, Shown] = {}
    ends, works = _ends(slides, links), list[Work]()
    for position, ((slide, shapes), link) in enumerate(zip(slides, links, strict=True), start=1):
        if link and link not in asked:
            asked[link] = again(link)
        if link:
            work = Work(
                position,
                slide,
                asked[link],
                font_factor(slide.slide_layout),
                _foot(deck, shapes),
                ends[link],
            )
            _renew(work, shapes)
            works.append(work)
    changed = [one for work in works for one in work.changed]
    left = sorted(
        [*(one for work in works for one in work.left), *_stale(slides, works)],
        key=lambda one: one.slide,
    )
    notices = dict.fromkeys(notice for shown in asked.values() for notice in shown.view.notices)
    return Refreshed(saved(deck) if changed else data, changed, left, list(notices))


def _shapes(shapes: Any) -> Iterator[_Found]:
    """Every shape, those in groups too."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield _Found(shape, shapes, read(shape.name))


def _named(slide: Any, shapes: Sequence[_Found]) -> list[_Found]:
    """The shapes, a title that lost its name known by what the footer says of it."""
    feet = [
        found.marker
        for found in shapes
        if found.marker and found.marker.kind == "footer" and found.marker.beside
    ]
    title = slide.shapes.title
    if (
        not feet
        or title is None
        or any(found.marker and found.marker.kind == "title" for found in shapes)
    ):
        return list(shapes)
    return [
        replace(f, marker=feet[0].title) if f.shape.shape_id == title.shape_id else f
        for f in shapes
    ]


def _link(slide: Any, shapes: Sequence[_Found]) -> str:
    """The link of a slide: from its footer, else from its notes; empty where nothing on it is ours."""
    ours = [
        found
        for found in shapes
        if found.marker and found.marker.kind not in ("slide-number", "rule")
    ]
    if not ours:
        return ""
    feet = [
        link_in(alt_of(f.shape)) or link_in(f.marker.key)
        for f in ours
        if f.marker and f.marker.kind == "footer"
    ]
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return next(filter(None, feet), "") or (
        notes.link_of(edit_text.whole_text(frame)) if frame is not None else ""
    )


def _ends(
    slides: Sequence[tuple[Any, list[_Found]]], links: Sequence[str]
) -> dict[str, dict[str, int]]:
    """For each link and each table and list, where the last part begins that any slide holds."""
    found: dict[str, dict[str, int]] = {}
    for (_, shapes), link in zip(slides, links, strict=True):
        mine = found.setdefault(link, {})
        for one in shapes:
            if one.marker and one.marker.kind in ("table", "list"):
                name = f"{one.marker.kind} {one.marker.key}"
                mine[name] = max(mine.get(name, 0), one.marker.start)
    return found


def _foot(deck: Any, shapes: Sequence[_Found]) -> int:
    """Where the footer begins: tables and lists end above it."""
    tops = [
        found.shape.top
        for found in shapes
        if found.marker and found.marker.kind in ("footer", "code")
    ]
    foot: int = min([top for top in tops if top], default=round(deck.slide_height * 0.9))
    return foot - 110_000


def _renew(work: Work, shapes: Sequence[_Found]) -> None:
    covered = [f.marker.key for f in shapes if f.marker and f.marker.kind == "coverage"]
    for found in shapes:
        if not found.marker:
            continue
        if found.marker.kind == "number":
            refresh_texts.value(work, found.shape, found.marker)
            refresh_texts.add_coverage(work, found.shape, found.parent, found.marker, covered)
        elif found.marker.kind == "chart":
            refresh_data.chart(work, found.shape, found.marker)
        elif found.marker.kind == "table":
            refresh_data.table(work, found.shape, found.marker)
        elif found.marker.kind in refresh_texts.TEXTS and found.shape.has_text_frame:
            refresh_texts.text(work, found.shape, found.marker)
    for found in shapes:
        mine = read(found.shape.name)
        if mine and mine.kind == "footer" and work.titled:
            found.shape.name = str(replace(mine, beside=f"{work.titled.key}~{work.titled.sum}"))
    _renew_notes(work, shapes)


def _renew_notes(work: Work, shapes: Sequence[_Found]) -> None:
    """Our part of the notes, its links left as they are: they still open the view."""
    frame = work.page.notes_slide.notes_text_frame if work.page.has_notes_slide else None
    parts = notes.split(edit_text.whole_text(frame)) if frame is not None else None
    if not parts:
        return
    lines = parts[1].split("\n")
    now = notes.text(work.shown, *_told(work, shapes)).split("\n")
    links = [line for line in lines if line.startswith(notes.LINKS)]
    now = [*(line for line in now[:-1] if not line.startswith(notes.LINKS)), *links, now[-1]]
    if lines != now:
        edit_text.set_text(frame, parts[0] + "\n".join(now) + parts[2])
        was, new = (
            "; ".join(line for line in some if line.startswith("Data: ")) for some in (lines, now)
        )
        work.changed.append(Changed(work.slide, "Speaker notes", was, new))


def _told(work: Work, shapes: Sequence[_Found]) -> tuple[Sequence[Number], list[str]]:
    """The numbers that the notes of a slide define, and what stands above them."""
    markers = [found.marker for found in shapes if found.marker]
    view, content = work.shown.view, work.shown.content
    title = next((f for f in shapes if f.marker and f.marker.kind == "title"), None)
    key = (
        title.marker.key
        if title and title.marker
        else next((m.key for m in markers if m.kind in ("table", "list")), "page:0")
    )
    if key.startswith("page:"):
        cards = [number(view, m.key) for m in markers if m.kind == "number" and m.key in METRICS]
        return cards, [content.finding]
    picture = content.picture(key.removeprefix("chart:")) if key.startswith("chart:") else None
    said = refresh_texts.title_of(work.shown, key)
    part = (
        refresh_texts.PART.search(edit_text.whole_text(title.shape.text_frame)) if title else None
    )
    heading = " ".join(clean(said).split()) + (part[0] if part else "") if said else ""
    return work.shown.behind(picture.chart) if picture else work.shown.counted, [heading]


def _stale(slides: Sequence[tuple[Any, list[_Found]]], works: Sequence[Work]) -> Iterator[Left]:
    """The sentences of somebody's own that hold a number which is not right any more."""
    olds = [old(one) for one in dict.fromkeys(one for work in works for one in work.olds)]
    theirs = {work.slide: work.theirs for work in works}
    for position, (slide, shapes) in enumerate(slides, start=1):
        for text in [*_own_texts(slide, shapes), *theirs.get(position, [])]:
            for sentence, words in stale(text, olds):
                yield Left(position, sentence, words)


def _own_texts(slide: Any, shapes: Sequence[_Found]) -> Iterator[str]:
    """Texts that are none of ours: shapes, tables, notes."""
    for found in shapes:
        if found.marker:
            continue
        if found.shape.has_text_frame:
            yield found.shape.text_frame.text
        if getattr(found.shape, "has_table", False):
            yield from (
                cell.text_frame.text for row in found.shape.table.rows for cell in row.cells
            )
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if frame is not None:
        whole = edit_text.whole_text(frame)
        parts = notes.split(whole)
        yield from (parts[0], parts[2]) if parts else (whole,)
