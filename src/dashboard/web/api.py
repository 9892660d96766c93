"""Rows and numbers for programs: the same answers as on the pages, as JSON, CSV and linked data (docs/api.md)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from dashboard import metrics, queries
from dashboard.filters import APPLIES, NAMES, Filters
from dashboard.pagelist import PAGES
from dashboard.periods import PERIODS
from dashboard.share.csv_files import to_csv
from dashboard.share.linked_data import GRAPHS, linked_data
from dashboard.view import View, url_pairs
from dashboard.web import answers
from dashboard.wording import describe

Row = dict[str, Any]
MOST = 10_000
PAGED = ("limit", "offset")
CSV, LINKED = "text/csv; charset=utf-8", "application/ld+json"


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

    def head(self, noun: str) -> Row:
        """What every answer says of itself."""
        view = self.view
        kept = {name: view.extras[name] for name in answers.KEPT if name in view.extras}
        return {
            "version": view.version.id,
            "as_of": view.version.manifest.time,
            "filters": [list(pair) for pair in url_pairs(view.filters, kept)],
            "in_words": describe(view.filters, view.labels, noun),
            "generated": view.generated,
            "notices": list(self.notices),
        }


@answers.never_failing
def index(_request: Request) -> Response:
    """What can be asked: routes, tables, filters and their ids, numbers."""
    view, notices = answers.view_of("", "")
    names = [name for name in NAMES if name not in ("month", "text")]
    return answers.as_json({
        "version": view.version.id,
        "as_of": view.version.manifest.time,
        "generated": view.generated,
        "notices": list(notices),
        "routes": {
            "rows": ["api/rows/{table}", "api/rows/{table}.csv", "api/rows/events.jsonld", "api/rows/trainings.jsonld"],
            "metrics": ["api/metrics", "api/metrics.csv"], "calendar": "calendar.ics", "health": "health",
        },
        "tables": {table: sorted(APPLIES[table], key=NAMES.index) for table in queries.RECORDS},
        "metrics": {metric.name: metric.label for metric in metrics.METRICS.values()},
        "filters": {name: view.labels[name] for name in names} | {"month": "2025-05", "text": "words that must all occur"},
        "other": {"year": "all, or a year; without one, the latest with events", "period": dict(PERIODS),
                  "v": "a version, which fixes the data", "limit": f"at most {MOST}", "offset": "rows to pass over"},
    }, headers=answers.SHORTLY | answers.of_version(view))  # fmt: skip


def unknown(_request: Request) -> Response:
    """404 that names what there is."""
    routes = ["api", "api/rows/{table}", "api/rows/{table}.csv", "api/rows/{table}.jsonld", "api/metrics", "api/metrics.csv"]  # fmt: skip
    return answers.as_json({"error": "there is no such route", "routes": routes}, 404)


def rows(request: Request) -> Response:
    """The rows of a table under the filters, in the form that the suffix names."""
    table, _, suffix = str(request.path_params["name"]).partition(".")
    forms = {"": _rows_json, "csv": _rows_csv, **({"jsonld": _linked} if table in GRAPHS else {})}
    if table not in queries.RECORDS or suffix not in forms:
        return answers.as_json(
            {"error": "there is no such table or form", "tables": list(queries.RECORDS),
             "forms": ["", ".csv", ".jsonld"], "jsonld": list(GRAPHS)}, 404,
        )  # fmt: skip
    return _answer(request, PAGED, lambda asked, etag: forms[suffix](asked, table, etag), page=table)


def metrics_json(request: Request) -> Response:
    """Every number under the filters."""

    def made(asked: Asked, headers: dict[str, str]) -> Response:
        found = metrics.report(asked.view.version, asked.view.filters)
        return answers.as_json(asked.head("Everything") | {"rows": found}, headers=headers)

    return _answer(request, (), made)


def metrics_csv(request: Request) -> Response:
    """Every number as a row; what it is not filtered by stands in it."""

    def made(asked: Asked, headers: dict[str, str]) -> Response:
        found = metrics.report(asked.view.version, asked.view.filters)
        return Response(to_csv(found), headers=headers | answers.OURS, media_type=CSV)

    return _answer(request, (), made)


def _answer(
    request: Request, also: Sequence[str], made: Callable[[Asked, dict[str, str]], Response], page: str = ""
) -> Response:
    @answers.never_failing
    def answered(request: Request) -> Response:
        asked = Asked(request, *answers.view_of(page if page in PAGES else "", request.url.query, tuple(also)))
        etag = answers.tag(request, asked.view)
        if same := answers.unchanged(request, etag):
            return same
        return made(asked, {**answers.SHORTLY, "ETag": etag, **answers.of_version(asked.view)})

    return answered(request)


def _rows_json(asked: Asked, table: str, headers: dict[str, str]) -> Response:
    ignored = asked.view.filters.ignored_by(table)
    found, notices = _page(asked, table)
    answer = asked.head(table.capitalize()) | {"ignored_filters": ignored} | found
    answer["notices"] = [*answer["notices"], *notices]
    return answers.as_json(answer, headers=headers)


def _rows_csv(asked: Asked, table: str, headers: dict[str, str]) -> Response:
    found, _ = _page(asked, table)
    text = to_csv(found["rows"]) or _header(asked, table)
    ignored = ",".join(asked.view.filters.ignored_by(table))
    more = {"X-Total": str(found["total"]), **({"X-Ignored-Filters": ignored} if ignored else {})}
    return Response(text, headers=headers | more | answers.OURS, media_type=CSV)


def _header(asked: Asked, table: str) -> str:
    """The line with the names of the columns, where no row is selected."""
    everything = queries.records(asked.view.version, table, Filters())
    return to_csv(everything[:1]).partition("\n")[0] + "\n" if everything else ""


def _linked(asked: Asked, table: str, headers: dict[str, str]) -> Response:
    graph = linked_data(asked.view, table, answers.address(asked.request, asked.base))
    response = answers.as_json(graph, headers=headers)
    response.headers["content-type"] = LINKED
    return response


def _page(asked: Asked, table: str) -> tuple[Row, list[str]]:
    """The rows between offset and limit, how many there are in all, and where the next ones are."""
    pairs = answers.pairs_of(asked.request.url.query)
    (limit, bad), (offset, worse) = _whole(pairs, "limit", MOST, MOST), _whole(pairs, "offset", 0, 10**9)
    everything = queries.records(asked.view.version, table, asked.view.filters)
    after = offset + limit
    kept = [pair for pair in pairs if pair[0] not in PAGED]
    following = (
        f"?{urlencode([*kept, ('limit', limit), ('offset', after)])}" if limit and after < len(everything) else None
    )
    return {"total": len(everything), "next": following, "rows": everything[offset:after]}, [*bad, *worse]


def _whole(pairs: Sequence[tuple[str, str]], name: str, default: int, most: int) -> tuple[int, list[str]]:
    given = [value for key, value in pairs if key == name]
    if not given:
        return default, []
    text = given[0]
    if text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= most:
        return int(text), []
    return default, [f"{name}={answers.shown(text)} is no whole number up to {most} and was left out"]
