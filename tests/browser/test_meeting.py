"""The meeting, from the first filter to the files that are taken home: what is shared stays true
after the data has changed, and every file, opened with a reader that is not ours, says what the
page says.
"""

import csv
import io
import json
import re
import urllib.request
import zipfile
from datetime import date
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from icalendar import Calendar
from playwright.sync_api import expect
from pptx import Presentation

from dashboard.server import responses
from dashboard.store import Store
from dashboard.text.dates import format_day
from tests.browser.conftest import chart, choose, drawn, headline, tile
from tests.conftest import ROOT, publish_folder, replace_in
from tests.support.serving import ready, served, write_in

pytestmark = pytest.mark.browser
THEN, NOW = "≈444", "≈460"
BACHELOR = "Trainings at level Bachelor in 2025"
BUSIEST = "Most in December, nothing recorded in July and August"


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A dashboard of its own, whose data changes in the middle of the meeting."""
    records, store = tmp_path_factory.mktemp("records"), Store(tmp_path_factory.mktemp("meeting"))
    for path in (ROOT / "data").glob("*.csv"):
        (records / path.name).write_bytes(path.read_bytes())
    publish_folder(store, records)
    with served(store.root) as address:
        yield store, records, address


@pytest.fixture
def enter(window, room):
    """Open a link of the meeting in a tab of its own."""
    pages = []

    def open_(link):
        pages.append(drawn(window, link if link.startswith("http") else room[2] + link))
        return pages[-1]

    yield open_
    for page in pages:
        page.close()


def share(page, key="", pinned=False):
    """Open the dialog of the page, or of the chart of that name, and give its links: long and
    short.
    """
    place = page.locator(".st-key-share")
    if key:
        place = chart(page, key)
        place.hover()
    place.get_by_role("button", name="Share", exact=True).click()
    dialog = page.get_by_role("dialog")
    short = dialog.get_by_label("Short link", exact=True)
    expect(short).to_have_value(re.compile("/s/[a-z2-7]+$"))
    if pinned:
        live = short.input_value()
        dialog.get_by_text("Pinned: stays as shown").click()
        expect(dialog.get_by_label("Link", exact=True)).to_have_value(
            re.compile("[?&]v=[0-9a-f]{16}")
        )
        expect(short).not_to_have_value(live)  # the two fields do not change in one frame
    return dialog.get_by_label("Link", exact=True).input_value(), dialog.get_by_label(
        "Short link"
    ).input_value()


def day_in(link):
    """The day on which a pinned link says that it was made."""
    return date.fromisoformat(dict(parse_qsl(urlsplit(link).query))["on"])


def keep(page, title, meeting):
    """Keep what the dialog shares, at the end of a meeting."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Keep it under a name").click()
    dialog.get_by_label("Title").fill(title)
    dialog.get_by_label("Note").fill("Discussed in the board, item 4")
    write_in(page, dialog.get_by_role("combobox", name="Meeting"), meeting)
    dialog.get_by_role("button", name="Keep", exact=True).click()
    expect(dialog).to_contain_text(f"Kept as “{title}” under {meeting}")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def says(page, number, coverage="from 2 of 3 trainings"):
    """The page is that of the trainings for bachelor students, and this many were trained."""
    expect(headline(page)).to_contain_text(BACHELOR)
    expect(headline(page).locator("b").first).to_have_text(re.compile(f"about {number[1:]} people"))
    found = tile(page, "People trained")
    expect(found).to_have_text(re.compile(rf"^\s*≈\s*{number[1:]}\s*{coverage}\s*$"))


