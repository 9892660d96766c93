"""One dashboard on the shipped records and one Chromium for all browser tests."""

import sys

import pytest
from playwright.sync_api import sync_playwright

from dashboard.store import Store
from tests.conftest import ROOT, publish_folder
from tests.serving import CHROMIUM_FLAGS, ready, served

sys.path.insert(0, str(ROOT / "scripts"))
from find_chromium import installed


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    found = Store(tmp_path_factory.mktemp("served"))
    publish_folder(found, ROOT / "data")
    return found


@pytest.fixture(scope="session")
def address(store):
    with served(store.root) as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    path = installed()
    assert path, "no Chromium: run python scripts/find_chromium.py"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, address):
    """Open a link in a browser of its own: open_page("/events?month=2025-05") gives the drawn page."""
    contexts = []

    def open_(link, width=1440, height=900, scheme="light", base=None):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme,
                                      accept_downloads=True)  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.goto((base or address) + link)
        ready(page)
        return page

    yield open_
    for context in contexts:
        context.close()
