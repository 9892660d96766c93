"""A delivery on its way into the store: joined, checked, answered, built as a candidate."""

from datetime import UTC, datetime

import pytest

from dashboard.cli import main
from dashboard.intake.gazetteer import suggest_cities
from dashboard.intake.name_answers import NEW_PERSON
from dashboard.intake.parse_result import DateOrder, Dialect
from dashboard.model.filters import NO_FILTERS
from dashboard.publishing.delivery import (
    StewardAnswers,
    build_record_file,
    check_delivery,
    compute_fingerprint,
    find_nearest_person,
    list_unknown_names,
)
from dashboard.query import questions
from dashboard.query.metrics import METRICS, evaluate
from dashboard.store import Mode, Store
from tests.conftest import ROOT, served_already

NOW = datetime(2026, 2, 1, tzinfo=UTC)
EVENT = "event_id,title,start_date,status,place_id,participants_kind\nspring,Spring day,14 mei 2025,Gehouden,{},unknown\n"
TALK = "event_id,person_id,role,nr\nai-in-umcg-symposium,{},keynote,1\n"


@pytest.fixture
def store(tmp_path):
    found = Store(tmp_path / "store")
    served_already(found, ROOT / "data")
    return found


def offered(store, answers=None, mode=Mode.MERGE, **files):
    given = {f"{name}.csv": text.encode() for name, text in files.items()}
    return check_delivery(
        store,
        given,
        mode,
        author="a",
        now=NOW,
        small_groups_below=5,
        **({"answers": answers} if answers else {}),
    )


def count(version, metric):
    return evaluate(version, METRICS[metric], NO_FILTERS).value


def test_a_delivery_becomes_a_candidate_and_changes_nothing_that_is_served(store):
    served = store.current_id()
    checked = offered(store, events=EVENT.format("umcg-groningen"))
    assert checked.problems == ()
    assert count(checked.candidate.version, "events_held") == 30
    assert store.current_id() == served


def test_a_name_that_is_nobodys_is_somebodys_spelling_or_a_new_person_as_the_steward_says(store):
    talk = TALK.format("Rozemarijn Vliegentart")
    checked = offered(store, event_people=talk)
    assert list_unknown_names(checked.problems, "people") == ["Rozemarijn Vliegentart"]
    assert (
        find_nearest_person(
            questions.read_labels(store.open())["speaker"], "Rozemarijn Vliegentart"
        )
        == "rozemarijn-vliegenthart"
    )
    alias = offered(
        store,
        StewardAnswers({"Rozemarijn Vliegentart": "rozemarijn-vliegenthart"}),
        event_people=talk,
    ).candidate.version
    assert "Rozemarijn Vliegentart" in {
        r["spelling"] for r in questions.rows(alias, "person_spellings", NO_FILTERS)
    }
    assert count(alias, "contributors") == 11
    new = offered(
        store, StewardAnswers({"Rozemarijn Vliegentart": NEW_PERSON}), event_people=talk
    ).candidate.version
    assert (
        questions.record(new, "people", "rozemarijn-vliegentart")["name"]
        == "Rozemarijn Vliegentart"
    )
    assert count(new, "contributors") == 12


def test_an_unknown_place_gets_suggestions_with_coordinates_and_is_added_as_the_steward_says(store):
    checked = offered(store, events=EVENT.format("Utrecht"))
    assert list_unknown_names(checked.problems, "places") == ["Utrecht"]
    spot = suggest_cities("Utrecht")[0]
    assert (spot.country, round(spot.latitude), round(spot.longitude)) == ("NL", 52, 5)
    added = offered(
        store, StewardAnswers(places={"Utrecht": spot.place}), events=EVENT.format("Utrecht")
    ).candidate.version
    assert questions.record(added, "events", "spring")["place_id"] == "utrecht-nl"
    assert count(added, "countries") == 7


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Keulen", "DE"),
        ("Jaarbeurs, Utrecht", "NL"),
        ("Wenen", "AT"),
        ("Lemmington-on-Nowhere", None),
    ],
)
def test_a_city_is_found_by_its_dutch_name_too(text, country):
    found = suggest_cities(text)
    assert (found[0].country if found else None) == country


