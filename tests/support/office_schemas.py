"""Office files checked as strictly as PowerPoint and Word open them: against the schemas of ECMA-376
(openxml-audit, a port of the validation in Microsoft's Open XML SDK), and what no schema says.
"""

import io
import posixpath
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

OFFICE = "http://schemas.openxmlformats.org/"
A, C, P = (
    f"{{{OFFICE}{name}}}"
    for name in ("drawingml/2006/main", "drawingml/2006/chart", "presentationml/2006/main")
)
TYPES, RELATIONS = (
    f"{{{OFFICE}package/2006/content-types}}",
    f"{{{OFFICE}package/2006/relationships}}",
)
SIZES = range(100, 400_001)
"""What a size of letters may be, in hundredths of a point."""
FIRST_MASTER = 2**31
"""The ids of masters and layouts begin here; PowerPoint repairs others."""
UNTYPED = {"application/xml", "application/octet-stream", "text/xml"}
"""Types that say nothing; a part of ours has one that says what it is."""
NAMES_OF_SUFFIX = {"ppt/": ".pptx", "word/": ".docx", "xl/": ".xlsx"}
Parts = dict[str, bytes]


def find_faults(data: bytes) -> list[str]:
    """Find what is wrong in a .pptx, .docx or .xlsx and in the workbooks of its charts, each with
    the part that it is in; an empty list where nothing is.
    """
    parts, faults = _read_parts(data)
    faults += _ask_schemas(data, _find_suffix(parts))
    faults += [*_check_types(parts), *_check_relations(parts)]
    for name, root in _parse_parts(parts):
        faults += [f"{name}: {fault}" for fault in _check_part(root)]
    faults += _check_masters(parts)
    for name in parts:
        if name.endswith(".xlsx"):
            faults += [f"{name}: {fault}" for fault in find_faults(parts[name])]
    return faults


def _read_parts(data: bytes) -> tuple[Parts, list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = Counter(archive.namelist())
        parts = {name: archive.read(name) for name in names}
    return parts, [f"{name}: stands {count} times" for name, count in names.items() if count > 1]


def _find_suffix(parts: Parts) -> str:
    starts = {name.partition("/")[0] + "/" for name in parts}
    return next(suffix for start, suffix in NAMES_OF_SUFFIX.items() if start in starts)


@cache
def _load_schemas() -> OpenXmlValidator:
    return OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=1000)


def _ask_schemas(data: bytes, suffix: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"file{suffix}"
        file.write_bytes(data)
        return [str(error) for error in _load_schemas().validate(file).errors]


def _parse_parts(parts: Parts) -> Iterator[tuple[str, etree._Element]]:
    """Parse the parts that are XML; what cannot be parsed the schemas have said."""
    for name, content in parts.items():
        if name.endswith(".xml"):
            root = etree.fromstring(content, etree.XMLParser(recover=True))
            if root is not None:
                yield name, root


def _check_types(parts: Parts) -> Iterator[str]:
    """Check that each part says what it is, and nothing is said of parts that are not there."""
    root = etree.fromstring(parts["[Content_Types].xml"])
    by_end = {
        one.get("Extension").lower(): one.get("ContentType") for one in root.iter(f"{TYPES}Default")
    }
    by_name = {
        one.get("PartName").lstrip("/"): one.get("ContentType")
        for one in root.iter(f"{TYPES}Override")
    }
    yield from (f"{name}: a content type, and no part" for name in by_name.keys() - parts.keys())
    for name in parts.keys() - {"[Content_Types].xml"}:
        kind = by_name.get(name, by_end.get(name.rpartition(".")[2].lower()))
        untyped = kind in UNTYPED and not name.startswith("customXml/")  # data is plain XML
        if kind is None or (untyped and name.endswith(".xml")):
            yield f"{name}: no content type of its own"


def _check_relations(parts: Parts) -> Iterator[str]:
    """Check that no part is there that no other refers to, and none is referred to in vain."""
    reached = set()
    for name in [name for name in parts if name.endswith(".rels")]:
        folder = posixpath.dirname(posixpath.dirname(name))
        for one in etree.fromstring(parts[name]).iter(f"{RELATIONS}Relationship"):
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target"))).lstrip(
                    "/"
                )
                reached.add(target)
                if target not in parts:
                    yield f"{name}: {one.get('Id')} refers to {target}, which is not there"
    owned = {name for name in parts if name.endswith(".rels") or name == "[Content_Types].xml"}
    yield from (f"{name}: no part refers to it" for name in parts.keys() - reached - owned)


def _check_part(root: etree._Element) -> Iterator[str]:
    ids = Counter(shape.get("id") for shape in root.iter(f"{P}cNvPr"))
    yield from (f"{count} shapes have the id {one}" for one, count in ids.items() if count > 1)
    for table in root.iter(f"{A}tbl"):
        yield from _check_table(table)
    for area in root.iter(f"{C}plotArea"):
        yield from _check_axes(area)
    for size in root.iter(f"{A}ext"):
        if size.get("cx") and min(int(size.get("cx")), int(size.get("cy"))) < 0:
            yield f"a shape of {size.get('cx')} × {size.get('cy')} EMU"
    for letters in root.iter(f"{A}rPr", f"{A}defRPr", f"{A}endParaRPr"):
        if (size := letters.get("sz", "1800")).isdigit() and int(size) not in SIZES:
            yield f"letters of {size} hundredths of a point"


def _check_table(table: etree._Element) -> Iterator[str]:
    columns = len(table.findall(f"{A}tblGrid/{A}gridCol"))
    for number, row in enumerate(table.findall(f"{A}tr"), 1):
        if (cells := len(row.findall(f"{A}tc"))) != columns:
            yield f"row {number} of a table has {cells} cells for {columns} columns"


def _check_axes(area: etree._Element) -> Iterator[str]:
    """Check that a plot has the axes that it names, and these cross one that is there."""
    axes = [axis.find(f"{C}axId") for axis in area if axis.find(f"{C}crossAx") is not None]
    there = Counter(one.get("val") for one in axes)
    asked = {one.get("val") for one in area.iter(f"{C}axId", f"{C}crossAx")}
    yield from (f"a chart asks for axis {one}, which is not there" for one in asked - there.keys())
    yield from (f"axis {one} stands {count} times" for one, count in there.items() if count > 1)


def _check_masters(parts: Parts) -> list[str]:
    """Check that masters and layouts have ids of their own, in the whole file."""
    found = Counter(
        one.get("id")
        for _, root in _parse_parts(parts)
        for one in root.iter(f"{P}sldMasterId", f"{P}sldLayoutId")
    )
    twice = [
        f"id {one} of a master or layout stands {count} times"
        for one, count in found.items()
        if count > 1
    ]
    return twice + [
        f"id {one} of a master or layout is too small"
        for one in found
        if one and int(one) < FIRST_MASTER
    ]
