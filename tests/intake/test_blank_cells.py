"""What a blank cell of a delivery means, and how a value is emptied: by one word, whatever stands
beside it.
"""

from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest

from dashboard.publishing.delivery import build_record_file, check_delivery
from dashboard.query import questions
from dashboard.schema.contract import tables
from dashboard.store import Mode, Store
from tests.conftest import ROOT, publish_folder, served_already

NOW = datetime(2026, 2, 1, tzinfo=UTC)
CASES = Path(__file__).parents[1] / "cases"
IMAGING = "ai-in-medical-imaging"
TRAINING = "training_id,title,format,status,participants,participants_kind,note\n"


@pytest.fixture
def store(tmp_path):
    found = Store(tmp_path / "store")
    served_already(found, ROOT / "data")
    return found


def offered(store, files, mode=Mode.MERGE):
    given = {
        name: data if isinstance(data, bytes) else data.encode() for name, data in files.items()
    }
    return check_delivery(store, given, mode, author="a", now=NOW, small_groups_below=5)


def made(store, files, mode=Mode.MERGE):
    checked = offered(store, files, mode)
    assert checked.problems == ()
    return checked.candidate.version


def before(store, table, identity):
    return questions.record(store.open(), table, identity)


@pytest.mark.parametrize("name", ["emptied_when_filled_right", "kept_when_nothing_right"])
def test_a_blank_cell_keeps_the_value_whatever_stands_to_its_right(store, name):
    workbook = (CASES / "blank-cells" / f"{name}.xlsx").read_bytes()
    had = before(store, "events", IMAGING)
    now = questions.record(made(store, {"events.xlsx": workbook}), "events", IMAGING)
    assert had["kind"]
    assert had["place_id"]
    assert had["our_role"]
    changed = {column for column in had if had[column] != now[column]}
    assert changed == {"title"} | ({"audience"} if name.startswith("emptied") else set())


def test_a_correction_without_the_columns_of_the_number_keeps_the_number(store):
    had = before(store, "trainings", "medicine-first-year")
    version = made(store, {"trainings.csv": (CASES / "partial" / "trainings.csv").read_bytes()})
    now = questions.record(version, "trainings", "medicine-first-year")
    assert had["participants"]
    assert had["participants_kind"] == now["participants_kind"]
    assert {column for column in had if had[column] != now[column]} == {"title"}


WORDS = ("(empty)", "(Leeg)", "(CLEAR)", "( wissen )")


@pytest.mark.parametrize("mode", Mode)
def test_a_word_empties_a_cell_and_is_never_data(store, mode):
    people = questions.browse(store.open(), "people")
    assert sum(bool(p["job_title"]) for p in people) > len(WORDS)
    text = "person_id,name,job_title\n"
    text += "".join(
        f"{p['person_id']},{p['name']},{word}\n"
        for p, word in zip(people, cycle(WORDS), strict=False)
    )
    now = questions.browse(made(store, {"people.csv": text}, mode), "people")
    assert {(p["person_id"], p["name"]) for p in now} == {
        (p["person_id"], p["name"]) for p in people
    }
    assert [p["job_title"] for p in now] == [None] * len(people)


def test_the_word_is_no_data_in_the_folder_of_a_store_either(tmp_path, small):
    text = (small / "people.csv").read_text("utf-8")
    (small / "people.csv").write_text(text.replace("Physician", "(leeg)"), "utf-8")
    version = publish_folder(Store(tmp_path / "other"), small).version
    assert questions.record(version, "people", "anna-berg")["job_title"] is None


@pytest.mark.parametrize("mode", Mode)
def test_the_word_in_a_required_column_is_a_problem_of_its_own(store, mode):
    checked = offered(store, {"people.csv": "person_id,name\njob-doornberg,(empty)\n"}, mode)
    told = [
        (p.row, p.column, p.value, p.message) for p in checked.problems if p.file == "people.csv"
    ]
    assert told == [(2, "name", "(empty)", "a required value cannot be emptied")]


