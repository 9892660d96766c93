"""What holds for every page, looked at in one visit: no request leaves the server, axe-core; and
paper: A4 pages with filters and version at the foot.
"""

import io
import re

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard.store import Store
from tests.browser.conftest import drawn, pressable
from tests.browser.test_pages import PAGES
from tests.conftest import ROOT
from tests.support.serving import ready, ready_for_paper, wait_until

pytestmark = pytest.mark.browser
WHY, RECORD = (
    "/trainings?year=2025&why=training_participants",
    "/events?year=2025&event=ai-in-umcg-symposium",
)
PANELS = (
    WHY,
    RECORD,
    "/people?year=2025&person=job-doornberg",
    "/records?tab=todo",
    "/events?month=2025-07&country=AT",
    "/publish",
)
MORE_PANELS = (
    "/projects?year=2025&project=dutch-ai-factory",
    "/trainings?year=2025&record=trainings.medicine-first-year",
    "/records?tab=definitions",
    "/records?tab=sources",
    "/records?find=doornburg",
    "/publish?edit=trainings.summer-school",
)
VISITS = [*PAGES, "/meetings", "/about", *PANELS]
AT_FIRST = ("/", "/map", "/projects", "/people", "/review", WHY, RECORD)
"""What make test visits, the trainings and events with a panel open; make test-long visits all."""
GROUNDS = {"light": "rgb(253, 252, 250)", "dark": "rgb(23, 22, 20)"}
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
OF_STREAMLIT = {
    # a chosen value of st.multiselect: white on primaryColor, whatever that is. In the dark theme
    # the same colour writes the chosen month on the page, so that no colour gives both 4.5:1; ours
    # gives 2.8:1 and 4.5:1
    "color-contrast": ".stMultiSelect span[title]",
}
"""What is Streamlit's own and cannot be set: rule -> where it stands, with the cause."""


def ours(page):
    """Serious and critical violations that are not Streamlit's own: rule, impact and where."""
    return [
        (v["id"], v["impact"], node["html"][:160])
        for v in Axe().run(page, options=WCAG).response["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
        if not (v["id"] in OF_STREAMLIT and _is_in(page, node["target"], OF_STREAMLIT[v["id"]]))
    ]


def _is_in(page, target, where):
    return page.evaluate(
        "([target, where]) => document.querySelector(target)?.matches(where) ?? false",
        [target[0], where],
    )


STILL = """document.getAnimations().every(one => one.playState !== 'running'
    || one.effect.getTiming().iterations === Infinity)"""


class Visit:
    """A page that is loaded once for everything that is looked at on it, with the addresses it
    asked for.
    """

    def __init__(self, window, address, path):
        self.path, self.address, self.asked = path, address, []
        self.page = drawn(window, address + path, asked=self.asked)

    def in_theme(self, scheme):
        self.page.emulate_media(color_scheme=scheme)  # the theme follows the system
        expect(self.page.locator(".stApp")).to_have_css("background-color", GROUNDS[scheme])
        wait_until(self.page, STILL)  # its colours fade


@pytest.fixture(scope="module")
def visit(request, window, address):
    found = Visit(window, address, request.param)
    yield found
    found.page.close()


def visiting(*paths, first=AT_FIRST):
    cases = [
        path if path in first else pytest.param(path, marks=pytest.mark.long) for path in paths
    ]
    return pytest.mark.parametrize("visit", cases, indirect=True, scope="module")


@pytest.mark.parametrize("scheme", GROUNDS)
@visiting(*VISITS, *MORE_PANELS)
def test_axe_finds_nothing_serious_that_is_ours_in_light_and_dark(visit, scheme):
    """Two of the pages with a panel open; the rest in make test-long."""
    visit.in_theme(scheme)
    assert ours(visit.page) == []
    charts = visit.page.locator(".chart-drawing").all()
    assert all(len(chart.get_attribute("aria-label")) > 10 for chart in charts)


@visiting(*VISITS, first=("/", "/map", WHY, "/publish"))
def test_no_request_of_any_page_leaves_the_server_and_its_content_policy_refuses_nothing(visit):
    if visit.path == "/map":
        pressable(visit.page, "page:map?view=world").click()
        expect(visit.page).to_have_url(re.compile("view=world"))
        ready(visit.page)
    for scheme in GROUNDS:
        visit.in_theme(scheme)
    ready_for_paper(visit.page)
    visit.page.pdf()
    assert visit.page.evaluate("refused") == []
    assert str(ROOT) not in visit.page.content()
    assert len(visit.asked) > 20
    assert [
        url for url in visit.asked if not url.startswith((visit.address, "data:", "blob:"))
    ] == []


def test_the_content_policy_refuses_what_does_not_belong_to_a_page(open_page):
    page = open_page("/records")
    page.evaluate("""() => {
        const add = (name, more) => document.body.append(Object.assign(document.createElement(name), more));
        add('script', {text: 'window.ran = 1'});
        add('script', {src: URL.createObjectURL(new Blob(['window.ran = 2'], {type: 'text/javascript'}))});
        add('script', {src: 'https://elsewhere.example.org/x.js'});
        add('img', {src: 'https://elsewhere.example.org/x.png'});
        add('iframe', {srcdoc: '<p>x</p>', src: 'https://elsewhere.example.org/'});
        add('div', {innerHTML: '<b onclick="window.ran = 3">x</b>'}); document.body.lastChild.firstChild.click();
        fetch('https://elsewhere.example.org/').catch(() => 0);
        try { setTimeout('window.ran = 4', 0); } catch { /* refused */ }
    }""")
    wait_until(page, "new Set(refused.map(what => what.split(' ')[0])).size >= 5")
    page.wait_for_timeout(200)
    assert {line.split()[0] for line in page.evaluate("refused")} == {
        "script-src-elem",
        "img-src",
        "script-src-attr",
        "connect-src",
        "script-src",
    }
    assert page.evaluate("window.ran") is None


def test_axe_finds_what_is_wrong_when_something_is(open_page):
    page = open_page("/records")
    page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<p style=\"color:#ccc\">pale</p><img src=\"x.png\">')"
    )
    assert {rule for rule, _, _ in ours(page)} >= {"color-contrast", "image-alt"}


