"""Sign-in with a provider that runs: who is let in, what they see, and how it ends."""

import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from dashboard.store import Store
from tests.browser.conftest import headline
from tests.browser.test_access import ours
from tests.conftest import ROOT, served_already
from tests.support.serving import ready
from tests.support.signing_in import provider, served_with_sign_in

pytestmark = pytest.mark.browser
LINK = "/events?month=2025-05&speaker=job-doornberg"
FINDING = "Job Doornberg was at 1 event in May 2025"
SECRETS = ("Doornberg", "Groningen", "version", "participants")
"""Words of the records, which nobody may read who has not signed in."""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A provider with three people, and a dashboard under a path that asks it: (provider, address,
    home, store).
    """
    folder, store = tmp_path_factory.mktemp("sign-in"), Store(tmp_path_factory.mktemp("store"))
    served_already(store, ROOT / "data")
    with provider() as people:
        people.says("anna", name="Anna Viewer", groups=["dash-viewers"])
        people.says("sam", name="Sam Steward", groups=["dash-stewards", "dash-viewers"])
        people.says("nina", name="Nina Newcomer", groups=["others"])
        with served_with_sign_in(store.root, folder, people.address, "/dash") as address:
            yield people, address, folder / "home", store


@pytest.fixture
def visitor(browser):
    """Somebody's browser, which has not been here; what the server sends to it is kept in `heard`."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.heard = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: page.heard.append(bytes_of(frame))),
    )
    yield page
    context.close()


def bytes_of(frame):
    return frame if isinstance(frame, bytes) else str(frame).encode()


def sign_in(page, name):
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator("input[name=sub]").fill(name)
    page.keyboard.press("Enter")


def cookie_header(page):
    return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())


def status(address, cookie=""):
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, headers={"Cookie": cookie}), timeout=20
        ) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def sign_out(page, name):
    """From behind the name of who is signed in, here and at the provider."""
    page.get_by_role("button", name=name).click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()


def test_a_deep_link_right_after_the_start_asks_for_the_sign_in_and_then_opens_the_same_view(
    house, visitor
):
    _, address, _, _ = house
    visitor.goto(address + LINK)
    expect(visitor.get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=40_000)
    assert not [word for word in SECRETS if any(word.encode() in frame for frame in visitor.heard)]
    assert not any(word in visitor.content() for word in SECRETS)
    expect(visitor.get_by_role("link", name="Trainings")).to_have_count(0)
    assert ours(visitor) == []  # for who reads with a screen reader, too
    sign_in(visitor, "anna")
    ready(visitor)
    expect(headline(visitor)).to_contain_text(FINDING)
    assert visitor.url == address + LINK
    assert any(
        word.encode() in frame for word in SECRETS for frame in visitor.heard
    )  # the look above would have seen it

    # a viewer: no new data, nothing that is not published, and no word of how to correct a record
    visitor.get_by_role("button", name="Data").click()
    expect(visitor.get_by_role("menuitem", name="Records")).to_be_visible()
    expect(visitor.get_by_role("menuitem", name="New data")).to_have_count(0)
    visitor.goto(address + "/publish?candidate=0123456789abcdef")
    ready(visitor)
    expect(
        visitor.get_by_text("New data is published by stewards, and you are a viewer.").last
    ).to_be_visible()
    expect(visitor.get_by_text("What is not published is for stewards")).to_be_visible()
    expect(visitor.get_by_role("button", name="Check")).to_have_count(0)

    # a calendar program cannot sign in: it has an address of its own
    visitor.goto(address + LINK)
    ready(visitor)
    visitor.get_by_role("button", name="Take along", exact=True).click()
    dialog = visitor.get_by_role("dialog")
    dialog.get_by_role("button", name="Make a private address").click()
    field = dialog.get_by_label("Private address, shown until you leave")
    expect(field).to_have_value(re.compile("/calendar.ics?.*key="))
    private = field.input_value()
    code, calendar = status(private)
    assert (code, calendar.count("BEGIN:VEVENT")) == (200, 1)
    assert status(private.partition("&key=")[0])[0] == 401
    dialog.get_by_role("button", name="Withdraw").click()
    expect(dialog.get_by_role("button", name="Withdraw")).to_have_count(0)
    assert status(private)[0] == 401
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)

    # nor can a feed reader, whose address opens the feed alone
    visitor.goto(address + "/changes?year=all")
    ready(visitor)
    visitor.get_by_role("button", name="Take along", exact=True).click()
    dialog.get_by_role("button", name="Make a private address").click()
    expect(field).to_have_value(re.compile(r"/changes.atom\?year=all.*key=feed\."))
    private = field.input_value()
    code, feed = status(private)
    assert (code, "</feed>" in feed) == (200, True)
    assert status(private.replace("changes.atom", "calendar.ics"))[0] == 401
    assert status(private.partition("&key=")[0])[0] == 401
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)

    # signing out ends it, also for a copy of the cookie
    copied = cookie_header(visitor)
    assert status(address + "/api/metrics", copied)[0] == 200
    sign_out(visitor, "Anna Viewer")
    expect(visitor.get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=40_000)
    assert status(address + "/api/metrics", copied)[0] == 401