def test_an_answer_does_not_replace_the_people_when_tables_are_replaced(store):
    people = len(questions.browse(store.open(), "people"))
    talk = TALK.format("Nieuwe Spreker")
    checked = offered(
        store, StewardAnswers({"Nieuwe Spreker": NEW_PERSON}), Mode.REPLACE, event_people=talk
    )
    assert len(questions.browse(checked.candidate.version, "people")) == people + 1


def test_one_record_changes_that_record_only_and_an_emptied_field_becomes_unknown(store):
    row = {
        n: "" if v is None else str(v)
        for n, v in questions.record(store.open(), "trainings", "summer-school").items()
    }
    changed = offered_record(
        store, row | {"participants": "60", "participants_kind": "about", "note": ""}
    )
    assert questions.record(changed, "trainings", "summer-school")["participants"] == 60
    assert len(questions.browse(changed, "trainings")) == 16
    medicine = {
        n: "" if v is None else str(v)
        for n, v in questions.record(store.open(), "trainings", "medicine-first-year").items()
    }
    emptied = offered_record(store, medicine | {"note": ""})
    assert questions.record(emptied, "trainings", "medicine-first-year")["note"] is None


def offered_record(store, values):
    files = build_record_file(store, "trainings", values)
    return check_delivery(
        store, files, Mode.MERGE, author="a", now=NOW, small_groups_below=5
    ).candidate.version


PEOPLE = "person_id,name\ntineke-tstpersoon,Somebody Else\n"
TWO = "event_id,person_id,role,nr\nai-in-umcg-symposium,Nieuwe Spreker,keynote,1\nai-in-umcg-symposium,{},lecture,1\n"


def named(version):
    return {row["person_id"]: row["name"] for row in questions.browse(version, "people")}


def at_the_symposium(version):
    return {
        r["person_id"]
        for r in questions.browse(version, "event_people")
        if r["event_id"] == "ai-in-umcg-symposium"
    }


@pytest.mark.parametrize("mode", Mode)
def test_a_new_person_stands_beside_those_of_an_uploaded_file(store, mode):
    uploaded = (
        "".join(f"{i},{name}\n" for i, name in named(store.open()).items())
        + "from-the-file,From the File\n"
    )
    files = {"people": "person_id,name\n" + uploaded, "event_people": TWO.format("from-the-file")}
    version = offered(
        store, StewardAnswers({"Nieuwe Spreker": NEW_PERSON}), mode, **files
    ).candidate.version
    assert {"nieuwe-spreker", "from-the-file", "job-doornberg"} <= set(named(version))
    assert {"nieuwe-spreker", "from-the-file"} <= at_the_symposium(version)


def test_a_spelling_and_a_place_stand_beside_those_of_uploaded_files(store):
    files = {
        "person_aliases": "alias,person_id\nDoornberg JN,job-doornberg\n",
        "places": "place_id,city,country,precision\nzwolle-nl,Zwolle,NL,city\n",
        "event_people": TWO.format("Rozemarijn Vliegentart"),
        "events": EVENT.format("Utrecht"),
    }
    answers = StewardAnswers(
        {"Nieuwe Spreker": NEW_PERSON, "Rozemarijn Vliegentart": "rozemarijn-vliegenthart"},
        {"Utrecht": suggest_cities("Utrecht")[0].place},
    )
    version = offered(store, answers, **files).candidate.version
    spellings = {row["alias"] for row in questions.browse(version, "person_aliases")}
    assert {"Doornberg JN", "Rozemarijn Vliegentart"} <= spellings
    assert {"zwolle-nl", "utrecht-nl"} <= {
        row["place_id"] for row in questions.browse(version, "places")
    }


