"""Facet counts: how many records each value of a filter would leave under all the other filters.

A filter that is not chosen is counted in what is in scope; one that is chosen, in the scope without
it. Most of those scopes are asked for anyway, a click before or after, and are kept: a change of
one filter costs one question.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dashboard.model.filters import FILTER_NAMES, Filters

Rows = list[dict[str, Any]]
Counts = Mapping[str, Mapping[str, int]]


def count_facets(
    ask: Callable[[Filters], Rows], filters: Filters, names: Iterable[str] = FILTER_NAMES
) -> Counts:
    """Count for each filter how many records each of its values would leave. `ask` gives the rows
    of a question such as facets.sql (filter, id, found) under filters; a filter among `names`
    that is chosen costs one more question. Of months, those of the chosen years are there.
    """
    found = _group_counts(ask(filters))
    for name in names:
        if name == "text" or (beside := _without_filter(filters, name)) == filters:
            continue
        found[name] = _group_counts(ask(beside)).get(name, {})
    if (years := filters.years()) is not None:
        found["month"] = {m: n for m, n in found.get("month", {}).items() if int(m[:4]) in years}
    return {name: values for name, values in found.items() if values}


def _without_filter(filters: Filters, name: str) -> Filters:
    """Return the filters without one of them. Months choose their year, and without them it stays
    chosen; without the year, no month is.
    """
    if name == "year":
        return filters.with_(year=None, month=())
    if name == "month":
        years = filters.years() or []
        return filters.with_(month=(), year=years[0] if len(years) == 1 else None)
    return filters.with_(**{name: ()})


def _group_counts(rows: Rows) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row["filter"], {})[row["id"]] = row["found"]
    return counts
