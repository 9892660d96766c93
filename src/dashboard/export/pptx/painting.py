"""Colours on slides: those of the theme where the look means no thing by them, so that a house's own
colours take their place; and the pillars' own, which mean the same everywhere.
"""

import re
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from dashboard.charts.theme import Palette

LIGHT = Palette()
INK, QUIET, ACCENT, PAPER = LIGHT.ink, LIGHT.context, LIGHT.accent, LIGHT.surface
HAIRLINE, TINT = LIGHT.faint, LIGHT.land


def _of_theme(name: str, part: int = 100, rest: int = 0) -> str:
    more = f'<a:lumMod val="{part}000"/>' if part < 100 else ""
    more += f'<a:lumOff val="{rest}000"/>' if rest else ""
    return f'<a:schemeClr val="{name}">{more}</a:schemeClr>'


THEME = {
    INK: _of_theme("tx1"),
    QUIET: _of_theme("tx1", 65, 35),
    PAPER: _of_theme("bg1"),
    HAIRLINE: _of_theme("bg1", 86),
    TINT: _of_theme("bg1", 95),
    LIGHT.band: _of_theme("bg1", 96),
    ACCENT: _of_theme("accent1"),
    **{
        tint: _of_theme("accent1", part, 100 - part)
        for tint, part in zip(LIGHT.tints[1:4], (80, 60, 30), strict=True)
    },
}
"""Colours of the look by what they are on a light page."""


def find_colour(colour: str) -> str:
    """Find the colour "#rrggbb" or "rgb(r, g, b)" of a drawing as one of a slide; ink for another."""
    if colour in THEME:
        return THEME[colour]
    if found := re.fullmatch(r"rgba?\((\d+), ?(\d+), ?(\d+).*\)", colour):
        colour = "#" + "".join(f"{int(part):02x}" for part in found.groups())
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return THEME[INK]
    return f'<a:srgbClr val="{colour[1:].upper()}"/>'


def is_seen(colour: object) -> bool:
    """Return whether a colour of a drawing is not wholly transparent."""
    return not re.fullmatch(r"rgba\(.*, ?0(\.0*)?\)", str(colour))


def make_fill(colour: str) -> Any:
    """Make the element that fills a shape or letters; hatched where no colour is given."""
    if not colour:
        ink, paper = THEME[HAIRLINE], THEME[PAPER]
        return parse_xml(
            f'<a:pattFill {nsdecls("a")} prst="ltUpDiag"><a:fgClr>{ink}</a:fgClr>'
            f"<a:bgClr>{paper}</a:bgClr></a:pattFill>"
        )
    return parse_xml(f"<a:solidFill {nsdecls('a')}>{find_colour(colour)}</a:solidFill>")


def make_line(colour: str, points: float, dash: str = "", tag: str = "ln") -> Any:
    """Make the element of a line so many points wide; none for a width of zero."""
    if not points:
        return parse_xml(f"<a:{tag} {nsdecls('a')}><a:noFill/></a:{tag}>")
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    return parse_xml(
        f'<a:{tag} {nsdecls("a")} w="{round(points * 12_700)}" cap="flat"><a:solidFill>'
        f"{find_colour(colour)}</a:solidFill>{dashed}</a:{tag}>"
    )


def paint_shape(
    shape: Any, fill: str | None, edge: str = "", points: float = 0, dash: str = ""
) -> None:
    """Paint a shape: filled, hatched ("") or not filled (None), with an edge where it has one."""
    style = shape._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}style")
    if style is not None:
        shape._element.remove(style)
    properties = shape._element.spPr
    if fill is None:
        properties.append(parse_xml(f"<a:noFill {nsdecls('a')}/>"))
    else:
        properties.append(make_fill(fill))
    properties.append(make_line(edge, points, dash))
