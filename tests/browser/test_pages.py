"""The pages for trainings, projects, people, the review and the records, as people use them."""

import csv
import io
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.model.drill_down import parse_drill_down
from dashboard.model.filters import Filters
from dashboard.query import metrics, questions
from dashboard.query.metrics import METRICS
from dashboard.store import Store
from tests.browser.conftest import (
    box,
    charts_drawn,
    chips,
    choose,
    leads_to,
    open_more,
    pressable,
    tile,
)
from tests.conftest import served_already
from tests.support.serving import ready, served

pytestmark = pytest.mark.browser
YEAR = Filters(year=2025)
PAGES = (
    "/",
    "/events",
    "/map",
    "/trainings",
    "/projects",
    "/people",
    "/review",
    "/changes",
    "/records",
)


@pytest.fixture(scope="module")
def version(store):
    return Store(store.root).open()


def extras(page):
    return dict(parse_qsl(urlsplit(page.url).query))


def dialog(page):
    return page.get_by_role("dialog")


def test_every_page_is_reached_from_the_overview(open_page):
    page = open_page("/?year=2025&country=NL")
    for name in ("Events", "Map", "Trainings", "Projects", "People", "Review"):
        page.get_by_test_id("stTopNavLink").get_by_text(name, exact=True).click()
        expect(page).to_have_title(re.compile(f"^{name}: "))
        expect(page).to_have_url(re.compile(f"/{name.lower()}\\?year=2025&country=NL$"))
        expect(page.locator(".ours .headline")).to_contain_text(name)
    page.get_by_text("Data", exact=True).click()
    page.get_by_text("Records", exact=True).click()
    expect(page.locator("h1")).to_have_text("Records")


@pytest.mark.long
def test_a_row_of_trainings_opens_what_is_behind_it_and_the_link_opens_it_for_others(
    open_page, version
):
    page = open_page("/trainings?year=2025&by=format")
    pressable(page, "why=training_participants~format.curriculum").click()
    expect(dialog(page)).to_contain_text("Why about 474? Participants in trainings")
    leads_to(page, "/trainings?year=2025&why=training_participants~format.curriculum&by=format")
    asked = parse_drill_down(extras(page)["why"])
    quantity = metrics.evaluate(version, METRICS[asked.metric], asked.filters(YEAR))
    assert (quantity.value, quantity.known, quantity.total) == (474, 3, 4)
    for said in ("≈474", "from 3 of 4 trainings"):
        expect(dialog(page).locator("tfoot")).to_contain_text(said)
    again = open_page(urlsplit(page.url).path + "?" + urlsplit(page.url).query)
    expect(dialog(again).locator("tfoot")).to_contain_text("≈474")


def test_the_records_behind_a_number_are_downloaded_with_their_sources(open_page, version):
    page = open_page("/trainings?year=2025&why=training_participants")
    with page.expect_download() as download:
        dialog(page).get_by_role("button", name="As a table").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    behind = list(metrics.list_records(version, METRICS["training_participants"], YEAR))
    assert [row["id"] for row in rows] == [row["record_id"] for row, _ in behind]
    assert sum(int(row["value"]) for row in rows if row["value"]) == 589
    first = next(row for row in rows if row["id"] == "medicine-first-year")
    assert "line 93" in first["stated in"] or "2025 in Review" in first["stated in"]
    assert "Over 400 first-year medical students" in first["differs"]


@pytest.mark.long
def test_participation_is_shown_by_what_the_reader_chooses(open_page):
    page = open_page("/trainings?year=2025")
    fold = page.locator("#fold-by")
    fold.locator("summary").click()
    for chosen, row in (
        ("Discipline", "Dentistry44"),
        ("Format", "Bootcampnot known"),
        ("Pillar", "Education"),
    ):
        fold.get_by_role("link", name=chosen, exact=True).click()
        expect(fold.locator(".cohort", has_text=row)).to_be_visible()
        expect(fold.locator("[aria-current=true]")).to_have_text(chosen)
        expect(page).to_have_url(re.compile(f"by={chosen.lower()}$"))


@pytest.mark.long
def test_a_year_that_is_not_recorded_is_said_and_the_claim_of_a_source_beside_it(open_page):
    page = open_page("/trainings?year=2025")
    page.get_by_text("Compared with 2024").click()
    for said in ("12 trainings", "about 589 participants", "3 modules"):
        expect(page.get_by_text(f"{said}; 2024 not recorded")).to_be_visible()
    course = page.locator(".named-row", has_text="Technology in Healthcare: eHealth")
    expect(course).to_contain_text(
        "“doubled compared to 2024”, says 2025 in Review; no number is recorded"
    )


