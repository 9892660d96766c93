"""Answers that many readers ask for, kept by version, question and filters.

Rows are shared between sessions and must not be changed. A version never changes, so that nothing here
goes stale; old entries make room by themselves.
"""

import json
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import metrics, queries
from dashboard.filters import Filters
from dashboard.quantity import Quantity
from dashboard.store import Store, Version
from dashboard.ui.state import View

Rows = list[dict[str, Any]]


@st.cache_resource
def store(root: str) -> Store:
    """The store, one per process: it remembers which versions were found whole."""
    return Store(Path(root))


def _version_id(version: Version) -> str:
    return version.id


_BY_VERSION: dict[str | type[Any], Any] = {Version: _version_id}


@st.cache_resource(max_entries=2000, hash_funcs=_BY_VERSION)
def _rows(version: Version, question: str, filters: Filters, params: tuple[tuple[str, Any], ...]) -> Rows:
    return queries.rows(version, question, filters, **{k: list(v) if isinstance(v, tuple) else v for k, v in params})


def rows(view: View, question: str, filters: Filters | None = None, **params: Any) -> Rows:
    """Rows of a question under the view's filters, or under others."""
    chosen = view.filters if filters is None else filters
    hashable = tuple(sorted((k, tuple(v) if isinstance(v, list) else v) for k, v in params.items()))
    return _rows(view.version, question, chosen, hashable)


@st.cache_resource(max_entries=2000, hash_funcs=_BY_VERSION)
def _number(version: Version, name: str, filters: Filters) -> Quantity:
    return metrics.evaluate(version, metrics.METRICS[name], filters)


def number(view: View, metric: str) -> Quantity:
    """A metric under the view's filters."""
    return _number(view.version, metric, view.filters)


@st.cache_resource(max_entries=10, hash_funcs=_BY_VERSION)
def labels(version: Version) -> dict[str, dict[str, str]]:
    """What the ids of the filters are called."""
    return queries.labels(version)


@st.cache_resource(max_entries=10, hash_funcs=_BY_VERSION)
def facts(version: Version) -> dict[str, Any]:
    """Default year, and whether the records are generated."""
    return queries.rows(version, "store_facts", Filters())[0]


def planned(view: View, today: date) -> Rows:
    """The next planned events."""
    return rows(view, "next_events", today=today)


@st.cache_resource
def provinces() -> list[dict[str, Any]]:
    """Outlines of the Dutch provinces, from our own files."""
    text = files("dashboard").joinpath("ui/static/maps/nl_provinces.geojson").read_text("utf-8")
    features: list[dict[str, Any]] = json.loads(text)["features"]
    return features
