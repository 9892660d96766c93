"""What a settings file may say, what is said of one that says something else, and what counts while
a process runs.
"""

import os
import re
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dashboard.model import settings
from dashboard.model.settings import SettingsError, load, local_day
from dashboard.model.settings_schema import KEYS, File
from tests.conftest import ROOT

MOMENT = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
SHIPPED = (ROOT / "data" / "settings.toml").read_text("utf-8")
ALL_KEYS = [(section, key) for section, keys in KEYS.items() for key in keys]
CLOSED = (
    SHIPPED.replace("sign_in = false", "sign_in = true")
    .replace('claim = "groups"', 'claim = "realm_access.roles"')
    .replace("viewers = []", 'viewers = ["dash-viewers"]')
    .replace("stewards = []", 'stewards = ["dash-stewards"]')
    .replace("session_hours = 10", "session_hours = 2")
    .replace("profiles = true", "profiles = false")
    .replace("small_groups_below = 5", "small_groups_below = 10")
)
"""Settings of a dashboard that lets few in and shows little: less than what any default would."""


def loaded(folder, text):
    (folder / "settings.toml").write_text(text, "utf-8")
    return load(folder)


def refused(folder, text):
    with pytest.raises(SettingsError) as error:
        loaded(folder, text)
    assert all(str(folder / "settings.toml") in fault for fault in error.value.each)
    return str(error.value)


def with_line(section, key, line, text=SHIPPED):
    """The file with another line in the place of a key."""
    head, found, rest = text.partition(f"[{section}]\n")
    assert found
    changed, times = re.subn(rf"^{key} = .*$", lambda _: line, rest, count=1, flags=re.MULTILINE)
    assert times == 1
    return head + found + changed


def misspelled(word):
    """A word with a letter too few, with two that changed places, with one too many."""
    at = len(word) // 2
    wrong = {
        word[:at] + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        f"{word}s",
    }
    return sorted(wrong - {word})


# One file
# ------------------------------------------------------------------------------------------------------------


def test_the_file_that_ships_writes_every_key_that_there_is():
    assert {(section, key) for section, keys in tomllib.loads(SHIPPED).items() for key in keys} - {
        ("colours", pillar) for pillar in ("research", "education", "impact")
    } == set(ALL_KEYS)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (None, date(2027, 1, 1)),
        ("Europe/Amsterdam", date(2027, 1, 1)),
        ("America/New_York", date(2026, 12, 31)),
        ("UTC", date(2026, 12, 31)),
    ],
)
def test_which_day_it_is_depends_on_where_the_programme_is(tmp_path, zone, day):
    line = f'time_zone = "{zone}"' if zone else ""
    assert local_day(MOMENT, loaded(tmp_path, with_line("programme", "time_zone", line))) == day


@pytest.mark.parametrize(("section", "key"), ALL_KEYS)
def test_a_misspelled_key_is_an_error_that_names_the_right_one(tmp_path, section, key):
    for wrong in misspelled(key):
        value = tomllib.loads(SHIPPED)[section][key]
        line = f"{wrong} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
        said = refused(tmp_path, with_line(section, key, line))
        assert f"[{section}] {wrong} is not known: did you mean {key}?" in said
        assert "did you mean" in said


@pytest.mark.parametrize("section", File.model_fields)
def test_a_misspelled_section_is_an_error_that_names_the_right_one(tmp_path, section):
    for wrong in misspelled(section):
        said = refused(tmp_path, SHIPPED.replace(f"[{section}]", f"[{wrong}]"))
        assert f"[{wrong}] is not known: did you mean [{section}]?" in said


VALUES = {
    str: '"false"',
    bool: "true",
    int: "1",
    float: "1.5",
    list: "[1]",
    dict: "{x = 1}",
    date: "2026-01-01",
}


@pytest.mark.parametrize(("section", "key"), ALL_KEYS)
def test_a_value_of_another_type_is_an_error_that_says_what_is_wanted(tmp_path, section, key):
    right = type(tomllib.loads(SHIPPED)[section][key])
    for value in [text for kind, text in VALUES.items() if kind is not right]:
        said = refused(tmp_path, with_line(section, key, f"{key} = {value}"))
        assert f"[{section}] {key} must be {KEYS[section][key].description}, not " in said


