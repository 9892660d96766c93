"""Slides as people see them: drawn by LibreOffice, and read from the pages that come out."""

import io
import shutil
import subprocess

import pptx
import pytest
from pptx.util import Inches

from dashboard.export.deck import build_deck
from dashboard.export.refresh_deck import refresh
from tests.export.taken import hostile, shown_of, slides
from tests.export.test_deck import is_clean
from tests.export.test_refresh import asking
from tests.export.test_stored_numbers import stored_of

MISSING = "LibreOffice or poppler is missing: apt-get install libreoffice-impress poppler-utils"
PAGES = ("/", "/events", "/map", "/trainings", "/projects", "/people", "/review")


def run(*command: str) -> bytes:
    if not shutil.which(command[0]):
        pytest.fail(MISSING)
    return subprocess.run(command, capture_output=True, check=True, timeout=300).stdout


def converted(data: bytes, folder, kind: str):
    """The slides as LibreOffice saves them."""
    source, target = folder / "slides.pptx", folder / "made"
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run(
        "soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(target), str(source)
    )
    return target / f"slides.{kind}"


def pages_of(data: bytes, folder) -> list[str]:
    """The text of each page, its lines joined."""
    text = run("pdftotext", "-layout", str(converted(data, folder, "pdf")), "-").decode()
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_drawn_with_its_numbers_and_its_footer(real_store, tmp_path, page):
    shown = shown_of(real_store, f"{page}?year=2025")
    data = build_deck([shown])
    drawn = pages_of(data, tmp_path)
    assert len(drawn) == len(slides(data))
    words = drawn[0].split()  # what is set in two lines stands apart in the text of a paper
    for number in shown.numbers:
        assert set(f"{number.metric.label} {number.short}".split()) <= set(words)
    for text in drawn:
        assert "as of 15 January 2026" in text
        assert shown.version in text
        assert shown.short in text
    bars = [picture.chart.bars for picture in shown.content.pictures if picture.chart.bars]
    everything = " ".join(drawn)
    for told in bars:
        assert all(category.split()[0] in everything for category in told.categories)


@pytest.mark.long
def test_every_page_is_a_picture_that_is_not_empty(real_store, tmp_path):
    made = converted(build_deck([shown_of(real_store, "/trainings?year=2025")]), tmp_path, "pdf")
    run("pdftoppm", "-r", "40", "-png", str(made), str(tmp_path / "page"))
    pictures = sorted(tmp_path.glob("page*.png"))
    assert pictures
    assert all(picture.stat().st_size > 3000 for picture in pictures)


@pytest.mark.long
def test_slides_that_libreoffice_saved_are_still_known_and_refreshed(real_store, tmp_path):
    data = build_deck([shown_of(real_store, f"{page}?year=2025") for page in PAGES])
    saved = converted(data, tmp_path, "pptx").read_bytes()
    result = refresh(saved, asking(real_store))
    assert (list(result.changed), list(result.left)) == ([], [])
    assert stored_without_titles(saved) == stored_without_titles(data)
    made = pptx.Presentation(io.BytesIO(saved))
    made.slides[0].shapes.title.text_frame.paragraphs[0].runs[0].font.size = Inches(0.3)
    file = io.BytesIO()
    made.save(file)
    assert refresh(file.getvalue(), asking(real_store)).changed == []


def stored_without_titles(data: bytes) -> list:
    """The numbers that shapes store; the names of titles are lost, which the footers know."""
    return [marker for marker in stored_of(data) if marker.kind != "title"]


@pytest.mark.long
@pytest.mark.parametrize("text", ["a" * 5000, "word " * 1200, "שלום עולם " * 100])
def test_long_texts_stand_on_their_slides(real_store, tmp_path, text):
    data = build_deck([shown_of(real_store, "/trainings?year=2025", hostile(text))])
    is_clean(data)
    drawn = pages_of(data, tmp_path)
    assert len(drawn) == len(slides(data))
    assert all("as of 15 January 2026" in page for page in drawn)
