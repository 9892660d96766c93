"""Rebuilding every kept version without the people in the register of removed people.

Nothing here knows a name: whom to remove is told by hash, so that what a crash interrupted is finished by the
next publisher, which does not know either.
"""

import shutil
from dataclasses import dataclass, field, replace

from dashboard.intake.check import open_candidate
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Refused
from dashboard.store import durable, place, removed
from dashboard.store.versions import Store, Version


@dataclass
class Erased:
    """`versions` gives for each old id the new one; `lost` names those that could not be built again and are gone."""

    versions: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


def finish(store: Store) -> Erased:
    """Rebuild the versions that still hold somebody who was removed. Does nothing where all is done; the lock must be
    held. The order is such that a version that is served is never deleted."""
    register = removed.read(store)
    erased = Erased()
    if all(person.done for person in register.people):
        return erased
    holding = []
    for old in reversed(store.versions()):  # a version is rebuilt before those that name it as their parent
        if _rebuild(store, register, old, erased):
            holding.append(old)
            durable.step("version rebuilt")
    if served := _served_after(store, erased):
        redirects = store.redirects() | erased.versions
        durable.write_json(store.root / "redirects.json", redirects)
        durable.step("redirects written")
        place.point_at(store, served)
        durable.step("pointer redirected")
    for old in holding:
        _delete(store, old)
        durable.step("old version deleted")
    shutil.rmtree(store.candidates_folder, ignore_errors=True)
    removed.write(store, replace(register, people=tuple(replace(p, done=True) for p in register.people)))
    durable.step("removal done")
    return erased


def _rebuild(store: Store, register: removed.Register, old: Version, erased: Erased) -> bool:
    """Whether the version holds a removed person and is to be deleted; its successor stands in the store."""
    try:
        records = open_candidate(read_folder(old.records), published=True)
    except Refused:  # records of another release that no longer fit: erasing comes before keeping
        held = removed.named_in(register, old.records)
        if held:
            erased.lost.append(old.id)
        return held
    with records, place.building(store) as folder:
        if not removed.scrub(register, records):
            return False
        parent = erased.versions.get(old.manifest.parent or "", old.manifest.parent)
        version, _ = place.build_version(store, records, folder, replace(old.manifest, parent=parent))
        if version.folder == folder:
            place.replace_version(store.versions_folder / version.id, folder)
        erased.versions[old.id] = version.id
        return True


def _served_after(store: Store, erased: Erased) -> str | None:
    served = store.current_id()
    if served in erased.lost:
        left = [v.id for v in store.versions() if v.id not in {*erased.lost, *erased.versions}]
        return left[0] if left else None
    return erased.versions.get(served, served) if served else None


def _delete(store: Store, old: Version) -> None:
    gone = old.folder.with_name(f"{place.BUILDING}gone-{old.id}")
    old.folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)
    durable.fsync(store.versions_folder)
