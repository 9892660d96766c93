"""Correcting people of the served version, as a candidate: two are one, or one is two."""

from collections.abc import Iterable
from datetime import datetime

import duckdb

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.language.messages import N_
from dashboard.store import reassign_person
from dashboard.store.candidates import Candidate, build_candidate
from dashboard.store.versions import Store, StoreError, Version

MERGED_NOTE = "Under this id until the two became one."
KEEP_SPELLING = """
insert into typed.person_aliases (alias, person_id, note)
select case when taken then $gone else name end, $keep, case when taken then $why end
from (
    select
        name,
        exists (from typed.person_aliases as a where slug(a.alias) = slug(p.name))
        or exists (from typed.people as k where k.person_id <> $gone and slug(k.name) = slug(p.name)) as taken,
    from typed.people as p
    where person_id = $gone
)
where not taken or not exists (from typed.person_aliases where alias = $gone)
"""
"""Keeps the name of who is gone as another spelling, or the id where the name is taken."""
FILL_FIELDS = """
update typed.people as k
set job_title = coalesce(k.job_title, g.job_title), orcid = coalesce(k.orcid, g.orcid), note = coalesce(k.note, g.note)
from typed.people as g
where k.person_id = $keep and g.person_id = $gone
"""


def merge_people(
    store: Store, keep: str, gone: str, *, author: str, message: str, now: datetime
) -> Candidate:
    """Propose a candidate in which `gone` is `keep`, with the name as another spelling, or with the
    id where the name is the same: it tells saved views and later deliveries whom they mean. What
    both did in one role at one event under one title is counted once; empty fields are filled from
    the other. Raises StoreError for an unknown id.
    """
    version, records = _open_served(store)
    if keep == gone:
        raise StoreError(N_("give two different people"))
    _require_people(records, keep, gone)
    reassign_person.clear_reassignments(records)
    reassign_person.add_reassignment(records, gone, keep)
    reassign_person.apply_reassignments(records)
    records.execute(KEEP_SPELLING, {"keep": keep, "gone": gone, "why": MERGED_NOTE})
    records.execute(FILL_FIELDS, {"keep": keep, "gone": gone})
    records.execute("delete from typed.people where person_id = $gone", {"gone": gone})
    return _propose_correction(store, version, records, author=author, message=message, now=now)


def split_alias(
    store: Store,
    alias: str,
    person_id: str,
    *,
    events: Iterable[str] = (),
    author: str,
    message: str,
    now: datetime,
) -> Candidate:
    """Propose a candidate in which a spelling is a person of its own, under a new id, who takes
    over the contributions at `events`: no record says under which spelling somebody was named.
    Raises StoreError for an unknown spelling or a taken id.
    """
    version, records = _open_served(store)
    owner = _find_owner(records, alias)
    if _is_person(records, person_id):
        raise StoreError(f"the id {person_id[:60]} is taken: give the new person another")
    records.execute(
        "insert into typed.people (person_id, name) values ($id, $name)",
        {"id": person_id, "name": alias},
    )
    records.execute("delete from typed.person_aliases where alias = $alias", {"alias": alias})
    records.execute(
        "update typed.event_people set person_id = $new where person_id = $old and event_id in"
        " (select unnest($events::text[]))",
        {"new": person_id, "old": owner, "events": list(events)},
    )
    return _propose_correction(store, version, records, author=author, message=message, now=now)


def _find_owner(records: duckdb.DuckDBPyConnection, alias: str) -> str:
    """Find the id of the person with another spelling. Raises StoreError where nobody has it."""
    row = records.execute(
        "select person_id from typed.person_aliases where alias = $alias", {"alias": alias}
    ).fetchone()
    if row is None:
        raise StoreError(f"nobody has the other spelling “{alias[:60]}”")
    return str(row[0])


def _is_person(records: duckdb.DuckDBPyConnection, person_id: str) -> bool:
    query = "select 1 from typed.people where person_id = $id"
    return records.execute(query, {"id": person_id}).fetchone() is not None


def _open_served(store: Store) -> tuple[Version, duckdb.DuckDBPyConnection]:
    version = store.open()
    return version, open_checked_records(read_folder(version.records), published=True)


def _require_people(records: duckdb.DuckDBPyConnection, *ids: str) -> None:
    for person_id in ids:
        if not _is_person(records, person_id):
            raise StoreError(
                N_("there is no person {person} in the served version"), person=person_id[:60]
            )


def _propose_correction(
    store: Store,
    version: Version,
    records: duckdb.DuckDBPyConnection,
    *,
    author: str,
    message: str,
    now: datetime,
) -> Candidate:
    below = version.manifest.small_groups_below
    return build_candidate(
        store, records, author=author, message=message, now=now, small_groups_below=below
    )
