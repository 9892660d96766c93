"""A person who is forgotten or merged, in the store and on the shelf at once; and a shelf that
outlives every version.
"""

import json
import shutil
from unittest.mock import Mock

import pytest

from dashboard import shares
from dashboard.cli import main
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.shares import SharesDb, SharesError, meetings, people_everywhere
from dashboard.store import (
    Store,
    build_candidate,
    describe_fault,
    finish_interrupted,
    forget,
    merge_people,
    publish_candidate,
    read_log,
    rollback,
)
from dashboard.store.publish import open_for_writing
from dashboard.views.view import open_view
from tests.conftest import NOW, ROOT, append_to, publish_folder, replace_in, served_already

WHO = dict(author="Eva", message="asked on paper", now=NOW)
LINK = "/people?year=2025&speaker=zoe-muller&person=zoe-muller"


@pytest.fixture(autouse=True)
def _no_other_shelf(monkeypatch):
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)


@pytest.fixture
def store(tmp_path, small):
    kept = Store(tmp_path / "store")
    served_already(kept, small)
    return kept


@pytest.fixture
def shares_db(store):
    return SharesDb(settings.shares_file(store.root))


def opened(store, link):
    return open_view(store, settings.load(ROOT / "data"), link, NOW.date(), role=Role.VIEWER)


def test_forgetting_reaches_the_shelf_and_lists_what_people_wrote(store, shares_db):
    view = shares.save(
        shares_db,
        "Talks of Zoë Müller",
        LINK,
        words="Contributions by Zoe Mueller",
        author="Eva",
        now=NOW,
    )
    done = people_everywhere.forget(store, "zoe-muller", **WHO)
    assert [(m.table, m.record_id, m.column, m.text) for m in done.mentions] == [
        ("saved views", view.id, "title", "Talks of Zoë Müller")
    ]
    found = shares.find_view(shares_db, view.id)
    assert found.link == LINK.replace("zoe-muller", done.name)
    assert found.words == "Contributions by person-removed-1"
    assert opened(store, found.link).filters.speaker == ("person-removed-1",)
    assert opened(store, found.link).notices == ()


@pytest.mark.long
def test_forgetting_again_finishes_what_a_crash_left_on_the_shelf(store, shares_db):
    view = shares.save(shares_db, "Talks", LINK, now=NOW)
    forget(store, "zoe-muller", **WHO)
    assert people_everywhere.forget(store, "zoe-muller", **WHO).name == "person-removed-1"
    assert "zoe" not in shares.find_view(shares_db, view.id).link


def test_a_shelf_that_cannot_be_written_is_found_before_anything_is_forgotten(store, shares_db):
    shares_db.path.parent.mkdir()
    shares_db.path.write_bytes(b"no database at all, but long enough to be looked at" * 30)
    before = store.current_id()
    with pytest.raises(SharesError, match="damaged"):
        people_everywhere.forget(store, "zoe-muller", **WHO)
    assert store.current_id() == before


@pytest.mark.long
def test_a_store_without_a_shelf_forgets_as_ever(store, shares_db):
    assert people_everywhere.forget(store, "zoe-muller", **WHO).mentions == ()
    assert not shares_db.path.exists()


def test_links_follow_people_who_were_merged_when_that_is_published(store, shares_db, small):
    append_to(small, "people", "z-muller,Z. Muller,,,")
    replace_in(small, "event_people", "webinar,zoe-muller", "webinar,z-muller")
    before = publish_folder(store, small).version
    view = shares.save(shares_db, "Talks", "/events?year=2025&speaker=z-muller", now=NOW)
    made = merge_people(store, "zoe-muller", "z-muller", **WHO)
    after = publish_candidate(store, made.version.id, **WHO).version
    assert people_everywhere.follow(store, before, after) == {"z-muller": "zoe-muller"}
    assert shares.find_view(shares_db, view.id).link == "/events?year=2025&speaker=zoe-muller"
    assert (
        people_everywhere.follow(store, None, after)
        == people_everywhere.follow(store, after, after)
        == {}
    )


def test_the_shelf_outlives_publishing_going_back_and_versions_that_are_gone(
    store, shares_db, small
):
    first = store.open()
    pinned = f"/events?year=2025&v={first.id}"
    view, code = (
        shares.save(shares_db, "As it was", pinned, now=NOW),
        shares.shorten(shares_db, pinned),
    )
    board = meetings.create(shares_db, "Board", steps=[view.id], now=NOW)
    replace_in(small, "people", "Physician", "Surgeon")
    second = publish_folder(store, small).version
    rollback(store, first.id, **WHO)
    rollback(store, second.id, **WHO)
    shutil.rmtree(first.folder)
    assert (
        shares.find_view(shares_db, view.id),
        shares.expand(shares_db, code),
        meetings.list_meetings(shares_db),
    ) == (
        view,
        pinned,
        [board],
    )
    late = opened(store, view.link)
    assert late.version.id == second.id
    assert "is not kept any more" in late.notices[0]
    assert view.pinned == first.id


# On the command line
# ----------------------------------------------------------------------------------------


def run(store, *arguments):
    return main(["--store", str(store.root), *arguments])


def test_the_command_forgets_in_both(store, shares_db, capsys):
    view = shares.save(shares_db, "For Zoë Müller", LINK, now=NOW)
    assert run(store, "forget", "zoe-muller", "--yes") == 0
    assert f"saved views {view.id}, title: For Zoë Müller" in capsys.readouterr().out
    assert "zoe" not in shares.find_view(shares_db, view.id).link


