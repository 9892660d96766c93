"""The review as a Word document: it says what the page says, in Word's own headings, lists, tables and
footnotes; renewed, it says what the link shows today and keeps what people made of it.
"""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches
from docx.text.run import Run

from dashboard.export.pptx import DeckError
from dashboard.export.pptx.markers import read_values
from dashboard.export.refresh_isolated import RefreshRequest, refresh_in_isolation
from dashboard.export.word.document import build_document
from dashboard.export.word.marks import NAMESPACE
from dashboard.export.word.opening import is_document, load_word_template
from dashboard.export.word.passages import say_sources
from dashboard.export.word.refresh_document import refresh_document
from dashboard.export.word.report import has_document
from dashboard.model.quantity import Quantity
from dashboard.model.roles import Role
from dashboard.query.metrics import METRICS
from dashboard.store import Store
from dashboard.views.content import Line, Spread, Tile
from tests.conftest import ROOT, append_to, replace_in, served_already
from tests.export.taken import HOSTILE, TODAY, hostile, shown_of, view_of
from tests.export.test_refresh import asking
from tests.support import office_schemas
from tests.support.drawn_pages import convert_files

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINK = "/review?year=2025"


@pytest.fixture(scope="module")
def shown(by_hand):
    """The review of the small records."""
    return shown_of(by_hand, LINK)


@pytest.fixture(scope="module")
def taken(shown) -> bytes:
    return build_document(shown)


@pytest.fixture
def grown(small_store, small, tmp_path):
    """The same records later: an event more, a cohort that grew, a training whose number nobody knows."""
    row = next(r for r in (small / "trainings.csv").read_text("utf-8").splitlines() if "about" in r)
    number = next(cell for cell in row.split(",") if cell.isdigit())
    replace_in(small, "trainings", f",{number},about", f",{int(number) + 50},about")
    replace_in(small, "events", ",planned,", ",held,")
    replace_in(small, "texts", "Anybody may use it.", "Everybody may use it.")
    append_to(
        small, "texts", "new-2025,highlight,2025,research,A second set,It is new.,,,,,report,9,"
    )
    append_to(small, "trainings", "quiet,Quiet course,,,course,,held,2025-04,,,,,unknown,")
    later = Store(tmp_path / "later")
    served_already(later, ROOT / "tests" / "data", (small, "grown"))
    return later


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def part(data: bytes, name: str) -> ET.Element:
    """A part of the file, read by the standard library."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read(name))


def text_of(element) -> str:
    """The text of an element; lines within a paragraph are parted by one space."""
    said = {f"{W}t": lambda one: one.text or "", f"{W}br": lambda one: " "}
    return "".join(said[one.tag](one) for one in element.iter() if one.tag in said)


def lines_of(data: bytes, name="word/document.xml") -> list[str]:
    """The paragraphs of a part that say something."""
    texts = (text_of(paragraph) for paragraph in part(data, name).iter(f"{W}p"))
    return [text for text in texts if text.strip()]


def styled(data: bytes, *names: str) -> list[str]:
    """The texts of paragraphs in these styles, outside of tables."""
    body = opened(data).element.body
    ids = {opened(data).styles[name].style_id for name in names}
    return [text_of(p) for p in body.iterchildren(qn("w:p")) if p.style in ids]


def controls(data: bytes, name="word/document.xml") -> list[tuple[str, str, str]]:
    """Name, tag and text of the controls of a part."""
    found = []
    for control in part(data, name).iter(f"{W}sdt"):
        alias, tag = (control.find(f"{W}sdtPr/{W}{one}").get(f"{W}val") for one in ("alias", "tag"))
        found.append((alias, tag, text_of(control)))
    return found


def stored(data: bytes) -> ET.Element:
    """What the document stores of its passages."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if "customXml/item" in name]
    return next(ET.fromstring(one) for one in parts if f'xmlns="{NAMESPACE}"'.encode() in one)


def ids_of(data: bytes, name: str) -> list[str]:
    """The numbers of the controls of a part."""
    found = part(data, f"word/{name}.xml").iter(f"{W}sdtPr")
    return [about.find(f"{W}id").get(f"{W}val") for about in found]


def find_run(document, text: str):
    """The first run that says a text, in a control or beside one."""
    runs = document.element.body.iter(qn("w:r"))
    return next(Run(run, document._body) for run in runs if run.text == text)


