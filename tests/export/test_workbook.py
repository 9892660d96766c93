"""The workbook: opened with openpyxl and compared with the metrics."""

import csv as csv_reader
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from dashboard.export.columns import sheet_to_csv
from dashboard.export.workbook import build_workbook, sheet_name
from dashboard.model.quantity import Quantity
from dashboard.views.content import Content, Line, Section, Sheet
from tests.export.taken import HOSTILE, hostile, shown_of

PAGES = ("/", "/events", "/map", "/trainings", "/projects", "/people", "/review", "/changes")
LINK = "/trainings?year=2025&speaker=job-doornberg"


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows_of(sheet) -> list[list]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def numbers_of(sheet) -> dict[str, dict]:
    rows = rows_of(sheet)
    header = next(row for row in rows if row[0] == "Number")
    start = rows.index(header) + 1
    found = {}
    for row in rows[start:]:
        if row[0] is None:
            break
        found[row[0]] = dict(zip(header, row, strict=True))
    return found


def test_the_first_sheet_holds_the_numbers_of_the_screen_as_numbers_with_how_well_they_are_known(
    real_store,
):
    shown = shown_of(real_store, LINK)
    about = opened(build_workbook(shown))["About"]
    found = numbers_of(about)
    assert [number.metric.name for number in shown.numbers] == list(shown.content.numbers)
    for number in shown.numbers:
        metric, quantity = number.metric, number.quantity
        row = found[metric.label]
        assert row["Value"] == (None if quantity.value is None else quantity.value)
        assert row["Known as"] == quantity.kind.value.replace("-", " ")
        assert row["Coverage"] == (metric.coverage(quantity) or None)
        assert row["Not filtered by"] == "speaker"
        assert (row["Counted"], row["Not counted"], row["Formula"]) == (
            metric.counted,
            metric.not_counted,
            metric.formula,
        )


def test_the_first_sheet_says_selection_day_version_link_and_sources(real_store):
    shown = shown_of(real_store, LINK)
    facts = {row[0]: row[1] for row in rows_of(opened(build_workbook(shown))["About"]) if row[0]}
    assert facts["Selection"] == "Everything with Job Doornberg in 2025"
    assert facts["As of"] == datetime(2026, 1, 15)
    assert facts["Data version"] == shown.version
    assert facts["Link"] == shown.address
    assert facts["Short link"] == shown.short
    assert facts["Programme"] == "Data Science Center in Health, UMCG"
    assert facts["2025 in Review"] == "UMCG, Data Science Center in Health (DASH)"
    assert "Note" not in facts or facts["Note"] == "Kind"


def test_every_picture_and_table_is_a_sheet_with_its_rows(real_store):
    shown = shown_of(real_store, "/trainings?year=2025")
    book = opened(build_workbook(shown))
    assert book.sheetnames[:5] == ["About", "Certainty", "Cohorts", "Participation", "Trainings"]
    rows = rows_of(book["Trainings"])
    sheet = shown.content.sheet("trainings")
    assert rows[2][:4] == ["Training", "Participants", "Participants, known as", "Level"]
    assert len(rows) - 3 == len(sheet.rows)
    for written, row in zip(rows[3:], sheet.rows, strict=True):
        assert (written[0], written[1]) == (row["Training"], row["Participants"].value)
        assert written[2] == row["Participants"].kind.value
    assert book["Trainings"].freeze_panes == "A4"
    assert book["Trainings"].auto_filter.ref.startswith("A3:")
    assert all(cell.font.bold for cell in book["Trainings"][3])


def test_rows_that_stand_twice_on_a_page_are_one_sheet(real_store):
    book = opened(build_workbook(shown_of(real_store, "/events?year=2025")))
    assert book.sheetnames == ["About", "Events", "Undated"]
    timeline = rows_of(opened(build_workbook(shown_of(real_store, "/?year=2025")))["At a glance"])
    assert len(timeline) == 3 + 29  # where no agenda holds them, the events are there


def test_how_sure_is_it_in_numbers(real_store):
    rows = rows_of(
        opened(build_workbook(shown_of(real_store, "/trainings?year=2025")))["Certainty"]
    )
    assert rows[2:] == [
        ["How well known", "Participants", "Trainings"],
        ["exact", 89, 3],
        ["about", 500, 2],
        ["not known", None, 7],
    ]


def test_an_amount_is_a_number_of_a_named_unit_and_empty_where_it_is_not_known(real_store):
    rows = rows_of(opened(build_workbook(shown_of(real_store, "/projects?year=2025")))["Funding"])
    places = [rows[2].index(name) for name in ("Amount in euro", "Amount in euro, known as")]
    assert [[row[place] for place in places] for row in rows[3:]] == [
        [3_000_000, "exact"],
        [None, "unknown"],
        [None, "unknown"],
        [None, "unknown"],
    ]


def test_what_lies_beyond_a_map_is_said_on_its_sheet(real_store):
    sheet = opened(build_workbook(shown_of(real_store, "/map?year=2025")))["Map europe"]
    assert sheet["A2"].value == "Beyond this map: Hong Kong 1"
    assert [cell.value for cell in sheet[3]] == ["Place", "Country", "Events"]


