"""The clock of the server is set back or forward by a day: versions keep their order, periods in
words follow, and publishing works.
"""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.server import responses
from dashboard.store import Store, build_candidate, publish_candidate, read_log, rollback
from dashboard.ui import outage
from tests.conftest import NOW, ROOT, publish_folder, replace_in, served_already
from tests.server.conftest import ask_site

DAY = timedelta(days=1)
BACK_AND_FORWARD = pytest.mark.parametrize(
    "by", [-DAY, DAY, DAY + timedelta(minutes=5)], ids=["back", "forward", "over a day"]
)


@pytest.fixture
def store(tmp_path, small):
    found = Store(tmp_path / "store")
    served_already(found, small)
    return found


@pytest.fixture
def on(monkeypatch):
    """Sets the day of the server: on(date(2025, 5, 31))."""
    return lambda day: monkeypatch.setattr(responses, "read_today", lambda: day)


def proposed(store, small, now):
    return build_candidate(
        store,
        open_checked_records(read_folder(small)),
        author="a",
        message="",
        now=now,
        small_groups_below=5,
    )


@pytest.mark.matrix(1)
@BACK_AND_FORWARD
def test_a_candidate_is_published_although_the_clock_was_changed_meanwhile(store, small, by):
    old = store.served().version
    replace_in(small, "people", "Physician", "Surgeon")
    candidate = proposed(store, small, NOW)
    done = publish_candidate(store, candidate.version.id, author="a", message="m", now=NOW + by)
    assert (done.changed, store.served().version.id, store.served().fault) == (
        True,
        candidate.version.id,
        "",
    )
    assert [v.id for v in store.versions()] == [candidate.version.id, old.id]


def test_a_candidate_that_was_forgotten_is_still_swept_by_another_that_is_published(store, small):
    replace_in(small, "people", "Physician", "Surgeon")
    forgotten = proposed(store, small, NOW)
    replace_in(small, "people", "Surgeon", "Nurse")
    other = proposed(store, small, NOW + DAY)
    publish_candidate(
        store, other.version.id, author="a", message="m", now=NOW + DAY + timedelta(hours=1)
    )
    assert not forgotten.version.folder.exists()


@BACK_AND_FORWARD
def test_going_back_and_forward_follows_what_happened_and_not_what_the_clock_said(store, small, by):
    old = store.served().version
    replace_in(small, "people", "Physician", "Surgeon")
    new = publish_folder(store, small).version
    rollback(store, old.id, author="a", message="m", now=NOW + by)
    rollback(store, new.id, author="a", message="m", now=NOW - by)
    assert [entry["version"] for entry in read_log(store)] == [old.id, new.id, old.id, new.id]
    assert store.served().version == new
    assert [v.id for v in store.versions()] == [new.id, old.id]


def test_periods_in_words_of_the_routes_follow_the_day_and_no_old_answer_is_kept(
    store, monkeypatch, on
):
    ask = ask_site(monkeypatch, store.served().version)
    link = "/api/rows/events?period=this-month"
    filters, tags = {}, {}
    for day in (date(2025, 5, 31), date(2025, 6, 1), date(2025, 5, 31)):
        on(day)
        answer = ask(link, if_none_match=next(iter(tags.values()), ""))
        if answer.status == 304:
            assert day in filters  # back on the day of before, its answer is right again
            continue
        filters[day], tags[day] = answer.json["filters"], answer.headers["etag"]
        assert ask("/calendar.ics?period=this-month").status == 200
    assert filters == {
        date(2025, 5, 31): [["month", "2025-05"], ["period", "this-month"]],
        date(2025, 6, 1): [["month", "2025-06"], ["period", "this-month"]],
    }
    assert len(set(tags.values())) == 2


def test_a_preview_of_a_period_in_words_follows_the_day(store, monkeypatch, on):
    ask = ask_site(monkeypatch, store.served().version)
    on(date(2025, 5, 31))
    assert "Events in May 2025" in ask("/events?period=this-month").text
    on(date(2025, 6, 1))
    assert "Events in June 2025" in ask("/events?period=this-month").text


@pytest.mark.filterwarnings("default")
def test_an_open_page_goes_along_with_the_day(store, monkeypatch, on):
    """A screen on a wall stays open for weeks: “this month” must not be the month in which it was
    opened.
    """
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    page = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    page.query_params["period"] = "this-month"
    page.switch_page("../../../pages/events.py")
    said = []
    for day in (date(2025, 5, 31), date(2025, 6, 1), date(2025, 5, 31)):
        on(day)
        assert (
            outage.read_serving_state(store)[2] == day
        )  # what an open page looks at every few seconds
        page.run()
        assert not page.exception
        said.append((page.session_state["filters"].month, dict(page.session_state["url"])["month"]))
    assert said == [(("2025-05",), "2025-05"), (("2025-06",), "2025-06"), (("2025-05",), "2025-05")]


@pytest.mark.filterwarnings("default")
def test_a_pinned_page_stays_on_its_day(store, monkeypatch, on):
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    page = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    for name, value in {
        "period": "this-month",
        "month": "2025-05",
        "v": store.served().version.id,
        "on": "2025-05-31",
    }.items():
        page.query_params[name] = value
    page.switch_page("../../../pages/events.py")
    for day in (date(2025, 5, 31), date(2025, 6, 1)):
        on(day)
        page.run()
        assert not page.exception
        assert page.session_state["filters"].month == ("2025-05",)
