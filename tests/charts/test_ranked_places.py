"""Places ranked beside the maps: every place is named, what is unknown is drawn, and all adds up."""

import pytest

from dashboard.charts.ranked_places import (
    add_up_places,
    link_beyond,
    rank_places,
    say_more_places,
)
from dashboard.language.messages import Said
from tests.charts.test_maps import AMSTERDAM, BOSTON, GRONINGEN, HONG_KONG, TOLBERT, VIENNA, place

FIRSTS = {
    "groningen-nl": Said("AI in Medical Imaging"),
    "tolbert-nl": Said("Responsible AI for Seniors"),
}


def rows_of(element):
    return [row.text for row in element.find("place")]


def test_a_place_stands_with_its_number_and_its_first_event():
    ranked = rank_places([VIENNA, TOLBERT, AMSTERDAM, GRONINGEN], FIRSTS, home="NL")
    assert rows_of(ranked) == [
        "Groningen 8 AI in Medical Imaging +7",
        "Amsterdam 2",
        "Tolbert 1 Responsible AI for Seniors",
        "Vienna 1",
    ]
    assert ranked.acts()[0] == "place=groningen-nl"
    assert [bar.style["--part"] for bar in ranked.find("place-bar")] == [
        "1.0000",
        "0.2500",
        "0.1250",
        "0.1250",
    ]


def test_ten_places_are_in_sight_and_the_others_folded():
    rows = [place(f"City {n:02}", "NL", 52, 5) for n in range(14)]
    ranked = rank_places(rows, {})
    (fold,) = ranked.find("places-fold")
    assert fold.tag == "details"
    assert fold.text.startswith("4 more places, 1 event each")
    assert (len(rows_of(ranked)), len(rows_of(fold))) == (14, 4)


def test_of_very_many_places_those_that_the_fold_does_not_hold_are_counted():
    rows = [place(f"City {n:03}", "NL", 52, 5) for n in range(215)]
    (fold,) = rank_places(rows, {}).find("places-fold")
    assert fold.text.startswith("205 more places, 1 event each")
    assert (len(rows_of(fold)), fold.find("more")[0].text) == (200, "and 5 more")


def test_the_chosen_place_leads_back():
    ranked = rank_places([GRONINGEN, TOLBERT], {}, chosen="tolbert-nl", way_back="page:map")
    assert ranked.acts() == ["place=groningen-nl", "page:map"]
    assert ranked.find("place")[1].attributes["aria-current"] == "true"


def test_one_place_more_than_ten_is_not_folded():
    ranked = rank_places([place(f"City {n:02}", "NL", 52, 5) for n in range(11)], {})
    assert (len(rows_of(ranked)), ranked.find("places-fold")) == (11, [])


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([1, 1, 1, 1], "4 more places, 1 event each"),
        ([2, 2], "2 more places, 2 events each"),
        ([3, 1], "2 more places, 4 events in all"),
    ],
)
def test_the_fold_says_what_is_in_it(numbers, said):
    assert say_more_places(numbers) == said


def test_what_has_no_stated_place_is_a_line_of_its_own_never_a_gap():
    ranked = rank_places([GRONINGEN], FIRSTS, unstated=7, online=3)
    assert rows_of(ranked)[1:] == ["online 3", "not stated 7 listed below"]
    # what is listed below needs no press
    assert ranked.acts()[1:] == ["place=online"]
    assert ranked.find("place-unstated")[0].text == "not stated"
    assert rows_of(rank_places([GRONINGEN], FIRSTS))[1:] == []


def test_without_any_place_only_what_is_not_stated_is_said():
    assert rows_of(rank_places([], {}, unstated=2)) == ["not stated 2 listed below"]


def test_the_places_add_up_to_all_events():
    said = add_up_places({"on_the_map": 22, "online": 0, "unknown": 7, "all_events": 29})
    assert said.text == "22 on the map + 0 online + 7 without a stated place = 29 events"
    bold = [child.text for child in said.children if not isinstance(child, str)]
    assert bold == ["22", "0", "7", "29 events"]


def test_what_lies_beyond_a_map_leads_to_the_world():
    found = link_beyond([HONG_KONG, BOSTON])
    assert found.text == "beyond this map: Hong Kong 1 and Boston 1 →"
    assert found.acts() == ["page:map?view=world"]
    assert link_beyond([]) is None
