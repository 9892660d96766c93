"""Limits of uploads, which Streamlit keeps in memory: files of a session whose page takes some, up
to a limit for each session and one for all of them.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from dashboard.language.messages import N_, _
from dashboard.model.roles import Person
from dashboard.server.page_head import PERSON_KEY
from dashboard.server.responses import as_json
from dashboard.server.sessions import SESSIONS

ROUTE = "_stcore/upload_file"
FILE = re.compile(rf"(?:/[^/]+)*/{ROUTE}/([0-9a-f-]{{36}})/([0-9a-f-]{{36}})")
"""The path of a file: its session and its own id, both as Streamlit makes them."""
MEGABYTE = 1024 * 1024
MAX_SESSION_BYTES, MAX_TOTAL_BYTES = 128 * MEGABYTE, 512 * MEGABYTE
"""Bytes that are kept at the same time, with those that are on their way: two of the largest files
(server.maxUploadSize), and four sessions that do so.
"""
MAX_FILES, FILE_OVERHEAD = 50, 1024
"""Files of a session; what a file takes beside its bytes and its name."""
NOT_YOURS = N_("This page is not yours (any more): load it again.")
NO_PLACE = N_("The page that is shown takes no files.")
TOO_MUCH = N_(
    "The files of a page may have {megabytes} MB together, and be {files}: remove some, or load the"
    " page again. Where there are fewer, others are offering theirs: try again in a moment."
)


class UploadLimiter:
    """The files of all sessions. What Streamlit keeps is counted where it keeps it, so that it is
    free with the session.
    """

    def __init__(self, of_session: int = MAX_SESSION_BYTES, of_all: int = MAX_TOTAL_BYTES) -> None:
        self.of_session, self.of_all = of_session, of_all
        self._arriving: Counter[str] = Counter()

    async def serve(
        self, app: ASGIApp, who: Callable[[], Person], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Let the application take or remove a file of a session of this request's person, if
        there is room. `who` asks anew who it is.
        """
        named = FILE.fullmatch(scope["path"])
        session, file = (named[1], named[2]) if named else ("", "")
        if scope["method"] == "OPTIONS":
            await app(scope, receive, send)
        elif not SESSIONS.belongs(session, scope[PERSON_KEY]):
            await _refuse(403, NOT_YOURS, scope, receive, send)
        elif scope["method"] != "PUT":
            await app(scope, receive, send)
        elif not SESSIONS.takes_files(session):
            await _refuse(403, NO_PLACE, scope, receive, send)
        elif (
            _read_declared_size(scope) > self.room(session)
            or count_kept_files(session) >= MAX_FILES
        ):
            await _refuse_too_much(True, scope, receive, send)
        else:
            await self._take((session, file), app, who, scope, receive, send)

    def room(self, session: str) -> int:
        """Return how many bytes a session may still upload."""
        kept = count_kept_bytes()
        own = kept[session] + self._arriving[session]
        return min(self.of_session - own, self.of_all - kept.total() - self._arriving.total())

    def count_arriving(self, session: str, size: int) -> None:
        """Count bytes of a session that are on their way, or no longer are (a negative size)."""
        self._arriving[session] += size
        if not self._arriving[session]:
            del self._arriving[session]

    async def _take(  # noqa: PLR0917 - the three of ASGI
        self,
        named: tuple[str, str],
        app: ASGIApp,
        who: Callable[[], Person],
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Take a file, whose body is counted as it comes; one that has come when its session is
        over, or its sender may no more, is not kept.
        """
        session, file = named
        body = _CountedBody(self, session, receive)
        answer = await self._forward(app, body, scope)
        if not (is_open(session) and SESSIONS.belongs(session, await run_in_threadpool(who))):
            remove_file(session, file)
            await _refuse(403, NOT_YOURS, scope, receive, send)
        elif body.full or count_kept_files(session) > MAX_FILES:  # others may have come meanwhile
            remove_file(session, file)
            await _refuse_too_much(body.more, scope, receive, send)
        else:
            for message in answer:
                await send(message)

    async def _forward(self, app: ASGIApp, body: "_CountedBody", scope: Scope) -> list[Message]:
        """Let the application read the body; return its answer, which nobody has been sent yet."""
        answer: list[Message] = []

        async def collect(message: Message) -> None:
            answer.append(message)

        try:
            await app(scope, body.receive, collect)
        except ClientDisconnect:
            if not body.full:
                raise
        finally:
            self.count_arriving(body.session, -body.arrived)
        return answer


class _CountedBody:
    """The body of one upload, counted as it comes. `full`: it was too much; `more`: some of it has
    not come yet.
    """

    def __init__(self, limiter: UploadLimiter, session: str, receive: Receive) -> None:
        self.session = session
        self.arrived, self.full, self.more = 0, False, True
        self._limiter, self._receive = limiter, receive

    async def receive(self) -> Message:
        """Return the next message; where the body is too much, one that says its sender left."""
        message = await self._receive()
        self.more = message.get("more_body", False)
        size = len(message.get("body", b""))
        self.arrived += size
        self._limiter.count_arriving(self.session, size)
        self.full = self.full or self._limiter.room(self.session) < 0
        return {"type": "http.disconnect"} if self.full else message


def count_kept_bytes() -> Counter[str]:
    """Count the bytes of files that Streamlit keeps, by session."""
    return Counter(
        {
            session: sum(
                len(one.data) + len(one.name) + FILE_OVERHEAD for one in list(files.values())
            )
            for session, files in list(_storage().items())
        }
    )


def count_kept_files(session: str) -> int:
    """Count the files of a session that Streamlit keeps."""
    return len(_storage().get(session, ()))


def is_open(session: str) -> bool:
    """Return whether a session has a page that is connected: only then Streamlit frees its files
    when it ends.
    """
    return runtime.exists() and runtime.get_instance().is_active_session(session)


def remove_file(session: str, file: str) -> None:
    """Remove a file from Streamlit's memory."""
    if manager := _manager():
        manager.remove_file(session, file)


def _storage() -> Mapping[str, Mapping[str, UploadedFileRec]]:
    manager = _manager()
    return manager.file_storage if manager else {}


def _manager() -> MemoryUploadedFileManager | None:
    manager = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    return manager if isinstance(manager, MemoryUploadedFileManager) else None


def _read_declared_size(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isdecimal() and len(length) < 20 else 0


async def _refuse_too_much(more: bool, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 413. What is still on its way is read and dropped first: a browser that is still
    sending would hear of no answer.
    """
    dropped = 0
    while more and dropped <= MAX_SESSION_BYTES:
        message = await receive()
        dropped += len(message.get("body", b""))
        more = message.get("more_body", False)
    await _refuse(413, TOO_MUCH, scope, receive, send)


async def _refuse(status: int, message: str, scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"Cache-Control": "no-store", "Connection": "close"}
    words = _(message, megabytes=MAX_SESSION_BYTES // MEGABYTE, files=MAX_FILES)
    await as_json({"error": words}, status, headers)(scope, receive, send)
