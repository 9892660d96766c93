"""The page of new data: answers belong to one delivery, people are told apart, and who forgets says
who and why.
"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.query import questions
from dashboard.store import Store, read_log
from tests.conftest import ROOT, append_to, publish_folder, served_already
from tests.ui.conftest import url

CASES = Path(__file__).parents[1] / "cases"
ONE, OTHER = "jan-de-vries-1", "jan-de-vries-2"


@pytest.fixture
def store(tmp_path, small):
    """Records with two people of one name."""
    append_to(small, "people", f"{ONE},Jan de Vries,Surgeon,,")
    append_to(small, "people", f"{OTHER},Jan de Vries,Data scientist,,")
    append_to(small, "event_people", f"open-day,{OTHER},keynote,1,,")
    found = Store(tmp_path / "store")
    served_already(found, small)
    return found


@pytest.fixture
def opened(programme, monkeypatch, tmp_path):
    """Open the page on a store, by somebody who may publish."""
    programme(("publish_from_anywhere = false", "publish_from_anywhere = true"))
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "shares.sqlite"))

    def on(store, language=""):
        monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
        test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
        test.switch_page("../../../pages/publish.py")
        if language:
            test.query_params["lang"] = language
        test.run()
        assert not test.exception
        return test

    return on


@pytest.fixture
def page(opened, store):
    return opened(store)


@pytest.fixture
def shipped(tmp_path):
    found = Store(tmp_path / "shipped")
    served_already(found, ROOT / "data")
    return found


def press(test, label):
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception
    return test


def box(test, label):
    return next(
        one for one in (*test.selectbox, *test.text_input) if one.label.replace("\\", "") == label
    )


def offer(test, name):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    test.file_uploader[0].set_value(
        [(name, (CASES / "stale-answers" / name).read_bytes(), kind)]
    ).run()
    return press(test, "Check")


def test_nothing_is_answered_by_being_drawn_and_answers_of_one_file_do_not_reach_the_next(
    opened, shipped
):
    test = offer(opened(shipped), "stale_answers_1.xlsx")
    names = ("Job Dornberg", "Tineke Tstpersoon")
    assert [box(test, name).value for name in names] == [None, None]
    assert box(test, names[0]).options[0] == "Another spelling of Job Doornberg"
    press(test, "Check again with these answers")
    assert [box(test, name).value for name in names] == [None, None]
    box(test, names[1]).set_value("a new person").run()
    press(test, "Check again with these answers")
    # what has no answer is still a problem
    assert names[0] in {one.label for one in test.selectbox}
    assert names[1] not in {one.label for one in test.selectbox}
    offer(test, "stale_answers_2.xlsx")
    candidate = shipped.candidate(str(url(test)["candidate"]))
    people = {row["person_id"] for row in questions.browse(shipped.open(), "people")}
    assert {row["person_id"] for row in questions.browse(candidate, "people")} == people
    spoke = {
        r["person_id"]
        for r in questions.browse(candidate, "event_people")
        if r["event_id"] == "proef"
    }
    assert spoke == {"job-doornberg"}


def test_another_file_in_the_box_takes_the_problems_of_the_former_away(page):
    page.file_uploader[0].set_value([("people.csv", b"person_id,name\nA B,Anna", "text/csv")]).run()
    press(page, "Check")
    assert any(header.value.startswith("Not published") for header in page.header)
    page.file_uploader[0].set_value([("people.csv", b"person_id,name\na-b,Anna", "text/csv")]).run()
    assert not any(header.value.startswith("Not published") for header in page.header)


def test_a_dutch_steward_checks_a_file_in_dutch(opened, store):
    test = opened(store, "nl")
    test.file_uploader[0].set_value([("people.csv", b"person_id,name\na-b,Anna", "text/csv")]).run()
    press(test, "Controleren")
    assert any(header.value == "Wat er zou veranderen" for header in test.header)
    press(test, "Verwerpen")
    test.file_uploader[0].set_value([("people.csv", b"person_id,name\nA B,Anna", "text/csv")]).run()
    press(test, "Controleren")
    assert any(header.value.startswith("Niet gepubliceerd: 1 ") for header in test.header)


def test_the_person_who_was_chosen_is_shown_and_forgotten_and_who_and_why_are_asked(page, store):
    labels = ["Jan de Vries (Surgeon)", "Jan de Vries (Data scientist)"]
    assert [option for option in box(page, "Forget").options if option.startswith("Jan")] == labels
    box(page, "Forget").select(labels[1]).run()
    said = page.warning[-1].value.replace("\\", "")
    assert said == f"To be forgotten: {OTHER}: Jan de Vries, Data scientist, 1 contribution"

    def ready():
        return not next(
            button for button in page.button if button.label == "Forget this person"
        ).disabled

    assert not ready()
    for key, text in (
        ("forget_who_signs", "Eva"),
        ("forget_why", "a letter"),
        ("forget_word", OTHER),
    ):
        assert not ready()
        page.text_input(key=key).set_value(text).run()
    assert ready()
    press(page, "Forget this person")
    people = {row["person_id"] for row in questions.browse(store.open(), "people")}
    assert ONE in people
    assert OTHER not in people
    last = read_log(store)[-1]
    assert (last["action"], last["author"], last["message"]) == ("forget", "Eva", "a letter")


def test_going_back_asks_who_and_why(page, store, small):
    first = store.current_id()
    append_to(small, "people", "eva-bos,Eva Bos,,,")
    publish_folder(store, small)
    page.run()
    box(page, "Serve another version").set_value(first).run()

    def ready():
        return not next(button for button in page.button if button.label == "Go to it").disabled

    page.text_input(key="back_why").set_value("a mistake").run()
    assert not ready()
    page.text_input(key="back_who_signs").set_value("Ineke").run()
    assert ready()
    press(page, "Go to it")
    last = read_log(store)[-1]
    assert (last["action"], last["author"], last["message"], last["version"]) == (
        "rollback",
        "Ineke",
        "a mistake",
        first,
    )


def test_two_people_of_one_name_are_merged(page, store):
    box(page, "Keep").set_value(ONE).run()
    box(page, "is the same as").set_value(OTHER).run()
    press(page, "Preview the merge")
    candidate = store.candidate(str(url(page)["candidate"]))
    assert OTHER not in {row["person_id"] for row in questions.browse(candidate, "people")}
    assert any(header.value == "What would change" for header in page.header)
