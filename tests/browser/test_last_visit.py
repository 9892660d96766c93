"""Two visits with a publication between them: what changed is told on the second one, from what this
browser alone has kept.
"""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard.store import Store
from dashboard.text.dates import format_day
from tests.browser.conftest import choose, drawn, headline, leads_to
from tests.conftest import append_to, publish_folder, replace_in, served_already
from tests.support.serving import served, wait_until

pytestmark = pytest.mark.browser
KEPT = "JSON.parse(localStorage.getItem('dashboard-visit'))"
NEWS = "dashboard-visit li"
SERIOUS = ("serious", "critical")
MOVED = """window.moved = 0;
const isBeneath = node => node?.nodeType === 1 && node.closest('dashboard-visit ~ .columns');
new PerformanceObserver(list => {
    for (const { sources } of list.getEntries())
        for (const { node, currentRect: now, previousRect: before } of sources)
            if (isBeneath(node)) moved = Math.max(moved, Math.abs(now.y - before.y));
}).observe({ type: 'layout-shift', buffered: true });"""
"""Keeps by how many pixels what stands beneath the lines was seen to move, at most."""


@pytest.fixture
def room(tmp_path, small):
    """A dashboard of its own on the records to check by hand; gives its address, and publishes."""
    store = Store(tmp_path / "store")
    versions = [served_already(store, small)]

    def publish():
        replace_in(small, "events", "2026-02-03,2026-02-05,planned", "2026-02-03,2026-02-05,held")
        replace_in(small, "events", ",100,about,", ",120,about,")
        append_to(
            small,
            "events",
            "talk,Talk,,2026-12-12,,planned,onsite,meeting,research,,groningen,organised,,,unknown,,",
        )
        versions.append(publish_folder(store, small).version)
        return versions[-1]

    with served(store.root) as address:
        yield address, versions, publish


@pytest.fixture
def reader(browser):
    """Somebody who has not been here."""
    context = browser.new_context()
    yield context
    context.close()


def visit(reader, link, asked=None):
    """Open a page in a tab of its own."""
    return drawn(reader, link, asked=asked)


def leave(page):
    """Go to another site, as a reader does in the end."""
    page.goto("about:blank")


def news_asked(asked):
    """What was asked about the changes since the last visit."""
    queries = [parse_qs(urlsplit(one).query) for one in asked if "/parts/" in one]
    return [one for one in queries if one.get("part") == ["since"]]


def test_the_second_visit_says_what_changed_since_the_first(room, reader):
    address, versions, publish = room
    first = visit(reader, f"{address}/?year=2026")
    expect(headline(first)).to_be_visible()
    expect(first.locator("dashboard-visit")).to_be_hidden()
    assert first.evaluate(KEPT) is None, "nothing is kept before the tab is left"
    leave(first)
    newest = publish()

    asked = []
    reader.add_init_script(MOVED)
    second = visit(reader, f"{address}/?year=2026", asked)
    today = format_day(date.today())
    expect(second.locator(".news-since")).to_have_text(
        re.compile(f"^Since your last visit on {today}: All [0-9]+ changes$")
    )
    expect(second.locator(NEWS)).to_have_count(3)
    expect(second.locator(NEWS).first).to_contain_text("Events: 5 → 6 events")
    assert second.evaluate("window.moved") < 60, "less than two lines"
    visited = {"part": ["since"], "year": ["all"], "lang": ["en"]}
    visited |= {"since": [versions[0].id], "on": [date.today().isoformat()]}
    assert news_asked(asked) == [visited]

    serious = [one for one in Axe().run(second).response["violations"] if one["impact"] in SERIOUS]
    assert [one["id"] for one in serious if "news" in str(one["nodes"])] == []

    # another view of the page, and the page loaded again: the lines stay, and are not asked for anew
    line = second.locator(NEWS).first.element_handle()
    assert line.is_visible()
    choose(second, "year", "2025")
    expect(second.locator(NEWS)).to_have_count(3)
    assert len(news_asked(asked)) == 1
    second.reload()
    expect(second.locator(NEWS)).to_have_count(3)
    expect(headline(second)).to_be_visible()

    # where the rest is, and back
    second.locator(".news-since a").click()
    leads_to(second, f"/changes?year=all&since={versions[0].id}")
    expect(headline(second)).to_contain_text("1 event held")
    second.go_back()
    expect(second.locator(NEWS)).to_have_count(3)
    leave(second)

    third = visit(reader, f"{address}/?year=2026")
    expect(headline(third)).to_be_visible()
    assert third.evaluate(KEPT)["version"] == newest.id
    expect(third.locator("dashboard-visit")).to_be_hidden()
    assert not [one for one in reader.cookies() if versions[0].id in one["value"]]


def test_what_is_published_while_a_page_is_open_is_told_on_it(room, reader):
    address, versions, publish = room
    page = visit(reader, f"{address}/?year=2026")
    expect(page.locator("dashboard-visit")).to_be_hidden()
    leave(page)
    page = visit(reader, f"{address}/events?year=2026")
    expect(headline(page)).to_be_visible()
    publish()
    wait_until(
        page, f"document.querySelector('dashboard-visit').dataset.version !== '{versions[0].id}'"
    )
    assert page.evaluate(KEPT)["version"] == versions[0].id
    expect(page.locator("dashboard-visit")).to_be_hidden()
    page.get_by_role("link", name="Overview", exact=True).click()
    expect(page.locator(NEWS)).to_have_count(3)


def test_a_pinned_or_embedded_view_tells_nothing_and_is_no_visit(room, reader):
    address, versions, publish = room
    leave(visit(reader, f"{address}/?year=2026"))
    publish()
    asked = []
    for link in (f"/?year=2026&v={versions[0].id}", "/?year=2026&embed=true", "/?present=true"):
        page = visit(reader, address + link, asked)
        expect(page.locator("dashboard-visit")).to_have_count(0)
        assert page.evaluate(KEPT)["version"] == versions[0].id
        leave(page)
    assert news_asked(asked) == []
