"""Write how wide each letter of the interface font is, so that charts can place labels without a
browser: `python scripts/write_letter_widths.py`, after `scripts/fetch_static.py` brought another font.

It needs fonttools and brotli, which the product does not: install them in an environment of their
own (`python -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools brotli`).
"""

import json
from collections import defaultdict
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1] / "src" / "dashboard"
FONTS = ROOT / "ui" / "static" / "fonts"
TABLE = ROOT / "charts" / "letter_widths.json"
WEIGHTS = (400, 700)
UNITS = 1000  # an em, in the table


def measure_letters(font: Path, weight: int) -> dict[str, int]:
    """Measure the advance of every letter of a variable font at one weight, in thousandths of an em."""
    fixed = instantiateVariableFont(TTFont(BytesIO(font.read_bytes())), {"wght": weight})
    per_em, advances = fixed["head"].unitsPerEm, fixed["hmtx"].metrics
    return {
        chr(code): round(advances[glyph][0] * UNITS / per_em)
        for code, glyph in fixed.getBestCmap().items()
    }


def group_widths(letters: dict[str, int]) -> dict[str, str]:
    """Group letters by their width, which is the shortest way to write them down."""
    groups: dict[int, list[str]] = defaultdict(list)
    for letter, width in letters.items():
        groups[width].append(letter)
    return {str(width): "".join(sorted(groups[width])) for width in sorted(groups)}


def main() -> None:
    """Write the table of the weights that charts use."""
    table = {}
    for weight in WEIGHTS:
        letters: dict[str, int] = {}
        for subset in ("latin-ext", "latin"):
            letters |= measure_letters(FONTS / f"inter-{subset}.woff2", weight)
        table[str(weight)] = group_widths(letters)
    TABLE.write_text(json.dumps(table, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
