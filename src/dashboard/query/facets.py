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
PEOPLE = frozenset({"speaker", "role"})
FACETS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "events": {
        "facets": frozenset(
            {
                "year",
                "month",
                "line",
                "pillar",
                "kind",
                "country",
                "city",
                "organisation",
                "our_role",
                "status",
            }
        ),
        "facets_people": PEOPLE,
    },
    "trainings": {
        "facets_trainings": frozenset(
            {"year", "month", "line", "pillar", "level", "discipline", "format"}
        )
    },
    "projects": {
        "facets_projects": frozenset({"speaker", "line", "pillar", "organisation", "our_role"})
    },
}
"""For each table the questions that count its facets, and which filters each of them counts: the
bar shows the people of every view, the others are behind “More”.
"""


def count_facets(
    ask: Callable[[str, Filters], Rows],
    table: str,
    filters: Filters,
    names: Iterable[str] = FILTER_NAMES,
) -> Counts:
    """Count for each filter among `names` how many records of a table each of its values would
    leave; without those that leave none. `ask` gives the rows (filter, id, found) of one of the
    FACETS under filters; a filter that is chosen costs one more question. Of months, those of the
    chosen years are there.
    """
    found: dict[str, dict[str, int]] = {}
    for question, counted in FACETS[table].items():
        scopes: dict[Filters, list[str]] = {}
        for name in names:
            if name in counted:
                scopes.setdefault(_without_filter(filters, name), []).append(name)
        for scope, wanted in scopes.items():
            counts = _group_counts(ask(question, scope))
            found |= {name: counts.get(name, {}) for name in wanted}
    if (years := filters.years()) is not None:
        found["month"] = {m: n for m, n in found.get("month", {}).items() if int(m[:4]) in years}
    return {name: values for name, values in found.items() if values}


def _without_filter(filters: Filters, name: str) -> Filters:
    """Return the filters without one of them. Months choose their year, and without them it stays
    chosen, unless days are; without the year, no month is.
    """
    if name == "year":
        return filters.with_(year=None, month=())
    if name == "month":
        years = filters.years() or []
        one_year = len(years) == 1 and not filters.has_days
        return filters.with_(month=(), year=years[0] if one_year else None)
    return filters.with_(**{name: ()})


def _group_counts(rows: Rows) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row["filter"], {})[row["id"]] = row["found"]
    return counts
