"""Reassigning one person's records to another, in typed tables: for people who are forgotten or
merged.

The table `moves` (old_id, new_id) says who becomes whom. The statements are made from the contract:
a column that refers to people is found there, not listed here.
"""

import duckdb

from dashboard.schema.contract import tables
from dashboard.schema.convert import quote_identifier


def clear_reassignments(records: duckdb.DuckDBPyConnection) -> None:
    """Start without reassignments."""
    records.execute("create or replace temp table moves (old_id text, new_id text)")


def add_reassignment(records: duckdb.DuckDBPyConnection, old_id: str, new_id: str) -> None:
    """Add that one person becomes another."""
    records.execute("insert into moves values ($old, $new)", {"old": old_id, "new": new_id})


def apply_reassignments(records: duckdb.DuckDBPyConnection) -> None:
    """Let every reference to the old people point to the new ones, and every claim about them. What
    would then stand twice is left out once; further contributions in the same role are numbered on.
    """
    _redirect_references(records)
    records.execute(
        "update typed.claims set record_id = new_id from moves where table_name = 'people' and"
        " record_id = old_id"
    )
    same_talk = "event_id = k.event_id and d.talk_title is not distinct from k.talk_title"
    _delete_duplicates(records, "event_people", same_talk)
    _delete_duplicates(records, "project_parties", "project_id = k.project_id")
    _renumber_contributions(records)
    for table in tables().values():
        records.execute(
            f"alter table typed.{quote_identifier(table.name)} drop column if exists moved"
        )


def _redirect_references(records: duckdb.DuckDBPyConnection) -> None:
    """Replace old ids by new ones wherever a column refers to people, and mark those rows `moved`."""
    for table in tables().values():
        for reference in table.references:
            if reference.target == "people":
                name, column = (
                    f"typed.{quote_identifier(table.name)}",
                    quote_identifier(reference.column),
                )
                records.execute(
                    f"alter table {name} add column if not exists moved boolean default false"
                )
                records.execute(
                    f"update {name} set {column} = new_id, moved = true from moves where {column} ="
                    " old_id"
                )


def _delete_duplicates(records: duckdb.DuckDBPyConnection, table: str, same: str) -> None:
    records.execute(
        f"delete from typed.{table} as d where moved and exists (select 1 from typed.{table} as k"
        f" where not k.moved and k.person_id = d.person_id and k.role = d.role and d.{same})"
    )


def _renumber_contributions(records: duckdb.DuckDBPyConnection) -> None:
    records.execute("""
        update typed.event_people as t set nr = n.place from (
            select
                rowid as id,
                row_number() over (partition by event_id, person_id, role order by moved, nr, row_number) as place,
                bool_or(moved) over (partition by event_id, person_id, role) as touched,
            from typed.event_people
        ) as n
        where t.rowid = n.id and n.touched
        """)


def drop_aliases(records: duckdb.DuckDBPyConnection) -> None:
    """Remove every other spelling of the people who move."""
    records.execute(
        "delete from typed.person_aliases where person_id in (select old_id from moves)"
    )


def blank_people(records: duckdb.DuckDBPyConnection) -> None:
    """Leave nothing of the people who moved but their new id, once, also in the claims about them."""
    records.execute(
        "insert into typed.people (person_id, name) select distinct new_id, new_id from moves"
        " where new_id not in (select person_id from typed.people)"
    )
    records.execute("delete from typed.people where person_id in (select old_id from moves)")
    records.execute("""
        update typed.claims as c set stated = null, claim_id = n.claim_id from (
            select
                rowid as id,
                'people-' || record_id || '-' || row_number() over (partition by record_id order by claim_id) as claim_id,
            from typed.claims
            where table_name = 'people' and record_id in (select new_id from moves)
        ) as n
        where c.rowid = n.id
        """)
