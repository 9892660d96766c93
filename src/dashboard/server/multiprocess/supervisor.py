"""A supervisor of processes: starts them, restarts those that end, and ends them together."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count, islice
from pathlib import Path

from dashboard.server.multiprocess.nginx import PROJECT, ServeError, is_free, write_configuration

POLL_SECONDS = 0.2
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds before a program is started again: doubled each time, from the beginning after it has run
for a minute.
"""
STEADY_SECONDS = 60.0
START_SECONDS = 120.0
END_SECONDS = 15.0
DIE_WITH_PARENT = ("setpriv", "--pdeathsig", "TERM")
"""Ends a program when this one is killed (util-linux)."""
Say = Callable[[str], None]


class Program:
    """One program, with its output in a log."""

    def __init__(self, name: str, command: Sequence[str], log: Path, store: Path) -> None:
        self.name, self.log, self.store = name, log, store
        self.command = [*(DIE_WITH_PARENT if shutil.which(DIE_WITH_PARENT[0]) else ()), *command]
        self.pause, self.due, self.since = FIRST_PAUSE, 0.0, 0.0
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, in a session of its own: an interrupt from the keyboard is for us alone."""
        with self.log.open("ab") as output:
            self.running = subprocess.Popen(  # noqa: S603 - our own programs
                self.command,
                cwd=PROJECT,
                env=os.environ | {"DASHBOARD_STORE": str(self.store)},
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.since = time.monotonic()

    def restart_if_ended(self, say: Say) -> None:
        """Report that it has ended; start it again when its pause is over."""
        now = time.monotonic()
        if self.running is None:
            if now >= self.due:
                self.start()
                say(f"{self.name} is started again.")
        elif (code := self.running.poll()) is not None:
            self.pause = FIRST_PAUSE if now - self.since > STEADY_SECONDS else self.pause
            self.running, self.due = None, now + self.pause
            say(
                f"{self.name} has ended ({_describe_exit(code)}); it is started again in {self.pause:.0f} s."
                f" Log: {self.log}"
            )
            self.pause = min(2 * self.pause, LONGEST_PAUSE)

    def ended(self) -> str:
        """Return why it has ended, with the end of its log; empty while it runs."""
        if self.running is None or (code := self.running.poll()) is None:
            return ""
        last = "\n".join(self.log.read_text("utf-8", "replace").strip().splitlines()[-12:])
        return f"{self.name} did not start ({_describe_exit(code)}):\n{last}"


def _describe_exit(code: int) -> str:
    return f"by {signal.Signals(-code).name}" if code < 0 else f"code {code}"


@contextmanager
def run_processes(
    processes: int, port: int, store: Path, folder: Path | None = None
) -> Iterator[list[Program]]:
    """Serve a store with so many processes behind nginx, on a port of 127.0.0.1: yield the
    programs, nginx last, once all of them answer, and end them afterwards. Logs are in `folder`,
    or in a temporary one. Raises ServeError.
    """
    programs: list[Program] = []
    with ExitStack() as stack:
        place = _make_folder(folder, stack)
        ports = _choose_ports(processes, port)
        proxy = Program(
            "nginx", write_configuration(place, port, ports), place / "nginx.log", store
        )
        stack.callback(_end_all, programs)
        for number, own in enumerate(ports, start=1):
            log = place / f"process-{number}.log"
            programs.append(Program(f"Process {number}", _build_command(own), log, store))
            programs[-1].start()
        for program, own in zip(programs, ports, strict=True):
            _wait_until_answering(program, own)
        programs.append(proxy)
        proxy.start()
        _wait_until_answering(proxy, port)
        yield programs


def _make_folder(folder: Path | None, stack: ExitStack) -> Path:
    """Return the folder for logs, or a temporary one that goes with the stack."""
    place = (
        folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dashboard-")))
    ).resolve()
    place.mkdir(parents=True, exist_ok=True)
    return place


def _choose_ports(processes: int, port: int) -> list[int]:
    """Return free ports after the given one. They are below those that outgoing connections take:
    a process that starts again finds its own free.
    """
    return list(islice((number for number in count(port + 1) if is_free(number)), processes))


def keep_running(programs: Sequence[Program], say: Say) -> None:
    """Keep the programs running until an interrupt comes."""
    while True:
        time.sleep(POLL_SECONDS)
        for program in programs:
            program.restart_if_ended(say)


def _end_all(programs: Sequence[Program]) -> None:
    """Ask all of them to end, the proxy first; whoever does not within 15 seconds is killed."""
    running = [program.running for program in reversed(programs) if program.running]
    for one in running:
        one.terminate()
    until = time.monotonic() + END_SECONDS
    for one in running:
        try:
            one.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()


def _build_command(port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.address",
        "127.0.0.1",
        "--server.port",
        str(port),
    ]


def _wait_until_answering(program: Program, port: int) -> None:
    """Wait until a program answers, whatever it answers: below a path there is nothing at the root."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if reason := program.ended():
            raise ServeError(reason)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/_stcore/health")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(POLL_SECONDS)
        else:
            return
        finally:
            connection.close()
    raise ServeError(
        f"{program.name} does not answer within {START_SECONDS:.0f} s: see {program.log}"
    )
