"""Host and origin checks: which hosts the dashboard answers, and from which pages it takes changes
(docs/adr/0019).

A page of another site can make a reader's browser ask the dashboard, also under a name of its own
that leads here (DNS rebinding). Then the browser itself says so: in `Host` and in `Origin`, which
no page can write.
"""

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import net_util
from streamlit.auth_util import get_origin_from_redirect_uri
from streamlit.errors import Error as StreamlitError

from dashboard.language.messages import N_, _
from dashboard.model import server_log, settings
from dashboard.model.settings import Settings, SettingsError
from dashboard.server.responses import ORIGIN_KEY, OWN_HEADERS, normalize_base, path_below

LOCAL_KEY = "dashboard.local"
"""Where in the scope it stands whether a request came from the server's own machine."""
LOCAL_HEADER = "x-dashboard-local"
"""Says the same to the script, which is given headers alone. What a client writes there is taken
away.
"""
HOST = re.compile(r"([a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::([0-9]{1,5}))?", re.IGNORECASE)
PORTS: Mapping[str, int] = {"http": 80, "https": 443}
"""The ports that no browser names."""
READING_METHODS = ("GET", "HEAD")
CHANGING_READS = ("auth/logout",)
"""Paths that change something although they are read: no other site may lead a reader there."""
OTHER_SITES = ("cross-site", "same-site")
FORWARDED = ("x-forwarded", "forwarded", "x-real-ip", "via")
"""How names of headers begin that a proxy writes."""
LOOPBACK_ADDRESSES = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
MALFORMED = N_("A request names one host, as its browser writes it.")
UNKNOWN = N_(
    "The dashboard does not answer at this address. Whoever runs it: [sharing] public_url in"
    " data/settings.toml is the address that readers' browsers show."
)
FOREIGN = N_(
    "This came from a page of another site, or not from a browser with the dashboard open: it is"
    " not done."
)


