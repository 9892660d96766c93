"""Writes the review as a Word document: real headings, lists and tables, footnotes that say where a
number or a named thing is stated, and a control round each passage by which it can be renewed.
"""

import io
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import count
from typing import Any

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as TextParagraph

from dashboard.export.view_export import Export, clean
from dashboard.export.word import styles
from dashboard.export.word.controls import find_number, make_control
from dashboard.export.word.footnotes import add_footnote
from dashboard.export.word.opening import drop_old_styles, open_template
from dashboard.export.word.passages import Passage
from dashboard.export.word.report import (
    FOOT,
    Block,
    Figures,
    Paragraph,
    Table,
    list_passages,
    make_foot,
    make_report,
)
from dashboard.export.word.stored import StoredDocument, write_stored
from dashboard.export.zip_times import fix_times
from dashboard.text.messages import LOCALE, Words, _

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2.2)
SMALL = Pt(11)
"""Size of what stands beside the value of a figure: its qualifier, or that it is not known."""
BEFORE_CAPTION = ("w:tblPrChange",)
"""What stands after the description among the properties of a table."""


def build_document(shown: Export, house: bytes | None = None) -> bytes:
    """Make a .docx of a review, in our style or on the template of the house. The same view gives the
    same bytes.
    """
    document = open_template(house) if house else _open_own()
    styles.add_styles(document, of_the_house=bool(house))
    styles.set_language(document)
    _set_properties(document, shown)
    blocks, foot = make_report(shown), make_foot(shown)
    writer = Writer(document, shown)
    for block in blocks:
        writer.add(block)
    writer.add_foot(foot)
    store(document, shown, [*list_passages(blocks), foot])
    return save(document, shown)


def store(document: Any, shown: Export, passages: Iterable[Passage]) -> None:
    """Store what a document shows, and of which view."""
    by_tag = {passage.tag: passage.stored for passage in passages}
    origin = clean(shown.view.link()), shown.version, LOCALE.language
    write_stored(document.part, StoredDocument(*origin, by_tag))


def save(document: Any, shown: Export) -> bytes:
    """Save a document with the time of its data."""
    file = io.BytesIO()
    document.save(file)
    return fix_times(file.getvalue(), shown.time)


