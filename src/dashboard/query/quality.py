"""The worklist of data quality: what is missing, contradictory or doubtful in the records, each
with how to mend it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.query.questions import Row
from dashboard.schema.contract import tables
from dashboard.schema.folding import fold
from dashboard.store import Version

TASK_KINDS = {
    "differing": "Sources that disagree with a record",
    "duplicate": "Records that may be the same",
    "unknown-name": "Names in texts that are nobody's",
    "person-without-record": "People named at no event, project or funding",
    "unstated": "Records that no source is named for",
    "no-place": "Events without a place",
    "no-coordinates": "Places without coordinates",
    "vague-date": "Events of which at most the year is known",
    "unknown-end": "Running projects without an end",
    "undated-funding": "Funding without a date",
    "unknown-participants": "Numbers of participants that are unknown",
    "unknown-amount": "Amounts that are unknown",
    "no-term": "Events without a kind or a role of ours",
}
MAX_TASKS_PER_KIND = 1000
"""More is not for one sitting, and large data would have millions."""


@dataclass(frozen=True)
class Task:
    """One thing to mend: `what` is the matter with the record, `todo` is what to do in which file."""

    kind: str
    table: str
    record_id: str
    label: str
    column: str
    what: str
    todo: str


def build_worklist(version: Version, limit: int = MAX_TASKS_PER_KIND) -> list[Task]:
    """List what is to be mended, by kind in the order of TASK_KINDS, then by table and record; of
    each kind at most `limit`.
    """
    return [
        task
        for kind in TASK_KINDS
        for task in sorted(_list_tasks(version, kind, limit), key=_sort_key)[:limit]
    ]


def _sort_key(task: Task) -> tuple[str, ...]:
    return (task.table, task.record_id, task.column, task.what)


def _list_tasks(version: Version, kind: str, limit: int) -> Iterator[Task]:
    if kind == "unknown-name":
        return (_describe_unknown_name(row) for row in _find_unknown_names(version))
    words = {
        "differing": _describe_differing,
        "duplicate": _describe_duplicate,
        "unstated": _describe_unstated,
    }.get(kind, _make_gap_task(kind))
    found = (
        questions.rows(version, question, Filters(), limit=limit, kind=kind)
        for question in _questions_of(kind)
    )
    return (words(row) for rows in found for row in rows)


def _questions_of(kind: str) -> tuple[str, ...]:
    if kind == "duplicate":
        return ("similar_events", "similar_organisations", "similar_people", "similar_trainings")
    return (f"worklist_{kind}",) if kind in ("differing", "unstated") else ("worklist_gaps",)


# Names without a person
# ----------------------------------------------------------------------------------------------

SURNAME = r"\p{Lu}[\p{L}’'-]*\p{L}"
PARTICLE = r"(?:van|von|de|den|der|het|in|'t|ter|ten|te|op|la|le|du|da|dos|di|el|al|bin|ben|El|Al|Van|De|Den|Der)"


def name_pattern(names: Iterable[str]) -> str:
    """Build a pattern of what looks like a name: a first name that somebody in `names` has, perhaps
    initials, perhaps particles, and one or more words with a capital. Empty when there are no
    names.
    """
    first_names = sorted(
        {name.split()[0] for name in names if len(name.split()) > 1 and len(name.split()[0]) > 1}
    )
    if not first_names:
        return ""
    return (
        rf"(?:^|[^\p{{L}}])((?:{'|'.join(map(re.escape, first_names))})(?: \p{{Lu}}\.)*(?:"
        rf" {PARTICLE})*(?: {SURNAME})+)"
    )


def _find_unknown_names(version: Version) -> list[Row]:
    """Find texts with a name that is neither a person's nor another spelling of one."""
    known = {
        row["spelling"]: fold(row["spelling"])
        for row in questions.rows(version, "person_spellings", Filters())
    }
    if not (pattern := name_pattern(known)):
        return []
    found = questions.rows(version, "worklist_names", Filters(), pattern=pattern)
    named = [row | {"name": re.sub(r"['’]s$", "", row["name"])} for row in found]
    return [row for row in named if not _begins_with_known(row["name"], set(known.values()))]


def _begins_with_known(name: str, known: set[str]) -> bool:
    """Return whether a text is a known name, alone or before other words with a capital."""
    words = fold(name).split()
    return any(" ".join(words[:n]) in known for n in range(2, len(words) + 1))


# The sentences of tasks
# ------------------------------------------------------------------------------------------------


def _name_row(table: str, record_id: str) -> str:
    return f"data/{table}.csv, row with {tables()[table].key[0]}={record_id}"