class RequestRefused(Exception):
    """A request goes no further; with the status and the message of the answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


@dataclass(frozen=True)
class Host:
    """A name, in small letters, or an address, as short as it can be written (IPv6 in brackets);
    and the port, where it was named.
    """

    name: str
    port: int | None = None

    @property
    def address(self) -> IPv4Address | IPv6Address | None:
        try:
            return ip_address(self.name.strip("[]"))
        except ValueError:
            return None

    def origin(self, scheme: str) -> str:
        """Return the host as browsers write it in `Origin`."""
        port = "" if self.port in (None, PORTS[scheme]) else f":{self.port}"
        return f"{scheme}://{self.name}{port}"


class HostMiddleware:
    """ASGI middleware before authentication: nothing behind it sees a host that is not the
    dashboard's, or the origin of another page where something is changed. It writes both as
    browsers do, so that what is behind finds them equal.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self.base = normalize_base(base_path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            host = parse_host(headers)
            origin = host.origin(await _find_scheme_again(host, scope))
            refuse_foreign_sender(
                scope, headers, origin, (path_below(self.base, scope) or "").strip("/")
            )
        except RequestRefused as refused:
            await _answer(refused, scope, receive, send)
            return
        local = is_local(scope, headers, host)
        own = {b"host": origin.partition("://")[2], LOCAL_HEADER.encode(): "yes" if local else ""}
        kept = [(name, value) for name, value in scope["headers"] if name.lower() not in own]
        kept += [(name, value.encode()) for name, value in own.items() if value]
        await self.app(
            {**scope, "headers": kept, ORIGIN_KEY: origin, LOCAL_KEY: local}, receive, send
        )


def parse_host(headers: Headers) -> Host:
    """Parse the host that a request names. Raises Refused where it names none, several, or
    something else.
    """
    named = headers.getlist("host")
    found = HOST.fullmatch(named[0]) if len(named) == 1 else None
    port = int(found[2]) if found and found[2] else None
    if found is None or port == 0 or (port or 0) > 65535:
        raise RequestRefused(400, MALFORMED)
    host = Host(found[1].lower(), port)
    if not host.name.startswith("["):
        return host
    if not isinstance(host.address, IPv6Address) or host.address.ipv4_mapped:
        raise RequestRefused(400, MALFORMED)
    return Host(f"[{host.address}]", port)


def find_scheme(host: Host, scope: Scope) -> str:
    """Return the scheme by which browsers reach this host. Raises Refused where it is not the
    dashboard's. Of a public host the settings say it: a proxy on another machine is not believed.
    """
    if not is_loopback(host):
        for public in _read_public_addresses():
            if host.name == _to_ascii(public.hostname or ""):
                return public.scheme
        if not _is_own_host(host):
            server_log.log_throttled(
                "a request for a host that is not the dashboard's was refused: see [sharing]"
                " public_url"
            )
            raise RequestRefused(421, UNKNOWN)
    return "https" if scope["scheme"] in ("https", "wss") else "http"


async def _find_scheme_again(host: Host, scope: Scope) -> str:
    """Find the scheme, if need be after reading the settings anew: a host that is not known may be
    new in the settings, which only authentication reads: nobody comes so far before it is known.
    Raises Refused.
    """
    try:
        return find_scheme(host, scope)
    except RequestRefused:
        with suppress(SettingsError):
            await run_in_threadpool(settings.current)
        return find_scheme(host, scope)


def refuse_foreign_sender(scope: Scope, headers: Headers, own: str, path: str) -> None:
    """Raise Refused where a request comes from a page of another site. Opening the stream, and
    every method but those that read, needs the origin of our own; a link from elsewhere may lead
    here (`navigate`).
    """
    sent, site = headers.getlist("origin"), headers.get("sec-fetch-site", "")
    if scope["type"] == "websocket" or scope["method"] not in READING_METHODS:
        ours = sent == [own] and site != "cross-site"
    elif path in CHANGING_READS:
        ours = sent in ([], [own]) and site not in OTHER_SITES
    else:
        ours = sent in ([], [own]) or headers.get("sec-fetch-mode") == "navigate"
    if not ours:
        raise RequestRefused(403, FOREIGN)


def is_local(scope: Mapping[str, Any], headers: Mapping[str, str], host: Host) -> bool:
    """Return whether a request comes from the server's own machine, under a name of its own that
    nobody else can have, and not through a proxy. Who has no address, as through a socket in a
    file, is nobody.
    """
    client = scope.get("client")
    forwarded = any(name.lower().startswith(FORWARDED) for name in headers)
    return (
        client is not None
        and client[0] in LOOPBACK_ADDRESSES
        and not forwarded
        and is_loopback(host)
    )


def is_loopback(host: Host) -> bool:
    """Return whether a host is this machine, whoever asks: the name cannot lead elsewhere."""
    return host.name == "localhost" or (host.address is not None and host.address.is_loopback)


def is_https() -> bool:
    """Return whether readers reach the dashboard with TLS, as the settings say."""
    return any(public.scheme == "https" for public in _read_public_addresses())


def disable_address_lookup() -> None:
    """Keep Streamlit from asking the internet for this machine's address, as it does for an origin
    that it does not know. The host check lets no such origin through; should a release ask for
    another reason, it hears of no address. (At the start: .streamlit/config.toml.)
    """
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None


def _read_public_addresses() -> Iterator[SplitResult]:
    """Yield where the dashboard is reached: public_url, and the address to which the provider of
    sign-ins leads back.
    """
    chosen = _last_settings()
    for address in (chosen.public_url if chosen else "", _read_sign_in_origin()):
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.hostname and parts.scheme in PORTS:
            yield parts


def _read_sign_in_origin() -> str:
    try:
        return get_origin_from_redirect_uri() or ""
    except (StreamlitError, OSError, ValueError):  # the secrets cannot be read
        return ""


def _to_ascii(name: str) -> str:
    """Write a name or an address as browsers send it."""
    try:
        return (
            f"[{ip_address(name)}]" if ":" in name else name.encode("idna").decode("ascii").lower()
        )
    except ValueError:  # neither
        return name


def _is_own_host(host: Host) -> bool:
    """Return whether everybody on the network may look and a host is one of this machine's own
    addresses or names. An address is the machine's where it can listen there: nobody is asked, and
    it holds when addresses change.
    """
    chosen = _last_settings()
    if chosen is None or not chosen.open_network or chosen.public_url:
        return False
    return _is_own_name(host.name) if host.address is None else _is_own_address(host.address)


def _is_own_name(name: str) -> bool:
    own = socket.gethostname().lower()
    first = own.partition(".")[0]
    return name in (own, first, f"{first}.local", str(st.get_option("server.address")).lower())


def _is_own_address(address: IPv4Address | IPv6Address) -> bool:
    if address.is_unspecified or address.is_multicast:
        return False
    family = socket.AF_INET6 if isinstance(address, IPv6Address) else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.bind((str(address), 0))
    except OSError:
        return False
    return True


def _last_settings() -> Settings | None:
    try:
        return settings.read_last_valid()  # in the event loop; authentication reads the file
    except SettingsError:
        return None


async def _answer(refused: RequestRefused, scope: Scope, receive: Receive, send: Send) -> None:
    if (
        scope["type"] == "websocket"
    ):  # 403 without words, which no browser would show; uvicorn logs a line for each other answer
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = {**OWN_HEADERS, "Cache-Control": "no-store"}
    words = f"{_(refused.message)}\n"
    await PlainTextResponse(words, refused.status, headers)(scope, receive, send)
