"""Whose turn it is: what stands below and beside the charts waits until the browser has drawn them,
once.
"""

import time
from types import SimpleNamespace
from urllib.request import Request, urlopen

import pytest
from websockets.http11 import USER_AGENT

from dashboard.ui import render_pacing
from dashboard.ui.render_pacing import DRAWING_RATIO, MAX_WAIT, SEND_SECONDS
from tests.support.sessions import session

TOOK = 0.8


@pytest.fixture
def waited(monkeypatch):
    """Seconds for which pages have waited, of a browser that took 0.8 s to its session."""
    found = []
    monkeypatch.setattr(render_pacing, "time", SimpleNamespace(sleep=found.append))
    monkeypatch.setattr(render_pacing.PAGE_LOADS, "took", lambda page, browser: TOOK)
    return found


@pytest.mark.parametrize("page", ["events", "people", "trainings"])
def test_table_and_filters_wait_for_the_charts_of_a_page_that_is_opened(site, waited, page):
    test = site(page, year="2025")
    assert waited == [TOOK * DRAWING_RATIO, SEND_SECONDS]
    waited.clear()
    test.run()
    assert waited == [
        SEND_SECONDS
    ]  # a table that came by itself would have the page drawn in three passes: 60 ms of a change


@pytest.mark.parametrize("page", ["", "map", "projects", "review"])
def test_filters_wait_where_no_table_does(site, waited, page):
    site(page, year="2025")
    assert waited == [TOOK * DRAWING_RATIO]


def test_a_slide_does_not_wait_and_neither_does_the_page_that_follows_it(site, waited):
    test = site("events", year="2025", present="true", step="1")
    assert waited == []
    del test.query_params["present"]
    test.run()
    assert waited == [SEND_SECONDS]


def test_nobody_waits_for_long(site, waited, monkeypatch):
    monkeypatch.setattr(render_pacing.PAGE_LOADS, "took", lambda page, browser: 9.0)
    site("events", year="2025")
    assert waited[0] == MAX_WAIT


def test_a_session_whose_page_nobody_asked_for_does_not_wait(site, waited, monkeypatch):
    monkeypatch.setattr(render_pacing.PAGE_LOADS, "took", lambda page, browser: None)
    site("events", year="2025")
    assert waited == [SEND_SECONDS]


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("events", {"event": "ai-in-umcg-symposium"}),
        ("trainings", {"why": "training_participants"}),
        ("people", {"person": "job-doornberg"}),
    ],
)
def test_what_a_link_opens_does_not_wait_for_the_charts_behind_it(site, waited, page, link):
    site(page, year="2025", **link)
    assert set(waited) == {SEND_SECONDS}


@pytest.mark.parametrize("page", ["records", "publish", "meetings", "about"])
def test_pages_without_charts_do_not_wait(site, waited, page):
    site(page)
    assert TOOK * DRAWING_RATIO not in waited


def test_a_browser_that_opens_a_page_gets_the_table_after_its_charts(shipped_address):
    """From the page that was sent to the session, over the network."""
    with session(shipped_address) as reader:
        with urlopen(
            Request(f"{shipped_address}/events?year=2025", headers={"User-Agent": USER_AGENT}),
            timeout=60,
        ) as page:
            page.read()
        time.sleep(0.4)
        reader.ask("year=2025", page="events")
        reader.finished()
        kinds = [message.delta.new_element.WhichOneof("type") for message in reader.messages]
        last_chart = max(nr for nr, kind in enumerate(kinds) if kind == "plotly_chart")
        assert reader.times[kinds.index("dataframe")] - reader.times[last_chart] > 0.4
