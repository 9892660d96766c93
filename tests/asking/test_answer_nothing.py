"""Nothing found is no zero: it says what was looked for, what is nearest, and where it was not looked;
and what is not known says of what.
"""

import pytest

from dashboard.asking.answer_wider import say_reading
from dashboard.asking.finding import measure
from dashboard.asking.question import answer_question
from dashboard.asking.reading import Understood

DOORNBERG = ("job-doornberg",)


@pytest.mark.parametrize(
    ("asked", "english", "dutch"),
    [
        (
            {"metric": "event_participants", "month": ("2025-05", "2025-06")},
            "Attendance is known for none of these 5 events.",
            "Het aantal deelnames is van geen van deze 5 bijeenkomsten bekend.",
        ),
        (
            {"metric": "event_participants", "text": "surgeons"},
            "The attendance of this one event is not known.",
            "Het aantal deelnames aan deze ene bijeenkomst is niet bekend.",
        ),
        (
            {"page": "trainings", "metric": "training_participants", "format": ("summer-school",)},
            "How many people took part in this one training is not known.",
            "Hoeveel mensen aan deze ene training deelnamen, is niet bekend.",
        ),
        (
            {"page": "projects", "metric": "funding_received"},
            "The amount of this one grant to us is not known.",
            "Het bedrag van deze ene subsidie aan ons is niet bekend.",
        ),
        (
            {"metric": "events_abroad", "text": "responsible ai", "month": ("2025-05",)},
            (
                "Events abroad mentioning “responsible ai” in May 2025: not known, with 1 event without a"
                " known place."
            ),
            (
                "Bijeenkomsten in het buitenland met de woorden “responsible ai” in mei 2025: niet bekend,"
                " met 1 bijeenkomst zonder bekende plaats."
            ),
        ),
    ],
)
def test_what_is_not_known_says_of_what(shipped_answer, asked, english, dutch):
    found = shipped_answer(form="count", **asked)
    assert found.sentence == english
    assert shipped_answer(language="nl", form="count", **asked).sentence == dutch
    assert (found.quantity.value, found.quantity.known) == (None, 0)
    assert found.lines


def test_where_we_received_nothing_the_money_of_others_is_named(shipped_answer):
    asked = {"page": "projects", "metric": "funding_received", "text": "ai hub"}
    notes = shipped_answer(form="count", **asked).notes
    assert notes[0] == "Funding to others mentioning “ai hub” in 2025 (€3 million)."
    assert not [note for note in notes if "projects" in note]


@pytest.mark.parametrize(
    ("question", "sentence", "page"),
    [
        (
            "What did we do with the Hanze?",
            "We took part in 1 event with Hanze University of Applied Sciences in 2025.",
            "events",
        ),
        (
            "Participants of DASH Connect",
            "Attendance is known for none of these 2 events.",
            "events",
        ),
        (
            "Projects with the Hanze",
            "Projects with Hanze University of Applied Sciences in 2025: nothing is recorded.",
            "projects",
        ),
    ],
)
def test_where_nothing_is_chosen_to_look_in_that_in_which_there_is_something_answers(
    shipped_answer, question, sentence, page
):
    found = answer_question(shipped_answer.view("/?year=2025"), question)
    assert found.reading.page == page, found.sentence
    assert found.sentence == sentence


def test_the_nearest_that_is_known_is_offered(small_answer):
    found = small_answer(metric="event_participants", text="retreat", form="count")
    assert found.sentence == "The attendance of this one event is not known."
    found = small_answer(metric="event_participants", of_year=2024, form="count")
    assert found.wider == [
        (
            "Attendances at events in all years (at least about 200 attendances)",
            "/events?year=all",
        )
    ]


def test_nothing_found_says_what_was_looked_for_and_what_is_nearest(shipped_answer):
    asked = {"metric": "keynotes", "role": ("keynote",), "speaker": DOORNBERG}
    found = shipped_answer(form="count", month=("2025-07",), **asked)
    assert found.sentence == "Keynotes by Job Doornberg in July 2025: nothing is recorded."
    assert found.wider == [
        (
            "Keynotes by Job Doornberg in 2025 (4 keynotes)",
            "/events?year=2025&speaker=job-doornberg&role=keynote",
        )
    ]
    assert found.notes == (
        "The last one before: “Surgeons' Days 2026”, 22 May 2025.",
        (
            "The next one after: “1st Frontiers in Orthopaedic Research and Translation”, 20 September"
            " 2025."
        ),
        "Not looked at: trainings and projects.",
    )
    assert (found.lines, found.more) == ((), 0)


def test_a_country_that_no_record_has_leads_to_no_page_that_would_show_everything(shipped_answer):
    found = shipped_answer(country=("JP",), form="list")
    assert found.sentence == "Events in Japan in 2025: nothing is recorded."
    assert found.link is None
    assert found.to_json()["answer"]["value"] is None


def test_nothing_found_is_said_in_dutch(shipped_answer):
    found = shipped_answer(form="list", month=("2025-07",), language="nl")
    assert found.sentence == "Bijeenkomsten in juli 2025: niets vastgelegd."
    assert found.wider == [("Bijeenkomsten in 2025 (29 bijeenkomsten)", "/events?year=2025")]
    assert found.notes == (
        (
            "De laatste ervoor: “AO Trauma Masters Course: 3D Osteotomies for Posttraumatic"
            " Deformities”, 20 juni 2025."
        ),
        "De eerste erna: “1st Frontiers in Orthopaedic Research and Translation”, 20 september 2025.",
        "5 bijeenkomsten waarvan alleen het jaar bekend is, kunnen in geen maand staan.",
        "Niet gezocht in: trainingen en projecten.",
    )


