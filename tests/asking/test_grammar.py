"""What is understood of a question: each test is a sort of thing that people say."""

import pytest

from dashboard.asking.grammar import read
from dashboard.model.filters import NO_FILTERS
from tests.asking.conftest import SHOWN, TODAY


@pytest.fixture
def ask(vocabulary):
    return lambda text, language="en", year=SHOWN: read(text, vocabulary, TODAY, language, year)


@pytest.fixture
def link(ask):
    """What a question becomes in a link, without what its words are not understood."""

    def write(text):
        reading = ask(text)
        assert reading.rest == (), reading.rest
        assert reading.choices == (), reading.choices
        return reading.filters.url(reading.page)

    return write


def test_the_question_of_the_issue_is_three_filters_and_a_number(ask):
    reading = ask("How often did Doornberg give a keynote in spring?")
    assert reading.filters.url(reading.page) == (
        "/events?month=2025-03&month=2025-04&month=2025-05&speaker=job-doornberg&role=keynote"
    )
    assert (reading.metric, reading.form, reading.rest) == ("keynotes", "count", ())
    assert [(one.words, one.name, one.label) for one in reading.understood] == [
        ("How often", "form", "how often"),
        ("Doornberg", "speaker", "Job Doornberg"),
        ("keynote", "role", "Keynote"),
        ("spring", "month", "March, April or May 2025"),
    ]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Kun je laten zien welke lezingen Esther Metting gaf?", "/events?speaker=esther-metting&role=lecture"),
        ("keynotesprekers in Groningen", "/events?role=keynote&city=groningen-nl"),
        ("voorjaarsbijeenkomsten", "/events?month=2025-03&month=2025-04&month=2025-05"),
        ("keynotes or lectures by Doornberg, Metting", "/events?speaker=job-doornberg&speaker=esther-metting&role=keynote&role=lecture"),
        ("zomer school", "/trainings?format=summer-school"),
        ("gemeente Groningen", "/projects?organisation=municipality-groningen"),
        ("Hanzehogeschool", "/projects?organisation=hanze"),
        ("bijeenkomsten in Keulen", "/events?city=cologne-de"),
        ("events in Scandinavia", "/events?country=NO"),
        ("projecten die wij leiden", "/projects?our_role=led"),
        ("events organised by us", "/events?our_role=organised&our_role=co-organised"),
        ("upcoming events", "/events?from=2026-11-30&status=planned"),
        ("P. van Ooijen", "/events?speaker=peter-van-ooijen"),
        ("events at the UMCG", "/events?text=UMCG"),
        ("Much Ado About Nothing", "/events?text=Much+Ado+About+Nothing"),
        ("gemeente Oldambt", "/projects?organisation=municipality-oldambt"),
        ("Rosanne, Bart en Wim", "/events?speaker=rosanne-schoonbeek&speaker=bart-scheerder&speaker=wim-smit"),
        ("sectorplan", "/?text=sector+plan"),
        ("TransplantLines-dataset", "/projects?text=transplantlines+data+set"),
        ("Rob Gielresearch centre", "/events?text=rob+giel+research+centre"),
        ("na de zomer", "/events?from=2025-09-01"),
        ("last quarter of 2024", "/events?month=2024-10&month=2024-11&month=2024-12"),
        ("keynotes in the US", "/events?role=keynote&country=US"),
        ("evenementen in de VS", "/events?country=US"),
        ("HOE VAAK WAS DOORNBERG IN DE US", "/events?speaker=job-doornberg&country=US"),
        ("events organised by us in May", "/events?month=2025-05&our_role=organised&our_role=co-organised"),
        ("Michiel Kahmann and Michiel Hooiveld", "/events?speaker=michiel-kahmann&speaker=michiel-hooiveld"),
        ("maart -mei", "/events?month=2025-03&month=2025-04&month=2025-05"),
        ("keynotes - Doornberg", "/events?speaker=job-doornberg&role=keynote"),
        ("wie droegen er bij in Veenendaal", "/people?city=veenendaal-nl"),
        ("show the events of 2024 on the map", "/map?year=2024"),
        ("Dear colleague, keynotes please. Kind regards", "/events?role=keynote"),
    ],
)  # fmt: skip
def test_words_become_filters(link, text, url):
    assert link(text) == url


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("keynotes not by Doornberg", ("not", "by", "Doornberg")),
        ("events without Doornberg and Metting in May", ("without", "Doornberg", "and", "Metting")),
        ("bijeenkomsten zijn niet gehouden", ("niet", "gehouden")),
        ("bijeenkomsten waar Doornberg niet bij was", ("Doornberg", "niet", "bij", "was")),
        ("trainings with more than 100 participants", ("more", "than", "100", "participants")),
        ("first keynote of Doornberg", ("first",)),
        ("average number of participants", ("average",)),
        ("events on Monday", ("Monday",)),
        ("events with both Metting and Scheerder", ("both",)),
        ("vrouwelijke sprekers", ("vrouwelijke",)),
        ("keynotes with slides", ("slides",)),
        ("who organised the AI in UMCG symposium", ("organised",)),
        ("projects led by Doornberg", ("led",)),
        ("hybrid events", ("hybrid",)),
        ("neit Doornberg", ("neit", "Doornberg")),
        ("keynotes -Doornberg", ("-Doornberg",)),
        ("keynotes !Doornberg", ("!Doornberg",)),
        ("keynotes ≠ Doornberg", ("≠", "Doornberg")),
        ("keynotes != Doornberg", ("!=", "Doornberg")),
        ("keynotes w/o Doornberg", ("w/o", "Doornberg")),
        ("keynotes m.u.v. Doornberg", ("m.u.v", "Doornberg")),
        ("events which werent held", ("werent", "held")),
        ("keynotes in May, not in June", ("not", "in", "June")),
        ("ongeplande bijeenkomsten", ("ongeplande",)),
        ("combien de keynotes", ("combien",)),
        ("events with Metting together with Scheerder", ("together", "with")),
        ("Metting samen met Scheerder", ("samen", "met")),
        (
            "keynotes by Doornberg and lectures by Metting",
            ("and", "lectures", "by", "Metting"),
        ),
        ("events in 2024 and trainings in 2025", ("and", "trainings", "in", "2025")),
        ("events about IT", ("IT",)),
        ("who visited us", ("visited", "us")),
        ("which organisations organised events with us", ("which", "organisations")),
        ("events with partners", ("partners",)),
        ("who taught at the summer school", ("who",)),
        ("iets met een colleague", ("colleague",)),
        ("jobs", ("jobs",)),
        ("events with students", ("students",)),
        ("how many people work at DASH", ("how", "many", "people", "work", "at", "DASH")),
        ("which projects are open", ("are", "open")),
        ("coronoid cybersecurity", ("coronoid", "cybersecurity")),
        ("cross contry", ("cross", "contry")),
        (
            "quels sont les projets de Doornberg",
            ("quels", "sont", "les", "projets", "de", "Doornberg"),
        ),
        ("wie viele Vorträge hat Doornberg", ("wie", "viele", "Vorträge", "hat", "Doornberg")),
    ],
)
def test_what_changes_the_meaning_and_has_no_filter_is_said_with_what_it_governs(ask, text, unread):
    assert ask(text).rest == unread


