"""Whatever program wrote a file, the same records come back; whatever is in it, reading ends with
problems.
"""

import csv
import errno
import io
import os
import re
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from dashboard.intake import csv_rows, encodings, limits, sheets, uploads
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import RawRecords, read_folder
from dashboard.intake.problems import Refused
from dashboard.intake.resolve import resolve_upload
from dashboard.intake.uploads import read_upload
from dashboard.schema.contract import tables
from tests.conftest import ROOT

TODAY = date(2026, 1, 15)
CASES = ROOT / "tests" / "cases"
COLUMNS = [c.name for c in tables()["people"].file_columns]
DUTCH = [c.nl for c in tables()["people"].file_columns]

cells = st.text(
    st.characters(codec="cp1252", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")
    | st.sampled_from("\n;,\t\"'="),
    max_size=20,
)
people = st.lists(
    st.tuples(*[cells] * len(COLUMNS)).filter(
        # a cell of several lines with as many delimiters as a row has is taken for rows behind an
        # open quotation mark
        lambda row: (
            any(c.strip() for c in row)
            and not any("\n" in c and sum(map(c.count, ";,\t")) > 3 for c in row)
        )
    ),
    max_size=8,
)


def read(name, data):
    return read_upload({name: data}, TODAY)


def told(records):
    return [(p.sheet, p.row, p.column, p.message) for p in records.problems]


def rows_of(records, table="people"):
    if table not in records.tables:
        return []
    columns = [c.name for c in tables()[table].file_columns]
    return [tuple(row[name] or "" for name in columns) for row in records.tables[table].to_pylist()]


def padded(row, table="people"):
    """A row with the empty cells of the columns that came later."""
    return (*row, *[""] * (len(tables()[table].file_columns) - len(row)))


def as_csv(rows, delimiter=",", header=COLUMNS, end="\r\n"):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerow(header)
    # cells of columns that came later may be left out
    writer.writerows([*row, *[""] * (len(header) - len(row))] for row in rows)
    return file.getvalue()


def as_workbook(sheets, change=None):
    """A workbook of {sheet: rows}; `change` may spoil it before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for y, row in enumerate(rows, start=1):
            for x, value in enumerate(row, start=1):
                if value is None:
                    continue
                cell = sheet.cell(y, x, value)
                if isinstance(value, str) and not value.startswith("=SUM"):
                    cell.data_type = "s"
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@settings(deadline=None)
@given(
    people,
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from([COLUMNS, DUTCH]),
)
def test_records_come_back_from_every_dialect_and_encoding(
    rows, delimiter, encoding, end, declared, header
):
    text = (f"sep={delimiter}\r\n" if declared else "") + as_csv(rows, delimiter, header, end)
    chosen = {"cp1252": "windows-1252", "utf-16-le": "utf-16"}.get(
        encoding, encoding.removesuffix("-sig")
    )
    records = read_upload(
        {"people.csv": text.encode(encoding)}, TODAY, encodings={"people.csv": chosen}
    )
    assert records.problems == []
    assert rows_of(records) == [tuple(as_read(row)) for row in rows]


def as_read(row):
    """Names are on one line, and the guard of a download is taken off."""
    bare = [cell[1:] if re.match("'+(?:[\\t\\r\\n]|\\s*[=+@-])", cell) else cell for cell in row]
    return [
        " ".join(c.strip() for c in cell.strip().split("\n"))
        if "\n" in cell.strip() and name not in ("note", "note_nl")
        else cell
        for name, cell in zip(COLUMNS, bare, strict=True)
    ]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people)
def test_records_come_back_from_a_workbook(rows):
    records = read("upload.xlsx", as_workbook({"people": [COLUMNS, *rows]}))
    assert records.problems == [p for p in records.problems if "read wrongly" in p.message]
    assert rows_of(records) == [tuple(as_read(row)) for row in rows]


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["people.csv", "x.csv", "x.xls", "x", ""]))
def test_any_bytes_named_csv_end_in_problems_or_notes(data, name):
    records = read(name, data)
    assert records.problems or records.notes or records.tables


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300), st.sampled_from(["x.xlsx", "x.ics"]), st.booleans())
def test_any_bytes_named_workbook_or_calendar_end_in_a_problem(data, name, zipped):
    if zipped and name == "x.xlsx":
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("xl/workbook.xml", data)
        data = file.getvalue()
    assert read(name, data).problems


def test_the_shipped_records_read_as_an_upload_are_the_same_records():
    folder = read_folder(ROOT / "data")
    upload = read_upload({p.name: p.read_bytes() for p in (ROOT / "data").glob("*.csv")}, TODAY)
    assert upload.problems == []
    assert upload.absent == ("targets", "deviations")
    settled = resolve_upload(upload, folder.tables)
    assert settled.problems == []
    for name in settled.tables:
        assert rows_of(settled, name) == rows_of(folder, name)


def test_the_delimiter_is_that_of_the_header_not_of_the_data():
    rows = [("a-b", "Name; with; many; semicolons", "x;y;z", "", "")] * 5
    assert rows_of(read("people.csv", as_csv(rows).encode())) == [padded(row) for row in rows]


def test_columns_may_be_reordered_and_left_out():
    records = read("people.csv", b"naam;persoon_id\nAnna Bos;anna-bos\n")
    assert rows_of(records) == [padded(("anna-bos", "Anna Bos", "", "", ""))]


def test_doubled_unknown_and_private_columns_are_named():
    records = read("people.csv", b"naam,name,functi,BSN\nAnna,Anna,x,1\n")
    assert {(p.column, p.message, p.hint) for p in records.problems} == {
        ("name", "the column stands twice in the header", "Remove one of the two."),
        ("functi", "no such column", records.problems[1].hint),
        (
            "BSN",
            "no patient data here: numbers, addresses and birth dates of persons are not kept",
            "Remove the column.",
        ),
    }


def test_a_file_with_another_name_is_known_by_its_header_and_that_is_noted():
    records = read("export (1).csv", as_csv([("anna", "Anna", "", "", "")]).encode())
    assert "people" in records.tables
    assert records.notes[0].hint == "Its columns are those of “people”, and it is read as that."


def test_a_copy_of_a_file_is_known_by_its_name():
    assert (
        "people" in read("personen (2).csv", as_csv([("anna", "Anna", "", "", "")]).encode()).tables
    )


def test_a_table_without_rows_is_absent_and_an_unknown_one_gets_a_suggestion():
    records = read_upload({"people.csv": as_csv([]).encode(), "evnts.csv": b"x,y\n1,2\n"}, TODAY)
    assert "people" in records.absent
    assert [(p.file, p.hint) for p in records.problems] == [("evnts.csv", "Did you mean “events”?")]


def test_a_row_with_a_cell_too_few_or_too_many_is_named():
    records = read("people.csv", b"person_id,name\na,A\nb\nc,C,more\nd,D,,\n")
    assert [(p.row, p.message) for p in records.problems] == [
        (3, "the row has 1 cells, the header 2"),
        (4, "the row has 3 cells, the header 2"),
    ]
    assert len(rows_of(records)) == 2


def test_rows_of_two_files_stand_in_one_table_and_keep_their_places():
    header = "event_id,title,start_date,status\n"
    upload = read_upload(
        {
            "events.csv": f"{header}a,A,2025,held\n".encode(),
            "evenementen.csv": f"{header}\nb,B,x,held\n".encode(),
        },
        TODAY,
    )
    assert [(p.file, p.row, p.column) for p in resolve_upload(upload, {}).problems] == [
        ("evenementen.csv", 3, "start_date")
    ]


def test_a_workbook_is_read_as_a_person_sees_it():
    head = ["event_id", "title", "start_date", "end_date", "participants", "status"]
    rows = [
        ["Events of 2025", None],
        [],
        head,
        ["a", 2025, date(2025, 5, 14), date(2025, 6, 1), 400.0, "held"],
        [],
        ["b", "=1+1", "14 mei 2025", None, 1.5, "held"],
    ]

    def month(book):
        book["Evenementen"]["D4"].number_format = "mmmm yyyy"

    records = read("upload.xlsx", as_workbook({"Evenementen": rows, "Blad3": []}, month))
    assert records.problems == []
    found = records.tables["events"].to_pylist()
    assert [[row[name] for name in head] for row in found] == [
        ["a", "2025", "2025-05-14", "2025-06", "400", "held"],
        ["b", "=1+1", "14 mei 2025", "", "1.5", "held"],
    ]
    (problem,) = resolve_upload(records, {}).problems
    assert (problem.file, problem.sheet, problem.row, problem.column) == (
        "upload.xlsx",
        "Evenementen",
        6,
        "participants",
    )


def test_a_number_with_three_decimals_is_never_read_as_thousands():
    head = ["training_id", "title", "format", "status", "participants"]
    records = read(
        "u.xlsx", as_workbook({"trainings": [head, ["a", "A", "course", "held", 1.234]]})
    )
    assert [p.column for p in resolve_upload(records, {}).problems] == ["participants"]


def test_what_a_person_does_not_see_is_named_with_sheet_and_cell():
    rows = [COLUMNS, *([f"p{i}", f"P{i}", None, None, None] for i in range(6))]
    rows[1][1] = "=SUM(1,2)"
    rows[2][2] = True

    def spoil(book):
        sheet = book["people"]
        sheet["C4"] = "#REF!"
        sheet["C4"].data_type = "e"
        sheet.merge_cells("B5:B6")
        sheet.row_dimensions[7].hidden = True
        sheet.column_dimensions["E"].hidden = True
        book.create_sheet("places").append(["place_id", "country", "precision"])
        book["places"].sheet_state = "hidden"

    records = read("u.xlsx", as_workbook({"people": rows}, spoil))
    assert set(told(records)) == {
        ("people", 2, "name", "cell B2 holds a formula"),
        ("people", 3, "job_title", "cell C3 holds TRUE or FALSE"),
        ("people", 4, "job_title", "cell C4 holds an error of the spreadsheet (#REF!)"),
        ("people", 6, "name", "cell B6 B5:B6 is merged"),
        ("people", 7, None, "the row is hidden"),
        ("people", None, "note", "column E: the column is hidden"),
        ("places", None, None, "the sheet is hidden"),
    }


def test_a_sheet_with_a_close_name_is_a_problem_and_a_single_unnamed_one_goes_by_the_file():
    rows = [COLUMNS, ["a", "A", "", "", ""]]
    records = read("u.xlsx", as_workbook({"peple": rows, "personen": rows}))
    assert [(p.sheet, p.hint) for p in records.problems] == [("peple", "Did you mean “people”?")]
    assert "people" in read("personen.xlsx", as_workbook({"Blad1": rows})).tables
    assert "people" in read("map.xlsx", as_workbook({"Blad1": rows})).tables


GOOD = as_workbook({"people": [COLUMNS, ["a", "A", "", "", ""]]})


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("u.xlsx", b"%PDF-1.7 and so on", "the file is a PDF, not a workbook"),
        (
            "u.xlsx",
            GOOD[: len(GOOD) // 2],
            "the file is not a workbook, or only part of it arrived",
        ),
        (
            "u.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99,
            "the file is an old .xls, or protected by a password",
        ),
        ("u.xlsx", b"", "the file is empty"),
        ("people.csv", GOOD, "the file is not CSV, whatever its name says"),
        (
            "people.csv",
            b'person_id,name\n"' + b"x" * 1_100_000,
            "a cell has more than a million characters; probably a quotation mark is not closed",
        ),
        ("people.csv", b"x," * 2000 + b"\n1", "the header has more than 1000 columns"),
        ("people.csv", b"\x0b\n", "there are no rows"),
        ("u.xlsm", GOOD, "files of the kind “.xlsm” are not read"),
        ("u.ics", b"nonsense", "the file is damaged or not what its name says"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, data, rule):
    assert [p.message for p in read(name, data).problems] == [rule]


ZEROS = object()
"""Forty megabytes, made where they are needed: what a module holds, every process of a run holds."""


def rezipped(change):
    """The good workbook with one more or another part."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(GOOD)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry not in change:
                new.writestr(entry, old.read(entry))
        for entry, data in change.items():
            new.writestr(entry, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"xl/media/a.bin": ZEROS}, "the workbook unpacks to far more than it is"),
        ({f"xl/{i}": b"" for i in range(3000)}, "the workbook is too large when unpacked"),
        ({"xl/vbaProject.bin": b"x"}, "the workbook holds macros"),
    ],
)
def test_a_bomb_or_macros_are_seen_before_anything_is_unpacked(change, rule):
    parts = {name: b"\0" * 40_000_000 if part is ZEROS else part for name, part in change.items()}
    assert [p.message for p in read("u.xlsx", rezipped(parts)).problems] == [rule]


