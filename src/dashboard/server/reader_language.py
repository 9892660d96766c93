"""The language of a request: that of its link, else of its reader."""

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.language.choice import COOKIE, PARAMETER, choose_language
from dashboard.language.messages import ENGLISH, speaking
from dashboard.model import settings
from dashboard.model.settings import SettingsError

MAX_QUERY_BYTES = 8000
"""Of a query that is looked at; a longer one is no link of ours."""


class LanguageMiddleware:
    """ASGI middleware: what answers a request speaks the language that its reader gets."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        query = scope["query_string"]
        pairs = parse_qs(query[:MAX_QUERY_BYTES].decode("ascii", "replace"))
        asked = pairs.get(PARAMETER, [""])[0]
        kept = read_cookie(headers.get("cookie", ""))
        with speaking(find_language(asked, kept, headers.get("accept-language", ""))):
            await self.app(scope, receive, send)


def find_language(asked: str, kept: str, accepted: str) -> str:
    """Find the language of a reader: see language.choice. English where the settings cannot be read."""
    try:
        default = settings.read_last_valid().language
    except SettingsError:
        default = ENGLISH
    return choose_language(asked, kept, accepted, default)


def read_cookie(header: str) -> str:
    """Read what a reader chose from the header Cookie; empty without it."""
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
