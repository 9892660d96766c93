"""The state of a view: filters and what else stands in the URL. The URL is the state.

At the start of a run, if the URL differs from the one this session last saw or wrote (a first visit, Back,
Forward, a link), it sets the widgets; when a widget changes, the URL is written. On a page change Streamlit
drops the query, and the filters are carried over. Widgets are not bound by Streamlit itself: that would
write labels, drop ids and make no history entry (measured; see docs/adr/0005).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from dashboard.filters import ID, NAMES, Filters, Labels, known, parse
from dashboard.settings import Settings
from dashboard.store import Store, Version

ALL_YEARS = "all"
EXTRAS: dict[str, Callable[[str], bool]] = {
    "event": lambda value: len(value) <= 200,
    "why": lambda value: len(value) <= 60,
    "view": lambda value: value in ("world", "europe", "netherlands"),
    "size": lambda value: value in ("events", "participants"),
    "place": lambda value: len(value) <= 100 and ID.fullmatch(value) is not None,
}
"""Parameters beside the filters: the event or number that is open, and how the map is shown."""
DIALOGS = ("event", "why")


@dataclass(frozen=True)
class View:
    """What a page is asked to show."""

    store: Store
    version: Version
    filters: Filters
    labels: Labels
    settings: Settings
    today: date
    page: str = ""
    dark: bool = False
    generated: bool = False
    notices: tuple[str, ...] = ()
    extras: dict[str, str] = field(default_factory=dict)

    def link(self, page: str | None = None, **extras: str) -> str:
        """The link to a page with these filters, without host. The year is always written."""
        target = replace(self, extras=extras) if page is not None else replace(self, extras=self.extras | extras)
        return _url(page if page is not None else self.page, target.pairs())

    def pairs(self) -> list[tuple[str, str]]:
        """Everything that the view depends on, as pairs of the URL."""
        return url_pairs(self.filters, self.extras)


def _url(page: str, pairs: list[tuple[str, str]]) -> str:
    return f"/{page}?{urlencode(pairs)}" if pairs else f"/{page}"


def url_pairs(filters: Filters, extras: dict[str, str]) -> list[tuple[str, str]]:
    """Pairs of the URL for a state: `year=all` stands for no year, which otherwise means the default."""
    year = [] if filters.year or filters.month else [("year", ALL_YEARS)]
    return year + filters.query() + [(name, extras[name]) for name in EXTRAS if extras.get(name)]


def read_pairs(
    pairs: list[tuple[str, str]], default_year: int | None, labels: Labels
) -> tuple[Filters, dict[str, str], list[str]]:
    """Filters, extras and notices of a URL. A URL without year and month means the default year."""
    everything = ("year", ALL_YEARS) in pairs
    filters, notices = parse([pair for pair in pairs if pair != ("year", ALL_YEARS)])
    filters, unknown = known(filters, labels)
    if not filters.year and not filters.month and not everything:
        filters = filters.with_(year=default_year)
    extras = {name: value for name, value in pairs if name in EXTRAS and EXTRAS[name](value)}
    bad = [
        f"{name}={value[:40]} is not understood and was left out"
        for name, value in pairs
        if name in EXTRAS and name not in extras
    ]
    return filters, extras, [*notices, *unknown, *bad]


def sync(page: str, default_year: int | None, labels: Labels) -> tuple[Filters, dict[str, str], tuple[str, ...]]:
    """Bring URL, session and widgets together at the start of a run."""
    session = st.session_state
    url = _current_pairs()
    page_changed = session.get("page", page) != page
    session["page"] = page
    if not url and "filters" in session:  # a page change, or Back to the step in between
        extras = {} if page_changed else session["extras"]
        _remember(session["filters"], extras, ())
        _write(session["filters"], extras)
    elif url != session.get("url"):
        filters, extras, notices = read_pairs(url, default_year, labels)
        _remember(filters, extras, tuple(notices))
        _set_widgets(filters)
        if sorted(url_pairs(filters, extras)) != sorted(url):
            _write(filters, extras)
    return session["filters"], session["extras"], session["notices"]


def hold(view: View) -> None:
    """Keep the view of this run for the page that it runs."""
    st.session_state["view"] = view


def current() -> View:
    """The view that the running page is asked to show."""
    view: View = st.session_state["view"]
    return view


def _current_pairs() -> list[tuple[str, str]]:
    return [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]


def _remember(filters: Filters, extras: dict[str, str], notices: tuple[str, ...]) -> None:
    st.session_state.update(filters=filters, extras=extras, notices=notices, url=_current_pairs())


def _write(filters: Filters, extras: dict[str, str]) -> None:
    grouped: dict[str, list[str]] = {}
    for name, value in url_pairs(filters, extras):
        grouped.setdefault(name, []).append(value)
    st.query_params.from_dict(grouped)
    st.session_state["url"] = _current_pairs()


def change(filters: Filters | None = None, **extras: str | None) -> None:
    """Change the state from a callback: new filters, or an extra (None removes it)."""
    session = st.session_state
    merged = {name: value for name, value in (session["extras"] | extras).items() if value}
    chosen = filters if filters is not None else session["filters"]
    _remember(chosen, merged, ())
    _set_widgets(chosen)
    _write(chosen, merged)


def key(name: str) -> str:
    """Session key of the widget of a filter."""
    return f"filter_{name}"


def _set_widgets(filters: Filters) -> None:
    session = st.session_state
    year = filters.year or (int(filters.month[0][:4]) if len({m[:4] for m in filters.month}) == 1 else None)
    session[key("year")] = str(year) if year else ALL_YEARS
    session[key("text")] = filters.text
    for name in set(NAMES) - {"year", "text"}:
        session[key(name)] = list(getattr(filters, name))


def from_widgets(changed: str) -> None:
    """Callback of the filter bar: the widgets give the filters. Another year takes its months with it."""
    session = st.session_state
    chosen = session[key("year")]
    year = None if chosen in (None, ALL_YEARS) else int(chosen)
    months = tuple(sorted(session.get(key("month")) or ()))
    if changed == "year":
        months = tuple(f"{year}{month[4:]}" for month in months) if year else ()
    values = {name: tuple(session.get(key(name)) or ()) for name in set(NAMES) - {"year", "month", "text"}}
    text = " ".join(str(session.get(key("text")) or "").split())[:200]
    filters = Filters(year=None if months else year, month=months, text=text if text.isprintable() else "", **values)
    change(filters, event=None, why=None)