GAPS = {  # kind and column -> what is the matter, and what to fill
    ("no-place", "place_id"): (
        "It was held or is planned somewhere, but no place is recorded.",
        "fill place_id with an id of data/places.csv (or attendance_mode with online)",
    ),
    ("no-coordinates", "latitude"): (
        "It has no coordinates, so the map leaves it out.",
        "fill latitude and longitude (scripts/fill_coordinates.py looks up cities)",
    ),
    ("vague-date", "start_date"): (
        "At most its year is known, so that no month counts it.",
        "fill start_date with the month or the day (2025-05 or 2025-05-14)",
    ),
    ("unknown-end", "end_date"): (
        "It is running and its end is not known, so it counts in every later year.",
        "fill end_date (2028, 2028-06 or 2028-06-30), or status if it no longer runs",
    ),
    ("undated-funding", "date"): (
        "When it was granted is not known, so it counts in the years of its project, or in none.",
        "fill date (2025, 2025-05 or 2025-05-14)",
    ),
    ("unknown-participants", "participants"): (
        "How many took part is not known, so the sum leaves it out.",
        "fill participants with the number and participants_kind with exact, about or at-least",
    ),
    ("unknown-amount", "amount_eur"): (
        "The amount is not known, so the sum leaves it out.",
        "fill amount_eur with euros and amount_kind with exact, about or at-least",
    ),
    ("no-term", "kind"): (
        "What kind of event it is, is not recorded.",
        "fill kind with an id of the list event-kind in data/terms.csv",
    ),
    ("no-term", "our_role"): (
        "What the programme did for it is not recorded.",
        "fill our_role with an id of the list our-role in data/terms.csv",
    ),
}


def _make_gap_task(kind: str) -> Callable[[Row], Task]:
    def task(row: Row) -> Task:
        table, record_id, column = row["table_name"], row["record_id"], row["column_name"]
        if kind == "person-without-record":
            what = "The person is named at no event, project or funding, so no page counts them."
            todo = (
                "data/event_people.csv or data/project_parties.csv: add a row with"
                f" person_id={record_id}"
            )
        else:
            what, fill = GAPS[kind, column]
            todo = f"{_name_row(table, record_id)}: {fill}"
        return Task(kind, table, record_id, row["label"], column, what, todo)

    return task


def _describe_differing(row: Row) -> Task:
    where = ", ".join([row["source"], *([f"“{row['section']}”"] if row["section"] else [])])
    where += f", line {row['line']}" if row["line"] is not None else ""
    record = (
        _name_row(row["table_name"], row["record_id"]) if row["table_name"] in tables() else "data/"
    )
    return Task(
        "differing",
        row["table_name"],
        row["record_id"],
        row["label"],
        row["column_name"],
        f"{row['column_name']} is {_describe_held(row)}; {where} says"
        f" “{row['stated'] or 'something else'}”.",
        f"{record}: correct {row['column_name']} if the source is right, and then give"
        f" claim_id={row['claim_id']} in data/claims.csv the stance stated; if the record is right,"
        " say why in note and leave both",
    )


def _describe_held(row: Row) -> str:
    """Say what the record holds in the disputed column."""
    if row["value_kind"] == "fewer-than":
        return "withheld (small group)"
    if row["value"] is None:
        return "empty"
    if row["value_kind"]:
        qualifier = {"about": "about ", "at-least": "at least "}.get(row["value_kind"], "")
        return f"{qualifier}{Decimal(row['value']).normalize():f}"
    return f"“{row['value']}”"


def _describe_duplicate(row: Row) -> Task:
    table, record_id, other = row["table_name"], row["record_id"], row["other_id"]
    why = {"events": "date", "trainings": "period"}.get(table, "names")
    key = tables()[table].key[0]
    return Task(
        "duplicate",
        table,
        record_id,
        row["label"],
        key,
        f"May be the same as “{row['other_label']}” ({other}): {why} {row['shared']}.",
        f"data/{table}.csv, rows with {key}={record_id} and {key}={other}: if they are one, keep"
        " one row and give it what refers to the other",
    )


def _describe_unstated(row: Row) -> Task:
    table, record_id = row["table_name"], row["record_id"]
    what, todo = (
        "No source is named for it.",
        f"add a row with table_name={table}, record_id={record_id} and source_id",
    )
    return Task(
        "unstated", table, record_id, row["label"], "source_id", what, f"data/claims.csv: {todo}"
    )


def _describe_unknown_name(row: Row) -> Task:
    table, record_id, name = row["table_name"], row["record_id"], row["name"]
    what = (
        f"{row['column_name']} has “{name}”, who is neither in people nor another spelling of"
        " somebody."
    )
    todo = (
        f"data/people.csv: add {name}; or data/person_aliases.csv: add the spelling with the"
        " person_id of whose it is"
    )
    return Task("unknown-name", table, record_id, row["label"], row["column_name"], what, todo)
