"""What is served beside the pages: routes (health, short links, the calendar, the API) and what every answer gets
(`middleware`: what the browser is told, the hosts that are answered, the gate, the head of a page as link previews read it, and packed files).

Streamlit's own routes are not touched.
"""

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from dashboard.serverlog import quieten
from dashboard.web import api, links
from dashboard.web.answers import base_of
from dashboard.web.finishing import finish
from dashboard.web.gate import Gate
from dashboard.web.head import Head
from dashboard.web.headers import Headers
from dashboard.web.health import health
from dashboard.web.hosts import Hosts, ask_nobody
from dashboard.web.packed import Packed
from dashboard.web.start import check, keep_checking

__all__ = ["middleware", "prepare", "routes"]


def prepare() -> None:
    """What is done before anything is served. Ends the process where the settings or the folders are not safe to serve."""
    check()
    keep_checking()
    ask_nobody()
    quieten()
    finish()


def routes(base_path: str = "") -> list[BaseRoute]:
    """What app.py adds to Streamlit's own routes. `base_path` is server.baseUrlPath, under which Streamlit serves the
    pages."""
    base = base_of(base_path)
    return [
        Route(f"{base}/health", health),
        Route(f"{base}/s/{{code}}", links.short),
        Route(f"{base}/calendar.ics", links.events_calendar),
        Route(f"{base}/api", api.index),
        Route(f"{base}/api/metrics", api.metrics_json),
        Route(f"{base}/api/metrics.csv", api.metrics_csv),
        Route(f"{base}/api/rows/{{name}}", api.rows),
        Route(f"{base}/api/{{rest:path}}", api.unknown),
    ]


def middleware(base_path: str = "") -> list[Middleware]:
    """What app.py puts around Streamlit and the routes."""
    inner = (Hosts, Gate, Head, Packed)
    return [Middleware(Headers), *(Middleware(each, base_path=base_path) for each in inner)]
