"""Cut a font down to what is used of it.

It needs fontTools, which the dashboard does not: other scripts run it with `run_subset`, which lets pip
bring the pinned release into a folder that goes again.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

FONTTOOLS = Path(__file__).resolve().parents[1] / "requirements-fonts.txt"
FEATURES = ("calt", "ccmp", "kern", "locl", "mark", "mkmk", "tnum")
"""What the letters of a page ask of their font; `tnum` are the digits of tables."""


def run_subset(font: bytes, wanted: dict[str, Any]) -> bytes:
    """Return the part of a font that is wanted, as WOFF2: `characters` (code points), on which axes
    (`axes`: a value, or the least and the most); or `icons`, which are ligatures, by their names.
    """
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        source.write_bytes(font)
        subprocess.run(
            [sys.executable, __file__, source, target],
            env=os.environ | {"PYTHONPATH": str(install_fonttools(Path(folder, "packages")))},
            input=json.dumps(wanted),
            text=True,
            check=True,
            capture_output=True,
        )
        return target.read_bytes()


def install_fonttools(folder: Path) -> Path:
    """Let pip install fontTools into a folder; return it."""
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    pinned = ("--require-hashes", "--only-binary", ":all:", "--requirement", FONTTOOLS)
    tries = ("--retries", "1")
    subprocess.run(
        [*pip, *tries, *pinned, "--target", folder],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return folder


def subset_letters(font: Any, characters: list[int], axes: dict[str, Any]) -> Any:
    """Keep the characters that the font has of these, and of its axes what is given."""
    from fontTools import subset  # noqa: PLC0415 - not in the dashboard's environment
    from fontTools.varLib import instancer  # noqa: PLC0415

    options = subset.Options(layout_features=list(FEATURES))
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    limits = {axis: tuple(at) if isinstance(at, list) else at for axis, at in axes.items()}
    return instancer.instantiateVariableFont(font, limits)


def subset_icons(font: Any, icons: list[str]) -> Any:
    """Keep the icons of these names that the font has, and no ligature of any other."""
    from fontTools import subset  # noqa: PLC0415

    glyphs = find_icons(font)
    options = subset.Options(layout_features=["*"], layout_closure=False, hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(
        text="".join(icons), glyphs=[glyphs[icon] for icon in icons if icon in glyphs]
    )
    subsetter.subset(font)
    return font


def find_icons(font: Any) -> dict[str, str]:
    """Find the glyph of every name that is set as an icon: the letters of the name are a ligature."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            ligatures = getattr(table, "ExtSubTable", table).ligatures
            for first, rest in ligatures.items():
                for one in rest:
                    name = "".join(letters[glyph] for glyph in (first, *one.Component))
                    found[name] = one.LigGlyph
    return found


def main() -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    source, target = sys.argv[1:]
    wanted = json.load(sys.stdin)
    # the file says nothing of when it was made: a second run changes nothing
    font = TTFont(source, recalcTimestamp=False)
    make = subset_icons if "icons" in wanted else subset_letters
    font = make(font, **wanted)
    font.flavor = "woff2"
    font.save(target)


if __name__ == "__main__":
    main()
