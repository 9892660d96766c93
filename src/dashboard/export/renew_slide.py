"""Renews one slide of an earlier deck from what its page shows today."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from dashboard.export.fresh_page import FreshPage, find_shape
from dashboard.export.pptx import edit_text, notes
from dashboard.export.pptx.marked_slides import ON_EVERY_SLIDE, Marked, MarkedSlide, OtherForm
from dashboard.export.pptx.markers import read_marker, text_digest
from dashboard.export.pptx.transfer import NOTHING, SlideRenewal, count_written, transfer
from dashboard.export.pptx.transfer_drawing import add_shape, remove_shape, say_words

BY_HAND = ("opening", "decisions")
"""Keys of slides whose words are those of a meeting, on no page."""


def renew_slide(
    slide: MarkedSlide, page: FreshPage, marked: Sequence[Marked], job: SlideRenewal
) -> None:
    """Renew those shapes of a slide that show a page. What the page does not show any more, and what
    an older release made, stays as it was.
    """
    twin = page.find_twin(slide) if page.link == slide.link else None
    if not slide.version:
        job.leave("An older release made this slide: it stays as it was; take the page along anew")
    elif twin is None and slide.title in marked:
        if slide.title and slide.title.marker.key not in BY_HAND:
            job.leave(
                "The page has this slide no more: it stays as it was; take the page along anew"
            )
    else:
        _Renewal(slide, page, twin, job).renew(marked)


@dataclass
class _Renewal:
    """The renewal of a slide from its page, by its twin: the slide there that has the same name."""

    slide: MarkedSlide
    page: FreshPage
    twin: MarkedSlide | None
    job: SlideRenewal
    taken: set[int] = field(default_factory=set)

    def renew(self, marked: Sequence[Marked]) -> None:
        """Renew the shapes, then what came and went, then the notes and the footer: these say of
        which day all that is, so they stay where anything stayed as it was.
        """
        shapes = [one for one in marked if one.marker.kind not in ON_EVERY_SLIDE]
        gone = [one for one in shapes if not self._transfer(one)]
        for one in gone:
            self._take_away(one, [other.marker.key for other in gone if other.is_number])
        for fresh in self.twin.marked if self.twin else ():
            if id(fresh) not in self.taken and not self._knows_without_name(fresh):
                self._add(fresh)
        if self.twin and not self.job.kept:
            self._renew_notes(self.twin)
            if self.slide.footer and self.slide.footer in marked:
                self._transfer(self.slide.footer)
        if self.job.changed:
            self._store_version([one for one in marked if one not in gone])

    def _transfer(self, old: Marked) -> bool:
        """Let a shape take over what the fresh one says; False where there is none."""
        fresh = find_shape(old, self.twin, self.page.slides, self.taken)
        if fresh is None:
            return False
        self.taken.add(id(fresh))
        try:
            transfer(self.job, old, fresh, lambda: self.page.find_made(old, self.slide))
        except OtherForm as why:
            self.job.keep(old, str(why))
        return True

    def _knows_without_name(self, fresh: Marked) -> bool:
        """Renew a text in a place of the layout whose name LibreOffice changed: it says what it said
        when the deck was made.
        """
        made = self.page.find_made(fresh, self.slide) if fresh.shape.is_placeholder else None
        places = [one for one in self.slide.others if one.is_placeholder and one.has_text_frame]
        for shape in places if made and made.shape.has_text_frame else ():
            if made and shape.text_frame.text == made.shape.text_frame.text:
                return self._transfer(Marked(shape, made.marker, self.slide.page.shapes))
        return False

    def _take_away(self, old: Marked, numbers: Collection[str]) -> None:
        """Take away what is no longer drawn or said; anything else stays, and is named. `numbers` are
        those that stay: with them stay the texts of their cards.
        """
        job, shape = self.job, old.shape
        if old.is_drawn and self.twin and any(one.is_drawn for one in self.twin.marked):
            made, words = self.page.find_made(old, self.slide), say_words(old)
            if made is None or words == say_words(made):
                job.record(job.name(old.marker), words, NOTHING)
                remove_shape(old)
                return
        if old.marker.kind in ("title", "number") or not shape.has_text_frame:
            if old.marker.kind != "card":
                job.keep(old, "is no longer on the page")
        elif self.twin and not any(key in old.marker.key for key in numbers) and count_written(old):
            self._empty(old)

    def _empty(self, old: Marked) -> None:
        """Take the words out of a text that has nothing to say; its form stays for later ones."""
        was = edit_text.read_text(old.shape.text_frame)
        if was:
            old.shape.text_frame.text = ""
            old.shape.name = str(replace(old.marker, sum=text_digest("")))
            self.job.record(self.job.name(old.marker), was, NOTHING)
            self.job.drop(old.marker, "")

    def _add(self, fresh: Marked) -> None:
        """Add what is drawn for one thing, or how well a number is known, if it was not there when the
        deck was made: else somebody took it away.
        """
        drawn = any(one.is_drawn for one in self.slide.marked)
        numbers = [
            next((one for one in slide.marked if one.is_number_of(fresh)), None)
            for slide in (self.slide, self.twin or self.slide)
        ]
        if not (drawn if fresh.is_drawn else numbers[0]) or self.page.find_made(fresh, self.slide):
            return
        add_shape(fresh, self.slide.page, *(numbers if not fresh.is_drawn else (None, None)))
        self.job.record(self.job.name(fresh.marker), NOTHING, say_words(fresh))

    def _renew_notes(self, twin: MarkedSlide) -> None:
        """Renew our part of the notes."""
        parts = self.slide.our_notes, twin.our_notes
        was, now = (list(map(edit_text.read_paragraph, part)) for part in parts)
        if was and now and was != now:
            edit_text.transfer_paragraphs(*parts)
            said = ("; ".join(filter(notes.is_of_data, lines)) for lines in (was, now))
            self.job.record("Speaker notes", *said)

    def _store_version(self, marked: Sequence[Marked]) -> None:
        """Store of which version all that is now; and in the footer what the title is."""
        titles = [read_marker(one.shape.name) for one in marked if one.marker.kind == "title"]
        for one in marked:
            marker = read_marker(one.shape.name)
            if marker and marker.stored:
                stored = replace(marker.stored, version=self.page.shown.version)
                marker = replace(marker, stored=stored)
                for title in filter(None, titles if marker.kind == "footer" else ()):
                    marker = marker.beside_title(title)
                one.shape.name = str(marker)
