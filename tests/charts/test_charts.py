"""What holds of every chart with axes: a valid figure, wide and narrow, a finding in words and the same
facts as a table; and colours that everybody can tell apart. Charts made of elements: test_elements.py.
"""

from datetime import UTC, date, datetime

import plotly.graph_objects as go
import pytest

from dashboard import demo
from dashboard.charts import ranking
from dashboard.charts.event_counts import read_month_counts
from dashboard.charts.event_timeline import draw_event_timeline
from dashboard.charts.event_words import TimelineLabels
from dashboard.charts.lanes import Span
from dashboard.charts.mercator import REGIONS
from dashboard.charts.periods import find_periods
from dashboard.charts.spans import find_chosen_span
from dashboard.charts.theme import make_palette
from dashboard.charts.world import draw_region_map
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.store import Store
from tests.charts.made_events import COLOURS, TODAY, make_event
from tests.conftest import ROOT

YEAR = Filters(year=2025)
SPAN = Span(date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    made = demo.make_demo(
        Store(tmp_path_factory.mktemp("demo")),
        demo.Size(years=3, events=900),
        datetime(2026, 6, 30, tzinfo=UTC),
    )
    return made.version


@pytest.fixture(params=["real", "generated"])
def version(request, real):
    return request.getfixturevalue(request.param)


def timelines(version, filters, colours):
    """Of the events of a selection, alone, above what lasted, and counted by month."""
    rows = {
        name: questions.rows(version, name, filters)
        for name in ("events", "event_people", "trainings", "projects", "events_counted")
    }
    events = rows["events"]
    labels = TimelineLabels.read(questions.read_labels(version), rows["event_people"])
    span = find_chosen_span(events, filters.years(), filters.month) or SPAN
    periods, counts = (
        find_periods(rows["trainings"], rows["projects"], span),
        read_month_counts(rows["events_counted"]),
    )
    for more in ({}, {"periods": periods}, {"counts": counts}):
        yield draw_event_timeline(events, span, labels, colours, today=TODAY, **more)


def maps(version, filters, colours):
    places = questions.rows(version, "event_places", filters)
    for region in REGIONS:
        for size in ("events", "participants"):
            yield draw_region_map(places, region, colours, size=size)


@pytest.mark.parametrize(
    ("filters", "least"),
    [
        (YEAR, 3),
        (Filters(), 3),
        (Filters(month=("2025-05",)), 1),
        (Filters(month=("2025-05", "2025-12")), 3),
        (Filters(month=("2025-07",), text="nothing"), 0),
    ],
)
@pytest.mark.parametrize("dark", [False, True])
def test_every_figure_is_valid_and_has_a_finding_and_a_table(version, filters, least, dark):
    colours = make_palette(settings.load(ROOT / "data").colours, dark=dark)
    drawn = [chart for chart in timelines(version, filters, colours) if chart]
    assert len(drawn) >= least
    for chart in (*drawn, *maps(version, filters, colours)):
        go.Figure(chart.figure)
        assert chart.sentence
        assert chart.height == chart.figure["layout"]["height"]
        if chart.narrow:
            go.Figure(chart.narrow.figure)
            assert chart.narrow.height == chart.narrow.figure["layout"]["height"]
    for chart in drawn:
        assert chart.narrow
        assert chart.table
        assert chart.bars


def test_every_dated_event_is_on_the_timeline_and_every_event_in_its_table(real):
    events = questions.rows(real, "events", YEAR)
    chart = draw_event_timeline(events, SPAN, TimelineLabels(), COLOURS, today=TODAY)
    pressed = {link for trace in chart.figure["data"] for link in trace.get("customdata", ())}
    dated = {f"event={e['event_id']}" for e in events if e["date_precision"] in ("day", "month")}
    assert {link for link in pressed if link and link.startswith("event=")} == dated
    assert len(dated) == 24
    assert [row["Event"] for row in chart.table] == [event["title"] for event in events]
    assert {link for _, link in chart.links} == {f"event={event['event_id']}" for event in events}


def test_a_range_of_days_is_a_bar_as_long_as_the_range(real):
    events = questions.rows(real, "events", Filters(month=("2025-02", "2025-03")))
    (school,) = [event for event in events if event["first_day"] != event["last_day"]]
    assert (school["start_date"], school["end_date"]) == ("2025-02-10", "2025-02-14")
    chart = draw_event_timeline(events, SPAN, TimelineLabels(), COLOURS, today=TODAY)
    link = f"event={school['event_id']}"
    lengths = [
        (trace["base"][nr][:10], trace["x"][nr] / 86_400_000)
        for trace in chart.figure["data"]
        if trace["type"] == "bar" and trace.get("orientation") == "h"
        for nr, press in enumerate(trace["customdata"])
        if press == link and trace["marker"]["color"] != "rgba(0,0,0,0)"
    ]
    assert lengths == [("2025-02-10", 5)]


def test_data_never_becomes_markup_in_a_figure():
    hostile = (
        "<a href='https://evil.example'>T</a>",
        "<b>",
        "<u>",
        "<i>x</i>",
        "<script>s</script>",
    )
    events = [
        make_event(
            nr,
            date(2025, 1 + nr, 1),
            title=hostile[0],
            host_event="<u>host</u>",
            venue="<s>venue</s>",
            city="<i>city</i>",
            country=None,
            kind="<i>",
            short_title=hostile[nr % len(hostile)],
        )
        for nr in range(6)
    ]
    people = [
        {"event_id": e["event_id"], "person_id": "x", "name": "A <script>", "role": "r"}
        for e in events
    ]
    named = {"kind": {"<i>": "<i>kind</i>"}, "role": {"r": "<em>role</em>"}}
    labels = TimelineLabels.read(named, people)
    chart = draw_event_timeline(events, SPAN, labels, COLOURS, today=TODAY)
    text = str(chart.figure) + str(chart.narrow.figure)
    assert "&lt;i&gt;city" in text
    assert not any(f"<{tag}" in text for tag in ("a ", "i>", "u>", "s>", "em>", "script"))


def test_what_leads_is_not_equalled_by_what_is_left_out():
    assert ranking.find_leading({"a": 5, "b": 3, "c": 1}) == ["a", "b"]
    assert ranking.find_leading({"a": 5, "b": 3, "c": 3}) == ["a"]
    assert ranking.find_leading({"a": 3, "b": 3, "c": 3}) == []
    assert ranking.find_leading({}) == []


DEFICIENCIES = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


"""Simulation matrices for linear RGB at full severity: Machado, Oliveira and Fernandes, A
Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE TVCG 15 (2009).
"""


def linear(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def seen(colour, deficiency):
    """CIE L*a*b* (D65) of a colour as somebody sees it."""
    rgb = [
        max(0, min(1, sum(m * c for m, c in zip(row, linear(colour), strict=True))))
        for row in DEFICIENCIES[deficiency]
    ]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(m * c for m, c in zip(row, rgb, strict=True)) for row in to_xyz]
    x, y, z = (
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in (a / b for a, b in zip(xyz, (0.9505, 1, 1.089), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(one, other):
    """WCAG contrast of two colours."""
    light = sorted(
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True))
        for x in (one, other)
    )
    return (light[1] + 0.05) / (light[0] + 0.05)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("dark", [False, True])
def test_pillars_stay_apart_for_everybody_and_stand_out_from_the_page(dark, deficiency):
    colours = make_palette(settings.load(ROOT / "data").colours, dark=dark)
    shown = [*colours.pillars.values(), colours.no_pillar]
    pairs = [(a, b) for i, a in enumerate(shown) for b in shown[i + 1 :]]
    assert len(pairs) == 6
    for one, other in pairs:
        assert (
            sum(
                (a - b) ** 2
                for a, b in zip(seen(one, deficiency), seen(other, deficiency), strict=True)
            )
            ** 0.5
            > 10
        )
    assert all(contrast(colour, colours.surface) >= 3 for colour in shown)


@pytest.mark.parametrize("dark", [False, True])
def test_words_on_charts_can_be_read(dark):
    colours = make_palette({}, dark=dark)
    assert contrast(colours.ink, colours.surface) >= 7
    assert contrast(colours.context, colours.surface) >= 4
    assert contrast(colours.ink, colours.faint) >= 4.5  # the number in a light cell
    assert contrast(colours.surface, colours.accent) >= 4.5  # and in a strong one
