"""What docs/accessibility.md states and axe-core cannot see: of every page, with the keyboard,
enlarged and without motion.
"""

import pytest

from dashboard.model.sitemap import PAGES
from tests.browser.conftest import drawn
from tests.support.serving import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.long]
FOCUSED = """async () => {
    const seen = document.activeElement, box = seen.getBoundingClientRect();
    if (seen === document.body) return null;
    const look = () => {
        const found = [];
        for (let part = seen, up = 0; part && up < 5; part = part.parentElement, up++) {
            const style = getComputedStyle(part);
            found.push(style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.color, style.textDecoration);
        }
        return found.join();
    };
    const marks = [...Array(5).keys()].flatMap(i => [...Array(3).keys()].map(j =>
        [box.left + box.width * (i + .5) / 5, box.top + box.height * (j + .5) / 3]));
    const shown = box.width * box.height === 0 || marks.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (seen.contains(top) || top.contains(seen));
    });
    const focused = look();
    seen.blur();
    await new Promise(done => setTimeout(done, 250));
    const marked = look() !== focused;
    seen.focus({preventScroll: true});
    return [seen.tagName.toLowerCase(), (seen.getAttribute('aria-label') || seen.textContent || seen.type || '').slice(0, 40), marked, shown];
}"""
"""What has the focus: what it is, whether it looks otherwise than without, and whether something of
it is in sight.
"""
OF_STREAMLIT = {"main", "td"}
"""Streamlit makes the area of the page a stop of the Tab key, so that the arrow keys scroll it, and
draws no mark around it. The cell of a grid that has the focus is marked on its canvas, which no
style tells.
"""


@pytest.fixture(scope="module", params=PAGES, ids=lambda name: name or "overview")
def page(request, browser, address):
    found = drawn(browser, f"{address}/{request.param}")
    yield found
    found.context.close()


def test_a_page_says_its_language_and_what_it_is_and_can_be_gone_through_by_its_parts(page):
    """3.1.1, 2.4.2, 2.4.1, 1.3.1."""
    assert page.evaluate("document.documentElement.lang") == "en"
    heading = page.locator("h1")
    assert heading.count() == 1
    assert len(page.title()) > 8
    assert page.get_by_role("main").count() == 1


def test_what_has_the_focus_is_marked_and_nothing_lies_over_it(page):
    """2.4.7 and 2.4.11, for the first thirty stops of the Tab key."""
    found = []
    for _ in range(30):
        page.keyboard.press("Tab")
        page.wait_for_timeout(250)
        if what := page.evaluate(FOCUSED):
            found.append(tuple(what))
    assert len(set(found)) >= 8
    assert [what for what in found if not what[2] and what[0] not in OF_STREAMLIT] == []
    assert [what for what in found if not what[3]] == []


def test_nothing_moves_for_who_wants_no_motion(page):
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    page.wait_for_timeout(6000)
    assert (
        page.evaluate(
            "document.getAnimations().filter(a => a.playState === 'running' && a.effect.getTiming().iterations === Infinity).length"
        )
        == 0
    )


@pytest.mark.parametrize("width", [720, 320], ids=["enlarged to 200 %", "as narrow as 320 pixels"])
def test_nothing_has_to_be_scrolled_sideways(page, width):
    """1.4.4 and 1.4.10: 1440 pixels enlarged to 200 % are 720, and 1280 enlarged to 400 % are 320."""
    page.set_viewport_size({"width": width, "height": 640})
    wait_until(page, f"document.documentElement.scrollWidth <= {width}")


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
