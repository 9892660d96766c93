"""The filters of the bar: what is chosen is shown before Streamlit has run, which then brings the
same, and without the route that is asked for it all the same.
"""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import (
    box,
    charts_drawn,
    chips,
    choose,
    drawn,
    headline,
    leads_to,
    open_more,
    pick,
    pressable,
    see_focus,
    shown,
    tab_to,
    tile,
)
from tests.browser.test_access import GROUNDS, ours
from tests.browser.test_frame import KEPT, REMEMBER
from tests.support.serving import ready

pytestmark = pytest.mark.browser
YEAR, MAY, DECEMBER = (
    "/events?year=2025",
    "/events?month=2025-05",
    "/events?month=2025-12",
)
ROUTE = re.compile("/parts/")
"""Where the parts of a page are asked for."""
WATCH = """window.written = [];
new MutationObserver(seen => written.push(...seen.map(one => `${one.type} ${one.target.outerHTML?.slice(0, 80)}`)))
    .observe(document.querySelector('.st-key-part-page .ours'), {subtree: true, childList: true, characterData: true})"""
"""Keeps what is written on the page from now on."""


class Line:
    """What a page says to Streamlit's server; held, nothing of it arrives, and no script runs."""

    def __init__(self):
        self.holds, self.held, self.runs = False, [], 0

    def join(self, socket):
        server = socket.connect_to_server()
        socket.on_message(lambda said: self._say(server, said))
        server.on_message(lambda said: self._hear(socket, said))

    def _say(self, server, said):
        if self.holds:
            self.held.append((server, said))
        else:
            server.send(said)

    def _hear(self, socket, said):
        if ForwardMsg.FromString(said).WhichOneof("type") == "script_finished":
            self.runs += 1
        socket.send(said)

    def release(self, page):
        """Let all that was held arrive, and wait for the end of the run that it asks for."""
        self.holds, runs = False, self.runs
        for server, said in self.held:
            server.send(said)
        for _ in range(400):
            if self.runs > runs:
                return ready(page)
            page.wait_for_timeout(50)
        raise AssertionError("no script has run")


@pytest.fixture
def open_held(window, address):
    """Open a link in a tab of its own, and what it says to Streamlit's server."""
    pages = []

    def open_(link):
        line = Line()
        pages.append(drawn(window, address + link, line=line))
        charts_drawn(pages[-1])
        return pages[-1], line

    yield open_
    for page in pages:
        page.close()


def number(page):
    return tile(page, "Events").inner_text().split()[0]


# --- before and after Streamlit


def test_a_chosen_month_is_shown_before_streamlit_has_run_and_nothing_is_drawn_again(open_held):
    page, line = open_held(YEAR)
    page.evaluate(REMEMBER)
    line.holds = True
    choose(page, "month", "2025-05")
    expect(tile(page, "Events")).to_contain_text("4")
    expect(shown(page, "month")).to_have_text("May")
    charts_drawn(page)
    page.evaluate(WATCH)
    line.release(page)
    leads_to(page, MAY)
    expect(page).to_have_title("Events: Events in May 2025 · DASH")
    assert page.evaluate("window.written") == []
    assert page.evaluate(KEPT) == [True, True]
    expect(tile(page, "Events")).to_contain_text("4")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [("year", "all", "in all years"), ("speaker", "job-doornberg", "Job Doornberg")],
)
def test_every_list_of_the_bar_answers_before_streamlit_has_run(open_held, name, value, says):
    page, line = open_held(YEAR)
    line.holds = True
    choose(page, name, value)
    expect(headline(page)).to_contain_text(says)
    before = number(page)
    line.release(page)
    leads_to(page, f"{name}={value}")
    expect(headline(page)).to_contain_text(says)
    assert number(page) == before


def test_of_two_quick_choices_the_last_one_wins(open_page):
    page = open_page(YEAR)
    charts_drawn(page)
    pick(page, "month", "2025-05")
    pick(page, "month", "2025-12")
    leads_to(page, DECEMBER)
    is_december(page)
    charts_drawn(page)
    assert number(page) == number(open_page(DECEMBER))


