"""Fixtures that several test files share."""

import csv
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from streamlit.components.v2 import manifest_scanner

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.query import duck, engine, questions
from dashboard.server import access
from dashboard.store import Published, Store, Version, commit, publish
from dashboard.views.view import Answers
from tests.support.serving import CHROMIUM_FLAGS, served

# What holds must hold on a busy machine too: how long an example takes is never a reason to fail. The examples are those of the
# test itself, so that a commit passes or fails whenever it is tried; pytest --hypothesis-profile=search looks for new ones.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", settings.get_profile("search"), derandomize=True)
settings.load_profile("steady")


WAITS = "browser"
"""Its tests wait for pages a third of their time."""
SLOW_ROOMS = (
    *("store", "publishing", "intake", "faults", "export", "query", "operations", "attack", "cli"),
    *("shares", "views", "model", "ui", "server", "schema", "asking"),
)
"""Rooms by how long their longest file takes: they publish in most tests, or start servers."""


def _place_of_room(path: Path) -> int:
    room = path.relative_to(Path(__file__).parent).parts[0]
    return SLOW_ROOMS.index(room) if room in SLOW_ROOMS else len(SLOW_ROOMS)


def _order_files(paths: Iterable[Path]) -> list[Path]:
    """Put rooms whose files take longest first, so that no core is idle at the end; and after each
    file that waits for a browser two that compute, so that none is idle meanwhile.
    """
    files = sorted(dict.fromkeys(paths), key=_place_of_room)
    waiting = [path for path in files if WAITS in path.parts]
    computing = iter([path for path in files if WAITS not in path.parts])
    mixed = [one for path in waiting for one in (path, *islice(computing, 2))]
    return [*mixed, *computing]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files come in the order of _order_files. Of a test marked as a matrix, as many cases as it
    says stay in make test, spread over all of them.
    """
    places = {path: place for place, path in enumerate(_order_files(item.path for item in items))}
    items.sort(key=lambda item: places[item.path])
    matrices: dict[tuple[str, str], list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("matrix"):
            matrices.setdefault(
                (str(item.path), getattr(item, "originalname", item.name)), []
            ).append(item)
    for cases in matrices.values():
        keep = cases[0].get_closest_marker("matrix").args[0]
        cases.sort(key=lambda item: item.name)
        kept = {index * len(cases) // keep for index in range(keep)}
        for index, item in enumerate(cases):
            if index not in kept:
                item.add_marker("long")


ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from find_chromium import installed  # noqa: E402

NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)


def publish_folder(
    store: Store, folder: Path, message: str = "test", *, former: bool = False
) -> Published:
    """Publish a folder of CSV files as the tests do: same author, same time. As a `former` release
    did, where fewer things were asked whether they are plausible.
    """
    records = open_checked_records(read_folder(folder), published=former)
    return publish(store, records, author="test", message=message, now=NOW, small_groups_below=5)


_built: dict[str, tuple[Path, str]] = {}
"""Stores that served_already has built, by what they were built from, with the version that each
serves.
"""


@pytest.fixture(scope="session", autouse=True)
def _looks_through_the_packages_once() -> Iterator[None]:
    """Every AppTest has Streamlit read the metadata of all installed packages for components: it
    took most of what opening a page costs, and a server does it once.
    """
    with pytest.MonkeyPatch.context() as patch:
        scan = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        yield


@pytest.fixture(autouse=True)
def _nothing_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that imports app.py makes this process one that serves; the next test begins before
    that.
    """
    monkeypatch.setattr(access, "LOCKDOWN", access.Lockdown())


