"""Maps: marks by number, labels that cover nothing, and what lies beyond said by name."""

import json
import random
import re
from itertools import combinations
from math import sqrt

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.letters import measure_text
from dashboard.charts.map_labels import LINE
from dashboard.charts.map_sentences import say_beyond
from dashboard.charts.mercator import EUROPE, NETHERLANDS, REGIONS, WORLD, project
from dashboard.charts.place_marks import find_beyond, mark_places
from dashboard.charts.theme import Palette
from dashboard.charts.world import choose_regions, draw_region_map, knows_attendance
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.query import questions
from dashboard.views.content.places import read_provinces
from tests.conftest import ROOT

COLOURS = Palette()
WIDTHS = (344, 358, 560, 784)
MAPS = ROOT / "src/dashboard/ui/static/maps"


def place(city, country, latitude, longitude, events=1, **known):
    """A row of the question event_places: attendances are not known unless they are given."""
    none = dict.fromkeys(("exact", "about", "at_least", "fewer_than"), 0)
    return {
        "city_id": f"{city}-{country}".lower().replace(" ", "-"),
        "city": city,
        "country": country,
        "latitude": latitude,
        "longitude": longitude,
        "events": events,
        "value": None,
        **none,
        "unknown": events,
        **known,
    }


GRONINGEN = place("Groningen", "NL", 53.22, 6.57, 8)
TOLBERT = place("Tolbert", "NL", 53.16, 6.36)
AMSTERDAM = place("Amsterdam", "NL", 52.37, 4.89, 2)
VIENNA = place("Vienna", "AT", 48.21, 16.37)
HONG_KONG = place("Hong Kong", "HK", 22.28, 114.16)
BOSTON = place("Boston", "US", 42.36, -71.06)
FEW = [GRONINGEN, AMSTERDAM, TOLBERT, VIENNA, HONG_KONG]


@pytest.fixture(scope="module")
def places(real):
    return questions.rows(real, "event_places", Filters(year=2025))


def labels_of(figure):
    return [re.sub(r"</?b>", "", note["text"]) for note in figure["layout"]["annotations"]]


def boxes_at(figure, region, width):
    """The boxes of marks and of labels in pixels, when the map is drawn this wide."""
    left, bottom, right, top = REGIONS[region].corners
    height = figure["layout"]["height"]
    scale = min(width / (right - left), height / (top - bottom))

    def pixels(x, y):
        return (
            width / 2 + (x - (left + right) / 2) * scale,
            height / 2 - (y - (bottom + top) / 2) * scale,
        )

    (trace,) = figure["data"]
    marks, labels = [], []
    for x, y, size in zip(trace["x"], trace["y"], trace["marker"]["size"], strict=True):
        at = pixels(x, y)
        marks.append(((x, y), at, size / 2))
    for note in figure["layout"]["annotations"]:
        x, y = pixels(note["x"], note["y"])
        plain, bold = re.fullmatch(r"(.* )<b>(.*)</b>", note["text"]).groups()
        half = (measure_text(plain, 13) + measure_text(bold, 13, bold=True)) / 2
        x, y = x + note["xshift"], y - note["yshift"]
        box = (x - half, y - LINE / 2, x + half, y + LINE / 2)
        labels.append(((note["x"], note["y"]), box))
    return marks, labels


def covers(box, other):
    return (
        min(box[2], other[2]) - max(box[0], other[0]) > 0.5
        and min(box[3], other[3]) - max(box[1], other[1]) > 0.5
    )


def faults(figure, region, width):
    """What covers something else, or leaves the drawing."""
    marks, labels = boxes_at(figure, region, width)
    height = figure["layout"]["height"]
    for one, other in combinations(labels, 2):
        if covers(one[1], other[1]):
            yield ("labels", one, other)
    for at, box in labels:
        if box[0] < -0.5 or box[1] < -0.5 or box[2] > width + 0.5 or box[3] > height + 0.5:
            yield ("label leaves", box)
        for where, (x, y), r in marks:
            if where != at and covers(box, (x - r, y - r, x + r, y + r)):
                yield ("label on a mark", at, where)
    for _, (x, y), r in marks:
        if x - r < -0.5 or y - r < -0.5 or x + r > width + 0.5 or y + r > height + 0.5:
            yield ("mark leaves", x, y, r)


