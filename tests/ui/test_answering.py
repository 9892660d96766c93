"""The boxes of the page of new data: calendars are settled too, the last time's columns can be read
otherwise, and nothing of a file is drawn as anything but text.
"""

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.intake.reading_options import RememberedMappings
from dashboard.publishing import delivery
from dashboard.publishing.delivery import CheckedDelivery, StewardAnswers
from dashboard.query import questions
from dashboard.store import Store, StoreError, forget, save_mappings
from dashboard.ui.steward import check_files
from tests.conftest import ROOT, served_already
from tests.intake.test_steward_answers import CALENDAR
from tests.ui.conftest import said, url

HOSTILE = "**bold** [link](https://example.org) <b>x</b> :smile:"


@pytest.fixture
def store(tmp_path):
    found = Store(tmp_path / "store")
    served_already(found, ROOT / "data")
    return found


@pytest.fixture
def page(store, programme, monkeypatch, tmp_path):
    programme(("publish_from_anywhere = false", "publish_from_anywhere = true"))
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "shares.sqlite"))
    test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    test.switch_page("../../../pages/publish.py")
    return test.run()


def offer(test, name, data):
    test.file_uploader[0].set_value([(name, data, "text/plain")]).run()
    return press(test, "Check")


def press(test, label):
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception
    return test


def box(test, start):
    return next(
        one
        for one in (*test.selectbox, *test.text_input)
        if one.label.replace("\\", "").startswith(start)
    )


def candidate(store, test):
    return store.candidate(str(url(test)["candidate"]))


@pytest.mark.long
def test_the_place_and_the_people_of_a_calendar_are_settled_beside_its_candidate(page, store):
    offer(page, "agenda.ics", CALENDAR)
    first = candidate(store, page)
    assert questions.record(first, "events", "open-dag-2025-05-14")["place_id"] is None
    box(page, "Anna Nieuw").set_value("a new person").run()
    place = box(page, "Congresgebouw")
    assert place.value is None
    place.select(
        next(option for option in place.options if option.endswith("is a venue in a city"))
    ).run()
    box(page, "City of").set_value("Groningen").run()
    which = box(page, "Which city of")
    which.select(
        next(option for option in which.options if option.startswith("Groningen, NL"))
    ).run()
    press(page, "Check again with these answers")
    second = candidate(store, page)
    assert (
        questions.record(second, "events", "open-dag-2025-05-14")["place_id"]
        == "congresgebouw-groningen-nl"
    )
    assert questions.record(second, "people", "anna-nieuw")["name"] == "Anna Nieuw"
    assert [one.id for one in store.candidates()] == [second.id]


@pytest.mark.long
def test_a_column_that_is_read_as_the_last_time_can_be_read_otherwise(page, store):
    save_mappings(store, RememberedMappings({"events": {"wanneer": "audience"}}))
    data = b"event_id,title,wanneer,status,participants_kind\nx,X,2025-05-14,held,unknown\n"
    offer(page, "events.csv", data)
    assert questions.record(candidate(store, page), "events", "x")["audience"] == "2025-05-14"
    assert any(
        "The column is read as audience, as the last time." in text for text in said(page.markdown)
    )
    column = box(page, "“wanneer”")
    assert column.value == "audience"
    column.set_value("start_date").run()
    press(page, "Check again with these answers")
    assert questions.record(candidate(store, page), "events", "x")["start_date"] == "2025-05-14"
    press(page, "Take all answers back")
    assert not any("What you have answered" in one.label for one in page.expander)


def test_nothing_of_a_file_is_drawn_as_anything_but_text(page):
    data = f"event_id,title,start_date,status,kind,{HOSTILE}\nx,X,2025,held,{HOSTILE},1\n".encode()
    offer(page, "events.csv", data)
    drawn = [e.value for e in (*page.markdown, *page.caption)] + [e.label for e in page.selectbox]
    assert sum("bold" in text for text in drawn) >= 2
    for text in drawn:
        for raw in ("**bold**", "[link]", "<b>", ":smile:", "https://"):
            assert raw not in text, text


