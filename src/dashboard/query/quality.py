"""The worklist of data quality: what is missing, contradictory or doubtful in the records, each
with how to mend it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from dashboard.language.messages import N_, _
from dashboard.model.filters import Filters
from dashboard.model.quantity import Kind, qualify
from dashboard.query import questions
from dashboard.query.questions import Row
from dashboard.schema.contract import tables
from dashboard.schema.folding import fold
from dashboard.store import Version

TASK_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "differing": N_("Sources that disagree with a record"),
        "duplicate": N_("Records that may be the same"),
        "unknown-name": N_("Names in texts that are nobody's"),
        "person-without-record": N_("People named at no event, project or funding"),
        "unstated": N_("Records that no source is named for"),
        "no-place": N_("Events without a place"),
        "no-coordinates": N_("Places without coordinates"),
        "vague-date": N_("Events of which at most the year is known"),
        "unknown-end": N_("Running projects without an end"),
        "undated-funding": N_("Funding without a date"),
        "unknown-participants": N_("Numbers of participants that are unknown"),
        "unknown-amount": N_("Amounts that are unknown"),
        "no-term": N_("Events without a kind or a role of ours"),
    }
)
"""The kinds of tasks in the order in which they stand, and what each is called (said by `_`)."""
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
    return (task.table, task.record_id, task.column)


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
    return _(
        "data/{table}.csv, row with {key}={record_id}",
        table=table,
        key=tables()[table].key[0],
        record_id=record_id,
    )


GAPS: Mapping[tuple[str, str], tuple[str, str]] = MappingProxyType(
    {
        ("no-place", "place_id"): (
            N_("It was held or is planned somewhere, but no place is recorded."),
            N_(
                "{row}: fill place_id with an id of data/places.csv (or attendance_mode with online)"
            ),
        ),
        ("no-coordinates", "latitude"): (
            N_("It has no coordinates, so the map leaves it out."),
            N_("{row}: fill latitude and longitude (scripts/fill_coordinates.py looks up cities)"),
        ),
        ("vague-date", "start_date"): (
            N_("At most its year is known, so that no month counts it."),
            N_("{row}: fill start_date with the month or the day (2025-05 or 2025-05-14)"),
        ),
        ("unknown-end", "end_date"): (
            N_("It is running and its end is not known, so it counts in every later year."),
            N_(
                "{row}: fill end_date (2028, 2028-06 or 2028-06-30), or status if it no longer runs"
            ),
        ),
        ("undated-funding", "date"): (
            N_(
                "When it was granted is not known, so it counts in the years of its project, or in"
                " none."
            ),
            N_("{row}: fill date (2025, 2025-05 or 2025-05-14)"),
        ),
        ("unknown-participants", "participants"): (
            N_("How many took part is not known, so the sum leaves it out."),
            N_(
                "{row}: fill participants with the number and participants_kind with exact, about or"
                " at-least"
            ),
        ),
        ("unknown-amount", "amount_eur"): (
            N_("The amount is not known, so the sum leaves it out."),
            N_("{row}: fill amount_eur with euros and amount_kind with exact, about or at-least"),
        ),
        ("no-term", "kind"): (
            N_("What kind of event it is, is not recorded."),
            N_("{row}: fill kind with an id of the list event-kind in data/terms.csv"),
        ),
        ("no-term", "our_role"): (
            N_("What the programme did for it is not recorded."),
            N_("{row}: fill our_role with an id of the list our-role in data/terms.csv"),
        ),
    }
)
"""By kind and column what is the matter, and what to fill in which row."""


def _make_gap_task(kind: str) -> Callable[[Row], Task]:
    def task(row: Row) -> Task:
        table, record_id, column = row["table_name"], row["record_id"], row["column_name"]
        if kind == "person-without-record":
            what = _("The person is named at no event, project or funding, so no page counts them.")
            todo = _(
                "data/event_people.csv or data/project_parties.csv: add a row with"
                " person_id={record_id}",
                record_id=record_id,
            )
        else:
            gap, fill = GAPS[kind, column]
            what, todo = _(gap), _(fill, row=_name_row(table, record_id))
        return Task(kind, table, record_id, row["label"], column, what, todo)

    return task


def _describe_differing(row: Row) -> Task:
    table, column, stated = row["table_name"], row["column_name"], row["stated"]
    places = {"column": column, "value": _describe_held(row), "place": _name_place(row)}
    record = _name_row(table, row["record_id"]) if table in tables() else "data/"
    return Task(
        "differing",
        table,
        row["record_id"],
        row["label"],
        column,
        _("{column} is {value}; {place} says “{stated}”.", stated=stated, **places)
        if stated
        else _("{column} is {value}; {place} says “something else”.", **places),
        _(
            "{row}: correct {column} if the source is right, and then give claim_id={claim} in"
            " data/claims.csv the stance stated; if the record is right, say why in note and leave"
            " both",
            row=record,
            column=column,
            claim=row["claim_id"],
        ),
    )


def _name_place(row: Row) -> str:
    """Name where a claim stands: "Newsletter, “News”, line 3"."""
    source, section, line = row["source"], row["section"], row["line"]
    if section and line is not None:
        return _("{source}, “{section}”, line {line}", source=source, section=section, line=line)
    if section:
        return _("{source}, “{section}”", source=source, section=section)
    if line is not None:
        return _("{source}, line {line}", source=source, line=line)
    return str(source)


def _describe_held(row: Row) -> str:
    """Say what the record holds in the disputed column."""
    if row["value_kind"] == Kind.FEWER_THAN:
        return _("withheld (small group)")
    if row["value"] is None:
        return _("empty")
    if row["value_kind"]:
        return qualify(Kind(row["value_kind"]), f"{Decimal(row['value']).normalize():f}")
    return _("“{value}”", value=row["value"])


def _describe_duplicate(row: Row) -> Task:
    table, record_id, other = row["table_name"], row["record_id"], row["other_id"]
    key = tables()[table].key[0]
    return Task(
        "duplicate",
        table,
        record_id,
        row["label"],
        key,
        _(
            SHARED.get(table, SHARED_NAMES),
            record=row["other_label"],
            other=other,
            shared=row["shared"],
        ),
        _(
            "data/{table}.csv, rows with {key}={record_id} and {key}={other}: if they are one, keep"
            " one row and give it what refers to the other",
            table=table,
            key=key,
            record_id=record_id,
            other=other,
        ),
    )


SHARED: Mapping[str, str] = MappingProxyType(
    {
        "events": N_("May be the same as “{record}” ({other}): date {shared}."),
        "trainings": N_("May be the same as “{record}” ({other}): period {shared}."),
    }
)
"""By table what two records share that may be the same."""
SHARED_NAMES = N_("May be the same as “{record}” ({other}): names {shared}.")


def _describe_unstated(row: Row) -> Task:
    table, record_id = row["table_name"], row["record_id"]
    todo = _(
        "data/claims.csv: add a row with table_name={table}, record_id={record_id} and source_id",
        table=table,
        record_id=record_id,
    )
    what = _("No source is named for it.")
    return Task("unstated", table, record_id, row["label"], "source_id", what, todo)


def _describe_unknown_name(row: Row) -> Task:
    table, record_id, name = row["table_name"], row["record_id"], row["name"]
    what = _(
        "{column} has “{name}”, who is neither in people nor another spelling of somebody.",
        column=row["column_name"],
        name=name,
    )
    todo = _(
        "data/people.csv: add {name}; or data/person_aliases.csv: add the spelling with the"
        " person_id of whose it is",
        name=name,
    )
    return Task("unknown-name", table, record_id, row["label"], row["column_name"], what, todo)