@pytest.mark.matrix(1)
@pytest.mark.parametrize(
    ("path", "scheme"), [("/trainings?year=2025", "dark"), ("/review?year=2025", "light")]
)
def test_paper_is_a4_with_filters_version_and_page_number_on_every_page(
    look_at, store, path, scheme
):
    page = look_at(path, scheme=scheme)
    ready_for_paper(page)
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    version = Store(store.root).open().id
    for number, sheet in enumerate(printed.pages, 1):
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (
            595,
            842,
        )
        text = " ".join(sheet.extract_text().split())
        assert f"version {version}" in text
        assert "in 2025 · Data Science Center in Health, UMCG" in text
        assert f"{number} of {len(printed.pages)}" in text
        assert "Why this number?" not in text


def test_paper_holds_the_headline_every_row_and_what_is_folded(look_at):
    page = look_at("/trainings?year=2025", scheme="dark")
    ready_for_paper(page)
    text = " ".join(
        " ".join(sheet.extract_text().split())
        for sheet in pypdf.PdfReader(io.BytesIO(page.pdf())).pages
    )
    for said in (
        "About 589 people",
        "Exquairo bootcamp",
        "Summer school",
        "AI in healthcare",
        "eHealth module",
    ):
        assert said in text


@pytest.mark.long
def test_the_screen_is_as_before_after_printing(open_page):
    page = open_page("/events?year=2025")
    ready_for_paper(page)
    page.wait_for_timeout(500)
    drawing = page.locator(".js-plotly-plot .svg-container").first
    before = drawing.bounding_box(), drawing.get_attribute("style")
    page.pdf()
    page.wait_for_timeout(500)
    assert (drawing.bounding_box(), drawing.get_attribute("style")) == before


def test_a_slide_on_paper_shows_its_chart_and_what_it_is_and_nothing_to_press(open_page):
    page = open_page("/events?year=2025&present=true&step=1")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    ready_for_paper(page)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".js-plotly-plot .svg-container").bounding_box()["height"] > 200
    assert not page.locator(".st-key-slide-foot").is_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    (sheet,) = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert "Everything in 2025 · Data Science Center in Health, UMCG" in " ".join(
        sheet.extract_text().split()
    )
