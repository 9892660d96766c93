"""Rows and numbers for programs: the same answers as on the pages, as JSON, CSV and linked data
(docs/api.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from dashboard.export.as_json import to_json
from dashboard.export.csv_files import to_csv
from dashboard.export.linked_data import GRAPHS, linked_data
from dashboard.model.filters import APPLIES, NAMES
from dashboard.model.periods import PERIODS
from dashboard.model.sitemap import PAGES
from dashboard.query import metrics, questions
from dashboard.server import responses
from dashboard.server.body_cache import Body
from dashboard.text.wording import describe
from dashboard.views.view import Pairs, View, url_pairs

Row = dict[str, Any]
MOST, FURTHEST = 10_000, 10**9
"""Rows in an answer, and rows that can be passed over."""
PAGED = ("limit", "offset")
LONGEST_LINK = 2000
"""Characters of the query of the following part that stand in a header: proxies cut off longer
ones.
"""
CSV, LINKED = "text/csv; charset=utf-8", "application/ld+json"


@dataclass(frozen=True)
class Part:
    """The rows of a table that an answer holds: `limit` of them, after `offset`."""

    limit: int = MOST
    offset: int = 0


@dataclass(frozen=True)
class Asked:
    """One request: its view, and what was left out of it."""

    request: Request
    view: View
    notices: tuple[str, ...]

    @property
    def base(self) -> str:
        """The path under which the dashboard is served."""
        return self.request.url.path.partition("/api")[0]

    @property
    def pairs(self) -> Pairs:
        """What was understood of the query, without the part that is asked for."""
        kept = {name: self.view.extras[name] for name in responses.KEPT if name in self.view.extras}
        return url_pairs(self.view.filters, kept)

    def head(self, noun: str) -> Row:
        """What every answer says of itself."""
        view = self.view
        return {
            "version": view.version.id,
            "as_of": view.version.manifest.time,
            "filters": [list(pair) for pair in self.pairs],
            "in_words": describe(view.filters, view.labels, noun),
            "generated": view.generated,
            "notices": list(self.notices),
        }


@responses.never_failing
def index(_request: Request) -> Response:
    """What can be asked: routes, tables, filters and their ids, numbers."""
    view, notices = responses.view_of("", "")
    names = [name for name in NAMES if name not in ("month", "text")]
    return responses.as_json(
        {
            "version": view.version.id,
            "as_of": view.version.manifest.time,
            "generated": view.generated,
            "notices": list(notices),
            "routes": {
                "rows": [
                    "api/rows/{table}",
                    "api/rows/{table}.csv",
                    "api/rows/events.jsonld",
                    "api/rows/trainings.jsonld",
                ],
                "metrics": ["api/metrics", "api/metrics.csv"],
                "calendar": "calendar.ics",
                "health": "health",
            },
            "tables": {
                table: sorted(APPLIES[table], key=NAMES.index) for table in questions.RECORDS
            },
            "metrics": {metric.name: metric.label for metric in metrics.METRICS.values()},
            "filters": (
                {name: view.labels[name] for name in names}
                | {"month": "2025-05", "text": "words that must all occur"}
            ),
            "other": {
                "year": "all, or a year; without one, the latest with events",
                "period": dict(PERIODS),
                "v": "a version, which fixes the data",
                "limit": f"at most {MOST}",
                "offset": "rows to pass over",
            },
        },
        headers=responses.SHORTLY | responses.of_version(view),
    )


def unknown(_request: Request) -> Response:
    """404 that names what there is."""
    routes = [
        "api",
        "api/rows/{table}",
        "api/rows/{table}.csv",
        "api/rows/{table}.jsonld",
        "api/metrics",
        "api/metrics.csv",
    ]
    return responses.as_json({"error": "there is no such route", "routes": routes}, 404)


@responses.never_failing
def rows(request: Request) -> Response:
    """The rows of a table under the filters, in the form that the suffix names."""
    table, _, suffix = str(request.path_params["name"]).partition(".")
    forms = {"": _rows_json, "csv": _rows_csv, **({"jsonld": _linked} if table in GRAPHS else {})}
    if table not in questions.RECORDS or suffix not in forms:
        return responses.as_json(
            {
                "error": "there is no such table or form",
                "tables": list(questions.RECORDS),
                "forms": ["", ".csv", ".jsonld"],
                "jsonld": list(GRAPHS),
            },
            404,
        )
    try:
        part = part_of(responses.pairs_of(request.url.query))
    except ValueError as error:
        return responses.as_json({"error": str(error)}, 400)
    asked = Asked(
        request, *responses.view_of(table if table in PAGES else "", request.url.query, also=PAGED)
    )
    return responses.conditional(
        request, asked.view, asked.notices, lambda: forms[suffix](asked, table, part), part
    )


@responses.never_failing
def metrics_json(request: Request) -> Response:
    """Every number under the filters."""
    return _numbers(
        request,
        lambda asked, found: Body(
            _utf8(to_json(asked.head("Everything") | {"rows": found})), responses.JSON
        ),
    )


@responses.never_failing
def metrics_csv(request: Request) -> Response:
    """Every number as a row; what it is not filtered by stands in it."""
    return _numbers(request, lambda _, found: Body(to_csv(found).encode(), CSV))


def _numbers(request: Request, form: Callable[[Asked, Sequence[Row]], Body]) -> Response:
    asked = Asked(request, *responses.view_of("", request.url.query))
    view = asked.view
    return responses.conditional(
        request,
        view,
        asked.notices,
        lambda: form(asked, metrics.report(view.version, view.filters)),
    )


def _utf8(text: str) -> bytes:
    return f"{text}\n".encode()


def _rows_json(asked: Asked, table: str, part: Part) -> Body:
    found, total = _found(asked, table, part)
    following, headers = _where(asked, part, total)
    answer = asked.head(table.capitalize()) | {
        "ignored_filters": asked.view.filters.ignored_by(table),
        "total": total,
        "next": following,
        "rows": found,
    }
    return Body(_utf8(to_json(answer)), responses.JSON, headers)


def _rows_csv(asked: Asked, table: str, part: Part) -> Body:
    found, total = _found(asked, table, part)
    text = to_csv(found) or ",".join(questions.RECORDS[table].header) + "\n"
    ignored = ",".join(asked.view.filters.ignored_by(table))
    headers = _where(asked, part, total)[1] | ({"X-Ignored-Filters": ignored} if ignored else {})
    return Body(text.encode(), CSV, headers)


def _linked(asked: Asked, table: str, part: Part) -> Body:
    graph = linked_data(
        asked.view, table, responses.address(asked.request, asked.base), part.limit, part.offset
    )
    total = questions.count(asked.view.version, table, asked.view.filters)
    return Body(_utf8(to_json(graph)), LINKED, _where(asked, part, total)[1])


def _found(asked: Asked, table: str, part: Part) -> tuple[list[Row], int]:
    """The rows of a part, and how many there are in all. A question counts them: the others are not
    read.
    """
    version, filters = asked.view.version, asked.view.filters
    return questions.records(version, table, filters, part.limit, part.offset), questions.count(
        version, table, filters
    )


def _where(asked: Asked, part: Part, total: int) -> tuple[str | None, dict[str, str]]:
    """The query of the following part, where there is one, and the headers that say so (RFC 8288)."""
    after, headers = part.offset + part.limit, {"X-Total": str(total)}
    if not part.limit or after >= total:
        return None, headers
    query = f"?{urlencode([*asked.pairs, ('limit', part.limit), ('offset', after)])}"
    short = len(query) <= LONGEST_LINK
    return query, headers | ({"Link": f'<{query}>; rel="next"'} if short else {})


def part_of(pairs: Sequence[tuple[str, str]]) -> Part:
    """The part of the rows that is asked for. Raises ValueError, in words for who asks."""
    asked: dict[str, int] = {}
    faults = []
    for name, value in pairs:
        if name not in PAGED:
            continue
        most = MOST if name == "limit" else FURTHEST
        if name in asked:
            faults.append(f"{name} is given more than once")
        elif not (
            value.isascii()
            and value.isdecimal()
            and len(value) <= len(str(most))
            and int(value) <= most
        ):
            faults.append(f"{name}={responses.shown(value)} is not a whole number from 0 to {most}")
        else:
            asked[name] = int(value)
    if faults:
        raise ValueError("; ".join(faults[:2]))
    return Part(**asked)
