"""Readers who are slow, stop reading, or leave by the hundred: nobody else waits for them, and the
server stays as it is.
"""

import time
from contextlib import suppress

import psutil
import pytest
from websockets.exceptions import ConnectionClosed

from dashboard.store import Store
from tests.conftest import ROOT, served_already
from tests.support.proxy import through
from tests.support.serving import free_port, start, wait_for
from tests.support.sessions import session

PAGE = "year=2025", "events"
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that has drawn its pages once; gives its address and its process."""
    store, port = Store(tmp_path_factory.mktemp("slow") / "store"), free_port()
    served_already(store, ROOT / "data")
    process = start(store.root, port)
    address = f"http://127.0.0.1:{port}"
    wait_for(f"{address}/_stcore/health", process)
    for _ in range(3):
        drawn_in(address)
    yield address, psutil.Process(process.pid)
    process.terminate()
    process.wait(20)


def drawn_in(address):
    """Seconds until a page is drawn for somebody who comes now."""
    begin = time.monotonic()
    with session(address) as reader:
        reader.ask(*PAGE)
        reader.finished()
    return time.monotonic() - begin


@pytest.mark.long
@pytest.mark.parametrize("seconds", [6, pytest.param(60, marks=pytest.mark.long)])
def test_a_reader_who_stops_reading_holds_up_nobody_and_costs_bounded_memory(server, seconds):
    address, process = server
    alone = max(drawn_in(address) for _ in range(3))
    before, threads, took = process.memory_info().rss, process.num_threads(), []
    begin, asked, held = time.monotonic(), 0, 0.0
    with session(address, reads_little=True) as stopped:
        while time.monotonic() - begin < seconds:
            with suppress(ConnectionClosed):  # the server has let go of it
                stopped.ask(
                    f"year=2025&month=2025-{asked % 12 + 1:02d}", "events"
                )  # every run is sent, and none is read
                asked, held = asked + 1, time.monotonic() - begin
            took.append(drawn_in(address))
            time.sleep(0.1)
    grown = (process.memory_info().rss - before) / MEGABYTE
    print(
        f"{seconds} s, {asked} runs that nobody read, held for {held:.0f} s: others {sorted(took)[len(took) // 2]:.2f} s in the middle,"
        f" {max(took):.2f} s at most, {alone:.2f} s before; {grown:+.0f} MB, {process.num_threads() - threads:+d} threads"
    )
    assert asked >= 3
    assert sorted(took)[len(took) // 2] < 5 * alone + 2
    assert grown < 200
    assert process.num_threads() - threads < 10


@pytest.mark.long
def test_a_slow_network_of_one_reader_holds_up_nobody(server):
    address, _ = server
    with through(address) as proxy, session(proxy.address) as slow, session(address) as other:
        proxy.slowly = 500  # a page has tens of kilobytes
        begin = time.monotonic()
        slow.ask(*PAGE)
        other.ask(*PAGE)
        whole = other.finished(20)
        with pytest.raises(TimeoutError):
            slow.finished(0.5)
        print(
            f"at 0.5 kB/s nothing is whole after {time.monotonic() - begin:.1f} s, while another has the whole page"
        )
        proxy.slowly = 0
        assert 0 < slow.finished() <= whole  # the rest of it, late


@pytest.mark.long
def test_two_hundred_sessions_that_were_dropped_leave_no_threads_and_bounded_memory(server):
    address, process = server
    before, threads = process.memory_info().rss, process.num_threads()
    for _ in range(100):
        drawn_in(address)
    half = process.memory_info().rss
    for _ in range(100):
        with session(address) as dropped:
            dropped.ask(*PAGE)
            dropped.connection.socket.close()  # in the middle of the run, without a word
    time.sleep(5)
    after, left = process.memory_info().rss, process.num_threads() - threads
    print(
        f"200 sessions: {(half - before) / MEGABYTE:+.0f} MB after the first hundred, {(after - half) / MEGABYTE:+.0f} MB after"
        f" the second; {left:+d} threads"
    )
    assert left < 10
    # Streamlit keeps 128 sessions for two minutes, for those who come back
    assert (after - before) / MEGABYTE < 250
