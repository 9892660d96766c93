"""Candidates: versions that were built and can be opened, but are not served until somebody
publishes them.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import duckdb

from dashboard.intake.files import Origin
from dashboard.language.messages import N_
from dashboard.store import commit, durable, forgotten_people
from dashboard.store.publish import Published, open_for_writing, scrub_private
from dashboard.store.saying import Saying
from dashboard.store.versions import (
    CANDIDATE,
    MANIFEST,
    NOT_THERE,
    Manifest,
    Store,
    StoreError,
    Version,
)

CANDIDATE_LIFETIME = timedelta(days=1)
"""How long a candidate is kept that nobody publishes."""


@dataclass(frozen=True)
class Candidate:
    """A version that is not served yet; `withheld` and `remarks` as in Published. Its parent is the
    version that was served when it was made.
    """

    version: Version
    withheld: int = 0
    remarks: tuple[Saying, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks, in the language of whoever reads them."""
        return tuple(remark.say() for remark in self.remarks)


def build_candidate(
    store: Store,
    records: duckdb.DuckDBPyConnection,
    *,
    author: str,
    message: str,
    now: datetime,
    small_groups_below: int,
    wait: float = 0,
    origins: Sequence[Origin] = (),
) -> Candidate:
    """Build checked records as a candidate: the whole dashboard can be opened on it. `origins` are
    the files that its rows come from. Raises as publish does.
    """
    with open_for_writing(store, wait):
        sweep_candidates(store, now)
        remarks = scrub_private(store, records, small_groups_below, origins)
        manifest = Manifest.new(author, message, now, store.current_id(), small_groups_below)
        with commit.open_staging_folder(store) as folder:
            version, withheld = commit.build_version(store, records, folder, manifest, reuse=False)
            final = store.candidates_folder / version.id
            final.parent.mkdir(exist_ok=True)
            shutil.rmtree(final, ignore_errors=True)
            durable.move(folder, final)
        durable.failpoint("candidate in place")
        return Candidate(commit.read_version(final), withheld, remarks)


def publish_candidate(
    store: Store, candidate_id: str, *, author: str, message: str, now: datetime, wait: float = 0
) -> Published:
    """Serve a candidate from now on. Raises StoreError where there is none, or where another
    version has been published since it was made: what was looked at is then not what would happen.
    """
    with open_for_writing(store, wait):
        forgotten_people.read_trusted_register(store)
        sweep_candidates(store, now, but=candidate_id)
        candidate = store.candidate(candidate_id)
        _require_same_parent(store, candidate)
        final = store.versions_folder / candidate.id
        entry = commit.make_log_entry(
            "publish", candidate.id, store, author=author, message=message, now=now
        )
        if commit.is_whole(final):
            changed = commit.commit_version(store, commit.read_version(final), entry)
        else:
            _sign(candidate, author, message, entry["time"])
            changed = commit.commit_version(store, candidate, entry, commit.FROM_CANDIDATE)
        shutil.rmtree(candidate.folder, ignore_errors=True)
        return Published(commit.read_version(final), changed, 0)


def _require_same_parent(store: Store, candidate: Version) -> None:
    served = store.current_id()
    if (candidate.manifest.parent or candidate.id) != (served or candidate.id):
        raise StoreError(
            N_(
                "version {served} has been published since candidate {candidate} was made: make it"
                " anew"
            ),
            served=served,
            candidate=candidate.id,
        )


def _sign(candidate: Version, author: str, message: str, time: str) -> None:
    """Write into the manifest who publishes it, why and when."""
    manifest = replace(candidate.manifest, author=author, message=message, time=time)
    durable.write(candidate.folder / MANIFEST, manifest.text())
    durable.failpoint("manifest signed")


def discard(store: Store, candidate_id: str, wait: float = 0) -> None:
    """Remove a candidate. Raises StoreError where there is none."""
    with open_for_writing(store, wait):
        if candidate_id not in {found.id for found in store.candidates()}:
            raise StoreError(NOT_THERE[CANDIDATE], version=candidate_id[:40], store=store.root)
        shutil.rmtree(store.candidates_folder / candidate_id)


def sweep_candidates(store: Store, now: datetime, but: str = "") -> list[str]:
    """Remove the candidates that were forgotten for more than a day, but one; returns their ids.
    The lock must be held.
    """
    past = [
        c
        for c in store.candidates()
        if now - datetime.fromisoformat(c.manifest.time) > CANDIDATE_LIFETIME
    ]
    old = [candidate for candidate in past if candidate.id != but]
    for candidate in old:
        shutil.rmtree(candidate.folder, ignore_errors=True)
    return [candidate.id for candidate in old]
