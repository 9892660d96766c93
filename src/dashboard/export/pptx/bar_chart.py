"""Bars as a chart of the slide, which stays editable: in reading order, in the look's colours, each
bar with its number as the screen writes it.
"""

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
from pptx.util import Emu, Pt

from dashboard.charts import Bars
from dashboard.charts.letters import measure_text
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.markers import make_marker, name_shape, stamp, text_digest
from dashboard.export.pptx.painting import HAIRLINE, PAPER, make_fill, make_line
from dashboard.export.pptx.template import Box
from dashboard.export.pptx.texts import POINT, add_chip
from dashboard.export.shown_values import from_cells
from dashboard.export.view_export import clean, clean_line
from dashboard.text.messages import _
from dashboard.views.content import Picture

LETTERS, LEAST, THICKEST = 14.0, 12.0, 44.0
"""Points of the letters, at least; of a bar with the gap to the next, at most."""
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
    """Say what stands on the axis."""
    return [_text(category) for category in bars.categories]


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
    room, frame = canvas.room, _insert_chart(canvas, bars)
    plan = _plan(bars, room.width / POINT, room.height / POINT)
    tall = round(plan.tall * POINT)
    frame.left, frame.top, frame.width, frame.height = map(Emu, (*room.place[:3], tall))
    alt = clean_line(picture.chart.sentence)[:1000]
    values = from_cells(value for _, values, *_rest in bars.series for value in values)
    name_shape(frame, stamp(make_marker("chart", picture.key, text=alt), canvas.shown, values), alt)
    _style_chart(frame.chart, bars, plan)
    for nr, category in enumerate(bars.categories):
        if all(values[nr] is None for _, values, _ in bars.series):
            _add_unknown(canvas, picture, plan, nr, category)
    return frame


def _insert_chart(canvas: Canvas, bars: Bars) -> Any:
    kinds, data = XL_CHART_TYPE, build_chart_data(bars)
    kind = kinds.BAR_CLUSTERED if bars.horizontal else kinds.COLUMN_STACKED
    if canvas.holder is None:
        return canvas.slide.shapes.add_chart(kind, *map(Emu, canvas.room.place), data)
    place = ChartPlaceholder(canvas.holder._element, canvas.holder._parent)
    return place.insert_chart(kind, data)


@dataclass(frozen=True)
class Plan:
    """Where the bars of a chart stand, in points: the height of the chart, the part of it that is
    bars, the width of their names, the room for numbers behind the longest, and the letters.
    """

    wide: float
    tall: float
    bars: float
    names: float
    behind: float
    letters: float


def _plan(bars: Bars, wide: float, tall: float) -> Plan:
    """Plan a chart: names in one column, bars of a readable thickness, numbers behind them."""
    count = len(bars.categories)
    foot = 28 if len(bars.series) > 1 or bars.is_target else 4
    each = min(max((tall - foot - 4) / count, 6), THICKEST)
    letters = LETTERS if each >= 20 else LEAST
    names = max(measure_text(text, letters) for text in label_categories(bars)) + 10
    said = [text for some in bars.amounts for text in some] or ["0,000"]
    behind = max(measure_text(clean_line(text), letters, bold=True) for text in said) + 12
    return Plan(wide, each * count + foot + 4, each * count, min(names, wide * MAX_NAME), min(behind, wide * 0.4), letters)  # fmt: skip


def _style_chart(chart: Any, bars: Bars, plan: Plan) -> None:
    for axis in chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        # python-pptx writes ids below zero, the schema wants none; LibreOffice reads none above 2³¹
        axis.set("val", str(int(axis.get("val")) % 2**31))
    chart.has_title, chart.has_legend = False, len(bars.series) > 1
    chart.font.size = Pt(plan.letters)
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(LEAST)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap, plot.vary_by_categories = 50, 100, False
    if bars.horizontal:
        _lay_out_plot(chart, plan)
    _style_names(chart.category_axis, bars)
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
    x, w = plan.names / plan.wide, 1 - plan.names / plan.wide
    sides = f'<c:x val="{x:.4f}"/><c:y val="{2 / plan.tall:.4f}"/><c:w val="{w:.4f}"/>'
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode'
            f' val="edge"/><c:yMode val="edge"/>{sides}<c:h val="{plan.bars / plan.tall:.4f}"/>'
            "</c:manualLayout></c:layout>"
        ),
    )


def _style_names(axis: Any, bars: Bars) -> None:
    """Style the axis of names: in reading order, each said."""
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if bars.horizontal:  # the axis of values stands below the last bar
        axis.crosses = XL_AXIS_CROSSES.MAXIMUM
    axis.reverse_order = bars.horizontal  # a chart begins at the bottom, people read from the top
    axis.format.line.fill.background()
    properties = axis._element.find(qn("c:spPr"))
    for line in list(properties):
        properties.remove(line)
    properties.append(make_line(HAIRLINE, 1))
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _style_values(axis: Any, bars: Bars, plan: Plan) -> None:
    """Style the axis of values: unseen, because each bar says its own; of targets only the target."""
    numbers = [value for _, values, _ in bars.series for value in values if value is not None]
    axis.minimum_scale = None if min(numbers) < 0 else 0
    axis.has_major_gridlines = axis.visible = bars.is_target
    if bars.horizontal:  # with room for the number behind the longest bar
        across = plan.wide - plan.names
        axis.maximum_scale = max([*numbers, 1]) * across / max(across - plan.behind, across * 0.3)
    if bars.is_target:
        axis.major_unit, axis.major_tick_mark = TARGET, XL_TICK_MARK.NONE
        axis.tick_labels.number_format = f'[={TARGET}]"{_("target")}";""'
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
    if bars.horizontal:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for place, value in enumerate(values if bars.amounts else ()):
        if value is not None and (said := clean(bars.amounts[nr][place])):
            frame = series.points[place].data_label.text_frame
            frame.word_wrap = False
            run = frame.paragraphs[0].add_run()
            run.text, run.font.bold, run.font.size = said, True, Pt(letters)
            series.points[place].data_label.position = XL_LABEL_POSITION.OUTSIDE_END


def _add_unknown(canvas: Canvas, picture: Picture, plan: Plan, nr: int, category: str) -> None:
    """Add the hatched box that stands in the row of what is not known: it has no length to read."""
    each, room = plan.bars / len(picture.chart.bars.categories), canvas.room  # type: ignore[union-attr]
    said, high = _("not known"), min(each * 0.72, 24)
    wide = measure_text(said, plan.letters) + 24
    top = 2 + each * (nr + 0.5) - high / 2
    sides = (
        room.left + (plan.names + 2) * POINT,
        room.top + top * POINT,
        wide * POINT,
        high * POINT,
    )
    chip = add_chip(canvas.slide.shapes, Box(*map(round, sides)), said, plan.letters)
    key = f"{picture.key}~{text_digest(category)}"
    name_shape(chip, stamp(make_marker("mark", key), canvas.shown), f"{category}: {said}"[:500])
