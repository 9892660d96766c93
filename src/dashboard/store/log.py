"""The log of the store: who did what to the served version, when and why. It only grows; its order
is that of what happened, whatever the clock said.
"""

import json
from collections.abc import Mapping
from typing import Any

from dashboard.store import durable
from dashboard.store.versions import Store

Entry = dict[str, Any]
INTENT_FILE = "publishing.json"


def read_log(store: Store) -> list[Entry]:
    """Read every entry, the oldest first: time, action (publish, rollback, forget), version,
    from, author, message.

    A line that a crash cut off, or that cannot be read, is left out.
    """
    return list(store.log())


def append_entry(store: Store, entry: Entry) -> None:
    """Add an entry, unless it is the last one already (a publisher died just after writing it)."""
    past = read_log(store)
    if not past or past[-1] != entry:
        durable.append_line(store.root / "log.jsonl", json.dumps(entry, ensure_ascii=False))


def write_publish_intent(
    store: Store, entry: Entry, came_from: str, moves: Mapping[str, str]
) -> None:
    """Write ahead what is about to be served, so that the next publisher can finish or undo it.

    `came_from` says where its folder was: "nowhere" (built now), "candidate", or "versions" (stood
    there already); `moves` who becomes whom by it (named.merged).
    """
    durable.write_json(
        store.root / INTENT_FILE, {"entry": entry, "came_from": came_from, "moves": moves}
    )


def read_publish_intent(store: Store) -> tuple[Entry, str, dict[str, str]] | None:
    """Read what a publisher that died was about to do; None where nothing is open."""
    try:
        found = durable.read_json(store.root / INTENT_FILE, None)
        return (found["entry"], found["came_from"], found.get("moves", {})) if found else None
    except (ValueError, KeyError, TypeError):
        return None


def delete_publish_intent(store: Store) -> None:
    """Delete the intent: nothing is open any more."""
    (store.root / INTENT_FILE).unlink(missing_ok=True)
