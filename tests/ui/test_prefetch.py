"""What is worked out before somebody asks for it."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import app
import pytest

from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.ui import bar_filters, caches, prefetch
from dashboard.ui.prefetch import Prefetcher, find_neighbours
from dashboard.views.view import open_view
from tests.conftest import ROOT

QUIET = 0.02


@pytest.fixture
def view(real):
    """The Events page of 2025 on the records that ship."""
    store, chosen = Store(real.folder.parents[1]), settings.load(ROOT / "data")
    return open_view(
        store,
        chosen,
        "/events?year=2025",
        date(2026, 1, 15),
        answers=caches.CACHED_ANSWERS,
        role=Role.VIEWER,
    )


@pytest.fixture
def started():
    """Starts one that works as it is told."""

    def start(work, **how):
        found = Prefetcher(work, **{"quiet": QUIET, "min_events": 0} | how)
        found.start()
        return found

    return start


def until(holds, seconds=30):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.01)


def words(filters):
    return [one.month[0] if one.month else str(one.year) for one in filters]


def test_beside_a_year_are_its_months_and_january_is_taken_first():
    assert words(find_neighbours(Filters(year=2025)))[::-1] == [
        f"2025-{number:02}" for number in range(1, 13)
    ]


@pytest.mark.parametrize(
    ("month", "beside"),
    [
        ("2025-05", ["2025-06", "2025-04", "2025"]),
        ("2025-01", ["2025-02", "2025"]),
        ("2025-12", ["2025-11", "2025"]),
    ],
)
def test_beside_a_month_are_the_months_before_and_after_and_its_year(month, beside):
    assert words(find_neighbours(Filters(month=(month,))))[::-1] == beside


def test_other_filters_stay_and_without_one_month_or_year_nothing_is_guessed():
    assert {one.speaker for one in find_neighbours(Filters(year=2025, speaker=("anna",)))} == {
        ("anna",)
    }
    assert find_neighbours(Filters()) == ()
    assert find_neighbours(Filters(month=("2025-05", "2025-06"))) == ()


def test_what_is_worked_out_is_what_the_page_would_ask_for(view, started, monkeypatch):
    done = []

    def work(one):
        prefetch.PREFETCHER.work(one)
        done.append(one)

    started(work, longest=60, budget=60).offer(view)
    may = replace(view, filters=Filters(month=("2025-05",)))
    until(lambda: len(done) == 12)
    monkeypatch.setattr(caches, "make_content", lambda _: pytest.fail("the contents are not kept"))
    monkeypatch.setattr(
        caches.UNCACHED_ANSWERS,
        "rows",
        lambda *_: pytest.fail("the counts are not kept"),
    )
    assert caches.get_content(may).title == "Events in May 2025"
    assert bar_filters.count_options(may)["speaker"]["job-doornberg"] == 1


def test_each_view_is_worked_out_once_and_none_that_somebody_has_seen(view, started):
    done = []
    ahead_of = started(lambda one: done.append(one.filters), quiet=0.3)
    ahead_of.offer(replace(view, filters=Filters(month=("2025-03",))))
    ahead_of.offer(view)
    until(lambda: len(done) == 11)
    ahead_of.offer(view)
    time.sleep(0.2)
    assert sorted(words(done)) == [f"2025-{number:02}" for number in range(1, 13) if number != 3]


def test_nothing_is_worked_out_while_pages_run(view, started):
    done = []
    ahead_of = started(lambda one: done.append(one.filters), quiet=0.3)
    for _ in range(10):
        ahead_of.offer(view)
        time.sleep(0.05)
    assert done == []
    until(lambda: len(done) == 12)


def test_a_version_whose_answers_take_long_is_given_up(view, started):
    done = []

    def slowly(one):
        done.append(one)
        time.sleep(0.06)

    ahead_of = started(slowly, longest=0.05)
    ahead_of.offer(view)
    until(lambda: ahead_of._too_slow)
    ahead_of.offer(replace(view, filters=Filters(year=2024)))
    time.sleep(0.3)
    assert len(done) == 1


def test_a_year_that_takes_long_does_not_keep_the_months_from_being_worked_out(view, started):
    """Of five million events a year takes three times as long as a month."""
    done = []

    def work(one):
        done.append(one.filters)
        time.sleep(0 if one.filters.month else 0.3)

    ahead_of = started(work, longest=0.25)
    ahead_of.offer(replace(view, filters=Filters(month=("2025-05",))))
    until(lambda: Filters(year=2025) in done and ahead_of._too_slow)
    ahead_of.offer(view)
    until(lambda: len(done) == 12)
    ahead_of.offer(replace(view, filters=Filters(month=("2024-05",))))
    until(lambda: len(done) == 14)
    time.sleep(0.1)
    assert sorted(words(done)) == [
        "2024-04",
        "2024-06",
        "2025",
        *(f"2025-{number:02}" for number in range(1, 13) if number != 5),
    ]


def test_of_few_events_nothing_is_worked_out_since_a_page_is_as_fast_as_a_guess(view, started):
    done = []
    events = view.version.manifest.rows["events"]
    started(done.append, min_events=events + 1).offer(view)
    time.sleep(0.2)
    assert done == []
    started(done.append, min_events=events).offer(view)
    until(lambda: len(done) == 12)


def test_what_is_worked_out_beside_one_view_stays_within_its_budget(view, started):
    done = []

    def work(one):
        done.append(one)
        time.sleep(0.05)

    ahead_of = started(work, budget=0.12)
    ahead_of.offer(view)
    until(lambda: not ahead_of._working)
    assert len(done) in (2, 3)
    ahead_of.offer(replace(view, filters=Filters(year=2024)))
    until(lambda: not ahead_of._working)
    assert len(done) in (4, 5, 6)


def test_a_guess_that_fails_harms_nobody(view, started):
    done = []

    def fails(one):
        done.append(one)
        raise OSError(one.page)

    ahead_of = started(fails)
    ahead_of.offer(view)
    until(lambda: len(done) == 12)


def test_before_it_is_started_nothing_is_done(view):
    done = []
    idle = Prefetcher(done.append, quiet=0, min_events=0)
    idle.offer(view)
    time.sleep(0.1)
    assert done == []


def test_it_works_as_long_as_the_server_runs(view):
    done = []
    serving = Prefetcher(lambda one: done.append(one.filters), quiet=QUIET, min_events=0)

    async def run():
        async with serving.while_serving(None):
            serving.offer(view)
            while len(done) < 12:  # noqa: ASYNC110 - a thread works
                await asyncio.sleep(0.01)
        serving.offer(replace(view, filters=Filters(year=2024)))
        await asyncio.sleep(0.2)

    with ThreadPoolExecutor(1) as elsewhere:  # browsers of other tests leave a loop in this thread
        elsewhere.submit(lambda: asyncio.run(run())).result(30)
    assert len(done) == 12


def test_the_application_has_it_work():
    assert app.app._user_lifespan == prefetch.PREFETCHER.while_serving
