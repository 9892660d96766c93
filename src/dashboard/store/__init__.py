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

Layers: saying, digested_json ← manifest ← integrity, person_names ← versions ← durable, lock ← log, mappings,
reassign_person ← forgotten_people, linked_files, forget_intent ← scrub_texts ← scrub, small_groups, build ← commit ←
erasure ← publish ← candidates, version_actions, forget, correct_people, health ← snapshots. `merge_rows`,
`version_diff`, `record_changes` and `parquet` only read.
"""

from dashboard.store.candidates import Candidate, build_candidate, discard, publish_candidate
from dashboard.store.correct_people import merge_people, split_alias
from dashboard.store.erasure import LEGACY_REASON
from dashboard.store.forget import Forgotten, Mention, collect_namesakes, collect_spellings, forget
from dashboard.store.health import describe_fault, finish_interrupted
from dashboard.store.integrity import mark_damaged
from dashboard.store.linked_files import PersonObserver, Unfinished, register_observer
from dashboard.store.log import read_log
from dashboard.store.manifest import UnreadableVersion
from dashboard.store.mappings import derive_mappings, read_mappings, save_mappings
from dashboard.store.merge_rows import Mode, merge_delivery
from dashboard.store.person_names import (
    PersonToForget,
    contains_name,
    find_merged_people,
    replace_names,
)
from dashboard.store.publish import Published, publish, upgrade
from dashboard.store.record_changes import RecordChange, TableDifference, compare_records
from dashboard.store.saying import Saying, SpokenError
from dashboard.store.scrub_texts import ANSWERS
from dashboard.store.snapshots import require_empty_store, restore_snapshot, take_snapshot
from dashboard.store.version_actions import export_records, rollback
from dashboard.store.version_diff import (
    MAX_LISTED_CHANGES,
    RowChange,
    TableChange,
    compare_versions,
)
from dashboard.store.versions import Manifest, Served, Store, StoreError, Version

__all__ = [
    "ANSWERS",
    "LEGACY_REASON",
    "MAX_LISTED_CHANGES",
    "Candidate",
    "Forgotten",
    "Manifest",
    "Mention",
    "Mode",
    "PersonObserver",
    "PersonToForget",
    "Published",
    "RecordChange",
    "RowChange",
    "Saying",
    "Served",
    "SpokenError",
    "Store",
    "StoreError",
    "TableChange",
    "TableDifference",
    "Unfinished",
    "UnreadableVersion",
    "Version",
    "build_candidate",
    "collect_namesakes",
    "collect_spellings",
    "compare_records",
    "compare_versions",
    "contains_name",
    "derive_mappings",
    "describe_fault",
    "discard",
    "export_records",
    "find_merged_people",
    "finish_interrupted",
    "forget",
    "mark_damaged",
    "merge_delivery",
    "merge_people",
    "publish",
    "publish_candidate",
    "read_log",
    "read_mappings",
    "register_observer",
    "replace_names",
    "require_empty_store",
    "restore_snapshot",
    "rollback",
    "save_mappings",
    "split_alias",
    "take_snapshot",
    "upgrade",
]
