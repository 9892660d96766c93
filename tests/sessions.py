"""Readers without a browser: the WebSocket of a page, spoken as Streamlit's frontend does."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

SMALL = 4096


class Session:
    """One open page."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.received = 0
        """Bytes of all messages so far."""

    def ask(self, query: str, page: str = "") -> None:
        """Have the page run."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        self.connection.send(message.SerializeToString())

    def finished(self, seconds: float = 60) -> int:
        """Read until the run is over; gives how many messages there were. Raises TimeoutError."""
        number = 0
        while True:
            message, found = ForwardMsg(), self.connection.recv(timeout=seconds)
            self.received += len(found)
            message.ParseFromString(found)
            number += 1
            if message.WhichOneof("type") == "script_finished" and not message.script_finished:
                return number


@contextmanager
def session(base: str, *, reads_little: bool = False) -> Iterator[Session]:
    """A session with a server; one that `reads_little` has room for a few kilobytes that it does not read."""
    parts = urlsplit(base)
    plain = socket.socket()
    if reads_little:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
    plain.connect((str(parts.hostname), int(parts.port or 80)))
    with connect(
        f"ws://{parts.netloc}/_stcore/stream", sock=plain, origin=base, subprotocols=["streamlit"], compression=None,
        max_size=None, max_queue=1 if reads_little else None, close_timeout=1,
        ping_interval=None,  # whether somebody still reads is for the server to find out
    ) as connection:  # fmt: skip
        yield Session(connection)
