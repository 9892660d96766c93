"""What is allowed but looks like a mistake: notes for whoever publishes, never a refusal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from dashboard.intake import gazetteer
from dashboard.intake.files import ORIGIN_STEP, Origin, find_origin
from dashboard.intake.messages import Text, _
from dashboard.intake.problems import Problem
from dashboard.schema.contract import Column, Table, tables
from dashboard.schema.convert import ROW, quote_identifier

YEARS_AHEAD, YEARS_BACK = 5, 30
CROWD = 100_000
FACTOR = 10
MAX_NOTES = 100

POINT = "latitude is not null and longitude is not null and country in (select country from reach)"
HERE = "(country, floor(latitude), floor(longitude)) in (from reach)"
EXCHANGED = "(country, floor(longitude), floor(latitude)) in (from reach)"
NOWHERE = "latitude = 0 and longitude = 0"
OUTSIDE = f"{POINT} and not ({NOWHERE}) and not {HERE}"
SAME_NAME = (
    "slug(name) in (select slug(name) from typed.people group by all having count(*) > 1) or"
    " exists (from typed.person_aliases as a where a.person_id <> t.person_id and slug(a.alias)"
    " = slug(t.name))"
)
SAME_ALIAS = (
    "exists (from typed.people as p where p.person_id <> t.person_id and slug(p.name) ="
    " slug(t.alias))"
)
SAME_ORCID = (
    "orcid in (select orcid from typed.people where orcid is not null group by all having"
    " count(*) > 1)"
)


@dataclass(frozen=True)
class Suspicion:
    """`condition` is SQL on a row of typed.<table>; `code` as in Problem."""

    code: str
    table: str
    column: str
    condition: str
    said: Text
    mend: Text


def find_suspicions(
    con: duckdb.DuckDBPyConnection, origins: Sequence[Origin], today: date
) -> list[Problem]:
    """Note the suspicious ones of the uploaded rows of typed.<table>; of all rows where nothing was
    uploaded.
    """
    new = f"{ROW} >= {ORIGIN_STEP}" if origins else "true"
    notes: list[Problem] = []
    for one in (*_list_suspicions(today), *_suspect_points(con, new)):
        rows = con.execute(
            f"select {ROW}, {quote_identifier(one.column)} from typed.{quote_identifier(one.table)} as t"
            f" where {new} and ({one.condition}) order by {ROW} limit {MAX_NOTES + 1}"
        ).fetchall()
        notes += _make_notes(one, rows, origins)
    return notes


def _make_notes(
    one: Suspicion, rows: list[tuple[int, object]], origins: Sequence[Origin]
) -> Iterator[Problem]:
    for number, value in rows[:MAX_NOTES]:
        origin, row = find_origin(origins, one.table, number)
        shown = None if value is None else str(value)
        yield origin.problem(one.code, one.said, one.mend, row=row, column=one.column, value=shown)
    if len(rows) > MAX_NOTES:
        origin, _last = find_origin(origins, one.table, rows[-1][0])
        hint = _("More than {n} rows; the rest is not listed.", n=MAX_NOTES)
        yield origin.problem(one.code, one.said, hint, column=one.column)


def _list_suspicions(today: date) -> Iterator[Suspicion]:
    for table in tables().values():
        for column in table.file_columns:
            yield from _suspect_dates(table, column, today)
            yield from _suspect_numbers(table, column)
            if column.name == "title" and len(table.key) == 1:
                yield _suspect_title(table, column)
    yield from _suspect_people()
    yield Suspicion(
        "nobody-named",
        "events",
        "event_id",
        "event_id not in (select event_id from typed.event_people)",
        _("nobody is named at this event"),
        _("Add who spoke, if it is known."),
    )


def _suspect_dates(table: Table, column: Column, today: date) -> Iterator[Suspicion]:
    cell, hint = quote_identifier(column.name), _("Look at the year.")
    if column.form in ("date", "period"):
        first, last = today.year - YEARS_BACK, today.year + YEARS_AHEAD
        far = f"year(earliest({cell})) not between {first} and {last}"
        message = _("the date is far from today")
        yield Suspicion("far-date", table.name, column.name, far, message, hint)
    if "past" in column.marks and not column.marks["past"]:
        ahead = f"earliest({cell}) > date '{today.isoformat()}'"
        message = _("the date is still to come")
        yield Suspicion("date-to-come", table.name, column.name, ahead, message, hint)


def _suspect_numbers(table: Table, column: Column) -> Iterator[Suspicion]:
    cell = quote_identifier(column.name)
    if column.form == "amount" and table.name == "funding":
        usual = f"select median({cell}) from typed.{quote_identifier(table.name)}"
        much = f"{cell} > {FACTOR} * ({usual})"
        message = _("the amount is more than ten times the usual one")
        hint = _("Look at the decimals.")
        yield Suspicion("large-amount", table.name, column.name, much, message, hint)
    if column.people:
        many, message = f"{cell} > {CROWD}", _("more than 100,000 persons")
        hint = _("Look at the number.")
        yield Suspicion("large-crowd", table.name, column.name, many, message, hint)


def _suspect_title(table: Table, column: Column) -> Suspicion:
    cell = quote_identifier(column.name)
    again = (
        f"fold({cell}) in (select fold({cell}) from typed.{quote_identifier(table.name)} group by all having"
        " count(*) > 1)"
    )
    # those of a series have one title
    if any(other.name == "calendar_uid" for other in table.columns):
        again += " and coalesce(calendar_uid, '') not like '%-%'"
    message, hint = _("the title stands twice"), _("Is it the same thing twice?")
    return Suspicion("same-title", table.name, column.name, again, message, hint)


def _suspect_people() -> Iterator[Suspicion]:
    """Suspect two people of one name, under whatever spelling, or of one ORCID iD."""
    hint = _(
        "If they are one person, merge them; if they are two, a job title tells them apart in every"
        " list."
    )
    message = _("two people have this name")
    yield Suspicion("same-name", "people", "name", SAME_NAME, message, hint)
    hint = _("Look whose spelling it is; if the two are one person, merge them.")
    message = _("somebody else has this name")
    yield Suspicion("same-alias", "person_aliases", "alias", SAME_ALIAS, message, hint)
    message, hint = _("two people have this ORCID iD"), _("If they are one person, merge them.")
    yield Suspicion("same-orcid", "people", "orcid", SAME_ORCID, message, hint)


def _suspect_points(con: duckdb.DuckDBPyConnection, new: str) -> Iterator[Suspicion]:
    """Suspect points that do not lie in the country beside them. Where no new place has a point, no
    towns are loaded.
    """
    if con.execute(
        f"select 1 from typed.places where {new} and latitude is not null limit 1"
    ).fetchall():
        gazetteer.load_reach(con)
        place = ("places", "latitude")
        message = _("latitude 0 and longitude 0 lie in the sea off Africa")
        hint = _("Empty both cells where the point is not known.")
        yield Suspicion("point-at-zero", *place, NOWHERE, message, hint)
        message = _("the point does not lie in the stated country")
        hint = _("Latitude and longitude are probably exchanged.")
        yield Suspicion("outside-country", *place, f"{OUTSIDE} and {EXCHANGED}", message, hint)
        hint = _("Look at the numbers, at a minus sign and at the country.")
        condition = f"{OUTSIDE} and not {EXCHANGED}"
        yield Suspicion("outside-country", *place, condition, message, hint)
