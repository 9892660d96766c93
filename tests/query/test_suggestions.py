"""What is suggested while somebody types: by hand on the five-row files, and on the records that ship."""

from datetime import date

import pytest

from dashboard.language.messages import speaking
from dashboard.query.suggestions import GROUPS, Suggestion, match_labels, suggest
from tests.query.test_questions import tiny, with_rows  # noqa: F401 - fixtures
from tests.query.test_search import HOSTILE

TODAY = date(2025, 6, 1)


def ids(version, text, today=TODAY, **options):
    """The ids that are suggested, by group."""
    groups = suggest(version, text, today, **options)
    return {group.name: [one.id for one in group.suggestions] for group in groups}


def shown(version, text):
    """Label and detail of the first suggestion."""
    first = suggest(version, text, TODAY)[0].suggestions[0]
    return first.label, first.detail


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zo", {"people": ["zoe-muller"]}),
        ("MÜLL", {"people": ["zoe-muller"]}),
        ("muel", {"people": ["zoe-muller"]}),
        ("wit bram", {"people": ["bram-de-wit"]}),
        ("bram d", {"people": ["bram-de-wit"]}),
        ("de wi", {"people": ["bram-de-wit"]}),
        ("dr. van wit", {"people": ["bram-de-wit"]}),
        ("cour", {"trainings": ["autumn-course"]}),
        ("ghent", {"organisations": ["ghent-university"]}),
        ("ugent", {"organisations": ["ghent-university"]}),
        ("retr", {"events": ["retreat"]}),
        ("consent", {"events": ["webinar"], "trainings": ["consent-module"]}),
        ("week sci", {"events": ["open-day"]}),
        ("antw", {"places": ["antwerp-be"]}),
        ("main ha", {"places": ["groningen"]}),
        ("reading", {"series": ["reading-club"]}),
    ],
)
def test_names_and_titles_are_found_by_their_beginnings_in_any_order(tiny, text, found):
    assert ids(tiny, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mülller", {"people": ["zoe-muller"]}),
        ("retreet", {"events": ["retreat"]}),
        ("sprnig schol", {"events": ["spring-school"]}),
        ("springschool", {"events": ["spring-school"]}),
        ("Antwerpt", {"places": ["antwerp-be"]}),
        ("Antwerpen", {"places": ["antwerp-be"]}),
        ("Anvers", {"places": ["antwerp-be"]}),
    ],
)
def test_where_nothing_begins_so_the_nearest_is_suggested(tiny, text, found):
    assert ids(tiny, text) == found


@pytest.mark.parametrize("text", ["", " ", "z", "a b", "%", "xyzxyz", "4711", "' or 1=1 --", "💉"])
def test_of_one_letter_or_of_what_is_nowhere_there_is_nothing(tiny, text):
    assert suggest(tiny, text, TODAY) == ()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_the_suggestions(tiny, text):
    assert isinstance(suggest(tiny, text, TODAY), tuple)


@pytest.mark.parametrize(
    ("text", "label", "detail"),
    [
        ("anna", "Anna Berg", "Physician · 2 events"),
        ("carla", "Carla Smit", "no events"),
        ("spring", "Spring school", "29 April – 2 May 2025 · Main hall, Groningen, NL"),
        ("webi", "Webinar on consent", "May 2025, day unknown · online"),
        ("retr", "Retreat", "2025, date unknown · place unknown"),
        ("zwol", "Zwolle", "Netherlands · 1 event"),
        ("main", "Main hall", "Groningen · 1 event"),
        ("ghen", "Ghent University", "1 event"),
        ("our ce", "Our Centre", ""),
        ("first", "First-year curriculum", "academic year 2024–2025"),
        ("next", "Next programme", "2026 to 2028"),
        ("evening", "Evening talks", "October 2024"),
    ],
)
def test_a_suggestion_says_when_where_or_how_often(tiny, text, label, detail):
    assert shown(tiny, text) == (label, detail)


