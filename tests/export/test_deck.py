"""Slides: the same as the projector's, in shapes that can be edited, whatever the template and the
texts are.
"""

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pptx
import pytest
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches

from dashboard.charts import Bars, Chart
from dashboard.charts.dumbbells import Compared, draw_dumbbells
from dashboard.charts.theme import Palette
from dashboard.export.deck import DeckError, build_deck, load_template
from dashboard.export.pptx.marked_slides import read_slides
from dashboard.export.pptx.markers import read_marker
from dashboard.export.view_export import Export
from dashboard.model.quantity import SIGN, Quantity
from dashboard.views.content import Content, Picture, Spread, Tile
from dashboard.views.content.pages import make_content
from dashboard.views.content.slides import make_closing, make_opening, make_slides
from tests.export.taken import HOSTILE, hostile, shown_of, walk

PAGES = ("/", "/events", "/map", "/trainings", "/projects", "/people", "/review")
BLOCKS = ("title", "table", "chart", "mark", "card", "text", "footer")


def opened(data: bytes):
    return pptx.Presentation(io.BytesIO(data))


def everything(shapes):
    """Every shape, groups and what is in them."""
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from everything(shape.shapes)


def marked(slide, kind: str) -> dict:
    """The shapes of a kind by their key."""
    found = ((read_marker(shape.name), shape) for shape in everything(slide.shapes))
    return {marker.key: shape for marker, shape in found if marker and marker.kind == kind}


def text_of(slide) -> str:
    """Everything that a slide says, its lines joined."""
    said = []
    for shape in walk(slide.shapes):
        if shape.has_text_frame:
            said.append(shape.text_frame.text)
        if getattr(shape, "has_table", False) and shape.has_table:
            said += [cell.text for row in shape.table.rows for cell in row.cells]
    return " ".join(" ".join(said).split())


def flat(text: str) -> str:
    return " ".join(text.split())


def deck_of(store, *links: str):
    return opened(build_deck([shown_of(store, link) for link in links]))


# The same as the projector
# ------------------------------------------------------------------------------------------------


@pytest.mark.matrix(3)
@pytest.mark.parametrize("page", PAGES)
def test_a_deck_has_the_slides_of_the_projector_in_order_with_sentences_numbers_and_names(
    real_store, page
):
    shown = shown_of(real_store, f"{page}?year=2025")
    expected, made = make_slides(shown.content), opened(build_deck([shown])).slides
    assert [slide.shapes.title.text_frame.text for slide in made] == [
        one.sentence for one in expected
    ]
    for slide, source in zip(made, expected, strict=True):
        numbers, said = marked(slide, "number"), text_of(slide)
        assert list(numbers) == [tile.number for tile in source.tiles]
        for tile in source.tiles:
            known = tile.quantity.value is not None
            text = numbers[tile.number].text_frame.text
            assert text.startswith(SIGN[tile.quantity.kind] if known else "not known")
            assert flat(tile.label) in said
            assert flat(tile.qualifier) in said
        for line in source.lines:
            for part in (line.text, line.note, line.when, line.place):
                assert flat(part) in said
        assert flat(source.text) in said
        assert flat(source.foot) in said


def test_bold_words_of_the_screen_are_bold(real_store):
    shown = shown_of(real_store, "/events?year=2025")
    title = opened(build_deck([shown])).slides[0].shapes.title
    bold = [run.text for run in title.text_frame.paragraphs[0].runs if run.font.bold]
    assert bold == [text for text, strong in shown.content.lead if strong]


def test_a_view_of_one_chart_gives_its_slide_only(real_store):
    (slide,) = deck_of(real_store, "/events?year=2025&chart=timeline").slides
    assert "timeline" in marked(slide, "chart")


def test_a_meeting_opens_with_its_title_day_and_contents_and_ends_with_what_it_decides(real_store):
    opening = make_opening("Board, autumn", "12 October 2026", ["Events", "Map"])
    closing = make_closing("Board, autumn", "We go on.\nWe ask for more.")
    shown = [shown_of(real_store, "/map?year=2025&chart=map")]
    first, _map, last = opened(build_deck(shown, opening=opening, closing=closing)).slides
    assert first.shapes.title.text_frame.text == "Board, autumn"
    body = next(one for one in first.placeholders if one.placeholder_format.idx == 1)
    assert body.text_frame.text.split("\n") == ["12 October 2026", "1  Events", "2  Map"]
    assert last.shapes.title.text_frame.text == "What we decide"
    assert "We go on. We ask for more." in text_of(last)


