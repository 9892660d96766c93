"""Answers that many readers ask for, kept by version, question and filters.

Rows are shared between sessions and must not be changed. A version never changes, so that nothing
here goes stale; old entries make room by themselves.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.intake import template as intake_template
from dashboard.intake.files import read_folder
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.publishing import changes as changes_of
from dashboard.publishing.changes import Changes, NumberChange, compare
from dashboard.query.quality import Task, worklist
from dashboard.query.targets import Progress
from dashboard.store import Store, TableChange, Version, differences
from dashboard.views.content import Content
from dashboard.views.content.pages import content_of
from dashboard.views.view import DIALOGS, Answers, Rows, View

DIRECT = Answers()


@st.cache_resource(show_spinner=False)
def store(root: str) -> Store:
    """The store, one per process: it remembers which versions were found whole."""
    return Store(Path(root))


def _version_id(version: Version) -> tuple[str, int]:
    """A version that was mended keeps its id: what was read from its damaged file does not stay."""
    try:
        return version.id, version.database.stat().st_ino
    except OSError:
        return version.id, 0


_BY_VERSION: dict[str | type[Any], Any] = {Version: _version_id}


@st.cache_resource(show_spinner=False, max_entries=2000, hash_funcs=_BY_VERSION)
def _rows(
    version: Version, question: str, filters: Filters, params: tuple[tuple[str, Any], ...]
) -> Rows:
    return DIRECT.rows(
        version, question, filters, {k: list(v) if isinstance(v, tuple) else v for k, v in params}
    )


@st.cache_resource(show_spinner=False, max_entries=2000, hash_funcs=_BY_VERSION)
def _number(version: Version, name: str, filters: Filters) -> Quantity:
    return DIRECT.number(version, name, filters)


@st.cache_resource(show_spinner=False, max_entries=100, hash_funcs=_BY_VERSION)
def _targets(version: Version, filters: Filters, today: date) -> list[Progress]:
    return DIRECT.progress(version, filters, today)


@st.cache_resource(show_spinner=False, max_entries=10, hash_funcs=_BY_VERSION)
def _labels(version: Version) -> dict[str, dict[str, str]]:
    return DIRECT.labels(version)


@st.cache_resource(show_spinner=False, max_entries=10, hash_funcs=_BY_VERSION)
def _facts(version: Version, today: date) -> dict[str, Any]:
    return DIRECT.facts(version, today)


@st.cache_resource(show_spinner=False, max_entries=10, hash_funcs=_BY_VERSION)
def _terms(version: Version) -> dict[str, dict[str, str]]:
    return DIRECT.terms(version)


class Kept(Answers):
    """Answers that are kept for all readers."""

    def rows(
        self, version: Version, question: str, filters: Filters, params: Mapping[str, Any]
    ) -> Rows:
        hashable = tuple(
            sorted((k, tuple(v) if isinstance(v, list) else v) for k, v in params.items())
        )
        return _rows(version, question, filters, hashable)

    def number(self, version: Version, metric: str, filters: Filters) -> Quantity:
        return _number(version, metric, filters)

    def progress(self, version: Version, filters: Filters, today: date) -> list[Progress]:
        return _targets(version, filters, today)

    def labels(self, version: Version) -> dict[str, dict[str, str]]:
        return _labels(version)

    def facts(self, version: Version, today: date) -> dict[str, Any]:
        return _facts(version, today)

    def terms(self, version: Version) -> dict[str, dict[str, str]]:
        return _terms(version)


KEPT = Kept()


@st.cache_resource(show_spinner=False, max_entries=200, hash_funcs=_BY_VERSION)
def _content(version: Version, key: tuple[object, ...], _view: View) -> Content | None:  # noqa: ARG001 - the key of what is kept
    return content_of(_view)


def content(view: View) -> Content | None:
    """What the page of a view holds, with its finished figures; None for a page of the Data
    section. What is open beside it makes no difference.
    """
    extras = tuple(sorted(pair for pair in view.extras.items() if pair[0] not in DIALOGS))
    return _content(
        view.version,
        (view.page, view.filters, extras, view.today, view.dark, repr(view.settings)),
        view,
    )


@st.cache_resource(show_spinner=False, max_entries=10, hash_funcs=_BY_VERSION)
def tasks(version: Version) -> list[Task]:
    """The worklist of data quality."""
    return worklist(version)


@st.cache_resource(show_spinner=False, max_entries=20, hash_funcs=_BY_VERSION)
def _changes(before: Version, after: Version) -> Changes:
    return compare(before, after)


def changes(view: View, after: Version | None = None) -> Changes:
    """What serving another version, or the candidate of this view, would do to what is served."""
    return _changes(view.store.served().version, after or view.version)


@st.cache_resource(show_spinner=False, max_entries=200, hash_funcs=_BY_VERSION)
def moved(
    before: Version, after: Version, names: tuple[str, ...], filters: Filters
) -> tuple[NumberChange, ...]:
    """Which of some numbers differ between two versions."""
    return changes_of.moved(before, after, names, filters)


@st.cache_resource(show_spinner=False, max_entries=50, hash_funcs=_BY_VERSION)
def differing(before: Version, after: Version) -> list[TableChange]:
    """Which tables differ between two versions, and how many of their records."""
    return [table for table in differences(before, after) if table.differs]


@st.cache_resource(show_spinner=False, max_entries=5, hash_funcs=_BY_VERSION)
def template(version: Version) -> bytes:
    """The empty workbook, with the ids and terms of a version in its lists."""
    return intake_template.template(read_folder(version.records).tables)
