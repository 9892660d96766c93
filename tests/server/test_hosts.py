"""Which hosts are answered, whose pages may change something, and who is taken for somebody at the
machine.
"""

import asyncio
import json
import socket
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import icalendar
import psutil
import pytest
import websockets
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from websockets.sync.client import connect

from dashboard.model import settings
from dashboard.server import hosts, middleware
from dashboard.server.headers import SecurityHeadersMiddleware
from dashboard.server.hosts import LOCAL_HEADER, LOCAL_KEY
from dashboard.server.responses import ORIGIN_KEY as REACHED
from dashboard.store import Store
from tests.conftest import ROOT, served_already
from tests.server.test_auth_middleware import CLOSED, GUARDED, OPEN, sent_by
from tests.server.test_auth_middleware import site as signed_in  # noqa: F401 - a fixture
from tests.server.test_websocket import ONE, talk
from tests.support.asgi import ask
from tests.support.serving import served
from tests.support.sessions import session

PUBLIC = "https://dash.example.org"
EVIL = "https://evil.example.net"


def what_came(request):
    """In the place of everything behind: what it is told."""
    headers = [[name.decode(), value.decode()] for name, value in request.scope["headers"]]
    return JSONResponse(
        {"origin": request.scope[REACHED], "local": request.scope[LOCAL_KEY], "headers": headers}
    )


@pytest.fixture
def chosen(monkeypatch):
    """Settings as shipped, to change; nobody signs in."""
    monkeypatch.setattr(hosts, "get_origin_from_redirect_uri", lambda: None)
    shipped = settings.load(ROOT / "data")

    def change(**more):
        monkeypatch.setattr(settings, "current", lambda: replace(shipped, **more))
        monkeypatch.setattr(settings, "read_last_valid", settings.current)

    change()
    return change


@pytest.fixture
def site(chosen):
    """Asks whatever is behind."""
    every = [
        Route(
            "/{path:path}",
            what_came,
            methods=["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"],
        )
    ]
    app = Starlette(routes=every, middleware=middleware())
    return lambda link="/static/x", **more: ask(app, link, **more)


# Hosts
# ---------------------------------------------------------------------------------------------------------

LOOPBACK = {
    "localhost": "https://localhost",
    "localhost:8501": "https://localhost:8501",
    "LocalHost:8501": "https://localhost:8501",
    "localhost:443": "https://localhost",
    "127.0.0.1:8501": "https://127.0.0.1:8501",
    "127.9.9.9": "https://127.9.9.9",
    "[::1]:8501": "https://[::1]:8501",
    "[0:0:0:0:0:0:0:1]": "https://[::1]",
    "localhost:08501": "https://localhost:8501",
}
MALFORMED = (
    "",
    ":8501",
    "localhost:",
    "localhost:0",
    "localhost:65536",
    "localhost:8501x",
    "localhost:-1",
    "localhost:٨٥٠١".encode().decode("latin-1"),
    "user@localhost",
    "localhost@evil.example.net",
    "localhost/",
    "localhost?x",
    "localhost#x",
    "localhost\\x",
    "http://localhost",
    "localhost, evil.example.net",
    "localhost evil.example.net",
    "local%68ost",
    "localhost\t",
    "[::1",
    "::1",
    "[::1]x",
    "[::1%25lo]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[127.0.0.1]",
    "[:::]",
    "m\xfcller.example.org",
    'evil"><x',
    "localhost\x00",
    "a" * 254,
)
UNKNOWN = (
    "evil.example.net",
    "evil.example.net:8501",
    "localhost.",
    "localhost.evil.example.net",
    "evil.localhost",
    "0.0.0.0:8501",
    "[::]:8501",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "127.0.0.1.",
    "127.0.0.1.evil.example.net",
    "128.0.0.1",
    "[fe80::1]",
    "192.0.2.99",
    "dash.example.org",
    "testserver",
    "xn--lcalhost-z3a",
    "_",
    "-",
    ".",
    "224.0.0.1",
    "255.255.255.256",
)