@pytest.mark.parametrize(
    ("section", "key", "values"),
    [
        ("programme", "name", ['""', '" "', r'"a\nb"', r'"a\u0000"', '" DASH"']),
        ("programme", "short_name", ['""', r'"\t"']),
        ("programme", "organisation", ['" "', r'"a\nb"']),
        (
            "programme",
            "time_zone",
            ['""', '"../etc/passwd"', '"europe/amsterdam"', '"Europe/Amstedam"'],
        ),
        (
            "sharing",
            "public_url",
            [
                '"dash.example.org"',
                '"//dash.example.org"',
                '"ftp://x.org"',
                '"javascript:alert(1)"',
                '"https://"',
                '"https://u:p@x.org"',
                '"https://x.org?a=1"',
                '"https://x.org/#a"',
                '"https://x.org/../y"',
                '"https://x.org/a b"',
                r'"https://x.org\nX: y"',
                '"https://x.org:99999"',
                '" "',
                r'"https://x.org\\@y.org"',
            ],
        ),
        (
            "sharing",
            "embed_on",
            [
                '["https://x.org/"]',
                '[""]',
                '["https://x.org", 1]',
                '["https://x.org:99999"]',
                '["*"]',
            ],
        ),
        (
            "sharing",
            "template",
            [
                '"../house.pptx"',
                '"/etc/house.pptx"',
                '"house.xlsx"',
                '" "',
                '"house"',
                r'"..\\house.pptx"',
            ],
        ),
        ("sharing", "word_template", ['"../house.docx"', '"house.docm"', '"house.pptx"']),
        ("privacy", "small_groups_below", ["-1", "10001", "5.0"]),
        ("access", "claim", ['""', '" "']),
        ("access", "viewers", ['[""]', '[" "]', '["a", 1]', '"*"']),
        ("access", "stewards", ['[""]', '"*"']),
        ("access", "session_hours", ["0", "-1", "721", "1000000000000"]),
        ("running", "stale_after_days", ["-1", "1000000000000"]),
        ("engine", "kind", ['""', '"DuckDB"', '"sparc"']),
    ],
)
def test_a_value_that_cannot_be_is_an_error_that_says_what_is_wanted(
    tmp_path, section, key, values
):
    for value in values:
        said = refused(tmp_path, with_line(section, key, f"{key} = {value}"))
        assert f"[{section}] {key} must be {KEYS[section][key].description}, not " in said, value


def test_a_time_zone_that_is_none_is_said_with_the_nearest_one(tmp_path):
    for wrong in ("Europe/Amstedam", "europe/amsterdam"):
        said = refused(tmp_path, with_line("programme", "time_zone", f'time_zone = "{wrong}"'))
        assert f"not '{wrong}': did you mean \"Europe/Amsterdam\"?" in said


@pytest.mark.parametrize(
    "value",
    [
        '"#fff"',
        '["#1f5fa8"]',
        '["#1f5fa8", "#6ea8e6", "#000000"]',
        '["1f5fa8", "6ea8e6"]',
        '["blue", "red"]',
        '["#1f5fag", "#6ea8e6"]',
        r'["#1f5fa8\n", "#6ea8e6"]',
        "[1, 2]",
        "{}",
    ],
)
def test_a_colour_that_is_none_is_an_error(tmp_path, value):
    said = refused(
        tmp_path, SHIPPED.replace('research = ["#1f5fa8", "#6ea8e6"]', f"research = {value}")
    )
    assert "[colours] research must be two colours" in said


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("", ""),
        ("https://dash.example.org", "https://dash.example.org"),
        ("https://dash.example.org/", "https://dash.example.org"),
        ("https://intranet.example.org:8443/dash/", "https://intranet.example.org:8443/dash"),
        ("http://127.0.0.1:8501", "http://127.0.0.1:8501"),
        ("http://[::1]:8501", "http://[::1]:8501"),
    ],
)
def test_a_public_address_may_have_a_port_and_a_path(tmp_path, value, meant):
    assert (
        loaded(tmp_path, with_line("sharing", "public_url", f'public_url = "{value}"')).public_url
        == meant
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            SHIPPED.replace("[access]", "[[access]]"),
            "[access] must be a section with keys of its own",
        ),
        (
            "access = 1\n" + SHIPPED.replace("[access]", "[acess]"),
            "[access] must be a section with keys of its own, not 1",
        ),
        ("sign_in = true\n" + SHIPPED, "sign_in stands before any section: it belongs to [access]"),
        ("x = true\n" + SHIPPED, "x stands before any section"),
        (
            SHIPPED.replace("[sharing]", "[sharing]\nsign_in = true"),
            "[sharing] sign_in is not known: it belongs to [access]",
        ),
        (SHIPPED + "[access]\nsign_in = true\n", "is not valid TOML"),
        ("\x00", "is not valid TOML"),
        (SHIPPED + "x = " + "[" * 5000, "is not valid TOML"),
        (
            with_line("access", "stewards", 'stewards = ["*"]'),
            "[access] stewards cannot be everybody",
        ),
        ("", "[access] is missing: it needs sign_in (true or false)"),
    ],
)
def test_what_stands_in_the_wrong_place_is_said(tmp_path, text, said):
    assert said in refused(tmp_path, text)


