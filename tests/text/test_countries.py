"""Countries are said by name."""

import pytest

from dashboard.text.countries import name_country


@pytest.mark.parametrize(
    ("code", "name"),
    [("NL", "Netherlands"), ("HK", "Hong Kong"), ("gb", "United Kingdom"), ("Zz-9", "Zz-9")],
)
def test_a_code_is_said_as_people_say_it(code, name):
    assert name_country(code) == name
