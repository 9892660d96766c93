"""Fixtures that several test files share."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.intake.check import open_candidate
from dashboard.intake.files import read_folder
from dashboard.store import Published, Store, Version, publish

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)


def publish_folder(store: Store, folder: Path, message: str = "test") -> Published:
    """Publish a folder of CSV files as the tests do: same author, same time."""
    return publish(
        store, open_candidate(read_folder(folder)), author="test", message=message, now=NOW, small_groups_below=5
    )


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Version:
    """The records that ship, published once."""
    return publish_folder(Store(tmp_path_factory.mktemp("real")), ROOT / "data").version


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
