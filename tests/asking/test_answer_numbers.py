"""The number of an answer is the one that the page shows under the same link; the JSON is as
docs/api.md promises.
"""

import re

import pytest

from dashboard.asking.reading import Choice, Understood
from dashboard.model.filters import NO_FILTERS, Filters
from dashboard.model.roles import Role
from dashboard.query.metrics import METRICS
from dashboard.views.content.pages import make_content
from dashboard.views.view import open_view
from tests.support.readings import SETTINGS, TODAY

SELECTIONS = [
    {},
    {"all_years": True},
    {"month": ("2025-05", "2025-06")},
    {"speaker": ("job-doornberg",)},
    {"speaker": ("job-doornberg",), "role": ("keynote",)},
    {"city": ("groningen-nl",), "kind": ("symposium",)},
    {"text": "ai"},
    {"pillar": ("education",)},
    {"of_year": 2024},
]


@pytest.mark.matrix(40)
@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("name", METRICS)
def test_the_number_is_that_of_the_link(shipped_answer, name, selection):
    found = shipped_answer(metric=name, form="count", **selection)
    shown = open_view(shipped_answer.store, SETTINGS, found.link, TODAY, role=Role.VIEWER)
    assert found.metric == name
    assert found.quantity == shown.number(name)
    assert not re.search(r"\b0\b", found.sentence)


@pytest.mark.parametrize("page", ["", "events", "map", "trainings", "projects", "people"])
def test_the_link_opens_the_page_that_answers(shipped_answer, page):
    found = shipped_answer(page=page, form="list")
    shown = open_view(shipped_answer.store, SETTINGS, found.link, TODAY, role=Role.VIEWER)
    assert (shown.page, shown.filters, shown.notices) == (page, Filters(year=2025), ())
    assert make_content(shown).title


def test_the_link_says_the_year_that_is_shown_or_all(shipped_answer):
    asked = {"speaker": ("job-doornberg",), "form": "count"}
    assert shipped_answer(**asked).link == "/events?year=2025&speaker=job-doornberg"
    assert shipped_answer(all_years=True, **asked).link == "/events?year=all&speaker=job-doornberg"
    assert shipped_answer(link="/map?year=all", **asked).link == (
        "/events?year=all&speaker=job-doornberg"
    )
    assert shipped_answer(link="/map?month=2024-05&kind=course", **asked).link == (
        "/events?year=2024&speaker=job-doornberg"
    )


def test_the_version_and_the_language_go_along(shipped_answer, real):
    link = f"/events?v={real.id}&on=2026-01-14&lang=nl&period=last-year&tab=todo"
    found = shipped_answer(link=link, form="count", of_year=2025)
    assert found.link == f"/events?year=2025&v={real.id}&on=2026-01-14&lang=nl"


def test_the_json_is_as_promised(shipped_answer):
    understood = (
        Understood("keynotes", "role", ("keynote",), "Keynote"),
        Understood("Doornbrg", "speaker", ("job-doornberg",), "Job Doornberg", corrected=True),
        Understood("spring", "month", ("2025-03", "2025-04", "2025-05"), "March to May 2025"),
    )
    found = shipped_answer(
        understood=understood,
        metric="keynotes",
        form="count",
        rest=("with slides",),
        role=("keynote",),
        speaker=("job-doornberg",),
        month=("2025-03", "2025-04", "2025-05"),
    ).to_json()
    link = "/events?{}&speaker=job-doornberg&role=keynote"
    assert found == {
        "query": "a question",
        "understood": {
            "page": "events",
            "month": ["2025-03", "2025-04", "2025-05"],
            "speaker": ["job-doornberg"],
            "role": ["keynote"],
        },
        "not_understood": ["with slides"],
        "alternatives": [
            {
                "label": "Keynotes by Job Doornberg in 2025 (4 keynotes)",
                "link": link.format("year=2025"),
            }
        ],
        "link": link.format("month=2025-03&month=2025-04&month=2025-05"),
        "answer": {
            "sentence": "Job Doornberg gave 2 keynotes from March to May 2025.",
            "metric": "keynotes",
            "value": 2,
            "kind": "exact",
            "known": 2,
            "unknown": 0,
        },
    }


def test_the_json_has_the_year_only_where_the_question_named_it(shipped_answer):
    def understood(**asked):
        return shipped_answer(**asked).to_json()["understood"]

    assert understood() == {"page": "events"}
    assert understood(of_year=2025) == {"page": "events", "year": ["2025"]}
    assert understood(all_years=True) == {"page": "events", "year": ["all"]}
    assert understood(page="", extras={"compare": "2024"}, form="compare") == {
        "page": "",
        "compare": ["2024"],
    }


