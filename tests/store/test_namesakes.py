"""Two people with one name are told apart in every list, and what is done to the one is not done to
the other.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard import shares
from dashboard.charts.role_matrix import draw_role_matrix
from dashboard.charts.shares import draw_shares
from dashboard.charts.theme import make_palette
from dashboard.cli import main
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.publishing.delivery import check_delivery
from dashboard.query import questions
from dashboard.shares import SharesDb, people_everywhere
from dashboard.store import Mode, Store, merge_people, publish_candidate, read_log
from dashboard.text.labels import distinguish_labels, distinguish_list
from dashboard.text.selection import describe_filters
from dashboard.views.content.common import format_people_of_events
from dashboard.views.content.people import content
from dashboard.views.view import open_view
from tests.conftest import ROOT, append_to, publish_folder, served_already

NOW = datetime(2026, 2, 1, tzinfo=UTC)
WHO = dict(author="Eva", message="asked on paper", now=NOW)
CASE = Path(__file__).parents[1] / "cases" / "same-names"
ONE, OTHER = "jan-de-vries-1", "jan-de-vries-2"


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    """The shipped records with the two of the case among them."""
    folder = tmp_path_factory.mktemp("same-names")
    for path in (ROOT / "data").glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    append_to(folder, "people", "jan-de-vries-1,Jan de Vries,Surgeon,,")
    append_to(folder, "people", "jan-de-vries-2,Jan de Vries,Data scientist,,")
    for name, day in (("a", 3), ("b", 4)):
        cells = {
            "event_id": f"jv-{name}",
            "title": f"Lecture {name}",
            "start_date": f"2025-03-0{day}",
            "status": "held",
        }
        header = (folder / "events.csv").read_text("utf-8").partition("\n")[0].split(",")
        cells["participants_kind"] = "unknown"
        append_to(folder, "events", ",".join(cells.get(column, "") for column in header))
    append_to(folder, "event_people", "jv-a,jan-de-vries-1,lecture,1,,")
    append_to(folder, "event_people", "jv-b,jan-de-vries-2,lecture,1,,")
    return folder


@pytest.fixture
def store(tmp_path, records, monkeypatch):
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    found = Store(tmp_path / "store")
    served_already(found, records)
    return found


def view_of(store, link):
    return open_view(store, settings.load(ROOT / "data"), link, NOW.date(), role=Role.VIEWER)


# Labels
# --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "part", "expected"),
    [
        ({"a": "Ann", "b": "Bo"}, {"a": "Nurse"}, ["Ann", "Bo"]),
        (
            {"a": "Ann", "b": "ann "},
            {"a": "Nurse", "b": "Doctor"},
            ["Ann (Nurse)", "ann  (Doctor)"],
        ),
        ({"a": "Ann", "b": "Ann"}, {"a": "Nurse", "b": "Nurse"}, ["Ann (a)", "Ann (b)"]),
        ({"a": "Ann", "b": "Ann"}, {"a": "Nurse"}, ["Ann (Nurse)", "Ann (b)"]),
        (
            {"a": "Ann", "b": "Ann", "c": "Ann"},
            {"a": "X", "b": "X", "c": "Y"},
            ["Ann (a)", "Ann (b)", "Ann (Y)"],
        ),
        ({"a": "Ann", "b": "Ann", "c": "Ann (a)"}, {}, ["Ann (a)", "Ann (b)", "Ann (a) (c)"]),
    ],
)
def test_labels_that_would_be_equal_get_what_tells_them_apart(labels, part, expected):
    assert list(distinguish_labels(labels, part).values()) == expected


def test_labels_without_an_id_are_told_apart_by_their_parts_or_place():
    assert distinguish_list(["Open day", "Open day", "Talk"], ["2025", "2024", "2025"]) == [
        "Open day (2025)",
        "Open day (2024)",
        "Talk",
    ]
    assert distinguish_list(["Open day", "Open day"]) == ["Open day (1)", "Open day (2)"]


def test_filters_name_two_of_one_name_by_their_job_titles_and_each_leads_to_his_own_events(store):
    labels = questions.read_labels(store.open())["speaker"]
    assert (labels[ONE], labels[OTHER]) == (
        "Jan de Vries (Surgeon)",
        "Jan de Vries (Data scientist)",
    )
    for person, event in ((ONE, "jv-a"), (OTHER, "jv-b")):
        found = questions.rows(store.open(), "events", Filters(speaker=(person,)))
        assert [row["event_id"] for row in found] == [event]
        assert labels[person] in describe_filters(
            Filters(speaker=(person,)), questions.read_labels(store.open())
        )


def test_no_two_options_of_any_filter_have_one_label(store):
    for name, labels in questions.read_labels(store.open()).items():
        assert len(set(labels.values())) == len(labels), name


def test_charts_tables_and_lists_of_a_page_tell_them_apart(store):
    view = view_of(store, "/people?year=2025")
    page = content(view)
    for picture in page.pictures:
        labels = [label for label, _ in picture.chart.links]
        assert len(set(labels)) == len(labels)
        assert {"Jan de Vries (Surgeon)", "Jan de Vries (Data scientist)"} <= {
            r["Person"] for r in picture.chart.table
        }
    who = format_people_of_events(view)
    assert (who["jv-a"], who["jv-b"]) == (
        "Jan de Vries (Surgeon) (lecture)",
        "Jan de Vries (Data scientist) (lecture)",
    )


def test_two_of_one_name_have_a_field_and_a_row_each():
    rows = [{"person_id": i, "name": "Jan", "events": 1, "contributions": 1} for i in (ONE, OTHER)]
    colours = make_palette({}, dark=False)
    strip = draw_shares(rows, colours).markup
    assert [field.act for field in strip.find("share-field")] == [
        f"person={ONE}",
        f"person={OTHER}",
    ]
    roles = [row | {"dimension": "role", "id": "lecture"} for row in rows]
    matrix = draw_role_matrix(roles, {"lecture": "Lecture"}, colours).markup
    assert len(matrix.find("matrix-name")) == 2


# At upload
# -----------------------------------------------------------------------------------------------------------


def test_two_people_of_one_name_or_orcid_are_noted_at_upload(tmp_path):
    store = Store(tmp_path / "store")
    served_already(store, ROOT / "data")
    files = {path.name: path.read_bytes() for path in CASE.glob("*.csv")}
    checked = check_delivery(store, files, Mode.MERGE, author="a", now=NOW, small_groups_below=5)
    assert checked.problems == ()
    rule = "two people have this name"
    assert [(n.row, n.column, n.value) for n in checked.notes if n.message == rule] == [
        (2, "name", "Jan de Vries"),
        (3, "name", "Jan de Vries"),
    ]
    text = "person_id,name,orcid\na,Anna Aa,0000-0002-1825-0097\nb,Bea Bee,0000-0002-1825-0097\n"
    checked = check_delivery(
        store, {"people.csv": text.encode()}, Mode.MERGE, author="a", now=NOW, small_groups_below=5
    )
    assert {
        (n.row, n.column) for n in checked.notes if n.message == "two people have this ORCID iD"
    } == {
        (2, "orcid"),
        (3, "orcid"),
    }
    spelled = store.open()
    alias = questions.browse(spelled, "person_aliases")[0]["alias"]
    text = f"person_id,name\nsomebody-else,{alias}\n"
    checked = check_delivery(
        store, {"people.csv": text.encode()}, Mode.MERGE, author="a", now=NOW, small_groups_below=5
    )
    assert rule in {n.message for n in checked.notes}


# Forgetting
# ----------------------------------------------------------------------------------------------------------


def test_forgetting_one_leaves_the_other_who_can_be_published_again(store, tmp_path):
    shares_db = SharesDb(settings.shares_file(store.root))
    mine = shares.save(
        shares_db,
        "One",
        f"/people?speaker={ONE}",
        words="People with Jan de Vries (Surgeon)",
        now=NOW,
    )
    theirs = shares.save(
        shares_db,
        "Two",
        f"/people?speaker={OTHER}",
        words="People with Jan de Vries (Data scientist)",
        now=NOW,
    )
    short = shares.shorten(shares_db, f"/people?speaker={OTHER}", now=NOW)
    done = people_everywhere.forget(store, ONE, **WHO)
    people = {row["person_id"]: row["name"] for row in questions.browse(store.open(), "people")}
    assert people[OTHER] == "Jan de Vries"
    assert ONE not in people
    assert [
        row["event_id"] for row in questions.rows(store.open(), "events", Filters(speaker=(OTHER,)))
    ] == ["jv-b"]
    assert done.mentions == ()
    assert shares.find_view(shares_db, mine.id).words == f"People with {done.name}"
    assert shares.find_view(shares_db, theirs.id) == theirs
    assert shares.expand(shares_db, short) == f"/people?speaker={OTHER}"
    again = check_delivery(
        store,
        {"people.csv": f"person_id,job_title\n{OTHER},Professor\n".encode()},
        Mode.MERGE,
        author="a",
        now=NOW,
        small_groups_below=5,
    )
    assert again.problems == ()


@pytest.mark.long
def test_a_third_of_that_name_is_still_kept_out(store):
    people_everywhere.forget(store, ONE, **WHO)
    text = "person_id,name\njan-de-vries-3,Jan de Vries\n"
    offered = {"people.csv": text.encode()}
    checked = check_delivery(store, offered, Mode.MERGE, author="a", now=NOW, small_groups_below=5)
    assert [(p.row, p.column, p.value) for p in checked.problems] == [(2, "name", "Jan de Vries")]
    assert checked.candidate is None


def test_who_is_about_to_be_forgotten_is_said_by_id_job_title_and_contributions(store, capsys):
    assert (
        people_everywhere.describe_person(store.open(), ONE)
        == "jan-de-vries-1: Jan de Vries, Surgeon, 1 contribution"
    )
    assert main(["--store", str(store.root), "forget", OTHER]) == 3
    assert "jan-de-vries-2: Jan de Vries, Data scientist, 1 contribution" in capsys.readouterr().out
    assert main(["--store", str(store.root), "forget", OTHER, "--yes", "--author", "Eva"]) == 0
    last = read_log(store)[-1]
    assert (last["action"], last["author"], last["message"]) == ("forget", "Eva", "on request")


# Merging
# -------------------------------------------------------------------------------------------------------------


def test_namesakes_become_one_without_a_spelling_that_is_the_name_itself(store):
    before = store.open()
    made = merge_people(store, ONE, OTHER, **WHO).version
    person = {row["person_id"]: row for row in questions.browse(made, "people")}
    assert OTHER not in person
    assert [row["event_id"] for row in questions.rows(made, "events", Filters(speaker=(ONE,)))] == [
        "jv-a",
        "jv-b",
    ]
    aliases = {row["alias"]: row["person_id"] for row in questions.browse(made, "person_aliases")}
    assert "Jan de Vries" not in aliases
    assert questions.read_labels(made)["speaker"][ONE] == "Jan de Vries"
    shares_db = SharesDb(settings.shares_file(store.root))
    saved = shares.save(shares_db, "Two", f"/people?speaker={OTHER}", now=NOW)
    after = publish_candidate(store, made.id, **WHO).version
    assert people_everywhere.follow(store, before, after, shares_db) == {OTHER: ONE}
    assert shares.find_view(shares_db, saved.id).link == f"/people?speaker={ONE}"
    talk = f"event_id,person_id,role,nr\njv-a,{OTHER},chair,1\n"
    later = check_delivery(
        store,
        {"event_people.csv": talk.encode()},
        Mode.MERGE,
        author="a",
        now=NOW,
        small_groups_below=5,
    )
    assert later.problems == ()


def test_a_namesake_who_is_left_out_of_a_table_is_not_taken_for_the_other(store, records, tmp_path):
    before = store.open()
    kept = read_folder(records)
    folder = tmp_path / "without"
    folder.mkdir()
    for path in records.glob("*.csv"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        (folder / path.name).write_text(
            "".join(line for line in lines if OTHER not in line), "utf-8"
        )
    open_checked_records(kept).close()
    assert people_everywhere.find_merged_people(before, publish_folder(store, folder).version) == {}
