"""The versioned store: every version holds its records and the database built from them, and never changes.

store/
  current                    the id of the served version
  log.jsonl                  who published what, when and why
  versions/<id>/
    manifest.json            author, time, message, parent, rows per table, SHA-256 of every file
    records/<table>.csv      the records as published
    dashboard.duckdb         what the queries read
"""

from dashboard.store.publish import Published, publish, upgrade
from dashboard.store.versions import Manifest, Store, StoreError, Version

__all__ = ["Manifest", "Published", "Store", "StoreError", "Version", "publish", "upgrade"]
