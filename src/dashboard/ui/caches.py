"""Caches of answers that many readers ask for, by version, question and filters.

Rows are shared between sessions and must not be changed. A version never changes, so that nothing
here goes stale; old entries make room by themselves.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from threading import Condition
from typing import Any, TypeVar, cast

from cachetools import LRUCache, cached

from dashboard.intake import template as intake_template
from dashboard.intake.files import read_folder
from dashboard.language.messages import current_language, speaking
from dashboard.model.filters import Filters
from dashboard.publishing import changes as changes_of
from dashboard.publishing.changes import Changes, NumberChange, find_changes
from dashboard.publishing.since import Since, find_since
from dashboard.query.quality import Task, build_worklist
from dashboard.query.targets import Progress
from dashboard.store import (
    Store,
    TableChange,
    TableDifference,
    Version,
    compare_records,
    compare_versions,
)
from dashboard.views.content import Content
from dashboard.views.content.pages import make_content
from dashboard.views.inquiries import Letter, build_letters
from dashboard.views.view import DIALOGS, Answers, Rows, View

F = TypeVar("F", bound=Callable[..., Any])
UNCACHED_ANSWERS = Answers()
_caches: list[LRUCache[Hashable, Any]] = []


def _make_key(*asked: Hashable) -> Hashable:
    return tuple(one.identity if isinstance(one, Version) else one for one in asked)


def _make_key_of_words(*asked: Hashable) -> Hashable:
    """Tell apart what is said in different languages."""
    return current_language(), _make_key(*asked)


def keep(most: int, key: Callable[..., Hashable] = _make_key) -> Callable[[F], F]:
    """Keep the last `most` answers of a function. Who asks for one that is being worked out waits
    for it. Not Streamlit's cache, which walks through every argument on each call: 0.4 ms, and 24
    calls a page.
    """
    answers: LRUCache[Hashable, Any] = LRUCache(most)
    _caches.append(answers)
    keeping: Any = cached(answers, key=key, condition=Condition())
    return cast("Callable[[F], F]", keeping)


def clear() -> None:
    """Forget all answers: for tests, in which a version says something else."""
    for answers in _caches:
        answers.clear()


@cache
def open_store(root: str) -> Store:
    """Return the store, one per process: it remembers which versions were found whole."""
    return Store(Path(root))


@keep(2000)
def _get_rows(
    version: Version, question: str, filters: Filters, params: tuple[tuple[str, Any], ...]
) -> Rows:
    return UNCACHED_ANSWERS.rows(
        version, question, filters, {k: list(v) if isinstance(v, tuple) else v for k, v in params}
    )


@keep(100, _make_key_of_words)
def _get_targets(version: Version, filters: Filters, today: date) -> list[Progress]:
    return UNCACHED_ANSWERS.progress(version, filters, today)


@keep(10, _make_key_of_words)
def _get_labels(version: Version) -> dict[str, dict[str, str]]:
    return UNCACHED_ANSWERS.labels(version)


@keep(10)
def _get_facts(version: Version, today: date) -> dict[str, Any]:
    return UNCACHED_ANSWERS.facts(version, today)


@keep(10, _make_key_of_words)
def _get_terms(version: Version) -> dict[str, dict[str, str]]:
    return UNCACHED_ANSWERS.terms(version)


@keep(5)
def _get_record_changes(before: Version, after: Version) -> Mapping[str, TableDifference]:
    return compare_records(before, after)


@keep(100)
def _get_since(
    before: Version, day: date, version: Version, today: date, filters: Filters
) -> Since:
    """Find what changed; the records that differ are compared once for all filters and days."""
    tables = _get_record_changes(before, version)
    return find_since(before, day, version, today, filters, tables=tables)


class CachedAnswers(Answers):
    """Answers from the caches, which all readers share."""

    def rows(
        self, version: Version, question: str, filters: Filters, params: Mapping[str, Any]
    ) -> Rows:
        hashable = tuple(
            sorted((k, tuple(v) if isinstance(v, list) else v) for k, v in params.items())
        )
        return _get_rows(version, question, filters, hashable)

    def ask_ahead(self, version: Version, questions: Iterable[str], filters: Filters) -> None:
        for question in questions:
            _ASKING.submit(_get_rows, version, question, filters, ())

    def progress(self, version: Version, filters: Filters, today: date) -> list[Progress]:
        return _get_targets(version, filters, today)

    def labels(self, version: Version) -> dict[str, dict[str, str]]:
        return _get_labels(version)

    def facts(self, version: Version, today: date) -> dict[str, Any]:
        return _get_facts(version, today)

    def since(
        self, before: Version, day: date, version: Version, today: date, filters: Filters
    ) -> Since:
        return _get_since(before, day, version, today, filters)

    def terms(self, version: Version) -> dict[str, dict[str, str]]:
        return _get_terms(version)


CACHED_ANSWERS = CachedAnswers()
_ASKING = ThreadPoolExecutor(2, "asking")
"""Two questions are answered at the same time: DuckDB works without Python's lock, and a page that asks
for what is on its way waits for it.
"""


def identify_view(view: View) -> Hashable:
    """Return what stands for a view in the caches. What is open beside a page makes no difference."""
    extras = tuple(sorted(pair for pair in view.extras.items() if pair[0] not in DIALOGS))
    settings = repr(view.settings)
    return _make_key(
        view.version,
        view.page,
        view.filters,
        extras,
        view.today,
        view.dark,
        view.language,
        settings,
        _identify_basis(view),
    )


def _identify_basis(view: View) -> Hashable:
    """Return what stands for that with which a view compares: a meeting may pin another version."""
    since = view.since
    return since and (since.before.identity, since.day, since.meeting, since.notices)


@keep(200, key=identify_view)
def get_content(view: View) -> Content | None:
    """Return what the page of a view holds, with its finished figures; None for a page of the Data
    section.
    """
    with speaking(view.language):
        return make_content(view)


@keep(10, _make_key_of_words)
def get_worklist(version: Version) -> list[Task]:
    """Return what is not known or in doubt."""
    return build_worklist(version)


def _identify_letters(view: View) -> Hashable:
    return _make_key(view.version, view.today, view.language)


@keep(10, key=_identify_letters)
def get_letters(view: View) -> tuple[Letter, ...]:
    """Return what is not known, as messages to those who may know."""
    with speaking(view.language):
        return build_letters(view, get_worklist(view.version))


@keep(20, _make_key_of_words)
def _get_changes(before: Version, after: Version) -> Changes:
    return find_changes(before, after)


def get_changes(view: View, after: Version | None = None) -> Changes:
    """Return what serving another version, or the candidate of this view, would do to what is
    served.
    """
    return _get_changes(view.store.served().version, after or view.version)


@keep(200, _make_key_of_words)
def get_moved_numbers(
    before: Version, after: Version, names: tuple[str, ...], filters: Filters
) -> tuple[NumberChange, ...]:
    """Return which of some numbers differ between two versions."""
    return changes_of.compare_numbers(before, after, names, filters)


@keep(50)
def get_differing_tables(before: Version, after: Version) -> list[TableChange]:
    """Return which tables differ between two versions, and how many of their records."""
    return [table for table in compare_versions(before, after) if table.differs]


@keep(5, _make_key_of_words)
def get_template(version: Version) -> bytes:
    """Return the empty workbook, with the ids and terms of a version in its lists."""
    return intake_template.build_template(read_folder(version.records).tables)
