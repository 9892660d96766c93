"""The named questions: one .sql file each, over the scope macros of scope.sql.

`run` gives the rows of one question; `records` nests what belongs to a row, in the shape that the
command line and the API give.
"""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from dashboard import engine
from dashboard.filters import Filters
from dashboard.store import Version

Row = dict[str, Any]


@cache
def names() -> tuple[str, ...]:
    """Every question, in alphabetical order."""
    return tuple(sorted(p.name.removesuffix(".sql") for p in files(__package__).iterdir() if p.name.endswith(".sql")))


@cache
def _sql(question: str) -> str:
    if question not in names():
        raise KeyError(f"no question “{question}”; known are {', '.join(names())}")
    return files(__package__).joinpath(f"{question}.sql").read_text("utf-8")


def run(
    version: Version,
    question: str,
    filters: Filters,
    limit: int | None = None,
    offset: int = 0,
    **params: Any,
) -> pa.Table:
    """Rows of a question on a version of the store, in the question's own order.

    `params` are what a metric adds to the filters (such as a status). Raises KeyError for a question
    that does not exist.
    """
    bound = filters.params() | {"limit": limit, "offset": offset} | params
    return engine.query(version.database, _sql(question), bound)


def rows(version: Version, question: str, filters: Filters, **params: Any) -> list[Row]:
    """The same as Python dictionaries, for few rows."""
    found: list[Row] = run(version, question, filters, **params).to_pylist()
    return found


def labels(version: Version) -> dict[str, dict[str, str]]:
    """For each filter its ids with what they are called, in the order in which they are shown."""
    of_list = {"event-kind": "kind", "our-role": "our_role", "person-role": "role"}
    found: dict[str, dict[str, str]] = {}
    for row in rows(version, "labels", Filters()):
        found.setdefault(of_list.get(name := str(row["filter"]), name), {})[row["id"]] = row["label"]
    for name in ("year", "speaker", "role", "line", "pillar", "kind", "country", "our_role"):
        found.setdefault(name, {})
    return found


def records(version: Version, table: str, filters: Filters) -> list[Row]:
    """Rows of a table in scope with what belongs to each nested into it.

    `table` is one of RECORDS. Dates stand as precisely as they are known.
    """
    return RECORDS[table](version, filters)


def _children(version: Version, question: str, filters: Filters, key: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows(version, question, filters):
        grouped.setdefault(row.pop(key), []).append(row)
    return grouped


def _pick(row: Row, columns: str) -> Row:
    return {name: row[name] for name in columns.split()}


def _events(version: Version, filters: Filters) -> list[Row]:
    people = _children(version, "event_people", filters, "event_id")
    columns = (
        "event_id title host_event start_date end_date date_precision status kind our_role venue city country"
        " participants participants_kind pillar line attendance_mode audience series_id note"
    )
    return [
        _pick(event, columns)
        | {"people": [_pick(p, "person_id name role talk_title") for p in people.get(event["event_id"], [])]}
        for event in rows(version, "events", filters)
    ]


def _trainings(version: Version, filters: Filters) -> list[Row]:
    parts = _children(version, "training_parts", filters, "training_id")
    columns = (
        "training_id title level discipline period status participants participants_kind format audience duration"
        " pillar line note"
    )
    return [
        _pick(training, columns)
        | {"parts": [_pick(part, "kind title") for part in parts.get(training["training_id"], [])]}
        for training in rows(version, "trainings", filters)
    ]


def _projects(version: Version, filters: Filters) -> list[Row]:
    parties = _children(version, "project_parties", filters, "project_id")
    columns = "project_id title kind pillar line start_date end_date status our_role note"
    return [
        _pick(project, columns)
        | {
            "parties": [
                _pick(party, "person_id organisation_id name role") for party in parties.get(project["project_id"], [])
            ]
        }
        for project in rows(version, "projects", filters)
    ]


def _funding(version: Version, filters: Filters) -> list[Row]:
    columns = "funding_id title funder scheme recipient our_role amount_eur amount_kind date project_id note"
    return [_pick(row, columns) for row in rows(version, "funding", filters)]


def _people(version: Version, filters: Filters) -> list[Row]:
    spellings = _children(version, "person_spellings", filters, "person_id")
    roles = _children(version, "person_roles", filters, "person_id")
    return [
        _pick(person, "person_id name")
        | {
            "spellings": [row["spelling"] for row in spellings[person["person_id"]]],
            "events": person["events"],
            "roles": [row["role"] for row in roles.get(person["person_id"], [])],
            "job_title": person["job_title"],
        }
        for person in rows(version, "people", filters)
    ]


def _series(version: Version, filters: Filters) -> list[Row]:
    return rows(version, "series", filters)


RECORDS: dict[str, Callable[[Version, Filters], list[Row]]] = {
    "events": _events,
    "trainings": _trainings,
    "projects": _projects,
    "funding": _funding,
    "people": _people,
    "series": _series,
}
