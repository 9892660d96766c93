"""The same on a server that runs: Streamlit's own pages, with our routes and our head around them."""

import http.client
import json
import re
from urllib.parse import urlsplit

import icalendar
import pytest

from dashboard.server.headers import BARE_POLICY
from dashboard.shares import SharesDb, shorten
from dashboard.store import Store
from tests.conftest import ROOT, served_already
from tests.server.test_page_head import Head
from tests.support.serving import served


def get(base, path, method="GET", **headers):
    """Status, headers and body, without following what leads elsewhere."""
    parts = urlsplit(base)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    found = (
        answer.status,
        {name.lower(): value for name, value in answer.getheaders()},
        answer.read(),
    )
    connection.close()
    return found


@pytest.mark.parametrize("base_path", [pytest.param("", marks=pytest.mark.long), "dash"])
def test_a_running_server_has_routes_heads_and_frames(tmp_path, base_path):
    """At the root, as the tests in a browser have it: make test-long."""
    version = served_already(Store(tmp_path / "store"), ROOT / "data")
    home = tmp_path / "home" / "data"
    home.mkdir(parents=True)
    text = (ROOT / "data" / "settings.toml").read_text("utf-8")
    (home / "settings.toml").write_text(
        text.replace("embed_on = []", 'embed_on = ["https://intranet.example.org"]'), "utf-8"
    )
    code = shorten(
        SharesDb(tmp_path / "store" / "shares" / "shares.sqlite"), "/events?month=2025-05"
    )
    under = f"/{base_path}" if base_path else ""
    more = {"STREAMLIT_SERVER_BASE_URL_PATH": base_path} if base_path else {}
    with served(
        tmp_path / "store", health=f"{under}/health", DASHBOARD_HOME=str(tmp_path / "home"), **more
    ) as base:
        status, headers, body = get(base, f"{under}/events?month=2025-05", accept_encoding="gzip")
        assert (status, headers["content-length"]) == (200, str(len(body)))
        head = Head(body.decode())
        assert head.title == ["Events in May 2025 · DASH"]
        assert (
            head.meta["description"]
            == f"4 events, 3 people. As of {head.meta['description'].partition('As of ')[2]}"
        )
        assert headers["content-security-policy"].endswith(
            "; frame-ancestors 'self' https://intranet.example.org"
        )
        assert "x-frame-options" not in headers

        status, headers, body = get(base, f"{under}/s/{code}")
        assert (status, headers["location"], headers["cache-control"]) == (
            307,
            "../events?month=2025-05",
            "no-store",
        )
        assert get(base, f"{under}/s/abcdefgh")[0] == 404

        status, headers, body = get(base, f"{under}/calendar.ics?month=2025-05")
        assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
        assert len(icalendar.Calendar.from_ical(body).walk("VEVENT")) == 4
        assert base in str(icalendar.Calendar.from_ical(body).walk("VEVENT")[0]["URL"])

        answer = json.loads(get(base, f"{under}/api/rows/events?month=2025-05")[2])
        assert (answer["version"], answer["total"]) == (version.id, 4)
        assert get(base, f"{under}/events", method="HEAD")[2] == b""

        for path in ("/_stcore/health", "/_stcore/host-config"):
            status, headers, body = get(base, under + path)
            assert (status, headers["content-security-policy"]) == (
                200,
                f"{BARE_POLICY}; frame-ancestors 'self' https://intranet.example.org",
            )
        script = re.search(r'src="\./(static/[^"]+\.js)"', get(base, f"{under}/")[2].decode())[1]
        status, headers, _ = get(base, f"{under}/{script}")
        assert (status, "javascript" in headers["content-type"]) == (200, True)
        assert "immutable" in headers["cache-control"]
