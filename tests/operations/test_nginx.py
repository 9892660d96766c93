"""Behind Debian's nginx, with TLS, at the root of a host and below a path; viewers and stewards are
two processes.
"""

import gzip
import http.client
import os
import re
import subprocess
import time
from collections import Counter
from urllib.parse import urlsplit

import icalendar
import pytest
from playwright.sync_api import expect

from dashboard.model.sitemap import PAGES
from tests.browser.conftest import REFUSALS
from tests.support.serving import ready

pytestmark = [pytest.mark.browser, pytest.mark.long]
NAME = "job-doornberg"


@pytest.fixture
def ask(unchecked):
    """Status, header names and values as they were sent, body; nothing is followed."""

    def asked(address, method="GET", body=None, **headers):
        parts = urlsplit(address)
        connection = http.client.HTTPSConnection(parts.netloc, timeout=30, context=unchecked)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(
            method, path, body, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        try:
            return (
                answer.status,
                [(name.lower(), value) for name, value in answer.getheaders()],
                answer.read(),
            )
        finally:
            connection.close()

    return asked


@pytest.fixture
def open_page(browser):
    contexts = []

    def open_(address, wait=True):
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, ignore_https_errors=True
        )
        context.add_init_script(REFUSALS)
        contexts.append(context)
        page = context.new_page()
        page.sockets = []
        page.on("websocket", lambda socket: page.sockets.append(socket))  # noqa: PLW0108 - Playwright takes no method of a list
        page.goto(address)
        if wait:
            ready(page, 60)
        return page

    yield open_
    for context in contexts:
        context.close()


def store_as_it_is(site):
    return {path: path.stat().st_mtime_ns for path in site.store.root.rglob("*")}


def test_a_deep_link_right_after_the_start_opens_its_page_through_a_websocket_with_tls(
    site, open_page
):
    page = open_page(f"{site.address}/events?month=2025-05&speaker={NAME}")
    expect(page.locator("h1")).to_contain_text("Job Doornberg was at 1 event in May 2025")
    assert [urlsplit(socket.url).scheme for socket in page.sockets] == ["wss"]
    assert page.evaluate("refused") == []


def test_the_viewers_process_really_cannot_write_the_store(site):
    limits = ["setpriv", "--bounding-set=-all", "--no-new-privs"] if os.getuid() == 0 else []
    tried = subprocess.run(
        [*limits, "touch", site.store.root / "x"], capture_output=True, check=False
    )
    assert (tried.returncode, b"Permission denied" in tried.stderr) == (1, True)


def test_every_page_opens_for_a_process_that_may_not_write_the_store(site, open_page):
    before = store_as_it_is(site)
    for name in PAGES:
        page = open_page(f"{site.address}/{name}")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("refused") == [], name
        page.context.close()
    assert store_as_it_is(site) == before


def test_a_link_is_shared_and_opened_and_only_the_shelf_is_written(site, open_page, ask):
    before = store_as_it_is(site)
    page = open_page(f"{site.address}/trainings?year=2025")
    page.get_by_role("button", name="Share", exact=True).first.click()
    short = page.get_by_role("dialog").get_by_label("Short link", exact=True)
    expect(short).to_have_value(re.compile("/s/[a-z2-7]+$"))
    code = urlsplit(short.input_value()).path.rpartition("/")[2]
    status, headers, _ = ask(f"{site.address}/s/{code}")
    assert (status, dict(headers)["location"]) == (307, "../trainings?year=2025")
    assert store_as_it_is(site) == before
    assert [path.name for path in site.shares.iterdir()] == ["shares.sqlite"]


def test_the_records_behind_a_number_are_downloaded(site, open_page):
    page = open_page(f"{site.address}/trainings?year=2025&why=training_participants")
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="As a table").click()
    assert "medicine-first-year" in download.value.path().read_text("utf-8")


def test_publishing_is_refused_where_one_only_looks_and_offered_on_the_other_port(site, open_page):
    page = open_page(f"{site.address}/publish")
    expect(page.get_by_test_id("stMain")).to_contain_text("Nothing is published by this process")
    assert page.locator("input[type=file]").count() == 0
    page = open_page(f"{site.stewards}/publish")
    csv = (
        (site.store.open().records / "events.csv")
        .read_bytes()
        .replace(b"2025-01-23", b"2025-01-24")
    )
    page.locator("input[type=file]").set_input_files(
        {"name": "events.csv", "mimeType": "text/csv", "buffer": csv}
    )
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page).to_have_url(re.compile("candidate=[0-9a-f]{16}"))


def test_who_comes_through_a_proxy_on_this_machine_is_not_taken_for_its_administrator(
    site, open_page
):
    """Every request that nginx passes on comes from 127.0.0.1."""
    text = site.settings.read_text("utf-8")
    site.settings.write_text(
        text.replace("publish_from_anywhere = true", "publish_from_anywhere = false"), "utf-8"
    )
    try:
        page = open_page(f"{site.stewards}/publish")
        expect(page.get_by_test_id("stMain")).to_contain_text("Publishing needs a sign-in")
        assert page.locator("input[type=file]").count() == 0
        page = open_page(f"{site.behind}/publish")  # at the machine itself
        expect(page.get_by_role("button", name="Check", exact=True)).to_be_visible()
    finally:
        site.settings.write_text(text, "utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "metrics",
        "script-health-check",
        "agent/openapi.json",
        "agent/interact",
        "message",
        "health/x",
        "stream/x",
        "x",
        "",
        "component/x",
        "..%2f_stcore/metrics",
        "%6detrics",
    ],
)
def test_streamlits_other_endpoints_are_closed(site, ask, path):
    assert ask(f"{site.address}/_stcore/{path}")[0] in (400, 404)


