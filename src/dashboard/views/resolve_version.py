"""Which version a link is about, and what readers are told where it is not the one that was
published last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dashboard.model.roles import Role
from dashboard.model.settings import Settings, local_day
from dashboard.store import Served, Store, StoreError, Version

PIN = ("v", "on", "show")


@dataclass(frozen=True)
class Chosen:
    """The version that a link opens; what is to be said of it; and the names in the link that were
    not followed.
    """

    version: Version
    notices: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()

    def extras(self, asked: Mapping[str, str]) -> dict[str, str]:
        """The extras of a link without those that were not followed."""
        return {name: value for name, value in asked.items() if name not in self.left_out}


def chosen_version(store: Store, asked: Mapping[str, str], *, role: Role) -> Chosen:
    """The version that a link with these extras is about, for somebody with a role: for a steward
    also a candidate, else a pinned one or what is served. This alone decides who gets to a
    candidate. Raises StoreError where nothing can be served.
    """
    notices: list[str] = []
    left_out: set[str] = set()
    if candidate := asked.get("candidate"):
        found, said = _candidate(store, candidate, role)
        if found:
            return Chosen(found)
        notices.append(said)
        left_out.add("candidate")
    if asked.get("v") and "show" not in asked:
        try:
            return Chosen(store.open(asked["v"]), tuple(notices), frozenset(left_out))
        except StoreError:
            there = (store.versions_folder / store.resolve(asked["v"])).is_dir()
            why = (
                "cannot be opened: it is damaged, or another release built it"
                if there
                else "is not kept any more"
            )
            notices.append(f"Version {asked['v']} {why}. Shown is what is served now.")
            # a pinned period keeps its dates, its word would mean others
            left_out.update((*PIN, "period"))
    return Chosen(store.served().version, tuple(notices), frozenset(left_out))


def _candidate(store: Store, candidate: str, role: Role) -> tuple[Version | None, str]:
    """A candidate, for those who may look at it; else why not, in the same words whether there is
    one or not.
    """
    if role is not Role.STEWARD:
        return None, "What is not published is for stewards: it is left out here."
    try:
        return store.candidate(candidate), ""
    except StoreError:
        return None, f"The candidate {candidate} is not there any more: shown is what is served."


def fault_of(served: Served, chosen: Settings) -> str:
    """What readers are told where something else is served than was published last; empty where all
    is well.
    """
    if not served.fault:
        return ""
    published = local_day(datetime.fromisoformat(served.version.manifest.time), chosen)
    what = (
        f"Version {served.damaged} is damaged"
        if served.damaged
        else "What was published last cannot be found"
    )
    return f"{what}; shown is the one of {published.day} {published:%B %Y}. Tell the stewards."
