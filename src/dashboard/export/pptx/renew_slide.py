"""Renews a slide of an earlier deck: each shape takes over what the same shape of a fresh deck says,
which is built as any deck is, in the style of that earlier one.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dashboard.export.deck import build_deck
from dashboard.export.pptx import DeckError, edit_text, notes
from dashboard.export.pptx.marked_slides import (
    TELLING,
    Marked,
    MarkedSlide,
    OtherForm,
    Place,
    find_shape,
    read_slides,
)
from dashboard.export.pptx.markers import read_alt_text, text_digest
from dashboard.export.pptx.opening import open_presentation
from dashboard.export.pptx.transfer import NOTHING, copy_shape, is_ours, tell, transfer
from dashboard.export.refreshed import Changed, LeftToPeople
from dashboard.export.shown_values import ShownValue, select_outdated, select_said
from dashboard.export.view_export import Export
from dashboard.language.messages import N_, _, current_language, speaking
from dashboard.query.metrics import is_metric

BY_HAND = ("opening", "decisions")
"""Keys of slides whose words are those of a meeting, on no page."""
NAMES = {
    "title": N_("Title"),
    "number": N_("Number"),
    "chart": N_("Chart"),
    "table": N_("Table"),
    "text": N_("Text"),
    "coverage": N_("Coverage"),
    "mark": N_("Drawing"),
    "footer": N_("Footer"),
}
"""What the kinds of shapes are called."""
GONE = N_("“{what}” is no longer on the page: it stays as it was")


@dataclass
class FreshPage:
    """What a link shows, as slides: today, and when an earlier deck was made, in the language of that.
    `style` is that deck, if its layouts are still there; `printed` are the full and the short link as
    its slides print them.
    """

    link: str
    language: str
    ask: Callable[[str], Export]
    style: bytes | None
    printed: Mapping[str, str]
    made: dict[str, Sequence[MarkedSlide]] = field(default_factory=dict)
    """The slides by version."""

    @cached_property
    def shown(self) -> Export:
        """What it shows today."""
        with speaking(self.language):
            return self.ask(self.link)

    def build(self, version: str = "") -> Sequence[MarkedSlide]:
        """Build the slides of today or of a version; none where that is gone."""
        version = version or self.shown.version
        if version not in self.made:
            shown = self.shown if version == self.shown.version else self._ask_version(version)
            self.made[version] = self._build(shown) if shown.version == version else []
        return self.made[version]

    def _ask_version(self, version: str) -> Export:
        pinned = f"{self.link}{'&' if '?' in self.link else '?'}v={version}"
        with speaking(self.language):
            return self.ask(pinned)

    def _build(self, shown: Export) -> Sequence[MarkedSlide]:
        address = self.printed.get("address") or shown.address
        shown = replace(shown, address=address, short=self.printed.get("short") or shown.short)
        try:
            deck = build_deck([shown], self.style)
        except DeckError:  # what people did to the deck makes it no style for new slides
            deck = build_deck([shown])
        return read_slides(open_presentation(deck))

    def find_twin(self, slide: MarkedSlide) -> MarkedSlide | None:
        """Find the slide of today with the same title, else with most of the same things: these share
        a slide with what has room beside them. One with nothing but a title has lost that in
        LibreOffice: it is the one that has no more today.
        """
        if not slide.places and slide.is_renamed:
            bare = (one for one in self.build() if all(kind == "title" for kind, *_ in one.places))
            return next(bare, None)
        shared = [one.places & slide.places for one in self.build()]
        ranks = [(any(kind == "title" for kind, *_ in some), len(some)) for some in shared]
        best = max(ranks, default=(False, 0))
        return self.build()[ranks.index(best)] if best[1] else None


class SlideRenewal:
    """The renewal of one slide, in the language in which it was made: what was renewed and what is left
    to people, which is said to who renews it; the numbers that it stored and that are not shown any
    more, and whether anything of ours stays as it was. `known` is what stands on any slide.
    """

    def __init__(
        self, slide: MarkedSlide, pages: Mapping[str, FreshPage], known: Collection[Place]
    ) -> None:
        self.slide, self.pages, self.page, self.known = slide, pages, pages[slide.link], known
        self.changed, self.left = list[Changed](), list[LeftToPeople]()
        self.outdated = list[ShownValue]()
        self.is_kept, self.reader = False, current_language()

    def run(self) -> None:
        """Renew what is to be renewed; say what stays."""
        with speaking(self.page.language):
            twin = self.page.find_twin(self.slide)
            if twin and self.slide.version:
                self._renew(twin)
            elif twin:
                self._leave(
                    N_("An older release made this slide: it stays; take the page along anew")
                )
            elif not any(one.marker.key in BY_HAND for one in self.slide.marked):
                self._leave(
                    N_("The page has this slide no more: it stays; take the page along anew")
                )

    def _renew(self, twin: MarkedSlide) -> None:
        """Renew the shapes, then what came and went, then the notes and the footer: these say of
        which day all that is, so they stay where anything stayed as it was.
        """
        self._know_without_name(twin)
        gone = []
        for old in self.slide.marked:
            if old.marker.kind == "footer" or old.marker.key in BY_HAND:
                continue
            if fresh := self._find_fresh(old, twin):
                self._transfer(old, fresh)
            else:
                gone.append(old)
        numbers = [one.marker.key for one in gone if one.marker.kind == "number"]
        for old in gone:
            stays = any(key in old.marker.key for key in numbers)
            self._take_away(old, twin, is_beside_number=stays)
        for fresh in twin.marked:
            if find_shape(fresh.place, [self.slide]) is None and not self._find_made(fresh):
                self._add(fresh)
        title = self.slide.find("title")
        further = title and find_shape(
            (*title.place[:2], title.marker.start + 1), self.page.build()
        )
        if further and further.place not in self.known and not self._find_made(further):
            self._leave(N_("Its list goes on, on no slide of the deck: take the page along anew"))
        footer, now = self.slide.find("footer"), twin.find("footer")
        if not self.is_kept:
            self._renew_notes(twin)
            if footer and now:
                self._transfer(footer, now)

    def _page_of(self, one: Marked) -> FreshPage:
        return self.pages.get(self.slide.link_of(one), self.page)

    def _find_fresh(self, old: Marked, twin: MarkedSlide) -> Marked | None:
        """Find what a shape is today: on the slide of the same name, else on any."""
        page = self._page_of(old)
        if page is not self.page:
            return find_shape(old.place, page.build())
        title = twin.find("title") if old.marker.kind == "title" else None
        return title or find_shape(old.place, [twin, *page.build()])

    def _find_made(self, one: Marked) -> Marked | None:
        """Find a shape as it was when it was made; one of today as it was when the slide was."""
        if one not in self.slide.marked or not one.marker.stored:
            return find_shape(one.place, self.page.build(self.slide.version))
        return find_shape(one.place, self._page_of(one).build(one.marker.stored.version))

    def _know_without_name(self, twin: MarkedSlide) -> None:
        """Know a text in a place of the layout whose name LibreOffice changed: it says what it said when
        the deck was made.
        """
        places = [one for one in self.slide.others if one.is_placeholder and one.has_text_frame]
        for fresh in twin.marked if places else ():
            made = None if find_shape(fresh.place, [self.slide]) else self._find_made(fresh)
            for shape in places if made else ():
                if made and tell(Marked(shape, made.marker)) == tell(made) != {"": ""}:
                    self.slide.others.remove(shape)
                    self.slide.marked.append(Marked(shape, made.marker))

    def _transfer(self, old: Marked, fresh: Marked) -> None:
        """Let a shape take over what the fresh one says, and its name."""
        before, now, name = tell(old), tell(fresh), self._name(old)
        try:
            is_changed = transfer(old, fresh, self._find_made(old))
        except OtherForm as why:
            self._keep(old, str(why))
            return
        if is_changed:
            self._record(name, before, tell(old))
        if before != now:
            words, stored = "\n".join(now.values()), old.values
            outdated = list(select_outdated(stored, [*fresh.values, *select_said(words, stored)]))
            self.outdated += outdated
            if old.marker.kind == "number" and outdated and not is_changed:
                self._leave(N_("{what}: the slide holds no number any more"), what=name)
        old.shape.name = fresh.shape.name

    def _take_away(self, old: Marked, twin: MarkedSlide, *, is_beside_number: bool) -> None:
        """Take away what is no longer drawn or said; anything else stays, and is named, with the texts
        of a number.
        """
        words, kind = tell(old), old.marker.kind
        is_text, is_spare = kind in ("text", "coverage"), any(one.is_drawn for one in twin.marked)
        if old.is_drawn and is_spare and is_ours(old, self._find_made(old)):
            old.shape._element.getparent().remove(old.shape._element)
        elif is_text and not is_beside_number and any(words.values()) and is_ours(old, None):
            old.shape.text_frame.text = ""
            old.shape.name = str(replace(old.marker, sum=text_digest("")))
        else:
            if kind in TELLING or old.is_drawn:
                self._keep(old, GONE)
            return
        self._record(self._name(old), words, {})
        self.outdated += old.values

    def _add(self, fresh: Marked) -> None:
        """Add what is drawn for one thing, or how well a number is known, that came since."""
        if fresh.is_drawn:
            beside = next((one for one in self.slide.marked if one.is_drawn), None)
        else:
            beside = find_shape(("number", *fresh.place[1:]), [self.slide])
        if beside is None or not (fresh.is_drawn or fresh.marker.kind == "coverage"):
            return
        last = self.slide.page.shapes[-1] if fresh.is_drawn else beside.shape
        last._element.addnext(copy_shape(fresh, self.slide.page.part))
        self._record(self._name(fresh), {}, tell(fresh))

    def _renew_notes(self, twin: MarkedSlide) -> None:
        """Renew our part of the notes."""
        parts = self.slide.our_notes, twin.our_notes
        was, now = (list(map(edit_text.read_paragraph, part)) for part in parts)
        if was and now and was != now:
            edit_text.transfer_paragraphs(*parts)
            said = ({"": "; ".join(filter(notes.is_of_data, lines))} for lines in (was, now))
            self._record(self._say(N_("Speaker notes")), *said)

    def _record(self, what: str, was: Mapping[str, str], now: Mapping[str, str]) -> None:
        """Record what differs, by its name."""
        different = [name for name in {**was, **now} if was.get(name) != now.get(name)]
        for name in different or [""]:
            said = (some.get(name, NOTHING) for some in (was, now))
            of_what = f"{what}, {name}" if name else what
            self.changed.append(Changed(self.slide.number, of_what, *said))

    def _say(self, message: str, **places: object) -> str:
        """Say a message to who renews the slide, in their language."""
        with speaking(self.reader):
            return _(message, **places)

    def _leave(self, why: str, **places: object) -> None:
        """Note what is left to people, as a message."""
        self.left.append(LeftToPeople(self.slide.number, self._say(why, **places), ""))

    def _keep(self, old: Marked, why: str) -> None:
        """Note that a shape of ours stays as it was, with the message that says why."""
        self.is_kept = True
        name = "" if old.marker.kind == "number" else read_alt_text(old.shape)
        self._leave(why, what=name or self._name(old))

    def _name(self, one: Marked) -> str:
        """Name a shape to people."""
        kind, key = one.marker.kind, one.marker.key
        if kind == "number" and is_metric(key):
            return self.page.shown.number(key).metric.label
        return self._say(NAMES[kind]) if kind in NAMES else kind.capitalize()
