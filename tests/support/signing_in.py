"""A provider of sign-ins, and a dashboard that asks it: for tests of who is let in."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.store import Store, merge_people
from tests.conftest import append_to, served_already
from tests.support.serving import ROOT, free_port, served, wait_for

COOKIE, ORIGIN = "_streamlit_user", "https://dash.example.org"
SECRET = "a secret of the tests, longer than thirty-two characters"
RULES = """
[access]
sign_in = true
claim = "groups"
viewers = ["dash-viewers"]
stewards = ["dash-stewards"]
session_hours = 10
"""


def claims(**more: object) -> dict[str, object]:
    """What a cookie of Streamlit says after Anna, a viewer, has signed in."""
    said = {
        "iss": "https://id.example.org",
        "sub": "anna",
        "name": "Anna",
        "iat": int(time.time()),
        "nonce": "n1",
        "groups": ["dash-viewers"],
        "origin": ORIGIN,
        "is_logged_in": True,
        "provider": "default",
    }
    return said | more


def cookies(secret: str = SECRET, **more: object) -> dict[str, str]:
    """The cookies that Streamlit sets then."""
    found: dict[str, str] = {}

    def signed(name: str, value: str) -> bytes:
        return create_signed_value(secret, name, value)

    def kept(name: str, value: str) -> None:
        found[name] = signed(name, value).decode()

    set_cookie_with_chunks(kept, signed, COOKIE, claims(**more), cookie_attr_size=60)
    return found


class Provider:
    """A running provider, and what it says of people."""

    def __init__(self, address: str) -> None:
        self.address = address

    def says(self, subject: str, **claims: object) -> None:
        """From now on it says this of somebody who signs in."""
        address = f"{self.address}/users/{quote(subject, safe='')}"
        request = urllib.request.Request(
            address, json.dumps(claims).encode(), {"Content-Type": "application/json"}, method="PUT"
        )
        urllib.request.urlopen(request, timeout=10).close()


@contextmanager
def provider() -> Iterator[Provider]:
    """OpenID Connect on 127.0.0.1: a page that asks for a name, and no password."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/.well-known/openid-configuration", running)
        yield Provider(f"http://127.0.0.1:{port}")
    finally:
        running.terminate()
        running.wait(20)


def home_with_sign_in(folder: Path, rules: str = RULES) -> Path:
    """A home whose settings ask for a sign-in; data/settings.toml can be changed while it is
    served.
    """
    (folder / "data").mkdir(parents=True)
    shipped = (ROOT / "data" / "settings.toml").read_text("utf-8")
    before, after = shipped.split("[access]")[0], "[running]" + shipped.split("[running]")[1]
    (folder / "data" / "settings.toml").write_text(before + rules + after, "utf-8")
    return folder


def secrets(folder: Path, dashboard: str, provider_address: str, base: str = "") -> Path:
    """The file that tells Streamlit who signs people in, readable by its owner only."""
    path = folder / "secrets.toml"
    path.write_text(
        f'[auth]\nredirect_uri = "{dashboard}{base}/oauth2callback"\ncookie_secret = "{SECRET}"\nclient_id = "dashboard"\n'
        f'client_secret = "known to the provider"\nserver_metadata_url = "{provider_address}/.well-known/openid-configuration"\n',
        "utf-8",
    )
    path.chmod(0o600)
    return path


@contextmanager
def served_with_sign_in(
    store: Path, folder: Path, provider_address: str, base: str = "", **more: str
) -> Iterator[str]:
    """A dashboard that lets nobody in who has not signed in; gives its address, with the base path."""
    home, port = home_with_sign_in(folder / "home"), free_port()
    address = f"http://127.0.0.1:{port}"
    options = ["--secrets.files", str(secrets(folder, address, provider_address, base))]
    options += ["--server.baseUrlPath", base.strip("/")] if base else []
    with served(
        store,
        port=port,
        health=f"{base}/_stcore/health",
        options=options,
        DASHBOARD_HOME=str(home),
        **more,
    ):
        yield address + base


@contextmanager
def served_with_candidate(
    folder: Path, records: Path, script: str = "app.py"
) -> Iterator[tuple[str, Store, str, Path]]:
    """A dashboard that lets nobody in who has not signed in, with a merge of two people to be
    published: its address, its store, the candidate, and the file of the rules. Its log is
    `folder`/log.
    """
    append_to(records, "people", "eva-1,Eva Bos,Surgeon,,")
    append_to(records, "people", "eva-2,Eva Bos-Smit,Surgeon,,")
    store, port = Store(folder / "store"), free_port()
    served_already(store, records)
    candidate = merge_people(
        store, "eva-1", "eva-2", author="Sam", message="one person", now=datetime.now(UTC)
    )
    home, address = home_with_sign_in(folder / "home"), f"http://127.0.0.1:{port}"
    keys = str(secrets(folder, address, "http://127.0.0.1:9"))
    shelf = str(folder / "shares.sqlite")
    options = ["--secrets.files", keys]
    with served(
        store.root,
        script,
        folder / "log",
        "/_stcore/health",
        port,
        options,
        DASHBOARD_HOME=str(home),
        DASHBOARD_SHARES=shelf,
    ):
        yield address, store, candidate.version.id, home / "data" / "settings.toml"
