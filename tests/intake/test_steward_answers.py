"""One answer for all rows of a file: the table, the columns, the words, the dates and the empty
cells of a secretary's list.
"""

import io
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest

from dashboard.cli import main
from dashboard.intake.gazetteer import suggest_cities
from dashboard.intake.groups import group_problems
from dashboard.intake.parse_result import DateOrder, Separators
from dashboard.intake.problems import Problem
from dashboard.intake.reading_options import LEFT_OUT, DeliveryOptions, ReadingOptions
from dashboard.publishing.delivery import (
    StewardAnswers,
    check_delivery,
    list_places,
    list_unknown_names,
    rank_places,
)
from dashboard.query import questions
from dashboard.store import (
    Mode,
    Store,
    derive_mappings,
    publish_candidate,
    read_mappings,
    save_mappings,
)
from tests.conftest import ROOT, served_already

NOW = datetime(2026, 2, 1, tzinfo=UTC)
FILE = "Overzicht activiteiten.xlsx"
HEADER = ("Titel", "Datum Event", "Spreker", "Locatie", "Soort bijeenkomst", "Aantal", "Begroting")
ROWS = [
    ("Datalunch", "03/04/2025", "Wim Smit", "Martiniplaza", "lezingen", 30, "€ 1.234,50"),
    ("Datalunch", "04/04/2025", "Wim Smit", "UMCG", "Lezingen", 28, None),
    ("AI-café", "14/05/2025", None, None, "netwerkborrel", "ca. 40", None),
]
HERE = (FILE, "Blad1")
COLUMNS = {
    "datum_event": "start_date",
    "spreker": LEFT_OUT,
    "locatie": "place_id",
    "soort_bijeenkomst": "kind",
    "aantal": "participants",
    "begroting": LEFT_OUT,
}
READING = ReadingOptions(
    table="events",
    columns=COLUMNS,
    fills={"status": "held", "participants_kind": "exact"},
    ids=True,
    terms={"kind": {"lezingen": "lecture", "netwerkborrel": LEFT_OUT}},
    dates=DateOrder.DAY_MONTH,
)


def places():
    """Where Martiniplaza is. Asked by a test: the cities of the world take seconds to read."""
    return {"Martiniplaza": suggest_cities("Groningen")[0].venue("Martiniplaza")}


def workbook(rows=ROWS, header=HEADER):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Blad1"
    for row in [("Activiteiten najaar, versie 3",), (), header, *rows]:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    found = Store(tmp_path_factory.mktemp("answers") / "store")
    served_already(found, ROOT / "data")
    return found


def offered(store, answers, files=None):
    given = files or {FILE: workbook()}
    return check_delivery(
        store, given, Mode.MERGE, author="a", now=NOW, small_groups_below=5, answers=answers
    )


def asked(store, **said):
    """The questions after these answers: code and column with the number of rows."""
    checked = offered(store, StewardAnswers(readings={HERE: ReadingOptions(**said)}))
    return {(g.code, g.column): g.rows for g in group_problems(checked.problems)}


def test_a_secretarys_list_asks_step_by_step_and_each_question_once(store):
    assert asked(store) == {("unknown-table", None): 1}
    assert asked(store, table="events") == {
        **{("unknown-column", name): 1 for name in HEADER[1:]},
        ("missing-column", "event_id"): 1,
        ("missing-column", "status"): 1,
    }
    assert asked(store, table="events", columns=COLUMNS) == {
        ("missing-column", "event_id"): 1,
        ("missing-column", "status"): 1,
        ("date-order", "start_date"): 2,
        ("unknown-term", "kind"): 3,
        ("kind-missing", "participants_kind"): 2,
        ("no-such-place", "place_id"): 1,
    }


def test_with_all_answers_the_list_becomes_a_candidate_that_says_what_was_assumed(store):
    checked = offered(store, StewardAnswers(readings={HERE: READING}, places=places()))
    assert checked.problems == ()
    found = questions.record(checked.candidate.version, "events", "datalunch-2025-04-03")
    assert {
        name: found[name]
        for name in ("title", "status", "kind", "place_id", "participants", "participants_kind")
    } == {
        "title": "Datalunch",
        "status": "held",
        "kind": "lecture",
        "place_id": "martiniplaza-groningen-nl",
        "participants": 30,
        "participants_kind": "exact",
    }
    cafe = questions.record(checked.candidate.version, "events", "ai-cafe-2025-05-14")
    assert (cafe["participants_kind"], cafe["kind"], cafe["place_id"]) == ("about", None, None)
    said = {
        (note.column, note.message)
        for note in checked.notes
        if note.code in ("column-as-said", "filled")
    }
    assert ("Datum Event", "the column is read as start_date, as you said") in said
    assert ("Spreker", "the column is left out, as you said") in said
    assert ("participants_kind", "exact is put in the empty cells of 2 rows, as you said") in said


