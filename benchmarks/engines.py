"""How long a question takes DuckDB and a Spark, in turns, on the same version: for
docs/operations.md.

python benchmarks/engines.py STORE sc://HOST:15002 TABLES: the version that STORE serves, whose
Parquet is in TABLES. Every question is asked with filters that it was not asked with before, so
that nothing is answered from a cache; the first round is not counted.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.settings import Engine
from dashboard.query import questions, search
from dashboard.store import Store, Version

ROUNDS = 5
LATEST = 2025


def asked(version: Version) -> dict[str, Callable[[str], object]]:
    """What is asked, by name; each takes a month."""

    def question(name: str, **params: object) -> Callable[[str], object]:
        return lambda month: questions.run(version, name, Filters(month=(month,)), **params)

    return {
        "numbers about events": question("event_numbers"),
        "events of a month": question("events"),
        "numbers beside the filters": question("facets"),
        "contributions by person": question("contributions_by"),
        "people with their events": question("people"),
        "search for a word": lambda month: search.search(version, f"school {month[-2:]}"),
        "search with a typing error": lambda month: search.search(
            version, f"statistcs{'abcdefghijklmnop'[int(month[-2:])]}"
        ),
    }


def main(store: Path, remote: str, tables: str) -> None:
    version, shipped = Store(store).open(), settings.load()
    kinds = {"DuckDB": Engine(), "Spark": Engine("spark", remote, tables)}
    took: dict[tuple[str, str], list[float]] = {}
    for turn in range(ROUNDS + 1):
        for kind, chosen in kinds.items():
            settings.current = lambda chosen=chosen: replace(shipped, engine=chosen)
            for name, ask in asked(version).items():
                begin = time.perf_counter()
                ask(f"{LATEST}-{turn + 1:02}")
                if turn:
                    took.setdefault((name, kind), []).append(time.perf_counter() - begin)
    print(f"{version.manifest.rows['events']} events; median of {ROUNDS}, in milliseconds")
    for name in asked(version):
        duck, spark = (statistics.median(took[name, kind]) * 1000 for kind in kinds)
        print(f"| {name} | {duck:.0f} | {spark:.0f} | {spark / duck:.0f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
