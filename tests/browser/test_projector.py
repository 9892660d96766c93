"""What is seen from the last row: a slide is as large as its screen and nothing of it is cut; a key shows
the next one at once and whole, without the server; and a panel gives the focus back to what opened it.
"""

import re

import pytest
from playwright.sync_api import expect

from dashboard.shares import SharesDb, meetings, save
from tests.browser.conftest import charts_drawn
from tests.conftest import NOW
from tests.support.serving import served

pytestmark = pytest.mark.browser
SCREENS = [(1920, 1080), (1440, 900), (1280, 720), (1024, 768)]

CUT = """() => [...document.querySelectorAll('.slide.is-seen *')].filter(one => {
    if (![...one.childNodes].some(text => text.nodeType === 3 && text.textContent.trim())) return false;
    const { left, top, right, bottom, width, height } = one.getBoundingClientRect();
    if (!width || !height || one.closest('.only-heard')) return false;
    const room = one.closest('.slide-room')?.getBoundingClientRect();
    const low = Math.min(innerHeight, room?.bottom ?? innerHeight), far = Math.min(innerWidth, room?.right ?? innerWidth);
    return left < -1 || top < -1 || right > far + 2 || bottom > low + 2;
}).map(one => one.textContent.slice(0, 40))"""
"""Texts that reach beyond the screen, or beyond the room between the numbers and the foot."""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.slide.is-seen *')].filter(one =>
    one.getBoundingClientRect().width && !one.closest('.only-heard, .slide-ways')
    && [...one.childNodes].some(text => text.nodeType === 3 && text.textContent.trim())).map(one => {
        let times = 1920 / innerWidth;
        for (let above = one; above; above = above.parentElement) times *= (Number(above.style?.zoom) || 1)
            * (/scale\\(([\\d.]+)\\)/.exec(above.style?.transform ?? '')?.[1] ?? 1);
        return parseFloat(getComputedStyle(one).fontSize) * times; }))"""
"""Pixels of the smallest letters of the slide, on a screen of 1920."""
OVERLAPS = "(slide => slide.scrollHeight > slide.clientHeight + 1)(document.querySelector('.slide.is-seen'))"
WATCH = """() => {
    window.frames = [];
    const look = () => {
        const seen = document.querySelectorAll('.slide.is-seen'), [slide] = seen;
        const places = [...slide.querySelectorAll('figure[data-chart]')];
        const whole = seen.length === 1 && slide.classList.contains('is-ready')
            && places.every(one => one.querySelector('[data-drawn] .main-svg'));
        frames.push([slide.getAttribute('aria-label'), whole]);
        requestAnimationFrame(look);
    };
    look();
}"""
"""Notes at every frame that is painted which slide is seen, and whether it is alone and whole."""

CUT_OFF = """() => {
    window.send = WebSocket.prototype.send;
    WebSocket.prototype.send = () => {};
}"""
"""Lets nothing through to the server any more."""


def headline(page):
    """What the slide that is seen says."""
    return page.locator(".slide.is-seen .headline")


def all_ready(page):
    """Wait until every slide stands ready, and give how many there are."""
    expect(page.locator(".slide.is-ready")).to_have_count(page.locator(".slide").count())
    charts_drawn(page)
    page.wait_for_timeout(200)
    return page.locator(".slide").count()


def check_slide(page, width, height):
    """Nothing of the slide that is seen is cut, lies over its foot, or is too small to be read."""
    said = headline(page).inner_text(), width, height
    assert page.evaluate(CUT) == [], said
    assert not page.evaluate(OVERLAPS), said
    assert page.evaluate(SMALLEST) >= 17.5, said
    letters = headline(page).evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert letters >= (40 if width == 1920 else 28), said


@pytest.fixture(scope="module")
def board(store, tmp_path_factory):
    """A dashboard with a meeting of two views that decides something."""
    shelf = tmp_path_factory.mktemp("shelf") / "shares.sqlite"
    links = {
        "What, when and where": "/events?year=2025&chart=timeline",
        "Carried by": "/people?year=2025",
    }
    views = [save(SharesDb(shelf), title, link, now=NOW).id for title, link in links.items()]
    note = "Whether it goes on\nWho pays for it"
    meetings.create(SharesDb(shelf), "Board of March", steps=views, note=note, now=NOW)
    with served(store.root, DASHBOARD_SHARES=str(shelf)) as address:
        yield address


def test_a_meeting_is_walked_through_with_the_keys_while_the_server_is_away(open_page, board):
    page = open_page("/meetings?year=2025", base=board)
    page.get_by_role("button", name="Present").click()
    expect(headline(page)).to_have_text("Board of March")
    of = all_ready(page)
    page.evaluate(WATCH)
    page.evaluate(CUT_OFF)
    walk(page, of)
    parts = [said for said, whole in page.evaluate("frames") if not whole]
    assert parts == [], "what is seen is the old slide or the new one, whole"
    page.evaluate("() => { WebSocket.prototype.send = send; }")
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation")).to_be_visible()
    page.wait_for_url("**/people?year=2025")
    expect(page.locator(".st-key-bar")).to_be_visible()


def walk(page, of):
    """Go to the end and one back: keyboard, remote control, links."""
    expect(page.locator(".slide.is-seen .slide-rows li")).to_have_count(2)
    page.keyboard.press("ArrowRight")
    expect(headline(page)).to_contain_text("Most in December")
    assert "step=2" in page.url
    page.keyboard.press("PageDown")
    expect(headline(page)).to_contain_text("Two people made half")
    expect(page.get_by_text(re.compile(f"^Slide 3 of {of}: Two people"))).to_be_attached()
    page.keyboard.press(" ")
    following = page.locator(".slide.is-seen .slide-next")
    following.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".slide.is-seen .slide-next")).to_be_focused()
    page.keyboard.press("End")
    expect(headline(page)).to_have_text("What we decide")
    expect(page.locator(".slide.is-seen .slide-rows")).to_contain_text("Who pays for it")
    assert f"step={of}" in page.url
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")
    expect(page.locator(".slide.is-seen")).to_have_attribute(
        "aria-label", f"Slide {of - 1} of {of}"
    )


@pytest.mark.matrix(2)
@pytest.mark.parametrize(
    "link",
    [
        "/events?year=2025",
        "/?year=2025",
        "/review?year=2025",
        "/review?year=2025&compare=2024",
        "/people?year=2025",
        "/projects?year=2025",
        "/trainings?year=2025",
        "/map?year=2025",
        "/events?year=1999",
    ],
)
def test_nothing_of_any_slide_is_cut_on_any_screen(open_page, link):
    page = open_page(f"{link}&present=true", *SCREENS[0])
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        of = all_ready(page)
        page.keyboard.press("Home")
        for number in range(1, of + 1):
            expect(page.locator(".slide.is-seen")).to_have_attribute(
                "aria-label", f"Slide {number} of {of}"
            )
            check_slide(page, width, height)
            page.keyboard.press("ArrowRight")


def test_a_link_opens_its_slide_whose_chart_fills_the_room_in_the_sizes_of_a_projector(open_page):
    page = open_page("/map?year=2025&present=true&step=2", 1920, 1080)
    expect(headline(page)).to_contain_text("Netherlands: 15 events")
    all_ready(page)
    page.keyboard.press("Home")
    assert (
        round(float(headline(page).evaluate("one => parseFloat(getComputedStyle(one).fontSize)")))
        == 64
    )
    page.goto(page.url.replace("step=1", "step=99"))
    expect(headline(page)).to_contain_text("Europe: 21 events")
    all_ready(page)
    room = page.locator(".is-seen .slide-room").bounding_box()
    chart = page.locator(".is-seen .main-svg").first.bounding_box()
    assert chart["width"] == pytest.approx(room["width"], abs=4)
    assert chart["height"] == pytest.approx(room["height"], abs=4)
    assert "step=3" in page.url


def test_a_panel_gives_the_focus_back_by_whatever_way_it_is_closed(open_page):
    page = open_page("/events?year=2025")
    dialog = page.get_by_role("dialog")
    for close in ("Escape", "Close", "beside"):
        why = page.locator(".why").nth(1)
        why.focus()
        page.keyboard.press("Enter")
        expect(dialog.locator(".evidence")).to_be_visible()
        expect(page).to_have_url(re.compile("why="))
        if close == "Escape":
            page.keyboard.press("Escape")
        elif close == "Close":
            page.get_by_role("button", name="Close").click()
        else:
            page.mouse.click(10, 500)
        expect(dialog).to_be_hidden()
        expect(why).to_be_focused()
        page.wait_for_url(lambda address: "why=" not in address)


def test_a_record_that_is_opened_from_the_rows_of_a_number_leads_back_to_the_number_on_the_page(
    open_page,
):
    page = open_page("/events?year=2025")
    dialog = page.get_by_role("dialog")
    page.locator(".why").first.click()
    dialog.get_by_role("link", name="AI in Medical Imaging", exact=True).click()
    expect(dialog).to_contain_text("Radiology Quality Evening")
    page.wait_for_url("**/events?year=2025&event=*")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator(".why").first).to_be_focused()