def test_a_workbook_that_takes_too_long_ends_within_the_limit(monkeypatch):
    monkeypatch.setattr(
        limits,
        "run_isolated",
        lambda task, data, argument=None: RUN(task, data, argument, cpu_seconds=1),
    )
    row = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    parts = {"xl/worksheets/sheet1.xml": sheet % (row * 190_000)}
    (problem,) = read("u.xlsx", rezipped(parts)).problems
    assert problem.message == "reading the file takes more than 30 seconds or 1 GB of memory"


RUN = limits.run_isolated


def test_a_csv_file_is_read_in_the_limited_process_and_never_in_that_of_the_server(monkeypatch):
    for module, name in ((csv_rows, "read_rows"), (csv_rows, "decode"), (encodings, "decode")):
        monkeypatch.setattr(module, name, lambda *_: pytest.fail("read in the server"))
    records = read("people.csv", as_csv([]).encode() + b"a,Ann,,,,\r\n")
    assert [(row["person_id"], row["name"]) for row in records.tables["people"].to_pylist()] == [
        ("a", "Ann")
    ]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([["a", "b"]] * 3, None),
        ([["a", "b"]] * 4, f"the files hold more than {limits.MAX_ROWS:,} rows together"),
        ([["a"] * 11], f"the files hold more than {limits.MAX_CELLS:,} cells together"),
        ([["", ""]] * 50, None),
    ],
)
def test_rows_and_cells_of_a_csv_file_are_counted_while_it_is_read_and_the_limit_is_said(
    rows, rule
):
    data, room = as_csv(rows, header=["person_id"]).encode(), limits.RowBudget(rows=4, cells=11)
    with pytest.raises(limits.UnreadableFile, match=rule) if rule else nullcontext():
        sheets.read_csv_sheet("people.csv", data, {}, room=room)


