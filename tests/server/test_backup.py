"""Everything is kept in one file, and comes back from it."""

import io
import json
import shutil
import sqlite3
import subprocess
import tarfile
from importlib.resources import files
from unittest.mock import Mock

import pytest

from dashboard import shares
from dashboard.cli import FAILED, OK, main
from dashboard.model.filters import Filters
from dashboard.query.metrics import METRICS, evaluate
from dashboard.server import backup
from dashboard.server.backup import BackupError, Place, back_up, restore
from dashboard.shares import SharesDb, digests
from dashboard.store import Store, StoreError, Unfinished, forget, read_log
from dashboard.store.lock import publisher_lock
from tests.conftest import NOW, ROOT, publish_folder, served_already, two_trainings_and_a_correction
from tests.faults import damage

SETTINGS = (ROOT / "data" / "settings.toml").read_text("utf-8")


def place_in(folder):
    store = Store(folder / "store")
    return Place(store, SharesDb(store.root / "shares" / "shares.sqlite"), folder / "data")


def content(place):
    kept = {
        p.relative_to(place.store.root): p.read_bytes()
        for p in place.store.root.rglob("*")
        if p.is_file()
    }
    return {path: data for path, data in kept.items() if path.name not in ("lock", "shares.sqlite")}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two versions, from which somebody was removed, a short link and a meeting, the house's
    template; and the records of the second.
    """
    folder = tmp_path_factory.mktemp("made")
    place, records = (
        place_in(folder / "here"),
        shutil.copytree(ROOT / "tests" / "data", folder / "small"),
    )
    served_already(place.store, records)
    two_trainings_and_a_correction(records)
    publish_folder(place.store, records)
    forget(place.store, "carla-smit", author="Eva", message="asked", now=NOW)
    link = "/trainings?year=2025"
    shares.shorten(place.shares, link)
    saved = shares.save(place.shares, "Trainings", link, now=NOW)
    shares.meetings.create(place.shares, "Board", steps=[saved.id], now=NOW)
    place.data.mkdir()
    text = SETTINGS.replace('word_template = ""', 'word_template = "house.dotx"')
    text = text.replace('\ntemplate = ""', '\ntemplate = "house.pptx"')
    (place.data / "settings.toml").write_text(text, "utf-8")
    (place.data / "house.pptx").write_bytes(b"slides")
    (place.data / "house.dotx").write_bytes(b"document")
    return folder


@pytest.fixture
def place(made, tmp_path):
    return place_in(shutil.copytree(made / "here", tmp_path / "here"))


@pytest.fixture
def records(made, tmp_path):
    return shutil.copytree(made / "small", tmp_path / "small")


@pytest.fixture
def kept(place, tmp_path):
    file = tmp_path / "kept.tar"
    back_up(place, file, NOW)
    return file


def test_everything_comes_back_as_it_was(place, kept, tmp_path):
    code = shares.shorten(place.shares, "/trainings?year=2025")
    there = place_in(tmp_path / "there")
    found = restore(kept, there)
    assert content(there) == content(place)
    assert (found.served, found.versions) == (place.store.current_id(), 2)
    assert there.store.points_at() == place.store.points_at()
    assert read_log(there.store) == read_log(place.store)
    assert [v.damage() for v in there.store.versions()] == [None, None]
    assert there.store.open(next(iter(place.store.redirects()))).id in {
        v.id for v in place.store.versions()
    }
    assert shares.expand(there.shares, code) == "/trainings?year=2025"
    assert [m.title for m in shares.meetings.list_meetings(there.shares)] == ["Board"]
    assert (there.data / "house.pptx").read_bytes() == b"slides"
    number = METRICS["training_participants"]
    assert evaluate(there.store.open(), number, Filters()) == evaluate(
        place.store.open(), number, Filters()
    )


def test_what_came_back_goes_on_and_keeps_out_who_was_removed(place, kept, records, tmp_path):
    there = place_in(tmp_path / "there")
    restore(kept, there)
    assert publish_folder(there.store, records).notes == (
        "person-removed-1 was removed on request and is named again: left out",
    )
    assert (there.store.root / "removed.json").stat().st_mode & 0o777 == 0o600


def test_a_backup_is_of_one_moment_and_nobody_waits_for_it(place, records, tmp_path, monkeypatch):
    served, write = place.store.current_id(), backup._write_archive

    def meanwhile(*given):
        replaced = (
            (records / "trainings.csv").read_text("utf-8").replace("Summer course", "Late course")
        )
        (records / "trainings.csv").write_text(replaced, "utf-8")
        publish_folder(place.store, records)
        shares.shorten(place.shares, "/people?year=2025")
        write(*given)

    monkeypatch.setattr(backup, "_write_archive", meanwhile)
    file, there = tmp_path / "kept.tar", place_in(tmp_path / "there")
    assert back_up(place, file, NOW).served == served
    assert place.store.current_id() != served
    restore(file, there)
    assert there.store.current_id() == served
    with there.shares.reading() as desk:
        assert [row["link"] for row in desk.rows("all_links")] == ["/trainings?year=2025"]


def test_a_publisher_at_work_is_waited_for_and_then_named(place, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "LOCK_TIMEOUT_SECONDS", 0.1)
    with (
        publisher_lock(place.store),
        pytest.raises(StoreError, match="somebody else is publishing"),
    ):
        back_up(place, tmp_path / "kept.tar", NOW)
    assert not (tmp_path / "kept.tar").exists()


def test_while_the_shelf_still_names_somebody_who_is_forgotten_nothing_is_kept(
    place, tmp_path, monkeypatch
):
    full = Mock(side_effect=shares.SharesError("the disk is full"))
    with monkeypatch.context() as patch:
        patch.setattr(shares.people, "forget_person", full)
        with pytest.raises(Unfinished):
            forget(place.store, "zoe-muller", author="Eva", message="asked", now=NOW)
        with pytest.raises(
            StoreError, match="nothing is kept: forgetting or merging people is not finished"
        ):
            back_up(place, tmp_path / "kept.tar", NOW)
    assert not list(tmp_path.glob("kept.tar*"))
    back_up(place, tmp_path / "kept.tar", NOW)  # which finishes it


def test_only_who_made_it_reads_a_backup_and_nothing_is_left_beside_it(place, kept):
    assert kept.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in kept.parent.iterdir()) == ["here", "kept.tar"]
    assert not list(place.store.root.glob(".backup-*"))


def test_what_a_killed_backup_left_goes_with_the_next(place, tmp_path):
    ended = subprocess.Popen(["true"])
    ended.wait()
    left = place.store.root / f".backup-{ended.pid}"
    (left / "versions").mkdir(parents=True)
    back_up(place, tmp_path / "kept.tar", NOW)
    assert not left.exists()


def test_nothing_is_written_over(place, kept, tmp_path):
    before = kept.read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        back_up(place, kept, NOW)
    with pytest.raises(StoreError, match="is not empty"):
        restore(kept, place)
    assert kept.read_bytes() == before
    there = place_in(tmp_path / "there")
    there.store.root.mkdir(parents=True)
    shares.shorten(there.shares, "/events")
    with pytest.raises(BackupError, match=r"shares\.sqlite is there already"):
        restore(kept, there)


def test_settings_that_differ_are_put_beside_those_that_are_there(kept, tmp_path):
    there = place_in(tmp_path / "there")
    there.data.mkdir(parents=True)
    (there.data / "settings.toml").write_text(SETTINGS, "utf-8")
    assert restore(kept, there).beside == (there.data / "settings.restored.toml",)
    assert (there.data / "settings.toml").read_text("utf-8") == SETTINGS
    assert "house.pptx" in (there.data / "settings.restored.toml").read_text("utf-8")


def refused(file, place, match):
    with pytest.raises(BackupError, match=match):
        restore(file, place)
    assert not place.store.pointer.exists()
    assert not place.shares.path.exists()
    assert not [path for path in place.store.root.rglob("*") if path.is_file()]


def test_a_byte_that_changed_is_noticed_and_nothing_is_put_back(kept, tmp_path):
    data = bytearray(kept.read_bytes())
    with tarfile.open(kept) as archive:
        member = next(m for m in archive.getmembers() if m.name.endswith("dashboard.duckdb"))
    data[member.offset_data + member.size // 2] ^= 1
    kept.write_bytes(data)
    refused(
        kept,
        place_in(tmp_path / "there"),
        r"is damaged: store/versions/[0-9a-f]{16}/dashboard\.duckdb",
    )


def test_half_a_backup_is_none(kept, tmp_path):
    kept.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    refused(kept, place_in(tmp_path / "there"), "cannot be read as a backup|is damaged")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../outside", tarfile.REGTYPE),
        ("/etc/outside", tarfile.REGTYPE),
        ("store/current", tarfile.SYMTYPE),
        ("data/settings.toml", tarfile.LNKTYPE),
        ("data/../../outside", tarfile.REGTYPE),
        ("data/pipe", tarfile.FIFOTYPE),
    ],
)
def test_a_file_that_only_looks_like_a_backup_writes_nowhere(tmp_path, name, kind):
    file = tmp_path / "strange.tar"
    with tarfile.open(file, "w") as archive:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, "/etc/passwd"
        archive.addfile(entry, io.BytesIO())
    refused(file, place_in(tmp_path / "there"), "is no backup of this dashboard")
    assert not list(tmp_path.rglob("outside"))


def test_a_backup_of_a_newer_release_is_refused(kept, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "FORMAT", 0)
    refused(kept, place_in(tmp_path / "there"), "was written by a newer release")


def test_on_the_command_line(place, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DASHBOARD_HOME", str(place.data.parent))
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    file = tmp_path / "kept.tar"
    assert main(["backup", str(file)]) == OK
    assert main(["backup", str(file)]) == FAILED
    said = capsys.readouterr()
    assert f"holds 2 versions ({place.store.current_id()} is served)" in said.out
    assert "is there already" in said.err
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path / "there"))
    assert main(["restore", str(file), "--json"]) == OK
    assert json.loads(capsys.readouterr().out)["versions"] == 2
    assert main(["build", "--if-empty"]) == OK
    assert content(place_in(tmp_path / "there")) == content(place)


CODE = digests.code_of("/events?year=2025")[:8]


def of_the_former_release(place):
    """The store and the shelf as the former release left them: another recipe, and the shelf's
    first form.
    """
    for version in place.store.versions():
        damage.of_release(version, recipe="0123456789abcdef")
    place.shares.path.unlink()
    with sqlite3.connect(place.shares.path) as desk:
        desk.executescript(files(shares.__name__).joinpath("schema_1.sql").read_text("utf-8"))
        desk.execute(
            "insert into short_links values (?, '/events?year=2025', '2026-01-15T09:30:00+00:00')",
            [CODE],
        )
        desk.execute("pragma user_version = 1")
    desk.close()


def test_a_store_and_a_shelf_of_the_former_release_are_kept_upgraded_and_go_on(
    place, tmp_path, monkeypatch
):
    """The steps of docs/operations.md, Upgrade."""
    ids = {v.id for v in place.store.versions()}
    of_the_former_release(place)
    monkeypatch.setenv("DASHBOARD_HOME", str(place.data.parent))
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    assert main(["backup", str(tmp_path / "before.tar")]) == OK
    with pytest.raises(StoreError, match="built by another release"):
        Store(place.store.root).open()
    assert main(["build", "--if-empty"]) == OK
    store = Store(place.store.root)
    assert {v.id for v in store.versions()} == ids
    assert evaluate(store.open(), METRICS["training_participants"], Filters()).total > 0
    assert shares.expand(place.shares, CODE) == "/events?year=2025"
    with place.shares.reading() as desk:
        # a table of the second form
        assert desk.rows("count_keys", person="nobody")[0]["number"] == 0
    there = place_in(tmp_path / "there")  # and back: the former release's backup, in this one
    restore(tmp_path / "before.tar", there)
    assert {v.id for v in there.store.versions()} == ids
    assert shares.expand(there.shares, CODE) == "/events?year=2025"
