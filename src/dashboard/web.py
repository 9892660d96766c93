"""Routes beside the pages."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard import settings
from dashboard.filters import Filters
from dashboard.metrics import METRICS, evaluate
from dashboard.store import Store, StoreError


def health(_request: Request) -> Response:
    """Whether the dashboard can answer: it opens the served version and asks it one question.

    Streamlit's own health route says ok while every page fails. 200 with the version, or 503.
    """
    try:
        version = Store(settings.store_folder()).open()
        evaluate(version, METRICS["events_held"], Filters())
    except StoreError as error:
        print(f"dashboard: {error}")
        return JSONResponse({"status": "failing", "reason": "the store cannot be read; see the log"}, status_code=503)
    return JSONResponse({"status": "ok", "version": version.id})


def routes() -> list[BaseRoute]:
    """What app.py adds to Streamlit's own routes."""
    return [Route("/health", health)]
