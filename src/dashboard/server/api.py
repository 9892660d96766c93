"""The HTTP API: rows and metrics for programs, the same answers as on the pages, as JSON, CSV and
linked data (docs/api.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from dashboard.export.as_json import to_json
from dashboard.export.csv_files import to_csv
from dashboard.export.linked_data import GRAPHS, build_graph
from dashboard.language.messages import LANGUAGES, N_, _
from dashboard.model.filters import APPLIES, FILTER_NAMES
from dashboard.model.periods import PERIODS
from dashboard.model.sitemap import PAGES
from dashboard.query import metrics, questions
from dashboard.server import responses
from dashboard.server.body_cache import Body
from dashboard.text.selection import describe_filters
from dashboard.views.view import Pairs, View, make_url_pairs

Row = dict[str, Any]
MAX_ROWS, MAX_OFFSET = 10_000, 10**9
"""Rows in an answer, and rows that can be passed over."""
RANGE_PARAMETERS = ("limit", "offset")
MAX_LINK_HEADER = 2000
"""Characters of the query of the following part that stand in a header: proxies cut off longer
ones.
"""
CSV_TYPE, LINKED_TYPE = "text/csv; charset=utf-8", "application/ld+json"


ROUTES = {
    "rows": [
        "api/rows/{table}",
        "api/rows/{table}.csv",
        "api/rows/events.jsonld",
        "api/rows/trainings.jsonld",
    ],
    "metrics": ["api/metrics", "api/metrics.csv"],
    "calendar": "calendar.ics",
    "changes": "changes.atom",
    "health": "health",
}
NAMES = {
    "events": N_("Events"),
    "trainings": N_("Trainings"),
    "projects": N_("Projects"),
    "funding": N_("Funding"),
    "people": N_("People"),
    "series": N_("Series"),
}
"""What is selected of each table, in words."""
FORMS = ("", ".csv", ".jsonld")


@dataclass(frozen=True)
class RowRange:
    """The rows of a table that an answer holds: `limit` of them, after `offset`."""

    limit: int = MAX_ROWS
    offset: int = 0


@dataclass(frozen=True)
class ApiRequest:
    """One request: its view, and what was left out of it."""

    request: Request
    view: View
    notices: tuple[str, ...]

    @property
    def base(self) -> str:
        """Return the path under which the dashboard is served."""
        return self.request.url.path.partition("/api")[0]

    @property
    def pairs(self) -> Pairs:
        """Return the parameters that were understood, without those of the range."""
        kept = {
            name: self.view.extras[name]
            for name in responses.ANSWER_PARAMETERS
            if name in self.view.extras
        }
        return make_url_pairs(self.view.filters, kept)

    def head(self, noun: str | None) -> Row:
        """Return what every answer says of itself; `noun` is what is selected, None for everything."""
        view = self.view
        return {
            "version": view.version.id,
            "as_of": view.version.manifest.time,
            "filters": [list(pair) for pair in self.pairs],
            "in_words": describe_filters(view.filters, view.labels, noun),
            "generated": view.generated,
            "notices": list(self.notices),
        }


@responses.answer_in_thread
def get_index(_request: Request) -> Response:
    """List what can be asked: routes, tables, filters and their ids, numbers."""
    view, notices = responses.read_view("", "")
    return responses.as_json(
        {
            "version": view.version.id,
            "as_of": view.version.manifest.time,
            "generated": view.generated,
            "notices": list(notices),
            "routes": ROUTES,
            "tables": {
                table: sorted(APPLIES[table], key=FILTER_NAMES.index) for table in questions.RECORDS
            },
            "metrics": {metric.name: metric.label for metric in metrics.METRICS.values()},
            "filters": _list_filters(view),
            "other": _describe_parameters(),
        },
        headers=responses.SHORT_CACHE | responses.version_headers(view),
    )


def _list_filters(view: View) -> Row:
    """Return each filter's ids and labels, and an example of those that have none."""
    named = {name: view.labels[name] for name in FILTER_NAMES if name not in ("month", "text")}
    return named | {"month": "2025-05", "text": _("words that must all occur")}


def _describe_parameters() -> Row:
    """Say what can be asked for beside the filters."""
    return {
        "year": _("all, or a year; without one, the latest with events"),
        "period": {name: _(words) for name, words in PERIODS.items()},
        "v": _("a version, which fixes the data"),
        "lang": _(
            "the language of labels and sentences: {languages}", languages=", ".join(LANGUAGES)
        ),
        "limit": _("at most {n}", n=MAX_ROWS),
        "offset": _("rows to pass over"),
    }


def refuse_unknown(_request: Request) -> Response:
    """Answer 404 and name the routes that there are."""
    routes = [
        "api",
        "api/rows/{table}",
        "api/rows/{table}.csv",
        "api/rows/{table}.jsonld",
        "api/metrics",
        "api/metrics.csv",
    ]
    return responses.as_json({"error": _("there is no such route"), "routes": routes}, 404)


