"""Forgetting and merging people, killed with -9 at every step; then whoever comes next finishes it.

`python -m tests.faults.forgetting all` prints what it found. The state afterwards is compared with
that of a forgetting which nobody interrupted: every file, the log with who, why and when, and every
row of the shelf.
"""

import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from dashboard import shares
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.model import settings
from dashboard.schema.contract import schema_version, tables
from dashboard.server.startup_checks import finish_interrupted
from dashboard.shares import SharesDb, meetings, people_everywhere
from dashboard.store import (
    Store,
    build_candidate,
    durable,
    forgotten_people,
    merge_people,
    publish_candidate,
    read_log,
)
from dashboard.store.publish import open_for_writing
from tests.conftest import NOW, append_to, publish_folder, replace_in

DATA = Path(__file__).parents[1] / "data"
WHO = dict(author="Eva", message="asked on paper", now=NOW)
LATER = dict(author="Ole", message="another reason", now=NOW + timedelta(days=1))
FIRST, MERGED_FIRST = "intention to forget noted", "intent noted"
AROUND = {"old version deleted": 1, "forgetting logged": 2}
"""Steps that a short run stops at, and who of NEXT comes next; the merging has the other."""


def begin(root: Path) -> None:
    """A store of two versions, a candidate, what was learnt, and a shelf, all of which name Zoë
    Müller.
    """
    store, folder = Store(root), Path(shutil.copytree(DATA, root.with_name("records")))
    append_to(folder, "people", "z-muller,Z. Muller,,,")
    publish_folder(store, folder, "first")
    replace_in(folder, "people", "Physician", "Surgeon")
    publish_folder(store, folder, "second")
    append_to(folder, "people", "eva-bos,Eva Bos,,,")
    build_candidate(store, open_checked_records(read_folder(folder)), small_groups_below=5, **WHO)
    forgotten_people.write_register(
        store, forgotten_people.Register("00" * 32)
    )  # the same salt in every copy
    durable.write_json(
        store.root / "mappings.json",
        {"columns": {"events": {"zoe muller": "note", "dag": "start_date"}}, "tables": {}},
    )
    shares_db = SharesDb(settings.shares_file(root))
    for link in (
        "/events?speaker=zoe-muller",
        "/events?speaker=z-muller",
        "/events?text=M%C3%9CLLER+zo%C3%AB",
        "/events?year=2025",
    ):
        view = shares.save(shares_db, "Talks", link, words="Events with Zoë Müller", now=NOW)
        shares.shorten(shares_db, link, now=NOW)
    meetings.create(shares_db, "Board", steps=[view.id], now=NOW)


def forget(root: Path, who: dict = WHO) -> None:
    """What is interrupted."""
    people_everywhere.forget(Store(root), "zoe-muller", **who, wait=60)


def merge(root: Path) -> None:
    """The same for people who are one."""
    made = merge_people(Store(root), "zoe-muller", "z-muller", **WHO)
    publish_candidate(Store(root), made.version.id, **WHO)


def publisher(root: Path) -> None:
    """The next one who works on the store."""
    with open_for_writing(Store(root)):
        pass


def start(root: Path) -> None:
    """The next start of a server."""
    os.environ["DASHBOARD_STORE"] = str(root)
    finish_interrupted()


def again(root: Path) -> None:
    """The same command, by somebody else a day later."""
    forget(root, LATER)


NEXT: tuple[Callable[[Path], None], ...] = (publisher, start, again)


def state(root: Path) -> dict[str, object]:
    """Everything that is kept. Databases differ by the places of their pages; their manifests say
    so.
    """
    files = {}
    for path in sorted(p for p in root.rglob("*") if p.is_file() and p.name != "lock"):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".sqlite":
            with sqlite3.connect(path) as con:
                files[name] = tuple(line for line in con.iterdump() if "null,null" not in line)
            con.close()
        elif path.suffix == ".duckdb":
            files[name] = "there"
        elif path.name == "manifest.json":
            said = {
                **vars(
                    Store(root)._open_in(path.parent.parent, path.parent.name, "version").manifest
                )
            }
            files[name] = {**said, "files": sorted(said["files"])}
        else:
            files[name] = path.read_text("utf-8")
    return files


def killed(
    root: Path, act: Callable[[Path], None], at: int | None = None, after: float | None = None
) -> str:
    """Let a process of its own begin it, which dies at a step or after some seconds; gives the last
    step reached.
    """
    reading, writing = os.pipe()
    if not (pid := os.fork()):
        reached = 0

        def step(name: str) -> None:
            nonlocal reached
            os.write(writing, f"{name}\n".encode())
            if reached == at:
                os.kill(os.getpid(), signal.SIGKILL)
            reached += 1

        durable.failpoint = step
        try:
            act(root)
        finally:
            os._exit(0)
    os.close(writing)
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(reading) as pipe:
        return (pipe.read().split("\n")[:-1] or ["nothing"])[-1]


