"""What is served beside the pages: routes (health, short links, the calendar, the feed, the API) and the
middleware around everything (security headers, hosts and origins, authentication, the head of a
page as link previews read it, compression, Streamlit's frontend in few files).

Streamlit's own routes are not touched.
"""

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from dashboard.model.server_log import throttle_libraries
from dashboard.server import api, link_routes
from dashboard.server.auth_middleware import AuthMiddleware
from dashboard.server.compression import CompressionMiddleware
from dashboard.server.frontend import FrontendMiddleware
from dashboard.server.headers import SecurityHeadersMiddleware
from dashboard.server.health import report_health
from dashboard.server.hosts import HostMiddleware, disable_address_lookup
from dashboard.server.page_head import PageHeadMiddleware
from dashboard.server.reader_language import LanguageMiddleware
from dashboard.server.responses import normalize_base
from dashboard.server.startup_checks import (
    close_when_unsafe,
    finish_interrupted,
    refuse_unsafe_start,
)

__all__ = ["middleware", "prepare", "routes"]


def prepare() -> None:
    """Prepare the process before anything is served. Ends the process where the settings or the
    folders are not safe to serve.
    """
    refuse_unsafe_start()
    close_when_unsafe()
    disable_address_lookup()
    throttle_libraries()
    finish_interrupted()


def routes(base_path: str = "") -> list[BaseRoute]:
    """Return the routes that app.py adds to Streamlit's own. `base_path` is server.baseUrlPath,
    under which Streamlit serves the pages.
    """
    base = normalize_base(base_path)
    return [
        Route(f"{base}/health", report_health),
        Route(f"{base}/s/{{code}}", link_routes.redirect_short_link),
        Route(f"{base}/calendar.ics", link_routes.get_calendar),
        Route(f"{base}/changes.atom", link_routes.get_change_feed),
        Route(f"{base}/api", api.get_index),
        Route(f"{base}/api/metrics", api.get_metrics_json),
        Route(f"{base}/api/metrics.csv", api.get_metrics_csv),
        Route(f"{base}/api/rows/{{name}}", api.get_rows),
        Route(f"{base}/api/{{rest:path}}", api.refuse_unknown),
    ]


def middleware(base_path: str = "") -> list[Middleware]:
    """Return the middleware that app.py puts around Streamlit and the routes, outermost first."""
    inner = (
        HostMiddleware,
        AuthMiddleware,
        PageHeadMiddleware,
        CompressionMiddleware,
        FrontendMiddleware,
    )
    return [
        Middleware(SecurityHeadersMiddleware),
        Middleware(LanguageMiddleware),
        *(Middleware(each, base_path=base_path) for each in inner),
    ]
