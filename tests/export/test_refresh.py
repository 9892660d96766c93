"""Refreshing slides: what changed in the records changes on the slides, what people did to them
stays.
"""

import io
import shutil
import zipfile
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

import pptx
import pytest
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from dashboard.export.deck import build_deck
from dashboard.export.pptx.markers import read_marker
from dashboard.export.refreshed import find_stale, make_outdated
from dashboard.export.refresh_deck import DeckError, refresh
from dashboard.export.shown_values import ShownValue
from dashboard.export.view_export import Export
from dashboard.store import Store
from dashboard.views.content.pages import make_content
from tests.conftest import ROOT, replace_in, served_already
from tests.export.taken import (
    SETTINGS,
    cells,
    of_former_release,
    shown_of,
    slides,
    text_of,
    view_of,
)

PAGES = ("/trainings", "/events", "/", "/projects", "/people", "/map", "/review")


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


@pytest.fixture(scope="module")
def taken(by_hand) -> bytes:
    """Trainings of the small records: about 420 participants and more."""
    data = build_deck([shown_of(by_hand, f"/{page}?year=2025") for page in ("trainings", "events")])
    return data


@pytest.fixture
def grown(small_store, small, tmp_path):
    """The same records with other numbers: a cohort of 400 became one of 450, and one event more."""
    text = (small / "trainings.csv").read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("first-year,"))
    number = next(cell for cell in row.split(",") if cell.isdigit())
    replace_in(small, "trainings", f",{number},about", f",{int(number) + 50},about")
    replace_in(small, "events", ",planned,", ",held,")
    later = Store(tmp_path / "later")
    served_already(later, ROOT / "tests" / "data", (small, "grown"))
    shutil.copytree(later.root, small_store.root, dirs_exist_ok=True)
    return small_store


def numbers(store) -> dict[str, str]:
    return {n.metric.name: n.short for n in asking(store)("/trainings?year=2025").numbers}


@pytest.mark.matrix(2)
@pytest.mark.parametrize("page", PAGES)
def test_slides_of_unchanged_records_are_the_same_bytes(real_store, page):
    data = build_deck([shown_of(real_store, f"{page}?year=2025")])
    result = refresh(data, asking(real_store))
    assert result.deck == data
    assert (list(result.changed), list(result.left)) == ([], [])


