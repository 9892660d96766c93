"""What is served beside the pages: routes (health, short links, the calendar, the API) and what
every answer gets (`middleware`: what the browser is told, the hosts that are answered, the gate,
the head of a page as link previews read it, and packed files).

Streamlit's own routes are not touched.
"""

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from dashboard.model.server_log import quieten
from dashboard.server import api, link_routes
from dashboard.server.auth_middleware import Gate
from dashboard.server.compression import Packed
from dashboard.server.headers import Headers
from dashboard.server.health import health
from dashboard.server.hosts import Hosts, ask_nobody
from dashboard.server.page_head import Head
from dashboard.server.responses import base_of
from dashboard.server.startup_checks import check, keep_checking
from dashboard.server.unfinished import finish

__all__ = ["middleware", "prepare", "routes"]


def prepare() -> None:
    """What is done before anything is served. Ends the process where the settings or the folders
    are not safe to serve.
    """
    check()
    keep_checking()
    ask_nobody()
    quieten()
    finish()


def routes(base_path: str = "") -> list[BaseRoute]:
    """What app.py adds to Streamlit's own routes. `base_path` is server.baseUrlPath, under which
    Streamlit serves the pages.
    """
    base = base_of(base_path)
    return [
        Route(f"{base}/health", health),
        Route(f"{base}/s/{{code}}", link_routes.short),
        Route(f"{base}/calendar.ics", link_routes.events_calendar),
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
