"""Reading the store: which versions and candidates there are, and which one is served."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.language.messages import N_
from dashboard.schema.contract import schema_version
from dashboard.store import integrity
from dashboard.store.manifest import (
    DATABASE,
    MANIFEST,
    RECORDS,
    Manifest,
    StoreError,
    Version,
    compute_recipe,
)

__all__ = [
    "DATABASE",
    "MANIFEST",
    "RECORDS",
    "Manifest",
    "Served",
    "Store",
    "StoreError",
    "Version",
    "compute_recipe",
]
VERSION_ID = re.compile(r"[0-9a-f]{16}")
VERSION, CANDIDATE = "version", "candidate"
"""What stands in a folder: published, or not."""
NOT_THERE: Mapping[str, str] = {
    VERSION: N_("there is no version {version} in the store {store}"),
    CANDIDATE: N_("there is no candidate {version} in the store {store}"),
}
DAMAGED: Mapping[str, str] = {
    VERSION: N_(
        "version {version} is damaged: {damage}; go back to a whole one, or publish its records"
        " again"
    ),
    CANDIDATE: N_("candidate {version} is damaged: {damage}"),
}
OTHER_SCHEMA: Mapping[str, str] = {
    VERSION: N_(
        "version {version} follows schema {schema}, this program schema {own}: use the program that"
        " wrote it, or build it again from its records"
    ),
    CANDIDATE: N_(
        "candidate {version} follows schema {schema}, this program schema {own}: use the program"
        " that wrote it, or build it again from its records"
    ),
}
OTHER_RELEASE: Mapping[str, str] = {
    VERSION: N_(
        "version {version} was built by another release of this program: `python -m dashboard build"
        " --if-empty` builds it anew from its records"
    ),
    CANDIDATE: N_(
        "candidate {version} was built by another release of this program: `python -m dashboard"
        " build --if-empty` builds it anew from its records"
    ),
}


@dataclass(frozen=True)
class Served:
    """What readers get. `fault` says, for the log, why it is not what the pointer names, and is
    empty where it is; `damaged` is then the id of the version that is not served although it stands
    there.
    """

    version: Version
    fault: str = ""
    damaged: str = ""


class Store:
    """A folder of versions. Nothing is read before it is asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()

    @property
    def versions_folder(self) -> Path:
        return self.root / "versions"

    @property
    def pointer(self) -> Path:
        return self.root / "current"

    @property
    def candidates_folder(self) -> Path:
        """Versions that were built to be looked at and are not published."""
        return self.root / "candidates"

    def current_id(self) -> str | None:
        """Find the id of the version that was published last; None for an empty store.

        Where the pointer is missing, empty or points nowhere, it is the newest whole version. One
        that is damaged is still the one that was published last: see `served`.
        """
        pointed = self.resolve(self.points_at())
        return pointed if self._exists(pointed) else self._newest_whole()

    def served(self) -> Served:
        """Find what readers get: the version that the pointer names, or else the newest whole one.
        This alone decides.

        Raises StoreError where no version can be served, and where the pointer names one of another
        release.
        """
        pointed = self.resolve(self.points_at())
        fault, damaged = self._find_fault(pointed)
        if not fault:
            return Served(_read_version(self.versions_folder / pointed))
        others = (v for v in self.versions() if v.id != damaged and self._fits(v))
        if instead := _find_whole(others):
            mend = "the newest whole version is served; publish or roll back to mend it"
            return Served(instead, f"{fault}: {mend}", damaged)
        if not self.root.is_dir():
            raise StoreError(f"the store {self.root} is not there")
        if damaged:
            raise StoreError(f"{fault}, and no other version is whole")
        raise self._empty()

    def _empty(self) -> StoreError:
        return StoreError(
            N_("the store {store} is empty: run `python -m dashboard build` first"), store=self.root
        )

    def _find_fault(self, pointed: str) -> tuple[str, str]:
        """Describe what is wrong with the version that the pointer names, and give its id where it
        stands there.
        """
        if not self._exists(pointed):
            fault = (
                f"names the version {pointed[:40]}, which does not exist"
                if pointed
                else "is missing or empty"
            )
            return f"the pointer {self.pointer} {fault}", ""
        try:
            version = _read_version(self.versions_folder / pointed)
        except StoreError as error:  # no manifest to read
            return str(error), pointed
        self._refuse_other_release(version, VERSION)
        damage = integrity.find_damage(version)
        return (f"version {pointed} is damaged: {damage}", pointed) if damage else ("", "")

    def resolve(self, version_id: str) -> str:
        """Find the id under which a version is kept now: forgetting a person gives its versions new
        ids.
        """
        redirects = self.redirects()
        seen = set()
        while version_id in redirects and version_id not in seen:
            seen.add(version_id)
            version_id = redirects[version_id]
        return version_id

    def redirects(self) -> dict[str, str]:
        """Read the old ids of versions with the ids that took their place."""
        try:
            found: dict[str, str] = json.loads((self.root / "redirects.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def log(self) -> Iterator[dict[str, Any]]:
        """Read the entries of the log, the oldest first; lines that cannot be read are left out."""
        try:
            lines = (self.root / "log.jsonl").read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict):
                yield entry

    def versions(self) -> list[Version]:
        """List all readable versions, the last published first, whatever the clock said at the
        time.
        """
        published = {
            self.resolve(str(entry.get("version"))): place
            for place, entry in enumerate(self.log())
            if entry.get("action") == "publish"
        }

        # one that is not in the log yet is the newest
        def place(version: Version) -> tuple[int, str, str]:
            return (published.get(version.id, sys.maxsize), version.manifest.time, version.id)

        return sorted(_list_readable(self.versions_folder), key=place, reverse=True)

    def candidates(self) -> list[Version]:
        """List all readable candidates, the newest first."""
        found = _list_readable(self.candidates_folder)
        return sorted(found, key=lambda version: (version.manifest.time, version.id), reverse=True)

    def open(self, version_id: str | None = None) -> Version:
        """Open a version, compared with its manifest (see integrity.py); the one that the pointer
        names by default.

        An id of before a person was forgotten opens the version that took its place. Raises
        StoreError for an empty store, an unknown or damaged version, or another schema. What
        readers get instead of a damaged one says `served`; who changes the store must not build on
        an older version without knowing.
        """
        chosen = self.resolve(version_id) if version_id else self.current_id()
        if chosen is None:
            raise self._empty()
        return self._open_in(self.versions_folder, chosen, VERSION)

    def candidate(self, candidate_id: str) -> Version:
        """Open a version that is not published, checked like `open`. Raises StoreError."""
        return self._open_in(self.candidates_folder, candidate_id, CANDIDATE)

    def _open_in(self, folder: Path, chosen: str, kind: str) -> Version:
        if not VERSION_ID.fullmatch(chosen) or not (folder / chosen).is_dir():
            raise StoreError(NOT_THERE[kind], version=chosen[:40], store=self.root)
        version = _read_version(folder / chosen)
        self._refuse_other_release(version, kind)
        if damage := integrity.find_damage(version):
            raise StoreError(DAMAGED[kind], version=chosen, damage=damage)
        return version

    def _refuse_other_release(self, version: Version, kind: str) -> None:
        manifest = version.manifest
        if manifest.schema_version != schema_version():
            raise StoreError(
                OTHER_SCHEMA[kind],
                version=version.id,
                schema=manifest.schema_version,
                own=schema_version(),
            )
        if manifest.recipe != compute_recipe():
            raise StoreError(OTHER_RELEASE[kind], version=version.id)

    def _fits(self, version: Version) -> bool:
        return (
            version.manifest.schema_version == schema_version()
            and version.manifest.recipe == compute_recipe()
        )

    def points_at(self) -> str:
        """Read the pointer, whether there is such a version or not; empty where it says nothing."""
        try:
            return self.pointer.read_text("utf-8", errors="replace").strip()
        except OSError:
            return ""

    def _exists(self, version_id: str) -> bool:
        return (
            VERSION_ID.fullmatch(version_id) is not None
            and (self.versions_folder / version_id).is_dir()
        )

    def _newest_whole(self) -> str | None:
        found = _find_whole(self.versions())
        return found.id if found else None


def _find_whole(versions: Iterable[Version]) -> Version | None:
    """Find the first version whose files are whole."""
    return next((v for v in versions if integrity.find_damage(v) is None), None)


def _read_version(folder: Path) -> Version:
    manifest = Manifest.read(folder / MANIFEST)
    if manifest.id != folder.name:
        raise StoreError(
            N_("version {version} has no readable manifest: it is that of {other}"),
            version=folder.name,
            other=str(manifest.id)[:40],
        )
    return Version(folder, manifest)


def _list_readable(folder: Path) -> list[Version]:
    found = []
    for path in folder.glob(f"[0-9a-f]*/{MANIFEST}"):
        try:
            found.append(_read_version(path.parent))
        except StoreError:
            continue
    return found
