"""The link of a view that is given to others: live or pinned, long and short."""

from dashboard import shares as shelf
from dashboard.shares import Shelf, ShelfError
from dashboard.views.view import View, pinned_to, without_pin

LIVE, PINNED = "live", "pinned"
NOT_SHARED = ("present", "meeting", "step")


def link(view: View, kind: str, chart: str = "") -> str:
    """Make the link to share, without host: live or pinned, to the page or one chart of it."""
    extras = dict.fromkeys(NOT_SHARED, "") | ({"chart": chart} if chart else {})
    if kind == LIVE:
        return view.link(
            **extras, **dict.fromkeys(set(view.extras) - set(without_pin(view.extras)), "")
        )
    if view.pinned and view.extras.get("show") != "now":
        return view.link(**extras)
    return pinned_to(view, view.version, view.today).link(**extras)


def of_file(view: View, base: str, shares: Shelf) -> tuple[str, str]:
    """Make the full and the short link of a view for a file, as it is shown: pinned or live. The
    short one is empty where the shelf cannot be used. `base` is where the dashboard is reached,
    empty where nobody knows.
    """
    path = link(view, PINNED if view.pinned and view.extras.get("show") != "now" else LIVE)
    if not base:
        return path, ""
    try:
        return base + path, f"{base}/s/{shelf.shorten(shares, path)}"
    except ShelfError:
        return base + path, ""
