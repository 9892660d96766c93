"""Numbers that slides store as data: what a shape carries."""

import io
from decimal import Decimal

import pptx
import pytest

from dashboard.export.deck import build_deck
from dashboard.export.pptx.markers import MAX_NAME_LENGTH, Marker, Stored, read_marker
from dashboard.export.shown_values import ShownValue, select_said
from dashboard.model.quantity import Kind
from dashboard.views.content.slides import make_slides
from tests.export.taken import shown_of, walk

WITH_NUMBERS = ("number", "coverage", "title", "footer", "table", "chart", "mark")


@pytest.fixture(scope="module")
def ours(by_hand) -> bytes:
    return build_deck([shown_of(by_hand, f"/{page}?year=2025") for page in ("trainings", "events")])


def stored_of(data: bytes) -> list[Marker]:
    """The markers of all shapes that may show a number."""
    slides = pptx.Presentation(io.BytesIO(data)).slides
    shapes = [shape for slide in slides for shape in (*slide.shapes, *walk(slide.shapes))]
    found = (read_marker(shape.name) for shape in shapes)
    return [marker for marker in found if marker and marker.kind in WITH_NUMBERS]


def test_every_shape_with_numbers_says_of_which_version_language_and_link_they_are(ours, by_hand):
    found = stored_of(ours)
    assert {marker.kind for marker in found} >= set(WITH_NUMBERS) - {"coverage"}
    for marker in found:
        assert (marker.stored.version, marker.stored.language) == (by_hand.open().id, "en")
        assert marker.stored.link in (
            "/trainings?year=2025&lang=en",
            "/events?year=2025&lang=en",
        )


def test_a_card_stores_its_metric_value_and_kind(ours, by_hand):
    shown = shown_of(by_hand, "/trainings?year=2025")
    stored = {m.key: m.stored.values for m in stored_of(ours) if m.kind == "number"}
    for tile in make_slides(shown.content)[0].tiles:
        quantity, metric = tile.quantity, tile.number.partition("~")[0]
        assert stored[tile.number] == (ShownValue(quantity.value, quantity.kind, metric),)


def test_a_sentence_stores_the_numbers_that_it_says(ours, by_hand):
    lead = next(marker for marker in stored_of(ours) if marker.kind == "title")
    stored = {value.metric: value for value in lead.stored.values}
    quantity = shown_of(by_hand, "/trainings?year=2025").view.number("training_participants")
    assert stored["training_participants"].value == quantity.value
    assert stored["training_participants"].kind is quantity.kind


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("value", [None, 0, -12, 589, Decimal("1234.5"), 3_000_000_000])
def test_what_is_stored_is_read_as_it_was_written(kind, value):
    number = None if value is None else Decimal(value)
    values = (ShownValue(number, kind, "training_participants"), ShownValue(Decimal(5)))
    found = Marker("number", "x", stored=Stored(values, "9a78", "en", "/trainings?year=2025"))
    assert read_marker(str(found)) == found


def test_a_name_that_would_be_too_long_leaves_out_the_link_then_numbers():
    values = tuple(ShownValue(Decimal(number)) for number in range(1000, 1200))
    name = str(Marker("table", "x", stored=Stored(values, "9a78", "en", "/trainings?year=2025")))
    assert len(name) <= MAX_NAME_LENGTH
    stored = read_marker(name).stored
    assert stored.values == values[: len(stored.values)]
    assert len(stored.values) > 30
    assert (stored.version, stored.language, stored.link) == ("9a78", "en", "")


def test_a_name_that_somebody_damaged_is_read_as_one_without_numbers():
    for texts in ("x=1=2", "eleven", "=5", "999999999999999999999999"):
        assert read_marker(f"dash|number|x|0+0|||{texts}|9a78|en|/x").stored is None


def test_only_whole_numbers_of_a_text_are_stored():
    values = [
        ShownValue(Decimal(v), metric=m) for v, m in ((12, "a"), (234, ""), (3, "b"), (3, ""))
    ]
    said = select_said("about 1,234 from 12 of 3.5 and 3", values)
    assert said == (values[0], values[2])
    two = [ShownValue(Decimal(3), metric="a"), ShownValue(Decimal(3), metric="b")]
    assert select_said("3 of them", two) == (ShownValue(Decimal(3)),)


def test_stored_values_survive_a_save_by_the_library(ours):
    made, file = pptx.Presentation(io.BytesIO(ours)), io.BytesIO()
    made.save(file)
    assert stored_of(file.getvalue()) == stored_of(ours)