@pytest.mark.parametrize(
    "name",
    [
        "Jansen",
        "Hansen",
        "Smits",
        "Jan Doornberg",
        "Jan Smits",
        "Esther Bakker",
        "Piet van Ooijen",
        "Maria Metting",
        "May Johnson",
        "April Goossens",
        "Peter Brouwersma",
        "peter brouwersma",
        "Michiel Hansen",
    ],
)
def test_somebody_who_is_in_no_record_is_not_the_nearest_one_who_is(ask, name):
    reading = ask(f"lezing door {name}")
    assert reading.filters.speaker == ()
    assert " ".join(reading.rest) == name


@pytest.mark.parametrize("word", ["grease", "vrees", "groet", "kijken", "fransen"])
def test_an_ordinary_word_is_no_misspelt_name(ask, word):
    reading = ask(word)
    assert reading.filters == NO_FILTERS
    assert reading.choices == ()


@pytest.mark.parametrize("city", ["Rotterdam", "Leuven", "Berlin", "Assen"])
def test_a_city_that_is_in_no_record_is_none_that_is(ask, city):
    reading = ask(f"events in {city}")
    assert reading.filters.city == ()
    assert reading.rest == (city,)


@pytest.mark.parametrize(
    ("text", "table"),
    [("trainings in Groningen", "trainings"), ("projects in Vienna", "projects")],
)
def test_a_filter_that_means_nothing_for_the_number_is_not_understood(ask, text, table):
    reading = ask(text)
    assert reading.page == table
    assert reading.filters.city == ()
    assert reading.rest == (text.split()[-1],)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Jan de Vries", ["Person: Jan de Vries (Surgeon)", "Person: Jan de Vries (Data scientist)"]),
        ("keynotes of May", ["May 2025", "Person: Eleanor May"]),
        ("Veenendaal", ["Person: Floor Veenendaal", "City: Veenendaal"]),
        ("workshops", ["Kind of event: Workshop", "Role: Workshop", "Format: Workshops"]),
        ("bijeenkomsten voor mei", ["Until 30 April 2025", "May 2025"]),
        ("events on 3/4/2025", ["3 April 2025", "4 March 2025"]),
        ("AI events", ["Strategic line: Clinical applications of AI", "Strategic line: Machine learning and AI"]),
        ("events and trainings", ["Events", "Trainings"]),
        ("lectures in 2025", ["Kind of event: Lecture or lecture series", "Role: Lecture"]),
        ("meetings", ["Events", "Kind of event: Meeting or study day"]),
        ("partner", ["Partner organisations", "Our role: Partner"]),
        ("projects as a partner", ["Partner organisations", "Our role: Partner"]),
        ("AI Factory", ["Organisation: Dutch AI Factory", "Words: ai factory"]),
        ("groen", ["Person: Joost Groen", "Words: groen"]),
        ("ehealth", ["Strategic line: eHealth and digital health", "Words: ehealth"]),
    ],
)  # fmt: skip
def test_two_readings_are_offered_and_neither_is_chosen(ask, text, labels):
    reading = ask(text)
    assert sorted(choice.label for choice in reading.choices) == sorted(labels)
    assert reading.filters.speaker == reading.filters.month == reading.filters.city == ()


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("how many events and trainings", ["events_held", "trainings_held"]),
        ("projects as a partner", ["partners", "projects"]),
    ],
)
def test_each_of_several_readings_has_the_number_that_answers_it(ask, text, metrics):
    assert [choice.metric for choice in ask(text).choices] == metrics


