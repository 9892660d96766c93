"""Renews slides that were taken along: for each link on them the slides of today are made, and each
shape takes over what the same shape says there. The form that somebody gave them stays, and so do
all other words; sentences in which an old number stands are listed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dashboard.export.fresh_page import Ask, FreshPage
from dashboard.export.pptx import DeckError, edit_text, notes
from dashboard.export.pptx.marked_slides import MarkedSlide, read_slides
from dashboard.export.pptx.opening import open_presentation
from dashboard.export.pptx.template import save
from dashboard.export.pptx.transfer import SlideRenewal
from dashboard.export.refreshed import Changed, LeftToPeople, Refreshed, list_stale
from dashboard.export.renew_slide import renew_slide
from dashboard.text.messages import ngettext

__all__ = ["Changed", "DeckError", "LeftToPeople", "Refreshed", "refresh"]


def refresh(data: bytes, again: Ask) -> Refreshed:
    """Renew a .pptx. `again` gives what a link shows today, such as "/trainings?year=2025". Raises
    DeckError for a file that cannot be read or holds no slide of this dashboard.
    """
    deck = open_presentation(data)
    slides = read_slides(deck)
    if not any(slide.link for slide in slides):
        raise DeckError(
            "the file holds no slide of this dashboard: slides are known by the names of their"
            " shapes"
        )
    printed = _find_links(slides)
    style = None if any(slide.is_renamed for slide in slides) else data
    pages = {link: FreshPage(link, again, style, links) for link, links in printed.items()}
    jobs = list(_renew_slides(slides, pages))
    changed = [one for job in jobs for one in job.changed]
    outdated = [value for job in jobs for value in job.outdated]
    left = [one for job in jobs for one in job.left]
    left += [*_list_further_rows(slides, pages), *list_stale(_own_texts(slides, jobs), outdated)]
    left.sort(key=lambda one: one.slide)
    notices = (notice for page in pages.values() for notice in page.shown.view.notices)
    return Refreshed(save(deck) if changed else data, changed, left, list(dict.fromkeys(notices)))


def _find_links(slides: Sequence[MarkedSlide]) -> dict[str, dict[str, str]]:
    """Find the links on the slides, each with its full and its short form as they are printed."""
    found: dict[str, dict[str, str]] = {}
    for slide in slides:
        printed = notes.read_links(map(edit_text.read_paragraph, slide.our_notes))
        for link in slide.by_link():
            found[link] = found.get(link) or (printed if link == slide.link else {})
    return found


def _renew_slides(
    slides: Sequence[MarkedSlide], pages: Mapping[str, FreshPage]
) -> Iterator[SlideRenewal]:
    for slide in slides:
        for link, marked in slide.by_link().items():
            job = SlideRenewal(slide.number, pages[link].shown)
            renew_slide(slide, pages[link], marked, job)
            yield job


def _list_further_rows(
    slides: Sequence[MarkedSlide], pages: Mapping[str, FreshPage]
) -> Iterator[LeftToPeople]:
    """Say how many rows of lists that grew are on no slide."""
    for page in pages.values():
        mine = [s for s in slides if s.link == page.link and s.title and s.version]
        known = {one.title.place for one in mine if one.title}
        last = {one.title.of_what: one for one in mine if one.title}
        further = Counter[int]()
        for one in page.slides:
            slide = last.get(one.title.of_what) if one.title else None
            if slide and one.title and one.title.place not in known:
                is_new = page.find_made(one.title, slide) is None
                further[slide.number] += sum(shape.rows for shape in one.marked) if is_new else 0
        for number, rows in further.items():
            if rows:
                yield LeftToPeople(number, _say_further(rows), "")


def _say_further(rows: int) -> str:
    return ngettext(
        "{n:,} more row is on no slide: take the page along anew",
        "{n:,} more rows are on no slide: take the page along anew",
        rows,
    )


def _own_texts(
    slides: Sequence[MarkedSlide], jobs: Sequence[SlideRenewal]
) -> Iterator[tuple[int, str]]:
    """Give every text of somebody's own with the number of its slide."""
    for slide in slides:
        rewritten = (text for job in jobs if job.slide == slide.number for text in job.rewritten)
        yield from ((slide.number, text) for text in (*slide.own_texts(), *rewritten))
