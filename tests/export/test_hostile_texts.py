"""Hostile texts in every column of every table, looked for in every file and answer with readers
that are not ours.

The pages in Chromium: tests/browser/test_output.py. Everything that is tried by itself, in every
column: make test-long.
"""

import csv
import io
import json
import re
import shutil
import unicodedata
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import cycle
from urllib.parse import quote
from xml.etree import ElementTree as ET

import icalendar
import openpyxl
import pptx
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dashboard.export import columns, qr
from dashboard.export.calendar import build_calendar
from dashboard.export.csv_files import to_csv, to_spreadsheet_csv
from dashboard.export.deck import build_deck
from dashboard.export.record_table import select_file_columns, table_to_csv
from dashboard.export.workbook import build_workbook
from dashboard.intake.cells import MULTILINE_COLUMNS
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.intake.formulas import SIGNS, guard_formula, guard_text, remove_guard, starts_formula
from dashboard.intake.problems import Refused
from dashboard.intake.uploads import read_upload
from dashboard.model.drill_down import format_drill_down as asked_for
from dashboard.model.drill_down import parse_drill_down
from dashboard.model.filters import Filters
from dashboard.model.settings import shares_file
from dashboard.publishing.delivery import check_delivery
from dashboard.query import questions
from dashboard.query.metrics import METRICS
from dashboard.query.provenance import collect_evidence, tabulate_evidence
from dashboard.schema.contract import tables
from dashboard.shares import SharesDb, shorten
from dashboard.store import Mode, Store
from dashboard.views.content.pages import CONTENTS, make_content
from tests.conftest import NOW, ROOT, publish_folder
from tests.export.taken import shown_of
from tests.intake.test_readers import as_workbook
from tests.server.conftest import site
from tests.support import hostile
from tests.support.asgi import ask

FORMULA = re.compile(r"[=+@\t\r]|-(?!\d)")
"""How a cell starts that a spreadsheet would run. A number below zero is a number."""
SELECTIONS = ("?year=all",)
MORE_SELECTIONS = (
    "",
    "?year=all",
    "?year=2025&compare=2024&by=format",
    "?month=2025-05&by=country&size=participants",
)
PROPERTIES = {
    "BEGIN",
    "END",
    "PRODID",
    "VERSION",
    "CALSCALE",
    "METHOD",
    "NAME",
    "X-WR-CALNAME",
    "X-WR-CALDESC",
    "COMMENT",
    "REFRESH-INTERVAL",
    "X-PUBLISHED-TTL",
    "UID",
    "DTSTAMP",
    "LAST-MODIFIED",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "STATUS",
    "TRANSP",
    "LOCATION",
    "GEO",
    "DESCRIPTION",
    "CATEGORIES",
    "URL",
}
EVERYWHERE = {
    "events.title",
    "trainings.title",
    "projects.title",
    "people.name",
    "organisations.name",
    "terms.label_en",
}
"""Columns that must be found in every kind of file that shows pages: without them nothing has been
looked at.
"""


def store_of(root, texts=None):
    """A store whose served version is hostile in every text, those of whoever published included."""
    store = Store(root / "store")
    publish_folder(
        store,
        hostile.records(root / "data", texts),
        hostile.some_texts(4).replace("{}", "published"),
        former=True,
    )
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def served(store, monkeypatch):
    """Asks a site that serves the hostile version."""
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    app = site()
    return lambda link: ask(app, link)


def shown(store, selections=SELECTIONS):
    """Every page that can be taken along."""
    return [shown_of(store, f"/{page}{query}") for page in CONTENTS for query in selections]


# Records
# -------------------------------------------------------------------------------------------------------------


def test_every_column_of_free_text_is_hostile_and_comes_back_as_it_was_written(store, tmp_path):
    folder = hostile.records(tmp_path / "again")
    for table in tables().values():
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            given = {tuple(row[k] for k in table.key): row for row in csv.DictReader(file)}
        kept = questions.browse(store.open(), table.name)
        assert len(kept) == len(given)
        for row in kept:
            written = given[tuple(str(row[k]).strip() for k in table.key)]
            for column in table.file_columns:
                if column.form == "text":
                    assert (row[column.name] or "") == written[column.name].strip(), (
                        table.name,
                        column.name,
                    )


