"""Renews slides that were taken along: for each link on them the slides of today are made, and each
shape takes over what the same shape says there. The form that somebody gave them stays, and so do
all other words; sentences in which an old number stands are listed.
"""

from collections.abc import Callable

from dashboard.export.pptx import DeckError
from dashboard.export.pptx.marked_slides import read_slides
from dashboard.export.pptx.opening import open_presentation
from dashboard.export.pptx.renew_slide import FreshPage, SlideRenewal
from dashboard.export.pptx.template import save
from dashboard.export.refreshed import Changed, LeftToPeople, Refreshed, list_stale
from dashboard.export.view_export import Export
from dashboard.language.messages import _, speaking

__all__ = ["Changed", "DeckError", "LeftToPeople", "Refreshed", "refresh"]


def refresh(data: bytes, again: Callable[[str], Export]) -> Refreshed:
    """Renew a .pptx in the language in which each slide was made, whoever renews it; what there is to
    say of it is said to them. `again` gives what a link shows today, such as "/trainings?year=2025",
    in the language that is spoken. Raises DeckError for a file that cannot be read or holds no slide
    of this dashboard.
    """
    deck = open_presentation(data)
    slides = read_slides(deck)
    ours = [slide for slide in slides if slide.link]
    if not ours:
        raise DeckError(
            _(
                "the file holds no slide of this dashboard: slides are known by the names of their"
                " shapes"
            )
        )
    style = None if any(slide.is_renamed for slide in ours) else data
    printed = {slide.link: slide.printed for slide in ours if slide.printed}
    made_in = {slide.link_of(one): slide.language_of(one) for slide in ours for one in slide.marked}
    pages = {
        link: FreshPage(link, language, again, style, printed.get(link, {}))
        for link, language in made_in.items()
    }
    known = {place for slide in ours for place in slide.places}
    jobs = [SlideRenewal(slide, pages, known) for slide in ours]
    for job in jobs:
        job.run()
    changed = [one for job in jobs for one in job.changed]
    left = [one for job in jobs for one in job.left]
    outdated = [value for job in jobs for value in job.outdated]
    for language in dict.fromkeys(made_in.values()):
        texts = [
            (slide.number, text)
            for slide in slides
            for text in slide.own_texts()
            if (slide.language or ours[0].language) == language
        ]
        with speaking(language):
            left += list_stale(texts, outdated)
    left.sort(key=lambda one: one.slide)
    notices = (notice for page in pages.values() for notice in page.shown.view.notices)
    return Refreshed(save(deck) if changed else data, changed, left, list(dict.fromkeys(notices)))
