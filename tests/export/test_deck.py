"""Slides: read as XML by the standard library, their charts' workbooks with openpyxl, and compared
with the metrics.
"""

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pptx
import pytest
from pptx.util import Inches

from dashboard.charts import Bars
from dashboard.export.deck import DeckError, build_deck, load_template
from dashboard.export.view_export import Export
from dashboard.model.quantity import Quantity
from dashboard.query.metrics import METRICS
from dashboard.views.content import Content, Picture, Sheet
from tests.export.taken import (
    HOSTILE,
    A,
    C,
    P,
    bars,
    cells,
    chart,
    frames,
    hostile,
    parts,
    shapes,
    shown_of,
    slides,
    text_of,
)

LINK = "/trainings?year=2025&speaker=job-doornberg"
UNDATED = "Known by the year only, so left out where months are chosen"
PAGES = ("/", "/events", "/map", "/trainings", "/projects", "/people", "/review")


def named(slide, start):
    return {name: shape for name, _, shape in shapes(slide) if name.startswith(start)}


def notes_of(data: bytes) -> list[str]:
    return [text_of(element) for element in parts(data, "ppt/notesSlides/notesSlide").values()]


def drawn(data: bytes, number: int = 1):
    """Categories and series of a chart, from its XML."""
    root = parts(data, "ppt/charts/chart")[f"ppt/charts/chart{number}.xml"]
    found = {}
    for series in root.iter(f"{C}ser"):
        name = series.find(f"{C}tx//{C}v").text
        size = int(series.find(f"{C}cat//{C}ptCount").get("val"))
        names = {
            int(p.get("idx")): p.find(f"{C}v").text for p in series.find(f"{C}cat").iter(f"{C}pt")
        }
        values = {
            int(p.get("idx")): float(p.find(f"{C}v").text)
            for p in series.find(f"{C}val").iter(f"{C}pt")
        }
        found[name] = [(names[i], values.get(i)) for i in range(size)]
    return found


def test_the_first_slide_holds_every_number_of_the_screen_with_qualifier_coverage_and_ignored_filters(
    real_store,
):
    shown = shown_of(real_store, LINK)
    first = slides(build_deck([shown]))[0]
    assert [number.metric.name for number in shown.numbers] == list(shown.content.numbers)
    for number in shown.numbers:
        metric, quantity, name = number.metric, number.quantity, number.metric.name
        value = text_of(next(iter(named(first, f"dash|number|{name}|").values())))
        assert value == quantity.words()
        assert text_of(next(iter(named(first, f"dash|label|{name}|").values()))) == metric.label
        coverage = text_of(next(iter(named(first, f"dash|coverage|{name}|").values())))
        assert metric.coverage(quantity) in coverage
        assert "not filtered by speaker" in coverage
    lead = next(iter(named(first, "dash|lead").values()))
    assert text_of(lead) == shown.content.finding
    strong = [r.find(f"{A}t").text for r in lead.iter(f"{A}r") if r.find(f"{A}rPr").get("b") == "1"]
    assert strong == [text for text, is_strong in shown.content.lead if is_strong]


def test_the_value_is_the_largest_text_of_a_card_and_its_qualifier_smaller_beside_it(real_store):
    first = slides(build_deck([shown_of(real_store, "/trainings?year=2025")]))[0]
    number = next(iter(named(first, "dash|number|training_participants").values()))
    sizes = [(r.find(f"{A}t").text, int(r.find(f"{A}rPr").get("sz"))) for r in number.iter(f"{A}r")]
    assert [text for text, _ in sizes] == ["about ", "589"]
    assert sizes[0][1] < sizes[1][1]
    everything = [int(r.get("sz")) for r in first.iter(f"{A}rPr") if r.get("sz")]
    assert sizes[1][1] == max(everything)


def test_an_unknown_number_is_said_and_is_no_zero(real_store):
    first = slides(build_deck([shown_of(real_store, "/?year=2025")]))[0]
    assert text_of(next(iter(named(first, "dash|number|funding_received").values()))) == "unknown"
    assert (
        text_of(next(iter(named(first, "dash|coverage|funding_received").values())))
        == "unknown for the one grant"
    )


def test_a_chart_is_native_and_its_workbook_holds_the_same(real_store):
    shown = shown_of(real_store, "/trainings?year=2025")
    data, told = build_deck([shown]), shown.content.picture("certainty").chart.bars
    found = drawn(data)
    for name, values, _ in told.series:
        assert found[name] == list(zip(told.categories, values, strict=True))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = openpyxl.load_workbook(
            io.BytesIO(archive.read("ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"))
        ).active
    rows = [list(row) for row in book.iter_rows(values_only=True)]
    assert rows[0][1:] == [name for name, _, _ in told.series]
    assert [row[0] for row in rows[1:]] == list(told.categories)
    assert [row[1] for row in rows[1:]] == list(told.series[0][1])


