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

from dashboard.export.pptx.markers import Marker, make_marker, stamp, stamp_text
from dashboard.export.pptx.shapes import (
    ACCENT,
    BOLD,
    POINT,
    QUIET,
    Canvas,
    Run,
    add_slide,
    add_text_box,
    to_points,
)
from dashboard.export.pptx.template import Box, Template
from dashboard.export.pptx.text_metrics import cut_text, fit_text, text_height, text_width
from dashboard.export.view_export import Export, Number, clean

MAX_NUMBERS = 12
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


def add_slides(template: Template, shown: Export) -> list[tuple[Canvas, Sequence[Number]]]:
    """Add a slide with title, finding and numbers; more than one where there are many numbers."""
    numbers, made = list(shown.numbers), list[tuple[Canvas, Sequence[Number]]]()
    for part, start in enumerate(range(0, max(len(numbers), 1), MAX_NUMBERS)):
        canvas = add_slide(template, shown, shown.title, f"page:{part}", part)
        mine = numbers[start : start + MAX_NUMBERS]
        made.append((canvas, mine))
        _fill_slide(canvas, mine, with_finding=not part)
    return made


def _fill_slide(canvas: Canvas, numbers: Sequence[Number], *, with_finding: bool) -> None:
    finding = canvas.shown.content.finding.strip()
    if with_finding and finding:
        canvas = add_lead(canvas, alone=not numbers)
    if numbers:
        add_cards(canvas, numbers)
    elif not finding:
        runs = [Run("Nothing to show under these filters.", size=18, colour=QUIET)]
        add_text_box(canvas.slide.shapes, canvas.room, [runs], make_marker("text", "empty"))


def add_lead(canvas: Canvas, *, alone: bool) -> Canvas:
    """Add the finding, its strong words bold; returns the room beneath."""
    room, factor = canvas.room, canvas.template.factor * BOLD
    tall = to_points(room.height) * (0.9 if alone else 0.38)
    whole = clean(canvas.shown.content.finding).replace("\n", " ")
    size, said = fit_text(whole, to_points(room.width), tall, (20, 18, 16, 14, 12, 11), factor)
    used = round(text_height(said, to_points(room.width), size, factor) * POINT) + POINT
    runs = build_finding_runs(canvas.shown, said, size)
    add_text_box(
        canvas.slide.shapes,
        Box(room.left, room.top, room.width, used),
        [runs],
        stamp_text(make_marker("lead"), canvas.shown, said),
    )
    return canvas.below(used, Inches(0.3))


def build_finding_runs(shown: Export, said: str, size: float = 0) -> list[Run]:
    """Build the finding as runs, as far as it is said: a longer one is cut."""
    runs, left = [], len(said) - (1 if said.endswith("…") else 0)
    for text, strong in shown.content.lead:
        piece = clean(text).replace("\n", " ")[:left]
        left -= len(piece)
        if piece:
            runs.append(Run(piece, bold=strong, size=size))
    return [*runs, Run("…", size=size)] if said.endswith("…") else runs


