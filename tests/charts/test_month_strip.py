"""The months on a phone."""

from datetime import date

import plotly.graph_objects as go
import pytest

from dashboard.charts.lanes import Span
from dashboard.charts.month_strip import draw_month_strip
from dashboard.model.filters import Filters
from dashboard.query import questions
from tests.charts.made_events import COLOURS, YEAR, make_event, make_events


def texts(drawing):
    return [list(t["text"]) for t in drawing.figure["data"] if t.get("mode") == "text"]


def test_each_month_has_its_number_and_letter_and_is_chosen_by_a_tap(real):
    drawing = draw_month_strip(questions.rows(real, "events", Filters(year=2025)), YEAR, COLOURS)
    numbers, letters = texts(drawing)
    assert [text.removeprefix("<b>").removesuffix("</b>") for text in numbers] == (
        ["3", "2", "2", "2", "4", "1", "–", "–", "1", "2", "2", "5"]
    )
    assert letters == list("JFMAMJJASOND")
    assert drawing.height == 118
    assert drawing.figure["data"][0]["customdata"][4] == "month=2025-05"
    go.Figure(drawing.figure)


def test_ours_stand_solid_at_the_foot():
    day = date(2025, 3, 3)
    events = [make_event(0, day, our_role="organised", pillar="impact"), make_event(1, day)]
    drawing = draw_month_strip(events, YEAR, COLOURS)
    ours, others = (t for t in drawing.figure["data"][1:] if t["type"] == "bar")
    assert ours["marker"]["color"] == "#1d7a5f"
    assert others["base"] == [ours["base"][0] + ours["y"][0]]


def test_a_single_month_is_told_by_weeks():
    span = Span(date(2025, 5, 1), date(2025, 5, 31))
    drawing = draw_month_strip([make_event(0, date(2025, 5, 14))], span, COLOURS)
    numbers, names = texts(drawing)
    assert names == ["1–4", "5–11", "12–18", "19–25", "26–31"]
    assert numbers == ["–", "–", "<b>1</b>", "–", "–"]


@pytest.mark.parametrize("number", [0, 1, 60, 5000])
def test_any_number_of_events_fits(number):
    drawing = draw_month_strip(make_events(number, step=1), YEAR, COLOURS)
    heights = [-y for t in drawing.figure["data"][1:] if t["type"] == "bar" for y in t["y"]]
    assert max(heights, default=0) <= 70
    go.Figure(drawing.figure)
