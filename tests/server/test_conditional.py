"""What an answer costs: it is cut out by the database, made once for all who ask the same, and not
sent to who has it.
"""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard.export import calendar
from dashboard.model import settings
from dashboard.query import questions
from dashboard.server import access, api, responses
from dashboard.server.body_cache import Body, BodyCache
from tests.server.conftest import site
from tests.support.asgi import answer_of

FEEDS = (
    "/calendar.ics?year=2025",
    "/api/rows/events?year=2025",
    "/api/rows/events.csv?year=2025",
    "/api/rows/events.jsonld?year=2025",
    "/api/metrics?year=2025",
    "/api/metrics.csv?year=2025",
)


@pytest.fixture(autouse=True)
def bodies(monkeypatch):
    """A cache of this test's own."""
    found = BodyCache()
    monkeypatch.setattr(responses, "BODY_CACHE", found)
    return found


@pytest.mark.parametrize(
    ("path", "nested"),
    [
        ("events", ["people_of_events"]),
        ("events.csv", ["people_of_events"]),
        ("events.jsonld", ["people_of_events"]),
        ("trainings", ["training_parts"]),
        ("trainings.jsonld", ["training_parts"]),
        ("projects", ["project_parties"]),
        ("funding", []),
        ("people", ["person_spellings", "person_roles"]),
        ("series", []),
    ],
)
def test_of_a_part_its_rows_are_fetched_what_belongs_to_them_and_one_count(
    real_site, real, fetched, monkeypatch, path, nested
):
    table = path.partition(".")[0]
    shown = real_site(f"/api/rows/{table}?year=all&limit=3&offset=1").json["rows"]
    fetched.clear()
    monkeypatch.setattr(responses, "BODY_CACHE", BodyCache())
    assert real_site(f"/api/rows/{path}?year=all&limit=3&offset=1").status == 200
    belonging = sum(
        len(value) for row in shown for value in row.values() if isinstance(value, list)
    )
    assert [name for name, _ in fetched] == [table, *nested, f"{table}_in_scope"]
    assert [dict(fetched)[table], dict(fetched)[f"{table}_in_scope"]] == [3, 1]
    assert sum(dict(fetched)[name] for name in nested) == belonging
    assert questions.count(real, table, questions.Filters()) > 3


def test_a_calendar_fetches_no_more_events_than_it_may_hold_on_either_side_of_the_day(
    real_site, real, fetched, monkeypatch
):
    monkeypatch.setattr(calendar, "MAX_CALENDAR_ENTRIES", 4)
    made = real_site("/calendar.ics?year=2025")
    assert made.text.count("BEGIN:VEVENT") == 4
    assert dict(fetched)["events_around"] <= 8
    assert dict(fetched)["events_without_day"] <= calendar.MAX_NAMED
    assert {name for name, _ in fetched} == {
        "events_in_scope",
        "events_without_day",
        "events_around",
        "people_of_events",
    }


@pytest.mark.parametrize("link", FEEDS)
def test_an_answer_is_made_once_and_not_sent_again_to_who_has_it(real_site, fetched, link):
    first = real_site(link)
    assert (first.status, first.headers["cache-control"]) == (200, "private, max-age=60")
    assert first.headers["etag"].startswith('"')
    fetched.clear()
    again = real_site(link)
    assert (again.body, again.headers) == (first.body, first.headers)
    assert {name for name, _ in fetched} <= {"events_in_scope"}  # whether the feed holds all
    head = real_site(link, method="HEAD")
    assert (head.status, head.headers) == (200, first.headers)
    for known in (first.headers["etag"], f'"x", W/{first.headers["etag"]}', "*"):
        same = real_site(link, if_none_match=known)
        assert (same.status, same.body, same.headers["etag"]) == (304, b"", first.headers["etag"])
        assert same.headers["cache-control"] == "private, max-age=60"
    assert real_site(link.replace("2025", "all"), if_none_match=first.headers["etag"]).status == 200


