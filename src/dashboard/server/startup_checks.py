"""What is checked and finished before the server starts. Unsafe settings are refused, with the
reason and the way to mend it; the same checks close a running server when its settings or secrets
become unsafe. What a publisher that died left open is finished.
"""

import hashlib
import stat
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section, is_authlib_installed

from dashboard import store
from dashboard.model import server_log, settings
from dashboard.model.settings import Settings, SettingsError
from dashboard.server import access
from dashboard.server.hosts import Host, is_loopback

SAFE_OPTIONS = {
    "client.showErrorDetails": (
        "none",
        "an error would show paths and texts of the server to readers",
    ),
    "server.enableXsrfProtection": (True, "another site could act in the name of who is signed in"),
    "server.enableCORS": (True, "another site could read what is shown here"),
    "server.corsAllowedOrigins": ([], "another site could change what is shown here"),
    "server.trustedUserHeaders": ({}, "who asks could say who they are"),
    "server.enableAgentApi": (False, "programs could run the pages past the gate"),
}
"""Options of Streamlit, what they have to be, and why."""
REQUIRED_SECRETS = (
    "redirect_uri",
    "cookie_secret",
    "client_id",
    "client_secret",
    "server_metadata_url",
)
MIN_SECRET_LENGTH = 32
CALLBACK = "/oauth2callback"


def refuse_unsafe_start() -> None:
    """End the program where a setting is unsafe; the message names each of them."""
    if found := list(find_faults()):
        raise SystemExit(
            "The dashboard does not start:\n" + "\n".join(f"- {fault}" for fault in found)
        )


def close_when_unsafe() -> None:
    """Begin to serve: remember whether there is a sign-in; close when a setting becomes unsafe."""
    settings.effective()
    access.LOCKDOWN.unsafe = find_unsafe


def finish_interrupted() -> None:
    """Finish forgetting or merging people where a publisher died at it, if this process may
    publish; what stands in the way is in the log, and /health is red.
    """
    if settings.publishing_here() and (
        unfinished := store.finish_interrupted(store.Store(settings.store_folder()))
    ):
        server_log.log_throttled(unfinished)


def find_faults() -> Iterator[str]:
    """Yield what is unsafe or wrong, in words, with the way to mend it."""
    try:
        chosen = settings.load()
    except SettingsError as error:
        yield from _check_options()
        yield from error.each
    else:
        yield from find_unsafe(chosen)


def find_unsafe(chosen: Settings) -> Iterator[str]:
    """Yield what is unsafe about serving with these settings, in words, with the way to mend it."""
    yield from _check_options()
    if chosen.access.sign_in:
        yield from _check_sign_in(chosen)
    else:
        yield from _check_open_access(chosen)


def _check_options() -> Iterator[str]:
    for name, (safe, why) in SAFE_OPTIONS.items():
        if st.get_option(name) != safe:
            yield f"{name} has to be {str(safe).lower()} in .streamlit/config.toml: {why}."
    yield from settings.check_environment()


def _check_open_access(chosen: Settings) -> Iterator[str]:
    address = st.get_option("server.address")
    reached = (
        f"The server listens on {address or 'every address'}"
        if not is_loopback(Host(address or ""))
        else ""
    )
    reached = reached or (
        f"[sharing] public_url is {chosen.public_url}" if chosen.public_url else ""
    )
    if reached and not chosen.open_network:
        yield (
            f"{reached}, so that everybody on the network could look, without a sign-in. Set"
            " [access] sign_in = true in data/settings.toml, or open_network = true if that is"
            " what you want."
        )
    if reached and chosen.publish_from_anywhere:
        yield (
            f"{reached}, and [publishing] publish_from_anywhere lets everybody there publish. Set"
            " [access] sign_in = true, or publish_from_anywhere = false."
        )


def _check_sign_in(chosen: Settings) -> Iterator[str]:
    rules = chosen.access
    if not rules.viewers and not rules.stewards:
        yield (
            "[access] sign_in is true and nobody is let in: name viewers and stewards in"
            " data/settings.toml."
        )
    if not is_authlib_installed():
        yield "Sign-in needs Authlib: pip install -r requirements.txt."
    yield from _check_secret_files()
    auth = _read_auth_section()
    missing = [
        name
        for name in REQUIRED_SECRETS
        if not isinstance(auth.get(name), str) or not auth[name].strip()
    ]
    if missing:
        yield (
            f"[auth] in .streamlit/secrets.toml lacks {', '.join(missing)}: see docs/operations.md,"
            " Sign-in."
        )
        return
    yield from _check_auth_section(auth)
    yield from _check_addresses(chosen, auth["redirect_uri"], auth["server_metadata_url"])


def _check_auth_section(auth: Mapping[str, Any]) -> Iterator[str]:
    if len(auth["cookie_secret"]) < MIN_SECRET_LENGTH:
        yield (
            f"[auth] cookie_secret has fewer than {MIN_SECRET_LENGTH} characters, and who guesses it"
            ' can sign in as anybody: python -c "import secrets; print(secrets.token_urlsafe(48))"'
            " makes one."
        )
    if auth.get("expose_tokens"):
        yield "[auth] expose_tokens has to be empty: the pages need no token of the provider."


def _read_auth_section() -> Mapping[str, Any]:
    """Read [auth] of the secrets; empty where there is none, or none that can be read."""
    try:
        found = get_secrets_auth_section()
    except access.SECRETS_ERRORS:
        return {}
    return found if isinstance(found, Mapping) else {}


def _check_addresses(chosen: Settings, redirect: str, metadata: str) -> Iterator[str]:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    wanted = f"/{base}{CALLBACK}" if base else CALLBACK
    parts = urlsplit(redirect)
    if parts.path != wanted:
        yield (
            f"[auth] redirect_uri has to end in {wanted}, where the dashboard waits for the"
            " provider."
        )
    for name, address in (("redirect_uri", parts), ("server_metadata_url", urlsplit(metadata))):
        if address.scheme != "https" and not is_loopback(Host(address.hostname or "")):
            yield f"[auth] {name} has to begin with https: what is sent there lets somebody in."
    origin = f"{parts.scheme}://{parts.netloc}"
    if chosen.public_url and urlsplit(chosen.public_url)[:2] != parts[:2]:
        yield (
            f"[sharing] public_url is {chosen.public_url}, but sign-in leads to {origin}: shared"
            " links would not find it."
        )


def _check_secret_files() -> Iterator[str]:
    files = [Path(path) for path in st.get_option("secrets.files")]
    if files and not any(file.exists() for file in files):
        yield "There is no .streamlit/secrets.toml: see docs/operations.md, Sign-in."
    elif _compute_digest(files) != _remember_digest(tuple(files)):
        yield "The secrets have changed while the server runs: restart it, so that it takes them."
    for file in files:
        if file.is_file() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield f"{file} can be read by other users of this machine: chmod 600 {file}."


def _compute_digest(files: Iterable[Path]) -> str:
    """Compute the digest of the files of secrets; a folder of them is Streamlit's to read."""
    digest = hashlib.sha256()
    for file in files:
        try:
            digest.update(b"1" + hashlib.sha256(file.read_bytes()).digest())
        except OSError:
            digest.update(b"0")
    return digest.hexdigest()


@cache
def _remember_digest(files: tuple[Path, ...]) -> str:
    """Return the digest of the secrets as they were when this process asked for a sign-in first.
    Streamlit stops looking at them after one that it cannot read, so that what it signs with could
    be another than what is there.
    """
    return _compute_digest(files)
