"""The intention to forget somebody (forgetting.json), written before anything is done and erased
when all of it is.

It holds the name in clear, readable by its owner alone: as long as it is there, so does the store
itself.
"""

from dataclasses import asdict, dataclass, field

from dashboard.store import digested_json, durable
from dashboard.store.log import Entry
from dashboard.store.person_names import Whom
from dashboard.store.versions import Store, StoreError

INTENT_FILE = "forgetting.json"


@dataclass(frozen=True)
class ForgetIntent:
    """`entry` is what the log will say: who, why and when. `versions` and `lost` are what is known
    so far of the versions that were built anew (old id → new id) or could not be. `recorded`: the
    store and its log are done, and only what stands beside them is left. `shelf` is the one that it
    was begun with, seen from the store's folder; empty where there was none.
    """

    whom: Whom
    entry: Entry
    versions: dict[str, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    recorded: bool = False
    shelf: str = ""


def read_intent(store: Store) -> ForgetIntent | None:
    """What somebody began; None where nothing is open. Raises StoreError where it is damaged."""
    path = store.root / INTENT_FILE
    try:
        found = digested_json.load_checked(path.read_bytes(), former="")
        who = found["whom"]
        whom = Whom(
            who["person_id"], who["stand_in"], tuple(who["spellings"]), tuple(who["namesakes"])
        )
        recorded = bool(found.get("recorded"))
        return ForgetIntent(
            whom,
            found["entry"],
            found["versions"],
            tuple(found["lost"]),
            recorded,
            found.get("shelf", ""),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{path}, which says who is being forgotten, is damaged: {error}. Move it away and"
            " forget the person once more"
        ) from error


def write_intent(store: Store, intention: ForgetIntent) -> None:
    """Keep it before the next step."""
    durable.write(
        store.root / INTENT_FILE, digested_json.dump_with_digest(asdict(intention)), mode=0o600
    )


def delete_intent(store: Store) -> None:
    """All is done: the name stands nowhere any more."""
    durable.remove(store.root / INTENT_FILE)
