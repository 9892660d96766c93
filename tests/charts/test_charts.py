"""Charts are pure: rows in, a valid figure, a finding in words and the same facts as a table out."""

from datetime import UTC, date, datetime

import plotly.graph_objects as go
import pytest

from dashboard import demo
from dashboard.charts import ranking
from dashboard.charts.glance import Year, draw_year, find_undated
from dashboard.charts.lanes import Span, find_span, stack_rows
from dashboard.charts.mercator import REGIONS
from dashboard.charts.months import describe_months, draw_events_by_month
from dashboard.charts.theme import make_margins, make_palette
from dashboard.charts.timeline import TimelineLabels, describe_events, draw_timeline
from dashboard.charts.world import draw_region_map
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.store import Store
from dashboard.text import counts, dates, lists, records
from tests.conftest import ROOT

YEAR = Filters(year=2025)
COLOURS = make_palette(
    {
        "research": ("#111111", "#eeeeee"),
        "education": ("#222222", "#dddddd"),
        "impact": ("#333333", "#cccccc"),
    },
    dark=False,
)
MONTHS = [f"2025-{number:02}" for number in range(1, 13)]
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


def charts(version, filters, colours):
    labels = questions.read_labels(version)
    events = questions.rows(version, "events", filters)
    span = find_span(events, filters.years()) or SPAN
    year = Year(
        events,
        questions.rows(version, "trainings", filters),
        questions.rows(version, "projects", filters),
    )
    places = questions.rows(version, "event_places", filters)
    yield draw_timeline(events, span, TimelineLabels(labels["kind"], labels["pillar"], {}), colours)
    yield draw_year(year, span, labels["pillar"], colours)
    yield draw_events_by_month(
        questions.rows(version, "events_by_month", filters),
        MONTHS,
        labels["kind"],
        colours,
        chosen=filters.month,
    )
    for region in REGIONS:
        for size in ("events", "participants"):
            yield draw_region_map(places, region, colours, size=size)


@pytest.mark.parametrize(
    "filters",
    [YEAR, Filters(), Filters(month=("2025-05",)), Filters(month=("2025-07",), text="nothing")],
)
@pytest.mark.parametrize("dark", [False, True])
def test_every_figure_is_valid_and_has_a_finding_and_a_table(version, filters, dark):
    for chart in charts(version, filters, make_palette({}, dark=dark)):
        go.Figure(chart.figure)
        assert chart.sentence
        assert chart.height == chart.figure["layout"]["height"]


def labels(version):
    of = questions.read_labels(version)
    return TimelineLabels(of["kind"], of["pillar"], {})


def test_every_dated_event_is_on_the_timeline_once(real):
    events = questions.rows(real, "events", YEAR)
    chart = draw_timeline(events, SPAN, labels(real), COLOURS)
    drawn = [event for trace in chart.figure["data"] for event in trace["customdata"]]
    assert sorted(drawn) == sorted(
        f"event={e['event_id']}" for e in events if e["date_precision"] == "day"
    )
    assert len(chart.table) == 29


def test_a_range_of_days_is_a_bar_as_long_as_the_range(real):
    events = questions.rows(real, "events", Filters(month=("2025-02",)))
    chart = draw_timeline(events, SPAN, labels(real), COLOURS)
    (bars,) = [trace for trace in chart.figure["data"] if trace["type"] == "bar"]
    assert bars["base"] == ["2025-02-10"]
    assert bars["x"] == [5 * 86_400_000]


def test_events_on_one_day_do_not_hide_each_other():
    rows = [{"first_day": date(2025, 5, 8), "last_day": date(2025, 5, 8)} for _ in range(3)]
    assert len({mark.y for mark in stack_rows(rows, 0, 0.6, SPAN, 12)}) == 3


def test_the_timeline_says_how_well_dates_are_known(real):
    assert (
        describe_events(questions.rows(real, "events", YEAR))
        == "29 events held: 24 on a known day and 5 known by the year only"
    )
    assert describe_events([]) == "no events"


def test_empty_months_stay_on_the_axis(real):
    chart = draw_events_by_month(questions.rows(real, "events_by_month", YEAR), MONTHS, {}, COLOURS)
    assert [row["Events held"] for row in chart.table] == [3, 2, 2, 2, 4, 1, 0, 0, 1, 2, 2, 5]
    assert chart.sentence == "December 2025 had the most events held (5); 2 months had none"


