"""What is unsafe is refused before the server starts, with the reason."""

import os
import subprocess
import sys

import pytest
import streamlit as st
from streamlit import config

from dashboard.server import access, startup_checks
from tests.conftest import ROOT
from tests.support.serving import free_port
from tests.support.signing_in import home_with_sign_in, secrets


@pytest.fixture
def options(monkeypatch):
    """The options of Streamlit, as .streamlit/config.toml sets them, to change."""
    kept = {name: safe for name, (safe, _) in startup_checks.SAFE_OPTIONS.items()}
    kept |= {"server.address": "127.0.0.1", "server.baseUrlPath": "", "secrets.files": []}
    monkeypatch.setattr(st, "get_option", lambda name: kept[name])
    return kept


@pytest.fixture
def settings_of(tmp_path, monkeypatch):
    """Sets lines of data/settings.toml: settings_of("[access]", "sign_in = true")."""
    shipped = (ROOT / "data" / "settings.toml").read_text("utf-8")
    (tmp_path / "home" / "data").mkdir(parents=True)
    path = tmp_path / "home" / "data" / "settings.toml"
    path.write_text(shipped, "utf-8")
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path / "home"))

    def change(**new):
        lines = path.read_text("utf-8").splitlines()
        for key, value in new.items():
            at = next(nr for nr, line in enumerate(lines) if line.startswith(f"{key} = "))
            lines[at] = f"{key} = {value}"
        path.write_text("\n".join(lines) + "\n", "utf-8")

    return change


SAFE = {
    "redirect_uri": "https://dash.example.org/oauth2callback",
    "cookie_secret": "x" * 40,
    "client_id": "dash",
    "client_secret": "s",
    "server_metadata_url": "https://id.example.org/.well-known/openid-configuration",
}


@pytest.fixture
def auth(monkeypatch):
    found = dict(SAFE)
    monkeypatch.setattr(startup_checks, "get_secrets_auth_section", lambda: found)
    return found


def said():
    return "\n".join(startup_checks.find_faults())


def test_as_shipped_it_starts(options, settings_of):
    assert said() == ""
    startup_checks.refuse_unsafe_start()


@pytest.mark.parametrize("address", ["0.0.0.0", "", None, "192.0.2.7", "dash.example.org", "::"])
def test_a_network_without_a_sign_in_is_refused_unless_the_settings_say_that_it_is_meant(
    options, settings_of, address
):
    options["server.address"] = address
    assert "everybody on the network could look" in said()
    settings_of(open_network="true")
    assert said() == ""
    settings_of(publish_from_anywhere="true")
    assert "lets everybody there publish" in said()


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_on_this_computer_no_sign_in_is_needed(options, settings_of, address):
    options["server.address"] = address
    settings_of(publish_from_anywhere="true")
    assert said() == ""


def test_a_public_address_means_a_network_too(options, settings_of):
    settings_of(public_url='"https://dash.example.org"')
    assert "public_url is https://dash.example.org, so that everybody" in said()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client.showErrorDetails", "full"),
        ("server.enableXsrfProtection", False),
        ("server.enableCORS", False),
        ("server.enableAgentApi", True),
        ("server.corsAllowedOrigins", ["https://x.example.org"]),
        ("server.trustedUserHeaders", {"X-User": "name"}),
    ],
)
def test_an_unsafe_option_of_streamlit_is_refused_with_the_reason(
    options, settings_of, name, value
):
    options[name] = value
    assert (
        f"{name} has to be {str(startup_checks.SAFE_OPTIONS[name][0]).lower()} in .streamlit/config.toml: "
        in said()
    )
    assert config.get_config_options()[name] is not None  # it is an option that there is


def test_settings_that_are_not_understood_are_reasons(options, settings_of):
    settings_of(sign_in='"yes"', profiles="1")
    options["client.showErrorDetails"] = "full"
    found = list(startup_checks.find_faults())
    assert len(found) == 3
    assert "client.showErrorDetails has to be none" in found[0]
    assert "[privacy] profiles must be true or false" in found[1]
    assert "[access] sign_in must be true or false" in found[2]
    settings_of(sign_in="maybe")
    assert "settings.toml is not valid TOML" in said()


def test_a_word_about_publishing_that_is_not_understood_is_a_reason(
    options, settings_of, monkeypatch
):
    monkeypatch.setenv("DASHBOARD_PUBLISHING", "fasle")
    assert said() == "DASHBOARD_PUBLISHING has to be yes or no, not 'fasle'."


def test_a_variable_that_would_not_be_heard_is_a_reason(options, settings_of, monkeypatch):
    """Without its home a server would take the settings that ship, which ask for no sign-in."""
    monkeypatch.setenv("DASHBOARD_HOM", "/etc/dashboard")
    assert said() == "The variable DASHBOARD_HOM is not known: did you mean DASHBOARD_HOME?"
    monkeypatch.delenv("DASHBOARD_HOM")
    monkeypatch.setenv("DASHBOARD_HOME", " ")
    assert "The variable DASHBOARD_HOME is empty" in said()


