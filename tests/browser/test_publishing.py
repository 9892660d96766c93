"""New data in the browser: a messy Dutch workbook from upload over the messages to the changed
number, and back.
"""

import io
import re
from contextlib import suppress

import openpyxl
import pytest
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import expect

from dashboard.schema.contract import tables
from dashboard.store import Store, read_mappings, rollback
from tests.browser.conftest import tile
from tests.conftest import NOW, ROOT, served_already
from tests.support.serving import ready, served

pytestmark = pytest.mark.browser
EVENTS = (
    "evenement_id",
    "titel",
    "begindatum",
    "einddatum",
    "status",
    "vorm_van_deelname",
    "deelnemers",
    "soort_deelnemers",
)
TRAININGS = (
    "training_id",
    "titel",
    "niveau",
    "vorm",
    "status",
    "periode",
    "deelnemers",
    "soort_deelnemers",
)
PEOPLE = ("evenement_id", "persoon_id", "rol", "nr")
GOOD_EVENT = (
    "voorjaarsdag",
    "Voorjaarsdag AI",
    "14 mei 2025",
    None,
    "Gehouden",
    None,
    "ca. 120",
    None,
)
GOOD_TRAINING = ("avondcursus", "Avondcursus AI", "PhD", "Cursus", "Gehouden", "2025", 25, "Exact")
FAULTS = {  # row of the sheet -> its cells, and what the message must say of it
    "evenementen": [
        (
            ("a", "Dag a", "31-02-2025", None, "held", None, None, "unknown"),
            "begindatum|start_date",
            "31-02-2025",
        ),
        (("b", "Dag b", "3-4-26", None, "held", None, None, "unknown"), "start_date", "3-4-26"),
        (
            ("c", "Dag c", "03/04/2025", None, "held", None, None, "unknown"),
            "start_date",
            "03/04/2025",
        ),
        (("d", None, "2025-05-01", None, "held", None, None, "unknown"), "title", ""),
        (
            ("e", "Dag e", "2025-05-02", "2025-05-01", "held", None, None, "unknown"),
            "end_date",
            "2025-05-01",
        ),
        (
            ("f", "Dag f", "2025-05-02", None, "misschien", None, None, "unknown"),
            "status",
            "misschien",
        ),
        (
            ("g", "Dag g", "2025-05-02", None, "held", "zoom", None, "unknown"),
            "attendance_mode",
            "zoom",
        ),
        (
            ("h", "Dag h", "2025-05-02", None, "held", None, "heel veel", None),
            "participants",
            "heel veel",
        ),
        (("i", "Dag i", "2025-05-02", None, "held", None, "-5", "exact"), "participants", "-5"),
        (("J K", "Dag j", "2025-05-02", None, "held", None, None, "unknown"), "event_id", "J K"),
        (
            ("l", "Dag l", "2025-05-02", None, "held", None, "ca. 40", "exact"),
            "participants",
            "ca. 40",
        ),
        (
            ("k", "Dag k", "volgende week", None, "held", None, None, "unknown"),
            "start_date",
            "volgende week",
        ),
        (
            ("i", "Nog een dag i", "2025-05-03", None, "held", None, None, "unknown"),
            "event_id",
            "i",
        ),
    ],
    "trainingen": [
        (("n", "Cursus n", "Doctor", "Cursus", "held", "2025", None, "unknown"), "level", "Doctor"),
        (("o", "Cursus o", "PhD", "Zwemles", "held", "2025", None, "unknown"), "format", "Zwemles"),
        (
            ("p", "Cursus p", "PhD", "Cursus", "held", "2024-2026", None, "unknown"),
            "period",
            "2024-2026",
        ),
        (("q", "Cursus q", "PhD", "Cursus", "held", "2025", "1,5", "exact"), "participants", "1,5"),
        (("r", "Cursus r", "PhD", None, "held", "2025", None, "unknown"), "format", ""),
    ],
    "personen_bij_evenementen": [
        (
            ("ai-in-umcg-symposium", "Rozemarijn Vliegentart", "keynote", "1"),
            "person_id",
            "Rozemarijn Vliegentart",
        ),
        (("bestaat-niet", "job-doornberg", "keynote", "1"), "event_id", "bestaat-niet"),
    ],
}
HEADERS = {"evenementen": EVENTS, "trainingen": TRAININGS, "personen_bij_evenementen": PEOPLE}


