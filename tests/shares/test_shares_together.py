"""Several people at the shelf at once, and writers that are killed."""

import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from dashboard import shares
from dashboard.shares import Conflict, SharesDb, meetings
from tests.conftest import NOW

WRITER = "import sys; from tests.shares.test_shares_together import *; write_on(*sys.argv[1:])"


def write_on(path, who):
    """Save a view and shorten its link, say its id, and so on until killed."""
    shares_db, number = SharesDb(Path(path)), 0
    while True:
        number += 1
        link = f"/events?year={1900 + number % 200}"
        view = shares.save(shares_db, f"{who}-{number}", link, note="n" * 1500, now=NOW)
        shares.shorten(shares_db, view.link)
        print(view.id, flush=True)


@pytest.fixture(autouse=True)
def nothing_else_starts(monkeypatch):
    """A spawned process imports what is called __main__: after a test of a page it is that page,
    and the process ends there.
    """
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


def at_once(path, who, rounds, view_id, meeting_id, said):
    """So many times each: save, rename what all rename, put a step into the meeting of all,
    shorten.
    """
    shares_db = SharesDb(path)
    try:
        for turn in range(rounds):
            mine = shares.save(
                shares_db, f"{who}-{turn}", f"/events?year={1950 + turn}&text={who}", now=NOW
            )
            shares.shorten(shares_db, f"/events?year={1950 + turn}")
            _until_first(lambda: _count_up(shares_db, view_id))
            if turn % 4 == 0:
                _until_first(lambda mine=mine: _append(shares_db, meeting_id, mine.id))
        said.put((who, "done"))
    except Exception as error:  # noqa: BLE001 - said in the other process
        said.put((who, repr(error)))


def _until_first(act):
    done = False
    while not done:
        try:
            act()
            done = True
        except Conflict:
            time.sleep(random.random() / 100)


def _count_up(shares_db, view_id):
    seen = shares.find_view(shares_db, view_id)
    shares.rename(shares_db, view_id, str(int(seen.title) + 1), "", revision=seen.revision, now=NOW)


def _append(shares_db, meeting_id, step):
    seen = meetings.find_meeting(shares_db, meeting_id)
    meetings.reorder(shares_db, meeting_id, [*seen.steps, step], revision=seen.revision, now=NOW)


@pytest.mark.parametrize(
    ("people_at_once", "rounds"), [(2, 8), pytest.param(4, 50, marks=pytest.mark.long)]
)
def test_several_processes_at_once_lose_nothing_and_see_no_lock(tmp_path, people_at_once, rounds):
    shares_db = SharesDb(tmp_path / "shares.sqlite")
    counter, board = (
        shares.save(shares_db, "0", "/", now=NOW),
        meetings.create(shares_db, "Board", now=NOW),
    )
    context = multiprocessing.get_context("spawn")
    said = context.Queue()
    people = [
        context.Process(
            target=at_once, args=(shares_db.path, f"p{n}", rounds, counter.id, board.id, said)
        )
        for n in range(people_at_once)
    ]
    for one in people:
        one.start()
    assert sorted(said.get(timeout=300) for _ in people) == [
        (f"p{n}", "done") for n in range(people_at_once)
    ]
    for one in people:
        one.join()
    counted = shares.find_view(shares_db, counter.id)
    total, everybody = people_at_once * rounds, range(people_at_once)
    assert (counted.title, counted.revision) == (str(total), total + 1)
    titles = {view.id: view.title for view in shares.list_views(shares_db)}
    assert set(titles.values()) == {str(total)} | {
        f"p{n}-{turn}" for n in everybody for turn in range(rounds)
    }
    steps = [titles[step] for step in meetings.find_meeting(shares_db, board.id).steps]
    in_turn = {n: [f"p{n}-{turn}" for turn in range(0, rounds, 4)] for n in everybody}
    assert sorted(steps) == sorted(step for mine in in_turn.values() for step in mine)
    assert all([s for s in steps if s.startswith(f"p{n}-")] == in_turn[n] for n in everybody)
    with sqlite3.connect(shares_db.path) as con:
        assert con.execute("select count(*) from short_links").fetchone() == (rounds,)
    con.close()


@pytest.mark.long
def test_first_writers_who_come_together_make_one_file(tmp_path):
    path = tmp_path / "new" / "shares.sqlite"
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        pool.starmap(_save_one, [(path, number) for number in range(12)], chunksize=1)
    assert sorted(int(view.title) for view in shares.list_views(SharesDb(path))) == list(range(12))


def _save_one(path, number):
    shares.save(SharesDb(path), str(number), "/", now=NOW)


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.long)])
def test_a_writer_killed_in_the_middle_leaves_a_readable_shelf_with_all_that_was_said_to_be_kept(
    tmp_path, kills
):
    shares_db, promised = SharesDb(tmp_path / "shares.sqlite"), set()
    for attempt in range(kills):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(shares_db.path), str(attempt)],
            stdout=subprocess.PIPE,
            text=True,
        )
        promised.add(writer.stdout.readline().strip())
        time.sleep(random.random() / 10)
        os.kill(writer.pid, signal.SIGKILL)
        promised |= set(writer.stdout.read().split())
        writer.wait()
        writer.stdout.close()
        promised = {identity for identity in promised if len(identity) == 10}
        assert promised <= {view.id for view in shares.list_views(shares_db)}
        with sqlite3.connect(shares_db.path) as con:
            assert con.execute("pragma integrity_check").fetchone() == ("ok",)
            assert con.execute("pragma foreign_key_check").fetchall() == []
        con.close()
    assert len(promised) >= kills
