"""Replies to what was asked: a text as people write it becomes the value of a column, with the answer
as its claim.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from dashboard.intake.dates import parse_date
from dashboard.intake.event_location import find_location
from dashboard.intake.header_names import find_kind_column
from dashboard.intake.numbers import parse_degrees
from dashboard.intake.parse_result import (
    DateOrder,
    Dialect,
    ParsedValue,
    Separators,
    UnclearValueError,
)
from dashboard.intake.parse_values import PARSERS
from dashboard.language.messages import DUTCH, ENGLISH, _
from dashboard.model.quantity import Kind, make_quantity
from dashboard.publishing.delivery import format_place, make_csv
from dashboard.query import questions
from dashboard.query.quality import SOURCE, Task
from dashboard.query.task_words import read_choices
from dashboard.schema.contract import Column, tables
from dashboard.schema.folding import fold, fold_words
from dashboard.store import ANSWERS, Version
from dashboard.text.dates import format_partial_date
from dashboard.text.lists import join_names

NOT_KNOWN = frozenset(
    fold_words(words)
    for words in (
        "don't know",
        "i don't know",
        "nobody knows",
        "not known",
        "unknown",
        "geen idee",
        "niet bekend",
        "niemand weet het",
        "onbekend",
        "weet ik niet",
        "weet niet",
    )
)
"""Replies that nobody knows, as folded words."""
PEOPLE = re.compile(
    r"(?<=\d)\s*(?:deelnemers?|mensen|personen|aanwezigen|bezoekers|studenten|participants?|people"
    r"|persons?|attendees|visitors|students)\.?$",
    re.IGNORECASE,
)
"""What stands behind a number of people."""
SEVERAL_DAYS = re.compile(
    r"(.*\d|\d{1,2} \w+)\s*(?:–|—|\s-\s|t/m|tot en met|\btot\b|\bto\b|\buntil\b|(?<=^\d)-|(?<=^\d\d)-)\s*(\d.*)",
    re.IGNORECASE,
)
"""10–14 February 2025; 30 april t/m 2 mei 2025; 10-14 februari 2025."""
MAX_WORDS = 8
"""As many words of a reply stand in its claim: a rule of the contract."""
DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        DUTCH: Dialect(dates=DateOrder.DAY_MONTH, amounts=Separators.DUTCH),
        ENGLISH: Dialect(amounts=Separators.ENGLISH),
    }
)
"""How whoever speaks a language writes what may be read in two ways. A date of three numbers with
slashes stays unclear in English.
"""


@dataclass(frozen=True)
class Reply:
    """What a reply says: the `cells` of the record by column, none where nobody knows it; the text as
    it was `written`; what was `understood` of it, and what was lost in that.
    """

    task: Task
    written: str
    cells: Mapping[str, str]
    understood: str
    note: str = ""


def read_reply(version: Version, task: Task, text: str, language: str) -> Reply:
    """Read the reply to a question, as people write it in a language. Raises UnclearValueError, which
    says what to write instead.
    """
    written = " ".join(text.split())
    if not written:
        raise UnclearValueError(_("there is no answer"), _("Write the answer, or “not known”."))
    if written == "?" or fold_words(written) in NOT_KNOWN:
        said = _("Not known: this is noted, and nobody asks again.")
        return Reply(task, written, {}, said)
    if task.column == SOURCE:
        return Reply(task, written, {}, _("Noted as the source: “{text}”.", text=written))
    return _read_value(version, task, written, DIALECTS.get(language, DIALECTS[ENGLISH]))


def _read_value(version: Version, task: Task, written: str, dialect: Dialect) -> Reply:
    """Read what a column holds: by its name where several columns are filled, else by its form."""
    special: Mapping[tuple[str, str], Callable[[], Reply]] = {
        ("events", "place_id"): lambda: _read_place(version, task, written),
        ("events", "start_date"): lambda: _read_days(task, written, dialect),
        ("places", "latitude"): lambda: _read_coordinates(task, written),
    }
    if read := special.get((task.table, task.column)):
        return read()
    column = tables()[task.table].column(task.column)
    if column.terms:
        return _read_term(version, task, column, written)
    if column.form not in PARSERS:
        return Reply(task, written, {column.name: written}, _("“{text}”", text=written))
    said = PARSERS[column.form](PEOPLE.sub("", written), dialect)
    if column.form in ("count", "amount"):
        return _read_number(task, column, written, said)
    return Reply(task, written, {column.name: said.text or ""}, format_partial_date(said.text))


def _read_number(task: Task, column: Column, written: str, said: ParsedValue) -> Reply:
    """Take a number with how well it is known: exactly, where nothing else is said."""
    number, kind = Decimal(said.text or "0"), said.kind or Kind.EXACT.value
    cells = {column.name: said.text or ""}
    if of_kind := find_kind_column(tables()[task.table], column.name):
        cells[of_kind] = kind
    noun = {"participants": "participants", "amount_eur": "euro"}.get(column.name, "")
    words = make_quantity(int(number) if number == int(number) else number, kind).words(noun)
    return Reply(task, written, cells, words, str(said.note or ""))


def _read_term(version: Version, task: Task, column: Column, written: str) -> Reply:
    """Read a term of a vocabulary: its id, or its label in either language."""
    terms = questions.browse(version, "terms", limit=10_000)
    labels = read_choices(terms, column.terms)
    for row in terms:
        names = {fold(row[name]) for name in ("term_id", "label_en", "label_nl")}
        if row["list"] == column.terms and fold(written) in names:
            term = row["term_id"]
            return Reply(task, written, {column.name: term}, labels[term])
    raise UnclearValueError(
        _("“{text}” is none of the choices", text=written),
        _("Write {choices}.", choices=join_names(list(labels.values()), "or")),
    )


def _read_days(task: Task, written: str, dialect: Dialect) -> Reply:
    """Read the day of an event, or its first and last day."""
    try:
        day = parse_date(written, dialect).text or ""
        return Reply(task, written, {"start_date": day}, format_partial_date(day))
    except UnclearValueError:
        found = SEVERAL_DAYS.fullmatch(written)
        if not found:
            raise
    last = parse_date(found[2], dialect).text or ""
    first = _complete_day(found[1].strip(), found[2], dialect)
    if first > last:
        raise UnclearValueError(
            _("the last day is before the first one"),
            _("Write both days in full: 10 May 2025 to 12 May 2025."),
        )
    words = _("{first} to {last}", first=format_partial_date(first), last=format_partial_date(last))
    return Reply(task, written, {"start_date": first, "end_date": last}, words)


def _complete_day(first: str, last: str, dialect: Dialect) -> str:
    """Read a first day, which may leave month and year to the last one. Raises UnclearValueError."""
    rest = last.split()
    year, month_and_year = rest[-1], " ".join(rest[1:])
    for text in (first, f"{first} {year}", f"{first} {month_and_year}"):
        try:
            day = parse_date(text, dialect).text or ""
        except UnclearValueError:
            continue
        if len(day) == 10:
            return day
    raise UnclearValueError(
        _("the first day cannot be read"), _("Write both days in full: 10 May 2025 to 12 May 2025.")
    )


def _read_coordinates(task: Task, written: str) -> Reply:
    """Read degrees north and east, beside each other."""
    parts = re.split(r"\s*[,;]\s+|\s+|(?<=\d),(?=-?\d+\.)", written)
    if len(parts) != 2:
        raise UnclearValueError(
            _("these are no two numbers of degrees"),
            _("Write degrees north and east: 53.2194, 6.5665."),
        )
    north, east = (parse_degrees(part).text or "" for part in parts)
    words = _("{north} degrees north, {east} degrees east", north=north, east=east)
    return Reply(task, written, {"latitude": north, "longitude": east}, words)


def _read_place(version: Version, task: Task, written: str) -> Reply:
    """Read where an event was: a place of the records, a name of which the check asks, or online."""
    where = find_location(written)
    cells = {"attendance_mode": where.mode} if where.mode else {}
    if where.place is None and where.mode != "online":
        raise UnclearValueError(
            _("“{text}” names no place", text=written),
            _("Write a town, a venue with its town, or “online”."),
        )
    if where.place is None:
        return Reply(task, written, cells, _("Online only"))
    found = _find_place(version, where.place)
    if found is None:
        note = _("No place of the records is called so alone: the check asks which one is meant.")
        return Reply(task, written, cells | {"place_id": where.place}, f"“{where.place}”", note)
    return Reply(task, written, cells | {"place_id": found["place_id"]}, format_place(found))


def _find_place(version: Version, name: str) -> Mapping[str, Any] | None:
    """Find the one place of a name: a venue, a town, both, or with its country; of a town that place
    which is the town alone.
    """
    wanted = fold_words(name)
    places = questions.browse(version, "places", limit=100_000)
    hits = [row for row in places if wanted in _list_place_names(row)]
    towns = [row for row in hits if not row["venue"]]
    best = hits if len(hits) == 1 else towns
    return best[0] if len(best) == 1 else None


def _list_place_names(row: Mapping[str, Any]) -> set[str]:
    venue, city, country = (row[name] or "" for name in ("venue", "city", "country"))
    pairs = (f"{venue} {city}", f"{city} {country}", f"{venue} {city} {country}")
    return {fold_words(name) for name in (row["place_id"], venue, city, *pairs)} - {""}


# The delivery
# ------------------------------------------------------------------------------------------------


def build_reply_files(
    version: Version, replies: Sequence[Reply], disputes: Iterable[Task], who: str, day: date
) -> dict[str, bytes]:
    """Make the delivery of what somebody answered on a day: the cells of the records, and a claim for
    each answer. Of the `disputes` about the same cells, those that the answers agree with end.
    """
    rows: dict[str, dict[str, dict[str, str]]] = {}
    for reply in replies:
        task = reply.task
        if reply.cells:
            record = {tables()[task.table].key[0]: task.record_id}
            rows.setdefault(task.table, {}).setdefault(task.record_id, record).update(reply.cells)
    claims = [_make_claim(version, reply, who, day) for reply in replies]
    answered = {reply.task.cell: reply for reply in replies}
    for dispute in disputes:
        said = answered.get(dispute.cell)
        if said and dispute.claim_id and _agrees(version, dispute, said):
            claims.append({"claim_id": dispute.claim_id, "stance": "stated"})
    files = {f"{table}.csv": make_csv(list(found.values())) for table, found in rows.items()}
    if questions.record(version, "sources", ANSWERS) is None:
        files["sources.csv"] = make_csv([_make_source(version)])
    return files | {"claims.csv": make_csv(claims)}


def _make_claim(version: Version, reply: Reply, who: str, day: date) -> dict[str, str]:
    """Make the claim of an answer: who said it, on which day, and what. The same question that is
    answered twice on a day has one.
    """
    added = _choose_term(version, "claim-stance", "added") if reply.cells else "stated"
    task = reply.task
    name = f"{task.table}-{task.record_id}-{task.column}-{day:%Y%m%d}".replace("_", "-")
    return {
        "claim_id": name,
        "table_name": task.table,
        "record_id": task.record_id,
        "field": "" if task.column == SOURCE else task.column,
        "source_id": ANSWERS,
        "stance": added,
        "section": f"{who}, {day.isoformat()}",
        "stated": " ".join(reply.written.split()[:MAX_WORDS]),
    }


def _make_source(version: Version) -> dict[str, str]:
    """Make the record of the source of answers, as the data has them: in both languages."""
    return {
        "source_id": ANSWERS,
        "title": "Answers to questions about the records",
        "kind": _choose_term(version, "source-kind", "keeper"),
        "note": "Who answered, and on which day, stands with each.",
        "note_nl": "Wie antwoordde, en op welke dag, staat bij elk antwoord.",
    }


def _choose_term(version: Version, vocabulary: str, wanted: str) -> str:
    """Give a term where the vocabulary of the records has it, else its first one."""
    terms = list(read_choices(questions.browse(version, "terms", limit=10_000), vocabulary))
    return wanted if wanted in terms else terms[0]


def _agrees(version: Version, dispute: Task, reply: Reply) -> bool:
    """Tell whether a source says what was answered, however it writes it."""
    numbers = {re.sub(r"\D", "", found) for found in re.findall(r"\d[\d.,]*", dispute.stated)}
    if dispute.column == "participants" and numbers == {reply.cells.get("participants")}:
        return True
    for language in DIALECTS:
        try:
            stated = read_reply(version, dispute, dispute.stated, language)
        except UnclearValueError:
            continue
        if stated.cells and stated.cells == reply.cells:
            return True
    return False
