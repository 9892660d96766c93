"""The worklist of data quality: what is missing, contradictory or doubtful in the records, each as a
question to whoever knows.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from dashboard.model.filters import Filters
from dashboard.query import questions, task_words
from dashboard.query.questions import Row
from dashboard.query.row_labels import say_label
from dashboard.query.task_words import Words
from dashboard.schema.contract import tables
from dashboard.schema.folding import fold
from dashboard.store import Version

TASK_KINDS = (
    "differing",
    "duplicate",
    "unknown-name",
    "person-without-record",
    "unstated",
    "no-place",
    "no-coordinates",
    "vague-date",
    "unknown-end",
    "undated-funding",
    "unknown-participants",
    "unknown-amount",
    "no-term",
)
"""The kinds of tasks: sources that disagree with a record; records that may be the same; names in texts
that are nobody's; people, and records, without what they should have; and what is not filled in.
"""
MAX_TASKS_PER_KIND = 1000
"""More is not for one sitting, and large data would have millions."""
UNANSWERABLE = frozenset({"duplicate", "unknown-name", "person-without-record"})
"""Kinds of which an answer is no value of one column: a steward mends them in the files."""
SOURCE = "source_id"
"""The column of a task to which no source is named."""


@dataclass(frozen=True)
class Task:
    """One thing that is not known or in doubt: the `question` to whoever knows, what is the `matter`
    with the record, and `where` it stands. Of a claim that differs `claim_id`, and what it `stated`.
    """

    kind: str
    table: str
    record_id: str
    label: str
    column: str
    question: str
    matter: str
    where: str
    claim_id: str = ""
    stated: str = ""

    @property
    def answerable(self) -> bool:
        """Whether an answer is a value, which a steward can enter in one field."""
        return self.kind not in UNANSWERABLE

    @property
    def cell(self) -> tuple[str, str, str]:
        """What it is about: table, record and column."""
        return self.table, self.record_id, self.column


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
        found = [_find_unknown_names(version)]
    else:
        found = [
            questions.rows(version, question, Filters(), limit=limit, kind=kind)
            for question in _questions_of(kind)
        ]
    say = _find_words(version, kind)
    return (_make_task(kind, row, say(row)) for rows in found for row in rows)


def _find_words(version: Version, kind: str) -> Callable[[Row], Words]:
    """Find what says the tasks of a kind."""
    own = {
        "differing": task_words.say_difference,
        "duplicate": task_words.say_duplicate,
        "unknown-name": task_words.say_unknown_name,
        "unstated": task_words.say_unstated,
    }
    terms = questions.browse(version, "terms", limit=10_000) if kind == "no-term" else []
    return own.get(kind) or partial(_say_gap, terms)


def _say_gap(terms: list[Row], row: Row) -> Words:
    vocabulary = tables()[row["table_name"]].column(row["column_name"]).terms
    return task_words.say_gap(row, task_words.read_choices(terms, vocabulary))


def _make_task(kind: str, row: Row, said: Words) -> Task:
    table = row["table_name"]
    return Task(
        kind,
        table,
        row["record_id"],
        say_label(row).text,
        row.get("column_name") or (SOURCE if kind == "unstated" else tables()[table].key[0]),
        said.question,
        said.matter,
        said.where,
        row.get("claim_id") or "",
        row.get("stated") or "",
    )


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
