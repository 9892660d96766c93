"""Write src/dashboard/export/pptx/deck.potx: the template of our slides. A plain Office theme with our
colours and Arial, and four layouts whose places are known by their type: the opening, a finding with
numbers, with a chart, and with a table. Run it after a change here; the file is kept with the code.
"""

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

from dashboard.export.zip_times import fix_times

TARGET = Path(__file__).parents[1] / "src/dashboard/export/pptx/deck.potx"
COLOURS = {
    "dk1": "1B1A17", "lt1": "FFFFFF", "dk2": "645F56", "lt2": "F5F2EC", "accent1": "24506F",
    "accent2": "1F5FA8", "accent3": "B35A00", "accent4": "1D7A5F", "accent5": "7D766A",
    "accent6": "D8D3C9", "hlink": "24506F", "folHlink": "24506F",
}  # fmt: skip
LEFT, WIDE = 0.667, 12.0
TITLE, BODY = (LEFT, 0.42, WIDE, 0.96), (LEFT, 1.58, WIDE, 5.27)
FOOTER, NUMBER = (LEFT, 6.93, WIDE - 0.7, 0.26), (LEFT + WIDE - 0.6, 6.93, 0.6, 0.26)
"""Left, top, width and height in inches."""
PLACES = {
    "title": ("Title", 'type="title"', TITLE, 2800, 't"', ""),
    "ctrTitle": ("Title", 'type="ctrTitle"', (LEFT, 1.9, WIDE, 1.4), 4400, 'b"', ""),
    "subTitle": ("Text", 'type="subTitle" idx="1"', (LEFT, 3.5, WIDE, 2.9), 2000, 't"', ""),
    "body": ("Text", 'type="body" idx="1"', BODY, 1800, 't"', ""),
    "chart": ("Chart", 'type="chart" idx="1"', BODY, 1400, 't"', ""),
    "tbl": ("Table", 'type="tbl" idx="1"', BODY, 1400, 't"', ""),
    "ftr": ("Footer", 'type="ftr" sz="quarter" idx="11"', FOOTER, 1200, 'b"', ""),
    "sldNum": ("Slide number", 'type="sldNum" sz="quarter" idx="12"', NUMBER, 1200, 'b"', 'algn="r"'),
}  # fmt: skip
"""Of a kind of place: its name, how it is known, where it stands, size of letters in hundredths of a
point, anchor, alignment.
"""
LAYOUTS = {
    "Opening": ("title", ("ctrTitle", "subTitle")),
    "Finding with numbers": ("obj", ("title", "body")),
    "Finding with chart": ("chart", ("title", "chart")),
    "Finding with table": ("tbl", ("title", "tbl")),
}


def write_place(kind: str, number: int) -> Any:
    """Write a place of a layout or of the master."""
    name, known, (left, top, wide, tall), size, anchor, aligned = PLACES[kind]
    quiet = '<a:solidFill><a:schemeClr val="tx2"/></a:solidFill>' if number > 3 else ""
    field = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-GB"/>'
    )
    text = f"{field}<a:t>‹#›</a:t></a:fld>" if kind == "sldNum" else f"<a:r><a:t>{name}</a:t></a:r>"
    fit = "<a:normAutofit/>" if kind not in ("chart", "tbl") else ""
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number + 1}" name="{name} {number}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {known}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{Inches(left)}" y="{Inches(top)}"/><a:ext cx="{Inches(wide)}"'
        f' cy="{Inches(tall)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}>{fit}</a:bodyPr>'
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0" {aligned}><a:buNone/><a:defRPr sz="{size}">'
        f"{quiet}</a:defRPr></a:lvl1pPr></a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def fill(tree: Any, kinds: tuple[str, ...]) -> None:
    """Put places into an emptied layout or master."""
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for number, kind in enumerate(kinds, start=1):
        tree.append(write_place(kind, number if kind not in ("ftr", "sldNum") else number + 3))


def style_theme(master: Any) -> None:
    """Set colours and fonts of the theme."""
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode()
    for name, colour in COLOURS.items():
        value = rf'\g<1><a:srgbClr val="{colour}"/>\g<2>'
        text = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", value, text, flags=re.DOTALL)
    text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', r"\g<1>Arial", text)
    theme._blob = text.encode()


def make_template() -> Any:
    """Make the template of the library's plain one."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    kept = list(deck.slide_layouts)[: len(LAYOUTS)]
    for layout in list(deck.slide_layouts)[len(LAYOUTS) :]:
        deck.slide_layouts.remove(layout)
    for layout, (name, (kind, places)) in zip(kept, LAYOUTS.items(), strict=True):
        layout.name = name
        layout._element.set("type", kind)
        fill(layout.shapes._spTree, (*places, "ftr", "sldNum"))
    master = deck.slide_master
    fill(master.shapes._spTree, ("title", "body", "ftr", "sldNum"))
    for style in master._element.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}lvl1pPr"
    ):
        style.set("algn", style.get("algn") if style.get("algn") == "r" else "l")
    style_theme(master)
    deck.core_properties.author = deck.core_properties.title = ""
    deck.part.package._rels.pop(
        next(k for k, r in deck.part.package._rels.items() if r.reltype.endswith("/thumbnail"))
    )
    return deck


def main() -> None:
    made, potx = io.BytesIO(), io.BytesIO()
    make_template().save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(potx, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "[Content_Types].xml":
                content = content.replace(b"presentation.main+xml", b"template.main+xml")
            new.writestr(entry, content)
    TARGET.write_bytes(fix_times(potx.getvalue(), datetime(2026, 1, 1, tzinfo=UTC)))


if __name__ == "__main__":
    main()
