"""Periods as people say them, on 30 November 2026 with 2025 shown."""

import pytest

from dashboard.asking.grammar import read
from tests.asking.conftest import SHOWN, TODAY


@pytest.fixture
def filters(vocabulary):
    def name(text):
        reading = read(text, vocabulary, TODAY, "en", SHOWN)
        assert reading.rest == (), reading.rest
        assert reading.choices == (), reading.choices
        return reading.filters.url("").removeprefix("/?").replace("month=", "").replace("&", " ")

    return name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in maart", "2025-03"),
        ("mrt 2024", "2024-03"),
        ("September", "2025-09"),
        ("maart en juni", "2025-03 2025-06"),
        ("March, April and June 2024", "2024-03 2024-04 2024-06"),
        ("this spring", "2026-03 2026-04 2026-05"),
        ("last summer", "2026-06 2026-07 2026-08"),
        ("komend voorjaar", "2027-03 2027-04 2027-05"),
        ("zomer van 2024", "2024-06 2024-07 2024-08"),
        ("winter 2024-2025", "2024-12 2025-01 2025-02"),
        ("Q2", "2025-04 2025-05 2025-06"),
        ("tweede kwartaal 2024", "2024-04 2024-05 2024-06"),
        ("vorig kwartaal", "2026-07 2026-08 2026-09"),
        ("deze maand", "2026-11"),
        ("afgelopen maand", "2026-10"),
        ("next month", "2026-12"),
        ("drie maanden geleden", "2026-08"),
        ("maart t/m mei", "2025-03 2025-04 2025-05"),
        ("March–May 2024", "2024-03 2024-04 2024-05"),
        ("between November and February", "2025-11 2025-12 2026-01 2026-02"),
        ("vorig jaar", "year=2025"),
        ("in 2024", "year=2024"),
        ("two years ago", "year=2024"),
        ("keynotes in 2024 and in May", "2024-05 role=keynote"),
        ("2024 and 2025", "from=2024-01-01 to=2025-12-31"),
        ("since March", "from=2025-03-01"),
        ("vanaf 2024", "from=2024-01-01"),
        ("from May onwards", "from=2025-05-01"),
        ("after March", "from=2025-04-01"),
        ("na 27 maart", "from=2025-03-28"),
        ("before May", "to=2025-04-30"),
        ("until May", "to=2025-05-31"),
        ("tot mei", "to=2025-04-30"),
        ("tot 1 juni", "to=2025-05-31"),
        ("tot vandaag", "to=2026-11-30"),
        ("van maart tot mei", "2025-03 2025-04 2025-05"),
        ("vóór mei", "to=2025-04-30"),
        ("verleden jaar", "year=2025"),
        ("verleden maand", "2026-10"),
        ("december twenty twenty six", "2026-12"),
        ("two thousand and twenty four", "year=2024"),
        ("tweeduizend vijfentwintig", "year=2025"),
        ("tweeduizendvierentwintig", "year=2024"),
        ("juuni", "2025-06"),
        ("on December 24", "from=2025-12-24 to=2025-12-24"),
        ("tot en met 12 december", "to=2025-12-12"),
        ("between 1 March and 15 June", "from=2025-03-01 to=2025-06-15"),
        ("1 t/m 15 juni", "from=2025-06-01 to=2025-06-15"),
        ("27 maart", "from=2025-03-27 to=2025-03-27"),
        ("the 5th of June 2024", "from=2024-06-05 to=2024-06-05"),
        ("2025-03-27", "from=2025-03-27 to=2025-03-27"),
        ("27-03-2025", "from=2025-03-27 to=2025-03-27"),
        ("yesterday", "from=2026-11-29 to=2026-11-29"),
        ("last week", "from=2026-11-23 to=2026-11-29"),
        ("last six months", "from=2026-05-31 to=2026-11-30"),
        ("academic year 2024-2025", "from=2024-09-01 to=2025-08-31"),
        ("24/25", "from=2024-09-01 to=2025-08-31"),
        ("'24/'25", "from=2024-09-01 to=2025-08-31"),
        ("maart '25", "2025-03"),
        ("since ’24", "from=2024-01-01"),
        ("10-02-'25 t/m 28-03-‘25", "from=2025-02-10 to=2025-03-28"),
        ("vorig studiejaar", "from=2025-09-01 to=2026-08-31"),
        ("eerste helft van 2024", "2024-01 2024-02 2024-03 2024-04 2024-05 2024-06"),
        ("May 8th, 2025", "from=2025-05-08 to=2025-05-08"),
        ("27 March, 2024", "from=2024-03-27 to=2024-03-27"),
        ("in 2024, 2025", "from=2024-01-01 to=2025-12-31"),
        ("keynotes 2025 2024", "from=2024-01-01 to=2025-12-31 role=keynote"),
        ("May 2024 and 2025", "2024-05 2025-05"),
        ("in May and in June 2024", "2024-05 2024-06"),
        ("last year in May", "2025-05"),
        ("29 februari", "from=2024-02-29 to=2024-02-29"),
    ],
)
def test_a_period_is_the_filters_that_select_it(filters, text, expected):
    assert filters(text) == expected


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("begin 2025", ("begin",)),
        ("31 juni", ("31",)),
        ("2025-02-30", ("2025-02-30",)),
        ("in 1492", ("1492",)),
        ("bijeenkomsten 25", ("25",)),
        ("maandag", ("maandag",)),
        ("2024 keynotes March 2025", ("2024",)),
        ("events on 29 February 2025", ("29", "February")),
        ("keynotes in the last week of May", ("last", "week")),
        ("keynotes in the last 6 months of 2025", ("last", "6")),
    ],
)
def test_what_is_no_period_is_said_not_to_be_understood(vocabulary, text, unread):
    reading = read(text, vocabulary, TODAY, "nl", SHOWN)
    assert {*unread} <= {*reading.rest}


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (
            "winter",
            [
                ("2024-12", "2025-01", "2025-02"),
                ("2025-12", "2026-01", "2026-02"),
                ("2025-01", "2025-02", "2025-12"),
            ],
        ),
        (
            "autumn 2025 and winter 2025",
            [
                ("2024-12", "2025-01", "2025-02", "2025-09", "2025-10", "2025-11"),
                ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"),
                ("2025-01", "2025-02", "2025-09", "2025-10", "2025-11", "2025-12"),
            ],
        ),
        ("10/11", [(), ()]),
        ("academic year 2025", [(), ()]),
        ("3/4/2025", [(), ()]),
        ("mei 25", [(), ("2025-05",)]),
        ("december 24", [(), ("2024-12",)]),
        ("van maart 25 tot mei 25", [(), (), ("2025-03",), ("2025-03",)]),
    ],
)
def test_what_can_be_two_periods_is_both(vocabulary, text, offered):
    reading = read(text, vocabulary, TODAY, "en", SHOWN)
    assert [choice.filters.month for choice in reading.choices] == offered