@responses.answer_in_thread
def get_rows(request: Request) -> Response:
    """Return the rows of a table under the filters, in the form that the suffix names."""
    table, _dot, suffix = str(request.path_params["name"]).partition(".")
    forms = {
        "": _rows_json,
        "csv": _rows_csv,
        **({"jsonld": _rows_linked} if table in GRAPHS else {}),
    }
    if table not in questions.RECORDS or suffix not in forms:
        return _refuse_table()
    try:
        part = parse_range(responses.parse_query(request.url.query))
    except ValueError as error:
        return responses.as_json({"error": str(error)}, 400)
    asked = ApiRequest(
        request,
        *responses.read_view(
            table if table in PAGES else "", request.url.query, also=RANGE_PARAMETERS
        ),
    )
    return responses.answer_conditionally(
        request, asked.view, asked.notices, lambda: forms[suffix](asked, table, part), part
    )


def _refuse_table() -> Response:
    return responses.as_json(
        {
            "error": _("there is no such table or form"),
            "tables": list(questions.RECORDS),
            "forms": list(FORMS),
            "jsonld": list(GRAPHS),
        },
        404,
    )


@responses.answer_in_thread
def get_metrics_json(request: Request) -> Response:
    """Return every metric under the filters."""
    return _answer_metrics(
        request,
        lambda asked, found: Body(
            _encode(to_json(asked.head(None) | {"rows": found})), responses.JSON_TYPE
        ),
    )


@responses.answer_in_thread
def get_metrics_csv(request: Request) -> Response:
    """Return every metric as a row of CSV, with the filters that it ignores."""
    return _answer_metrics(request, lambda _asked, found: Body(to_csv(found).encode(), CSV_TYPE))


def _answer_metrics(
    request: Request, form: Callable[[ApiRequest, Sequence[Row]], Body]
) -> Response:
    asked = ApiRequest(request, *responses.read_view("", request.url.query))
    view = asked.view
    return responses.answer_conditionally(
        request,
        view,
        asked.notices,
        lambda: form(asked, metrics.report(view.version, view.filters)),
    )


def _encode(text: str) -> bytes:
    return f"{text}\n".encode()


def _rows_json(asked: ApiRequest, table: str, part: RowRange) -> Body:
    found, total = _read_rows(asked, table, part)
    following, headers = _link_next(asked, part, total)
    answer = asked.head(_(NAMES[table]) if table in NAMES else table.capitalize()) | {
        "ignored_filters": asked.view.filters.ignored_by(table),
        "total": total,
        "next": following,
        "rows": found,
    }
    return Body(_encode(to_json(answer)), responses.JSON_TYPE, headers)


def _rows_csv(asked: ApiRequest, table: str, part: RowRange) -> Body:
    found, total = _read_rows(asked, table, part)
    text = to_csv(found) or ",".join(questions.RECORDS[table].header) + "\n"
    ignored = ",".join(asked.view.filters.ignored_by(table))
    headers = _link_next(asked, part, total)[1] | (
        {"X-Ignored-Filters": ignored} if ignored else {}
    )
    return Body(text.encode(), CSV_TYPE, headers)


def _rows_linked(asked: ApiRequest, table: str, part: RowRange) -> Body:
    graph = build_graph(
        asked.view,
        table,
        responses.find_public_address(asked.request, asked.base),
        part.limit,
        part.offset,
    )
    total = questions.count(asked.view.version, table, asked.view.filters)
    return Body(_encode(to_json(graph)), LINKED_TYPE, _link_next(asked, part, total)[1])


def _read_rows(asked: ApiRequest, table: str, part: RowRange) -> tuple[list[Row], int]:
    """Read the rows of a range, and how many there are in all. A question counts them: the others
    are not read.
    """
    version, filters = asked.view.version, asked.view.filters
    return questions.records(version, table, filters, part.limit, part.offset), questions.count(
        version, table, filters
    )


def _link_next(asked: ApiRequest, part: RowRange, total: int) -> tuple[str | None, dict[str, str]]:
    """Return the query of the following range, where there is one, and the headers that say so (RFC
    8288).
    """
    after, headers = part.offset + part.limit, {"X-Total": str(total)}
    if not part.limit or after >= total:
        return None, headers
    query = f"?{urlencode([*asked.pairs, ('limit', part.limit), ('offset', after)])}"
    short = len(query) <= MAX_LINK_HEADER
    return query, headers | ({"Link": f'<{query}>; rel="next"'} if short else {})


def parse_range(pairs: Sequence[tuple[str, str]]) -> RowRange:
    """Parse which range of the rows is asked for. Raises ValueError, in words for who asks."""
    asked: dict[str, int] = {}
    faults = []
    for name, value in pairs:
        if name not in RANGE_PARAMETERS:
            continue
        most = MAX_ROWS if name == "limit" else MAX_OFFSET
        if name in asked:
            faults.append(_("{name} is given more than once", name=name))
        elif not _is_number_up_to(value, most):
            given = f"{name}={responses.make_printable(value)}"
            faults.append(
                _("{given} is not a whole number from 0 to {most}", given=given, most=most)
            )
        else:
            asked[name] = int(value)
    if faults:
        raise ValueError("; ".join(faults[:2]))
    return RowRange(**asked)


def _is_number_up_to(value: str, most: int) -> bool:
    digits = value.isascii() and value.isdecimal() and len(value) <= len(str(most))
    return digits and int(value) <= most
