"""The answer first: a whole sentence with the number, how well it is known, and from how many records."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.asking.answer import answer_reading
from dashboard.asking.reading import Reading
from tests.support.readings import SOMETHING

DOORNBERG = ("job-doornberg",)
SPRING = ("2025-03", "2025-04", "2025-05")


@pytest.mark.parametrize(
    ("asked", "english", "dutch"),
    [
        (
            {"metric": "keynotes", "speaker": DOORNBERG, "role": ("keynote",), "month": SPRING},
            "Job Doornberg gave 2 keynotes from March to May 2025.",
            "Job Doornberg gaf 2 keynotes van maart tot en met mei 2025.",
        ),
        (
            {"metric": "keynotes"},
            "Our people gave 6 keynotes in 2025.",
            "Onze mensen gaven 6 keynotes in 2025.",
        ),
        (
            {"metric": "contributions", "speaker": DOORNBERG, "role": ("chair",)},
            "Job Doornberg: once in the chair in 2025.",
            "Job Doornberg: 1 keer als voorzitter in 2025.",
        ),
        (
            {"metric": "contributions", "role": ("lecture",), "city": ("groningen-nl",)},
            "Our people gave 4 lectures in Groningen in 2025.",
            "Onze mensen gaven 4 lezingen in Groningen in 2025.",
        ),
        (
            {"metric": "events_held", "month": ("2025-05", "2025-06")},
            "We took part in 5 events in May or June 2025.",
            "We namen deel aan 5 bijeenkomsten in mei of juni 2025.",
        ),
        (
            {"metric": "events_held", "speaker": DOORNBERG, "all_years": True},
            "Job Doornberg was at 10 events in all years.",
            "Job Doornberg was bij 10 bijeenkomsten in alle jaren.",
        ),
        (
            {"metric": "events_held", "kind": ("symposium",)},
            "We took part in 4 events of the kind symposium in 2025.",
            "We namen deel aan 4 bijeenkomsten van de soort symposium in 2025.",
        ),
        (
            {"metric": "countries"},
            (
                "We took part in events in at least 7 countries in 2025."
                " Not counted: 7 events without a known place."
            ),
            (
                "We namen deel aan bijeenkomsten in ten minste 7 landen in 2025."
                " Niet meegeteld: 7 bijeenkomsten zonder bekende plaats."
            ),
        ),
        (
            {"metric": "events_abroad", "speaker": DOORNBERG},
            (
                "Job Doornberg took part in at least 2 events abroad in 2025."
                " Not counted: 1 event without a known place."
            ),
            (
                "Job Doornberg was bij ten minste 2 bijeenkomsten in het buitenland in 2025."
                " Niet meegeteld: 1 bijeenkomst zonder bekende plaats."
            ),
        ),
        (
            {"page": "trainings", "metric": "training_participants"},
            (
                "We trained about 589 people in 2025."
                " This number comes from 5 of 12 trainings, of which 1 disputed."
            ),
            (
                "We trainden ongeveer 589 mensen in 2025."
                " Dit cijfer komt van 5 van de 12 trainingen, waarvan 1 omstreden."
            ),
        ),
        (
            {"metric": "events_abroad", "role": ("keynote",), "speaker": DOORNBERG},
            "Job Doornberg took part in 1 event abroad in the role keynote in 2025.",
            "Job Doornberg was bij 1 bijeenkomst in het buitenland in de rol keynote in 2025.",
        ),
        (
            {"metric": "events_held", "our_role": ("organised", "co-organised")},
            "We organised 4 events in 2025.",
            "We organiseerden 4 bijeenkomsten in 2025.",
        ),
        (
            {"metric": "events_held", "kind": ("conference", "symposium")},
            "We took part in 11 events of the kind conference or annual meeting or symposium in 2025.",
            (
                "We namen deel aan 11 bijeenkomsten van de soort congres of jaarvergadering of symposium"
                " in 2025."
            ),
        ),
        (
            {"metric": "events_held", "from_day": date(2025, 3, 1), "to_day": date(2025, 6, 15)},
            "We took part in 8 events between 1 March and 15 June 2025.",
            "We namen deel aan 8 bijeenkomsten van 1 maart tot en met 15 juni 2025.",
        ),
        (
            {"page": "projects", "metric": "partners"},
            "We worked with 11 organisations as partners in 2025.",
            "We werkten samen met 11 organisaties als partner in 2025.",
        ),
        (
            {"page": "projects", "metric": "funding_elsewhere"},
            "Others received €3 million in 2025. This number comes from 1 of 3 grants.",
            "Anderen ontvingen € 3 miljoen in 2025. Dit cijfer komt van 1 van de 3 subsidies.",
        ),
    ],
)
def test_how_many_is_a_whole_sentence(shipped_answer, asked, english, dutch):
    said = {
        language: shipped_answer(language=language, form="count", **asked).sentence
        for language in ("en", "nl")
    }
    assert said["en"].replace("\xa0", " ") == english
    assert said["nl"].replace("\xa0", " ") == dutch


@pytest.mark.parametrize(
    ("asked", "english", "dutch"),
    [
        (
            {"metric": "event_participants"},
            (
                "Our events had at least about 200 attendances in 2025."
                " This number comes from 3 of 4 events, of which 1 disputed."
            ),
            (
                "Onze bijeenkomsten hadden ten minste ongeveer 200 deelnames in 2025."
                " Dit cijfer komt van 3 van de 4 bijeenkomsten, waarvan 1 omstreden."
            ),
        ),
        (
            {"metric": "event_participants", "of_year": 2024},
            "Attendances at events in 2024: withheld, because the groups are small.",
            "Deelnames aan bijeenkomsten in 2024: afgeschermd, omdat de groepen klein zijn.",
        ),
        (
            {"metric": "contributions", "speaker": ("anna-berg", "zoe-muller")},
            "Anna Berg or Zoë Müller made 5 contributions in 2025.",
            "Anna Berg of Zoë Müller leverde 5 bijdragen in 2025.",
        ),
        (
            {"metric": "contributions", "speaker": ("anna-berg",), "role": ("lecture", "chair")},
            "Lectures or chairs by Anna Berg in 2025: 3 contributions.",
            "Lezingen of voorzitterschappen door Anna Berg in 2025: 3 bijdragen.",
        ),
        (
            {"metric": "events_held", "status": ("planned",), "of_year": 2026},
            "We have 1 event planned in 2026.",
            "We hebben 1 bijeenkomst gepland in 2026.",
        ),
        (
            {"status": ("planned",), "from_day": date(2026, 1, 15)},
            "We have 1 event planned from 15 January 2026 on.",
            "We hebben 1 bijeenkomst gepland vanaf 15 januari 2026.",
        ),
        (
            {"status": ("cancelled",)},
            "Cancelled events in 2025: 1.",
            "Afgelaste bijeenkomsten in 2025: 1.",
        ),
        (
            {"page": "projects", "metric": "funding_received", "all_years": True},
            (
                "We received about €70,000 in all years. This number comes from 2 of 3 grants, of"
                " which 1 disputed."
            ),
            (
                "We ontvingen ongeveer € 70.000 in alle jaren. Dit cijfer komt van 2 van de 3 subsidies,"
                " waarvan 1 omstreden."
            ),
        ),
    ],
)
def test_a_number_keeps_how_well_it_is_known(small_answer, asked, english, dutch):
    assert small_answer(form="count", **asked).sentence == english
    said = small_answer(language="nl", form="count", **asked).sentence
    assert said.replace("\xa0", " ") == dutch


def test_a_filter_that_means_nothing_for_the_number_is_said(shipped_answer):
    asked = {"page": "trainings", "metric": "trainings_held", "speaker": DOORNBERG}
    found = shipped_answer(form="count", **asked)
    assert found.sentence == "We gave 12 trainings in 2025. This number is not filtered by person."
    assert shipped_answer(form="count", language="nl", **asked).sentence == (
        "We gaven 12 trainingen in 2025. Dit cijfer is niet gefilterd op persoon."
    )


def test_the_number_and_the_name_stand_out(shipped_answer):
    found = shipped_answer(form="count", metric="keynotes", speaker=DOORNBERG)
    strong = [text for text, is_strong in found.lead if is_strong]
    assert strong == ["Job Doornberg", "4 keynotes"]


@pytest.mark.parametrize(
    ("asked", "english", "dutch"),
    [
        (
            {},
            (
                "We took part in 29 events in 2025. December was busiest with 5; none is recorded in"
                " July and August."
            ),
            (
                "We namen deel aan 29 bijeenkomsten in 2025. De drukste maand was december, met 5; in juli"
                " en augustus is er geen vastgelegd."
            ),
        ),
        (
            {"role": ("keynote",), "speaker": DOORNBERG},
            "Job Doornberg gave 4 keynotes in 2025.",
            "Job Doornberg gaf 4 keynotes in 2025.",
        ),
        (
            {"page": "", "speaker": DOORNBERG},
            (
                "Job Doornberg was at 10 events in 2025: 4 keynotes, 3 lectures, once in the chair."
                " December was busiest with 3."
            ),
            (
                "Job Doornberg was in 2025 bij 10 bijeenkomsten: 4 keynotes, 3 lezingen, 1 keer als"
                " voorzitter. De drukste maand was december, met 3."
            ),
        ),
        (
            {"page": "trainings", "format": ("e-learning",)},
            "We have 3 e-learning modules ready in 2025.",
            "We hebben 3 e-learningmodules gereed in 2025.",
        ),
        (
            {"page": "about"},
            "This is on the page About.",
            "Dit staat op de pagina Over dit dashboard.",
        ),
    ],
)
def test_a_list_says_how_many_there_are(shipped_answer, asked, english, dutch):
    assert shipped_answer(form="list", **asked).sentence == english
    assert shipped_answer(language="nl", form="list", **asked).sentence == dutch


@pytest.mark.parametrize(
    ("asked", "english", "dutch"),
    [
        (
            {"text": "surgeons"},
            "“Surgeons' Days 2026”: 22 May 2025.",
            "“Surgeons' Days 2026”: 22 mei 2025.",
        ),
        (
            {"role": ("keynote",), "speaker": DOORNBERG, "month": SPRING},
            "Keynotes by Job Doornberg in March, April or May 2025: 27 March 2025 and 22 May 2025.",
            "Keynotes door Job Doornberg in maart, april of mei 2025: 27 maart 2025 en 22 mei 2025.",
        ),
        (
            {"role": ("keynote",), "speaker": DOORNBERG},
            (
                "Job Doornberg gave 4 keynotes in 2025. The first: 27 March 2025; the last: 15 December"
                " 2025."
            ),
            (
                "Job Doornberg gaf 4 keynotes in 2025. De eerste: 27 maart 2025; de laatste: 15 december"
                " 2025."
            ),
        ),
    ],
)
def test_when_is_a_day_a_few_or_the_first_and_the_last(shipped_answer, asked, english, dutch):
    assert shipped_answer(form="when", **asked).sentence == english
    assert shipped_answer(language="nl", form="when", **asked).sentence == dutch


@pytest.mark.parametrize(
    ("asked", "english", "dutch"),
    [
        (
            {"status": ("planned",), "of_year": 2026},
            "“Congress” is planned: 3–5 February 2026.",
            "“Congress” is gepland: 3–5 februari 2026.",
        ),
        (
            {"status": ("cancelled",)},
            "“Visit” was cancelled; it was planned: 20 May 2025.",
            "“Visit” is afgelast; gepland was: 20 mei 2025.",
        ),
        (
            {"text": "retreat"},
            "“Retreat”: 2025, date unknown.",
            "“Retreat”: 2025, datum onbekend.",
        ),
        (
            {"page": "projects", "text": "lab"},
            "“AI lab”: 1 March 2024 to end unknown.",
            "“AI lab”: 1 maart 2024 tot en met einde onbekend.",
        ),
    ],
)
def test_when_is_as_precise_as_it_is_known(small_answer, asked, english, dutch):
    assert small_answer(form="when", **asked).sentence == english
    assert small_answer(language="nl", form="when", **asked).sentence == dutch


@pytest.mark.parametrize(
    ("asked", "english", "dutch"),
    [
        (
            {"text": "webinar"},
            "“Webinar on consent”: online.",
            "“Webinar on consent”: online.",
        ),
        (
            {"text": "retreat"},
            "Where “Retreat” was is not stated.",
            "Waar “Retreat” was, is niet vermeld.",
        ),
        (
            {},
            "Where we were: at least 2 places in 2 countries. 1 of 2 events was abroad.",
            (
                "Waar we waren: ten minste 2 plaatsen in 2 landen. 1 van de 2 bijeenkomsten was in het"
                " buitenland."
            ),
        ),
    ],
)
def test_where_is_a_place_or_how_many(small_answer, asked, english, dutch):
    assert small_answer(form="where", **asked).sentence == english
    assert small_answer(language="nl", form="where", **asked).sentence == dutch


@pytest.mark.parametrize(
    ("asked", "english", "dutch"),
    [
        (
            {"role": ("keynote",)},
            "Keynotes in 2025: Job Doornberg, Peter van Ooijen and Rozemarijn Vliegenthart.",
            "Keynotes in 2025: Job Doornberg, Peter van Ooijen en Rozemarijn Vliegenthart.",
        ),
        (
            {},
            (
                "Two people made half of the 34 contributions: Job Doornberg and Peter van Ooijen. Four"
                " people made 24 of them."
            ),
            (
                "Twee mensen leverden de helft van de 34 bijdragen: Job Doornberg en Peter van Ooijen."
                " Vier mensen leverden er 24."
            ),
        ),
    ],
)
def test_who_is_a_few_by_name_or_who_contributes_most(shipped_answer, asked, english, dutch):
    found = shipped_answer(page="people", form="who", **asked)
    assert found.sentence == english
    assert shipped_answer(page="people", language="nl", form="who", **asked).sentence == dutch
    assert found.lines[0].text == "Job Doornberg"
    assert found.lines[0].link == "person=job-doornberg"


def test_an_event_at_which_nobody_is_named_says_so(small_answer):
    assert small_answer(form="who", text="retreat").sentence == (
        "Events mentioning “retreat” in 2025: nobody is named."
    )


@pytest.mark.parametrize(
    ("asked", "english", "dutch"),
    [
        (
            {"metric": "keynotes", "by": "speaker"},
            "Job Doornberg has the most: 4 keynotes in 2025.",
            "Job Doornberg staat bovenaan: 4 keynotes in 2025.",
        ),
        (
            {"by": "month"},
            "December has the most: 5 events in 2025.",
            "December staat bovenaan: 5 bijeenkomsten in 2025.",
        ),
        (
            {"by": "country"},
            "Netherlands has the most: 15 events in 2025.",
            "Nederland staat bovenaan: 15 bijeenkomsten in 2025.",
        ),
        (
            {"by": "month", "month": ("2025-03", "2025-04")},
            "March and April have the most: 2 events each in March or April 2025.",
            "Maart en april staan bovenaan: elk 2 bijeenkomsten in maart of april 2025.",
        ),
        (
            {"by": "level", "page": "trainings", "metric": "training_participants"},
            (
                "Bachelor has the most: about 444 people in 2025. This number comes from 5 of 12"
                " trainings, of which 1 disputed."
            ),
            (
                "Bachelor staat bovenaan: ongeveer 444 mensen in 2025. Dit cijfer komt van 5 van de 12"
                " trainingen, waarvan 1 omstreden."
            ),
        ),
    ],
)
def test_which_has_most_is_named_with_its_number(shipped_answer, asked, english, dutch):
    assert shipped_answer(form="most", **asked).sentence == english
    assert shipped_answer(language="nl", form="most", **asked).sentence == dutch


def test_a_ranking_lists_the_values_with_their_numbers(shipped_answer):
    found = shipped_answer(form="most", metric="keynotes", by="speaker")
    assert [(line.text, line.note, line.link) for line in found.lines] == [
        ("Job Doornberg", "4 keynotes", "speaker=job-doornberg"),
        ("Peter van Ooijen", "1 keynote", "speaker=peter-van-ooijen"),
        ("Rozemarijn Vliegenthart", "1 keynote", "speaker=rozemarijn-vliegenthart"),
    ]


def test_a_trend_names_every_month_and_none_is_a_zero(small_answer):
    found = small_answer(form="trend", by="month")
    assert [(line.text, line.note) for line in found.lines][3:6] == [
        ("April", "1 event"),
        ("May", "2 events"),
        ("June", "none"),
    ]
    assert found.sentence == "We took part in 4 events in 2025. Most in May: 2 events."
    assert "Without a known month: 1 event." in found.notes
    dutch = small_answer(form="trend", by="month", language="nl")
    assert dutch.sentence == (
        "We namen deel aan 4 bijeenkomsten in 2025. De meeste in mei: 2 bijeenkomsten."
    )


def test_a_trend_by_year_says_how_the_last_differs_from_the_one_before(small_answer):
    found = small_answer(form="trend", by="year", metric="events_held", all_years=True)
    assert found.sentence == "Events in 2025: 4 events, 3 more than in 2024 (1 event)."
    assert [(line.text, line.note) for line in found.lines] == [
        ("2025", "4 events"),
        ("2024", "1 event"),
    ]
    dutch = small_answer(form="trend", by="year", all_years=True, language="nl")
    assert dutch.sentence == (
        "Bijeenkomsten in 2025: 4 bijeenkomsten, 3 meer dan in 2024 (1 bijeenkomst)."
    )


COMPARED = {"form": "compare", "extras": {"compare": "2024"}}


@pytest.mark.parametrize(
    ("asked", "english", "dutch"),
    [
        (
            {"metric": "events_held", "of_year": 2025},
            "Events in 2025: 4 events, 3 more than in 2024 (1 event).",
            "Bijeenkomsten in 2025: 4 bijeenkomsten, 3 meer dan in 2024 (1 bijeenkomst).",
        ),
        (
            {"metric": "events_held", "month": ("2025-12",)},
            "Events: none in December 2025, 1 fewer than in December 2024 (1 event).",
            "Bijeenkomsten: geen in december 2025, 1 minder dan in december 2024 (1 bijeenkomst).",
        ),
        (
            {"page": "review", "of_year": 2025},
            (
                "DASH had 3 more events of its own and 3 more events in 2025 than in 2024. 3 numbers"
                " cannot be compared."
            ),
            (
                "DASH had 3 eigen bijeenkomsten meer en 3 bijeenkomsten meer in 2025 dan in 2024. 3"
                " cijfers zijn niet te vergelijken."
            ),
        ),
    ],
)
def test_a_comparison_says_the_difference_and_both_numbers(small_answer, asked, english, dutch):
    assert small_answer(**COMPARED, **asked).sentence == english
    assert small_answer(language="nl", **COMPARED, **asked).sentence == dutch


def test_a_year_of_which_nothing_is_recorded_is_no_zero(shipped_answer):
    for asked in ({"of_year": 2025}, {"month": ("2025-05",)}):
        found = shipped_answer(metric="events_held", **COMPARED, **asked)
        assert "2024" in found.sentence
        assert "not recorded" in found.sentence
        assert "more" not in found.sentence


def test_a_definition_says_what_counts_and_what_does_not(shipped_answer):
    found = shipped_answer(form="definition", metric="keynotes", page="events")
    assert found.sentence == "Keynotes: Each keynote by each person at each held event."
    assert (
        found.notes[0] == "Not counted: Other lectures; keynotes at planned and cancelled events."
    )
    assert found.link == "/records?year=2025&tab=definitions"
    assert found.quantity is None
    dutch = shipped_answer(form="definition", metric="keynotes", language="nl")
    assert (
        dutch.sentence == "Keynotes: Elke keynote van elke persoon bij elke gehouden bijeenkomst."
    )


def test_the_named_things_are_those_of_the_agenda(shipped_answer):
    found = shipped_answer(metric="keynotes", speaker=DOORNBERG, role=("keynote",), month=SPRING)
    assert [(line.when, line.text, line.note, line.place, line.link) for line in found.lines] == [
        (
            "27 Mar",
            "Annual Meeting Amsterdam Movement Sciences",
            "keynote",
            "Amsterdam",
            "event=annual-meeting-amsterdam-movement-sciences",
        ),
        ("22 May", "Surgeons' Days 2026", "keynote", "Nieuwegein", "event=surgeons-days"),
    ]
    assert found.more == 0


def test_of_many_things_twelve_are_named_and_the_others_counted(shipped_answer):
    found = shipped_answer(form="list")
    assert (len(found.lines), found.more) == (12, 17)
    people = shipped_answer(page="trainings", form="list")
    assert (len(people.lines), people.more) == (12, 0)


def test_profiles_that_are_switched_off_are_not_led_to(shipped_answer):
    view = shipped_answer.view()
    view = replace(view, settings=replace(view.settings, profiles=False))
    found = answer_reading(view, Reading("who", page="people", form="who", understood=SOMETHING))
    assert {line.link for line in found.lines} == {""}


def test_of_a_part_of_the_events_those_are_named_that_are_counted_with_their_places(shipped_answer):
    found = shipped_answer(form="count", metric="events_abroad")
    assert [(line.when, line.place) for line in found.lines] == [
        ("28 Feb", "Vienna, Austria"),
        ("8 May", "Krakow, Poland"),
        ("20 Sep", "Hong Kong"),
        ("1–2 Oct", "Cologne, Germany"),
        ("11 Oct", "Heraklion, Greece"),
        ("13 Nov", "Faro, Portugal"),
        ("4 Dec", "Karlsruhe Institute of Technology, Karlsruhe, Germany"),
    ]
    assert found.more == 0


def test_places_abroad_are_named_where_it_is_asked_where(shipped_answer):
    found = shipped_answer(form="where", metric="events_abroad")
    assert found.sentence.startswith("We took part in at least 7 events abroad in 2025.")
    assert [line.text for line in found.lines][:3] == [
        "Vienna, Austria",
        "Cologne, Germany",
        "Karlsruhe, Germany",
    ]


def test_results_answer_where_no_project_is_found(shipped_answer):
    found = shipped_answer(page="projects", form="list", metric="projects", text="transplantlines")
    assert found.sentence == "Our work led to 1 result mentioning “transplantlines” in 2025."
    assert found.metric == "results"