def test_a_place_does_not_decide_between_a_role_and_a_kind_of_event(ask):
    reading = ask("lecture in Hong Kong")
    assert reading.filters.city == ("hong-kong-hk",)
    assert [choice.filters.kind + choice.filters.role for choice in reading.choices] == [
        ("lecture",),
        ("lecture",),
    ]
    assert ask("lecture by Doornberg in Hong Kong").choices == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [("in May", ()), ("lectures by May", ("eleanor-may",)), ("Eleanor May", ("eleanor-may",))],
)
def test_the_word_before_tells_the_month_from_the_name(ask, text, speaker):
    reading = ask(text)
    assert (reading.filters.speaker, reading.choices) == (speaker, ())


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("keyntoe doornbegr", {"keyntoe", "doornbegr"}),
        ("Amsterdm Movemnt Scienses", {"Amsterdm Movemnt Scienses"}),
        ("Doornberg keynote", set()),
        ("Michiel Kaman", {"Michiel Kaman"}),
        ("Lorenz Centre", {"Lorenz Centre"}),
        ("Tromso Łódź Soren Ostergard", set()),
    ],
)
def test_a_typing_error_is_understood_and_said_and_a_missing_accent_is_none(ask, text, corrected):
    reading = ask(text)
    assert {one.words for one in reading.understood if one.corrected} == corrected
    assert reading.rest == ()