def test_a_safe_sign_in_starts(options, settings_of, auth):
    settings_of(sign_in="true", viewers='["*"]', public_url='"https://dash.example.org"')
    options["server.address"] = "0.0.0.0"
    assert said() == ""


def test_a_sign_in_that_lets_nobody_in_is_refused(options, settings_of, auth):
    settings_of(sign_in="true")
    assert "nobody is let in: name viewers and stewards" in said()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"cookie_secret": 5}, "lacks cookie_secret"),
        ({"client_secret": " "}, "lacks client_secret"),
        ({"redirect_uri": ["x"]}, "lacks redirect_uri"),
        ({"cookie_secret": "too short"}, "cookie_secret has fewer than 32 characters"),
        ({"cookie_secret": ""}, "lacks cookie_secret"),
        ({"client_id": None, "client_secret": ""}, "lacks client_id, client_secret"),
        (
            {"redirect_uri": "https://dash.example.org/"},
            "redirect_uri has to end in /oauth2callback",
        ),
        (
            {"redirect_uri": "https://dash.example.org/dash/oauth2callback"},
            "redirect_uri has to end in /oauth2callback",
        ),
        (
            {"redirect_uri": "http://dash.example.org/oauth2callback"},
            "redirect_uri has to begin with https",
        ),
        (
            {"server_metadata_url": "http://id.example.org/x"},
            "server_metadata_url has to begin with https",
        ),
        (
            {"redirect_uri": "https://other.example.org/oauth2callback"},
            "shared links would not find it",
        ),
        ({"expose_tokens": ["id"]}, "expose_tokens has to be empty"),
    ],
)
def test_an_unsafe_sign_in_is_refused_with_the_reason(options, settings_of, auth, change, reason):
    settings_of(sign_in="true", viewers='["*"]', public_url='"https://dash.example.org"')
    auth.update(change)
    assert reason in said()


def test_under_a_path_the_provider_has_to_lead_there(options, settings_of, auth):
    settings_of(sign_in="true", viewers='["*"]')
    options["server.baseUrlPath"] = "/dash/"
    assert "redirect_uri has to end in /dash/oauth2callback" in said()
    auth["redirect_uri"] = "https://dash.example.org/dash/oauth2callback"
    assert said() == ""


def test_secrets_that_others_can_read_are_refused(options, settings_of, auth, tmp_path):
    settings_of(sign_in="true", viewers='["*"]')
    file = secrets(tmp_path, "https://dash.example.org", "https://id.example.org")
    options["secrets.files"] = [str(file), str(tmp_path / "none.toml")]
    assert said() == ""
    file.chmod(0o640)
    assert f"{file} can be read by other users" in said()


@pytest.mark.parametrize("found", ["a text", 5, None, []])
def test_secrets_that_are_no_section_are_refused(options, settings_of, monkeypatch, found):
    settings_of(sign_in="true", viewers='["*"]')
    monkeypatch.setattr(startup_checks, "get_secrets_auth_section", lambda: found)
    assert "[auth] in .streamlit/secrets.toml lacks redirect_uri, cookie_secret" in said()


def test_a_file_of_secrets_that_is_gone_is_a_reason_although_streamlit_remembers_it(
    options, settings_of, auth, tmp_path
):
    settings_of(sign_in="true", viewers='["*"]')
    options["secrets.files"] = [str(tmp_path / "secrets.toml")]
    assert "There is no .streamlit/secrets.toml" in said()


def test_what_is_refused_at_the_start_closes_a_process_that_runs(
    options, settings_of, auth, monkeypatch
):
    closing = access.Lockdown(startup_checks.find_unsafe)
    monkeypatch.setattr(access, "LOCKDOWN", closing)
    settings_of(sign_in="true", viewers='["*"]')
    assert access.identify({}, local=True).closed is False
    auth["cookie_secret"] = "too short"
    assert access.identify({}, local=True).why == access.UNSAFE
    auth.update(SAFE)
    assert access.identify({}, local=True).closed is False


def test_the_server_ends_with_all_reasons_and_serves_nothing(tmp_path):
    home = home_with_sign_in(tmp_path / "home", "[access]\nsign_in = true\n")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(free_port()),
            "--client.showErrorDetails",
            "full",
        ],
        cwd=ROOT,
        env=os.environ | {"DASHBOARD_HOME": str(home), "DASHBOARD_STORE": str(tmp_path / "store")},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 1
    reasons = [line for line in done.stderr.splitlines() if line.startswith("- ")]
    assert len(reasons) >= 3, done.stderr
    assert "Traceback" not in done.stderr
