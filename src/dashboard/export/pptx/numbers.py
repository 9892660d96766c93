"""The first slide of a page: its finding in sentences, and its numbers set like the dashboard's
cards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from dashboard.export.pptx.markers import marker
from dashboard.export.pptx.shapes import (
    ACCENT,
    BOLD,
    POINT,
    QUIET,
    Canvas,
    Run,
    new,
    points,
    text_box,
)
from dashboard.export.pptx.template import Box, House
from dashboard.export.pptx.text_metrics import cut, fitting, height, width
from dashboard.export.view_export import Number, Shown, clean

MOST = 12
"""Numbers on one slide."""
GAP, RULE = Inches(0.3), Inches(0.12)


@dataclass(frozen=True)
class Sizes:
    """Points of the parts of a card."""

    label: float
    value: float
    qualifier: float
    notes: float


SIZES = (
    Sizes(16, 54, 22, 13),
    Sizes(13, 40, 17, 11),
    Sizes(12, 32, 14, 10.5),
    Sizes(11, 26, 12, 10),
    Sizes(10, 20, 11, 9),
)


def slides(house: House, shown: Shown) -> list[tuple[Canvas, Sequence[Number]]]:
    """Title, finding and numbers; more than one slide where there are many numbers."""
    numbers, made = list(shown.numbers), list[tuple[Canvas, Sequence[Number]]]()
    for part, start in enumerate(range(0, max(len(numbers), 1), MOST)):
        canvas = new(
            house, shown, shown.title + (f", part {part + 1}" if part else ""), f"page:{part}"
        )
        mine = numbers[start : start + MOST]
        made.append((canvas, mine))
        if not part and shown.content.finding.strip():
            canvas = lead(canvas, alone=not mine)
        if mine:
            cards(canvas, mine)
        elif not shown.content.finding.strip():
            text_box(
                canvas.slide.shapes,
                canvas.room,
                [[Run("Nothing to show under these filters.", size=18, colour=QUIET)]],
                marker("text", "empty"),
            )
    return made


def lead(canvas: Canvas, *, alone: bool) -> Canvas:
    """The finding, its strong words bold; returns the room beneath."""
    room, factor = canvas.room, canvas.house.factor * BOLD
    tall = points(room.height) * (0.9 if alone else 0.38)
    whole = clean(canvas.shown.content.finding).replace("\n", " ")
    size, said = fitting(whole, points(room.width), tall, (20, 18, 16, 14, 12, 11), factor)
    used = round(height(said, points(room.width), size, factor) * POINT) + POINT
    runs = strong_runs(canvas.shown, said, size)
    text_box(
        canvas.slide.shapes,
        Box(room.left, room.top, room.width, used),
        [runs],
        marker("lead", text=said),
    )
    return canvas.below(used, Inches(0.3))


def strong_runs(shown: Shown, said: str, size: float = 0) -> list[Run]:
    """The finding as runs, as far as it is said: a longer one is cut."""
    runs, left = [], len(said) - (1 if said.endswith("…") else 0)
    for text, strong in shown.content.lead:
        piece = clean(text).replace("\n", " ")[:left]
        left -= len(piece)
        if piece:
            runs.append(Run(piece, bold=strong, size=size))
    return [*runs, Run("…", size=size)] if said.endswith("…") else runs


def cards(canvas: Canvas, numbers: Sequence[Number]) -> None:
    """The numbers in a grid that fills the room from the top."""
    room = canvas.room
    wide = min(4 if room.width > Inches(10) else 3 - (len(numbers) == 4), len(numbers))
    deep = -(-len(numbers) // wide)
    across = (room.width - GAP * (max(wide, 3) - 1)) // max(wide, 3)
    most = (room.height - GAP * (deep - 1)) // deep
    sizes = next(
        (s for s in SIZES if all(_tall(n, s, across, canvas) <= most for n in numbers)), SIZES[-1]
    )
    tall = min(max(_tall(n, sizes, across, canvas) for n in numbers), most)
    gap = min(max((room.height - tall * deep) // max(deep, 1), GAP // 2), Inches(0.55))
    for position, number in enumerate(numbers):
        row, column = divmod(position, wide)
        top = room.top + row * (tall + gap)
        card(
            canvas,
            number,
            Box(room.left + column * (across + GAP), top, across, min(tall, room.bottom - top)),
            sizes,
        )


def _parts(number: Number, sizes: Sizes, across: int, canvas: Canvas) -> tuple[str, str, float]:
    """Label and notes as far as they fit, and the size of the value on one line."""
    room, factor = points(across), canvas.house.factor
    label = cut(clean(number.metric.label), room, 2, sizes.label, factor)
    notes = "\n".join(cut(clean(note), room, 2, sizes.notes, factor) for note in number.notes)
    size = sizes.value
    beside = width(f"{number.qualifier} ", sizes.qualifier, factor) if number.qualifier else 0.0
    while size > 12 and width(number.value, size, factor * BOLD) + beside > room:
        size -= 1
    return label, notes, size


def _tall(number: Number, sizes: Sizes, across: int, canvas: Canvas) -> int:
    label, notes, _ = _parts(number, sizes, across, canvas)
    room, factor = points(across), canvas.house.factor
    texts = height(label, room, sizes.label, factor) + sizes.value * 1.25
    texts += height(notes, room, sizes.notes, factor) if notes else 0
    return round(texts * POINT) + RULE + 3 * POINT


def card(canvas: Canvas, number: Number, box: Box, sizes: Sizes) -> None:
    """A rule, what is counted, the value with its qualifier, and how well it is known; one group."""
    label, notes, size = _parts(number, sizes, box.width, canvas)
    group, name = canvas.slide.shapes.add_group_shape(), number.metric.name
    group.name = str(marker("card", name))
    _rule(group.shapes, box)
    top, room = box.top + RULE, points(box.width)
    high = round(height(label, room, sizes.label, canvas.house.factor) * POINT)
    text_box(
        group.shapes,
        Box(box.left, top, box.width, high),
        [[Run(label, size=sizes.label)]],
        marker("label", name, text=label),
    )
    top, deep = top + high, round(sizes.value * 1.25 * POINT)
    text_box(
        group.shapes,
        Box(box.left, top, box.width, deep),
        [value_runs(number, size, sizes.qualifier)],
        marker("number", name),
        bottom=True,
    )
    top += deep
    if notes:
        text_box(
            group.shapes,
            Box(box.left, top, box.width, max(box.bottom - top, POINT)),
            [[Run(note, size=sizes.notes, colour=QUIET)] for note in notes.split("\n")],
            marker("coverage", name, text=notes),
        )


def value_runs(number: Number, size: float, beside: float) -> list[Run]:
    """The value, the largest thing of a card, and its qualifier beside it."""
    known = number.quantity.value is not None
    value = Run(
        number.value,
        bold=known,
        size=size if known else min(size, 24),
        colour=ACCENT if known else QUIET,
    )
    return (
        [Run(f"{number.qualifier} ", size=beside, colour=QUIET), value]
        if number.qualifier
        else [value]
    )


def _rule(shapes: Any, box: Box) -> None:
    line = shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, Emu(box.left), Emu(box.top), Emu(box.right), Emu(box.top)
    )
    line.line.width = Emu(POINT)
    line.line.color.theme_color = MSO_THEME_COLOR.ACCENT_1
    line.name = str(marker("rule"))
    style = line._element.find(qn("p:style"))
    line._element.remove(style)