def test_a_list_has_a_name_that_is_not_cut_the_columns_that_say_something_and_what_is_left(
    real_store,
):
    many = "Organisations that took part in anything at all"
    lists = (
        Section(many, [Line("City Lab", "Open day")], key="partners", more=3),
        Section("Named too", [Line("The Care Group")], key="others"),
        Section("Modules: 2", [Line("Consent")], "Developed", key="modules"),
    )
    book = opened(build_workbook(shown_of(real_store, "/", Content("T", sections=lists))))
    assert book.sheetnames == ["About", "Partners", "Named too", "Modules 2"]
    assert rows_of(book["Partners"]) == [
        [many, None],
        ["and 3 more: see the link", None],
        ["Line", "Note"],
        ["City Lab", "Open day"],
    ]
    assert rows_of(book["Named too"])[2:] == [["Line"], ["The Care Group"]]
    assert rows_of(book["Modules 2"])[2:] == [["List", "Line"], ["Developed", "Consent"]]


def test_the_numbers_of_the_parts_of_a_review_are_there_with_the_name_of_the_part(real_store):
    shown = shown_of(real_store, "/review?year=2025")
    found = numbers_of(opened(build_workbook(shown))["About"])
    assert (found["Education: People trained"]["Value"], found["Research: Results"]["Value"]) == (
        589,
        2,
    )
    assert found["Education: People trained"]["Coverage"].startswith("from 5 of 11 trainings")
    assert found["Impact: Funding to others"]["Value"] == 3_000_000


@pytest.mark.matrix(2)
@pytest.mark.parametrize("page", PAGES)
def test_every_column_of_every_sheet_is_named_and_says_something(real_store, page):
    book = opened(build_workbook(shown_of(real_store, f"{page}?year=2025")))
    for sheet in book.worksheets[1:]:
        head, *rows = rows_of(sheet)[2:]
        assert rows, sheet.title
        assert all(head), sheet.title
        assert all(any(row[nr] is not None for row in rows) for nr in range(len(head)))


def test_a_date_is_a_real_date_and_an_unknown_one_is_empty(real_store):
    shown = shown_of(real_store, "/events?year=2025")
    sheet = opened(build_workbook(shown))["Events"]
    days = [row[0] for row in sheet.iter_rows(min_row=4)]
    assert [cell.value.date() if cell.value else None for cell in days] == [
        r["Date"] for r in shown.content.sheet("events").rows
    ]
    assert days[0].number_format == "d mmm yyyy"


@pytest.mark.matrix(5)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(real_store, text):
    data = build_workbook(shown_of(real_store, "/trainings?year=2025", hostile(text)))
    book = opened(data)
    for sheet in book:
        assert len(sheet.title) <= 31
        assert not set(sheet.title) & set("[]:*?/\\")
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert len(str(cell.value)) <= 32_767
    assert len({name.lower() for name in book.sheetnames}) == len(book.sheetnames)
    if text == "=1+1":
        cell = book["By month"]["A4"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(
            b"<f>" in archive.read(name) or b"hyperlink" in archive.read(name)
            for name in archive.namelist()
        )


def test_a_text_that_is_too_long_for_a_cell_is_cut_with_a_note(real_store):
    content = Content("Long", sheets=(Sheet("long", "Long", [{"Text": "x" * 40_000}]),))
    value = opened(build_workbook(shown_of(real_store, "/trainings", content)))["Long"]["A4"].value
    assert len(value) <= 32_767
    assert value.endswith("… (cut here: a cell holds no more)")


def test_sheet_names_are_allowed_and_unique():
    names: list[str] = []
    for wanted in ("A/B", "a b", "A:B", "x" * 40, "x" * 40, "History", "'quoted'", "[]", ""):
        names.append(sheet_name(wanted, names))
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert "History" not in names


def test_the_same_view_gives_the_same_bytes_and_names_the_time_of_its_data(real_store):
    shown = shown_of(real_store, "/trainings?year=2025")
    data = build_workbook(shown)
    assert data == build_workbook(shown_of(real_store, "/trainings?year=2025"))
    properties = opened(data).properties
    assert properties.title == "Trainings in 2025"
    assert properties.creator == "Data Science Center in Health, UMCG"
    assert properties.created == datetime(2026, 1, 15, 9, 30)


def test_csv_has_a_quantity_in_two_columns_and_dates_in_iso():
    rows = [
        {"What": "=1+1", "People": Quantity(420, about=1), "Day": date(2025, 4, 2)},
        {"What": "plain", "People": Quantity(None, unknown=1), "Day": None},
        {"What": "half", "People": Quantity(Decimal("2.5"), at_least=1), "Day": None},
    ]
    found = list(csv_reader.DictReader(io.StringIO(sheet_to_csv(Sheet("x", "X", rows)))))
    assert found[0] == {
        "What": "'=1+1",
        "People": "420",
        "People, known as": "about",
        "Day": "2025-04-02",
    }
    assert (found[1]["People"], found[1]["People, known as"]) == ("", "unknown")
    assert (found[2]["People"], found[2]["People, known as"]) == ("2.5", "at least")