def refused(folder):
    """Table and column of every problem that the intake finds."""
    with pytest.raises(Refused) as found:
        open_checked_records(read_folder(folder))
    return {(problem.file.partition(".")[0], problem.column) for problem in found.value.problems}


def with_cells(folder, cells):
    """The hostile records with other cells in the first row: {("events", "title"): text}."""
    for table in {table for table, _ in cells}:
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rows[0] |= {column: text for (of, column), text in cells.items() if of == table}
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def test_controls_and_characters_that_turn_the_direction_are_refused_in_every_column(tmp_path):
    characters = cycle(hostile.REFUSED)
    cells = {(mark.table, mark.column): f"x{next(characters)}y" for mark in hostile.MARKS}
    assert refused(with_cells(hostile.records(tmp_path / "data"), cells)) >= set(cells)


def test_a_carriage_return_in_a_cell_is_refused(tmp_path):
    cells = {(mark.table, mark.column): "x\ry" for mark in hostile.MARKS}
    found = refused(with_cells(hostile.records(tmp_path / "data"), cells))
    assert {table for table, _ in found} >= {table for table, _ in cells}


@pytest.mark.long
@pytest.mark.parametrize("character", hostile.REFUSED, ids=ascii)
def test_each_of_them_is_refused_in_every_column(tmp_path, character):
    cells = {(mark.table, mark.column): f"x{character}y" for mark in hostile.MARKS}
    assert refused(with_cells(hostile.records(tmp_path / "data"), cells)) >= set(cells)


def test_a_column_with_a_pattern_refuses_what_is_nearly_right_and_what_is_hostile(tmp_path):
    nearly = hostile.MADE_OF_A_PATTERN
    whole = {
        name: text for name, text in nearly.items() if name != ("claims", "table_name")
    }  # it says of what `field` is
    for nr, cells in enumerate(
        (nearly, whole, dict.fromkeys(nearly, hostile.INLINE[0]), dict.fromkeys(whole, "=1+1"))
    ):
        left = {("claims", "field")} if ("claims", "table_name") in cells else set()
        assert refused(with_cells(hostile.records(tmp_path / str(nr)), cells)) >= set(cells) - left


# Files
# ---------------------------------------------------------------------------------------------------------------


def is_no_formula(book):
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert cell.hyperlink is None, cell.coordinate