TOGETHER = [
    ("", "", (30, "about")),
    ("40", "", (40, "about")),
    ("ca. 40", "", (40, "about")),
    ("40", "exact", (40, "exact")),
    ("", "exact", (30, "exact")),
    ("", "unknown", (30, "about")),
    ("(empty)", "", (None, "unknown")),
    ("(empty)", "exact", (None, "unknown")),
    ("onbekend", "", (None, "unknown")),
    ("(empty)", "(empty)", (None, "unknown")),
]
"""Of a number and its kind that are delivered for about 30: what stands there afterwards."""


def test_a_number_and_its_kind_belong_together(tmp_path, small):
    names = [f"course-{nr}" for nr in range(len(TOGETHER))]
    had = "".join(f"{name},{name},course,held,30,about,\n" for name in names)
    (small / "trainings.csv").write_text(TRAINING + had, "utf-8")
    (small / "training_parts.csv").write_text("training_id,nr,kind,title\n", "utf-8")
    (small / "claims.csv").write_text(
        ",".join(c.name for c in tables()["claims"].file_columns) + "\n", "utf-8"
    )
    store = Store(tmp_path / "numbers")
    served_already(store, small)
    given = "".join(
        f"{name},{name},course,held,{number},{kind},\n"
        for name, (number, kind, _) in zip(names, TOGETHER, strict=True)
    )
    checked = offered(store, {"trainings.csv": TRAINING + given})
    assert checked.problems == ()
    found = {
        row["training_id"]: (row["participants"], row["participants_kind"])
        for row in questions.browse(checked.candidate.version, "trainings")
    }
    assert [found[name] for name in names] == [expected for _, _, expected in TOGETHER]
    assert [(n.row, n.column) for n in checked.notes if n.value == "unknown"] == [
        (row, "participants_kind")
        for row, (_, kind, _) in enumerate(TOGETHER, 2)
        if kind == "unknown"
    ]


def test_a_number_where_none_was_known_needs_its_kind(store):
    had = next(
        t
        for t in questions.browse(store.open(), "trainings")
        if t["participants_kind"] == "unknown"
    )
    checked = offered(
        store, {"trainings.csv": f"training_id,participants\n{had['training_id']},40\n"}
    )
    assert [(p.row, p.column, p.message) for p in checked.problems] == [
        (2, "participants_kind", "the cell is empty")
    ]


def test_a_new_row_without_a_number_has_the_kind_unknown(store):
    version = made(
        store, {"trainings.csv": "training_id,title,format,status\nnew,New,course,held\n"}
    )
    assert questions.record(version, "trainings", "new")["participants_kind"] == "unknown"


def test_a_column_that_is_required_may_be_left_out_for_rows_that_exist(store):
    version = made(store, {"people.csv": "person_id,job_title\njob-doornberg,Director\n"})
    assert questions.record(version, "people", "job-doornberg")["job_title"] == "Director"
    text = "person_id,job_title\njob-doornberg,Director\nnew,Nurse\nnewer,Nurse\n"
    told = offered(store, {"people.csv": text}).problems
    assert [(p.row, p.column, p.message) for p in told] == [(1, "name", "the column is missing")]
    text = "name,job_title\nJob,Director\n"
    told = offered(store, {"people.csv": text}).problems
    assert [(p.column, p.message) for p in told] == [("person_id", "the column is missing")]


def test_a_field_that_is_emptied_in_the_form_of_a_record_is_emptied(store):
    had = before(store, "events", IMAGING)
    values = {
        c.name: "" if had[c.name] is None else str(had[c.name])
        for c in tables()["events"].file_columns
    }
    now = questions.record(
        made(store, build_record_file(store, "events", values | {"kind": "", "place_id": ""})),
        "events",
        IMAGING,
    )
    assert {column: now[column] for column in had if had[column] != now[column]} == {
        "kind": None,
        "place_id": None,
    }
    told = offered(store, build_record_file(store, "events", values | {"title": ""})).problems
    assert [(p.column, p.message) for p in told] == [
        ("title", "a required value cannot be emptied")
    ]