def test_what_programs_ask_is_answered_with_the_address_that_they_asked(site, ask):
    assert ask(f"{site.address}/health")[0] == 200
    assert ask(f"{site.address}/_stcore/health")[0] == 200
    status, headers, body = ask(f"{site.address}/calendar.ics?month=2025-05")
    assert (status, dict(headers)["content-type"]) == (200, "text/calendar; charset=utf-8")
    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert len(events) == 4
    assert str(events[0]["URL"]).startswith(site.address)
    assert ask(f"{site.address}/api/rows/events?month=2025-05")[0] == 200
    statuses = Counter(ask(f"{site.address}/api")[0] for _ in range(90))
    assert statuses[200] >= 40
    assert statuses.keys() <= {200, 429}


def test_every_header_is_there_once_and_what_is_long_is_compressed(site, ask):
    for path in (
        "/",
        "/events?year=2025",
        "/health",
        "/_stcore/host-config",
        "/s/abcdefgh",
        "/no-such-page",
    ):
        _, headers, _ = ask(f"{site.address}{path}")
        names = Counter(name for name, _ in headers)
        for name in (
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "strict-transport-security",
            "x-frame-options",
        ):
            assert names[name] == 1, (path, name)
        assert not re.search(r"\d", dict(headers)["server"]), (
            "the version of nginx is nobody's business"
        )
    page = ask(f"{site.address}/")[2].decode()
    script = re.search(r'src="\./(static/[^"]+\.js)"', page)[1]
    status, headers, body = ask(f"{site.address}/{script}", accept_encoding="gzip")
    assert (status, dict(headers)["content-encoding"]) == (200, "gzip")
    assert len(gzip.decompress(body)) > 2 * len(body)


def test_the_cookie_of_the_process_comes_with_pages_of_viewers_alone_and_stays_below_their_address(
    site, ask
):
    def given(address, **headers):
        return [
            value
            for name, value in ask(address, **headers)[1]
            if (name, value[:9]) == ("set-cookie", "dashboard")
        ]

    path = urlsplit(site.address).path or "/"
    for address in (f"{site.address}/", f"{site.address}/events?year=2025"):
        assert given(address) == [
            f"dashboard_process=1; Path={path}; HttpOnly; SameSite=Lax; Secure"
        ]
    assert given(f"{site.address}/events", cookie="dashboard_process=1") == []
    assert [
        given(f"{site.address}/{name}")
        for name in ("health", "api", "calendar.ics", "_stcore/health")
    ] == [[]] * 4
    assert given(f"{site.stewards}/") == []


def test_without_tls_one_is_led_to_it(site):
    configuration = (site.folder / "dashboard" / "dashboard.conf").read_text("utf-8")
    port = re.search(r"listen 127\.0\.0\.1:(\d+);", configuration)[1]
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    connection.request("GET", "/events?year=2025", headers={"Host": "localhost"})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("location")) == (
        301,
        "https://localhost/events?year=2025",
    )
    connection.close()


def test_another_host_and_the_page_of_another_site_get_nothing(site, ask):
    evil = "evil.example.net"
    for address in (site.address, site.stewards):
        own = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        assert ask(f"{address}/events", Host=evil)[0] == 421
        assert ask(f"{address}/events", Host=urlsplit(own).netloc)[0] == 200
        for origin in (
            "null",
            f"https://{evil}",
            own.replace("https", "http"),
            "https://localhost",
        ):
            assert ask(f"{address}/_stcore/stream", Origin=origin)[0] == 403
            assert ask(f"{address}/_stcore/upload_file/a/b", "PUT", b"x", Origin=origin)[0] == 403
        assert ask(f"{address}/_stcore/stream")[0] == 403
    configuration = (site.folder / "dashboard" / "dashboard.conf").read_text("utf-8")
    port = re.search(r"listen 127\.0\.0\.1:(\d+);", configuration)[1]
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    connection.request("GET", "/events", headers={"Host": evil})
    assert connection.getresponse().status == 421
    connection.close()


def test_every_cookie_is_secure(site, ask):
    given = [
        value
        for name, value in ask(f"{site.address}/_stcore/host-config")[1]
        + ask(f"{site.address}/")[1]
        if name == "set-cookie"
    ]
    assert {value.partition("=")[0] for value in given} >= {"dashboard_process"}
    assert [value for value in given if "Secure" not in value] == []


def test_a_request_that_is_too_large_is_refused(site, ask):
    assert ask(f"{site.address}/api", "POST", b"x" * 70_000)[0] == 413


def test_a_quiet_websocket_stays_open_for_a_minute(site, open_page):
    page = open_page(f"{site.address}/meetings")
    closed = []
    for socket in page.sockets:
        socket.on("close", lambda socket: closed.append(socket))  # noqa: PLW0108
    page.wait_for_timeout(62_000)
    assert (len(page.sockets), closed) == (1, [])


def test_logs_hold_the_path_and_neither_names_nor_what_was_looked_for(site, ask, open_page):
    """The last: it asks for what goes wrong, too."""
    ask(
        f"{site.address}/events?speaker={NAME}&find=secretword",
        referer=f"{site.address}/people?person={NAME}",
    )
    ask(f"{site.address}/api/rows/events?speaker={NAME}")
    open_page(f"{site.address}/records?find=secretword", wait=False).wait_for_timeout(3000)
    for _ in range(60):  # the limit of requests writes a log, too
        ask(f"{site.address}/api?speaker={NAME}")
    time.sleep(0.5)
    logs = site.logs()
    assert "/events HTTP/1.1" in logs
    assert (
        NAME in logs,
        "secretword" in logs,
        "?" in (site.folder / "dashboard.log").read_text("utf-8"),
    ) == (False, False, False)