def test_the_title_of_a_chart_is_its_finding_and_horizontal_bars_read_from_the_top(real_store):
    shown = shown_of(real_store, "/trainings?year=2025")
    data = build_deck([shown])
    assert (
        text_of(next(iter(named(slides(data)[1], "dash|title").values())))
        == shown.content.pictures[0].chart.sentence
    )
    root = parts(data, "ppt/charts/chart")["ppt/charts/chart1.xml"]
    assert root.find(f".//{C}catAx/{C}scaling/{C}orientation").get("val") == "maxMin"
    assert root.find(f".//{C}barDir").get("val") == "bar"
    assert root.find(f".//{C}grouping").get("val") == "stacked"


def test_a_gap_stays_a_gap_and_says_that_it_is_not_known(real_store):
    told = Bars(["Known", "Not", "Zero"], [("One", [3, None, 0], "#24506f")])
    data = build_deck(
        [
            shown_of(
                real_store, "/trainings", Content("T", pictures=(Picture("p", chart(told=told)),))
            )
        ]
    )
    assert drawn(data)["One"] == [("Known", 3.0), ("Not: not known", None), ("Zero", 0.0)]


def test_bars_of_which_nothing_is_known_become_a_table(real_store):
    told = Bars(["A"], [("One", [None], "#24506f")])
    rows = [{"What": "A", "Amount": Quantity(None, unknown=1)}]
    data = build_deck(
        [
            shown_of(
                real_store,
                "/trainings",
                Content("T", pictures=(Picture("p", chart(told=told, rows=rows)),)),
            )
        ]
    )
    assert cells(slides(data)[0])[0] == [["What", "Amount"], ["A", "unknown"]]


def test_columns_stand_upright_and_partial_bars_have_their_table(real_store):
    rows = [{"Place": f"Place {i}", "Events": i} for i in range(4)]
    one = Picture("p", chart(told=bars(1, 2, horizontal=False, partial=True), rows=rows))
    many = Picture("q", chart("Many", told=bars(1, 2, partial=True), rows=rows * 10))
    made = slides(build_deck([shown_of(real_store, "/map", Content("T", pictures=(one, many)))]))
    assert len(cells(made[0])[0]) == 5
    assert "The table on the next slide holds everything." in text_of(made[1])
    assert len(made) == 2 + 4
    assert not cells(made[1])
    assert cells(made[2])


def test_beneath_bars_stands_what_is_in_none_of_them(real_store):
    told = replace(bars(1, 2), note="5 events have no month")
    picture = Picture("p", chart(told=told), note="Beyond: Boston 1.")
    (made,) = slides(
        build_deck([shown_of(real_store, "/events", Content("T", pictures=(picture,)))])
    )
    (note,) = named(made, "dash|note|p").values()
    assert text_of(note) == "Beyond: Boston 1. 5 events have no month"


def test_a_timeline_says_what_its_bars_leave_out(real_store):
    (made,) = slides(build_deck([shown_of(real_store, "/events?year=2025&chart=timeline")]))
    (note,) = named(made, "dash|note|timeline").values()
    assert text_of(note) == "5 events are known by the year only, and are in none of the bars"


def test_rows_that_a_table_of_the_page_holds_are_no_table_of_a_chart_too(real_store):
    rows = [{"Event": "Open day"}]
    content = Content(
        "T",
        pictures=(Picture("p", chart(rows=rows), repeats="events"),),
        sheets=(Sheet("events", "Agenda", rows),),
    )
    made = slides(build_deck([shown_of(real_store, "/events", content)]))
    assert [cells(slide) for slide in made] == [[[["Event"], ["Open day"]]]]


def test_a_card_says_what_the_page_says_beside_its_number_unless_it_says_more(real_store):
    first = slides(build_deck([shown_of(real_store, "/people?year=2025")]))[0]
    beside = {
        name.split("|")[2]: text_of(shape) for name, shape in named(first, "dash|coverage|").items()
    }
    assert beside["contributions_top_two"] == "of 34"
    assert beside["keynotes"] == "by 3 people"
    trainings = slides(build_deck([shown_of(real_store, "/trainings?year=2025")]))[0]
    (coverage,) = named(trainings, "dash|coverage|training_participants|").values()
    assert text_of(coverage) == "from 5 of 12 trainings, of which 1 disputed"