def test_a_file_of_more_rows_than_a_spreadsheet_has_is_refused_also_where_they_are_empty():
    rows = ((number, "") for number in range(limits.MAX_LINES + 1))
    with pytest.raises(
        limits.UnreadableFile, match=f"the file has more than {limits.MAX_LINES:,} rows"
    ):
        list(limits.RowBudget().admitted(rows, len))


def test_the_rows_of_all_files_of_a_delivery_are_counted_together(monkeypatch):
    monkeypatch.setattr(uploads, "RowBudget", lambda: limits.RowBudget(rows=4, cells=100))
    two = as_csv([["a", "Ann", "", "", ""]] * 2).encode()
    problem = next(iter(read_upload({"people.csv": two, "people (2).csv": two}, TODAY).problems))
    assert (problem.file, problem.message) == (
        "people (2).csv",
        f"the files hold more than {limits.MAX_ROWS:,} rows together",
    )


def test_rows_of_a_workbook_are_counted_too():
    room = limits.RowBudget(rows=3, cells=100)
    with pytest.raises(limits.UnreadableFile, match="rows together"):
        list(
            sheets.read_workbook_sheets(
                "u.xlsx", as_workbook({"people": [COLUMNS, *([["a", "b"]] * 3)]}), room
            )
        )


def test_only_so_many_files_are_read_at_the_same_time_and_the_others_wait(monkeypatch):
    running, most, lock = [0], [0], threading.Lock()

    def asked(*_):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.05)
        with lock:
            running[0] -= 1
        return limits.DONE

    monkeypatch.setattr(limits.SERVER, "ask", asked)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: limits.run_isolated("csv", b""), range(8)))
    assert most[0] == limits.AT_ONCE


