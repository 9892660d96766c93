"""The health of a store beside that of its versions, and finishing what was interrupted."""

from dashboard.store import forget_intent, forgotten_people, linked_files
from dashboard.store.publish import open_for_writing
from dashboard.store.versions import Store, StoreError


def describe_fault(store: Store) -> str:
    """Describe why nothing is published, or what is not finished, with a remedy; empty where all is
    well. Readers are served all the same.
    """
    return forgotten_people.describe_register_fault(store) or describe_unfinished(store)


def describe_unfinished(store: Store) -> str:
    """Describe what is not finished of forgetting or merging people; empty where nothing is open."""
    if _is_open(store):
        return (
            f"forgetting or merging people is not finished in {store.root}: publish, or start the"
            " dashboard again"
        )
    return ""


def finish_interrupted(store: Store, wait: float = 0) -> str:
    """Finish what was interrupted of forgetting or merging people, and describe what stands in the
    way. For the start of a server: it costs nothing where nothing is open.
    """
    if not _is_open(store):
        return ""
    try:
        with open_for_writing(store, wait):
            pass
    except (StoreError, OSError) as error:
        return str(error)
    return describe_fault(store)


def _is_open(store: Store) -> bool:
    return any(
        (store.root / name).exists()
        for name in (forget_intent.INTENT_FILE, linked_files.MERGES_FILE)
    )
