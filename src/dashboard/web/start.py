"""The look at the settings before the server starts: what is unsafe is refused, with the reason and the way to mend it."""

import stat
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section, is_authlib_installed

from dashboard import settings
from dashboard.settings import Settings, SettingsError

OPTIONS = {
    "client.showErrorDetails": ("none", "an error would show paths and texts of the server to readers"),
    "server.enableXsrfProtection": (True, "another site could act in the name of who is signed in"),
    "server.enableCORS": (True, "another site could read what is shown here"),
    "server.enableAgentApi": (False, "programs could run the pages past the gate"),
}
"""Options of Streamlit, what they have to be, and why."""
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
SHORTEST_SECRET = 32
CALLBACK = "/oauth2callback"


def check() -> None:
    """Ends the program where a setting is unsafe; the message names each of them."""
    if found := list(faults()):
        raise SystemExit("The dashboard does not start:\n" + "\n".join(f"- {fault}" for fault in found))


def faults() -> Iterator[str]:
    """What is unsafe, in words, with the way to mend it."""
    for name, (safe, why) in OPTIONS.items():
        if st.get_option(name) != safe:
            yield f"{name} has to be {str(safe).lower()} in .streamlit/config.toml: {why}."
    try:
        chosen = settings.load()
    except SettingsError as error:
        yield str(error)
        return
    if chosen.access.sign_in:
        yield from _sign_in(chosen)
    else:
        yield from _without(chosen)


def _without(chosen: Settings) -> Iterator[str]:
    address = st.get_option("server.address")
    reached = f"The server listens on {address or 'every address'}" if not _is_loopback(address) else ""
    reached = reached or (f"[sharing] public_url is {chosen.public_url}" if chosen.public_url else "")
    if reached and not chosen.open_network:
        yield (
            f"{reached}, so that everybody on the network could look, without a sign-in. Set [access] sign_in = true in"
            " data/settings.toml, or open_network = true if that is what you want."
        )
    if reached and chosen.publish_from_anywhere:
        yield (
            f"{reached}, and [publishing] publish_from_anywhere lets everybody there publish. Set [access] sign_in = true,"
            " or publish_from_anywhere = false."
        )


def _sign_in(chosen: Settings) -> Iterator[str]:
    rules = chosen.access
    if not rules.viewers and not rules.stewards:
        yield "[access] sign_in is true and nobody is let in: name viewers and stewards in data/settings.toml."
    if not is_authlib_installed():
        yield "Sign-in needs Authlib: pip install -r requirements.txt."
    auth: Mapping[str, Any] = get_secrets_auth_section()
    missing = [name for name in NEEDED if not auth.get(name)]
    if missing:
        yield f"[auth] in .streamlit/secrets.toml lacks {', '.join(missing)}: see docs/operations.md, Sign-in."
        return
    if len(str(auth["cookie_secret"])) < SHORTEST_SECRET:
        yield (
            f"[auth] cookie_secret has fewer than {SHORTEST_SECRET} characters, and who guesses it can sign in as anybody:"
            ' python -c "import secrets; print(secrets.token_urlsafe(48))" makes one.'
        )
    if auth.get("expose_tokens"):
        yield "[auth] expose_tokens has to be empty: the pages need no token of the provider."
    yield from _addresses(chosen, str(auth["redirect_uri"]), str(auth["server_metadata_url"]))
    yield from _files()


def _addresses(chosen: Settings, redirect: str, metadata: str) -> Iterator[str]:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    wanted = f"/{base}{CALLBACK}" if base else CALLBACK
    parts = urlsplit(redirect)
    if parts.path != wanted:
        yield f"[auth] redirect_uri has to end in {wanted}, where the dashboard waits for the provider."
    for name, address in (("redirect_uri", parts), ("server_metadata_url", urlsplit(metadata))):
        if address.scheme != "https" and not _is_loopback(address.hostname):
            yield f"[auth] {name} has to begin with https: what is sent there lets somebody in."
    origin = f"{parts.scheme}://{parts.netloc}"
    if chosen.public_url and urlsplit(chosen.public_url)[:2] != parts[:2]:
        yield f"[sharing] public_url is {chosen.public_url}, but sign-in leads to {origin}: shared links would not find it."


def _files() -> Iterator[str]:
    for path in st.get_option("secrets.files"):
        file = Path(path)
        if file.is_file() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield f"{file} can be read by other users of this machine: chmod 600 {file}."


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return bool(host) and ip_address(str(host)).is_loopback
    except ValueError:
        return False