def test_who_waits_too_long_for_others_is_told_so(monkeypatch):
    monkeypatch.setattr(limits, "TURNS", threading.BoundedSemaphore(1))
    monkeypatch.setattr(limits, "PATIENCE_SECONDS", 0)
    with limits.TURNS:
        (problem,) = read("people.csv", as_csv([]).encode()).problems
    assert (problem.message, problem.hint) == (
        "other files are being read just now",
        "Give it again in a minute.",
    )


def test_a_fork_server_that_was_killed_is_started_again():
    assert read("people.csv", as_csv([]).encode()).problems == []
    limits.SERVER._process.kill()
    limits.SERVER._process.wait()
    assert read("people.csv", as_csv([]).encode()).problems == []


def test_a_server_without_room_for_files_says_so_in_words(monkeypatch):
    def full(**_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(limits.tempfile, "TemporaryDirectory", full)
    (problem,) = read("people.csv", as_csv([]).encode()).problems
    assert (problem.message, problem.hint) == (
        "the server cannot read files just now (No space left on device)",
        str(limits.FULL),
    )


@pytest.mark.long
@pytest.mark.parametrize(
    "part",
    [b"a,b,c,d\n", b"a\n", b"\n", b",", b'"\n', b"\xe9 ", "😀,".encode()],
    ids=["short rows", "one cell", "no cell", "one row", "quotes", "words", "pictures"],
)
def test_sixty_two_megabytes_of_anything_leave_the_server_its_memory_and_end(part):
    """In a process of its own, so that it is its memory that is measured; the limit is that of the
    data, thrice.
    """
    data = part * (62_000_000 // len(part))
    script = (
        "import resource, sys; from datetime import date; from dashboard.intake.uploads import read_upload\n"
        "data = sys.stdin.buffer.read(); before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "read_upload({'events.csv': data}, date(2026, 1, 15))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=data, capture_output=True, check=True, timeout=150
    )
    assert int(done.stdout) * 1024 < 3 * len(data) + 200_000_000


def test_entities_that_expand_do_not_fill_the_memory():
    lols = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lols}]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="inlineStr"><is><t>&l11;</t></is></c></row></sheetData></worksheet>'
    assert read("u.xlsx", rezipped({"xl/worksheets/sheet1.xml": bomb.encode()})).problems