@pytest.fixture(autouse=True)
def _closes_its_versions(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what a test opened in its own folder: every version keeps threads and memory, a
    thousand threads in the end.
    """
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if folder:
        for database in [path for path in duck._connections if path.is_relative_to(folder)]:
            engine.close(database)


@pytest.fixture(scope="session", autouse=True)
def _templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    _built["folder"] = tmp_path_factory.mktemp("templates"), ""
    yield
    _built.clear()


def served_already(
    store: Store, *deliveries: tuple[Path, str] | Path, former: bool = False
) -> Version:
    """A store to begin with: what publish_folder makes of these folders, one after the other, in an
    empty store.

    It is built once and copied to every test that begins there, because building takes a second. A
    test that is about building or publishing calls publish_folder. Gives the version that is
    served.
    """
    assert not store.pointer.exists(), "the store is not empty"
    given = [(one, "test") if isinstance(one, Path) else one for one in deliveries]
    digest = hashlib.sha256(bytes([former]))
    for folder, message in given:
        digest.update(message.encode())
        for path in sorted(folder.glob("*.csv")):
            digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    key = digest.hexdigest()
    if key not in _built:
        template = Store(_built["folder"][0] / key[:16])
        for folder, message in given:
            version = publish_folder(template, folder, message, former=former).version
        _built[key] = template.root, version.id
    root, served = _built[key]
    shutil.copytree(root, store.root, dirs_exist_ok=True)
    return commit.read_version(store.versions_folder / served)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser. Found before Playwright runs, because Playwright is asked for it."""
    path = installed()
    assert path, "no Chromium: run python scripts/find_chromium.py"
    return path


@pytest.fixture(scope="session")
def playwright(chromium: str) -> Iterator[Playwright]:
    """One for all tests of a process: a second one would not start beside it."""
    expect.set_options(timeout=20_000)  # two cores, and a server beside the browser
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """For tests that need a reader who has not been here."""
    opened = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Version:
    """The records that ship, published once."""
    return served_already(Store(tmp_path_factory.mktemp("real")), ROOT / "data")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the records that ship, for the dashboard of shipped_address."""
    store = Store(tmp_path_factory.mktemp("served"))
    served_already(store, ROOT / "data")
    return store


@pytest.fixture(scope="session")
def shipped_address(shipped: Store) -> Iterator[str]:
    """A dashboard on the records that ship, for tests that need one on the network and change
    nothing in it: a server takes seconds to start.
    """
    with served(shipped.root) as address:
        yield address


@pytest.fixture(scope="session")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The records to check by hand, published once."""
    store = Store(tmp_path_factory.mktemp("by-hand"))
    served_already(store, ROOT / "tests" / "data")
    return store


@pytest.fixture(scope="session")
def then_and_now(tmp_path_factory: pytest.TempPathFactory) -> tuple[Version, Version]:
    """Two versions of them in one store; the second is served."""
    root = tmp_path_factory.mktemp("then-and-now")
    folder, store = (
        shutil.copytree(ROOT / "tests" / "data", root / "records"),
        Store(root / "store"),
    )
    then = served_already(store, folder)
    two_trainings_and_a_correction(folder)
    return then, publish_folder(store, folder).version


class Kept(Answers):
    """Asks every question once."""

    def __init__(self) -> None:
        self.kept: dict[tuple, Any] = {}

    def _once(self, ask: Callable[..., Any], version: Version, *asked: Any) -> Any:
        key = (ask.__name__, version.id, repr(asked))
        if key not in self.kept:
            self.kept[key] = ask(version, *asked)
        return self.kept[key]

    def rows(self, version: Version, *asked: Any) -> Any:
        return self._once(super().rows, version, *asked)

    def number(self, version: Version, *asked: Any) -> Any:
        return self._once(super().number, version, *asked)

    def labels(self, version: Version) -> Any:
        return self._once(super().labels, version)

    def facts(self, version: Version, *asked: Any) -> Any:
        return self._once(super().facts, version, *asked)

    def terms(self, version: Version) -> Any:
        return self._once(super().terms, version)


OF_A_VIEW = {"labels", "store_facts"}
"""Questions that say what a link means; they do not grow with the records."""


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The questions that are asked while the test runs, in their order, each with how many rows it
    gave.
    """
    named = {questions.sql(name): name for name in questions.list_questions()}
    found: list[tuple[str, int]] = []

    def counted(ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(database: Path, sql: str, params: dict[str, Any]) -> Any:
            rows = ask(database, sql, params)
            if named[sql] not in OF_A_VIEW:
                found.append((named[sql], len(rows)))
            return rows

        return asked

    for name in ("rows", "query"):
        monkeypatch.setattr(engine, name, counted(getattr(engine, name)))
    return found


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A copy of the shipped CSV files, to break."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in (ROOT / "data").glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def edit(records: Path) -> Callable[[str, str, str], None]:
    """Replace text in one file of the copy: edit("events", "2025-01-23", "2025-02-30")."""

    def replace(table: str, old: str, new: str) -> None:
        path = records / f"{table}.csv"
        text = path.read_text("utf-8")
        assert old in text, f"{old} is not in {path.name}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return replace


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the records to check by hand (tests/data), to break."""
    folder = tmp_path / "small"
    folder.mkdir()
    for path in (ROOT / "tests" / "data").glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def replace_in(folder: Path, table: str, old: str, new: str) -> None:
    """Replace text in one file, everywhere."""
    path = folder / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text, f"{old} is not in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")


def append_to(folder: Path, table: str, row: str) -> None:
    """Add a row, or several, to one file; the cells of columns that came later may be left out."""
    path = folder / f"{table}.csv"
    columns = path.read_text("utf-8").partition("\n")[0].count(",") + 1
    with path.open("a", encoding="utf-8") as file:
        for line in row.split("\n"):
            missing = columns - len(next(csv.reader([line])))
            file.write(line + "," * missing + "\n")


def two_trainings_and_a_correction(folder: Path) -> None:
    """Trainings of 20 and 10 people in 2025 are added to a folder, and one of 30 is corrected to
    35.
    """
    append_to(
        folder, "trainings", "spring-course,Spring course,,,course,,held,2025-03,,,,20,exact,"
    )
    append_to(
        folder, "trainings", "summer-course,Summer course,,,course,,held,2025-07,,,,10,exact,"
    )
    replace_in(folder, "trainings", ",30,exact,", ",35,exact,")


@pytest.fixture(scope="session")
def real_store(tmp_path_factory) -> Store:
    """The records that ship."""
    store = Store(tmp_path_factory.mktemp("taken"))
    served_already(store, ROOT / "data")
    return store


@pytest.fixture
def small_store(tmp_path, small) -> Store:
    """The records to check by hand, in a store to publish into."""
    store = Store(tmp_path / "store")
    served_already(store, small)
    return store
