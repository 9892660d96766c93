"""What docs/accessibility.md states and axe-core cannot see: of every page, with the keyboard,
enlarged and without motion.
"""

import pytest
from playwright.sync_api import expect

from dashboard.model.sitemap import PAGES
from tests.browser.conftest import drawn, see_focus
from tests.support.serving import ready, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.long]
GONE = """() => {
    const clips = one => ['hidden', 'clip'].includes(getComputedStyle(one).overflowX);
    return [...document.querySelectorAll('.ours *')].filter(one => one.checkVisibility() && one.clientWidth > 1
        && !one.closest('figure') && clips(one) && one.scrollWidth > one.clientWidth + 1 && one.textContent.trim())
        .map(one => one.className + ': ' + one.textContent.slice(0, 60));
}"""
"""Texts of which a part is cut off."""
SAID = """() => [...document.querySelectorAll('.ours .headline, .ours .tile, .ours h2, .ours h3, .ours li, .ours td, .ours .key')]
    .filter(one => one.checkVisibility() && !one.closest('figure'))
    .map(one => one.innerText.replace(/\\s+/g, ' ').trim())"""
"""What a page says in words, part by part."""


MOVING = """document.getAnimations().filter(one => one.playState === 'running'
    && (one.effect.getTiming().iterations === Infinity || one.effect.getComputedTiming().endTime > 100))
    .map(one => one.effect.target?.className)"""
"""What is on the move, for more than a tenth of a second."""


@pytest.fixture(scope="module", params=PAGES, ids=lambda name: name or "overview")
def page(request, browser, address):
    found = drawn(browser, f"{address}/{request.param}")
    yield found
    found.context.close()


def test_a_page_says_its_language_and_what_it_is_and_can_be_gone_through_by_its_parts(page):
    """3.1.1, 2.4.2, 2.4.1, 1.3.1."""
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.locator("h1")).to_have_count(1)
    assert len(page.title()) > 8
    assert page.get_by_role("main").count() == 1


def test_what_has_the_focus_is_marked_and_nothing_lies_over_it(page):
    """2.4.7 and 2.4.11, for the first thirty stops of the Tab key."""
    stops = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        stops.add(see_focus(page))
    assert len(stops - {None}) >= 8


def test_nothing_moves_for_who_wants_no_motion(page):
    """Neither for ever nor when something is pressed."""
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    ready(page)
    wait_until(page, f"({MOVING}).length === 0")
    page.keyboard.press("Tab")
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    assert page.evaluate(MOVING) == []
    page.emulate_media(reduced_motion="no-preference")


def test_enlarged_to_200_percent_a_page_says_all_that_it_says_and_cuts_nothing_off(page):
    """1.4.4: a window of 1440 by 900 pixels is one of 720 by 450."""
    page.set_viewport_size({"width": 1440, "height": 900})
    said = page.evaluate(SAID)
    page.set_viewport_size({"width": 720, "height": 450})
    wait_until(page, "document.documentElement.scrollWidth <= 720")
    assert [text for text in said if text not in page.evaluate(SAID)] == []
    assert page.evaluate(GONE) == []
    for deed in page.locator(".st-key-bar button").locator("visible=true").all():
        box = deed.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 720


def test_enlarged_to_400_percent_nothing_has_to_be_scrolled_sideways(page):
    """1.4.10: 1280 pixels are 320."""
    page.set_viewport_size({"width": 320, "height": 640})
    wait_until(page, "document.documentElement.scrollWidth <= 320")


def test_pages_are_told_apart_by_their_titles(browser, address):
    context = browser.new_context()
    tab = context.new_page()
    titles = []
    for name in PAGES:
        tab.goto(f"{address}/{name}")
        tab.get_by_text("· version").first.wait_for()
        wait_until(tab, "document.title.includes('·')")
        titles.append(tab.title())
    context.close()
    assert len(set(titles)) == len(PAGES)