def steps_of(root: Path, act: Callable[[Path], None]) -> list[str]:
    """The steps of one that nobody kills."""
    reached: list[str] = []
    original, durable.failpoint = durable.failpoint, reached.append
    try:
        act(root)
    finally:
        durable.failpoint = original
    return reached


class Trial:
    """Copies of one store, and what is expected of each."""

    def __init__(
        self, folder: Path, act: Callable[[Path], None], first: str, gone: Sequence[str] = ()
    ) -> None:
        self.folder, self.act, self.template = folder, act, folder / "template" / "store"
        if not self.template.exists():
            self.template.parent.mkdir(parents=True)
            begin(self.template)
        self.untouched = state(self.template)
        whole = self.copy("whole")
        self.steps = steps_of(whole, act)
        self.first, self.expected = self.steps.index(first), state(whole)
        self.bad = [
            f"not interrupted, {act.__name__} leaves “{name}”"
            for name in gone
            if name in str(self.expected).lower()
        ]
        self.kills = 0

    def copy(self, name: str) -> Path:
        root = self.folder / name
        shutil.rmtree(root, ignore_errors=True)
        return Path(shutil.copytree(self.template, root))

    def kill(
        self, finisher: Callable[[Path], None], at: int | None = None, after: float | None = None
    ) -> None:
        root = self.copy("killed")
        last = killed(root, self.act, at, after)
        self.kills += 1
        version = Store(root).open()
        if version.damage():
            self.bad.append(f"{last}: a damaged version was served")
        finisher(root)
        found = state(root)
        allowed = [self.expected] if at is not None else [self.expected, self.untouched]
        if found not in allowed:
            names = [
                n
                for n in self.expected.keys() | found.keys()
                if self.expected.get(n) != found.get(n)
            ]
            self.bad.append(
                f"{last}, then {finisher.__name__}: differs in {', '.join(sorted(names))}"
            )


def forgetting(folder: Path, short: bool) -> Trial:
    """At every step from the intention on, or at a spread."""
    trial = Trial(folder, forget, FIRST, ("zoe-m", "zoe m", "zoë", "müller", "mueller"))
    if short:
        for name, turn in AROUND.items():
            trial.kill(NEXT[turn], at=trial.steps.index(name))
    else:
        for place in range(trial.first, len(trial.steps)):
            for finisher in NEXT:
                trial.kill(finisher, at=place)
        rng = random.Random(1)
        for turn in range(30):
            trial.kill(NEXT[turn % 2], after=rng.random() * 6)
    return trial


def merging(folder: Path, short: bool) -> Trial:
    """From the flip on all links follow; before it none does."""
    trial = Trial(folder, merge, MERGED_FIRST, ("speaker=z-muller",))
    flip = trial.steps.index("pointer flipped")
    for place in (trial.steps.index("moves noted"),) if short else range(flip, len(trial.steps)):
        trial.kill(publisher, at=place)
    return trial


def together(folder: Path) -> list[str]:
    """Two forget the same person at once."""
    trial = Trial(folder, forget, FIRST)
    root = trial.copy("together")
    children = []
    for who in (WHO, WHO):
        if not (pid := os.fork()):
            try:
                forget(root, who)
            finally:
                os._exit(0)
        children.append(pid)
    for pid in children:
        os.waitpid(pid, 0)
    found = state(root)
    names = [
        n for n in trial.expected.keys() | found.keys() if trial.expected.get(n) != found.get(n)
    ]
    forgotten = sum(entry["action"] == "forget" for entry in read_log(Store(root)))
    return (
        [f"two at once: {forgotten} entries, differs in {names}"] if names or forgotten != 1 else []
    )


if __name__ == "__main__":
    tables(), schema_version()  # read once, before forking
    os.environ.pop("DASHBOARD_SHARES", None)
    brief = sys.argv[1:] != ["all"]
    with tempfile.TemporaryDirectory() as place:
        trials = [forgetting(Path(place), brief), merging(Path(place), brief)]
        wrong = [*trials[0].bad, *trials[1].bad, *([] if brief else together(Path(place)))]
    print(
        f"{trials[0].kills} forgettings and {trials[1].kills} mergings were killed; a bad state {len(wrong)} times"
    )
    print(*wrong, sep="\n")
