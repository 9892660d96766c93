"""docs/operations.md and the files of deploy/, as far as that needs neither nginx nor systemd."""

import configparser
import re
import shlex
import shutil

import pytest

from dashboard.cli import NOTHING, OK, _build_parser, main
from dashboard.server.headers import PAGE_POLICY
from dashboard.store import Store
from tests.conftest import ROOT

DEPLOY, SAID = ROOT / "deploy", (ROOT / "docs" / "operations.md").read_text("utf-8")
COMMANDS = re.findall(r"^ {4,}\$ python -m (dashboard .*)$", SAID, re.MULTILINE)


def unit(name):
    found = configparser.RawConfigParser(strict=False, comment_prefixes=("#",))
    found.optionxform = str
    found.read_string((DEPLOY / "systemd" / name).read_text("utf-8"))
    return found["Service"]


def test_the_commands_of_the_manual_run_one_after_the_other(tmp_path, monkeypatch):
    assert [
        shlex.split(command)[1] for command in COMMANDS
    ] == "build nginx parquet parquet backup restore backup build".split()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "data")
    shutil.copy(ROOT / "data" / "settings.toml", tmp_path / "data")
    for command in COMMANDS:
        if " restore " in command:  # into an empty store
            served = Store(tmp_path / "store").current_id()
            (tmp_path / "store").rename(tmp_path / "store-before")
        monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path))
        monkeypatch.delenv("DASHBOARD_STORE", raising=False)
        assert main(shlex.split(command)[1:]) == OK, command
    assert Store(tmp_path / "store").open().id == served


def test_the_manual_gives_the_reason_of_every_exception_of_the_content_policy():
    rows = dict(re.findall(r"^\| `([a-z]+-[a-z]+)` \| ([^|]*) \|", SAID, re.MULTILINE))
    for directive, value in PAGE_POLICY.items():
        assert directive in rows, directive
        for source in value.split():
            assert f"{source}" in SAID, (directive, source)


def test_every_file_that_the_manual_names_is_there():
    for place in re.findall(r"\]\(([^)#:]+)\)", SAID):
        assert (ROOT / "docs" / place).exists(), place
    assert {path.name for path in (DEPLOY / "systemd").iterdir()} == {
        "dashboard-viewer@.service",
        "dashboard-steward.service",
        "dashboard-backup.service",
        "dashboard-backup.timer",
        "dashboard-digest.service",
        "dashboard-digest.timer",
    }


def test_the_viewers_unit_may_write_the_shelf_alone_and_does_not_publish():
    viewer, steward = unit("dashboard-viewer@.service"), unit("dashboard-steward.service")
    text = (DEPLOY / "systemd" / "dashboard-viewer@.service").read_text("utf-8")
    assert viewer["ProtectSystem"] == "strict"
    assert re.findall(r"^ReadWritePaths=(.*)$", text, re.MULTILINE) == ["/var/lib/dashboard/shares"]
    assert "DASHBOARD_PUBLISHING=no" in text
    assert "DASHBOARD_PUBLISHING" not in (
        DEPLOY / "systemd" / "dashboard-steward.service"
    ).read_text("utf-8")
    assert viewer["User"] != steward["User"]
    for service in (viewer, steward):
        assert "--server.address 127.0.0.1" in service["ExecStart"]
        assert (service["NoNewPrivileges"], service["CapabilityBoundingSet"]) == ("yes", "")


def test_the_unit_of_the_message_runs_a_command_that_there_is_and_sends_nothing_where_it_says_4():
    service = unit("dashboard-digest.service")
    command = re.search(r"-m dashboard (digest .*?) && exec msmtp -t <", service["ExecStart"])[1]
    options = _build_parser().parse_args(shlex.split(command))
    assert (options.meeting, options.to) == ("last", ["board@example.org"])
    assert service["SuccessExitStatus"] == str(NOTHING) == "4"
    assert "DASHBOARD_PUBLISHING=no" in (DEPLOY / "systemd" / "dashboard-digest.service").read_text(
        "utf-8"
    )


@pytest.mark.parametrize(
    "name", ["dashboard.conf", "dashboard-below-a-path.conf", "dashboard-here.conf"]
)
def test_no_log_of_nginx_holds_a_query(name):
    text = (DEPLOY / "nginx" / name).read_text("utf-8")
    logs = re.findall(r"^\s*(access_log|error_log) \S+ (\w+);", text, re.MULTILINE)
    assert set(logs) == {("access_log", "dashboard"), ("error_log", "crit")}
    form = re.search(
        r"log_format dashboard '([^']*)'",
        (DEPLOY / "nginx" / "dashboard-http.inc").read_text("utf-8"),
    )[1]
    assert not re.search(
        r"\$(request\b(?!_)|request_uri|args|query_string|http_referer|remote_user|arg_|cookie_)",
        form,
    )


def test_the_container_has_no_root_inside_and_shows_only():
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    assert re.findall(r"^USER (\S+)$", text, re.MULTILINE) == ["10001:10001"]
    assert "DASHBOARD_PUBLISHING=no" in text
    assert "--require-hashes" in text
    assert "HEALTHCHECK" in text