def test_everything_that_is_wrong_is_said_at_once_and_no_secret_is(tmp_path):
    text = SHIPPED
    for section, key, line in (
        ("programme", "name", 'nam = "x"'),
        ("sharing", "public_url", 'public_url = "https://me:hush@x.org"'),
        ("privacy", "profiles", 'profiles = "false"'),
        ("access", "sign_in", ""),
        ("engine", "kind", 'kind = "spark"'),
        ("engine", "remote", 'remote = "c://x:1/;use_ssl=true;token=hush"'),
        ("running", "stale_after_days", "stale_after_days = true"),
    ):
        text = with_line(section, key, line, text)
    (tmp_path / "settings.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        load(tmp_path)
    found = " ".join(error.value.each)
    for place in (
        "[programme] name",
        "[programme] nam ",
        "[sharing] public_url",
        "[privacy] profiles",
        "[access] sign_in is missing",
        "[engine] remote",
        "[engine] tables",
        "[running] stale_after_days",
    ):
        assert place in found
    assert len(error.value.each) == 8
    assert "hush" not in found


# What opens something is never left out
# ------------------------------------------------------------------------------


def understood(text, folder):
    """What a file says; None where it is an error."""
    try:
        return loaded(folder, text)
    except SettingsError:
        return None


def never_wider(found, before):
    """Whether settings let nobody in and show nothing that the former ones did not."""
    rules, old = found.access, before.access
    if rules.sign_in and not rules.viewers and not rules.stewards:
        return True
    return (
        replace(rules, viewers=old.viewers, stewards=old.stewards, session_hours=old.session_hours)
        == old
        and rules.session_hours <= old.session_hours
        and {*rules.viewers} <= {*old.viewers}
        and {*rules.stewards} <= {*old.stewards}
        and found.open_network <= before.open_network
        and found.publish_from_anywhere <= before.publish_from_anywhere
        and found.profiles <= before.profiles
        and found.small_groups_below >= before.small_groups_below
        and {*found.embed_on} <= {*before.embed_on}
    )


@pytest.mark.parametrize("text", [SHIPPED, CLOSED], ids=["shipped", "closed"])
def test_a_file_that_is_cut_or_lacks_a_line_or_a_section_opens_nothing(tmp_path, text):
    before, lines = loaded(tmp_path, text), text.splitlines(keepends=True)
    shorter = ["".join(lines[:nr]) for nr in range(len(lines))]
    shorter += [
        "".join(lines[:nr] + lines[nr + 1 :])
        for nr, line in enumerate(lines)
        if not line.startswith("#")
    ]
    shorter += [
        re.sub(rf"^\[{section}\]\n(?:[^\[].*\n|\n)*", "", text, flags=re.MULTILINE)
        for section in File.model_fields
    ]
    found = [understood(one, tmp_path) for one in shorter]
    assert found.count(None) > len(lines) // 2
    assert any(found)
    assert all(one is None or never_wider(one, before) for one in found)


@pytest.mark.long
def test_a_file_that_is_cut_anywhere_opens_nothing(tmp_path):
    before = loaded(tmp_path, CLOSED)
    for length in range(len(CLOSED)):
        found = understood(CLOSED[:length], tmp_path)
        assert found is None or never_wider(found, before), CLOSED[:length][-80:]


# While a process runs
# ------------------------------------------------------------------------------------------------


@pytest.fixture
def running(tmp_path, monkeypatch):
    """A process that runs; running(text) writes the file and gives what counts then."""
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path))
    monkeypatch.setattr(settings, "SETTLE_PAUSE_SECONDS", 0)
    path = tmp_path / "data" / "settings.toml"

    def write(text):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return settings.effective()

    write.path = path
    return write


