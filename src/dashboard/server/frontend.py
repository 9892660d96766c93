"""Streamlit's frontend in few files: what every page needs of it is one script, and its icons are
those that are used.

scripts/bundle_frontend.py makes them where the dashboard is installed, from the Streamlit that is
there. Without them, or where another one is, Streamlit's own frontend is served as it is. They have
an address of their own, with a digest, so that no browser mixes modules of both. Why: docs/adr/0022.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import streamlit
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.model import server_log
from dashboard.server import responses, static_files

FOLDER = Path(__file__).parent / "streamlit_frontend"
BUNDLE, MADE_FROM = "frontend.js", "made_from.json"
PATH = re.compile(r"/static/([0-9a-f]{12})(/.+)")
"""Where it is served: any digest is answered, for pages that were opened before an update; what it
has not is Streamlit's own.
"""
KEPT = {"Cache-Control": "public, immutable, max-age=31536000"}
CHECKED = {"Cache-Control": "no-cache"}
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
FONT_AHEAD = re.compile(rb'<link\s+rel="preload"\s[^>]*as="font"[^>]*>\s*')
"""Streamlit's own typeface, in which no page of ours is set: a tenth of a first visit."""
MODULES_AHEAD = re.compile(rb'<link rel="modulepreload"[^>]*>\s*')
ENTRY = re.compile(rb'(<script type="module"[^>]* src=")\./static/js/index\.[^"]+"')
STYLES = b'href="./static/css/'
LATIN, OTHER = "U+0-36F, U+1E00-1EFF, U+2000-27BF", "U+370-1DFF, U+1F00-1FFF"
TYPEFACE = re.compile(
    r"(@font-face\{font-family:Source Sans;[^{}]*font-style:normal;src:)([^{}]*)\}"
)
"""Streamlit's typeface: a page is set in it until its theme is known, and in ours after that."""


@dataclass(frozen=True)
class Frontend:
    """The files, by their paths below its address."""

    digest: str
    files: Mapping[str, bytes]

    @property
    def address(self) -> str:
        """Where it is, as a page names it."""
        return f"./static/{self.digest}"


@cache
def read_frontend() -> Frontend | None:
    """Read the frontend; None where it was not made, or from another Streamlit than the one installed."""
    manifest = Path(streamlit.__file__).parent / "static" / "manifest.json"
    if read_origin() != hashlib.sha256(manifest.read_bytes()).hexdigest():
        server_log.log(
            "a first visit is slower: scripts/bundle_frontend.py was not run with this Streamlit"
        )
        return None
    files = {
        f"/{file.relative_to(FOLDER).as_posix()}": file.read_bytes() for file in FOLDER.glob("*/*")
    }
    files |= {
        f"/css/{file.name}": set_letters(file.read_text("utf-8")).encode()
        for file in (manifest.parent / "static" / "css").glob("index.*.css")
    }
    digest = hashlib.sha256(b"".join(name.encode() + files[name] for name in sorted(files)))
    return Frontend(digest.hexdigest()[:12], MappingProxyType(files))


def read_origin() -> str | None:
    """Read the digest of the manifest of which it was made; None where it was not made."""
    try:
        return str(json.loads((FOLDER / MADE_FROM).read_text("utf-8"))["manifest"])
    except FileNotFoundError:
        return None


def set_letters(styles: str) -> str:
    """Set the Latin letters of Streamlit's typeface in ours: a page would be fetched in two, and be
    seen to change. Greek and Cyrillic ones, which ours has not, stay as they are.
    """
    ours = f'url("../../../{static_files.name_file(static_files.FONT)}")format("woff2")'
    return TYPEFACE.sub(rf"\1\2;unicode-range:{OTHER}}}\1{ours};unicode-range:{LATIN}}}", styles)


def name_frontend(page: bytes) -> bytes:
    """Name in Streamlit's page our frontend in place of its own, and no typeface that is not used."""
    page = FONT_AHEAD.sub(b"", page)
    found = read_frontend()
    if found is None or not ENTRY.search(page):
        return page
    address = found.address.encode()
    page = ENTRY.sub(rb"\1" + address + f'/js/{BUNDLE}"'.encode(), page)
    return MODULES_AHEAD.sub(b"", page).replace(STYLES, b'href="' + address + b"/css/")


class FrontendMiddleware:
    """ASGI middleware around Streamlit."""

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self.base = responses.normalize_base(base_path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = responses.path_below(self.base, scope) if scope["type"] == "http" else None
        asked, found = PATH.fullmatch(path or ""), read_frontend()
        if asked is None or found is None:
            await self.app(scope, receive, send)
        elif asked[2] in found.files:
            kept = KEPT if asked[1] == found.digest else CHECKED
            content, kind = found.files[asked[2]], TYPES[Path(asked[2]).suffix]
            await Response(content, headers=kept, media_type=kind)(scope, receive, send)
        else:
            own = scope["path"].removesuffix(asked[0]) + f"/static{asked[2]}"
            await self.app({**scope, "path": own, "raw_path": own.encode()}, receive, send)