def test_no_view_makes_no_slides():
    with pytest.raises(DeckError, match="no view"):
        build_deck([])


# Shapes that can be edited
# ------------------------------------------------------------------------------------------------


def test_every_event_of_the_timeline_is_a_group_of_its_mark_and_its_name(real_store):
    shown = shown_of(real_store, "/events?year=2025")
    slide = opened(build_deck([shown])).slides[0]
    traces = shown.content.picture("timeline").chart.figure["data"]
    drawn = {
        link.removeprefix("event="): re.sub("<[^>]*>", "", text)
        for trace in traces
        if "text" in trace.get("mode", "")
        for link, text in zip(trace["customdata"], trace["text"], strict=True)
        if link.startswith("event=") and text.startswith("<b>")
    }
    groups = marked(slide, "mark")
    assert set(groups) == {f"timeline~{event}" for event in drawn}
    for event, title in drawn.items():
        group = groups[f"timeline~{event}"]
        (label,) = [one for one in group.shapes if one.has_text_frame and one.text_frame.text]
        assert label.text_frame.text.split("\n")[0] == title.replace("&amp;", "&")
        assert len(group.shapes) == 2
        assert title.replace("&amp;", "&") in group._element._nvXxPr.cNvPr.get("descr")
    months = [one.text_frame.text for one in marked(slide, "chart")["timeline"].shapes if one.has_text_frame]  # fmt: skip
    assert {"Jan 3", "May 4", "Jul –"} <= set(months)


def test_a_map_has_its_outlines_as_one_shape_its_places_as_groups_and_beside_it_as_a_table(
    real_store,
):
    (slide,) = deck_of(real_store, "/map?year=2025&chart=map").slides
    outlines = [s for s in marked(slide, "chart")["map"].shapes if s.shape_type == 5]
    assert len(outlines) == 1
    assert {"map~groningen-nl", "map~amsterdam-nl"} <= set(marked(slide, "mark"))
    table = marked(slide, "table")["map"].table
    assert [[c.text for c in row.cells] for row in table.rows][:2] == [
        ["Groningen", "8"],
        ["Amsterdam", "2"],
    ]


def test_bars_are_a_chart_with_the_numbers_of_the_screen_and_what_is_not_known_is_no_zero(
    real_store,
):
    shown = shown_of(real_store, "/trainings?year=2025&chart=cohorts")
    (slide,) = opened(build_deck([shown])).slides
    bars = shown.content.picture("cohorts").chart.bars
    chart = marked(slide, "chart")["cohorts"].chart
    assert list(chart.plots[0].categories) == list(bars.categories)
    for series, (name, values, _colour), words in zip(
        chart.plots[0].series, bars.series, bars.amounts, strict=True
    ):
        assert (series.name, list(series.values)) == (name, list(values))
        labels = [
            series.points[nr].data_label.text_frame.text if value is not None else words[nr]
            for nr, value in enumerate(values)
        ]
        assert labels == list(words)
    unknown = [one.text_frame.text for one in marked(slide, "mark").values()]
    assert unknown == ["not known"] * sum(
        all(values[nr] is None for _, values, _ in bars.series)
        for nr in range(len(bars.categories))
    )


def test_bars_of_targets_have_a_line_at_the_target(real_store):
    told = Bars(["Events"], [("%", [80], "#24506f")], amounts=[["4 of 5"]], is_target=True)
    content = Content("T", pictures=[Picture("p", Chart({}, [{"a": 1}], "S", 0, bars=told))])
    (slide,) = opened(build_deck([shown_of(real_store, "/?chart=p", content)])).slides
    axis = marked(slide, "chart")["p"].chart.value_axis
    assert (axis.has_major_gridlines, axis.major_unit) == (True, 100)
    assert '"target"' in axis.tick_labels.number_format


def test_two_years_are_lines_with_both_numbers_and_their_difference(real_store):
    compared = [
        Compared("events_held", "Events", Quantity(29, exact=29), Quantity(23, exact=23)),
        Compared("keynotes", "Keynotes", Quantity(4, exact=4), Quantity(6, exact=6)),
    ]
    drawn = draw_dumbbells(compared, Palette(), now="2025", before="2024")
    content = Content("T", pictures=[Picture("p", drawn)])
    (slide,) = opened(build_deck([shown_of(real_store, "/?chart=p", content)])).slides
    lines = [[one.text_frame.text for one in group.shapes if one.has_text_frame and one.text_frame.text]
             for group in marked(slide, "mark").values()]  # fmt: skip
    assert lines == [["Events", "23", "29", "+6"], ["Keynotes", "6", "4", "−2"]]
    assert "○ 2024 ● 2025" in text_of(slide)
    is_known(slide)


