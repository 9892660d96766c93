"""What a first visit and a repeated one ask for: bytes and requests, which are the same on every
machine. Seconds are for benchmarks/.

The figures below are what the shipped records take today and a little more. Where one is passed, look
at what came in addition (`asked` has the addresses) before moving it.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

import pytest

from dashboard.server.frontend import read_frontend
from tests.browser.conftest import CHARTS_DRAWN
from tests.support.serving import ready, wait_until

pytestmark = pytest.mark.browser


class Limits(NamedTuple):
    """Of a page with charts, headers included; a page and its WebSocket, without what comes through
    it. `not_needed` are elements of Streamlit's that are not on our pages, and typefaces with letters
    that do not stand on them.
    """

    first_bytes: int
    first_requests: int
    again_bytes: int
    again_requests: int
    not_needed: str


NOT_NEEDED = (
    "PlotlyChart|DataFrame|VegaLite|DeckGl|EChart|mermaid|katex|Audio|Video|inter-latin-ext"
)
IN_FEW_FILES = Limits(1_060_000, 22, 17_500, 11, NOT_NEEDED + "|SourceSans")
ONE_BY_ONE = Limits(1_740_000, 100, 22_500, 10, NOT_NEEDED)
"""Where Streamlit's frontend was not put in few files (docs/adr/0022), which also sets its letters
in our typeface.
"""
PAGES = ("/", "/events?month=2025-05", "/map", "/people")


@dataclass
class Visit:
    """What one opening of a page asked for, without what the browser had."""

    asked: dict[str, str] = field(default_factory=dict)
    bytes: int = 0

    def listen(self, page):
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.requestWillBeSent", self._ask)
        network.on("Network.requestServedFromCache", self._have)
        network.on("Network.responseReceived", self._answer)
        network.on("Network.loadingFinished", self._finish)

    def _ask(self, event):
        if event["request"]["url"].startswith("http"):
            self.asked[event["requestId"]] = event["request"]["url"]

    def _have(self, event):
        self.asked.pop(event["requestId"], None)

    def _answer(self, event):
        if event["response"].get("fromDiskCache"):
            self._have(event)

    def _finish(self, event):
        if event["requestId"] in self.asked:
            self.bytes += int(event["encodedDataLength"])


@pytest.fixture
def visit(browser, address):
    """Open a page as often as asked, in a window that has seen nothing."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})

    def opened(link):
        page, made = context.new_page(), Visit()
        made.listen(page)
        page.goto(address + link)
        ready(page)
        wait_until(page, CHARTS_DRAWN)
        page.wait_for_load_state("networkidle")
        page.close()
        return made

    yield opened
    context.close()


@pytest.mark.parametrize("link", PAGES)
def test_a_first_visit_asks_for_little_and_a_repeated_one_for_almost_nothing(visit, link):
    most = ONE_BY_ONE if read_frontend() is None else IN_FEW_FILES
    first, again = visit(link), visit(link)
    assert first.bytes <= most.first_bytes, first.asked
    assert len(first.asked) <= most.first_requests, first.asked
    assert not [url for url in first.asked.values() if re.search(most.not_needed, url)]
    assert again.bytes <= most.again_bytes, again.asked
    assert len(again.asked) <= most.again_requests, again.asked


LETTERS = """async () => {
  await document.fonts.ready;
  return [...document.fonts].filter(face => face.status === 'loaded').map(face => face.family + ' ' + face.unicodeRange);
}"""


def test_the_letters_of_other_names_are_fetched_when_one_stands_on_the_page_and_come_from_our_font(
    open_page,
):
    page = open_page("/")
    assert not any("U+1E00" in face for face in page.evaluate(LETTERS))
    page.evaluate("document.querySelector('.ours .headline').append('Łukasz Dvořák Nguyễn')")
    wait_until(
        page,
        "[...document.fonts].some(face => face.family.includes('Inter') && face.unicodeRange.includes('U+1E00') && face.status === 'loaded')",
    )


def test_the_signs_of_our_numbers_are_in_our_font(open_page):
    """≈ and ≥ came from whatever typeface the reader's computer had."""
    page = open_page("/")
    page.evaluate(
        """async signs => {
      const place = document.querySelector('.ours .headline').appendChild(document.createElement('i'));
      place.id = 'signs';
      place.style.fontStyle = 'normal';
      place.textContent = signs;
      await document.fonts.ready;
    }""",
        "1≈≥≤→←×–…€·−✓",
    )
    tools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        tools.send(f"{domain}.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    place = tools.send("DOM.querySelector", {"nodeId": root, "selector": "#signs"})["nodeId"]
    fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": place})["fonts"]
    assert [(font["familyName"], font["isCustomFont"]) for font in fonts] == [
        ("Inter Variable", True)
    ]


def test_an_element_of_streamlits_beside_the_one_script_works_with_it(open_page):
    """The grid of the records is fetched when it is needed, and shares React with what is there."""
    page = open_page("/records")
    page.get_by_test_id("stDataFrame").locator("canvas").first.wait_for()
    assert page.get_by_test_id("stException").count() == 0
