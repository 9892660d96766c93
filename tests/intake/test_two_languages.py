"""What intake says is said to whoever reads it, in that reader's language; what it is given is
understood in both.
"""

import csv
import io
from datetime import date

import openpyxl
import orjson
import pytest

from dashboard.intake import messages
from dashboard.intake.annotated_workbook import annotate_workbook
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.intake.groups import group_problems
from dashboard.intake.problems import Problem, Refused
from dashboard.intake.resolve import resolve_upload
from dashboard.intake.template import build_template
from dashboard.intake.uploads import read_upload
from dashboard.language.messages import speaking
from dashboard.schema.contract import tables
from tests.conftest import ROOT

TODAY = date(2026, 1, 15)
BEGINNING = "evenement_id;titel;begindatum;status;deelnemers;soort_deelnemers\n"
SHORTEN = messages._("Shorten it.")
FAULTY = f"{BEGINNING}open-dag;Open dag;3-4-26;gehuden;ca. 40;exact\n".encode()


@pytest.fixture(scope="module")
def known():
    return read_folder(ROOT / "data").tables


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(files, known, language="en"):
    """What is said of files to a steward who reads this language when they are checked."""
    with speaking(language):
        return resolve_upload(read_upload(files, TODAY), known)


def said(problems, language):
    with speaking(language):
        return [str(problem) for problem in problems]


# Problems
# ----------------------------------------------------------------------------------------------------------------


def test_a_problem_that_was_found_for_one_reader_is_said_to_the_next_in_that_ones_language(known):
    files = {"events.csv": FAULTY}
    for found_in in ("en", "nl"):
        problems = read(files, known, found_in).problems
        assert said(problems, "nl")[0] == (
            "events.csv, rij 2, kolom status (D): “gehuden”: staat niet in de lijst “event-status”"
            " van terms.csv. Bedoelde u “Gehouden”?"
        )
        assert said(problems, "en")[0].endswith("Did you mean “Gehouden”?")
        assert problems == read(files, known).problems


def test_what_people_wrote_of_a_number_is_said_by_the_labels_of_the_readers_language(known):
    (problem,) = (
        p for p in read({"events.csv": FAULTY}, known).problems if p.code == "kind-differs"
    )
    with speaking("nl"):
        assert problem.message == (
            "“ca. 40” betekent ongeveer, maar in kolom participants_kind staat exact"
        )
    assert problem.message == "“ca. 40” says about, the column participants_kind says exact"


