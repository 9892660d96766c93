"""Workbooks that go back to people: their own with the faults marked, and an empty one to fill in."""

import csv
import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest

from dashboard.intake.annotated_workbook import annotate_workbook
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import RawRecords, read_folder
from dashboard.intake.problems import Problem
from dashboard.intake.resolve import resolve_upload
from dashboard.intake.template import build_template
from dashboard.intake.uploads import read_upload
from dashboard.schema.contract import tables
from tests.conftest import ROOT
from tests.intake.test_readers import COLUMNS, as_workbook

TODAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def known():
    return read_folder(ROOT / "data").tables


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def table(sheet):
    return [[cell.value for cell in row] for row in sheet]


FAULTY = as_workbook(
    {
        "evenementen": [
            ["titel", "evenement_id", "begindatum", "status"],
            ["=Open dag", "open-dag", "3-4-26", "held"],
            ["B", "b", "2025", "held"],
        ],
        "notes of mine": [],
    }
)


def test_faulty_cells_are_coloured_and_explained_in_the_persons_own_workbook(known):
    problems = resolve_upload(read_upload({"u.xlsx": FAULTY}, TODAY), known).problems
    book = opened(annotate_workbook("u.xlsx", FAULTY, problems))
    assert book.sheetnames == ["Problems", "evenementen", "notes of mine"]
    assert table(book["Problems"]) == [
        ["what", "sheet", "row", "column", "value", "rule", "mend"],
        [
            "problem",
            "evenementen",
            2,
            "begindatum (C)",
            "3-4-26",
            "a year of two digits may be in more than one century",
            "Write the year in full, such as 2026.",
        ],
    ]
    marked = [cell.coordinate for row in book["evenementen"] for cell in row if cell.comment]
    assert marked == ["C2"]
    assert book["evenementen"]["C2"].comment.text.startswith("a year of two digits")
    assert book["evenementen"]["C2"].fill.fgColor.rgb == "00F8C9C4"


def test_text_that_starts_like_a_formula_stays_text(known):
    hostile = Problem(
        "u.xlsx", 2, "title", "=cmd|' /C calc'!A0", "=1+1", "+1", "evenementen", code="x"
    )
    book = opened(annotate_workbook("u.xlsx", FAULTY, [hostile]))
    assert book["evenementen"]["A2"].data_type == "s"
    assert [cell.data_type for cell in book["Problems"][2]] == ["s", "s", "n", "s", "s", "s", "s"]
    text = b"persoon_id;naam\n=1+1;@SUM(A1)\n"
    sheet = opened(annotate_workbook("personen.csv", text, []))["personen"]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=1+1", "s"), ("@SUM(A1)", "s")]


def test_a_csv_file_comes_back_as_a_workbook_with_its_rows_and_can_be_uploaded_again(known):
    text = "persoon_id;naam\nAnna Bos;Anna Bos\n\nb;B\n".encode("cp1252")
    problems = [
        Problem(
            "personen.csv",
            2,
            "person_id",
            "Anna Bos",
            "an id …",
            "Write it like job-doornberg.",
            code="form-id",
        )
    ]
    back = annotate_workbook("personen.csv", text, problems)
    book = opened(back)
    assert book.sheetnames == ["Problems", "personen"]
    assert book["personen"]["A2"].comment.text == "an id …. Write it like job-doornberg."
    assert table(book["personen"])[3] == ["b", "B"]
    again = read_upload({"personen.xlsx": back}, TODAY)
    assert again.problems == []
    assert again.tables["people"].num_rows == 2


def test_notes_look_otherwise_and_problems_of_other_files_are_left_out():
    note = Problem(
        "u.xlsx",
        3,
        "title",
        "B",
        "the title stands twice",
        "Is it?",
        "evenementen",
        code="same-title",
    )
    other = Problem("x.csv", 3, "title", "B", "r", "m", code="x")
    book = opened(annotate_workbook("u.xlsx", FAULTY, [other], [note]))
    assert [row[0] for row in table(book["Problems"])] == ["what", "note"]
    assert book["evenementen"]["A3"].fill.fgColor.rgb == "00FFF2B3"


def test_a_merged_cell_and_a_cell_known_by_its_letter_can_be_marked():
    data = as_workbook(
        {"people": [COLUMNS, ["a", "A", "", "", ""], ["b", "", "", "", ""]]},
        lambda b: b["people"].merge_cells("B2:B3"),
    )
    problems = [
        *read_upload({"u.xlsx": data}, TODAY).problems,
        Problem("u.xlsx", 2, "G", None, "outside", "x", "people", code="x"),
    ]
    book = opened(annotate_workbook("u.xlsx", data, problems))
    assert "merged" in book["people"]["B2"].comment.text
    assert book["people"]["G2"].comment.text == "outside. x"