def test_a_suggestion_is_in_the_readers_language(tiny):
    with speaking("nl"):
        assert shown(tiny, "zwol") == ("Zwolle", "Nederland · 1 bijeenkomst")
        assert suggest(tiny, "belg", TODAY)[0].suggestions == (
            Suggestion("countries", "BE", "België", "1 bijeenkomst"),
        )


def test_the_very_word_comes_first_then_most_events_then_the_latest(tmp_path):
    version = with_rows(
        tmp_path,
        people="al-a,Alan Xoo,,,\nal-b,Alan Xoobi,,,\nal-c,Alan Xoobo,,,",
        events="one,Xooz day,,2025-05-01,,held,,,,,,,,,unknown,,\n"
        "two,Xoo day,,2025-03-01,,held,,,,,,,,,unknown,,\n"
        "three,Xooz night,,2025-06-01,,held,,,,,,,,,unknown,,\n"
        "four,Xoo night,,2025-04-01,,held,,,,,,,,,unknown,,",
        event_people="one,al-c,chair,1,,\ntwo,al-b,chair,1,,\nthree,al-b,chair,1,,",
    )
    assert ids(version, "xoo")["events"] == ["four", "two", "three", "one"]
    assert ids(version, "xoo")["people"] == ["al-a", "al-b", "al-c"]
    assert ids(version, "alan")["people"] == ["al-b", "al-c", "al-a"]
    assert ids(version, "xoo", limit=1) == {"people": ["al-a"], "events": ["four"]}


def test_of_a_frequent_word_the_latest_events_are_suggested_and_other_words_looked_for(tmp_path):
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 7) for day in range(1, 29)]
    rows = [f"e-{day},Xaa {'rare' if day < '2025-01-03' else 'often'},,{day}" for day in days]
    version = with_rows(
        tmp_path, events="\n".join(f"{row},,held,,,,,,,,,unknown,," for row in rows)
    )
    latest = [f"e-2025-06-{day}" for day in (28, 27, 26, 25, 24)]
    assert ids(version, "xaa")["events"] == latest
    assert ids(version, "often xaa")["events"] == latest
    assert ids(version, "xaa rar")["events"] == ["e-2025-01-02", "e-2025-01-01"]


def test_what_goes_on_today_comes_before_what_is_over_or_yet_to_come(tiny):
    assert ids(tiny, "ne")["projects"] == ["new-network", "next-programme"]
    assert ids(tiny, "ne", date(2027, 5, 1))["projects"] == ["next-programme", "new-network"]


def test_of_two_letters_the_very_word_is_looked_for_in_titles(real):
    events = [
        one
        for group in suggest(real, "ai", TODAY)
        if group.name == "events"
        for one in group.suggestions
    ]
    assert len(events) == 5
    assert all("AI" in event.label for event in events)
    assert "events" not in ids(real, "ra")


def test_groups_stand_in_their_order(real):
    names = list(ids(real, "ai hos"))
    assert names == sorted(names, key=list(GROUPS).index)
    assert names == ["events", "projects", "trainings", "series"]


def test_a_city_that_is_its_country_is_suggested_once_and_a_borrowed_name_when_it_is_written_out(
    real,
):
    assert ids(real, "hongk") == {"places": ["hong-kong-hk"]}
    assert ids(real, "keule") == {}
    assert ids(real, "keulen") == {"places": ["cologne-de"]}


def test_labels_are_found_by_the_beginnings_of_their_words():
    labels = {
        "map": "Map",
        "a": "Participants of trainings",
        "b": "Trainings held",
        "c": "Événements",
    }
    assert match_labels(labels, "tra") == ("b", "a")
    assert match_labels(labels, "trainings part") == ("a",)
    assert match_labels(labels, "EVEN") == ("c",)
    assert match_labels(labels, "tra", limit=1) == ("b",)
    assert match_labels(labels, "") == match_labels(labels, "rai") == ()