def test_numbers_charts_tables_titles_and_footers_say_what_the_link_shows_now(
    taken, small_store, grown
):
    result = refresh(taken, asking(grown))
    fresh = build_deck(
        [shown_of(grown, "/trainings?year=2025"), shown_of(grown, "/events?year=2025")]
    )
    renewed, wanted = slides(result.deck), slides(fresh)
    assert [text_of(slide) for slide in renewed] == [text_of(slide) for slide in wanted]
    assert [cells(slide) for slide in renewed] == [cells(slide) for slide in wanted]
    charts = [
        [
            (s.name, tuple(c.label for c in chart.plots[0].categories), s.values)
            for s in chart.plots[0].series
        ]
        for made in (result.deck, fresh)
        for slide in opened(made).slides
        for shape in slide.shapes
        if shape.has_chart
        for chart in [shape.chart]
    ]
    assert charts[: len(charts) // 2] == charts[len(charts) // 2 :]
    assert numbers(grown)["training_participants"] not in text_of(slides(taken)[0])
    assert any(
        c.what == "People trained" and c.new == numbers(grown)["training_participants"]
        for c in result.changed
    )
    assert any(c.what == "Footer" for c in result.changed)
    assert refresh(result.deck, asking(grown)).changed == []


def test_notes_are_renewed_and_what_a_speaker_wrote_around_them_stays(taken, small_store, grown):
    made = opened(taken)
    frame = made.slides[0].notes_slide.notes_text_frame
    frame.text = "Say hello first.\n" + frame.text + "\nThank everybody."
    result = refresh(saved(made), asking(grown))
    text = opened(result.deck).slides[0].notes_slide.notes_text_frame.text
    assert text.startswith("Say hello first.\n—")
    assert text.endswith("Thank everybody.")
    assert grown.open().id in text
    assert numbers(grown)["training_participants"] in text


def test_the_form_that_somebody_gave_a_number_stays(taken, small_store, grown):
    made = opened(taken)
    shape = find(made.slides[0].shapes, "dash|number|training_participants")
    for run in shape.text_frame.paragraphs[0].runs:
        run.font.color.rgb, run.font.size, run.font.italic = RGBColor(0xC0, 0, 0), Pt(60), True
    shape.left = Inches(5)
    result = opened(refresh(saved(made), asking(grown)).deck)
    shape = find(result.slides[0].shapes, "dash|number|training_participants")
    assert shape.text_frame.text == numbers(grown)["training_participants"]
    assert shape.left == Inches(5)
    for run in shape.text_frame.paragraphs[0].runs:
        assert (run.font.color.rgb, run.font.size, run.font.italic) == (
            RGBColor(0xC0, 0, 0),
            Pt(60),
            True,
        )


def test_words_beside_a_number_stay(taken, small_store, grown):
    made = opened(taken)
    shape = find(made.slides[0].shapes, "dash|number|training_participants")
    shape.text_frame.paragraphs[0].add_run().text = " people, at last"
    result = opened(refresh(saved(made), asking(grown)).deck)
    text = find(result.slides[0].shapes, "dash|number|training_participants").text_frame.text
    assert text == numbers(grown)["training_participants"] + " people, at last"


def test_a_title_that_somebody_rewrote_is_theirs_and_is_listed_where_it_holds_an_old_number(
    taken, small_store, grown
):
    was = next(
        n
        for n in shown_of(small_store, "/trainings?year=2025&v=" + opened_version(taken)).numbers
        if n.metric.name == "training_participants"
    )
    made = opened(taken)
    made.slides[0].shapes.title.text_frame.text = f"We trained {was.value} people. A good year."
    result = refresh(saved(made), asking(grown))
    assert opened(result.deck).slides[0].shapes.title.text_frame.text.startswith("We trained")
    assert (1, f"We trained {was.value} people.", was.value) in [tuple(one) for one in result.left]


def opened_version(data: bytes) -> str:
    """The version that the footer of a deck names."""
    footer = find(opened(data).slides[0].shapes, "dash|footer").text_frame.text
    return footer.partition("version ")[2][:16]


def test_sentences_of_ones_own_with_an_old_number_are_listed_wherever_they_stand(
    taken, small_store, grown
):
    value = next(
        n
        for n in shown_of(small_store, "/trainings?year=2025&v=" + opened_version(taken)).numbers
        if n.metric.name == "training_participants"
    ).value
    made = opened(taken)
    own = made.slides.add_slide(made.slide_layouts[0])
    own.shapes.title.text = f"Conclusion: about {value}"
    box = own.shapes.add_textbox(0, 0, Inches(3), Inches(3))
    box.text_frame.text = f"In 2025 we did well. We reached {value} people! Room {value}0 and 9{value} are other things."
    table = own.shapes.add_table(1, 1, 0, 0, Inches(2), Inches(1)).table
    table.cell(0, 0).text = f"{value} trained"
    own.notes_slide.notes_text_frame.text = f"Mention {value}."
    count = len(made.slides)
    result = refresh(saved(made), asking(grown))
    mine = [(left.sentence, left.number) for left in result.left if left.slide == count]
    assert mine == [
        (f"Conclusion: about {value}", value),
        (f"We reached {value} people!", value),
        (f"{value} trained", value),
        (f"Mention {value}.", value),
    ]
    after = opened(result.deck).slides[count - 1]
    assert f"We reached {value} people!" in after.shapes[1].text_frame.text


def test_moved_and_copied_slides_are_renewed_too(taken, small_store, grown):
    made = opened(taken)
    order = made.slides._sldIdLst
    order.append(order[0])  # the first becomes the last
    copy = made.slides.add_slide(made.slide_layouts[0])
    for shape in list(copy.shapes):
        shape._element.getparent().remove(shape._element)
    for shape in made.slides[len(made.slides) - 2].shapes:
        if "|code" not in shape.name:
            copy.shapes._spTree.append(deepcopy(shape._element))
    for link in list(
        copy.shapes._spTree.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkClick"
        )
    ):
        link.getparent().remove(link)
    result = opened(refresh(saved(made), asking(grown)).deck)
    for slide in list(result.slides)[-2:]:
        assert (
            find(slide.shapes, "dash|number|training_participants").text_frame.text
            == numbers(grown)["training_participants"]
        )


