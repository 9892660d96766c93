"""A chart for the projector: letters, marks, margins and height grow, and nothing else."""

import json
from copy import deepcopy
from datetime import date

import plotly.graph_objects as go
import pytest

from dashboard.charts import Bars, Chart
from dashboard.charts.enlarge import MAX_FACTOR, MIN_FACTOR, enlarge
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.views.content.pages import CONTENTS, make_content
from dashboard.views.view import open_view
from tests.conftest import ROOT, Kept

BY_HAND = Chart(
    {
        "data": [
            {
                "type": "bar",
                "x": [1, 2],
                "y": [10, 20],
                "width": 15,
                "text": ["a", "b"],
                "textfont": {"size": 13, "color": "#000000"},
                "marker": {
                    "color": "#111111",
                    "line": {"width": 2},
                    "pattern": {"shape": "/", "size": 6},
                },
            },
            {
                "type": "scatter",
                "x": [1],
                "y": [2],
                "marker": {"size": [10, 25.5], "opacity": 0.5},
                "customdata": ["size"],
            },
        ],
        "layout": {
            "height": 300,
            "margin": {"l": 8, "r": 40, "t": 0, "b": 8},
            "font": {"size": 14, "family": "Inter"},
            "bargap": 0.25,
            "xaxis": {"range": [0, 100], "tickfont": {"size": 12}, "tickangle": -50},
            "yaxis": {"range": [-300, 0]},
            "annotations": [{"text": "Research", "x": 0, "font": {"size": 14}, "borderpad": 1}],
            "shapes": [{"type": "line", "x0": 0, "line": {"width": 1}}],
        },
    },
    [{"Size": 1}],
    "A finding",
    300,
    [("a", "why=events_held")],
    Bars(["a"], [("b", [1], "#111111")]),
)


def test_letters_marks_margins_and_height_grow_by_the_factor():
    large = enlarge(BY_HAND, 450)  # one and a half times 300
    bar, dots = large.figure["data"]
    layout = large.figure["layout"]
    assert (large.height, layout["height"]) == (450, 450)
    assert layout["margin"] == {"l": 12, "r": 60, "t": 0, "b": 12}
    assert (
        layout["font"]["size"],
        layout["xaxis"]["tickfont"]["size"],
        layout["annotations"][0]["font"]["size"],
    ) == (
        21,
        18,
        21,
    )
    assert (bar["textfont"]["size"], bar["marker"]["pattern"]["size"]) == (19.5, 9)
    assert dots["marker"]["size"] == [15, pytest.approx(38.25, abs=0.06)]


def test_nothing_else_changes_and_the_original_is_untouched():
    before = deepcopy(BY_HAND)
    large = enlarge(BY_HAND, 450)
    assert before == BY_HAND
    assert (large.table, large.sentence, large.links, large.bars) == (
        BY_HAND.table,
        BY_HAND.sentence,
        BY_HAND.links,
        BY_HAND.bars,
    )
    assert differing(BY_HAND.figure, large.figure) == {
        "data/0/textfont/size",
        "data/0/marker/pattern/size",
        "data/1/marker/size/0",
        "data/1/marker/size/1",
        "layout/height",
        "layout/margin/l",
        "layout/margin/r",
        "layout/margin/b",
        "layout/font/size",
        "layout/xaxis/tickfont/size",
        "layout/annotations/0/font/size",
    }


@pytest.mark.parametrize(
    ("room", "height"),
    [(0, 345), (300, 345), (345, 345), (360, 360), (480, 480), (481, 480), (10_000, 480)],
)
def test_a_chart_is_at_least_a_little_larger_and_never_more_than_there_is_to_see(room, height):
    assert enlarge(BY_HAND, room).height == height
    assert (MIN_FACTOR, MAX_FACTOR) == (1.15, 1.6)


def leaves(part, path=""):
    """Every value of a figure with its path."""
    if isinstance(part, dict | list):
        for name, value in part.items() if isinstance(part, dict) else enumerate(part):
            yield from leaves(value, f"{path}/{name}" if path else str(name))
    else:
        yield path, part


def differing(one, other):
    one, other = dict(leaves(one)), dict(leaves(other))
    assert one.keys() == other.keys()
    return {path for path in one if one[path] != other[path]}


@pytest.fixture(scope="module")
def answers():
    return Kept()


@pytest.mark.parametrize("page", CONTENTS)
def test_every_chart_of_every_page_stays_valid_and_grows_in_nothing_but_sizes(real, answers, page):
    store, chosen = Store(real.folder.parents[1]), settings.load(ROOT / "data")
    for more in ("", "&size=participants&view=netherlands") if page == "map" else ("",):
        found = make_content(
            open_view(
                store,
                chosen,
                f"/{page}?year=2025{more}",
                date(2026, 1, 15),
                answers=answers,
                role=Role.VIEWER,
            )
        )
        for picture in found.pictures:
            chart, was = picture.chart, json.dumps(picture.chart.figure, default=str)
            large = enlarge(chart, 560)
            go.Figure(large.figure)
            assert json.dumps(chart.figure, default=str) == was
            factor = min(1.6, max(1.15, 560 / chart.height))
            assert large.height == round(chart.height * factor)
            small, grown = dict(leaves(chart.figure)), dict(leaves(large.figure))
            for path in differing(chart.figure, large.figure):
                assert (
                    {"size", "xshift", "yshift"} & set(path.split("/")[-2:])
                    or path == "layout/height"
                    or path.startswith("layout/margin/")
                ), path
                assert grown[path] == pytest.approx(small[path] * factor, abs=0.051), path
            letters = [path for path in small if path.endswith("font/size")]
            assert letters
            assert all(grown[path] > small[path] for path in letters)
