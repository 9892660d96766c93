"""Filters as words, as parameters and as a URL."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language.messages import speaking
from dashboard.model.filter_links import drop_unknown_ids, parse_filters, parse_link
from dashboard.model.filters import APPLIES, FILTER_NAMES, Filters, search_words
from dashboard.text.selection import describe_filters

LABELS = {
    "speaker": {"job-doornberg": "Job Doornberg", "bart-scheerder": "Bart Scheerder"},
    "role": {"keynote": "Keynote", "lecture": "Lecture"},
    "kind": {"symposium": "Symposium", "hackathon": "Hackathon"},
    "line": {"elsa": "ELSA"},
    "pillar": {"impact": "Impact"},
    "organisation": {"hanze": "Hanze University of Applied Sciences"},
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
    lambda days, **values: Filters(
        from_day=min(days, default=None), to_day=max(days[1:], default=None), **values
    ),
    year=st.none() | st.integers(1950, 2050),
    month=MONTHS,
    days=several(st.dates(date(1900, 1, 1), date(2099, 12, 31))).map(sorted),
    speaker=several(IDS),
    role=several(IDS),
    line=several(IDS),
    pillar=several(IDS),
    kind=several(IDS),
    organisation=several(IDS),
    our_role=several(IDS),
    status=several(IDS),
    text=TEXTS,
    country=several(st.from_regex(r"[A-Z]{2}", fullmatch=True)),
).map(
    lambda f: f.with_(year=None, month=()) if f.has_days else f.with_(year=None) if f.month else f
)


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
        (
            Filters(organisation=("hanze",), from_day=date(2025, 3, 1)),
            "Events with Hanze University of Applied Sciences since 1 March 2025",
        ),
        (
            Filters(from_day=date(2025, 3, 1), to_day=date(2025, 6, 15)),
            "Events between 1 March and 15 June 2025",
        ),
        (
            Filters(from_day=date(2024, 9, 1), to_day=date(2025, 8, 31)),
            "Events between 1 September 2024 and 31 August 2025",
        ),
        (Filters(to_day=date(2025, 6, 15)), "Events until 15 June 2025"),
        (Filters(from_day=date(2025, 6, 15), to_day=date(2025, 6, 15)), "Events on 15 June 2025"),
        # of a year or a month, what the days leave
        (
            Filters(year=2025, from_day=date(2025, 3, 1)),
            "Events between 1 March and 31 December 2025",
        ),
        (
            Filters(month=("2025-05",), to_day=date(2025, 5, 14)),
            "Events between 1 May and 14 May 2025",
        ),
        (
            Filters(month=("2025-05", "2025-06"), to_day=date(2025, 6, 15)),
            "Events in May or June 2025, until 15 June 2025",
        ),
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
            Filters(organisation=("hanze",), from_day=date(2025, 3, 1)),
            "Bijeenkomsten met Hanze University of Applied Sciences sinds 1 maart 2025",
        ),
        (
            Filters(from_day=date(2025, 3, 1), to_day=date(2025, 6, 15)),
            "Bijeenkomsten van 1 maart tot en met 15 juni 2025",
        ),
        (Filters(to_day=date(2025, 6, 15)), "Bijeenkomsten tot en met 15 juni 2025"),
        (
            Filters(from_day=date(2025, 6, 15), to_day=date(2025, 6, 15)),
            "Bijeenkomsten op 15 juni 2025",
        ),
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


def test_the_first_and_the_last_day_are_called_from_and_to_in_a_link():
    asked = Filters(from_day=date(2025, 3, 1), to_day=date(2025, 6, 15), organisation=("hanze",))
    assert asked.url("events") == "/events?from=2025-03-01&to=2025-06-15&organisation=hanze"
    assert parse_link(asked.url("events")) == (asked, [])
    assert asked.chosen == ("from", "to", "organisation")
    assert asked.values("from") == ("2025-03-01",)
    assert asked.with_(**{"from": None}) == asked.with_(from_day=None)


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
        ("from=2025-02-29", "from=2025-02-29 is not understood and was left out"),
        ("to=2025-05", "to=2025-05 is not understood and was left out"),
        ("to=15-06-2025", "to=15-06-2025 is not understood and was left out"),
        ("from=٢٠٢٥-03-01", "from=٢٠٢٥-03-01 is not understood and was left out"),
        ("organisation=UMCG", "organisation=UMCG is not understood and was left out"),
        ("from=2025-03-01&from=2025-04-01", "only the first of 2 values for from is used"),
        (
            "from=2025-06-15&to=2025-03-01",
            "from=2025-06-15 is after to=2025-03-01; both were left out",
        ),
        (
            "year=2024&from=2025-03-01",
            "year=2024 contradicts from=2025-03-01; the days are used",
        ),
        (
            "month=2025-01&month=2025-07&from=2025-03-01&to=2025-06-15",
            "month=2025-01, 2025-07 contradicts from=2025-03-01&to=2025-06-15; the days are used",
        ),
    ],
)
def test_what_is_not_understood_is_left_out_with_a_notice(query, notice):
    assert parse_link("/events?" + query)[1] == [notice]


def test_an_id_that_the_store_does_not_know_is_left_out_with_a_notice():
    asked = Filters(year=2031, speaker=("job-doornberg", "nobody"))
    filters, notices = drop_unknown_ids(asked, LABELS)
    assert filters == Filters(year=2031, speaker=("job-doornberg",))
    assert notices == ["speaker=nobody is not known here and was left out"]


def test_days_narrow_the_period_of_a_year_or_months_and_take_its_place_where_they_have_none_in_common():
    within, notices = parse_link("/events?year=2025&from=2025-03-01")
    assert (within.year, within.from_day, notices) == (2025, date(2025, 3, 1), [])
    beside, _notices = parse_link("/events?month=2025-01&from=2025-03-01")
    assert beside == Filters(from_day=date(2025, 3, 1))
    partly, notices = parse_link("/events?month=2025-01&month=2025-03&from=2025-03-01")
    assert (partly.month, notices) == (("2025-01", "2025-03"), [])


def test_days_in_the_wrong_order_leave_the_rest_of_a_link():
    filters, _notices = parse_link("/events?year=2025&from=2025-06-15&to=2025-03-01&kind=course")
    assert filters == Filters(year=2025, kind=("course",))


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


DAYS = {"from_day": date(2025, 3, 1), "to_day": date(2025, 6, 15)}


@pytest.mark.parametrize(
    ("filters", "first", "last"),
    [
        (Filters(**DAYS), "2025-03-01", "2025-06-15"),
        (Filters(from_day=date(2025, 3, 1)), "2025-03-01", "2099-12-31"),
        (Filters(to_day=date(2025, 3, 1)), "1900-01-01", "2025-03-01"),
        (Filters(year=2025, from_day=date(2025, 3, 1)), "2025-03-01", "2025-12-31"),
        (Filters(month=("2025-02", "2025-05"), **DAYS), "2025-05-01", "2025-05-31"),
    ],
)
def test_the_period_is_what_the_chosen_times_have_in_common(filters, first, last):
    assert filters.period() == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("filters", "years"),
    [
        (Filters(), None),
        (Filters(year=2025), [2025]),
        (Filters(month=("2024-05", "2025-05")), [2024, 2025]),
        (Filters(**DAYS), []),
        (Filters(from_day=date(2024, 9, 1), to_day=date(2026, 12, 31)), [2025, 2026]),
        (Filters(year=2025, from_day=date(2025, 1, 2)), []),
        (Filters(year=2025, to_day=date(2025, 12, 31)), [2025]),
    ],
)
def test_what_is_told_for_a_year_lies_within_days_that_hold_all_of_it(filters, years):
    assert filters.params()["years"] == years


def test_a_year_that_is_looked_at_up_to_a_day_still_ends_where_it_ends():
    params = Filters(year=2025, until=date(2025, 11, 30)).params()
    assert (params["to_day"], params["period_end"]) == (date(2025, 11, 30), date(2025, 12, 31))
    assert (params["range_from"], params["range_to"]) == (None, None)


def test_another_year_takes_the_place_of_days():
    assert Filters(**DAYS).in_year(2024) == Filters(year=2024)
    assert Filters(**DAYS).in_year(None) == Filters()


def test_a_text_is_split_into_its_words():
    assert search_words("  Cafés in KRAKÓW ") == ["Cafés", "in", "KRAKÓW"]


def test_a_filter_that_means_nothing_for_a_table_is_named():
    asked = Filters(month=("2025-05",), speaker=("job-doornberg",), country=("NL",))
    assert asked.ignored_by("events") == []
    assert asked.ignored_by("trainings") == ["speaker", "country"]
    assert asked.ignored_by("funding") == ["country"]


def test_the_matrix_names_only_filters_that_exist():
    assert all(applies <= set(FILTER_NAMES) for applies in APPLIES.values())
