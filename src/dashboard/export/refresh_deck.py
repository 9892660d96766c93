"""Renews slides that were taken along: their numbers, charts and tables say what their links show
today. The form that somebody gave them stays, and so do all other words; sentences in which an old
number stands are listed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.export.pptx import (
    DeckError,
    edit_text,
    notes,
    refresh_data,
    refresh_numbers,
    refresh_texts,
)
from dashboard.export.pptx.markers import Marker, find_link, read_alt_text, read_marker
from dashboard.export.pptx.opening import open_presentation
from dashboard.export.pptx.refresh_job import Changed, LeftToPeople, RefreshJob
from dashboard.export.pptx.shapes import format_title
from dashboard.export.pptx.stale_numbers import find_stale, make_outdated
from dashboard.export.pptx.template import find_font_factor, save
from dashboard.export.view_export import Export, Number
from dashboard.query.metrics import is_metric

__all__ = ["Changed", "DeckError", "LeftToPeople", "Refreshed", "refresh"]
NOT_ENOUGH_TO_KNOW = ("slide-number", "rule")
"""Kinds of shapes that do not make a slide one of ours."""


@dataclass(frozen=True)
class Refreshed:
    """The slides, the very same bytes where nothing changed; what was renewed; what is left to
    people; and what is to be said of the links on them.
    """

    deck: bytes
    changed: Sequence[Changed]
    left: Sequence[LeftToPeople]
    notices: Sequence[str] = ()


@dataclass(frozen=True)
class _Found:
    """A shape of a slide, the shapes among which it stands, and its marker where it is ours."""

    shape: Any
    parent: Any
    marker: Marker | None

    def is_a(self, *kinds: str) -> bool:
        """Return whether the shape is ours and of one of these kinds."""
        return self.marker is not None and self.marker.kind in kinds


@dataclass(frozen=True)
class _Slide:
    """A slide of a deck: its number, its shapes, and the link of its view, empty where it is none
    of ours.
    """

    position: int
    page: Any
    shapes: Sequence[_Found]
    link: str

    def by_link(self) -> dict[str, list[_Found]]:
        """Group our shapes by the link that they show: a card that was copied from another slide
        shows another view.
        """
        found: dict[str, list[_Found]] = {self.link: []} if self.link else {}
        for one in self.shapes:
            stored = one.marker.stored if one.marker else None
            link = (stored.link if stored else "") or self.link
            if one.marker and link:
                found.setdefault(link, []).append(one)
        return found


def refresh(data: bytes, again: Callable[[str], Export]) -> Refreshed:
    """Renew a .pptx. `again` gives what a link shows today, such as "/trainings?year=2025". Raises
    DeckError for a file that cannot be read or holds no slide of this dashboard.
    """
    deck = open_presentation(data)
    slides = _read_slides(deck)
    if not any(slide.link for slide in slides):
        raise DeckError(
            "the file holds no slide of this dashboard: slides are known by the names of their"
            " shapes"
        )
    links = dict.fromkeys(link for slide in slides for link in slide.by_link())
    asked = {link: again(link) for link in links}
    jobs = list(_renew(deck, slides, asked))
    changed = [one for job in jobs for one in job.changed]
    left = [one for job in jobs for one in job.left] + list(_list_stale(slides, jobs))
    notices = dict.fromkeys(notice for shown in asked.values() for notice in shown.view.notices)
    return Refreshed(
        save(deck) if changed else data,
        changed,
        sorted(left, key=lambda one: one.slide),
        list(notices),
    )


def _read_slides(deck: Any) -> list[_Slide]:
    slides = []
    for position, page in enumerate(deck.slides, start=1):
        shapes = _name_title(page, list(_walk(page.shapes)))
        slides.append(_Slide(position, page, shapes, _find_link(page, shapes)))
    return slides


def _walk(shapes: Any) -> Iterator[_Found]:
    """Walk over every shape, those in groups too."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _walk(shape.shapes)
        else:
            yield _Found(shape, shapes, read_marker(shape.name))


def _name_title(page: Any, shapes: Sequence[_Found]) -> list[_Found]:
    """Know a title that lost its name by what the footer says of it."""
    feet = [f.marker for f in shapes if f.marker and f.is_a("footer") and f.marker.beside]
    title = page.shapes.title
    if not feet or title is None or any(found.is_a("title") for found in shapes):
        return list(shapes)
    return [
        replace(f, marker=feet[0].title) if f.shape.shape_id == title.shape_id else f
        for f in shapes
    ]


def _find_link(page: Any, shapes: Sequence[_Found]) -> str:
    """Find the link of a slide: in its footer, else in its notes, else in any shape; empty where
    nothing on it is ours.
    """
    ours = [f.marker for f in shapes if f.marker and not f.is_a(*NOT_ENOUGH_TO_KNOW)]
    if not ours:
        return ""
    feet = [
        find_link(read_alt_text(f.shape)) or find_link(f.marker.key)
        for f in shapes
        if f.marker and f.is_a("footer")
    ]
    frame = page.notes_slide.notes_text_frame if page.has_notes_slide else None
    of_notes = notes.find_link_in_notes(edit_text.read_text(frame)) if frame is not None else ""
    stored = (marker.stored.link for marker in ours if marker.stored)
    return next(filter(None, [*feet, of_notes, *stored]), "")


def _renew(deck: Any, slides: Sequence[_Slide], asked: dict[str, Export]) -> Iterator[RefreshJob]:
    """Renew every slide of ours."""
    last_parts = _find_last_parts(slides)
    for slide in slides:
        factor, bottom = find_font_factor(slide.page.slide_layout), _find_bottom(deck, slide.shapes)
        for link, shapes in slide.by_link().items():
            shown, parts = asked[link], last_parts[link]
            job = RefreshJob(slide.position, slide.page, shown, factor, bottom, parts)
            _renew_shapes(job, shapes)
            if link == slide.link:
                _renew_notes(job, shapes)
            yield job


