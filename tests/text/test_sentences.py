"""The first letter of a sentence, and what is said in the middle of one, in both languages."""

import pytest

from dashboard.language.messages import speaking
from dashboard.model.quantity import Quantity
from dashboard.text.counts import format_count, format_status_counts, name_status
from dashboard.text.records import format_event_dates
from dashboard.text.roles import COUNTED_ROLES, count_role, name_kinds, name_roles
from dashboard.text.sentences import capitalise, lower_first, raise_first


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "about 430 participants", "About 430 participants"),
        ("en", "", ""),
        ("nl", "mei 2025", "Mei 2025"),
        ("nl", "ijsland", "IJsland"),
        ("en", "ijsselmeer", "Ijsselmeer"),
    ],
)
def test_a_sentence_begins_with_a_capital(language, text, said):
    with speaking(language):
        assert capitalise(text) == said


def test_a_word_with_a_spelling_of_its_own_keeps_it():
    assert [lower_first(text) for text in ("First years", "PhD candidates")] == [
        "first years",
        "PhD candidates",
    ]
    assert [raise_first(text) for text in ("guidance", "eHealth")] == ["Guidance", "eHealth"]


@pytest.mark.parametrize(
    ("role", "one", "several"),
    [
        ("keynote", "1 keynote", "4 keynotes"),
        ("lecture", "1 lezing", "4 lezingen"),
        ("chair", "1 keer als voorzitter", "4 keer als voorzitter"),
        ("host", "1 ontvangst", "4 ontvangsten"),
        ("panellist", "1 keer als panellid", "4 keer als panellid"),
    ],
)
def test_roles_are_counted_in_dutch(role, one, several):
    labels = {"panellist": "Panellid"}
    with speaking("nl"):
        assert (count_role(role, 1, labels), count_role(role, 4, labels)) == (one, several)


def test_every_role_that_is_counted_has_a_plural():
    assert [name_roles(role, {}) for role in COUNTED_ROLES if name_roles(role, {}) == role] == []
    assert name_roles("panellist", {"panellist": "Panellist"}) == "Panellist"
    assert name_kinds("working-visit", {}) == "working visits"


def test_numbers_of_things_are_said_in_dutch():
    with speaking("nl"):
        assert [format_count(n, "event") for n in (0, 1, 1234)] == [
            "geen bijeenkomsten",
            "1 bijeenkomst",
            "1.234 bijeenkomsten",
        ]
        assert format_status_counts({"planned": 37, "held": 350}, "event") == (
            "350 bijeenkomsten gehouden · 37 gepland"
        )
        assert Quantity(589, about=5, unknown=7).coverage("trainings") == (
            "van 5 van de 12 trainingen"
        )
        assert (
            Quantity(589, about=5, at_least=1).words("person") == "ten minste ongeveer 589 mensen"
        )


def test_a_status_in_a_cell_is_a_word_of_the_reader():
    assert [name_status(status) for status in ("held", "in-development", "postponed")] == [
        "held",
        "in-development",
        "postponed",
    ]
    with speaking("nl"):
        assert [name_status(status) for status in ("held", "in-development")] == [
            "gehouden",
            "in ontwikkeling",
        ]


def test_what_is_not_known_of_a_date_is_said_in_dutch():
    def event(start, end=None):
        return {"start_date": start, "end_date": end}

    with speaking("nl"):
        assert format_event_dates(event("2025-02-10", "2025-02-14")) == "10–14 februari 2025"
        assert format_event_dates(event("2025-05")) == "mei 2025, dag onbekend"
        assert format_event_dates(event("2025", "2026")) == "2025 – 2026, datums onbekend"
