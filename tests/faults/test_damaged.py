"""The version that was published last is damaged: readers get the newest whole one, and are told
so.
"""

import json
import shutil

import duckdb
import pytest

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.model import server_log, settings
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.publishing import delivery
from dashboard.query import engine, questions
from dashboard.shares import SharesDb, SharesError, shorten
from dashboard.store import (
    Mode,
    Served,
    Store,
    StoreError,
    UnreadableVersion,
    build_candidate,
    integrity,
    rollback,
    upgrade,
)
from dashboard.views.resolve_version import describe_fault
from dashboard.views.view import open_view
from tests.conftest import NOW, append_to, publish_folder, replace_in, served_already
from tests.faults import damage
from tests.server.conftest import ask_site

DAMAGES = [
    damage.rot,
    damage.zero_a_page,
    damage.cut_short,
    damage.lose_the_database,
    damage.lose_a_file_of_records,
    damage.lose_the_manifest,
]


@pytest.fixture
def versions(tmp_path, small):
    """A store with two versions; in the second, which is served, a physician is a surgeon."""
    store, before = Store(tmp_path / "store"), shutil.copytree(small, tmp_path / "before")
    replace_in(small, "people", "Physician", "Surgeon")
    new = served_already(store, before, small)
    return store, store.versions()[1], new


def titles(version):
    return {row["job_title"] for row in questions.rows(version, "people", Filters())}


def view_of(store, link="/people"):
    return open_view(store, settings.load(), link, NOW.date(), role=Role.VIEWER)


@pytest.mark.parametrize("spoil", DAMAGES)
def test_a_version_that_is_found_damaged_gives_way_to_the_newest_whole_one(versions, spoil):
    store, old, new = versions
    spoil(new)
    integrity._verdicts.clear()  # as at the start of a server
    served = store.served()
    assert (served.version, served.damaged) == (old, new.id)
    assert f"version {new.id}" in served.fault
    assert "publish or roll back to mend it" in served.fault
    assert (
        describe_fault(served, settings.load())
        == f"Version {new.id} is damaged; shown is the one of 15 January 2026. Tell the stewards."
    )
    seen = view_of(store)
    assert (seen.version, seen.fault, seen.notices) == (
        old,
        describe_fault(served, settings.load()),
        (),
    )


@pytest.mark.parametrize("spoil", [damage.rot, damage.cut_short])
def test_a_version_that_rots_while_it_is_served_gives_way_at_the_next_question(versions, spoil):
    store, old, new = versions
    assert "Surgeon" in titles(store.served().version)
    spoil(new)
    engine.close(new.database)  # what it has in memory it would still say rightly
    with pytest.raises(UnreadableVersion, match=f"version {new.id} cannot be read") as said:
        titles(new)
    assert isinstance(said.value.__cause__, duckdb.Error)
    served = store.served()
    assert (served.version, served.damaged) == (old, new.id)
    assert "Physician" in titles(served.version)
    # also for whoever opens the store anew in this process
    assert Store(store.root).served() == served


@pytest.mark.parametrize(
    "link",
    [
        "/api",
        "/api/rows/people",
        "/api/rows/people.csv",
        "/api/metrics",
        "/api/rows/events.jsonld",
        "/calendar.ics",
        "/people",
    ],
)
def test_every_route_answers_from_the_newest_whole_version_and_says_so(versions, monkeypatch, link):
    store, old, new = versions
    ask = ask_site(monkeypatch, new)
    before = ask(link)
    damage.rot(new)
    engine.close(new.database)
    answer = ask(link)
    assert (before.status, answer.status) == (200, 200)
    if link == "/people":
        assert "<title>People in 2025 · DASH</title>" in answer.text
        return
    assert answer.headers["x-dashboard-version"] == old.id
    fault = f"Version {new.id} is damaged; shown is the one of 15 January 2026. Tell the stewards."
    assert answer.headers["x-dashboard-fault"] == fault
    if answer.headers["content-type"] == "application/json":
        assert answer.json["notices"] == [fault]
        assert answer.json["version"] == old.id
    assert "x-dashboard-fault" not in before.headers
    assert str(store.root) not in answer.text


