"""Publishing: checked records become a version, and the version becomes the served one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import duckdb

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import Origin, read_folder
from dashboard.language.messages import N_
from dashboard.schema.contract import schema_version
from dashboard.store import commit, durable, erasure, linked_files, scrub, small_groups
from dashboard.store.digested_json import has_digest
from dashboard.store.forget_intent import ForgetIntent
from dashboard.store.lock import publisher_lock
from dashboard.store.saying import Saying
from dashboard.store.versions import MANIFEST, Manifest, Store, StoreError, Version, compute_recipe


@dataclass(frozen=True)
class Published:
    """The served version after publishing; `changed` is False when it was served already.
    `withheld` counts small head counts; `remarks` say what was left out because a person was
    removed.
    """

    version: Version
    changed: bool
    withheld: int
    remarks: tuple[Saying, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks, in the language of whoever reads them."""
        return tuple(remark.say() for remark in self.remarks)


def publish(
    store: Store,
    candidate: duckdb.DuckDBPyConnection,
    *,
    author: str,
    message: str,
    now: datetime,
    small_groups_below: int,
    wait: float = 0,
) -> Published:
    """Make checked records (intake.check) the served version at once.

    `now` is written into the manifest, in UTC; another publisher is waited for `wait` seconds.
    Raises StoreError when it is still at work, and Refused when a removed person is named again
    under another id.
    """
    with open_for_writing(store, wait):
        remarks = scrub_private(store, candidate, small_groups_below)
        manifest = Manifest.new(author, message, now, store.current_id(), small_groups_below)
        with commit.open_staging_folder(store) as folder:
            version, withheld = commit.build_version(store, candidate, folder, manifest)
            came_from = commit.FROM_STAGING if version.folder == folder else commit.FROM_VERSIONS
            intent = commit.make_log_entry(
                "publish", version.id, store, author=author, message=message, now=now
            )
            changed = commit.commit_version(store, version, intent, came_from)
        return Published(
            commit.read_version(store.versions_folder / version.id), changed, withheld, remarks
        )


def scrub_private(
    store: Store,
    records: duckdb.DuckDBPyConnection,
    small_groups_below: int,
    origins: Sequence[Origin] = (),
) -> tuple[Saying, ...]:
    """Keep forgotten people out of checked records, and return remarks on them and on texts that
    repeat a small head count. Raises Refused.
    """
    return (
        *scrub.scrub_delivery(store, records, origins),
        *small_groups.find_small_counts_in_texts(records, small_groups_below),
    )


def upgrade(store: Store) -> list[str]:
    """Build every version anew from its records that another release of this program built; returns
    their ids. Author, time and message stay as they were, and so does the served version. Raises
    Refused if the records no longer fit.
    """
    with open_for_writing(store):
        stale = [v for v in store.versions() if v.manifest.recipe != compute_recipe()]
        _add_missing_digests(v for v in store.versions() if v.manifest.recipe == compute_recipe())
        for old in stale:
            records = open_checked_records(read_folder(old.records), published=True)
            with commit.open_staging_folder(store) as folder:
                version, _ = commit.build_version(store, records, folder, old.manifest)
                if version.folder == folder:
                    commit.replace_version(store.versions_folder / version.id, folder)
    return [v.id for v in stale]


def _add_missing_digests(versions: Iterable[Version]) -> None:
    """Give manifests that a former release wrote their own digest, where all else is whole."""
    for version in versions:
        path = version.folder / MANIFEST
        if not has_digest(path.read_bytes()) and version.damage() is None:
            durable.write(path, version.manifest.text())


@contextmanager
def open_for_writing(
    store: Store, wait: float = 0, before: Callable[[], None] | None = None
) -> Iterator[ForgetIntent | None]:
    """Hold the lock on a store in which nothing is left open; gives what was still open of
    forgetting somebody, which is finished after `before` is called. Raises StoreError if
    somebody else holds it, or if the store belongs to a newer program, which this one might spoil.
    """
    with publisher_lock(store, wait):
        durable.failpoint("locked")
        newest = max((v.manifest.schema_version for v in store.versions()), default=0)
        if newest > schema_version():
            raise StoreError(
                N_(
                    "the store follows schema {schema}, this program schema {own}: use the program"
                    " that wrote it"
                ),
                schema=newest,
                own=schema_version(),
            )
        commit.recover(store)
        durable.failpoint("recovered")
        if before:
            before()
        finished = None
        # the records are done; the next one goes on with the rest
        with suppress(linked_files.Unfinished):
            finished = erasure.finish_erasure(store)
        yield finished
