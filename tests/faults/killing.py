"""Publishers that are killed with -9 at every step and at random moments; then the store is opened.

`python -m tests.faults.killing 1000` prints the figures. Every publisher is a process of its own,
forked from one that has read the records, so that a thousand take minutes.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import RawRecords, read_folder
from dashboard.model.filters import Filters
from dashboard.query import engine
from dashboard.query.metrics import METRICS, evaluate
from dashboard.schema.contract import schema_version, tables
from dashboard.store import (
    Store,
    build_candidate,
    durable,
    publish,
    publish_candidate,
    read_log,
)
from dashboard.store.publish import open_for_writing
from tests.conftest import NOW

DATA = Path(__file__).parents[1] / "data"
FLIP = (
    "version durable",
    "intent noted",
    "version in place",
    "pointer flipped",
    "logged",
    "intent done",
)
WHO = dict(author="test", message="killed", now=NOW)


@dataclass
class Figures:
    """What happened to the publishers, and what was found in the store afterwards."""

    kills: int = 0
    finished: int = 0
    around_the_flip: int = 0
    served_old: int = 0
    served_new: int = 0
    orphans_before: int = 0
    bad: list[str] = field(default_factory=list)
    last_step: Counter = field(default_factory=Counter)

    def __str__(self) -> str:
        steps = ", ".join(f"{name} {count}" for name, count in self.last_step.most_common())
        return (
            f"{self.kills} kills ({self.around_the_flip} around the flip; {self.finished} more publishers finished first): the old"
            f" version was served {self.served_old} times, the new one {self.served_new} times, a bad state {len(self.bad)} times;"
            f" {self.orphans_before} left something behind, none after the next start. Last step reached: {steps}"
        )


def records(number: int) -> RawRecords:
    """The records to check by hand, each time with another job title."""
    found = read_folder(DATA)
    people = found.tables["people"]
    titles = pa.array([f"Physician {number}"] * people.num_rows)
    found.tables["people"] = people.set_column(
        people.schema.get_field_index("job_title"), "job_title", titles
    )
    return found


def act(root: Path, number: int, *, as_candidate: bool) -> None:
    """What the publisher does."""
    store, candidate = Store(root), open_checked_records(records(number))
    if as_candidate:
        made = build_candidate(store, candidate, small_groups_below=5, **WHO)
        publish_candidate(store, made.version.id, **WHO)
    else:
        publish(store, candidate, small_groups_below=5, **WHO)


def steps_of(root: Path, number: int, *, as_candidate: bool) -> list[str]:
    """The steps of a publisher that nobody kills."""
    reached: list[str] = []
    original, durable.failpoint = durable.failpoint, reached.append
    try:
        act(root, number, as_candidate=as_candidate)
    finally:
        durable.failpoint = original
    return reached


def publisher(
    root: Path,
    number: int,
    pipe: int,
    *,
    as_candidate: bool,
    at: int | None,
    after_durable: float | None,
) -> int:
    """Fork one; it dies at the step with the index `at`, or some time after its version is durable,
    or is killed by the caller. Returns its process id.
    """
    pid = os.fork()
    if pid:
        return pid
    reached = 0

    def step(name: str) -> None:
        nonlocal reached
        os.write(pipe, f"{name}\n".encode())
        if reached == at:
            os.kill(os.getpid(), signal.SIGKILL)
        if after_durable is not None and name == "version durable":
            threading.Thread(target=_kill_soon, args=(after_durable,), daemon=True).start()
        reached += 1

    durable.failpoint = step
    code = 1
    try:
        act(root, number, as_candidate=as_candidate)
        code = 0
    finally:
        os._exit(code)


def _kill_soon(seconds: float) -> None:
    time.sleep(seconds)
    os.kill(os.getpid(), signal.SIGKILL)


def run(root: Path, kills: int, seed: int = 1) -> Figures:
    """Kill that many publishers: a third at the steps in turn, a third at random moments just after
    the version is durable, a third at any moment.
    """
    rng, figures, store = random.Random(seed), Figures(), Store(root)
    tables(), schema_version()  # read once, before forking
    publish(store, open_checked_records(records(0)), small_groups_below=5, **WHO)
    started = time.monotonic()
    steps = {way: steps_of(root, 1 + way, as_candidate=bool(way)) for way in (0, 1)}
    seconds = (time.monotonic() - started) / 2
    number, turn = 3, 0
    while figures.kills < kills:
        way = int(rng.random() < 0.3)
        at = (turn // 3) % len(steps[way]) if turn % 3 == 0 else None
        after = rng.random() * 0.03 if turn % 3 == 1 else None
        delay = rng.random() * seconds if turn % 3 == 2 else None
        _one(
            store, number, figures, as_candidate=bool(way), at=at, after_durable=after, delay=delay
        )
        number, turn = number + 1, turn + 1
        if number % 20 == 0:
            _make_room(store)
    return figures


def _make_room(store: Store) -> None:
    """Delete all versions but the newest three and the one that was published last."""
    for version in store.versions()[3:]:
        if version.id != store.current_id():
            shutil.rmtree(version.folder)


def _one(
    store: Store, number: int, figures: Figures, *, as_candidate, at, after_durable, delay
) -> None:
    old = store.current_id()
    reading, writing = os.pipe()
    pid = publisher(
        store.root, number, writing, as_candidate=as_candidate, at=at, after_durable=after_durable
    )
    os.close(writing)
    if delay is not None:
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(reading) as pipe:
        reached = pipe.read().split("\n")[:-1]
    if not os.WIFSIGNALED(status):
        figures.finished += 1
        if os.WEXITSTATUS(status):
            figures.bad.append(f"publisher {number} failed by itself after {reached[-1:]}")
        return
    figures.kills += 1
    last = reached[-1] if reached else "before the lock"
    figures.last_step[last] += 1
    figures.around_the_flip += last in FLIP or last == "manifest signed"
    _look(store, old, number, figures)


def _look(store: Store, old: str | None, number: int, figures: Figures) -> None:
    """What a reader finds at once, and what is left after the next start."""
    try:
        version = Store(store.root).open()
        evaluate(version, METRICS["events_held"], Filters())
        engine.close(version.database)
    except Exception as error:  # noqa: BLE001 - whatever a reader meets is a finding
        figures.bad.append(f"{number}: {error}")
        return
    is_new = f"Physician {number}" in (version.records / "people.csv").read_text("utf-8")
    if version.id != old and not is_new:
        figures.bad.append(f"{number}: neither the old nor the new version is served")
    figures.served_new += is_new
    figures.served_old += not is_new
    figures.orphans_before += bool(leftovers(store, version.id))
    with open_for_writing(store):
        pass
    if left := leftovers(store, version.id):
        figures.bad.append(f"{number}: left behind {left}")
    if read_log(store)[-1]["version"] != version.id or Store(store.root).open().id != version.id:
        figures.bad.append(f"{number}: the log or the pointer does not say what is served")


def leftovers(store: Store, served: str) -> list[str]:
    """What does not belong in a store at rest: half-built folders, open intents, versions that
    nobody ever served.
    """
    logged = {entry["version"] for entry in read_log(store)} | {served}
    names = [p.name for p in store.versions_folder.iterdir() if p.name not in logged]
    return names + [
        p.name for p in store.root.iterdir() if p.suffix == ".new" or p.name == "publishing.json"
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        found = run(
            Path(folder) / "store",
            int(sys.argv[1]),
            seed=int(sys.argv[2]) if len(sys.argv) > 2 else 1,
        )
        print(found, f"({time.monotonic() - begun:.0f} s)")
        print(*found.bad, sep="\n")