def test_rows_are_added_in_the_form_of_the_last_and_taken_away(taken, small_store, grown, small):
    made = opened(taken)
    for slide in made.slides:
        table = find(slide.shapes, "dash|table|sheet:events")
        if table:
            for row in table.table.rows:
                for cell in row.cells:
                    for run in cell.text_frame.paragraphs[0].runs:
                        run.font.italic = True
    result = refresh(saved(made), asking(grown))
    fresh = build_deck([shown_of(grown, "/events?year=2025")])
    renewed = [
        cells(slide)[0] for slide in slides(result.deck) if "sheet:events" in str(names(slide))
    ]
    assert renewed == [
        cells(slide)[0] for slide in slides(fresh) if "sheet:events" in str(names(slide))
    ]
    table = next(
        t for s in opened(result.deck).slides if (t := find(s.shapes, "dash|table|sheet:events"))
    )
    assert all(
        run.font.italic
        for row in table.table.rows
        for cell in row.cells
        for run in cell.text_frame.paragraphs[0].runs
    )
    back = refresh(
        result.deck, lambda link: asking(small_store)(f"{link}&v={opened_version(taken)}")
    )
    assert [cells(slide) for slide in slides(back.deck)] == [
        cells(slide) for slide in slides(taken)
    ]


def names(slide) -> list[str]:
    return [
        e.get("name")
        for e in slide.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}cNvPr")
    ]


@pytest.mark.parametrize("former", [False, True])
def test_what_stands_beneath_a_chart_is_renewed(by_hand, small_store, former):
    def saying(store, number):
        def again(link: str) -> Export:
            shown = asking(store)(link)
            first, *rest = shown.content.pictures
            first = replace(first, note=f"Beyond this map: Boston {number}")
            return replace(shown, content=replace(shown.content, pictures=(first, *rest)))

        return again

    link = "/trainings?year=2025"
    deck = build_deck([saying(by_hand, 4)(link)])
    result = refresh(of_former_release(deck) if former else deck, saying(small_store, 7))
    note = find(opened(result.deck).slides[1].shapes, "dash|note|certainty")
    assert note.text == "Beyond this map: Boston 7"
    assert ("Note", "Beyond this map: Boston 4", "Beyond this map: Boston 7") in [
        (one.what, one.old, one.new) for one in result.changed
    ]


def test_slides_of_a_former_release_get_no_texts_but_what_must_be_known(by_hand, small_store):
    def plainly(link: str) -> Export:
        shown = asking(by_hand)(link)
        tiles = [replace(tile, qualifier="") for tile in shown.content.tiles]
        return replace(shown, content=replace(shown.content, tiles=tiles))

    deck = build_deck([plainly("/people?year=2025")])
    assert refresh(deck, asking(small_store)).deck == deck


def test_a_picture_that_is_gone_stays_and_is_listed(taken, small_store, grown):
    def again(link: str) -> Export:
        shown = asking(grown)(link)
        return replace(shown, content=replace(shown.content, pictures=(), sheets=(), sections=()))

    result = refresh(taken, again)
    assert any("no longer on the page: it stays as it was" in left.sentence for left in result.left)
    before, after = opened(taken), opened(result.deck)
    assert len(before.slides) == len(after.slides)
    assert find(after.slides[1].shapes, "dash|chart|certainty").has_chart
    assert after.slides[1].shapes.title.text == before.slides[1].shapes.title.text


def test_a_pinned_slide_stays_as_it_was_shown(small_store, grown, taken):
    link = f"/trainings?year=2025&v={opened_version(taken)}&on=2026-01-18"
    data = build_deck([shown_of(small_store, link)])
    assert refresh(data, asking(grown)).changed == []