def test_a_file_that_was_never_understood_is_an_error(running):
    for text in ("", SHIPPED.replace("[access]", "[acaess]")):
        with pytest.raises(SettingsError):
            running(text)


@pytest.mark.parametrize(
    "wrong",
    [
        CLOSED.replace("[access]", "[acaess]"),
        CLOSED.split("[access]")[0],
        "",
        b"\xff\xfe",
        CLOSED + "x",
        CLOSED[: len(CLOSED) // 2],
        CLOSED.replace("sign_in = true", 'sign_in = "true"'),
        None,
    ],
)
def test_a_file_that_is_wrong_leaves_what_was_understood_last_until_it_is_mended(
    running, wrong, capsys
):
    before = running(CLOSED)
    assert (before.wrong, before.signed_in) == ("", True)
    if wrong is None:
        running.path.unlink()
    found = running(wrong) if wrong is not None else settings.effective()
    assert found.chosen == before.chosen
    assert str(running.path) in found.wrong
    for _ in range(5):
        assert settings.effective() == found
    assert capsys.readouterr().out.count("\n") == 1  # in the log once, whoever asks
    after = running(CLOSED.replace("session_hours = 2", "session_hours = 3"))
    assert (after.wrong, after.chosen.access.session_hours) == ("", 3)
    assert capsys.readouterr().out == f"dashboard: {running.path} is understood again.\n"


def test_a_change_counts_at_once_although_neither_size_nor_date_of_the_file_tell_of_it(running):
    running(CLOSED)
    for old in (False, True):
        stat = running.path.stat()
        text = CLOSED.replace("dash-viewers", f"dash-board-{old}"[:12])
        assert len(text) == len(CLOSED)
        running.path.write_text(text, "utf-8")
        os.utime(running.path, ns=(1, 1) if old else (stat.st_atime_ns, stat.st_mtime_ns))
        assert settings.current().access.viewers == (f"dash-board-{old}"[:12],)


def test_a_file_that_is_not_touched_is_not_read_again(running, monkeypatch):
    running(CLOSED)
    later = settings.time.time_ns() + 2 * settings.TIMESTAMP_GRAIN_NS
    monkeypatch.setattr(settings.time, "time_ns", lambda: later)
    settings.current()
    monkeypatch.setattr(settings, "_read_file", lambda _: pytest.fail("it was read"))
    for _ in range(3):
        settings.current()


def test_a_file_that_is_being_written_is_waited_for(running, monkeypatch, capsys):
    running(CLOSED)
    whole = CLOSED.replace("session_hours = 2", "session_hours = 1").encode()
    seen = iter([b"", whole[:100], whole[: len(whole) // 2], whole, whole])
    monkeypatch.setattr(settings, "_read_file", lambda _: next(seen))
    found = settings.effective()
    assert (found.wrong, found.chosen.access.session_hours) == ("", 1)
    assert capsys.readouterr().out == ""


def test_what_the_environment_says_about_publishing_is_taken_exactly(monkeypatch):
    said = {
        "yes": True,
        " On ": True,
        "1": True,
        "TRUE": True,
        "no": False,
        "off": False,
        "0": False,
        "false": False,
        "fasle": False,
        "": False,
        "y": False,
        "none": False,
    }
    for word, meant in said.items():
        monkeypatch.setenv("DASHBOARD_PUBLISHING", word)
        assert settings.publishing_here() is meant, word
    monkeypatch.delenv("DASHBOARD_PUBLISHING")
    assert settings.publishing_here()