def test_an_answer_about_one_file_says_nothing_of_another(store):
    text = "event_id,title,start_date,status,participants_kind\n{0},{0},04/03/2025,held,unknown\n"
    files = {
        "events.csv": text.format("one").encode(),
        "evenementen.csv": text.format("other").encode(),
    }
    reading = ReadingOptions(dates=DateOrder.MONTH_DAY)
    checked = offered(store, StewardAnswers(readings={("events.csv", None): reading}), files)
    assert [(p.file, p.code) for p in checked.problems] == [("evenementen.csv", "date-order")]
    both = {
        ("events.csv", None): reading,
        ("evenementen.csv", None): ReadingOptions(dates=DateOrder.DAY_MONTH),
    }
    version = offered(store, StewardAnswers(readings=both), files).candidate.version
    assert questions.record(version, "events", "one")["start_date"] == "2025-04-03"
    assert questions.record(version, "events", "other")["start_date"] == "2025-03-04"


def test_a_filled_column_leaves_what_is_served_alone(store):
    text = "event_id,title,start_date,status,participants_kind\nai-in-medical-imaging,AI in Medical Imaging,2025-02,,unknown\n"
    files = {"events.csv": (text + "new-day,New day,2025-03-01,,unknown\n").encode()}
    answers = StewardAnswers(
        readings={("events.csv", None): ReadingOptions(fills={"status": "cancelled"})}
    )
    version = offered(store, answers, files).candidate.version
    assert questions.record(version, "events", "new-day")["status"] == "cancelled"


def test_amounts_that_may_be_dutch_or_english_ask_and_follow_the_answer(store):
    files = {
        "funding.csv": b'funding_id,title,our_role,amount_eur,amount_kind\nf,Grant,applicant,"12.500",exact\n'
    }
    checked = offered(store, StewardAnswers(), files)
    assert ("amount_eur", "separators") in {(p.column, p.code) for p in checked.problems}
    answers = StewardAnswers(
        readings={("funding.csv", None): ReadingOptions(amounts=Separators.DUTCH)}
    )
    assert "amount_eur" not in {p.column for p in offered(store, answers, files).problems}


def test_a_term_is_suggested_in_the_language_of_the_file(store):
    dutch = b"evenement_id;titel;begindatum;status\nx;X;2025;Gplnd\n"
    english = b"event_id,title,start_date,status\nx,X,2025,Plnned\n"
    for data, label in ((dutch, "Gepland"), (english, "Planned")):
        (problem,) = offered(store, StewardAnswers(), {"events.csv": data}).problems
        assert (problem.code, problem.hint) == ("unknown-term", f"Did you mean “{label}”?")


def test_an_unknown_column_is_suggested_in_the_language_of_the_header(store):
    checked = offered(
        store,
        StewardAnswers(),
        {"events.csv": b"evenement_id;titel;begindatm;status\nx;X;2025;held\n"},
    )
    assert [p.hint for p in checked.problems if p.code == "unknown-column"] == [
        "Did you mean “begindatum”?"
    ]


def test_a_missing_column_is_said_once_and_not_again_for_each_row(store):
    rows = "".join(f"event-{n},2025-05-{n:02}\n" for n in range(1, 29))
    checked = offered(
        store, StewardAnswers(), {"events.csv": f"event_id,start_date\n{rows}".encode()}
    )
    assert sorted((p.code, p.column) for p in checked.problems) == [
        ("missing-column", "status"),
        ("missing-column", "title"),
    ]


def test_all_rows_of_a_group_are_counted_also_those_that_are_not_listed(store):
    header = "event_id,title,start_date,status,kind,participants\n"
    rows = "".join(f"event-{n},Day {n},2025-05-01,held,zitting,12\n" for n in range(1758))
    (terms, kinds) = group_problems(
        offered(store, StewardAnswers(), {"events.csv": (header + rows).encode()}).problems
    )
    assert {terms.code, kinds.code} == {"unknown-term", "kind-missing"}
    assert (terms.rows, kinds.rows) == (1758, 1758)
    assert str(kinds).startswith(
        "events.csv, column participants_kind: 1,758 rows: the cell is empty."
    )


