"""What every answer tells the browser that it may do."""

import base64
import hashlib

import pytest
from starlette.responses import Response

from dashboard.server.headers import FIXED_HEADERS, SecurityHeadersMiddleware, build_page_policy
from tests.server.conftest import INDEX
from tests.server.test_page_head import EVERYWHERE
from tests.support.asgi import ask

EXCEPTIONS = {
    "default-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""The policy of a page beside its scripts. Whoever adds to it gives the reason in
docs/operations.md.
"""


def parts(policy):
    return {name: value for name, _, value in (part.partition(" ") for part in policy.split("; "))}


def test_a_page_may_do_what_is_listed_and_nothing_else(real_site):
    found = parts(real_site("/events?year=2025").headers["content-security-policy"])
    assert found.pop("frame-ancestors") == "'self'"
    assert found.pop("script-src").split()[:2] == ["'self'", "'wasm-unsafe-eval'"]
    assert found == EXCEPTIONS


def test_of_the_scripts_within_a_page_only_streamlits_own_run():
    inside = INDEX.read_text("utf-8").partition("<script>")[2].partition("</script>")[0]
    assert "prerenderReady" in inside
    digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
    assert parts(build_page_policy())["script-src"].split()[2:] == [f"'sha256-{digest}'"]


@pytest.mark.parametrize(
    "path", ["/api", "/calendar.ics", "/health", "/_stcore/metrics", "/api/rows/events?year=2025"]
)
def test_what_is_no_page_may_do_nothing_at_all(real_site, path):
    policy = real_site(path).headers["content-security-policy"]
    assert (
        policy == "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


@pytest.mark.parametrize("path", [*EVERYWHERE, "/_stcore/metrics", "/nothing-here"])
def test_every_answer_has_every_header_once(real_site, path):
    headers = real_site(path).headers  # one that was sent twice is joined by a comma
    assert {name: headers[name.lower()] for name in FIXED_HEADERS} == dict(FIXED_HEADERS)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].count("default-src") == 1
    assert "strict-transport-security" not in headers


def test_not_modified_keeps_the_policy_of_the_page_that_the_browser_has():
    answer = ask(SecurityHeadersMiddleware(Response(status_code=304)), "/events")
    assert (
        answer.headers["content-security-policy"]
        == f"{build_page_policy()}; frame-ancestors 'self'"
    )