@pytest.mark.long
def test_a_hundred_thousand_rows_are_read_and_checked():
    """Prints the seconds; they are a measurement, not a condition."""
    columns = [c.name for c in tables()["events"].file_columns]
    events = (
        {
            "event_id": f"event-{i}",
            "title": f"Title {i}",
            "start_date": f"{i % 28 + 1}-{i % 12 + 1}-2025",
            "status": "Gehouden",
            "kind": "symposium",
            "place_id": "UMCG",
            "participants": f"ca. {i + 1}",
        }
        for i in range(100_000)
    )
    rows = [[event.get(column, "") for column in columns] for event in events]
    known = read_folder(ROOT / "data").tables
    plain = as_csv(rows, header=columns).encode()
    workbook = as_workbook({"events": [columns, *([cell or None for cell in row] for row in rows)]})
    for name, data in (("events.csv", plain), ("u.xlsx", workbook)):
        started = time.monotonic()
        upload = read(name, data)
        read_at = time.monotonic()
        settled = resolve_upload(upload, known)
        settled_at = time.monotonic()
        assert settled.problems == []
        assert settled.tables["events"].num_rows == 100_000
        keep = {**known, "events": settled.tables["events"]}
        with pytest.raises(Refused):  # the people and claims of the store name its former events
            open_checked_records(RawRecords(keep, [], [], settled.origins), TODAY)
        times = (read_at - started, settled_at - read_at, time.monotonic() - settled_at)
        print(
            f"{name}: {len(data):,} bytes; read, settle, check: {', '.join(f'{s:.1f} s' for s in times)}"
        )


# How a file is written
# -----------------------------------------------------------------------------------------------

EVENTS = "event_id,title,start_date,status,participants_kind,note\n"


def problems_of(text, **given):
    return read_upload({"events.csv": text.encode()}, TODAY, **given).problems


