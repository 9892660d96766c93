"""Refreshing slides: what changed in the records changes on the slides, what people did to them
stays.
"""

import io
import random
import shutil
import zipfile
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

import pptx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboard.export.deck import build_deck
from dashboard.export.pptx import renew_slide
from dashboard.export.pptx.edit_text import read_paragraph, read_text
from dashboard.export.pptx.marked_slides import read_slides
from dashboard.export.pptx.markers import read_marker
from dashboard.export.pptx.transfer import read_words
from dashboard.export.pptx.transfer_data import list_bars
from dashboard.export.refresh_deck import DeckError, refresh
from dashboard.export.refreshed import list_stale
from dashboard.export.shown_values import ShownValue
from dashboard.export.view_export import Export, link_to
from dashboard.store import Store
from dashboard.views.content import Line, Section
from dashboard.views.content.pages import make_content
from tests.conftest import ROOT, append_to, replace_in, served_already
from tests.export.taken import SETTINGS, shown_of, view_of

PAGES = ("/trainings", "/events", "/", "/projects", "/people", "/map", "/review")
CHANGED_PAGES = ("/trainings", "/events", "/")
RED = RGBColor(0xC0, 0, 0)


def asking(store):
    """What a link shows now."""

    def again(link: str) -> Export:
        view = view_of(store, link)
        return Export(view, make_content(view), SETTINGS.public_url + link_to(view))

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
    of 30 one of 35; a planned congress was held; an event moved, one was added,
    one is not of 2025 any more.
    """
    root = tmp_path_factory.mktemp("grown")
    later = shutil.copytree(ROOT / "tests" / "data", root / "records")
    replace_in(later, "trainings", ",400,about", ",450,about")
    replace_in(later, "trainings", ",30,exact", ",35,exact")
    replace_in(later, "events", ",planned,", ",held,")
    replace_in(later, "events", ",2025-05-14,", ",2025-06-20,")
    replace_in(
        later,
        "events",
        "webinar,Webinar on consent,,2025-05,",
        "webinar,Webinar on consent,,2024-05,",
    )
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
    return build_deck([shown_of(by_hand, f"{page}?year=2025") for page in CHANGED_PAGES])


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


@pytest.mark.matrix(1)
@pytest.mark.parametrize("page", PAGES)
def test_slides_of_unchanged_records_are_the_same_bytes(real_store, page):
    data = build_deck([shown_of(real_store, f"{page}?year=2025")])
    result = refresh(data, asking(real_store))
    assert result.deck == data
    assert (list(result.changed), list(result.left)) == ([], [])


def test_what_nobody_touched_says_what_a_new_deck_says(renewed, grown):
    fresh = build_deck([shown_of(grown, f"{page}?year=2025") for page in CHANGED_PAGES])
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


@pytest.fixture(scope="module")
def of_owner(by_hand) -> bytes:
    """A deck of trainings and events after its owner worked on it: slides in another order, words,
    forms, cells and marks of their own, things taken away, moved and copied.
    """
    made = opened(
        build_deck([shown_of(by_hand, f"/{p}?year=2025") for p in ("trainings", "events")])
    )
    first = made.slides[0]
    number = find(first.shapes, "dash|number|training_participants|")
    number.left += Inches(1)
    for run in number.text_frame.paragraphs[0].runs:
        run.font.color.rgb, run.font.size, run.font.italic = RED, Pt(60), True
    find(first.shapes, "dash|number|training_participants~level.not").text_frame.text = "some 999"
    students = find(first.shapes, "dash|number|training_participants~level.bach")
    students.text_frame.paragraphs[0].add_run().text = " people, at last"
    first.shapes.title.text_frame.text = "We trained 430 people. A good year."
    notes = first.notes_slide.notes_text_frame
    notes.text = "Say hello first.\n" + notes.text + "\nThank all 430."
    redden(made.slides[1].shapes.title, "Cohorts:")
    colour_bars(find_anywhere(made, "dash|chart|cohorts").chart)
    edit_drawing(made)
    edit_table(find_anywhere(made, "dash|table|agenda").table)
    own = made.slides.add_slide(made.slide_layouts[0])
    own.shapes.title.text = "Conclusion: about 430"
    box = own.shapes.add_textbox(0, 0, Inches(3), Inches(3))
    box.text_frame.text = "We reached 430 people! Room 4300 and 9430 are other things."
    own.shapes.add_table(1, 1, 0, 0, Inches(2), Inches(1)).table.cell(0, 0).text = "430 trained"
    own.shapes._spTree.append(deepcopy(students._element))
    order = made.slides._sldIdLst
    order.insert(0, order[-1])
    theme = made.slide_master.part.part_related_by(pptx.opc.constants.RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b"1B1A17", b"102030")
    return saved(made)


def redden(shape, word: str) -> None:
    """Make the first word of a text red, as its own run."""
    paragraph = shape.text_frame.paragraphs[0]
    whole = "".join(run.text for run in paragraph.runs)
    assert whole.startswith(word), whole
    for run in list(paragraph.runs)[1:]:
        run._r.getparent().remove(run._r)
    first = paragraph.runs[0]
    first.text = word
    rest = deepcopy(first._r)
    first._r.addnext(rest)
    paragraph.runs[1].text = whole.removeprefix(word)
    first.font.color.rgb = RED


def colour_bars(chart) -> None:
    """Colour a series, and one bar."""
    series = chart.plots[0].series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RED
    point = series.points[list(chart.plots[0].categories).index("Nurses")].format.fill
    point.solid()
    point.fore_color.rgb = RGBColor(0, 0, 0xC0)


def edit_drawing(made) -> None:
    """Move a mark, rewrite another, take a third away."""
    mark = find_anywhere(made, "dash|mark|timeline~open-day")
    mark.top += Emu(50_000)
    other = find_anywhere(made, "dash|mark|timeline~spring-school")
    next(iter(other._element.iter(qn("a:t")))).text = "Our school"
    gone = find_anywhere(made, "dash|mark|timeline~visit")._element
    gone.getparent().remove(gone)


def edit_table(table) -> None:
    """Make a row red, rewrite a cell of it."""
    for row in table.rows:
        if "Spring school" in (said := " ".join(cell.text_frame.text for cell in row.cells)):
            for run in (
                r for cell in row.cells for p in cell.text_frame.paragraphs for r in p.runs
            ):
                run.font.color.rgb = RED
            row.cells[len(row.cells) - 1].text_frame.paragraphs[0].runs[0].text = "In our hall"
            return
    raise AssertionError(said)


@pytest.fixture(scope="module")
def mended(of_owner, grown):
    """The deck of the owner after new data."""
    return refresh(of_owner, asking(grown))


@pytest.fixture(scope="module")
def after(mended):
    return opened(mended.deck)


def test_an_owners_deck_of_unchanged_records_is_the_same_bytes(of_owner, by_hand):
    result = refresh(of_owner, asking(by_hand))
    assert (result.deck, list(result.changed), list(result.left)) == (of_owner, [], [])


def test_the_form_and_place_that_somebody_gave_a_number_stay(of_owner, after, grown):
    shape = find_anywhere(after, "dash|number|training_participants|")
    assert shape.text_frame.text == f"≈ {number_of(grown, 'training_participants')}"
    before = find_anywhere(opened(of_owner), "dash|number|training_participants|")
    assert (shape.left, shape.top) == (before.left, before.top)
    for run in shape.text_frame.paragraphs[0].runs:
        assert (run.font.color.rgb, run.font.size, run.font.italic) == (RED, Pt(60), True)


def test_words_beside_a_number_stay_on_copies_of_it_too(after):
    texts = [
        s.text_frame.text for s in every(after, "dash|number|training_participants~level.bach")
    ]
    assert texts == ["≈ 450 people, at last"] * 2


def every(made, start: str):
    return [shape for slide in made.slides if (shape := find(slide.shapes, start))]


def test_a_number_that_somebody_typed_over_is_theirs(after, mended):
    assert find_anywhere(after, "dash|number|training_participants~level.not").text_frame.text == (
        "some 999"
    )
    assert any("holds no number any more" in one.sentence for one in mended.left)


def test_sentences_of_ones_own_with_an_old_number_are_listed_wherever_they_stand(mended, after):
    told = [(one.slide, one.sentence) for one in mended.left if one.number == "430"]
    assert told == [
        (1, "Conclusion: about 430"),
        (1, "We reached 430 people!"),
        (1, "430 trained"),
        (2, "Thank all 430."),
        (2, "We trained 430 people."),
    ]
    assert after.slides[1].shapes.title.text_frame.text == "We trained 430 people. A good year."


def test_notes_are_renewed_between_what_a_speaker_wrote(after, grown):
    text = after.slides[1].notes_slide.notes_text_frame.text
    assert text.startswith("Say hello first.\n—")
    assert text.endswith("—\nThank all 430.")
    assert grown.open().id in text


def test_a_red_word_of_a_title_stays_red_where_another_changes(after):
    runs = after.slides[2].shapes.title.text_frame.paragraphs[0].runs
    assert "450" in "".join(run.text for run in runs)
    assert [run.text.strip() for run in runs if run.font.color and run.font.color.type] == [
        "Cohorts:"
    ]


def test_the_colours_of_bars_go_with_their_names(after):
    chart = find_anywhere(after, "dash|chart|cohorts").chart
    series = chart.plots[0].series[0]
    assert series.format.fill.fore_color.rgb == RED
    coloured = series._element.xpath("c:dPt/c:idx/@val")
    assert [list(chart.plots[0].categories)[int(number)] for number in coloured] == ["Nurses"]


def test_marks_move_and_come_with_the_records_and_as_their_owner_moved_them(of_owner, after, grown):
    fresh = opened(build_deck([shown_of(grown, "/events?year=2025")]))
    mine, new = (find_anywhere(made, "dash|mark|timeline~open-day") for made in (after, fresh))
    assert (mine.left, mine.top) == (new.left, new.top + 50_000)
    assert "20 Jun" in read_words(mine._element)
    assert "Forum" in read_words(find_anywhere(after, "dash|mark|timeline~forum")._element)
    assert "Our school" in read_words(
        find_anywhere(after, "dash|mark|timeline~spring-school")._element
    )
    assert every(after, "dash|mark|timeline~visit") == []
    assert every(after, "dash|mark|timeline~webinar") == []


def test_a_row_keeps_its_form_and_its_own_cell_and_others_come(after):
    table = find_anywhere(after, "dash|table|agenda").table
    rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert [row for row in rows if "In our hall" in row[-1]] == [
        row for row in rows if "Spring school" in " ".join(row)
    ]
    assert any("Forum on data" in " ".join(row) for row in rows)


def test_a_changed_theme_stays(after):
    theme = after.slide_master.part.part_related_by(pptx.opc.constants.RELATIONSHIP_TYPE.THEME)
    assert b"102030" in theme.blob


TRAININGS = "/trainings?year=2025"


@pytest.fixture(scope="module")
def small_deck(by_hand) -> bytes:
    return build_deck([shown_of(by_hand, TRAININGS)])


@pytest.fixture
def built_once(monkeypatch):
    """Fresh decks in our own style are built once for each link and version."""
    known: dict[tuple[str, str], bytes] = {}

    def build(shown, _style=None):
        key = shown[0].address, shown[0].version
        known[key] = known.get(key) or build_deck(shown)
        return known[key]

    monkeypatch.setattr(renew_slide, "build_deck", build)


EDITS = ("move", "delete", "rewrite", "embolden", "append", "rename", "swap slides", "copy slide")


def edit(made, choose) -> None:
    """Do what an owner might do to something on a slide."""
    slide = made.slides[choose(len(made.slides))]
    shapes = [one.shape for one in read_slides(made)[made.slides.index(slide)].marked]
    what, shape = EDITS[choose(len(EDITS))], shapes[choose(len(shapes))]
    texts = [p for p in getattr(getattr(shape, "text_frame", None), "paragraphs", ()) if p.runs]
    if what == "move":
        shape.left = (shape.left or 0) + 1000
    elif what == "delete":
        shape._element.getparent().remove(shape._element)
    elif what == "rename":
        shape.name = "Rectangle 5"
    elif what == "swap slides":
        made.slides._sldIdLst.append(made.slides._sldIdLst[0])
    elif what == "copy slide":
        copy = made.slides.add_slide(made.slide_layouts[0])
        copy.shapes._spTree.extend(deepcopy(one._element) for one in shapes if texts)
    elif texts and what == "rewrite":
        texts[0].runs[0].text = "Own words 430"
    elif texts and what == "append":
        texts[0].add_run().text = " and own words"
    elif texts:
        texts[0].runs[0].font.bold = True


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 10_000))
def test_what_an_owner_does_survives(seed, small_deck, by_hand, grown, built_once):
    made, chance = opened(small_deck), random.Random(seed)
    for _ in range(chance.randint(1, 5)):
        edit(made, chance.randrange)
    edited = saved(made)
    same = refresh(edited, asking(by_hand))
    assert (same.deck, list(same.changed)) == (edited, [])
    result = opened(refresh(edited, asking(grown)).deck)
    before, after = ([sketch(slide) for slide in deck.slides] for deck in (made, result))
    for mine, kept in zip(before, after, strict=True):
        assert kept["places"].items() >= mine["places"].items()
        assert len(kept["places"]) - len(mine["places"]) <= 1  # what newly exists
        assert kept["own"] == mine["own"]
        assert kept["bold"] >= mine["bold"] - 1


def sketch(slide) -> dict:
    """Where everything stands on a slide, the words of its owner, and how many texts are bold."""
    every = [s for one in slide.shapes for s in (getattr(one, "shapes", None) or (one,))]
    texts = [read_words(shape._element) for shape in every]
    return {
        "places": {shape.shape_id: (shape.left, shape.top) for shape in every},
        "own": sum(text.count("wn words") for text in texts),
        "bold": sum(bool(shape._element.xpath(".//a:rPr[@b='1']")) for shape in every),
    }


def test_what_is_no_longer_on_the_page_stays_and_is_listed(small_deck, grown):
    def again(link: str) -> Export:
        shown = asking(grown)(link)
        return replace(shown, content=replace(shown.content, pictures=(), spreads=(), sections=()))

    result = refresh(small_deck, again)
    assert any("The page has this slide no more" in left.sentence for left in result.left)
    was, now = opened(small_deck), opened(result.deck)
    assert [s.shapes.title.text for s in list(now.slides)[1:]] == [
        s.shapes.title.text for s in list(was.slides)[1:]
    ]
    assert find(now.slides[1].shapes, "dash|footer").text == (
        find(was.slides[1].shapes, "dash|footer").text
    )


def with_events(store, count: int):
    """Trainings with a list of so many things."""

    def again(link: str) -> Export:
        shown = asking(store)(link)
        lines = [Line(f"Thing {number}", when=f"{number}") for number in range(count)]
        listed = replace(
            shown.content, sections=[Section(f"{count} things", lines, key="x")], slides=("x",)
        )
        return replace(shown, content=listed)

    return again


def then_and_now(then, now, count: int):
    """A list of 18 things, and of so many in the later version."""
    return lambda link: with_events(*((then, 18) if "v=" in link else (now, count)))(link)


def test_rows_of_a_list_that_needs_more_slides_are_said_and_parts_that_are_gone_stay(
    by_hand, grown
):
    deck = build_deck([with_events(by_hand, 18)(TRAININGS)])
    longer = refresh(deck, then_and_now(by_hand, grown, 24))
    assert [left.sentence for left in longer.left] == [
        "Its list goes on, on no slide of the deck: take the page along anew"
    ]
    shorter = refresh(deck, then_and_now(by_hand, grown, 9))
    assert len(opened(shorter.deck).slides) == len(opened(deck).slides)
    assert any("The page has this slide no more" in left.sentence for left in shorter.left)


def of_former_release(data: bytes) -> bytes:
    """A deck of ours as releases named its shapes that stored no numbers."""
    made = opened(data)
    for one in (one for slide in read_slides(made) for one in slide.marked):
        one.shape.name = str(replace(one.marker, stored=None))
    return saved(made)


def test_slides_of_a_release_that_stored_no_numbers_stay_and_are_said(small_deck, grown):
    former = of_former_release(small_deck)
    result = refresh(former, asking(grown))
    assert (result.deck, list(result.changed)) == (former, [])
    assert {left.sentence[:34] for left in result.left} == {"An older release made this slide: "}


def test_a_pinned_slide_stays_as_it_was_shown(grown, small_deck):
    version = read_slides(opened(small_deck))[0].version
    data = build_deck([shown_of(grown, f"{TRAININGS}&v={version}&on=2026-01-18")])
    assert refresh(data, asking(grown)).changed == []


def test_a_slide_without_its_footer_is_known_by_its_notes_and_a_title_by_the_footer(
    small_deck, grown
):
    made = opened(small_deck)
    footer = find(made.slides[0].shapes, "dash|footer")
    footer._element.getparent().remove(footer._element)
    made.slides[1].shapes.title.name = "PlaceHolder 1"
    result = opened(refresh(saved(made), asking(grown)).deck)
    number = find(result.slides[0].shapes, "dash|number|training_participants|")
    assert number.text_frame.text == f"≈ {number_of(grown, 'training_participants')}"
    assert "450" in result.slides[1].shapes.title.text_frame.text


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
def test_a_file_that_is_no_deck_of_ours_is_refused_with_its_fault(by_hand, data, fault):
    with pytest.raises(DeckError, match=fault):
        refresh(data, asking(by_hand))


def test_a_linked_picture_of_a_stranger_is_not_fetched(small_deck, grown, monkeypatch):
    made = opened(small_deck)
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
    assert any(list_stale([(1, text)], [ShownValue(Decimal(1234))])) is hit


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
    assert any(list_stale([(1, text)], [value])) is hit


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
