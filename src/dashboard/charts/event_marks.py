"""Marks with one meaning everywhere: form and filling say our role and the status, colour the pillar."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from dashboard.charts.event_words import is_own
from dashboard.charts.theme import Palette
from dashboard.model import Row

CONTRIBUTED = "contributed"
TINT = 0.35
"""Of a colour, on paper: its light form."""


class Look(Enum):
    """What a mark says of an event; `value` is its class in the style sheet."""

    OWN = "own"
    CONTRIBUTED = "contributed"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    UNSTATED = "unstated"


@dataclass(frozen=True)
class MarkStyle:
    """How a mark is drawn: a symbol of plotly, what fills it, and its edge in pixels."""

    symbol: str
    fill: str
    edge: str
    edge_width: float
    size: float


_SYMBOLS: Mapping[Look, str] = {Look.CANCELLED: "x-thin", Look.UNSTATED: "diamond"}


def find_look(event: Row) -> Look:
    """Find what the mark of an event says: its status where it was not held, else our role."""
    if event["status"] == "cancelled":
        return Look.CANCELLED
    if event["status"] == "planned":
        return Look.PLANNED
    if is_own(event):
        return Look.OWN
    return Look.CONTRIBUTED if event["our_role"] == CONTRIBUTED else Look.UNSTATED


def lighten(colour: str, paper: str) -> str:
    """Give the light form of a colour "#rrggbb": 35 % of it on paper."""
    pairs = [(int(colour[i : i + 2], 16), int(paper[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(TINT * own + (1 - TINT) * under):02x}" for own, under in pairs)


def choose_colours(look: Look, pillar: str | None, colours: Palette) -> tuple[str, str, float]:
    """Choose what fills a mark, and the colour and width of its edge."""
    stated = pillar in colours.pillars
    match look:
        case Look.OWN:
            return colours.pillar(pillar), colours.pillar(pillar), 1.6
        case Look.CONTRIBUTED if stated:
            return lighten(colours.pillar(pillar), colours.surface), colours.pillar(pillar), 1.6
        case Look.CONTRIBUTED:
            return colours.contributed, colours.contributed_edge, 1.6
        case Look.UNSTATED:
            return colours.surface, colours.contributed_edge, 1.6
        case _:
            return colours.surface, colours.ink, 2.5


def style_mark(event: Row, colours: Palette, size: float = 12) -> MarkStyle:
    """Style the mark of an event; a ring is a little smaller, since its edge is drawn outside too."""
    look = find_look(event)
    fill, edge, width = choose_colours(look, event["pillar"], colours)
    if size < 12:
        width = min(width, 1.8)
    shrink = 2 if look in (Look.PLANNED, Look.CANCELLED) else 0
    return MarkStyle(_SYMBOLS.get(look, "circle"), fill, edge, width, size - shrink)
