"""The labelled timeline: everything has a name, a mark or a place in a column, and nothing overlaps."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import demo
from dashboard.charts.event_counts import read_month_counts
from dashboard.charts.event_marks import style_mark
from dashboard.charts.event_timeline import draw_event_timeline, find_dated, plan_events, write_note
from dashboard.charts.event_words import TimelineLabels, shorten_title, write_second_line
from dashboard.charts.labelled_events import SMALL, Style, count_rows, place_events
from dashboard.charts.lanes import Span
from dashboard.charts.periods import Period, find_periods
from dashboard.charts.placement import FREE, NARROWEST, ON_PAPER, Scale, make_mark, stack_marks
from dashboard.charts.spans import find_chosen_span
from dashboard.charts.timeline_findings import describe_timeline
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.store import Store
from tests.charts.made_events import COLOURS, TODAY, YEAR, make_event, make_events, make_person

NOBODY = TimelineLabels()
HOSTILE = [
    "W" * 200,
    "معرض الذكاء الاصطناعي في الرعاية الصحية الوطنية",
    "医疗人工智能国际研讨会暨年度大会医疗人工智能国际研讨会暨年度大会",
    "👩‍🔬🚀🎉 AI 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
    "<b>bold</b> & <script>alert(1)</script>",
    "word " * 40,
    "?",
    "a\u202eevil\u202c title",
]


@pytest.fixture(scope="module")
def demo_version(tmp_path_factory):
    size = demo.Size(years=1, events=400)
    now = datetime(2026, 6, 30, tzinfo=UTC)
    return demo.make_demo(Store(tmp_path_factory.mktemp("demo")), size, now).version


def draw(events, span=YEAR, labels=NOBODY, **more):
    return draw_event_timeline(events, span, labels, COLOURS, today=TODAY, **more)


def style(span=YEAR, labels=NOBODY, width=NARROWEST):
    return Style(Scale(span, width), labels, COLOURS)


def texts(chart):
    return [text for trace in chart.figure["data"] for text in trace.get("text", ())]


def presses(chart):
    return {link for trace in chart.figure["data"] for link in trace.get("customdata", ()) if link}


def read(version, filters):
    events = questions.rows(version, "events", filters)
    people = questions.rows(version, "event_people", filters)
    return events, TimelineLabels.read(questions.read_labels(version), people)


def assert_nothing_overlaps(placed, width=NARROWEST):
    for item in placed:
        left, right = item.ends
        assert left >= 0
        assert right <= width
    for one, other in combinations(placed, 2):
        if one.level == other.level:
            (a, b), (c, d) = one.ends, other.ends
            assert b + FREE <= c or d + FREE <= a, (one, other)


def test_the_events_of_2025_stand_in_ten_rows_as_high_as_designed(real):
    events, labels = read(real, Filters(year=2025))
    chart = draw(events, labels=labels)
    assert chart.height == 394  # 10 rows of 36, and 34
    assert chart.sentence == "Most in December, nothing recorded in July and August"
    assert "<b>AI in Medical Imaging</b>" in texts(chart)
    assert "30 Jan · van Ooijen · Groningen" in texts(chart)
    assert {"May <b>4</b>", "Jul –", "Dec <b>5</b>"} <= set(texts(chart))
    assert {"event=ai-in-medical-imaging", "month=2025-05"} <= presses(chart)
    assert len(chart.table) == 29
    go.Figure(chart.figure)
    go.Figure(chart.narrow.figure)


def test_a_sheet_names_the_same_events_in_more_rows_and_has_nothing_to_press(real):
    events, labels = read(real, Filters(year=2025))
    plan = plan_events(find_dated(events, YEAR), style(YEAR, labels, ON_PAPER))
    assert_nothing_overlaps(plan.named, ON_PAPER)
    assert len(plan.named) == 24
    paper = draw(events, labels=labels).paper
    assert paper.height == 34 + 36 * count_rows(plan.named)
    said = [text for trace in paper.figure["data"] for text in trace.get("text", ())]
    assert "<b>AI in Medical Imaging</b>" in said
    assert not any("customdata" in trace for trace in paper.figure["data"])
    go.Figure(paper.figure)


def test_what_stands_alike_on_a_sheet_is_sent_once():
    assert draw(make_events(4, step=60)).paper is None


def test_only_traces_of_the_small_library_are_used(real):
    events, labels = read(real, Filters(year=2025))
    chart = draw(events, labels=labels)
    drawn = (chart, chart.narrow, chart.paper)
    traces = [trace for one in drawn for trace in one.figure["data"]]
    assert {trace["type"] for trace in traces} == {"scatter", "bar"}


@pytest.mark.parametrize("number", [0, 1, 3])
def test_up_to_three_events_are_rows_and_no_chart(number):
    assert draw(make_events(number)) is None


def test_periods_are_drawn_also_where_there_are_few_events():
    period = Period(
        "A programme: last year", date(2022, 1, 1), date(2025, 12, 31), None, "project=a"
    )
    chart = draw([], periods=[period])
    assert "A programme: last year" in texts(chart)
    assert "project=a" in presses(chart)
    go.Figure(chart.figure)


@pytest.mark.parametrize("number", [4, 10, 29])
def test_few_events_are_all_named(number):
    events = make_events(number, step=12)
    plan = plan_events(events, style())
    assert len(plan.named) == number
    assert write_note(plan) == ""
    assert_nothing_overlaps(plan.named)


def test_of_sixty_our_own_are_named_and_the_others_are_marks():
    events = make_events(60, step=6)
    plan = plan_events(events, style())
    assert len(plan.named) == 12  # every fifth of 60
    assert {item.mark.row["our_role"] for item in plan.named} == {"organised"}
    assert len(plan.marked) == 48
    assert count_rows(plan.named) <= 12
    assert write_note(plan) == "12 of 60 named; the others are marks alone."
    assert "12 of 60 named; the others are marks alone." in texts(draw(events))
    assert {f"event={event['event_id']}" for event in events} <= presses(draw(events))


def test_marks_without_a_label_stand_on_each_other_where_they_would_touch():
    marks = [make_mark(event, Scale(YEAR)) for event in make_events(48, days=20, step=1)]
    stacked = stack_marks(marks, SMALL, 2)
    for (one, level), (other, other_level) in combinations(stacked, 2):
        assert level != other_level or abs(one.middle - other.middle) >= SMALL


def test_four_hundred_are_counted_by_week_and_the_eight_weightiest_named(demo_version):
    events, labels = read(demo_version, Filters(year=2026))
    dated = find_dated(events, Span(date(2026, 1, 1), date(2026, 12, 31)))
    plan = plan_events(dated, style(Span(date(2026, 1, 1), date(2026, 12, 31)), labels))
    assert len(plan.named) == 8
    assert_nothing_overlaps(plan.named)
    counted = sum(column.total for column in plan.columns)
    cancelled = [e for e in dated if e["status"] == "cancelled"]
    of_a_month = [e for e in dated if e not in cancelled and e["date_precision"] == "month"]
    assert counted + len(cancelled) + len(of_a_month) == len(dated)
    assert f"In no column: {len(cancelled) + len(of_a_month)} that" in write_note(plan)


def test_five_thousand_are_counted_by_month_and_none_is_named():
    plan = plan_events(make_events(5000, step=1), style())
    assert not plan.named
    assert [column.part.name for column in plan.columns][:2] == ["Jan", "Feb"]
    assert sum(column.total for column in plan.columns) == 5000
    assert write_note(plan) == "5,000 events, all counted, none by name."
    assert "365" not in texts(draw(make_events(5000, step=1)))


def test_what_is_too_much_to_read_comes_as_counts():
    counts = read_month_counts(
        [
            {"month": "2025-02", "our_role": "organised", "status": "held", "pillar": "impact", "events": 900},
            {"month": "2025-02", "our_role": "contributed", "status": "held", "pillar": None, "events": 5000},
            {"month": "2025-03", "our_role": "contributed", "status": "planned", "pillar": None, "events": 7},
        ]
    )  # fmt: skip
    chart = draw([], counts=counts)
    assert "<b>5,900</b>" in texts(chart)
    assert chart.table[1]["Events"] == 5900
    assert chart.table[1]["Organised by us"] == 900
    assert chart.table[2] | {"When": ""} == {
        "When": "", "Events": 7, "Organised by us": 0, "Contributed": 0, "Role not stated": 0, "Planned": 7,
    }  # fmt: skip
    assert chart.sentence.startswith("Most in February")
    go.Figure(chart.figure)


@pytest.mark.parametrize("number", [501, 4999, 5000, 200_000])
def test_counts_by_month_are_columns_of_months_however_many_they_are(number):
    rows = [{"month": "2025-02", "our_role": "organised", "status": "held", "pillar": None}]
    counts = read_month_counts([row | {"events": number} for row in rows])
    plan = plan_events([], style(), counts)
    assert [column.total for column in plan.columns] == [0, number, *[0] * 10]
    assert f"<b>{number:,}</b>" in texts(draw([], counts=counts))


def test_counts_of_one_month_are_no_chart_of_days_of_which_nothing_is_known():
    rows = [{"month": "2025-05", "our_role": "organised", "status": "held", "pillar": None}]
    counts = read_month_counts([row | {"events": 600} for row in rows])
    assert draw([], find_chosen_span([], None, ("2025-05",)), counts=counts) is None
    two = draw([], find_chosen_span([], None, ("2025-05", "2025-07")), counts=counts)
    # of June, which was not chosen, no zero is said
    assert [(row["When"], row["Events"]) for row in two.table] == [
        ("May 2025", 600),
        ("July 2025", 0),
    ]
    assert two.bars.categories == ["May", "Jul"]
    assert [link for _, link in two.links] == ["month=2025-05", "month=2025-07"]


def test_ten_events_of_one_day_stand_under_each_other():
    placed = place_events([make_event(nr, date(2025, 6, 3)) for nr in range(10)], style())
    assert sorted(item.level for item in placed) == list(range(10))


def test_hostile_titles_neither_touch_another_nor_leave_the_drawing():
    events = [
        make_event(nr, date(2025, 1, 2) + timedelta(days=12 * nr), title=HOSTILE[nr % len(HOSTILE)])
        for nr in range(30)
    ]
    assert_nothing_overlaps(place_events(events, style()))
    chart = draw(events)
    go.Figure(chart.figure)
    assert not any("<script" in text for text in texts(chart))
    assert not any("\u202e" in text for text in texts(chart))


days = st.integers(0, 364).map(lambda day: date(2025, 1, 1) + timedelta(days=day))


@given(st.lists(st.tuples(days, st.integers(0, 400), st.sampled_from(HOSTILE)), max_size=36))
def test_no_label_or_mark_ever_touches_another(made):
    events = [
        make_event(nr, first, first + timedelta(days=max(0, length - 350)), title=title)
        for nr, (first, length, title) in enumerate(made)
    ]
    placed = place_events(events, style())
    assert len(placed) == len(events)
    assert_nothing_overlaps(placed)
    assert place_events(events[::-1], style()) == placed


def test_a_label_stands_left_where_it_would_leave_the_drawing():
    (early,), (late,) = (
        place_events([make_event(0, day)], style())
        for day in (date(2025, 2, 1), date(2025, 12, 30))
    )
    assert (early.side, late.side) == ("right", "left")


def test_an_event_of_the_whole_year_has_its_label_above_its_bar():
    (item,) = place_events([make_event(0, date(2025, 1, 1), date(2025, 12, 31))], style())
    assert item.side == "above"
    assert_nothing_overlaps([item])


def test_each_kind_of_mark_has_one_meaning():
    day = date(2025, 5, 5)
    own = style_mark(make_event(0, day, our_role="co-organised", pillar="impact"), COLOURS)
    light = style_mark(make_event(0, day), COLOURS)
    ring = style_mark(make_event(0, day, status="planned", our_role="organised"), COLOURS)
    cross = style_mark(make_event(0, day, status="cancelled"), COLOURS)
    assert (own.fill, own.edge) == ("#1d7a5f", "#1d7a5f")
    assert (light.fill, light.edge) == (COLOURS.contributed, COLOURS.contributed_edge)
    assert (ring.symbol, ring.fill, ring.edge, ring.edge_width) == (
        "circle", COLOURS.surface, COLOURS.ink, 2.5,
    )  # fmt: skip
    assert (cross.symbol, cross.edge) == ("x-thin", COLOURS.ink)
    # 35 % of #1d7a5f on #fdfcfa
    tinted = style_mark(make_event(0, day, pillar="impact"), COLOURS)
    assert (tinted.fill, tinted.edge) == ("#afcec4", "#1d7a5f")


def test_longer_events_tell_their_role_and_status_too():
    looks = [
        {"our_role": "organised", "pillar": "impact"},
        {},
        {"status": "planned", "our_role": "organised", "pillar": "impact"},
        {"status": "cancelled"},
    ]
    events = [
        make_event(nr, date(2025, 2 * nr + 2, 1), date(2025, 2 * nr + 3, 1), **more)
        for nr, more in enumerate(looks)
    ]
    chart = draw(events)
    (bars,) = [
        t
        for t in chart.figure["data"]
        if t["customdata"] == [f"event=event-{nr:04}" for nr in range(4)] and t["type"] == "bar"
    ]
    assert list(zip(bars["marker"]["color"], bars["marker"]["line"]["color"], strict=True)) == [
        ("#1d7a5f", "#1d7a5f"),
        (COLOURS.contributed, COLOURS.contributed_edge),
        (COLOURS.surface, COLOURS.ink),
        (COLOURS.surface, COLOURS.ink),
    ]
    (cross,) = [t for t in chart.figure["data"] if t.get("mode") == "markers"]
    assert (cross["customdata"], cross["marker"]["symbol"]) == (["event=event-0003"], ["x-thin"])
    assert [row["Status"] for row in chart.table] == ["held", "held", "planned", "cancelled"]


def test_what_is_known_by_the_year_only_is_in_no_bar_and_that_is_said():
    undated = make_event(9, date(2025, 1, 1), date(2025, 12, 31), "year", title="Some day")
    one = draw([*make_events(4), undated]).bars
    assert sum(sum(values) for _, values, _ in one.series) == 4
    assert one.note == "1 event is known by the year only, and is in none of the bars"
    two = draw([*make_events(4), undated, undated | {"event_id": "event-0010"}]).bars
    assert two.note == "2 events are known by the year only, and are in none of the bars"
    assert draw(make_events(4)).bars.note == ""


def test_a_month_without_a_day_is_a_dotted_line_over_all_its_days():
    events = make_events(4)
    events.append(make_event(9, date(2025, 3, 1), date(2025, 3, 31), "month", title="In spring"))
    chart = draw(events)
    (line,) = [t for t in chart.figure["data"] if t.get("mode") == "lines"]
    assert line["line"]["dash"] == "4px,5px"
    assert [x[:10] for x in line["x"]] == ["2025-03-01", "2025-04-01"]
    assert "Mar · Groningen" in texts(chart)


def test_what_is_known_by_the_year_only_is_not_on_the_axis():
    undated = make_event(9, date(2025, 1, 1), date(2025, 12, 31), "year")
    assert "event=event-0009" not in presses(draw([*make_events(5), undated]))


def test_a_chosen_month_fills_the_axis_and_names_its_days():
    span = find_chosen_span([], None, ["2025-05"])
    assert span == find_chosen_span([], None, ("2025-05",))
    assert (span.first, span.last) == (date(2025, 5, 1), date(2025, 5, 31))
    events = [make_event(nr, date(2025, 5, 3 * nr + 1)) for nr in range(5)]
    chart = draw(events, span)
    assert {"<b>1</b>", "2", "31"} <= set(texts(chart))
    assert chart.sentence == "5 events in May 2025"
    assert not any(link.startswith("month=") for link in presses(chart))


@pytest.mark.parametrize(
    ("years", "months", "first", "last", "span"),
    [
        (None, (), date(2025, 3, 1), date(2025, 6, 15), ("2025-03-01", "2025-06-15")),
        # one that is open goes on to the end of the last year in which something begins
        (None, (), date(2025, 3, 1), None, ("2025-03-01", "2026-12-31")),
        (None, (), None, date(2026, 6, 15), ("2025-01-01", "2026-06-15")),
        # where nothing begins so far, as a training whose period ends later
        (None, (), date(2027, 3, 1), None, ("2027-03-01", "2027-12-31")),
        ([2025], (), date(2025, 3, 1), None, ("2025-03-01", "2025-12-31")),
        (None, ("2025-05", "2025-06"), None, date(2025, 6, 15), ("2025-05-01", "2025-06-15")),
    ],
)
def test_chosen_days_cut_the_axis(years, months, first, last, span):
    rows = [make_event(0, date(2025, 4, 2)), make_event(1, date(2026, 4, 2))]
    found = find_chosen_span(rows, years, months, (first, last))
    assert (str(found.first), str(found.last)) == span


def test_of_a_month_between_the_chosen_ones_nothing_is_said():
    span = find_chosen_span([], None, ("2025-03", "2025-05"))
    events = [make_event(nr, date(2025, 3 if nr < 2 else 5, nr + 1)) for nr in range(5)]
    chart = draw(events, span)
    assert {"Mar <b>2</b>", "Apr", "May <b>3</b>"} <= set(texts(chart))
    assert chart.sentence == "Most in May"


def test_several_years_are_named_by_year_and_events_say_theirs():
    events = [make_event(nr, date(2023 + nr % 3, 4, nr + 1)) for nr in range(6)]
    chart = draw(events, Span(date(2023, 1, 1), date(2025, 12, 31)))
    assert {"2023 <b>2</b>", "1 Apr 2023 · Groningen"} <= set(texts(chart))
    assert "year=2024" in presses(chart)


@pytest.mark.parametrize(
    ("months", "finding"),
    [
        ((), "nothing recorded on a known day or in a known month"),
        ((4, 4, 4, 4), "all 4 events are in April"),
        ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), "never more than one in a month"),
        ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) * 2, "2 in every month"),
        ((1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), "most in January, nothing recorded in December"),
        ((1, 1, 5), "most in January, nothing recorded in 10 of 12 months"),
    ],
)
def test_the_title_is_a_true_finding(months, finding):
    events = [make_event(nr, date(2025, month, 1 + nr)) for nr, month in enumerate(months)]
    assert describe_timeline(events, YEAR, NOBODY, today=TODAY) == finding


def test_a_month_that_is_not_over_is_not_called_empty():
    events = [make_event(nr, date(2025, month, 3)) for nr, month in enumerate((1, 1, 2))]
    finding = describe_timeline(events, YEAR, NOBODY, today=date(2025, 4, 2))
    assert finding == "most in January, nothing recorded in March"


def test_a_month_in_which_an_event_was_cancelled_is_neither_counted_nor_called_empty():
    events = [make_event(nr, date(2025, month, 3)) for nr, month in enumerate(range(1, 12))]
    events += [
        make_event(20, date(2025, 1, 9)),
        make_event(21, date(2025, 12, 3), status="cancelled"),
    ]
    assert describe_timeline(events, YEAR, NOBODY, today=TODAY) == "most in January"
    assert "Dec –" in texts(draw(events))


def test_the_one_person_of_all_events_is_named():
    events = [make_event(nr, date(2025, month, 3)) for nr, month in enumerate((1, 1, 2, 3))]
    people = [make_person(event, "Job Doornberg") for event in events]
    labels = TimelineLabels.read({}, people)
    finding = describe_timeline(events, YEAR, labels, today=TODAY)
    assert finding.startswith("Job Doornberg at every event: most in January")


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Much Ado About Nothing? A symposium", "Much Ado About Nothing?"),
        ("AO Trauma Masters Course: 3D Osteotomies", "AO Trauma Masters Course"),
        ("Working visit of the Province of Groningen", "Working visit of the…"),
        (": odd", ": odd"),
        ("W" * 40, "W" * 28 + "…"),
    ],
)
def test_a_short_title_ends_at_a_colon_or_question_mark_or_a_word(title, short):
    assert shorten_title(make_event(0, date(2025, 1, 1), title=title)) == short


def test_a_short_title_that_somebody_wrote_is_used():
    event = make_event(0, date(2025, 1, 1), title="A long title: of it", short_title="Long title")
    assert shorten_title(event) == "Long title"


def test_the_second_line_says_when_who_and_where():
    event = make_event(0, date(2025, 11, 12), city="Amsterdam")
    people = [
        make_person(event, "Bart Scheerder", "host"),
        make_person(event, "Job Doornberg", "keynote"),
        make_person(event, "Job Doornberg", "chair"),
    ]
    roles = {"role": {"keynote": "Keynote"}}
    everybody = TimelineLabels.read(roles, people)
    assert write_second_line(event, everybody) == "12 Nov · Doornberg, keynote +1 · Amsterdam"
    him = TimelineLabels.read(roles, people, "job-doornberg")
    assert write_second_line(event, him) == "12 Nov · keynote · Amsterdam"
    host = TimelineLabels.read(roles, people, "bart-scheerder")
    assert write_second_line(event, host) == "12 Nov · Amsterdam"


def test_of_periods_five_are_drawn_and_the_others_counted():
    periods = [Period(f"Period {nr}", date(2025, 1, 1), date(2025, 6, 1)) for nr in range(8)]
    drawn = texts(draw(make_events(10), periods=periods))
    assert "Period 4" in drawn
    assert "Period 5" not in drawn
    assert "and 3 more periods" in drawn


def test_the_periods_of_2025_are_those_whose_time_is_known(real):
    trainings, projects = (
        questions.rows(real, q, Filters(year=2025)) for q in ("trainings", "projects")
    )
    labels = [period.label for period in find_periods(trainings, projects, YEAR)]
    assert labels[:2] == [
        "DASH programme 2022–2025: last year",
        "6 trainings, academic year 2024–2025",
    ]
    assert labels[2].endswith("some time in 2025")


def test_the_plain_bars_count_what_the_header_counts(real):
    events, labels = read(real, Filters(year=2025))
    bars = draw(events, labels=labels).bars
    assert [name for name, *_rest in bars.series] == ["Organised by us", "Contributed"]
    totals = [
        sum(values) for values in zip(*(values for _n, values, _c in bars.series), strict=True)
    ]
    assert totals == [3, 2, 2, 2, 4, 1, 0, 0, 1, 2, 2, 5]
