"""Filters as words, as parameters and as a URL."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language.messages import speaking
from dashboard.model.filters import (
    APPLIES,
    FILTER_NAMES,
    Filters,
    drop_unknown_ids,
    parse_filters,
    parse_link,
    search_words,
)
from dashboard.text.selection import describe_filters

LABELS = {
    "speaker": {"job-doornberg": "Job Doornberg", "bart-scheerder": "Bart Scheerder"},
    "role": {"keynote": "Keynote", "lecture": "Lecture"},
    "kind": {"symposium": "Symposium", "hackathon": "Hackathon"},
    "line": {"elsa": "ELSA"},
    "pillar": {"impact": "Impact"},
    "country": {"AT": "AT", "NL": "NL"},
    "our_role": {"organised": "Organised"},
    "status": {"planned": "Planned", "held": "Held", "cancelled": "Cancelled"},
    "year": {"2025": "2025"},
}
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


def several(values):
    return st.lists(values, max_size=3, unique=True).map(tuple)


MONTHS = several(st.builds("{}-{:02}".format, st.integers(1990, 2050), st.integers(1, 12))).map(
    lambda m: tuple(sorted(m))
)
TEXTS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_categories=["C", "Z"]), max_size=20
)
FILTERS = st.builds(
    Filters,
    year=st.none() | st.integers(1950, 2050),
    month=MONTHS,
    speaker=several(IDS),
    role=several(IDS),
    line=several(IDS),
    pillar=several(IDS),
    kind=several(IDS),
    our_role=several(IDS),
    status=several(IDS),
    text=TEXTS,
    country=several(st.from_regex(r"[A-Z]{2}", fullmatch=True)),
).map(lambda f: f.with_(year=None) if f.month else f)


def test_a_selection_is_said_in_words():
    asked = Filters(month=("2025-05",), speaker=("job-doornberg",), role=("keynote",))
    assert describe_filters(asked, LABELS) == "Keynotes by Job Doornberg in May 2025"


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(), "Events"),
        (Filters(year=2025), "Events in 2025"),
        (Filters(month=("2025-05", "2025-06")), "Events in May or June 2025"),
        (Filters(month=("2024-12", "2025-01")), "Events in December 2024 or January 2025"),
        (Filters(kind=("symposium",), country=("AT",)), "Symposiums in AT"),
        (
            Filters(speaker=("job-doornberg", "bart-scheerder")),
            "Events with Job Doornberg or Bart Scheerder",
        ),
        (Filters(role=("keynote", "lecture")), "Keynotes or lectures"),
        (Filters(role=("keynote", "lecture", "host")), "Keynotes, lectures or hosts"),
        (Filters(kind=("conference",), year=2025), "Conferences and annual meetings in 2025"),
        (Filters(kind=("hackathon", "symposium")), "Hackathon or symposiums"),
        (Filters(role=("keynote",), kind=("symposium",)), "Keynotes at events of kind symposium"),
        (
            Filters(line=("elsa",), pillar=("impact",), text="heart"),
            "Events on ELSA under Impact mentioning “heart”",
        ),
        (Filters(our_role=("organised",)), "Events with our role: Organised"),
        (Filters(status=("planned",), month=("2025-05",)), "Planned events in May 2025"),
        (Filters(status=("held", "planned")), "Held or planned events"),
        (
            Filters(status=("planned",), role=("keynote",), speaker=("job-doornberg",)),
            "Planned keynotes by Job Doornberg",
        ),
        (Filters(status=("cancelled",), kind=("symposium",)), "Cancelled symposiums"),
    ],
)
def test_every_filter_has_its_words(filters, words):
    assert describe_filters(filters, LABELS) == words


def test_everything_is_said_where_nothing_else_is_selected():
    assert describe_filters(Filters(year=2025), LABELS, None) == "Everything in 2025"
    assert describe_filters(Filters(year=2025), LABELS, None, within=True) == "everything in 2025"
    assert describe_filters(Filters(role=("keynote",)), LABELS, None) == "Keynotes"


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(), "Bijeenkomsten"),
        (
            Filters(month=("2025-05",), speaker=("job-doornberg",), role=("keynote",)),
            "Keynotes door Job Doornberg in mei 2025",
        ),
        (Filters(month=("2024-12", "2025-01")), "Bijeenkomsten in december 2024 of januari 2025"),
        (Filters(kind=("symposium",), country=("AT",)), "Symposia in AT"),
        (Filters(kind=("conference",)), "Congressen en jaarvergaderingen"),
        (Filters(role=("chair", "host")), "Voorzitterschappen of ontvangsten"),
        (
            Filters(status=("planned", "cancelled"), year=2025),
            "Geplande of afgelaste bijeenkomsten in 2025",
        ),
        (Filters(status=("planned",), kind=("symposium",)), "Geplande symposia"),
        (
            Filters(pillar=("impact",), text="hart"),
            "Bijeenkomsten binnen de pijler Impact met de woorden “hart”",
        ),
    ],
)
def test_a_selection_is_said_in_dutch(filters, words):
    with speaking("nl"):
        assert describe_filters(filters, LABELS) == words


def test_what_is_left_out_of_a_link_is_said_in_dutch():
    with speaking("nl"):
        filters, notices = parse_link("/events?year=2024&month=2025-05&speaker=x&speaker=X")
        notices += drop_unknown_ids(filters, LABELS)[1]
    assert notices == [
        "speaker=X is niet herkend en daarom weggelaten",
        "year=2024 past niet bij month=2025-05; de maand telt",
        "speaker=x is hier niet bekend en daarom weggelaten",
    ]


def test_a_link_gives_the_filters_back():
    filters, notices = parse_link("/events?speaker=job-doornberg&month=2025-05")
    assert filters == Filters(month=("2025-05",), speaker=("job-doornberg",))
    assert notices == []


def test_a_link_is_readable_and_in_a_fixed_order():
    asked = Filters(month=("2025-05",), speaker=("job-doornberg",), text="hand on heart")
    assert asked.url("events") == "/events?month=2025-05&speaker=job-doornberg&text=hand+on+heart"
    assert Filters().url("map") == "/map"


@given(FILTERS)
def test_filters_survive_the_way_through_the_url(filters):
    again, notices = parse_link(filters.url("events"))
    assert (again, notices) == (filters, [])


@given(st.lists(st.tuples(st.sampled_from([*FILTER_NAMES, "v", "x"]), st.text(max_size=300))))
def test_no_query_string_raises(pairs):
    filters, _ = parse_filters(pairs)
    assert parse_filters(filters.query())[0] == filters


@given(st.text(max_size=500))
def test_no_link_raises(link):
    parse_link(link)


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("year=20255", "year=20255 is not understood and was left out"),
        ("month=2025-13", "month=2025-13 is not understood and was left out"),
        ("speaker=Job Doornberg", "speaker=Job Doornberg is not understood and was left out"),
        ("country=nl", "country=nl is not understood and was left out"),
        ("year=2024&year=2025", "only the first of 2 values for year is used"),
        ("year=2024&month=2025-05", "year=2024 contradicts month=2025-05; the month is used"),
        (
            "speaker=" + "a" * 100_000,
            "speaker=" + "a" * 40 + "… is not understood and was left out",
        ),
        ("text=a%00b", "text=a�b is not understood and was left out"),
    ],
)
def test_what_is_not_understood_is_left_out_with_a_notice(query, notice):
    assert parse_link("/events?" + query)[1] == [notice]


def test_an_id_that_the_store_does_not_know_is_left_out_with_a_notice():
    asked = Filters(year=2031, speaker=("job-doornberg", "nobody"))
    filters, notices = drop_unknown_ids(asked, LABELS)
    assert filters == Filters(year=2031, speaker=("job-doornberg",))
    assert notices == ["speaker=nobody is not known here and was left out"]


def test_a_repeated_value_counts_once():
    assert parse_filters(parse_qsl("speaker=a&speaker=a"))[0] == Filters(speaker=("a",))
    assert Filters().with_(month=("2025-05", "2024-01", "2025-05")).month == ("2024-01", "2025-05")
    assert Filters(speaker=("b", "a", "b")).speaker == ("b", "a")


@pytest.mark.parametrize(
    ("months", "year", "then"),
    [
        (("2024-05", "2025-05"), 2025, ("2025-05",)),
        (("2024-05", "2025-04"), 2025, ("2025-04",)),
        (("2024-05", "2025-05"), 2023, ("2023-05",)),
        (("2024-05", "2024-07"), 2025, ("2025-05", "2025-07")),
        (("2024-05", "2025-05"), None, ()),
        ((), 2025, ()),
    ],
)
def test_another_year_keeps_its_own_months_or_takes_those_of_the_others_once(months, year, then):
    assert Filters(month=months).in_year(year) == Filters(month=then, year=None if then else year)


def test_the_period_spans_the_chosen_months():
    assert Filters(month=("2025-02", "2025-11")).period() == (date(2025, 2, 1), date(2025, 11, 30))
    assert Filters(year=2024).period() == (date(2024, 1, 1), date(2024, 12, 31))
    assert Filters().period() == (None, None)


def test_a_text_is_split_into_its_words():
    assert search_words("  Cafés in KRAKÓW ") == ["Cafés", "in", "KRAKÓW"]


def test_a_filter_that_means_nothing_for_a_table_is_named():
    asked = Filters(month=("2025-05",), speaker=("job-doornberg",), country=("NL",))
    assert asked.ignored_by("events") == []
    assert asked.ignored_by("trainings") == ["speaker", "country"]
    assert asked.ignored_by("funding") == ["country"]


def test_the_matrix_names_only_filters_that_exist():
    assert all(applies <= set(FILTER_NAMES) for applies in APPLIES.values())
