"""Writes the review as a Word document: real headings, lists and tables, footnotes that say where a
number or a named thing is stated, and a control round each passage by which it can be renewed.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from dashboard.export.view_export import Export, clean
from dashboard.export.word.marks import Stored, add_footnote, make_control, write_stored
from dashboard.export.word.opening import open_template
from dashboard.export.word.passages import Passage
from dashboard.export.word.report import Block, Table, list_passages, make_foot, make_report
from dashboard.export.zip_times import fix_times
from dashboard.language.messages import Words, _, speaking

SMALL = Pt(11)
"""Size of what stands beside the value of a figure: its qualifier, or that it is not known."""
FIELD = f"<w:fldSimple {nsdecls('w')} w:instr='{{}}'><w:r><w:t>1</w:t></w:r></w:fldSimple>"
AFTER_RULE = "w:shd w:tabs w:spacing w:ind w:jc w:outlineLvl w:rPr".split()


def build_document(shown: Export, house: bytes | None = None) -> bytes:
    """Make a .docx of a review in the language of its view, in our style or on the template of the
    house. The same view gives the same bytes.
    """
    with speaking(shown.view.language):
        return _build_document(shown, house)


def _build_document(shown: Export, house: bytes | None) -> bytes:
    document = open_template(house)
    about = document.core_properties
    about.title, about.author = clean(shown.title)[:250], clean(shown.programme)[:250]
    about.subject, about.last_modified_by = clean(shown.selection)[:250], about.author
    about.comments, about.keywords, about.category, about.revision = "", "", "", 1
    about.created = about.modified = shown.time
    blocks, foot = make_report(shown), make_foot(shown)
    writer = Writer(document)
    for block in blocks:
        writer.add(block)
    writer.add_foot(foot)
    passages = (*list_passages(blocks), foot)
    return save(document, shown, {one.tag: one.stored for one in passages})


def save(document: Any, shown: Export, stored: Mapping[str, Stored]) -> bytes:
    """Save a document with what it shows and the time of its data."""
    write_stored(document, shown, stored)
    file = io.BytesIO()
    document.save(file)
    return fix_times(file.getvalue(), shown.time)


class Writer:
    """Adds blocks at the end of a document."""

    def __init__(self, document: Any) -> None:
        self.document, page = document, document.sections[-1]
        self.width = page.page_width - page.left_margin - page.right_margin

    def add(self, block: Block) -> None:
        match block:
            case Passage():
                self.fill([self.document.add_paragraph()], block)
            case Table():
                self._add_table(block)
            case _:
                self._add_figures(block)

    def fill(self, paragraphs: Sequence[Any], passage: Passage) -> None:
        """Fill a paragraph, or the first one of each cell of a row: there the control is round the
        second. A footnote stands after it.
        """
        for nr, (paragraph, words) in enumerate(zip(paragraphs, passage.cells, strict=False)):
            paragraph.style = passage.style
            if nr == min(1, len(passage.cells) - 1):
                self._put_words(paragraph, passage, words)
                if passage.footnote:
                    paragraph._p.append(self.make_footnote(passage.footnote))
            else:
                list(_add_runs(paragraph, words, None))
        if passage.rule:
            _add_rule(paragraphs[0], passage.rule)

    def make_footnote(self, passage: Passage) -> Any:
        """Add a footnote; returns its mark."""
        inside = Paragraph(OxmlElement("w:p"), self.document._body)
        return add_footnote(self.document, self._put_words(inside, passage, passage.cells[0]))

    def _put_words(self, paragraph: Any, passage: Passage, words: Words) -> Any:
        control = make_control(passage.tag, passage.name)
        paragraph._p.append(control)
        for run in _add_runs(paragraph, words, SMALL if passage.style == "Figure" else None):
            control[-1].append(run)
        return control

    def _add_figures(self, columns: Sequence[Sequence[Passage]]) -> None:
        table = self._make_table(1, [1] * len(columns), "Review figures")
        for cell, (value, *beneath) in zip(table.rows[0].cells, columns, strict=True):
            self.fill([cell.paragraphs[0]], value)
            for passage in beneath:
                self.fill([cell.add_paragraph()], passage)
        self._add_air()

    def _add_air(self) -> None:
        """Add the paragraph that parts a table from what follows."""
        air = self.document.add_paragraph(style="Figure note")
        air.paragraph_format.space_after = Pt(4)

    def _make_table(self, rows: int, widths: Sequence[int], style: str) -> Any:
        table = self.document.add_table(rows, len(widths), style)
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = self.width * width // sum(widths)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, column in zip(row.cells, table.columns, strict=True):
                cell.width = column.width
        return table

    def _add_table(self, block: Table) -> None:
        table = self._make_table(len(block.rows) + 1, block.widths, "Review table")
        caption = OxmlElement("w:tblCaption", {qn("w:val"): block.name})
        table._tbl.tblPr.insert_element_before(caption, "w:tblPrChange")
        head, *rows = table.rows
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, name in zip(head.cells, block.heads, strict=True):
            cell.paragraphs[0].style = "Table head"
            cell.paragraphs[0].add_run(name)
        for row, passage in zip(rows, block.rows, strict=True):
            self.fill([cell.paragraphs[0] for cell in row.cells], passage)
        self._add_air()

    def add_foot(self, passage: Passage) -> None:
        """Add programme, day of the data and number of the page at the foot of every page, unless the
        house has a foot of its own.
        """
        foot = self.document.sections[-1].footer
        if foot.tables or any(paragraph.text.strip() for paragraph in foot.paragraphs):
            return
        paragraph = foot.paragraphs[0]
        self.fill([paragraph], passage)
        paragraph.paragraph_format.tab_stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
        before, between, after = _("\t{page} of {pages}", page="\0", pages="\0").split("\0")
        for text, field in ((before, "PAGE"), (between, "NUMPAGES")):
            paragraph.add_run(text)
            paragraph._p.append(parse_xml(FIELD.format(field)))
        paragraph.add_run(after)


def _add_runs(paragraph: Any, words: Words, size: Any) -> Iterable[Any]:
    """Add runs, bold where the text is strong, else of a size; there is one at least, which keeps
    the form.
    """
    for text, strong in words or (("", False),):
        run = paragraph.add_run(text)
        run.bold = True if strong else None
        run.font.size = None if strong else size
        yield run._r


def _add_rule(paragraph: Any, colour: str) -> None:
    """Add a rule in the colour of a pillar above a heading."""
    rule = parse_xml(
        f"<w:pBdr {nsdecls('w')}><w:top w:val='single' w:sz='18' w:space='6'"
        f" w:color='{colour.lstrip('#')}'/></w:pBdr>"
    )
    paragraph._p.get_or_add_pPr().insert_element_before(rule, *AFTER_RULE)
