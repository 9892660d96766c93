"""A page in slides for the projector: one picture each, the first with the finding and the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.text.messages import Words
from dashboard.views.content import Content, Line, Picture, Section, Tile

MAX_LINES = 12
"""Lines on a slide that can be read from the last row."""


@dataclass(frozen=True)
class Slide:
    """What one slide shows; `sections` stand under one heading."""

    title: str
    lead: Words = ()
    tiles: Sequence[Tile] = ()
    picture: Picture | None = None
    sections: Sequence[Section] = ()


def make_slides(content: Content, chart: str = "") -> list[Slide]:
    """Make the slides of a page; of one chart only, where the link asks for it."""
    if picture := content.picture(chart):
        return [Slide(content.title, picture=picture)]
    first, rest = (content.pictures[0], content.pictures[1:]) if content.pictures else (None, ())
    return [
        Slide(content.title, content.lead, content.tiles, first),
        *(Slide(content.title, picture=picture) for picture in rest),
        *(
            Slide(content.title, sections=sections)
            for sections in _group_sections(content.sections)
        ),
    ]


def _group_sections(sections: Sequence[Section]) -> list[list[Section]]:
    """Group lists: those under the same heading share a slide, as far as they fit."""
    found: list[list[Section]] = []
    for section in (_cut(s) for s in sections if s.lines):
        together = found[-1] if found else []
        lines = sum(len(s.lines) + 1 for s in together) + len(section.lines)
        same = bool(together and section.key) and together[0].key == section.key
        if same and lines <= MAX_LINES:
            together.append(section)
        else:
            found.append([section])
    return found


def _cut(section: Section) -> Section:
    """Cut a section to what fits on a slide; the rest is counted."""
    if len(section.lines) <= MAX_LINES:
        return section
    rest = Line(f"and {len(section.lines) - MAX_LINES + 1} more")
    return replace(section, lines=[*section.lines[: MAX_LINES - 1], rest])
