"""Counts, lists, lengths of time and months as people write them."""

from datetime import timedelta

import pytest

from dashboard.text.counts import format_count
from dashboard.text.dates import format_duration
from dashboard.text.lists import join_names
from dashboard.ui import bar


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
    assert bar._name_month("2025-05", with_year=with_year) == said