def taken(page, name, button="Take along"):
    """Download a file from the dialog, or from a button of the page."""
    if button:
        page.get_by_role("button", name=button, exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    if button:
        page.get_by_role("button", name="Close").click()
        expect(page.get_by_role("dialog")).to_be_hidden()
    return download.value.suggested_filename, download.value.path().read_bytes()


def slides(data):
    """The texts of each slide, its tables included, read without the library that wrote them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(
            (n for n in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)),
            key=lambda n: int(re.sub(r"\D", "", n)),
        )
        trees = [ET.fromstring(archive.read(name)) for name in names]
    paragraph, text = (
        f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}" for name in "pt"
    )
    return [
        "\n".join("".join(t.text or "" for t in p.iter(text)) for p in tree.iter(paragraph))
        for tree in trees
    ]


def charts(data):
    """The workbooks behind the native charts: rows of cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        books = [
            archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".xlsx")
        ]
    return [list(openpyxl.load_workbook(io.BytesIO(book)).active.values) for book in books]


def sums(data):
    """What the numbers of each native chart add up to."""
    return [
        sum(cell for row in rows[1:] for cell in row[1:] if isinstance(cell, int | float))
        for rows in charts(data)
    ]


@pytest.fixture(scope="module")
def shared(room, window):
    """The first half: a filter, a pinned view and a live chart are kept, and then the data changes."""
    store, records, address = room
    first = responses.read_today()
    page = drawn(window, address + "/trainings?year=2025")
    choose(page, "level", "bachelor")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("level=bachelor"))
    says(page, THEN)
    _, deck = taken(page, "PowerPoint")
    links = share(page, pinned=True)
    on = day_in(links[0])
    assert first <= on <= responses.read_today()
    keep(page, "Bachelor students", "Board of March")
    page.goto(f"{address}/events?year=2025")
    ready(page)
    alone = share(page, "timeline")
    keep(page, "The busiest months", "Board of March")
    replace_in(records, "trainings", ",,44,exact,", ",,60,exact,")
    publish_folder(store, records, "one training corrected")
    page.close()
    return {"pinned": links, "on": on, "chart": alone, "deck": deck}


def test_the_pinned_link_shows_the_numbers_of_then_and_says_which_differ_now_and_why(
    room, browser, shared
):
    context = browser.new_context()  # somebody else's
    page = drawn(context, shared["pinned"][1])
    assert f"v={room[0].versions()[-1].id}" in page.url
    strip = page.locator(".st-key-pinned")
    expect(strip).to_contain_text(
        f"As shown on {format_day(shared['on'])}; 1 of 3 numbers differs now: participants in trainings about 444 (from 2 of 3 trainings, of"
        " which 1 disputed) → about 460 participants (from 2 of 3 trainings, of which 1 disputed), because 1 training was corrected."
    )
    says(page, THEN)
    strip.get_by_text("What has changed since").click()
    changed = page.get_by_role("dialog", name="What has changed since")
    expect(
        changed.get_by_role(
            "link", name="Digital health and AI in the first-year dentistry curriculum"
        )
    ).to_be_visible()
    page.keyboard.press("Escape")
    expect(changed).to_be_hidden()
    strip.get_by_text("Now", exact=True).click()
    says(page, NOW)
    page.wait_for_url(re.compile("show=now"))
    page.go_back()
    says(page, THEN)
    context.close()


@pytest.mark.long
def test_the_long_and_the_short_link_open_the_same_view_and_a_live_one_follows_the_data(
    room, enter, shared
):
    page = enter(shared["pinned"][0])
    says(page, THEN)
    live = re.sub(r"&(v|on)=[^&]*", "", shared["pinned"][0])
    page.goto(live)
    ready(page)
    says(page, NOW)
    assert page.locator(".st-key-pinned").count() == 0