def _names(sheet, column):
    """What a column is called: in the contract, and in the sheet by its Dutch name."""
    table = next(table for table in tables().values() if table.nl == sheet)
    return {
        name
        for part in column.split("|")
        if part in {c.name for c in table.file_columns}
        for name in (part, table.column(part).nl)
    }


def workbook(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(HEADERS[name])
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def offer(page, name, data):
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data}]
    )
    page.get_by_text(name).first.wait_for()
    button = page.get_by_role("button", name="Check", exact=True)
    expect(button).to_be_enabled()
    ready(page)  # what is pressed while the page is drawn anew may be lost
    button.click()


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A store that is published to; each test leaves what was served before."""
    store = Store(tmp_path_factory.mktemp("fresh"))
    served_already(store, ROOT / "data")
    with served(store.root) as base:
        yield store, base


@pytest.mark.long
def test_a_messy_dutch_workbook_from_upload_to_the_changed_number_and_back(fresh, open_page):
    store, base = fresh
    before = store.current_id()
    page = open_page("/publish", base=base, height=1400)
    other = open_page("/?year=2025", base=base)
    expect(tile(other, "Events")).to_contain_text("29")
    faulty = {name: [row for row, _, _ in rows] for name, rows in FAULTS.items()}
    assert sum(map(len, faulty.values())) == 20
    offer(page, "registratie.xlsx", workbook(faulty))
    expect(page.get_by_text("Not published:")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="registratie.xlsx with the faulty cells marked").click()
    marked = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    listed = [[str(cell.value or "") for cell in row] for row in marked["Problems"].iter_rows()]
    for sheet, rows in FAULTS.items():
        for number, (_, column, value) in enumerate(rows, start=2):
            said = [
                cells
                for cells in listed
                if sheet in cells
                and str(number) in cells
                and (not value or any(value in c for c in cells))
            ]
            words = [" ".join(cells) for cells in said]
            assert any(name in cells for name in _names(sheet, column) for cells in words), (
                sheet,
                number,
                column,
                listed,
            )
    assert store.current_id() == before
    assert not store.candidates()

    page.reload()
    ready(page)
    offer(
        page,
        "goed.xlsx",
        workbook(
            {
                "evenementen": [GOOD_EVENT],
                "trainingen": [GOOD_TRAINING],
                "personen_bij_evenementen": [
                    ("voorjaarsdag", "Rozemarijn Vliegentart", "keynote", "1")
                ],
            }
        ),
    )
    page.get_by_role("combobox", name="Rozemarijn Vliegentart").click()
    page.get_by_role("option", name="Another spelling of Rozemarijn Vliegenthart").click()
    page.get_by_role("button", name="Check again with these answers").click()
    # the first consequences that a server works out
    expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=60_000)
    expect(
        page.get_by_text("Events, 2025: 29 → 30 events, because 1 event was added")
    ).to_be_visible()
    expect(
        page.get_by_text(
            re.compile("Participants in trainings, 2025: about 589 .+ → about 614 participants")
        )
    ).to_be_visible()
    expect(tile(other, "Events")).to_contain_text("29")
    page.get_by_label("Your name").fill("Ineke")
    page.get_by_label("Your name").press("Tab")
    page.get_by_label("Why, in a few words").fill("spring")
    page.get_by_label("Why, in a few words").press("Tab")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_enabled()
    page.get_by_role("button", name="Publish", exact=True).dblclick()
    expect(page.get_by_text("Published. Everybody sees it")).to_be_visible()
    expect(tile(other, "Events")).to_contain_text("30")  # nobody touched that page

    page.get_by_role("combobox", name="Serve another version").click()
    page.get_by_text(before).last.click()
    expect(page.get_by_text("What serving it would change:")).to_be_visible()
    expect(
        page.get_by_text("Events, 2025: 30 → 29 events, because 1 event was removed")
    ).to_be_visible()
    page.get_by_label("Who goes back").fill("Ineke")
    page.get_by_label("Who goes back").press("Tab")
    page.get_by_label("Why", exact=True).fill("a mistake")
    page.get_by_label("Why", exact=True).press("Tab")
    page.get_by_role("button", name="Go to it").click()
    expect(page.get_by_text("is served again")).to_be_visible()
    expect(tile(other, "Events")).to_contain_text("29")
    assert store.current_id() == before


@pytest.mark.long
def test_one_record_is_corrected_in_a_meeting(fresh, open_page):
    store, base = fresh
    page = open_page("/publish?edit=trainings.summer-school", base=base, height=1800)
    page.get_by_label("participants", exact=True).fill("60")
    page.get_by_role("combobox", name="participants_kind").click()
    page.get_by_role("option", name="About").click()
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    expect(
        page.get_by_text(
            re.compile("Participants in trainings, 2025: about 589 .+ → about 649 participants")
        )
    ).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("heading", name="What would change")).to_have_count(0)
    assert not store.candidates()


def coverage(page):
    """What stands beside the number of people trained, on Overview."""
    return page.locator(".tile", has=page.get_by_text("People trained", exact=True))


def test_a_question_is_answered_in_one_field_and_the_number_comes_from_one_more(fresh, open_page):
    store, base = fresh
    before = store.current_id()
    overview = open_page("/overview?year=2025", base=base)
    expect(coverage(overview)).to_contain_text("from 5 of 12 trainings")
    page = open_page("/records?tab=todo", base=base, height=1800)
    question = page.locator(".inquiry", has_text="took part in “Exquairo bootcamp” (2025)?")
    expect(question).to_contain_text("becomes “from 6 of 12 trainings”")
    question.get_by_role("link", name="Enter the answer").click()
    field = page.get_by_label("How many people took part")
    field.fill("ongeveer 40 mensen")
    field.press("Tab")
    expect(page.get_by_text("Understood: about 40 participants")).to_be_visible()
    page.get_by_label("Who says so").fill("Ineke")
    page.get_by_label("Who says so").press("Tab")
    page.get_by_role("button", name="Check the answer").click()
    expect(
        page.get_by_text(re.compile("Participants in trainings, 2025: .+ → about 629 participants"))
    ).to_be_visible(timeout=60_000)
    publish_as_ineke(page)
    expect(coverage(overview)).to_contain_text("from 6 of 12 trainings")
    again = open_page("/records?tab=todo", base=base, height=1800)
    expect(again.get_by_text("To do: 75 questions")).to_be_visible()
    rollback(store, before, author="a", message="back", now=NOW)


SECRETARY = [
    ("Activiteiten najaar, versie 3",),
    (),
    ("Titel", "Datum Event", "Spreker", "Locatie", "Soort bijeenkomst", "Aantal", "Begroting"),
    ("Datalunch", "03/04/2025", "Wim Smit", "Martiniplaza", "lezingen", 30, "€ 1.234,50"),
    ("Datalunch", "04/04/2025", "Wim Smit", "UMCG", "Lezingen", 28, None),
]


def choose(page, label, option):
    """Choose in a box; one that a run closes while it opens is opened again."""
    box = page.get_by_role("combobox", name=label)
    one = page.get_by_role("option", name=option).first
    for _ in range(4):
        ready(page)
        box.click()
        with suppress(TooLate):
            one.click(timeout=3000)
            return ready(page)
        page.keyboard.press("Escape")
    raise AssertionError(f"“{option}” is not offered in {label}")


NOTHING_IS_CUT = (
    "e => e.scrollWidth <= e.clientWidth && e.getBoundingClientRect().right <= innerWidth"
)


def publish_as_ineke(page):
    for label, text in (("Your name", "Ineke"), ("Why, in a few words", "autumn")):
        page.get_by_label(label).fill(text)
        page.get_by_label(label).press("Tab")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Published. Everybody sees it")).to_be_visible()


def check_again(page):
    ready(page)
    page.get_by_role("button", name="Check again with these answers").click()


def test_a_list_with_a_doubt_is_offered_answered_and_published_and_nothing_is_cut(fresh, open_page):
    """All that such a list may ask is asked of the page without a browser (tests/ui), and in make
    test-long with one.
    """
    store, base = fresh
    before = store.current_id()
    page = open_page("/publish", base=base, width=1280, height=1600)
    rows = "event_id,title,start_date,status\nx,Datalunch,03/04/2025,held\n"
    offer(page, "lunch.csv", rows.encode())
    said = page.get_by_text("Write 2025-04-03 or 2025-03-04.").first
    expect(said).to_be_visible(timeout=60_000)  # the first file that a server reads
    assert said.evaluate(NOTHING_IS_CUT)
    choose(page, "All dates of this file", "day/month")
    check_again(page)
    # the first consequences that a server works out
    expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=60_000)
    expect(
        page.get_by_text("Events, 2025: 29 → 30 events, because 1 event was added")
    ).to_be_visible()
    publish_as_ineke(page)
    try:
        events = open_page("/events?month=2025-04&event=x", base=base)
        expect(events.get_by_role("dialog")).to_contain_text("Datalunch")
    finally:
        rollback(store, before, author="a", message="back", now=NOW)


@pytest.mark.long
def test_a_secretarys_list_is_mapped_answered_and_published_and_nothing_is_cut(fresh, open_page):
    store, base = fresh
    book = openpyxl.Workbook()
    for row in SECRETARY:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    page = open_page("/publish", base=base, width=1280, height=1600)
    offer(page, "najaar.xlsx", file.getvalue())
    choose(page, "The table of", "evenementen (events)")
    check_again(page)
    expect(
        page.get_by_text("Still needed: event_id (evenement_id), status (status)")
    ).to_be_visible()
    for header, column in (
        ("Datum Event", "start_date"),
        ("Locatie", "place_id"),
        ("Soort bijeenkomst", "(kind)"),
        ("Aantal", "(participants)"),
    ):
        choose(page, header, column)
    page.get_by_text("Leave out the columns of which I say nothing").click()
    page.get_by_text("Make each event_id of the title and the day").click()
    choose(page, "empty cells of status", "Gehouden")
    check_again(page)
    expect(page.get_by_text("Column B “Datum Event” (start_date), 2 rows")).to_be_visible()
    for text in ("Write 2025-04-03 or 2025-03-04.", "Fill it in: How well that number is known."):
        assert page.get_by_text(text).first.evaluate(NOTHING_IS_CUT)
    choose(page, "All dates of this sheet", "day/month")
    choose(page, re.compile("^“lezingen”"), "Lezing of lezingenreeks")
    choose(page, "empty cells of participants_kind", "Exact")
    choose(page, re.compile("^Martiniplaza$"), "is a venue in a city")
    city = page.get_by_label("City of “Martiniplaza”", exact=True)
    city.fill("Groningen")
    city.press("Tab")
    choose(page, "Which city of “Martiniplaza”", "Groningen, NL")
    check_again(page)
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    expect(
        page.get_by_text("Events, 2025: 29 → 31 events, because 2 events were added")
    ).to_be_visible()
    publish_as_ineke(page)
    assert read_mappings(store).columns["events"]["datum_event"] == "start_date"
    events = open_page("/events?month=2025-04&event=datalunch-2025-04-03", base=base)
    expect(events.get_by_text("Martiniplaza").first).to_be_visible()
