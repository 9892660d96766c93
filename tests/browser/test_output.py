"""Hostile texts in every column of every table, on every page and panel in Chromium: nothing runs,
nothing leaves, nothing is more than text; and the log of the server tells nobody's name and nothing
that was searched for.

Each page is loaded once for all that is looked at on it. Files and answers:
tests/export/test_hostile_texts.py.
"""

import io
import re
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.error import HTTPError

import pypdf
import pytest
from playwright.sync_api import expect

from dashboard.schema.contract import tables
from dashboard.shares import SharesDb, meetings, save
from dashboard.store import Store
from tests.browser.conftest import ask_field, charts_drawn, open_more
from tests.conftest import publish_folder
from tests.support import hostile
from tests.support.serving import ready, ready_for_paper, served

pytestmark = pytest.mark.browser
NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
LINKS = (
    "/?year=2025",
    "/events?year=all&event=open-day",
    "/events?year=all&pillar=research&speaker=zoe-muller",
    "/events?year=2025&why=events_held",
    "/map?year=all&place=antwerp-be",
    "/trainings?year=all&record=trainings.first-year",
    "/projects?year=all&project=ai-lab",
    "/people?year=all&person=zoe-muller",
    "/review?year=2025",
    "/review?year=2025&compare=2024",
    "/records?tab=sources",
    "/records?tab=todo",
    f"/records?find={hostile.MARKS[0].text}",
    "/records?record=organisations.science-fund",
    "/records?record=series.evening-talks",
    "/records?record=texts.dataset-2025",
    "/records?record=funding.seed-grant",
    "/publish?edit=events.open-day",
    "/meetings",
    "/events?year=all",
    "/events?year=all&speaker=zoe-muller",
    "/trainings?year=all&why=training_participants",
    "/projects?year=all",
    "/people?year=all&present=true",
    "/events?year=all&present=true",
)
MORE_LINKS = (
    *(f"/records?tab=tables&table={name}" for name in tables()),
    "/records?tab=definitions",
    "/records?record=sources.report",
    "/publish",
    "/records?record=places.groningen",
    "/records?record=people.zoe-muller",
    "/events?month=2025-05&month=2024-12",
    "/map?year=all&view=netherlands&size=participants",
    "/trainings?year=all&by=pillar&why=training_participants",
    "/people?year=all&by=line&why=contributions~speaker.zoe-muller",
    "/projects?year=all&why=funding_received",
    "/publish?edit=people.zoe-muller",
    "/?year=2025&chart=at-a-glance",
    "/?year=2025&present=true",
    "/trainings?year=all&present=true",
    "/map?year=all&present=true",
    "/?year=2025&why=events_held",
    "/review?year=all&present=true",
)
PERSON = "/events?year=all&speaker=zoe-muller"
AT_FIRST = (
    "/?year=2025",
    PERSON,
    "/trainings?year=all&why=training_participants",
    "/projects?year=all",
    "/people?year=all&person=zoe-muller",
    "/review?year=2025",
    "/records?tab=todo",
    f"/records?find={hostile.MARKS[0].text}",
    "/events?year=all&present=true",
    "/people?year=all&present=true",
)
"""Of LINKS those that make test looks at: between them every part of a page that people see."""
OPENED = PERSON
"""Where the filters are opened: their options are drawn then only."""
PRINTED = (PERSON,)
HOVERED = ("/?year=2025", "/events?year=all", "/map?year=all&place=antwerp-be")
PARTS = {
    "headline": ".ours .headline",
    "tile": ".ours .tile",
    "chip": ".ours .chip",
    "row": ".ours .agenda-row",
    "line": ".ours .lines li",
    "fold": ".ours details",
    "board": ".ours .board-card",
    "grant": ".ours .grant",
    "cohort": ".ours .cohort-list",
    "outcome": ".ours .outcome",
    "bullet": ".ours .bullet",
    "share": ".ours .shares",
    "matrix": ".ours .matrix",
    "chart": ".ours .chart-drawing .main-svg text",
    "table of a chart": ".ours .twin",
    "report": ".ours .report",
    "panel": "[role=dialog] .ours .panel-row",
    "evidence": "[role=dialog] .ours .evidence",
    "slide": ".ours .slide-room",
    "rows of a slide": ".ours .slide-fit",
}
"""What a page is made of, by what finds it."""
ONLY_IN_A_GRID = {
    "terms.list",
    "terms.label_nl",
    "terms.definition",
    "sources.note",
    "person_aliases.note",
    "event_people.note",
}
"""Columns that no page shows but in a table of Records, which is drawn on a canvas."""
LOOK = r"""host => {
    const found = new Set();
    const say = (what, element) => found.add(what + ': ' + element.outerHTML.slice(0, 200));
    for (const element of document.querySelectorAll('*')) {
        for (const attribute of element.attributes) {
            if (/^on/i.test(attribute.name)) say('handler', element);
            // what plotly.js keeps of a line of a label in data-unformatted leads nowhere
            if (!attribute.name.startsWith('data-') && /^\s*(javascript|vbscript|data:text)/i.test(attribute.value)) say('runs', element);
            // the message of To do is a mail to nobody, with what the records say in its text
            if (/^mailto:\?subject=/i.test(attribute.value)) continue;
            if (/^(src|href|xlink:href|srcset|action|data|poster)$/i.test(attribute.name) && attribute.value.includes(host))
                say('other host', element);
            if (/url\(["']?[^"')]*/.exec(attribute.value)?.[0].includes(host)) say('other host', element);
            if (/^mailto:/i.test(attribute.value)) say('link', element);
        }
        if (element.matches('iframe, object, embed, base, .pwned, .katex, .MathJax, .stMarkdownBadge')) say('element', element);
        // st.code, which shows a citation, puts every line of it into an element
        if (element.children.length === 0 && !element.closest('pre') && /^\s*pwned\s*$/.test(element.textContent)) say('made', element);
        if (element.matches('b, i, u, a, script') && /^[\sbip]$/.test(element.textContent)) say('made', element);
        if (/skull/.test(element.getAttribute('aria-label') || '') && element.getAttribute('role') === 'img') say('icon', element);
    }
    if (document.body.innerText.includes('\u{1F60E}')) found.add('a picture of :sunglasses:');
    if (window.ran !== undefined) found.add('it ran');
    return [...found];
}"""
POINTS = ".js-plotly-plot .points path, .js-plotly-plot .point path, .js-plotly-plot path.point"


