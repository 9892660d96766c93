"""Two years side by side as shapes that can be edited: a ring for the year before, a dot for the later
one, on a line from zero to its own end.
"""

from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from dashboard.charts import Bars
from dashboard.charts.letters import measure_text
from dashboard.charts.markup import Element
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.markers import make_marker, name_shape, set_alt_text, stamp, text_digest
from dashboard.export.pptx.painting import ACCENT, HAIRLINE, INK, PAPER, QUIET, paint_shape
from dashboard.export.pptx.template import Box
from dashboard.export.pptx.texts import LINE, POINT, Run, add_line, add_text_box
from dashboard.export.shown_values import from_cells
from dashboard.export.view_export import clean_line
from dashboard.views.content import Picture

SIZE, MARK, HIGHEST, END = 15.0, 13.0, 46.0, 120
"""Points of letters, of a mark, of a line with its number; the end of a line, its larger number being
100.
"""


def add_dumbbells(canvas: Canvas, picture: Picture, bars: Bars) -> None:
    """Draw a line per number: its name, both marks with their numbers, and the difference."""
    markup = picture.chart.markup or Element("p")
    differences = [one.text for one in markup.find("dumbbell-difference")]
    room = canvas.room
    _add_key(canvas, picture, bars, Box(room.left, room.top, room.width, round(24 * POINT)))
    room = room.below(34 * POINT)
    high = min(room.height / len(bars.categories), HIGHEST * POINT)
    names = max(measure_text(clean_line(one), SIZE, bold=True) for one in bars.categories) * POINT
    names = min(names + 16 * POINT, room.width * 0.35)
    for nr, difference in enumerate(differences):
        row = Box(room.left, round(room.top + nr * high), room.width, round(high))
        _add_line(canvas, picture, (nr, difference), row, round(names))


def _add_key(canvas: Canvas, picture: Picture, bars: Bars, box: Box) -> None:
    before, now = (clean_line(name) for name, *_rest in bars.series)
    runs = [
        Run("○ ", 14, bold=True, colour=QUIET),
        Run(f"{before}    ", 14, colour=QUIET),
        Run("● ", 14, colour=ACCENT),
        Run(now, 14, colour=QUIET),
    ]
    found = canvas.mark("text", f"{picture.key}~key", f"{before} {now}")
    add_text_box(canvas.slide.shapes, box, [runs], found)


def _add_line(
    canvas: Canvas, picture: Picture, said_of: tuple[int, str], row: Box, names: int
) -> None:
    """Add one number as a group; the number of the lower mark stands left of it, the other right."""
    (nr, difference), bars = said_of, picture.chart.bars
    assert bars
    group, category = canvas.slide.shapes.add_group_shape(), clean_line(bars.categories[nr])
    shares = [float(values[nr] or 0) for _, values, _ in bars.series]
    said = [clean_line(words[nr]) for words in bars.amounts]
    room = max(measure_text(text, SIZE, bold=True) for text in said) * POINT + 16 * POINT
    track = row.part(names + room, row.width - names - 2 * room - 90 * POINT)
    middle = row.top + row.height // 2
    places = [track.left + share / END * track.width for share in shares]
    _write(group.shapes, Box(row.left, row.top, names, row.height), category, "left", bold=True)
    add_line(group.shapes, (track.left, middle, track.right, middle), HAIRLINE, 2)
    add_line(group.shapes, (min(places), middle, max(places), middle), ACCENT, 4)
    for year, (place, text) in enumerate(zip(places, said, strict=True)):
        _add_mark(group.shapes, place, middle, is_now=bool(year))
        is_right = place > places[1 - year] or (year == 1 and places[0] == places[1])
        left = place + 11 * POINT if is_right else place - room - 11 * POINT
        box = Box(round(left), row.top, round(room), row.height)
        _write(group.shapes, box, text, "left" if is_right else "right", bold=bool(year))
    end = row.part(row.width - 80 * POINT, 80 * POINT)
    _write(group.shapes, end, clean_line(difference), "right", bold=True)
    values = from_cells(values[nr] for _, values, _ in bars.series)
    found = make_marker("mark", f"{picture.key}~{text_digest(category)}")
    name_shape(group, stamp(found, canvas.shown, values))
    set_alt_text(group, f"{category}: {said[0]} → {said[1]}, {difference}"[:500])


def _add_mark(shapes: Any, place: float, middle: int, *, is_now: bool) -> None:
    size = (MARK if is_now else MARK + 3) * POINT
    sides = place - size / 2, middle - size / 2, size, size
    mark = shapes.add_shape(MSO_SHAPE.OVAL, *map(round, sides))
    paint_shape(mark, ACCENT if is_now else PAPER, ACCENT if is_now else QUIET, 0 if is_now else 2)


def _write(shapes: Any, box: Box, text: str, align: str, *, bold: bool) -> None:
    high = round(SIZE * LINE * POINT)
    place = Box(box.left, box.top + (box.height - high) // 2, box.width, high)
    runs = [Run(text, SIZE, bold=bold or None, colour=INK if bold else QUIET)]
    add_text_box(shapes, place, [runs], make_marker("label"), align=align, wrap=False)
