"""What one reader waits for, in Chromium."""

import time
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.pages import MONTHS, OURS, YEAR, Target, at_rest

SIZE = {"width": 1440, "height": 900}
DEEP, ROUNDS = "2025-05", 3
"""The month of the deep link; and after how many rounds every other one has been asked for."""
REST = 450
"""Milliseconds before and after a change: then nothing happens any more."""


@dataclass
class Visits:
    """Seconds of every visit and change of one page; bytes and requests of a first visit; processor
    seconds per change.
    """

    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    size: int = 0
    requests: int = 0
    changes: list[float] = field(default_factory=list)
    known: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    cpu_known: list[float] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)
    turned: list[float] = field(default_factory=list)
    at_rest: list[float] = field(default_factory=list)


def opened(
    context: BrowserContext, target: Target, sizes: list[int] | None = None
) -> tuple[float, Page]:
    """Seconds until a deep link is painted; the page stays open."""
    page = context.new_page()
    if sizes is not None:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"])
        )
        session.on(
            "Network.webSocketFrameReceived",
            lambda event: sizes.append(len(event["response"]["payloadData"]) * 3 // 4),
        )
    return target.opened(page, DEEP), page


def visit(browser: Browser, target: Target, visits: Visits) -> None:
    """A first visit with an empty cache, and another with what the first one left."""
    # Playwright evaluates what it waits for in the page, which the content policy refuses
    context = browser.new_context(viewport=SIZE, bypass_csp=True)
    sizes: list[int] = []
    seconds, page = opened(context, target, sizes)
    page.wait_for_timeout(1500)
    visits.first.append(seconds)
    visits.size, visits.requests = sum(sizes), len(sizes)
    page.close()
    visits.again.append(opened(context, target)[0])
    context.close()


def change(browser: Browser, target: Target, visits: Visits, months: list[str]) -> None:
    """From the whole year to a month and back, for each month, which nobody has asked this process
    for before; then all of them again, as known ones.
    """
    context = browser.new_context(viewport=SIZE, bypass_csp=True)
    sizes: list[int] = []
    page = opened(context, target, sizes)[1]
    page.wait_for_timeout(1500)
    target.changed(page, target.back, DEEP, YEAR)
    for times, cpus in ((visits.changes, visits.cpu), (visits.known, visits.cpu_known)):
        for month in months:
            page.wait_for_timeout(REST)
            cpu, before = target.cpu(), len(sizes)
            times.append(target.changed(page, target.choose, month, month))
            page.wait_for_timeout(REST)
            visits.at_rest.append(at_rest(page))
            cpus.append(target.cpu() - cpu)
            visits.frames.append(sum(sizes[before:]))
            target.changed(page, target.back, month, YEAR)
    context.close()


def turn(browser: Browser, target: Target, visits: Visits) -> None:
    """To another page and back, where there is one."""
    if target.name != OURS:
        return
    context = browser.new_context(viewport=SIZE, bypass_csp=True)
    page = opened(context, target)[1]
    for name in ("People", "Events", "Trainings"):
        page.wait_for_timeout(1200)
        start = time.perf_counter()
        page.get_by_test_id("stTopNavLink").get_by_text(name, exact=True).click()
        page.wait_for_function(
            "name => document.querySelector('h1 .page-name')?.textContent === name", arg=name
        )
        visits.turned.append(time.perf_counter() - start)
    context.close()


def measure(browser: Browser, targets: list[Target], found: dict[str, Visits]) -> None:
    """Every page, for all months that nobody has asked for, interleaved: a third of the months for
    one page after the other, so that a change of the machine's speed meets all of them.
    """
    for target in targets:
        visit(browser, target, Visits())  # warm
    for number in range(ROUNDS):
        months = [month for month in list(MONTHS)[number::ROUNDS] if month != DEEP]
        for target in targets:
            visit(browser, target, found[target.name])
            change(browser, target, found[target.name], months)
            turn(browser, target, found[target.name])
