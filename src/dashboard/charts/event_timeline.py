"""The labelled timeline: events by name where they can be read, counted where they are too many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.charts import Chart, Drawing
from dashboard.charts.event_columns import (
    COLUMNS,
    MAX_BY_WEEK,
    NUMBER,
    choose_column_step,
    draw_columns,
)
from dashboard.charts.event_counts import Column, count_columns
from dashboard.charts.event_words import TimelineLabels, has_keynote, is_own
from dashboard.charts.labelled_events import (
    SMALL,
    Style,
    Words,
    count_rows,
    draw_labelled,
    draw_marks,
    place_events,
)
from dashboard.charts.lanes import Span
from dashboard.charts.month_strip import draw_month_strip
from dashboard.charts.periods import Period, draw_periods, measure_periods
from dashboard.charts.placement import (
    NARROWEST,
    ON_PAPER,
    ROW,
    Labelled,
    Scale,
    make_mark,
    stack_marks,
)
from dashboard.charts.spans import Step, count_months, divide_span
from dashboard.charts.theme import Palette
from dashboard.charts.timeline_findings import capitalise_finding, describe_timeline
from dashboard.charts.timeline_frame import (
    HEADER,
    NOTE,
    UNSEEN,
    Frame,
    draw_bands,
    draw_header,
    draw_note,
    lay_out_timeline,
    make_frame,
)
from dashboard.charts.timeline_twin import (
    choose_bar_step,
    list_bars,
    list_links,
    tabulate_columns,
    tabulate_event,
)
from dashboard.language.messages import _
from dashboard.model import Row

MAX_ROWS, MAX_NAMED, MAX_MARKS, WEIGHTIEST, ONLY_ROWS = 12, 36, 60, 8, 3
MAX_ROWS_ON_PAPER = 20
"""A sheet has less room beside each other than a page, and more under each other."""
PAD, LEVEL = 4, 10
"""Pixels above and below rows, and of a level of marks without a label."""


@dataclass(frozen=True)
class Plan:
    """What becomes of the dated events: `named` have a label, `marked` a mark only, and where
    `columns` are there, all are counted in them.
    """

    named: Sequence[Labelled]
    marked: Sequence[Row] = ()
    columns: Sequence[Column] = ()
    step: Step | None = None
    total: int = 0


def draw_event_timeline(  # what is drawn, and how
    events: Sequence[Row],
    span: Span,
    labels: TimelineLabels,
    colours: Palette,
    *,
    today: date,
    periods: Sequence[Period] = (),
    counts: Sequence[Row] = (),
) -> Chart | None:
    """Draw events on a timeline with their names; None where rows say more: nothing, or at most three
    dated events and no period; and where all that could be drawn is one number: counts of one month.

    `events` are rows of the question events, with all their people in `labels`; `counts`, where there
    are too many to read one by one, rows that count them (see event_counts.read_month_counts).
    What is known by the year only stands apart: see timeline_key.build_year_chips.
    """
    dated = [] if counts else find_dated(events, span)
    if not _is_worth_drawing(dated, span, periods, counts):
        return None
    written: dict[str, Words] = {}
    page, paper = (
        _draw_scale(Style(Scale(span, width), labels, colours, written), dated, counts, periods)
        for width in (NARROWEST, ON_PAPER)
    )
    months = _count_parts(counts or dated, span)
    return Chart(
        page.figure,
        tabulate_columns(months) if counts else [tabulate_event(e, labels) for e in events],
        capitalise_finding(describe_timeline(counts or dated, span, labels, today=today)),
        page.height,
        list_links(() if counts else events, months if counts else (), periods),
        list_bars(months, colours, 0 if counts else count_undated(events)),
        draw_month_strip(counts or dated, span, colours),
        paper=None if _stand_alike(page, paper) else _leave_out_presses(paper),
    )


def _stand_alike(page: Drawing, paper: Drawing) -> bool:
    """Return whether everything stands in the same rows and says the same, so that the drawing of a
    page is right on paper too.
    """
    page_rows, paper_rows = (
        [
            (trace.get("y"), trace.get("text"), trace.get("textposition"))
            for trace in drawing.figure["data"]
        ]
        for drawing in (page, paper)
    )
    return page_rows == paper_rows


def _leave_out_presses(drawing: Drawing) -> Drawing:
    """Leave out what is there for the pointer: more than half of what is sent."""
    traces = [
        {name: value for name, value in trace.items() if name not in ("customdata", "hovertext")}
        for trace in drawing.figure["data"]
        if trace.get("marker", {}).get("color") != UNSEEN
    ]
    return replace(drawing, figure=drawing.figure | {"data": traces})


def _draw_scale(
    style: Style, dated: Sequence[Row], counts: Sequence[Row], periods: Sequence[Period]
) -> Drawing:
    """Draw what becomes of the events at a scale: the wider it is, the more have their names."""
    plan = plan_events(dated, style, counts)
    counted = plan.step not in (Step.MONTH, Step.YEAR)
    frame = make_frame(counts or dated, style.scale, style.colours, counted=counted)
    traces, height = _draw_plan(plan, frame, style, periods)
    return Drawing({"data": traces, "layout": lay_out_timeline(frame, height)}, round(height))


def _is_worth_drawing(
    dated: Sequence[Row], span: Span, periods: Sequence[Period], counts: Sequence[Row]
) -> bool:
    if counts:
        return count_months(span) > 1
    return bool(periods) or len(dated) > ONLY_ROWS


def _count_parts(events: Sequence[Row], span: Span) -> list[Column]:
    """Count the events by what a bar of the plain chart stands for; months between the chosen ones
    are left out: of them nothing is known here, and no zero is said.
    """
    parts = divide_span(span, choose_bar_step(span))
    return count_columns(events, [part for part in parts if not part.left_out])


def count_undated(events: Sequence[Row]) -> int:
    """Count the events of which not even the month is known."""
    return sum(event["date_precision"] not in ("day", "month") for event in events)


def find_dated(events: Sequence[Row], span: Span) -> list[Row]:
    """Find the events with a known day or month in the span."""
    return [
        event
        for event in events
        if event["date_precision"] in ("day", "month")
        and event["first_day"] <= span.last
        and (event["last_day"] or event["first_day"]) >= span.first
    ]


def plan_events(dated: Sequence[Row], style: Style, counts: Sequence[Row] = ()) -> Plan:
    """Choose what becomes of the events: all by name; those of ours, keynotes and planned ones by
    name and marks for the others; or columns with the weightiest by name.
    """
    total = sum(row.get("events", 1) for row in counts or dated)
    if len(dated) <= MAX_NAMED and not counts:
        placed = place_events(dated, style)
        if count_rows(placed) <= count_most_rows(style.scale):
            return Plan(placed, total=total)
    ranked = rank_events(dated, style.labels)
    if total <= MAX_MARKS:
        named = _place_most(ranked, style)
        shown = {item.mark.row["event_id"] for item in named}
        return Plan(named, [e for e in dated if e["event_id"] not in shown], total=total)
    step = choose_column_step(style.scale, total, by_month=bool(counts))
    columns = count_columns(counts or dated, divide_span(style.scale.span, step))
    few = total < MAX_BY_WEEK
    named = place_events(ranked[:WEIGHTIEST], style) if few else []
    return Plan(named, (), columns, step, total)


def count_most_rows(scale: Scale) -> int:
    """Count the rows that a timeline may have."""
    return MAX_ROWS_ON_PAPER if scale.width == ON_PAPER else MAX_ROWS


def rank_events(events: Sequence[Row], labels: TimelineLabels) -> list[Row]:
    """Put the weightiest first: organised by us, then keynotes, then planned ones, then by the number
    of our people; cancelled ones last.
    """

    def weigh(event: Row) -> tuple[Any, ...]:
        return (
            event["status"] == "cancelled",
            not is_own(event),
            not has_keynote(event, labels),
            event["status"] != "planned",
            -len(labels.named_at(event)),
            event["first_day"],
            event["event_id"],
        )

    return sorted(events, key=weigh)


def _place_most(ranked: Sequence[Row], style: Style) -> list[Labelled]:
    """Place those that have to be named, at least the eight weightiest, as far as rows go."""
    must = [event for event in ranked if _must_be_named(event, style.labels)]
    number = max(len(must), WEIGHTIEST)
    placed = place_events(ranked[:number], style)
    while count_rows(placed) > count_most_rows(style.scale):
        number -= 1
        placed = place_events(ranked[:number], style)
    return placed


def _must_be_named(event: Row, labels: TimelineLabels) -> bool:
    if event["status"] == "cancelled":
        return False
    return is_own(event) or has_keynote(event, labels) or event["status"] == "planned"


def _draw_plan(
    plan: Plan, frame: Frame, style: Style, periods: Sequence[Period]
) -> tuple[list[dict[str, Any]], float]:
    """Draw from the top to the foot: header, names, marks, columns, periods, note."""
    y: float = HEADER + PAD + ROW * count_rows(plan.named)
    traces = draw_labelled(plan.named, HEADER + PAD, style)
    if plan.marked:
        drawn, y = _draw_strip(plan.marked, y, style)
        traces += drawn
    if plan.columns:
        y += NUMBER + COLUMNS
        traces += draw_columns(plan.columns, y, frame.scale, frame.colours)
    y += 0 if plan.columns else PAD
    if periods:
        traces += draw_periods(periods, y + PAD, frame.scale, frame.colours)
        y += PAD + measure_periods(periods)
    note = write_note(plan)
    height = y + (NOTE if note else 0)
    below = [_cover_foot(y, height, frame), draw_note(note, y + NOTE / 2, frame)] if note else []
    return [*draw_bands(frame, HEADER, height), *below, draw_header(frame), *traces], height


def _draw_strip(
    marked: Sequence[Row], top: float, style: Style
) -> tuple[list[dict[str, Any]], float]:
    """Draw events without a label as small marks that stand on each other."""
    stacked = stack_marks([make_mark(event, style.scale) for event in marked], SMALL, 2)
    levels = max(level for _mark, level in stacked) + 1
    foot = top + PAD + LEVEL * levels
    marks = [(mark, foot - LEVEL * (level + 0.5), SMALL) for mark, level in stacked]
    return draw_marks(marks, style, SMALL), foot


def _cover_foot(top: float, bottom: float, frame: Frame) -> dict[str, Any]:
    """Cover the bands where words stand below them."""
    left, right = frame.scale.moment(-1), frame.scale.milliseconds(2000)
    return {
        "type": "bar",
        "orientation": "h",
        "base": [left],
        "x": [right],
        "y": [(top + bottom) / 2],
        "width": [bottom - top],
        "marker": {"color": frame.colours.surface, "line": {"width": 0}},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def write_note(plan: Plan) -> str:
    """Say how many are not named; empty where all are."""
    named = len(plan.named)
    if named == plan.total:
        return ""
    total = plan.total
    cancelled = total - sum(column.total for column in plan.columns) if plan.columns else 0
    if not named:
        return _("{total:,} events, all counted, none by name.", total=total)
    if not plan.columns:
        return _("{n:,} of {total:,} named; the others are marks alone.", n=named, total=total)
    if cancelled:
        return _(
            "{n:,} of {total:,} named, the weightiest; the columns count the others. In no column:"
            " {left:,} that are cancelled or without a known day.",
            n=named,
            total=total,
            left=cancelled,
        )
    return _(
        "{n:,} of {total:,} named; the columns count all. Weightiest: organised by us, then keynotes,"
        " then planned, then the number of our people.",
        n=named,
        total=total,
    )