def assert_apart(chart, region, *, wide=False):
    go.Figure(chart.figure)
    drawn = [(w, chart.figure) for w in WIDTHS if not wide or w >= 560]
    if chart.narrow:
        go.Figure(chart.narrow.figure)
        drawn += [(w, chart.narrow.figure) for w in (344, 358, 640)]
    for width, figure in drawn:
        assert list(faults(figure, region, width)) == []


def test_the_area_of_a_mark_is_its_number(places):
    chart = draw_region_map(places, "netherlands", COLOURS, home="NL")
    (trace,) = chart.figure["data"]
    assert trace["marker"]["size"] == [round(9 + 7 * sqrt(n), 1) for n in (8, 2, 1, 1, 1, 1, 1)]
    assert trace["customdata"][0] == "place=groningen-nl"


def test_the_map_of_the_home_country_names_all_its_places_and_no_other(places):
    chart = draw_region_map(places, "netherlands", COLOURS, home="NL")
    assert sorted(labels_of(chart.figure)) == [
        "Amsterdam 2",
        "Groningen 8",
        "Leiden 1",
        "Nieuwegein 1",
        "Tolbert 1",
        "Veenendaal 1",
        "Zwolle 1",
    ]
    assert chart.sentence == "Netherlands: 15 events in 7 places, most often in Groningen (8)"
    assert chart.table[0] == {
        "Place": "Groningen",
        "Country": "Netherlands",
        "Events": 8,
    }


def test_the_table_tells_attendances_where_any_is_known():
    known = place("Assen", "NL", 52.99, 6.56, 2, value=40, about=1, unknown=1)
    rows = draw_region_map([GRONINGEN, known], "netherlands", COLOURS, home="NL").table
    assert {row["Place"]: row["Attendances"] for row in rows} == {
        "Groningen": Quantity(None, unknown=8),
        "Assen": Quantity(40, about=1, unknown=1),
    }


def test_europe_shows_the_home_country_as_one_mark(places):
    chart = draw_region_map(places, "europe", COLOURS, home="NL")
    assert labels_of(chart.figure)[0] == "Netherlands 15"
    assert sorted(labels_of(chart.figure))[:3] == ["Cologne 1", "Faro 1", "Heraklion 1"]
    assert len(labels_of(chart.figure)) == 7
    assert chart.figure["data"][0]["customdata"][0] == "country=NL"
    assert chart.sentence.startswith("Europe: 21 events in 13 places in 6 countries")
    assert sum(row["Events"] for row in chart.table) == 21


def test_a_single_place_at_home_keeps_its_name_in_europe():
    chart = draw_region_map([GRONINGEN, VIENNA], "europe", COLOURS, home="NL")
    assert labels_of(chart.figure) == ["Groningen 8", "Vienna 1"]


def test_every_place_of_a_mark_can_be_asked_about(places):
    chart = draw_region_map(places, "europe", COLOURS, home="NL")
    assert ("Leiden, Netherlands: 1 event", "why=events_held~city.leiden-nl") in chart.links
    assert len(chart.links) == 13


def test_the_map_is_two_plain_axes_of_one_scale_over_an_outline_of_ours(places):
    for region in REGIONS.values():
        layout = draw_region_map(places, region.name, COLOURS).figure["layout"]
        assert layout["yaxis"]["scaleanchor"] == "x"
        (image,) = layout["images"]
        assert image["source"] == f"./app/static/maps/{region.name}-light.svg"
        assert (MAPS / f"{region.name}-light.svg").exists()


def test_a_dark_page_has_dark_outlines(places):
    dark = draw_region_map(places, "europe", Palette(dark=True)).figure["layout"]
    assert dark["images"][0]["source"].endswith("europe-dark.svg")


@pytest.mark.parametrize("region", list(REGIONS))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_outlines_are_small_and_have_the_colours_and_bounds_that_charts_mean(region, theme):
    text = (MAPS / f"{region}-{theme}.svg").read_text()
    palette, most = Palette(dark=theme == "dark"), 40 if region == "netherlands" else 150
    assert len(text) <= most * 1000
    assert f'fill="{palette.land}"' in text
    assert f'stroke="{palette.faint}"' in text
    width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', text).groups())
    shown = REGIONS[region]
    assert height / width == pytest.approx(shown.picture_height / shown.picture_width, abs=0.001)


@pytest.mark.parametrize("region", list(REGIONS.values()))
def test_outlines_reach_beyond_what_every_drawing_shows(region):
    left, bottom, right, top = region.corners
    assert region.picture_west <= left
    assert right <= region.picture_west + region.picture_width
    assert top <= region.picture_north
    assert region.picture_north - region.picture_height <= bottom


