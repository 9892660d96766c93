"""Asking in words, through AppTest: where a question leads, what stands above the page that answers it,
and for how long.
"""

import shutil
from urllib.parse import parse_qs, urlencode

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store import Store
from tests.conftest import ROOT, append_to, served_already
from tests.support.hostile import INLINE
from tests.support.page_parts import (
    choose,
    find_in_part,
    press,
    read_field,
    read_parts,
    read_text,
    texts,
)
from tests.ui.conftest import url

SPRING = "month=2025-03&month=2025-04&month=2025-05&speaker=job-doornberg&role=keynote"
KEYNOTES = "How often did Doornberg give a keynote in spring?"


@pytest.fixture(scope="module")
def two_doornbergs(tmp_path_factory):
    """The records that ship, with a second person of one surname."""
    folder = shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("two") / "records")
    append_to(folder, "people", "anna-doornberg,Anna Doornberg")
    append_to(folder, "event_people", "surgeons-days,anna-doornberg,lecture,1")
    store = Store(tmp_path_factory.mktemp("two-store"))
    served_already(store, folder)
    return store


@pytest.fixture
def app(shipped, monkeypatch):
    def run(page="", store=None, **query):
        monkeypatch.setenv("DASHBOARD_STORE", str((store or shipped).root))
        test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
        for name, value in query.items():
            test.query_params[name] = value
        if page:
            test.switch_page(f"../../../pages/{page}.py")
        return test.run()

    return run


def ask(test, text):
    """Ask a question as the browser says it."""
    press(test, f"ask:{text}", "ask")
    assert not test.exception
    return test


def press_in_answer(test, label):
    """Press what is called so in the answer."""
    ways = [*find_in_answer(test, "chip"), *find_in_answer(test, "answer-way")]
    (act,) = [way[2]["data-act"] for way in ways if read_text(way).startswith(label)]
    press(test, act, "part-answer")
    assert not test.exception
    return test


def find_in_answer(test, css):
    return find_in_part(test, "part-answer", css)


def said(test, css):
    """What the elements of a class say in the answer."""
    return [read_text(node) for node in find_in_answer(test, css)]


def sentence(test):
    """The sentence of the answer, in the place of the page's headline."""
    return said(test, "headline")[0].partition(" ")[2]


def page_of(test):
    return test.session_state["view"].page


def query(test):
    """The query of the address as it is written."""
    return urlencode(dict(test.query_params), doseq=True)


def answers(test):
    """Whether an answer stands above the page."""
    return "part-answer" in read_parts(test)


def understood(test):
    """The chips of what was understood."""
    return [text.removesuffix(" ×") for text in said(test, "chip") if text.endswith("×")]


def test_a_question_leads_to_the_page_that_answers_it_and_its_answer_stands_first(app):
    test = ask(app("map", year="2025", country="NL", view="netherlands"), KEYNOTES)
    assert page_of(test) == "events"
    assert query(test) == SPRING
    assert list(read_parts(test)) == ["part-bar", "part-answer", "part-page"]
    assert sentence(test).startswith("Job Doornberg gave 2 keynotes")
    assert said(test, "answer-name") == [
        "Annual Meeting Amsterdam Movement Sciences",
        "Surgeons' Days 2026",
    ]
    assert "Why this number?" in said(test, "answer-way")


def test_the_question_stands_in_the_field_while_its_answer_is_shown_and_never_in_the_address(app):
    test = app(year="2025")
    assert read_field(test)["value"] == ""
    ask(test, KEYNOTES)
    assert read_field(test)["value"] == KEYNOTES
    assert "keynote in spring" not in str(test.query_params).casefold()
    choose(test, "month", "2025-05")
    assert (read_field(test)["value"], answers(test)) == ("", False)


def test_of_what_was_understood_each_part_is_taken_back_and_what_is_left_is_answered(app):
    test = ask(app(year="2025"), KEYNOTES)
    assert {chip.partition(":")[0] for chip in understood(test)} == {"Person", "Role", "Month"}
    press_in_answer(test, "Month")
    assert url(test) == {"year": "2025", "speaker": "job-doornberg", "role": "keynote"}
    assert sentence(test).startswith("Job Doornberg gave 4 keynotes in 2025")
    assert read_field(test)["value"] == KEYNOTES
    press_in_answer(test, "Person")
    assert url(test) == {"year": "2025", "role": "keynote"}
    assert "6 keynotes" in sentence(test)
    press_in_answer(test, "Year")
    assert url(test) == {"year": "all", "role": "keynote"}
    assert answers(test)


def test_when_nothing_is_left_of_a_question_there_is_no_answer(app):
    test = ask(app("events", year="2025"), "Doornberg")
    assert answers(test)
    press_in_answer(test, "Person")
    assert not answers(test)
    assert "speaker" not in test.query_params


def test_a_first_and_a_last_day_that_were_asked_for_together_are_taken_back_together(app):
    test = ask(app("events", year="2025"), "events between 1 March and 15 June")
    assert url(test) == {"from": "2025-03-01", "to": "2025-06-15"}
    assert understood(test) == ["Period: 1 March – 15 June 2025"]
    press_in_answer(test, "Period")
    assert url(test) == {"year": "2025"}
    assert "29 events" in sentence(test)


def test_what_a_word_means_is_said_above_the_definitions_which_no_filter_narrows(app):
    test = ask(app("events", year="2025"), "what is a keynote?")
    assert page_of(test) == "records"
    assert understood(test) == []
    assert said(test, "answer-sentence")


