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
from tests.browser.conftest import charts_drawn, drawn, pressable
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


def ours(page):
    """Serious and critical violations: rule, impact and where."""
    return [
        (v["id"], v["impact"], node["html"][:160])
        for v in Axe().run(page, options=WCAG).response["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


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
    assert len(visit.asked) > 10
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


# --- paper

PRESSABLE = "header, .st-key-bar, .ours .why, .chart-tools, #fold-tables, [data-testid=stToast]"
FOLDED = """() => [...document.querySelectorAll('details')]
    .filter(fold => fold.checkVisibility() && !fold.closest('.things, .report-foot'))
    .flatMap(fold => [...fold.querySelectorAll('li, td, p, small')]).filter(one => one.checkVisibility())
    .map(one => one.innerText)"""
"""What the folds of a page hold, but those of a report: there the number is printed."""
PAPER = (
    "/review?year=2025",
    "/trainings?year=2025",
    "/?year=2025",
    "/events?year=2025",
    "/events?year=2025&speaker=job-doornberg",
    "/events?month=2025-07&country=AT",
    "/map?year=2025",
    "/projects?year=2025",
    "/people?year=2025",
    "/review?year=2025&compare=2024",
    "/records",
    "/records?tab=definitions",
    "/meetings",
    "/about",
)


def squeeze(text):
    """A text without its spaces: what is extracted from a sheet has others."""
    return "".join(text.split())


def print_sheets(page):
    ready_for_paper(page)
    return pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages


@pytest.mark.parametrize(
    "path", [PAPER[0], *(pytest.param(path, marks=pytest.mark.long) for path in PAPER[1:])]
)
def test_a_page_on_paper_is_white_and_open_with_its_foot_on_every_sheet(look_at, store, path):
    page = look_at(path, scheme="dark")
    sheets = print_sheets(page)
    said = [squeeze(sheet.extract_text()) for sheet in sheets]
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in sheets} == {
        (595, 842)
    }
    for number, text in enumerate(said, 1):
        assert f"version{Store(store.root).open().id}" in text
        assert "DataScienceCenterinHealth,UMCG·dataasof" in text
        assert f"{number}of{len(said)}" in text
    page.emulate_media(media="print", color_scheme="dark")
    folded, pressable_on_paper = page.evaluate(FOLDED), page.locator(PRESSABLE)
    background = page.locator(".stApp").evaluate("one => getComputedStyle(one).backgroundColor")
    shown = [one.is_visible() for one in pressable_on_paper.all()]
    page.emulate_media(media="screen", color_scheme="dark")
    assert background == "rgb(255, 255, 255)"
    assert not any(shown)
    assert [text for text in folded if squeeze(text) not in "".join(said)] == []
    if path == "/review?year=2025":
        assert len(sheets) == 2


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/events?year=2025", ["Much Ado About Nothing?", "AO Trauma Masters Course"]),
        pytest.param("/map?year=2025", ["Veenendaal", "Heraklion"], marks=pytest.mark.long),
    ],
)
def test_a_chart_on_paper_is_drawn_for_the_sheet_with_letters_that_are_read(open_page, path, names):
    """On the narrowest phone, whose own drawing is another."""
    page = open_page(path, width=390)
    charts_drawn(page)
    said = squeeze("".join(sheet.extract_text() for sheet in print_sheets(page)))
    assert [name for name in names if squeeze(name) not in said] == []
    page.set_viewport_size({"width": 673, "height": 1000})  # A4 within its margins
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_timeout(300)
    sizes = page.locator(".chart-drawing .main-svg text").evaluate_all(
        "all => all.filter(one => one.textContent).map(one => "
        "parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"
    )
    assert min(sizes) >= 10  # pixels: 7.5 points


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
    assert not page.locator(".slide-ways").first.is_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    (sheet,) = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert "Everything in 2025 · Data Science Center in Health, UMCG" in " ".join(
        sheet.extract_text().split()
    )