@pytest.mark.long
def test_a_project_opens_from_the_board_with_parties_and_money(open_page):
    page = open_page("/projects?year=2025")
    pressable(page, "project=dash-programme-2022-2025").first.click()
    expect(dialog(page)).to_contain_text("Michiel Hooiveld")
    expect(dialog(page)).to_contain_text("amount not known")
    leads_to(page, "/projects?year=2025&project=dash-programme-2022-2025")
    dialog(page).get_by_role("link", name="Michiel Hooiveld").click()
    expect(dialog(page)).to_contain_text("Programme Manager DASH")
    expect(page).to_have_url(re.compile("person=michiel-hooiveld"))


@pytest.mark.long
def test_money_of_others_is_never_in_ours(open_page):
    page = open_page("/projects?year=2025")
    expect(tile(page, "Own funding")).to_have_text(re.compile("not known.*1 grant"))
    known = page.get_by_role("row", name="European Regional Development Fund")
    expect(known).to_contain_text("€3 million")
    expect(known).to_contain_text("never counted as ours")
    pressable(page, "why=funding_received").click()
    expect(dialog(page)).to_contain_text("unknown for the one grant")
    expect(dialog(page)).not_to_contain_text("€3 million")


def test_a_cell_of_the_matrix_opens_the_contributions_in_it(open_page, version):
    page = open_page("/people?year=2025")
    cell = page.locator(".matrix-cell").first
    asked = parse_drill_down(cell.get_attribute("data-act").partition("=")[2])
    assert [name for name, _ in asked.within] == ["speaker", "role"]
    cell.click()
    quantity = metrics.evaluate(version, METRICS["contributions"], asked.filters(YEAR))
    expect(dialog(page)).to_contain_text(METRICS["contributions"].counted)
    expect(dialog(page).locator("tfoot")).to_contain_text(f"{quantity.value:,}")
    assert parse_drill_down(extras(page)["why"]) == asked


@pytest.mark.long
def test_two_spellings_are_one_person_everywhere(open_page):
    page = open_page("/people?year=2025&person=rozemarijn-vliegenthart")
    expect(dialog(page)).to_contain_text("Also written“Rozemarijn Vliegthart”")
    expect(dialog(page)).to_contain_text("2 contributions at 2 held events")
    expect(dialog(page)).to_contain_text(
        "Publication on generative AI for clinical reasoning education"
    )
    found = open_page("/records?find=vliegthart")
    expect(found.get_by_text("4 records found for “vliegthart”")).to_be_visible()
    expect(pressable(found, "person=rozemarijn-vliegenthart")).to_be_visible()


def test_a_search_forgives_a_typing_error_and_says_so(open_page):
    page = open_page("/records")
    asked = page.get_by_role("textbox", name="Search all records")
    asked.fill("doornburg")
    asked.press("Enter")
    expect(
        page.get_by_text("Nothing holds “doornburg”; shown is what holds doornberg.")
    ).to_be_visible()
    assert extras(page)["find"] == "doornburg"


@pytest.mark.matrix(1)
@pytest.mark.parametrize(
    ("tab", "said"),
    [
        ("definitions", "Worked out: number of events"),
        ("sources", "What the sources say: 244 claims"),
        ("todo", "To do: 76 questions"),
    ],
)
def test_definitions_sources_and_worklist_have_their_own_link(look_at, tab, said):
    page = look_at(f"/records?tab={tab}&year=2025")
    expect(page.get_by_text(said).first).to_be_visible()


