"""The parts of a page that a browser asks for by itself are those that the script draws."""

import inspect
import json
import os
import re
import subprocess
import sys
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from dashboard.model.roles import Person, Role
from dashboard.model.sitemap import PAGES, UNFILTERED
from dashboard.server import middleware
from dashboard.ui import caches, parts
from dashboard.ui.elements import Reader
from tests.conftest import ROOT
from tests.support.asgi import ask
from tests.support.hostile import INLINE
from tests.support.page_parts import iterate_nodes, press, read_parts

READING = "dark=false&embedded=false&picture=png&spoken=en"
VIEWS = {
    "": ["year=2025", "year=all"],
    "events": ["month=2025-05", "year=2025&speaker=job-doornberg", "year=2025&status=held"],
    "map": ["year=2025&view=europe", "year=2025&country=NL"],
    "trainings": ["year=2025&level=phd", "year=2025&format=e-learning"],
    "projects": ["year=2025", "year=2025&line=elsa"],
    "people": ["year=2025&by=month", "year=2025&role=keynote"],
    "review": ["year=2025", "year=2025&compare=2024"],
    "changes": ["year=2025", "year=all&since=2025-01-01"],
}


@pytest.fixture
def fetch(real, monkeypatch):
    """Asks the route as somebody at the server's machine does."""
    monkeypatch.setenv("DASHBOARD_STORE", str(real.folder.parents[1]))
    site = Starlette(routes=parts.routes(""), middleware=middleware())
    return lambda link, **headers: ask(site, link, **headers)


def run_script(page, query):
    test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    for pair in query.split("&"):
        name, value = pair.split("=")
        test.query_params[name] = value
    if page:
        test.switch_page(f"../../../pages/{page}.py")
    test.run()
    assert not test.exception
    return test


def test_every_page_with_filters_is_looked_at_here():
    assert set(VIEWS) == set(PAGES) - UNFILTERED


@pytest.mark.parametrize(("page", "query"), [(page, q) for page in VIEWS for q in VIEWS[page]])
def test_the_route_gives_what_the_script_draws(fetch, page, query):
    """Else the page would be drawn twice, and the second time otherwise. Both are built anew: in one
    process the second would be given what is kept of the first.
    """
    drawn = read_parts(run_script(page, query))
    caches.clear()
    answer = fetch(f"/parts/{page}?{query}&{READING}&part=bar&part=page")
    assert answer.status == 200
    for name, part in answer.json.items():
        assert drawn[f"part-{name}"] == part | {"part": name}
    assert set(answer.json) == {"bar", "page"}


def digests_of(views):
    return [
        parts.BUILDERS[name](parts.read_view(page, query, dark=False), Reader()).get("written")
        for page, queries in views.items()
        for query in queries
        for name in parts.BUILDERS
    ]