def test_a_second_list_that_is_used_before_the_first_was_answered_adds_its_choice(open_page):
    page = open_page(YEAR)
    charts_drawn(page)
    pick(page, "month", "2025-12")
    pick(page, "speaker", "job-doornberg")
    leads_to(page, "/events?month=2025-12&speaker=job-doornberg")
    charts_drawn(page)
    expect(shown(page, "month")).to_have_text("December")
    expect(shown(page, "speaker")).to_contain_text("Job Doornberg")


def test_a_choice_before_the_last_is_answered_gives_it_up_and_back_goes_to_the_one_before(
    open_page,
):
    page, late = open_page(YEAR), []

    def answer(route):
        if "2025-03" in route.request.url:
            late.append(route)
        else:
            route.continue_()

    page.route(ROUTE, answer)
    choose(page, "month", "2025-05")
    leads_to(page, MAY)
    pick(page, "month", "2025-03")
    wait_for_first(page, late)
    choose(page, "month", "2025-12")
    with suppress(Error):  # the page has given it up
        late[0].continue_()
    leads_to(page, DECEMBER)
    ready(page)
    is_december(page)
    page.go_back()
    leads_to(page, MAY)
    expect(tile(page, "Events")).to_contain_text("4")
    expect(shown(page, "month")).to_have_text("May")


def is_december(page):
    expect(chips(page).first).to_have_text("Month: December 2025×")
    expect(shown(page, "month")).to_have_text("December")


def wait_for_first(page, found):
    for _ in range(200):
        if found:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the route was not asked")


def test_a_choice_is_taken_back_by_its_list(open_page):
    page = open_page(MAY)
    box(page, "month").select_option("")
    leads_to(page, YEAR)
    expect(chips(page)).to_have_count(0)
    expect(tile(page, "Events")).to_contain_text("29")


@pytest.mark.parametrize("how", ["it answers 500", "it is not reached"])
def test_where_the_route_fails_the_choice_comes_through_streamlit(open_page, how):
    page, asked = open_page(YEAR), []

    def fail(route):
        asked.append(route.request.url)
        if how == "it is not reached":
            route.abort()
        else:
            route.fulfill(status=500, body="")

    page.route(ROUTE, fail)
    choose(page, "month", "2025-05")
    expect(tile(page, "Events")).to_contain_text("4")
    expect(shown(page, "month")).to_have_text("May")
    leads_to(page, MAY)
    charts_drawn(page)
    assert asked


@pytest.mark.parametrize("at_once", [False, True])
def test_where_the_route_fails_back_comes_through_streamlit_too(open_page, at_once):
    page = open_page(YEAR)
    choose(page, "month", "2025-05")
    leads_to(page, MAY)
    if not at_once:  # else while the script of the choice still runs
        ready(page)
    page.route(ROUTE, lambda route: route.abort())
    page.go_back()
    leads_to(page, YEAR)
    expect(tile(page, "Events")).to_contain_text("29")
    expect(shown(page, "month")).to_have_text("Month")


BACK_AT_ONCE = """() => {
    const push = history.pushState;
    history.pushState = function (...given) {
        push.apply(this, given);
        history.pushState = push;
        setTimeout(() => history.back());
    };
}"""
"""Goes back in the moment in which the script says the address of a choice, before it draws its view."""


def test_back_before_the_script_drew_the_choice_shows_what_it_drew_before(open_page):
    page = open_page(YEAR)
    others = re.compile(r"/parts/events\?(?!.*month=)")
    page.route(others, lambda route: route.abort())
    page.evaluate(BACK_AT_ONCE)
    choose(page, "month", "2025-05")
    leads_to(page, YEAR)
    expect(tile(page, "Events")).to_contain_text("29")
    expect(shown(page, "month")).to_have_text("Month")


# --- More


