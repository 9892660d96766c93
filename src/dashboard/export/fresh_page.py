"""What a link shows, as slides: today, and when an earlier deck was made. Both are built as any deck
is, in the style of that earlier one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dashboard.export.deck import build_deck
from dashboard.export.pptx import DeckError
from dashboard.export.pptx.marked_slides import Marked, MarkedSlide, Place, read_slides
from dashboard.export.pptx.opening import open_presentation
from dashboard.export.view_export import Export

Ask = Callable[[str], Export]
"""Gives what a link shows."""


@dataclass
class FreshPage:
    """A link on the slides of an earlier deck. `style` is that deck, if its layouts are still there; `printed` are the full and the
    short link as its slides print them.
    """

    link: str
    ask: Ask
    style: bytes | None
    printed: dict[str, str]
    made: dict[str, Sequence[MarkedSlide]] = field(default_factory=dict)
    """The slides of other versions, by version."""

    def find_made(self, one: Marked, slide: MarkedSlide) -> Marked | None:
        """Find a shape as it was when a slide was made."""
        return find_shape(one, None, self.slides_of(slide.version), set())

    @cached_property
    def shown(self) -> Export:
        """What it shows today."""
        return self.ask(self.link)

    @cached_property
    def slides(self) -> Sequence[MarkedSlide]:
        """The slides of today."""
        return self._build(self.shown)

    def _build(self, shown: Export) -> Sequence[MarkedSlide]:
        address, short = (self.printed.get(name) for name in ("address", "short"))
        shown = replace(shown, address=address or shown.address, short=short or shown.short)
        try:
            deck = build_deck([shown], self.style)
        except DeckError:  # what people did to the deck makes it no style for new slides
            deck = build_deck([shown])
        return read_slides(open_presentation(deck))

    def slides_of(self, version: str) -> Sequence[MarkedSlide]:
        """Give the slides of a version; none where that is gone."""
        if version == self.shown.version:
            return self.slides
        if version not in self.made:
            then = self.ask(f"{self.link}{'&' if '?' in self.link else '?'}v={version}")
            self.made[version] = self._build(then) if then.version == version else []
        return self.made[version]

    def find_twin(self, slide: MarkedSlide) -> MarkedSlide | None:
        """Find the slide of today of the same name; else that with the same numbers, because these
        share a slide with what has room beside them.
        """
        title = {slide.title.place} if slide.title else slide.places
        numbers = {one.place for one in slide.marked if one.is_number}
        return self._find_with(title) or self._find_with(numbers)

    def _find_with(self, places: set[Place]) -> MarkedSlide | None:
        best = max(self.slides, key=lambda one: len(places & one.places))
        return best if places & best.places else None


def find_shape(
    old: Marked, twin: MarkedSlide | None, slides: Sequence[MarkedSlide], taken: set[int]
) -> Marked | None:
    """Find what an old shape is today: on the slide of the same name by kind, key and start, else on
    any slide, else on that slide by kind and key, the nearest that is not `taken`.
    """
    kind, key, start = old.place
    mine = [one for one in twin.marked if one.marker.kind == kind] if twin else []
    if twin and kind in ("title", "footer"):
        return next(iter(mine), None)
    every = [*mine, *(one for slide in slides for one in slide.marked)]
    same = next((one for one in every if one.place == old.place), None)
    alike = [one for one in mine if one.marker.key == key and id(one) not in taken]
    return same or min(alike, key=lambda one: abs(one.marker.start - start), default=None)