def add_cards(canvas: Canvas, numbers: Sequence[Number]) -> None:
    """Add the numbers in a grid that fills the room from the top."""
    room, wide = canvas.room, _cards_beside(canvas, len(numbers))
    deep = -(-len(numbers) // wide)
    across = (room.width - GAP * (max(wide, 3) - 1)) // max(wide, 3)
    sizes, tall = _choose_sizes(canvas, numbers, across, (room.height - GAP * (deep - 1)) // deep)
    gap = min(max((room.height - tall * deep) // max(deep, 1), GAP // 2), Inches(0.55))
    for position, number in enumerate(numbers):
        row, column = divmod(position, wide)
        left, top = room.left + column * (across + GAP), room.top + row * (tall + gap)
        add_card(canvas, number, Box(left, top, across, min(tall, room.bottom - top)), sizes)


def _cards_beside(canvas: Canvas, count: int) -> int:
    """Choose how many cards stand in a row: four of four as two by two on a narrow slide."""
    most = 4 if canvas.room.width > Inches(10) else 3 - (count == 4)
    return min(most, count)


def _choose_sizes(
    canvas: Canvas, numbers: Sequence[Number], across: int, most: int
) -> tuple[Sizes, int]:
    """Choose the largest letters with which every card stands in `most` EMU, and its height."""
    for sizes in SIZES:
        tall = max(_tall(number, sizes, across, canvas) for number in numbers)
        if tall <= most:
            break
    return sizes, min(tall, most)


def _parts(number: Number, sizes: Sizes, across: int, canvas: Canvas) -> tuple[str, str, float]:
    """Cut label and notes to what fits, and choose the size of the value on one line."""
    room, factor = to_points(across), canvas.template.factor
    label = cut_text(clean(number.metric.label), room, 2, sizes.label, factor)
    notes = "\n".join(cut_text(clean(note), room, 2, sizes.notes, factor) for note in number.notes)
    size = sizes.value
    beside = (
        text_width(f"{number.qualifier} ", sizes.qualifier, factor) if number.qualifier else 0.0
    )
    while size > 12 and text_width(number.value, size, factor * BOLD) + beside > room:
        size -= 1
    return label, notes, size


def _tall(number: Number, sizes: Sizes, across: int, canvas: Canvas) -> int:
    label, notes, _ = _parts(number, sizes, across, canvas)
    room, factor = to_points(across), canvas.template.factor
    texts = text_height(label, room, sizes.label, factor) + sizes.value * 1.25
    texts += text_height(notes, room, sizes.notes, factor) if notes else 0
    return round(texts * POINT) + RULE + 3 * POINT


def add_card(canvas: Canvas, number: Number, box: Box, sizes: Sizes) -> None:
    """Add a rule, what is counted, the value with its qualifier, and how well it is known: one
    group.
    """
    label, notes, size = _parts(number, sizes, box.width, canvas)
    group, name = canvas.slide.shapes.add_group_shape(), number.metric.name
    group.name = str(make_marker("card", name))
    _add_rule(group.shapes, box)
    high = round(
        text_height(label, to_points(box.width), sizes.label, canvas.template.factor) * POINT
    )
    deep, top = round(sizes.value * 1.25 * POINT), box.top + RULE
    of_label = Box(box.left, top, box.width, high)
    of_value = Box(box.left, of_label.bottom, box.width, deep)
    of_notes = Box(box.left, of_value.bottom, box.width, max(box.bottom - of_value.bottom, POINT))
    runs = [Run(label, size=sizes.label)]
    add_text_box(group.shapes, of_label, [runs], make_marker("label", name, text=label))
    runs = build_value_runs(number, size, sizes.qualifier)
    add_text_box(group.shapes, of_value, [runs], mark_value(number, canvas.shown), bottom=True)
    if notes:
        add_coverage(group.shapes, of_notes, notes, name, canvas.shown, size=sizes.notes)


def mark_value(number: Number, shown: Export) -> Marker:
    """Make the marker of a card's number, which stores it."""
    return stamp(make_marker("number", number.metric.name), shown, [number.shown_value])


def add_coverage(
    shapes: Any, box: Box, notes: str, metric: str, shown: Export, *, size: float
) -> None:
    """Add what stands beneath the value of a card, a line each."""
    lines = [[Run(note, size=size, colour=QUIET)] for note in notes.split("\n")]
    add_text_box(shapes, box, lines, stamp_text(make_marker("coverage", metric), shown, notes))


def build_value_runs(number: Number, size: float, beside: float) -> list[Run]:
    """Build the runs of the value, the largest thing of a card, and its qualifier beside it."""
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


def _add_rule(shapes: Any, box: Box) -> None:
    line = shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, Emu(box.left), Emu(box.top), Emu(box.right), Emu(box.top)
    )
    line.line.width = Emu(POINT)
    line.line.color.theme_color = MSO_THEME_COLOR.ACCENT_1
    line.name = str(make_marker("rule"))
    style = line._element.find(qn("p:style"))
    line._element.remove(style)