def test_people_by_role_are_a_table_with_sums_and_the_others_in_one_row(real_store):
    (slide,) = deck_of(real_store, "/people?year=2025&chart=contributions").slides
    rows = [
        [c.text for c in row.cells] for row in marked(slide, "table")["contributions"].table.rows
    ]
    assert len(rows) == 1 + 9 + 1 + 1
    assert rows[1][0] == "Job Doornberg"
    assert rows[-2][0] == "… and 2 others"
    for column in range(1, len(rows[0])):
        numbers = [int(row[column] or 0) for row in rows[1:]]
        assert sum(numbers[:-1]) == numbers[-1]


def test_a_board_names_every_project_and_grants_are_a_table(real_store):
    shown = shown_of(real_store, "/projects?year=2025")
    slides = {s.key: n for n, s in enumerate(make_slides(shown.content))}
    made = opened(build_deck([shown])).slides
    board = shown.content.picture("projects").chart.markup
    for card in board.find("board-card"):
        for part in card.find("board-title") + card.find("board-role"):
            assert flat(part.text) in text_of(made[slides["projects"]])
    grants = marked(made[slides["funding"]], "table")["funding"].table
    assert len(grants.rows) == 1 + len(shown.content.picture("funding").chart.table)
    assert "not known" in text_of(made[slides["funding"]])


# What every slide has
# ------------------------------------------------------------------------------------------------


@pytest.mark.matrix(2)
@pytest.mark.parametrize("page", PAGES)
def test_every_slide_is_clean_known_described_and_readable(real_store, page):
    for link in (f"{page}?year=2025", f"{page}?year=1999"):
        data = build_deck([shown_of(real_store, link)])
        is_clean(data)
        for slide in opened(data).slides:
            is_known(slide)
            is_readable(slide)
            assert "Data Science Center in Health, UMCG" in text_of(slide)
            assert "data as of 15 January 2026" in text_of(slide)
            (footer,) = marked(slide, "footer").values()
            assert footer.text_frame.text == "dash.example.org/s/abcd2345"
            assert footer.text_frame.paragraphs[0].runs[0].hyperlink.address


def is_known(slide) -> None:
    """Each shape of a slide has a name of ours, once; charts, tables and groups say what they show."""
    found = [read_marker(shape.name) for shape in slide.shapes]
    assert all(found), [shape.name for shape in slide.shapes]
    inner = [m for s in everything(slide.shapes) if (m := read_marker(s.name)) and m.key]
    names = [(m.kind, m.key, m.start) for m in inner]
    assert len(set(names)) == len(names)
    for shape in slide.shapes:
        if shape.has_chart or shape.has_table or shape.shape_type == 6:
            assert shape._element._nvXxPr.cNvPr.get("descr"), shape.name


def is_readable(slide) -> None:
    """No letters below 12 points, in a figure not below 10."""
    for shape in slide.shapes:
        marker = read_marker(shape.name)
        least = 1000 if marker.kind in ("chart", "mark") and shape.shape_type == 6 else 1200
        sizes = [int(size) for size in shape._element.xpath(".//@sz") if size.isdigit()]
        assert all(size >= least for size in sizes), (shape.name, sizes)


def is_clean(data: bytes) -> None:
    """Nothing lies outside its slide, and no two blocks overlap."""
    made = opened(data)
    for number, slide in enumerate(made.slides, start=1):
        boxes = []
        for shape in slide.shapes:
            left, top, wide, tall = shape.left, shape.top, shape.width, shape.height
            assert min(left, top) >= -Inches(0.01), (number, shape.name)
            assert left + wide <= made.slide_width + Inches(0.01), (number, shape.name)
            assert top + tall <= made.slide_height, (number, shape.name)
            if read_marker(shape.name).kind in BLOCKS and read_marker(shape.name).kind != "mark":
                boxes.append((shape.name, left, top, left + wide, top + tall))
        for i, (name, *a) in enumerate(boxes):
            for other, *b in boxes[i + 1 :]:
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                assert apart, (number, name, other)