def test_the_meeting_shows_the_pinned_view_as_it_was_and_the_live_one_as_it_is(room, enter, shared):
    page = enter("/meetings")
    meeting = page.locator("[class*=st-key-meeting-]")
    expect(meeting).to_contain_text("Discussed in the board, item 4")
    meeting.get_by_role("button", name="Present").click()
    slide = page.locator(".slide.is-seen")
    expect(slide.locator(".headline")).to_have_text("Board of March")
    expect(slide.locator(".slide-rows b")).to_have_text(["Bachelor students", "The busiest months"])
    page.keyboard.press(
        "ArrowRight"
    )  # the views were kept on other data: what changed since comes first
    expect(slide.locator(".headline")).to_contain_text("nothing happened but 2 corrections")
    page.keyboard.press("ArrowRight")
    expect(slide.locator(".headline")).to_contain_text("Corrected since")
    page.keyboard.press("ArrowRight")
    expect(slide.locator(".headline")).to_contain_text(BACHELOR)
    expect(slide.locator(".tile-value").first).to_contain_text(THEN[1:])
    expect(slide.locator(".slide-data")).to_contain_text("as shown on")
    expect(slide.locator(".slide-ways")).to_contain_text(room[0].versions()[-1].id)
    page.keyboard.press("End")
    expect(slide.locator(".headline")).to_have_text(BUSIEST)
    expect(slide.locator(".chart")).to_contain_text("Coronoid Fracture Patterns")
    expect(slide.locator(".slide-data")).to_have_text("DASH, UMCG · data as of 15 January 2026")
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation")).to_be_visible()
    page.wait_for_url(re.compile("/events.*chart=timeline"))
    assert "present" not in page.url


def test_the_deck_holds_native_charts_with_the_numbers_of_the_page(room, enter, shared):
    page = enter(shared["pinned"][0])
    finding = page.get_by_role("heading", name=re.compile("^Cohorts")).inner_text()
    name, data = taken(page, "PowerPoint")
    assert name == "dash-trainings-2025-bachelor.pptx"
    found = slides(data)
    for slide in found:
        assert "at level Bachelor" in slide
        assert "15 January 2026" in slide
    for page_of_deck in Presentation(io.BytesIO(data)).slides:
        said = page_of_deck.notes_slide.notes_text_frame.text
        assert room[0].versions()[-1].id in said
        assert "/s/" in said
    first = " ".join(found[0].split())
    assert BACHELOR in first
    assert "≈ 444" in first
    assert "from 2 of 3 trainings" in first
    assert any(finding in slide for slide in found)
    assert sums(data) == [444, 444]  # how sure, by cohort


def test_an_earlier_deck_is_refreshed_with_the_numbers_of_now(room, enter, shared):
    assert "444" in slides(shared["deck"])[0]
    page = enter("/trainings?year=2025")
    page.get_by_role("button", name="Take along", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Refresh an earlier deck").click()
    earlier = {
        "name": "board.pptx",
        "mimeType": "application/octet-stream",
        "buffer": shared["deck"],
    }
    dialog.locator("input[type=file]").set_input_files(earlier)
    expect(dialog).to_contain_text("≈ 444 → ≈ 460")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download the refreshed deck").click()
    renewed = download.value.path().read_bytes()
    assert [word in slides(renewed)[0] for word in ("444", "460")] == [False, True]
    assert sums(renewed) == [460, 460]


@pytest.mark.long
def test_the_deck_of_the_meeting_holds_its_views_in_order(room, enter, shared):
    page = enter("/meetings")
    name, data = taken(page, "PowerPoint", button="")
    assert name == "Board of March.pptx"
    found = slides(data)
    assert "Board of March" in found[0]
    assert "nothing happened but 2 corrections" in found[1], "opened again, it begins with those"
    assert any(BACHELOR in slide for slide in found[2:])
    assert BUSIEST in found[-1]
    numbers = re.findall(
        r"^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\S+)$", found[-1], re.MULTILINE
    )
    assert numbers == ["3", "2", "2", "2", "4", "1", "–", "–", "1", "2", "2", "5"]


def test_the_workbook_holds_numbers_as_numbers_with_how_well_they_are_known(room, enter, shared):
    page = enter(shared["pinned"][0])
    name, data = taken(page, "Excel")
    assert name == "dash-trainings-2025-bachelor.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(data))
    about = [row for row in book.worksheets[0].values if any(cell is not None for cell in row)]
    numbers = {row[0]: row for row in about if row[0] in ("People trained", "Trainings")}
    links = {row[0]: row[1] for row in about if row[0] in ("Link", "Short link")}
    assert [link.startswith(f"{room[2]}/") for link in links.values()] == [True, True]
    assert numbers["People trained"][1:4] == (
        444,
        "about",
        "from 2 of 3 trainings, of which 1 disputed",
    )
    assert numbers["Trainings"][1:3] == (3, "exact")
    listed = [
        row
        for sheet in book.worksheets[1:]
        for row in sheet.values
        if row and row[0] and "dentistry" in str(row[0])
    ]
    assert [row[1:3] for row in listed][-1] == (44, "exact")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)