@pytest.mark.long
def test_the_review_reads_from_top_to_notes_and_its_contents_lead_to_each_part(open_page):
    page = open_page("/review?year=2025")
    address = page.url
    for heading in ("Research", "Education", "Impact", "Under no stated pillar", "What is next"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    contents = page.get_by_role("navigation", name="Contents")
    contents.get_by_role("link", name="Impact").click()
    heading = page.get_by_role("heading", name="Impact", exact=True)
    expect(heading).to_be_in_viewport()
    menu, top = 56, heading.bounding_box()["y"]
    assert menu < top < 140  # under the menu, which lies over what is scrolled
    expect(contents).to_be_in_viewport()  # it stays in sight
    assert page.url == address
    page.get_by_text("What the numbers count").click()
    expect(page.get_by_text("Not counted: planned and cancelled events").first).to_be_visible()
    factory = page.get_by_role("link", name="Dutch AI Factory", exact=True)
    assert "project=dutch-ai-factory" in factory.get_attribute("href")


def test_two_years_are_compared_by_their_address_and_the_way_back_leads_to_the_review(open_page):
    page = open_page("/review?year=2025&compare=2024")
    expect(page.locator(".compare-choice .chip")).to_have_text("2025 against 2024")
    expect(page.get_by_role("heading", name="2025 and 2024 cannot be compared")).to_be_visible()
    page.get_by_role("link", name="2025 in review").click()
    expect(page.get_by_role("heading", name="A year of embedding")).to_be_visible()
    expect(page).not_to_have_url(re.compile("compare"))


@pytest.mark.long
def test_filters_of_a_page_are_kept_on_pages_that_do_not_show_them(open_page):
    page = open_page("/people?year=2025&country=NL&role=keynote")
    page.get_by_test_id("stTopNavLink").get_by_text("Trainings", exact=True).click()
    expect(page).to_have_title(re.compile("^Trainings"))
    expect(chips(page)).to_have_text(["Role: Keynote×", "Country: Netherlands×", "Clear"])
    open_more(page)
    expect(box(page, "role")).to_be_visible()
    people = page.get_by_test_id("stTopNavLink").get_by_text("People", exact=True)
    people.click(delay=100)  # as long as a reader presses; “More” is still open
    expect(page).to_have_title(re.compile("^People: Keynotes in"))
    assert extras(page) == {"year": "2025", "country": "NL", "role": "keynote"}


@pytest.mark.long
def test_a_target_says_status_value_and_decision(tmp_path, records, open_page):
    with (records / "targets.csv").open("a", encoding="utf-8") as file:
        file.write(
            "more-events,events_held,2025,more,40,35,even,Board of 1 February 2025,Programme manager\n"
        )
        file.write("fewer-series,series,2025,less,6,7,even,Board of 1 February 2025,\n")
    store = Store(tmp_path / "store")
    served_already(store, records)
    with served(store.root) as base:
        page = open_page("/?year=2025", base=base)
        bullets = page.locator(".bullet")
        expect(bullets).to_have_count(2)
        events, series = bullets.all()  # the worst first
        expect(events).to_have_text(re.compile("^Events.*29 of 40.*behind"))
        expect(series).to_have_text(re.compile("^Series held several times.*6 of at most 6.*met"))
        pressable(page, "why=events_held").first.click()
        expect(dialog(page)).to_contain_text("Decided: Board of 1 February 2025")
        narrowed = open_page("/?year=2025&country=NL", base=base)
        expect(tile(narrowed, "Events")).to_contain_text("15")
        expect(narrowed.get_by_text("of 40")).to_have_count(0)


@pytest.mark.long
def test_the_dashboard_and_its_records_agree_on_every_number_of_the_definitions(look_at, version):
    page = look_at("/records?tab=definitions&year=2025")
    shown = page.locator(".definition h2").all_inner_texts()
    for metric, heading in zip(METRICS.values(), shown, strict=True):
        quantity = metrics.evaluate(version, metric, YEAR)
        assert heading.startswith(f"{metric.label} ")
        if quantity.value is None:
            assert heading.endswith("not known")
        elif metric.unit != "euro":
            assert heading.endswith(f"{quantity.value:,}")
    assert len(questions.list_questions()) > 60


def test_a_changed_month_writes_what_changed_and_everything_else_stays(open_page):
    """Also the charts: they are drawn again in their places."""
    parts = ", ".join(
        [
            *(f"[data-testid={name}]" for name in ("stButton", "stMenuButton")),
            *(f".st-key-part-{name} .ours" for name in ("bar", "page")),
            *(".chart-room", ".js-plotly-plot"),
        ]
    )
    page = open_page("/events?year=2025")
    charts_drawn(page)
    page.evaluate(
        "parts => document.querySelectorAll(parts).forEach(one => { one.kept = true })", parts
    )
    choose(page, "month", "2025-05")
    expect(tile(page, "Events")).to_contain_text("4")
    ready(page)
    charts_drawn(page)
    found = page.evaluate(
        "parts => [...document.querySelectorAll(parts)].map(one => [one.className, Boolean(one.kept)])",
        parts,
    )
    assert len(found) >= 8
    assert [name for name, kept in found if not kept] == []


COUNTS_CHARTS = """() => {
  window.most = {};
  const look = () => {
    const month = document.querySelector('[data-name=month] option:checked')?.textContent;
    const drawn = [...document.querySelectorAll('.js-plotly-plot')].filter(chart => chart.checkVisibility()).length;
    window.most[month] = Math.max(window.most[month] || 0, drawn);
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.mark.matrix(1)
@pytest.mark.parametrize(("path", "charts"), [("/events", 1), ("/", 1)])
def test_no_chart_of_before_is_painted_beside_those_of_the_chosen_month(open_page, path, charts):
    page = open_page(f"{path}?year=2025")
    charts_drawn(page)
    page.evaluate(COUNTS_CHARTS)
    for month in ("2025-03", "2025-05", "2025-10", "2025-12"):
        choose(page, "month", month)
        ready(page)
        charts_drawn(page)
    most = page.evaluate("window.most")
    assert len(most) >= 4, most
    assert max(most.values()) == charts, most


@pytest.mark.long
def test_a_page_finds_its_server_at_the_first_try(open_page):
    """Streamlit would ask below the page's own address first, and wait before it asks again."""
    page = open_page("/events?year=2025")
    asked = page.evaluate(
        "performance.getEntriesByType('resource').map(one => one.name).filter(name => name.includes('/_stcore/h'))"
    )
    assert [urlsplit(name).path for name in asked] == ["/_stcore/health", "/_stcore/host-config"]
