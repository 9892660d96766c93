"""The styles of a document: our own look in one place. A template of the house keeps its styles;
those that it lacks are added to it, plain.
"""

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.parts.numbering import NumberingPart
from docx.shared import Cm, Pt, RGBColor

from dashboard.text.messages import LOCALE

FONT = "Arial"
"""A typeface that every computer has, or one as wide."""
INK, QUIET, HAIRLINE, TINT = "1B1A17", "645F56", "DFDAD0", "F5F2EC"
FIGURE, FIGURE_LABEL, FIGURE_NOTE, CELL, CELL_HEAD = (
    "Figure",
    "Figure label",
    "Figure note",
    "Table text",
    "Table head",
)
FOOTNOTE_TEXT, FOOTNOTE_MARK = "footnote text", "footnote reference"
BULLETS = "List Bullet"
UNWANTED = "w:pPr/w:pBdr | w:pPr/w:contextualSpacing | w:rPr/w:spacing | w:rPr/w:kern"
"""What python-docx's own styles set and ours do not."""


@dataclass(frozen=True)
class Look:
    """How a style looks: size and space before and after in points, weight, colour; `level` of a
    heading, `keeps` what stays on the page of the next paragraph.
    """

    size: float
    before: float = 0
    after: float = 6
    bold: bool = False
    colour: str = INK
    level: int = 0
    keeps: bool = False
    line: float = 1.15
    italic: bool = False


LOOKS = {
    "Normal": Look(10.5, after=8, line=1.25),
    "Title": Look(26, after=12, bold=True, line=1.1, keeps=True),
    "Subtitle": Look(10, after=4, colour=QUIET, keeps=True),
    "Warning": Look(10.5, after=8, bold=True),
    "Headline": Look(16, after=10),
    "Lead paragraph": Look(12, after=12, line=1.35),
    "Heading 1": Look(17, before=26, after=6, bold=True, level=1, keeps=True),
    "Heading 2": Look(13, before=8, after=4, bold=True, level=2, keeps=True),
    "Heading 3": Look(11, before=8, after=4, bold=True, level=3, keeps=True),
    BULLETS: Look(10.5, after=4, line=1.2),
    "Quote": Look(11, before=6, after=8, italic=True),
    "Note": Look(9, after=8, colour=QUIET),
    FIGURE: Look(19, before=4, after=0, keeps=True, line=1.0),
    FIGURE_LABEL: Look(9, after=0, keeps=True),
    FIGURE_NOTE: Look(8.5, after=0, colour=QUIET),
    CELL: Look(8.5, before=2, after=2),
    CELL_HEAD: Look(8.5, before=2, after=2, bold=True, keeps=True),
    "Footer": Look(8.5, after=0, colour=QUIET),
    FOOTNOTE_TEXT: Look(8, after=2, colour=QUIET, line=1.05),
}


def add_styles(document: Any, *, of_the_house: bool) -> None:
    """Give a document the styles that ours need: all in our look, or in a template of the house only
    those that it lacks, in its own typeface.
    """
    for name, look in LOOKS.items():
        known = find_style(document, name)
        if known is None or not of_the_house:
            _apply(known or _add_style(document, name), look, of_the_house=of_the_house)
    if find_style(document, FOOTNOTE_MARK) is None:
        mark = document.styles.add_style(FOOTNOTE_MARK, WD_STYLE_TYPE.CHARACTER, builtin=True)
        mark.font.superscript = True
    if not document.styles[BULLETS].element.xpath("w:pPr/w:numPr"):
        _number(document.styles[BULLETS], _add_bullets(document))


def find_style(document: Any, name: str) -> Any:
    """Find a style by its name; None where there is none."""
    try:
        return document.styles[name]
    except KeyError:
        return None


def _add_style(document: Any, name: str) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = find_style(document, "Normal") if name != "Normal" else None
    return style


def _apply(style: Any, look: Look, *, of_the_house: bool) -> None:
    font, form = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing, form.keep_with_next = look.line, look.keeps
    style.hidden, style.quick_style = False, True
    if not of_the_house:
        _paint(style, look)
    if look.level:
        _set_outline(style, look.level)


def _paint(style: Any, look: Look) -> None:
    """Set typeface and colour, those of the theme away."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    style.font.color.rgb = RGBColor.from_string(look.colour)
    for name in ("themeColor", "themeShade", "themeTint"):
        style.font.color._color.attrib.pop(qn(f"w:{name}"), None)
    for unwanted in style.element.xpath(UNWANTED):
        unwanted.getparent().remove(unwanted)


def _set_outline(style: Any, level: int) -> None:
    """Make a heading of a style: tables of contents know it by its level."""
    known = style.element.get_or_add_pPr()
    for old in known.xpath("w:outlineLvl"):
        known.remove(old)
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    known.insert_element_before(
        outline, "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"
    )


def _add_bullets(document: Any) -> int:
    """Add a list with bullets; returns its number."""
    numbering = _find_numbering(document).element
    kinds = [int(one.get(qn("w:abstractNumId"))) for one in numbering.xpath("w:abstractNum")]
    kind, level = OxmlElement("w:abstractNum"), OxmlElement("w:lvl")
    kind.set(qn("w:abstractNumId"), str(max(kinds, default=0) + 1))
    level.set(qn("w:ilvl"), "0")
    for name, value in (("start", "1"), ("numFmt", "bullet"), ("lvlText", "•"), ("lvlJc", "left")):
        part = OxmlElement(f"w:{name}")
        part.set(qn("w:val"), value)
        level.append(part)
    kind.append(level)
    first = next(iter(numbering.xpath("w:num")), None)
    numbering.append(kind) if first is None else first.addprevious(kind)
    return int(numbering.add_num(max(kinds, default=0) + 1).numId)


def _find_numbering(document: Any) -> Any:
    """Find the part that says how lists are numbered, or add one."""
    try:
        return document.part.numbering_part
    except NotImplementedError:
        element: Any = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        name = PackURI("/word/numbering.xml")
        part = NumberingPart(name, CT.WML_NUMBERING, element, document.part.package)
        document.part.relate_to(part, RT.NUMBERING)
        return part


def _number(style: Any, number: int) -> None:
    """Give the paragraphs of a style a bullet before them."""
    style.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
    style.paragraph_format.left_indent = Cm(0.6)
    style.paragraph_format.first_line_indent = Cm(-0.6)


def set_language(document: Any) -> None:
    """Set the language in which programs check the spelling."""
    code = f"{LOCALE.language}-{LOCALE.territory}"
    for language in document.styles.element.xpath("w:docDefaults//w:lang"):
        language.set(qn("w:val"), code)
    for theme in document.settings.element.xpath("w:themeFontLang"):
        theme.set(qn("w:val"), code)
    if not document.styles.element.xpath("w:docDefaults//w:lang"):
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), code)
        document.styles["Normal"].element.get_or_add_rPr().append(language)
    document.core_properties.language = code
