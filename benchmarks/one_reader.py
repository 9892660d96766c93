"""What one reader waits for, in Chromium: links that are opened, and walks through the filters."""

import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, CDPSession
from tests.support.serving import wait_until

from benchmarks.pages import OURS, Target
from benchmarks.walk import NEW, State, Step, Walker, count_charts, count_held, linked

SIZE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SLOWER, BYTES_A_SECOND, LATENCY = 4, 10e6 / 8, 40
"""A phone: how many times slower its processor is, and its network; milliseconds."""
QUIET, TICK, MOST = 0.5, 0.015, 60
"""A server is idle when it has used no more processor than a tick in so many seconds; it is waited
for at most so long.
"""
WATCH = """
({held, charts}) => {
  const before = new Set([...document.querySelectorAll('.js-plotly-plot')].map(plot => plot.data));
  const painting = window.painting = {from: 0, until: 0, last: 0};
  for (const taken of ['click', 'change'])  // an option of a list is not clicked
    addEventListener(taken, event => { painting.from ||= event.timeStamp; }, {capture: true, once: true});
  window.watching?.forEach(observer => observer.disconnect());  // those of the last change would take time in this one
  const frames = [];
  const changes = new MutationObserver(() => { painting.last = performance.now(); });
  const long = new PerformanceObserver(seen => frames.push(...seen.getEntries()));
  changes.observe(document, {subtree: true, childList: true, attributes: true});
  long.observe({type: 'long-animation-frame', buffered: true});
  window.watching = [changes, long];
  const number = new RegExp(`(?<![0-9,])${held} events?(?![a-z])`);
  const shown = (at, after) => {
    const frame = frames.find(frame => frame.renderStart <= at && at <= frame.paintTime);
    painting.until = frame ? frame.presentationTime : after;
  };
  const look = () => {
    const plots = [...document.querySelectorAll('.js-plotly-plot')].filter(plot => plot.checkVisibility());
    const drawn = plot => plot.data && !before.has(plot.data) && plot.querySelector('.main-svg');
    if (number.test(document.querySelector('h1')?.textContent) && plots.length >= charts && plots.every(drawn)) {
      const at = performance.now(), {port1, port2} = new MessageChannel();
      port1.onmessage = () => { const after = performance.now(); setTimeout(() => shown(at, after), 300); };
      port2.postMessage(0);
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
"""Notes in the page when it was clicked, or an option chosen (or opened, 0), when the frame was presented in which the
heading says the number of held events and every chart that is seen is a new one, and when anything
was last changed. Chromium tells the presentation of a frame of 50 ms and more (Long Animation
Frames); of a shorter one, a message that is sent from it arrives when it is painted.
"""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


class WrongNumberError(Exception):
    """A page does not show what it must."""


@dataclass
class Changed:
    """One change of a walk: the number of the walk, what was changed and how it was found; seconds
    until it was painted and until the document was at rest, of processor until it was painted, and
    bytes.
    """

    walk: int
    step: Step
    painted: float
    at_rest: float
    cpu: float
    size: int


@dataclass
class Visits:
    """What was measured of one page: seconds of first and repeated visits, bytes and requests of a
    first visit; its changes; seconds of processor for a change, everything counted, of each walk; on a
    phone, seconds until the first paint, the first chart, and from a tap until its answer.
    """

    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    size: int = 0
    requests: int = 0
    changes: list[Changed] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    phone: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    turned: list[float] = field(default_factory=list)


class Reader:
    """A page that is open in a window of its own."""

    def __init__(self, context: BrowserContext, target: Target) -> None:
        self.target, self.page = target, context.new_page()
        self.tools: CDPSession = context.new_cdp_session(self.page)
        self.sizes: list[int] = []
        self.tools.send("Network.enable")
        self.tools.on(
            "Network.loadingFinished", lambda event: self.sizes.append(event["encodedDataLength"])
        )
        self.tools.on(
            "Network.webSocketFrameReceived",
            lambda event: self.sizes.append(len(event["response"]["payloadData"]) * 3 // 4),
        )

    def open(self, state: State, more: str = "") -> float:
        """Open a link; seconds from the navigation until number and charts are painted."""
        self.page.add_init_script(f"({WATCH})({json.dumps(_sought(state))})")
        link = f"{self.target.base}{self.target.path}?{urlencode(state.query)}{more}"
        self.page.goto(link)
        return self._painted(state)

    def change(self, step: Step) -> tuple[float, float]:
        """Take a step of a walk; seconds from the choice until number and charts are painted, and
        those of processor that the server used meanwhile.
        """
        choice = self.target.find(self.page, step)
        choice.element.scroll_into_view_if_needed()
        self.settle()
        self.page.evaluate(WATCH, _sought(step.after))
        cpu = self.target.cpu()
        choice.take()
        painted = self._painted(step.after)
        return painted, self.target.cpu() - cpu

    def settle(self) -> None:
        """Wait until the server is idle: what it works ahead is done."""
        used, quiet_since = self.target.cpu(), time.monotonic()
        until = quiet_since + MOST
        while time.monotonic() - quiet_since < QUIET:
            self.page.wait_for_timeout(50)
            if (now := self.target.cpu()) - used > TICK:
                used, quiet_since = now, time.monotonic()
            if time.monotonic() > until:
                raise WrongNumberError(f"{self.target.name} is never idle")

    def at_rest(self) -> float:
        """Seconds from the choice until the document was last changed."""
        times: dict[str, float] = self.page.evaluate("window.painting")
        return (times["last"] - times["from"]) / 1000

    def _painted(self, state: State) -> float:
        try:
            wait_until(self.page, "Boolean(window.painting?.until)", 120)
        except AssertionError:
            said = self.page.locator("h1").all_text_contents()
            plots = self.page.locator(".js-plotly-plot").count()
            raise WrongNumberError(
                f"{self.target.name}, {state}: {_sought(state)} is not shown, but {said} and {plots}"
                " charts"
            ) from None
        times: dict[str, float] = self.page.evaluate("window.painting")
        return (times["until"] - times["from"]) / 1000


def _sought(state: State) -> dict[str, str | int]:
    return {"held": f"{count_held(state):,}", "charts": count_charts(state)}


def visit(browser: Browser, target: Target, state: State, visits: Visits) -> None:
    """A first visit with an empty cache, and another with what the first one left."""
    with browser.new_context(viewport=SIZE) as context:
        reader = Reader(context, target)
        visits.first.append(reader.open(state))
        reader.page.wait_for_timeout(1500)
        visits.size, visits.requests = sum(reader.sizes), len(reader.sizes)
        reader.page.close()
        visits.again.append(Reader(context, target).open(state))


def walk(
    browser: Browser, target: Target, begin: State, steps: list[Step], number: int, visits: Visits
) -> None:
    """Walk through the filters, with the rest after each change that the work ahead needs."""
    with browser.new_context(viewport=SIZE) as context:
        reader = Reader(context, target)
        reader.open(begin)
        reader.page.wait_for_timeout(1000)
        reader.settle()
        at_begin = target.cpu()
        for step in steps:
            before = len(reader.sizes)
            painted, cpu = reader.change(step)
            target.close(reader.page, step)
            reader.page.wait_for_timeout(QUIET * 1000)
            reader.settle()
            size = sum(reader.sizes[before:])
            visits.changes.append(Changed(number, step, painted, reader.at_rest(), cpu, size))
        if steps:
            visits.cpu.append((target.cpu() - at_begin) / len(steps))


def hold(browser: Browser, target: Target, begin: State, step: Step, visits: Visits) -> None:
    """Open a link on a phone, and tap on a filter."""
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        reader = Reader(context, target)
        reader.tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        reader.tools.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": LATENCY,
                "downloadThroughput": BYTES_A_SECOND,
                "uploadThroughput": BYTES_A_SECOND,
            },
        )
        visits.phone["chart"].append(reader.open(begin, target.narrow))
        visits.phone["paint"].append(reader.page.evaluate(FIRST_PAINT) / 1000)
        reader.page.wait_for_timeout(3000)
        visits.phone["tap"].append(reader.change(step)[0])


def turn(browser: Browser, target: Target, state: State, visits: Visits) -> None:
    """To another page of ours and back."""
    with browser.new_context(viewport=SIZE) as context:
        reader = Reader(context, target)
        reader.open(state)
        for name in ("People", "Events", "Trainings"):
            reader.page.wait_for_timeout(1200)
            start = time.perf_counter()
            reader.page.get_by_test_id("stTopNavLink").get_by_text(name, exact=True).click()
            reader.page.locator("h1 .page-name", has_text=name).wait_for(state="attached")
            visits.turned.append(time.perf_counter() - start)


@dataclass
class Plan:
    """How often links are opened, walks are walked and a phone is held."""

    links: int
    walks: int
    phones: int


def measure(browser: Browser, targets: list[Target], plan: Plan, found: dict[str, Visits]) -> None:
    """Every page, in turns that begin with another one each time, so that a change of the machine's
    speed meets all of them.
    """
    walker, link = Walker(), linked()
    walker.visit(link)
    for target in targets:
        if target.walks or plan.links:
            visit(browser, target, link, Visits())  # warm
    for number in range(max(plan.links, plan.walks, plan.phones)):
        turns = targets[number % len(targets) :] + targets[: number % len(targets)]
        walked = [target for target in turns if target.walks]
        if number < plan.links:
            _open_links(browser, turns, link, found)
        if number < plan.walks:
            begin = walker.begin()
            steps = list(walker.go(begin))
            for target in walked:
                walk(browser, target, begin, steps, number, found[target.name])
        if number < plan.phones:
            begin = walker.begin()
            step = next(walker.go(begin, [("month", NEW, None)]))
            for target in walked:
                hold(browser, target, begin, step, found[target.name])


def _open_links(
    browser: Browser, targets: list[Target], link: State, found: dict[str, Visits]
) -> None:
    for target in targets:
        visit(browser, target, link, found[target.name])
        if target.name == OURS:
            turn(browser, target, link, found[target.name])
