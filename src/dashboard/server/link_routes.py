"""The routes of short links, and of the calendar and the feed of changes that follow a filter."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard import shares
from dashboard.export import calendar as calendar_file
from dashboard.export import change_feed
from dashboard.export.lost_choice import find_lost
from dashboard.language.messages import N_, _, current_language
from dashboard.model import server_log, settings
from dashboard.server import responses
from dashboard.server.body_cache import Body
from dashboard.views.resolve_since import read_history
from dashboard.views.view import ALL_YEARS

CALENDAR = "text/calendar; charset=utf-8"
GONE = 410
DAMAGED = N_(
    "It is damaged, and leads nowhere rather than to another view: ask for it to be shared anew."
)
UNREADABLE = N_("The short links cannot be read just now. The reason is in the server's log.")
NOT_NOW = N_("The short links cannot be read just now: try again in a minute.")
NOT_KNOWN = N_("It may have been typed wrongly, or come from another dashboard.")
NO_STORE = {"Cache-Control": "no-store"}
ERROR_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"></head>
<body><h1>{title}</h1><p>{text}</p><p><a href="../">{way}</a></p></body></html>
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
        return _refuse(NOT_NOW, 503)
    return _refuse(NOT_KNOWN, 404)


def _refuse(why: str, status: int) -> Response:
    """Answer with a page of our own; `why` is its message."""
    is_gone = status == GONE
    page = ERROR_PAGE.format(
        language=current_language(),
        title=_("This short link is damaged")
        if is_gone
        else _("This short link is not known here"),
        text=_(why),
        way=_("To the dashboard"),
    )
    return HTMLResponse(page, status, {**responses.OWN_HEADERS, **NO_STORE})


@responses.answer_in_thread
def get_calendar(request: Request) -> Response:
    """Return the events of a filter, to subscribe to; with v= those of one version."""
    view, notices = responses.read_view("events", request.url.query, also=("key",))
    base = request.url.path.removesuffix("/calendar.ics")
    lost = find_lost(view, responses.parse_query(request.url.query))

    def made() -> Body:
        address = responses.find_public_address(request, base)
        found = calendar_file.build_calendar(view, address, lost)
        headers = {
            "X-Events-Left-Out": str(found.extent.left_out),
            "X-Events-Beyond": str(found.extent.beyond),
            "X-Notices": str(len(notices)),
            "Content-Disposition": 'inline; filename="events.ics"',
        }
        return Body(found.data, CALENDAR, headers)

    # which events are the nearest to today depends on the day
    day = view.today if sum(view.statuses().values()) > calendar_file.MAX_CALENDAR_ENTRIES else ""
    return responses.answer_conditionally(request, view, notices, made, day, lost)


@responses.answer_in_thread
def get_change_feed(request: Request) -> Response:
    """Return what each publication changed under a filter, to follow; of all years where none is
    asked for. With v= it ends with that version.
    """
    query = request.url.query
    times, pairs = {"year", "month", "period"}, responses.parse_query(query)
    if not times & {name for name, _value in pairs}:
        query = f"{query}&year={ALL_YEARS}"
    # not of the page itself: what that compares with is no matter here
    read, notices = responses.read_view("events", query, also=("key",))
    view, base = (
        replace(read, page=change_feed.PAGE),
        request.url.path.removesuffix("/changes.atom"),
    )
    lost = find_lost(view, pairs)

    def made() -> Body:
        address = responses.find_public_address(request, base)
        data = change_feed.build_feed(view, address, lost)
        headers = {
            "X-Notices": str(len(notices)),
            "Content-Disposition": 'inline; filename="changes.atom"',
        }
        return Body(data, change_feed.MEDIA_TYPE, headers)

    served = read_history(view.store, view.settings).served
    return responses.answer_conditionally(
        request, view, notices, made, *served[-1:], len(served), lost
    )