def test_what_cannot_be_read_of_merges_is_removed_and_stands_in_nobodys_way(store, shares_db):
    (store.root / "following.json").write_text("{half", "utf-8")
    assert "not finished" in describe_fault(store)
    assert finish_interrupted(store) == ""
    assert describe_fault(store) == ""
    assert not (store.root / "following.json").exists()


def test_the_command_says_which_shelf_it_looks_at(store, shares_db, capsys, monkeypatch, tmp_path):
    shares.shorten(shares_db, LINK)
    run(store, "forget", "eva-bos")
    assert f"links on the shelf {shares_db.path}" in capsys.readouterr().out
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "elsewhere.sqlite"))
    run(store, "forget", "eva-bos")
    assert f"there is no shelf {tmp_path / 'elsewhere.sqlite'}" in capsys.readouterr().out


def test_the_command_says_before_which_links_go_and_changes_nothing(store, shares_db, capsys):
    link = "/events?text=M%C3%BCller+Zo%C3%AB"
    code = shares.shorten(shares_db, link)
    assert run(store, "forget", "zoe-muller") == 3
    assert f"short links {code}, link: {link}" in capsys.readouterr().out
    assert shares.expand(shares_db, code) == link


def test_a_shelf_that_fills_up_in_the_middle_is_told_by_the_next_publisher_with_who_and_why(
    store, shares_db, monkeypatch
):
    view = shares.save(shares_db, "Talks", LINK, now=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(
            shares.people,
            "forget_person",
            full := Mock(side_effect=SharesError("the disk is full")),
        )
        with pytest.raises(SharesError, match="the disk is full"):
            people_everywhere.forget(store, "zoe-muller", **WHO)
        with open_for_writing(store):  # publishing goes on
            pass
        assert full.call_count == 2
    assert "not finished" in describe_fault(store)
    with open_for_writing(store):
        pass
    assert (describe_fault(store), "zoe" in shares.find_view(shares_db, view.id).link) == (
        "",
        False,
    )
    assert [(e["author"], e["message"]) for e in read_log(store) if e["action"] == "forget"] == [
        ("Eva", "asked on paper")
    ]


def test_who_finishes_uses_the_shelf_with_which_forgetting_began(store, tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "elsewhere.sqlite"))
    shares_db = SharesDb(settings.shares_file(store.root))
    view = shares.save(shares_db, "Talks", LINK, now=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(
            shares.people, "forget_person", Mock(side_effect=SharesError("the disk is full"))
        )
        with pytest.raises(SharesError, match="the disk is full"):
            people_everywhere.forget(store, "zoe-muller", **WHO)
    monkeypatch.delenv("DASHBOARD_SHARES")
    away = shares_db.path.rename(tmp_path / "away.sqlite")
    with open_for_writing(store):
        pass
    assert "not finished" in describe_fault(store)
    away.rename(shares_db.path)
    with open_for_writing(store):
        pass
    assert (describe_fault(store), "zoe" in shares.find_view(shares_db, view.id).link) == (
        "",
        False,
    )


def test_while_the_shelf_cannot_be_told_what_was_proposed_is_published(
    store, shares_db, small, monkeypatch
):
    shares.save(shares_db, "Talks", LINK, now=NOW)
    monkeypatch.setattr(
        shares.people, "forget_person", Mock(side_effect=SharesError("the disk is full"))
    )
    with pytest.raises(SharesError, match="the disk is full"):
        people_everywhere.forget(store, "zoe-muller", **WHO)
    replace_in(small, "people", "Physician", "Surgeon")
    made = build_candidate(
        store, open_checked_records(read_folder(small)), small_groups_below=5, **WHO
    )
    assert publish_candidate(store, made.version.id, **WHO).changed
    assert store.current_id() == made.version.id
    assert "not finished" in describe_fault(store)


def test_the_command_publishes_a_merge_and_links_follow(store, shares_db, small, capsys):
    append_to(small, "people", "z-muller,Z. Muller,,,")
    publish_folder(store, small)
    view = shares.save(shares_db, "Talks", "/events?speaker=z-muller", now=NOW)
    assert run(store, "merge-people", "zoe-muller", "z-muller", "--message", "one", "--json") == 0
    made = json.loads(capsys.readouterr().out)["candidate"]
    assert run(store, "candidate", "publish", made, "--message", "one", "--yes") == 0
    assert shares.find_view(shares_db, view.id).link == "/events?speaker=zoe-muller"


def test_the_command_lists_the_shelf(store, shares_db, capsys):
    assert run(store, "shares") == 0
    assert capsys.readouterr().out == "Nothing was saved.\n"
    view = shares.save(shares_db, "Talks", LINK, author="Eva", now=NOW)
    board = meetings.create(shares_db, "Board", steps=[view.id], now=NOW)
    assert run(store, "shares") == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"{view.id}  2026-01-15T09:30:00+00:00  Eva: Talks  {LINK}",
        f"{board.id}  2026-01-15T09:30:00+00:00  Board: Talks",
    ]
    assert run(store, "shares", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["views"][0]["link"] == LINK
    assert found["meetings"][0]["steps"] == [view.id]
    shares_db.path.write_bytes(b"damaged, and long enough to be looked at by a reader" * 30)
    assert run(store, "shares") == 2
    assert "damaged" in capsys.readouterr().err


def test_the_command_writes_a_calendar(store, tmp_path, capsysbinary):
    file = tmp_path / "events.ics"
    assert run(store, "calendar", "/events?year=all&speaker=nobody", "-o", str(file)) == 0
    said = capsysbinary.readouterr()
    assert said.out == f"{file}: 5 events; without a day and so left out: 2.\n".encode()
    assert b"speaker=nobody is not known here" in said.err
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 5
    assert run(store, "calendar", "/events?year=all") == 0
    assert capsysbinary.readouterr().out == file.read_bytes()
