"""The WebSocket of a page, authorised message by message: a session is resumed by who began it
only, and every message is looked at before Streamlit hears of it (docs/adr/0014).
"""

import time
from collections.abc import Callable, Mapping
from enum import Enum

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes

from dashboard.model import server_log
from dashboard.model.roles import Person
from dashboard.server.media_access import MEDIA_ACCESS
from dashboard.server.sessions import SESSIONS

PROTOCOLS = "sec-websocket-protocol"
"""Streamlit's browser side writes three things there: a protocol, a token, and the session that it
would like to resume.
"""
NOT_BINARY, NOT_UNDERSTOOD, POLICY, TOO_BIG = 1003, 1007, 1008, 1009
"""Codes with which a WebSocket is closed (RFC 6455, 7.4.1)."""
MAX_ID_LENGTH = 100
WIDGET_PREFIXES = ("$$ID-", "$$STREAMLIT_INTERNAL_KEY_")
"""How the ids begin that Streamlit gives to widgets, and to what a component reports. With any
other one its own code fails at every run of the page.
"""
MAX_ANNOUNCED_FILES = 100
"""Files that are announced at once: each is answered with two addresses, whether it comes or not.
"""
UNCHECKED_SECONDS = 2.0
"""What a script sends that runs for longer is authorised again."""


class Verdict(Enum):
    """What becomes of a kind of message."""

    TAKEN = "Streamlit hears it"
    LEFT_OUT = "nobody hears it: it is for who develops, or concerns other readers"


MESSAGES: Mapping[str, Verdict] = {
    "rerun_script": Verdict.TAKEN,
    "stop_script": Verdict.TAKEN,
    "app_heartbeat": Verdict.TAKEN,
    "file_urls_request": Verdict.TAKEN,
    "backend_operation_request": Verdict.TAKEN,
    "clear_cache": Verdict.LEFT_OUT,
    "set_run_on_save": Verdict.LEFT_OUT,
    "load_git_info": Verdict.LEFT_OUT,
    "debug_disconnect_websocket": Verdict.LEFT_OUT,
    "debug_shutdown_runtime": Verdict.LEFT_OUT,
}
"""Every kind of message of Streamlit's protocol; a test finds a new one."""
OPERATIONS: Mapping[str, Verdict] = {
    "deferred_file": Verdict.TAKEN,
    "dataframe_chunk": Verdict.TAKEN,
    "install_skills": Verdict.LEFT_OUT,
    "dismiss_skills_nudge": Verdict.LEFT_OUT,
}
"""The same for what a backend_operation_request carries."""


class Closed(Exception):
    """The WebSocket is closed, with the code and the reason for whoever is at its end."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class GuardedWebSocket:
    """One WebSocket of somebody. `who` asks anew who it is."""

    def __init__(
        self, person: Person, who: Callable[[], Person], receive: Receive, send: Send
    ) -> None:
        self.person, self._who, self._receive, self._send = person, who, receive, send
        self._checked = time.monotonic()
        self._open = True

    async def serve(self, app: ASGIApp, scope: Scope) -> None:
        """Have the application answer, while the WebSocket is good."""
        await app(drop_foreign_session(scope, self.person), self.receive, self.send)

    async def receive(self) -> Message:
        """Return the next message that Streamlit may hear."""
        while self._open:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            try:
                heard = judge_message(message, self.person)
                await self._check()
            except Closed as closed:
                await self._close(closed)
            else:
                if heard is Verdict.TAKEN:
                    return message
        return {"type": "websocket.disconnect", "code": POLICY}

    async def send(self, message: Message) -> None:
        """Send on what Streamlit says. Raises OSError where the WebSocket is not good any more."""
        if self._open and time.monotonic() - self._checked > UNCHECKED_SECONDS:
            try:
                await self._check()
            except Closed as closed:
                await self._close(closed)
        if not self._open:
            raise OSError("the reader may not look any more")
        MEDIA_ACCESS.grant(message.get("bytes") or b"", self.person)
        await self._send(message)

    async def _check(self) -> None:
        now = await run_in_threadpool(self._who)
        if now.identity != self.person.identity:
            raise Closed(POLICY, "signed out")
        self._checked = time.monotonic()

    async def _close(self, closed: Closed) -> None:
        if self._open:
            self._open = False
            await self._send(
                {"type": "websocket.close", "code": closed.code, "reason": str(closed)}
            )


def judge_message(message: Message, person: Person) -> Verdict:
    """Decide what becomes of a message. Raises Closed for what no browser sends."""
    data = message.get("bytes")
    if data is None:
        raise _reject(NOT_BINARY)
    if len(data) > get_max_widget_state_size_bytes():
        raise Closed(TOO_BIG, "too much in one message")
    try:
        read = BackMsg.FromString(data)
    except DecodeError:
        raise _reject(NOT_UNDERSTOOD) from None
    if not _is_from_browser(read):
        raise _reject(NOT_UNDERSTOOD)
    kind = read.WhichOneof("type")
    if kind == "backend_operation_request":
        return _judge_operation(read.backend_operation_request, person)
    return MESSAGES.get(kind or "", Verdict.LEFT_OUT)


def _is_from_browser(read: BackMsg) -> bool:
    widgets, files = read.rerun_script.widget_states.widgets, read.file_urls_request.file_names
    return len(files) <= MAX_ANNOUNCED_FILES and all(
        one.id.startswith(WIDGET_PREFIXES) for one in widgets
    )


def _judge_operation(request: BackendOperationRequest, person: Person) -> Verdict:
    """Decide what becomes of an operation. Streamlit writes the ids of what it does not take into
    its log: they are looked at before.
    """
    operation = request.WhichOneof("payload") or ""
    ids = [
        request.request_id,
        *([request.deferred_file.file_id] if operation == "deferred_file" else []),
    ]
    if not all(
        len(one) <= MAX_ID_LENGTH and one.isprintable() for one in ids
    ) or not SESSIONS.belongs(request.session_id, person):
        return Verdict.LEFT_OUT
    return OPERATIONS.get(operation, Verdict.LEFT_OUT)


def _reject(code: int) -> Closed:
    server_log.log_throttled("A WebSocket was closed: what it sent is no message of a page.")
    return Closed(code, "no message of a page")


def drop_foreign_session(scope: Scope, person: Person) -> Scope:
    """Return the opening of a WebSocket without the session that it would like to resume, unless it
    is this person's own: Streamlit then begins a new one, and the page comes back from its address.
    """
    named = [part.strip() for part in ",".join(Headers(scope=scope).getlist(PROTOCOLS)).split(",")]
    own = len(named) == 3 and SESSIONS.belongs(named[2], person)
    kept = named if own else named[:2]
    headers = [
        (name, value) for name, value in scope["headers"] if name.lower() != PROTOCOLS.encode()
    ]
    if any(kept):
        headers.append((PROTOCOLS.encode(), ", ".join(kept).encode("latin-1")))
    return {**scope, "headers": headers, "subprotocols": [part for part in kept if part]}
