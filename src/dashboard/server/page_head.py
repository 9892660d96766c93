"""The head of a page: tags for link previews in mail and chat, and what is to be loaded first.

A browser fills the page by itself; who only reads the HTML would see an empty one called
“Streamlit”.
"""

import html
import re
import traceback
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.language.messages import current_language
from dashboard.model import server_log, settings
from dashboard.model.sitemap import PAGES, UNFILTERED
from dashboard.server import responses
from dashboard.server.frontend import name_frontend
from dashboard.server.link_preview import Preview, build_preview
from dashboard.server.static_files import FONT, name_file

PERSON_KEY = "dashboard.person"
"""Where in the scope it stands who asks: authentication puts it there."""

CHART_LIBRARY = name_file("plotly/plotly-basic.min.js")
COMPONENTS = Path(__file__).parents[1] / "ui" / "components"
IN_PANELS = {"copy_text"}
"""Components that no page has before a reader opens a panel."""
IMPORT = re.compile(r"""from ['"]\./(\w+)\.js['"]""")


def list_scripts() -> list[str]:
    """List the addresses of what each page runs beside Streamlit's own: the components, and what they
    import. A browser would learn of them one after the other, when the page is nearly there.
    """
    texts = {file.stem: file.read_text("utf-8") for file in COMPONENTS.glob("*.js")}
    imports = {name: IMPORT.findall(text) for name, text in texts.items()}
    imported = {name for names in imports.values() for name in names}

    def follow(name: str) -> Iterable[str]:
        yield name
        for other in imports[name]:
            yield from follow(other)

    return [
        f"./_stcore/bidi-components/dashboard.{component}/{name}.js"
        for component in sorted(texts.keys() - imported - IN_PANELS)
        for name in dict.fromkeys(follow(component))
    ]


PRELOADS = (
    f'<script src="{name_file("backend.js")}"></script>',
    f'<script type="module" src="{name_file("visit.js")}"></script>',
    f'<link rel="stylesheet" href="{name_file("site.css")}">',
    f'<link rel="stylesheet" href="{name_file("print.css")}">',
    f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{name_file(FONT)}">',
    f'<meta name="dashboard-plotly" content="{CHART_LIBRARY}">',
    *(f'<link rel="modulepreload" href="{script}">' for script in list_scripts()),
)
CHARTS = (f'<script async data-plotly src="{CHART_LIBRARY}"></script>',)
"""What draws the charts (ui/components/page.js): it starts while the page asks for its contents."""
END = b"</head>"
TITLE = re.compile(rb"<title>[^<]*</title>")
LANGUAGE = re.compile(rb'<html lang="[^"]*"')
MAX_QUERY_BYTES = 8000
"""Bytes of a query that are looked at; a longer one is no link of ours."""
VARYING_HEADERS = (
    b"accept-encoding",
    b"if-none-match",
    b"if-modified-since",
    b"range",
    b"if-range",
)
"""What the file's own answer would depend on: the page is another one for every link."""


class PageHeadMiddleware:
    """ASGI middleware around Streamlit and our routes. Nothing that goes wrong here reaches a
    reader.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self.base = responses.normalize_base(base_path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        page = self._page(scope)
        if page is None or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        someone = scope.get(PERSON_KEY)
        await self._send_page(scope, send, page, bare=someone is not None and not someone.role)

    def _page(self, scope: Scope) -> str | None:
        path = responses.path_below(self.base, scope)
        page = path.strip("/") if path is not None else None
        return page if page in PAGES else None

    async def _send_page(self, scope: Scope, send: Send, page: str, *, bare: bool) -> None:
        """Send a page with its head; a bare one only says its language: the sign-in is on it."""
        asked = {**scope, "method": "GET"}
        asked["headers"] = [
            (name, value) for name, value in scope["headers"] if name.lower() not in VARYING_HEADERS
        ]
        start, content = await responses.read_response(self.app, asked)
        headers = MutableHeaders(raw=start["headers"])
        if start["status"] == 200 and headers.get("content-type", "").startswith("text/html"):
            if not bare:
                query = scope["query_string"]
                content = await run_in_threadpool(insert_preview, content, page, query)
                content = name_frontend(content).replace(END, build_preloads(page) + END, 1)
            content = LANGUAGE.sub(b'<html lang="%s"' % current_language().encode(), content, 1)
            _describe_content(headers, content)
        await send({**start, "headers": headers.raw})
        await send(
            {"type": "http.response.body", "body": content if scope["method"] == "GET" else b""}
        )


def _describe_content(headers: MutableHeaders, content: bytes) -> None:
    """Set the length of the changed page, and nothing more of the file that it was."""
    for name in ("etag", "last-modified", "accept-ranges"):
        if name in headers:
            del headers[name]
    headers["content-length"] = str(len(content))


def insert_preview(content: bytes, page: str, query: bytes) -> bytes:
    """Insert a preview of what the page shows into its head; leave it as it is where that cannot be
    told.
    """
    try:
        if len(query) > MAX_QUERY_BYTES or not TITLE.search(content):
            return content
        tags = _build_tags(page, query.decode("ascii", "replace"))
        return TITLE.sub(lambda _: tags.encode("utf-8"), content, count=1)
    except Exception as error:  # noqa: BLE001 - a page without a preview is better than none
        # its words may hold a name or what somebody searched for
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}, line {last.lineno}"
        server_log.log_throttled(
            f"no preview for {page or 'the start'}: {type(error).__name__} in {where}"
        )
        return content


@responses.retry_unreadable
def _build_tags(page: str, query: str) -> str:
    version = responses.open_store(settings.store_folder()).served().version.id
    tags = _build_cached_tags(
        page,
        query,
        version,
        settings.store_folder(),
        responses.read_today(),
        repr(settings.current()),
        current_language(),
    )
    # what is live, for the script that knows the last visit (ui/static/visit.js)
    return f'{tags}\n    <meta name="dashboard-version" content="{version}">'


@lru_cache(maxsize=500)
def _build_cached_tags(page: str, query: str, *_said_of: object) -> str:
    return format_tags(build_preview(page, query))


def build_preloads(page: str) -> bytes:
    """Build the elements for what a page needs at once: where its server is, how it looks on the
    screen and on paper, and what draws its charts.
    """
    return "".join(
        f"  {element}\n  " for element in (*PRELOADS, *(() if page in UNFILTERED else CHARTS))
    ).encode()


def format_tags(shown: Preview) -> str:
    """Format the preview as elements of HTML, escaped."""
    properties = [
        ("og:title", shown.title),
        ("og:description", shown.description),
        ("og:type", "website"),
    ]
    properties += [("og:url", shown.url)] if shown.url else []
    lines = [
        f"<title>{html.escape(shown.title)}</title>",
        f'<meta name="description" content="{html.escape(shown.description)}">',
    ]
    lines += [
        f'<meta property="{name}" content="{html.escape(value)}">' for name, value in properties
    ]
    return "\n    ".join([*lines, *_format_alternates(shown.alternates)])


def _format_alternates(links: Iterable[tuple[str, str, str]]) -> Iterable[str]:
    for kind, title, address in links:
        yield (
            f'<link rel="alternate" type="{html.escape(kind)}" title="{html.escape(title)}"'
            f' href="{html.escape(address)}">'
        )
