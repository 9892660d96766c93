"""Headers of every answer: what a page may do, who may show it in a frame, where its cookies go, and
for how long our own files are kept.

The application says it itself, so that it holds without a proxy too. Why each exception is there,
and how it was measured: docs/operations.md. HSTS belongs to the proxy, which alone knows that there
is TLS.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.model import settings
from dashboard.model.settings import SettingsError
from dashboard.server import responses, static_files
from dashboard.server.hosts import is_https

PAGE_POLICY: Mapping[str, str] = MappingProxyType(
    {
        "default-src": "'none'",
        # and the one script in Streamlit's page, by its digest
        "script-src": "'self' 'wasm-unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
)
"""The content policy of a page; what is not named is refused."""
BARE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"
"""The content policy of everything that is no page: should a browser ever show it as one, nothing
in it runs.
"""
ALLOWED_FEATURES = ("clipboard-write", "fullscreen")
REFUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
)
"""Powers of a browser that the pages use on their own, and those that nobody gets."""
FIXED_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        **responses.OWN_HEADERS,
        "Permissions-Policy": ", ".join(
            [
                *(f"{name}=(self)" for name in ALLOWED_FEATURES),
                *(f"{name}=()" for name in REFUSED_FEATURES),
            ]
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Permitted-Cross-Domain-Policies": "none",
    }
)
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


SCRIPT_COOKIES = ("_streamlit_xsrf",)
"""Cookies that the scripts of a page have to read."""


class SecurityHeadersMiddleware:
    """ASGI middleware, the outermost of all: also a refusal says it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                _set_headers(headers)
                if message["status"] in (200, 304) and (kept := _choose_caching(scope)):
                    headers["Cache-Control"] = kept
                if "set-cookie" in headers:
                    headers.raw[:] = _harden_cookies(
                        headers.raw, https=scope["scheme"] == "https" or is_https()
                    )
                message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, sent if scope["type"] == "http" else send)


def _set_headers(headers: MutableHeaders) -> None:
    origins = _read_embedding_origins()
    # "not modified" has none: the kept page goes on with this policy
    kind = headers.get("content-type", "text/html")
    policy = build_page_policy() if kind.startswith("text/html") else BARE_POLICY
    headers["Content-Security-Policy"] = "; ".join(
        [policy, " ".join(["frame-ancestors 'self'", *origins])]
    )
    for name, value in FIXED_HEADERS.items():
        headers[name] = value
    if not origins:  # the older word for the same; it knows no list
        headers["X-Frame-Options"] = "SAMEORIGIN"


def _choose_caching(scope: Scope) -> str | None:
    return static_files.choose_caching(scope["path"], scope["query_string"])


def _harden_cookies(
    raw: Iterable[tuple[bytes, bytes]], *, https: bool
) -> Iterator[tuple[bytes, bytes]]:
    """Yield the headers, whoever set them, with every cookie kept from scripts, other sites and,
    with TLS, from the open network.
    """
    for name, value in raw:
        yield (
            name,
            (
                harden_cookie(value.decode("latin-1"), https=https).encode("latin-1")
                if name == b"set-cookie"
                else value
            ),
        )


def harden_cookie(cookie: str, *, https: bool) -> str:
    """Add to a cookie the attributes that each has to have."""
    pair, *attributes = (part.strip() for part in cookie.split(";"))
    present = {attribute.partition("=")[0].lower() for attribute in attributes}
    needed = {
        "HttpOnly": pair.partition("=")[0] not in SCRIPT_COOKIES,
        "SameSite=Lax": True,
        "Secure": https,
    }
    missing = [
        word
        for word, wanted in needed.items()
        if wanted and word.partition("=")[0].lower() not in present
    ]
    return "; ".join([pair, *attributes, *missing])


@cache
def build_page_policy() -> str:
    """Build the content policy of a page, with the digests of the scripts that stand in Streamlit's
    own.
    """
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    digests = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in INLINE_SCRIPT.findall(page)
    ]
    allowed = {
        **PAGE_POLICY,
        "script-src": " ".join(
            [PAGE_POLICY["script-src"], *(f"'sha256-{digest}'" for digest in digests)]
        ),
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _read_embedding_origins() -> tuple[str, ...]:
    try:
        return settings.read_last_valid().embed_on
    except SettingsError:
        return ()
