"""The named questions: one .sql file each, over the scope macros of scope.sql.

`run` gives the rows of one question; `records` nests what belongs to a row, in the shape that the
command line and the API give.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from dashboard.language.messages import N_, _, choose_term
from dashboard.model.filters import FILTER_NAMES, NAMED_BY_ITSELF, NOT_STATED, Filters
from dashboard.query import engine
from dashboard.query.duck import read_scope_sql
from dashboard.schema.contract import derive_sql, tables
from dashboard.schema.folding import fold
from dashboard.store import Version
from dashboard.text.labels import distinguish_labels

Row = dict[str, Any]
UNSTATED = {
    "line": N_("no stated line"),
    "pillar": N_("no stated pillar"),
    "kind": N_("Kind not stated"),
    "our_role": N_("not stated"),
    "level": N_("not stated"),
    "discipline": N_("a field not stated"),
    "format": N_("not stated"),
}
"""What a filter calls the records whose value no source states."""
DEFAULT_PARAMS: Mapping[str, Any] = MappingProxyType(
    {"limit": None, "offset": 0, "ids": None, "as_role": None}
)
"""Parameters beside the filters that a question has for all its rows."""
LIMITED = "limit $limit offset $offset"
"""The end of a question that may be asked page by page."""
ONLY = "(select unnest(cast($only as varchar[])))"
DEFINED_SQL = re.compile(r"create (?:macro|table) (?!search_)(\w+).*?;$", re.DOTALL | re.MULTILINE)
"""What stands between a question and the tables of the contract: macros, and tables that are worked
out.
"""


@cache
def list_questions() -> tuple[str, ...]:
    """List every question, in alphabetical order."""
    return tuple(
        sorted(
            p.name.removesuffix(".sql")
            for p in files(__package__).iterdir()
            if p.name.endswith(".sql")
        )
    )


@cache
def sql(question: str) -> str:
    """Read the text of a question. Raises KeyError for one that does not exist."""
    if question not in list_questions():
        raise KeyError(f"no question “{question}”; known are {', '.join(list_questions())}")
    return files(__package__).joinpath(f"{question}.sql").read_text("utf-8")


@cache
def list_tables_read(question: str) -> frozenset[str]:
    """Find the tables of the contract on which a question may depend, through scope.sql and
    derive.sql as well: those that its text names, so rather one too many than one too few.
    """
    texts = (read_scope_sql(), derive_sql())
    macros = {made[1]: made[0] for text in texts for made in DEFINED_SQL.finditer(text)}
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
    """Ask a question of a version of the store: its rows, in the question's own order.

    `params` are what a metric adds to the filters (such as a status). Raises KeyError for a
    question that does not exist.
    """
    bound = bind(filters) | {"limit": limit, "offset": offset} | params
    return engine.query(version.database, sql(question), bound)


def run_some(
    version: Version, question: str, filters: Filters, only: Sequence[str], **params: Any
) -> pa.Table:
    """Ask for the rows of a question that are about some records, which are given by their ids: of
    millions the others are not read.
    """
    every = sql(question).strip().removesuffix(LIMITED)
    some = f"select * from ({every}) as found where record_id in {ONLY}"
    return engine.query(version.database, some, bind(filters) | {"only": list(only)} | params)


def rows(version: Version, question: str, filters: Filters, **params: Any) -> list[Row]:
    """Ask a question and give its rows as Python dictionaries, for few rows."""
    return engine.rows(version.database, sql(question), bind(filters) | params)


@cache
def select_unknown(question: str) -> str:
    """Write the statement for list_unknown: the records that a question gives, without its order and
    limit, as few of them are left.
    """
    records = sql(question).rpartition("\norder by ")[0]
    return (
        f"select table_name, record_id from (\n{records}\n) as records"
        " where kind = 'unknown' and record_id in (select unnest(cast($record_ids as varchar[])))"
    )


def list_unknown(
    version: Version, question: str, filters: Filters, record_ids: Sequence[str], **params: Any
) -> list[Row]:
    """List those of some records that are behind a number whose records the question gives, and are
    not in it, because it is not known of them: table_name and record_id.
    """
    bound = bind(filters) | params | {"record_ids": list(record_ids)}
    return engine.rows(version.database, select_unknown(question), bound)


def bind(filters: Filters) -> dict[str, Any]:
    """Give the values of the $parameters that filters set, and those that every question has. Words
    are folded here, once: in a statement folding costs a third of its plan, also without any word.
    """
    bound = filters.params()
    words = [fold(word) for word in bound["words"] or ()]
    return {**bound, **DEFAULT_PARAMS, "words": words or None}


def browse(version: Version, table: str, limit: int = 1000, offset: int = 0) -> list[Row]:
    """Read rows of a table of the contract as they are kept, in the order of its key. Raises
    KeyError for another table.
    """
    contract = tables()[table]
    found: list[Row] = engine.browse(
        version.database, table, contract.key, limit=limit, offset=offset
    ).to_pylist()
    return found


def record(version: Version, table: str, identity: str) -> Row | None:
    """Read one record of a table whose key is a single id, as it is kept; None where there is none."""
    contract = tables().get(table)
    if contract is None or len(contract.key) != 1:
        return None
    rows = engine.browse(
        version.database, table, contract.key, where=(contract.key[0], identity), limit=1
    ).to_pylist()
    return rows[0] if rows else None


def ids(version: Version, table: str) -> pa.Array:
    """Read the ids of a table whose key is a single one, as Arrow; none for what is no such table."""
    contract = tables().get(table)
    if contract is None or len(contract.key) != 1:
        return pa.array([], pa.string())
    key = contract.key[0]
    return (
        engine.browse(version.database, table, (key,), columns=(key,), limit=sys.maxsize)
        .column(key)
        .combine_chunks()
    )


def read_labels(version: Version) -> dict[str, dict[str, str]]:
    """Read for each filter its ids with what they are called, in the order in which they are shown;
    no two are called the same.
    """
    of_list = {
        "event-kind": "kind",
        "event-status": "status",
        "our-role": "our_role",
        "person-role": "role",
        "training-format": "format",
    }
    found: dict[str, dict[str, str]] = {}
    apart: dict[str, dict[str, str | None]] = {}
    for row in rows(version, "labels", Filters()):
        name = of_list.get(name := str(row["filter"]), name)
        found.setdefault(name, {})[row["id"]] = choose_term(row, "label")
        apart.setdefault(name, {})[row["id"]] = row["apart"]
    for name in set(FILTER_NAMES) - NAMED_BY_ITSELF:
        found.setdefault(name, {})
    for name, label in UNSTATED.items():
        found[name][NOT_STATED] = _(label)
    return {name: distinguish_labels(listed, apart.get(name, {})) for name, listed in found.items()}


@dataclass(frozen=True)
class Shape:
    """How the rows of a table are given: their columns, the first of which is the key, and under
    the name `nested` what belongs to each: `parts` of the answer to the question `asked`. Names
    stand in one text, with spaces between them.
    """

    columns: str
    nested: str = ""
    asked: str = ""
    parts: str = ""

    @property
    def header(self) -> list[str]:
        """Names of everything that a row has."""
        return f"{self.columns} {self.nested}".split()


RECORDS: Mapping[str, Shape] = MappingProxyType(
    {
        "events": Shape(
            "event_id title host_event start_date end_date date_precision status kind our_role"
            " venue city country participants participants_kind pillar line attendance_mode"
            " audience series_id note",
            "people",
            "event_people",
            "person_id name role talk_title",
        ),
        "trainings": Shape(
            "training_id title level discipline period status participants participants_kind format"
            " audience duration pillar line note",
            "parts",
            "training_parts",
            "kind title",
        ),
        "projects": Shape(
            "project_id title kind pillar line start_date end_date status our_role note",
            "parties",
            "project_parties",
            "person_id organisation_id name role",
        ),
        "funding": Shape(
            "funding_id title funder scheme recipient our_role amount_eur amount_kind date"
            " project_id note"
        ),
        "people": Shape("person_id name spellings events roles job_title"),
        "series": Shape(
            "series_id title reported_date kind pillar line our_role area audience note"
        ),
    }
)


def count(version: Version, table: str, filters: Filters) -> int:
    """Count the rows of a table in scope. `table` is one of RECORDS."""
    return sum(row[table] for row in rows(version, f"{table}_in_scope", filters))


def records(
    version: Version, table: str, filters: Filters, limit: int | None = None, offset: int = 0
) -> list[Row]:
    """Read rows of a table in scope with what belongs to each nested into it: all, or `limit` of
    them after `offset`.

    `table` is one of RECORDS. Dates stand as precisely as they are known. The order is the same
    every time, and what belongs to rows is read for those that are given only.
    """
    shape = RECORDS[table]
    found = rows(version, table, filters, limit=limit, offset=offset)
    if table == "people":
        _add_spellings_and_roles(version, filters, found, some=limit is not None)
    elif shape.nested:
        _nest_parts(version, filters, shape, found, some=limit is not None)
    return [{name: row[name] for name in shape.header} for row in found]


def make_event_params(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Make the parameters with which people_of_events asks for some events, which have `event_id`
    and `first_day`: the days make it read what lies between them only.
    """
    days = [event["first_day"] for event in events if event["first_day"]]
    ids = [event["event_id"] for event in events]
    return {"events": ids, "first": min(days, default=None), "last": max(days, default=None)}


