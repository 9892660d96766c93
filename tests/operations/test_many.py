"""Which process a reader gets, with stand-ins that say who they are; and a program that ends is
started again. The real ones, under load: test_many_readers.py.
"""

import http.client
import os
import shutil
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dashboard.cli import FAILED, OK, main
from dashboard.server.multiprocess import nginx as proxy
from dashboard.server.multiprocess import supervisor
from dashboard.server.multiprocess.supervisor import Program
from tests.conftest import ROOT
from tests.operations.conftest import adapted, nginx
from tests.support.serving import free_port

SHIPPED = ROOT / "deploy" / "nginx" / "dashboard-viewers.inc"
needs_nginx = pytest.mark.skipif(
    not (shutil.which("nginx") or shutil.which("/usr/sbin/nginx")),
    reason="no nginx: apt-get install nginx-light",
)
FIRST, SECOND = "dashboard_process=1", "dashboard_process=2"
OF_A_PAGE = ("/events?year=2025", "/media/x.csv", "/_stcore/host-config", "/static/js/x.js", "/api")


class Answer(BaseHTTPRequestHandler):
    """Says which port it is, a connection for each answer; a WebSocket is opened and left."""

    def do_GET(self):
        body = str(self.server.server_address[1]).encode()
        self.send_response(101 if self.path == "/_stcore/stream" else 200)
        if self.path == "/_stcore/stream":
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "upgrade")
            self.end_headers()
            return
        self.send_header(
            "Content-Type", "text/html" if self.path.startswith("/events") else "text/plain"
        )
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def stand_in(port):
    socketserver.TCPServer.allow_reuse_address = True
    server = ThreadingHTTPServer(("127.0.0.1", port), Answer)
    server.daemon_threads, server.block_on_close = True, False
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class House:
    """nginx before two stand-ins, which can be sent away and come back."""

    def __init__(self, folder):
        self.port, self.ports, self.away = (
            free_port(),
            [free_port(), free_port()],
            [ExitStack(), ExitStack()],
        )
        self.folder = folder

    def come(self, number):
        self.away[number - 1].enter_context(stand_in(self.ports[number - 1]))

    def go(self, number):
        self.away[number - 1].close()

    def ask(self, path="/events?year=2025", cookie=""):
        """The number of the process that answers, and the cookie that it gives."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        own = f"http://127.0.0.1:{self.port}"
        upgrade = (
            {"Upgrade": "websocket", "Connection": "upgrade", "Origin": own}
            if path == "/_stcore/stream"
            else {}
        )
        connection.request(
            "GET", path, headers={"Cookie": cookie, **upgrade} if cookie else upgrade
        )
        answer = connection.getresponse()
        given = (answer.getheader("set-cookie") or "").partition(";")[0]
        body = b"" if answer.status == 101 else answer.read()
        connection.close()
        assert answer.status in (101, 200), (path, answer.status)
        return self.ports.index(int(body)) + 1 if body else 0, given


@pytest.fixture
def house(tmp_path, monkeypatch):
    monkeypatch.setattr(proxy, "FAILURE_RULE", "max_fails=1 fail_timeout=1s")
    found = House(tmp_path)
    command = proxy.write_configuration(tmp_path, found.port, found.ports)  # nginx -t is in it
    with ExitStack() as stack:
        for number in (1, 2):
            found.come(number)
            stack.callback(found.go, number)
        stack.enter_context(nginx(tmp_path, tmp_path / "nginx.conf", found.port))
        assert command[0].endswith("nginx")
        yield found


def test_the_list_of_processes_that_ships_is_the_one_that_the_command_writes(tmp_path):
    assert main(["nginx", "8501", "8503", "-o", str(tmp_path / "list")]) == OK
    assert (tmp_path / "list").read_text("utf-8") == SHIPPED.read_text("utf-8")


@needs_nginx
@pytest.mark.parametrize("base", ["", "dash"], ids=["at the root", "below a path"])
def test_nginx_takes_the_configuration_for_a_hospital(tmp_path, base):
    ports = {name: free_port() for name in ("plain", "viewers", "stewards", "viewer", "steward")}
    configuration = adapted(tmp_path, base, ports)
    command = shutil.which("nginx") or "/usr/sbin/nginx"
    tried = subprocess.run(
        [command, "-t", "-p", tmp_path, "-c", configuration],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr


@needs_nginx
def test_newcomers_are_spread_and_everything_of_a_page_reaches_the_process_that_gave_it(house):
    came = Counter(house.ask() for _ in range(20))
    assert came == {(1, FIRST): 10, (2, SECOND): 10}
    for number, cookie in ((1, FIRST), (2, SECOND)):
        for path in OF_A_PAGE:
            for _ in range(4):
                assert house.ask(path, cookie) == (number, ""), path
        assert house.ask("/_stcore/stream", cookie) == (0, "")


@needs_nginx
def test_who_sends_no_cookie_reaches_one_process_with_everything_of_a_page_and_files_give_none(
    house,
):
    assert (
        len(
            {house.ask(path) for path in ("/media/x.csv", "/_stcore/host-config") for _ in range(6)}
        )
        == 1
    )
    assert {house.ask(path)[1] for path in OF_A_PAGE[1:]} == {""}


@needs_nginx
@pytest.mark.parametrize(
    "cookie", ["dashboard_process=3", "dashboard_process=", "dashboard_process=x y", "other=1"]
)
def test_a_cookie_that_names_no_process_is_that_of_a_newcomer(house, cookie):
    number, given = house.ask(cookie=cookie)
    assert given == f"dashboard_process={number}"


@needs_nginx
def test_where_a_process_is_dead_another_answers_at_once_and_keeps_the_reader_when_it_is_back(
    house,
):
    house.go(1)
    begin = time.monotonic()
    # the page connects again, and its cookie follows
    assert house.ask("/_stcore/stream", FIRST) == (0, SECOND)
    assert {house.ask(path, SECOND) for path in OF_A_PAGE} == {(2, "")}
    assert {house.ask() for _ in range(6)} == {(2, SECOND)}
    assert time.monotonic() - begin < 1
    house.come(1)
    assert house.ask("/media/x.csv", SECOND) == (2, "")
    house.go(2)
    time.sleep(1.2)  # as long as one that failed is not asked
    assert house.ask(cookie=SECOND) == (1, FIRST)


@needs_nginx
def test_nginx_too_refuses_other_hosts_and_the_pages_of_others(house):
    own = f"http://127.0.0.1:{house.port}"

    def status(method, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
        connection.request(
            method,
            path,
            headers={name: value for name, value in headers.items() if value is not None},
        )
        found = connection.getresponse().status
        connection.close()
        return found

    for host in (
        "evil.example.net",
        "0.0.0.0",
        "localhost.evil.example.net",
        "127.0.0.1.evil.example.net",
        "x.localhost",
    ):
        for path in OF_A_PAGE:
            assert status("GET", path, Host=host, Origin=f"http://{host}") == 421
    upload = "/_stcore/upload_file/session/file"
    for origin in (
        None,
        "null",
        "https://evil.example.net",
        "http://127.0.0.1:3000",
        f"{own}0",
        own.replace("http", "https"),
        f"{own} {own}",
    ):
        assert [
            status("GET", "/_stcore/stream", Origin=origin),
            status("PUT", upload, Origin=origin),
        ] == [403, 403], origin
        assert status("POST", "/", Origin=origin) == 403, origin
    # the stand-in takes no file
    assert (status("PUT", upload, Origin=own), status("GET", "/events")) == (501, 200)


@needs_nginx
def test_one_process_is_served_as_well(tmp_path):
    port, own = free_port(), free_port()
    proxy.write_configuration(tmp_path, port, [own])
    found = House(tmp_path)
    found.port, found.ports = port, [own]
    with stand_in(own), nginx(tmp_path, tmp_path / "nginx.conf", port):
        assert (found.ask(), found.ask(cookie=FIRST)) == ((1, FIRST), (1, ""))


def test_without_nginx_the_command_says_how_to_get_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(proxy.shutil, "which", lambda _: None)
    assert main(["--store", str(tmp_path), "serve", "--port", str(free_port())]) == FAILED
    assert "apt-get install nginx-light" in capsys.readouterr().err


@needs_nginx
def test_a_port_that_is_taken_is_named(tmp_path, capsys):
    with stand_in(port := free_port()):
        assert main(["--store", str(tmp_path), "serve", "--port", str(port)]) == FAILED
    assert f"port {port} is taken" in capsys.readouterr().err


@needs_nginx
def test_a_process_that_does_not_start_ends_all_with_its_reason(tmp_path, monkeypatch, capsys):
    code = "import sys, time; time.sleep(.3); sys.exit('the settings are unsafe')"
    monkeypatch.setattr(supervisor, "_build_command", lambda _: [sys.executable, "-c", code])
    assert main(["--store", str(tmp_path), "serve", "--port", str(free_port())]) == FAILED
    said = capsys.readouterr().err
    assert ("Process 1 did not start (code 1)" in said, "the settings are unsafe" in said) == (
        True,
        True,
    )


def test_a_program_that_ends_is_started_again_after_a_pause_that_grows(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.1)
    program, said = Program("Process 1", ["sleep", "60"], tmp_path / "log", tmp_path), []
    program.start()
    try:
        for _ in range(3):
            os.kill(program.running.pid, signal.SIGKILL)
            program.running.wait(5)
            before = program.pause
            program.restart_if_ended(said.append)
            assert (program.running, program.pause) == (None, 2 * before)
            time.sleep(before)
            program.restart_if_ended(said.append)
            assert program.running.poll() is None
    finally:
        supervisor._end_all([program])
    assert said[:2] == [
        f"Process 1 has ended (by SIGKILL); it is started again in 0 s. Log: {tmp_path / 'log'}",
        "Process 1 is started again.",
    ]
    assert len(said) == 6


@pytest.mark.skipif(not shutil.which("setpriv"), reason="no util-linux")
def test_what_was_started_ends_with_the_command_although_that_is_killed(tmp_path):
    code = (
        "import sys; from pathlib import Path; from dashboard.server.multiprocess.supervisor import Program; place = Path(sys.argv[1]);"
        " one = Program('x', ['sleep', '60'], place / 'log', place); one.start(); print(one.running.pid, flush=True);"
        " one.running.wait()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True
    ) as command:
        child = int(command.stdout.readline())
        time.sleep(0.5)  # setpriv becomes the program
        command.kill()
    until = time.monotonic() + 5
    while is_running(child):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