def test_groups_go_by_file_column_and_rule_with_each_value_as_an_example_first():
    one = Problem(
        "a.csv", 2, "kind", "x", "not in the list", "Did you mean “y”?", code="unknown-term"
    )
    found = group_problems(
        [
            one,
            replace(one, row=3),
            replace(one, row=4, value="z", mend="Known are: y."),
            replace(one, file="b.csv"),
            Problem(
                "a.csv",
                1,
                "Kolom",
                "Kolom",
                "no such column",
                "Known are: kind.",
                code="unknown-column",
            ),
        ]
    )
    assert [(g.where, g.code, g.rows) for g in found] == [
        (("a.csv", None), "unknown-column", 1),
        (("a.csv", None), "unknown-term", 3),
        (("b.csv", None), "unknown-term", 1),
    ]
    assert [p.row for p in found[1].examples] == [2, 3, 4]
    assert found[1].values == {"x": 2, "z": 1}
    assert str(found[1]) == (
        "a.csv, column kind: 3 rows: not in the list."
        " Such as row 2 “x”: Did you mean “y”?; row 3 “x”: Did you mean “y”?; row 4 “z”: Known are: y."
    )


def test_a_place_of_the_records_a_new_venue_and_none_at_all_are_answers(store):
    text = "event_id,title,start_date,status,place_id,participants_kind\na,A,2025,held,{},unknown\n"
    files = {"events.csv": text.format("Martini ziekenhuis hal 2").encode()}
    assert list_unknown_names(offered(store, StewardAnswers(), files).problems, "places") == [
        "Martini ziekenhuis hal 2"
    ]
    nearest = rank_places(list_places(store.open()), "Martini hospital")
    assert next(iter(nearest)) == "martini-hospital-groningen"
    for row, place in (
        ({"place_id": "martini-hospital-groningen"}, "martini-hospital-groningen"),
        (
            next(s for s in suggest_cities("Haren") if s.country == "NL").venue(
                "Martini ziekenhuis hal 2"
            ),
            "martini-ziekenhuis-hal-2-haren-nl",
        ),
        ({}, None),
    ):
        version = offered(
            store, StewardAnswers(places={"Martini ziekenhuis hal 2": row}), files
        ).candidate.version
        assert questions.record(version, "events", "a")["place_id"] == place


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20250514
SUMMARY:Open dag
LOCATION:Congresgebouw
ATTENDEE;CN=Anna Nieuw:mailto:a@example.org
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def test_places_and_people_of_a_calendar_can_be_settled_too(store):
    files = {"agenda.ics": CALENDAR}
    checked = offered(store, StewardAnswers(), files)
    assert (
        list_unknown_names(checked.notes, "places"),
        list_unknown_names(checked.notes, "people"),
    ) == (
        ["Congresgebouw"],
        ["Anna Nieuw"],
    )
    answers = StewardAnswers(
        {"Anna Nieuw": "wim-smit"},
        {"Congresgebouw": suggest_cities("Groningen")[0].venue("Congresgebouw")},
    )
    version = offered(store, answers, files).candidate.version
    assert (
        questions.record(version, "events", "open-dag-2025-05-14")["place_id"]
        == "congresgebouw-groningen-nl"
    )
    assert "open-dag-2025-05-14" in {
        r["event_id"]
        for r in questions.browse(version, "event_people", limit=10_000)
        if r["person_id"] == "wim-smit"
    }


@pytest.mark.long
def test_columns_are_read_as_the_last_time_and_that_is_noted(tmp_path):
    store = Store(tmp_path / "store")
    served_already(store, ROOT / "data")
    answers = StewardAnswers(readings={HERE: READING}, places=places())
    first = offered(store, answers)
    save_mappings(store, derive_mappings(first.headings, DeliveryOptions(answers.readings)))
    assert read_mappings(store).columns["events"]["datum_event"] == "start_date"
    later = {"Nieuwe lijst.xlsx": workbook(header=("titel", "datum event", *HEADER[2:]))}
    again = ReadingOptions(
        table="events", ids=True, fills=READING.fills, terms=READING.terms, dates=READING.dates
    )
    checked = offered(
        store,
        StewardAnswers(readings={("Nieuwe lijst.xlsx", "Blad1"): again}, places=places()),
        later,
    )
    assert checked.problems == ()
    assert ("datum event", "the column is read as start_date, as the last time") in {
        (note.column, note.message) for note in checked.notes
    }
    (store.root / "mappings.json").write_text("{", "utf-8")
    assert read_mappings(store).columns == {}


