"""Opens documents of others, those to be renewed and the template of the house: looked at before
they are unpacked, and read without fetching anything.
"""

import io
import zipfile
from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import PartFactory, XmlPart
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart

from dashboard.export.opening import load_template, open_file
from dashboard.export.view_export import name_language
from dashboard.intake.limits import DOCUMENT
from dashboard.language.messages import N_, _

DAMAGED = N_("it is damaged, or no document. Open it in the word processor and save it as .docx.")
BULLETS = "List Bullet"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
LANGUAGES = ".//w:docDefaults//w:lang | .//w:themeFontLang"
OF_THE_LOOK = "w:rPr/w:rFonts | w:rPr/w:color"
"""What a style that a house lacks takes from its own text: typeface and colour."""
NOT_TAKEN = ("stylesWithEffects", "thumbnail", "attachedTemplate")
"""Word 2010's second table of styles, which may be taken for damage, a picture of another text, and
another template, which a program would fetch.
"""
PartFactory.part_type_for[TEMPLATE] = DocumentPart
PartFactory.part_type_for[CT.WML_FOOTNOTES] = XmlPart


def is_document(data: bytes) -> bool:
    """Return whether a file is a document, by the names in its directory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith("word/") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return False


def open_document(data: bytes, name: str = "") -> Any:
    """Open a .docx or .dotx as a document; `name` is what it is called in a sentence. Raises DeckError
    with the fault of the file.
    """
    return open_file(data, name or _("the file"), DOCUMENT, _read_document, DAMAGED)


def load_word_template(path: Path | None) -> bytes | None:
    """Read the template of the settings, checked; None where they name none. Raises DeckError."""
    return load_template(path, open_document)


def _read_document(data: bytes) -> Any:
    part: Any = Package.open(io.BytesIO(data)).main_document_part
    part._content_type = CT.WML_DOCUMENT_MAIN
    document = part.document  # parts that are missing or damaged show here
    len(document.paragraphs), len(document.styles), len(document.sections)
    document.settings.element.get("x")
    return document


def open_template(house: bytes | None) -> Any:
    """Open our template, or that of the house, as an empty document, which keeps its styles, head,
    foot and page.
    """
    document = open_document(house, _("the template")) if house else _open_own()
    body, settings = document.element.body, document.settings.element
    for gone in (*body.xpath("*[not(self::w:sectPr)]"), *settings.xpath("w:attachedTemplate")):
        gone.getparent().remove(gone)
    part = document.part
    for relations in (part.rels, part._settings_part.rels, part.package.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in NOT_TAKEN:
                del relations[name]
    complete(document)
    for language in (*document.styles.element.xpath(LANGUAGES), *settings.xpath(LANGUAGES)):
        language.set(qn("w:val"), name_language())
    document.core_properties.language = name_language()
    return document


def _open_own() -> Any:
    return open_document((files(__package__) / "review.dotx").read_bytes())


def complete(document: Any) -> None:
    """Add what ours needs and a document lacks: styles, plain and in its own typeface, bullets, and
    the part of the footnotes.
    """
    own, styles, part = _open_own(), document.styles, document.part
    has_bullets = BULLETS in styles and styles[BULLETS].element.xpath("w:pPr/w:numPr")
    for style in [one for one in own.styles if one.name not in styles]:
        copy = deepcopy(style.element)
        for look in copy.xpath(OF_THE_LOOK):
            look.getparent().remove(look)
        styles.element.append(copy)
        if style.base_style is not None:
            styles[style.name].base_style = styles[style.base_style.name]
    known = {relation.reltype for relation in part.rels.values()}
    for kind in {RT.FOOTNOTES, RT.NUMBERING} - known:
        part.relate_to(own.part.part_related_by(kind), kind)
    if not has_bullets:
        _add_bullets(part.numbering_part.element, own.part.numbering_part.element, styles[BULLETS])


def _add_bullets(numbering: Any, own: Any, style: Any) -> None:
    """Give the paragraphs of a style our bullet before them."""
    kind = deepcopy(own.xpath("w:abstractNum")[0])
    number = max([0, *map(int, numbering.xpath("w:abstractNum/@w:abstractNumId"))]) + 1
    kind.set(qn("w:abstractNumId"), str(number))
    numbering.insert(len(numbering.xpath("w:abstractNum | w:numPicBullet")), kind)
    listed = style.element.get_or_add_pPr().get_or_add_numPr()
    listed.get_or_add_numId().val = numbering.add_num(number).numId
