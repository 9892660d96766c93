"""What makes a text known again: content controls, whose tag names the passage, and a part of the
file (custom XML) that says what each tag stood for: a tag holds 64 characters, too few for a metric,
its value and the text's sum. Programs keep both when the document is edited and saved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from dashboard.export.pptx.markers import read_values, write_values
from dashboard.export.shown_values import ShownValue
from dashboard.export.view_export import Export, clean, clean_line
from dashboard.language.messages import ENGLISH, is_language

NAMESPACE = "urn:dashboard:word:1"
PROPERTIES = f"""<ds:datastoreItem ds:itemID="{{5D0A2C7E-6B1F-4E43-9C58-1F6B0C2A9E11}}"
 xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">
 <ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>"""
"""The part beside ours, which gives it an id: programs drop a part without."""
MAX_NAME = 64
"""Characters of the name and the tag of a control, as Word counts them."""
CONTROL, RUN, ROW, CELL, PARAGRAPH = map(qn, ("w:sdt", "w:r", "w:tr", "w:tc", "w:p"))
NOTE_MARKS = ".//w:footnoteReference | .//w:footnoteRef"


@dataclass(frozen=True)
class Stored:
    """What we wrote under a tag: the key of the passage, the sum of its text, the list or table in
    which it stands, and the numbers that it says.
    """

    key: str
    digest: str
    within: str = ""
    values: Sequence[ShownValue] = ()


def write_stored(document: Any, shown: Export, passages: Mapping[str, Stored]) -> None:
    """Store what a document shows: the link of its view, of which version and in which language, and
    its passages by tag; in place of what it stored before.
    """
    root = etree.Element(f"{{{NAMESPACE}}}document", nsmap={None: NAMESPACE})
    origin = {"version": shown.version, "language": shown.view.language}
    root.attrib.update({"link": clean(shown.path), **origin})
    for tag, one in passages.items():
        said = {"key": one.key, "digest": one.digest, "within": one.within}
        values = write_values(one.values)
        etree.SubElement(root, f"{{{NAMESPACE}}}passage", tag=tag, **said, values=values)
    part = _find_part(document) or _add_part(document)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(frozen=True)
class Origin:
    """Of which view a document is, and in which language it was made; no link where it is none of
    ours.
    """

    link: str
    language: str


def read_stored(document: Any) -> tuple[Origin, dict[str, Stored]]:
    """Read what a document stores: its view, and its passages; none where it stores none of ours."""
    part, found = _find_part(document), dict[str, Stored]()
    root: Any = {} if part is None else parse_xml(part.blob)
    for one in root:
        key, digest, within = (one.get(name, "") for name in ("key", "digest", "within"))
        values = read_values(one.get("values", ""))
        found[one.get("tag", "")] = Stored(key, digest, within, values)
    language = root.get("language", ENGLISH)
    return Origin(root.get("link", ""), language if is_language(language) else ENGLISH), found


def _find_part(document: Any) -> Any:
    parts = (one.target_part for one in _list_relations(document, RT.CUSTOM_XML))
    return next((part for part in parts if NAMESPACE.encode() in part.blob), None)


def _add_part(document: Any) -> Any:
    package = document.part.package
    part = Part(package.next_partname("/customXml/item%d.xml"), CT.XML, b"", package)
    document.part.relate_to(part, RT.CUSTOM_XML)
    name = PackURI(part.partname.replace("/item", "/itemProps"))
    beside = Part(name, CT.OFC_CUSTOM_XML_PROPERTIES, PROPERTIES.encode(), package)
    part.relate_to(beside, RT.CUSTOM_XML_PROPS)
    return part


def _list_relations(document: Any, *kinds: str) -> list[Any]:
    relations = document.part.rels.values()
    return [one for one in relations if one.reltype in kinds and not one.is_external]


def make_control(tag: str, name: str) -> Any:
    """Make an empty control. Its number follows from its tag: each has another one."""
    control: Any = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias/><w:tag/><w:id/></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    shown = clean_line(name).encode("utf-16-le")[: 2 * MAX_NAME].decode("utf-16-le", "ignore")
    for about, value in zip(control[0], (shown, tag, str(int(tag[-8:], 16) >> 1)), strict=True):
        about.set(qn("w:val"), value)
    return control


@dataclass(frozen=True)
class Control:
    """A control of ours in a document, with the row of the table that it stands for, if it does."""

    element: Any
    tag: str
    row: Any = None

    @property
    def holders(self) -> list[Any]:
        """What holds its texts: the cells of its row, else itself."""
        return [self.element] if self.row is None else list(self.row.iter(CELL))

    @property
    def texts(self) -> list[str]:
        """The texts that it holds, one for each cell."""
        return [read_text(holder) for holder in self.holders]

    @property
    def whole(self) -> Any:
        """The row that it stands for, else the paragraph in which it stands."""
        return next(self.element.iterancestors(PARAGRAPH)) if self.row is None else self.row


def find_runs(holder: Any) -> list[Any]:
    """Find the runs of text in an element, without marks of footnotes."""
    return [run for run in holder.iter(RUN) if not run.xpath(NOTE_MARKS)]


def read_text(holder: Any) -> str:
    """Read the text of an element."""
    return "".join(run.text for run in find_runs(holder))


def find_controls(document: Any, stored: Mapping[str, Stored]) -> Iterator[Control]:
    """Find the controls of stored passages in a text, its feet and footnotes, in order."""
    for root in list_roots(document):
        for element in list(root.iter(CONTROL)):
            tag = next(iter(_select(element, "w:sdtPr/w:tag/@w:val")), "")
            if tag in stored:
                is_row = stored[tag].key.startswith("row:")
                row = next(element.iterancestors(ROW), None) if is_row else None
                yield Control(element, tag, row)


def _select(element: Any, path: str) -> list[Any]:
    """Select within an element of which python-docx knows nothing."""
    return list(etree.XPath(path, namespaces=nsmap)(element))


def list_roots(document: Any) -> list[Any]:
    """List what holds text: the body, the heads and feet, the footnotes."""
    others = _list_relations(document, RT.HEADER, RT.FOOTER, RT.FOOTNOTES)
    return [document.element.body, *(one.target_part.element for one in others)]


def add_footnote(document: Any, content: Any) -> Any:
    """Add a footnote with some content; returns the run that marks it in the text."""
    notes = document.part.part_related_by(RT.FOOTNOTES).element
    number = str(max([0, *(int(note.get(qn("w:id"))) for note in notes)]) + 1)
    note, paragraph = OxmlElement("w:footnote", {qn("w:id"): number}), OxmlElement("w:p")
    paragraph.style = document.styles["footnote text"].style_id
    paragraph.append(_mark(document, OxmlElement("w:footnoteRef")))
    paragraph.add_r().text = " "
    paragraph.append(content)
    note.append(paragraph)
    notes.append(note)
    return _mark(document, OxmlElement("w:footnoteReference", {qn("w:id"): number}))


def _mark(document: Any, element: Any) -> Any:
    run: Any = OxmlElement("w:r")
    run.style = document.styles["footnote reference"].style_id
    run.append(element)
    return run


def remove_footnotes(document: Any, gone: Any) -> None:
    """Remove the footnotes that are marked in a text which goes."""
    notes = document.part.part_related_by(RT.FOOTNOTES).element
    for number in _select(gone, ".//w:footnoteReference/@w:id"):
        for note in _select(notes, f"w:footnote[@w:id='{int(number)}']"):
            notes.remove(note)
