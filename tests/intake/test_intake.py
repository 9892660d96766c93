"""Every fault in the files is said in one pass, with file, row, column, value and the way to mend
it.
"""

import csv
import io

import pytest

from dashboard.intake.check import open_checked_records
from dashboard.intake.dictionary import build_dictionary
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Refused
from dashboard.schema.contract import tables
from tests.conftest import ROOT


def problems(folder):
    with pytest.raises(Refused) as refused:
        open_checked_records(read_folder(folder))
    return refused.value.problems


def told(folder):
    """Each problem as (file, row, column, value, rule)."""
    return [(p.file, p.row, p.column, p.value, p.message) for p in problems(folder)]


def test_the_shipped_records_have_no_problem(records):
    open_checked_records(read_folder(records)).close()


def test_the_data_dictionary_is_that_of_the_schema():
    assert (ROOT / "data" / "README.md").read_text("utf-8") == build_dictionary(), (
        "run: make dictionary"
    )


def test_every_table_and_column_has_a_meaning():
    for table in tables().values():
        assert table.meaning
        for column in table.file_columns:
            assert column.meaning or column.form in ("id", "term"), (table.name, column.name)


def test_every_check_says_in_words_what_it_means():
    for table in tables().values():
        for condition in table.checks:
            assert table.column(condition.column).rule, (table.name, condition)


def test_a_day_that_does_not_exist_is_named_with_its_row(records, edit):
    edit("events", "2025-01-23", "2025-02-31")
    (problem,) = problems(records)
    assert problem.as_dict() == {
        "file": "events.csv",
        "row": 2,
        "column": "start_date",
        "value": "2025-02-31",
        "rule": "a date is 2025, 2025-05 or 2025-05-14, and exists in the calendar",
        "mend": "Write as much as is known: year, year-month or year-month-day.",
        "sheet": None,
        "header": None,
        "letter": None,
        "code": "form-date",
        "rows": 1,
    }
    assert str(problem).startswith("events.csv, row 2, column start_date: “2025-02-31”: a date is")


@pytest.mark.matrix(3)
@pytest.mark.parametrize(
    ("table", "old", "new", "column", "value"),
    [
        ("events", "2025-01-30", "30-1-2025", "start_date", "30-1-2025"),
        ("events", "2025-01-30", "3-4-26", "start_date", "3-4-26"),
        ("trainings", "2024-2025", "2024-2026", "period", "2024-2026"),
        ("trainings", ",400,about", ",1.000,about", "participants", "1.000"),
        ("trainings", ",400,about", ",ca. 400,about", "participants", "ca. 400"),
        ("funding", "3000000", '"€ 3.000.000,00"', "amount_eur", "€ 3.000.000,00"),
        ("funding", "3000000", '"1,234.50"', "amount_eur", "1,234.50"),
        ("places", "52.5125", "52;5125", "latitude", "52;5125"),
        ("people", "wim-smit", "Wim Smit", "person_id", "Wim Smit"),
    ],
)
def test_a_value_that_is_not_in_the_form_of_its_column_is_refused(
    records, edit, table, old, new, column, value
):
    edit(table, old, new)
    assert (f"{table}.csv", column, value) in [
        (p.file, p.column, p.value) for p in problems(records)
    ]


def test_all_problems_come_in_one_pass(records, edit):
    edit("events", "2025-01-23", "23 januari")
    edit("trainings", ",44,exact", ",vierenveertig,exact")
    edit("places", "isala-zwolle", "")
    edit("funding", "erdf-ai-hub", "sector-plan")
    found = {(p.file, p.column) for p in problems(records)}
    assert found >= {
        ("events.csv", "start_date"),
        ("trainings.csv", "participants"),
        ("places.csv", "place_id"),
        ("funding.csv", "funding_id"),
    }


def test_one_bad_date_among_500_is_found_in_its_row(records):
    header = (records / "events.csv").read_text("utf-8").splitlines()[0]
    rows = [f"event-{i},Title,,2025-01-01,,held,,,,,,,,,unknown,,,,,," for i in range(2, 502)]
    rows[397] = rows[397].replace("2025-01-01", "2025-00-01")
    (records / "events.csv").write_text("\n".join([header, *rows]) + "\n")
    for table in ("event_people", "event_parties", "claims"):
        path = records / f"{table}.csv"
        path.write_text(path.read_text().splitlines()[0] + "\n")
    assert told(records) == [
        (
            "events.csv",
            399,
            "start_date",
            "2025-00-01",
            "a date is 2025, 2025-05 or 2025-05-14, and exists in the calendar",
        )
    ]