@pytest.mark.long
def test_the_command_line_takes_the_same_answers_and_prints_groups(store, tmp_path, capsys):
    file = tmp_path / FILE
    file.write_bytes(
        workbook(
            [
                *ROWS,
                *[
                    (f"Dag {n}", f"0{n % 9 + 1}/04/2025", None, "UMCG", None, 12, None)
                    for n in range(30)
                ],
            ]
        )
    )
    command = [
        "--store",
        str(store.root),
        "publish",
        str(file),
        "--merge",
        "--candidate",
        "--message",
        "t",
        "--table",
        f"{FILE.removesuffix('.xlsx')}=events",
    ]
    for header, column in (
        ("Datum Event", "start_date"),
        ("Locatie", "place_id"),
        ("Soort bijeenkomst", "kind"),
        ("Aantal", "participants"),
    ):
        command += ["--map", f"{header}={column}"]
    command += [
        "--ignore",
        "Spreker",
        "--ignore",
        "Begroting",
        "--make-ids",
        "--fill",
        "status=held",
    ]
    assert main(command) == 1
    said = capsys.readouterr().out
    assert (
        f"{FILE}, sheet Blad1, column start_date: 32 rows: the day and the month may be either way round."
        in said
    )
    assert f"{FILE}, sheet Blad1, column participants_kind: 32 rows: the cell is empty." in said
    command += [
        "--dates",
        "day/month",
        "--fill",
        "participants_kind=exact",
        "--term",
        "lezingen=lecture",
        "--term",
        "netwerkborrel=-",
    ]
    assert main(command) == 1
    assert "“Martiniplaza”" in capsys.readouterr().out
    assert main([*command, "--place", "Martiniplaza=martini-hospital-groningen"]) == 0
    assert not read_mappings(store).columns  # a candidate that nobody published


def test_an_answer_on_the_command_line_that_means_nothing_is_refused(store, capsys):
    with pytest.raises(SystemExit):
        main(
            [
                "--store",
                str(store.root),
                "publish",
                "x.csv",
                "--message",
                "t",
                "--map",
                "Datum=startdatum",
            ]
        )
    assert "no column is called “startdatum”" in capsys.readouterr().err


def test_a_list_with_semicolons_of_which_no_column_is_known_has_its_columns(store):
    text = "Datum Event;Naam Event;Stand van zaken\n14-05-2025;Datalunch, in de zaal;Gehouden\n"
    reading = ReadingOptions(
        table="events",
        columns={"datum_event": "start_date", "naam_event": "title", "stand_van_zaken": "status"},
        ids=True,
    )
    answers = StewardAnswers(readings={("lijst.csv", None): reading})
    checked = offered(store, answers, {"lijst.csv": text.encode()})
    assert checked.headings[0].names == ("Datum Event", "Naam Event", "Stand van zaken")
    event = questions.record(checked.candidate.version, "events", "datalunch-in-de-zaal-2025-05-14")
    assert event["title"] == "Datalunch, in de zaal"


def test_an_id_that_is_made_never_joins_two_people_in_silence(store):
    answers = StewardAnswers(readings={("people.csv", None): ReadingOptions(ids=True)})
    text = "name,job_title\nRozemarijn Vliegenthart,Loodgieter\n"
    (problem,) = offered(store, answers, {"people.csv": text.encode()}).problems
    assert (problem.row, problem.column, problem.value) == (
        2,
        "person_id",
        "rozemarijn-vliegenthart",
    )


def test_an_event_whose_made_id_is_there_already_is_changed_with_a_note(store):
    answers = StewardAnswers(readings={("events.csv", None): ReadingOptions(ids=True)})
    made = offered(store, answers, {"events.csv": b"title,start_date,status\nX,2025-05-14,held\n"})
    publish_candidate(store, made.candidate.version.id, author="a", message="m", now=NOW)
    again = offered(
        store, answers, {"events.csv": b"title,start_date,status\nX,2025-05-14,cancelled\n"}
    )
    assert [(n.row, n.value) for n in again.notes if n.code == "made-id-known"] == [
        (2, "x-2025-05-14")
    ]


def test_what_was_emptied_on_purpose_is_not_filled(store):
    answers = StewardAnswers(
        readings={("events.csv", None): ReadingOptions(fills={"kind": "lecture"})}
    )
    text = "event_id,title,status,kind\nx1,X,planned,(leeg)\nx2,Y,planned,\n"
    version = offered(store, answers, {"events.csv": text.encode()}).candidate.version
    assert [questions.record(version, "events", name)["kind"] for name in ("x1", "x2")] == [
        None,
        "lecture",
    ]


def test_a_number_that_contradicts_its_kind_is_said_once_whatever_else_is_delivered(store):
    header = "training_id,title,format,status,participants,participants_kind\n"
    files = {
        "trainings.csv": f"{header}a,A,course,held,ca. 40,exact\n".encode(),
        "trainingen.csv": f"{header}b,B,course,held,ca. 40,exact\n".encode(),
    }
    reading = {("trainingen.csv", None): ReadingOptions(dates=DateOrder.DAY_MONTH)}
    problems = offered(store, StewardAnswers(readings=reading), files).problems
    assert [(p.file, p.row) for p in problems] == [("trainingen.csv", 2), ("trainings.csv", 2)]
