"""Footnotes, of which python-docx knows nothing: the part that holds them, made where a document has
none, and a mark in the text.
"""

from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from dashboard.export.word.styles import FOOTNOTE_MARK, FOOTNOTE_TEXT

SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))
AFTER_FOOTNOTES = (
    "endnotePr compat docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping"
    " doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions"
    " readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags"
    " decimalSymbol listSeparator"
).split()
"""What stands after footnotes among the settings: Word repairs a file with another order."""


def find_footnotes(document: Any) -> Any:
    """Find the footnotes of a document as an element that is saved with it; None where it has none."""
    for relation in document.part.rels.values():
        if relation.reltype == RT.FOOTNOTES and not relation.is_external:
            if not isinstance(relation.target_part, XmlPart):
                relation._target = _read_part(relation.target_part)
            return relation.target_part.element
    return None


def _read_part(part: Any) -> Any:
    """Read a part that was kept as bytes."""
    read = XmlPart.load(part.partname, part.content_type, part.blob, part.package)
    for relation in part.rels.values():
        target = relation.target_ref if relation.is_external else relation.target_part
        read.load_rel(relation.reltype, target, relation.rId, relation.is_external)
    return read


def add_footnote(document: Any, content: Any) -> Any:
    """Add a footnote with some content; returns the run that marks it in the text."""
    notes = find_footnotes(document)
    if notes is None:
        notes = _add_part(document)
    ids = [int(note.get(qn("w:id"))) for note in notes]
    note, paragraph = OxmlElement("w:footnote"), OxmlElement("w:p")
    note.set(qn("w:id"), str(max([0, *ids]) + 1))
    paragraph.style = document.styles[FOOTNOTE_TEXT].style_id
    paragraph.append(_mark(document, "w:footnoteRef"))
    space = paragraph.add_r()
    space.text = " "
    paragraph.append(content)
    note.append(paragraph)
    notes.append(note)
    run = _mark(document, "w:footnoteReference")
    run[-1].set(qn("w:id"), note.get(qn("w:id")))
    return run


def remove_footnotes(document: Any, element: Any) -> None:
    """Remove the footnotes that are marked in a text which goes."""
    notes = find_footnotes(document)
    gone = {mark.get(qn("w:id")) for mark in element.iter(qn("w:footnoteReference"))}
    for note in list(notes) if notes is not None else ():
        if note.get(qn("w:id")) in gone:
            notes.remove(note)


def _mark(document: Any, name: str) -> Any:
    run = OxmlElement("w:r")
    run.style = document.styles[FOOTNOTE_MARK].style_id
    run.append(OxmlElement(name))
    return run


def _add_part(document: Any) -> Any:
    """Add the part of the footnotes, with the lines that part them from the text."""
    separators = "".join(
        f'<w:footnote w:type="{name}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"'
        f' w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{name}/></w:r></w:p></w:footnote>'
        for number, name in SEPARATORS
    )
    element: Any = parse_xml(f"<w:footnotes {nsdecls('w')}>{separators}</w:footnotes>")
    part = document.part
    name = PackURI("/word/footnotes.xml")
    part.relate_to(XmlPart(name, CT.WML_FOOTNOTES, element, part.package), RT.FOOTNOTES)
    _name_separators(document.settings.element)
    return element


def _name_separators(settings: Any) -> None:
    """Name these lines among the settings."""
    named = settings.find(qn("w:footnotePr"))
    if named is None:
        named = OxmlElement("w:footnotePr")
        prefix = {"mathPr": "m", "schemaLibrary": "sl"}
        after = [f"{prefix.get(name, 'w')}:{name}" for name in AFTER_FOOTNOTES]
        settings.insert_element_before(named, *after)
    for number, _name in SEPARATORS:
        separator = OxmlElement("w:footnote")
        separator.set(qn("w:id"), str(number))
        named.append(separator)
