"""Who is let in: the cookie of a sign-in, what ends it, and the keys of calendars."""

import json
import os
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.cli import FAILED, OK, main
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.roles import EVERYBODY, Role
from dashboard.model.settings import shares_file
from dashboard.server import access
from dashboard.shares import SharesDb, SharesError, admissions
from tests.support.signing_in import (
    COOKIE,
    ORIGIN,
    RULES,
    SECRET,
    claims,
    cookies,
    home_with_sign_in,
)

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Settings that ask for a sign-in, and secrets that Streamlit has read."""
    found = home_with_sign_in(tmp_path / "home")
    monkeypatch.setenv("DASHBOARD_HOME", str(found))
    (tmp_path / "store").mkdir()
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    monkeypatch.delenv("DASHBOARD_PUBLISHING", raising=False)
    monkeypatch.setattr(access, "get_cookie_secret", lambda: SECRET)
    monkeypatch.setattr(access, "get_origin_from_redirect_uri", lambda: ORIGIN)
    return found


def role(sent, **more):
    return access.identify(sent, local=False, **more).role


def rewrite(home, old, new):
    path = home / "data" / "settings.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    os.utime(path, ns=(1, 1))  # another time than before, whatever the clock's grain


def test_who_signed_in_has_the_role_of_their_groups():
    found = access.identify(cookies(), local=False)
    assert (found.role, found.name) == (Role.VIEWER, "Anna")
    assert role(cookies(groups=["dash-stewards"])) is Role.STEWARD
    assert role(cookies(groups=["others"])) is Role.NOBODY
    assert role({}) is Role.NOBODY


def test_the_computer_that_runs_the_dashboard_has_to_sign_in_too():
    assert access.identify({}, local=True).role is Role.NOBODY


def test_a_sign_in_with_many_groups_comes_in_several_cookies():
    sent = cookies(groups=[str(uuid4()) for _ in range(300)] + ["dash-viewers"])
    assert len(sent) > 2
    assert role(sent) is Role.VIEWER
    missing = dict(sent)
    missing.pop(max(sent))
    assert role(missing) is Role.NOBODY


def test_a_forged_cookie_lets_nobody_in():
    true = cookies()[COOKIE]
    head, _, tail = true.rpartition(".")
    unsigned = json.dumps(claims())
    other_name = create_signed_value(
        SECRET, "_streamlit_user_tokens", json.dumps(claims())
    ).decode()
    for forged in (
        cookies(secret="another secret, also longer than thirty-two characters")[COOKIE],
        true[:-1],
        true + "x",
        head + "." + tail[::-1],
        unsigned,
        other_name,
        "",
        ".",
        "..",
        "a.b.c",
        "é.ü.ß",
        "\x00",
        true.upper(),
        "1" * 100_000,
        create_signed_value(SECRET, COOKIE, "null").decode(),
        create_signed_value(SECRET, COOKIE, "[1]").decode(),
        create_signed_value(SECRET, COOKIE, "{").decode(),
        create_signed_value(SECRET, COOKIE, '"chunks-1000000"').decode(),
    ):
        assert access.identify({COOKIE: forged}, local=False).role is Role.NOBODY, forged[:60]


def test_a_cookie_of_another_address_or_one_that_is_not_of_a_sign_in_lets_nobody_in():
    assert role(cookies(origin="https://other.example.org")) is Role.NOBODY
    assert role(cookies(origin=None)) is Role.NOBODY
    assert role(cookies(is_logged_in=False)) is Role.NOBODY
    assert role(cookies(is_logged_in="yes")) is Role.NOBODY


def test_a_sign_in_ends_after_its_hours():
    sent = cookies()
    assert role(sent, now=datetime.now(UTC) + timedelta(hours=9, minutes=59)) is Role.VIEWER
    late = access.identify(sent, local=False, now=datetime.now(UTC) + timedelta(hours=10))
    assert (late.role, late.why) == (
        Role.NOBODY,
        "Your sign-in is older than 10 hours: sign in again.",
    )


def test_a_cookie_that_is_used_again_after_signing_out_lets_nobody_in():
    sent, other_device = cookies(), cookies(nonce="n2")
    access.end_session(sent)
    assert role(sent) is Role.NOBODY
    assert access.identify(sent, local=False).why == "You are signed out."
    assert role(other_device) is Role.VIEWER


def test_signing_out_is_forgotten_once_the_sign_in_would_have_ended_anyway():
    access.end_session(cookies())
    admissions.end_session(
        SharesDb(shares_file()), "other", NOW + timedelta(days=2), NOW + timedelta(days=1)
    )
    assert role(cookies(), now=NOW + timedelta(hours=11)) is Role.NOBODY
    with SharesDb(shares_file()).reading() as desk:
        kept = desk._connection.execute("select count(*) from ended").fetchone()[0]
    assert kept == 1


def test_a_rule_that_is_taken_away_counts_at_once(home):
    sent = cookies()
    assert role(sent) is Role.VIEWER
    rewrite(home, 'viewers = ["dash-viewers"]', 'viewers = ["dash-board"]')
    assert role(sent) is Role.NOBODY
    assert role(cookies(groups=["dash-board"])) is Role.VIEWER


def test_settings_that_cannot_be_read_let_nobody_in(home):
    rewrite(home, "sign_in = true", "sign_in = yes")
    found = access.identify(cookies(), local=True)
    assert (found.role, found.why) == (Role.NOBODY, access.UNCHECKED)


def test_a_shelf_that_cannot_be_read_lets_nobody_in():
    shares_file().parent.mkdir(parents=True)
    shares_file().write_bytes(b"this is no shelf, and longer than the head of one would be" * 40)
    assert access.identify(cookies(), local=False).why == access.UNCHECKED


def test_an_administrator_ends_all_sign_ins_of_an_account_and_its_calendars(capsys):
    anna = access.identify(cookies(), local=False)
    key = admissions.make_key(SharesDb(shares_file()), anna.id, "Outlook", NOW)
    assert main(["sign-out", anna.id]) == OK
    assert "signed out" in capsys.readouterr().out
    assert role(cookies(iat=int(NOW.timestamp()) - 5)) is Role.NOBODY
    assert access.identify_key_holder(key).role is Role.NOBODY
    assert role(cookies(sub="ben", iat=int(NOW.timestamp()) - 5)) is Role.VIEWER
    # signed in again
    assert role(cookies(iat=int(datetime.now(UTC).timestamp()) + 2)) is Role.VIEWER


def test_everybody_can_be_signed_out_and_a_wrong_account_is_refused(capsys):
    key = admissions.make_key(SharesDb(shares_file()), "a" * 32, "", NOW)
    for wrong in (["sign-out"], ["sign-out", "anna"], ["sign-out", "A" * 32]):
        assert main(wrong) == FAILED
    assert main(["sign-out", "--everybody"]) == OK
    capsys.readouterr()
    assert role(cookies(iat=int(NOW.timestamp()) - 5)) is Role.NOBODY
    assert access.identify_key_holder(key).role is Role.NOBODY


def test_a_process_that_only_shows_publishes_for_nobody(monkeypatch, home):
    monkeypatch.setenv("DASHBOARD_PUBLISHING", "no")
    found = access.identify(cookies(groups=["dash-stewards"]), local=False)
    assert (found.role, found.why) == (Role.VIEWER, access.NOT_HERE)
    rewrite(home, "sign_in = true", "sign_in = false")
    assert access.identify({}, local=True).role is Role.VIEWER


def test_without_a_sign_in_everybody_may_look_and_the_computer_that_runs_it_publishes(home):
    rewrite(home, RULES, "[access]\nsign_in = false\n")
    assert access.identify({}, local=False).role is Role.VIEWER
    assert access.identify(cookies(groups=["dash-stewards"]), local=False).role is Role.VIEWER
    assert access.identify({}, local=True).role is Role.STEWARD
    rewrite(home, "publish_from_anywhere = false", "publish_from_anywhere = true")
    assert access.identify({}, local=False).role is Role.STEWARD


# What settings may not do to a process that runs
# ----------------------------------------------------------------


@pytest.fixture
def serving(monkeypatch):
    """A process that serves with these settings; serving.unsafe is what it would not start with."""
    closing = access.Lockdown(lambda _chosen: closing.reasons)
    closing.reasons = ()
    monkeypatch.setattr(access, "LOCKDOWN", closing)
    settings.effective()
    return closing


EVERYBODY_WHO_ASKS = ({}, cookies(), cookies(groups=["dash-stewards"]), cookies(groups=["others"]))


def everybody(local=True):
    return [access.identify(sent, local=local) for sent in EVERYBODY_WHO_ASKS]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sign_in = true", "sign_in = false"),
        (RULES, "[access]\nsign_in = false\n"),
        (RULES, '[access]\nsign_in = false\nopen_network = true\nviewers = ["*"]\n'),
    ],
)
def test_a_process_that_began_with_a_sign_in_lets_nobody_in_without_until_it_is_asked_for_again(
    home, serving, capsys, old, new
):
    before = [person.role for person in everybody()]
    assert before == [Role.NOBODY, Role.VIEWER, Role.STEWARD, Role.NOBODY]
    key = admissions.make_key(
        SharesDb(shares_file()), access.identify(cookies(), local=False).id, "", NOW
    )
    rewrite(home, old, new)
    rewrite(home, "publish_from_anywhere = false", "publish_from_anywhere = true")
    for person in (*everybody(), access.identify_key_holder(key)):
        assert (person.role, person.closed, person.why) == (Role.NOBODY, True, access.SIGN_IN_LOST)
    assert capsys.readouterr().out == f"dashboard: Nobody is let in. {access.SIGN_IN_LOST}\n"
    rewrite(home, new, old)
    assert [person.role for person in everybody()] == before
    assert capsys.readouterr().out == "dashboard: The dashboard is open again.\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[access]", "[acaess]"),
        (RULES, ""),
        ("sign_in = true", 'sign_in = "false"'),
        ("sign_in = true\n", ""),
        ("session_hours = 10\n", ""),
        ("[privacy]", "[privcay]"),
        ("[programme]", "[programme"),
    ],
)
def test_settings_that_are_wrong_leave_who_was_let_in_and_stop_publishing(
    home, serving, capsys, old, new
):
    before = [person.role for person in everybody()]
    rewrite(home, old, new)
    for _ in range(3):
        assert [person.role for person in everybody()] == [
            min(role, Role.VIEWER) for role in before
        ]
    assert (
        access.identify(cookies(groups=["dash-stewards"]), local=True).why == access.NOT_UNDERSTOOD
    )
    assert capsys.readouterr().out.count("\n") == 1


def test_the_computer_that_runs_it_does_not_publish_with_settings_that_are_wrong(home, serving):
    rewrite(home, RULES, "[access]\nsign_in = false\n")
    settings._watch_folder.cache_clear()
    assert access.identify({}, local=True).role is Role.STEWARD
    rewrite(home, "[privacy]", "[privcay]")
    assert (access.identify({}, local=True).role, access.identify({}, local=False).role) == (
        Role.VIEWER,
        Role.VIEWER,
    )
    rewrite(home, "[privcay]", "[privacy]")
    assert access.identify({}, local=True).role is Role.STEWARD


def test_a_sign_in_that_is_turned_on_counts_at_once_and_for_good(home, serving):
    rewrite(home, "sign_in = true", "sign_in = false")
    settings._watch_folder.cache_clear()
    assert access.identify({}, local=True).role is Role.STEWARD
    rewrite(home, "sign_in = false", "sign_in = true")
    assert [person.role for person in everybody()] == [
        Role.NOBODY,
        Role.VIEWER,
        Role.STEWARD,
        Role.NOBODY,
    ]
    rewrite(home, "sign_in = true", "sign_in = false")
    assert {person.why for person in everybody()} == {access.SIGN_IN_LOST}


def test_what_would_keep_a_server_from_starting_closes_one_that_runs(serving, capsys):
    key = admissions.make_key(
        SharesDb(shares_file()), access.identify(cookies(), local=False).id, "", NOW
    )
    serving.reasons = ("A secret is too short.", "A file is open.")
    for person in (*everybody(), access.identify_key_holder(key)):
        assert (person.role, person.closed, person.why) == (Role.NOBODY, True, access.UNSAFE)
    assert (
        capsys.readouterr().out
        == "dashboard: Nobody is let in. A secret is too short. A file is open.\n"
    )
    serving.reasons = ()
    assert access.identify(cookies(), local=False).role is Role.VIEWER


@pytest.mark.parametrize(
    "error",
    [
        AttributeError("x"),
        TypeError("x"),
        UnicodeDecodeError("utf-8", b"", 0, 1, "x"),
        PermissionError("x"),
        IsADirectoryError("x"),
    ],
)
def test_secrets_that_cannot_be_read_let_nobody_in(monkeypatch, error):
    def fails():
        raise error

    monkeypatch.setattr(access, "get_cookie_secret", fails)
    assert access.identify(cookies(), local=True).role is Role.NOBODY
    monkeypatch.setattr(access, "get_cookie_secret", lambda: 5)
    assert access.identify(cookies(), local=True).role is Role.NOBODY


# Keys of calendars
# ----------------------------------------------------------------------------------------------


def test_a_key_reads_the_calendar_until_its_owner_withdraws_it():
    shelf = SharesDb(shares_file())
    key, other = (
        admissions.make_key(shelf, "a" * 32, label, NOW) for label in ("Outlook", "Phone")
    )
    assert access.identify_key_holder(key).role is Role.VIEWER
    mine = admissions.list_keys(shelf, "a" * 32)
    assert [(one.label, one.good_until - one.created) for one in mine] == [
        ("Outlook", timedelta(days=60)),
        ("Phone", timedelta(days=60)),
    ]
    assert not admissions.drop_key(shelf, "b" * 32, mine[0].digest)  # nobody withdraws another's
    assert admissions.drop_key(shelf, "a" * 32, mine[0].digest)
    assert access.identify_key_holder(key).role is Role.NOBODY
    assert access.identify_key_holder(other).role is Role.VIEWER
    assert key.encode() not in shares_file().read_bytes()


def test_a_key_opens_the_calendar_or_the_feed_and_never_both():
    shelf = SharesDb(shares_file())
    for opens in (admissions.CALENDAR, admissions.FEED):
        key = admissions.make_key(shelf, "a" * 32, "Program", NOW, opens)
        roles = {
            one: access.identify_key_holder(key, opens=one).role
            for one in (admissions.CALENDAR, admissions.FEED)
        }
        assert [one for one, role in roles.items() if role is Role.VIEWER] == [opens]


@pytest.mark.parametrize(
    "wrong", ["", "x", "feed.", ".", "' or 1=1 --", "%", "a" * 100_000, "\x00", "é", "\udc80"]
)
def test_what_is_no_key_reads_nothing(wrong):
    admissions.make_key(SharesDb(shares_file()), "a" * 32, "Outlook", NOW)
    assert access.identify_key_holder(wrong).role is Role.NOBODY


def test_a_key_is_good_while_its_owner_comes_back():
    anna = access.identify(cookies(), local=False)
    key = admissions.make_key(SharesDb(shares_file()), anna.id, "Outlook", NOW)
    assert access.identify_key_holder(key, NOW + timedelta(days=61)).role is Role.NOBODY
    access.record_visit(anna, NOW + timedelta(days=30))
    assert access.identify_key_holder(key, NOW + timedelta(days=61)).role is Role.VIEWER
    assert access.identify_key_holder(key, NOW + timedelta(days=91)).role is Role.NOBODY


def test_coming_back_on_the_same_day_writes_nothing():
    anna = access.identify(cookies(), local=False)
    admissions.make_key(SharesDb(shares_file()), anna.id, "Outlook", NOW)
    before = shares_file().read_bytes()
    access.record_visit(anna, NOW + timedelta(hours=5))
    assert shares_file().read_bytes() == before


def test_the_keys_of_somebody_whose_role_was_removed_are_dropped_when_they_sign_in():
    anna = access.identify(cookies(), local=False)
    key = admissions.make_key(SharesDb(shares_file()), anna.id, "Outlook", NOW)
    access.record_visit(access.identify(cookies(groups=[], nonce="n2"), local=False))
    assert access.identify_key_holder(key).role is Role.NOBODY


def test_a_sign_in_that_is_merely_old_drops_no_key():
    anna = access.identify(cookies(), local=False)
    key = admissions.make_key(SharesDb(shares_file()), anna.id, "Outlook", NOW)
    access.record_visit(access.identify(cookies(iat=int(NOW.timestamp()) - 40_000), local=False))
    assert access.identify_key_holder(key).role is Role.VIEWER


def test_there_are_only_so_many_keys_for_one_person():
    shelf = SharesDb(shares_file())
    for nr in range(admissions.MAX_KEYS):
        admissions.make_key(shelf, "a" * 32, str(nr), NOW)
    with pytest.raises(SharesError, match="withdraw one first"):
        admissions.make_key(shelf, "a" * 32, "one more", NOW)
    assert admissions.make_key(shelf, "b" * 32, "another's", NOW)


def test_a_key_without_a_name_is_called_a_calendar_in_the_language_of_its_owner():
    shelf = SharesDb(shares_file())
    with speaking("nl"):
        admissions.make_key(shelf, "a" * 32, "", NOW)
        assert [key.label for key in admissions.list_keys(shelf, "a" * 32)] == ["Agenda"]
    assert [key.label for key in admissions.list_keys(shelf, "a" * 32)] == ["Calendar"]


def test_who_signed_in_is_nowhere_on_the_shelf():
    anna = access.identify(cookies(name="Anna Secret", email="anna@example.org"), local=False)
    admissions.make_key(SharesDb(shares_file()), anna.id, "Outlook", NOW)
    access.end_session(cookies(name="Anna Secret", email="anna@example.org"))
    admissions.sign_out(SharesDb(shares_file()), EVERYBODY, NOW)
    kept = shares_file().read_bytes()
    assert not any(word in kept for word in (b"Anna", b"anna", b"example.org"))