def test_the_encoding_of_a_file_is_asked_with_its_words_and_chosen_by_nobody_else(page, store):
    rows = "event_id,title,start_date,status\nzorg-in-beeld,Zoë over zorgdata,2026-02-01,held\n"
    offer(page, "events.csv", rows.encode("mac_roman"))
    asked = box(page, "How the letters of events.csv are written")
    assert asked.value is None
    asked.select(next(one for one in asked.options if one.startswith("Mac Roman"))).run()
    press(page, "Check again with these answers")
    event = questions.record(candidate(store, page), "events", "zorg-in-beeld")
    assert event["title"] == "Zoë over zorgdata"


def test_two_columns_of_dates_that_may_be_either_way_round_are_asked_about_once(page, store):
    header = "event_id,title,start_date,end_date,status\n"
    offer(page, "events.csv", f"{header}x,X,03/04/2025,05/04/2025,held\n".encode())
    box(page, "All dates of this file").set_value("day/month").run()
    press(page, "Check again with these answers")
    event = questions.record(candidate(store, page), "events", "x")
    assert (event["start_date"], event["end_date"]) == ("2025-04-03", "2025-04-05")


def test_a_remembered_name_gives_way_to_the_columns_own_one(page, store):
    save_mappings(store, RememberedMappings({"events": {"wanneer": "start_date"}}))
    header = "event_id,title,start_date,wanneer,status,foo\n"
    offer(page, "events.csv", f"{header}x,X,2025-05-14,ooit,held,1\n".encode())
    for name in ("“wanneer”", "“foo”"):
        box(page, name).set_value("-").run()
    press(page, "Check again with these answers")
    assert questions.record(candidate(store, page), "events", "x")["start_date"] == "2025-05-14"


def test_of_two_files_of_one_name_none_is_lost(page, store):
    rows = [f"event_id,title,status\n{name},{name},planned\n".encode() for name in ("x", "y")]
    page.file_uploader[0].set_value([("events.csv", data, "text/plain") for data in rows]).run()
    press(page, "Check")
    version = candidate(store, page)
    assert [questions.record(version, "events", name)["title"] for name in ("x", "y")] == ["x", "y"]


def test_the_name_of_a_removed_person_is_a_problem_with_its_row(page, store):
    forget(store, "rozemarijn-vliegenthart", author="a", message="m", now=datetime.now(UTC))
    page.run()
    offer(page, "people.csv", b"person_id,name\nnew,Rozemarijn Vliegenthart\n")
    assert any(
        "the name of a person who was removed" in text.casefold() for text in said(page.markdown)
    )
    assert any("row 2 “Rozemarijn Vliegenthart”" in text for text in said(page.caption))


def test_a_store_that_is_busy_keeps_the_answers(page, store, monkeypatch):
    offer(page, "events.csv", b"event_id,title,start_date,status\nx,X,2025-05-14,bogus\n")
    box(page, "“bogus”").set_value("held").run()
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "check_delivery", busy)
        press(page, "Check again with these answers")
    assert any("somebody else publishes" in text.casefold() for text in said(page.markdown))
    press(page, "Check again with these answers")
    assert questions.record(candidate(store, page), "events", "x")["status"] == "held"


def busy(*_args, **_named):
    raise StoreError("somebody else publishes")


def test_the_marked_workbook_is_read_in_the_encoding_that_was_chosen():
    data = "event_id,title,start_date,status\nx,Zoë,31-02-2025,held\n".encode("mac_roman")
    checked = CheckedDelivery(
        files={"events.csv": data}, answers=StewardAnswers(encodings={"events.csv": "mac-roman"})
    )
    book = openpyxl.load_workbook(io.BytesIO(check_files.mark_faults(checked, "events.csv")))
    assert book["events"]["B2"].value == "Zoë"


def test_a_file_that_changes_nothing_says_so_and_opens_no_candidate(page, store):
    offer(page, "people.csv", b"person_id,name\njob-doornberg,Job Doornberg\n")
    assert "candidate" not in url(page)
    assert any("Nothing changes" in text for text in said(page.info))
    assert store.candidates() == []


def test_without_anything_to_answer_there_is_no_button_to_check_again(page):
    offer(page, "events.csv", b"event_id,title,status\nx,X,planned\nx,X,planned\n")
    assert not any(button.label.startswith("Check again") for button in page.button)
