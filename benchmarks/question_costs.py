"""What each question costs against the number of events, 1,000 to 50 million: python -m
benchmarks.question_costs, a part of make bench.

The stores up to five million are demo data as anybody can make it. The largest is that of five
million ten times over, each with ids of its own: its tables are copied without constraints, because
its publishing would check fifty million rows.
"""

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
from tests.query.test_questions import ANSWERS

from dashboard.model.filters import Filters
from dashboard.query import engine, questions
from dashboard.store import Version
from dashboard.views.content.events import MAX_EVENTS

MULTIPLIED = ("events", "event_people", "event_people_by_day", "event_parties", "search_texts")
MONTH, YEAR, EVERYTHING = Filters(month=("2025-05",)), Filters(year=2025), Filters()
ASKED = {
    "a month": MONTH,
    "a year": YEAR,
    "everything": EVERYTHING,
    "a month of a speaker": MONTH.with_(speaker=("demo-person-3",)),
    "a month with a word": MONTH.with_(text="radiology"),
}
LONGEST = 6.0
"""Seconds: what would take longer, growing as the data does, is not asked."""
REPEATS = 3
OF_EVENTS = (
    "events",
    "events_by_month",
    "contributors",
    "facets",
    "events_in_scope",
    "undated_events",
    "event_places",
    "place_reconciliation",
    "contributions_by",
    "people",
    "event_numbers",
    "contribution_numbers",
    "event_participants",
    "partner_count",
    "partner_activities",
    "similar_events",
    "search",
    "years",
)
"""Questions whose rows do not grow with the number of events, and the first of those whose rows do.
"""
PARAMS: Mapping[str, Mapping[str, object]] = {
    name: params for name, params, *_ in reversed(ANSWERS)
}


def multiplied(database: Path, target: Path, times: int) -> None:
    """The tables of a version with so many times the events, in the order of their days."""
    with duckdb.connect(str(target)) as made:
        path = str(database).replace("'", "''")
        made.execute(f"attach '{path}' as source (read_only); set preserve_insertion_order = true")
        names = [
            row[0]
            for row in made.execute(
                "select table_name from duckdb_tables() where database_name = 'source' order by"
                " table_name"
            ).fetchall()
        ]
        days = [
            row[0]
            for row in made.execute(
                "select distinct date_trunc('month', first_day) from source.events order by 1"
            ).fetchall()
        ]
        for name in names:
            if name not in MULTIPLIED:
                made.execute(f'create table "{name}" as from source."{name}"')
                continue
            key = "record_id" if name == "search_texts" else "event_id"
            rows = (
                f"select * replace ({key} || '-' || copy as {key}) from source.\"{name}\","
                f" range({times}) as c (copy)"
            )
            if day := {"events": "first_day", "event_people_by_day": "event_day"}.get(name):
                made.execute(f'create table "{name}" as {rows} limit 0')
                # a month at a time: sorting everything at once needs the memory of everything
                for month in days:
                    made.execute(
                        f"insert into \"{name}\" {rows} where date_trunc('month', {day}) is not"
                        f" distinct from $m order by {day}",
                        {"m": month},
                    )
            else:
                made.execute(f'create table "{name}" as {rows}')


def costs(databases: Mapping[int, Path]) -> Iterator[tuple[str, str, dict[int, float]]]:
    """Question, what it is asked for, and its seconds by number of events; missing where it takes
    too long.
    """
    for question in OF_EVENTS:
        for words, filters in ASKED.items():
            found: dict[int, float] = {}
            for number, database in databases.items():
                if found and found[last := max(found)] * number / last > LONGEST:
                    break
                found[number] = _seconds(database, question, filters)
            yield question, words, found


def _seconds(database: Path, question: str, filters: Filters) -> float:
    bound = filters.params() | {"limit": MAX_EVENTS + 1, "offset": 0} | PARAMS.get(question, {})
    sql, took = questions.sql(question), []
    for _ in range(REPEATS + 1):  # the first one reads from the disk
        start = time.perf_counter()
        engine.query(database, sql, bound)
        took.append(time.perf_counter() - start)
        if took[-1] > LONGEST / 2:
            break
    return statistics.median(took[1:] or took)


def table(found: Sequence[tuple[str, str, dict[int, float]]], numbers: Sequence[int]) -> list[str]:
    """A row for each question and choice."""
    rows = [
        f"| question | asked for | {' | '.join(f'{number:,}' for number in numbers)} |",
        f"|---|---|{'---|' * len(numbers)}",
    ]
    for question, words, costs_of in found:
        cells = " | ".join(
            f"{costs_of[number] * 1000:,.0f} ms" if number in costs_of else "–"
            for number in numbers
        )
        rows.append(f"| {question} | {words} | {cells} |")
    return rows


def databases(versions: Mapping[int, Version], folder: Path, largest: int) -> dict[int, Path]:
    """The databases to ask: those of the versions, and the largest made of them, which takes half
    an hour and 10 GB.
    """
    found = {number: version.database for number, version in sorted(versions.items())}
    biggest = max(found)
    if largest > biggest:
        target = folder / f"{largest}.duckdb"
        if not target.exists():
            multiplied(found[biggest], target, largest // biggest)
        found[largest] = target
    return found
