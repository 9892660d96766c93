"""How long a browser takes from the page to its session."""

from collections import deque
from types import SimpleNamespace

import pytest

from dashboard.server import page_loads
from dashboard.server.page_loads import EXPIRY_SECONDS, MAX_PENDING_LOADS, PageLoads


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes when it is told to."""
    now = [1000.0]
    monkeypatch.setattr(page_loads, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def test_a_browser_takes_from_the_page_to_its_session_and_is_asked_once(clock):
    found = PageLoads()
    found.sent("events", "Firefox")
    clock[0] += 0.75
    assert found.took("events", "Firefox") == 0.75
    assert found.took("events", "Firefox") is None


def test_another_page_or_browser_is_somebody_else(clock):
    found = PageLoads()
    found.sent("events", "Firefox")
    assert found.took("map", "Firefox") is None
    assert found.took("events", "Chromium") is None
    assert found.took("events", "Firefox") == 0


def test_of_two_readers_alike_the_first_to_ask_is_the_first_to_come(clock):
    found = PageLoads()
    found.sent("events", "Firefox")
    clock[0] += 1
    found.sent("events", "Firefox")
    clock[0] += 1
    assert [found.took("events", "Firefox") for _ in range(3)] == [2, 1, None]


def test_a_page_without_a_session_is_forgotten(clock):
    found = PageLoads()
    found.sent("events", "a preview")
    clock[0] += EXPIRY_SECONDS + 1
    assert found.took("events", "a preview") is None
    for number in range(3 * MAX_PENDING_LOADS):
        found.sent("events", str(number))
    assert len(found._sent) == MAX_PENDING_LOADS


def test_pages_are_noted_when_they_are_sent_and_nothing_else_is(real_site, monkeypatch):
    monkeypatch.setattr(page_loads.PAGE_LOADS, "_sent", deque())
    real_site("/events?year=2025", user_agent="Firefox")
    real_site("/map", method="HEAD", user_agent="Firefox")
    real_site("/api/v1/metrics?year=2025", user_agent="Firefox")
    real_site("/static/js/nothing.js", user_agent="Firefox")
    assert [one[:2] for one in page_loads.PAGE_LOADS._sent] == [("events", "Firefox")]