def test_mercator_is_as_everybody_computes_it():
    assert project(10, 0) == pytest.approx((10, 0), abs=1e-9)
    assert project(0, 60)[1] == pytest.approx(75.456, abs=0.001)


def test_close_places_are_told_apart():
    chart = draw_region_map([GRONINGEN, TOLBERT, AMSTERDAM], "netherlands", COLOURS)
    marks, _ = boxes_at(chart.figure, "netherlands", 344)
    (_, (x1, y1), r1), (_, _, _), (_, (x2, y2), r2) = marks
    assert sqrt((x1 - x2) ** 2 + (y1 - y2) ** 2) >= r1 + 0.35 * r2
    assert {"Groningen 8", "Tolbert 1"} <= set(labels_of(chart.figure))


def test_places_at_one_point_do_not_hide_each_other():
    rows = [place(f"City {n}", "NL", 52.1, 5.1, 5 - n) for n in range(5)]
    marks, _ = boxes_at(draw_region_map(rows, "netherlands", COLOURS).figure, "netherlands", 344)
    assert len({(round(x), round(y)) for _, (x, y), _ in marks}) == 5


@pytest.mark.parametrize("region", list(REGIONS))
@pytest.mark.parametrize("wide", [False, True])
def test_nothing_covers_anything_on_the_maps_of_the_year(places, region, wide):
    chart = draw_region_map(places, region, COLOURS, home="NL", wide=wide)
    assert bool(chart.narrow) == wide
    if region == "world" and not wide:
        assert list(faults(chart.figure, region, 344)) == []
    else:
        assert_apart(chart, region, wide=wide)


def scatter_places(number, seed):
    draw = random.Random(seed)
    return [
        place(
            f"{draw.choice(['Aa', 'Middelstum', 'Stadskanaal-Noord'])} {n}",
            draw.choice(["NL", "DE", "FR", "PL", "IT"]),
            draw.uniform(36, 62),
            draw.uniform(-9, 29),
            draw.choice([1, 1, 1, 2, 9, 120]),
        )
        for n in range(number)
    ]


