"""A page in slides, for the projector and for decks: one sentence and one chart or a few named things
on each, in the order of the screen; the first has the page's finding and numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from dashboard.language.messages import Words, _
from dashboard.language.numbers import format_number
from dashboard.model.quantity import Quantity
from dashboard.text.dates import format_day
from dashboard.views.content import Content, Line, Picture, Section, Spread, Tile

T = TypeVar("T")
MAX_LINES, MAX_PARTS = 9, 4
"""Rows on a slide that can be read from the last row of seats, and slides of one list."""
MAX_HEIGHT, MAX_MARKS, MAX_BESIDE = 400, 12, 7
"""What shares a slide with the numbers: a chart of at most so many pixels, or so many things where it
is made of elements; a list of at most so many rows.
"""


@dataclass(frozen=True)
class Slide:
    """What one slide shows: `lead` in large letters, numbers, and a picture or named things, with a
    `text` above them. `key` names what it shows in files, `title` the page or the meeting; `foot`
    says what is left out. Of a list on several slides this is `part` of `parts`, counted from 0. Of a
    part of a report with numbers `pillar` is the id of its pillar, empty where it is about none.
    `text_lang` is the language of the text, where it is not the page's.
    """

    key: str
    title: str
    lead: Words
    tiles: Sequence[Tile] = ()
    picture: Picture | None = None
    lines: Sequence[Line] = ()
    text: str = ""
    foot: str = ""
    part: int = 0
    parts: int = 1
    pillar: str | None = None
    text_lang: str = ""

    @property
    def sentence(self) -> str:
        """What it says, as plain text; with its number among several of one list."""
        said = "".join(text for text, _strong in self.lead)
        if self.parts == 1:
            return said
        return _("{sentence} ({part} of {parts})", sentence=said, **self._place)

    @property
    def headline(self) -> Words:
        """What it says, in pieces; with its number among several of one list."""
        if self.parts == 1:
            return self.lead
        return (*self.lead, (_(" ({part} of {parts})", **self._place), False))

    @property
    def _place(self) -> dict[str, int]:
        return {"part": self.part + 1, "parts": self.parts}


def make_slides(content: Content, chart: str = "") -> list[Slide]:
    """Make the slides of a page; of one chart only, where the link asks for it. What has nothing to
    show makes none; there is always one.
    """
    if picture := content.picture(chart):
        return list(_show_picture(content, picture))
    first = Slide(
        "numbers", content.title, content.lead or ((content.title, False),), content.tiles
    )
    bodies = [slide for key in content.slides for slide in _make_bodies(content, key)]
    if bodies and _fits_beside_numbers(bodies[0]):
        with_body = replace(bodies[0], lead=first.lead, tiles=first.tiles, text="")
        return [with_body, *bodies[1:]]
    return [first, *bodies]


def make_opening(title: str, day: str, names: Sequence[str]) -> Slide:
    """Make the slide with which a meeting opens: its title, its day, and what it is about."""
    lines = [Line(name, when=f"{number}") for number, name in enumerate(names, start=1)]
    return Slide("opening", title, ((title, True),), lines=lines, text=day)


def make_closing(title: str, decided: str) -> Slide | None:
    """Make the slide with which a meeting ends: what it decides, a line each; None without any."""
    lines = [Line(line.strip()) for line in decided.splitlines() if line.strip()]
    return Slide("decisions", title, ((_("What we decide"), True),), lines=lines) if lines else None


def _make_bodies(content: Content, key: str) -> Iterator[Slide]:
    """Make the slides of what has that name: a picture, a part of a report, or a list."""
    if picture := content.picture(key):
        if picture.chart.table:
            yield from _show_picture(content, picture)
    elif spread := next((one for one in content.spreads if one.key == key), None):
        yield _show_spread(content, spread)
    else:
        named = [one for one in content.sections if one.key == key and one.lines]
        for sentence in dict.fromkeys(map(_say_sentence, named)):
            yield from _show_lists(content, [s for s in named if _say_sentence(s) == sentence])


def _show_picture(content: Content, picture: Picture) -> Iterator[Slide]:
    """Show a chart, or what it shows as rows where these are too many to be drawn on one slide."""
    chart, lead = picture.chart, ((picture.chart.sentence, False),)
    if chart.figure or len(chart.table) <= picture.most:
        yield Slide(picture.key, content.title, lead, picture=picture, foot=picture.besides)
    else:
        rows = Section(picture.key, [*map(_name_row, chart.table)], key=picture.key, sentence=lead)
        yield from _show_lists(content, [rows])


def _name_row(row: Mapping[str, Any]) -> Line:
    """Name a thing of the table of a chart, its first cell, with what else is known of it."""
    (_column, name), *others = row.items()
    known = [(column, value) for column, value in others if value not in (None, "", 0)]
    said = (_("{name}: {value}", name=column, value=say_cell(value)) for column, value in known)
    return Line(say_cell(name), " · ".join(said))


def say_cell(value: Any) -> str:
    """Say a cell of a table: a quantity with its qualifier, a day and a number as people write them."""
    match value:
        case Quantity():
            return value.words()
        case date():
            return format_day(value)
        case int() | Decimal() if not isinstance(value, bool):
            return format_number(value)
        case _:
            return "" if value is None else str(value)


def _show_spread(content: Content, spread: Spread) -> Slide:
    lead = ((f"{spread.name}: ", True), (spread.title, False)) if spread.title else ()
    lines = tuple(spread.lines[:MAX_LINES])
    title = lead or ((spread.name, True),)
    return Slide(
        spread.key,
        content.title,
        title,
        spread.tiles,
        lines=lines,
        text=spread.text,
        text_lang=spread.text_lang,
        pillar=spread.pillar if spread.tiles else None,
    )


def _say_sentence(section: Section) -> Words:
    return tuple(section.sentence) or ((section.heading, False),)


def _show_lists(content: Content, sections: Sequence[Section]) -> Iterator[Slide]:
    """Show lists under one sentence: on as many slides as they need, evenly filled, and with what is
    on none counted on the last.
    """
    lines = [line for section in sections for line in _name_group(section)]
    total = len(lines) + sum(section.more for section in sections)
    shown = split_evenly(lines[: MAX_LINES * MAX_PARTS], MAX_LINES)
    number = sum(map(len, shown))
    foot = _("{n:,} of {total:,} are named", n=number, total=total) if number < total else ""
    whole = Slide(sections[0].key, content.title, _say_sentence(sections[0]), parts=len(shown))
    for part, some in enumerate(shown):
        last = foot if part == len(shown) - 1 else ""
        yield replace(whole, lines=some, part=part, foot=last)


def split_evenly(things: Sequence[T], most: int) -> list[Sequence[T]]:
    """Split things into as few parts as hold at most so many, about as long as each other."""
    parts = -(-len(things) // most)
    ends = [len(things) * part // parts for part in range(parts + 1)] if parts else []
    return [things[start:end] for start, end in pairwise(ends)]


def _name_group(section: Section) -> list[Line]:
    """Say behind each line of a list the name of that list, where several share a sentence."""
    if not section.group:
        return list(section.lines)
    return [replace(line, note=line.note or section.group) for line in section.lines]


def _fits_beside_numbers(slide: Slide) -> bool:
    if slide.parts > 1 or slide.tiles:
        return False
    if slide.picture is None:
        return len(slide.lines) <= MAX_BESIDE
    chart = slide.picture.chart
    return chart.height <= MAX_HEIGHT if chart.figure else len(chart.table) <= MAX_MARKS
