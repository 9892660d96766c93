"""The frame of every page: what is pressed, charts that stay, and a chart on its own."""

import re
import struct
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.ui.elements import PICTURE_WIDTH
from tests.browser.conftest import (
    chart,
    charts_drawn,
    chips,
    choose,
    headline,
    press_mark,
    pressable,
    tile,
)
from tests.browser.test_pages import PAGES
from tests.support.serving import ready, wait_until

pytestmark = pytest.mark.browser
JOB = "speaker=job-doornberg"


def query(page):
    return dict(parse_qsl(urlsplit(page.url).query))


def leads_to(page, path, **pairs):
    """The address is this in the end: it comes a moment after what is drawn."""
    query = "&".join(f"{name}={value}" for name, value in pairs.items())
    expect(page).to_have_url(re.compile(rf"{re.escape(f'{path}?{query}')}$"))


# --- what is pressed


def test_a_press_changes_the_address_and_the_page_without_loading_it_again(open_page):
    page = open_page("/events?year=2025")
    page.evaluate("window.stays = true")
    pressable(page, JOB).first.click()
    expect(tile(page, "Events")).to_contain_text("10")
    leads_to(page, "/events", year="2025", speaker="job-doornberg")
    expect(chips(page)).to_have_text(["Person: Job Doornberg×", "Clear"])
    assert page.evaluate("window.stays")
    page.go_back()
    expect(tile(page, "Events")).to_contain_text("29")
    expect(chips(page)).to_have_count(0)
    page.go_forward()
    expect(tile(page, "Events")).to_contain_text("10")
    chips(page).first.click()
    expect(tile(page, "Events")).to_contain_text("29")
    leads_to(page, "/events", year="2025")
    assert page.evaluate("window.stays")


@pytest.mark.matrix(1)
@pytest.mark.parametrize("how", ["with Ctrl", "with the middle button"])
def test_what_can_be_pressed_opens_in_a_new_tab_with_the_same_view(open_page, window, how):
    page = open_page("/events?year=2025")
    with window.expect_page() as opened:
        if how == "with Ctrl":
            pressable(page, JOB).first.click(modifiers=["Control"])
        else:
            pressable(page, JOB).first.click(button="middle")
    other = opened.value
    ready(other)
    expect(tile(other, "Events")).to_contain_text("10")
    assert (urlsplit(other.url).path, query(other)) == (
        "/events",
        {"year": "2025", "speaker": "job-doornberg"},
    )
    other.close()
    expect(tile(page, "Events")).to_contain_text("29")
    assert query(page) == {"year": "2025"}


def test_a_fold_that_is_open_stays_open_when_the_page_is_filtered(open_page):
    page = open_page("/events?year=2025")
    fold = page.locator("#fold-tables")
    fold.locator("summary").click()
    expect(fold).to_have_attribute("open", "")
    choose(page, "month", "2025-05")
    expect(tile(page, "Events")).to_contain_text("4")
    expect(fold).to_have_attribute("open", "")


def test_two_filters_in_quick_succession_end_with_the_last(open_page):
    page = open_page("/events?year=2025")
    charts_drawn(page)
    acts = page.evaluate(
        "[...document.querySelectorAll('.ours a[data-act]')].map(a => a.dataset.act)"
    )
    people = list(dict.fromkeys(act for act in acts if act.startswith("speaker=")))[:2]
    page.evaluate(
        """acts => {
            for (const act of acts) document.querySelector(`.ours a[data-act="${act}"]`).click();
        }""",
        people,
    )
    ready(page)
    expect(page).to_have_url(re.compile(f"{re.escape(people[1])}$"))
    expect(chips(page)).to_have_count(2)
    number = tile(page, "Events").inner_text().split()[0]
    again = open_page(f"/events?year=2025&{people[1]}")
    assert tile(again, "Events").inner_text().split()[0] == number


# --- charts


REMEMBER = """document.querySelectorAll('.chart-room, .js-plotly-plot').forEach(one => { one.kept = true })"""
KEPT = """[...document.querySelectorAll('.chart-room, .js-plotly-plot')].map(one => Boolean(one.kept))"""


def test_a_chart_is_drawn_again_in_its_place_and_not_built_anew(open_page):
    page = open_page("/events?year=2025")
    room = chart(page, "timeline").locator(".chart-room")
    before = room.get_attribute("data-drawn")
    page.evaluate(REMEMBER)
    pressable(page, JOB).first.click()
    expect(tile(page, "Events")).to_contain_text("10")
    expect(room).not_to_have_attribute("data-drawn", before)
    assert page.evaluate(KEPT) == [True, True]
    expect(page.locator(".js-plotly-plot")).to_have_count(1)


def test_a_click_on_a_mark_opens_what_it_stands_for(open_page):
    page = open_page("/events?year=2025")
    press_mark(page, "timeline", "event=frontiers-in-orthopaedic-research-and-translation")
    expect(page.get_by_role("dialog")).to_contain_text("1st Frontiers in Orthopaedic Research")
    expect(page).to_have_url(
        re.compile(r"event=frontiers-in-orthopaedic-research-and-translation(&|$)")
    )