def leads_nowhere(data):
    """No part of an office file names another host as where something is, and each of them is XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            root = ET.fromstring(archive.read(name))
            if name.endswith(".rels"):
                assert hostile.HOST not in ET.tostring(root, "unicode"), name
                assert all(
                    part.get("TargetMode") != "External"
                    or part.get("Target", "").startswith("https://dash.example.org/")
                    for part in root
                ), name
            assert not [
                e
                for e in root.iter()
                if e.tag.endswith(("}f", "}hyperlink")) and name.startswith("xl/")
            ], name


def workbooks_are_texts(store, selections=SELECTIONS):
    seen = set()
    for one in shown(store, selections):
        data = build_workbook(one)
        leads_nowhere(data)
        book = openpyxl.load_workbook(io.BytesIO(data))
        is_no_formula(book)
        seen |= hostile.marks_in(
            " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        )
    return seen


def test_no_text_in_a_workbook_is_a_formula_or_leads_elsewhere(store):
    assert workbooks_are_texts(store) >= EVERYWHERE | {
        "sources.title",
        "sources.note",
        "sources.publisher",
        "places.city",
    }


def decks_are_texts(store, selections=SELECTIONS):
    data = build_deck(shown(store, selections))
    leads_nowhere(data)
    said = []
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        said += [e.text or "" for e in slide.element.iter() if e.tag.endswith("}t")]
        said.append(slide.notes_slide.notes_text_frame.text)
        links = {
            e.get(name)
            for e in slide.element.iter()
            for name in e.keys()  # noqa: SIM118 - an element of lxml
            if name.endswith("}action")
        }
        assert not links
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".xlsx"):
                leads_nowhere(archive.read(name))
                is_no_formula(openpyxl.load_workbook(io.BytesIO(archive.read(name))))
    return hostile.marks_in(" ".join(said))


def test_no_text_on_a_slide_leads_elsewhere_and_no_chart_holds_a_formula(store):
    assert decks_are_texts(store) >= EVERYWHERE


def cells_of(text):
    """A CSV file as another reader reads it: every line has as many cells as the header, and none
    would be run.
    """
    lines = list(csv.reader(io.StringIO(text), strict=True))
    assert {len(line) for line in lines} <= {len(lines[0])} if lines else True
    assert not [cell for line in lines for cell in line if FORMULA.match(cell)]
    return lines


def test_no_cell_of_a_downloaded_table_is_a_formula_and_no_text_makes_a_row(store):
    seen = set()
    for one in shown(store):
        for sheet in make_content(one.view).sheets:
            lines = cells_of(columns.sheet_to_csv(sheet))
            assert len(lines) == (len(sheet.rows) + 1 if sheet.rows else 0)
            seen |= hostile.marks_in(str(lines))
    for name in METRICS:
        records = collect_evidence(store.open(), parse_drill_down(asked_for(name)), Filters())
        lines = cells_of(to_csv(tabulate_evidence(records)))
        assert len(lines) == (len(records) + 1 if records else 0)
        seen |= hostile.marks_in(str(lines))
    for name in tables():  # Records offers each table as it is kept
        kept = questions.browse(store.open(), name)
        lines = cells_of(to_csv(kept))
        assert len(lines) == len(kept) + 1
        seen |= hostile.marks_in(str(lines))
    assert seen == {mark.name for mark in hostile.MARKS}


def test_every_table_downloaded_and_uploaded_again_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(hostile, "BREAKS", ("\t=1+1\t",))  # a new name or title stands on one line
    store = store_of(
        tmp_path, [*hostile.every_text(), "-omics {}", "'=1 {}", "''@home {}", "'t {}"]
    )
    files = {
        f"{name}.csv": to_spreadsheet_csv(table_to_csv(store.open(), name)) for name in tables()
    }
    checked = check_delivery(
        store,
        files,
        Mode.MERGE,
        author="a",
        now=datetime(2026, 2, 1, tzinfo=UTC),
        small_groups_below=5,
    )
    assert checked.problems == ()
    assert checked.candidate.version.id == store.current_id()


lines = st.text(
    st.sampled_from("'=+-@\t\";,aé\n |%\u3000\u2212＝＋－＠﹦﹢﹣﹫｜")
    | st.characters(codec="latin-1", exclude_categories=["C"]),
    max_size=12,
)


@given(st.sampled_from(sorted(tables())), st.data())
def test_whatever_is_written_in_a_cell_comes_back_from_a_download(name, data):
    columns = [c.name for c in tables()[name].file_columns if c.form == "text"]
    cells = {c: data.draw(lines).strip(" \t\n\xa0") for c in columns}
    given_row = {
        c: cell if c in MULTILINE_COLUMNS else " ".join(cell.split()) for c, cell in cells.items()
    }
    row = {c.name: given_row.get(c.name) or None for c in tables()[name].file_columns} | {
        tables()[name].key[0]: "x"
    }
    file = f"{name}.csv"
    found = read_upload(
        {file: to_spreadsheet_csv(to_csv([row]))}, NOW.date(), encodings={file: "utf-8"}
    )
    assert found.problems == []
    (back,) = found.tables[name].drop_columns(["row_number"]).to_pylist()
    assert {column: text or None for column, text in back.items()} == row


def test_every_sign_that_some_program_takes_for_the_start_of_a_formula_is_guarded():
    """Unicode says which: those whose compatibility form is one of them."""
    meant = {"=", "+", "-", "@", "|", "%", "\u2212"}
    same = {
        chr(c) for c in range(0x110000) if unicodedata.normalize("NFKC", chr(c))[:1] in meant
    } - {"﬩"}
    assert same <= set(SIGNS)


UNSEEN = [
    "",
    " ",
    "\u3000",
    "\xa0",
    "\u2007",
    "\t",
    "\r",
    "\n",
    "\x0b",
    "\x0c",
    "\x00",
    "\x1f",
    "\x85",
    "\u1680",
    "\u2028",
    "\u200b",
    "\ufeff",
    "\u2060",
    "\u00ad",
    "\u3164",
    "\ufe0f",
    "\u202e",
    "\U000e0020",
]


@pytest.mark.parametrize("before", UNSEEN)
def test_a_formula_is_guarded_whatever_stands_before_its_sign_and_is_skipped(before):
    for sign in SIGNS:
        text = f"{before}{before}{sign}cmd"
        assert guard_formula(text) == f"'{text}"
        assert remove_guard(guard_formula(text)) == text
        assert starts_formula(text)
    assert (
        guard_formula(f"{before}plain")
        == f"{'' if before not in tuple(chr(9) + chr(10) + chr(13)) else chr(39)}{before}plain"
    )


@given(lines | st.text(max_size=6))
def test_the_guard_is_taken_off_as_it_was_put_on(text):
    assert remove_guard(guard_formula(text)) == text == remove_guard(guard_text(text))
    assert not starts_formula(guard_formula(text))


def test_titles_that_begin_like_formulas_come_back_from_a_download_without_its_apostrophe():
    offered = {"events.csv": (ROOT / "tests" / "cases" / "apostrophe" / "events.csv").read_bytes()}
    first = read_upload(offered, NOW.date()).tables["events"]
    download = to_csv(select_file_columns("events", first.to_pylist()))
    assert "'-omics day" in download
    again = read_upload({"events.csv": to_spreadsheet_csv(download)}, NOW.date()).tables["events"]
    assert (
        again["title"].to_pylist() == first["title"].to_pylist() == ["-omics day", "@home lecture"]
    )


def test_a_download_that_was_saved_as_a_workbook_comes_back_too():
    head, *rows = csv.reader(
        io.StringIO(to_csv([{"person_id": "a", "name": "-omics day", "note": "'@home"}]))
    )
    found = read_upload({"people.xlsx": as_workbook({"Sheet1": [head, *rows]})}, NOW.date())
    (back,) = found.tables["people"].to_pylist()
    assert (found.problems, back["name"], back["note"]) == ([], "-omics day", "'@home")


def test_the_file_of_a_table_holds_every_row_that_its_heading_counts(store):
    for name, rows in store.open().manifest.rows.items():
        assert len(cells_of(table_to_csv(store.open(), name))) == rows + (1 if rows else 0)


def unfolded(data):
    """The lines of a calendar, by hand: what begins with a space belongs to the line before."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    return data.decode("utf-8").replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")[:-1]