def test_events_are_taken_along_as_calendar_and_table_and_as_data_with_the_same_filter(room, enter):
    page = enter("/events?speaker=job-doornberg&year=2025")
    shown = page.locator(".agenda-row").count()
    expect(tile(page, "Events")).to_contain_text(str(shown))
    assert shown == 10
    _, data = taken(page, "Calendar (ICS)")
    entries = Calendar.from_ical(data).walk("VEVENT")
    page.get_by_role("button", name="Take along", exact=True).click()
    dialog = page.get_by_role("dialog")
    address = dialog.get_by_role("textbox", name="Calendar to subscribe to").input_value()
    undated = re.search(r"(\d+) events? known by the month or year only", dialog.inner_text())
    page.keyboard.press("Escape")
    assert len(entries) + (int(undated[1]) if undated else 0) == shown
    assert all(isinstance(entry.decoded("dtstart"), date) for entry in entries)
    with urllib.request.urlopen(address) as answer:
        followed = Calendar.from_ical(answer.read()).walk("VEVENT")
    assert [str(e["uid"]) for e in followed] == [str(e["uid"]) for e in entries]
    name, table = taken(page, "Download as CSV", button="")
    assert name.startswith("events-2025-job-doornberg")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert len(rows) == shown
    with urllib.request.urlopen(
        f"{room[2]}/api/rows/events?speaker=job-doornberg&year=2025"
    ) as answer:
        api = json.load(answer)
    assert sorted(row["title"] for row in api["rows"]) == sorted(row["Event"] for row in rows)
    with urllib.request.urlopen(
        f"{room[2]}/api/metrics.csv?speaker=job-doornberg&year=2025"
    ) as answer:
        metrics = {
            row["label"]: row
            for row in csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig")))
        }
    assert metrics["Events"]["value"] == str(shown)


@pytest.mark.long
def test_a_picture_of_a_chart_is_as_wide_as_a_slide_and_named_after_what_it_shows(room, enter):
    page = enter("/events?year=2025&chart=timeline")
    chart(page, "timeline").hover()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as picture").click()
    assert download.value.suggested_filename == "dash-timeline-2025.png"
    head = download.value.path().read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(head[16:20], "big") == 2560
    page.get_by_role("button", name="Take along", exact=True).click()
    page.get_by_role("dialog").get_by_text("SVG", exact=True).click()
    page.wait_for_timeout(500)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Show the whole page").click()
    expect(tile(page, "Events")).to_be_visible()
    chart(page, "timeline").hover()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as picture").click()
    assert download.value.suggested_filename == "dash-timeline-2025.svg"
    text = download.value.path().read_text("utf-8")
    assert [month in text for month in ("Jan", "Dec", "December")] == [True, True, False]


def test_the_head_of_a_page_says_what_a_link_shows(room, shared):
    with urllib.request.urlopen(shared["pinned"][1]) as answer:
        assert "/trainings?" in answer.url
        html = answer.read().decode()
    assert re.search(r"<title>[^<]*Bachelor[^<]*</title>", html)
    assert re.search(r'<meta name="description" content="[^"]*about 444', html)
