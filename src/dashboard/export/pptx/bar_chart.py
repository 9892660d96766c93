"""Bars as a chart that stays editable: in reading order, each with its number as on the screen."""

import io
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.placeholder import ChartPlaceholder
from pptx.util import Pt

from dashboard.charts import Bars
from dashboard.charts.letters import measure_text
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.markers import text_digest
from dashboard.export.pptx.shapes import (
    HAIRLINE,
    PAPER,
    Box,
    Run,
    add_chip,
    make_fill,
    make_line,
    set_language,
)
from dashboard.export.shown_values import from_cells
from dashboard.export.view_export import clean, clean_line
from dashboard.language.messages import _
from dashboard.views.content import Picture

LETTERS, LEAST, THICKEST = 14.0, 12.0, 44.0
"""Points of the letters, at least; of a bar with the gap to the next, at most."""
MAX_NAME, MAX_WORDS = 0.4, 110
"""Part of the width for the names of bars; characters of one."""
TARGET = 100
"""Of bars that are parts of a target: the target."""
LONGEST_NUMBER = "0,000"
"""Of bars that say none of their own: for this there is room behind them."""
WORKBOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _TextStaysText(CategoryWorkbookWriter):
    """The workbook within a chart; the library's own would run a category such as "=1+1"."""

    @property
    def xlsx_blob(self) -> bytes:
        file = io.BytesIO()
        book = xlsxwriter.Workbook(file, WORKBOOK_OPTIONS)
        self._populate_worksheet(book, book.add_worksheet())  # type: ignore[no-untyped-call]
        book.close()
        return file.getvalue()


class _ChartData(CategoryChartData):
    @property
    def _workbook_writer(self) -> _TextStaysText:
        return _TextStaysText(self)  # type: ignore[no-untyped-call]


def can_be_drawn(bars: Bars | None) -> bool:
    """Return whether a chart of these bars says anything."""
    return bool(bars and bars.categories and _list_numbers(bars))


def _list_numbers(bars: Bars) -> list[float]:
    return [value for _, values, _ in bars.series for value in values if value is not None]


def _shorten(value: str) -> str:
    text = clean_line(value)
    return (text if len(text) <= MAX_WORDS else text[: MAX_WORDS - 1] + "…") or "–"


def _build_data(bars: Bars) -> _ChartData:
    """Make categories and series for a chart."""
    data = _ChartData(number_format="General")  # type: ignore[no-untyped-call]
    data.categories = [*map(_shorten, bars.categories)]
    for name, values, _colour in bars.series:
        numbers = [None if value is None else float(value) for value in values]
        data.add_series(_shorten(name), numbers)  # type: ignore[no-untyped-call]
    return data


@dataclass(frozen=True)
class Plan:
    """Where bars stand: the box of the chart, the height of a row, the width of names and of numbers
    behind the longest bar; and whether colours need a legend: not where each has one named bar.
    """

    box: Box
    row: float
    names: float
    behind: float
    letters: float
    with_legend: bool


def add_chart(canvas: Canvas, picture: Picture, bars: Bars) -> None:
    """Add the bars as a chart that takes the room, into the place of the layout where it has one."""
    plan, frame = _plan(bars, canvas.room), _insert_chart(canvas, bars)
    frame.left, frame.top, frame.width, frame.height = plan.box.place
    canvas.name_chart(frame, picture, from_cells(_list_numbers(bars)))
    _style_chart(frame.chart, bars, plan)
    for nr, category in enumerate(bars.categories):
        if all(values[nr] is None for _, values, _ in bars.series):
            found = canvas.mark("mark", f"{picture.key}~{text_digest(category)}")
            said, high = _("not known"), min(plan.row * 0.72, 24)
            top = plan.box.top + 2 + plan.row * (nr + 0.5) - high / 2
            wide = measure_text(said, plan.letters) + 24
            box = Box(plan.box.left + plan.names + 2, top, wide, high)
            alt = f"{category}: {said}"[:500]
            add_chip(canvas.slide.shapes, box, Run(said, plan.letters), found, alt)


def _insert_chart(canvas: Canvas, bars: Bars) -> Any:
    kind, data = XL_CHART_TYPE.BAR_CLUSTERED, _build_data(bars)
    if canvas.holder is None:
        return canvas.slide.shapes.add_chart(kind, *canvas.room.place, data)
    place = ChartPlaceholder(canvas.holder._element, canvas.holder._parent)
    return place.insert_chart(kind, data)