def _open_own() -> Any:
    """Open an empty document on A4, as today's Word makes one."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Cm(1.1)
    settings = document.settings.element
    for mode in settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']/@w:val/.."):
        mode.set(qn("w:val"), "15")
    for zoom in settings.xpath("w:zoom"):
        zoom.set(qn("w:percent"), "100")
    drop_old_styles(document)
    for name, relation in list(document.part.package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del document.part.package.rels[name]
    return document


def _set_properties(document: Any, shown: Export) -> None:
    about = document.core_properties
    about.title, about.author = clean(shown.title)[:250], clean(shown.programme)[:250]
    about.subject, about.last_modified_by = clean(shown.selection)[:250], about.author
    about.comments, about.keywords, about.category, about.revision = "", "", "", 1
    about.created = about.modified = shown.time


class Writer:
    """Adds blocks at the end of a document."""

    def __init__(self, document: Any, shown: Export) -> None:
        self.document, self.shown = document, shown
        self.numbers, self.style_ids = count(find_number(document)), dict[str, str]()

    @cached_property
    def width(self) -> int:
        """How wide the text is, in EMU."""
        section = self.document.sections[-1]
        return int(section.page_width - section.left_margin - section.right_margin)

    def add(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._add_paragraph(block)
            case Figures():
                self._add_figures(block)
            case Table():
                self._add_table(block)

    def _add_paragraph(self, block: Paragraph) -> None:
        paragraph = self._style(self.document.add_paragraph(), block.style)
        if block.begins_page:
            paragraph.paragraph_format.page_break_before = True
        colours = self.shown.view.settings.colours.get(block.pillar, ())
        if colours:
            _add_rule(paragraph, colours[0])
        self.put(paragraph, block.passage)

    def _style(self, paragraph: Any, name: str) -> Any:
        paragraph._p.style = self.find_style_id(name)
        return paragraph

    def find_style_id(self, name: str) -> str:
        """Find the id of a style once: python-docx looks through all of them."""
        if name not in self.style_ids:
            self.style_ids[name] = self.document.styles[name].style_id
        return self.style_ids[name]

    def put(self, paragraph: Any, passage: Passage, *, size: Any = None) -> None:
        """Put a passage of one text into a paragraph, with its footnote after it. `size` is that of
        what is not strong.
        """
        self._put_words(paragraph, passage, passage.cells[0], size)
        if passage.footnote:
            paragraph._p.append(self.make_footnote(passage.footnote))

    def make_footnote(self, passage: Passage) -> Any:
        """Add a footnote; returns its mark."""
        holder = OxmlElement("w:p")
        inside = TextParagraph(holder, self.document._body)
        return add_footnote(self.document, self._put_words(inside, passage, passage.cells[0]))

    def _put_words(self, paragraph: Any, passage: Passage, words: Words, size: Any = None) -> Any:
        control = make_control(passage.tag, passage.name, next(self.numbers))
        paragraph._p.append(control)
        for run in _add_runs(paragraph, words, size):
            control[-1].append(run)
        return control

    def _add_figures(self, block: Figures) -> None:
        table = self._make_table(1, [1] * len(block.columns))
        for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
            _set_borders(cell._tc.get_or_add_tcPr(), "tcBorders", {"top": (12, styles.INK)})
            names = (styles.FIGURE, styles.FIGURE_LABEL, styles.FIGURE_NOTE)
            for nr, (style, passage) in enumerate(zip(names, column, strict=True)):
                if passage:
                    paragraph = cell.paragraphs[0] if nr == 0 else cell.add_paragraph()
                    self._style(paragraph, style)
                    self.put(paragraph, passage, size=SMALL if nr == 0 else None)
        self._add_air()

    def _add_air(self) -> None:
        """Add the paragraph that parts a table from what follows."""
        air = self._style(self.document.add_paragraph(), styles.FIGURE_NOTE)
        air.paragraph_format.space_after = Pt(4)

    def _make_table(self, rows: int, widths: Sequence[int]) -> Any:
        table = self.document.add_table(rows, len(widths))
        table.autofit = False
        _set_cell_margins(table._tbl.tblPr)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = self.width * width // sum(widths)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = self.width * width // sum(widths)
        return table

    def _add_table(self, block: Table) -> None:
        table = self._make_table(len(block.rows) + 1, block.widths)
        about = table._tbl.tblPr
        lines = dict.fromkeys(("bottom", "insideH"), (4, styles.HAIRLINE))
        _set_borders(about, "tblBorders", lines)
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), block.name)
        about.insert_element_before(caption, *BEFORE_CAPTION)
        head, *rows = table.rows
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, name in zip(head.cells, block.heads, strict=True):
            _set_borders(cell._tc.get_or_add_tcPr(), "tcBorders", {"bottom": (8, styles.INK)})
            self._style(cell.paragraphs[0], styles.CELL_HEAD).add_run(name)
        for row, passage in zip(rows, block.rows, strict=True):
            self._fill_row(row.cells, passage)
        self._add_air()

    def _fill_row(self, cells: Sequence[Any], passage: Passage) -> None:
        """Fill a row; the control that stands for it is round its second cell."""
        for nr, (cell, words) in enumerate(zip(cells, passage.cells, strict=True)):
            paragraph = self._style(cell.paragraphs[0], styles.CELL)
            if nr == 1:
                self._put_words(paragraph, passage, words)
            else:
                _add_runs(paragraph, words)

    def add_foot(self, passage: Passage) -> None:
        """Add programme, day of the data and number of the page at the foot of every page, unless the
        house has a foot of its own.
        """
        foot = self.document.sections[-1].footer
        if any(paragraph.text.strip() for paragraph in foot.paragraphs) or foot.tables:
            return
        paragraph = self._style(foot.paragraphs[0], FOOT)
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
        self.put(paragraph, passage)
        before, between, after = _("\t{page} of {pages}", page="\0", pages="\0").split("\0")
        for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            if text:
                paragraph.add_run(text)
            if field:
                paragraph._p.append(_make_field(field))


def _add_runs(paragraph: Any, words: Words, size: Any = None) -> list[Any]:
    """Add runs, bold where the text is strong; there is one at least, which keeps the form."""
    made = []
    for text, strong in words or (("", False),):
        run = paragraph.add_run(text)
        run.bold = True if strong else None
        run.font.size = None if strong else size
        made.append(run._r)
    return made


def _make_field(name: str) -> Any:
    field, run = OxmlElement("w:fldSimple"), OxmlElement("w:r")
    field.set(qn("w:instr"), name)
    run.text = "1"
    field.append(run)
    return field


def _add_rule(paragraph: Any, colour: str) -> None:
    """Add a rule in the colour of a pillar above a heading."""
    about = paragraph._p.get_or_add_pPr()
    rule = _make_borders("pBdr", {"top": (18, colour.lstrip("#"))}, space=6)
    about.insert_element_before(
        rule, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def _set_cell_margins(about: Any) -> None:
    """Let the text of cells begin where that of paragraphs does (twentieths of a point)."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("left", 0), ("right", 140)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    about.insert_element_before(margins, "w:tblLook", "w:tblCaption")


def _set_borders(about: Any, name: str, lines: dict[str, tuple[int, str]]) -> None:
    """Set borders of a table or a cell: width in eighths of a point, and colour."""
    after = "w:shd w:noWrap w:tcMar w:textDirection w:tcFitText w:vAlign w:tblLayout w:tblCellMar w:tblLook"
    about.insert_element_before(_make_borders(name, lines), *after.split())


def _make_borders(name: str, lines: dict[str, tuple[int, str]], *, space: int = 0) -> Any:
    borders = OxmlElement(f"w:{name}")
    for side, (width, colour) in lines.items():
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", width), ("space", space), ("color", colour)):
            line.set(qn(f"w:{key}"), str(value))
        borders.append(line)
    return borders