def test_a_document_says_what_the_page_says_in_its_order(real_store):
    shown = shown_of(real_store, LINK)
    data = build_document(shown)
    content, said = shown.content, " ".join(lines_of(data))
    assert styled(data, "Title", "Headline") == [content.title, content.finding]
    assert styled(data, "Heading 1", "Annex heading") == [
        "Highlights",
        *(spread.name for spread in content.spreads),
        "Partner organisations",
        "Annex",
    ]
    texts = [s.title for s in content.spreads if s.title]
    wanted = [*texts, "The numbers", "29 events by date", "Further projects and trainings"]
    assert styled(data, "Heading 2") == wanted
    listed = styled(data, "List Bullet")
    for section in content.sections:
        if section.key in ("highlights", "partners"):
            assert all(any(line.text in one for one in listed) for line in section.lines)
    for spread in content.spreads:
        assert spread.text in said
        for line in spread.lines:
            assert any(line.text in one and line.note in one for one in listed)
        for tile in spread.tiles:
            number = shown.number(tile.number)
            assert f"{number.short}" in said
            assert all(note in said for note in number.cautions)
    assert content.blocks["lead"].text in said
    assert re.search(r"about 589.*Participants in trainings.*from 5 of 12 trainings", said)


def test_the_annex_has_what_numbers_count_and_everything_with_its_source(real_store):
    shown = shown_of(real_store, LINK)
    document = opened(build_document(shown))
    numbers, events, things = document.tables[-3:]
    cells = [[text_of(cell._tc) for cell in row.cells] for row in numbers.rows]
    assert [
        "Participants in trainings",
        "about 589",
        "from 5 of 12 trainings, of which 1 disputed",
        METRICS["training_participants"].counted
        + f" Not counted: {METRICS['training_participants'].not_counted}",
    ] in cells
    listed = {text_of(row.cells[0]._tc) for row in things.rows}
    named = {line.text for spread in shown.content.spreads for line in spread.lines}
    assert len(listed) > 10
    assert not listed & named
    assert len(events.rows) == 30
    rows = [[text_of(cell._tc) for cell in row.cells] for row in events.rows]
    assert [
        "28 February 2025",
        "AI Theatre on AI and Cybersecurity ECR 2025",
        "Peter van Ooijen (chair), Peter van Ooijen (introduction)",
        "Vienna, Austria",
        "2025 in Review, line 250",
    ] in rows
    for table in (numbers, events, things):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_headings_lists_language_properties_and_page_numbers_are_words_own(taken, shown):
    document = opened(taken)
    levels = [
        document.styles[f"Heading {n}"].element.xpath("w:pPr/w:outlineLvl") for n in (1, 2, 3)
    ]
    assert all(levels)
    assert document.styles["List Bullet"].element.xpath("w:pPr/w:numPr")
    about = document.core_properties
    assert (about.title, about.author) == (shown.title, "Data Science Center in Health, UMCG")
    assert (about.language, about.created) == (
        "en-GB",
        shown.time.replace(tzinfo=about.created.tzinfo),
    )
    assert set(document.styles.element.xpath("w:docDefaults//w:lang/@w:val")) == {"en-GB"}
    foot = part(taken, "word/footer1.xml")
    assert text_of(foot).startswith(
        "Data Science Center in Health, UMCG · data as of 15 January 2026"
    )
    assert [f.get(f"{W}instr") for f in foot.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


def test_every_passage_lies_in_a_control_and_is_stored_with_what_it_says(taken, shown):
    body, notes, foot = (
        controls(taken, f"word/{name}.xml") for name in ("document", "footnotes", "footer1")
    )
    found = {tag: text for _name, tag, text in (*body, *notes, *foot)}
    root = stored(taken)
    assert (root.get("link"), root.get("version")) == (shown.path, shown.version)
    assert (root.get("language"), {one.get("tag") for one in root}) == ("en", found.keys())
    by_key = {one.get("key"): one for one in root}
    for word in (*shown.content.numbers, *shown.content.labels):
        one, number = by_key[f"number:{word}"], shown.number(word)
        (value,) = read_values(one.get("values"))
        assert (value.value, value.kind) == (number.quantity.value, number.quantity.kind)
        assert value.metric == word.partition("~")[0]
        assert found[one.get("tag")] == number.short
    outside = part(taken, "word/document.xml")
    for control in list(outside.iter(f"{W}sdt")):
        control.remove(control.find(f"{W}sdtContent"))
    rows = [one for one in outside.iter(f"{W}tr") if list(one.iter(f"{W}sdt"))]
    for row in rows:  # a control stands for its row
        row.clear()
    rest = [text_of(p) for p in outside.iter(f"{W}p") if text_of(p).strip()]
    numbers = ["Number", "Value", "Known from", "What it counts"]
    events = ["Date", "Event", "Who", "Where", "Stated in"]
    assert rest == [*numbers, *events]
    assert all(len(tag) <= 64 and len(name) <= 64 for name, tag, _ in (*body, *notes, *foot))
    ids = [one for name in ("document", "footnotes", "footer1") for one in ids_of(taken, name)]
    assert len(ids) == len(set(ids)) > 50


def test_footnotes_say_source_section_and_line_and_are_marked_in_order(taken):
    notes = {
        note.get(f"{W}id"): text_of(note)
        for note in part(taken, "word/footnotes.xml").iter(f"{W}footnote")
        if note.get(f"{W}type") is None
    }
    marks = [
        mark.get(f"{W}id")
        for mark in part(taken, "word/document.xml").iter(f"{W}footnoteReference")
    ]
    assert marks == list(notes) == [str(nr) for nr in range(1, len(marks) + 1)]
    line = next(one for one in styled(taken, "List Bullet") if "Open day" in one)
    assert line
    assert any("May, line 10" in text for text in notes.values())
    assert any("differs on participants: “about 120” (News, line 3)" in t for t in notes.values())


def test_sections_of_a_source_are_named_with_their_lines_and_many_are_counted_with_a_link():
    def claim(section, line, source="Report", stance="stated"):
        return {
            "source": source,
            "section": section,
            "line": line,
            "stance": stance,
            "field": "title",
            "stated": "x",
        }

    assert say_sources([], "/x") == ""
    assert (
        say_sources([claim("News", n) for n in (9, 4, 3)], "/x") == "Report: News, lines 3, 4, 9."
    )
    many = [claim(f"S{n}", n) for n in range(1, 8)]
    assert say_sources(many, "/x") == "Report, 7 places: see “Why this number?” at /x"
    assert say_sources([claim(None, None)], "/x") == "Report."
    two = [claim(None, 2), claim("A", 1, "Other")]
    assert say_sources(two, "/x") == "Report: line 2; Other: A, line 1."


def test_what_is_stated_in_one_place_shares_its_footnote(real_store):
    data = build_document(shown_of(real_store, LINK))
    notes = [text_of(one).strip() for one in part(data, "word/footnotes.xml").iter(f"{W}footnote")]
    (shared,) = (note for note in notes if "The same for DASH Connect (second of two)" in note)
    assert shared.startswith("2025 in Review: Connecting communities")


def test_the_same_view_gives_the_same_bytes_and_an_unchanged_document_stays_as_it_is(
    taken, shown, by_hand
):
    assert build_document(shown) == taken
    result = refresh_document(taken, asking(by_hand))
    assert (result.deck, list(result.changed), list(result.left)) == (taken, [], [])


def test_what_nobody_rewrote_says_what_the_link_shows_now(taken, grown):
    result = refresh_document(taken, asking(grown))
    fresh = build_document(replace(shown_of(grown, LINK), short=""))
    missing = set(lines_of(fresh)) - set(lines_of(result.deck))
    (link,) = (line for line in lines_of(fresh) if line.startswith("The page as it is"))
    assert missing == {link, "In 2025 also 1 training."}
    (left,) = result.left
    assert left.sentence == "New on the page, and not in this document: In 2025 also 1 training."
    assert "A second set It is new." in styled(result.deck, "List Bullet")
    assert lines_of(result.deck, "word/footer1.xml") == lines_of(fresh, "word/footer1.xml")
    assert any("Everybody may use it." in change.new for change in result.changed)
    assert any(re.match(r"from \d of \d trainings", line) for line in lines_of(result.deck))
    assert not any("trainings" in line for line in lines_of(taken) if line.startswith("from"))
    assert refresh_document(result.deck, asking(grown)).changed == []


def test_own_words_form_and_order_stay_and_old_numbers_are_listed(taken, shown, grown):
    later = shown_of(grown, LINK)
    was, now = (one.number("training_participants").value for one in (shown, later))
    document = opened(taken)
    number = find_run(document, was)
    number.text, number.font.highlight_color = f"no fewer than {was} people", WD_COLOR_INDEX.YELLOW
    find_run(document, "We move to Ghent").font.italic = True
    find_run(document, "Annex").text = "What we counted"
    own = document.add_paragraph(f"We trained {was} people, said the dean.")
    document.paragraphs[0]._p.addprevious(own._p)
    table = document.tables[-1]._tbl
    table.append(table.tr_lst[1])
    order = [text_of(row.tc_lst[1]) for row in table.tr_lst]

    result = refresh_document(saved(document), asking(grown))
    renewed = opened(result.deck)
    assert renewed.paragraphs[0].text == f"We trained {was} people, said the dean."
    kept = find_run(renewed, f"no fewer than {now} people")
    assert kept.font.highlight_color == WD_COLOR_INDEX.YELLOW
    assert find_run(renewed, "We move to Ghent").font.italic
    assert "What we counted" in styled(result.deck, "Annex heading")
    again = [text_of(row.tc_lst[1]) for row in renewed.tables[-1]._tbl.tr_lst]
    assert len(again) == len(order)
    assert again[-1] == order[-1]
    assert [(one.sentence, one.number) for one in result.left if one.number] == [
        (f"We trained {was} people, said the dean.", was)
    ]


def test_lines_and_rows_that_are_no_longer_told_go_with_their_footnotes(grown, small_store):
    result = refresh_document(build_document(shown_of(grown, LINK)), asking(small_store))
    assert "A second set" not in " ".join(lines_of(result.deck))
    marks = set(re.findall(r'footnoteReference[^>]*id="(\d+)"', _xml(result.deck, "document")))
    notes = set(re.findall(r'<w:footnote w:id="([1-9]\d*)"', _xml(result.deck, "footnotes")))
    assert marks == notes


def _xml(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(f"word/{name}.xml").decode()


def test_what_somebody_took_out_does_not_come_back(taken, grown):
    document = opened(taken)
    lists = [p for p in document.paragraphs if p.style.name == "List Bullet"]
    gone = next(p for p in lists if "The dataset is open" in text_of(p._p))
    gone._p.getparent().remove(gone._p)
    result = refresh_document(saved(document), asking(grown))
    assert "The dataset is open" not in " ".join(styled(result.deck, "List Bullet"))


def test_a_document_without_our_marks_is_said_to_be_none_of_ours(taken, by_hand):
    with pytest.raises(DeckError, match="holds nothing of this dashboard"):
        refresh_document(saved(docx.Document()), asking(by_hand))
    bare = opened(taken)
    for root in (bare.element.body, bare.sections[0].footer._element):
        for tag in list(root.iter(qn("w:tag"))):
            tag.getparent().remove(tag)
    for relation in list(bare.part.rels.values()):
        if relation.reltype.endswith("/footnotes"):
            del bare.part.rels[relation.rId]
    with pytest.raises(DeckError, match="LibreOffice before"):
        refresh_document(saved(bare), asking(by_hand))


def test_a_document_is_renewed_in_the_limited_process_by_its_kind(taken, by_hand, monkeypatch):
    asker = RefreshRequest(Role.VIEWER, "", TODAY)
    assert is_document(taken)
    result = refresh_in_isolation(taken, asker, root=str(by_hand.root))
    assert not any(change.slide for change in result.changed)
    file = io.BytesIO(taken)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    with pytest.raises(DeckError, match="the document holds macros"):
        refresh_in_isolation(file.getvalue(), asker, root=str(by_hand.root))


def hostile_review(store, text: str):
    """A review on which every text is hostile."""
    content = hostile(text)
    tile = Tile("training_participants", text, Quantity(None, unknown=2), text)
    lines = [Line(text, text, "event=open-day"), *[Line(text, text)] * 9]
    spread = Spread("review-research", text, (tile,), text, text, (), "research", lines=lines)
    quoted = replace(spread, key="review-next", quotation=Line(text, text))
    return shown_of(store, LINK, replace(content, spreads=(spread, quoted)))


@pytest.mark.matrix(3)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_text(by_hand, text):
    data = build_document(hostile_review(by_hand, text))
    said = " ".join(lines_of(data))
    assert re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\s]+", "", text)[:60] in re.sub(r"\s+", "", said)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".rels"):
                assert b"External" not in archive.read(name)
    fields = {f.get(f"{W}instr") for f in part(data, "word/document.xml").iter(f"{W}fldSimple")}
    assert fields == set()


def test_a_year_without_records_and_generated_records_say_so(by_hand):
    empty = build_document(shown_of(by_hand, "/review?year=1999"))
    assert styled(empty, "Heading 1", "Annex heading") == ["Annex"]
    assert "nothing" in styled(empty, "Headline")[0]
    generated = shown_of(by_hand, LINK)
    made = build_document(replace(generated, view=replace(generated.view, generated=True)))
    assert styled(made, "Warning") == ["Demo data: generated, not real records"]
    assert lines_of(made, "word/footer1.xml")[0].startswith("Demo data: generated")


def test_only_a_review_comes_as_a_document(by_hand):
    assert has_document(view_of(by_hand, LINK))
    assert not has_document(view_of(by_hand, "/events?year=2025"))
    assert not has_document(view_of(by_hand, f"{LINK}&compare=2024"))


def house(*, template=True) -> bytes:
    """A template of the house: its own page, head and styles, without a list, attached to another."""
    made = docx.Document()
    made.add_paragraph("Secret text of the house")
    made.sections[0].page_width = Inches(8)
    made.sections[0].header.paragraphs[0].text = "The house"
    made.sections[0].footer.paragraphs[0].text = "Its foot"
    made.styles["Heading 1"].font.name = "Rockwell"
    styles = made.styles.element
    for name in ("List Bullet", "Quote", "Table Grid"):
        styles.remove(made.styles[name].element)
    settings = made.settings.element
    attached = OxmlElement("w:attachedTemplate")
    relation = made.part._settings_part.relate_to(
        "https://evil.example/a.dotm",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate",
        is_external=True,
    )
    attached.set(qn("r:id"), relation)
    settings.insert(1, attached)
    data, changed = saved(made), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "[Content_Types].xml" and template:
                content = content.replace(b"document.main+xml", b"template.main+xml")
            new.writestr(entry.filename, content)
    return changed.getvalue()


@pytest.mark.parametrize("template", [True, pytest.param(False, marks=pytest.mark.long)])
def test_the_template_of_the_house_keeps_its_styles_page_head_and_foot(
    shown, tmp_path, by_hand, template
):
    file = tmp_path / "house.dotx"
    file.write_bytes(house(template=template))
    data = build_document(shown, load_word_template(file))
    document = opened(data)
    assert document.styles["Heading 1"].font.name == "Rockwell"
    assert document.sections[0].page_width == Inches(8)
    assert document.sections[0].header.paragraphs[0].text == "The house"
    assert document.sections[0].footer.paragraphs[0].text == "Its foot"
    assert "Secret text" not in " ".join(lines_of(data))
    assert document.styles["List Bullet"].element.xpath("w:pPr/w:numPr")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"template.main" not in archive.read("[Content_Types].xml")
        assert not any(b"evil.example" in archive.read(name) for name in archive.namelist())
    assert refresh_document(data, asking(by_hand)).changed == []


@pytest.mark.parametrize("content", [b"no document", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_a_template_that_is_none_is_refused_with_its_name(tmp_path, content):
    file = tmp_path / "house.docx"
    file.write_bytes(content)
    with pytest.raises(DeckError, match=r"the template .*house\.docx cannot be read"):
        load_word_template(file)
    with pytest.raises(DeckError, match=r"house\.dotx cannot be read"):
        load_word_template(tmp_path / "house.dotx")
    assert load_word_template(None) is None


def test_word_opens_it_without_repairing_it_also_on_a_template_and_renewed(
    taken, shown, tmp_path, grown
):
    settings = [one.tag for one in part(taken, "word/settings.xml")]
    assert settings.index(f"{W}footnotePr") < settings.index(f"{W}compat")
    renewed = refresh_document(taken, asking(grown)).deck
    for data in (taken, build_document(shown, house()), renewed):
        office_schemas._load_schemas.cache_clear()  # it remembers the footnotes of another file
        faults = office_schemas.find_faults(data)
        assert [fault for fault in faults if "w:zoom" not in fault and "percent" not in fault] == []


@pytest.mark.long
def test_libreoffice_opens_it_and_shows_footnotes_at_the_foot_of_their_page(real_store, tmp_path):
    shown = shown_of(real_store, LINK)
    source = tmp_path / "review.docx"
    source.write_bytes(build_document(shown))
    convert_files([source], "odt")
    with pypdfium2.PdfDocument(convert_files([source])[0]) as drawn:
        pages = [page.get_textpage().get_text_bounded() for page in drawn]
    for nr, page in enumerate(pages, start=1):
        assert f"{nr} of {len(pages)}" in page
        assert "data as of 15 January 2026" in page
    assert "2025 in Review: " in pages[0].split("Highlights")[1]
    assert all(spread.name in " ".join(pages) for spread in shown.content.spreads)
