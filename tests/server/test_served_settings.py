"""A server that runs while somebody edits its settings and its secrets: it never lets more people
in than before.
"""

import json
import time
import urllib.error
import urllib.request

import pytest

from dashboard.server import access
from tests.server.test_health import health
from tests.support.serving import free_port, served
from tests.support.signing_in import cookies, home_with_sign_in, secrets

WHO = {"nobody": {}, "viewer": {}, "steward": {"groups": ["dash-stewards"]}}


@pytest.fixture(scope="module")
def server(tmp_path_factory, real):
    """A server that began with a sign-in. Gives its address, its home, its file of secrets and its
    log.
    """
    folder = tmp_path_factory.mktemp("served")
    home, port, log = home_with_sign_in(folder / "home"), free_port(), folder / "log"
    address = f"http://127.0.0.1:{port}"
    file = secrets(folder, address, "http://127.0.0.1:1")
    more = {"DASHBOARD_HOME": str(home), "DASHBOARD_SHARES": str(folder / "shares.sqlite")}
    with served(
        real.folder.parents[1], port=port, log=log, options=["--secrets.files", str(file)], **more
    ):
        yield address, home / "data" / "settings.toml", file, log


def ask(address, path, who="nobody"):
    sent = (
        "; ".join(f"{k}={v}" for k, v in cookies(origin=address, **WHO[who]).items())
        if who != "nobody"
        else ""
    )
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address + path, headers={"Cookie": sent}), timeout=30
        ) as got:
            return got.status, json.loads(got.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def let_in(address):
    """The status that each who asks gets, and what /health says."""
    status, said = ask(address, "/health")
    return [ask(address, "/api/metrics", who)[0] for who in WHO], status, said.get("reason")


OPEN = ([401, 200, 200], 200, None)
WRONG = ([401, 200, 200], 503, health.NOT_UNDERSTOOD)
LOST = ([503, 503, 503], 503, access.SIGN_IN_LOST)
UNSAFE = ([503, 503, 503], 503, access.UNSAFE)


def test_settings_that_are_cut_wrong_or_without_the_sign_in_open_nothing_and_heal_without_a_restart(
    server,
):
    address, path, _, log = server
    right = path.read_text("utf-8")
    assert let_in(address) == OPEN
    lost = right.replace("sign_in = true", "sign_in = false")
    for text, expected in (
        (right[: len(right) // 2], WRONG),
        (right.split("[access]")[0], WRONG),
        (right, OPEN),
        (right.replace("[access]", "[acaess]"), WRONG),
        (right, OPEN),
        ("", WRONG),
        (right, OPEN),
        (lost, LOST),
        (lost[: len(lost) // 2], LOST),
        (right, OPEN),
        (
            lost.replace("open_network = false", "").replace(
                "sign_in = false", "sign_in = false\nopen_network = true"
            ),
            LOST,
        ),
        (right.replace('public_url = ""', 'public_url = "https://other.example.org"'), UNSAFE),
        (right, OPEN),
    ):
        path.write_text(text, "utf-8")
        assert let_in(address) == expected, text[-300:]
    said = log.read_text("utf-8")
    assert said.count(access.SIGN_IN_LOST) == 2
    assert said.count("[acaess] is not known: did you mean [access]?") == 1
    assert "Traceback" not in said


def test_secrets_that_others_can_read_or_that_changed_let_nobody_in(server):
    address, _, file, log = server
    right = file.read_text("utf-8")
    secret = next(line for line in right.splitlines() if line.startswith("cookie_secret"))
    assert let_in(address) == OPEN
    file.chmod(0o644)
    assert let_in(address) == UNSAFE
    file.chmod(0o600)
    assert let_in(address) == OPEN
    for text in (
        right.replace("[auth]", "[aut]"),
        right.replace(secret, 'cookie_secret = "short"'),
        right.replace(secret, "cookie_secret = 5"),
        right.replace(
            secret, 'cookie_secret = "another secret, also longer than thirty-two characters"'
        ),
        right + "x = 1\n",
        'auth = "x"\n',
        "[auth",
        "\udcff",
        None,
    ):
        if text is None:
            file.unlink()
        else:
            file.write_bytes(text.encode("utf-8", "surrogateescape"))
        until = time.monotonic() + 0.7  # Streamlit looks at its secrets now and then
        while time.monotonic() < until:
            assert let_in(address) == UNSAFE
    said = log.read_text("utf-8")
    assert said.count("The secrets have changed while the server runs: restart it") >= 1
    assert not any(part in said for part in (secret, "known to the provider"))