@dataclass
class Looked:
    """What became of one page: what is more than text, addresses of elsewhere, columns whose mark
    was seen and where.
    """

    faults: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    title: set[str] = field(default_factory=set)
    hovered: set[str] = field(default_factory=set)
    options: set[str] = field(default_factory=set)
    parts: dict[str, set[str]] = field(default_factory=dict)
    printed: set[str] = field(default_factory=set)


def store_of(root, texts=None):
    """A hostile version, published by somebody with a hostile reason, and hostile views that
    somebody has kept.
    """
    store = Store(root / "store")
    publish_folder(
        store,
        hostile.records(root / "data", texts),
        hostile.some_texts(4).replace("{}", "published"),
        former=True,
    )
    shelf = SharesDb(store.root / "shares" / "shares.sqlite")
    kept = [
        save(
            shelf,
            f"{text[:150]} kept",
            "/events?year=2025",
            note=f"{text[:150]} note",
            words=text[:50],
            author=text[:50],
            now=NOW,
        )
        for text in (texts or hostile.INLINE[:6])
    ]
    meetings.create(
        shelf,
        f"{hostile.INLINE[5]} meeting",
        note=hostile.INLINE[9],
        steps=[one.id for one in kept],
        now=NOW,
    )
    return store


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Address and log of a dashboard on the hostile records."""
    root = tmp_path_factory.mktemp("hostile")
    with served(store_of(root).root, log=root / "log") as address:
        yield address, root / "log"


class Visitor:
    """Somebody who looks at every page in one browser, and sees what is asked for and what pops up."""

    def __init__(self, browser, address):
        self.address, self.asked, self.popped = address, [], []
        self.context = browser.new_context(viewport={"width": 1440, "height": 1600})
        self.page = self.context.new_page()
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.on("page", lambda page: self.popped.append("a window"))
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog):
        self.popped.append(dialog.message)
        dialog.dismiss()

    def look(self, link):
        page, found = self.page, Looked()
        self.asked.clear()
        page.goto(self.address + link)
        if "present" in link:
            page.locator(".slide.is-seen").wait_for(timeout=60_000)
        ready(page, 60)
        charts_drawn(page)
        for fold in page.locator("[data-testid=stExpander] summary, .ours details > summary").all():
            fold.dispatch_event("click")
        page.wait_for_timeout(400)
        ready(page, 60)
        found.seen = hostile.marks_in(page.content())
        found.parts = {name: self._read(css) for name, css in PARTS.items()}
        found.title = hostile.marks_in(page.title())
        found.faults = page.evaluate(LOOK, hostile.HOST)
        if link in HOVERED:
            found.hovered = self._hover()
        if link == OPENED:
            self._open(found)
        if link in PRINTED:
            found.printed = self._print(found)
        found.faults += [f"popped up: {words}" for words in self.popped]
        found.elsewhere = [
            url for url in self.asked if not url.startswith((self.address, "data:", "blob:"))
        ]
        return found

    def _read(self, css):
        """The columns whose mark stands in these elements, as text or in what is heard of them."""
        said = self.page.locator(css).evaluate_all("all => all.map(one => one.outerHTML).join(' ')")
        return hostile.marks_in(said)

    def _hover(self):
        said = ""
        for point in self.page.locator(POINTS).all()[:8]:
            point.scroll_into_view_if_needed()
            box = point.bounding_box()
            if box:
                self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
                self.page.wait_for_timeout(80)
                said += " ".join(self.page.locator(".hoverlayer text").all_text_contents())
        self._save_picture()
        return hostile.marks_in(said)

    def _save_picture(self):
        """Save a chart: its texts are drawn once more, elsewhere on the page."""
        place = self.page.locator(".ours figure[data-chart]").first
        place.hover()
        with self.page.expect_download() as download:
            place.get_by_role("button", name="Save as picture").click()
        assert download.value.path().read_bytes()[:4] == b"\x89PNG"

    def _open(self, found):
        """Read the options of all filters, those behind “More” too."""
        page = self.page
        more = open_more(page)
        expect(more.get_by_role("combobox", name="Pillar")).to_be_visible()
        assert more.get_by_role("combobox").count() > 5
        said = " ".join(page.locator(".bar-filters option").all_text_contents())
        found.options |= hostile.marks_in(said)
        found.faults += page.evaluate(LOOK, hostile.HOST)
        page.keyboard.press("Escape")

    def _print(self, found):
        ready_for_paper(self.page)
        paper = pypdf.PdfReader(io.BytesIO(self.page.pdf()))
        for sheet in paper.pages:
            for note in sheet.get("/Annots") or []:
                address = str(note.get_object().get("/A", {}).get("/URI", ""))
                if address and not address.startswith(self.address):
                    found.faults.append(f"on paper: {address}")
        return hostile.marks_in("".join(sheet.extract_text() for sheet in paper.pages))


@pytest.fixture(scope="module")
def looked(browser, site):
    """What was seen on each of LINKS."""
    visitor = Visitor(browser, site[0])
    yield {link: visitor.look(link) for link in LINKS}
    visitor.context.close()


@pytest.fixture(scope="module")
def looked_at_first(browser, site):
    """What was seen on each of AT_FIRST."""
    visitor = Visitor(browser, site[0])
    yield {link: visitor.look(link) for link in AT_FIRST}
    visitor.context.close()


def test_no_text_is_more_than_text_in_any_part_of_a_page(looked_at_first):
    """All of LINKS: make test-long."""
    for link, found in looked_at_first.items():
        assert (found.faults, found.elsewhere) == ([], []), link
    parts = gather_parts(looked_at_first)
    assert [name for name, columns in parts.items() if not columns] == []


def gather_parts(looked):
    """The columns that were seen in each part of a page, on any of the pages."""
    return {name: set().union(*(one.parts[name] for one in looked.values())) for name in PARTS}


@pytest.mark.long
def test_no_text_runs_or_becomes_an_element_on_any_page(looked):
    assert {link: found.faults for link, found in looked.items() if found.faults} == {}


@pytest.mark.long
def test_no_text_makes_a_page_ask_another_host(looked):
    assert {link: found.elsewhere for link, found in looked.items() if found.elsewhere} == {}


@pytest.mark.long
def test_every_column_was_seen(looked):
    seen = set().union(*(found.seen for found in looked.values()))
    assert {mark.name for mark in hostile.MARKS} - seen <= ONLY_IN_A_GRID


@pytest.mark.long
def test_titles_options_labels_beside_the_mouse_and_paper_were_looked_at(looked):
    assert looked["/events?year=all&event=open-day"].seen >= {
        "events.title",
        "event_people.talk_title",
        "claims.stated",
        "sources.title",
    }
    assert looked["/events?year=all&pillar=research&speaker=zoe-muller"].title == {
        "people.name",
        "terms.label_en",
    }
    assert looked[OPENED].options == {"people.name", "terms.label_en"}
    assert set().union(*(found.hovered for found in looked.values())) >= {"events.title"}
    for link in PRINTED:
        assert looked[link].printed & {"events.title", "trainings.title"}


def test_whoever_looks_sees_what_is_more_than_text(browser):
    """The eyes of these tests, on a page that does what no page may do."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content(
        "<img src=x onerror='window.ran=1'><a href='javascript:1'>x</a><a href='//evil.example/x'>x</a><b>b</b>"
        "<strong>pwned</strong><span role=img aria-label='skull icon'></span><i class=katex></i><p>\U0001f60e</p>"
    )
    page.wait_for_function("window.ran === 1")
    found = {fault.partition(":")[0] for fault in page.evaluate(LOOK, hostile.HOST)}
    assert found == {
        "handler",
        "runs",
        "other host",
        "made",
        "icon",
        "element",
        "a picture of ",
        "it ran",
    }
    context.close()


