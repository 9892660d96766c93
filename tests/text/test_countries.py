"""Countries are said by name."""

import pytest

from dashboard.text.countries import is_named_after, name_country


@pytest.mark.parametrize(
    ("code", "name"),
    [("NL", "Netherlands"), ("HK", "Hong Kong"), ("gb", "United Kingdom"), ("Zz-9", "Zz-9")],
)
def test_a_code_is_said_as_people_say_it(code, name):
    assert name_country(code) == name


@pytest.mark.parametrize(
    ("code", "city", "same"),
    [
        ("HK", "Hong Kong", True),
        ("hk", "Hong Kong", True),
        ("SG", "Singapore", True),
        ("HK", "Kowloon", False),
        ("NL", "Netherlands", False),
        ("MX", "Mexico", False),
        ("HK", "", False),
    ],
)
def test_a_country_that_is_a_city_is_known_by_its_code_whatever_it_is_called(code, city, same):
    assert is_named_after(code, city) is same