def calendars_are_texts(store):
    seen = set()
    for query in (
        "?year=all",
        "?year=2025",
        "?year=all&speaker=zoe-muller",
        "?year=all&pillar=research&kind=symposium",
    ):
        made = build_calendar(shown_of(store, f"/events{query}").view, "https://dash.example.org")
        lines = unfolded(made.data)
        assert {re.split("[:;]", line, maxsplit=1)[0] for line in lines} <= PROPERTIES
        assert [line for line in lines if line.startswith("BEGIN")] == [
            "BEGIN:VCALENDAR",
            *["BEGIN:VEVENT"] * made.extent.events,
        ]
        assert all(
            line.startswith("URL:https://dash.example.org/events?")
            for line in lines
            if line.startswith("URL")
        )
        read_again = icalendar.Calendar.from_ical(made.data)
        assert [part.name for part in read_again.subcomponents] == ["VEVENT"] * made.extent.events
        for entry in read_again.walk("VEVENT"):
            texts = [str(entry.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")]
            assert not any(char in text for text in texts for char in "\r\t\x00")
            seen |= hostile.marks_in(" ".join(texts))
    return seen


def test_no_text_ends_a_line_of_a_calendar(store):
    found = {
        "events.title",
        "events.host_event",
        "people.name",
        "event_people.talk_title",
        "places.venue",
        "places.city",
    }
    assert calendars_are_texts(store) >= found | {"terms.label_en"}


def test_a_code_holds_its_link_and_nothing_else():
    for text in hostile.every_text():
        link = f"https://dash.example.org/events?text={quote(text[:150])}"
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr.draw_png(link))))
        assert found.text == link


# Answers
# -------------------------------------------------------------------------------------------------------------