@pytest.mark.parametrize(
    ("text", "metric", "form", "by"),
    [
        ("how many participants", "training_participants", "count", ""),
        ("hoeveel bezoekers bij de keynotes", "event_participants", "count", ""),
        ("hoeveel mensen zijn er opgeleid", "training_participants", "count", ""),
        ("hoeveel subsidie kregen we", "funding_received", "count", ""),
        ("hoeveel subsidies", "awards", "count", ""),
        ("how many events did we organise", "events_organised", "count", ""),
        ("how many people were in the room", "event_participants", "count", ""),
        ("at how many events did Doornberg speak", "events_held", "count", ""),
        ("funding from the ERDF", "funding_elsewhere", "list", ""),
        ("who gave the most lectures", "contributions", "most", "speaker"),
        ("which country had most events", "events_held", "most", "country"),
        ("aantal bijeenkomsten per maand", "events_held", "trend", "month"),
        ("trend of participants per year", "training_participants", "trend", "year"),
        ("keynotes per country", "keynotes", "most", "country"),
        ("how many e-learning modules are ready", "modules_developed", "count", ""),
        ("afgeronde projecten", "projects_completed", "list", ""),
        ("welke organisaties werken met ons samen", "partners", "list", ""),
        ("what is a contribution", "contributions", "definition", ""),
        ("who contributed", "contributors", "who", ""),
        ("waar deed Scheerder aan mee", "", "list", ""),
        ("waar was Scheerder", "events_held", "where", ""),
        ("funding to others", "funding_elsewhere", "list", ""),
    ],
)
def test_a_number_is_chosen_by_what_is_asked(ask, text, metric, form, by):
    reading = ask(text)
    assert (reading.metric, reading.form, reading.by) == (metric, form, by)


@pytest.mark.parametrize(
    ("text", "year", "compared"),
    [
        ("compare 2025 with 2024", 2025, "2024"),
        ("keynotes vergeleken met 2024", None, "2024"),
        ("verschil tussen 2024 en 2025", 2025, "2024"),
        ("hadden we meer bijeenkomsten dan in 2024", None, "2024"),
        ("more events than last year", 2026, "2025"),
    ],
)
def test_a_comparison_has_the_year_that_it_compares_with(ask, text, year, compared):
    reading = ask(text)
    assert reading.page == "review"
    assert (reading.filters.year, reading.extras) == (year, {"compare": compared})
    assert reading.rest == ()


def test_two_people_are_compared_by_who_has_most(ask):
    reading = ask("vergelijk Doornberg en Vliegenthart")
    assert (reading.form, reading.by, reading.extras) == ("most", "speaker", {})


def test_labels_are_in_the_language_that_is_asked_for_whatever_the_question_is_in(ask):
    assert [one.label for one in ask("keynotes", "nl").understood] == ["Keynote"]
    assert ask("chaired", "nl").understood[0].label == "Voorzitter"
    assert ask("voorzitter").understood[0].label == "Chair"
    assert ask("in maart").understood[0].label == "March 2025"


def test_a_period_without_a_year_is_of_the_year_that_is_shown(ask):
    assert ask("in maart", year=2024).filters.month == ("2024-03",)
    assert ask("keynotes in maart", year=None).filters.month == ("2025-03",)
    assert ask("keynotes", year=2024).year == 2024


@pytest.mark.parametrize(
    "text",
    ["hello", "what is this?", "asdfgh qwertz", "🎉", "مرحبا", "???", "<script>alert(1)</script>"],
)
def test_where_nothing_is_understood_everything_is_named(ask, text):
    reading = ask(text)
    assert reading.understood == reading.choices == ()
    assert " ".join(reading.rest) == text.removesuffix("?") or reading.rest == (text,)


def test_no_text_is_no_question(ask):
    for text in ("", "   ", "\x00\x1b", "\u202e\u200b"):
        assert ask(text).rest == ()
        assert ask(text).understood == ()


def test_where_nothing_is_recognised_the_words_that_say_nothing_are_named_only_alone(vocabulary):
    asked = {
        "how was the weather in Trollheim": ("weather", "Trollheim"),
        "hoe was het": ("hoe", "was", "het"),
    }
    rests = {text: read(text, vocabulary, TODAY, "en", SHOWN).rest for text in asked}
    assert rests == asked