def test_a_review_tells_the_sentences_and_numbers_of_each_part_above_its_list(real_store):
    made = slides(build_deck([shown_of(real_store, "/review?year=2025")]))
    (research,) = [
        slide
        for slide in made
        if text_of(next(iter(named(slide, "dash|title").values()))) == "Research"
    ]
    lines = text_of(next(iter(named(research, "dash|list").values()))).split("\n")
    assert lines[0].startswith("From model to practice")
    assert [" ".join(line.split()) for line in lines[1:5]] == [
        "Results 2 results",
        "Projects 3 projects",
        "Coming projects 1 project",
        "Projects and results",
    ]


@pytest.mark.matrix(2)
@pytest.mark.parametrize("page", PAGES)
def test_no_slide_is_empty_and_none_says_what_another_says(real_store, page):
    made = slides(build_deck([shown_of(real_store, f"{page}?year=2025")]))
    said = [
        [text_of(shape) for kind in ("lead", "number", "list", "table", "chart")
         for shape in named(slide, f"dash|{kind}").values()]
        for slide in made
    ]  # fmt: skip
    titles = [text_of(next(iter(named(slide, "dash|title").values()))) for slide in made]
    assert all(said)
    assert all(titles)
    assert len(set(titles)) == len(titles)
    texts = ["".join(texts) for texts in said if any(texts)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("page", "titles"),
    [
        ("/events", ["Events in July 2025", UNDATED]),
        ("/people", ["People in July 2025", "In other work"]),
        ("/trainings", ["Trainings in July 2025"]),
    ],
)
def test_where_nothing_is_found_the_first_slide_says_so_and_no_other_is_empty(
    real_store, page, titles
):
    made = slides(build_deck([shown_of(real_store, f"{page}?month=2025-07")]))
    assert [text_of(next(iter(named(one, "dash|title").values()))) for one in made] == titles
    assert "none" in text_of(made[0]) or "nobody" in text_of(made[0])


def test_an_empty_chart_that_a_link_names_says_that_there_is_nothing(real_store):
    content = Content("T", pictures=(Picture("p", chart("Nothing recorded")),))
    (made,) = slides(build_deck([shown_of(real_store, "/events?chart=p", content)]))
    assert "No rows under these filters." in text_of(made)


def test_a_long_table_takes_four_slides_and_says_how_much_is_left(real_store):
    rows = [{"Name": f"Row {i}", "Empty": None, "Nothing": "", "Number": i} for i in range(1, 101)]
    made = slides(
        build_deck(
            [shown_of(real_store, "/events", Content("T", sheets=(Sheet("s", "Rows", rows),)))]
        )
    )
    assert len(made) == 4
    found = [row for slide in made for row in cells(slide)[0][1:]]
    assert found == [[f"Row {i}", str(i)] for i in range(1, len(found) + 1)]
    assert max(len(cells(slide)[0]) for slide in made) <= 13
    assert f"And {100 - len(found)} more rows: see the workbook or the link." in text_of(made[3])


def test_a_view_of_one_chart_gives_its_slide_only(real_store):
    made = slides(build_deck([shown_of(real_store, "/events?year=2025&chart=timeline")]))
    assert len(made) == 1
    assert named(made[0], "dash|chart|timeline")


@pytest.mark.matrix(3)
@pytest.mark.parametrize("page", PAGES)
def test_every_slide_says_selection_day_version_and_link_and_its_code_and_knows_its_view(
    real_store, page
):
    shown = shown_of(real_store, f"{page}?year=2025")
    data = build_deck([shown])
    for slide, notes in zip(slides(data), notes_of(data), strict=True):
        footer = text_of(next(iter(named(slide, "dash|footer").values())))
        for part in ("in 2025", "as of 15 January 2026", shown.version, "UMCG", shown.short):
            assert part in footer
        assert f"Link: {shown.address}" in notes
        assert shown.version in notes
        assert next(d for n, d, _ in shapes(slide) if n.startswith("dash|footer")).endswith(
            shown.view.link()
        )
        assert named(slide, "dash|code")
        assert len(named(slide, "dash|title")) == 1
        for name, alt, shape in shapes(slide):
            if shape.tag in (f"{P}graphicFrame", f"{P}pic"):
                assert alt, f"{name} has no alternative text"


def test_notes_define_the_numbers_of_the_slide(real_store):
    shown = shown_of(real_store, "/trainings?year=2025")
    first, second, *_ = notes_of(build_deck([shown]))
    for number in shown.numbers:
        assert f"Counted: {number.metric.counted}" in first
        assert f"Formula: {number.metric.formula}" in first
    assert "Participants in trainings: about 589 participants, from 5 of 12 trainings" in second
    assert METRICS["modules_developed"].counted not in second