def test_a_double_id_names_the_second_row(records):
    path = records / "people.csv"
    path.write_text(path.read_text("utf-8") + "wim-smit,Another,,,,\n", "utf-8")
    assert told(records) == [
        ("people.csv", 19, "person_id", "wim-smit", "person_id must be unique")
    ]


def test_an_unknown_person_gets_a_suggestion(records, edit):
    edit("event_people", "rozemarijn-vliegenthart", "rozemarijn-vliegthart")
    (problem,) = problems(records)
    assert (problem.message, problem.hint) == (
        "no such person_id in people.csv",
        "Did you mean “rozemarijn-vliegenthart”?",
    )


def test_an_unknown_term_gets_a_suggestion(records, edit):
    edit("events", "symposium", "symposia")
    (problem,) = problems(records)
    assert (problem.value, problem.message) == (
        "symposia",
        "not in the list “event-kind” of terms.csv",
    )
    assert problem.hint == "Did you mean “symposium”?"


def test_a_number_without_a_kind_and_a_kind_without_a_number_are_refused(records, edit):
    edit("trainings", ",400,about", ",400,unknown")
    edit("trainings", ",44,exact", ",,exact")
    assert {(p.column, p.value) for p in problems(records)} == {
        ("participants_kind", "unknown"),
        ("participants_kind", "exact"),
    }


def test_an_event_that_ends_before_it_starts_is_refused(records, edit):
    edit("events", "2025-02-10,2025-02-14", "2025-02-10,2025-02-04")
    (problem,) = problems(records)
    assert (problem.column, problem.message) == (
        "end_date",
        "an event does not end before it starts",
    )


def test_an_end_that_is_less_precise_than_the_start_is_allowed(records, edit):
    edit("events", "2025-02-10,2025-02-14", "2025-02-10,2025-02")
    open_checked_records(read_folder(records)).close()


def test_a_claim_about_a_record_that_does_not_exist_is_refused(records, edit):
    edit("claims", ",trainings,phd,", ",trainings,phd-students,")
    edit("claims", ",trainings,master,", ",training,master,")
    assert {(p.column, p.value) for p in problems(records)} == {
        ("record_id", "phd-students"),
        ("table_name", "training"),
    }


def test_an_empty_cell_that_is_required_says_what_to_fill_in(records, edit):
    edit("people", "wim-smit,Wim Smit", "wim-smit,\u00a0 ")
    (problem,) = problems(records)
    assert (problem.row, problem.column, problem.message) == (12, "name", "the cell is empty")
    assert problem.hint == "Fill it in: The name readers see."


@pytest.mark.matrix(2)
@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u0000", "\ufeff", "\u2066"])
def test_invisible_characters_are_refused(records, edit, hidden):
    edit("people", "Wim Smit", f"Wim{hidden} Smit")
    assert [(p.column, p.message) for p in problems(records)] == [
        ("name", "the cell holds invisible characters")
    ]


def test_a_cell_of_ten_thousand_characters_is_refused(records, edit):
    edit("people", "Wim Smit", "W" * 10_000)
    (problem,) = problems(records)
    assert problem.message == "the cell is longer than 4000 characters"
    assert len(str(problem)) < 200


def test_a_place_may_have_no_coordinates_but_not_half_of_them(records, edit):
    edit("places", "52.15833,4.49306", ",")
    open_checked_records(read_folder(records)).close()
    edit("places", "52.5125,6.09444", ",6.09444")
    assert [(p.column, p.value) for p in problems(records)] == [("longitude", "6.09444")]


def test_spaces_around_a_value_do_not_count(records, edit):
    edit("events", "2025-01-23", " 2025-01-23\u00a0")
    open_checked_records(read_folder(records)).close()


def test_the_columns_may_stand_in_any_order_and_a_byte_order_mark_is_no_part_of_them(records):
    path = records / "people.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(reversed(rows[0])), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    open_checked_records(read_folder(records)).close()


def test_faults_of_the_header_are_named(records):
    path = records / "people.csv"
    path.write_text("person_id,nam,person_id\na,b,c\n")
    assert told(records) == [
        ("people.csv", 1, "nam", "nam", "no such column"),
        ("people.csv", 1, "name", None, "the column is missing"),
        ("people.csv", 1, "person_id", None, "the column stands twice in the header"),
    ]


def test_a_file_of_another_encoding_is_refused_with_the_row(records):
    path = records / "people.csv"
    path.write_bytes(path.read_bytes() + "caf\u00e9,Jos\u00e9,,,,\n".encode("cp1252"))
    assert told(records) == [("people.csv", 19, None, None, "the file is not UTF-8")]


def test_a_damaged_cell_of_a_file_in_utf_8_is_named_with_what_it_probably_says(records):
    path = records / "people.csv"
    path.write_bytes(
        path.read_bytes() + "zoe,Zoë,,,,\n".encode() + "jose,José,,,,\n".encode("cp1252")
    )
    assert told(records) == [
        ("people.csv", 20, "name", None, "the cell is not UTF-8; as Windows text it says “José”")
    ]


