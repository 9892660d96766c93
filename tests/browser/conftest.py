"""One dashboard on the shipped records and one window of Chromium for all browser tests."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.serving import CHROMIUM_FLAGS, ready, wait_until


@pytest.fixture(scope="session")
def store(shipped):
    return shipped


@pytest.fixture(scope="session")
def address(shipped_address):
    return shipped_address


@pytest.fixture(scope="session")
def window(playwright, chromium, tmp_path_factory):
    """One reader's browser, whose tabs share what it has fetched and compiled: half the work of a
    new one for each. It has a folder, because a private window keeps nothing that was compiled.
    """
    folder = tmp_path_factory.mktemp("window")
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=chromium, args=CHROMIUM_FLAGS
    )
    yield context
    context.close()


@pytest.fixture
def open_page(window, address):
    """Open a link in a tab of its own: open_page("/events?month=2025-05") gives the drawn page."""
    pages = []

    def open_(link, width=1440, height=900, scheme="light", base=None):
        pages.append(drawn(window, (base or address) + link, width, height, scheme))
        return pages[-1]

    yield open_
    for page in pages:
        page.close()


@pytest.fixture(scope="module")
def look_at(window, address):
    """The same for tests that only look at a page and change nothing on it: a link is opened once
    for all of them.
    """
    pages = {}

    def look(link, scheme="light"):
        if (link, scheme) not in pages:
            pages[link, scheme] = drawn(window, address + link, scheme=scheme)
        return pages[link, scheme]

    yield look
    for page in pages.values():
        page.close()


REFUSALS = """window.refused = [];
document.addEventListener('securitypolicyviolation', found =>
    refused.push(`${found.effectiveDirective} ${found.blockedURI} ${found.sourceFile} ${found.lineNumber} ${found.sample}`))"""
"""Keeps what the content policy refuses a page."""


def drawn(window, address, width=1440, height=900, scheme="light", asked=None, line=None):
    """A page in a tab of its own, when it has been drawn; the addresses that it asks for are added
    to `asked`, and what it says to Streamlit's server goes through `line`.
    """
    page = window.new_page()
    if line:
        page.route_web_socket(re.compile("/_stcore/stream"), line.join)
    page.add_init_script(REFUSALS)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    if asked is not None:
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url.replace("ws://", "http://")))
    page.goto(address)
    ready(page)
    return page


# --- a page of ours


def headline(page):
    """The finding of the page."""
    return page.locator(".ours .headline > span").last


def tile(page, label):
    """The number on the tile with this label, with its sign and what stands beside it."""
    return page.locator(".tile", has=page.get_by_text(label, exact=True)).locator(".tile-value")


def chips(page):
    """What is chosen beside the year, as chips that take it back."""
    return page.locator(".ours .chip")


def pressable(page, act):
    """What leads where `act` says (views.actions), within the page and its panels."""
    return page.locator(f'.ours a[data-act="{act}"]')


def leads_to(page, path_and_query):
    """The address is this in the end: it comes a moment after what is drawn."""
    expect(page).to_have_url(re.compile(f"{re.escape(path_and_query)}$"))


# --- the filters of the bar


def ask_field(page):
    """Where names are asked for, in the bar."""
    return page.locator(".st-key-ask input")


def box(page, name):
    """The list of a filter that is seen, in the bar or behind “More”: "year", "month", "role"."""
    return page.locator(f'.bar-filters select[data-name="{name}"]').filter(visible=True)


def shown(page, name):
    """What the list of a filter shows."""
    return box(page, name).locator("option:checked")


def open_more(page):
    """Open what is behind “More”, when its lists have come."""
    more = page.locator("#more")
    if more.get_attribute("open") is None:
        more.locator("summary").click()
    expect(more.locator("select").filter(visible=True).first).to_be_visible()
    return more


FIND_OPTION = """(list, value) => [...list.options].map(one => one.value).find(
    own => own === value || [...new URLSearchParams(own.split('?')[1]).values()].includes(value))"""
"""The option that is a value, or leads to an address with it."""


def pick(page, name, value):
    """Choose a value in the list of a filter, and wait for nothing; gives the option. `value` is that
    of links.
    """
    if not box(page, name).count():
        open_more(page)
    option = box(page, name).evaluate(FIND_OPTION, value)
    assert option is not None, f"“{value}” is not offered in {name}"
    box(page, name).select_option(option)
    return option


def choose(page, name, value):
    """Choose a value in the list of a filter; the page says that it is chosen: of a year the list
    itself, when it is written anew, of every other filter a chip.
    """
    option = pick(page, name, value)
    if name == "year":
        expect(box(page, name).locator("option[selected]")).to_have_attribute("value", option)
    else:
        expect(page.locator(f'.chip[data-act="-{name}={value}"]')).to_be_visible()


CHARTS_DRAWN = """[...document.querySelectorAll('.ours figure[data-chart]')].every(
    place => place.querySelector('.chart-room')?.dataset.drawn)"""


def charts_drawn(page):
    """Wait until every chart of the page is drawn, and give how many there are."""
    wait_until(page, CHARTS_DRAWN)
    return page.locator(".ours figure[data-chart]").count()


def chart(page, key):
    """The chart of that name in links, when it is drawn."""
    found = page.locator(f'.ours figure[data-chart="{key}"]')
    expect(found.locator(".chart-room")).to_have_attribute("data-drawn", re.compile("."))
    found.scroll_into_view_if_needed()
    return found


FIND_MARK = """(figure, act) => {
    const own = point => [].concat(point?.data ?? point?.customdata ?? [])[0];
    const marks = [...figure.querySelectorAll('.points .point, .points path, .slice')];
    const mark = marks.find(one => own(one.__data__) === act);
    if (!mark) return null;
    const { x, y, width, height } = mark.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
}"""


def press_mark(page, key, act):
    """Click the mark of a chart that leads where `act` says, as a reader does: the pointer comes
    first.
    """
    at = chart(page, key).evaluate(FIND_MARK, act)
    assert at, f"the chart {key} has no mark of {act}"
    page.mouse.move(at[0] - 3, at[1])
    page.mouse.move(*at)
    page.wait_for_timeout(200)
    page.mouse.click(*at)


# --- the keyboard

FOCUSED = """async () => {
    const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    await frame();
    for (let tries = 0; tries < 20 && document.activeElement.tagName === 'CANVAS'; tries++)
        await frame();  // a table passes the focus on to its cell
    const seen = document.activeElement, box = seen.getBoundingClientRect();
    if (seen === document.body) return null;
    const settle = () => document.getAnimations().forEach(one => one instanceof CSSTransition && one.finish());
    const look = async () => {
        await frame();
        settle();
        const found = [];
        for (let part = seen, up = 0; part && up < 5; part = part.parentElement, up++)
            for (const style of [getComputedStyle(part), getComputedStyle(part, '::after')])
                found.push(style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.color, style.textDecoration);
        return found.join();
    };
    const marks = [...Array(5).keys()].flatMap(i => [...Array(3).keys()].map(j =>
        [box.left + box.width * (i + .5) / 5, box.top + box.height * (j + .5) / 3]));
    const shown = box.width * box.height === 0 || marks.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (seen.contains(top) || top.contains(seen));
    });
    // a panel takes the focus back at once: there a ring or a shadow is what can be told
    const ringed = seen.closest('[role=dialog]') && [undefined, '::after'].map(of => getComputedStyle(seen, of)).some(
        style => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none');
    const focused = await look();
    seen.blur();
    const marked = Boolean(ringed) || await look() !== focused;
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


def see_focus(page):
    """Say what has the focus, None where nothing has; fails where it is not marked or not in sight."""
    found = page.evaluate(FOCUSED)
    if found:
        tag, _, marked, shown = found
        assert marked or tag in OF_STREAMLIT, found
        assert shown, found
    return found and tuple(found[:2])


def tab_to(page, goal, key="Tab", most=60):
    """Press Tab until the goal has the focus, which is marked and in sight at every stop."""
    for _ in range(most):
        page.keyboard.press(key)
        see_focus(page)
        if goal.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"not reached by {most} times {key}: {goal}")
