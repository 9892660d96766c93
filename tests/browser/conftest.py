"""One dashboard on the shipped records and one window of Chromium for all browser tests."""

import pytest

from tests.support.serving import CHROMIUM_FLAGS, ready


@pytest.fixture(scope="session")
def store(shipped):
    return shipped


@pytest.fixture(scope="session")
def address(shipped_address):
    return shipped_address


@pytest.fixture(scope="session")
def window(playwright, chromium, tmp_path_factory):
    """One reader's browser, whose tabs share what it has fetched and compiled: half the work of a
    new one for each. It has a folder, because a private window keeps nothing that was compiled.
    """
    folder = tmp_path_factory.mktemp("window")
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=chromium, args=CHROMIUM_FLAGS
    )
    yield context
    context.close()


@pytest.fixture
def open_page(window, address):
    """Open a link in a tab of its own: open_page("/events?month=2025-05") gives the drawn page."""
    pages = []

    def open_(link, width=1440, height=900, scheme="light", base=None):
        pages.append(drawn(window, (base or address) + link, width, height, scheme))
        return pages[-1]

    yield open_
    for page in pages:
        page.close()


@pytest.fixture(scope="module")
def look_at(window, address):
    """The same for tests that only look at a page and change nothing on it: a link is opened once
    for all of them.
    """
    pages = {}

    def look(link, scheme="light"):
        if (link, scheme) not in pages:
            pages[link, scheme] = drawn(window, address + link, scheme=scheme)
        return pages[link, scheme]

    yield look
    for page in pages.values():
        page.close()


REFUSALS = """window.refused = [];
document.addEventListener('securitypolicyviolation', found =>
    refused.push(`${found.effectiveDirective} ${found.blockedURI} ${found.sourceFile} ${found.lineNumber} ${found.sample}`))"""
"""Keeps what the content policy refuses a page."""


def drawn(window, address, width=1440, height=900, scheme="light", asked=None):
    """A page in a tab of its own, when it has been drawn; the addresses that it asks for are added
    to `asked`.
    """
    page = window.new_page()
    page.add_init_script(REFUSALS)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    if asked is not None:
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url.replace("ws://", "http://")))
    page.goto(address)
    ready(page)
    return page
