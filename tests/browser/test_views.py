"""What people do: open a link, filter, go back, click a bar, share, download."""

import csv
import io
import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.model.filter_links import parse_link
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.query.metrics import METRICS, evaluate
from dashboard.store import Store
from tests.browser.conftest import (
    chips,
    choose,
    headline,
    leads_to,
    press_mark,
    pressable,
    shown,
    tile,
)
from tests.conftest import publish_folder
from tests.support.serving import ready, served, wait_until

pytestmark = pytest.mark.browser


def test_the_first_request_to_a_fresh_server_may_be_a_deep_link(store, browser, open_page):
    with served(store.root) as fresh:
        page = open_page("/events?speaker=job-doornberg&month=2025-05&role=keynote", base=fresh)
        assert page.title() == "Events: Keynotes by Job Doornberg in May 2025 · DASH"
        expect(headline(page)).to_contain_text("Job Doornberg")
        expect(tile(page, "Events")).to_contain_text("1")
        expect(chips(page)).to_have_text(
            ["Month: May 2025×", "Person: Job Doornberg×", "Role: Keynote×", "Clear"]
        )
        expect(shown(page, "month")).to_have_text("May")
        expect(shown(page, "speaker")).to_have_text(re.compile("^Job Doornberg"))
        expect(page.get_by_test_id("stTopNavLink")).to_have_count(8)


@pytest.mark.long
def test_a_link_without_a_year_shows_the_latest_and_writes_it(open_page):
    page = open_page("/events")
    leads_to(page, "/events?year=2025")
    expect(shown(page, "year")).to_have_text("2025")
    expect(headline(page)).to_contain_text("29 events in 2025")


def test_a_filter_changes_the_url_and_back_undoes_it(open_page):
    page = open_page("/events?year=2025")
    choose(page, "month", "2025-05")
    expect(chips(page).first).to_have_text("Month: May 2025×")
    leads_to(page, "/events?month=2025-05")
    expect(tile(page, "Events")).to_contain_text("4")
    page.go_back()
    expect(chips(page)).to_have_count(0)
    expect(tile(page, "Events")).to_contain_text("29")
    expect(shown(page, "month")).to_have_text("Month")
    page.go_forward()
    expect(tile(page, "Events")).to_contain_text("4")
    expect(shown(page, "month")).to_have_text("May")


def test_filters_survive_page_changes_and_reload(open_page):
    page = open_page("/events?country=DE&year=2025")
    page.get_by_test_id("stTopNavLink").get_by_text("Map", exact=True).click()
    leads_to(page, "/map?year=2025&country=DE")
    expect(chips(page)).to_have_text(["Country: Germany×", "Clear"])
    page.reload()
    ready(page)
    expect(chips(page)).to_have_text(["Country: Germany×", "Clear"])
    page.go_back()
    page.go_back()
    expect(page).to_have_title(re.compile("^Events"))
    expect(chips(page)).to_have_text(["Country: Germany×", "Clear"])


def test_what_is_wrong_in_a_link_is_said_and_the_rest_is_shown(open_page):
    page = open_page(
        "/events?speaker=nobody&month=2025-13&country=AT&pillar=<img src=x onerror=alert(1)>"
    )
    for said in ("speaker=nobody is not known here", "month=2025-13 is not understood", "pillar="):
        expect(page.locator(".notice", has_text=said)).to_be_visible()
    expect(page.locator(".notice img")).to_have_count(0)
    expect(chips(page)).to_have_text(["Country: Austria×", "Clear"])
    leads_to(page, "/events?year=2025&country=AT")


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
        expect(tile(page, "Events")).to_contain_text(str(expected))
        expect(page.locator(".agenda-row")).to_have_count(expected)


