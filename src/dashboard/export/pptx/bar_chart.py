"""Bars as a chart of the slide, which stays editable: stacked, in reading order, with the series'
own colours.
"""

import io
import re
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.charts import Bars
from dashboard.export.pptx.markers import make_marker, name_shape, stamp
from dashboard.export.pptx.shapes import Canvas, to_points
from dashboard.export.pptx.template import ACCENT, Box
from dashboard.export.pptx.text_metrics import ELLIPSIS
from dashboard.export.view_export import clean_line
from dashboard.views.content import Picture

MAX_LABELLED_BARS = 16
"""Bars that have room for the number on each."""
ON_NEXT_SLIDE = "The table on the next slide holds everything."
MAX_BARS = 40
MAX_TEXT_LENGTH = 110
SPARE_COLOURS = ("#8a6d3b", "#c2a36b", "#5f4b6b", "#a893b5", "#4d6b50", "#9db89f")
NOT_KNOWN = "not known"
BEFORE_AMOUNT = ": "
"""What stands in a category between the name of a bar and what is said of its value."""
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


def build_chart_data(bars: Bars) -> ChartData:
    """Make categories and series for a chart: what is not known at all says so beside its name."""
    data = ChartData(number_format="General")  # type: ignore[no-untyped-call]
    data.categories = label_categories(bars)
    for name, values, _ in bars.series:
        data.add_series(_text(name), [None if value is None else float(value) for value in values])  # type: ignore[no-untyped-call]
    return data


def label_categories(bars: Bars) -> list[str]:
    """Say what stands on the axis."""
    return [
        _text(category) if _is_said(bars, position) else _text(category) + BEFORE_AMOUNT + NOT_KNOWN
        for position, category in enumerate(bars.categories)
    ]


def _is_said(bars: Bars, position: int) -> bool:
    """Return whether a bar, or its category in words, says how much it is."""
    known = any(values[position] is not None for _, values, _ in bars.series)
    return known or bars.says_amounts


def _text(value: str) -> str:
    text = clean_line(value)
    return (text if len(text) <= MAX_TEXT_LENGTH else text[: MAX_TEXT_LENGTH - 1] + ELLIPSIS) or "–"


def can_be_drawn(bars: Bars | None) -> bool:
    """Return whether a chart of these bars can be read."""
    if bars is None or not bars.categories or len(bars.categories) > MAX_BARS:
        return False
    return any(value is not None for _, values, _ in bars.series for value in values)


def compose_beneath(picture: Picture, *, elsewhere: bool) -> str:
    """Compose what stands beneath a chart: its note, what is in none of its bars, and that its table
    is `elsewhere`.
    """
    of_bars = picture.chart.bars.note if picture.chart.bars else ""
    said = [picture.note, of_bars, ON_NEXT_SLIDE if elsewhere else ""]
    *before, last = [part for part in said if part] or [""]
    return ". ".join([*(part.rstrip(". ") for part in before), last])


def add_chart(canvas: Canvas, picture: Picture, bars: Bars, box: Box) -> Any:
    """Add the bars as a chart in a box."""
    kind = XL_CHART_TYPE.BAR_STACKED if bars.horizontal else XL_CHART_TYPE.COLUMN_STACKED
    count = len(bars.categories)
    if bars.horizontal and count < 6:  # a few bars would become blocks
        box = Box(box.left, box.top, box.width, min(box.height, round(Pt(62) * (count + 1.2))))
    frame = canvas.slide.shapes.add_chart(
        kind, *map(Emu, (box.left, box.top, box.width, box.height)), build_chart_data(bars)
    )
    alt = describe_chart(picture)
    found = make_marker("chart", picture.key, text=alt)
    name_shape(frame, stamp(found, canvas.shown), alt)
    _style_chart(
        frame.chart, bars, to_points(box.height if bars.horizontal else box.width) / max(count, 1)
    )
    return frame


def describe_chart(picture: Picture) -> str:
    """Say what a chart shows, as its alternative text."""
    return clean_line(picture.chart.sentence)[:1000]


def _style_chart(chart: Any, bars: Bars, step: float) -> None:
    several = len(bars.series) > 1
    chart.has_title, chart.has_legend = False, several
    chart.font.size = Pt(_size(bars, step))
    if several:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap, plot.vary_by_categories = 45, 100, False
    labelled = len(bars.categories) <= MAX_LABELLED_BARS and len(bars.series) <= 8
    _axes(chart, bars, labelled=labelled)
    for series, (_, values, _), fill in zip(
        plot.series, bars.series, choose_colours(bars), strict=True
    ):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = fill
        series.invert_if_negative = False
        if labelled and any(values):
            _label_bars(series, bars, fill, several=several)


