"""Slides as LibreOffice draws them: its pages with every word, where it stands and how large it is.
Lengths are points from the upper left corner.
"""

import ctypes
import io
import math
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

PICTURES = "DASHBOARD_SLIDE_PICTURES"
"""Variable of the environment: a folder for pictures of all slides, so that a person can look."""
MISSING = "LibreOffice is missing: apt-get install libreoffice-impress fonts-crosextra-carlito"
SAME_WIDTHS = {
    "Calibri": "Carlito",
    "Cambria": "Caladea",
    "Arial": "LiberationSans",
    "Times New Roman": "LiberationSerif",
}
"""Fonts of PowerPoint, and the free ones with the same widths of letters."""


class Rect(NamedTuple):
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    def beyond(self, outer: "Rect") -> float:
        """How far this stands out of another; 0 where it is inside."""
        out = (outer.left - self.left, outer.top - self.top)
        return max(0.0, *out, self.right - outer.right, self.bottom - outer.bottom)

    def overlap(self, other: "Rect") -> float:
        """How far one must be moved at least to free both; 0 where they do not meet."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, min(across, down))

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


def surround(boxes: Sequence[Rect]) -> Rect:
    """The smallest rectangle around others."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return Rect(min(left), min(top), max(right), max(bottom))


@dataclass(frozen=True)
class Letter:
    """A letter that is drawn: the box of its ink, its size in points, the word of the page that it
    belongs to, and whether its line is level.
    """

    text: str
    box: Rect
    size: float
    word: int
    level: bool


@dataclass(frozen=True)
class Page:
    """A page: its number, its own rectangle, its letters in the order in which they are drawn, its
    fonts.
    """

    number: int
    box: Rect
    letters: tuple[Letter, ...]
    fonts: frozenset[str]


def draw_decks(decks: Mapping[str, bytes], folder: Path) -> dict[str, list[Page]]:
    """Draw decks by their names, and keep pictures of them where somebody wants to look."""
    files = [folder / f"{name}.pptx" for name in decks]
    for file, data in zip(files, decks.values(), strict=True):
        file.write_bytes(stop_fitting(data))
    made = dict(zip(decks, convert_files(files), strict=True))
    if kept := os.environ.get(PICTURES):
        for pdf in made.values():
            save_pictures(pdf, Path(kept))
    return {name: read_pages(pdf) for name, pdf in made.items()}


def stop_fitting(data: bytes) -> bytes:
    """Make a deck whose texts are not fitted into their boxes: PowerPoint fits one only when somebody
    edits it, LibreOffice at once. A size that PowerPoint stored stays.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.endswith(".xml"):
                content = re.sub(rb"<a:normAutofit\s*/>", b"<a:noAutofit/>", content)
            new.writestr(item, content)
    return target.getvalue()


def convert_files(files: Sequence[Path], kind: str = "pdf") -> list[Path]:
    """Let LibreOffice save files of one folder as another kind, all in one go, into a folder beside
    them; a profile of its own keeps it from the one that a person uses.
    """
    if not shutil.which("soffice"):
        pytest.fail(MISSING)
    folder = files[0].parent
    profile, made = f"-env:UserInstallation=file://{folder}/profile", folder / "made"
    command = ("soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(made))
    subprocess.run([*command, *map(str, files)], capture_output=True, check=True, timeout=900)
    return [made / f"{file.stem}.{kind}" for file in files]


def read_pages(pdf: Path) -> list[Page]:
    """Read the pages of a .pdf."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_read_page(page, number) for number, page in enumerate(document, 1)]


def _read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    width, height = page.get_size()
    text, fonts = page.get_textpage(), set()
    letters = tuple(_read_letters(text, height, fonts))
    text.close()
    return Page(number, Rect(0, 0, width, height), letters, frozenset(fonts))


def _read_letters(text: pypdfium2.PdfTextPage, height: float, fonts: set[str]) -> Iterator[Letter]:
    word, before = 0, None
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        drawn = pdfium.FPDFText_IsGenerated(text, index) != 1
        if not drawn or character.isspace() or character in "\x00\xad":
            word += 1
            continue
        fonts.add(_read_font(text, index))
        left, bottom, right, top = text.get_charbox(index)
        box = Rect(left, height - top, right, height - bottom)
        size = pdfium.FPDFText_GetFontSize(text, index)
        if before and _is_apart(before, box, size):
            word += 1
        before = box
        angle = math.degrees(max(pdfium.FPDFText_GetCharAngle(text, index), 0)) % 90
        hyphen = "-" if character == "\x02" else character  # how PDFium says one at a line's end
        yield Letter(hyphen, box, size, word, min(angle, 90 - angle) < 1)


def _is_apart(before: Rect, box: Rect, size: float) -> bool:
    """Return whether two letters that follow each other are not of one word."""
    across = max(box.left - before.right, before.left - box.right)
    down = max(box.top - before.bottom, before.top - box.bottom)
    return max(across, down) > 0.6 * size


def _read_font(text: pypdfium2.PdfTextPage, index: int) -> str:
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetFontInfo(text, index, name, 200, None)
    return name.value.decode().rpartition("+")[2].partition("-")[0]


def save_pictures(pdf: Path, folder: Path) -> list[Path]:
    """Save each page as a picture of 960 pixels across."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            saved.append(folder / f"{pdf.stem}-{number:02}.png")
            page.render(scale=960 / page.get_width()).to_pil().save(saved[-1])
    return saved