def test_the_code_holds_the_short_link_and_stays_away_without_a_public_address(real_store):
    shown = shown_of(real_store, "/trainings?year=2025")
    hidden = Export(
        replace(shown.view, settings=replace(shown.view.settings, public_url="")),
        shown.content,
        shown.view.link(),
    )
    assert named(slides(build_deck([shown]))[0], "dash|code")
    bare = slides(build_deck([hidden]))[0]
    assert not named(bare, "dash|code")
    assert "/trainings?year=2025" in text_of(bare)


def test_demo_data_and_candidates_say_so_on_every_slide(real_store):
    shown = shown_of(real_store, "/trainings?year=2025")
    view = replace(shown.view, generated=True, extras={"candidate": shown.version})
    for slide in slides(build_deck([replace(shown, view=view)])):
        footer = text_of(next(iter(named(slide, "dash|footer").values())))
        assert "Demo data: generated, not real records" in footer
        assert "Candidate: not published" in footer


def test_a_pinned_view_says_the_day_on_which_it_was_shown(real_store):
    link = f"/trainings?year=2025&v={real_store.open().id}&on=2026-01-18"
    for slide in slides(build_deck([shown_of(real_store, link)])):
        assert "as shown on 18 January 2026" in text_of(slide)


def is_clean(data: bytes) -> None:
    """Nothing lies outside its slide, and no two shapes of ours overlap."""
    size = parts(data, "ppt/presentation")["ppt/presentation.xml"].find(f"{P}sldSz")
    width, height = int(size.get("cx")), int(size.get("cy"))
    for number, slide in enumerate(slides(data), start=1):
        boxes = frames(slide)
        for name, x, y, w, h in boxes:
            assert min(x, y) >= 0, (number, name, x, y)
            assert (x + w <= width, y + h <= height) == (True, True), (number, name, x, y, w, h)
        for i, (name, x, y, w, h) in enumerate(boxes):
            for other, x2, y2, w2, h2 in boxes[i + 1 :]:
                apart = x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
                assert apart, (number, name, other)


@pytest.mark.matrix(4)
@pytest.mark.parametrize("page", PAGES)
def test_nothing_overlaps_or_lies_outside_the_slides_of_the_real_pages(real_store, page):
    is_clean(build_deck([shown_of(real_store, f"{page}?year=2025")]))