def test_two_processes_write_the_same_digests(real, monkeypatch):
    """Behind nginx the route may be answered by another process than the script. This one and one
    that hashes texts otherwise.
    """
    monkeypatch.setenv("DASHBOARD_STORE", str(real.folder.parents[1]))
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    script = (
        "import json; from dashboard.ui import parts; from dashboard.ui.elements import Reader\n"
        f"{inspect.getsource(digests_of)}\nprint(json.dumps(digests_of({VIEWS!r})))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    caches.clear()
    here = digests_of(VIEWS)
    assert json.loads(other.stdout) == here
    assert len(here) == sum(map(len, VIEWS.values())) * len(parts.BUILDERS)


def test_what_was_open_beside_a_page_when_it_was_kept_is_in_no_link_of_it(fetch):
    caches.clear()
    query = f"year=2025&{READING}&part=page"
    opened = fetch(f"/parts/people?person=job-doornberg&{query}")
    assert re.search(
        r"by=month[^\"]*person=job-doornberg|person=job-doornberg[^\"]*by=month", opened.text
    )
    ways = re.findall(r'"href":"([^"]*by=month[^"]*)"', fetch(f"/parts/people?{query}").text)
    assert ways
    assert not [way for way in ways if "person=" in way]


def test_a_page_in_the_dark_and_in_another_site_is_another_one(fetch):
    light = fetch(f"/parts/events?year=2025&{READING}&part=page").json["page"]
    dark = fetch("/parts/events?year=2025&dark=true&embedded=true&picture=svg&part=page").json[
        "page"
    ]
    assert light["charts"]["timeline"]["picture"]["format"] == "png"
    assert dark["charts"]["timeline"]["picture"]["format"] == "svg"
    assert light["charts"]["timeline"]["tools"][2:] == ["Share"]
    assert dark["charts"]["timeline"]["tools"][2:] == []
    assert light["charts"]["timeline"]["wide"] != dark["charts"]["timeline"]["wide"]
    assert dark["asks"] == "dark=true&embedded=true&picture=svg&spoken=en"


def test_what_leads_to_another_view_of_the_page_says_so_and_what_opens_a_panel_does_not(
    real, monkeypatch
):
    monkeypatch.setenv("DASHBOARD_STORE", str(real.folder.parents[1]))
    ways = {
        node[2]["data-act"]: node[2].get("data-view")
        for node in iterate_nodes(run_script("events", "year=2025"))
        if "data-act" in node[2]
    }
    assert ways["month=2025-05"] == ways["speaker=job-doornberg"] == "other"
    assert ways["why=events_held"] is None
    assert {way for act, way in ways.items() if act.startswith("event=")} == {None}


def test_the_filters_behind_more_are_counted_for_who_opens_them_only(fetch):
    more = fetch("/parts/events?year=2025&part=more").json["more"]
    assert [node[0] for node in more["elements"]] == ["div"]
    assert "more" not in fetch("/parts/events?year=2025&part=page&part=other").json


@pytest.mark.parametrize(
    "page", ["records", "publish", "meetings", "about", "nowhere", "../events"]
)
def test_the_data_section_and_what_is_no_page_have_no_parts(fetch, page):
    assert fetch(f"/parts/{page}?part=page").status in (403, 404)


@pytest.mark.parametrize("text", INLINE[:4])
def test_an_address_that_nobody_of_us_wrote_is_answered_and_changes_nothing(fetch, text):
    said = quote(text)
    answer = fetch(
        f"/parts/events?month={said}&dark={said}&picture={said}&spoken={said}&lang={said}&part=page"
    )
    assert answer.status == 200
    assert answer.json["page"]["asks"] == READING


def test_who_may_not_look_gets_no_part(fetch, monkeypatch):
    monkeypatch.setattr("dashboard.server.access.identify", lambda *_, **__: Person(why="no"))
    answer = fetch("/parts/events?year=2025&part=page")
    assert answer.status in (401, 403)
    assert b"Doornberg" not in answer.body


@pytest.mark.parametrize(("role", "invited"), [(Role.STEWARD, True), (Role.VIEWER, False)])
def test_a_steward_is_invited_to_record_targets_in_a_year_without_any(
    fetch, monkeypatch, role, invited
):
    monkeypatch.setattr("dashboard.server.access.identify", lambda *_, **__: Person(role))
    answer = fetch(f"/parts/?year=2024&{READING}&part=page")
    assert (b"No targets yet" in answer.body) is invited


def test_of_what_the_browser_has_drawn_the_script_sends_the_digest_alone(fetch):
    drawn = fetch(f"/parts/events?month=2025-05&{READING}&part=page").json["page"]["written"]
    test = run_script("events", "year=2025")
    press(test, f"open:/events?month=2025-05#{drawn},other", "part-page")
    sent = {"written": drawn, "asks": READING, "language": "en", "part": "page"}
    assert read_parts(test)["part-page"] == sent
    assert read_parts(test)["part-bar"]["elements"]
    test.run()
    assert read_parts(test)["part-page"]["elements"]


def test_what_the_browser_drew_of_another_view_is_sent_as_it_is(fetch):
    drawn = fetch(f"/parts/events?month=2025-04&{READING}&part=page").json["page"]["written"]
    test = run_script("events", "year=2025")
    press(test, f"open:/events?month=2025-05#{drawn}", "part-page")
    assert read_parts(test)["part-page"]["elements"]


def test_no_browser_keeps_a_part(fetch):
    assert fetch("/parts/events?part=page").headers["cache-control"] == "private, no-store"