def test_leaving_a_page_and_coming_back_draws_its_charts(open_page):
    page = open_page("/events?year=2025")
    charts_drawn(page)
    for _ in range(2):
        menu(page, "Trainings")
        expect(page).to_have_url(re.compile("/trainings"))
        charts_drawn(page)
        menu(page, "Events")
        expect(page).to_have_url(re.compile("/events"))
        expect(tile(page, "Organised by us")).to_be_visible()
        assert charts_drawn(page) == 1
        expect(chart(page, "timeline").locator(".points path").first).to_be_visible()


def menu(page, name):
    page.get_by_test_id("stTopNavLink").get_by_text(name, exact=True).click()


def test_a_page_without_charts_leads_to_one_with_charts(open_page):
    page = open_page("/publish")
    assert page.evaluate("window.Plotly === undefined")
    menu(page, "Events")
    expect(tile(page, "Events")).to_be_visible()
    assert charts_drawn(page) == 1
    assert page.evaluate("document.querySelectorAll('script[data-plotly]').length") == 1


@pytest.mark.parametrize("link", ["/events?year=2025", "/publish"])
def test_a_chart_library_that_did_not_come_at_first_is_asked_for_again(window, address, link):
    page = window.new_page()
    failed = []

    def fail_once(route):
        if failed:
            route.continue_()
        else:
            failed.append(route.request.url)
            route.abort()

    page.route("**/plotly-basic.min.js?*", fail_once)
    page.goto(address + link)
    ready(page)
    if link == "/publish":
        menu(page, "Events")
    expect(tile(page, "Events")).to_be_visible()
    assert charts_drawn(page) == 1
    assert len(failed) == 1
    page.close()


def test_a_chart_is_saved_as_a_picture_that_is_called_what_it_shows(open_page):
    page = open_page("/events?year=2025&speaker=job-doornberg", width=1024)
    place = chart(page, "timeline")
    place.hover()
    with page.expect_download() as download:
        place.get_by_role("button", name="Save as picture").click()
    assert download.value.suggested_filename == "dash-timeline-2025-job-doornberg.png"
    picture = download.value.path().read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    assert width == 2 * PICTURE_WIDTH  # as large as a slide, whatever the window is
    assert height > 200


def test_a_chart_fills_the_screen_and_comes_back(open_page):
    page = open_page("/events?year=2025")
    place = chart(page, "timeline")
    before = place.bounding_box()
    place.hover()
    place.get_by_role("button", name="Full screen").click()
    wait_until(page, "document.fullscreenElement?.className === 'chart-room'")
    wait_until(
        page,
        f"document.fullscreenElement.querySelector('.main-svg').clientHeight > {before['height'] + 100}",
    )
    page.keyboard.press("Escape")
    page.evaluate("document.exitFullscreen?.().catch(() => {})")
    wait_until(page, "document.fullscreenElement === null")
    wait_until(
        page,
        f"Math.abs(document.querySelector('.main-svg').clientHeight - {before['height']}) < 40",
    )


def test_a_chart_is_drawn_anew_for_another_width(open_page):
    page = open_page("/events?year=2025")
    chart(page, "timeline")
    for width in (1024, 390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        wait_until(
            page,
            """(() => { const place = document.querySelector('.chart-drawing').clientWidth;
                return Math.abs(document.querySelector('.main-svg').getBoundingClientRect().width - place) < 2; })()""",
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width


# --- a phone


@pytest.mark.matrix(4)
@pytest.mark.parametrize("path", PAGES)
def test_a_phone_shows_the_finding_and_needs_no_scrolling_sideways(open_page, path):
    page = open_page(f"{path}?year=2025", width=390, height=844)
    charts_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    expect(page.locator(".st-key-share")).to_be_hidden()
    expect(page.locator(".st-key-deeds")).to_be_visible()
    if path != "/records":
        expect(headline(page)).to_be_in_viewport()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_bar_is_one_line_on_a_projector_of_1024_pixels_with_room_for_a_question(
    open_page, language
):
    page = open_page(f"/events?year=2025&lang={language}", width=1024)
    pressed = page.locator(".st-key-bar :is(input, select, summary, button):visible").all()
    places = [one.bounding_box() for one in pressed]
    middles = [place["y"] + place["height"] / 2 for place in places]
    assert max(middles) - min(middles) <= 1
    assert len(pressed) == 7
    assert places[0]["width"] > 240


def test_a_phone_shares_from_the_menu_of_its_bar_and_chooses_a_person_behind_more(open_page):
    page = open_page("/events?year=2025", width=390, height=844)
    page.locator(".st-key-deeds button").locator("visible=true").click()
    page.get_by_role("menuitem", name="Share").or_(page.get_by_role("option", name="Share")).click()
    expect(page.get_by_role("dialog")).to_contain_text("Link")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    choose(page, "speaker", "job-doornberg")
    expect(tile(page, "Events")).to_contain_text("10")


# --- safety


def test_nothing_on_a_page_is_refused_by_the_content_policy(open_page):
    page = open_page("/events?year=2025")
    charts_drawn(page)
    pressable(page, JOB).first.click()
    expect(tile(page, "Events")).to_contain_text("10")
    assert page.evaluate("window.refused") == []