def test_notes_define_the_numbers_of_their_slide_and_name_the_full_link(real_store):
    shown = shown_of(real_store, "/trainings?year=2025")
    first, second, *_ = (
        s.notes_slide.notes_text_frame.text for s in opened(build_deck([shown])).slides
    )
    for number in shown.numbers:
        assert f"Counted: {number.metric.counted}" in first
    for notes in (first, second):
        assert f"Link: {shown.address}" in notes
        assert shown.version in notes


def test_demo_data_candidates_and_pinned_days_are_said_on_every_slide(real_store):
    link = f"/trainings?year=2025&v={real_store.open().id}&on=2026-01-18"
    shown = shown_of(real_store, link)
    for slide in opened(build_deck([shown])).slides:
        assert "as shown on 18 January 2026" in text_of(slide)
    view = replace(shown.view, generated=True, extras={"candidate": shown.version})
    for slide in opened(build_deck([replace(shown, view=view)])).slides:
        assert "Demo data: generated, not real records · Candidate: not published" in text_of(slide)


@pytest.mark.parametrize("host", ["", "http://127.0.0.1:8501", "http://localhost"])
def test_a_link_that_leads_nowhere_elsewhere_stands_in_the_notes_only(real_store, host):
    shown = shown_of(real_store, "/trainings?year=2025&chart=cohorts")
    bare = Export(shown.view, shown.content, host + shown.path)
    (slide,) = opened(build_deck([bare])).slides
    assert "year=2025" not in text_of(slide)
    assert f"Link: {bare.address}" in slide.notes_slide.notes_text_frame.text
    assert read_slides(opened(build_deck([bare])))[0].link == shown.path


def test_the_same_view_gives_the_same_bytes(real_store):
    one = [shown_of(real_store, "/trainings?year=2025"), shown_of(real_store, "/events?year=2025")]
    assert build_deck(one) == build_deck(one)
    with zipfile.ZipFile(io.BytesIO(build_deck(one))) as archive:
        assert b"2026-01-15T09:30:00Z" in archive.read("docProps/core.xml")


def test_a_view_of_a_dark_screen_gives_white_slides(real_store):
    shown = shown_of(real_store, "/map?year=2025")
    view = replace(shown.view, dark=True)
    dark = replace(shown, view=view, content=make_content(view))
    assert build_deck([dark]) == build_deck([shown])


# Hostile texts
# ------------------------------------------------------------------------------------------------


