"""Every door, read from the code: the rows of the matrix. What has no answer in answers.py is
named.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Any
from unittest.mock import MagicMock
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

import dashboard.ui
from dashboard.model.filters import FILTER_NAMES
from dashboard.model.sitemap import PAGES
from dashboard.server import routes
from dashboard.ui.permission import GUARDED
from dashboard.views.view import EXTRAS
from tests.attack.answers import CALLED, FILTERS, LINKS, MESSAGES, ROUTES

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
WHERE = "say in tests/attack/answers.py, {}, who may come through"


@cache
def all_routes() -> tuple[str, ...]:
    """The paths that are served, as they are written in the code; what is mounted are the files of
    the frontend, and any other path is a page.
    """
    served = [*routes(), *create_streamlit_routes(MagicMock())]
    named = [route.path for route in served if hasattr(route, "path") and route.path]
    return (*dict.fromkeys(named), "/static/{path}", "/{page}")


def messages() -> tuple[str, ...]:
    """What a browser may say on the WebSocket; what carries one of several things is each of them."""
    found = []
    for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields:
        carries = [
            inner
            for one in (field.message_type.oneofs if field.message_type else ())
            for inner in one.fields
        ]
        several = [f"{field.name}.{inner.name}" for inner in carries if one_of_several(inner)]
        found += several or [field.name]
    return tuple(found)


def one_of_several(inner: Any) -> bool:
    """Whether a field is one of several, and not one that may be left out."""
    return len(inner.containing_oneof.fields) > 1


def called() -> tuple[str, ...]:
    """What Streamlit calls for a reader."""
    for found in pkgutil.walk_packages(dashboard.ui.__path__, "dashboard.ui."):
        if found.name != "dashboard.ui.site":  # which runs when it is imported
            importlib.import_module(found.name)
    return tuple(name.removeprefix("dashboard.ui.") for name in GUARDED)


def undecided() -> list[str]:
    """A sentence for every door without an answer, and for every answer without a door."""
    sides = {
        "ROUTES": (all_routes(), ROUTES),
        "MESSAGES": (messages(), MESSAGES),
        "CALLED": (called(), CALLED),
        "LINKS": (tuple(EXTRAS), LINKS),
        "FILTERS": (FILTER_NAMES, FILTERS),
    }
    found = []
    for table, (doors, answers) in sides.items():
        found += [f"{door} is new: {WHERE.format(table)}" for door in doors if door not in answers]
        found += [
            f"{door} is gone: take it out of tests/attack/answers.py, {table}"
            for door in answers
            if door not in doors
        ]
    return found


PANELS = (
    ("publish", "candidate={candidate}"),
    ("publish", ""),
    ("publish", "edit=events.spring-school"),
    ("events", "year=2025&candidate={candidate}"),
    ("events", "event=spring-school&year=2025"),
    ("meetings", ""),
    ("records", "tab=tables&table=people&candidate={candidate}"),
    ("records", "tab=todo"),
    ("map", "year=2025"),
    ("people", "person=anna-berg"),
    ("trainings", "why=training_participants"),
    ("review", "year=2025"),
    ("projects", "project=ai-lab"),
    ("changes", "year=all"),
    ("", "meeting={meeting}&step=1&present=true"),
)
"""Pages and panels on which Sam has been, whose widgets, fragments and files are tried."""


def links() -> Iterator[tuple[str, str]]:
    """(page, query): each page by itself, and each thing that a link can say, with a candidate
    beside it.
    """
    for page in PAGES:
        yield page, ""
        yield page, "candidate={candidate}"
    for name, value in (LINKS | FILTERS).items():
        page = (
            "publish"
            if name == "edit"
            else "records"
            if name in ("tab", "table", "find", "record")
            else "changes"
            if name == "since"
            else "events"
        )
        also = {} if name == "candidate" else {"candidate": "{candidate}"}
        also |= {"meeting": "{meeting}"} if name in ("step", "present") else {}
        yield page, urlencode({name: value} | also, safe="{}")
    yield "changes", "since={candidate}"
    yield "events", "v={candidate}"
    yield "events", "v={candidate}&on=2026-01-15&candidate={candidate}"
