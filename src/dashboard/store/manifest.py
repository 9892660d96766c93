"""One version: what it says about itself, and whether its files are whole."""

import hashlib
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from dashboard.language.messages import N_
from dashboard.schema.contract import derive_sql, schema_sql
from dashboard.store import digested_json
from dashboard.store.saying import SpokenError

DATABASE, MANIFEST, RECORDS = "dashboard.duckdb", "manifest.json", "records"


class StoreError(SpokenError):
    """The store cannot be read; the message says why and what to do."""


class UnreadableVersion(StoreError):
    """A version that was served could not be read on: whoever asks again gets another one
    (Store.served).
    """


@dataclass(frozen=True)
class Manifest:
    """What a version says about itself. `time` is UTC in ISO 8601; `rows` are counted per table;
    `files` gives the SHA-256 of every other file by its path in the version; `small_groups_below`
    is the threshold under which head counts were withheld; `recipe` tells how the database was made
    of the records (compute_recipe); `removed` counts the people who had been forgotten when it was
    built.
    """

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
    removed: int = 0

    @classmethod
    def new(
        cls, author: str, message: str, now: datetime, parent: str | None, small_groups_below: int
    ) -> "Manifest":
        """Make the manifest of a version that is about to be built: what only building can tell is
        empty.
        """
        time = now.astimezone(UTC).isoformat(timespec="seconds")
        return cls("", 0, "", author, time, message, parent, small_groups_below, {}, {})

    def text(self) -> str:
        """Serialise the manifest, with its own digest."""
        return digested_json.dump_with_digest(asdict(self))

    def write(self, path: Path) -> None:
        path.write_text(self.text(), "utf-8")

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        """Read a manifest. Raises StoreError when the file is missing or damaged."""
        try:
            found = digested_json.load_checked(path.read_bytes(), former="id")
            known = {field.name for field in fields(cls)}  # a newer program may have added others
            return cls(**{name: value for name, value in found.items() if name in known})
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise StoreError(
                N_("version {version} has no readable manifest: {error}"),
                version=path.parent.name,
                error=str(error),
            ) from error


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

    @property
    def identity(self) -> tuple[str, int]:
        """What stands for a version in caches. One that was mended, or of which a person was forgotten,
        keeps its id: what was read from its former file does not stay.
        """
        try:
            return self.id, self.database.stat().st_ino
        except OSError:
            return self.id, 0

    def damage(self) -> str | None:
        """Find the first file that is missing, cannot be read or differs from the manifest; None
        when all are whole.

        DuckDB itself does not notice every damaged page, so the whole file is compared.
        """
        for name, digest in self.manifest.files.items():
            try:
                if compute_sha256(self.folder / name) != digest:
                    return name
            except OSError:
                return name
        return None


@cache
def compute_recipe() -> str:
    """Identify how this program makes a database of records: another recipe, another
    database.
    """
    parts = (schema_sql(), derive_sql())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def compute_sha256(path: Path) -> str:
    """Compute the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