@pytest.mark.parametrize(
    ("name", "data"), [("u.xlsx", b"%PDF"), ("u.xlsx", b"PK\x03\x04"), ("a.ics", b"\x81\xff\x9d")]
)
def test_what_cannot_be_read_gets_a_workbook_with_its_problems_only(name, data):
    problems = read_upload({name: data}, TODAY).problems
    assert (
        table(opened(annotate_workbook(name, data, problems))["Problems"])[1][5]
        == problems[0].message
    )


def test_the_template_has_a_sheet_per_table_with_what_each_column_means(known):
    book = opened(build_template(known))
    assert book.sheetnames == ["Instructions", *tables(), "Lists"]
    events = book["events"]
    assert [cell.value for cell in events[1]] == [c.name for c in tables()["events"].shown_columns]
    assert events["D1"].comment.text == (
        "In Dutch: begindatum.\nFirst day.\nExample: 2026-05-14, 14 mei 2026, mei 2026, 2026.\nMay be empty."
    )
    assert [row[1] for row in table(book["Instructions"])][:2] == [
        "Nederlands",
        "Nieuwe gegevens voor het dashboard",
    ]


def test_the_template_offers_the_vocabularies_and_the_ids_of_the_store(known):
    book = opened(build_template(known))
    offered = {
        str(v.sqref).split("2:")[0]: v.formula1
        for v in book["events"].data_validations.dataValidation
    }
    lists = {
        column[0].value: [c.value for c in column[1:] if c.value]
        for column in book["Lists"].columns
    }
    assert lists["event-status"] == ["planned", "held", "cancelled"]
    assert "umcg-groningen" in lists["ids of places"]
    letter = offered["F"].split("$")[1]
    assert offered["F"] == f"=Lists!${letter}$2:${letter}$4"
    assert book["Lists"][f"{letter}1"].value == "event-status"
    assert (
        opened(build_template())["event_people"].data_validations.dataValidation[0].formula1
        == "=events!$A$2:$A$2000"
    )


def test_an_empty_template_says_nothing_and_that_is_noted(known):
    records = read_upload({"t.xlsx": build_template(known)}, TODAY)
    assert (records.problems, records.tables) == ([], {})
    assert [n.message for n in records.notes] == ["the workbook holds no records"]


def test_a_template_filled_with_the_shipped_records_gives_the_same_records(known):
    book = opened(build_template(known))
    for name in tables():
        with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8") as file:
            places = {cell.value: cell.column for cell in book[name][1]}
            for y, row in enumerate(csv.DictReader(file), start=2):
                for column, value in row.items():
                    book[name].cell(y, places[column], value or None)
    file = io.BytesIO()
    book.save(file)
    settled = resolve_upload(read_upload({"gevuld.xlsx": file.getvalue()}, TODAY), known)
    assert settled.problems == []
    for name, rows in settled.tables.items():
        plain = [
            {k: v or None for k, v in row.items() if k != "row_number"}
            for row in known[name].to_pylist()
        ]
        assert rows.drop(["row_number"]).to_pylist() == plain
    open_checked_records(RawRecords({**known, **settled.tables}, [], [], settled.origins)).close()


def with_format(number):
    """A workbook in which a number has a format of this id, of which the file says nothing."""

    def change(book):
        book["evenementen"]["C2"].number_format = '0.000"x"'

    rows = [["evenement_id", "titel", "deelnemers"], ["a", "A", 50]]
    source = zipfile.ZipFile(io.BytesIO(as_workbook({"evenementen": rows}, change)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/styles.xml":
                data = re.sub(rb"<numFmts.*?</numFmts>", b"", data).replace(
                    b'numFmtId="164"', f'numFmtId="{number}"'.encode()
                )
            target.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize("number", [23, 58, 165])
def test_a_number_in_a_format_that_the_file_does_not_say_is_read(number):
    records = read_upload({"u.xlsx": with_format(number)}, TODAY)
    assert (records.problems, records.tables["events"]["participants"].to_pylist()) == ([], ["50"])


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0%", 1, "100%"),
        ("[$$-409]#,##0", 1250, "$ 1250"),
        ('"$"0', 7, "$ 7"),
        ("[$€-413] 0", 7, "7"),
    ],
)
def test_a_number_is_read_with_the_percentage_or_currency_that_is_shown(code, value, shown):
    def change(book):
        book["evenementen"]["C2"].number_format = code

    rows = [["evenement_id", "titel", "deelnemers"], ["a", "A", value]]
    records = read_upload({"u.xlsx": as_workbook({"evenementen": rows}, change)}, TODAY)
    assert records.tables["events"]["participants"].to_pylist() == [shown]
