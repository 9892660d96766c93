"""Offers the files of the corpus to the intake: `python -m tests.intake.corpus.run`.

With the start of an id or a kind: only those. Nothing is published.
"""

import sys
import tempfile
from collections import Counter
from contextlib import redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from dashboard.cli import main
from dashboard.publishing.delivery import check_delivery
from dashboard.store import Mode, Store
from tests.intake.corpus.defects import Defect, defects
from tests.intake.corpus.forms import DATA

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
RIGHT, PLACE, HINT, NOTED, MISSED, CRASHED = (
    "right row and column",
    "wrong place",
    "without the hint",
    "only a note",
    "not caught",
    "crashed",
)

ORDINARY = {"event_id", "status"}
"""Notes on these come with right files too: nobody is named, a past day is read as held."""


def offered(store: Store, files: dict[str, bytes]) -> Any:
    """What the intake says of a delivery: problems, notes, and whether it could be published."""
    return check_delivery(store, files, Mode.MERGE, author="corpus", now=NOW, small_groups_below=5)


def outcome(store: Store, defect: Defect) -> tuple[str, str]:
    """How the defect fared, and what was said of it."""
    try:
        checked = offered(store, dict(defect.files))
    except Exception as error:  # noqa: BLE001 - a crash is an outcome
        return CRASHED, f"{type(error).__name__}: {error}"[:200]
    notes = [note for note in checked.notes if defect.columns or note.column not in ORDINARY]
    said = [*checked.problems, *(() if defect.refused else notes)]
    here = [found for found in said if defect.named_by(found)]
    shown = "; ".join(_short(found) for found in (here or checked.problems)[:2])
    if any(defect.hinted_by(found) for found in here):
        return RIGHT, shown
    if here:
        return HINT, shown
    if checked.problems:
        return PLACE, shown
    noted = [note for note in notes if defect.named_by(note) and defect.hinted_by(note)]
    if noted and "event_id" not in defect.columns:
        return NOTED, _short(noted[0])
    return MISSED, ""


def _short(found: Any) -> str:
    place = ":".join(
        str(part) for part in (found.sheet, found.row, found.column) if part is not None
    )
    return f"{place} {str(found.value)[:30]!r} {found.message} [{found.hint[:80]}]"


def run(start: str = "") -> Counter[str]:
    """Print a line per defect that was not caught, and the count of each outcome."""
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        with redirect_stdout(StringIO()):
            main(["--store", str(store.root), "build", str(DATA)])
        for defect in defects():
            if defect.id.startswith(start) or defect.kind.startswith(start):
                found, said = outcome(store, defect)
                counted[found] += 1
                if found != RIGHT:
                    rows, columns = sorted(defect.rows)[:3], sorted(defect.columns)[:3]
                    print(
                        f"{found} | {defect.kind} | {defect.id} | {rows} {columns} | {said}",
                        flush=True,
                    )
    print(
        ", ".join(f"{many} {what}" for what, many in counted.most_common()), "of", counted.total()
    )
    return counted


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:2])[RIGHT] == 0)
