"""The maps: marks with their labels over our own outlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts import Bars, Chart, Drawing
from dashboard.charts.letters import measure_text
from dashboard.charts.map_labels import Box, Frame, Spot, place_labels, place_spots
from dashboard.charts.map_sentences import count_events, describe_map, lead_beyond
from dashboard.charts.mercator import COUNTRIES, EUROPE, PICTURES, REGIONS, WORLD, Region
from dashboard.charts.place_marks import (
    Mark,
    find_beyond,
    find_inside,
    mark_places,
    measure_place,
    say_number,
)
from dashboard.charts.provinces import Feature
from dashboard.charts.theme import Palette, escape_text, make_layout
from dashboard.language.messages import N_, _
from dashboard.model import Row
from dashboard.model.quantity import Quantity, sum_quantities
from dashboard.text.countries import name_country
from dashboard.text.lists import join_names

HEIGHT, WORLD_HEIGHT = 430, 200
NARROWEST, WIDE = 344, 560
"""Pixels: the narrowest map, and the narrowest that has two columns of a wide page for itself."""
MOST_LABELS, MOST_BARS, MOST_HOVERED = 25, 15, 8
LETTERS = 13
SIZES = {"events": N_("events"), "participants": N_("attendances")}


def choose_regions(places: Sequence[Row], home: str, view: str = "") -> tuple[str, ...]:
    """Choose the maps of a page: that of the home country, and Europe, or the world where no place
    abroad is in Europe; the world alone where most events were elsewhere. One place needs no map.
    A `view` that a link names is shown alone.
    """
    if not places or view in REGIONS:
        return (view,) if places else ()
    if len(places) == 1:
        return ()
    outside = find_beyond(places, EUROPE)
    if count_events(outside) * 2 > count_events(places):
        return (WORLD.name,)
    at_home = [p for p in places if p["country"] == home]
    abroad = [p for p in places if p["country"] != home]
    shown = (COUNTRIES[home].name,) if home in COUNTRIES and len(at_home) > 1 else ()
    if not abroad and shown:
        return shown
    return (*shown, WORLD.name if abroad and not find_inside(abroad, EUROPE) else EUROPE.name)


def knows_attendance(places: Sequence[Row]) -> bool:
    """Tell whether the attendance of any place is known: otherwise there is no such map."""
    return any(measure_place(place, "participants").value is not None for place in places)


def draw_region_map(
    places: Sequence[Row],
    region: str,
    colours: Palette,
    *,
    size: str = "events",
    home: str = "",
    provinces: Sequence[Feature] = (),
    wide: bool = False,
) -> Chart:
    """Draw where held events took place in a region: "netherlands", "europe" or "world".

    `places` are rows of the question event_places. The area of a mark is its number of events, or
    of known attendances; where none is known it is an open ring. All places of the country `home`
    are one mark on other maps, where it has a map of its own. `provinces` are GeoJSON features, by which many places are
    put together. A `wide` map stands alone on its page, and has a narrow drawing too.
    """
    shown = REGIONS[region]
    beyond = find_beyond(places, shown)
    marks = mark_places(places, shown, size=size, home=home, provinces=provinces)
    sheet = _Sheet(marks, shown, size, measure_beyond(beyond), colours)
    low = WORLD_HEIGHT if shown is WORLD else HEIGHT
    narrow = Drawing(_draw_marks(sheet, NARROWEST, low), low)
    full = Drawing(_draw_marks(sheet, WIDE, HEIGHT), HEIGHT) if wide else narrow
    return Chart(
        full.figure,
        _tabulate(marks, with_attendance=knows_attendance(places)),
        describe_map(marks, region, size),
        full.height,
        [link for mark in marks for link in mark.links],
        _list_bars(marks, colours),
        narrow if wide else None,
    )


def _tabulate(marks: Sequence[Mark], *, with_attendance: bool) -> list[Row]:
    """Tell the marks as rows, with attendances only where any is known."""
    return [
        {
            _("Place"): mark.name,
            _("Country"): join_names(sorted({name_country(p["country"]) for p in mark.places})),
            _("Events"): mark.events,
            **({_("Attendances"): _sum_attendance(mark)} if with_attendance else {}),
        }
        for mark in marks
    ]


def _sum_attendance(mark: Mark) -> Quantity:
    return sum_quantities([measure_place(place, "participants") for place in mark.places])


def _list_bars(marks: Sequence[Mark], colours: Palette) -> Bars:
    """List the map as bars for slides: the marks with the most events first."""
    ranked = sorted(marks, key=lambda mark: (-mark.events, mark.name))[:MOST_BARS]
    return Bars(
        [mark.name for mark in ranked],
        [(_("Events"), [mark.events for mark in ranked], colours.accent)],
    )


@dataclass(frozen=True)
class _Sheet:
    """What is drawn on a map, whatever its width: `foot` is how wide the line at its foot is."""

    marks: Sequence[Mark]
    region: Region
    size: str
    foot: float
    colours: Palette


def _draw_marks(sheet: _Sheet, width: int, height: int) -> dict[str, Any]:
    frame = Frame(sheet.region, width, height, sheet.foot)
    spots = place_spots([(mark.x, mark.y, mark.amount) for mark in sheet.marks], frame)
    labels = [(mark.name, mark.number or _("not known")) for mark in sheet.marks]
    widths = [
        measure_text(f"{name} ", LETTERS) + measure_text(number, LETTERS, bold=True)
        for name, number in labels
    ]
    boxes = place_labels(spots, widths, frame, MOST_LABELS)
    return {
        "data": [_draw_spots(sheet, spots)],
        "layout": make_layout(
            height,
            sheet.colours,
            **_lay_out_region(sheet.region, sheet.colours),
            annotations=[
                _write_label(*label, spot, box, sheet.colours)
                for label, spot, box in zip(labels, spots, boxes, strict=True)
                if box
            ],
        ),
    }


def measure_beyond(beyond: Sequence[Row]) -> float:
    """Measure the line at the foot of a map that names what lies beyond it; zero where nothing does."""
    line = "".join(text for text, _strong in lead_beyond(beyond))
    return measure_text(line, LETTERS, bold=True) if beyond else 0


def _draw_spots(sheet: _Sheet, spots: Sequence[Spot]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(spot.x, 4) for spot in spots],
        "y": [round(spot.y, 4) for spot in spots],
        "customdata": [mark.act or None for mark in sheet.marks],
        "hovertext": [_describe_mark(mark, sheet.size) for mark in sheet.marks],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": _style_spots([bool(mark.number) for mark in sheet.marks], spots, sheet.colours),
    }


def _style_spots(known: Sequence[bool], spots: Sequence[Spot], colours: Palette) -> dict[str, Any]:
    """Style marks, each with an edge of the page that parts it from a larger one; an open ring where
    the number is not known.
    """
    return {
        "size": [round(2 * spot.radius, 1) for spot in spots],
        "color": [colours.accent if k else colours.surface for k in known],
        "opacity": 0.92,
        "line": {
            "color": [colours.surface if k else colours.context for k in known],
            "width": [1.5 if k else 2 for k in known],
        },
    }


def _describe_mark(mark: Mark, size: str) -> str:
    """Say the number of a mark; of a group also those of its first places."""
    said = [escape_text(text) for text, _link in mark.links[:MOST_HOVERED]]
    if len(mark.places) > 1:
        said.insert(0, f"<b>{escape_text(say_number(mark.name, mark.quantity, size))}</b>")
    return "<br>".join(said)


def _write_label(name: str, number: str, spot: Spot, box: Box, colours: Palette) -> dict[str, Any]:
    """Write a label in the middle of its box."""
    return {
        "x": round(spot.x, 4),
        "y": round(spot.y, 4),
        "text": f"{escape_text(name)} <b>{escape_text(number)}</b>",
        "showarrow": False,
        "xshift": round((box[0] + box[2]) / 2, 1),
        "yshift": round(-(box[1] + box[3]) / 2, 1),
        "font": {"size": LETTERS, "color": colours.ink},
    }


def _lay_out_region(region: Region, colours: Palette) -> dict[str, Any]:
    """Lay out the axes, with one scale for both, over the picture of the outlines."""
    left, bottom, right, top = region.corners
    hidden = {"visible": False, "fixedrange": True}
    theme = "dark" if colours.dark else "light"
    return {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "hovermode": "closest",
        "xaxis": {**hidden, "range": [left, right]},
        "yaxis": {**hidden, "range": [bottom, top], "scaleanchor": "x"},
        "images": [
            {
                "source": f"{PICTURES}{region.name}-{theme}.svg",
                "xref": "x",
                "yref": "y",
                "x": region.picture_west,
                "y": region.picture_north,
                "sizex": region.picture_width,
                "sizey": region.picture_height,
                "sizing": "stretch",
                "layer": "below",
            }
        ],
    }
