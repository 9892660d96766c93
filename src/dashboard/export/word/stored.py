"""What a document stores of its passages as data, in a part of its own (custom XML): the tag of a
content control holds 64 characters, too few for a metric, its value and the text's digest. Programs
keep such a part when the document is edited and saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from lxml import etree

from dashboard.export.shown_values import ShownValue
from dashboard.model.quantity import Kind

NAMESPACE = "urn:dashboard:word:1"
DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
STORE_ID = "{5D0A2C7E-6B1F-4E43-9C58-1F6B0C2A9E11}"
"""The id by which programs tell this part from other custom XML: the same in every document."""


@dataclass(frozen=True)
class StoredPassage:
    """What we wrote under a tag: the key of the passage, the list or table it stands in, the digest
    of its text, and the numbers that it says.
    """

    key: str
    digest: str
    within: str = ""
    values: tuple[ShownValue, ...] = ()


@dataclass(frozen=True)
class StoredDocument:
    """What a document shows: the link of its view, of which version and in which language, and its
    passages by tag.
    """

    link: str
    version: str
    language: str
    passages: Mapping[str, StoredPassage]


def write_stored(package_part: Any, stored: StoredDocument) -> None:
    """Store what a document shows, in place of what it stored before."""
    blob = etree.tostring(_to_xml(stored), xml_declaration=True, encoding="UTF-8", standalone=True)
    known = _find_part(package_part)
    if known is not None:
        known._blob = blob
        return
    package = package_part.package
    part = Part(package.next_partname("/customXml/item%d.xml"), CT.XML, blob, package)
    package_part.relate_to(part, RT.CUSTOM_XML)
    name = PackURI(part.partname.replace("/item", "/itemProps"))
    properties = Part(name, CT.OFC_CUSTOM_XML_PROPERTIES, _write_properties(), package)
    part.relate_to(properties, RT.CUSTOM_XML_PROPS)


def read_stored(package_part: Any) -> StoredDocument | None:
    """Read what a document stores; None where it stores nothing of ours."""
    part = _find_part(package_part)
    if part is None:
        return None
    root = parse_xml(part.blob)
    passages = {one.get("tag", ""): _read_passage(one) for one in root}
    return StoredDocument(
        root.get("link", ""), root.get("version", ""), root.get("language", ""), passages
    )


def _find_part(package_part: Any) -> Any:
    for relation in package_part.rels.values():
        if relation.reltype == RT.CUSTOM_XML and not relation.is_external:
            part = relation.target_part
            if NAMESPACE.encode() in part.blob:
                return part
    return None


def _to_xml(stored: StoredDocument) -> Any:
    root = etree.Element(f"{{{NAMESPACE}}}document", nsmap={None: NAMESPACE})
    for name in ("link", "version", "language"):
        root.set(name, getattr(stored, name))
    for tag, one in stored.passages.items():
        passage = etree.SubElement(root, f"{{{NAMESPACE}}}passage", tag=tag, key=one.key)
        passage.set("digest", one.digest)
        if one.within:
            passage.set("within", one.within)
        _add_values(passage, one.values)
    return root


def _add_values(passage: Any, values: Iterable[ShownValue]) -> None:
    for value in values:
        said = etree.SubElement(passage, f"{{{NAMESPACE}}}value", kind=value.kind.value)
        if value.value is not None:
            said.set("value", f"{value.value:f}")
        if value.metric:
            said.set("metric", value.metric)


def _read_passage(found: Any) -> StoredPassage:
    values = tuple(value for one in found if (value := _read_value(one)))
    return StoredPassage(
        found.get("key", ""), found.get("digest", ""), found.get("within", ""), values
    )


def _read_value(found: Any) -> ShownValue | None:
    """Read a number; None for one that somebody damaged."""
    try:
        number = Decimal(found.get("value")) if found.get("value") else None
        return ShownValue(number, Kind(found.get("kind", "")), found.get("metric", ""))
    except (InvalidOperation, ValueError):
        return None


def _write_properties() -> bytes:
    """Write the part beside it, which gives it an id and names its namespace."""
    root = etree.Element(f"{{{DATASTORE}}}datastoreItem", nsmap={"ds": DATASTORE})
    root.set(f"{{{DATASTORE}}}itemID", STORE_ID)
    schemas = etree.SubElement(root, f"{{{DATASTORE}}}schemaRefs")
    etree.SubElement(schemas, f"{{{DATASTORE}}}schemaRef").set(f"{{{DATASTORE}}}uri", NAMESPACE)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
