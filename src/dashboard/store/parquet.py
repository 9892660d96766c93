"""The tables of a version as Parquet, for an engine on other machines; see docs/operations.md.

folder/<id of the version>/
  <table>/part-0.parquet     its rows as stored, with what was worked out, and the tables of the search
  complete.json              written last: id, recipe (Manifest) and rows per table
"""

import os
import shutil
from pathlib import Path

import duckdb

from dashboard.store import durable
from dashboard.store.versions import VERSION_ID, Store, StoreError, Version

COMPLETE_FILE = "complete.json"
ROW_GROUP_SIZE = 122_880
"""Rows of a group, by the least and greatest values of which a reader passes over what it does not
need.
"""


def write_parquet(version: Version, folder: Path) -> tuple[Path, bool]:
    """Write the tables of a version into a folder of its id, and say whether they were not there
    already.

    The folder appears in one step, whole; one that another release wrote is replaced. Raises
    StoreError where it cannot be written, or the version cannot be read.
    """
    target = folder / version.id
    if _is_complete(target, version):
        return target, False
    folder.mkdir(parents=True, exist_ok=True)
    fresh, old = (folder / f".{version.id}-{name}-{os.getpid()}" for name in ("new", "old"))
    try:
        _write_folder(version, fresh)
        if target.exists():
            durable.move(target, old)
        durable.move(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return target, True


def _write_folder(version: Version, fresh: Path) -> None:
    """Write all tables and then COMPLETE_FILE into a new folder, and make it durable."""
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        rows = _export_tables(version, fresh)
    except duckdb.Error as error:
        raise StoreError(f"the Parquet of version {version.id} was not written: {error}") from error
    done = {"version": version.id, "recipe": version.manifest.recipe, "rows": rows}
    durable.write_json(fresh / COMPLETE_FILE, done)
    durable.fsync_tree(fresh)


def delete_stale_parquet(store: Store, folder: Path) -> list[str]:
    """Delete from a folder what it holds of versions that are neither kept nor candidates any more,
    and what broken-off writing left; returns the ids of the versions that are gone. Whoever was
    forgotten is then no longer in it.
    """
    kept = {version.id for version in (*store.versions(), *store.candidates())}
    gone = []
    for path in sorted(folder.iterdir()):
        name = path.name.removeprefix(".").split("-")[0]
        if path.is_dir() and VERSION_ID.fullmatch(name) and (path.name != name or name not in kept):
            shutil.rmtree(path)
            gone += [name] * (path.name == name)
    return gone


def _is_complete(target: Path, version: Version) -> bool:
    try:
        done = durable.read_json(target / COMPLETE_FILE, {})
    except ValueError:
        return False
    return bool(done.get("version") == version.id and done.get("recipe") == version.manifest.recipe)


def _export_tables(version: Version, folder: Path) -> dict[str, int]:
    """Copy every table into a folder of its name; returns the rows per table."""
    rows = {}
    with duckdb.connect(version.database, read_only=True) as con:
        for (name,) in con.execute(
            "select table_name from duckdb_tables() order by table_name"
        ).fetchall():
            (folder / name).mkdir()
            path = str(folder / name / "part-0.parquet").replace("'", "''")
            con.execute(
                f"copy \"{name}\" to '{path}' (format parquet, compression zstd, row_group_size"
                f" {ROW_GROUP_SIZE})"
            )
            rows[name] = con.table(name).count("*").fetchall()[0][0]
    return rows