@pytest.mark.parametrize(
    ("name", "data", "dutch"),
    [
        ("u.xlsx", b"%PDF", "u.xlsx: het bestand is een pdf, geen werkmap. Lever de werkmap zelf"),
        (
            "events.csv",
            b'event_id,title\n"a,b\nc,d',
            'events.csv, rij 2: “"a,b”: hier begint een aanhalingsteken dat nergens sluit. Sluit',
        ),
        ("people.csv", b"", "people.csv: het bestand is leeg. Controleer of dit het juiste"),
        ("a.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a.ics: er staan geen bijeenkomsten in"),
        (
            "evnts.csv",
            b"x,y\n1,2\n",
            "evnts.csv: “evnts”: er is geen tabel met deze naam. Bedoelde u “events”?",
        ),
        (
            "personen.csv",
            "persoon_id;naam;functi\na;A\u00ad;\n".encode(),
            "personen.csv, rij 1, kolom functi (C): “functi”: deze kolom bestaat niet. Bedoelde",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why_in_dutch(name, data, dutch):
    records = read_upload({name: data}, TODAY)
    assert said([*records.problems, *records.notes], "nl")[0].startswith(dutch)


def test_the_limited_process_says_what_is_wrong_with_a_cell_in_both_languages():
    book = openpyxl.Workbook()
    book.active.title = "people"
    book.active.append(["person_id", "name"])
    book.active.append(["a", "=1+1"])
    book.active.append(["b", "B"])
    book.active.merge_cells("A2:A3")
    book.active.row_dimensions[3].hidden = True
    problems = read_upload({"u.xlsx": saved(book)}, TODAY).problems
    with speaking("nl"):
        assert [(p.row, p.message) for p in problems] == [
            (2, "in cel B2 staat een formule"),
            (3, "de rij is verborgen"),
            (3, "cel A3: A2:A3 is samengevoegd"),
        ]
    assert problems[0].message == "cell B2 holds a formula"


def test_a_sign_that_is_not_seen_is_named_in_dutch(records, edit):
    edit("people", "Job Doornberg", "Job\u200b Doornberg")
    with pytest.raises(Refused) as refused:
        open_checked_records(read_folder(records))
    with speaking("nl"):
        assert refused.value.problems[0].message == "in de cel staan onzichtbare tekens"
        assert "staat na “Job”. Verwijder dit teken" in refused.value.problems[0].hint
        assert str(refused.value).endswith("gevonden")


def test_a_group_of_problems_is_counted_in_dutch():
    listed = [
        Problem(
            "a.csv", row, "kind", "x", messages._("the cell is empty"), SHORTEN, "b", code="empty"
        )
        for row in range(2, 1202)
    ]
    (group,) = group_problems(listed)
    with speaking("nl"):
        assert str(group) == (
            "a.csv, werkblad b, kolom kind: 1.200 rijen: de cel is leeg. Kort de tekst in. Zoals rij 2"
            " “x”; rij 3 “x”; rij 4 “x”"
        )


def test_a_message_is_the_same_after_the_limited_process():
    message = messages._(
        "{columns} with {column}",
        columns=messages.join_sentences(messages._("Add it."), ""),
        column=messages.say_any_of(["a", messages.pgettext("status", "held")]),
    )
    counted = messages.ngettext("{n} problem found", "{n} problems found", 2)
    for one in (message, counted, messages.TermName("held", "gehouden"), "plain"):
        assert messages._read(orjson.loads(orjson.dumps(one))) == one


# Workbooks
# ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dutch_template(known):
    with speaking("nl"):
        return build_template(known)


def test_the_template_is_in_the_language_of_who_asks_for_it(dutch_template):
    book = opened(dutch_template)
    assert book.sheetnames == ["Uitleg", *(t.nl for t in tables().values()), "Lijsten"]
    assert [cell.value for cell in book["Uitleg"][1]] == ["Nederlands", "English"]
    sheet, table = book["evenementen"], tables()["events"]
    assert [cell.value for cell in sheet[1]] == [column.nl for column in table.shown_columns]
    comment = sheet["D1"].comment.text
    assert comment.startswith("In het Engels: start_date.\n")
    assert comment.endswith(
        "\nVoorbeeld: 2026-05-14, 14 mei 2026, mei 2026, 2026.\nMag leeg blijven."
    )


def test_the_lists_of_a_dutch_template_offer_labels_that_are_understood(dutch_template, known):
    book = opened(dutch_template)
    lists = {
        column[0].value: [c.value for c in column[1:] if c.value]
        for column in book["Lijsten"].columns
    }
    assert lists["event-status"] == ["Gepland", "Gehouden", "Afgelast"]
    columns = [(t, c) for t in tables().values() for c in t.shown_columns if c.terms]
    for table, column in columns:
        position = table.shown_columns.index(column) + 1
        for row, label in enumerate(lists[column.terms], start=2):
            book[table.nl].cell(row, position, label)
    found = read({"t.xlsx": saved(book)}, known)
    assert [p for p in found.problems if p.code == "unknown-term"] == []
    for table, column in columns:
        terms = {t["term_id"] for t in known["terms"].to_pylist() if t["list"] == column.terms}
        assert set(found.tables[table.name][column.name].to_pylist()) - {None} == terms


def test_an_empty_dutch_template_says_nothing(dutch_template):
    records = read_upload({"t.xlsx": dutch_template}, TODAY)
    assert (records.problems, records.tables) == ([], {})


def test_a_dutch_template_filled_with_the_shipped_records_gives_the_same_records(
    dutch_template, known
):
    book = opened(dutch_template)
    labels = {(row["list"], row["term_id"]): row["label_nl"] for row in known["terms"].to_pylist()}
    for name, table in tables().items():
        columns = {column.name: column for column in table.shown_columns}
        places = {name: nr for nr, name in enumerate(columns, start=1)}
        with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8") as file:
            for y, row in enumerate(csv.DictReader(file), start=2):
                for column in places.keys() & row.keys():
                    value = labels.get((columns[column].terms, row[column]), row[column])
                    book[table.nl].cell(y, places[column], value or None)
    settled = read({"gevuld.xlsx": saved(book)}, known)
    assert settled.problems == []
    for name, rows in settled.tables.items():
        shown = [column.name for column in tables()[name].shown_columns]
        plain = [
            {k: v or None for k, v in row.items()} for row in known[name].select(shown).to_pylist()
        ]
        assert [
            {k: v or None for k, v in row.items()} for row in rows.select(shown).to_pylist()
        ] == plain


def test_a_marked_workbook_is_in_the_language_of_who_asks_and_can_be_given_again(known):
    found = read({"events.csv": FAULTY}, known)
    with speaking("nl"):
        back = annotate_workbook("events.csv", FAULTY, found.problems)
    book = opened(back)
    assert book.sheetnames == ["Problemen", "events"]
    assert [cell.value for cell in book["Problemen"][1]][:2] == ["soort", "werkblad"]
    assert book["Problemen"]["A2"].value == "probleem"
    assert "Bedoelde u “Gehouden”?" in book["events"]["D2"].comment.text
    again = read({"events.xlsx": back}, known)
    assert [p.code for p in again.problems] == [p.code for p in found.problems]
    marked = opened(annotate_workbook("events.xlsx", back, again.problems))
    assert marked.sheetnames == ["Problems", "events"]