def _nest_parts(
    version: Version, filters: Filters, shape: Shape, found: list[Row], *, some: bool
) -> None:
    key, names = shape.header[0], shape.parts.split()
    if some and shape.asked == "event_people":
        parts = rows(version, "people_of_events", filters, **make_event_params(found))
    else:
        ids = [row[key] for row in found] if some else None
        parts = rows(version, shape.asked, filters, ids=ids)
    belonging = _group_by(parts, key)
    for row in found:
        row[shape.nested] = [
            {name: part[name] for name in names} for part in belonging.get(row[key], [])
        ]


def _add_spellings_and_roles(
    version: Version, filters: Filters, people: list[Row], *, some: bool
) -> None:
    """Add to people how they are spelled, and the roles in which they were named."""
    ids = [person["person_id"] for person in people] if some else None
    spellings = _group_by(rows(version, "person_spellings", filters, ids=ids), "person_id")
    roles = _group_by(rows(version, "person_roles", filters, ids=ids), "person_id")
    for person in people:
        person["spellings"] = [row["spelling"] for row in spellings[person["person_id"]]]
        person["roles"] = [row["role"] for row in roles.get(person["person_id"], [])]


def _group_by(found: list[Row], key: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in found:
        grouped.setdefault(row[key], []).append(row)
    return grouped