# The log
# -------------------------------------------------------------------------------------------------------------

SEARCHED, TYPED, ASKED, FOUND, UPLOADED, OF_A_LINK, OF_A_PROGRAM = (
    "xylophone",
    "bassoon",
    "glockenspiel",
    "accordion",
    "harpsichord",
    "clarinet",
    "trombone",
)


def asked(address):
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status
    except HTTPError as error:
        return error.code


@pytest.mark.long
def test_the_log_holds_no_text_of_a_record_after_every_page_was_looked_at(looked, site):
    assert len(looked) == len(LINKS)
    assert hostile.marks_in(site[1].read_text("utf-8")) == set()


@pytest.mark.long
def test_the_log_holds_no_name_no_search_and_no_link(looked_at_first, browser, site):
    assert len(looked_at_first) == len(AT_FIRST)
    address, log = site
    visitor = Visitor(browser, address)
    page = visitor.page
    page.goto(
        f"{address}/events?year=all&speaker=anna-berg&role=lecture&text={SEARCHED}&month={OF_A_LINK}"
    )
    ready(page)
    open_more(page)
    page.get_by_label("Words", exact=True).fill(TYPED)
    page.get_by_label("Words", exact=True).press("Enter")
    page.wait_for_url(re.compile(TYPED))
    ready(page)
    page.keyboard.press("Escape")
    ask_field(page).fill(ASKED)
    ask_field(page).press("Enter")
    expect(page.locator(".answer")).to_contain_text("Nothing in this was recognised")
    page.goto(f"{address}/records")
    ready(page)
    page.get_by_label("Search all records").fill(FOUND)
    page.get_by_label("Search all records").press("Enter")
    page.wait_for_url(re.compile(f"find={FOUND}"))
    expect(page.locator(".ours .block-heading")).to_contain_text(f"Nothing found for “{FOUND}”")
    page.goto(f"{address}/records?find={SEARCHED}&record=people.{OF_A_LINK}")
    ready(page)
    page.goto(f"{address}/nowhere?speaker={OF_A_LINK}")
    page.goto(f"{address}/publish")
    ready(page)
    page.locator("input[type=file]").set_input_files(
        [
            {
                "name": f"{UPLOADED}.csv",
                "mimeType": "text/csv",
                "buffer": f"person_id,name\n{UPLOADED},\n".encode(),
            },
            {"name": f"{UPLOADED}.xlsx", "mimeType": "text/csv", "buffer": b"no workbook"},
        ]
    )
    button = page.get_by_role("button", name="Check", exact=True)
    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_text("Not published:")).to_be_visible()
    visitor.context.close()
    for link, status in {
        f"/api/rows/events?text={OF_A_PROGRAM}&speaker=zoe-muller": 200,
        f"/api/rows/{OF_A_PROGRAM}?speaker=anna-berg": 404,
        f"/api/{OF_A_PROGRAM}": 404,
        f"/s/{OF_A_PROGRAM}": 404,
        f"/calendar.ics?text={OF_A_PROGRAM}": 200,
        f"/events?text={OF_A_PROGRAM}&v=zz": 200,
        f"/app/static/{OF_A_PROGRAM}": 404,
    }.items():
        assert asked(address + link) == status, link
    said = log.read_text("utf-8")
    assert "You can now view your Streamlit app" in said
    told = [
        SEARCHED,
        TYPED,
        ASKED,
        FOUND,
        UPLOADED,
        OF_A_LINK,
        OF_A_PROGRAM,
        "zoe-muller",
        "anna-berg",
        "anna",
        "speaker=",
        "text=",
        "GET /",
    ]
    assert [word for word in told if word in said] == []
    assert hostile.marks_in(said) == set()


# Everything by itself
# ------------------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("text", hostile.every_text(), ids=lambda text: ascii(text)[:40])
def test_each_text_by_itself_in_every_column_is_text_on_every_page(browser, tmp_path, text):
    with served(store_of(tmp_path, [text]).root) as address:
        visitor = Visitor(browser, address)
        found = {link: visitor.look(link) for link in (*LINKS, *MORE_LINKS)}
        visitor.context.close()
    assert {link: one.faults for link, one in found.items() if one.faults} == {}
    assert {link: one.elsewhere for link, one in found.items() if one.elsewhere} == {}
    assert (
        set().union(*(one.seen for one in found.values()))
        >= {mark.name for mark in hostile.MARKS} - ONLY_IN_A_GRID
    )