@pytest.mark.parametrize("host", LOOPBACK)
def test_names_of_this_machine_are_answered_and_told_as_browsers_write_them(site, host):
    found = site(host=host).json
    assert found["origin"] == LOOPBACK[host]
    assert [value for name, value in found["headers"] if name == "host"] == [
        LOOPBACK[host].partition("://")[2]
    ]


@pytest.mark.parametrize(
    ("host", "status"), [*((host, 400) for host in MALFORMED), *((host, 421) for host in UNKNOWN)]
)
def test_no_other_host_is_answered(site, host, status):
    answer = site(host=host)
    assert (answer.status, "headers" in answer.text) == (status, False)
    assert "example.net" not in answer.text
    assert ("public_url" in answer.text) == (status == 421)


def raw(
    app,
    *headers,
    kind="http",
    method="GET",
    path="/static/x",
    client=("127.0.0.1", 5),
    scheme="http",
):
    """The first thing that an application says to headers as they are."""
    said = []
    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "scheme": scheme,
        "server": ("127.0.0.1", 8501),
        "client": client,
        "http_version": "1.1",
        "asgi": {"version": "3.0"},
        "extensions": {},
        "subprotocols": [],
        "headers": list(headers),
    }

    async def run():
        first = (
            {"type": "websocket.connect"}
            if kind == "websocket"
            else {"type": "http.request", "body": b""}
        )
        incoming = iter([first])

        async def receive():
            return next(incoming, {"type": f"{kind}.disconnect", "code": 1000})

        async def send(message):
            said.append(message)

        await app(scope, receive, send)

    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(lambda: asyncio.run(run())).result()
    return said


def behind(app):
    """The middleware around an application."""
    for each in reversed(middleware()):
        app = each.cls(app, *each.args, **each.kwargs)
    return app


@pytest.mark.parametrize("headers", [(), ((b"host", b"localhost"), (b"host", b"localhost"))])
def test_a_request_names_exactly_one_host(chosen, headers):
    assert raw(behind(PlainTextResponse("reached")), *headers)[0]["status"] == 400


@pytest.mark.parametrize(
    "host", ["dash.example.org", "dash.example.org:8443", "DASH.example.org", "localhost:8501"]
)
@pytest.mark.parametrize("where", ["public_url", "redirect_uri"])
def test_the_public_address_is_answered_on_every_port_with_the_scheme_that_the_settings_say(
    site, chosen, monkeypatch, host, where
):
    if where == "public_url":
        chosen(public_url=f"{PUBLIC}/dash")
    else:
        monkeypatch.setattr(hosts, "get_origin_from_redirect_uri", lambda: PUBLIC)
    assert site(host=host).json["origin"] == f"https://{host.lower()}"
    assert site(host="other.example.org").status == 421
    assert site(host="dash.example.org.").status == 421


@pytest.mark.parametrize(
    ("public", "host"),
    [
        ("https://dash.müller.example", "dash.xn--mller-kva.example"),
        ("http://[2001:db8::7]:8501", "[2001:DB8:0::7]:8501"),
        ("http://LAN.example:8501", "lan.example:8501"),
    ],
)
def test_public_addresses_of_other_letters_and_numbers_are_found(site, chosen, public, host):
    chosen(public_url=public)
    assert site(host=host).status == 200


@pytest.mark.parametrize(
    "public", ["dash.example.org", "https://[bad", "ftp://dash.example.org", "https://", "nonsense"]
)
def test_a_public_address_that_is_none_opens_nothing(site, chosen, public):
    chosen(public_url=public)
    assert site(host="dash.example.org").status == 421
    assert site(host="localhost").status == 200


def own_addresses():
    found = [
        one.address
        for many in psutil.net_if_addrs().values()
        for one in many
        if one.family in (socket.AF_INET, socket.AF_INET6)
    ]
    return [one for one in found if "%" not in one and not ip_address(one).is_loopback]


