"""What is suggested while a question is typed, through its route."""

import json
import logging

import pytest
from starlette.applications import Starlette

from dashboard.model.roles import Person
from dashboard.server import middleware
from dashboard.ui import suggest
from tests.support.asgi import ask
from tests.support.hostile import INLINE


@pytest.fixture
def post(real, monkeypatch):
    """Types a text in the field on a page, as somebody at the server's machine does."""
    monkeypatch.setenv("DASHBOARD_STORE", str(real.folder.parents[1]))
    site = Starlette(routes=suggest.routes(""), middleware=middleware())

    def typed(text, page="events", query="year=2025", spoken="en", **more):
        asked = {"text": text, "page": page, "query": query, "spoken": spoken}
        body = more.pop("body", json.dumps(asked).encode())
        return ask(site, "/suggestions", method="POST", body=body, **more)

    return typed


def groups(answer):
    """The suggestions by their groups, each with where it leads."""
    assert answer.status == 200
    return {
        group["label"]: {option["label"]: option["act"] for option in group["options"]}
        for group in answer.json["groups"]
    }


def test_a_name_is_suggested_in_spite_of_its_spelling_with_the_address_it_leads_to(post):
    answer = post("dornberg")
    assert groups(answer)["People"] == {"Job Doornberg": "person=job-doornberg"}
    (option,) = answer.json["groups"][0]["options"]
    assert option["href"] == "./events?year=2025&person=job-doornberg"
    assert answer.json["said"] == "1 suggestion"


def test_events_projects_and_places_are_suggested_each_in_a_group(post):
    assert "event=surgeons-days" in groups(post("surgeons"))["Events"].values()
    assert "project=dutch-ai-factory" in groups(post("dutch ai fact"))["Projects"].values()
    places = groups(post("vienna"))["Places"]
    assert list(places.values()) == ["open:/events?year=all&city=vienna-at"]


@pytest.mark.parametrize(("typed", "spoken"), [("kaart", "en"), ("map", "nl"), ("Kaa", "nl")])
def test_a_page_is_suggested_by_its_name_in_both_languages(post, typed, spoken):
    found = groups(post(typed, spoken=spoken))
    label, name = ("Pages", "Map") if spoken == "en" else ("Pagina’s", "Kaart")
    assert found[label] == {name: "page:map"}


def test_what_a_number_means_is_suggested_and_opens_over_the_page(post):
    answer = post("participants trainings", page="")
    assert groups(answer)["Definitions"]["Participants in trainings"] == "why=training_participants"


def test_where_a_suggestion_leads_the_language_and_the_pin_go_along(post, real):
    answer = post("vienna", query=f"year=2025&lang=nl&v={real.id}&on=2026-01-15&period=this-year")
    (act,) = groups(answer)["Plaatsen"].values()
    assert act == f"open:/events?year=all&city=vienna-at&v={real.id}&on=2026-01-15&lang=nl"


@pytest.mark.parametrize("text", ["", " ", "?!", "qqqqzzzz"])
def test_of_nothing_nothing_is_suggested(post, text):
    assert post(text).json == {"groups": [], "said": ""}


@pytest.mark.parametrize("text", [*INLINE[:4], "x" * 5000, "\x00", "' or 1=1 --", "%_%"])
def test_any_text_is_answered(post, text):
    assert post(text).status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"text": 7}',
        b'{"page": "nowhere"}',
        b'"x"',
        b'{"text": "\\ud800"}',
        b"x" * 20_000,
    ],
)
def test_what_is_no_question_of_the_field_is_refused(post, body):
    assert post("", body=body).status == 400


def test_a_suggestion_is_kept_by_nobody_and_asked_for_by_no_other_site(post):
    assert post("doornberg").headers["cache-control"] == "private, no-store"
    assert post("doornberg", origin="https://elsewhere.example").status == 403


def test_an_address_cannot_ask(post):
    site = Starlette(routes=suggest.routes(""), middleware=middleware())
    assert ask(site, "/suggestions?text=doornberg").status == 405


def test_who_may_not_look_gets_no_suggestion(post, monkeypatch):
    monkeypatch.setattr("dashboard.server.access.identify", lambda *_, **__: Person(why="no"))
    answer = post("doornberg")
    assert answer.status in (401, 403)
    assert b"Doornberg" not in answer.body


def test_no_log_holds_what_was_typed(post, caplog):
    caplog.set_level(logging.DEBUG)
    post("doornberg glockenspiel")
    post("", body=b'{"text": "glockenspiel", "page": "nowhere"}')
    assert "glockenspiel" not in caplog.text
