"""The versioned store: every version holds its records and the database built from them, and never
changes.

store/
  current                    the id of the served version
  log.jsonl                  who published, rolled back or forgot what, when and why; it only grows
  lock                       who is publishing just now, and since when
  versions/<id>/
    manifest.json            author, time, message, parent, rows per table, SHA-256 of every file
    records/<table>.csv      the records as published
    dashboard.duckdb         what the queries read
  candidates/<id>/           the same, built to be looked at and not published
  publishing.json            what a publisher is about to do; there only while it does it
  forgetting.json            who is being forgotten, by whom and why; there only while it is done
  following.json             who was merged, until linked files follow; there only while they do not
  redirects.json             old ids of versions that were built anew without a person
  removed.json               salted hashes by which removed people are kept out
  mappings.json              how columns and sheets of deliveries were named, as stewards said

Layers: digested_json ← manifest ← integrity, person_names ← versions ← durable, lock ← log, mappings,
reassign_person ← forgotten_people, linked_files, forget_intent ← scrub, small_groups, build ← commit ←
erasure ← publish ← candidates, version_actions, forget, correct_people, health ← snapshots. `merge_rows`,
`version_diff` and `parquet` only read.
"""

from dashboard.store.candidates import Candidate, discard, propose, publish_candidate
from dashboard.store.correct_people import merge_people, split_alias
from dashboard.store.forget import Forgotten, Mention, forget, namesakes_of, spellings_of
from dashboard.store.health import fault, finish
from dashboard.store.integrity import mark_damaged
from dashboard.store.linked_files import Listener, Unfinished, listen
from dashboard.store.log import history
from dashboard.store.manifest import Unreadable
from dashboard.store.mappings import learn, remember, remembered
from dashboard.store.merge_rows import Mode, merge
from dashboard.store.person_names import Whom, holds, merged, put
from dashboard.store.publish import Published, publish, upgrade
from dashboard.store.snapshots import put_back, refuse_unless_empty, snapshot
from dashboard.store.version_actions import export, purge, rollback
from dashboard.store.version_diff import LIMIT, RowChange, TableChange, differences
from dashboard.store.versions import Manifest, Served, Store, StoreError, Version

__all__ = [
    "LIMIT",
    "Candidate",
    "Forgotten",
    "Listener",
    "Manifest",
    "Mention",
    "Mode",
    "Published",
    "RowChange",
    "Served",
    "Store",
    "StoreError",
    "TableChange",
    "Unfinished",
    "Unreadable",
    "Version",
    "Whom",
    "differences",
    "discard",
    "export",
    "fault",
    "finish",
    "forget",
    "history",
    "holds",
    "learn",
    "listen",
    "mark_damaged",
    "merge",
    "merge_people",
    "merged",
    "namesakes_of",
    "propose",
    "publish",
    "publish_candidate",
    "purge",
    "put",
    "put_back",
    "refuse_unless_empty",
    "remember",
    "remembered",
    "rollback",
    "snapshot",
    "spellings_of",
    "split_alias",
    "upgrade",
]
