"""How many events start in each part of a span, apart by what their marks say."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.charts.event_marks import Look, choose_colours, find_look
from dashboard.charts.spans import Part
from dashboard.charts.theme import Palette
from dashboard.language.messages import _
from dashboard.model import Row

Layer = tuple[Look, str | None]
"""What is drawn as one piece of a column; the pillar only of our own events."""
LAYERS = (Look.OWN, Look.CONTRIBUTED, Look.UNSTATED, Look.PLANNED)
"""From the foot of a column to its top."""


@dataclass(frozen=True)
class Column:
    """The events of a part by layer; cancelled ones start in no part and are in none."""

    part: Part
    layers: Counter[Layer]

    @property
    def total(self) -> int:
        return self.layers.total()

    def of(self, look: Look) -> int:
        """Count the events with this look."""
        return sum(number for (found, _pillar), number in self.layers.items() if found == look)

    @property
    def words(self) -> str:
        """Say what the column holds, in words."""
        said = {
            Look.OWN: _("{n:,} organised by us", n=self.of(Look.OWN)),
            Look.CONTRIBUTED: _("{n:,} contributed", n=self.of(Look.CONTRIBUTED)),
            Look.UNSTATED: _("{n:,} role not stated", n=self.of(Look.UNSTATED)),
            Look.PLANNED: _("{n:,} planned", n=self.of(Look.PLANNED)),
        }
        parts = [said[look] for look in LAYERS if self.of(look)]
        return " · ".join([self.part.said, *parts])


def count_columns(events: Sequence[Row], parts: Sequence[Part]) -> list[Column]:
    """Count the events that start in each part. A row may stand for several events: its `events`."""
    columns = [Column(part, Counter()) for part in parts]
    starts = [part.first for part in parts]
    for event in events:
        look = find_look(event)
        home = columns[max(bisect_right(starts, event["first_day"]) - 1, 0)]
        if home.part.holds(event) and look != Look.CANCELLED:
            pillar = event["pillar"] if look == Look.OWN else None
            home.layers[look, pillar] += event.get("events", 1)
    return columns


def read_month_counts(rows: Sequence[Row]) -> list[Row]:
    """Read rows that count events (month, our_role, status, pillar, events) as events of that month."""
    return [{**row, **_give_days(row["month"])} for row in rows if row["month"]]


def _give_days(month: str) -> Row:
    first = date(int(month[:4]), int(month[5:7]), 1)
    following = (first + timedelta(days=31)).replace(day=1)
    last = following - timedelta(days=1)
    return {"first_day": first, "last_day": last, "date_precision": "month"}


def list_layers(columns: Sequence[Column], colours: Palette) -> list[Layer]:
    """List the layers that occur, from the foot to the top; our own by pillar, in their order."""
    found = {layer for column in columns for layer in column.layers}
    pillars = [*colours.pillars, *sorted({p or "" for _look, p in found} - set(colours.pillars))]
    ranked = {(look, pillar or None) for look in LAYERS for pillar in pillars} & found
    order = {name: nr for nr, name in enumerate(pillars)}
    return sorted(ranked, key=lambda layer: (LAYERS.index(layer[0]), order[layer[1] or ""]))


def colour_layer(layer: Layer, colours: Palette) -> tuple[str, str | None, float]:
    """Give the fill of a layer and its edge; an edge only where nothing fills it."""
    fill, _edge, _width = choose_colours(*layer, colours)
    if layer[0] in (Look.PLANNED, Look.UNSTATED):
        return fill, colours.context, 1.2
    return fill, None, 0
