"""Numbers that slides store as data: what a shape carries, and that nothing else is asked for when
slides are refreshed. Names that people read may change between making and refreshing.
"""

import io
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

import pptx
import pytest
from pptx.util import Inches

from dashboard.export.deck import build_deck
from dashboard.export.pptx import legacy_text
from dashboard.export.pptx.markers import MAX_NAME_LENGTH, Marker, Stored, read_marker
from dashboard.export.refresh_deck import refresh
from dashboard.export.shown_values import ShownValue, select_said
from dashboard.export.view_export import Export
from dashboard.model.quantity import Kind
from dashboard.query.metrics import METRICS
from tests.export.taken import of_former_release, shown_of, walk
from tests.export.test_refresh import asking, find, grown, numbers, opened, saved  # noqa: F401

WITH_NUMBERS = ("number", "coverage", "title", "lead", "list", "footer", "table", "chart")


@pytest.fixture(scope="module")
def ours(by_hand) -> bytes:
    return build_deck([shown_of(by_hand, f"/{page}?year=2025") for page in ("trainings", "events")])


def stored_of(data: bytes) -> list[Marker]:
    """The markers of all shapes that may show a number."""
    shapes = (shape for slide in opened(data).slides for shape in walk(slide.shapes))
    found = (read_marker(shape.name) for shape in shapes)
    return [marker for marker in found if marker and marker.kind in WITH_NUMBERS]


def test_every_shape_with_numbers_says_of_which_version_language_and_link_they_are(ours, by_hand):
    found = stored_of(ours)
    assert {marker.kind for marker in found} >= set(WITH_NUMBERS) - {"coverage"}
    for marker in found:
        assert (marker.stored.version, marker.stored.language) == (by_hand.open().id, "en")
        assert marker.stored.link in ("/trainings?year=2025", "/events?year=2025")


def test_a_card_stores_its_metric_value_and_kind(ours, by_hand):
    shown = shown_of(by_hand, "/trainings?year=2025")
    stored = {m.key: m.stored.values for m in stored_of(ours) if m.kind == "number"}
    for number in shown.numbers:
        quantity = number.quantity
        metric = number.metric.name.partition("~")[0]
        assert stored[number.metric.name] == (ShownValue(quantity.value, quantity.kind, metric),)


def test_a_sentence_stores_the_numbers_that_it_says(ours, by_hand):
    lead = next(marker for marker in stored_of(ours) if marker.kind == "lead")
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


def test_slides_with_stored_numbers_are_never_read_back(ours, small_store, grown, monkeypatch):
    for name in ("find_value", "read_values", "read_part", "find_more"):
        monkeypatch.setattr(legacy_text, name, lambda *_: pytest.fail("a text was read back"))
    result = refresh(ours, asking(grown))
    assert {"Title", "Finding", "Footer"} <= {one.what for one in result.changed}


@pytest.fixture
def nonsense():
    """Every name that a metric has for people is another one."""
    labels = {name: metric.label for name, metric in METRICS.items()}
    for number, metric in enumerate(METRICS.values()):
        object.__setattr__(metric, "label", f"Blurb {number} of 7")
    yield
    for name, label in labels.items():
        object.__setattr__(METRICS[name], "label", label)


def in_nonsense(shown: Export) -> Export:
    """A page whose titles, sentences and headings say something else."""
    content = shown.content
    changed = replace(
        content,
        title="Wibble",
        lead=(("Fizz ", False), ("buzz", True)),
        pictures=[
            replace(one, chart=replace(one.chart, sentence=f"Wobble {one.key}"))
            for one in content.pictures
        ],
        sheets=[replace(one, heading=f"Sheet of {one.key}") for one in content.sheets],
        sections=[
            replace(one, heading=f"Heap {one.key}", group=one.group and "Pile")
            for one in content.sections
        ],
    )
    return replace(shown, content=changed)


def test_numbers_are_found_and_refreshed_when_every_label_has_become_nonsense(
    ours, small_store, grown, nonsense, request
):
    made = opened(ours)
    value = find(made.slides[0].shapes, "dash|number|training_participants").text_frame.text
    plain = value.removeprefix("about ")
    box = made.slides[0].shapes.add_textbox(0, 0, Inches(3), Inches(1))
    box.text_frame.text = f"We reached {plain} people."
    data = saved(made)
    sane = refresh(data, asking(grown))
    labelled = refresh(data, lambda link: in_nonsense(asking(grown)(link)))
    assert numbers_of(labelled.deck) == numbers_of(sane.deck) != numbers_of(data)
    assert cells_and_bars(labelled.deck) == cells_and_bars(sane.deck) != cells_and_bars(data)
    assert (1, f"We reached {plain} people.", plain) in [tuple(one) for one in labelled.left]
    assert [one for one in labelled.left if not one.number] == []
    titles = [slide.shapes.title.text_frame.text for slide in opened(labelled.deck).slides]
    assert all(title.startswith(("Wibble", "Wobble", "Sheet of", "Heap")) for title in titles)