def test_who_asks_makes_no_difference_to_the_bytes_and_what_is_said_of_the_question_does(
    real_site, monkeypatch
):
    monkeypatch.setattr(
        access, "identify_key_holder", lambda _key, opens: access.identify({}, local=False)
    )

    def tag(query):
        return real_site(f"/calendar.ics?{query}").headers["etag"]

    assert tag("year=2025&kind=symposium&key=one") == tag("kind=symposium&key=two&year=2025")
    assert tag("year=2025") != tag("year=2025&speaker=nobody")
    rows = real_site("/api/rows/events?year=2025&limit=3").headers["etag"]
    assert real_site("/api/rows/events?year=2025&limit=4", if_none_match=rows).status == 200
    assert real_site("/api/rows/events.csv?year=2025&limit=3", if_none_match=rows).status == 200


def test_another_name_of_the_programme_is_another_answer(real_site, monkeypatch):
    before = real_site("/calendar.ics?year=2025")
    other = replace(settings.current(), short_name="Other")
    monkeypatch.setattr(settings, "current", lambda: other)
    after = real_site("/calendar.ics?year=2025", if_none_match=before.headers["etag"])
    assert after.status == 200
    assert "· Other" in after.text


def test_a_calendar_that_cannot_hold_all_is_another_one_tomorrow(real_site, monkeypatch):
    def tag_on(day, most):
        monkeypatch.setattr(calendar, "MAX_CALENDAR_ENTRIES", most)
        monkeypatch.setattr(responses, "read_today", lambda: day)
        return real_site("/calendar.ics?year=2025").headers["etag"]

    today = responses.read_today()
    tomorrow = today + timedelta(days=366)
    assert tag_on(today, 10_000) == tag_on(tomorrow, 10_000)
    assert tag_on(today, 4) != tag_on(tomorrow, 4)


def test_a_slow_answer_keeps_nobody_from_the_pages(small_version, monkeypatch):
    """More slow ones at a time than there are threads: the gate needs one for every request."""
    release, at_work = threading.Event(), threading.Semaphore(0)

    def slow(*_):
        at_work.release()
        assert release.wait(60)
        return "1"

    monkeypatch.setattr(api, "to_csv", slow)
    monkeypatch.setenv("DASHBOARD_STORE", str(small_version.folder.parents[1]))
    app = site()

    async def asked():
        slow_ones = [
            asyncio.create_task(answer_of(app, f"/api/rows/events.csv?limit={nr}"))
            for nr in range(60)
        ]
        try:
            await asyncio.to_thread(at_work.acquire)
            quick = await asyncio.wait_for(
                asyncio.gather(*(answer_of(app, path) for path in ("/health", "/events"))), 20
            )
        finally:
            release.set()
        return quick, await asyncio.gather(*slow_ones)

    with ThreadPoolExecutor(1) as elsewhere:
        quick, late = elsewhere.submit(asyncio.run, asked()).result()
    assert {answer.status for answer in (*quick, *late)} == {200}


# The cache
# -------------------------------------------------------------------------------------------------------------


def body(size):
    return Body(b"x" * size, "text/plain")


def test_old_bodies_make_room_and_a_large_one_is_not_kept():
    cache, made = BodyCache(room=100, largest=50), []

    def make(key, size):
        return cache.get(key, lambda: made.append(key) or body(size))

    for key in ("a", "b", "a", "c", "a", "b"):
        make(key, 40)
    assert made == ["a", "b", "c", "b"]  # b was asked for longest ago when c came
    assert cache.held == 80
    for _ in range(2):
        make("large", 51)
    assert made.count("large") == 2
    assert cache.held == 80


def test_who_comes_while_a_body_is_made_waits_for_it_and_a_failure_is_not_kept():
    cache, made, begun, go_on = BodyCache(), [], threading.Event(), threading.Event()

    def make():
        begun.set()
        assert go_on.wait(20)
        made.append(1)
        return body(1)

    found = []
    readers = [
        threading.Thread(target=lambda: found.append(cache.get("key", make))) for _ in range(5)
    ]
    for one in readers:
        one.start()
    assert begun.wait(20)
    go_on.set()
    for one in readers:
        one.join(20)
    assert (len(made), len(found)) == (1, 5)
    with pytest.raises(ZeroDivisionError):
        cache.get("other", lambda: 1 / 0)
    assert cache.get("other", lambda: body(2)).data == b"xx"
