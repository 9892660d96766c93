"""A reader gets their language, keeps the one that they chose, and sends it along with a link."""

import re

import pytest
from playwright.sync_api import expect

from dashboard.language.messages import PSEUDO, PSEUDO_VARIABLE
from tests.browser.conftest import drawn, headline
from tests.support.serving import CHROMIUM_FLAGS, ready, served, wait_until


@pytest.fixture
def abroad(playwright, chromium):
    """A browser that asks for a language: abroad("nl-NL")."""
    browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
    yield lambda locale: browser.new_context(locale=locale)
    browser.close()


def switch(page, code):
    """Choose a language in the bar."""
    page.get_by_role("navigation", name=re.compile("^(Language|Taal)$")).get_by_text(
        code, exact=True
    ).click()


def test_a_dutch_browser_gets_dutch_and_another_one_english(abroad, address):
    dutch = drawn(abroad("nl-NL"), f"{address}/events?year=2025")
    expect(headline(dutch)).to_contain_text("29 bijeenkomsten in 2025")
    expect(dutch.locator("html")).to_have_attribute("lang", "nl")
    expect(dutch).to_have_title(re.compile("^Bijeenkomsten: "))
    expect(dutch.get_by_test_id("stTopNavLink").get_by_text("Scholing", exact=True)).to_be_visible()
    french = drawn(abroad("fr-FR"), f"{address}/events?year=2025")
    expect(headline(french)).to_contain_text("29 events in 2025")
    expect(french.locator("html")).to_have_attribute("lang", "en")


def test_the_language_that_was_chosen_stands_in_the_link_and_is_kept(abroad, address):
    reader = abroad("en-GB")
    page = drawn(reader, f"{address}/events?year=2025")
    switch(page, "NL")
    expect(headline(page)).to_contain_text("29 bijeenkomsten in 2025")
    expect(page).to_have_url(re.compile("lang=nl"))
    expect(page.get_by_test_id("stTopNavLink").get_by_text("Kaart", exact=True)).to_be_visible()
    page.get_by_test_id("stTopNavLink").get_by_text("Kaart", exact=True).click()
    expect(page).to_have_url(re.compile(r"/map\?year=2025&lang=nl$"))
    ready(page)
    again = drawn(reader, f"{address}/people?year=2025")
    expect(again.locator("html")).to_have_attribute("lang", "nl")
    switch(again, "EN")
    expect(again).to_have_url(re.compile("lang=en"))
    expect(again.locator("html")).to_have_attribute("lang", "en")


def test_a_link_says_in_which_language_it_was_seen_and_does_not_change_what_a_reader_chose(
    abroad, address
):
    reader = abroad("en-GB")
    page = drawn(reader, f"{address}/events?year=2025&lang=nl")
    expect(headline(page)).to_contain_text("bijeenkomsten")
    own = drawn(reader, f"{address}/events?year=2025")
    expect(headline(own)).to_contain_text("29 events in 2025")


def test_numbers_are_equal_in_both_languages(open_page):
    english, dutch = (open_page(f"/?year=2025&lang={code}") for code in ("en", "nl"))
    assert [one.split()[:2] for one in _values(english)] == [
        one.split()[:2] for one in _values(dutch)
    ]


def _values(page):
    return [re.sub(r"[^\d≈≥ ]", "", one) for one in page.locator(".tile-value").all_inner_texts()]


@pytest.fixture(scope="module")
def bracketed(store):
    with served(store.root, **{PSEUDO_VARIABLE: "1"}) as address:
        yield address


FITS = "(one => one.scrollWidth <= one.clientWidth)(document.querySelector('[data-testid=stMain]'))"
CUT = """() => [...document.querySelectorAll('.ours *')].filter(one =>
    !one.closest('figure') && !one.children.length && one.textContent.trim()
    && getComputedStyle(one).overflowX === 'hidden' && one.clientWidth > 1
    && one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).textOverflow !== 'ellipsis').map(one => one.textContent)"""


@pytest.mark.parametrize(
    "link",
    ["/", "/events", "/map", "/trainings", "/projects", "/people", "/review", "/records", "/about"],
)
def test_nothing_is_cut_and_no_page_scrolls_sideways_where_words_are_longer(
    window, bracketed, link
):
    """On a phone, and on wider and wider windows: a page is loaded once and then given room."""
    page = drawn(window, f"{bracketed}{link}?year=2025&lang={PSEUDO}", width=390)
    expect(page.get_by_test_id("stMain")).to_contain_text("⟦")
    for width in (390, 1024, 1440):
        page.set_viewport_size({"width": width, "height": page.viewport_size["height"]})
        wait_until(page, FITS)
        assert page.evaluate(CUT) == [], width
    page.close()
