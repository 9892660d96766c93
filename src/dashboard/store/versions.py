"""Reading the store: which versions there are, which one is served, and whether its files are whole."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from dashboard.intake.contract import schema_sql, schema_version

ID = re.compile(r"[0-9a-f]{16}")
DATABASE, MANIFEST, RECORDS = "dashboard.duckdb", "manifest.json", "records"


class StoreError(Exception):
    """The store cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a version says about itself. `time` is UTC in ISO 8601; `rows` are counted per table;
    `files` gives the SHA-256 of every other file by its path in the version; `small_groups_below` is
    the threshold under which head counts were withheld; `recipe` tells how the database was made of the
    records (build.recipe)."""

    id: str
    schema_version: int
    recipe: str
    author: str
    time: str
    message: str
    parent: str | None
    small_groups_below: int
    rows: dict[str, int]
    files: dict[str, str]

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n", "utf-8")

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        """Raises StoreError when the file is missing or damaged."""
        try:
            fields: dict[str, Any] = json.loads(path.read_text("utf-8"))
            return cls(**fields)
        except (OSError, ValueError, TypeError) as error:
            raise StoreError(f"version {path.parent.name} has no readable manifest: {error}") from error


@dataclass(frozen=True)
class Version:
    """One immutable version: its folder and manifest."""

    folder: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def records(self) -> Path:
        """The folder with the records as published."""
        return self.folder / RECORDS

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    def damage(self) -> str | None:
        """Name of the first file that is missing or differs from the manifest; None when all are whole.

        DuckDB itself does not notice every damaged page, so the whole file is compared.
        """
        for name, digest in self.manifest.files.items():
            path = self.folder / name
            if not path.is_file() or sha256(path) != digest:
                return name
        return None


class Store:
    """A folder of versions. Nothing is read before it is asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self._whole: set[str] = set()

    @property
    def versions_folder(self) -> Path:
        return self.root / "versions"

    @property
    def pointer(self) -> Path:
        return self.root / "current"

    def current_id(self) -> str | None:
        """Id of the served version; None for an empty store."""
        try:
            return self.pointer.read_text("utf-8").strip() or None
        except FileNotFoundError:
            return None

    def versions(self) -> list[Version]:
        """All readable versions, the newest first."""
        found = []
        for path in self.versions_folder.glob(f"[0-9a-f]*/{MANIFEST}"):
            try:
                found.append(Version(path.parent, Manifest.read(path)))
            except StoreError:
                continue
        return sorted(found, key=lambda version: (version.manifest.time, version.id), reverse=True)

    def open(self, version_id: str | None = None) -> Version:
        """A version, checked once per process against its manifest; the served one by default.

        Raises StoreError for an empty store, an unknown or damaged version, or another schema.
        """
        chosen = version_id or self.current_id()
        if chosen is None:
            raise StoreError(f"the store {self.root} is empty: run `python -m dashboard build` first")
        if not ID.fullmatch(chosen) or not (self.versions_folder / chosen).is_dir():
            raise StoreError(f"there is no version {chosen[:40]} in the store {self.root}")
        version = Version(self.versions_folder / chosen, Manifest.read(self.versions_folder / chosen / MANIFEST))
        if version.manifest.schema_version != schema_version():
            raise StoreError(
                f"version {chosen} follows schema {version.manifest.schema_version}, this program schema"
                f" {schema_version()}: use the program that wrote it, or build it again from its records"
            )
        if version.manifest.recipe != recipe():
            raise StoreError(
                f"version {chosen} was built by another release of this program: `python -m dashboard build --if-empty`"
                " builds it anew from its records"
            )
        if chosen not in self._whole:
            if damaged := version.damage():
                raise StoreError(f"version {chosen} is damaged: {damaged} differs from its manifest")
            self._whole.add(chosen)
        return version


@cache
def recipe() -> str:
    """What identifies how this program makes a database of records: another recipe, another database."""
    parts = (schema_sql(), files("dashboard").joinpath("derive.sql").read_text("utf-8"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
