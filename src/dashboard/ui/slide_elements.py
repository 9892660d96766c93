"""Slides as elements: what each shows, and beneath it the presenter's line with the ways to the
others. Pure functions; sizes are those of ui/static/site.css.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _, pgettext
from dashboard.text.dates import format_day
from dashboard.text.selection import describe_filters
from dashboard.ui import page_blocks
from dashboard.ui.elements import place_chart
from dashboard.views.actions import OPEN
from dashboard.views.content import Line
from dashboard.views.content.slides import Slide
from dashboard.views.view import DIALOGS, View


@dataclass(frozen=True)
class Shown:
    """A slide that is shown, and the view that it is of; in a meeting with its title and the number
    of the view (0: of the meeting itself).
    """

    slide: Slide
    view: View
    meeting: str = ""
    step: int = 0

    @property
    def is_frame(self) -> bool:
        """Whether it is of the meeting itself: what it opens and ends with."""
        return bool(self.meeting) and not self.step


def build_slides(shown: Sequence[Shown]) -> Element:
    """Build all slides of a presentation, of which the script shows one."""
    of = len(shown)
    slides = [_build_slide(one, number, of) for number, one in enumerate(shown, start=1)]
    return make_element("div", *slides, css="slides")


def _build_slide(shown: Shown, number: int, of: int) -> Element:
    slide = shown.slide
    return make_element(
        "section",
        page_blocks.build_headline(slide.headline),
        *_build_body(slide),
        make_element("div", _build_key(slide), _build_data(shown), css="slide-foot"),
        _build_ways(shown, number, of),
        css=f"slide {_name_kind(slide)}",
        aria_label=_("Slide {number} of {of}", number=number, of=of),
    )


def _name_kind(slide: Slide) -> str:
    """Name the classes of a slide by what it shows."""
    if slide.pillar is not None:
        return f"slide-spread pillar-{slide.pillar or 'none'}"
    if slide.picture or slide.lines:
        return f"slide-{slide.key}" if slide.key in ("opening", "decisions") else ""
    return "slide-numbers"


def _build_body(slide: Slide) -> Iterator[Element | None]:
    """Build what stands under the sentence: numbers, and a room that is filled; of a part of a report
    they stand beside each other.
    """
    tiles = page_blocks.build_tiles(slide.tiles)
    room = list(_fill_room(slide))
    around = make_element("div", *room, css="slide-room") if room else None
    tiles = make_still(tiles) if tiles else None
    if slide.pillar is None:
        yield from (tiles, around)
    else:
        yield make_element("div", tiles, around, css="slide-beside")


def _fill_room(slide: Slide) -> Iterator[Element]:
    """Build what fills the room of a slide: a chart, or what the script makes as large as fits."""
    picture = slide.picture
    if picture and picture.chart.figure:
        yield place_chart(picture.key)
    elif picture and picture.chart.markup:
        yield make_element("div", make_still(picture.chart.markup), css="slide-fit slide-drawn")
    elif slide.lines or slide.text:
        text = _build_text(slide)
        rows = _build_rows(slide.lines, in_part=slide.pillar is not None)
        yield make_element("div", text, rows, css="slide-fit")


def _build_text(slide: Slide) -> Element | None:
    if not slide.text:
        return None
    return make_element("p", slide.text, css="slide-text", lang=slide.text_lang)


def make_still(element: Element) -> Element:
    """Give an element without what can be pressed: a slide is looked at."""
    children = [
        make_still(child) if isinstance(child, Element) else child for child in element.children
    ]
    tag = "span" if element.tag == "a" else element.tag
    return replace(element, tag=tag, act="", children=children)


def _build_rows(lines: Sequence[Line], *, in_part: bool) -> Element | None:
    """Build rows whose columns are aligned: when, what, where; without a column of which no row says
    anything. A note stands under what it is about where there is a place beside it, or in a part of
    a report, else beside it.
    """
    if not lines:
        return None
    dated, placed = any(line.when for line in lines), any(line.place for line in lines)
    noted = not (placed or in_part) and any(line.note for line in lines)
    when = "auto " if dated else ""
    last = " fit-content(32%)" if placed else " minmax(0, 1fr)" if noted else ""
    cells = f"{when}{'fit-content(40%)' if noted else 'minmax(0, 1fr)'}{last}"
    rows = [
        make_element(
            "li",
            make_element("span", line.when, css="slide-when") if dated else None,
            _build_name(line, "" if noted else line.note),
            _build_last(line, noted=noted) if last else None,
        )
        for line in lines
    ]
    return make_element("ul", *rows, css="slide-rows", style={"--cells": cells})


def _build_name(line: Line, note: str) -> Element:
    quiet = make_element("small", note, lang=line.note_lang) if note else None
    name = make_element("b", line.text, lang=line.lang)
    return make_element("span", name, quiet, css="slide-what")


def _build_last(line: Line, *, noted: bool) -> Element:
    """Build what stands at the end of a row: its note, or else the place."""
    said, lang = (line.note, line.note_lang) if noted else (line.place, "")
    return make_element("span", said, css="slide-place", lang=lang)


def _build_key(slide: Slide) -> Element | None:
    """Build what the marks of a chart mean, the elements that stand above its figure on a page; and
    what is left out.
    """
    drawn = slide.picture and slide.picture.chart.figure
    key = slide.picture.chart.markup if slide.picture and drawn else None
    besides = make_element("p", slide.foot, css="slide-besides") if slide.foot else None
    return make_element("div", make_still(key) if key else None, besides, css="slide-key")


def _build_data(shown: Shown) -> Element:
    """Build whose data these are, of which day, and what everybody is to know of them."""
    view = shown.view
    said = _(
        "{programme}, {organisation} · data as of {day}",
        programme=view.settings.short_name,
        organisation=view.settings.organisation,
        day=format_day(view.published_day),
    )
    warnings = [make_element("b", text) for text in _list_warnings(view)]
    return make_element("p", *warnings, said, css="slide-data")


def _list_warnings(view: View) -> Iterator[str]:
    if view.candidate:
        yield _("not published")
    if view.generated:
        yield _("demo data")
    if view.pinned and "show" not in view.extras:
        yield _("as shown on {day}", day=format_day(view.today))


def _build_ways(shown: Shown, number: int, of: int) -> Element:
    """Build the presenter's line: where one is and what is shown; back, on and out. The keys do the
    same (components/slides.js).
    """
    end = shown.view.link(present="", step="", meeting="", **dict.fromkeys(DIALOGS, ""))
    return make_element(
        "nav",
        make_element("p", _describe_place(shown, number, of)),
        _build_way(
            pgettext("a slide", "Back"), "slide-back", f"step={number - 1}" if number > 1 else ""
        ),
        _build_way(
            pgettext("a slide", "Next"), "slide-next", f"step={number + 1}" if number < of else ""
        ),
        _build_way(pgettext("a slide", "End"), "slide-end", f"{OPEN}{end}"),
        css="slide-ways",
    )


def _build_way(label: str, css: str, act: str) -> Element:
    if not act:
        return make_element("span", label, css=css, aria_hidden="true")
    return make_element("a", label, css=css, act=act)


def _describe_place(shown: Shown, number: int, of: int) -> str:
    """Say which slide it is, of what selection and version; and what else is to be known of it. What
    a narrow window cuts off is the end.
    """
    place = _("{number} of {of}", number=number, of=of)
    view = shown.view
    selection = describe_filters(view.filters, view.labels, None)
    version = _("version {version}", version=view.version.id)
    of_view = [] if shown.is_frame else [selection, version, view.fault, *view.notices]
    return " · ".join(filter(None, [place, shown.meeting, *of_view]))
