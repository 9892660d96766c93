"""Choose the version that a link is about, and say what readers are told where it is not the one that was
published last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dashboard.language.messages import _
from dashboard.model.roles import Role
from dashboard.model.settings import Settings, local_day
from dashboard.store import Served, Store, StoreError, Version
from dashboard.text.dates import format_day

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
        """Give the extras of a link without those that were not followed."""
        return {name: value for name, value in asked.items() if name not in self.left_out}

    def without(self, notice: str, *names: str) -> "Chosen":
        """Return the choice without these names of the link, and a notice why they are not followed."""
        return Chosen(self.version, (*self.notices, notice), self.left_out.union(names))


def choose_version(store: Store, asked: Mapping[str, str], *, role: Role) -> Chosen:
    """Choose the version that a link with these extras is about, for somebody with a role: for a
    steward also a candidate, else a pinned one or what is served. This alone decides who gets to a
    candidate. Raises StoreError where nothing can be served.
    """
    candidate, pinned = asked.get("candidate"), asked.get("v")
    if candidate and role is Role.STEWARD and (found := _open_candidate(store, candidate)):
        return Chosen(found)
    followed = _open_pinned(store, pinned) if pinned and "show" not in asked else None
    chosen = Chosen(followed or store.served().version)
    if candidate:
        chosen = chosen.without(_say_why_not(candidate, role), "candidate")
    if pinned and "show" not in asked and not followed:
        # a pinned period keeps its dates, its word would mean others
        chosen = chosen.without(_say_what_is_wrong(store, pinned), *PIN, "period")
    return chosen


def _open_candidate(store: Store, candidate: str) -> Version | None:
    try:
        return store.candidate(candidate)
    except StoreError:
        return None


def _open_pinned(store: Store, version_id: str) -> Version | None:
    try:
        return store.open(version_id)
    except StoreError:
        return None


def _say_why_not(candidate: str, role: Role) -> str:
    """Say why a candidate is not shown, to readers in the same words whether there is one or not."""
    if role is not Role.STEWARD:
        return _("What is not published is for stewards: it is left out here.")
    return _(
        "The candidate {candidate} is not there any more: shown is what is served.",
        candidate=candidate,
    )


def _say_what_is_wrong(store: Store, version_id: str) -> str:
    """Say why a pinned version is not shown."""
    if (store.versions_folder / store.resolve(version_id)).is_dir():
        return _(
            "Version {version} cannot be opened: it is damaged, or another release built it. Shown"
            " is what is served now.",
            version=version_id,
        )
    return _(
        "Version {version} is not kept any more. Shown is what is served now.", version=version_id
    )


def describe_fault(served: Served, chosen: Settings) -> str:
    """Say to readers that something else is served than was published last; empty where all is
    well.
    """
    if not served.fault:
        return ""
    published = format_day(local_day(datetime.fromisoformat(served.version.manifest.time), chosen))
    if served.damaged:
        return _(
            "Version {version} is damaged; shown is the one of {day}. Tell the stewards.",
            version=served.damaged,
            day=published,
        )
    return _(
        "What was published last cannot be found; shown is the one of {day}. Tell the stewards.",
        day=published,
    )