@pytest.mark.matrix(4)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_texts_and_never_overflow(real_store, text):
    data = build_deck([shown_of(real_store, "/trainings?year=2025", hostile(text))])
    is_clean(data)
    pptx.Presentation(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = b"".join(
            archive.read(name) for name in archive.namelist() if name.endswith(".rels")
        )
        assert b"evil.example" not in relations
        for name in archive.namelist():
            if name.endswith(".xlsx"):
                book = openpyxl.load_workbook(io.BytesIO(archive.read(name))).active
                assert not any(
                    cell.data_type == "f" or cell.hyperlink
                    for row in book.iter_rows()
                    for cell in row
                )


def test_hebrew_and_arabic_run_from_right_to_left(real_store):
    made = slides(build_deck([shown_of(real_store, "/trainings", hostile("שלום עולם"))]))
    title = next(iter(named(made[0], "dash|title").values()))
    assert title.find(f".//{A}pPr").get("rtl") == "1"


def test_the_same_view_gives_the_same_bytes(real_store):
    one = [shown_of(real_store, "/trainings?year=2025"), shown_of(real_store, "/events?year=2025")]
    assert build_deck(one) == build_deck(one)
    with zipfile.ZipFile(io.BytesIO(build_deck(one))) as archive:
        assert b"2026-01-15T09:30:00Z" in archive.read("docProps/core.xml")


def template(*, wide: bool = False, kind: str = "presentation", bare: bool = False) -> bytes:
    """A house style: its own size, names and slides; 4:3 unless `wide`."""
    made = pptx.Presentation()
    made.core_properties.title = "House"
    if wide:
        made.slide_width, made.slide_height = Inches(13.333), Inches(7.5)
    for number, layout in enumerate(made.slide_layouts):
        layout.name = f"Indeling {number}"
    slide = made.slides.add_slide(made.slide_layouts[0])
    slide.shapes.title.text = "Secret slide of the house"
    if bare:
        for layout in list(made.slide_layouts)[:6] + list(made.slide_layouts)[7:]:
            if not layout.used_by_slides:
                made.slide_layouts.remove(layout)
        for shape in list(made.slide_layouts[0].placeholders):
            shape._element.getparent().remove(shape._element)
    file, changed = io.BytesIO(), io.BytesIO()
    made.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(
                name,
                old.read(name).replace(
                    b"presentationml.presentation.main", f"presentationml.{kind}.main".encode()
                ),
            )
    return changed.getvalue()


@pytest.mark.parametrize("kind", ["presentation", "template", "slideshow"])
def test_a_template_gives_size_master_and_layouts_and_none_of_its_slides(real_store, kind):
    data = build_deck([shown_of(real_store, "/trainings?year=2025")], template(kind=kind))
    size = parts(data, "ppt/presentation")["ppt/presentation.xml"].find(f"{P}sldSz")
    assert (int(size.get("cx")), int(size.get("cy"))) == (Inches(10), Inches(7.5))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Secret slide" not in everything
    assert "Indeling 5" in "".join(
        root.find(f"{P}cSld").get("name")
        for root in parts(data, "ppt/slideLayouts/slideLayout").values()
    )
    is_clean(data)
    used = pptx.Presentation(io.BytesIO(data)).slides[0].slide_layout.name
    assert used == "Indeling 5"


@pytest.mark.matrix(2)
@pytest.mark.parametrize("made", [template(bare=True), template(wide=True)])
@pytest.mark.parametrize("page", ["/trainings", "/events", "/review"])
def test_a_template_without_a_fitting_layout_gets_our_own_title(real_store, made, page):
    data = build_deck([shown_of(real_store, f"{page}?year=2025")], made)
    is_clean(data)
    assert all(named(slide, "dash|title") for slide in slides(data))


def test_hostile_texts_do_not_overflow_a_template_either(real_store):
    for text in ("a" * 5000, "word " * 1200):
        is_clean(
            build_deck([shown_of(real_store, "/trainings?year=2025", hostile(text))], template())
        )


@pytest.mark.parametrize(
    "bad", [b"", b"hello", b"%PDF-1.7", b"\xd0\xcf\x11\xe0 old", template()[:3000]]
)
def test_a_template_that_cannot_be_read_says_why(real_store, bad):
    with pytest.raises(DeckError, match=r"the template cannot be read: .*\."):
        build_deck([shown_of(real_store, "/trainings")], bad)


def test_no_view_makes_no_slides():
    with pytest.raises(DeckError, match="no view"):
        build_deck([])


MASTER = b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideMaster" Target="../slideMasters/slideMaster1.xml"/></Relationships>'
ODD = {  # whether there are slides all the same
    "two masters of a layout": (
        "_rels/slideLayout",
        lambda xml: xml.replace(b"</Relationships>", MASTER),
        False,
    ),
    "a layout without a master": (
        "_rels/slideLayout",
        lambda xml: re.sub(rb"<Relationship [^>]*slideMaster[^>]*/>", b"", xml),
        False,
    ),
    "a kind of place nobody knows": (
        "slideLayouts/slideLayout",
        lambda xml: xml.replace(b'type="title"', b'type="nonsense"'),
        False,
    ),
    "layouts without any place": (
        "slideLayouts/slideLayout",
        lambda xml: re.sub(rb"<p:ph[^>]*/>", b"", xml),
        True,
    ),
    "no sizes": (
        "slide",
        lambda xml: re.sub(rb"<a:xfrm>.*?</a:xfrm>", b"", xml, flags=re.DOTALL),
        True,
    ),
    "no styles of text": (
        "slideMasters/slideMaster",
        lambda xml: re.sub(rb"<p:txStyles>.*</p:txStyles>", b"", xml, flags=re.DOTALL),
        True,
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_whatever_is_odd_in_the_layouts_of_a_template_there_are_slides_or_words(
    real_store, tmp_path, name
):
    where, change, usable = ODD[name]
    odd, file = io.BytesIO(), tmp_path / "house.pptx"
    with zipfile.ZipFile(io.BytesIO(template())) as old, zipfile.ZipFile(odd, "w") as new:
        for entry in old.infolist():
            new.writestr(
                entry, change(old.read(entry)) if where in entry.filename else old.read(entry)
            )
    file.write_bytes(odd.getvalue())
    if usable:
        assert slides(
            build_deck([shown_of(real_store, "/trainings?year=2025")], load_template(file))
        )
    else:
        with pytest.raises(
            DeckError,
            match=r"the template cannot be used for slides .* keep one layout with a title",
        ):
            load_template(file)


def test_a_template_that_is_not_there_says_so(tmp_path):
    assert load_template(None) is None
    with pytest.raises(DeckError, match=r"the template .*none\.potx cannot be read"):
        load_template(tmp_path / "none.potx")
