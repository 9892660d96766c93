"""Authentication: no request reaches a page, a route, a file or the WebSocket before it is known
who asks (docs/adr/0014).

Without a sign-in it lets everybody look; what Streamlit serves for its own purposes only stays
closed all the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.language.messages import _
from dashboard.model import server_log
from dashboard.model.roles import Person
from dashboard.model.settings import SettingsError
from dashboard.model.sitemap import PAGES
from dashboard.server import access
from dashboard.server.hosts import LOCAL_KEY
from dashboard.server.media_access import MEDIA_ACCESS
from dashboard.server.page_head import PERSON_KEY
from dashboard.server.responses import as_json, normalize_base, path_below
from dashboard.server.upload_limits import ROUTE, UploadLimiter
from dashboard.server.websocket import POLICY, GuardedWebSocket
from dashboard.shares import SharesError, admissions
from dashboard.views.view import split_link, url

NEXT_COOKIE = "dashboard_next"
"""The cookie with the link to open after signing in; it is worth nothing to anybody else."""
MAX_NEXT_LENGTH, NEXT_SECONDS = 2000, 900
SAFE_LINK = re.compile(r"/(?:s/[a-z2-7]{8,32}|[a-z]*)(?:\?[\x21-\x7e]*)?")
HOME = "/"
NOT_IN_LINKS = re.compile(rb"[^\x21-\x7e]")
"""Bytes that no link holds as they are; what reads a query further on would stumble over them."""


class Requirement(Enum):
    """What a path asks for."""

    NOTHING = "nothing: it tells nothing about the records"
    SCRIPT = "nothing to connect: the script behind it asks for the role at every run"
    VIEWER = "a viewer"
    CALENDAR = "a viewer, or the key of a calendar"
    FEED = "a viewer, or the key of a feed"
    GRANTED = "a viewer whose page was sent the address of the file"
    CLOSED = "nobody gets it"


OPENED_BY_KEYS: Mapping[Requirement, str] = {
    Requirement.CALENDAR: admissions.CALENDAR,
    Requirement.FEED: admissions.FEED,
}
"""What programs that cannot sign in get with a key of their owner."""
EXACT_PATHS: Mapping[str, Requirement] = {
    "health": Requirement.NOTHING,
    "auth/login": Requirement.NOTHING,
    "auth/logout": Requirement.NOTHING,
    "oauth2callback": Requirement.NOTHING,
    "_stcore/health": Requirement.NOTHING,
    "_stcore/host-config": Requirement.NOTHING,
    "_stcore/stream": Requirement.SCRIPT,
    "calendar.ics": Requirement.CALENDAR,
    "changes.atom": Requirement.FEED,
    "api": Requirement.VIEWER,
}
PATH_PREFIXES: Mapping[str, Requirement] = {
    "_stcore/upload_file": Requirement.VIEWER,
    "_stcore/bidi-components": Requirement.VIEWER,
    "_stcore": Requirement.CLOSED,
    "static": Requirement.NOTHING,
    "app/static": Requirement.NOTHING,
    "media": Requirement.GRANTED,
    "component": Requirement.VIEWER,
    "api": Requirement.VIEWER,
    "parts": Requirement.VIEWER,
    "s": Requirement.VIEWER,
}
"""Paths and the paths below them; the first that fits. Every other one is a page: it can be had
bare, without its head, because the sign-in is on it.
"""


def find_requirement(path: str) -> Requirement:
    """Return what a path below the base path requires."""
    plain = path.strip("/")
    # No link of ours, and another path for some programs.
    if ".." in plain.split("/") or not plain.isprintable() or "\\" in plain:
        return Requirement.CLOSED
    if exact := EXACT_PATHS.get(plain):
        return exact
    return next(
        (need for start, need in PATH_PREFIXES.items() if f"{plain}/".startswith(f"{start}/")),
        Requirement.SCRIPT,
    )


@dataclass(frozen=True)
class _Request:
    """One request: the path below the base, what it needs, and who asks."""

    path: str
    query: str
    need: Requirement
    cookies: Mapping[str, str]
    local: bool

    def person(self) -> Person:
        opens = OPENED_BY_KEYS.get(self.need)
        if opens and (key := QueryParams(self.query).get("key")):
            return access.identify_key_holder(key, opens=opens)
        return access.identify(self.cookies, local=self.local)

    @property
    def link(self) -> str:
        return f"/{self.path.strip('/')}" + (f"?{self.query}" if self.query else "")


class AuthMiddleware:
    """ASGI middleware around everything that is served; only what browsers are told stands around
    it.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self.base = normalize_base(base_path)
        self.uploads = UploadLimiter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope = {**scope, "query_string": NOT_IN_LINKS.sub(_percent_encode, scope["query_string"])}
        asked = self._asked(scope)
        person = (
            await run_in_threadpool(asked.person)
            if asked.need is not Requirement.NOTHING
            else Person()
        )
        scope = {**scope, PERSON_KEY: person}
        if scope["type"] == "websocket":
            await self._open_websocket(asked, person, scope, receive, send)
        elif refusal := self._refuse(asked, person, scope):
            await refusal(scope, receive, send)
        elif asked.path.strip("/").startswith(f"{ROUTE}/"):
            await self.uploads.serve(self.app, asked.person, scope, receive, send)
        else:
            await self._let_in(asked, person, scope, receive, send)

    def _refuse(self, asked: _Request, person: Person, scope: Scope) -> Response | None:
        """Return the answer to a request that goes no further; None for one that does."""
        if asked.need is Requirement.CLOSED:
            return PlainTextResponse(_("Not found"), 404)
        if asked.need not in (Requirement.NOTHING, Requirement.SCRIPT) and not person.role:
            return self._ask_to_sign_in(asked, person, scope)
        file = asked.path.strip("/").partition("/")[2]
        if asked.need is Requirement.GRANTED and not MEDIA_ACCESS.allows(file, person):
            return PlainTextResponse(_("Not found"), 404)
        return None

    def _asked(self, scope: Scope) -> _Request:
        path = path_below(self.base, scope)
        path = "/_stcore/outside" if path is None else path
        headers = Headers(scope=scope)
        cookies = cookie_parser("; ".join(headers.getlist("cookie")))
        return _Request(
            path,
            scope["query_string"].decode("latin-1"),
            find_requirement(path),
            cookies,
            scope.get(LOCAL_KEY, False),
        )

    async def _let_in(
        self, asked: _Request, person: Person, scope: Scope, receive: Receive, send: Send
    ) -> None:
        plain = asked.path.strip("/")
        if plain == "auth/logout":
            try:
                await run_in_threadpool(access.end_session, asked.cookies)
            except (SharesError, SettingsError) as error:  # the cookie goes all the same
                server_log.log_throttled(str(error))
        elif plain == "oauth2callback":
            send = _with_redirect(send, asked.cookies.get(NEXT_COOKIE, ""), self.base)
        elif plain in PAGES:
            await run_in_threadpool(access.record_visit, person)
            if not person.role:
                send = _with_next_cookie(send, asked.link, self.base)
        await self.app(scope, receive, send)

    def _ask_to_sign_in(self, asked: _Request, person: Person, scope: Scope) -> Response:
        headers = {"Cache-Control": "no-store"}
        if asked.path.startswith("/s/") and not person.id and scope["method"] == "GET":
            response = RedirectResponse(f"{self.base}/", 303, headers)
            _set_next_cookie(response.headers, asked.link, self.base)
            return response
        status = 503 if person.closed else 403 if person.id else 401
        return as_json(
            {"error": person.why or _("sign in first"), "sign_in": f"{self.base}/"}, status, headers
        )

    async def _open_websocket(
        self, asked: _Request, person: Person, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Serve a WebSocket, which lives for hours: every message of it is authorised again."""
        if asked.need is not Requirement.SCRIPT:
            await send({"type": "websocket.close", "code": POLICY})
            return
        await GuardedWebSocket(person, asked.person, receive, send).serve(self.app, scope)


def _percent_encode(found: re.Match[bytes]) -> bytes:
    return b"%%%02X" % found[0][0]


def safe_next(link: str) -> str:
    """Return a link to go on to, made anew from what is known of pages and parameters; the start
    for anything else.
    """
    if len(link) > MAX_NEXT_LENGTH or not SAFE_LINK.fullmatch(link):
        return HOME
    if link.startswith("/s/"):
        return link.partition("?")[0]
    page, pairs = split_link(link)
    return url(page, pairs) if page in PAGES else HOME


def _set_next_cookie(headers: MutableHeaders, link: str, base: str) -> None:
    response = Response()
    response.set_cookie(
        NEXT_COOKIE,
        safe_next(link),
        max_age=NEXT_SECONDS,
        path=base or "/",
        httponly=True,
        samesite="lax",
    )
    headers.append("set-cookie", response.headers["set-cookie"])


def _with_next_cookie(send: Send, link: str, base: str) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start" and safe_next(link) != HOME:
            headers = MutableHeaders(raw=list(message["headers"]))
            _set_next_cookie(headers, link, base)
            message = {**message, "headers": headers.raw}
        await send(message)

    return sent


def _with_redirect(send: Send, link: str, base: str) -> Send:
    """Wrap the sender of the answer to a sign-in, so that it leads on to where its reader wanted to
    go.
    """

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] in (302, 303, 307):
            headers = MutableHeaders(raw=list(message["headers"]))
            headers["location"] = base + safe_next(link)
            response = Response()
            response.delete_cookie(NEXT_COOKIE, path=base or "/")
            headers.append("set-cookie", response.headers["set-cookie"])
            message = {**message, "headers": headers.raw}
        await send(message)

    return sent
