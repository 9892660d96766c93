"""Mappings of columns and sheets that stewards confirmed, so that the next file of the same form is
read alike.

mappings.json stands beside the versions; only a publisher writes it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.intake.parse_values import normalize_name
from dashboard.intake.reading_options import DeliveryOptions, Heading, RememberedMappings
from dashboard.store import durable
from dashboard.store.lock import publisher_lock
from dashboard.store.person_names import PersonToForget, contains_name
from dashboard.store.versions import Store

MAPPINGS_FILE = "mappings.json"


def read_mappings(store: Store) -> RememberedMappings:
    """Read the mappings that were learnt; none where there is no file, or a damaged one: then the
    questions come again.
    """
    try:
        found = durable.read_json(store.root / MAPPINGS_FILE, {})
        columns = {
            str(t): {str(k): str(v) for k, v in names.items()}
            for t, names in found["columns"].items()
        }
        return RememberedMappings(columns, {str(k): str(v) for k, v in found["tables"].items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return RememberedMappings()


def derive_mappings(headings: Iterable[Heading], readings: DeliveryOptions) -> RememberedMappings:
    """Derive from answers about columns and sheets what holds for later files: by table and name in
    the header, never by place.
    """
    columns: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for heading in headings:
        answer = readings.reading(heading.where, normalize_name(heading.name))
        if not heading.table:
            continue
        if answer.table:
            names[normalize_name(heading.name)] = heading.table
        present = {normalize_name(name) for name in heading.names}
        of_table = {name: column for name, column in answer.columns.items() if name in present}
        columns.setdefault(heading.table, {}).update(of_table)
    return RememberedMappings({table: found for table, found in columns.items() if found}, names)


def save_mappings(store: Store, learnt: RememberedMappings, wait: float = 0) -> None:
    """Save mappings for the next delivery; the newest answer counts. Raises StoreError when
    somebody else publishes for longer than `wait` seconds, or where nothing can be written.
    """
    if not learnt.columns and not learnt.tables:
        return
    with publisher_lock(store, wait):
        known = read_mappings(store)
        columns = {
            table: {**known.columns.get(table, {}), **learnt.columns.get(table, {})}
            for table in {**known.columns, **learnt.columns}
        }
        content: dict[str, Any] = {"columns": columns, "tables": {**known.tables, **learnt.tables}}
        durable.write_json(store.root / MAPPINGS_FILE, content)


def forget_person(store: Store, whom: PersonToForget) -> None:
    """Delete what was learnt of columns and sheets that bear the name; the lock must be held."""
    if not (store.root / MAPPINGS_FILE).exists():
        return
    known = read_mappings(store)
    if known == RememberedMappings():  # nothing, or a damaged file, which may hold anything
        durable.remove(store.root / MAPPINGS_FILE)
        return
    columns = {table: _without(found, whom) for table, found in known.columns.items()}
    left = RememberedMappings(columns, _without(known.tables, whom))
    if left != known:
        durable.write_json(
            store.root / MAPPINGS_FILE, {"columns": left.columns, "tables": left.tables}
        )


def _without(names: Mapping[str, str], whom: PersonToForget) -> dict[str, str]:
    return {header: to for header, to in names.items() if not contains_name(header, whom.names)}