def test_where_the_network_may_look_the_machines_own_addresses_and_names_are_answered(
    site, chosen, monkeypatch
):
    """Without asking anybody what they are."""
    monkeypatch.setattr(socket, "gethostname", lambda: "House.example.org")
    monkeypatch.setattr(socket, "getaddrinfo", None)
    own = [f"[{one}]:8501" if ":" in one else f"{one}:8501" for one in own_addresses()]
    own += ["house.example.org:8501", "house:8501", "house.local"]
    assert [site(host=host).status for host in own] == [421] * len(own)
    chosen(open_network=True)
    assert [site(host=host).status for host in own] == [200] * len(own)
    assert [site(host=host).status for host in UNKNOWN] == [421] * len(UNKNOWN)
    chosen(open_network=True, public_url=PUBLIC)
    assert [site(host=host).status for host in own] == [421] * len(own)


def test_settings_that_cannot_be_read_leave_this_machine_alone(site, monkeypatch):
    def fail():
        raise settings.SettingsError("broken")

    monkeypatch.setattr(settings, "current", fail)
    monkeypatch.setattr(settings, "read_last_valid", settings.current)
    assert [site(host=host).status for host in ("localhost", "dash.example.org")] == [200, 421]


@pytest.mark.parametrize(
    ("method", "link"),
    sorted(
        {(method, link) for method, link, _ in (*GUARDED, *OPEN)}
        | {("GET", link) for link in (*CLOSED, "/", "/events?year=2025", "/publish")}
    ),
)
def test_no_route_page_or_file_is_given_to_another_host(site, method, link):
    for host in ("evil.example.net:8501", "0.0.0.0:8501"):
        answer = site(link, method=method, host=host, origin=f"https://{host}")
        assert (answer.status, "headers" in answer.text) == (421, False)


# Origins
# -------------------------------------------------------------------------------------------------------

OWN = "http://localhost:8501"
FOREIGN = (
    None,
    "",
    "null",
    EVIL,
    "http://localhost",
    "http://localhost:3000",
    "https://localhost:8501",
    "http://127.0.0.1:8501",
    "ws://localhost:8501",
    "http://localhost:8501/",
    "HTTP://localhost:8501",
    "http://LOCALHOST:8501",
    "http://localhost:8501.evil.example.net",
    "file://",
    "http://user@localhost:8501",
    f"{OWN} {EVIL}",
    f"{OWN}, {OWN}",
    "localhost:8501",
    "//localhost:8501",
    "http://localhost:08501",
    "http://localhost.:8501",
    "http://localhost:8501#",
    "chrome-extension://abc",
)


def with_origin(*origins):
    return [(b"host", b"localhost:8501"), *((b"origin", one.encode()) for one in origins)]


