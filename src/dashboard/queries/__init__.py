"""The named questions: one .sql file each, over the scope macros of scope.sql.

`run` gives the rows of one question; `records` nests what belongs to a row, in the shape that the
command line and the API give.
"""

import re
import sys
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from dashboard import engine
from dashboard.filters import NAMES, NOT_STATED, Filters
from dashboard.intake.contract import tables
from dashboard.store import Version
from dashboard.wording import told_apart

Row = dict[str, Any]
UNSTATED = {
    "line": "no stated line", "pillar": "no stated pillar", "kind": "Kind not stated", "our_role": "not stated",
    "level": "not stated", "discipline": "a field not stated", "format": "not stated",
}  # fmt: skip
"""What a filter calls the records whose value no source states."""
MADE = re.compile(r"create (?:macro|table) (?!search_)(\w+).*?;$", re.DOTALL | re.MULTILINE)
"""What stands between a question and the tables of the contract: macros, and tables that are worked out."""


@cache
def names() -> tuple[str, ...]:
    """Every question, in alphabetical order."""
    return tuple(sorted(p.name.removesuffix(".sql") for p in files(__package__).iterdir() if p.name.endswith(".sql")))


@cache
def sql(question: str) -> str:
    """The text of a question. Raises KeyError for one that does not exist."""
    if question not in names():
        raise KeyError(f"no question “{question}”; known are {', '.join(names())}")
    return files(__package__).joinpath(f"{question}.sql").read_text("utf-8")


@cache
def reads(question: str) -> frozenset[str]:
    """Tables of the contract on which a question may depend, through scope.sql and derive.sql as well: those that
    its text names, so rather one too many than one too few."""
    texts = (files("dashboard").joinpath(name).read_text("utf-8") for name in ("scope.sql", "derive.sql"))
    macros = {made[1]: made[0] for text in texts for made in MADE.finditer(text)}
    text, waiting = "", [sql(question)]
    while waiting:
        words = waiting.pop()
        text += words
        waiting += [macros.pop(name) for name in list(macros) if re.search(rf"\b{name}\b", words)]
    return frozenset(name for name in tables() if re.search(rf"\b{name}\b", text))


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
    return engine.query(version.database, sql(question), bound)


def rows(version: Version, question: str, filters: Filters, **params: Any) -> list[Row]:
    """The same as Python dictionaries, for few rows."""
    bound = filters.params() | {"limit": None, "offset": 0} | params
    return engine.rows(version.database, sql(question), bound)


def browse(version: Version, table: str, limit: int = 1000, offset: int = 0) -> list[Row]:
    """Rows of a table of the contract as they are kept, in the order of its key. Raises KeyError for another table."""
    contract = tables()[table]
    found: list[Row] = engine.browse(version.database, table, contract.key, limit=limit, offset=offset).to_pylist()
    return found


def record(version: Version, table: str, identity: str) -> Row | None:
    """One record of a table whose key is a single id, as it is kept; None where there is none."""
    contract = tables().get(table)
    if contract is None or len(contract.key) != 1:
        return None
    rows = engine.browse(version.database, table, contract.key, where=(contract.key[0], identity), limit=1).to_pylist()
    return rows[0] if rows else None


def ids(version: Version, table: str) -> pa.Array:
    """The ids of a table whose key is a single one, as Arrow; none for what is no such table."""
    contract = tables().get(table)
    if contract is None or len(contract.key) != 1:
        return pa.array([], pa.string())
    key = contract.key[0]
    return (
        engine.browse(version.database, table, (key,), columns=(key,), limit=sys.maxsize).column(key).combine_chunks()
    )


def labels(version: Version) -> dict[str, dict[str, str]]:
    """For each filter its ids with what they are called, in the order in which they are shown; no two are called the same."""
    of_list = {"event-kind": "kind", "our-role": "our_role", "person-role": "role", "training-format": "format"}
    found: dict[str, dict[str, str]] = {}
    apart: dict[str, dict[str, str | None]] = {}
    for row in rows(version, "labels", Filters()):
        name = of_list.get(name := str(row["filter"]), name)
        found.setdefault(name, {})[row["id"]] = row["label"]
        apart.setdefault(name, {})[row["id"]] = row["apart"]
    for name in set(NAMES) - {"month", "text"}:
        found.setdefault(name, {})
    for name, label in UNSTATED.items():
        found[name][NOT_STATED] = label
    return {name: told_apart(listed, apart.get(name, {})) for name, listed in found.items()}


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
