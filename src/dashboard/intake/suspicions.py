"""What is allowed but looks like a mistake: notes for whoever publishes, never a refusal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from dashboard.intake import coordinates
from dashboard.intake.files import ORIGIN_STEP, Origin, place
from dashboard.intake.problems import Problem
from dashboard.schema.contract import Table, tables
from dashboard.schema.convert import ROW, quoted

YEARS_AHEAD, YEARS_BACK = 5, 30
CROWD = 100_000
FACTOR = 10
MAX_NOTES = 100


@dataclass(frozen=True)
class Suspicion:
    """`condition` is SQL on a row of typed.<table>."""

    table: str
    column: str
    condition: str
    rule: str
    mend: str


def look(con: duckdb.DuckDBPyConnection, origins: Sequence[Origin], today: date) -> list[Problem]:
    """Notes on the uploaded rows of typed.<table>; on all rows where nothing was uploaded."""
    new = f"{ROW} >= {ORIGIN_STEP}" if origins else "true"
    notes = []
    for one in (*_all(today), *_of_points(con, new)):
        rows = con.execute(
            f"select {ROW}, {quoted(one.column)} from typed.{quoted(one.table)} as t"
            f" where {new} and ({one.condition}) order by {ROW} limit {MAX_NOTES + 1}"
        ).fetchall()
        for number, value in rows[:MAX_NOTES]:
            origin, row = place(origins, one.table, number)
            shown = None if value is None else str(value)
            notes.append(
                Problem(origin.file, row, one.column, shown, one.rule, one.mend, origin.sheet)
            )
        if len(rows) > MAX_NOTES:
            origin, _ = place(origins, one.table, rows[-1][0])
            more = f"More than {MAX_NOTES} rows; the rest is not listed."
            notes.append(Problem(origin.file, None, one.column, None, one.rule, more, origin.sheet))
    return notes


def _all(today: date) -> Iterator[Suspicion]:
    for table in tables().values():
        yield from _of_columns(table, today)
    yield from _of_people()
    yield Suspicion(
        "events",
        "event_id",
        "event_id not in (select event_id from typed.event_people)",
        "nobody is named at this event",
        "Add who spoke, if it is known.",
    )


def _of_points(con: duckdb.DuckDBPyConnection, new: str) -> Iterator[Suspicion]:
    """Where no new place has a point, no towns are loaded."""
    if con.execute(
        f"select 1 from typed.places where {new} and latitude is not null limit 1"
    ).fetchall():
        coordinates.load(con)
        for condition, rule, mend in coordinates.DOUBTS:
            yield Suspicion("places", "latitude", condition, rule, mend)


def _of_columns(table: Table, today: date) -> Iterator[Suspicion]:
    name = f"typed.{quoted(table.name)}"
    for column in table.file_columns:
        cell = quoted(column.name)
        if column.form in ("date", "period"):
            far = (
                f"year(earliest({cell})) not between {today.year - YEARS_BACK} and"
                f" {today.year + YEARS_AHEAD}"
            )
            yield Suspicion(
                table.name, column.name, far, "the date is far from today", "Look at the year."
            )
        if "past" in column.marks and not column.marks["past"]:
            ahead = f"earliest({cell}) > date '{today.isoformat()}'"
            yield Suspicion(
                table.name, column.name, ahead, "the date is still to come", "Look at the year."
            )
        if column.form == "amount" and table.name == "funding":
            much = f"{cell} > {FACTOR} * (select median({cell}) from {name})"
            rule = "the amount is more than ten times the usual one"
            yield Suspicion(table.name, column.name, much, rule, "Look at the decimals.")
        if column.people:
            rule = "more than 100,000 persons"
            yield Suspicion(
                table.name, column.name, f"{cell} > {CROWD}", rule, "Look at the number."
            )
        if column.name == "title" and len(table.key) == 1:
            again = (
                f"fold({cell}) in (select fold({cell}) from {name} group by all having count(*)"
                " > 1)"
            )
            # those of a series have one title
            if any(other.name == "calendar_uid" for other in table.columns):
                again += " and coalesce(calendar_uid, '') not like '%-%'"
            yield Suspicion(
                table.name,
                column.name,
                again,
                "the title stands twice",
                "Is it the same thing twice?",
            )


def _of_people() -> Iterator[Suspicion]:
    """Two people of one name, under whatever spelling, or of one ORCID iD."""
    spelled = (
        "slug(name) in (select slug(name) from typed.people group by all having count(*) > 1) or"
        " exists (from typed.person_aliases as a where a.person_id <> t.person_id and slug(a.alias)"
        " = slug(t.name))"
    )
    mend = (
        "If they are one person, merge them; if they are two, a job title tells them apart in every"
        " list."
    )
    yield Suspicion("people", "name", spelled, "two people have this name", mend)
    others = (
        "exists (from typed.people as p where p.person_id <> t.person_id and slug(p.name) ="
        " slug(t.alias))"
    )
    who = "Look whose spelling it is; if the two are one person, merge them."
    yield Suspicion("person_aliases", "alias", others, "somebody else has this name", who)
    twice = (
        "orcid in (select orcid from typed.people where orcid is not null group by all having"
        " count(*) > 1)"
    )
    yield Suspicion(
        "people",
        "orcid",
        twice,
        "two people have this ORCID iD",
        "If they are one person, merge them.",
    )