@pytest.mark.parametrize("form", ["count", "list", "when", "where", "who", "most"])
def test_nothing_found_has_no_value_whatever_was_asked(shipped_answer, form):
    found = shipped_answer(form=form, text="xyzzy", by="month")
    given = found.to_json()["answer"]
    assert (given["value"], given["known"], given["unknown"]) == (None, 0, 0)
    assert "0" not in found.sentence.replace("2025", "")
    assert found.link == "/events?year=2025&text=xyzzy"


def test_what_is_found_on_another_page_is_offered(small_answer):
    found = small_answer(form="list", text="lab")
    assert found.sentence == "Events mentioning “lab” in 2025: nothing is recorded."
    assert found.wider == [
        ("Projects mentioning “lab” in 2025 (1 project)", "/projects?year=2025&text=lab")
    ]
    assert found.notes[0] == "In other years nothing of it is recorded either."


def test_what_is_found_in_other_years_is_offered(small_answer):
    found = small_answer(form="list", text="round table")
    assert found.wider == [
        (
            "Events mentioning “round table” in all years (1 event)",
            "/events?year=all&text=round+table",
        )
    ]
    assert "In other years nothing of it is recorded either." not in found.notes


def test_each_filter_is_dropped_in_turn(shipped_answer):
    found = shipped_answer(
        form="list", speaker=DOORNBERG, country=("AT",), kind=("course",), month=("2025-02",)
    )
    assert found.sentence.endswith("nothing is recorded.")
    wide = shipped_answer(form="list", speaker=DOORNBERG, country=("AT",))
    assert wide.wider == [
        ("Events in Austria in 2025 (1 event)", "/events?year=2025&country=AT"),
        (
            "Events with Job Doornberg in 2025 (10 events)",
            "/events?year=2025&speaker=job-doornberg",
        ),
    ]


def test_what_is_planned_is_said_where_nothing_was_held(small_answer):
    found = small_answer(form="list", of_year=2026)
    assert found.sentence == "Events in 2026: 1 planned, none held yet."
    assert (found.metric, found.quantity.value) == ("events_planned", 1)
    assert [line.text for line in found.lines] == ["Congress"]


def test_wider_readings_find_more_and_are_two_at_most(shipped_answer):
    found = shipped_answer(
        form="list", speaker=DOORNBERG, kind=("symposium",), month=("2025-11", "2025-12")
    )
    assert 0 < len(found.wider) <= 2
    numbers = [int(label.rpartition("(")[2].split()[0]) for label, _link in found.wider]
    assert all(number > found.quantity.value for number in numbers)


def test_nothing_understood_gives_three_examples_that_have_results(shipped_answer, small_answer):
    for asked, first in (
        (shipped_answer, "How many keynotes in 2025?"),
        (small_answer, "How many keynotes in 2025?"),
    ):
        found = asked(understood=(), rest=("blah", "bluh"))
        assert found.sentence == "Nothing in this was recognised. Questions that have an answer:"
        assert len(found.wider) == 3
        assert found.wider[0][0] == first
        given = found.to_json()
        assert (given["link"], given["answer"]) == (None, None)
        assert given["not_understood"] == ["blah", "bluh"]
    dutch = shipped_answer(understood=(), rest=("blah",), language="nl")
    assert dutch.sentence == "Hierin is niets herkend. Vragen waarop een antwoord is:"
    assert [label for label, _link in dutch.wider] == [
        "Hoeveel keynotes in 2025?",
        "Waar was Job Doornberg in 2025?",
        "Hoeveel deelnemers aan trainingen in 2025?",
    ]


def test_a_period_alone_is_no_answer_to_what_was_not_understood(shipped_answer):
    period = (Understood("2025", "year", ("2025",), "2025"),)
    found = shipped_answer(understood=period, rest=("parking places",), page="", of_year=2025)
    assert (found.link, found.quantity) == (None, None)
    whole = shipped_answer(understood=period, page="", of_year=2025)
    assert whole.sentence.startswith("In 2025 DASH was at 29 events")


def test_where_no_module_is_ready_the_one_in_development_is_named(shipped_answer):
    asked = {"page": "trainings", "line": ("ehealth-digital-health",), "format": ("e-learning",)}
    found = shipped_answer(metric="modules_developed", **asked)
    assert "nothing is recorded" in found.sentence
    assert [line.text for line in found.lines] == ["E-learning: eHealth module"]
    assert found.notes[0].startswith("E-learning in development")


def test_where_a_project_has_no_partner_its_parties_are_named(shipped_answer):
    found = shipped_answer(page="projects", metric="partners", text="living lab")
    assert "nothing is recorded" in found.sentence
    (line,) = found.lines
    assert "University Medical Center Groningen" in line.note


def test_all_years_are_said_once_of_a_wider_reading(shipped_answer):
    view = shipped_answer.view("/events?year=all&role=keynote")
    said = say_reading(view, measure(view, "events_abroad"))
    assert said == "Events abroad in the role keynote in all years (1 event)"
