"""Bars as a chart of the slide, which stays editable: in reading order, in the look's colours, each
bar with its number as the screen writes it.
"""

import io
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
from pptx.oxml.ns import qn
from pptx.shapes.placeholder import ChartPlaceholder
from pptx.util import Emu, Pt

from dashboard.charts import Bars
from dashboard.charts.letters import fit_text, measure_text
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.markers import make_marker, name_shape, stamp
from dashboard.export.pptx.painting import HAIRLINE, INK, QUIET, find_colour, make_fill, make_line
from dashboard.export.pptx.texts import POINT
from dashboard.export.shown_values import from_cells
from dashboard.export.view_export import clean_line
from dashboard.text.messages import _
from dashboard.views.content import Picture

LETTERS, LEAST, STEP, THICKEST = 14.0, 12.0, 17.0, 46.0
"""Points of the letters, at least; of a bar with the gap to the next, at least and at most."""
MAX_NAME, MAX_WORDS = 0.4, 110
"""Part of the width for the names of bars; characters of one."""
TARGET = 100
"""Of bars that are parts of a target: the target."""
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


class ChartData(CategoryChartData):
    """Data of a chart whose texts stay texts."""

    @property
    def _workbook_writer(self) -> _TextStaysText:
        return _TextStaysText(self)  # type: ignore[no-untyped-call]


def can_be_drawn(bars: Bars | None) -> bool:
    """Return whether a chart of these bars says anything."""
    if bars is None or not bars.categories:
        return False
    return any(value is not None for _, values, _ in bars.series for value in values)


def label_categories(bars: Bars) -> list[str]:
    """Say what stands on the axis; what is not known at all says so beside its name."""
    return [
        _text(category)
        if any(values[nr] is not None for _, values, _ in bars.series)
        else _("{name}: not known", name=_text(category))
        for nr, category in enumerate(bars.categories)
    ]


def _text(value: str) -> str:
    text = clean_line(value)
    return (text if len(text) <= MAX_WORDS else text[: MAX_WORDS - 1] + "…") or "–"


def build_chart_data(bars: Bars) -> ChartData:
    """Make categories and series for a chart."""
    data = ChartData(number_format="General")  # type: ignore[no-untyped-call]
    data.categories = label_categories(bars)
    for name, values, _colour in bars.series:
        numbers = [None if value is None else float(value) for value in values]
        data.add_series(_text(name), numbers)  # type: ignore[no-untyped-call]
    return data


def add_chart(canvas: Canvas, picture: Picture, bars: Bars) -> Any:
    """Add the bars as a chart that takes the room, into the place of the layout where it has one."""
    room, kinds = canvas.room, XL_CHART_TYPE
    kind = kinds.BAR_CLUSTERED if bars.horizontal else kinds.COLUMN_STACKED
    data = build_chart_data(bars)
    if canvas.holder is not None:
        place = ChartPlaceholder(canvas.holder._element, canvas.holder._parent)
        frame = place.insert_chart(kind, data)  # type: ignore[no-untyped-call]
    else:
        frame = canvas.slide.shapes.add_chart(kind, *map(Emu, room.place), data)
    legend = len(bars.series) > 1
    high = len(bars.categories) * THICKEST + (40 if legend else 10)
    tall = min(room.height, round(high * POINT)) if bars.horizontal else room.height
    frame.left, frame.top, frame.width, frame.height = map(Emu, (*room.place[:3], tall))
    alt = clean_line(picture.chart.sentence)[:1000]
    values = from_cells(value for _, values, *_rest in bars.series for value in values)
    name_shape(frame, stamp(make_marker("chart", picture.key, text=alt), canvas.shown, values), alt)
    _style_chart(frame.chart, bars)
    return frame


def _style_chart(chart: Any, bars: Bars) -> None:
    chart.has_title, chart.has_legend = False, len(bars.series) > 1
    many = len(bars.categories) > 12
    chart.font.size = Pt(LEAST if many else LETTERS)
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(LEAST)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap, plot.vary_by_categories = 55, 100, False
    _style_names(chart.category_axis, bars)
    _style_values(chart.value_axis, bars)
    for nr, series in enumerate(plot.series):
        _name, values, colour = bars.series[nr]
        series.invert_if_negative = False
        properties = series.format._element if False else series._element.get_or_add_spPr()
        properties.append(make_fill(colour))
        if bars.is_target:
            pass
        if any(value is not None for value in values):
            _label_bars(series, bars, nr)


def _style_names(axis: Any, bars: Bars) -> None:
    """Style the axis of names: in reading order, left of all bars."""
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.reverse_order = bars.horizontal  # a chart begins at the bottom, people read from the top
    axis.crosses = XL_AXIS_CROSSES.AUTOMATIC
    _draw_axis(axis, HAIRLINE)


def _draw_axis(axis: Any, colour: str) -> None:
    properties = axis._element.find(qn("c:spPr"))
    if properties is None:
        axis.format.line.fill.background()
        properties = axis._element.find(qn("c:spPr"))
    for line in list(properties):
        properties.remove(line)
    properties.append(make_line(colour, 1))


def _style_values(axis: Any, bars: Bars) -> None:
    """Style the axis of values: unseen, because each bar says its own; of targets only the target."""
    numbers = [value for _, values, _ in bars.series for value in values if value is not None]
    axis.minimum_scale = None if min(numbers) < 0 else 0
    axis.has_major_gridlines = axis.visible = bars.is_target
    if bars.is_target:
        axis.major_unit, axis.maximum_scale = TARGET, max(1.4 * TARGET, 1.15 * max(numbers))
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.tick_labels.number_format = f'[={TARGET}]"{_("target")}";""'
        axis.tick_labels.number_format_is_linked = False
        axis.format.line.fill.background()
        lines = axis.major_gridlines.format.line
        lines.width = Pt(1.5)
    elif bars.horizontal:
        axis.maximum_scale = 1.25 * max([*numbers, 1])  # room for the number behind the longest bar
    assert find_colour


def _label_bars(series: Any, bars: Bars, nr: int) -> None:
    """Write the number behind each bar, as the screen does."""
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = "#,##0.##;−#,##0.##;", False
    values = bars.series[nr][1]
    if all(float(value).is_integer() for value in values if value is not None):
        labels.number_format = "#,##0;−#,##0;"
    labels.font.bold = True
    if bars.horizontal:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
    if not bars.amounts:
        return
    for place, value in enumerate(values):
        if value is not None and (said := clean_line(bars.amounts[nr][place])):
            frame = series.points[place].data_label.text_frame
            run = frame.paragraphs[0].add_run()
            run.text, run.font.bold = said, True
            run.font.size = Pt(LETTERS)
            series.points[place].data_label.position = XL_LABEL_POSITION.OUTSIDE_END


__all__ = ["INK", "QUIET", "fit_text", "measure_text"]
