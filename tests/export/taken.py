"""What tests of slides and workbooks share: views of small records, hostile ones, and readers that
are not ours.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

from dashboard.charts import Bars, Chart
from dashboard.export.view_export import Export, link_to
from dashboard.model.quantity import Quantity
from dashboard.model.roles import Role
from dashboard.model.settings import Settings
from dashboard.views.content import Content, Line, Picture, Section, Sheet, Tile
from dashboard.views.content.pages import make_content
from dashboard.views.view import View, open_view

SETTINGS = Settings(
    "Data Science Center in Health",
    "DASH",
    "UMCG",
    public_url="https://dash.example.org",
    colours={"research": ("#1f5fa8", "#6ea8e6")},
)
TODAY = date(2026, 1, 20)
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def view_of(store, link: str, **settings) -> View:
    """The view of a link."""
    return open_view(store, replace(SETTINGS, **settings), link, TODAY, role=Role.VIEWER)


def shown_of(
    store,
    link: str,
    content: Content | None = None,
    short: str = "https://dash.example.org/s/abcd2345",
) -> Export:
    """A view to take along."""
    view = view_of(store, link)
    return Export(view, content or make_content(view), SETTINGS.public_url + link_to(view), short)


def bars(*values) -> Bars:
    """Bars of two series."""
    names = [f"Bar {i}" for i in range(len(values))]
    return Bars(
        names,
        [("One", list(values), "#24506f"), ("Two", [2] * len(values), "#b3cfe2")],
    )


def chart(sentence="Bars say something", told=None, rows=()) -> Chart:
    return Chart({}, rows, sentence, 300, [], told)


HOSTILE = (
    "=1+1",
    "<script>alert(1)</script>",
    "@SUM(A1)",
    "+1",
    "bad\x00\x07\x1b\ufffetext",
    "a" * 5000,
    "word " * 1200,
    "שלום עולם",
    "مرحبا",
    "line\nbreak\r\ntab\there",
    "https://evil.example/?a=1&b=2",
    "{=cmd|'/c'!A1}",
    "😀" * 40,
)


def hostile(text: str) -> Content:
    """A page on which every text is hostile."""
    rows = [
        {
            text[:200] or "x": text,
            "Number": 3,
            "Sum": Quantity(Decimal("1234.5"), about=1),
            "Day": date(2025, 4, 2),
        }
    ] * 3
    told = Bars([text, "Other"], [(text, [1, None], "#24506f"), ("Rest", [None, None], text)])
    return Content(
        text,
        ((text, True), (" and ", False), (text, False)),
        (
            Tile("events_held", text, Quantity(3, exact=3), text, text),
            Tile("training_participants", text, Quantity(None, unknown=2), text),
        ),
        (
            Picture("by-month", chart(text, told, rows), text),
            Picture("rows", chart(text, None, rows)),
        ),
        (Sheet("events", text, rows),),
        (
            Section(text, [Line(text, text, when=text, place=text)] * 5, text, key="list"),
            Section(text, [Line(text)] * 9, key="more"),
        ),
        slides=("by-month", "rows", "list", "more"),
    )


def parts(data: bytes, start: str) -> dict[str, ET.Element]:
    """The XML parts of an office file by name, read by the standard library."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [
            name for name in archive.namelist() if name.startswith(start) and name.endswith(".xml")
        ]
        found = {name: ET.fromstring(archive.read(name)) for name in names}
    return dict(
        sorted(
            found.items(),
            key=lambda pair: int("".join(filter(str.isdigit, pair[0].split("/")[-1])) or 0),
        )
    )


def slides(data: bytes) -> list[ET.Element]:
    return list(parts(data, "ppt/slides/slide").values())


def text_of(element: ET.Element) -> str:
    """The paragraphs of an element, a line each."""
    return "\n".join("".join(t.text or "" for t in p.iter(f"{A}t")) for p in element.iter(f"{A}p"))


def shapes(slide: ET.Element) -> Iterator[tuple[str, str, ET.Element]]:
    """Name, alternative text and element of every shape of a slide, those in groups too."""
    for tag in ("sp", "pic", "graphicFrame", "cxnSp"):
        for shape in slide.iter(f"{P}{tag}"):
            named = next(shape.iter(f"{P}cNvPr"))
            yield named.get("name", ""), named.get("descr", ""), shape


def cells(slide: ET.Element) -> list[list[list[str]]]:
    """The tables of a slide as texts."""
    return [
        [[text_of(cell) for cell in row.iter(f"{A}tc")] for row in table.iter(f"{A}tr")]
        for table in slide.iter(f"{A}tbl")
    ]


def walk(shapes) -> Iterator:
    """Every shape of python-pptx that is no group, those in groups too."""
    for shape in shapes:
        yield from walk(shape.shapes) if hasattr(shape, "shapes") else (shape,)