def test_a_click_on_an_event_opens_it_and_its_link_opens_it_again(open_page):
    page = open_page("/events?year=2025")
    press_mark(page, "timeline", "event=frontiers-in-orthopaedic-research-and-translation")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1st Frontiers in Orthopaedic Research and Translation")
    expect(dialog).to_contain_text("Hong Kong")
    leads_to(page, "/events?year=2025&event=frontiers-in-orthopaedic-research-and-translation")
    again = open_page(urlsplit(page.url).path + "?" + urlsplit(page.url).query)
    expect(again.get_by_role("dialog")).to_contain_text("Job Doornberg")
    again.get_by_role("dialog").get_by_label("Close").click()
    expect(again.get_by_role("dialog")).to_have_count(0)
    expect(again).to_have_url(re.compile(r"/events\?year=2025$"))


@pytest.mark.long
@pytest.mark.matrix(1)
@pytest.mark.parametrize("metric", ["events_held", "training_participants", "funding_received"])
def test_every_card_says_what_is_behind_it(open_page, version, metric):
    page = open_page(f"/?why={metric}")
    quantity = evaluate(version, METRICS[metric], Filters(year=2025))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(METRICS[metric].counted)
    if quantity.value is not None and METRICS[metric].unit != "euro":
        expect(dialog.locator("tfoot")).to_contain_text(f"{quantity.value:,}")


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
    expect(page.locator(".stApp")).to_have_css("background-color", "rgb(23, 22, 20)")
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
    leads_to(page, "place=groningen-nl")
    page.get_by_role("link", name="all places").click()
    expect(groningen).to_have_count(0)
    page.get_by_role("link", name="Amsterdam 2").click()
    expect(page.get_by_role("heading", name="Amsterdam: 2 events")).to_be_visible()
    leads_to(page, "place=amsterdam-nl")
    page.go_back()
    page.go_back()
    expect(groningen).to_be_visible()


def test_people_stand_by_month_after_one_press_and_a_cell_opens_its_contributions(open_page):
    page = open_page("/people?year=2025")
    page.get_by_role("link", name="by month").click()
    expect(page.get_by_role("heading", name="In which month")).to_be_visible()
    page.get_by_role("link", name="Job Doornberg, Dec: 3").click()
    expect(page.get_by_role("dialog")).to_contain_text("Contributions")
    expect(page).to_have_url(
        re.compile(r"why=contributions~speaker\.job-doornberg~month\.2025-12(&|$)")
    )
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    leads_to(page, "/people?year=2025&by=month")


@pytest.mark.long
def test_the_wheel_over_the_map_scrolls_the_page_and_the_map_stays(open_page):
    page = open_page("/map?year=2025&view=world")
    drawing = page.locator(".js-plotly-plot").first
    drawing.scroll_into_view_if_needed()

    def shown():
        return drawing.evaluate("drawn => drawn._fullLayout.xaxis.range")

    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    drawing.hover()
    before, drawn = page.evaluate(scrolled), shown()
    page.mouse.wheel(0, 240)
    wait_until(page, f"{scrolled} > {before}")
    assert shown() == drawn


@pytest.mark.long
def test_an_empty_selection_says_what_to_change(open_page):
    page = open_page("/events?month=2025-07&country=AT")
    expect(page.locator(".empty").first).to_be_visible()
    expect(tile(page, "Events")).to_contain_text("0")
    pressable(page, "-country=AT").click()
    leads_to(page, "/events?month=2025-07")


@pytest.mark.long
def test_a_new_version_is_shown_on_the_next_interaction(tmp_path, records, edit, open_page):
    store = Store(tmp_path / "store")
    publish_folder(store, records)
    with served(store.root) as base:
        page = open_page("/events?month=2025-05", base=base)
        expect(tile(page, "Events")).to_contain_text("4")
        edit("events", "2025-05-08", "2025-06-08")
        publish_folder(store, records)
        chips(page).first.click()  # the next interaction
        expect(tile(page, "Events")).to_contain_text("29")
        ready(page)
        choose(page, "month", "2025-05")
        expect(tile(page, "Events")).to_contain_text("3")


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
