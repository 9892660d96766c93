"""Readers without a browser: the WebSocket of a page, spoken as Streamlit's frontend does."""

import socket
import time
import urllib.request
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
        self.answer = b""
        """All messages of the last run, as they came."""
        self.messages: list[ForwardMsg] = []
        """The same, read."""
        self.times: list[float] = []
        """When each of them was there, in seconds of a clock of its own."""

    def ask(self, query: str, page: str = "") -> None:
        """Have the page run."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        self.connection.send(message.SerializeToString())

    def finished(self, seconds: float = 60) -> int:
        """Read until the run is over; gives how many messages there were. Raises TimeoutError."""
        self.answer, self.messages, self.times = b"", [], []
        while True:
            message, found = ForwardMsg(), self.connection.recv(timeout=seconds)
            self.received += len(found)
            self.answer += found
            message.ParseFromString(found)
            self.messages.append(message)
            self.times.append(time.monotonic())
            if message.WhichOneof("type") == "script_finished" and not message.script_finished:
                return len(self.messages)


class Reader:
    """An open page on the wire: what it was sent, and what it does."""

    def __init__(self, opened):
        self.opened, self.drawn, self.query, self.page, self.session = opened, [], "", "", ""

    def opens(self, page, query):
        self.query = query
        self.opened.ask(query, page)
        self._drawn()

    def does(self, **values):
        """Run the page with these values of widgets, by their labels: a text, or True for a button
        that is pressed.
        """
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.page
        for label, value in values.items():
            one = message.rerun_script.widget_states.widgets.add(
                id=self.labelled(label.replace("_", " ")).id
            )
            setattr(one, "trigger_value" if value is True else "string_value", value)
        self.opened.connection.send(message.SerializeToString())
        self._drawn()

    def downloads(self, label):
        """The link to the file behind a download button, or why there is none."""
        message, answer = BackMsg(), ForwardMsg()
        (
            message.backend_operation_request.request_id,
            message.backend_operation_request.session_id,
        ) = "1", self.session
        message.backend_operation_request.deferred_file.file_id = self.labelled(
            label
        ).deferred_file_id
        self.opened.connection.send(message.SerializeToString())
        while answer.WhichOneof("type") != "backend_operation_response":
            answer.ParseFromString(self.opened.connection.recv(timeout=30))
        return (
            answer.backend_operation_response.deferred_file.url
            or answer.backend_operation_response.error_msg
        )

    def labelled(self, label):
        """The widget with this label, as Streamlit describes it."""
        return next(one for one in self.drawn if getattr(one, "label", None) == label)

    def reads(self):
        """What the last run said."""
        return " ".join(one.body for one in self.drawn if hasattr(one, "body")).replace("\\", "")

    def _drawn(self):
        """The elements of the last run; a run that the script itself begins again counts with its
        last part.
        """
        self.opened.finished()
        begun = [
            nr for nr, message in enumerate(self.opened.messages) if message.HasField("new_session")
        ]
        messages = self.opened.messages[begun[-1] :]
        self.page = next(
            one.navigation.page_script_hash for one in messages if one.HasField("navigation")
        )
        self.session = messages[0].new_session.initialize.session_id
        elements = [
            message.delta.new_element
            for message in messages
            if message.delta.HasField("new_element")
        ]
        self.drawn = [
            getattr(element, kind) for element in elements if (kind := element.WhichOneof("type"))
        ]


def cookie_of_a_page(base: str, cookie: str = "") -> str:
    """The cookie of a reader who opens a page: where several processes serve, it leads back to the
    one that answered. `cookie` is the one of before.
    """
    with urllib.request.urlopen(
        urllib.request.Request(f"{base}/events", headers={"Cookie": cookie}), timeout=60
    ) as page:
        page.read()
        given = [value.partition(";")[0] for value in page.headers.get_all("set-cookie") or ()]
    return next((value for value in given if value.startswith("dashboard_process=")), cookie)


@contextmanager
def session(
    base: str, *, reads_little: bool = False, cookie: str = "", resumes: str = ""
) -> Iterator[Session]:
    """A session with a server; one that `reads_little` has room for a few kilobytes that it does
    not read. `resumes` is the id of one that was there before.
    """
    parts = urlsplit(base)
    plain = socket.socket()
    if reads_little:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
    plain.connect((str(parts.hostname), int(parts.port or 80)))
    with connect(
        f"ws://{parts.netloc}/_stcore/stream",
        sock=plain,
        origin=base,
        subprotocols=["streamlit", *(["token", resumes] if resumes else [])],
        compression=None,
        max_size=None,
        max_queue=1 if reads_little else None,
        close_timeout=1,
        additional_headers={"Cookie": cookie} if cookie else None,
        ping_interval=None,  # whether somebody still reads is for the server to find out
    ) as connection:
        yield Session(connection)