def test_a_new_person_never_takes_the_id_of_somebody(store):
    answers = StewardAnswers({"Tineke Tstpersoon": NEW_PERSON})
    talk = TALK.format("Tineke Tstpersoon")
    version = offered(store, answers, people=PEOPLE, event_people=talk).candidate.version
    people = named(version)
    assert (people["tineke-tstpersoon"], people["tineke-tstpersoon-2"]) == (
        "Somebody Else",
        "Tineke Tstpersoon",
    )
    assert "tineke-tstpersoon-2" in at_the_symposium(version)


def test_two_spellings_of_one_new_person_are_one_person_and_that_is_noted(store):
    answers = StewardAnswers({"Nieuwe Spreker": NEW_PERSON, "NIEUWE-SPREKER": NEW_PERSON})
    checked = offered(store, answers, event_people=TWO.format("NIEUWE-SPREKER"))
    assert [i for i in named(checked.candidate.version) if i.startswith("nieuwe")] == [
        "nieuwe-spreker"
    ]
    (note,) = [n for n in checked.notes if n.file == "your answers" and n.column == "alias"]
    assert note.value == "NIEUWE-SPREKER"


def test_a_name_of_two_people_is_settled_by_id_without_a_spelling(store):
    people = "person_id,name,job_title\njan-1,Jan de Vries,Surgeon\njan-2,Jan de Vries,Nurse\n"
    files = {"people": people, "event_people": TALK.format("Jan de Vries")}
    checked = offered(store, **files)
    assert list_unknown_names(checked.problems, "people") == ["Jan de Vries"]
    version = offered(store, StewardAnswers({"Jan de Vries": "jan-2"}), **files).candidate.version
    assert "jan-2" in at_the_symposium(version)
    assert "Jan de Vries" not in {
        row["alias"] for row in questions.browse(version, "person_aliases")
    }


def test_names_without_an_answer_remain_problems(store):
    checked = offered(
        store,
        StewardAnswers({"Nieuwe Spreker": NEW_PERSON}),
        event_people=TWO.format("Ook Onbekend"),
    )
    assert checked.candidate is None
    assert list_unknown_names(checked.problems, "people") == ["Ook Onbekend"]


def test_an_answer_that_is_wrong_is_named_as_an_answer(store):
    checked = offered(
        store,
        StewardAnswers({"Nieuwe Spreker": "nobody"}),
        event_people=TALK.format("Nieuwe Spreker"),
    )
    assert "your answers" in {p.file for p in checked.problems}


def test_two_cities_of_one_name_and_country_get_two_ids_and_one_city_none_of_its_own(store):
    spot = suggest_cities("Utrecht")[0].place
    far = spot | {"latitude": "40.00000"}
    header, row = EVENT.format("Utrecht").splitlines()
    events = (
        "\n".join([header, row, row.replace("spring", "autumn").replace("Utrecht", "Utrecht (NY)")])
        + "\n"
    )
    version = offered(
        store, StewardAnswers(places={"Utrecht": spot, "Utrecht (NY)": far}), events=events
    ).candidate.version
    found = {
        questions.record(version, "events", event)["place_id"] for event in ("spring", "autumn")
    }
    assert found == {"utrecht-nl", "utrecht-nl-2"}
    version = offered(
        store, StewardAnswers(places={"Utrecht": spot, "Utrecht (NY)": spot}), events=events
    ).candidate.version
    found = {
        questions.record(version, "events", event)["place_id"] for event in ("spring", "autumn")
    }
    assert found == {"utrecht-nl"}


def test_files_are_told_from_others_by_name_and_content():
    files = {"a.csv": b"1", "b.csv": b"2"}
    assert compute_fingerprint(files) == compute_fingerprint({"b.csv": b"2", "a.csv": b"1"})
    assert (
        len(
            {
                compute_fingerprint(f)
                for f in (files, {"a.csv": b"1"}, {"a.csv": b"2", "b.csv": b"1"})
            }
        )
        == 3
    )


