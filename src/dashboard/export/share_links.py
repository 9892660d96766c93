"""The link of a view that is given to others: live or pinned, long and short."""

from dashboard import shares
from dashboard.export.view_export import link_to
from dashboard.shares import SharesDb, SharesError
from dashboard.views.view import View, pin_view, remove_pin

LIVE, PINNED = "live", "pinned"
NOT_SHARED = ("present", "meeting", "step")


def make_link(view: View, kind: str, chart: str = "") -> str:
    """Make the link to share, without host: live or pinned, to the page or one chart of it. It says
    the language: who gets it sees what was shared.
    """
    extras = dict.fromkeys(NOT_SHARED, "") | ({"chart": chart} if chart else {})
    if kind == LIVE:
        pins = dict.fromkeys(set(view.extras) - set(remove_pin(view.extras)), "")
        return link_to(view, **extras, **pins)
    if view.pinned and view.extras.get("show") != "now":
        return link_to(view, **extras)
    return link_to(pin_view(view, view.version, view.today), **extras)


def make_file_links(view: View, base: str, shares_db: SharesDb) -> tuple[str, str]:
    """Make the full and the short link of a view for a file, as it is shown: pinned or live. The
    short one is empty where the shelf cannot be used. `base` is where the dashboard is reached,
    empty where nobody knows.
    """
    path = make_link(view, PINNED if view.pinned and view.extras.get("show") != "now" else LIVE)
    if not base:
        return path, ""
    try:
        return base + path, f"{base}/s/{shares.shorten(shares_db, path)}"
    except SharesError:
        return base + path, ""