def test_a_steward_publishes_and_is_shut_out_while_the_page_is_open_when_the_role_is_taken_away(
    house, visitor
):
    people, address, home, _ = house
    visitor.goto(address + "/publish")
    sign_in(visitor, "sam")
    ready(visitor)
    expect(visitor.get_by_role("heading", name="New data")).to_be_visible()
    expect(visitor.get_by_role("button", name="Check")).to_be_visible()
    assert visitor.url.startswith(address + "/publish")

    rules = home / "data" / "settings.toml"
    kept = rules.read_text("utf-8")
    rules.write_text(
        kept.replace('"dash-stewards"', '"dash-owners"').replace(
            '"dash-viewers"', '"dash-readers"'
        ),
        "utf-8",
    )
    try:
        # nobody clicked
        expect(visitor.get_by_text("your account has no access")).to_be_visible(timeout=20_000)
        expect(visitor.get_by_role("button", name="Check")).to_have_count(0)
        assert status(address + "/api/metrics", cookie_header(visitor))[0] == 403
    finally:
        rules.write_text(kept, "utf-8")
    visitor.reload()
    ready(visitor)

    # a role that is taken away at the provider is gone at the next sign-in
    people.says("sam", name="Sam Steward", groups=["others"])
    sign_out(visitor, "Sam Steward")
    sign_in(visitor, "sam")
    expect(visitor.get_by_text("your account has no access")).to_be_visible(timeout=40_000)
    expect(visitor.get_by_text("Signed in as Sam Steward")).to_be_visible()
    assert status(address + "/api/metrics", cookie_header(visitor))[0] == 403
    assert not [word for word in SECRETS if word in visitor.content()]


def test_an_answer_of_the_provider_that_is_used_again_or_made_up_lets_nobody_in(house, visitor):
    _, address, _, _ = house
    answers = []
    visitor.on(
        "request",
        lambda request: answers.append(request.url) if "/oauth2callback" in request.url else None,
    )
    visitor.goto(address + "/meetings")
    sign_in(visitor, "anna")
    ready(visitor)
    for made_up in (
        answers[0],
        f"{address}/oauth2callback?code=x&state=y",
        f"{address}/oauth2callback",
    ):
        assert '"error"' in status(f"{address}/api/metrics", first_cookies(made_up))[1]
    assert (
        status(
            f"{address}/oauth2callback?error=access_denied&error_description=<script>alert(1)</script>"
        )[0]
        == 200
    )


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_):
        return None


def first_cookies(address):
    """The cookies that somebody gets who comes with this answer."""
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.build_opener(Stay).open(address, timeout=20)
    with answer.value as response:
        assert (response.code, response.headers["location"]) == (302, "/dash/")
        return "; ".join(
            value.partition(";")[0] for value in response.headers.get_all("set-cookie", [])
        )