@pytest.mark.parametrize(
    ("held", "chosen", "said"),
    [
        ({}, (), "No events held in a known month"),
        (
            {5: 2, 6: 2},
            (),
            "May and June 2025 had the most events held (2 events each); 10 months had none",
        ),
        ({5: 2, 6: 2, 7: 2}, (), "At most 2 events held a month; 9 months had none"),
        ({5: 1}, (), "At most 1 event held a month; 11 months had none"),
        (dict.fromkeys(range(1, 13), 1), (), "At most 1 event held a month"),
        (
            {3: 1, 4: 1, 5: 1, 12: 3},
            ("2025-03", "2025-04", "2025-05"),
            "March, April and May 2025: 3 events held, of 6 in all months shown",
        ),
        ({5: 3}, ("2025-05",), "May 2025: 3 events held"),
        ({5: 3}, ("2025-07",), "July 2025: no events held, of 3 in all months shown"),
    ],
)
def test_the_finding_by_month_fits_the_numbers(held, chosen, said):
    totals = {month: held.get(int(month[5:]), 0) for month in MONTHS}
    assert describe_months(totals, chosen) == said


def test_months_of_several_years_are_named_with_their_years():
    assert dates.format_months(["2024-05", "2025-05"]) == "May 2024 and May 2025"
    assert describe_months({"2025-05": 1}) == "May 2025: 1 event held"


def test_what_leads_is_not_equalled_by_what_is_left_out():
    assert ranking.find_leading({"a": 5, "b": 3, "c": 1}) == ["a", "b"]
    assert ranking.find_leading({"a": 5, "b": 3, "c": 3}) == ["a"]
    assert ranking.find_leading({"a": 3, "b": 3, "c": 3}) == []
    assert ranking.find_leading({}) == []


def event(**more):
    return {
        "event_id": "x",
        "title": "T",
        "host_event": None,
        "start_date": "2025-05-01",
        "end_date": "2025-05-01",
        "date_precision": "day",
        "status": "held",
        "kind": None,
        "pillar": None,
        "venue": None,
        "city": None,
        "country": None,
        "attendance_mode": None,
        "first_day": date(2025, 5, 1),
        "last_day": date(2025, 5, 1),
        **more,
    }


BY_STATUS = [event(status=status) for status in ("cancelled", "held", "held", "planned")]


def drawn_as(chart):
    """The form of the mark of each event, and what the legend says that the forms mean."""
    traces = [trace for trace in chart.figure["data"] if trace.get("customdata")]
    named = {
        t["name"]: t["marker"]["symbol"]
        for t in chart.figure["data"]
        if t.get("name") and not t["customdata"]
    }
    return sorted(symbol for trace in traces for symbol in trace["marker"]["symbol"]), named


@pytest.mark.parametrize(
    "draw",
    [
        lambda events: draw_timeline(events, SPAN, TimelineLabels({}, {}, {}), COLOURS),
        lambda events: draw_year(Year(events, (), ()), SPAN, {}, COLOURS),
    ],
    ids=["timeline", "glance"],
)
def test_what_was_held_is_planned_or_was_cancelled_has_its_own_mark_legend_and_words(draw):
    chart = draw(BY_STATUS)
    marks, legend = drawn_as(chart)
    assert marks == ["circle", "circle", "circle-open", "x"]
    assert legend == {"Held": ["circle"], "Planned": ["circle-open"], "Cancelled": ["x"]}
    assert chart.sentence.startswith("2 events held · 1 planned · 1 cancelled")
    assert [row["Status"] for row in chart.table] == ["cancelled", "held", "held", "planned"]
    go.Figure(chart.figure)
    assert drawn_as(draw([event(), event()]))[1] == {}  # nothing to tell apart


