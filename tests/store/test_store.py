"""Versions are immutable, whole or refused, and publishing leaves the served one alone until the
end.
"""

import fcntl
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone
from shutil import copytree

import duckdb
import pytest

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Refused
from dashboard.model.filters import Filters
from dashboard.query import engine, questions
from dashboard.schema.contract import schema_sql, structure_sql
from dashboard.store import Store, StoreError, build, publish, upgrade
from tests.conftest import NOW, ROOT, publish_folder, served_already
from tests.faults import damage


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def test_an_empty_store_says_what_to_do(store):
    with pytest.raises(StoreError, match="is empty: run `python -m dashboard build`"):
        store.open()


def test_the_records_of_a_version_give_the_same_id_wherever_they_are_built_again(
    store, records, tmp_path
):
    """They are the same records, although the files differ from those that were published."""
    first = served_already(store, records)
    again = publish_folder(Store(tmp_path / "another"), first.folder / "records").version
    assert again.id == first.id
    assert len(first.id) == 16


def test_another_record_gives_another_id_and_names_its_parent(store, records, edit):
    first = served_already(store, records)
    edit("people", "Data scientist", "Data engineer")
    second = publish_folder(store, records, "a new job title").version
    assert second.id != first.id
    assert (second.manifest.parent, second.manifest.message) == (first.id, "a new job title")
    assert [v.id for v in store.versions()] in ([first.id, second.id], [second.id, first.id])
    assert store.open().id == second.id
    assert store.open(first.id).id == first.id


def test_publishing_the_same_records_twice_changes_nothing(store, records):
    assert publish_folder(store, records).changed
    assert not publish_folder(store, records).changed
    assert len(store.versions()) == 1
    assert len((store.root / "log.jsonl").read_text().splitlines()) == 1


def test_the_log_says_who_when_what_and_why(store, records):
    version = publish_folder(store, records, "first").version
    assert json.loads((store.root / "log.jsonl").read_text()) == {
        "time": "2026-01-15T09:30:00+00:00",
        "action": "publish",
        "version": version.id,
        "from": None,
        "author": "test",
        "message": "first",
    }


def test_the_manifest_counts_rows_and_has_the_digest_of_every_file(store, records):
    manifest = publish_folder(store, records).version.manifest
    assert (manifest.rows["events"], manifest.rows["people"]) == (29, 17)
    assert {"dashboard.duckdb", "records/events.csv", "records/claims.csv"} <= set(manifest.files)


def test_refused_records_leave_the_served_version_as_it_was(store, records, edit):
    served = served_already(store, records).id
    edit("events", "2025-01-23", "2025-13-23")
    with pytest.raises(Refused):
        publish_folder(store, records)
    assert store.open().id == served


@pytest.mark.parametrize("step", ["write_records", "write_database"])
def test_a_failure_while_building_leaves_the_served_version_and_no_rubbish(
    store, records, edit, step, monkeypatch
):
    served = served_already(store, records).id
    edit("people", "Data scientist", "Data engineer")

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build, step, full_disk)
    with pytest.raises(
        StoreError,
        match=r"the disk is full .*No space left.*make room.* what is served is as it was",
    ):
        publish_folder(store, records)
    assert store.open().id == served
    assert [path.name for path in store.versions_folder.iterdir()] == [served]


def test_what_a_dead_publisher_left_is_swept_by_the_next(store, records):
    (store.versions_folder / ".building-dead").mkdir(parents=True)
    (store.versions_folder / ".building-dead" / "dashboard.duckdb").write_bytes(b"half")
    publish_folder(store, records)
    assert not list(store.versions_folder.glob(".building-*"))


def test_two_publishers_at_once_are_told_apart(store, records):
    store.versions_folder.mkdir(parents=True)
    with (store.root / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="somebody else is publishing"):
            publish_folder(store, records)


