"""The lock of the publisher: one at a time. The file says who holds it and since when; the lock
goes with its process, however it ends.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import duckdb

from dashboard.language.messages import N_
from dashboard.store import durable
from dashboard.store.saying import Saying
from dashboard.store.versions import Store, StoreError

RETRY_SECONDS = 0.05


@contextmanager
def publisher_lock(store: Store, wait: float = 0) -> Iterator[None]:
    """Hold the store's lock, waiting for it at most `wait` seconds.

    The kernel frees the lock of a dead holder, so that it is simply taken over. Raises StoreError
    that names the holder's process and since when it holds the lock; and one in words for a disk
    that is full or fails meanwhile, because everything that changes the store goes through here.
    """
    try:
        with _hold_lock(store, wait):
            yield
    except (OSError, duckdb.IOException, duckdb.FatalException) as error:
        raise StoreError(
            N_("{fault}; what is served is as it was"), fault=durable.explain_disk_fault(error)
        ) from error


@contextmanager
def _hold_lock(store: Store, wait: float) -> Iterator[None]:
    store.versions_folder.mkdir(parents=True, exist_ok=True)
    path = store.root / "lock"
    with path.open("a+", encoding="utf-8") as file:
        if not _try_until(file, time.monotonic() + wait):
            raise StoreError(describe_holder(path))
        file.truncate(0)
        file.write(
            json.dumps(
                {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
            )
        )
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def describe_holder(path: Path) -> Saying:
    """Say who holds the lock, and what to do if it hangs."""
    try:
        said = json.loads(path.read_text("utf-8"))
        pid, since = int(said["pid"]), str(said["since"])
    except (OSError, ValueError, TypeError, KeyError):
        return Saying(N_("somebody else is publishing just now: try again in a minute"))
    return Saying(
        N_(
            "somebody else is publishing just now (process {process}, since {since}): try again in"
            " a minute; if it hangs, end it with `kill {process}`"
        ),
        {"process": str(pid), "since": since},
    )


def _try_until(file: IO[str], until: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(RETRY_SECONDS)
        else:
            return True
