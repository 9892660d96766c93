"""What may be laid into the memory of the server: files of a session whose page takes some, up to a limit for each session and one
for all of them."""

from collections import Counter

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime

from dashboard.roles import Person
from dashboard.web.answers import as_json
from dashboard.web.sessions import SESSIONS

ROUTE = "_stcore/upload_file"
MEGABYTE = 1024 * 1024
OF_SESSION, OF_ALL = 128 * MEGABYTE, 512 * MEGABYTE
"""Bytes that are kept at the same time, with those that are on their way: two of the largest files (server.maxUploadSize), and
four sessions that do so."""
NOT_YOURS = "This page is not yours (any more): load it again."
NO_PLACE = "The page that is shown takes no files."
TOO_MUCH = (
    f"The files of a page may have {OF_SESSION // MEGABYTE} MB together: remove some, or load the page again. Where there are"
    " fewer, others are offering theirs: try again in a moment."
)


class Uploads:
    """The files of all sessions. What Streamlit keeps is counted where it keeps it, so that it is free with the session."""

    def __init__(self, of_session: int = OF_SESSION, of_all: int = OF_ALL) -> None:
        self.of_session, self.of_all = of_session, of_all
        self._arriving: Counter[str] = Counter()

    async def serve(self, app: ASGIApp, person: Person, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application take or remove a file, if it is of a session of this person and there is room."""
        session = scope["path"].partition(f"{ROUTE}/")[2].partition("/")[0]
        if scope["method"] == "OPTIONS":
            await app(scope, receive, send)
        elif not SESSIONS.belongs(session, person):
            await _refuse(403, NOT_YOURS, scope, receive, send)
        elif scope["method"] != "PUT":
            await app(scope, receive, send)
        elif not SESSIONS.takes_files(session):
            await _refuse(403, NO_PLACE, scope, receive, send)
        elif _declared(scope) > self.room(session):
            await _refuse(413, TOO_MUCH, scope, receive, send)
        else:
            await self._take(session, app, scope, receive, send)

    def room(self, session: str) -> int:
        """Bytes that a session may still lay down."""
        kept = kept_bytes()
        own = kept[session] + self._arriving[session]
        return min(self.of_session - own, self.of_all - kept.total() - self._arriving.total())

    async def _take(self, session: str, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """The body is counted as it comes, whatever was declared; where it is too much, the application is told that who
        sends it has left."""
        arrived, full = 0, False

        async def counted() -> Message:
            nonlocal arrived, full
            message = await receive()
            size = len(message.get("body", b""))
            arrived += size
            self._arriving[session] += size
            full = full or self.room(session) < 0
            return {"type": "http.disconnect"} if full else message

        async def unless_full(message: Message) -> None:
            if not full:
                await send(message)

        try:
            await app(scope, counted, unless_full)
        except ClientDisconnect:
            if not full:
                raise
        finally:
            self._arriving[session] -= arrived
            if not self._arriving[session]:
                del self._arriving[session]
        if full:
            await _refuse(413, TOO_MUCH, scope, receive, send)


def kept_bytes() -> Counter[str]:
    """How much Streamlit keeps of files, by session."""
    if not runtime.exists():
        return Counter()
    kept = getattr(runtime.get_instance().uploaded_file_mgr, "file_storage", {})
    return Counter({session: sum(len(file.data) for file in files.values()) for session, files in list(kept.items())})


def _declared(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isdecimal() and len(length) < 20 else 0


async def _refuse(status: int, words: str, scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"Cache-Control": "no-store", "Connection": "close"}
    await as_json({"error": words}, status, headers)(scope, receive, send)
