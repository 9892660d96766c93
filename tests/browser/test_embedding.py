"""The dashboard in the frame of another site: where the settings name that site, and nowhere else."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT
from tests.support.serving import served

pytestmark = pytest.mark.browser
INTRANET, ELSEWHERE = "https://intranet.example.org", "https://elsewhere.example.org"


@pytest.fixture(scope="module")
def address(store, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "data", home / "data")
    path = home / "data" / "settings.toml"
    path.write_text(
        path.read_text("utf-8").replace("embed_on = []", f'embed_on = ["{INTRANET}"]'), "utf-8"
    )
    assert INTRANET in path.read_text("utf-8")
    with served(store.root, DASHBOARD_HOME=str(home)) as url:
        yield url


@pytest.fixture
def framed(browser, address):
    """A page of another site, which holds the dashboard in a frame; its address is answered here."""
    contexts = []

    def open_(site):
        context = browser.new_context()
        # a page of the internet may not ask this computer, unless the reader allows it: not what is
        # tested here
        context.grant_permissions(["local-network-access"], origin=site)
        contexts.append(context)
        frame = f'<iframe title="dashboard" width="900" height="700" src="{address}/events?year=2025&chart=timeline&embed=true">'
        context.route(
            f"{site}/**",
            lambda route: route.fulfill(
                body=f"<!doctype html><title>Site</title>{frame}</iframe>", content_type="text/html"
            ),
        )
        page = context.new_page()
        page.goto(f"{site}/")
        return page.frame_locator("iframe")

    yield open_
    for context in contexts:
        context.close()


def test_a_site_that_the_settings_name_shows_one_chart_without_filters_and_with_the_way_to_the_dashboard(
    framed,
):
    frame = framed(INTRANET)
    expect(
        frame.get_by_role("heading", name="Most in December, nothing recorded in July and August")
    ).to_be_visible()
    drawn = frame.locator(".ours figure[data-chart=timeline] .main-svg").first
    expect(drawn).to_be_visible()
    expect(frame.get_by_role("link", name="Open in the dashboard")).to_be_visible()
    for part in (".st-key-bar", ".tile", ".agenda-row", "[data-testid=stTopNavLink]"):
        expect(frame.locator(part)).to_have_count(0)
    expect(frame.get_by_role("button", name="Share")).to_have_count(0)


def test_another_site_shows_nothing(framed):
    expect(framed(ELSEWHERE).get_by_test_id("stApp")).to_have_count(0, timeout=5_000)
