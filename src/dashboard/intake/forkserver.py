"""A process that does nothing but make others: each of them does one piece of work, and ends.

It has imported what the work needs, so that a new process is there in milliseconds. It is started
at the first piece of work, holds nothing of the server (no secret, no file, no connection), and
ends with it.
"""

import atexit
import contextlib
import importlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

CHUNK = 1 << 20


class ForkServer:
    """Does `work` ("package.module:function", bytes to bytes) in a new process for each call."""

    def __init__(self, work: str, preload: Sequence[str]) -> None:
        self.work, self.preload = work, preload
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, given: Sequence[bytes], seconds: float, most: int) -> bytes:
        """Do the work in a new process and return what it gives back: empty where it was killed, took
        longer than `seconds`, or gave more than `most` bytes.
        """
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._hand_over(theirs)
            with contextlib.suppress(OSError):  # it ended early, or the time is over
                return _exchange(ours, given, time.monotonic() + seconds, most)
        return b""

    def _hand_over(self, connection: socket.socket) -> None:
        with self._lock:
            if self._control is None or self._owner != os.getpid():
                self._start()
            try:
                self._send(connection)
            except OSError:  # it was killed meanwhile
                self._start()
                self._send(connection)

    def _send(self, connection: socket.socket) -> None:
        assert self._control is not None
        socket.send_fds(self._control, [b"1"], [connection.fileno()])

    def stop(self) -> None:
        """End the process; the next piece of work starts it again."""
        if self._owner == os.getpid():
            if self._control:
                self._control.close()
            if self._process:
                self._process.wait()
        self._control = self._process = None

    def _start(self) -> None:
        self.stop()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no words of a file
                [sys.executable, "-m", "dashboard.intake.forkserver", self.work, *self.preload],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd="/",
            )
        if not self._owner:
            atexit.register(self.stop)
        self._control, self._owner = ours, os.getpid()


def _exchange(connection: socket.socket, given: Sequence[bytes], until: float, most: int) -> bytes:
    """Send everything, then read to the end. Raises OSError."""
    for part in given:
        view = memoryview(part)
        while view:
            connection.settimeout(_left(until))
            view = view[connection.send(view[:CHUNK]) :]
    connection.shutdown(socket.SHUT_WR)
    found = bytearray()
    while len(found) <= most:
        connection.settimeout(_left(until))
        part = connection.recv(CHUNK)
        if not part:
            return bytes(found)
        found += part
    return b""


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _environment() -> Mapping[str, str]:
    """Choose the environment of the process, only what Python needs: no secret of the server
    reaches the process. One thread of BLAS, because each takes memory, and a process with threads
    is not to be forked.
    """
    return {
        "PYTHONPATH": os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "ignore",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        "PATH": os.defpath,
        "TZ": "UTC",
    }


def serve(work: Callable[[bytes], bytes], control: socket.socket) -> None:
    """Fork for every connection that is handed over, until the server is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    while True:
        message, handed, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        if os.fork() == 0:
            control.close()
            os._exit(_work(work, socket.socket(fileno=handed[0])))
        os.close(handed[0])


def _work(work: Callable[[bytes], bytes], connection: socket.socket) -> int:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        with connection, connection.makefile("rb") as stream:
            given = stream.read()
            threading.Thread(target=_end_with, args=(connection.fileno(),), daemon=True).start()
            connection.sendall(work(given))
    except BaseException:  # noqa: BLE001 - there is nobody to tell; who asked sees that nothing came
        return 1
    return 0


def _end_with(connection: int) -> None:
    """End where who asked has left: what nobody waits for takes no processor."""
    watched = select.poll()
    watched.register(connection, select.POLLHUP | select.POLLERR)
    watched.poll()
    os._exit(1)


def main(work: str, preload: Sequence[str]) -> None:
    """Run the server process: import the modules of `preload` and the function of `work`, then make
    a process for each piece of work that comes in on file descriptor 0.
    """
    for name in preload:
        importlib.import_module(name)
    module, _, function = work.partition(":")
    serve(getattr(importlib.import_module(module), function), socket.socket(fileno=0))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
