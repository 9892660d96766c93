"""What suggestions take while somebody types, beside a scan of all texts for the same words: a part of
make bench, or python -m benchmarks.suggestion_costs STORE by itself. Seconds of the processor, of all
threads: what else the machine does makes no difference.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks.tables import Ratio
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.query.names import load_names
from dashboard.query.suggestions import SHORTEST, suggest
from dashboard.store import Store, Version

TODAY = date(2025, 12, 31)
TYPED = {
    "a name": "anna bakker",
    "a name with two errors": "ana baker",
    "a word of many titles": "radiology",
    "several words": "language models for nurses",
    "a word with an error": "radiolgy",
    "a place": "groningen",
    "what is nowhere": "xqzwyk vwxzq",
}
MOST = 0.050
"""Seconds of the server that issue 23 allows."""
REPEATS = 3


def measure(versions: Sequence[Version]) -> list[str]:
    """Rows of a table: what every further letter takes, and the slowest; the scan for the whole text; and
    once for each version what loading the names takes.
    """
    return [row for version in versions for row in _measure_version(version)]


def head() -> list[str]:
    """The head of the table."""
    return [
        "| events | people | what is typed | a letter | slowest letter | × a scan for the text | ≤ 50 ms |",
        "|---|---|---|---|---|---|---|",
    ]


def _measure_version(version: Version) -> Iterator[str]:
    counts = (f"{version.manifest.rows[name]:,}" for name in ("events", "people"))
    begin = " | ".join(counts)
    load_names.cache_clear()
    loading = _time(lambda: load_names(version).find(["xqzwyk"]))
    yield f"| {begin} | loading the names, once | {loading * 1000:.0f} ms | | | |"
    for what, text in TYPED.items():
        letters, ratios = _type(version, text)
        slowest = max(letters)
        ratio = Ratio.of(ratios[0], ratios[1])
        yield (
            f"| {begin} | {what} | {statistics.median(letters) * 1000:.1f} ms |"
            f" {slowest * 1000:.1f} ms | {ratio} | {'met' if slowest <= MOST else '**not met**'} |"
        )


def _type(version: Version, text: str) -> tuple[list[float], tuple[list[float], list[float]]]:
    """Type a text letter by letter: seconds of each letter, the median of some turns; and of the whole
    text in the same turns, of suggesting and of scanning.
    """
    ends = range(SHORTEST, len(text) + 1)
    turns = [
        [_time(lambda end=end: suggest(version, text[:end], TODAY)) for end in ends]
        for _ in range(REPEATS + 1)
    ][1:]
    scans = [_time(lambda: _scan(version, text)) for _ in turns]
    medians = [statistics.median(letter) for letter in zip(*turns, strict=True)]
    return medians, ([turn[-1] for turn in turns], scans)


def _scan(version: Version, text: str) -> None:
    questions.rows(version, "events", Filters(text=text), limit=5, offset=0)


def _time(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    print("\n".join([*head(), *measure([Store(Path(root)).open() for root in sys.argv[1:]])]))
