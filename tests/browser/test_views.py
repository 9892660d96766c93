"""What people do: open a link, filter, go back, click a bar, share, download."""

import csv
import io
import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.model.filters import Filters, parse_link
from dashboard.query import questions
from dashboard.query.metrics import METRICS, evaluate
from dashboard.store import Store
from tests.conftest import publish_folder
from tests.support.serving import ready, served

pytestmark = pytest.mark.browser


def title(page):
    return page.locator("h1").inner_text()


def query(page):
    return sorted(parse_qsl(urlsplit(page.url).query))


def sidebar(page):
    return page.get_by_test_id("stSidebar")


def test_the_first_request_to_a_fresh_server_may_be_a_deep_link(store, browser, open_page):
    with served(store.root) as fresh:
        page = open_page("/events?speaker=job-doornberg&month=2025-05&role=keynote", base=fresh)
        assert title(page) == "Keynotes by Job Doornberg in May 2025"
        assert page.title() == "Events: Keynotes by Job Doornberg in May 2025 · DASH"
        expect(sidebar(page).get_by_text("Job Doornberg (1)")).to_be_visible()
        expect(page.get_by_test_id("stTopNavLink")).to_have_count(8)


@pytest.mark.long
def test_a_link_without_a_year_shows_the_latest_and_writes_it(open_page):
    page = open_page("/events")
    assert title(page) == "Events in 2025"
    assert query(page) == [("year", "2025")]


def test_a_filter_changes_the_url_and_back_undoes_it(open_page):
    page = open_page("/events?year=2025")
    sidebar(page).get_by_text("May 4", exact=True).click()
    expect(page.locator("h1")).to_have_text("Events in May 2025")
    assert query(page) == [("month", "2025-05")]
    page.go_back()
    expect(page.locator("h1")).to_have_text("Events in 2025")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Events in May 2025")


def test_filters_survive_page_changes_and_reload(open_page):
    page = open_page("/events?country=DE&year=2025")
    page.get_by_test_id("stTopNavLink").get_by_text("Map").click()
    expect(page.locator("h1")).to_have_text("Events in DE in 2025, on the map")
    assert query(page) == [("country", "DE"), ("year", "2025")]
    page.reload()
    ready(page)
    assert title(page) == "Events in DE in 2025, on the map"
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Events in DE in 2025")


def test_what_is_wrong_in_a_link_is_said_and_the_rest_is_shown(open_page):
    page = open_page(
        "/events?speaker=nobody&month=2025-13&country=AT&pillar=<img src=x onerror=alert(1)>"
    )
    assert title(page) == "Events in AT in 2025"
    for said in ("speaker=nobody is not known here", "month=2025-13 is not understood", "pillar="):
        expect(page.get_by_text(said).first).to_be_visible()
    assert query(page) == [("country", "AT"), ("year", "2025")]


@pytest.fixture(scope="module")
def version(store):
    return Store(store.root).open()


@pytest.mark.long
def test_the_page_and_the_command_line_agree_for_a_speaker_a_country_a_month_and_an_empty_one(
    version, open_page
):
    """For every speaker, month and country: tests/ui/test_pages.py, without a browser."""
    page = open_page("/events")
    for filters in (
        Filters(year=2025, speaker=("job-doornberg",)),
        Filters(year=2025, country=("AT",)),
        Filters(month=("2025-05",)),
        Filters(month=("2025-08",)),
    ):
        page.goto(page.url.split("/events")[0] + filters.url("events"))
        ready(page)
        expected = len(questions.records(version, "events", filters))
        if expected:
            heading = f"Agenda: {expected} event{'s' if expected > 1 else ''} held"
            expect(page.get_by_text(heading, exact=True)).to_be_visible()
        else:
            expect(page.get_by_text("No events here.")).to_be_visible()


def test_a_click_on_a_bar_filters_by_month_and_another_by_speaker(open_page):
    page = open_page("/events?year=2025")
    bars = page.locator(".barlayer").nth(1).locator(".points .point path")
    page.get_by_text("December 2025 had the most events").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    chart = page.get_by_test_id("stPlotlyChart").nth(1)
    box = chart.bounding_box()
    assert bars.count()
    chart.click(position={"x": box["width"] * 0.97 - 8, "y": box["height"] * 0.6})
    expect(page.locator("h1")).to_have_text("Events in December 2025")
    ready(page)
    page.wait_for_timeout(1000)  # the charts slide into their new places
    speakers = page.get_by_test_id("stPlotlyChart").nth(2)
    speakers.scroll_into_view_if_needed()
    speakers.locator(".points .point path").last.click(force=True)
    expect(page.locator("h1")).to_have_text(re.compile("with .+ in December 2025"))


def test_a_click_on_an_event_opens_it_and_its_link_opens_it_again(open_page):
    page = open_page("/events?month=2025-09")
    page.get_by_test_id("stPlotlyChart").first.locator(".points path.point").last.click(force=True)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1st Frontiers in Orthopaedic Research and Translation")
    expect(dialog).to_contain_text("Hong Kong, HK")
    assert ("event", "frontiers-in-orthopaedic-research-and-translation") in query(page)
    again = open_page(urlsplit(page.url).path + "?" + urlsplit(page.url).query)
    expect(again.get_by_role("dialog")).to_contain_text("Job Doornberg")
    again.get_by_role("dialog").get_by_label("Close").click()
    expect(again.get_by_role("dialog")).to_have_count(0)
    expect(again).to_have_url(re.compile(r"month=2025-09$"))


