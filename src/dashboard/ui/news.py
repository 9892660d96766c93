"""The lines of Overview that say what changed since the last visit, or on a first one since the last
meeting: three at most. The browser alone knows when its last visit was, and asks for them by itself
(static/visit.js).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _, ngettext
from dashboard.model.filters import NO_FILTERS
from dashboard.publishing.since import HAPPENED, KNOWN, Change, Since, make_headline
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.text.dates import format_day
from dashboard.ui.elements import Reader
from dashboard.views.actions import OPEN
from dashboard.views.content.change_blocks import build_row, find_act
from dashboard.views.content.changes import read_since
from dashboard.views.resolve_since import read_history
from dashboard.views.view import ALL_YEARS, View, compare_since

MAX_LINES = 3


@dataclass(frozen=True)
class Asked:
    """Since when is told: what a link says of it, and the day of the visit; none of a meeting."""

    since: str
    visited: date | None = None


def place_news(view: View, reader: Reader) -> Element | None:
    """Make what tells the browser which version it has in sight, and on Overview where its lines go;
    nothing in a view that is pinned, not published, or in another site.
    """
    if view.candidate or view.pinned or reader.embedded:
        return None
    attributes = {"data-version": view.version.id, "data-day": view.today.isoformat()}
    if view.page == "":
        attributes["data-tells"] = ""
    return Element("dashboard-visit", css="news", attributes=attributes)


def build_news(view: View) -> Element | None:
    """Build the lines for the visit that a view names, else since the last meeting; None where nothing
    changed.
    """
    meetings = KeptMeetings(view.store, view.settings)
    asked = _find_asked(view, meetings)
    if asked is None:
        return None
    extras = {"since": asked.since, "lang": view.language}
    whole = replace(view, page="changes", filters=NO_FILTERS, extras=extras)
    basis, since = read_since(compare_since(whole, meetings))
    lines = list(_list_lines(since, asked.since))
    if not lines:
        return None
    heading = (
        _("Since your last visit on {day}:", day=format_day(asked.visited))
        if asked.visited
        else _("Since “{meeting}” on {day}:", meeting=basis.meeting, day=format_day(basis.day))
    )
    changes = ngettext("{n} change", "All {n:,} changes", len(since.changes))
    way = make_element("a", changes, act=_lead(asked.since))
    return make_element(
        "div",
        make_element("p", f"{heading} ", way, css="news-since"),
        make_element("ul", *lines, css="change-list"),
    )


def _find_asked(view: View, meetings: KeptMeetings) -> Asked | None:
    """Find since when is told: since the day of the visit, which decides what happened since; where
    that day ended with another version than was seen, since the version. One that is not kept any
    more was seen on a day, which will do.
    """
    version_id, on = view.extras.get("since"), view.extras.get("on")
    if version_id and on:
        visited = min(date.fromisoformat(on), view.today)
        history = read_history(view.store, view.settings)
        seen, last = history.open(version_id), history.open_served_on(visited)
        if seen is None or (last is not None and last.id == seen.id):
            return Asked(visited.isoformat(), visited)
        return Asked(seen.id, visited)
    newest = meetings.list_newest(1)
    return Asked(newest[0].id) if newest else None


def _list_lines(since: Since, asked: str) -> Iterator[Element]:
    """List what weighs most of what happened or became known; where it is corrections alone, how many
    there are.
    """
    news = [one for one in since.changes if one.part in (HAPPENED, KNOWN)]
    for change in news[:MAX_LINES]:
        yield build_row(change, _find_way(since, change, asked))
    if not news and since.changes:
        said = "".join(text for text, _strong in make_headline(since))
        way = make_element("a", said, css="name", act=_lead(asked))
        yield make_element("li", way, css="change")


def _find_way(since: Since, change: Change, asked: str) -> str:
    """Find what a line opens: a number where it is told for all years, a record where it is."""
    act = find_act(since, change)
    return _lead(asked, why=change.metric) if change.metric else act


def _lead(asked: str, **more: str) -> str:
    return f"{OPEN}/changes?{urlencode({'year': ALL_YEARS, 'since': asked, **more})}"