@pytest.mark.parametrize(
    ("rows", "row", "rule"),
    [
        (
            'a,A,2026,held,unknown,"Open day\nb,B,2026,held,unknown,full\n',
            2,
            "a quotation mark opens here and is never closed",
        ),
        (
            'a,A,2026,held,unknown,"Open day\nb,B,2026,held,unknown,"full"\n',
            2,
            "a quotation mark opens here, and text follows the mark that closes it 1 line below",
        ),
        (
            'a,A,2026,held,unknown,x\nb,B,2026,held,unknown,"Open\nc,C,2026,held,unknown,y\nd,D,2026,held,unknown,"\ne,E,2026,held,unknown,z\n',
            3,
            "a quotation mark opens here and closes 2 lines below, behind what looks like whole rows",
        ),
        (
            'a,"A,2026,held,unknown,x\nb,",2026,held,unknown,y\n',
            2,
            "a quotation mark opens here and closes 1 line below, behind what looks like whole rows",
        ),
        (
            'a,"A" day,2026,held,unknown,x\n',
            2,
            "a quotation mark opens here, and text follows the mark that closes it in the same line",
        ),
    ],
)
def test_an_open_quotation_mark_is_refused_with_the_row_where_it_opened(rows, row, rule):
    assert [(p.row, p.message) for p in problems_of(EVENTS + rows)] == [(row, rule)]


def test_the_file_whose_quotation_mark_stays_open_is_refused_in_its_second_row():
    (problem,) = read("events.csv", (CASES / "quotes" / "open-quote.csv").read_bytes()).problems
    assert (problem.row, problem.value) == (2, '"Open day')


def test_marks_that_pair_and_lone_marks_of_a_writer_who_does_not_quote_are_text():
    rows = (
        '"a","Dag ""AI"", met regel",2026,held,unknown,"Eerste regel,\r\ntweede, met komma\'s, en zo, enz., enz.\r\n"\r\n'
        'b,Ons 5" scherm,2026,held,unknown,""\r\n\r\nc,C,x,held,unknown,""""\r\n'
    )
    records = read("events.csv", (EVENTS + rows).encode())
    assert records.problems == []
    assert [(row["title"], row["note"]) for row in records.tables["events"].to_pylist()] == [
        ('Dag "AI", met regel', "Eerste regel,\ntweede, met komma's, en zo, enz., enz.\n"),
        ('Ons 5" scherm', ""),
        ("C", '"'),
    ]
    assert [p.row for p in resolve_upload(records, {}).problems] == [
        5
    ]  # as the spreadsheet numbers them


def test_a_line_break_in_a_title_becomes_a_space_and_that_is_told():
    records = read("evenementen.csv", (CASES / "amount-crlf" / "evenementen.csv").read_bytes())
    assert records.problems == []
    assert records.tables["events"]["title"].to_pylist() == ['Dag "AI" met regel']
    assert [str(note).partition(". ")[0] for note in records.notes] == [
        'evenementen.csv, row 2, column titel (B): 1 cell holds a line break, which becomes a space: “Dag "AI" met regel”'
    ]