def test_a_period_without_a_year_is_that_of_the_year_that_is_shown(app):
    test = ask(app("events", year="2024"), "keynotes in May")
    assert url(test)["month"] == "2024-05"
    assert "Month: May 2024" in understood(test)


def test_an_answer_stays_while_a_record_or_a_number_is_open_over_it(app):
    test = ask(app(year="2025"), KEYNOTES)
    press(test, "event=surgeons-days", "part-answer")
    assert url(test)["event"] == "surgeons-days"
    assert answers(test)
    press(test, "why=keynotes", "part-answer")
    assert "part-panel-why" in read_parts(test)
    assert answers(test)


def test_another_page_has_no_answer_and_coming_back_shows_it_again(app):
    test = ask(app(year="2025"), KEYNOTES)
    asked = dict(test.query_params)
    press(test, "page:map")
    assert (page_of(test), answers(test)) == ("map", False)
    test.query_params.clear()
    test.query_params.update(asked)
    test.switch_page("../../../pages/events.py").run()
    assert answers(test)


def test_what_was_not_understood_is_said_and_sets_no_filter(app):
    test = ask(app(year="2025"), f"{KEYNOTES} with trombones")
    assert said(test, "chip-left-out")
    assert "trombones" in " ".join(said(test, "chip-left-out"))
    assert query(test) == SPRING


def test_of_two_people_of_one_name_neither_is_chosen_until_one_is_pressed(app, two_doornbergs):
    test = ask(app("map", two_doornbergs, year="2025"), "lectures by Doornberg")
    assert (page_of(test), url(test)) == ("map", {"year": "2025"})
    ways = said(test, "answer-way")
    assert any("Anna Doornberg" in way for way in ways)
    assert any("Job Doornberg" in way for way in ways)
    press_in_answer(test, next(way for way in ways if "Anna" in way))
    assert url(test)["speaker"] == "anna-doornberg"
    assert "Anna Doornberg" in sentence(test)
    assert "Person: Anna Doornberg" in understood(test)


def test_of_two_readings_with_one_link_the_pressed_one_answers(app):
    test = ask(app("events", year="2025"), "projects and grants in 2025")
    ways = said(test, "answer-way")
    press_in_answer(test, next(way for way in ways if way.startswith("Grants to us")))
    assert url(test) == {"year": "2025"}
    assert sentence(test).startswith("We received 1 grant")


def test_where_nothing_was_recognised_three_questions_with_an_answer_are_offered(app):
    test = ask(app("projects", year="2025"), "xyzzy plugh")
    assert (page_of(test), url(test)) == ("projects", {"year": "2025"})
    examples = said(test, "answer-way")
    assert len(examples) == 3
    press_in_answer(test, examples[0])
    assert read_field(test)["value"] == examples[0]
    assert find_in_answer(test, "answer-stands")


@pytest.mark.parametrize("page", ["records", "meetings", "about"])
def test_a_question_is_asked_on_the_pages_of_data_too(app, page):
    test = ask(app(page, year="2025"), KEYNOTES)
    assert page_of(test) == "events"
    assert answers(test)


@pytest.mark.parametrize("asked", ["", "   ", "\x00", "\u202e", "?!", "x" * 5000])
def test_a_question_of_nothing_leads_nowhere(app, asked):
    test = ask(app("events", year="2025"), asked)
    assert (page_of(test), url(test)) == ("events", {"year": "2025"})


@pytest.mark.parametrize("text", INLINE[:6])
def test_a_hostile_question_is_text(app, text):
    test = ask(app(year="2025"), f"{text} keynotes by Doornberg")
    assert read_field(test)["value"].endswith("keynotes by Doornberg")
    assert text not in str(dict(test.query_params))
    assert {node[0] for node in find_in_answer(test, "chip-left-out")} == {"span"}


def test_what_the_browser_says_beside_a_question_does_nothing(app):
    test = app("events", year="2025")
    for said in [None, 7, ["ask:x"], "nonsense", "open:/nowhere?x", "event=../x"]:
        press(test, said, "ask")
        assert not test.exception
        assert page_of(test) == "events"


def test_a_chosen_suggestion_opens_its_record_over_the_page(app):
    test = press(app("map", year="2025"), "event=surgeons-days", "ask")
    assert (page_of(test), url(test)) == ("map", {"year": "2025", "event": "surgeons-days"})


def test_in_another_language_the_answer_is_said_anew(app):
    test = ask(app(year="2025", lang="en"), KEYNOTES)
    press(test, "lang=nl", "part-bar")
    assert sentence(test).startswith("Job Doornberg gaf 2 keynotes")
    assert read_field(test)["value"] == KEYNOTES
    press_in_answer(test, "Maand")
    assert url(test)["lang"] == "nl"


def test_a_link_to_what_was_asked_shows_the_page_without_the_answer(app):
    test = app("events", **parse_qs(SPRING))
    assert not answers(test)
    assert len(texts(test, "chip")) > 3


def test_slides_of_an_answer_are_those_of_its_page(app):
    test = ask(app(year="2025"), KEYNOTES)
    test.button("present").click().run()
    assert not test.exception
    assert list(read_parts(test)) == ["part-slides"]


def test_an_answer_that_fails_is_said_and_the_page_stays(app, monkeypatch):
    shown = app("events", year="2025")
    monkeypatch.setattr("dashboard.asking.answer.find_answer", lambda *_asked: 1 / 0)
    ask(shown, KEYNOTES)
    assert "could not be answered" in shown.toast[0].value
    assert (page_of(shown), answers(shown)) == ("events", False)
