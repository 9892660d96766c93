"""The view of a run: which version, filters and extras it shows, from the link and the session."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.model.filters import NO_FILTERS
from dashboard.model.roles import Person
from dashboard.model.settings import Settings
from dashboard.server import responses
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.store import Store
from dashboard.ui import state
from dashboard.ui.caches import CACHED_ANSWERS
from dashboard.views.resolve_version import Chosen, choose_version, describe_fault
from dashboard.views.view import View, compare_since, find_day


def build_view(
    store: Store, chosen: Settings, page: str, asked: Mapping[str, str], person: Person
) -> View:
    """Return what the page is asked to show; URL and widgets follow it. Raises StoreError where
    nothing can be served.
    """
    today = responses.read_today()
    opened = choose_version(store, asked, role=person.role)
    facts = CACHED_ANSWERS.facts(opened.version, today)
    view = View(
        store=store,
        version=opened.version,
        filters=NO_FILTERS,
        labels=CACHED_ANSWERS.labels(opened.version),
        settings=chosen,
        today=today,
        page=page,
        dark=st.context.theme.type == "dark",
        generated=facts["generated"],
        answers=CACHED_ANSWERS,
        fault=describe_fault(store.served(), chosen),
    )
    followed = _follow_url(view, opened, facts["default_year"])
    return compare_since(followed, KeptMeetings(store, chosen))


def _follow_url(view: View, opened: Chosen, default_year: int | None) -> View:
    """Return the view with the filters and extras of the URL, as far as they can be followed."""
    filters, extras, notices = state.synchronize_url(
        view.page, default_year, view.labels, view.today
    )
    if opened.left_out:
        extras = state.drop_extras(*opened.left_out, notices=opened.notices)
    return replace(
        view,
        filters=filters,
        extras=extras,
        notices=(*opened.notices, *notices),
        today=find_day(extras, view.today),
    )
