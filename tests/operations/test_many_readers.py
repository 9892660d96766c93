"""Two processes behind nginx under a load of readers, as `python -m dashboard serve` starts them:
one is killed, and something is published meanwhile.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import psutil
import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed

from dashboard.server.multiprocess import run_processes
from dashboard.server.multiprocess.nginx import is_free
from dashboard.store import Store
from tests.browser.test_faults import OPEN, seen
from tests.conftest import ROOT, publish_folder, replace_in, served_already
from tests.operations.conftest import home_of_stewards
from tests.support.serving import ready, wait_for
from tests.support.sessions import cookie_of_a_page, session
from tests.support.signing_in import home_with_sign_in, provider, secrets

pytestmark = [pytest.mark.browser, pytest.mark.long]
READERS = 8
SHOWN_AFTER = 5
"""Seconds after which every process shows what was published: docs/operations.md."""
PAGE = "year=2025", "people"
OLD, NEW = b"Wim Smit", b"Willem Smit"


def until(holds, seconds):
    """Seconds until it holds."""
    begin = time.monotonic()
    while not holds():
        assert time.monotonic() - begin < seconds
        time.sleep(0.1)
    return time.monotonic() - begin


def port_below():
    """A port that is free, below those of outgoing connections."""
    start = 20_000 + os.getpid() % 5000
    return next(number for number in range(start, start + 1000) if is_free(number))


class House:
    """The command with its processes, on a store whose next version waits in a folder."""

    def __init__(self, folder):
        self.store, before = (
            Store(folder / "store"),
            shutil.copytree(ROOT / "data", folder / "before"),
        )
        self.after = shutil.copytree(before, folder / "after")
        replace_in(self.after, "people", OLD.decode(), NEW.decode())
        self.old = served_already(self.store, before).id
        self.logs, self.said = folder / "logs", folder / "said"
        port = port_below()
        self.address = f"http://127.0.0.1:{port}"
        with self.said.open("w") as said, (folder / "told").open("w") as told:
            self.command = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "dashboard",
                    "--store",
                    self.store.root,
                    "serve",
                    "--processes",
                    "2",
                    "--port",
                    str(port),
                    "--logs",
                    self.logs,
                ],
                cwd=ROOT,
                stdout=told,
                stderr=said,
                env=os.environ | {"DASHBOARD_HOME": str(home_of_stewards(folder))},
            )
        wait_for(self.address, self.command, 120)
        until(lambda: self.address in (folder / "told").read_text("utf-8"), 10)
        self.ports = [
            int(found)
            for found in re.findall(r":(\d+)\$ ", (self.logs / "viewers.inc").read_text("utf-8"))
        ]

    def process(self, number):
        """The process of that number, when it is there."""
        ending = ["--server.port", str(self.ports[number - 1])]
        children = psutil.Process(self.command.pid).children()
        return next((child for child in children if child.cmdline()[-2:] == ending), None)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("many"))
    yield house
    if house.command.poll() is None:
        house.command.terminate()
        house.command.wait(30)


@dataclass
class Answer:
    asked: float
    seconds: float
    process: str
    versions: set
    names: set


@dataclass
class Load:
    """What readers got, and how long each waited whose connection was cut, until the next answer."""

    answers: list[Answer] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def reader(house, number, load, stop):
    """Clicks every two seconds; connects again as a browser does, with the cookie of before."""
    choose, cookie, cut = random.Random(number), "", 0.0
    while not stop.is_set():
        try:
            cookie = cookie_of_a_page(house.address, cookie)
            with session(house.address, cookie=cookie) as page:
                while not stop.is_set():
                    asked = time.monotonic()
                    page.ask(*PAGE)
                    page.finished(60)
                    load.answers.append(found(page.answer, asked, cookie))
                    if cut:
                        load.cuts.append(time.monotonic() - cut)
                        cut = 0.0
                    stop.wait(choose.uniform(1, 3))
        except (ConnectionClosed, OSError) as error:
            if cut:
                load.wrong.append(f"reader {number}, connecting again: {error!r}")
                return
            cut = time.monotonic()


def found(answer, asked, cookie):
    versions = {version.decode() for version in re.findall(rb"version ([0-9a-f]{16})", answer)}
    return Answer(
        asked,
        time.monotonic() - asked,
        cookie,
        versions,
        {name for name in (OLD, NEW) if name in answer},
    )


@contextmanager
def readers(house):
    load, stop = Load(), threading.Event()
    threads = [
        threading.Thread(target=reader, args=(house, nr, load, stop)) for nr in range(READERS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        stop.set()
        for thread in threads:
            thread.join(90)
    assert load.wrong == []
    assert not any(thread.is_alive() for thread in threads), "somebody stayed without an answer"


@pytest.fixture
def open_page(browser):
    """Opens a link in a browser of its own; gives the drawn page and the number of its process."""
    with ExitStack() as stack:

        def open_(address, drawn=True):
            context = stack.enter_context(
                browser.new_context(viewport={"width": 1440, "height": 900})
            )
            page = context.new_page()
            page.goto(address)
            if drawn:
                ready(page, 60)
            return page

        yield open_


def number_of(page):
    return next(
        int(cookie["value"])
        for cookie in page.context.cookies()
        if cookie["name"] == "dashboard_process"
    )


def test_one_of_two_processes_is_killed_under_load_and_everybody_goes_on_with_the_same_view(
    house, open_page
):
    page = open_page(house.address + OPEN)
    number, before = number_of(page), seen(page)
    with readers(house) as load:
        until(lambda: len({answer.process for answer in load.answers}) == 2, 60)
        dead = house.process(number).pid
        os.kill(dead, signal.SIGKILL)
        begin = time.monotonic()
        moved = until(lambda: number_of(page) != number, 30)
        until(lambda: seen(page) == before, 30)
        back = time.monotonic() - begin
        until(lambda: (one := house.process(number)) is not None and one.pid != dead, 30)
        again = time.monotonic() - begin
        until(lambda: len(load.cuts) >= 2, 60)
        page.wait_for_timeout(8_000)  # it is asked again
        assert number_of(page) != number
        assert {number_of(open_page(f"{house.address}/")) for _ in range(2)} == {1, 2}
    assert load.cuts
    assert {len(answer.versions) for answer in load.answers} == {1}
    took = sorted(answer.seconds for answer in load.answers)
    print(
        f"killed under load: connected again after {moved:.1f} s, drawn after {back:.1f} s; {len(load.cuts)} readers had their next"
        f" answer after at most {max(load.cuts):.1f} s; process started again within {again:.1f} s;"
        f" {len(took)} answers, median {took[len(took) // 2]:.2f} s, longest {took[-1]:.2f} s"
    )
    assert f"Process {number} is started again." in house.said.read_text("utf-8")


def test_what_is_uploaded_reaches_the_page_that_another_process_took_over(house, open_page):
    page = open_page(f"{house.address}/publish")
    number = number_of(page)
    dead = house.process(number).pid
    os.kill(dead, signal.SIGKILL)
    until(lambda: number_of(page) != number, 30)
    until(lambda: (one := house.process(number)) is not None and one.pid != dead, 30)
    page.wait_for_timeout(8_000)  # the one that was killed would be asked again
    ready(page, 60)
    csv = (house.store.open().records / "events.csv").read_bytes()
    changed = csv.replace(b"AI in UMCG Symposium", b"AI in the UMCG: a symposium")
    assert changed != csv  # the same records would be no candidate
    page.locator("input[type=file]").set_input_files(
        {"name": "events.csv", "mimeType": "text/csv", "buffer": changed}
    )
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page).to_have_url(re.compile("candidate=[0-9a-f]{16}"), timeout=60_000)


def test_what_is_published_under_load_is_soon_shown_by_both_processes_and_no_answer_mixes_versions(
    house, open_page
):
    pages = [open_page(house.address + link) for link in (OPEN, "/people?year=2025")]
    assert {number_of(page) for page in pages} == {1, 2}
    with readers(house) as load:
        until(lambda: len({answer.process for answer in load.answers}) == 2, 60)
        new = publish_folder(house.store, house.after).version.id
        published = time.monotonic()
        for page in pages:
            expect(page.get_by_text(f"version {new}").first).to_be_visible(timeout=60_000)
        shown = time.monotonic() - published
        time.sleep(10)
    kinds = Counter(
        (answer.process, *sorted(answer.versions), *sorted(answer.names)) for answer in load.answers
    )
    processes = [f"dashboard_process={number}" for number in (1, 2)]
    assert set(kinds) == {(one, *of) for one in processes for of in ((house.old, OLD), (new, NEW))}
    late = [answer for answer in load.answers if answer.asked > published + SHOWN_AFTER]
    assert late
    assert all(answer.versions == {new} for answer in late)
    assert load.cuts == []
    last = max((a.asked - published for a in load.answers if a.versions == {house.old}), default=0)
    print(
        f"published under load: open pages show it after {shown:.1f} s, the last answer from the version before was asked for"
        f" {last:.1f} s after; {len(load.answers)} answers, none mixed"
    )


def test_who_is_on_the_way_to_sign_in_when_a_process_dies_is_signed_in_at_the_other(
    tmp_path, monkeypatch, open_page
):
    store, port = Store(tmp_path / "store"), port_below()
    served_already(store, ROOT / "data")
    address = f"http://127.0.0.1:{port}"
    monkeypatch.setenv("DASHBOARD_HOME", str(home_with_sign_in(tmp_path / "home")))
    with provider() as people:
        people.says("anna", name="Anna Viewer", groups=["dash-viewers"])
        monkeypatch.setenv(
            "STREAMLIT_SECRETS_FILES", str(secrets(tmp_path, address, people.address))
        )
        with run_processes(2, port, store.root, tmp_path / "logs") as programs:
            page = open_page(f"{address}/events?month=2025-05", drawn=False)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.locator("input[name=sub]").fill("anna")  # at the provider
            number = number_of(page)
            dead = programs[number - 1]
            dead.running.kill()
            dead.running.wait(10)
            page.keyboard.press("Enter")
            ready(page, 60)
            assert page.url == f"{address}/events?month=2025-05"
            assert number_of(page) == 3 - number
            dead.start()
            own = f"http://127.0.0.1:{dead.command[-1]}"
            wait_for(f"{own}/_stcore/health", dead.running)
            cookies = "; ".join(
                f"{one['name']}={one['value']}" for one in page.context.cookies(address)
            )
            asked = urllib.request.Request(
                f"{own}/api", headers={"Cookie": cookies, "X-Forwarded-For": "127.0.0.1"}
            )
            with urllib.request.urlopen(asked, timeout=30) as answer:
                assert answer.status == 200
            with pytest.raises(urllib.error.HTTPError, match="401"):
                urllib.request.urlopen(f"{own}/api", timeout=30)


def test_the_command_ends_with_all_that_it_started_and_no_log_holds_what_was_asked(house):
    """The last."""
    started = psutil.Process(house.command.pid).children(recursive=True)
    assert len(started) >= 4
    house.command.terminate()
    assert house.command.wait(30) == 0
    # a zombie has ended: whoever adopted it has not asked yet how
    assert not [one for one in started if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    logs = {path.name: path.read_text("utf-8", "replace") for path in house.logs.glob("*.log")}
    assert "/people HTTP" in logs["access.log"] or "/events HTTP" in logs["access.log"]
    assert not any("ai-in-medical-imaging" in text or "year=2025" in text for text in logs.values())
