"""The checks of drawn slides find what they are for, and nothing where nothing is wrong."""

import io

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Inches, Pt

from tests.support.drawn_pages import draw_decks
from tests.support.rendered_slides import inspect_slides

PLACE = (1, 1, 3, 0.4)


def add_text(shapes, text: str, box=PLACE, size: float = 18):
    """Add a text without margins, named by its first word; inches, and points for its letters."""
    shape = shapes.add_textbox(*map(Inches, box))
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.text = True, text
    frame.paragraphs[0].runs[0].font.size = Pt(size)
    shape.name = text.split(maxsplit=1)[0]
    return shape


def add_group(shapes, text: str, scale: float):
    """Add a text in a group that is made larger or smaller."""
    group = shapes.add_group_shape()
    add_text(group.shapes, text, (1, 6.4, 3, 0.4))
    group.width, group.height = round(group.width * scale), round(group.height * scale)


def add_chart(shapes, size: float, names=("North", "South")):
    data = CategoryChartData()
    data.categories = names
    data.add_series("First", (3, 4))
    data.add_series("Second", (3.1, 4.1))
    frame = shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *map(Inches, (4, 2, 4, 3)), data)
    frame.name, frame.chart.font.size = "Chart", Pt(size)
    return frame.chart


def good(shapes):
    add_text(shapes, "Twice the same words")
    add_text(shapes, "Twice the same words", (1, 2, 3, 0.4))
    add_group(shapes, "Grouped words on two lines if the box stays as it was", 2)
    add_chart(shapes, 12)
    table = shapes.add_table(1, 2, *map(Inches, (4, 5.5, 4, 0.5))).table
    table.cell(0, 0).text, table.cell(0, 1).text = "A cell", "Another"


def too_long(shapes):
    add_text(shapes, "Overflow is a text of far more words than its box has room for", PLACE, 24)


def fitted_when_edited(shapes):
    too_long(shapes)
    shapes[-1].text_frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE


def too_wide(shapes):
    add_text(shapes, "Uncuttableandfartoolong", (1, 1, 1, 1.2))


def over_the_edge(shapes):
    add_text(shapes, "Edge", (9.8, 1, 0.7, 0.4))


def in_a_group(shapes):
    add_group(shapes, "Grouped words keep the size of their letters", 0.5)


def in_a_cell(shapes):
    table = shapes.add_table(1, 2, *map(Inches, (1, 1, 2, 0.4))).table
    table.cell(0, 0).text = "A cell with many words makes its row higher than the table says"


def texts(shapes):
    add_text(shapes, "Below")
    add_text(shapes, "Above", (1.2, 1.1, 3, 0.4))


def text_and_mark(shapes):
    shapes.add_shape(MSO_SHAPE.OVAL, Inches(1.1), Inches(1.1), Pt(12), Pt(12)).name = "Mark"
    add_text(shapes, "Label")


def text_and_chart(shapes):
    add_chart(shapes, 12)
    add_text(shapes, "Over", (5, 3, 3, 0.4))


def labels_of_a_chart(shapes):
    plot = add_chart(shapes, 12).plots[0]
    plot.overlap, plot.has_data_labels = 100, True


def names_not_drawn(shapes):
    add_chart(shapes, 12, [f"Name {number}" for number in range(100)])


def small_text(shapes):
    add_text(shapes, "Small", size=9)


def small_chart(shapes):
    add_chart(shapes, 8)


def empty_placeholder(shapes):
    layouts = shapes.part.package.presentation_part.presentation.slide_layouts
    shapes.clone_placeholder(layouts[1].placeholders[1])
    shapes[-1].left, shapes[-1].top, shapes[-1].width, shapes[-1].height = map(Inches, PLACE)


BROKEN = {
    too_long: "pt out of Overflow",
    fitted_when_edited: "pt out of Overflow",
    too_wide: "“Uncuttableandfartoolong” of Uncuttableandfartoolong stands on two lines",
    over_the_edge: "pt out of the slide",
    in_a_group: "pt out of Grouped",
    in_a_cell: "pt out of Table",
    texts: "Below and Above lie",
    text_and_mark: "Label and Mark lie",
    text_and_chart: "Over and Chart lie",
    labels_of_a_chart: "“3” and “3.1” of Chart lie",
    names_not_drawn: "“Name 1” of Chart is not drawn",
    small_text: "letters of 9.0 pt in Small",
    small_chart: "letters of 8.0 pt in Chart",
    empty_placeholder: "is an empty placeholder",
}


@pytest.mark.long
def test_each_fault_of_a_slide_is_found_and_none_where_there_is_none(tmp_path):
    decks = {}
    for fill in (good, *BROKEN):
        deck, file = pptx.Presentation(), io.BytesIO()
        fill(deck.slides.add_slide(deck.slide_layouts[6]).shapes)
        deck.save(file)
        decks[fill.__name__] = file.getvalue()
    drawn = draw_decks(decks, tmp_path)
    found = {name: " ".join(inspect_slides(data, drawn[name])) for name, data in decks.items()}
    assert found.pop("good") == ""
    missed = {
        fill.__name__: said for fill, said in BROKEN.items() if said not in found[fill.__name__]
    }
    assert missed == {}, found
