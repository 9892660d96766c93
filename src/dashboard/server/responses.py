"""What the routes share: the view of a request, and how it is answered: headers, ETag, cache,
errors.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, wraps
from importlib.metadata import version as release
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlencode

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Scope

from dashboard.export.as_json import to_json
from dashboard.language.messages import _, current_language
from dashboard.model import server_log, settings
from dashboard.model.filters import FILTER_NAMES
from dashboard.model.roles import Role
from dashboard.model.settings import SettingsError
from dashboard.server.body_cache import Body, BodyCache
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.store import Store, StoreError, UnreadableVersion
from dashboard.views.view import EXTRAS, Answers, Pairs, View, open_view, split_link, url

OWN_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
"""On every answer of our own routes: a browser takes it for what we say it is, and tells nobody
where it was.
"""
ORIGIN_KEY = "dashboard.origin"
"""Where in the scope it stands through which origin a request came: server/hosts.py puts it there,
after looking at it.
"""
SHORT_CACHE = {"Cache-Control": "private, max-age=60", "Vary": "Accept-Language, Cookie"}
ANSWER_PARAMETERS = ("period", "v", "on", "show", "lang")
"""Parameters beside the filters that an answer depends on."""
P = ParamSpec("P")
R = TypeVar("R")
PLAIN_TYPE, JSON_TYPE = "text/plain; charset=utf-8", "application/json"
CONCURRENT_ANSWERS = anyio.CapacityLimiter(4)
"""Answers that are worked out at the same time. The others wait without a thread: those are for the
pages.
"""
BODY_CACHE = BodyCache()


@lru_cache(maxsize=8)
def open_store(root: Path) -> Store:
    """Open the store, one per process: it remembers which versions were found whole."""
    return Store(root)


def normalize_base(base_path: str) -> str:
    """Return server.baseUrlPath as a path begins with it: "/dash", or nothing."""
    base = base_path.strip("/")
    return f"/{base}" if base else ""


def path_below(base: str, scope: Mapping[str, Any]) -> str | None:
    """Return the path of a request below the base; None for one that is not there."""
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
    return path.removeprefix(base) if path == base or path.startswith(f"{base}/") else None


class _Recorder:
    """A request without a body, and the answer to it as it comes."""

    def __init__(self) -> None:
        self.start: dict[str, Any] = {}
        self.body = bytearray()
        self.more = True
        self._asked: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive(self) -> Message:
        return self._asked.pop() if self._asked else await asyncio.Future()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start.update(message)
        elif message["type"] == "http.response.body":
            self.body.extend(message.get("body", b""))
            self.more = message.get("more_body", False)


async def read_response(app: ASGIApp, scope: Scope) -> tuple[dict[str, Any], bytes]:
    """Read the answer of an application to a request without a body to its end, before anything of
    it is sent; return its start and its body. The application is not told when who asked leaves: it
    would break off (Starlette's files do), and what others are given would be half of it. Raises
    EOFError where the answer has no end.
    """
    recorder = _Recorder()
    await app({**scope, "extensions": {}}, recorder.receive, recorder.send)
    if recorder.more:
        raise EOFError(
            f"the answer to {make_printable(scope['path'])} ended too early, and was not sent"
        )
    return recorder.start, bytes(recorder.body)


def read_today() -> date:
    """Return the day where the programme is, on which periods in words depend."""
    return settings.local_day(datetime.now(UTC), settings.current())


def parse_query(query: str) -> Pairs:
    """Parse the parameters of a query string. Never raises."""
    return split_link(f"/?{query}")[1]


def read_view(
    page: str,
    query: str,
    also: Collection[str] = (),
    kept: Collection[str] = ANSWER_PARAMETERS,
    answers: Answers | None = None,
) -> tuple[View, tuple[str, ...]]:
    """Read the view of a page that a query string asks for, of what is or was published: never a
    candidate. And notices, also of parameters that are neither filters nor `also`; of those of a
    page, only `kept` ones are in the view. Raises StoreError.
    """
    pairs = parse_query(query)
    link = url(
        page, [(name, value) for name, value in pairs if name in FILTER_NAMES or name in kept]
    )
    store = open_store(settings.store_folder())
    view = open_view(
        store,
        settings.current(),
        link,
        read_today(),
        role=Role.VIEWER,
        answers=answers,
        meetings=KeptMeetings(store, settings.current()),
    )
    notices = _collect_notices(query, pairs, also)
    fault = (view.fault,) if view.fault else ()
    return view, tuple(
        make_printable(notice, 300) for notice in (*fault, *view.notices[:50], *notices)
    )


def _collect_notices(query: str, pairs: Pairs, also: Collection[str]) -> list[str]:
    """Say which parameters were left out, and why."""
    others = dict.fromkeys(
        name
        for name, _value in pairs
        if name not in FILTER_NAMES and name not in EXTRAS and name not in also
    )
    notices = [
        _("{name} is no parameter and was left out", name=make_printable(name))
        for name in list(others)[:20]
    ]
    if any(name == "candidate" for name, _value in pairs):
        notices.append(_("candidates are not given here: this is what is published"))
    if query and not pairs:
        notices.append(_("the query is not understood; no filter is set"))
    return notices


def make_printable(text: str, length: int = 40) -> str:
    """Make a text of somebody else harmless to read."""
    return "".join(c if c.isprintable() else "�" for c in text[:length]) + (
        "…" if len(text) > length else ""
    )


def find_public_address(request: Request, base: str = "") -> str:
    """Return where the dashboard is reached: the setting, or the origin, which was checked, through
    which this request came; without a slash at its end.
    """
    return settings.current().public_url or f"{request.scope[ORIGIN_KEY]}{base}"


def as_json(
    answer: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with JSON."""
    return Response(to_json(answer) + "\n", status, {**OWN_HEADERS, **(headers or {})}, JSON_TYPE)


def retry_unreadable(ask: Callable[P, R]) -> Callable[P, R]:
    """Make a function ask once more where a version turned out unreadable on the way: the next one
    served is another.
    """

    @wraps(ask)
    def asked(*given: P.args, **named: P.kwargs) -> R:
        try:
            return ask(*given, **named)
        except UnreadableVersion as error:
            server_log.log_throttled(str(error))
            return ask(*given, **named)

    return asked


def answer_in_thread(
    route: Callable[[Request], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """Make a route that answers from the newest whole version, and with 503 where there is none. It
    works in a thread, of which only so many are for all routes together: a slow answer keeps nobody
    from the pages.
    """

    def worked_out(request: Request) -> Response:
        try:
            return retry_unreadable(route)(request)
        except (StoreError, SettingsError) as error:
            return answer_unavailable(error)

    @wraps(route)
    async def answered(request: Request) -> Response:
        return await anyio.to_thread.run_sync(worked_out, request, limiter=CONCURRENT_ANSWERS)

    return answered


def answer_unavailable(error: Exception) -> Response:
    """Answer 503: the reason is for the log, not for readers."""
    server_log.log_throttled(str(error))
    words = _("the records cannot be read; the reason is in the server's log")
    return as_json({"error": words}, 503)


def version_headers(view: View) -> dict[str, str]:
    """Return headers that name the version of an answer and the language of what it says, and say
    where it is not the one that was published last.
    """
    # a header holds Latin letters only, and no quotation marks as people print them
    fault = view.fault.encode("latin-1", "replace").decode("latin-1")
    said = {"X-Dashboard-Fault": fault} if fault else {}
    return {"X-Dashboard-Version": view.version.id, "Content-Language": view.language, **said}


def answer_conditionally(
    request: Request,
    view: View,
    notices: Sequence[str],
    make: Callable[[], Body],
    *depends_on: object,
) -> Response:
    """Answer a request for a view: the body is made once for all who ask the same, and 304 for who
    has it. `depends_on` is what makes a difference to it beside the view.
    """
    etag = compute_etag(request, view, notices, depends_on)
    headers = {**OWN_HEADERS, **SHORT_CACHE, "ETag": etag}
    if _parse_known_etags(request) & {etag, "*"}:
        return Response(status_code=304, headers=headers)
    body = BODY_CACHE.get(etag, make)
    return Response(
        body.data,
        headers={**headers, **version_headers(view), **body.headers},
        media_type=body.media_type,
    )


def _parse_known_etags(request: Request) -> set[str]:
    return {
        part.strip().removeprefix("W/")
        for part in request.headers.get("if-none-match", "").split(",")
    }


def compute_etag(
    request: Request, view: View, notices: Sequence[str], depends_on: Sequence[object] = ()
) -> str:
    """Compute the ETag, which identifies an answer byte by byte: this release, the settings, the
    version and what is wrong with it, the address, what was understood of the question and what was
    not, and the day where a period in words is asked for. Not who asks: a private address of a
    calendar gets the same bytes as the others.
    """
    day = view.today.isoformat() if "period" in view.extras else ""
    parts = (
        release("dashboard"),
        repr(view.settings),
        view.version.id,
        view.fault,
        request.url.path,
        urlencode(view.pairs()),
        day,
        find_public_address(request),
        current_language(),
        *notices,
        *map(str, depends_on),
    )
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    return f'"{digest[:32]}"'