SPOKEN_OF = "Café met Zoë;coördinatie, één België – “foto’s” van François"


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac Roman"),
        ("cp850", "DOS 850"),
        ("cp437", "DOS 850"),
        ("iso8859_15", "Windows-1252"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_a_file_that_is_not_utf_8_is_read_by_what_its_words_show_with_those_as_proof(
    encoding, read_as
):
    said = (
        SPOKEN_OF
        if encoding in ("cp1252", "mac_roman", "utf-16-le", "utf-16-be")
        else "Café met Zoë;coördinatie, één België van François"
    )
    title, note = said.split(";")
    text = f"event_id;title;start_date;status;note\r\na;{title};2026;held;{note}\r\n"
    records = read("events.csv", text.encode(encoding))
    assert records.problems == []
    assert [(row["title"], row["note"]) for row in records.tables["events"].to_pylist()] == [
        (title, note)
    ]
    (told_so,) = records.notes
    assert told_so.row == 2
    assert told_so.message.startswith(f"the file is read as {read_as}")
    assert f"“{title}”" in told_so.message
    assert not records.decodings["events.csv"].sure


def test_the_mac_file_is_read_with_its_words_as_proof():
    records = read("events.csv", (CASES / "encodings" / "mac-roman.csv").read_bytes())
    assert records.problems == []
    assert records.tables["events"]["title"].to_pylist() == ["Café met Zoë over zorgdata"]
    assert (
        "Mac Roman (older Excel for Mac), which is what its words show: “Café met Zoë over zorgdata”"
        in str(records.notes[0])
    )


def test_a_euro_sign_of_unix_is_none_of_windows():
    data = "event_id,title,start_date,status\na,Café voor € 5,2026,held\n".encode("iso8859_15")
    assert read("events.csv", data).tables["events"]["title"].to_pylist() == ["Café voor € 5"]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_letters_that_two_encodings_make_words_of_are_a_question_until_somebody_answers(encoding):
    data = "event_id,title,start_date,status\nx,X,2026,held\na,Zoë,2026,held\n".encode(encoding)
    records = read("events.csv", data)
    (problem,) = records.problems
    assert (problem.row, "events" in records.tables) == (3, False)
    assert problem.message.startswith("“Zo")
    assert "Mac Roman" in problem.message
    assert "DOS 850" in problem.message
    name = {"mac_roman": "mac-roman", "cp850": "dos-850"}[encoding]
    assert records.decodings["events.csv"].words[name] == "Zoë"
    answered = read_upload({"events.csv": data}, TODAY, encodings={"events.csv": name})
    assert answered.tables["events"]["title"].to_pylist() == ["X", "Zoë"]
    assert "which was chosen: “Zoë”" in answered.notes[0].message


@pytest.mark.parametrize(
    "word",
    [
        "één",
        "België",
        "naïef",
        "voilà, een café",
        "foto’s",
        "€ 12.500",
        "Málaga",
        "Élan",
        "½ dag – 37 °C",
        "Ärzte",
        "CAFÉ",
        "Šárka",
    ],
)
def test_one_word_of_windows_is_enough_to_know_it(word):
    data = f"event_id;title;start_date;status\na;{word};2026;held\n".encode("cp1252")
    records = read("events.csv", data)
    assert records.problems == []
    assert records.tables["events"]["title"].to_pylist() == [word]


def test_one_line_of_windows_in_a_file_of_utf_8_is_named_and_the_others_stay_as_they_are():
    data = (
        f"{EVENTS}a,Café,2026,held,unknown,één\n".encode()
        + "b,Zoë,2026,held,unknown,één\n".encode("cp1252")
    )
    records = read("events.csv", data)
    assert [(p.row, p.column, p.letter) for p in records.problems] == [
        (3, "title", "B"),
        (3, "note", "F"),
    ]
    assert "as Windows text it says “Zoë”" in records.problems[0].message
    assert records.tables["events"]["title"].to_pylist() == ["Café", "Zoë"]


@pytest.mark.parametrize("name", ["events.csv", "u.xlsx"])
def test_letters_that_were_read_wrongly_and_saved_so_are_refused(name):
    rows = [
        ["event_id", "title", "start_date", "status"],
        ["a", "Café", "2026", "held"],
        ["b", "CafÃ© met ZoÃ«", "2026", "held"],
    ]
    data = (
        as_csv(rows[1:], header=rows[0]).encode()
        if name == "events.csv"
        else as_workbook({"events": rows})
    )
    (problem,) = read(name, data).problems
    assert (problem.row, problem.column, problem.letter, problem.value) == (
        3,
        "title",
        "B",
        "CafÃ© met ZoÃ«",
    )
    assert problem.message.endswith("it is probably “Café met Zoë”")
    assert read_upload({name: data}, TODAY, encodings={name: "utf-8"}).problems == []
    if name == "events.csv":
        mended = read_upload({name: data}, TODAY, encodings={name: "utf-8-twice"})
        assert mended.problems == []
        assert mended.tables["events"]["title"].to_pylist() == ["Café", "Café met Zoë"]


def test_of_plain_letters_nothing_is_said_and_a_choice_that_cannot_be_is_refused():
    plain = (EVENTS + "a,A,2026,held,unknown,x\n").encode()
    assert (read("events.csv", plain).notes, read("events.csv", plain).problems) == ([], [])
    data = (EVENTS + "a,Café,2026,held,unknown,x\n").encode("cp1252")
    for chosen, rule in (
        ("utf-8", "the file is not UTF-8"),
        ("klingon", "no encoding is called klingon"),
    ):
        (problem,) = read_upload(
            {"events.csv": data}, TODAY, encodings={"events.csv": chosen}
        ).problems
        assert problem.message == rule


# Where things stand
# --------------------------------------------------------------------------------------------------


def test_a_title_above_the_header_of_a_csv_file_is_found_left_out_and_told():
    text = "Evenementen 2026;;;\n\nvan het programma\nevenement_id;titel;begindatum;status\na;A;14-05-2026;gepland\nb;B\n"
    for name in ("export.csv", "evenementen.csv"):
        records = read(name, text.encode())
        assert [(p.row, p.message) for p in records.problems] == [
            (6, "the row has 2 cells, the header 4")
        ]
        assert records.tables["events"]["event_id"].to_pylist() == ["a"]
        assert (
            1,
            "what stands above the header is left out: “Evenementen 2026 · van het programma”",
        ) in [(n.row, n.message) for n in records.notes]


@pytest.mark.parametrize("name", ["agenda.csv", "u.xlsx"])
def test_a_message_names_the_column_by_its_own_header_and_letter(name):
    head = ["Evenement_ID", "Titel", "Begindatum", "Status", "Datum Event"]
    rows = [["a", "A", "3-4-26", "held", ""], ["b", "B", "31-02-2026", "held", ""]]
    data = (
        as_csv(rows, ";", head).encode()
        if name == "agenda.csv"
        else as_workbook({"events": [head, *rows]})
    )
    records = resolve_upload(read(name, data), {})
    words = [(p.row, p.column, p.column_words) for p in records.problems]
    assert words == [
        (1, "Datum Event", "Datum Event (E)"),
        (2, "start_date", "Begindatum (C)"),
        (3, "start_date", "Begindatum (C)"),
    ]
    assert ", row 2, column Begindatum (C): “3-4-26”" in str(records.problems[1])
    assert {
        "column": "start_date",
        "header": "Begindatum",
        "letter": "C",
    }.items() <= records.problems[1].as_dict().items()


def test_a_missing_column_is_said_once_and_not_for_each_row():
    known = read_folder(ROOT / "data").tables
    upload = resolve_upload(
        read("events.csv", b"event_id,start_date,status\na,2026,held\nb,2026,held\nc,2026,held\n"),
        known,
    )
    with pytest.raises(Refused) as refused:
        open_checked_records(
            RawRecords({**known, **upload.tables}, upload.problems, [], upload.origins), TODAY
        )
    said = [(p.row, p.message) for p in refused.value.problems if p.column == "title"]
    assert said == [(1, "the column is missing")]


def test_moments_and_numbers_of_days_in_a_workbook_are_days():
    head = ["event_id", "title", "start_date", "end_date", "status"]
    rows = [
        ["a", "A", datetime(2025, 5, 14, 19, 30), 45792, "held"],
        ["b", "B", "2025-05-14T19:30:00+02:00", 45792.8125, "held"],
        ["c", "C", datetime(2025, 5, 14), 2025, "held"],
    ]
    records = resolve_upload(read("u.xlsx", as_workbook({"events": [head, *rows]})), {})
    assert records.problems == []
    assert [(r["start_date"], r["end_date"]) for r in records.tables["events"].to_pylist()] == [
        ("2025-05-14", "2025-05-15"),
        ("2025-05-14", "2025-05-15"),
        ("2025-05-14", "2025"),
    ]
    assert [(n.column, n.message.partition(",")[0]) for n in records.notes] == [
        ("start_date", "2 cells hold a time of day"),
        ("end_date", "2 cells hold a number"),
    ]


def test_a_workbook_that_counts_days_from_1904_is_read_from_there():
    def of_a_mac(book):
        book.epoch = CALENDAR_MAC_1904

    rows = [["event_id", "title", "start_date", "status"], ["a", "A", 45791 - 1462, "held"]]
    records = resolve_upload(read("u.xlsx", as_workbook({"events": rows}, of_a_mac)), {})
    assert records.tables["events"]["start_date"].to_pylist() == ["2025-05-14"]
