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
from dashboard.views.content import Content, Sheet
from tests.export.taken import HOSTILE, hostile, shown_of

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
