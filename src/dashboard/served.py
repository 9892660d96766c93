"""Which version a link is about, and what readers are told where it is not the one that was published last."""

from collections.abc import Mapping
from datetime import datetime

from dashboard.settings import Settings, local_day
from dashboard.store import Served, Store, StoreError, Version


def chosen_version(store: Store, asked: Mapping[str, str]) -> tuple[Version, tuple[str, ...]]:
    """The version that a link is about: a candidate, a pinned one or what is served; and a notice where the one that
    it names is not there any more. Raises StoreError where nothing can be served."""
    if candidate := asked.get("candidate"):
        try:
            return store.candidate(candidate), ()
        except StoreError:
            return _served(store), (f"The candidate {candidate} is not there any more: shown is what is served.",)
    if asked.get("v") and "show" not in asked:
        try:
            return store.open(asked["v"]), ()
        except StoreError:
            there = (store.versions_folder / store.resolve(asked["v"])).is_dir()
            why = "cannot be opened: it is damaged, or another release built it" if there else "is not kept any more"
            return _served(store), (f"Version {asked['v']} {why}. Shown is what is served now.",)
    return _served(store), ()


def fault_of(served: Served, chosen: Settings) -> str:
    """What readers are told where something else is served than was published last; empty where all is well."""
    if not served.fault:
        return ""
    published = local_day(datetime.fromisoformat(served.version.manifest.time), chosen)
    what = f"Version {served.damaged} is damaged" if served.damaged else "What was published last cannot be found"
    return f"{what}; shown is the one of {published.day} {published:%B %Y}. Tell the stewards."


def _served(store: Store) -> Version:
    return store.served().version
