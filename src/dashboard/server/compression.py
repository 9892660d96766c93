"""The files of the pages, compressed once for all readers: a first visit is 2.8 MB instead of 9.4.

Streamlit sends its own files as they are, because compressing them for every request costs more
than it saves. They do not change while a process runs, so that each is packed when it is first
asked for, and kept.
"""

import asyncio
import gzip
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from types import MappingProxyType

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server import responses

FOLDERS = ("/static/", "/app/static/")
MIN_BYTES = 1000
"""Bytes below which packing gains nothing."""
COMPRESSIBLE = re.compile(
    r"text/(?!html)|application/(javascript|json|geo\+json|wasm)|image/svg\+xml"
)
"""No pages: Streamlit gives its own for every path that it does not know, so that there is no end
to those.
"""
UNCOMPRESSED_IF = ("range", "if-none-match", "if-modified-since")
"""Who asks so has the file, or a part of it."""
ENCODERS: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {
        # a higher one takes five times as long for a thirtieth less
        "br": lambda body: brotli.compress(body, quality=5),
        # browsers know brotli from hosts with TLS only
        "gzip": lambda body: gzip.compress(body, 6, mtime=0),
    }
)


class CompressionMiddleware:
    """ASGI middleware around Streamlit."""

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self.base = responses.normalize_base(base_path)
        self.kept: dict[tuple[str, str], tuple[Message, bytes]] = {}
        self.locks: dict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        encoding = self._choose_encoding(scope)
        if encoding is None:
            await self.app(scope, receive, send)
            return
        key = (scope["path"], encoding)
        try:
            async with self.locks[key]:  # who comes at the same time waits, and finds it
                start, body = found = self.kept.get(key) or await self._compress(scope, encoding)
                if dict(start["headers"]).get(b"content-encoding"):
                    self.kept[key] = found
        finally:
            if key not in self.kept:
                self.locks.pop(key, None)  # a path that is no file of ours is not remembered
        await send(start)
        await send({"type": "http.response.body", "body": body})

    def _choose_encoding(self, scope: Scope) -> str | None:
        """Return the encoding in which the requested file may go; None where it goes as it is."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        path = responses.path_below(self.base, scope)
        headers = Headers(scope=scope)
        if path is None or path != posixpath.normpath(path) or not path.startswith(FOLDERS):
            return None  # a file is kept by one spelling of its path
        if any(name in headers for name in UNCOMPRESSED_IF):
            return None
        accepted = {
            part.partition(";")[0].strip()
            for part in headers.get("accept-encoding", "").lower().split(",")
            if part.partition(";")[2].replace(" ", "") not in ("q=0", "q=0.0")
        }
        return next((encoding for encoding in ENCODERS if encoding in accepted), None)

    async def _compress(self, scope: Scope, encoding: str) -> tuple[Message, bytes]:
        start, content = await responses.read_response(self.app, scope)
        headers = MutableHeaders(raw=list(start["headers"]))
        if start["status"] == 200 and _may_be_compressed(headers):
            headers.add_vary_header("Accept-Encoding")
            if len(content) >= MIN_BYTES:
                content = await run_in_threadpool(ENCODERS[encoding], content)
                headers["content-encoding"], headers["content-length"] = encoding, str(len(content))
                if etag := headers.get("etag"):  # the same content, other bytes
                    headers["etag"] = etag if etag.startswith("W/") else f"W/{etag}"
                if "accept-ranges" in headers:
                    del headers["accept-ranges"]
        return {**start, "headers": headers.raw}, content


def _may_be_compressed(headers: MutableHeaders) -> bool:
    # what is kept is for everybody: an answer with a cookie, or because of one, is for one reader
    for_one = "set-cookie" in headers or "cookie" in headers.get("vary", "").lower()
    text = COMPRESSIBLE.match(headers.get("content-type", "")) is not None
    return text and "content-encoding" not in headers and not for_one
