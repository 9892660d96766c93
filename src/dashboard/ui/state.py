"""The state of a view: filters and what else stands in the URL. The URL is the state.

At the start of a run, if the URL differs from the one this session last saw or wrote (a first
visit, Back, Forward, a link), it is read; what is pressed or chosen writes it. On a page change
Streamlit drops the query, and the filters are carried over. No filter is a widget of Streamlit's:
bound to the URL that would write labels, drop ids and make no history entry (measured; see
docs/adr/0005).
"""

from datetime import date
from typing import Any

import streamlit as st

from dashboard.model.filters import Filters, Labels
from dashboard.model.roles import Person, Role
from dashboard.ui.navigation import group_pairs
from dashboard.ui.permission import OWNER, requires
from dashboard.views.actions import ACROSS_PAGES, Target, follow_act
from dashboard.views.content import Content
from dashboard.views.view import DIALOGS, EXTRAS, Pairs, View, make_url_pairs, read_pairs


def synchronize_url(
    page: str, default_year: int | None, labels: Labels, today: date
) -> tuple[Filters, dict[str, str], tuple[str, ...]]:
    """Bring URL and session together at the start of a run; return filters, extras and notices."""
    session, url = st.session_state, _read_url()
    page_changed = session.get("page", page) != page
    session["page"] = page
    if not url and "filters" in session:  # a page change, or Back to the step in between
        _carry_over(page_changed=page_changed)
    elif url != session.get("url") or (
        session.get("day") != today and "period" in session["extras"]
    ):
        filters, extras, notices = read_pairs(url, default_year, labels, today)
        _remember_state(filters, extras, tuple(notices))
        if sorted(make_url_pairs(filters, extras)) != sorted(url):
            _write_url(filters, extras)
    session["day"] = today
    return session["filters"], session["extras"], session["notices"]


def _carry_over(*, page_changed: bool) -> None:
    """Write the state of the session to a URL that has none; another page gets some of the extras."""
    session = st.session_state
    extras = session["extras"]
    if page_changed:
        extras = {name: value for name, value in extras.items() if name in ACROSS_PAGES}
    _remember_state(session["filters"], extras, ())
    _write_url(session["filters"], extras)


def read_requested_extras() -> dict[str, str]:
    """Return the extras that the URL asks for, or that this session has been looking at, before
    anything else is known.
    """
    if not st.query_params:
        kept: dict[str, str] = st.session_state.get("extras", {})
        return {name: value for name, value in kept.items() if name in ACROSS_PAGES}
    return {name: value for name, value in _read_url() if name in EXTRAS and EXTRAS[name](value)}


def store_page(view: View, content: Content | None) -> None:
    """Keep the view of this run and what its page holds, for the page that it runs."""
    st.session_state.update(view=view, content=content)


def current_person() -> Person:
    """Return who looks at the running page, and what they may do."""
    person: Person = st.session_state[OWNER]
    return person


def current_author() -> str:
    """Return who signs what is published: the account, else the name that was typed."""
    return current_person().name or str(st.session_state.get("author") or "")


def current_view() -> View:
    """Return the view that the running page is asked to show."""
    view: View = st.session_state["view"]
    return view


def current_page() -> tuple[View, Content]:
    """Return the view that the running page is asked to show, and what it holds. Raises LookupError
    for a page of the Data section, which holds records as they are kept.
    """
    content: Content | None = st.session_state["content"]
    if content is None:
        raise LookupError("this page shows records as they are kept")
    return current_view(), content


def drop_extras(*names: str, notices: tuple[str, ...]) -> dict[str, str]:
    """Forget some extras in the middle of a run: what they name is not there, as the notices say.
    Gives those that stay.
    """
    session = st.session_state
    kept = {name: value for name, value in session["extras"].items() if name not in names}
    _remember_state(session["filters"], kept, (*notices, *session["notices"]))
    _write_url(session["filters"], kept)
    return kept


def _read_url() -> Pairs:
    return [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]


def _remember_state(filters: Filters, extras: dict[str, str], notices: tuple[str, ...]) -> None:
    st.session_state.update(filters=filters, extras=extras, notices=notices, url=_read_url())


def _write_url(filters: Filters, extras: dict[str, str]) -> None:
    st.query_params.from_dict(group_pairs(make_url_pairs(filters, extras)))
    st.session_state["url"] = _read_url()


@requires(Role.VIEWER)
def change_view(filters: Filters | None = None, **extras: str | None) -> None:
    """Change the state from a callback: new filters, or an extra (None removes it)."""
    session = st.session_state
    merged = {name: value for name, value in (session["extras"] | extras).items() if value}
    chosen = filters if filters is not None else session["filters"]
    _remember_state(chosen, merged, ())
    _write_url(chosen, merged)


@requires(Role.VIEWER)
def follow(act: object) -> None:
    """Go where an act of the page leads (see views.actions): callback of what was pressed. To
    another page the script goes that runs next; a fragment or dialog ends with
    rerun_if_link_opened.
    """
    target = follow_act(current_view(), act) if isinstance(act, str) else None
    if target is None:
        return
    session = st.session_state
    session["followed"] = True
    if target.page != current_view().page:
        session["going_to"] = target
        return
    _write_url(target.filters, dict(target.extras))
    session["url"] = None  # read by the run that comes, which says what of it is not there any more


def take_destination() -> Target | None:
    """Return once where a press on the page before this run leads, if to another page."""
    found: Target | None = st.session_state.pop("going_to", None)
    return found


@requires(Role.VIEWER)
def open_link(link: str, *, inside: bool = False) -> None:
    """Open what a link names ("project=dutch-ai-factory"): callback of a click on a mark, a bar or a
    cell.

    `inside` a fragment or dialog, which ends with rerun_if_link_opened: only a run of the whole
    script opens another.
    """
    name, _, value = link.partition("=")
    if name in EXTRAS:
        change_view(**dict.fromkeys(DIALOGS) | {name: value})
        st.session_state["followed"] = inside


@requires(Role.VIEWER)
def adopt_widget_value(extra: str, key: str = "") -> None:
    """Take what a widget holds as an extra from now on (callback). `key` is that of the widget,
    where it is another name.
    """
    held: Any = st.session_state[key or extra]
    change_view(None, **{extra: " ".join(held.split()) if isinstance(held, str) else held})


def rerun_if_link_opened() -> None:
    """Run the whole script at the end of a fragment or dialog in which a link was opened."""
    if st.session_state.pop("followed", False):
        st.rerun()


@requires(Role.VIEWER)
def close_panels() -> None:
    """Close all panels (callback)."""
    change_view(**dict.fromkeys(DIALOGS))
