"""What is seen from the last row: a slide is as large as its screen and nothing of it is cut; and a
panel gives the focus back to what opened it.
"""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SCREENS = [(1920, 1080), (1440, 900), (1280, 720), (1024, 768)]

CUT = """() => [...document.querySelectorAll('.slide *, .st-key-slide-foot *')].filter(one => {
    if (![...one.childNodes].some(text => text.nodeType === 3 && text.textContent.trim())) return false;
    if (one.closest('.only-heard')) return false;
    const { left, top, right, bottom, width, height } = one.getBoundingClientRect();
    if (!width || !height) return false;
    const room = one.closest('.slide-room')?.getBoundingClientRect();
    const low = Math.min(innerHeight, room?.bottom ?? innerHeight), far = Math.min(innerWidth, room?.right ?? innerWidth);
    return left < -1 || top < -1 || right > far + 2 || bottom > low + 2;
}).map(one => one.textContent.slice(0, 40))"""
"""Texts that reach beyond the screen, or beyond the room between the numbers and the foot."""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.slide *, .st-key-slide-foot *')].filter(one =>
    one.getBoundingClientRect().width && !one.closest('svg, .only-heard')
    && [...one.childNodes].some(text => text.nodeType === 3 && text.textContent.trim())).map(one => {
        let times = 1;
        for (let above = one; above; above = above.parentElement) times *= Number(above.style.zoom) || 1;
        return parseFloat(getComputedStyle(one).fontSize) * times; }))"""
SCROLLS = "document.documentElement.scrollWidth > innerWidth || document.querySelector('.slide').scrollHeight > document.querySelector('.slide').clientHeight + 1"


def drawn(page):
    """Wait until the slide has been drawn as large as there is room."""
    expect(page.locator(".slide")).to_be_visible()
    if page.locator(".slide-room .chart").count():
        expect(page.locator(".slide-room [data-drawn]")).to_have_count(1)
    page.wait_for_timeout(300)


@pytest.mark.matrix(2)
@pytest.mark.parametrize(
    "link",
    [
        "/events?year=2025&present=true",
        "/?year=2025&present=true",
        "/review?year=2025&present=true&step=2",
        "/people?year=2025&present=true",
        "/map?year=2025&present=true&step=2",
    ],
)
def test_nothing_of_a_slide_is_cut_or_scrolled_on_any_screen(open_page, link):
    page = open_page(link, *SCREENS[0])
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(400)
        drawn(page)
        assert page.evaluate(CUT) == [], (width, height)
        assert page.evaluate(SMALLEST) >= 17.9, (width, height)
        assert not page.evaluate(SCROLLS), (width, height)


def test_a_slide_has_the_sizes_of_a_projector_and_its_chart_fills_the_room(open_page):
    page = open_page("/events?year=2025&present=true", 1920, 1080)
    drawn(page)
    sizes = [
        page.locator(one).first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        for one in (".slide .headline", ".slide .tile .value", ".slide-foot p")
    ]
    assert [round(size) for size in sizes] == [48, 56, 20]
    room = page.locator(".slide-room").bounding_box()
    chart = page.locator(".slide-room .main-svg").first.bounding_box()
    assert chart["width"] == pytest.approx(room["width"], abs=4)
    assert chart["height"] == pytest.approx(room["height"], abs=4)
    scale = page.locator(".slide-room .chart-drawing").evaluate(
        "one => new DOMMatrix(getComputedStyle(one).transform).a"
    )
    letters = page.locator(".slide-room .main-svg").evaluate_all(
        "all => all.flatMap(one => [...one.querySelectorAll('text')])"
        ".map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(letters) * scale >= 17.9
    assert page.locator(".slide .why").first.is_hidden()


def test_a_panel_gives_the_focus_back_by_whatever_way_it_is_closed(open_page):
    page = open_page("/events?year=2025")
    dialog = page.get_by_role("dialog")
    for close in ("Escape", "Close", "beside"):
        why = page.locator(".why").nth(1)
        why.focus()
        page.keyboard.press("Enter")
        expect(dialog.locator(".evidence")).to_be_visible()
        assert "why=" in page.url
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