def _plan(bars: Bars, room: Box) -> Plan:
    """Plan a chart: names in one column, bars of a readable thickness, numbers behind them."""
    count, wide = len(bars.categories), room.width
    legend = any(sum(value is not None for value in values) > 1 for _, values, _ in bars.series)
    legend = legend and len(bars.series) > 1
    foot = 32 if legend or bars.is_target else 8
    row = min(max((room.height - foot) / count, 6), THICKEST)
    letters = LETTERS if row >= 20 else LEAST
    names = max(measure_text(_shorten(name), letters) for name in bars.categories) + 10
    said = [text for some in bars.amounts for text in some] or [LONGEST_NUMBER]
    behind = max(measure_text(clean_line(text), letters, bold=True) for text in said) + 12
    box = room._replace(height=row * count + foot)
    return Plan(box, row, min(names, wide * MAX_NAME), min(behind, wide * 0.4), letters, legend)


def _style_chart(chart: Any, bars: Bars, plan: Plan) -> None:
    for axis in chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        # python-pptx writes ids below zero, the schema wants none; LibreOffice reads none above 2³¹
        axis.set("val", str(int(axis.get("val")) % 2**31))
    chart.has_title, chart.has_legend = False, plan.with_legend
    chart.font.size = Pt(plan.letters)
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(LEAST)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap, plot.vary_by_categories = 50, 100, False
    _lay_out_plot(chart, plan)
    _style_names(chart.category_axis)
    _style_values(chart.value_axis, bars, plan)
    for nr, series in enumerate(plot.series):
        series.invert_if_negative = False
        series._element.get_or_add_spPr().append(make_fill(bars.series[nr][2]))
        if any(value is not None for value in bars.series[nr][1]):
            _label_bars(series, bars, nr, plan.letters)


def _lay_out_plot(chart: Any, plan: Plan) -> None:
    """Say where the bars stand: names left of them, so that what is not known can stand in its row."""
    area = chart._chartSpace.chart.plotArea
    for layout in area.findall(qn("c:layout")):
        area.remove(layout)
    x, tall = plan.names / plan.box.width, plan.box.height
    sides = {
        "x": x,
        "y": 2 / tall,
        "w": 1 - x,
        "h": plan.row * len(chart.plots[0].categories) / tall,
    }
    places = "".join(f'<c:{side} val="{value:.4f}"/>' for side, value in sides.items())
    manual = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>' + places
    manual = f"<c:manualLayout>{manual}</c:manualLayout>"
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}>{manual}</c:layout>"))


def _style_names(axis: Any) -> None:
    """Style the axis of names: in reading order, each said."""
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.reverse_order = True  # a chart begins at the bottom, people read from the top,
    axis.crosses = XL_AXIS_CROSSES.MAXIMUM  # and the axis of values stands below the last bar
    axis._element.get_or_add_spPr().append(make_line(HAIRLINE, 1))
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _style_values(axis: Any, bars: Bars, plan: Plan) -> None:
    """Style the axis of values: unseen, because each bar says its own; of targets only the target."""
    numbers = _list_numbers(bars)
    axis.minimum_scale = None if min(numbers) < 0 else 0
    axis.has_major_gridlines = axis.visible = bars.is_target
    across = plan.box.width - plan.names  # with room for the number behind the longest bar
    axis.maximum_scale = max([*numbers, 1]) * across / max(across - plan.behind, across * 0.3)
    if bars.is_target:
        axis.major_unit, axis.major_tick_mark = TARGET, XL_TICK_MARK.NONE
        word = _("target")
        axis.tick_labels.number_format = f'[={TARGET}]"{word}";""'
        axis.tick_labels.number_format_is_linked = False
        axis.format.line.fill.background()
        axis.major_gridlines.format.line.width = Pt(1.5)


def _label_bars(series: Any, bars: Bars, nr: int, letters: float) -> None:
    """Write the number behind each bar, as the screen does."""
    labels, values = series.data_labels, bars.series[nr][1]
    labels.show_value, labels.number_format_is_linked = True, False
    whole = all(float(value).is_integer() for value in values if value is not None)
    labels.number_format = "#,##0;−#,##0;0" if whole else "#,##0.##;−#,##0.##;0"
    labels.font.bold, labels.font.size = True, Pt(letters)
    if bars.is_target:  # the line of the target does not cross a number
        labels._element.insert(1, parse_xml(f"<c:spPr {nsdecls('c')}/>"))
        labels._element[1].append(make_fill(PAPER))
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for place, value in enumerate(values if bars.amounts else ()):
        if value is not None and (said := clean(bars.amounts[nr][place])):
            frame = series.points[place].data_label.text_frame
            frame.word_wrap = False
            run = frame.paragraphs[0].add_run()
            run.text, run.font.bold, run.font.size = said, True, Pt(letters)
            set_language(frame.paragraphs)
            series.points[place].data_label.position = XL_LABEL_POSITION.OUTSIDE_END