@pytest.mark.long
@pytest.mark.matrix(1)
@pytest.mark.parametrize("metric", ["events_held", "training_participants", "funding_received"])
def test_every_card_says_what_is_behind_it(open_page, version, metric):
    page = open_page(f"/?why={metric}")
    quantity = evaluate(version, METRICS[metric], Filters(year=2025))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"{METRICS[metric].label}: {METRICS[metric].words(quantity)}")
    expect(dialog).to_contain_text(METRICS[metric].counted)


def test_the_link_is_copied_without_https_too(open_page):
    page = open_page("/events?country=PT&year=2025")
    # as on http://
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.evaluate(
        "document.addEventListener('copy', () => { window.copied = document.activeElement.value; })"
    )
    page.get_by_role("button", name="Share", exact=True).first.click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    # drawn again, as at the end of a slow run, it says so still
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".stApp")).to_have_css("background-color", "rgb(20, 23, 28)")
    page.wait_for_timeout(900)
    expect(page.get_by_text("Copied")).to_be_visible()
    assert parse_link(page.evaluate("window.copied"))[0] == Filters(year=2025, country=("PT",))
    expect(page.get_by_text("open on this computer only")).to_be_visible()


def test_the_download_holds_what_the_screen_shows(open_page, version):
    page = open_page("/events?country=DE&year=2025")
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").last.get_by_role("button").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    shown = questions.records(version, "events", Filters(year=2025, country=("DE",)))
    assert [row["Event"] for row in rows] == [event["title"] for event in shown]
    assert rows[0]["Note on the date"] == "1–2 October 2025"


def test_a_press_on_a_mark_or_a_row_lists_the_events_of_the_place(open_page):
    page = open_page("/map?year=2025")
    expect(page.locator(".places-sum")).to_have_text(
        "22 on the map + 0 online + 7 without a stated place = 29 events"
    )
    mark = page.locator("[data-chart=map] .point").first.bounding_box()  # the largest
    page.mouse.click(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    groningen = page.get_by_role("heading", name="Groningen: 8 events")
    expect(groningen).to_be_visible()
    assert ("place", "groningen-nl") in query(page)
    page.get_by_role("link", name="all places").click()
    expect(groningen).to_have_count(0)
    page.get_by_role("link", name="Amsterdam 2").click()
    expect(page.get_by_role("heading", name="Amsterdam: 2 events")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(groningen).to_be_visible()


def test_people_stand_by_month_after_one_press_and_a_cell_opens_its_contributions(open_page):
    page = open_page("/people?year=2025")
    page.get_by_role("link", name="by month").click()
    expect(page.get_by_role("heading", name="In which month")).to_be_visible()
    page.get_by_role("link", name="Job Doornberg, Dec: 3").click()
    expect(page.get_by_role("dialog")).to_contain_text("Contributions")
    assert ("why", "contributions~speaker.job-doornberg~month.2025-12") in query(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert ("by", "month") in query(page)


@pytest.mark.long
def test_the_wheel_over_the_map_scrolls_the_page_and_the_map_stays(open_page):
    page = open_page("/map?year=2025&view=world")
    drawing = page.locator(".js-plotly-plot").first
    drawing.scroll_into_view_if_needed()

    def shown():
        return drawing.evaluate("drawn => drawn._fullLayout.xaxis.range")

    def scrolled():
        return page.get_by_test_id("stMain").evaluate("main => main.scrollTop")

    drawing.hover()
    before, drawn = scrolled(), shown()
    page.mouse.wheel(0, 240)
    page.wait_for_timeout(700)
    assert (scrolled() > before, shown()) == (True, drawn)


@pytest.mark.long
def test_an_empty_selection_says_what_to_change(open_page):
    page = open_page("/events?month=2025-07&country=AT")
    expect(page.get_by_text("Remove one of the filters (month, country)")).to_be_visible()


@pytest.mark.matrix(1)
@pytest.mark.parametrize("path", ["/", "/events"])
def test_a_phone_shows_one_column_without_sideways_scrolling(open_page, path):
    page = open_page(path, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(sidebar(page)).not_to_be_in_viewport()


@pytest.mark.long
def test_a_new_version_is_shown_on_the_next_interaction(tmp_path, records, edit, open_page):
    store = Store(tmp_path / "store")
    publish_folder(store, records)
    with served(store.root) as base:
        page = open_page("/events?month=2025-05", base=base)
        expect(page.get_by_text("Agenda: 4 events")).to_be_visible()
        edit("events", "2025-05-08", "2025-06-08")
        publish_folder(store, records)
        sidebar(page).get_by_text("May 4", exact=True).click()
        sidebar(page).get_by_text("May 3", exact=True).click()
        expect(page.get_by_text("Agenda: 3 events")).to_be_visible()


@pytest.mark.long
def test_health_asks_the_store_a_question_and_goes_red_for_a_damaged_one(
    tmp_path, records, browser
):
    store = Store(tmp_path / "store")
    version = publish_folder(store, records).version
    with served(store.root) as base:
        page = browser.new_page()
        assert json.loads(page.goto(f"{base}/health").text()) == {
            "status": "ok",
            "version": version.id,
        }
        version.database.write_bytes(b"broken")
        answer = page.goto(f"{base}/health")
        assert answer.status == 503
        assert str(tmp_path) not in answer.text()
        page.close()