def _find_last_parts(slides: Sequence[_Slide]) -> dict[str, dict[str, int]]:
    """Find for each link and each table and list where the last part begins that any slide holds."""
    found: dict[str, dict[str, int]] = {}
    for slide in slides:
        for link, shapes in slide.by_link().items():
            mine = found.setdefault(link, {})
            for one in shapes:
                if one.marker and one.is_a("table", "list"):
                    name = f"{one.marker.kind} {one.marker.key}"
                    mine[name] = max(mine.get(name, 0), one.marker.start)
    return found


def _find_bottom(deck: Any, shapes: Sequence[_Found]) -> int:
    """Find where the footer begins: tables and lists end above it."""
    tops = [found.shape.top for found in shapes if found.is_a("footer", "code")]
    top: int = min([top for top in tops if top], default=round(deck.slide_height * 0.9))
    return top - 110_000


def _renew_shapes(job: RefreshJob, shapes: Sequence[_Found]) -> None:
    covered = [f.marker.key for f in shapes if f.marker and f.is_a("coverage")]
    for found in shapes:
        if found.marker:
            _renew_shape(job, found, found.marker, covered)
    for found in shapes:
        mine = read_marker(found.shape.name)
        if mine and mine.kind == "footer" and job.title:
            found.shape.name = str(mine.beside_title(job.title))


def _renew_shape(job: RefreshJob, found: _Found, marker: Marker, covered: Sequence[str]) -> None:
    shape = found.shape
    if marker.kind == "number":
        refresh_numbers.renew_value(job, shape, marker)
        refresh_numbers.complete_coverage(job, shape, found.parent, marker, covered)
    elif marker.kind == "chart":
        refresh_data.renew_chart(job, shape, marker)
    elif marker.kind == "table":
        refresh_data.renew_table(job, shape, marker)
    elif marker.kind in refresh_texts.RENEWERS and shape.has_text_frame:
        refresh_texts.renew_text(job, shape, marker)


def _renew_notes(job: RefreshJob, shapes: Sequence[_Found]) -> None:
    """Renew our part of the notes, its links left as they are: they still open the view."""
    frame = job.page.notes_slide.notes_text_frame if job.page.has_notes_slide else None
    parts = notes.split_notes(edit_text.read_text(frame)) if frame is not None else None
    if not parts:
        return
    lines = parts[1].split("\n")
    now = notes.compose_notes(job.shown, *_find_defined(job, shapes)).split("\n")
    links = [line for line in lines if line.startswith(notes.LINK_PREFIXES)]
    now = [
        *(line for line in now[:-1] if not line.startswith(notes.LINK_PREFIXES)),
        *links,
        now[-1],
    ]
    if lines != now:
        edit_text.set_text(frame, parts[0] + "\n".join(now) + parts[2])
        was, new = (
            "; ".join(line for line in some if line.startswith(notes.DATA_PREFIX))
            for some in (lines, now)
        )
        job.record("Speaker notes", was, new)


def _find_defined(job: RefreshJob, shapes: Sequence[_Found]) -> tuple[Sequence[Number], list[str]]:
    """Find the numbers that the notes of a slide define, and what stands above them."""
    shown, content = job.shown, job.shown.content
    title = next((found for found in shapes if found.is_a("title")), None)
    key = _key_of_slide(title, shapes)
    if key.startswith("page:"):
        names = [f.marker.key for f in shapes if f.marker and f.is_a("number")]
        return [shown.number(name) for name in names if is_metric(name)], [content.finding]
    heading = refresh_texts.find_title(shown, key) or ""
    if title and title.marker and heading:
        said = edit_text.read_text(title.shape.text_frame)
        heading = format_title(heading, refresh_texts.read_part(title.marker, said))
    picture = content.picture(key.removeprefix("chart:")) if key.startswith("chart:") else None
    return shown.behind(picture.chart) if picture else shown.counted, [heading]


def _key_of_slide(title: _Found | None, shapes: Sequence[_Found]) -> str:
    """Find whose the slide is: the key of its title, else of its table or list."""
    found = [title] if title else [one for one in shapes if one.is_a("table", "list")]
    return next((one.marker.key for one in found if one.marker), "page:0")


def _list_stale(slides: Sequence[_Slide], jobs: Sequence[RefreshJob]) -> Iterator[LeftToPeople]:
    """List the sentences of somebody's own that hold a number which is not right any more."""
    values = dict.fromkeys(value for job in jobs for value in job.outdated)
    outdated = [make_outdated(value) for value in values]
    for slide in slides:
        rewritten = [text for job in jobs if job.slide == slide.position for text in job.own_texts]
        for text in [*_own_texts(slide), *rewritten]:
            for sentence, words in find_stale(text, outdated):
                yield LeftToPeople(slide.position, sentence, words)


def _own_texts(slide: _Slide) -> Iterator[str]:
    """Give the texts that are none of ours: shapes, tables, notes."""
    for found in slide.shapes:
        if found.marker:
            continue
        if found.shape.has_text_frame:
            yield found.shape.text_frame.text
        if getattr(found.shape, "has_table", False):
            yield from (
                cell.text_frame.text for row in found.shape.table.rows for cell in row.cells
            )
    frame = slide.page.notes_slide.notes_text_frame if slide.page.has_notes_slide else None
    if frame is not None:
        whole = edit_text.read_text(frame)
        parts = notes.split_notes(whole)
        yield from (parts[0], parts[2]) if parts else (whole,)