def test_an_answer_of_before_is_not_kept_where_something_is_wrong_now(versions, monkeypatch):
    store, old, new = versions
    rollback(store, old.id, author="a", message="m", now=NOW)
    ask = ask_site(monkeypatch, new)
    good = ask("/api/rows/people")
    rollback(store, new.id, author="a", message="m", now=NOW)
    damage.cut_short(new)
    again = ask("/api/rows/people", if_none_match=good.headers["etag"])
    assert (again.status, again.json["version"], len(again.json["notices"])) == (200, old.id, 1)


def manifest_flipped(version, first, every):
    """The manifest with one bit flipped, at one place after the other; then as it was."""
    path = version.folder / "manifest.json"
    whole = path.read_bytes()
    for place in range(first, len(whole), every):
        byte = bytearray(whole)
        byte[place] ^= 1 << place % 8
        path.write_bytes(byte)
        yield place
    path.write_bytes(whole)


def flips_are_found(versions, every):
    store, old, new = versions
    for place in manifest_flipped(new, every // 2, every):
        served = store.served()
        assert (served.version, served.damaged) == (old, new.id), place
        assert f"version {new.id} has no readable manifest" in served.fault
        with pytest.raises(StoreError, match="no readable manifest"):
            store.open(new.id)
    assert store.served().version == new
    for place in manifest_flipped(old, every // 3, every):
        seen = view_of(store, f"/people?v={old.id}")
        assert (seen.version, len(seen.notices)) == (new, 1), place
    assert store.open(old.id) == old


def test_a_bit_of_a_manifest_that_flipped_gives_neither_another_figure_nor_another_label_or_day(
    versions,
):
    flips_are_found(versions, 53)


@pytest.mark.long
def test_any_byte_of_a_manifest_that_flipped_is_found(versions):
    flips_are_found(versions, 1)


def test_a_manifest_of_another_version_or_without_its_digest_is_damage(versions):
    store, old, new = versions
    path = new.folder / "manifest.json"
    whole = path.read_text("utf-8")
    others = (
        (old.folder / "manifest.json").read_text("utf-8"),
        whole.replace('  "sha256"', '  "sha257"'),
        json.dumps(json.loads(whole)),
    )
    for said in others:
        path.write_text(said, "utf-8")
        served = store.served()
        assert (served.version, served.damaged) == (old, new.id)


def test_a_candidate_whose_manifest_changed_is_not_opened(versions, small):
    store, _, _ = versions
    append_to(small, "people", "eva-bos,Eva Bos,,,")
    made = build_candidate(
        store,
        open_checked_records(read_folder(small)),
        small_groups_below=5,
        author="a",
        message="m",
        now=NOW,
    )
    for place in manifest_flipped(made.version, 90, 900):
        with pytest.raises(StoreError, match="no readable manifest"):
            store.candidate(made.version.id)
        assert place


def test_a_version_of_a_release_that_knew_no_digest_is_served_and_gets_one_when_the_store_is_renewed(
    versions,
):
    store, _, new = versions
    damage.unsealed(new)
    assert store.served() == Served(new)
    assert upgrade(store) == []
    for place in manifest_flipped(new, 400, 900):
        assert store.served().damaged == new.id, place
    assert store.served() == Served(new)


def test_where_no_version_is_whole_every_route_says_so_without_a_path(versions, monkeypatch):
    store, old, new = versions
    damage.cut_short(old)
    damage.lose_the_database(new)
    with pytest.raises(
        StoreError, match=f"version {new.id} is damaged: .*and no other version is whole"
    ):
        store.served()
    ask = ask_site(monkeypatch, new)
    for link in ("/api", "/api/rows/events", "/calendar.ics", "/health"):
        answer = ask(link)
        assert answer.status == 503
        assert str(store.root) not in answer.text
    assert ask("/events").status == 200  # the page is there, and says it


def test_a_mended_version_is_served_again_and_nothing_stays_of_what_was_damaged(versions, small):
    store, old, new = versions
    titles(new)
    damage.cut_short(new)
    assert store.served().version == old
    mended = publish_folder(store, small)  # the same records again
    assert mended.version.id == new.id
    served = store.served()
    assert (served.version.id, served.fault) == (new.id, "")
    assert "Surgeon" in titles(served.version)


def test_going_back_mends_it_too(versions):
    store, old, new = versions
    damage.cut_short(new)
    rollback(store, old.id, author="a", message="damaged", now=NOW)
    assert (store.served().version.id, store.served().fault) == (old.id, "")


def test_a_version_whose_files_are_whole_is_tried_again_after_half_a_minute(versions, monkeypatch):
    """The disk was away for a moment: nothing on it is wrong."""
    store, old, new = versions
    assert integrity.mark_damaged(new.folder, "the disk does not answer", sure=True)
    assert store.served().version == old
    later = integrity.time.monotonic() + integrity.RECHECK_SECONDS + 1
    monkeypatch.setattr(integrity.time, "monotonic", lambda: later)
    assert store.served().version == new


def test_a_question_that_is_wrong_is_no_fault_of_the_version(versions):
    store, _, new = versions
    with pytest.raises(duckdb.Error, match="no_such_table"):
        engine.query(new.database, "from no_such_table", {})
    assert store.served().fault == ""


def test_nothing_is_built_on_an_older_version_without_knowing(versions):
    store, _, new = versions
    damage.cut_short(new)
    with pytest.raises(StoreError, match=f"version {new.id} is damaged.*go back to a whole one"):
        delivery.check_delivery(
            store,
            {"people.csv": b"person_id,name\nx,X\n"},
            Mode.MERGE,
            author="a",
            now=NOW,
            small_groups_below=5,
        )


def test_a_pinned_version_that_is_damaged_opens_what_is_served(versions):
    store, old, new = versions
    damage.cut_short(old)
    seen = view_of(store, f"/people?v={old.id}")
    assert (seen.version, seen.fault, seen.pinned) == (new, "", "")
    said = (
        "cannot be opened: it is damaged, or another release built it. Shown is what is served now."
    )
    assert seen.notices == (f"Version {old.id} {said}",)


def test_a_store_that_is_away_is_not_made_anew_and_comes_back(versions, monkeypatch):
    store, _, new = versions
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    shelf = SharesDb(settings.shares_file())
    code = shorten(shelf, "/events?year=2025")
    ask = ask_site(monkeypatch, new)
    away = store.root.rename(store.root.with_name("away"))
    with pytest.raises(StoreError, match="is not there"):
        store.served()
    assert ask(f"/s/{code}").status == 503
    assert ask("/health").status == 503
    with pytest.raises(SharesError, match="cannot be used"):
        shorten(shelf, "/events?year=2024")
    assert not store.root.exists()
    away.rename(store.root)
    assert store.served().version == new
    assert ask(f"/s/{code}").status == 307
    assert ask("/health").status == 200


def test_the_log_says_the_same_once_a_minute(capsys):
    server_log._last_logged.clear()
    for _ in range(5):
        server_log.log_throttled("version a is damaged")
    assert capsys.readouterr().out == "dashboard: version a is damaged\n"


def test_a_folder_of_the_shelf_that_is_not_there_is_made(tmp_path):
    assert shorten(SharesDb(tmp_path / "shares" / "shares.sqlite"), "/events")
    shutil.rmtree(tmp_path / "shares")
    assert shorten(SharesDb(tmp_path / "shares" / "shares.sqlite"), "/events")
