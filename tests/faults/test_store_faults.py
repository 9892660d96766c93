"""A disk that fails or fills up, files that rot, two publishers, a clock that was set back, a newer
program.
"""

import errno
import json
import os
import re
import resource
import shutil
import subprocess
import sys
from datetime import timedelta

import pytest

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.store import Store, StoreError, durable, publish, read_log, rollback
from dashboard.store.lock import publisher_lock
from dashboard.store.publish import open_for_writing
from tests.conftest import NOW, ROOT, publish_folder, replace_in, served_already
from tests.faults import damage
from tests.faults.killing import leftovers


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def old(store, small):
    version = served_already(store, small)
    replace_in(small, "people", "Physician", "Surgeon")
    return version


def is_sound(store, *allowed):
    """A whole version is served that is one of these, and the next start leaves nothing behind."""
    version = Store(store.root).open()
    assert version.id in allowed
    assert questions.rows(version, "people", Filters())
    with open_for_writing(store):
        pass
    assert leftovers(store, version.id) == []
    assert Store(store.root).open().id == version.id


def failing(monkeypatch, call, error, n):
    """Let the nth call fail; returns what counts them."""
    real, calls = getattr(os, call), []

    def faulty(*arguments, **named):
        calls.append(call)
        if len(calls) == n:
            raise OSError(error, os.strerror(error))
        return real(*arguments, **named)

    monkeypatch.setattr(os, call, faulty)
    return calls


def the_nth_fails(store, old, small, monkeypatch, call, error, chosen):
    """Publish with the nth call failing, for each n that is chosen of as many as there are."""
    with monkeypatch.context() as patch:
        calls = failing(patch, call, error, 0)
        new = publish_folder(store, small).version.id
    assert calls
    for n in chosen(len(calls)):
        rollback(store, old.id, author="a", message="m", now=NOW)
        shutil.rmtree(store.versions_folder / new, ignore_errors=True)
        with monkeypatch.context() as patch:
            failing(patch, call, error, n)
            with pytest.raises(StoreError, match=re.escape(os.strerror(error))):
                publish_folder(store, small)
        is_sound(store, old.id, new)
    assert publish_folder(store, small).version.id == new


@pytest.mark.matrix(2)
@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("write", errno.ENOSPC),
        ("fsync", errno.EIO),
        ("replace", errno.ENOSPC),
        ("rename", errno.EIO),
    ],
)
def test_a_call_to_the_disk_fails_near_the_flip_and_the_store_stays_sound(
    store, old, small, monkeypatch, call, error
):
    the_nth_fails(
        store,
        old,
        small,
        monkeypatch,
        call,
        error,
        lambda calls: range(max(1, calls - 1), calls + 1),
    )


@pytest.mark.long
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=["ENOSPC", "EIO"])
@pytest.mark.parametrize("call", ["write", "fsync", "replace", "rename"])
def test_any_call_to_the_disk_fails_and_the_store_stays_sound(
    store, old, small, monkeypatch, call, error
):
    the_nth_fails(store, old, small, monkeypatch, call, error, lambda calls: range(1, calls + 1))


