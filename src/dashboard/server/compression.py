"""The files of the pages, compressed once for all readers: a third of their bytes.

Streamlit sends its own files as they are, because compressing them for every request costs more
than it saves. They do not change while a process runs, so that each is packed when it is first
asked for, and kept.
"""

import asyncio
import gzip
import hashlib
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

FOLDERS = ("/static/", "/app/static/", "/_stcore/bidi-components/")
MIN_BYTES = 1000
"""Bytes below which packing gains nothing."""
COMPRESSIBLE = re.compile(
    r"text/(?!html)|application/(javascript|json|geo\+json|wasm)|image/svg\+xml"
)
"""No pages: Streamlit gives its own for every path that it does not know, so that there is no end
to those.
"""
ASKS_FOR_LESS = ("range", "if-modified-since")
"""Who asks so has the file, or a part of it: Streamlit answers."""
NOT_PASSED_ON = (b"accept-encoding", b"if-none-match")
"""What is answered here: Streamlit would pack some files by itself, less and again for each reader."""
OF_CONTENT = (b"content-length", b"content-encoding", b"content-type")
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
        if _is_known(scope, start):
            start, body = _say_not_modified(start), b""
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
        if any(name in headers for name in ASKS_FOR_LESS):
            return None
        accepted = {
            part.partition(";")[0].strip()
            for part in headers.get("accept-encoding", "").lower().split(",")
            if part.partition(";")[2].replace(" ", "") not in ("q=0", "q=0.0")
        }
        return next((encoding for encoding in ENCODERS if encoding in accepted), None)

    async def _compress(self, scope: Scope, encoding: str) -> tuple[Message, bytes]:
        asked = [one for one in scope["headers"] if one[0].lower() not in NOT_PASSED_ON]
        start, content = await responses.read_response(self.app, {**scope, "headers": asked})
        headers = MutableHeaders(raw=list(start["headers"]))
        if start["status"] == 200 and _may_be_compressed(headers):
            headers.add_vary_header("Accept-Encoding")
            # the scripts of components come without one
            etag = headers.get("etag") or f'"{hashlib.sha256(content).hexdigest()[:32]}"'
            headers["etag"] = etag
            if len(content) >= MIN_BYTES:
                content = await run_in_threadpool(ENCODERS[encoding], content)
                headers["content-encoding"], headers["content-length"] = encoding, str(len(content))
                # the same content, other bytes
                headers["etag"] = etag if etag.startswith("W/") else f"W/{etag}"
                if "accept-ranges" in headers:
                    del headers["accept-ranges"]
        return {**start, "headers": headers.raw}, content


def _is_known(scope: Scope, start: Message) -> bool:
    """Return whether who asks has what is answered."""
    etag = Headers(raw=start["headers"]).get("etag", "").removeprefix("W/")
    known = Headers(scope=scope).get("if-none-match", "").split(",")
    return bool(etag) and etag in {one.strip().removeprefix("W/") for one in known}


def _say_not_modified(start: Message) -> Message:
    headers = [one for one in start["headers"] if one[0] not in OF_CONTENT]
    return {**start, "status": 304, "headers": headers}


def _may_be_compressed(headers: MutableHeaders) -> bool:
    # what is kept is for everybody: an answer with a cookie, or because of one, is for one reader
    for_one = "set-cookie" in headers or "cookie" in headers.get("vary", "").lower()
    text = COMPRESSIBLE.match(headers.get("content-type", "")) is not None
    return text and "content-encoding" not in headers and not for_one
