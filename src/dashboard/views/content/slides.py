"""A page in slides for the projector: one picture each, the first with the finding and the numbers
(and a list, where there is no picture); a list is as many slides as it needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.markup import Element, make_element
from dashboard.text.messages import Words, _
from dashboard.views.content import Content, Line, Picture, Section, Tile

MAX_LINES = 9
"""Lines on a slide that can be read from the last row."""
ROWS, ROW = "agenda-rows", "agenda-row"
"""Classes of a list of events and of its rows (charts/rows.py)."""


@dataclass(frozen=True)
class Slide:
    """What one slide shows: `lead` in large letters, above numbers, a picture, lists, or `rows` of a
    list that is an element.
    """

    title: str
    lead: Words = ()
    tiles: Sequence[Tile] = ()
    picture: Picture | None = None
    sections: Sequence[Section] = ()
    rows: Element | None = None


def make_slides(content: Content, chart: str = "") -> list[Slide]:
    """Make the slides of a page; of one chart only, where the link asks for it. What has nothing to
    show makes none; there is always one.
    """
    if picture := content.picture(chart):
        return [_show_picture(content, picture)]
    pictures = [one for one in content.pictures if one.chart.table]
    rows = [] if pictures else list(_split_rows(content))
    lists = [] if rows else _group_sections(content.sections)
    beside = lists.pop(0) if lists and not pictures else []
    first = Slide(
        content.title,
        content.lead,
        content.tiles,
        pictures[0] if pictures else None,
        beside,
        rows[0] if rows else None,
    )
    return [
        first,
        *(_show_picture(content, picture) for picture in pictures[1:]),
        *(Slide(content.title, rows=more) for more in rows[1:]),
        *(_show_lists(content, sections) for sections in lists),
    ]


def _show_picture(content: Content, picture: Picture) -> Slide:
    return Slide(content.title, ((picture.chart.sentence, False),), picture=picture)


def _show_lists(content: Content, sections: Sequence[Section]) -> Slide:
    lead = ((sections[0].heading, False),)
    return Slide(content.title, lead, sections=[replace(one, heading="") for one in sections])


def _split_rows(content: Content) -> Iterator[Element]:
    """Split the agenda of a page without a chart into lists that fit on a slide."""
    for block in filter(None, content.blocks.values()):
        for agenda in block.find("agenda"):
            rows = agenda.find(ROW)
            for start in range(0, len(rows), MAX_LINES):
                shown = make_element("ul", *rows[start : start + MAX_LINES], css=ROWS)
                css = " ".join(name for name in agenda.css.split() if name != "agenda-by-month")
                yield make_element("div", shown, css=css)


def _group_sections(sections: Sequence[Section]) -> list[list[Section]]:
    """Group lists: those under the same heading share a slide, as far as they fit."""
    found: list[list[Section]] = []
    for section in (part for whole in sections for part in _split(whole)):
        together = found[-1] if found else []
        lines = sum(_count_lines(one) for one in (*together, section))
        same = bool(together and section.key) and together[0].key == section.key
        if same and lines <= MAX_LINES + 1:
            together.append(section)
        else:
            found.append([section])
    return found


def _count_lines(section: Section) -> int:
    return len(section.lines) + bool(section.group)


def _split(section: Section) -> list[Section]:
    """Split a list into parts that fit on a slide; what is not among its lines is counted on the
    last.
    """
    lines = list(section.lines)
    if section.more and lines:
        lines.append(Line(_("and {n:,} more", n=section.more)))
    return [
        replace(section, lines=lines[start : start + MAX_LINES], more=0)
        for start in range(0, len(lines), MAX_LINES)
    ]
