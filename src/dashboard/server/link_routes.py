"""The routes of short links and of the calendar that follows a filter."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard import shares
from dashboard.export import calendar as calendar_file
from dashboard.model import server_log, settings
from dashboard.server import responses
from dashboard.server.body_cache import Body

CALENDAR = "text/calendar; charset=utf-8"
GONE = 410
DAMAGED = (
    "It is damaged, and leads nowhere rather than to another view: ask for it to be shared anew."
)
UNREADABLE = "The short links cannot be read just now. The reason is in the server's log."
NO_STORE = {"Cache-Control": "no-store"}
ERROR_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{1}</title>
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"></head>
<body><h1>{1}</h1><p>{0}</p><p><a href="../">To the dashboard</a></p></body></html>
"""


def redirect_short_link(request: Request) -> Response:
    """Redirect to the view that a code stands for; 404 with a page of our own for another code, 410
    for one whose link is not what was kept.

    The way there is written relative to this address, so that it holds under any path and leads to
    no other site.
    """
    try:
        link = shares.expand(shares.SharesDb(settings.shares_file()), request.path_params["code"])
    except shares.Damaged as error:
        server_log.log_throttled(str(error))
        return _refuse(DAMAGED, GONE)
    except shares.SharesError as error:
        server_log.log_throttled(str(error))
        return _refuse(UNREADABLE, 503)
    if link is None:
        return _refuse_unknown()
    return Response(
        status_code=307, headers={**responses.OWN_HEADERS, **NO_STORE, "Location": f"..{link}"}
    )


def _refuse_unknown() -> Response:
    if not settings.shares_file().exists() and not settings.store_folder().is_dir():
        server_log.log_throttled(f"the store {settings.store_folder()} is not there")
        return _refuse("The short links cannot be read just now: try again in a minute.", 503)
    return _refuse("It may have been typed wrongly, or come from another dashboard.", 404)


def _refuse(text: str, status: int) -> Response:
    title = "This short link is damaged" if status == GONE else "This short link is not known here"
    return HTMLResponse(
        ERROR_PAGE.format(text, title), status, {**responses.OWN_HEADERS, **NO_STORE}
    )


@responses.answer_in_thread
def get_calendar(request: Request) -> Response:
    """Return the events of a filter, to subscribe to; with v= those of one version."""
    view, notices = responses.read_view("events", request.url.query, also=("key",))
    base = request.url.path.removesuffix("/calendar.ics")

    def made() -> Body:
        found = calendar_file.build_calendar(view, responses.find_public_address(request, base))
        headers = {
            "X-Events-Left-Out": str(found.extent.left_out),
            "X-Events-Beyond": str(found.extent.beyond),
            "X-Notices": str(len(notices)),
            "Content-Disposition": 'inline; filename="events.ics"',
        }
        return Body(found.data, CALENDAR, headers)

    # which events are the nearest to today depends on the day
    day = view.today if sum(view.statuses().values()) > calendar_file.MAX_CALENDAR_ENTRIES else ""
    return responses.answer_conditionally(request, view, notices, made, day)