@pytest.mark.parametrize("damage", ["flip", "truncate", "zero", "remove"])
def test_a_damaged_version_is_refused_with_the_name_of_the_file(store, records, damage):
    version = served_already(store, records)
    data = bytearray(version.database.read_bytes())
    if damage == "flip":
        data[len(data) // 2] ^= 1
    elif damage == "truncate":
        data = data[: len(data) // 2]
    elif damage == "zero":
        data[4096:8192] = bytes(4096)
    version.database.unlink()
    if damage != "remove":
        version.database.write_bytes(data)
    with pytest.raises(StoreError, match=r"damaged: dashboard\.duckdb"):
        Store(store.root).open()


def test_a_damaged_version_is_mended_by_publishing_its_records_again(store, records):
    version = served_already(store, records)
    version.database.write_bytes(b"nothing")
    publish_folder(store, records)
    assert Store(store.root).open().damage() is None


@pytest.mark.matrix(2)
@pytest.mark.parametrize(
    ("pointer", "reason"),
    [
        ("0123456789abcdef", "names the version 0123456789abcdef, which does not exist"),
        ("../../etc", "which does not exist"),
        (".", "which does not exist"),
        ("x" * 5000, "which does not exist"),
        ("", "is missing or empty"),
        (None, "is missing or empty"),
    ],
    ids=["gone", "path", "dot", "long", "empty", "missing"],
)
def test_a_pointer_to_nowhere_is_not_followed_and_the_newest_whole_version_is_served(
    store, records, pointer, reason
):
    version = served_already(store, records)
    assert store.served().fault == ""
    store.pointer.unlink()
    if pointer is not None:
        store.pointer.write_text(pointer)
    assert store.open().id == version.id
    assert reason in store.served().fault
    publish_folder(store, records)
    assert store.served().fault == ""


def test_a_manifest_that_is_not_json_is_said(store, records):
    version = served_already(store, records)
    (version.folder / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match="no readable manifest"):
        store.open()
    assert store.versions() == []


def test_a_version_of_another_schema_is_refused(store, records):
    version = served_already(store, records)
    damage.of_release(version, schema_version=99)
    with pytest.raises(StoreError, match="follows schema 99, this program schema 1"):
        store.open()


def test_small_head_counts_are_nowhere_in_the_version(store, records, edit):
    edit("trainings", ",44,exact", ",3,exact")
    edit("claims", "44 students", "3 students")
    version = publish_folder(store, records).version
    dentistry = next(
        t
        for t in questions.records(version, "trainings", Filters())
        if t["discipline"] == "dentistry"
    )
    assert (dentistry["participants"], dentistry["participants_kind"]) == (None, "fewer-than")
    assert "3 students" not in (version.folder / "records" / "claims.csv").read_text("utf-8")
    assert b"3 students" not in version.database.read_bytes()


def test_a_small_lower_bound_becomes_unknown_because_the_group_may_be_large(store, records, edit):
    edit("trainings", ",44,exact", ",3,at-least")
    version = publish_folder(store, records).version
    dentistry = next(
        t
        for t in questions.records(version, "trainings", Filters())
        if t["discipline"] == "dentistry"
    )
    assert (dentistry["participants"], dentistry["participants_kind"]) == (None, "unknown")


def test_a_group_at_the_threshold_is_shown(store, records, edit):
    edit("trainings", ",44,exact", ",5,exact")
    version = publish_folder(store, records).version
    assert 5 in [t["participants"] for t in questions.records(version, "trainings", Filters())]


def test_a_served_version_cannot_be_written_and_reaches_no_other_file(real):
    for statement in (
        "delete from version.main.events",
        "copy version.main.events to 'stolen.csv'",
        "from read_text('README.md')",
    ):
        with pytest.raises(Exception, match=r"(?i)read-only|disabled|permission|not allowed"):
            engine.query(real.database, statement, {})


def test_many_threads_ask_one_version_at_once(real):
    with ThreadPoolExecutor(8) as pool:
        counts = list(
            pool.map(lambda _: len(questions.rows(real, "events", Filters())), range(100))
        )
    assert set(counts) == {29}


def test_a_reader_of_the_old_version_is_not_disturbed_by_a_new_one(store, records, edit):
    old = served_already(store, records)
    assert len(questions.rows(old, "people", Filters())) == 17
    edit("people", "Wim Smit", "Willem Smit")
    new = publish_folder(store, records).version
    names = [{row["name"] for row in questions.rows(v, "people", Filters())} for v in (old, new)]
    assert "Wim Smit" in names[0]
    assert "Willem Smit" in names[1]


def test_closing_a_version_lets_it_be_opened_again(store, records):
    version = served_already(store, records)
    questions.rows(version, "people", Filters())
    engine.close(version.database)
    assert len(questions.rows(version, "people", Filters())) == 17


def test_a_question_that_does_not_exist_is_said(real):
    with pytest.raises(KeyError, match="no question “eventz”"):
        questions.run(real, "eventz", Filters())


def test_the_time_in_the_manifest_is_utc(store, records):
    candidate = open_checked_records(read_folder(records))
    local = NOW.astimezone(timezone(timedelta(hours=2)))
    version = publish(
        store, candidate, author="a", message="m", now=local, small_groups_below=5
    ).version
    assert version.manifest.time == "2026-01-15T09:30:00+00:00"


def test_a_version_of_an_older_release_is_built_anew_from_its_records(store, records, edit):
    first = served_already(store, (records, "first"))
    edit("people", "Wim Smit", "Willem Smit")
    second = publish_folder(store, records, "second").version
    for version in (first, second):
        damage.of_release(version, recipe="0" * 16)
    with pytest.raises(StoreError, match="another release"):
        Store(store.root).open()
    assert sorted(upgrade(store)) == sorted([first.id, second.id])
    assert store.open().id == second.id
    assert store.open(first.id).manifest.message == "first"
    assert upgrade(store) == []


def test_the_database_that_checks_are_made_in_has_the_tables_rules_and_macros_of_the_contract():
    made = []
    for sql in (schema_sql(), structure_sql()):
        with duckdb.connect() as con:
            con.execute(sql)
            made.append(
                [
                    con.execute(
                        "select table_name, column_name, data_type from duckdb_columns() order by all"
                    ).fetchall(),
                    con.execute(
                        "select table_name, constraint_text from duckdb_constraints() order by all"
                    ).fetchall(),
                    con.execute(
                        "select function_name, macro_definition from duckdb_functions() where not internal order by all"
                    ).fetchall(),
                ]
            )
    assert made[0] == made[1]
    assert all(made[0])


def test_records_without_a_text_keep_their_id_and_a_version_without_the_table_is_read(tmp_path):
    folder = copytree(ROOT / "tests" / "data", tmp_path / "data")
    (folder / "texts.csv").write_text((folder / "texts.csv").read_text("utf-8").split("\n")[0])
    without = publish_folder(Store(tmp_path / "header"), folder).version
    (folder / "texts.csv").unlink()
    assert publish_folder(Store(tmp_path / "none"), folder).version.id == without.id
    assert not (without.records / "texts.csv").exists()