def test_the_command_line_checks_one_file_and_writes_the_empty_workbook(store, tmp_path, capsys):
    file = tmp_path / "evenementen.csv"
    file.write_text("evenement_id;titel;begindatum;status\nx;Dag;31-02-2025;Gehouden\n", "utf-8")
    assert main(["--store", str(store.root), "check", str(file)]) == 1
    assert "evenementen.csv, row 2, column begindatum (C): “31-02-2025”" in capsys.readouterr().out
    file.write_text("evenement_id;titel;begindatum;status\nx;Dag;3-2-2025;Gehouden\n", "utf-8")
    assert main(["--store", str(store.root), "check", str(file)]) == 0
    assert main(["--store", str(store.root), "template", str(tmp_path / "leeg.xlsx")]) == 0
    assert (tmp_path / "leeg.xlsx").read_bytes()[:2] == b"PK"


def test_the_command_line_takes_answers_about_letters_dates_and_amounts(store, tmp_path, capsys):
    file = tmp_path / "events.csv"
    file.write_bytes(
        "event_id,title,start_date,status,participants_kind\nx,Zoë,03/04/2025,held,unknown\n".encode(
            "mac_roman"
        )
    )
    command = ["--store", str(store.root), "check", str(file)]
    assert main(command) == 1
    assert "nothing tells which" in capsys.readouterr().out
    assert main([*command, "--encoding", "mac-roman"]) == 1
    assert "Write 2025-04-03 or 2025-03-04." in capsys.readouterr().out
    assert main([*command, "--encoding", "mac-roman", "--dates", "day/month"]) == 0
    assert "which was chosen: “Zoë”" in capsys.readouterr().out


def test_a_delivery_says_how_each_file_was_read_and_takes_the_choice(store):
    file = {
        "events.csv": "event_id,title,start_date,status,participants_kind\nx,Zoë,03/04/2025,held,unknown\n".encode(
            "cp850"
        )
    }
    given = {"mode": Mode.MERGE, "author": "a", "now": NOW, "small_groups_below": 5}
    asked = check_delivery(store, file, **given)
    assert asked.decodings["events.csv"].words["dos-850"] == "Zoë"
    told = check_delivery(
        store,
        file,
        **given,
        encodings={"events.csv": "dos-850"},
        dialect=Dialect(DateOrder.MONTH_DAY),
    )
    found = questions.record(told.candidate.version, "events", "x")
    assert (found["title"], found["start_date"]) == ("Zoë", "2025-03-04")


def test_a_file_beside_a_calendar_may_name_its_events(store):
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:x",
        "BEGIN:VEVENT",
        "UID:1",
        "SUMMARY:Dag A",
        "DTSTART;VALUE=DATE:20260110",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    rows = b"event_id,person_id,role,nr\ndag-a-2026-01-10,job-doornberg,lecture,1\n"
    files = {"a.ics": "\r\n".join(lines).encode(), "event_people.csv": rows}
    checked = check_delivery(store, files, Mode.MERGE, author="a", now=NOW, small_groups_below=5)
    assert checked.problems == ()
    said = questions.rows(
        checked.candidate.version, "people_of_event", NO_FILTERS, event="dag-a-2026-01-10"
    )
    assert [row["name"] for row in said] == ["Job Doornberg"]


@pytest.mark.matrix(1)
@pytest.mark.parametrize("title", ["'-tje in de zorg", '\'=A "x"; y', "-omics day"])
def test_a_record_that_is_opened_and_saved_is_what_it_was(store, title):
    row = {"event_id": "x", "title": title, "status": "planned", "participants_kind": "unknown"}
    given = {"mode": Mode.MERGE, "author": "a", "now": NOW, "small_groups_below": 5}
    version = check_delivery(
        store, build_record_file(store, "events", row), **given
    ).candidate.version
    assert questions.record(version, "events", "x")["title"] == title
