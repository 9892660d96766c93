"""What the claims of a sign-in and the settings make of somebody."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.model.roles import Role, Rules, identify_person
from dashboard.model.settings import SettingsError, load
from tests.conftest import ROOT

NOW = datetime(2026, 2, 3, 9, tzinfo=UTC)
RULES = Rules(
    sign_in=True, viewers=("dash-viewers",), stewards=("dash-stewards",), session_hours=10
)


def claims(**more):
    return {
        "iss": "https://id.example.org",
        "sub": "anna",
        "iat": int(NOW.timestamp()) - 60,
        "groups": ["dash-viewers"],
    } | more


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["dash-viewers"], Role.VIEWER),
        ("dash-viewers", Role.VIEWER),
        (["x", "dash-stewards"], Role.STEWARD),
        (["dash-viewers", "dash-stewards"], Role.STEWARD),
        ([], Role.NOBODY),
        (None, Role.NOBODY),
        (["dash-viewer"], Role.NOBODY),
        (["DASH-VIEWERS"], Role.NOBODY),
        ("dash-viewers dash-stewards", Role.NOBODY),
        ([["dash-viewers"]], Role.NOBODY),
        ({"dash-viewers": True}, Role.NOBODY),
        (7, Role.NOBODY),
        ([None, "dash-viewers"], Role.VIEWER),
        (["*"], Role.NOBODY),
        ("", Role.NOBODY),
    ],
)
def test_a_role_is_given_by_the_very_value_of_the_claim(groups, role):
    assert identify_person(claims(groups=groups), RULES, NOW).role is role


def test_without_the_claim_and_without_rules_nobody_is_let_in():
    found = claims()
    del found["groups"]
    assert identify_person(found, RULES, NOW).role is Role.NOBODY
    assert identify_person(claims(), Rules(sign_in=True), NOW).role is Role.NOBODY
    assert identify_person({}, RULES, NOW).role is Role.NOBODY


def test_everybody_who_can_sign_in_may_look_where_the_rules_say_so_and_nobody_publishes():
    rules = Rules(sign_in=True, viewers=("*",))
    assert identify_person(claims(groups=[]), rules, NOW).role is Role.VIEWER
    assert (
        identify_person(claims(groups=["*"]), Rules(sign_in=True, stewards=("x",)), NOW).role
        is Role.NOBODY
    )


def test_a_claim_may_stand_in_another_one_and_its_very_name_comes_first():
    rules = Rules(sign_in=True, claim="realm_access.roles", viewers=("v",), stewards=("s",))
    assert identify_person(claims(realm_access={"roles": ["v"]}), rules, NOW).role is Role.VIEWER
    assert (
        identify_person(
            claims(**{"realm_access.roles": ["s"]}, realm_access={"roles": ["v"]}), rules, NOW
        ).role
        is Role.STEWARD
    )
    assert identify_person(claims(realm_access="v"), rules, NOW).role is Role.NOBODY


@pytest.mark.parametrize(
    ("age", "role"),
    [
        (timedelta(0), Role.VIEWER),
        (timedelta(hours=10) - timedelta(seconds=1), Role.VIEWER),
        (timedelta(hours=10), Role.NOBODY),
        (timedelta(days=400), Role.NOBODY),
        (-timedelta(minutes=4), Role.VIEWER),
        (-timedelta(minutes=6), Role.NOBODY),
    ],
)
def test_a_sign_in_lasts_for_the_hours_of_the_settings_and_the_clocks_may_differ_a_little(
    age, role
):
    found = identify_person(claims(iat=int((NOW - age).timestamp())), RULES, NOW)
    assert found.role is role
    assert found.why if role is Role.NOBODY else found.until == found.since + timedelta(hours=10)


@pytest.mark.parametrize(
    "wrong",
    [
        {"iat": None},
        {"iat": "1770109200"},
        {"iat": True},
        {"iat": 1e300},
        {"iat": float("nan")},
        {"sub": ""},
        {"sub": None},
        {"sub": 5},
        {"iss": None},
        {"iss": ["https://id.example.org"]},
    ],
)
def test_claims_that_do_not_say_who_and_when_let_nobody_in(wrong):
    found = identify_person(claims(**wrong), RULES, NOW)
    assert (found.role, found.id, found.session) == (Role.NOBODY, "", "")


def test_an_account_is_the_same_at_every_sign_in_and_another_at_another_provider():
    one, again = (
        identify_person(claims(nonce="a"), RULES, NOW),
        identify_person(claims(nonce="b"), RULES, NOW),
    )
    other = identify_person(claims(iss="https://other.example.org"), RULES, NOW)
    assert (one.id, len(one.id)) == (again.id, 32)
    assert one.session != again.session
    assert one.id != other.id
    assert "anna" not in one.id + one.session


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('sign_in = "false"', "sign_in must be true or false"),
        ("sign_in = 1", "sign_in must be true or false"),
        ('viewer = ["a"]', "viewer is not known"),
        ('viewers = "dash-viewers"', "viewers must be a list"),
        ('viewers = [""]', "viewers must be a list"),
        ('stewards = ["*"]', "stewards cannot be everybody"),
        ("session_hours = 0", "session_hours must be a whole number from 1"),
        ("session_hours = true", "session_hours must be"),
        ('claim = ""', "claim must be the name of a claim"),
        ("claim = 5", "claim must be the name of a claim"),
        ('open_network = "no"', "open_network must be true or false"),
    ],
)
def test_a_rule_that_is_not_understood_is_refused_with_the_reason(tmp_path, rule, said):
    shipped = (ROOT / "data" / "settings.toml").read_text("utf-8")
    (tmp_path / "settings.toml").write_text(
        shipped.split("[access]")[0] + f"[access]\n{rule}\n", "utf-8"
    )
    with pytest.raises(SettingsError, match=said):
        load(tmp_path)


def test_as_shipped_there_is_no_sign_in_and_nobody_else_is_let_in_by_the_rules():
    assert load(ROOT / "data").access == Rules()
    assert not load(ROOT / "data").open_network


def test_only_a_sign_in_that_is_too_old_is_mended_by_another_one():
    foreign = claims(groups=["others"])
    assert not identify_person(foreign, RULES, NOW).expired
    assert identify_person(foreign, RULES, NOW + timedelta(days=2)).expired
