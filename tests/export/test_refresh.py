"""Refreshing slides: what changed in the records changes on the slides, what people did to them
stays.
"""

import io
import shutil
import zipfile
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

import pptx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboard.export import fresh_page
from dashboard.export.deck import build_deck
from dashboard.export.pptx.edit_text import read_paragraph, read_text
from dashboard.export.pptx.marked_slides import read_slides
from dashboard.export.pptx.markers import read_marker
from dashboard.export.pptx.transfer_chart import list_bars
from dashboard.export.pptx.transfer_drawing import read_words
from dashboard.export.refresh_deck import DeckError, refresh
from dashboard.export.refreshed import find_stale, make_outdated
from dashboard.export.shown_values import ShownValue
from dashboard.export.view_export import Export
from dashboard.store import Store
from dashboard.views.content import Line, Section
from dashboard.views.content.pages import make_content
from tests.conftest import ROOT, append_to, replace_in, served_already
from tests.export.taken import SETTINGS, of_former_release, shown_of, view_of

PAGES = ("/trainings", "/events", "/", "/projects", "/people", "/map", "/review")
RED = RGBColor(0xC0, 0, 0)


def asking(store):
    """What a link shows now."""

    def again(link: str) -> Export:
        view = view_of(store, link)
        return Export(view, make_content(view), SETTINGS.public_url + view.link())

    return again


def opened(data: bytes):
    return pptx.Presentation(io.BytesIO(data))


def saved(made) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def find(shapes, start: str):
    """The first shape whose marker begins so, in groups too."""
    for shape in shapes:
        if shape.name.startswith(start):
            return shape
        if hasattr(shape, "shapes") and (found := find(shape.shapes, start)):
            return found
    return None


def find_anywhere(made, start: str):
    """The first shape of a deck whose marker begins so."""
    return next(shape for slide in made.slides if (shape := find(slide.shapes, start)))


@pytest.fixture(scope="module")
def grown(tmp_path_factory) -> Store:
    """The records to check by hand, and a later version: a cohort of 400 became one of 450, another
    of 30 one of 35; there is a training, a planned congress was held; an event moved, one was added,
    one is not of 2025 any more.
    """
    root = tmp_path_factory.mktemp("grown")
    later = shutil.copytree(ROOT / "tests" / "data", root / "records")
    replace_in(later, "trainings", ",400,about", ",450,about")
    replace_in(later, "trainings", ",30,exact", ",35,exact")
    append_to(
        later,
        "trainings",
        "spring,Spring course,bachelor,medicine,course,Students,held,2025-03,,education,learning,20,exact,",
    )
    replace_in(later, "events", ",planned,", ",held,")
    replace_in(later, "events", ",2025-05-14,", ",2025-06-20,")
    replace_in(later, "events", "retreat,Retreat,,2025,", "retreat,Retreat,,2024,")
    append_to(
        later,
        "events",
        "forum,Forum on data,,2025-09-10,,held,onsite,symposium,research,ethics,zwolle,organised,,80,about,,",
    )
    store = Store(root / "store")
    served_already(store, ROOT / "tests" / "data", (later, "grown"))
    return store


def number_of(store, name: str, link: str = "/trainings?year=2025") -> str:
    """The value of a card today, as data writes it."""
    found = {number.metric.name: number for number in asking(store)(link).numbers}
    return found[name].value


@pytest.fixture(scope="module")
def taken(by_hand) -> bytes:
    """Every page of the records as they were."""
    return build_deck([shown_of(by_hand, f"{page}?year=2025") for page in PAGES])


@pytest.fixture(scope="module")
def renewed(taken, grown):
    return refresh(taken, asking(grown))


def tell(data: bytes) -> list[dict]:
    """All that slides of ours say: words, data of charts, cells, places of what is drawn, notes."""
    found = []
    for slide in read_slides(opened(data)):
        told = {one.place: tell_shape(one) for one in slide.marked}
        found.append(told | {"notes": list(map(read_paragraph, slide.notes))})
    return found


def tell_shape(one) -> tuple:
    shape = one.shape
    alt = shape._element._nvXxPr.cNvPr.get("descr", "")
    if getattr(shape, "has_chart", False):
        return alt, list(list_bars(shape.chart).items())
    if getattr(shape, "has_table", False):
        return [[read_text(cell.text_frame) for cell in row.cells] for row in shape.table.rows]
    place = (shape.left, shape.top, shape.width, shape.height) if one.is_drawn else ()
    return alt, read_words(shape._element), place


@pytest.mark.matrix(2)
@pytest.mark.parametrize("page", PAGES)
def test_slides_of_unchanged_records_are_the_same_bytes(real_store, page):
    data = build_deck([shown_of(real_store, f"{page}?year=2025")])
    result = refresh(data, asking(real_store))
    assert result.deck == data
    assert (list(result.changed), list(result.left)) == ([], [])


def test_what_nobody_touched_says_what_a_new_deck_says(renewed, grown):
    fresh = build_deck([shown_of(grown, f"{page}?year=2025") for page in PAGES])
    for slide, (mine, new) in enumerate(zip(tell(renewed.deck), tell(fresh), strict=True), start=1):
        assert (slide, mine) == (slide, new)
    assert renewed.left == []


def test_a_renewed_deck_is_not_changed_again(renewed, grown):
    assert refresh(renewed.deck, asking(grown)).deck == renewed.deck


def test_what_was_renewed_is_listed(renewed, grown):
    told = {(one.what, one.new) for one in renewed.changed}
    assert {what for what, _ in told} >= {"Title", "Speaker notes", "Drawing"}
    assert ("People trained", f"≈ {number_of(grown, 'training_participants')}") in told
    assert any(one.what.startswith("Chart, ") and one.old == "400" for one in renewed.changed)
    assert any(one.what.startswith("Table, ") for one in renewed.changed)
