"""The parts of a page for a browser that asks for them by itself: what a change of the view shows,
before the script has run.

The same functions build them, from the same caches, for the same reader: the script, which runs
after it, sends what is drawn already (docs/adr/0023).
"""

import importlib.util
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from functools import cache
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboard.language.choice import PARAMETER
from dashboard.language.messages import speak
from dashboard.model.roles import Role
from dashboard.model.sitemap import PAGES, UNFILTERED
from dashboard.server import responses
from dashboard.server.page_head import PERSON_KEY
from dashboard.server.reader_language import find_language
from dashboard.ui import bar, caches, page
from dashboard.ui.bar_filters import build_more
from dashboard.ui.elements import PICTURE_FORMATS, Reader, build_part
from dashboard.ui.navigation import find_page_file
from dashboard.ui.news import build_news
from dashboard.views.view import EXTRAS, View

YES = "true"
_BUILDING = ThreadPoolExecutor(4, "parts")
HEADERS = {**responses.OWN_HEADERS, "Cache-Control": "private, no-store"}
"""The script keeps what was asked for; what a browser kept would outlive a forgotten person."""
Part = Mapping[str, Any]


def routes(base_path: str) -> list[BaseRoute]:
    """Return the route of the parts, for app.py."""
    base = responses.normalize_base(base_path)
    return [Route(f"{base}/parts/{{page:path}}", get_parts)]


@cache
def read_layout(name: str) -> page.Layout | None:
    """Read what a page shows from its file in pages/; None for one of the Data section."""
    found = importlib.util.spec_from_file_location(
        f"pages.{name or 'overview'}", find_page_file(name)
    )
    if found is None or found.loader is None:
        return None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    layout: page.Layout | None = getattr(module, "lay_out", None)
    return layout


@responses.answer_in_thread
def get_parts(request: Request) -> Response:
    """Return the parts of a page that are asked for (`part`), as the browser's script writes them."""
    name = str(request.path_params["page"])
    if name not in PAGES or name in UNFILTERED:
        return responses.as_json({"error": "there is no such page"}, 404)
    asked = request.query_params
    person = request.scope.get(PERSON_KEY)
    picture_format = asked.get("picture", "")
    reader = Reader(
        embedded=asked.get("embedded") == YES,
        steward=person is not None and person.role is Role.STEWARD,
        picture_format=picture_format if picture_format in PICTURE_FORMATS else PICTURE_FORMATS[0],
    )
    speak(find_language(asked.get(PARAMETER, ""), asked.get("spoken", ""), ""))
    view = read_view(name, request.url.query, dark=asked.get("dark") == YES)
    wanted = [part for part in asked.getlist("part") if part in BUILDERS]
    built = {
        part: _BUILDING.submit(copy_context().run, BUILDERS[part], view, reader) for part in wanted
    }
    parts = {part: waited.result() for part, waited in built.items()}
    return Response(orjson.dumps(parts), headers=HEADERS, media_type=responses.JSON_TYPE)


def read_view(name: str, query: str, *, dark: bool) -> View:
    """Read the view that an address asks for, as the script does for a reader of what is published."""
    answers = caches.CACHED_ANSWERS
    return replace(responses.read_view(name, query, kept=EXTRAS, answers=answers)[0], dark=dark)


def _build_page(view: View, reader: Reader) -> Part:
    content, layout = caches.get_content(view), read_layout(view.page)
    return page.build_page(view, reader, content, layout) if content and layout else {}


def _build_more(view: View, reader: Reader) -> Part:
    return build_part(view, reader, [build_more(view)])


def _build_since(view: View, reader: Reader) -> Part:
    return build_part(view, reader, [build_news(view)])


BUILDERS: Mapping[str, Callable[[View, Reader], Part]] = {
    "page": _build_page,
    "bar": bar.build_filter_part,
    "more": _build_more,
    "since": _build_since,
}
"""What builds each part that can be asked for; the filters behind “More” are drawn so alone, for who
opens them.
"""