def numbers_of(data: bytes) -> list[tuple[str, str]]:
    """The numbers of the cards by their metric."""
    shapes = (shape for slide in opened(data).slides for shape in walk(slide.shapes))
    marked = ((read_marker(shape.name), shape) for shape in shapes)
    return [(m.key, shape.text_frame.text) for m, shape in marked if m and m.kind == "number"]


def cells_and_bars(data: bytes) -> list:
    """What tables and charts hold."""
    found = []
    for slide in opened(data).slides:
        for shape in slide.shapes:
            if shape.has_table:
                found += [[cell.text for cell in row.cells] for row in shape.table.rows]
            if shape.has_chart:
                found += [tuple(series.values) for series in shape.chart.plots[0].series]
    return found


def test_a_number_that_somebody_typed_over_is_theirs(ours, small_store, grown):
    made = opened(ours)
    shape = find(made.slides[0].shapes, "dash|number|training_participants")
    shape.text_frame.text = "some 999"
    result = refresh(saved(made), asking(grown))
    kept = find(opened(result.deck).slides[0].shapes, "dash|number|training_participants")
    assert kept.text_frame.text == "some 999"
    # as the tile calls it
    assert any(one.sentence.startswith("People trained: the slide") for one in result.left)


def test_a_card_on_the_slide_of_another_view_keeps_its_own_view(by_hand, small_store, grown):
    views = [shown_of(by_hand, f"/trainings?year={year}") for year in (2025, 2024)]
    made = opened(build_deck(views))
    first, other = (
        next(s for s in made.slides if find(s.shapes, f"dash|footer|/trainings?year={year}"))
        for year in (2025, 2024)
    )
    card = find(first.shapes, "dash|number|training_participants")
    for spare in [s for s in other.shapes if s.name.startswith("dash|card")]:
        spare._element.getparent().remove(spare._element)
    other.shapes._spTree.append(deepcopy(card._element))
    result = opened(refresh(saved(made), asking(grown)).deck)
    place = list(made.slides).index(other)
    moved = find(result.slides[place].shapes, "dash|number|training_participants")
    assert moved.text_frame.text == numbers(grown)["training_participants"]


def test_a_card_on_a_slide_of_ones_own_is_refreshed(ours, small_store, grown):
    made = opened(ours)
    card = find(made.slides[0].shapes, "dash|number|training_participants")
    own = made.slides.add_slide(made.slide_layouts[0])
    own.shapes._spTree.append(deepcopy(card._element))
    result = opened(refresh(saved(made), asking(grown)).deck)
    moved = find(list(result.slides)[-1].shapes, "dash|number|training_participants")
    assert moved.text_frame.text == numbers(grown)["training_participants"]


def test_a_deck_of_a_former_release_stores_its_numbers_once_they_are_refreshed(
    ours, small_store, grown
):
    former = of_former_release(ours)
    assert all(marker.stored is None for marker in stored_of(former))
    renewed = {m.kind for m in stored_of(refresh(former, asking(grown)).deck) if m.stored}
    assert {"number", "lead", "table"} <= renewed


def test_former_slides_of_unchanged_records_are_the_same_bytes(real_store):
    links = [f"/{page}?year=2025" for page in ("trainings", "review", "", "projects", "people")]
    former = of_former_release(build_deck([shown_of(real_store, link) for link in links]))
    result = refresh(former, asking(real_store))
    assert (list(result.changed), list(result.left)) == ([], [])
    assert result.deck == former


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("about 1,234 from 5 of 12", [1234, 5, 12]),
        ("€1.25 million and 3 billion", [1_250_000, 3_000_000_000]),
        ("version 1234abc, 9" + "9" * 40, []),
        ("unknown", []),
    ],
)
def test_numbers_of_former_releases_are_read_from_their_texts(text, values):
    assert [value.value for value in legacy_text.read_values(text)] == values


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("about 589 people", "about 589"),
        ("at least about €1.2 million", "at least about €1.2 million"),
        ("withheld (small groups)", "withheld (small groups)"),
        ("it is unknown", "unknown"),
        ("many", None),
    ],
)
def test_the_number_of_a_card_of_a_former_release_is_found(text, said):
    span = legacy_text.find_value(text)
    assert (span and text[span.start : span.end]) == said


def test_the_rest_of_what_former_releases_wrote_is_read():
    assert [legacy_text.read_part(t) for t in ("Events", "Events, part 2", "part 3")] == [0, 1, 0]
    more = "And 1,234 more rows: see the workbook or the link."
    assert legacy_text.find_more(f"A note. {more} Cut.") == more
    assert legacy_text.find_more("A note.") == ""
    assert legacy_text.list_key("12 events in 2025") == legacy_text.list_key("1 event in 2024")


def test_stored_values_survive_a_save_by_the_library(ours):
    made, file = pptx.Presentation(io.BytesIO(ours)), io.BytesIO()
    made.save(file)
    assert stored_of(file.getvalue()) == stored_of(ours)