async def reached(scope, receive, send):
    """Behind the gate: a WebSocket is taken, a request is answered."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    else:
        await PlainTextResponse("reached")(scope, receive, send)


def stream(app, headers, **more):
    return raw(app, *headers, kind="websocket", path="/_stcore/stream", scheme="ws", **more)[0]


@pytest.mark.parametrize("origin", FOREIGN)
def test_the_stream_opens_for_the_dashboards_own_pages_alone(chosen, origin):
    app = behind(reached)
    assert stream(app, with_origin(OWN))["type"] == "websocket.accept"
    sent = with_origin(*([origin] if origin is not None else []))
    assert stream(app, sent) == {"type": "websocket.close", "code": 1008}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "post"])
def test_what_changes_something_is_done_for_the_dashboards_own_pages_alone(chosen, method):
    app = behind(reached)

    def asked(*headers):
        return raw(app, *headers, method=method, path="/events")[0]["status"]

    assert asked(*with_origin(OWN)) == 200
    for origin in FOREIGN:
        assert asked(*with_origin(*([origin] if origin is not None else []))) == 403
    assert asked(*with_origin(OWN, OWN)) == 403
    assert asked(*with_origin(OWN), (b"sec-fetch-site", b"cross-site")) == 403


def test_reading_is_not_for_other_pages_either_but_their_links_lead_here(chosen):
    app = behind(reached)
    fetch, link = (b"sec-fetch-mode", b"cors"), (b"sec-fetch-mode", b"navigate")
    assert raw(app, *with_origin(), path="/api/metrics")[0]["status"] == 200
    assert raw(app, *with_origin(OWN), fetch, path="/api/metrics")[0]["status"] == 200
    for foreign in FOREIGN[1:]:
        assert raw(app, *with_origin(foreign), fetch, path="/api/metrics")[0]["status"] == 403
    assert raw(app, *with_origin("null"), link, path="/oauth2callback")[0]["status"] == 200


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200), (None, 200)],
)
def test_no_other_site_signs_a_reader_out(chosen, site, status):
    sent = [(b"sec-fetch-site", site.encode())] if site else []
    answer = raw(
        behind(reached),
        *with_origin(),
        *sent,
        (b"sec-fetch-mode", b"navigate"),
        path="/auth/logout",
    )
    assert answer[0]["status"] == status


def test_behind_a_proxy_the_origin_has_the_scheme_that_readers_see(chosen):
    def opened(origin, scheme):
        headers = [(b"host", b"dash.example.org"), (b"origin", origin.encode())]
        return raw(
            behind(reached), *headers, kind="websocket", path="/_stcore/stream", scheme=scheme
        )[0]["type"]

    assert opened(PUBLIC, "wss") == "websocket.close"
    chosen(public_url=PUBLIC)
    for scheme in ("ws", "wss"):  # one on another machine is not asked for it
        assert opened(PUBLIC, scheme) == "websocket.accept"
        assert opened("http://dash.example.org", scheme) == "websocket.close"


def test_what_streamlit_compares_is_equal_however_the_host_was_written(chosen):
    """Where it finds them different it asks the internet."""
    chosen(public_url=PUBLIC)
    seen = []

    async def keep(scope, receive, send):
        seen.append(
            {name: value for name, value in scope["headers"] if name in (b"host", b"origin")}
        )

    for host in (b"dash.example.org", b"DASH.example.org:443"):
        raw(
            behind(keep),
            (b"host", host),
            (b"origin", PUBLIC.encode()),
            kind="websocket",
            path="/_stcore/stream",
        )
    assert seen == [{b"host": b"dash.example.org", b"origin": PUBLIC.encode()}] * 2


@pytest.mark.parametrize("who", ["nobody", "viewer", "steward"])
def test_a_sign_in_changes_nothing_of_it(signed_in, who):
    """Browsers send its cookie along."""
    upload, link = "/_stcore/upload_file/session/file", "/api/metrics"
    for origin in (EVIL, "null", "https://localhost:3000"):
        assert [
            signed_in(upload, who, "PUT", origin=origin).status,
            signed_in(link, who, origin=origin).status,
        ] == [
            403,
            403,
        ]
        heard = talk(behind(reached), sent_by(who) | {"origin": origin}, [ONE])
        assert [message["type"] for message in heard] == ["websocket.close"]
    assert signed_in(link, who, host="evil.example.net").status == 421
    assert signed_in("/auth/logout", who, sec_fetch_site="cross-site").status == 403


# Who sits at the machine
# ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("client", "host", "more", "local"),
    [
        (("127.0.0.1", 5), "localhost:8501", {}, True),
        (("::1", 5), "[::1]:8501", {}, True),
        (("::ffff:127.0.0.1", 5), "127.0.0.1", {}, True),
        (None, "localhost:8501", {}, False),
        (("", 0), "localhost", {}, False),
        (("192.0.2.9", 5), "localhost:8501", {}, False),
        (("127.0.0.1", 5), "dash.example.org", {}, False),
        (("127.0.0.1", 5), "localhost", {"x-forwarded-for": "127.0.0.1"}, False),
        (("127.0.0.1", 5), "localhost", {"forwarded": ""}, False),
        (("127.0.0.1", 5), "localhost", {"x-real-ip": "::1"}, False),
        (("127.0.0.1", 5), "localhost", {"via": "1.1 proxy"}, False),
        (("127.0.0.1", 5), "localhost", {"X-Forwarded-Host": "x"}, False),
        (("192.0.2.9", 5), "localhost", {LOCAL_HEADER: "yes"}, False),
        (("192.0.2.9", 5), "localhost", {LOCAL_HEADER.title(): "yes"}, False),
    ],
)
def test_at_the_machine_is_who_comes_from_it_to_it_and_through_no_proxy(
    chosen, client, host, more, local
):
    chosen(public_url=PUBLIC)
    said = []

    async def keep(scope, receive, send):
        said.extend(
            [
                scope[LOCAL_KEY],
                [
                    value
                    for name, value in scope["headers"]
                    if name.lower() == LOCAL_HEADER.encode()
                ],
            ]
        )

    sent = [(name.encode(), value.encode()) for name, value in more.items()]
    raw(behind(keep), (b"host", host.encode()), *sent, client=client)
    assert said == [local, [b"yes"] if local else []]


# Addresses in answers
# ------------------------------------------------------------------------------------------


def test_calendars_and_linked_data_name_the_host_that_was_checked_or_the_public_one(
    small_site, monkeypatch
):
    def addresses():
        entry = icalendar.Calendar.from_ical(small_site("/calendar.ics?month=2025-05").body).walk(
            "VEVENT"
        )[0]
        node = small_site(
            "/api/rows/events.jsonld?month=2025-05", x_forwarded_host="evil.example.net"
        ).json["@graph"][0]
        return {
            "://".join(urlsplit(found)[:2])
            for found in (str(entry["URL"]), node["url"], node["@id"])
        }

    assert addresses() == {"https://localhost"}
    shipped = settings.load(ROOT / "data")
    monkeypatch.setattr(settings, "current", lambda: replace(shipped, public_url=PUBLIC))
    monkeypatch.setattr(settings, "read_last_valid", settings.current)
    assert addresses() == {PUBLIC}


# Cookies
# -------------------------------------------------------------------------------------------------------

COOKIES = {
    "_streamlit_xsrf=2|a|b|1; Path=/; SameSite=Lax": {"path", "samesite"},
    "_streamlit_user=x; HttpOnly; Max-Age=5; Path=/; SameSite=lax": {
        "httponly",
        "max-age",
        "path",
        "samesite",
    },
    "_streamlit_session=x; path=/; httponly; samesite=lax": {"path", "httponly", "samesite"},
    "another=x": {"httponly", "samesite"},
    'dashboard_next="/events"; expires=Thu, 01 Jan 1970 00:00:00 GMT': {
        "expires",
        "httponly",
        "samesite",
    },
}


@pytest.mark.parametrize("cookie", COOKIES)
@pytest.mark.parametrize("https", [False, True])
def test_every_cookie_is_kept_from_scripts_and_other_sites_and_with_tls_from_the_open_network(
    chosen, cookie, https
):
    chosen(public_url=PUBLIC if https else "http://dash.example.org")
    response = Response("x")
    response.raw_headers += [(b"set-cookie", cookie.encode()), (b"set-cookie", b"second=1; Secure")]
    said = raw(SecurityHeadersMiddleware(response), (b"host", b"localhost"))[0]["headers"]
    first, second = (value.decode().split("; ") for name, value in said if name == b"set-cookie")
    assert first[0] == cookie.partition(";")[0]
    assert {part.partition("=")[0].lower() for part in first[1:]} == COOKIES[cookie] | (
        {"secure"} if https else set()
    )
    assert second.count("Secure") == 1


# Served
# --------------------------------------------------------------------------------------------------------

WATCH = """import sys, json, os
def watch(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple) or event == "socket.sendto" and isinstance(args[1], tuple):
        told = str(args[1][0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
        told = str(args[0])
    else:
        return
    with open(os.environ["WATCHED"], "a") as file:
        file.write(json.dumps([event, told]) + "\\n")
with open(os.environ["WATCHED"], "a") as file:
    file.write(json.dumps(["watching", ""]) + "\\n")
sys.addaudithook(watch)
"""
OURS = ("None", "", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::")


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    """A dashboard that everybody on the network may look at, and the file of whom it asked."""
    folder = tmp_path_factory.mktemp("network")
    served_already(Store(folder / "store"), ROOT / "tests" / "data")
    (folder / "home" / "data").mkdir(parents=True)
    text = (
        (ROOT / "data" / "settings.toml")
        .read_text("utf-8")
        .replace("open_network = false", "open_network = true")
    )
    (folder / "home" / "data" / "settings.toml").write_text(text, "utf-8")
    (folder / "sitecustomize.py").write_text(WATCH, "utf-8")
    options = ["--server.address", "0.0.0.0"]
    with served(
        folder / "store",
        options=options,
        log=folder / "log",
        DASHBOARD_HOME=str(folder / "home"),
        WATCHED=str(folder / "asked"),
        PYTHONPATH=f"{folder}:{ROOT / 'src'}",
    ) as address:
        yield address, folder


def outside(folder: Path):
    found = [json.loads(line) for line in (folder / "asked").read_text("utf-8").splitlines()]
    return [(event, told) for event, told in found if told not in OURS]


def test_nobody_outside_is_asked_at_the_start_for_a_reader_or_for_hostile_handshakes_and_readers_do_not_wait(
    network,
):
    address, folder = network
    host = urlsplit(address).netloc
    with session(address) as reader:
        reader.ask("year=2025", "events")
        assert reader.finished() > 5
    began = time.monotonic()
    for number in range(10):
        for origin in (
            f"https://evil{number}.example.net",
            "http://192.0.2.99",
            "null",
            f"http://localhost:{number + 3000}",
        ):
            with pytest.raises(websockets.InvalidStatus) as refused:
                connect(f"ws://{host}/_stcore/stream", origin=origin, subprotocols=["streamlit"])
            assert refused.value.response.status_code == 403
    with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
        assert answer.status == 200
    assert time.monotonic() - began < 10  # one that asked took a second or more
    assert "watching" in (folder / "asked").read_text("utf-8")
    assert outside(folder) == []
    assert "completing" not in (folder / "log").read_text("utf-8"), "a line of log for each refusal"


def test_another_name_for_this_machine_gets_no_page_and_no_stream(network):
    """DNS rebinding: the browser connects here and names the host and the origin of the attacker."""
    address, _ = network
    port = urlsplit(address).port
    for name in ("evil.example.net", "0.0.0.0", "localhost."):
        with socket.create_connection(("127.0.0.1", port), 10) as plain:
            with pytest.raises(websockets.InvalidStatus) as refused:
                connect(
                    f"ws://{name}:{port}/_stcore/stream",
                    sock=plain,
                    origin=f"http://{name}:{port}",
                    subprotocols=["streamlit"],
                )
            assert refused.value.response.status_code == 403
        request = urllib.request.Request(f"{address}/publish", headers={"Host": f"{name}:{port}"})
        with pytest.raises(urllib.error.HTTPError, match="421"):
            urllib.request.urlopen(request, timeout=10)


def test_the_steward_without_a_sign_in_is_who_sits_at_the_machine_and_nobody_else(network):
    address, _ = network
    port = urlsplit(address).port

    def told(base):
        with session(base) as reader:
            reader.ask("", "publish")
            reader.finished()
            return b"Publishing needs a sign" in reader.answer

    assert told(address) is False
    others = [f"http://{one}:{port}" for one in own_addresses() if ":" not in one]
    assert [told(one) for one in others] == [True] * len(others)


def test_a_public_address_that_was_just_written_is_answered_though_nobody_else_has_asked(
    tmp_path, monkeypatch
):
    home = tmp_path / "data"
    home.mkdir()
    shipped = (ROOT / "data" / "settings.toml").read_text("utf-8")
    (home / "settings.toml").write_text(shipped, "utf-8")
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path))
    asked = ((b"host", b"new.example.org"), (b"x-forwarded-for", b"192.0.2.1"))
    assert raw(behind(reached), *asked)[0]["status"] == 421
    (home / "settings.toml").write_text(
        shipped.replace('public_url = ""', 'public_url = "https://new.example.org"'), "utf-8"
    )
    assert raw(behind(reached), *asked)[0]["status"] == 200