def _size(bars: Bars, step: float) -> float:
    """Choose the points of the letters: as many as the bars leave room for."""
    if bars.horizontal:
        return max(min(13.0, step * 0.62), 7.0)
    longest = max(map(len, bars.categories))
    return max(min(13.0, step / max(longest, 3) * 1.7), 9.0)


def _axes(chart: Any, bars: Bars, *, labelled: bool) -> None:
    """Style the axes: names in reading order, values only where no bar says its own."""
    for axis in chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        # python-pptx writes ids below zero, the schema wants none; LibreOffice reads none above 2³¹
        axis.set("val", str(int(axis.get("val")) % 2**31))
    names, values = chart.category_axis, chart.value_axis
    _colour_line(names, -0.25)
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.crosses = XL_AXIS_CROSSES.MAXIMUM if bars.horizontal else XL_AXIS_CROSSES.AUTOMATIC
    # a chart of bars begins at the bottom, people read from the top
    names.reverse_order = bars.horizontal
    below_zero = any(v is not None and v < 0 for _, vs, _ in bars.series for v in vs)
    values.minimum_scale = None if below_zero else 0
    values.has_major_gridlines = values.visible = not labelled
    if not labelled:
        values.format.line.fill.background()
        _colour_line(values.major_gridlines, -0.15)
        values.tick_labels.number_format = "#,##0"
        values.tick_labels.number_format_is_linked = False


def _colour_line(drawn: Any, brightness: float) -> None:
    colour = drawn.format.line.color
    colour.theme_color, colour.brightness = MSO_THEME_COLOR.BACKGROUND_1, brightness


def _label_bars(series: Any, bars: Bars, fill: Any, *, several: bool) -> None:
    """Write the number on each bar, in letters that stand out from it; none on a part too thin for
    them.
    """
    labels = series.data_labels
    labels.show_value = True
    largest = max(
        sum(values[i] or 0 for _, values, _ in bars.series) for i in range(len(bars.categories))
    )
    thin = largest * 0.035
    labels.number_format = (
        f'[<{thin:.6g}]"";#,##0.##' if several and thin >= 1 else "#,##0.##;-#,##0.##;"
    )
    if all(float(v).is_integer() for _, values, _ in bars.series for v in values if v is not None):
        labels.number_format = labels.number_format.replace("#,##0.##", "#,##0")
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.CENTER if several else XL_LABEL_POSITION.INSIDE_END
    dark = (299 * fill[0] + 587 * fill[1] + 114 * fill[2]) / 1000 < 150
    labels.font.color.rgb = RGBColor(255, 255, 255) if dark else RGBColor(0x1C, 0x21, 0x26)
    labels.font.bold = True


def choose_colours(bars: Bars) -> list[Any]:
    """Choose a colour for each series; where two have the same, the later takes another."""
    found, spare = [], list(SPARE_COLOURS)
    for _, _, colour in bars.series:
        own = parse_colour(colour)
        while own in found and spare:
            own = parse_colour(spare.pop(0))
        found.append(own)
    return found


def parse_colour(colour: str) -> Any:
    """Read a colour "#rrggbb" or "rgba(r,g,b,a)" on white; the accent for another."""
    if re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return RGBColor.from_string(colour[1:].upper())
    if found := re.fullmatch(r"rgba?\((\d+), ?(\d+), ?(\d+)(?:, ?([\d.]+))?\)", colour):
        part = float(found[4] or 1)
        return RGBColor(*(round(255 - (255 - min(int(found[i]), 255)) * part) for i in (1, 2, 3)))
    return RGBColor.from_string(ACCENT)


def read_chart(chart: Any) -> dict[tuple[str, str], float | None]:
    """Read what a chart in a presentation says: value by series and category."""
    plot = chart.plots[0]
    categories = [str(category) for category in plot.categories]
    return {
        (series.name, category): value
        for series in plot.series
        for category, value in zip(categories, series.values, strict=False)
    }


def collect_values(bars: Bars) -> dict[tuple[str, str], float | None]:
    """Take the same from bars."""
    names = label_categories(bars)
    return {
        (_text(name), category): None if value is None else float(value)
        for name, values, _ in bars.series
        for category, value in zip(names, values, strict=True)
    }