def test_a_disk_that_is_full_while_the_database_is_written_leaves_the_old_version(
    store, old, small
):
    """A real limit on the size of files: the database writes without Python."""
    code = (
        "import sys, resource; from pathlib import Path; from dashboard.store import Store;"
        "from tests.conftest import publish_folder;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, resource.RLIM_INFINITY));"
        "publish_folder(Store(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(store.root), str(small)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    is_sound(store, old.id)


def test_a_stray_wal_file_beside_a_version_is_not_read(store, old):
    old.database.with_name(old.database.name + ".wal").write_bytes(b"not a log of DuckDB" * 100)
    try:
        served = questions.rows(Store(store.root).open(), "people", Filters())
    except StoreError as said:
        assert "wal" in str(said)  # noqa: PT017 - refusing it in words would be as good
    else:
        assert len(served) == 5


def test_a_cut_off_line_of_the_log_is_left_out_and_removed_by_the_next(store, old, small):
    with (store.root / "log.jsonl").open("a") as file:
        file.write('{"time": "2026')
    assert len(read_log(store)) == 1
    publish_folder(store, small)
    assert len(read_log(store)) == 2
    assert all(json.loads(line) for line in (store.root / "log.jsonl").read_text().splitlines())


def test_a_lost_log_costs_no_version(store, old, small):
    new = publish_folder(store, small).version
    (store.root / "log.jsonl").unlink()
    with open_for_writing(store):
        pass
    assert {v.id for v in store.versions()} == {old.id, new.id}


def test_a_broken_note_of_an_intent_is_put_aside(store, old, small):
    (store.root / "publishing.json").write_text('{"entry"')
    is_sound(store, old.id)
    assert publish_folder(store, small).changed


def test_the_second_publisher_is_told_who_is_at_work_and_what_to_do_if_it_hangs(store, old, small):
    with (
        publisher_lock(store),
        pytest.raises(StoreError, match="somebody else is publishing") as said,
    ):
        publish_folder(Store(store.root), small)
    assert f"process {os.getpid()}, since 20" in str(said.value)
    assert f"kill {os.getpid()}" in str(said.value)


def start(store, small, body):
    code = (
        "import sys, time; from pathlib import Path; from dashboard.store import Store, durable;"
        "from tests.conftest import publish_folder\n"
        f"{body}\n"
        "print(publish_folder(Store(Path(sys.argv[1])), Path(sys.argv[2])).version.id)"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(store.root), str(small)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_publisher_that_waits_comes_after_the_other(store, old, small):
    slow = start(
        store,
        small,
        "def step(name):\n    if name == 'locked': print(name, flush=True); time.sleep(0.5)\ndurable.failpoint = step",
    )
    assert slow.stdout.readline() == "locked\n"
    with publisher_lock(store, wait=60):
        assert Store(store.root).current_id() != old.id
    assert slow.wait() == 0
    slow.stdout.close()


def test_the_lock_of_a_dead_publisher_that_hung_is_taken_over(store, old, small):
    hung = start(
        store,
        small,
        "def step(name):\n    if name == 'intent noted': print(name, flush=True); time.sleep(600)\ndurable.failpoint = step",
    )
    assert hung.stdout.readline() == "intent noted\n"
    with pytest.raises(StoreError, match=f"process {hung.pid}"):
        publish_folder(store, small)
    hung.kill()
    hung.wait()
    hung.stdout.close()
    is_sound(store, old.id)


def test_a_clock_set_back_changes_neither_the_order_nor_what_is_served(store, old, small):
    earlier = publish(
        store,
        open_checked_records(read_folder(small)),
        author="a",
        message="m",
        now=NOW - timedelta(days=900),
        small_groups_below=5,
    ).version
    assert [v.id for v in store.versions()] == [earlier.id, old.id]
    store.pointer.unlink()
    assert store.open().id == earlier.id


def test_a_damaged_newest_version_is_passed_over_when_the_pointer_is_lost(store, old, small):
    new = publish_folder(store, small).version
    new.database.write_bytes(b"")
    store.pointer.unlink()
    assert Store(store.root).open().id == old.id
    assert "newest whole version" in Store(store.root).served().fault


def test_an_older_program_reads_and_writes_nothing_in_a_newer_store(store, old, small):
    damage.of_release(old, schema_version=99, something_new=[1])
    before = {p: p.stat().st_mtime_ns for p in store.root.rglob("*") if p.name != "lock"}
    with pytest.raises(StoreError, match="follows schema 99"):
        Store(store.root).open()
    with pytest.raises(StoreError, match=re.escape("the store follows schema 99")):
        publish_folder(store, small)
    assert {p: p.stat().st_mtime_ns for p in store.root.rglob("*") if p.name != "lock"} == before


def test_a_version_set_aside_by_a_publisher_that_died_is_put_back(store, old):
    old.folder.rename(old.folder.with_name(f".building-old-{old.id}"))
    with open_for_writing(store):
        pass
    assert Store(store.root).open().id == old.id


def test_every_step_of_publishing_has_a_name(store, old, small, monkeypatch):
    reached = []
    monkeypatch.setattr(durable, "failpoint", reached.append)
    publish_folder(store, small)
    assert reached == [
        "locked",
        "recovered",
        "folder made",
        "records written",
        "database written",
        "version durable",
        "intent noted",
        "version in place",
        "pointer flipped",
        "logged",
        "intent done",
    ]