def test_longer_events_tell_their_status_too():
    days = {"end_date": "2025-05-03", "last_day": date(2025, 5, 3)}
    rows = [
        event(**days),
        event(status="planned", **days),
        event(status="cancelled", **days),
        event(start_date="2025-05", date_precision="month", last_day=date(2025, 5, 31)),
    ]
    chart = draw_timeline(rows, SPAN, TimelineLabels({}, {}, {}), COLOURS)
    (bars,) = [trace for trace in chart.figure["data"] if trace["type"] == "bar"]
    filled = [colour != "rgba(0,0,0,0)" for colour in bars["marker"]["color"]]
    found = set(zip(filled, bars["marker"]["pattern"]["shape"], strict=True))
    # held, planned, cancelled, day not known
    assert found == {(True, ""), (False, ""), (False, "x"), (False, "/")}
    go.Figure(chart.figure)


def test_too_many_events_to_draw_are_not_said_to_be_none():
    year = Year((), (), (), too_many={"held": 4000, "planned": 12})
    said = draw_year(year, SPAN, {}, COLOURS).sentence
    assert (
        said
        == "4,000 events held · 12 planned, too many to draw one by one; no trainings; no projects"
    )


def test_what_has_no_date_stands_apart(real):
    year = Year(
        *(questions.rows(real, question, YEAR) for question in ("events", "trainings", "projects"))
    )
    assert {table: len(titles) for table, titles in find_undated(year).items()} == {
        "events": 5,
        "trainings": 10,
        "projects": 13,
    }


def test_data_never_becomes_markup_in_a_figure():
    event = {
        "event_id": "x",
        "title": "<a href='https://evil.example'>T</a>",
        "host_event": "<b>",
        "start_date": "2025-05-01",
        "end_date": "2025-05-01",
        "date_precision": "day",
        "status": "held",
        "kind": "<i>",
        "pillar": None,
        "venue": "<u>",
        "city": None,
        "country": None,
        "attendance_mode": None,
        "first_day": date(2025, 5, 1),
        "last_day": date(2025, 5, 1),
    }
    chart = draw_timeline(
        [event], SPAN, TimelineLabels({"<i>": "<i>kind</i>"}, {}, {"x": "<script>"}), COLOURS
    )
    text = str(chart.figure)
    assert not any(markup in text for markup in ("<a ", "<i>", "<u>", "<script>"))


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        ("2025-02-10", "2025-02-14", "day", "10–14 February 2025"),
        ("2025-01-30", "2025-02-01", "day", "30 January – 1 February 2025"),
        ("2024-03-01", "2025-03-05", "day", "1 March 2024 – 5 March 2025"),
        ("2024-12-30", "2025-01-02", "day", "30 December 2024 – 2 January 2025"),
        ("2024-12-30", "2025-01", "day", "30 December 2024 – January 2025"),
        ("2025-01-30", "2025", "day", "30 January 2025"),
        ("2024-11", "2025-02", "month", "November 2024 – February 2025, days unknown"),
        ("2024", "2025", "year", "2024 – 2025, dates unknown"),
        ("2024", "2024-05-01", "year", "2024, date unknown"),
        ("2025-05-22", "2025-05-22", "day", "22 May 2025"),
        ("2025-05", "2025-05", "month", "May 2025, day unknown"),
        ("2025", "2025", "year", "2025, date unknown"),
        (None, None, "unknown", "date unknown"),
    ],
)
def test_dates_are_written_as_people_write_them(start, end, precision, said):
    assert (
        records.format_event_dates(
            {"start_date": start, "end_date": end, "date_precision": precision}
        )
        == said
    )


def test_partial_dates_and_counts_in_words():
    assert dates.format_partial_date("2024-2025") == "academic year 2024–2025"
    assert dates.format_partial_date("2025-05") == "May 2025"
    assert [counts.format_count(n, "country", "countries") for n in (0, 1, 2)] == [
        "no countries",
        "1 country",
        "2 countries",
    ]
    assert lists.join_names(["a", "b", "c"]) == "a, b and c"


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


def test_margins_hold_the_labels_so_that_a_chart_is_drawn_once():
    assert make_margins() == {"l": 8, "r": 8, "t": 8, "b": 8}
    assert (
        make_margins(above=["a"])["t"]
        < make_margins(above=["Kinds of event that have long names"] * 4)["t"]
    )
    assert make_margins(below=True, r=40)["r"] == 40


def test_a_month_that_has_not_come_is_not_said_to_be_empty():
    totals = {"2026-10": 3, "2026-11": 0, "2026-12": 0}
    assert describe_months(totals, until="2026-11").endswith("; 1 month had none")
    assert describe_months(totals).endswith("; 2 months had none")
