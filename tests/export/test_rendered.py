"""Slides as people see them: drawn by LibreOffice, and every word on the pages that come out."""

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pptx
import pytest
from pptx.util import Inches

from dashboard.demo import Size, make_demo
from dashboard.export.deck import build_deck
from dashboard.export.refresh_deck import refresh
from dashboard.export.view_export import Export
from dashboard.store import Store
from dashboard.views.content.pages import make_content
from tests.conftest import NOW
from tests.export.taken import hostile, shown_of
from tests.export.test_refresh import asking
from tests.export.test_stored_numbers import stored_of
from tests.support.drawn_pages import MISSING, convert_files, draw_decks
from tests.support.office_schemas import find_faults
from tests.support.rendered_slides import find_other_fonts, inspect_slides

pytestmark = pytest.mark.long
PAGES = {
    "overview": "/?",
    "events": "/events?",
    "map": "/map?",
    "trainings": "/trainings?",
    "projects": "/projects?",
    "people": "/people?",
    "review": "/review?",
    "compare": "/review?compare=2024&",
    "changes": "/changes?",
}
SELECTIONS = {
    "real": "year=2025",
    "person": "year=2025&speaker=job-doornberg",
    "empty": "year=2019",
    "few": "year=2025",
    "many": "year=2025",
}
MEETING = ("overview", "events", "map", "projects", "people", "review")


@pytest.fixture(scope="module")
def stores(real_store, tmp_path_factory) -> Mapping[str, Store]:
    """The records of each selection: those that ship, and demo data of 60 and 400 events."""
    found = dict.fromkeys(SELECTIONS, real_store)
    for name, size in (("few", Size(2, 60)), ("many", Size(2, 400))):
        found[name] = Store(tmp_path_factory.mktemp(name))
        make_demo(found[name], size, NOW)
    return found


def take_along(store: Store, link: str, *, dark: bool = False) -> Export:
    """A view to take along, as it is shown on a light or a dark screen."""
    shown = shown_of(store, link)
    view = replace(shown.view, dark=dark)
    return replace(shown, view=view, content=make_content(view))


def expect_no_faults(decks: Mapping[str, bytes], folder: Path) -> None:
    """Nothing is wrong with decks, as files and as they are drawn."""
    drawn, found = draw_decks(decks, folder), []
    for name, data in decks.items():
        if other := find_other_fonts(data, drawn[name]):
            pytest.fail(f"{MISSING}: {', '.join(other)} is drawn with letters of other widths")
        faults = find_faults(data) + inspect_slides(data, drawn[name])
        found += [f"{name}: {fault}" for fault in faults]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("selection", SELECTIONS)
def test_every_slide_of_every_page_stands_in_its_boxes(stores, tmp_path, selection, dark):
    filters, theme = SELECTIONS[selection], "dark" if dark else "light"
    decks = {
        f"{selection}-{theme}-{name}": build_deck(
            [take_along(stores[selection], page + filters, dark=dark)]
        )
        for name, page in PAGES.items()
    }
    expect_no_faults(decks, tmp_path)


@pytest.mark.parametrize("selection", ["real", "many"])
def test_every_slide_of_a_meeting_of_six_views_stands_in_its_boxes(stores, tmp_path, selection):
    filters = SELECTIONS[selection]
    shown = [take_along(stores[selection], PAGES[page] + filters) for page in MEETING]
    expect_no_faults({f"{selection}-meeting": build_deck(shown)}, tmp_path)


def test_long_texts_stand_in_their_boxes(real_store, tmp_path):
    texts = {"letters": "a" * 5000, "words": "word " * 1200, "hebrew": "שלום עולם " * 100}
    decks = {
        name: build_deck([shown_of(real_store, "/trainings?year=2025", hostile(text))])
        for name, text in texts.items()
    }
    expect_no_faults(decks, tmp_path)


def test_slides_that_libreoffice_saved_are_still_known_and_refreshed(real_store, tmp_path):
    data = build_deck([shown_of(real_store, f"{page}year=2025") for page in PAGES.values()])
    (tmp_path / "deck.pptx").write_bytes(data)
    (made,) = convert_files([tmp_path / "deck.pptx"], "pptx")
    saved = made.read_bytes()
    result = refresh(saved, asking(real_store))
    assert (list(result.changed), list(result.left)) == ([], [])
    assert stored_without_titles(saved) == stored_without_titles(data)
    edited = pptx.Presentation(io.BytesIO(saved))
    edited.slides[0].shapes.title.text_frame.paragraphs[0].runs[0].font.size = Inches(0.3)
    file = io.BytesIO()
    edited.save(file)
    assert refresh(file.getvalue(), asking(real_store)).changed == []


def stored_without_titles(data: bytes) -> list:
    """The numbers that shapes store; the names of titles are lost, which the footers know."""
    return [marker for marker in stored_of(data) if marker.kind != "title"]
