"""What an attacker speaks: HTTP with any header, and the WebSocket of a page with any message
first.
"""

import http.client
import io
import socket
import ssl
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from google.protobuf.message import Message as ProtobufMessage
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect

TOO_LONG = 30
"""Seconds after which a run that does not end is a fault."""


@dataclass
class Answer:
    """What came back: the status of HTTP, or 0; every byte that the attacker has seen; in which
    session, where they came in.
    """

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    seen: bytes = b""
    session: str = ""
    body: bytes = b""

    def holds(self, text: str) -> bool:
        """Whether a text stands in any byte, also in those of a file within a file."""
        return text.encode() in self.seen or any(
            text.encode() in one for one in unpacked(self.body)
        )


def unpacked(data: bytes, depth: int = 2) -> Iterator[bytes]:
    """The files in a workbook or a deck, and those in them."""
    if not data.startswith(b"PK") or not depth:
        return
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            inner = packed.read(name)
            yield inner
            yield from unpacked(inner, depth - 1)


def request(
    base: str,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes | None = None,
    context: ssl.SSLContext | None = None,
) -> Answer:
    """One request with these headers and no others but a length; nothing is followed."""
    parts = urlsplit(base)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    more: dict[str, Any] = {"context": context} if parts.scheme == "https" else {}
    connection = kind(parts.netloc, timeout=TOO_LONG, **more)
    try:
        connection.putrequest(method, parts.path + path, skip_host=True, skip_accept_encoding=True)
        for name, value in ({"Host": parts.netloc} | dict(headers)).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        head = "\n".join(f"{name}: {value}" for name, value in found.items()).encode()
        body = answer.read()
        return Answer(answer.status, found, head + b"\n\n" + body, body=body)
    finally:
        connection.close()


class Page:
    """An open WebSocket, and what was heard on it."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.seen = b""
        self.messages: list[ForwardMsg] = []
        self.query = self.script = self.session = ""

    def send(self, message: BackMsg) -> None:
        with suppress(ConnectionClosed):
            self.connection.send(message.SerializeToString())

    def hear(self, *, until: str = "script_finished", seconds: float = TOO_LONG) -> bool:
        """Listen until a message of this kind; says whether it came before the connection was
        closed. A run that Streamlit breaks off to begin anew does not count as finished.
        """
        end = time.monotonic() + seconds
        while True:
            message = ForwardMsg()
            try:
                data = self.connection.recv(timeout=max(end - time.monotonic(), 0.01))
            except ConnectionClosed:
                return False
            self.seen += data if isinstance(data, bytes) else data.encode()
            message.ParseFromString(data)
            self.messages.append(message)
            if message.HasField("new_session"):
                self.session = message.new_session.initialize.session_id or self.session
            if message.HasField("navigation"):
                self.script = message.navigation.page_script_hash
            if (
                message.WhichOneof("type") == until
                and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return True

    def open(self, page: str, query: str = "") -> bool:
        """Open a page of the site under a query; says whether it was drawn."""
        self.query = query
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        self.send(message)
        return self.hear()

    def run(self, fragment: str = "", **values: Any) -> bool:
        """Run the page that is open with these values of widgets, by their ids."""
        self.send(self.rerun(values, fragment))
        return self.hear()

    def rerun(self, values: Mapping[str, Any], fragment: str = "") -> BackMsg:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.script
        message.rerun_script.fragment_id = fragment
        for identity, (kind, value) in values.items():
            state = message.rerun_script.widget_states.widgets.add(id=identity)
            if isinstance(value, ProtobufMessage):
                getattr(state, kind).CopyFrom(value)
            else:
                setattr(state, kind, value)
        return message

    def answered(self) -> Answer:
        return Answer(seen=self.seen, session=self.session)

    def elements(self) -> list[Any]:
        """The elements that were drawn since the page was opened."""
        found = [
            one.delta.new_element for one in self.messages if one.delta.HasField("new_element")
        ]
        return [getattr(one, kind) for one in found if (kind := one.WhichOneof("type"))]

    def fragment_of(self, kind: str, identity: str) -> str:
        """The fragment or dialog in which a widget stands."""
        drawn = [one.delta for one in self.messages if one.delta.HasField("new_element")]
        return next(
            one.fragment_id
            for one in reversed(drawn)
            if getattr(one.new_element, kind).id == identity
        )

    def labelled(self, label: str) -> Any:
        """The last widget that was drawn with this label."""
        return next(
            one for one in reversed(self.elements()) if getattr(one, "label", None) == label
        )


@contextmanager
def opened(
    base: str, headers: Mapping[str, str], session: str = "", context: ssl.SSLContext | None = None
) -> Iterator[Page | Answer]:
    """A page whose WebSocket was let in, with the id of an earlier session; or the answer to a
    handshake that was not.
    """
    parts = urlsplit(base)
    host = {"Host": parts.netloc, "Origin": f"{parts.scheme}://{parts.netloc}"} | dict(headers)
    subprotocols: list[Any] = ["streamlit", *(["none", session] if session else [])]
    more = {name: value for name, value in host.items() if name not in ("Host", "Origin")}
    scheme = "wss" if parts.scheme == "https" else "ws"
    port = parts.port or (443 if parts.scheme == "https" else 80)
    plain = socket.create_connection((str(parts.hostname), port), TOO_LONG)
    try:
        connection = connect(
            f"{scheme}://{host['Host']}{parts.path}/_stcore/stream",
            sock=plain,
            origin=host["Origin"] or None,
            subprotocols=subprotocols,
            compression=None,
            max_size=None,
            close_timeout=1,
            additional_headers=more,
            ping_interval=None,
            ssl=context if scheme == "wss" else None,
            server_hostname=parts.hostname if scheme == "wss" else None,
            user_agent_header=None,
            proxy=None,
        )
    except (InvalidHandshake, ConnectionError) as error:
        response = getattr(error, "response", None)
        yield Answer(
            getattr(response, "status_code", 403), seen=getattr(response, "body", b"") or b""
        )
        return
    with connection:
        yield Page(connection)