def test_a_number_that_is_not_known_is_null_with_what_is_counted(shipped_answer):
    found = shipped_answer(metric="event_participants", form="count").to_json()["answer"]
    assert (found["value"], found["kind"], found["known"], found["unknown"]) == (
        None,
        "unknown",
        0,
        29,
    )
    found = shipped_answer(page="trainings", metric="training_participants").to_json()["answer"]
    assert (found["value"], found["kind"], found["known"], found["unknown"]) == (589, "about", 5, 7)


def test_a_definition_has_a_sentence_and_no_number(shipped_answer):
    found = shipped_answer(metric="keynotes", form="definition").to_json()["answer"]
    assert found["sentence"].startswith("Keynotes: ")
    assert (found["metric"], found["value"], found["known"]) == ("keynotes", None, None)


def test_a_choice_is_counted_by_what_its_filters_mean_something_for(shipped_answer):
    offered = (
        Choice("Kind", "events", Filters(kind=("course",)), metric="events_held"),
        Choice("Format", "trainings", Filters(format=("course",)), metric="events_held"),
    )
    found = shipped_answer(choices=offered, metric="events_held")
    assert [label for label, _link in found.wider] == ["Kind (4 events)", "Format (2 trainings)"]


def test_two_things_that_are_counted_each_have_their_own_number(shipped_answer):
    offered = (
        Choice("Projects", "projects", NO_FILTERS, metric="projects"),
        Choice("Grants", "projects", NO_FILTERS, metric="awards"),
    )
    found = shipped_answer(choices=offered, metric="awards")
    assert [label for label, _link in found.wider] == ["Projects (12 projects)", "Grants (1 grant)"]


def choices(**filters):
    return tuple(Choice(label, "events", one) for label, one in filters.items())


def test_several_readings_are_offered_with_their_numbers_and_none_is_answered(shipped_answer):
    offered = choices(
        May=Filters(speaker=("job-doornberg",)), month=NO_FILTERS.with_(month=("2025-05",))
    )
    found = shipped_answer(choices=offered)
    assert found.wider == [
        ("May (10 events)", "/events?year=2025&speaker=job-doornberg"),
        ("month (4 events)", "/events?month=2025-05"),
    ]
    given = found.to_json()
    assert (given["link"], given["answer"]) == (None, None)
    assert [one["label"] for one in given["alternatives"]] == [
        "May (10 events)",
        "month (4 events)",
    ]
    assert (found.quantity, found.lines) == (None, ())
    assert found.sentence == "This can mean several things. Which one is meant?"
    dutch = shipped_answer(choices=offered, language="nl")
    assert dutch.sentence == "Dit kan meer dan één ding betekenen. Welk is bedoeld?"
    assert dutch.wider[0][0] == "May (10 bijeenkomsten)"


def test_what_is_decided_of_an_undecided_question_has_a_link_and_no_number(shipped_answer):
    offered = choices(one=Filters(role=("keynote",)), other=Filters(role=("lecture",)))
    found = shipped_answer(choices=offered, role=("keynote",)).to_json()
    assert (found["link"], found["answer"]) == ("/events?year=2025&role=keynote", None)


def test_corrections_the_year_and_what_was_left_out_are_said(shipped_answer):
    understood = (
        Understood("Doornbrg", "speaker", ("job-doornberg",), "Job Doornberg", corrected=True),
        Understood("keynotes", "role", ("keynote",), "Keynote"),
    )
    asked = {"understood": understood, "rest": ("with slides", "budget")}
    assert shipped_answer(**asked).notes == (
        "The year 2025 is shown, since the question names none.",
        "“Doornbrg” was read as Job Doornberg.",
        (
            "“with slides” and “budget” are no fields of the records, so they were left out. Nothing was"
            " guessed."
        ),
    )
    assert shipped_answer(**asked, language="nl").notes == (
        "Het jaar 2025 wordt getoond, omdat de vraag er geen noemt.",
        "“Doornbrg” is gelezen als Job Doornberg.",
        (
            "“with slides” en “budget” zijn geen velden van de records en zijn weggelaten. Er is niets"
            " geraden."
        ),
    )
    assert shipped_answer(understood=understood[1:], rest=("slides",), of_year=2025).notes == (
        "“slides” is no field of the records, so it was left out. Nothing was guessed.",
    )
