"""What a reader sees while the network, the server, the store or a version is away, and that the
same view comes back.
"""

import re
import shutil
import time
from contextlib import suppress

import pytest
from playwright.sync_api import expect

from dashboard.store import Store, rollback
from tests.browser.conftest import drawn
from tests.conftest import NOW, ROOT, replace_in, served_already
from tests.faults import damage
from tests.support.proxy import through
from tests.support.serving import free_port, ready, start, wait_for

pytestmark = pytest.mark.browser

OPEN = "/events?year=2025&kind=lecture&kind=meeting&event=ai-in-medical-imaging"
SLIDE = "/events?month=2025-05&present=true&step=2"
CUT, BACK = "No connection since", "There was no connection from"
SAME, NEW = "The data is the same as before.", "New data has come meanwhile."


class House:
    """A store of two versions, a server on a port that stays, and the network before it."""

    def __init__(self, folder):
        self.store, before = (
            Store(folder / "store"),
            shutil.copytree(ROOT / "data", folder / "before"),
        )
        after = shutil.copytree(before, folder / "after")
        replace_in(after, "people", "Wim Smit", "Willem Smit")
        self.new = served_already(self.store, before, after)
        self.old = self.store.versions()[1]
        self.port, self.log, self.proxy = free_port(), folder / "log", None

    def start(self):
        self.server = start(self.store.root, self.port, log=self.log)
        wait_for(f"http://127.0.0.1:{self.port}/_stcore/health", self.server)

    def kill(self):
        self.server.kill()
        self.server.wait(20)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("faults"))
    house.start()
    with through(f"http://127.0.0.1:{house.port}") as house.proxy:
        yield house
    house.kill()


@pytest.fixture
def open_page(browser, house):
    """Opens a link through the network that can be cut."""
    context = browser.new_context()
    yield lambda link: drawn(context, house.proxy.address + link, 1280, 800)
    context.close()


def seen(page):
    """The view: address, everything that can be read, what is open over it; without which version
    it is.
    """
    page.wait_for_timeout(300)
    texts = [
        page.locator("[data-testid=stMain]").inner_text(),
        *page.get_by_role("dialog").all_inner_texts(),
    ]
    return page.url, [re.sub(r"version [0-9a-f]{16}", "version", text) for text in texts]


def is_back(page, before, data):
    """The view of before is drawn again and the page says what happened; gives the seconds that it
    took.
    """
    start = time.monotonic()
    expect(page.get_by_text(BACK)).to_contain_text(f"The view is as it was. {data}", timeout=60_000)
    ready(page)
    if before[1][1:]:  # what was open
        expect(page.get_by_role("dialog")).to_be_visible()
    took = time.monotonic() - start
    assert seen(page) == before
    return took


@pytest.mark.parametrize(
    "seconds",
    [1, pytest.param(60, marks=pytest.mark.long), pytest.param(130, marks=pytest.mark.long)],
)
def test_a_cut_connection_comes_back_to_the_same_view_and_says_what_happened(
    house, open_page, seconds
):
    page = open_page(OPEN)
    before = seen(page)
    assert "AI in Medical Imaging" in before[1][1]
    house.proxy.cut()
    expect(page.get_by_text(CUT)).to_contain_text(
        "The page shows what it showed then, and comes back by itself."
    )
    page.wait_for_timeout(seconds * 1000)
    # Streamlit's window, about its command line
    assert page.get_by_text("Connection error").count() == 0
    assert seen(page) == before
    house.proxy.mend()
    print(f"cut for {seconds} s: back after {is_back(page, before, SAME):.1f} s")
    ready(page)  # a key that is pressed while the page is drawn anew may be lost
    page.get_by_role("dialog").get_by_role("button", name="Close").click()  # and it lives
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/events\?year=2025&kind=lecture&kind=meeting$"))
    if seconds > 1:
        expect(page.get_by_text("There was no connection")).to_be_hidden(timeout=30_000)


@pytest.mark.long
def test_a_server_that_is_killed_in_a_meeting_comes_back_on_the_same_slide_with_what_was_published(
    house, open_page
):
    slide, panel = open_page(SLIDE), open_page(OPEN)
    before = seen(slide), seen(panel)
    shown = [page.get_by_text("· version").first.inner_text() for page in (slide, panel)]
    house.kill()
    for page in (slide, panel):
        expect(page.get_by_text(CUT)).to_be_visible()
    rollback(house.store, house.old.id, author="a", message="while the server was away", now=NOW)
    try:
        house.start()
        took = [is_back(page, view, NEW) for page, view in zip((slide, panel), before, strict=True)]
        print(f"killed: back {max(took):.1f} s after the new server answers")
        for page, then in zip((slide, panel), shown, strict=True):
            assert house.new.id in then
            expect(page.get_by_text(f"version {house.old.id}").first).to_be_visible()
        slide.keyboard.press("ArrowLeft")
        expect(slide).to_have_url(re.compile("step=1"))
    finally:
        rollback(house.store, house.new.id, author="a", message="back", now=NOW)


@pytest.mark.long
def test_a_store_that_is_away_is_said_in_plain_words_and_comes_back_without_a_restart(
    house, open_page
):
    pages = [open_page(OPEN), open_page(SLIDE)]
    before = [seen(page) for page in pages]
    away = house.store.root.rename(house.store.root.with_name("away"))
    try:
        for page in pages:
            expect(
                page.get_by_role("heading", name="The records cannot be reached just now")
            ).to_be_visible()
            expect(page.get_by_text("comes back by itself and as it was")).to_be_visible()
            assert str(house.store.root) not in page.locator("body").inner_text()
        other = pages[0].context.new_page()  # a link that is opened meanwhile
        other.goto(house.proxy.address + "/trainings?year=2025")
        expect(
            other.get_by_role("heading", name="The records cannot be reached just now")
        ).to_be_visible()
    finally:
        with suppress(FileNotFoundError):
            away.rename(house.store.root)
    start = time.monotonic()
    for page, view in zip(pages, before, strict=True):
        expect(page.get_by_text("The records cannot be reached")).to_have_count(0)
        ready(page)
        assert seen(page) == view
    print(f"store back: pages back after {time.monotonic() - start:.1f} s")
    ready(other)
    expect(other).to_have_url(re.compile(r"/trainings\?year=2025"))


@pytest.mark.long
def test_a_version_that_is_damaged_while_it_is_shown_gives_way_with_a_banner_on_every_page(
    house, open_page
):
    page = open_page("/people?year=2025")
    expect(page.get_by_text("Willem Smit").first).to_be_attached()
    data = house.new.database.read_bytes()
    banner = f"Version {house.new.id} is damaged; shown is the one of 15 January 2026. Tell the stewards."
    damage.cut_short(house.new)
    try:
        start = time.monotonic()
        expect(page.get_by_text(banner)).to_be_visible()
        print(f"damaged: said after {time.monotonic() - start:.1f} s")
        ready(page)
        expect(page.get_by_text(f"version {house.old.id}").first).to_be_visible()
        for link in ("/", "/records", "/publish", SLIDE, "/events?chart=timeline&embed=true"):
            page.goto(house.proxy.address + link)
            ready(page)
            expect(page.get_by_text(banner)).to_be_visible()
            assert "Traceback" not in page.locator("body").inner_text()
    finally:
        house.new.database.write_bytes(data)
    expect(page.get_by_text(banner)).to_have_count(0)
    ready(page)
    expect(page.get_by_text(f"version {house.new.id}").first).to_be_visible()
