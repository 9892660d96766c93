"""What a settings file may say, and what is said of one that says something else."""

import re
from datetime import UTC, date, datetime

import pytest

from dashboard.settings import SettingsError, load, local_day

MOMENT = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


def settings_with(folder, line):
    (folder / "settings.toml").write_text(f'[programme]\nname = "N"\nshort_name = "S"\n{line}\n', "utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("", date(2027, 1, 1)),
        ('time_zone = "Europe/Amsterdam"', date(2027, 1, 1)),
        ('time_zone = "America/New_York"', date(2026, 12, 31)),
        ('time_zone = "UTC"', date(2026, 12, 31)),
    ],
)
def test_which_day_it_is_depends_on_where_the_programme_is(tmp_path, line, day):
    assert local_day(MOMENT, settings_with(tmp_path, line)) == day


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('time_zone = "Europe/Amstedam"', "not 'Europe/Amstedam': did you mean \"Europe/Amsterdam\"?"),
        ('time_zone = "europe/amsterdam"', 'did you mean "Europe/Amsterdam"?'),
        ('time_zone = ""', "[programme] time_zone must be an IANA time zone"),
        ("time_zone = 1", "[programme] time_zone must be an IANA time zone"),
        ('time_zone = "../etc/passwd"', "[programme] time_zone must be an IANA time zone"),
    ],
)
def test_a_time_zone_that_is_none_is_said_with_the_nearest_one(tmp_path, line, said):
    with pytest.raises(SettingsError, match=re.escape(said)):
        settings_with(tmp_path, line)