@pytest.mark.matrix(2)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_texts_and_stay_on_their_slides(real_store, text):
    page = hostile(text)
    tile = Tile("events_held", text, Quantity(3, exact=3), text, text)
    spread = Spread("spread", text, [tile], text, text, lines=page.sections[0].lines)
    page = replace(page, spreads=[spread], slides=(*page.slides, "spread"))
    opening = make_opening(text, text, [text] * 9)
    for template in (None, house()):
        data = build_deck([shown_of(real_store, "/trainings", page)], template, opening=opening)
        is_clean(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            relations = b"".join(archive.read(name) for name in names if name.endswith(".rels"))
            assert b"evil.example" not in relations
            for name in (name for name in names if name.endswith(".xlsx")):
                book = openpyxl.load_workbook(io.BytesIO(archive.read(name))).active
                found = [cell for row in book.iter_rows() for cell in row]
                assert not any(cell.data_type == "f" or cell.hyperlink for cell in found)


def test_hebrew_and_arabic_run_from_right_to_left(real_store):
    shown = shown_of(real_store, "/trainings", hostile("שלום עולם"))
    title = opened(build_deck([shown])).slides[0].shapes.title
    assert title.text_frame.paragraphs[0]._p.pPr.get("rtl") == "1"


# The house's own template
# ------------------------------------------------------------------------------------------------


def house(change=None, kind: str = "presentation") -> bytes:
    """A house style of the library's plain one, 4:3, with names that say nothing, and a slide."""
    made = pptx.Presentation()
    made.core_properties.title = "House"
    for number, layout in enumerate(made.slide_layouts):
        layout.name = f"Indeling {number}"
    slide = made.slides.add_slide(made.slide_layouts[0])
    slide.shapes.title.text = "Secret slide of the house"
    if change:
        change(made)
    file, changed = io.BytesIO(), io.BytesIO()
    made.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            main = f"presentationml.{kind}.main".encode()
            new.writestr(name, old.read(name).replace(b"presentationml.presentation.main", main))
    return changed.getvalue()


def keep(*kept: int):
    """Keep some layouts only."""

    def change(made) -> None:
        for number, layout in reversed(list(enumerate(made.slide_layouts))):
            if number not in kept and not layout.used_by_slides:
                made.slide_layouts.remove(layout)

    return change


def with_a_chart(made) -> None:
    """A layout of the house for charts: the place is small, right, and called something else."""
    layout = made.slide_layouts[8]
    (place,) = [p for p in layout.placeholders if p.placeholder_format.idx == 1]
    place._element.xpath(".//p:ph")[0].set("type", "chart")
    place.left, place.top, place.width, place.height = map(Inches, (4, 2, 5.5, 4.5))
    title = layout.placeholders[0]
    title.left, title.top, title.width, title.height = map(Inches, (1, 0.5, 8, 1))
    place.name = "Spreadsheet of the weather"


def bare(made) -> None:
    """Only a layout without any place."""
    keep(6)(made)
    for shape in list(made.slide_layouts[-1].placeholders):
        shape._element.getparent().remove(shape._element)


def test_the_places_of_a_house_are_used_by_their_type(real_store):
    links = ["/trainings?year=2025&chart=cohorts", "/events?year=2025&month=2025-05"]
    data = build_deck([shown_of(real_store, link) for link in links], house(with_a_chart))
    is_clean(data)
    chart, *others = opened(data).slides
    frame = marked(chart, "chart")["cohorts"]
    assert chart.slide_layout.name == "Indeling 8"
    assert frame.placeholder_format.type is PP_PLACEHOLDER.CHART
    assert (frame.left, frame.top, frame.width) == (Inches(4), Inches(2), Inches(5.5))
    tables = [one for slide in others for one in slide.placeholders if one.has_table]
    assert tables
    assert {slide.slide_layout.name for slide in others} == {"Indeling 1"}
    for slide in opened(data).slides:
        kinds = [one.placeholder_format.type for one in slide.placeholders]
        assert {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER} <= set(
            kinds
        )


@pytest.mark.parametrize("change", [keep(5), bare, with_a_chart])
def test_whatever_layouts_a_house_has_nothing_overlaps_and_everything_is_said(real_store, change):
    shown = [shown_of(real_store, f"{page}?year=2025") for page in ("/trainings", "/review")]
    data = build_deck(shown, house(change))
    is_clean(data)
    titles = [
        flat(next(iter(marked(s, "title").values())).text_frame.text) for s in opened(data).slides
    ]
    assert titles == [flat(one.sentence) for view in shown for one in make_slides(view.content)]


@pytest.mark.matrix(1)
@pytest.mark.parametrize("kind", ["presentation", "template", "slideshow"])
def test_a_template_gives_size_master_and_layouts_and_none_of_its_slides(real_store, kind):
    data = build_deck([shown_of(real_store, "/trainings?year=2025")], house(kind=kind))
    made = opened(data)
    assert (made.slide_width, made.slide_height) == (Inches(10), Inches(7.5))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Secret slide" not in everything


@pytest.mark.parametrize(
    "bad", [b"", b"hello", b"%PDF-1.7", b"\xd0\xcf\x11\xe0 old", house()[:3000]]
)
def test_a_template_that_cannot_be_read_says_why(real_store, bad):
    with pytest.raises(DeckError, match=r"the template cannot be read: .*\."):
        build_deck([shown_of(real_store, "/trainings")], bad)


MASTER = b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideMaster" Target="../slideMasters/slideMaster1.xml"/></Relationships>'
ODD = {  # where, what becomes of it, and whether there are slides all the same
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
    with zipfile.ZipFile(io.BytesIO(house())) as old, zipfile.ZipFile(odd, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, change(data) if where in entry.filename else data)
    file.write_bytes(odd.getvalue())
    if usable:
        shown = shown_of(real_store, "/trainings?year=2025")
        assert opened(build_deck([shown], load_template(file))).slides
    else:
        with pytest.raises(DeckError, match=r"cannot be used for slides .* keep one layout"):
            load_template(file)


def test_a_template_that_is_not_there_says_so(tmp_path):
    assert load_template(None) is None
    with pytest.raises(DeckError, match=r"the template .*none\.potx cannot be read"):
        load_template(tmp_path / "none.potx")
