"""Asking in words, in a browser: the questions of a meeting by the keyboard alone, what is suggested
while typing, the answer above the page, and what becomes of it.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import (
    ask_field,
    box,
    chips,
    drawn,
    headline,
    leads_to,
    pick,
    see_focus,
    tab_to,
    tile,
)
from tests.browser.test_access import ours
from tests.support.hostile import INLINE

pytestmark = pytest.mark.browser

KEYNOTES = "How often did Doornberg give a keynote in spring?"
SPRING = "/events?month=2025-03&month=2025-04&month=2025-05&speaker=job-doornberg&role=keynote"
OF_A_MEETING = [
    (KEYNOTES, "Job Doornberg gave 2 keynotes from March to May 2025", SPRING),
    ("Hoeveel mensen hebben we opgeleid in 2025?", "about 589 people", "/trainings?year=2025"),
    ("How much funding did we receive?", "not known", "/projects?year=2025"),
    ("Waar waren we in het buitenland?", "at least 7 events abroad", "/map?year=2025"),
    ("Who spoke most often?", "Job Doornberg has the most: 10", "?year=2025"),
    (
        "Wat staat er gepland in december 2026?",
        "nothing is recorded",
        "month=2026-12&status=planned",
    ),
    ("Compare 2025 with 2024", "cannot be compared", "/review?year=2025&compare=2024"),
    ("Welke partners hebben we?", "11 organisations as partners", "year=2025"),
    ("Wat deed Mirjam Plantinga voor ELSA?", "1 event", "speaker=mirjam-plantinga&line=elsa"),
    ("How many people came to the AI in UMCG Symposium?", "not known", "year=2025"),
]
"""Questions of a meeting, something of what is answered, and the end or the beginning of the address."""


def ask(page, question):
    """Ask by the keyboard, from wherever the focus is; the answer has it in the end."""
    before = answer(page).get_attribute("id") if answer(page).count() else ""
    page.keyboard.press("Control+k")
    expect(ask_field(page)).to_be_focused()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(answer(page)).not_to_have_attribute("id", before or "none")
    expect(answer(page)).to_be_focused()


def answer(page):
    """The sentence of the answer, which gets the focus."""
    return page.locator(".answer [id^=answer-]")


def options(page):
    return page.locator(".ask-list [role=option]")


def marked(page):
    """The option that Enter takes, as the field tells who hears it."""
    return page.locator(f"#{ask_field(page).get_attribute('aria-activedescendant')}")


def test_the_ten_questions_of_a_meeting_take_one_line_each_by_the_keyboard(open_page):
    page = open_page("/?year=2025")
    for question, said, address in OF_A_MEETING:
        ask(page, question)
        expect(answer(page)).to_contain_text(said)
        assert address in page.url
        assert "?" not in page.url.partition("?")[2]
        expect(ask_field(page)).to_have_value(question)
        assert not re.search("often|hoeveel|funding|waar|gepland|compare with", page.url)
    assert page.evaluate("refused") == []


def test_an_answer_stands_in_the_place_of_the_headline_and_of_the_chips(open_page):
    page = open_page("/?year=2025")
    ask(page, f"{KEYNOTES} with trombones")
    expect(page.locator("h1:visible")).to_have_count(1)
    expect(page.locator(".answer")).to_have_css("text-decoration-line", "none")
    expect(page.locator(".chip:visible")).to_have_count(4)
    expect(page.locator(".chip-left-out")).to_contain_text("trombones")
    assert answer(page).bounding_box()["y"] < tile(page, "Keynotes").bounding_box()["y"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.answer') !== null")


def test_what_was_understood_is_taken_back_and_the_rest_answered_in_its_place(open_page):
    page = open_page("/?year=2025")
    ask(page, KEYNOTES)
    tab_to(page, chips(page).filter(has_text="Month").locator("visible=true"), key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(answer(page)).to_contain_text("4 keynotes in 2025")
    leads_to(page, "/events?year=2025&speaker=job-doornberg&role=keynote")
    expect(tile(page, "Keynotes")).to_contain_text("4")
    expect(ask_field(page)).to_have_value(KEYNOTES)
    expect(page.locator(".ask-field [role=status]")).to_contain_text("4 keynotes in 2025")
    see_focus(page)


def test_of_two_quick_questions_the_answer_to_the_second_gets_the_focus(open_page):
    page = open_page("/?year=2025")
    page.keyboard.press("Control+k")
    for question in (KEYNOTES, "Where was Plantinga in December?"):
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(question)
        page.keyboard.press("Enter")
    expect(answer(page)).to_contain_text("Karlsruhe")
    expect(answer(page)).to_be_focused()
    expect(ask_field(page)).to_have_value("Where was Plantinga in December?")


def test_another_choice_drops_the_answer_and_the_page_says_its_own(open_page):
    page = open_page("/?year=2025")
    ask(page, KEYNOTES)
    pick(page, "speaker", "")
    expect(page.locator(".answer")).to_have_count(0)
    expect(headline(page)).to_contain_text("Keynotes")
    expect(ask_field(page)).to_have_value("")
    expect(chips(page).first).to_be_visible()


def test_back_leads_to_where_it_was_asked_and_forward_to_the_answer(open_page):
    page = open_page("/map?year=2025")
    ask(page, KEYNOTES)
    page.go_back()
    page.go_back()  # a page change of Streamlit's is two steps
    leads_to(page, "/map?year=2025")
    expect(page.locator(".answer")).to_have_count(0)
    expect(headline(page)).to_be_visible()
    page.go_forward()
    page.go_forward()
    leads_to(page, SPRING)
    expect(answer(page)).to_contain_text("2 keynotes")


def test_a_page_that_is_loaded_again_shows_the_view_without_the_answer(open_page):
    page = open_page("/?year=2025")
    ask(page, KEYNOTES)
    page.reload()
    expect(tile(page, "Keynotes")).to_contain_text("2")
    leads_to(page, SPRING)
    expect(page.locator(".answer")).to_have_count(0)


# --- what is suggested


def test_the_arrows_mark_what_is_suggested_and_enter_goes_there_without_loading_the_page(open_page):
    page = open_page("/events?year=2025")
    page.evaluate("window.stays = true")
    page.keyboard.press("/")
    expect(ask_field(page)).to_be_focused()
    page.keyboard.type("dornberg")
    expect(options(page).first).to_contain_text("Job Doornberg")
    expect(ask_field(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".ask-field [role=status]")).to_contain_text("suggestion")
    page.keyboard.press("ArrowDown")
    expect(marked(page)).to_contain_text("Job Doornberg")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Job Doornberg")
    leads_to(page, "/events?year=2025&person=job-doornberg")
    assert page.evaluate("window.stays")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    leads_to(page, "/events?year=2025")


def test_the_marks_go_round_and_home_and_end_lead_to_the_first_and_the_last(open_page):
    page = open_page("/events?year=2025")
    page.keyboard.press("Control+k")
    page.keyboard.type("par")
    expect(options(page).nth(1)).to_be_visible()
    last = options(page).count() - 1
    steps = [("ArrowUp", last), ("Home", 0), ("ArrowDown", 1), ("End", last)]
    for key, place in steps:
        page.keyboard.press(key)
        expect(options(page).nth(place)).to_have_attribute("aria-selected", "true")
        expect(options(page).nth(place)).to_be_in_viewport()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    assert ask_field(page).get_attribute("aria-activedescendant") is None


def test_escape_closes_the_list_and_then_leaves_the_field_and_tab_goes_on(open_page):
    page = open_page("/events?year=2025")
    page.keyboard.press("/")
    page.keyboard.type("map")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(ask_field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(ask_field(page)).not_to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("m")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(options(page).first).to_be_hidden()
    expect(box(page, "year")).to_be_focused()


def test_a_slash_that_is_written_is_a_slash(open_page):
    page = open_page("/records")
    field = page.get_by_label("Search all records")
    field.focus()
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")


def test_a_suggestion_is_pressed_with_the_pointer(open_page):
    page = open_page("/events?year=2025")
    ask_field(page).click()
    page.keyboard.type("vienna")
    options(page).filter(has_text="Vienna").first.click()
    leads_to(page, "/events?year=all&city=vienna-at")
    expect(tile(page, "Events")).to_contain_text("1")


def test_an_older_list_does_not_take_the_place_of_a_newer_one(window, address):
    """What the first letters suggest comes last."""
    page = drawn(window, f"{address}/events?year=2025")
    held = {}
    page.route(
        re.compile("/suggestions$"),
        lambda route: held.update({route.request.post_data_json["text"]: route}),
    )

    def type_and_hold(text):
        ask_field(page).fill(text)
        while text not in held:
            page.wait_for_timeout(20)

    type_and_hold("vienna")
    type_and_hold("doornberg")
    held["doornberg"].continue_()
    expect(options(page)).to_contain_text(["Job Doornberg"])
    held["vienna"].fulfill(json={"groups": [{"label": "", "options": []}], "said": "older"})
    page.wait_for_timeout(200)
    expect(options(page)).to_contain_text(["Job Doornberg"])
    expect(page.locator(".ask-field [role=status]")).not_to_contain_text("older")
    page.close()


@pytest.mark.parametrize("answered", ["abort", "fail"])
def test_without_its_route_enter_answers_all_the_same(window, address, answered):
    page = drawn(window, f"{address}/?year=2025")
    page.route(
        re.compile("/suggestions$"),
        lambda route: route.abort() if answered == "abort" else route.fulfill(status=503),
    )
    ask(page, KEYNOTES)
    expect(answer(page)).to_contain_text("2 keynotes")
    page.close()


def test_a_question_stands_in_no_address_that_the_page_asks_for(window, address):
    asked = []
    page = drawn(window, f"{address}/?year=2025", asked=asked)
    page.keyboard.press("/")
    page.keyboard.type("glockenspiel in spring")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(answer(page)).to_be_focused()
    assert any(one.endswith("/suggestions") for one in asked)
    assert not [one for one in asked if "glockenspiel" in one]
    assert "glockenspiel" not in page.url + page.title()
    page.close()


# --- what is not decided, and what is not understood


def test_where_nothing_is_recognised_a_question_that_has_an_answer_is_a_press_away(open_page):
    page = open_page("/people?year=2025")
    ask(page, "xyzzy plugh")
    leads_to(page, "/people?year=2025")
    expect(answer(page)).to_contain_text("Nothing in this was recognised")
    expect(headline(page)).to_be_visible()
    ways = page.locator(".answer-way")
    expect(ways).to_have_count(3)
    tab_to(page, ways.first)
    page.keyboard.press("Enter")
    expect(page.locator(".answer-stands")).to_be_visible()
    expect(ask_field(page)).not_to_have_value("xyzzy plugh")


@pytest.mark.matrix(
    2
)  # that it is a text wherever it is drawn: tests/ui/test_asking.py, test_output.py
@pytest.mark.parametrize("text", INLINE[:5])
def test_a_hostile_question_is_text_in_the_page(open_page, text):
    page = open_page("/?year=2025")
    ask(page, f"{text} keynotes")
    expect(ask_field(page)).to_have_value(f"{text} keynotes")
    assert page.evaluate("[window.ran, document.querySelectorAll('.pwned').length]") == [None, 0]
    assert page.evaluate("refused") == []


# --- where it is seen


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (320, "dark"), (1024, "dark")])
def test_a_question_is_asked_and_answered_on_a_phone_and_a_projector(open_page, width, scheme):
    page = open_page("/events?year=2025", width=width, height=800, scheme=scheme)
    assert ask_field(page).bounding_box()["width"] > 220
    ask_field(page).click()
    page.keyboard.type("doornb")
    option = options(page).first
    expect(option).to_be_in_viewport(ratio=1)
    assert option.bounding_box()["height"] >= 32
    assert page.evaluate("document.documentElement.scrollWidth") == width
    ask_field(page).fill(KEYNOTES)
    page.keyboard.press("Enter")
    expect(answer(page)).to_be_focused()
    expect(answer(page)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_list_lies_over_the_chart_beneath_it(open_page):
    page = open_page("/events?year=2025")
    ask_field(page).click()
    page.keyboard.type("a")
    expect(options(page).nth(5)).to_be_visible()
    assert page.evaluate("""[...document.querySelectorAll('.ask-list [role=option]')].every(one => {
        const list = one.closest('.ask-list').getBoundingClientRect(), { left, top, width, height } = one.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        return y > list.bottom || y > innerHeight || one.contains(document.elementFromPoint(x, y));
    })""")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_list_of_suggestions_and_in_an_answer(open_page, scheme):
    page = open_page("/?year=2025", scheme=scheme)
    ask_field(page).click()
    page.keyboard.type("a")
    page.keyboard.type("i")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert ours(page) == []
    ask(page, f"{KEYNOTES} with trombones")
    assert ours(page) == []


def test_a_panel_that_a_suggestion_opened_gives_the_focus_back_to_the_field(open_page):
    page = open_page("/events?year=2025")
    page.keyboard.press("/")
    page.keyboard.type("doornberg")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Job Doornberg")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(ask_field(page)).to_be_focused()


def test_an_answer_is_printed_as_text(open_page):
    page = open_page("/?year=2025")
    ask(page, KEYNOTES)
    page.emulate_media(media="print")
    expect(answer(page)).to_be_visible()
    expect(ask_field(page)).to_be_hidden()
    expect(page.locator(".answer-why")).to_be_hidden()
    expect(page.locator(".chip .remove:visible")).to_have_count(0)
    expect(page.locator("h1:visible")).to_have_count(1)


def test_the_dutch_of_a_question_and_its_answer(open_page):
    page = open_page("/?year=2025&lang=nl")
    ask(page, "Hoe vaak gaf Doornberg een keynote in het voorjaar?")
    expect(answer(page)).to_contain_text(
        "Job Doornberg gaf 2 keynotes van maart tot en met mei 2025"
    )
    leads_to(page, f"{SPRING}&lang=nl")