def test_a_slide_without_its_footer_is_known_by_its_notes(taken, small_store, grown):
    made = opened(taken)
    for slide in made.slides:
        shape = find(slide.shapes, "dash|footer")
        shape._element.getparent().remove(shape._element)
    result = refresh(saved(made), asking(grown))
    assert (
        find(
            opened(result.deck).slides[0].shapes, "dash|number|training_participants"
        ).text_frame.text
        == numbers(grown)["training_participants"]
    )


def test_a_title_that_lost_its_name_is_known_by_the_footer(taken, small_store, grown):
    made = opened(taken)
    for slide in made.slides:
        slide.shapes.title.name = "PlaceHolder 1"
    result = opened(refresh(saved(made), asking(grown)).deck)
    fresh = opened(
        build_deck([shown_of(grown, "/trainings?year=2025"), shown_of(grown, "/events?year=2025")])
    )
    assert [s.shapes.title.text_frame.text for s in result.slides] == [
        s.shapes.title.text_frame.text for s in fresh.slides
    ]


def stranger(kind: str) -> bytes:
    made = pptx.Presentation()
    made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "Nothing of ours"
    data = saved(made)
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old_file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old_file.namelist():
            content = old_file.read(name)
            if kind == "damaged" and name == "ppt/slides/slide1.xml":
                content = content[:200]
            new.writestr(name, content)
        if kind == "macros":
            new.writestr("ppt/vbaProject.bin", b"x")
        if kind == "bomb":
            new.writestr("ppt/media/a.bin", b"\0" * 40_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "not a presentation"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0", r"an old \.ppt"),
        (stranger("plain"), "holds no slide of this dashboard"),
        (stranger("damaged"), "damaged"),
        (stranger("macros"), "holds macros"),
        (stranger("bomb"), "unpacks to far more than it is"),
    ],
)
def test_a_file_that_is_no_deck_of_ours_is_refused_with_its_fault(real_store, data, fault):
    with pytest.raises(DeckError, match=fault):
        refresh(data, asking(real_store))


def test_a_linked_picture_of_a_stranger_is_not_fetched(taken, small_store, grown, monkeypatch):
    made = opened(taken)
    made.slides[0].part.rels.get_or_add_ext_rel(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
        "http://127.0.0.1:9/x.png",
    )
    data = saved(made)
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("something was fetched"))
    refresh(data, asking(grown))


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("We reached 1,234 people.", True),
        ("We reached 1234 people", True),
        ("We reached 1.234 people", True),
        ("We reached 1 234 people", True),
        ("about 1,234", True),
        ("11,234 people", False),
        ("1,234,567 people", False),
        ("12345 people", False),
        ("version 1234abc", False),
        ("1234%", False),
        ("€1,234", True),
        ("(1,234)", True),
        ("1,234.5 people", False),
    ],
)
def test_an_old_number_is_found_in_all_its_ways_and_never_within_another(text, hit):
    assert any(find_stale(text, [make_outdated(ShownValue(Decimal(1234)))])) is hit


@pytest.mark.parametrize(
    ("number", "money", "text", "hit"),
    [
        (20, False, "In 2025 it was fine", False),
        (20, False, "20 March 2025 was fine", False),
        (20, False, "20 trainings", True),
        (2025, False, "In 2025", False),
        (12, False, "Twelve trainings were held", True),
        (12, False, "10–14 February, 12%", False),
        (3_000_000, False, "Three of us got €3 million", True),
        (3_000_000, False, "of €3 billion", False),
        (3_000_000_000, True, "3 billion euro", True),
        (3_000_000, False, "3,000,000 euro", True),
        (3_000_000, True, "3 pillars", False),
        (589, False, "about 589 participants", True),
        (5, False, "from 5 of 12", True),
        (5, False, "5-12 people", False),
    ],
)
def test_years_days_and_ranges_are_no_old_numbers(number, money, text, hit):
    value = ShownValue(Decimal(number), metric="funding_received" if money else "")
    assert any(find_stale(text, [make_outdated(value)])) is hit


def test_markers_survive_being_read_and_written():
    for name in (
        "dash|number|training_participants",
        "dash|table|sheet:events|12+12",
        "dash|title|page:0|0+0|12345678",
    ):
        found = read_marker(name)
        assert found is not None
        assert read_marker(str(found)) == found
    assert read_marker("Rectangle 4") is None