def test_more_opens_by_keyboard_shows_counts_and_escape_gives_the_focus_back(open_page):
    page = open_page(YEAR)
    summary = page.locator("#more summary")
    tab_to(page, summary)
    page.keyboard.press("Enter")
    more = open_more(page)
    for one in more.locator("select").all():
        counts = one.locator("option:not([value=''])").all_text_contents()
        assert all(re.search(r" \([\d,]+\)$", text) for text in counts), counts
    tab_to(page, box(page, "kind"))
    page.keyboard.press("Escape")
    expect(more).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    see_focus(page)


def test_more_stays_open_over_choices_with_the_counts_that_are_left(open_page):
    page = open_page(YEAR)
    more = open_more(page)
    before = box(page, "country").locator("option").all_text_contents()
    choose(page, "kind", "lecture")
    leads_to(page, "/events?year=2025&kind=lecture")
    expect(more.locator("summary")).to_have_text("More (1)")
    expect(more).to_have_attribute("open", "")
    expect(box(page, "country").locator("option")).not_to_have_text(before)
    choose(page, "kind", "meeting")
    leads_to(page, "/events?year=2025&kind=lecture&kind=meeting")
    page.keyboard.press("Escape")
    pressable(page, "-kind=lecture").click()
    leads_to(page, "/events?year=2025&kind=meeting")


def test_words_are_searched_for_from_more(open_page):
    page = open_page(YEAR)
    words = open_more(page).get_by_label("Words", exact=True)
    words.fill("surgeons")
    words.press("Enter")
    leads_to(page, "/events?year=2025&text=surgeons")
    expect(pressable(page, "-text=surgeons")).to_be_visible()


def test_a_day_that_is_chosen_in_more_is_in_the_address_and_its_chip_takes_it_back(open_page):
    page = open_page(YEAR)
    more = open_more(page)
    more.get_by_label("First day").fill("2025-03-01")
    leads_to(page, "/events?from=2025-03-01")
    expect(shown(page, "year")).to_have_text("Since 1 March 2025")
    last = more.get_by_label("Last day")
    expect(last).to_have_attribute("min", "2025-03-01")
    last.fill("2025-06-15")
    leads_to(page, "/events?from=2025-03-01&to=2025-06-15")
    expect(headline(page)).to_contain_text("8 events between 1 March and 15 June 2025")
    page.keyboard.press("Escape")
    pressable(page, "-to=2025-06-15").click()
    leads_to(page, "/events?from=2025-03-01")
    pressable(page, "-from=2025-03-01").click()
    leads_to(page, YEAR)
    expect(tile(page, "Events")).to_contain_text("29")


def test_a_press_beside_more_closes_it(open_page):
    page = open_page(YEAR)
    more = open_more(page)
    page.get_by_test_id("stMain").click(position={"x": 4, "y": 500})  # its margin
    expect(more).not_to_have_attribute("open", "")


@pytest.mark.parametrize("scheme", GROUNDS)
def test_axe_finds_nothing_serious_behind_more(open_page, scheme):
    page = open_page(YEAR, scheme=scheme)
    open_more(page)
    assert ours(page) == []
    assert page.evaluate("window.refused") == []


# --- a phone


def test_a_phone_reaches_every_filter_and_nothing_overflows(open_page):
    page = open_page(YEAR, width=390, height=844)
    for name in ("year", "month"):
        is_within(box(page, name), 390)
    open_more(page)
    for one in page.locator("#more select").filter(visible=True).all():
        one.scroll_into_view_if_needed()
        is_within(one, 390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    choose(page, "speaker", "job-doornberg")
    expect(tile(page, "Events")).to_contain_text("10")
    leads_to(page, "/events?year=2025&speaker=job-doornberg")


def is_within(found, width):
    """It is seen as wide as it is, and large enough for a finger."""
    place = found.bounding_box()
    assert place["x"] >= 0, place
    assert place["x"] + place["width"] <= width, place
    assert min(place["width"], place["height"]) >= 24, place
