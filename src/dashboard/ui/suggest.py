"""What is suggested while a question is typed: records by name, pages, and what numbers mean, each
with where it leads. The text comes in the body of a POST: it stands in no address and no log.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboard.asking.question import keep_vocabulary
from dashboard.asking.words import MAX_LETTERS
from dashboard.language.choice import PARAMETER
from dashboard.language.messages import LANGUAGES, N_, _, ngettext, pgettext, speak, speaking
from dashboard.model.filters import NO_FILTERS
from dashboard.model.sitemap import PAGES
from dashboard.query.metrics import METRICS
from dashboard.query.suggestions import Suggestion, match_labels, suggest
from dashboard.server import responses
from dashboard.server.reader_language import find_language
from dashboard.ui.parts import HEADERS, read_view
from dashboard.views.actions import ACROSS_PAGES, OPEN, Target, follow_act
from dashboard.views.view import View, link_to_record

MAX_BODY = 16_000
"""Bytes of a request: a text, and the address of the page it is typed on."""
MAX_OF_A_GROUP = 5
GROUPS: Mapping[str, str] = {
    "people": N_("People"),
    "events": N_("Events"),
    "projects": N_("Projects"),
    "places": N_("Places"),
    "trainings": N_("Trainings"),
    "series": N_("Series"),
    "organisations": N_("Organisations"),
    "pages": N_("Pages"),
    "definitions": N_("Definitions"),
}
"""The groups of what is suggested, in this order: those of query.suggestions, and ours."""
Option = dict[str, str]


def routes(base_path: str) -> list[BaseRoute]:
    """Return the route of the suggestions, for app.py."""
    base = responses.normalize_base(base_path)
    return [Route(f"{base}/suggestions", post_suggestions, methods=["POST"])]


async def post_suggestions(request: Request) -> Response:
    """Return what a text that is being typed suggests, in groups, and how many there are in words.
    Without a text there are none; what it takes to answer the one that comes is loaded.
    """
    asked = await _read_asked(request)
    if asked is None:
        return responses.as_json({"error": "not understood"}, 400, HEADERS)
    request.state.asked = asked
    return await _answer(request)


async def _read_asked(request: Request) -> Mapping[str, str] | None:
    """Read the body of a request: an object of texts. None for anything else."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            return None
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(asked, dict) or not all(isinstance(one, str) for one in asked.values()):
        return None
    return asked if asked.get("page", "") in PAGES else None


@responses.answer_in_thread
def _answer(request: Request) -> Response:
    asked: Mapping[str, str] = request.state.asked
    query = asked.get("query", "")
    in_link = dict(responses.parse_query(query)).get(PARAMETER, "")
    speak(find_language(in_link, asked.get("spoken", ""), ""))
    view, text = read_view(asked.get("page", ""), query, dark=False), asked.get("text", "").strip()
    if not text:  # somebody is about to ask
        keep_vocabulary(view.version, view.today)
    groups = build_groups(view, text[:MAX_LETTERS]) if text else []
    found = sum(len(group["options"]) for group in groups)
    said = ngettext("{n:,} suggestion", "{n:,} suggestions", found) if found else ""
    answer = orjson.dumps({"groups": groups, "said": said})
    return Response(answer, headers=HEADERS, media_type=responses.JSON_TYPE)


def build_groups(view: View, text: str) -> list[dict[str, Any]]:
    """Build what a text suggests, in groups with their labels."""
    options: dict[str, list[Option]] = {}
    for group in suggest(view.version, text, view.today, MAX_OF_A_GROUP):
        options[group.name] = [
            option
            for one in group.suggestions
            for option in _build_option(view, one.label, one.detail, lead_to_record(view, one))
        ]
    options |= {"pages": [], "definitions": []}
    for act, label in _find_ways(text).items():
        group_name = "pages" if act.startswith("page:") else "definitions"
        options[group_name].extend(_build_option(view, label, "", act))
    return [
        {"label": _(label), "options": options[name][:MAX_OF_A_GROUP]}
        for name, label in GROUPS.items()
        if options.get(name)
    ]


def _build_option(view: View, label: str, detail: str, act: str) -> Iterator[Option]:
    """Build an option, if it leads anywhere from the view."""
    if target := follow_act(view, act):
        yield {"label": label, "detail": detail, "act": act, "href": f".{target.address}"}


FILTER_OF: Mapping[str, tuple[str, str]] = {
    "cities": ("events", "city"),
    "countries": ("events", "country"),
    "people": ("people", "speaker"),
}
"""Where what has no panel of its own leads: a page, with this filter and no other."""


def lead_to_record(view: View, found: Suggestion) -> str:
    """Lead to the panel of a record over the page, or to what is known of it in all years."""
    table, identity = found.table, found.id
    if table not in FILTER_OF or (table == "people" and view.settings.profiles):
        return link_to_record(table, identity)
    page, name = FILTER_OF[table]
    kept = {name: value for name, value in view.extras.items() if name in ACROSS_PAGES}
    kept.pop("period", None)
    return f"{OPEN}{Target(page, NO_FILTERS.with_(**{name: (identity,)}), kept).address}"


# --- pages and definitions


def _name_ways() -> dict[str, str]:
    """Name the pages for all readers, and what numbers mean, by what leads there, in the language that
    is spoken.
    """
    pages = {f"page:{one}": pgettext("page", PAGES[one]) for one in PAGES if one != "publish"}
    return pages | {f"why={name}": metric.label for name, metric in METRICS.items()}


@cache
def _name_in(language: str) -> Mapping[str, str]:
    with speaking(language):
        return _name_ways()


def _find_ways(text: str) -> Mapping[str, str]:
    """Find pages and definitions that are called so in any language; what each is called in the one
    that is spoken.
    """
    names = _name_ways()
    found = [one for language in LANGUAGES for one in match_labels(_name_in(language), text, 20)]
    return {act: names[act] for act in found}
