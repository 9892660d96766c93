"""Counts, lists, lengths of time and months as people write them."""

from datetime import timedelta

import pytest

from dashboard.text.counts import format_count
from dashboard.text.dates import format_duration, format_months, format_partial_date
from dashboard.text.lists import join_names
from dashboard.text.records import format_event_dates
from dashboard.ui import bar_filters


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ({"hours": -3}, "less than an hour"),
        ({"minutes": 59}, "less than an hour"),
        ({"minutes": 61}, "1 hour"),
        ({"hours": 26, "minutes": 59}, "26 hours"),
        ({"days": 2}, "2 days"),
        ({"days": 29, "hours": 23}, "29 days"),
    ],
)
def test_a_length_of_time_counts_its_days(time, said):
    assert format_duration(timedelta(**time)) == said


def test_one_is_no_list_and_one_thing_is_in_the_singular():
    assert [join_names(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert join_names(["a", "b"], "or") == "a or b"
    assert [format_count(n, "row") for n in (0, 1, 1234)] == ["no rows", "1 row", "1,234 rows"]


@pytest.mark.parametrize(("with_year", "said"), [(False, "May"), (True, "May 2025")])
def test_a_month_to_choose_names_its_year_beside_months_of_other_years(with_year, said):
    assert bar_filters._name_month("2025-05", with_year=with_year) == said


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        ("2025-02-10", "2025-02-14", "day", "10–14 February 2025"),
        ("2025-01-30", "2025-02-01", "day", "30 January – 1 February 2025"),
        ("2024-03-01", "2025-03-05", "day", "1 March 2024 – 5 March 2025"),
        ("2024-12-30", "2025-01-02", "day", "30 December 2024 – 2 January 2025"),
        ("2024-12-30", "2025-01", "day", "30 December 2024 – January 2025"),
        ("2025-01-30", "2025", "day", "30 January 2025"),
        ("2024-11", "2025-02", "month", "November 2024 – February 2025, days unknown"),
        ("2024", "2025", "year", "2024 – 2025, dates unknown"),
        ("2024", "2024-05-01", "year", "2024, date unknown"),
        ("2025-05-22", "2025-05-22", "day", "22 May 2025"),
        ("2025-05", "2025-05", "month", "May 2025, day unknown"),
        ("2025", "2025", "year", "2025, date unknown"),
        (None, None, "unknown", "date unknown"),
    ],
)
def test_dates_are_written_as_people_write_them(start, end, precision, said):
    assert (
        format_event_dates({"start_date": start, "end_date": end, "date_precision": precision})
        == said
    )


def test_partial_dates_and_counts_in_words():
    assert format_partial_date("2024-2025") == "academic year 2024–2025"
    assert format_partial_date("2025-05") == "May 2025"
    assert [format_count(n, "country") for n in (0, 1, 2)] == [
        "no countries",
        "1 country",
        "2 countries",
    ]
    assert format_months(["2024-05", "2025-05"]) == "May 2024 and May 2025"
