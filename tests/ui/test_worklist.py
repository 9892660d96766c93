"""To do, and the reply that a steward enters in one field."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.filters import Filters
from dashboard.query.metrics import METRICS, evaluate
from dashboard.store import Store
from tests.conftest import ROOT, served_already
from tests.support.page_parts import acts, find, texts, whole_text
from tests.ui.conftest import said, url

QUESTION = "How many people took part in “Exquairo bootcamp” (2025)? An estimate is fine: write “about 40”."
VRAAG = "Hoeveel mensen deden er mee aan “Exquairo bootcamp” (2025)? Een schatting is goed: schrijf “ongeveer 40”."


@pytest.fixture
def shipped(tmp_path):
    found = Store(tmp_path / "store")
    served_already(found, ROOT / "data")
    return found


@pytest.fixture
def opened(shipped, monkeypatch, tmp_path):
    """Open a page on the shipped records: opened("records", tab="todo")."""
    monkeypatch.setenv("DASHBOARD_STORE", str(shipped.root))
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "shares.sqlite"))

    def on(page, **query):
        test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
        for name, value in query.items():
            test.query_params[name] = value
        test.switch_page(f"../../../pages/{page}.py")
        test.run()
        assert not test.exception
        return test

    return on


def field(test, label):
    return next(one for one in test.text_input if one.label.replace("\\", "") == label)


def button(test, label):
    return next(one for one in test.button if one.label == label)


def test_the_questions_stand_by_whom_to_ask_with_what_they_gain(opened):
    test = opened("records", tab="todo")
    assert "To do: 76 questions" in said(test.header)
    names = texts(test, "block-heading")
    assert (names[0], names[-1]) == ("Michiel Hooiveld 2", "Nobody is named 37")
    first = texts(test, "inquiry")[0]
    assert first.startswith("How many euros is “Sector plan for Medicine")
    assert "Funding received, 2025: becomes known." in first
    assert "Leads the project." in first
    assert "Where it stands data/funding.csv, row with funding_id=sector-plan" in first


def test_each_person_has_a_message_to_copy_and_to_open_in_a_mail_program(opened):
    test = opened("records", tab="todo")
    assert test.code[0].value.startswith("Some facts are not known yet for the overview of DASH.")
    assert len(test.code) == len(texts(test, "block-heading"))
    links = [one.proto.url for one in test.get("link_button")]
    assert links[0].startswith("mailto:?subject=2%20questions")
    assert all(len(link) <= 1900 for link in links)


def test_a_steward_enters_the_answer_from_the_question(opened):
    test = opened("records", tab="todo")
    assert "page:publish?edit=funding.sector-plan" in acts(test)
    assert "record=funding.sector-plan" in acts(test)
    # what is no value has no field
    assert not any(act.startswith("page:publish?edit=people.tanja") for act in acts(test))


def test_a_viewer_sees_the_questions_and_no_way_to_answer(opened, monkeypatch):
    monkeypatch.setattr("dashboard.ui.sign_in.is_local", lambda: False)
    test = opened("records", tab="todo")
    assert len(find(test, "inquiry")) == 64
    assert not [act for act in acts(test) if act.startswith("page:publish")]


def test_to_do_is_in_dutch(opened):
    test = opened("records", tab="todo", lang="nl")
    assert "Te doen: 76 vragen" in said(test.header)
    assert "Antwoord invoeren" in whole_text(test)
    assert texts(test, "block-heading")[-1] == "Niemand is genoemd 37"
    assert any("Hoeveel mensen deden er mee" in one for one in texts(test, "inquiry"))


@pytest.mark.parametrize(
    ("language", "question", "typed", "understood"),
    [
        ("en", QUESTION, "about 40", "Understood: about 40 participants"),
        ("nl", VRAAG, "ongeveer 40 deelnemers", "Begrepen: ongeveer 40 deelnemers"),
    ],
)
def test_what_is_understood_of_a_reply_is_shown_before_it_is_checked(
    opened, shipped, language, question, typed, understood
):
    test = opened("publish", edit="trainings.exquairo-bootcamp", lang=language)
    check = {"en": "Check the answer", "nl": "Antwoord controleren"}[language]
    assert button(test, check).disabled
    field(test, question).set_value(typed).run()
    assert understood in said(test.markdown)
    assert not shipped.candidates()
    assert button(test, check).disabled  # who says so?
    field(test, {"en": "Who says so", "nl": "Wie zegt het"}[language]).set_value("Anna Berg").run()
    assert not button(test, check).disabled


def test_a_checked_reply_is_a_candidate_with_its_claim(opened, shipped):
    test = opened("publish", edit="trainings.exquairo-bootcamp")
    field(test, QUESTION).set_value("about 40").run()
    field(test, "Who says so").set_value("Anna  Berg").run()
    button(test, "Check the answer").click().run()
    assert not test.exception
    (candidate,) = shipped.candidates()
    assert url(test)["candidate"] == candidate.id
    number = evaluate(candidate, METRICS["training_participants"], Filters(year=2025))
    assert (number.known, number.total) == (6, 12)
    rows = list(csv.DictReader(io.StringIO((candidate.records / "claims.csv").read_text("utf-8"))))
    (claim,) = [row for row in rows if row["source_id"] == "answers"]
    assert (claim["record_id"], claim["stated"]) == ("exquairo-bootcamp", "about 40")
    assert claim["section"].startswith("Anna Berg, 20")


def test_what_is_not_understood_is_said_and_nothing_is_lost(opened, shipped):
    test = opened("publish", edit="trainings.exquairo-bootcamp")
    field(test, "Who says so").set_value("Anna Berg").run()
    field(test, QUESTION).set_value("between 30 and 40").run()
    (warning,) = said(test.warning)
    assert warning.startswith("Not understood: a count is a whole number")
    assert button(test, "Check the answer").disabled
    assert field(test, QUESTION).value == "between 30 and 40"
    field(test, QUESTION).set_value("30+").run()
    assert not test.warning
    assert not button(test, "Check the answer").disabled
    assert not shipped.candidates()


def test_who_was_asked_is_proposed_as_who_says_so(opened):
    test = opened("publish", edit="funding.sector-plan")
    assert field(test, "Who says so").value == "Michiel Hooiveld"
    assert len([one for one in test.text_input if "Sector plan" in one.label]) == 2


def test_a_record_of_which_all_is_known_has_its_form_alone(opened):
    test = opened("publish", edit="trainings.dentistry-first-year")
    assert said(test.header)[0] == "Correct one record: dentistry-first-year"