@given(
    rows=st.lists(
        st.tuples(
            st.text("abcdefgh IW", min_size=1, max_size=30),
            st.floats(50.8, 53.5),
            st.floats(3.4, 7.1),
            st.integers(1, 5000),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_nothing_covers_anything_wherever_places_are(rows):
    found = [
        place(f"{name.strip() or 'x'}{nr}", "NL", latitude, longitude, events)
        for nr, (name, latitude, longitude, events) in enumerate(rows)
    ]
    assert_apart(draw_region_map(found, "netherlands", COLOURS), "netherlands")


@pytest.mark.parametrize("number", [2, 10, 25, 60, 400])
def test_more_places_never_run_into_each_other(number):
    chart = draw_region_map(scatter_places(number, 3), "europe", COLOURS)
    assert_apart(chart, "europe")
    assert len(labels_of(chart.figure)) <= 25


def test_the_same_places_give_the_same_map():
    rows = scatter_places(20, 5)
    drawn = [json.dumps(draw_region_map(rows, "europe", COLOURS).figure) for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_four_hundred_places_become_provinces_and_countries():
    draw = random.Random(2)
    rows = [
        place(f"Plaats {n}", "NL", 52 + draw.uniform(0, 1), 5 + draw.uniform(0, 1.5), 2)
        for n in range(300)
    ] + [place(f"Ort {n}", "DE", 50 + draw.uniform(0, 1), 10.0, 1) for n in range(100)]
    home = draw_region_map(rows, "netherlands", COLOURS, home="NL", provinces=read_provinces())
    provinces = {row["Place"] for row in home.table}
    assert provinces <= {p["properties"]["name"] for p in read_provinces()}
    assert sum(row["Events"] for row in home.table) == 600
    assert set(home.figure["data"][0]["customdata"]) == {None}
    europe = draw_region_map(rows, "europe", COLOURS, home="NL")
    assert [(row["Place"], row["Events"]) for row in europe.table] == [
        ("Netherlands", 600),
        ("Germany", 100),
    ]
    assert_apart(home, "netherlands")
    assert_apart(europe, "europe")


def test_a_place_belongs_to_the_province_in_which_it_lies():
    rows = [
        place(f"Stad {n}", "NL", latitude, longitude)
        for n in range(9)
        for latitude, longitude in ((53.22, 6.57), (52.37, 4.89), (50.85, 5.69))
    ]
    marks = mark_places(rows, NETHERLANDS, provinces=read_provinces())
    assert [(mark.name, mark.events) for mark in marks] == [
        ("Groningen", 9),
        ("Limburg", 9),
        ("Noord-Holland", 9),
    ]


def test_what_lies_beyond_a_map_is_named():
    assert say_beyond(find_beyond(FEW, EUROPE)) == "Hong Kong 1"
    assert say_beyond([HONG_KONG, BOSTON]) == "Hong Kong 1 and Boston 1"
    assert say_beyond([HONG_KONG, BOSTON, VIENNA]) == "Hong Kong 1 and 2 others"
    assert find_beyond(FEW, WORLD) == []
    assert find_beyond(FEW, NETHERLANDS) == []  # what is abroad is on the other map


def test_no_label_stands_on_what_is_named_at_the_foot():
    south = [place(f"Heraklion {n}", "GR", 33.5, 29.5 - n * 3) for n in range(5)]
    chart = draw_region_map([*south, HONG_KONG], "europe", COLOURS)
    marks, labels = boxes_at(chart.figure, "europe", 344)
    assert all(not (box[2] > 344 - 150 and box[3] > 430 - 18) for _, box in labels)
    assert len(marks) == 5


@pytest.mark.parametrize(
    ("rows", "view", "chosen"),
    [
        (FEW, "", ("netherlands", "europe")),
        ([GRONINGEN, AMSTERDAM], "", ("netherlands",)),
        ([GRONINGEN], "", ()),  # one place is a row
        ([], "", ()),
        ([], "world", ()),
        ([GRONINGEN, VIENNA], "", ("europe",)),  # one place at home is one mark in Europe
        ([GRONINGEN, AMSTERDAM, HONG_KONG], "", ("netherlands", "world")),
        ([TOLBERT, HONG_KONG, BOSTON], "", ("world",)),
        (FEW, "world", ("world",)),
        (FEW, "europe", ("europe",)),
        ([GRONINGEN], "netherlands", ("netherlands",)),
    ],
)
def test_the_maps_of_a_page_follow_from_its_places(rows, view, chosen):
    assert choose_regions(rows, "NL", view) == chosen


def test_a_programme_at_home_elsewhere_has_no_map_of_the_netherlands():
    rows = [VIENNA, place("Graz", "AT", 47.07, 15.44), AMSTERDAM]
    assert choose_regions(rows, "AT") == ("europe",)
    chart = draw_region_map(rows, "europe", COLOURS, home="AT")
    assert {"Vienna 1", "Graz 1"} <= set(labels_of(chart.figure))


def test_a_place_whose_attendance_is_unknown_is_an_open_ring_that_says_so():
    known = AMSTERDAM | {"value": 120, "about": 2, "unknown": 0}
    chart = draw_region_map([known, TOLBERT], "netherlands", COLOURS, size="participants")
    assert labels_of(chart.figure) == ["Amsterdam ≈120", "Tolbert not known"]
    assert chart.figure["data"][0]["marker"]["color"] == [COLOURS.accent, COLOURS.surface]
    assert chart.sentence == "Netherlands: about 120 attendances (from 2 of 3 events)"
    assert chart.links[1][0] == "Tolbert, Netherlands: unknown"


def test_there_is_no_choice_of_attendance_where_none_is_known(places):
    assert not knows_attendance(places)
    assert knows_attendance([AMSTERDAM | {"value": 120, "about": 1, "unknown": 1}])


def test_slides_get_the_places_as_bars_the_most_first():
    bars = draw_region_map(FEW, "netherlands", COLOURS).bars
    assert bars.categories == ["Groningen", "Amsterdam", "Tolbert"]
    assert bars.series[0][1] == [8, 2, 1]


def test_names_of_places_are_text_never_markup():
    chart = draw_region_map([place("<b>X</b>", "NL", 52.0, 5.0)], "netherlands", COLOURS)
    assert chart.figure["layout"]["annotations"][0]["text"] == "&lt;b&gt;X&lt;/b&gt; <b>1</b>"
    assert "<b>X" not in chart.figure["data"][0]["hovertext"][0]


def test_two_places_of_one_name_are_told_apart():
    rows = [place("Groningen", "NL", 53.2, 6.6), place("Groningen", "SR", 5.8, -55.5)]
    chart = draw_region_map(rows, "world", COLOURS, wide=True)
    assert sorted(labels_of(chart.figure)) == [
        "Groningen (Netherlands) 1",
        "Groningen (Suriname) 1",
    ]