def test_a_row_with_a_cell_too_many_is_named_and_the_others_are_still_checked(records, edit):
    edit("people", "wim-smit,Wim Smit,", "wim-smit,Smit, Wim,")
    edit("people", "joost-groen", "Joost Groen")
    found = told(records)
    assert ("people.csv", 12, None, None, "the row has 7 cells, the header 6") in found
    assert (
        "people.csv",
        15,
        "person_id",
        "Joost Groen",
        "an id is made of lower-case words joined by hyphens",
    ) in found


@pytest.mark.parametrize(
    "row",
    [
        '"' + "x" * 1_200_000,
        'a,"Anna',
        'a,"Anna"x,,,,',
        'a,"Anna\nb,Bo,,,,\nc,"C",,,,',
        'a,"Anna,,,,\nb,Bo,,,,\nc,",,,,',
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_named_with_the_row_in_which_it_opened(records, row):
    path = records / "people.csv"
    path.write_text(path.read_text("utf-8") + row + "\n", "utf-8")
    assert ("people.csv", 19, True) in [
        (p.file, p.row, "quotation mark" in p.message) for p in read_folder(records).problems
    ]


def test_a_row_number_is_the_one_that_a_spreadsheet_shows(records, edit):
    edit(
        "people",
        "peter-van-ooijen,Peter van Ooijen,",
        'peter-van-ooijen,Peter van Ooijen,"two\nlines"',
    )
    edit("people", "wim-smit", "Wim")
    assert ("people.csv", 12, "person_id", "Wim") in [p[:4] for p in told(records)]


def test_blank_rows_are_skipped_and_counted(records, edit):
    edit("people", "mirjam-plantinga,", ",,,,,\n\nmirjam-plantinga,")
    edit("people", "wim-smit", "Wim")
    assert ("people.csv", 14, "person_id", "Wim") in [p[:4] for p in told(records)]


def test_a_missing_file_and_a_file_too_many_are_named(records):
    (records / "series.csv").rename(records / "serie.csv")
    found = problems(records)
    assert ("serie.csv", "Did you mean “series.csv”?") in [(p.file, p.hint) for p in found]
    assert ("series.csv", "the file is missing") in [(p.file, p.message) for p in found]


def test_a_folder_that_does_not_exist_is_said(tmp_path):
    assert [p.message for p in problems(tmp_path / "nowhere")] == ["no such folder"]


def test_thousands_of_equal_problems_are_counted_not_all_listed(records):
    header = (records / "people.csv").read_text("utf-8").splitlines()[0]
    (records / "people.csv").write_text(header + "\n" + "Bad Id,Name,,,,\n" * 3000)
    found = [p for p in problems(records) if p.file == "people.csv" and p.column == "person_id"]
    assert 1000 < len(found) < 2100
    assert any("More than 1000 rows" in p.hint for p in found)


def test_an_empty_reference_to_an_empty_table_is_no_problem(records):
    for table, keep in (("series", 0), ("series_parties", 0)):
        path = records / f"{table}.csv"
        path.write_text(
            "".join(path.read_text("utf-8").splitlines(keepends=True)[: 1 + keep]), "utf-8"
        )
    for table in ("events", "claims"):
        path = records / f"{table}.csv"
        path.write_text(
            path.read_text("utf-8").replace(",ai-hospital-game-workshops,", ",,"), "utf-8"
        )
    rules = {(p.column, p.message) for p in problems(records)}
    assert ("series_id", "no such series_id in series.csv") not in rules


def test_a_folder_may_do_without_the_column_of_short_titles(records):
    rows = list(csv.reader((records / "events.csv").read_text("utf-8").splitlines()))
    place = rows[0].index("short_title")
    with (records / "events.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(row[:place] for row in rows)
    open_checked_records(read_folder(records))  # refuses nothing


def test_a_number_in_a_text_that_is_not_known_is_refused(records, edit):
    edit("texts", "{trainings_held}", "{trainings_hold}")
    assert [(p.file, p.column, p.code) for p in problems(records)] == [
        ("texts.csv", "body", "unknown-number")
    ]


def test_a_folder_without_the_table_of_texts_is_one_without_texts(records):
    (records / "texts.csv").unlink()
    claims = (records / "claims.csv").read_text("utf-8").splitlines(keepends=True)
    kept = "".join(line for line in claims if not line.startswith("texts-"))
    (records / "claims.csv").write_text(kept, "utf-8")
    con = open_checked_records(read_folder(records))
    assert con.execute("select count(*) from typed.texts").fetchone() == (0,)
