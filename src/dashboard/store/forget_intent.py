"""The write-ahead intent to forget somebody (forgetting.json): written before anything is done, and
deleted when all of it is.

It holds the name in clear, readable by its owner alone: as long as it is there, so does the store
itself.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from dashboard.language.messages import N_
from dashboard.store import digested_json, durable
from dashboard.store.log import Entry
from dashboard.store.person_names import PersonToForget
from dashboard.store.versions import Store, StoreError

INTENT_FILE = "forgetting.json"


@dataclass(frozen=True)
class ForgetIntent:
    """`entry` is what the log will say: who, why and when. `versions` and `lost` are what is known
    so far of the versions that were built anew (old id → new id) or could not be. `recorded`: the
    store and its log are done, and only what stands beside them is left. `shelf` is the one that it
    was begun with, seen from the store's folder; empty where there was none.
    """

    whom: PersonToForget
    entry: Entry
    versions: dict[str, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    recorded: bool = False
    shelf: str = ""


def read_intent(store: Store) -> ForgetIntent | None:
    """Read what somebody began; None where nothing is open. Raises StoreError where it is damaged."""
    path = store.root / INTENT_FILE
    try:
        return _parse_intent(digested_json.load_checked(path.read_bytes(), former=""))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            N_(
                "{path}, which says who is being forgotten, is damaged: {error}. Move it away and"
                " forget the person once more"
            ),
            path=path,
            error=str(error),
        ) from error


def _parse_intent(found: dict[str, Any]) -> ForgetIntent:
    who = found["whom"]
    return ForgetIntent(
        PersonToForget(
            who["person_id"], who["stand_in"], tuple(who["spellings"]), tuple(who["namesakes"])
        ),
        found["entry"],
        found["versions"],
        tuple(found["lost"]),
        bool(found.get("recorded")),
        found.get("shelf", ""),
    )


def write_intent(store: Store, intention: ForgetIntent) -> None:
    """Write the intent, durable before the next step."""
    durable.write(
        store.root / INTENT_FILE, digested_json.dump_with_digest(asdict(intention)), mode=0o600
    )


def delete_intent(store: Store) -> None:
    """Delete the intent when all is done: the name stands nowhere any more."""
    durable.remove(store.root / INTENT_FILE)