def answers_are_data(served):
    seen = set()
    for table in questions.RECORDS:
        as_json = served(f"/api/rows/{table}?year=all")
        assert as_json.headers["content-type"] == "application/json"
        assert as_json.headers["x-content-type-options"] == "nosniff"
        lines = cells_of(served(f"/api/rows/{table}.csv?year=all").text)
        assert len(lines) == len(as_json.json["rows"]) + 1
        seen |= hostile.marks_in(as_json.text)
    cells_of(served("/api/metrics.csv?year=all").text)
    for link in ("/api", "/api/metrics?year=all"):
        seen |= hostile.marks_in(json.dumps(served(link).json, ensure_ascii=False))
    for table in ("events", "trainings"):
        answer = served(f"/api/rows/{table}.jsonld?year=all")
        assert answer.headers["content-type"] == "application/ld+json"
        for name, value in strings(answer.json):
            if name in ("@id", "@type", "url", "sameAs", "@context"):
                assert hostile.HOST not in value, name
        seen |= hostile.marks_in(answer.text)
    return seen


def strings(node, name=""):
    """Every text of a JSON answer with the name that it stands under."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from strings(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value, name)
    elif isinstance(node, str):
        yield name, node


def test_answers_of_the_api_are_data_for_every_reader(served):
    assert answers_are_data(served) >= EVERYWHERE | {
        "places.venue",
        "training_parts.title",
        "funding.scheme",
        "series.area",
    }


class Head(HTMLParser):
    """The elements of a page, its title, and the addresses in them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.title, self.attributes = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        if self.tags[-1:] == ["title"]:
            self.title.append(data)


def heads_are_heads(served):
    seen, plain = set(), Head(served("/").text).tags
    for link in (
        "/?year=2025",
        "/events?year=all&event=open-day",
        "/events?year=all&event=round-table",
        "/projects?project=ai-lab",
        "/people?person=zoe-muller",
        "/people?person=anna-berg",
        "/map?pillar=research",
        "/trainings?line=ethics&level=bachelor",
        "/events?speaker=zoe-muller&role=keynote&kind=symposium&city=antwerp-be",
        "/review?year=2024",
    ):
        found = Head(served(link).text)
        assert [tag for tag in found.tags if tag != "link"] == [
            tag for tag in plain if tag != "link"
        ]
        assert not [name for name, _ in found.attributes if name.startswith("on")]
        assert not [
            value
            for name, value in found.attributes
            if name in ("href", "src") and hostile.HOST in value
        ]
        seen |= hostile.marks_in(" ".join(found.title))
    return seen


def test_no_text_leaves_the_head_of_a_page(served):
    assert heads_are_heads(served) >= {
        "events.title",
        "projects.title",
        "people.name",
        "terms.label_en",
    }


def test_a_short_link_leads_to_this_dashboard_whatever_was_searched_for(served, store):
    for text in hostile.every_text():
        link = f"/events?text={quote(text[:150])}"
        code = shorten(SharesDb(shares_file()), link, datetime(2026, 1, 15, tzinfo=UTC))
        answer = served(f"/s/{code}")
        assert answer.status == 307
        assert re.fullmatch(r"\.\./events\?text=[A-Za-z0-9%+._~/-]+", answer.headers["location"])


# Everything by itself
# ------------------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("text", hostile.every_text(), ids=lambda text: ascii(text)[:40])
def test_each_text_by_itself_in_every_column_is_text_in_every_file_and_answer(
    tmp_path, monkeypatch, text
):
    store = store_of(tmp_path, [text])
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    app = site()
    assert workbooks_are_texts(store, MORE_SELECTIONS) >= EVERYWHERE
    assert decks_are_texts(store, MORE_SELECTIONS) >= EVERYWHERE
    assert calendars_are_texts(store)
    assert answers_are_data(lambda link: ask(app, link)) >= EVERYWHERE
    assert heads_are_heads(lambda link: ask(app, link))
    shutil.rmtree(tmp_path)


def test_the_texts_are_those_of_the_contract():
    every = {
        (t.name, c.name) for t in tables().values() for c in t.file_columns if c.form == "text"
    }
    assert every == {(m.table, m.column) for m in hostile.MARKS} | set(hostile.MADE_OF_A_PATTERN)
